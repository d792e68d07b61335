package pathology

import (
	"slices"
	"strings"
)

// Why something is left to the reader.
const (
	whyFlips   = "Positive, negative, normal and abnormal are used both ways for stains and for MSI; enter what was meant."
	whyHedged  = "The report is not sure."
	whyDenied  = "What is denied here is not clear."
	whyTwo     = "Two results stand behind the same words."
	whyPart    = "Loss in part: a clear regional loss (subclonal) or an uneven stain (equivocal)?"
	whyWhich   = "The report does not say which stains were done."
	whyGene    = "This may be about the gene or a blood test, not the tumour."
	whyKin     = "This may be about a relative's tumour."
	whyAwaited = "Asked for or awaited, no result yet."
	whyVariant = "A BRAF change without its name: V600E or another?"
	whyMSI     = "Unstable, but not whether high (MSI-H) or low (MSI-L)."
	whyPromote = "Methylation, but not of which gene."
	whyUnlike  = "These words are not used for this test."
)

// verdict is what a result means for one fact: a value, or why there is none.
type verdict struct {
	fact, value string
	why         string
	kind        kind
}

// judge turns a statement into proposals and doubts.
func (c *collector) judge(st *statement) {
	named := func(v string) bool { return slices.ContainsFunc(st.about, func(x symbol) bool { return x.value == v }) }
	var doubts []verdict
	for _, x := range st.about {
		if x.value == "control" || x.value == "braf" && (named("v600e") || named("v600other")) {
			continue
		}
		v := st.settle(x)
		facts := []string{v.fact}
		if v.fact == "all" {
			facts = proteins
		}
		for _, f := range facts {
			if v.why == "" && v.value != "" {
				c.find(f, v.value, st.from, st.to)
			} else {
				doubts = append(doubts, verdict{f, "", v.why, v.kind})
			}
		}
	}
	for len(doubts) > 0 {
		d := doubts[0]
		var same []string
		doubts = slices.DeleteFunc(doubts, func(o verdict) bool {
			if o.why == d.why && o.kind == d.kind {
				same = append(same, o.fact)
				return true
			}
			return false
		})
		c.doubt(d.kind, st.from, st.to, d.why, same...)
	}
}

// settle weighs everything said of one thing.
func (st *statement) settle(x symbol) verdict {
	v := st.mean(x, st.first)
	for _, more := range st.more {
		if v.why == whyTwo {
			break
		}
		switch more.says {
		case "found", "present":
			if more.denied == plainly {
				continue // "loss of MLH1 was seen"
			}
			more = result{says: "notfound"}
			fallthrough
		case "notfound":
			if st.first.says == "lost" && st.first.denied == plainly && v.value == "lost" {
				v.value = "intact" // "loss of MLH1 not seen"
				continue
			}
		}
		w := st.mean(x, more)
		switch {
		case v.value == "lost" && w.value == "subclonal", v.value == "lost" && w.why == whyPart:
			v = w // "loss of MSH6 in a subclone"
		case w.value == "" || w.why != "":
			if v.why == "" && v.value != "" && w.kind == lasting && more.says != "awaited" && w.why != whyUnlike {
				v = verdict{fact: v.fact, why: whyTwo, kind: lasting}
			}
		case v.why == whyFlips, v.why == whyPart, v.why == "" && v.value == "":
			v = w
		case v.value != w.value:
			v = verdict{fact: v.fact, why: whyTwo, kind: lasting}
		}
	}
	if v.why != "" || v.value == "" {
		return v
	}
	switch {
	case st.gene == "all", st.gene == "proteins" && isProtein(v.fact):
		return verdict{v.fact, "", whyGene, lasting}
	case st.kin:
		return verdict{v.fact, "", whyKin, lasting}
	case st.unsure:
		return verdict{v.fact, "", whyHedged, lasting}
	}
	return v
}

func isProtein(fact string) bool { return fact == "all" || slices.Contains(proteins, fact) }

// mean is what one result means for one named thing.
func (st *statement) mean(x symbol, r result) verdict {
	if r.denied == unclearly {
		return verdict{factOf(x), "", whyDenied, lasting}
	}
	if r.says == "awaited" {
		return verdict{factOf(x), "", whyAwaited, yielding}
	}
	if x.kind == "whole" {
		return wholeMeans(x, r)
	}
	switch x.value {
	case "mmr":
		return verdict{"all", "", whyWhich, yielding}
	case "methylation":
		return verdict{"tumour.mlh1_methylation", "", whyPromote, yielding}
	case "tumour.msi":
		return msiMeans(r)
	case "braf", "v600e", "v600other":
		return brafMeans(x.value, r)
	case "tumour.mlh1_methylation":
		return methylationMeans(r)
	case "tumour.mlh1":
		if r.says == "methylated" || r.says == "unmethylated" {
			return methylationMeans(r)
		}
	}
	return proteinMeans(x.value, r, st.staining)
}

