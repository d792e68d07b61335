package family

// SilenceIsNo reports whether nothing said about a topic is a no for member i:
// it was asked up to that degree, and somebody knows that side of the family.
func (g *Graph) SilenceIsNo(i int, t Topic) bool { return g.silenceIsNo(i, t) }
