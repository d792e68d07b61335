package family

// Who is how a reader calls member i: "Patient", "Mother", "Maternal aunt",
// "Sister"; the relation word when one was given, else the word for the place
// that the links give.
func (g *Graph) Who(i int) string {
	n := &g.nodes[i]
	switch {
	case int16(i) == g.patient:
		return "Patient"
	case n.word.Text != "" && !(n.word.NoBlood && g.ancestor(i)):
		return capital(n.word.Text)
	case n.place.far == none:
		return "Not related by blood"
	}
	side := ""
	if s := n.place.sides; s == Maternal || s == Paternal {
		side = s.String() + " "
	}
	return capital(placeWord(n.place.classes(), n.sex, side, int(n.place.gen)))
}

// ancestor reports whether someone without a place of their own is one by blood
// all the same: the grandmother who came in as the grandfather's partner.
func (g *Graph) ancestor(i int) bool {
	n := &g.nodes[i]
	return n.place.far != none && n.mother < 0 && n.father < 0 && n.place.classes() != Self
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// bySex picks the word for a sex.
func bySex(s Sex, female, male, unknown string) string {
	switch s {
	case Female:
		return female
	case Male:
		return male
	}
	return unknown
}

func placeWord(c Classes, s Sex, side string, gen int) string {
	switch c {
	case Parent:
		return bySex(s, "mother", "father", "parent")
	case Sibling:
		return bySex(s, "sister", "brother", "sibling")
	case Sibling | HalfSibling:
		return bySex(s, "sister (full or half)", "brother (full or half)", "sibling (full or half)")
	case Child:
		return bySex(s, "daughter", "son", "child")
	case Grandchild:
		return bySex(s, "granddaughter", "grandson", "grandchild")
	case NieceOrNephew:
		return bySex(s, "niece", "nephew", "niece or nephew")
	case HalfSibling:
		return side + bySex(s, "half-sister", "half-brother", "half-sibling")
	case Grandparent:
		return side + bySex(s, "grandmother", "grandfather", "grandparent")
	case AuntOrUncle:
		return side + bySex(s, "aunt", "uncle", "aunt or uncle")
	case Cousin:
		return side + "cousin"
	case GreatGrandparent:
		return side + bySex(s, "great-grandmother", "great-grandfather", "great-grandparent")
	case GreatAuntOrUncle:
		return side + bySex(s, "great-aunt", "great-uncle", "great-aunt or great-uncle")
	}
	switch {
	case gen > 0:
		return side + "relative of an older generation"
	case gen < 0:
		return side + "relative of a younger generation"
	}
	return side + "relative of the same generation"
}
