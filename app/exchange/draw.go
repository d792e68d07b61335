package exchange

import (
	"strconv"
	"strings"

	"kindred/app/sketch"
)

// Show chooses what a picture of a family says.
type Show struct {
	Names bool // names and ids under the symbols
	// Label gives a condition's words and its place in the key; nil shows no
	// conditions.
	Label func(condition string) (words string, key int, ok bool)
	Key   []sketch.Condition
}

// Pedigree turns a family into what sketch draws.
func (f *Family) Pedigree(s Show) *sketch.Pedigree {
	out := &sketch.Pedigree{Key: append([]sketch.Condition{}, s.Key...)}
	affected := -1
	for i := range f.People {
		if f.People[i].Affected == Yes && affected < 0 {
			affected = len(out.Key)
			out.Key = append(out.Key, sketch.Condition{Label: "Affected", Part: sketch.Whole, Hatch: sketch.Solid, Tone: sketch.Petrol})
		}
	}
	for i := range f.People {
		out.People = append(out.People, f.People[i].symbol(f, s, affected))
	}
	f.onePartner(out)
	for _, t := range f.Twins {
		kind := map[string]sketch.Zygosis{"identical": sketch.Identical, "fraternal": sketch.Fraternal}[t.Kind]
		out.Twins = append(out.Twins, sketch.Twins{IDs: t.IDs, Zygosis: kind})
	}
	for _, c := range f.Couples {
		out.Couples = append(out.Couples, sketch.Couple{A: c.A, B: c.B, Related: c.Related, Separated: c.Separated})
	}
	return out
}

// onePartner draws children whom a word like "son" placed under that parent's
// couple when there is exactly one; the family itself does not claim it. A child
// of whom a file records one parent gets an unnamed other one instead.
func (f *Family) onePartner(p *sketch.Pedigree) {
	partners := map[string][]string{}
	for _, c := range f.Couples {
		partners[c.A] = append(partners[c.A], c.B)
		partners[c.B] = append(partners[c.B], c.A)
	}
	for i := range p.People {
		switch who := &p.People[i]; {
		case !f.People[i].half:
		case who.Mother == "" && len(partners[who.Father]) == 1:
			who.Mother = partners[who.Father][0]
		case who.Father == "" && len(partners[who.Mother]) == 1:
			who.Father = partners[who.Mother][0]
		}
	}
}

func (p *Person) symbol(f *Family, s Show, affected int) sketch.Person {
	out := sketch.Person{
		ID: p.ID, Mother: p.Mother, Father: p.Father,
		Dead: p.Dead || p.Pregnancy == "stillbirth", Proband: p.Proband, Consultand: p.Consultand,
		Loss: p.Loss || p.Pregnancy == "miscarriage" || p.Pregnancy == "termination" || p.Pregnancy == "ectopic", Ended: p.Pregnancy == "termination",
		BirthOrder: birthOrder(p.Born), Unnamed: strings.HasPrefix(p.ID, "+"),
	}
	if age, err := strconv.ParseFloat(p.Age, 64); err == nil && p.Born == "" && !p.Dead {
		out.BirthOrder = -age // older first
	}
	out.Shape, out.Beneath = shape(p)
	switch p.Adopted {
	case "in":
		out.Adopted = sketch.AdoptedIn
	case "out":
		out.Adopted = sketch.AdoptedOut
	}
	out.Hint = p.Place
	switch p.Childless {
	case "by_choice":
		out.Childless = sketch.ByChoice
	case "infertile":
		out.Childless = sketch.Infertile
	}
	switch {
	case p.Pregnancy == "ongoing":
		out.Inside = "P"
	case p.Count < 0:
		out.Inside = "n"
	case p.Count > 1:
		out.Inside = strconv.Itoa(p.Count)
	}
	switch {
	case p.Affected == Yes:
		out.Marks = append(out.Marks, affected)
	case f.HasAffected && p.Affected == NotKnown && out.Inside == "" && !out.Loss:
		out.Inside = "?"
	}
	line := func(text string, tone sketch.Tone) {
		for _, part := range wrapped(text) {
			if len(out.Lines) == 0 {
				tone = sketch.Ink
			}
			out.Lines = append(out.Lines, sketch.Line{Text: part, Tone: tone})
		}
	}
	if s.Names {
		name := p.Name
		if name == "" {
			name = p.ID
		}
		line(name, sketch.Ink)
	}
	line(pregnancyWords[p.Pregnancy], sketch.Muted)
	line(p.years(), sketch.Muted)
	if s.Label != nil {
		for _, c := range p.Findings {
			words, key, ok := s.Label(c.Condition)
			if !ok {
				continue
			}
			if key >= 0 {
				out.Marks = append(out.Marks, key)
			}
			line(strings.TrimSpace(words+" "+strings.ReplaceAll(c.Age, " ", unbroken)), sketch.Muted)
		}
	}
	return out
}

// pregnancyWords are the standard's letters for how a pregnancy ended; the key
// says what they mean.
var pregnancyWords = map[string]string{"miscarriage": "SAB", "termination": "TOP", "ectopic": "ECT", "stillbirth": "SB"}

// wrapped breaks a long text into lines that fit between neighbours.
func wrapped(text string) (out []string) {
	const most = 18
	for _, word := range strings.Fields(text) {
		word = strings.ReplaceAll(word, unbroken, " ")
		if n := len(out); n > 0 && len(out[n-1])+1+len(word) <= most {
			out[n-1] += " " + word
		} else {
			out = append(out, word)
		}
	}
	return out
}

// unbroken stands for a space at which no line breaks: "up to 50" with its 50 on a
// line alone would be read as 50.
const unbroken = "\x00"

// shape goes by gender; where that differs from sex at birth the latter is
// written beneath.
func shape(p *Person) (sketch.Shape, string) {
	bySex := map[string]sketch.Shape{"female": sketch.Circle, "male": sketch.Square}
	assigned := map[string]string{"female": "AFAB", "male": "AMAB", "": "UAAB"}[p.Sex]
	switch p.Gender {
	case "man":
		return sketch.Square, unless(p.Sex == "male", assigned)
	case "woman":
		return sketch.Circle, unless(p.Sex == "female", assigned)
	case "non-binary":
		return sketch.Hexagon, assigned
	}
	return bySex[p.Sex], ""
}

func unless(usual bool, s string) string {
	if usual {
		return ""
	}
	return s
}

// years is the line of age or dates.
func (p *Person) years() string {
	switch {
	case p.Age != "" && p.Dead:
		return "d. " + p.Age + " y"
	case p.Age != "":
		return p.Age + " y"
	case p.Born != "" && p.Died != "":
		return year(p.Born) + "–" + year(p.Died)
	case p.Born != "":
		return "b. " + year(p.Born)
	case p.Died != "":
		return "d. " + year(p.Died)
	}
	return ""
}

// year is the year of a date.
func year(date string) string { return date[:min(4, len(date))] }

// birthOrder is the birth as a number of years, 0 when not known.
func birthOrder(born string) float64 {
	if len(born) < 4 {
		return 0
	}
	v := 0.0
	unit := 1.0
	for i, part := range strings.SplitN(born, "-", 3) {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		if i > 0 {
			n--
		}
		v += float64(n) * unit
		unit /= 32
	}
	return v
}
