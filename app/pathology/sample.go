package pathology

import "slices"

// sample reads what the report says of the tissue itself: site, kind of
// sample, treatment before it was taken, histology of the MSI-high type.
func (c *collector) sample() {
	for _, clause := range clauses(c.text) {
		if slices.ContainsFunc(clause, func(x symbol) bool { return x.kind == "kin" }) {
			continue
		}
		for i, x := range clause {
			switch x.kind {
			case "organ":
				if lo, hi, ok := cancerOf(clause, i); ok {
					c.find("tumour.site", x.value, clause[lo].from, clause[hi].to)
				}
			case "tissue":
				c.find("tumour.tissue", x.value, x.from, x.to)
			case "treated":
				if x.value == "" {
					c.doubt(yielding, x.from, x.to, "Was the tissue taken after that treatment, or before?", "tumour.neoadjuvant")
				} else {
					c.find("tumour.neoadjuvant", x.value, x.from, x.to)
				}
			case "histology":
				if plain(clause, i) {
					c.find("tumour.msi_h_histology", "yes", x.from, x.to)
				}
			}
		}
	}
}

// cancerOf tells whether a place is where the cancer is: "adenocarcinoma of
// the sigmoid colon", "endometrial carcinoma", not a place it grows into.
func cancerOf(s []symbol, i int) (lo, hi int, ok bool) {
	if i+1 < len(s) && s[i+1].kind == "cancer" {
		return i, i + 1, true
	}
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		switch s[j].kind {
		case "cancer":
			return j, i, true
		case "link", "between", "organ":
		default:
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// plain tells that nothing in front denies or doubts.
func plain(s []symbol, i int) bool {
	for j := i - 1; j >= 0 && j >= i-5; j-- {
		switch s[j].kind {
		case "not", "unsure", "except", "general":
			return false
		case ",", ":", "(":
			return true
		}
	}
	return true
}
