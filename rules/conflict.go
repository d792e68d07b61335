package rules

// ConflictInfo is a point on which sources disagree: what this area follows,
// what is printed elsewhere, and where.
type ConflictInfo struct {
	Point, Followed, Printed string
	Sources                  []string
}

// readConflicts reads where sources disagree. Nothing is worked out from it: it
// is what a reader of the rules has to know before signing them.
func (s *areaSource) readConflicts(n *node, p *loadProblems) {
	for _, item := range p.entries(n, "conflicts") {
		if !p.check(item, "a conflict", "point", "followed", "printed", "source") {
			continue
		}
		c := ConflictInfo{
			Point: p.need(item, "a conflict", "point"), Followed: p.need(item, "a conflict", "followed"),
			Printed: p.need(item, "a conflict", "printed"), Sources: p.list(item, "source"),
		}
		s.needSource(c.Sources, item, "the conflict "+c.Point, p)
		s.conflicts = append(s.conflicts, c)
	}
}
