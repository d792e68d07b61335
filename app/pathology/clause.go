package pathology

import "slices"

// statement is a result said of one or several things: "MLH1 and PMS2 lost",
// "loss of MLH1 and PMS2". more are results said behind it with nothing new to
// be about.
type statement struct {
	about    []symbol
	first    result
	more     []result
	from, to int // bytes
	staining bool
	unsure   bool
	gene     string // words of the gene rather than the stain stand beside it
	kin      bool
}

// result is one word of result with what denies it.
type result struct {
	says   string
	denied truth3
}

// truth3 is whether a result is denied: no, yes, or in a way that is not clear
// ("not completely lost").
type truth3 int

const (
	plainly truth3 = iota
	deniedly
	unclearly
)

// reader reads one clause.
type reader struct {
	c    *collector
	s    []symbol
	run  []int // what was named and has no result yet
	last *statement
	done []*statement
}

func (c *collector) clause(s []symbol) {
	if !slices.ContainsFunc(s, func(x symbol) bool { return x.kind == "about" || x.kind == "whole" }) {
		return
	}
	if why := inGeneral(s); why != "" {
		c.doubt(mentioned, s[0].from, s[len(s)-1].to, why, named(s)...)
		return
	}
	r := &reader{c: c, s: s}
	for i := 0; i < len(s); i++ {
		switch s[i].kind {
		case "about":
			r.name(i)
		case "whole":
			r.whole(i)
		case "says":
			i = r.says(i)
		case "but":
			if r.last != nil {
				r.flush()
			}
		}
	}
	r.flush()
	for _, st := range r.done {
		c.judge(st)
	}
}

// inGeneral is why a clause says nothing of this tumour.
func inGeneral(s []symbol) string {
	for _, x := range s {
		switch x.kind {
		case "general":
			return "This speaks of what if, or of tumours in general; it is not read as a result."
		case "except":
			return "An exception is named; enter each stain by hand."
		}
	}
	return ""
}