func factOf(x symbol) string {
	if f := aboutFacts(x); len(f) == 1 {
		return f[0]
	}
	return "all"
}

func wholeMeans(x symbol, r result) verdict {
	fact, value, ok := cut(x.value)
	switch {
	case !ok:
		return verdict{"all", "", whyWhich, yielding}
	case r.denied == deniedly, r.says == "notfound", r.says == "absent":
		return verdict{fact, "", whyDenied, lasting}
	case r.says != value:
		return verdict{fact: fact}
	}
	return verdict{fact: fact, value: value}
}

func cut(s string) (fact, value string, ok bool) { return strings.Cut(s, "=") }

// either picks by whether the result is denied.
func either(fact string, r result, plain, denied string) verdict {
	v := plain
	if r.denied == deniedly {
		v = denied
	}
	if v == "" {
		return verdict{fact, "", whyDenied, lasting}
	}
	return verdict{fact: fact, value: v}
}

// proteinMeans reads a stain. Positive and negative count only where the words
// say that it is the staining that is so.
func proteinMeans(fact string, r result, staining bool) verdict {
	switch r.says {
	case "lost":
		return either(fact, r, "lost", "intact")
	case "intact", "present":
		return either(fact, r, "intact", "lost")
	case "absent":
		return either(fact, r, "lost", "")
	case "equivocal", "subclonal", "failed", "not_done":
		return either(fact, r, r.says, "")
	case "partly":
		return verdict{fact, "", whyPart, lasting}
	case "found":
		if staining {
			return either(fact, r, "intact", "lost")
		}
	case "notfound":
		if staining {
			return either(fact, r, "lost", "")
		}
	case "positive", "normal":
		if staining {
			return either(fact, r, "intact", "")
		}
	case "negative":
		if staining {
			return either(fact, r, "lost", "")
		}
	case "":
		if staining && r.denied == deniedly {
			return verdict{fact: fact, value: "lost"}
		}
		return verdict{fact, "", whyDenied, lasting}
	case "abnormal":
	default:
		return verdict{fact, "", whyUnlike, mentioned}
	}
	return verdict{fact, "", whyFlips, lasting}
}

func msiMeans(r result) verdict {
	const fact = "tumour.msi"
	switch r.says {
	case "high":
		return either(fact, r, "msi_h", "")
	case "low":
		return either(fact, r, "msi_l", "")
	case "stable":
		return either(fact, r, "mss", "")
	case "notfound", "absent":
		return either(fact, r, "mss", "")
	case "failed", "not_done":
		return either(fact, r, r.says, "")
	case "unstable", "found", "present":
		if r.denied == deniedly {
			return verdict{fact: fact, value: "mss"}
		}
		return verdict{fact, "", whyMSI, yielding}
	case "":
		return either(fact, r, "", "mss")
	case "positive", "negative", "normal", "abnormal":
		return verdict{fact, "", whyFlips, lasting}
	case "equivocal":
		return verdict{fact, "", whyHedged, lasting}
	}
	return verdict{fact, "", whyUnlike, mentioned}
}

func brafMeans(about string, r result) verdict {
	const fact = "tumour.braf_v600e"
	has := map[string]string{"v600e": "v600e", "v600other": "other"}[about]
	lacks := "wild_type"
	if about == "v600other" {
		lacks = ""
	}
	switch r.says {
	case "found", "present", "positive":
		if has == "" && r.denied == plainly {
			return verdict{fact, "", whyVariant, yielding}
		}
		return either(fact, r, has, lacks)
	case "notfound", "absent", "negative", "wildtype":
		return either(fact, r, lacks, "")
	case "":
		return either(fact, r, "", lacks)
	case "failed", "not_done":
		return either(fact, r, r.says, "")
	case "equivocal":
		return verdict{fact, "", whyHedged, lasting}
	case "abnormal":
		return verdict{fact, "", whyVariant, yielding}
	}
	return verdict{fact, "", whyUnlike, mentioned}
}

func methylationMeans(r result) verdict {
	const fact = "tumour.mlh1_methylation"
	switch r.says {
	case "found", "present", "positive", "methylated":
		return either(fact, r, "detected", "not_detected")
	case "notfound", "absent", "negative", "unmethylated":
		return either(fact, r, "not_detected", "")
	case "":
		return either(fact, r, "", "not_detected")
	case "failed", "not_done":
		return either(fact, r, r.says, "")
	case "equivocal", "low", "partly":
		return verdict{fact, "", whyHedged, lasting}
	case "normal", "abnormal":
		return verdict{fact, "", whyFlips, lasting}
	}
	return verdict{fact, "", whyUnlike, mentioned}
}