// named lists the facts a clause speaks about.
func named(s []symbol) (out []string) {
	for _, x := range s {
		if x.kind == "about" || x.kind == "whole" {
			out = append(out, aboutFacts(x)...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// aboutFacts are the facts a named thing stands for.
func aboutFacts(x symbol) []string {
	switch x.value {
	case "all", "mmr", "proficient", "deficient":
		return proteins
	case "braf", "v600e", "v600other":
		return []string{"tumour.braf_v600e"}
	case "methylation":
		return []string{"tumour.mlh1_methylation"}
	case "control":
		return nil
	}
	fact, _, _ := cut(x.value)
	return []string{fact}
}

// inList tells signs and words that stand between the members of a list.
func inList(x symbol) bool {
	switch x.kind {
	case ",", "&", "/", "and", "staining", "\n", "between":
		return true
	}
	return x.kind == "not" // "MLH1 nor PMS2": the denial is found by itself
}

// name takes a named thing into the run, or begins a new one.
func (r *reader) name(i int) {
	if n := len(r.run); n > 0 {
		for _, x := range r.s[r.run[n-1]+1 : i] {
			if !inList(x) {
				r.flush()
				break
			}
		}
	}
	r.run = append(r.run, i)
}

// flush leaves the run without a result, unless a denial stands before it ("no
// MLH1 promoter hypermethylation").
func (r *reader) flush() {
	if len(r.run) == 0 {
		return
	}
	if d := r.denial(r.run[0]); d != plainly {
		r.add(r.run, result{says: "", denied: d}, r.back(r.run[0]), r.run[len(r.run)-1])
		r.last = nil
	} else {
		for _, i := range r.run {
			if facts := aboutFacts(r.s[i]); len(facts) > 0 {
				why, to := "Named, but no result was found.", r.s[i].to
				for _, x := range r.s[i+1 : min(i+3, len(r.s))] {
					if x.kind == "+" || x.kind == "-" {
						why, to = whyFlips, x.to // "MLH1 -", "MLH1 (+)"
					}
				}
				r.c.doubt(mentioned, r.s[i].from, to, why, facts...)
			}
		}
	}
	r.run = nil
}

// says gives a result to what it is about: to what follows ("loss of MLH1"), to
// what was named before ("MLH1 lost"), or to the statement before it. It gives
// the last symbol it used.
func (r *reader) says(i int) int {
	res := result{r.s[i].value, r.denial(i)}
	if j := r.ahead(i); j >= 0 {
		list := r.list(j)
		r.flush()
		r.add(list, res, r.back(i), list[len(list)-1])
		return list[len(list)-1]
	}
	if len(r.run) > 0 {
		if d := r.denial(r.run[0]); d != plainly {
			if res.denied != plainly {
				d = unclearly
			}
			res.denied = d
		}
		r.add(r.run, res, r.back(r.run[0]), i)
		r.run = nil
		return i
	}
	if r.last != nil {
		r.last.more = append(r.last.more, res)
		r.last.to = r.s[i].to
	}
	return i
}

// ahead finds what a result in front of it is about, -1 for nothing.
func (r *reader) ahead(i int) int {
	link, colon := false, false
	for j := i + 1; j < len(r.s); j++ {
		switch x := r.s[j]; x.kind {
		case "about":
			if len(r.run) > 0 && !link || x.value == "control" && len(r.run) > 0 && !link {
				return -1
			}
			if slices.Contains([]string{"high", "low", "stable", "unstable"}, r.s[i].value) && j != i+1 {
				return -1
			}
			return j
		case "link":
			link = true
		case "staining":
			link = false
		case "between", "and":
			if x.kind == "and" && r.c.text[x.from:x.to] != "both" {
				return -1
			}
		case ":", "(":
			if len(r.run) > 0 {
				return -1
			}
			colon = true
		case "\n":
			if !colon {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// list is the named things from j on that belong together: an "and" ends it.
func (r *reader) list(j int) []int {
	out := []int{j}
	and := false
	for k := j + 1; k < len(r.s); k++ {
		switch x := r.s[k]; x.kind {
		case "about":
			if x.value == "control" {
				return out
			}
			out = append(out, k)
			if and && !r.listGoesOn(k) {
				return out
			}
		case "and", "&":
			and = true
		case ",", "/", "staining", "between", "\n":
			if x.kind == "\n" && k+1 < len(r.s) && r.s[k+1].kind == "says" {
				return out
			}
		default:
			return out
		}
	}
	return out
}

// listGoesOn tells "MLH1 and PMS2 and MSH2".
func (r *reader) listGoesOn(k int) bool {
	return k+1 < len(r.s) && (r.s[k+1].kind == "and" || r.s[k+1].kind == "/" || r.s[k+1].kind == "&")
}

// denial looks in front of a symbol for what denies it.
func (r *reader) denial(i int) truth3 {
	strange := false
	for j := i - 1; j >= 0 && j >= i-6; j-- {
		switch r.s[j].kind {
		case "not":
			if strange {
				return unclearly
			}
			return deniedly
		case "between", "staining", "link":
		case "", "unsure":
			if w := r.c.text[r.s[j].from:r.s[j].to]; w != "been" && w != "be" {
				strange = true
			}
		default:
			return plainly
		}
	}
	return plainly
}

// back is where a statement begins for the eye: with its denial.
func (r *reader) back(i int) int {
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		switch r.s[j].kind {
		case "not", "unsure":
			return j
		case "between", "staining", "link", "":
		default:
			return i
		}
	}
	return i
}

// add keeps a statement of the named things with everything around it that
// bears on it.
func (r *reader) add(list []int, res result, from, to int) {
	st := &statement{first: res}
	lo, hi := from, to
	for _, i := range list {
		st.about = append(st.about, r.s[i])
		lo, hi = min(lo, i), max(hi, i)
	}
	st.from, st.to = r.s[lo].from, r.s[hi].to
	for i := lo; i <= hi; i++ {
		st.staining = st.staining || r.s[i].kind == "staining"
		st.unsure = st.unsure || r.s[i].kind == "unsure" || r.s[i].kind == "?"
	}
	for i := lo - 1; i >= 0 && i >= lo-2; i-- {
		if k := r.s[i].kind; k == "unsure" || k == "?" {
			st.unsure = true
			st.from = r.s[i].from
		} else if k != "between" && k != "staining" && k != "" {
			break
		} else if k == "staining" {
			st.staining = true
		}
	}
	near := true
	for i := hi + 1; i < len(r.s) && i <= hi+3; i++ {
		switch r.s[i].kind {
		case "staining":
			if near {
				st.staining = true
				st.to = r.s[i].to
			}
		case "unsureafter", "?":
			st.unsure = true
			st.to = r.s[i].to
		case "about", "says", "but":
			i = len(r.s)
		case "between", "and", "/", "link":
		default:
			near = false
		}
	}
	r.around(st, lo, hi)
	r.last = st
	r.done = append(r.done, st)
}

// around looks through the stretches between commas that a statement touches
// for words that make it one about a gene or a relative.
func (r *reader) around(st *statement, lo, hi int) {
	for lo > 0 && r.s[lo-1].kind != "," {
		lo--
	}
	for hi < len(r.s)-1 && r.s[hi+1].kind != "," {
		hi++
	}
	for _, x := range r.s[lo : hi+1] {
		switch {
		case x.kind == "gene" && (x.value == "all" || st.gene == ""):
			st.gene = x.value
		case x.kind == "kin":
			st.kin = true
		}
	}
}

// whole takes a phrase that names the thing and its result at once.
func (r *reader) whole(i int) {
	x := r.s[i]
	r.run = slices.DeleteFunc(r.run, func(j int) bool { return slices.Equal(aboutFacts(r.s[j]), aboutFacts(x)) })
	r.flush()
	_, value, ok := cut(x.value)
	if !ok {
		value = x.value
	}
	r.add([]int{i}, result{says: value, denied: r.denial(i)}, r.back(i), i)
}
