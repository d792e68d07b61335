package consult

import (
	"fmt"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
)

// cascadeRows are the boxes in which a relative's offer and result are kept, by
// area and person.
type cascadeRows map[string]*kit.Select

// resultPrefix tells the values of the result fact from those of the offer.
const resultPrefix = "result:"

// offerBox is the box of one person: what became of the offer, or the result.
func (pg *checkPage) offerBox(area, person string, c *rules.FamilyTesting) *kit.Select {
	if pg.offers == nil {
		pg.offers = cascadeRows{}
	}
	key := area + " " + person
	if b, ok := pg.offers[key]; ok {
		return b
	}
	b := kit.NewSelect("Not recorded", pg.offerOptions(c), nil)
	b.SetSmall()
	b.OnChange = func(v string) {
		if ar := pg.s.areaAdvice(area); ar != nil && ar.Cascade != nil {
			pg.recordOffer(ar.Cascade, person, v)
		}
	}
	pg.offers[key] = b
	return b
}

// recordOffer keeps what was chosen with the person: a result is a result of the
// gene test, anything else what became of the offer.
func (pg *checkPage) recordOffer(c *rules.FamilyTesting, person, value string) {
	m := pg.s.m
	p := m.person(person)
	if p == nil {
		return
	}
	if p.Facts == nil {
		p.Facts = map[string]rules.Answer{}
	}
	delete(p.Facts, c.State)
	if def := m.dict.Fact(c.Result); def != nil && isResult(p.Facts[c.Result].Choice) {
		delete(p.Facts, c.Result)
	}
	switch result, ok := strings.CutPrefix(value, resultPrefix); {
	case ok:
		p.Facts[c.Result] = rules.Answer{Choice: result, When: m.today}
	case value != "":
		p.Facts[c.State] = rules.Answer{Choice: value, When: m.today}
	}
	m.touch()
	pg.s.refresh()
}

func isResult(choice string) bool { return choice != "" && choice != "not_tested" }

// offerOptions are the choices of both facts in one list.
func (pg *checkPage) offerOptions(c *rules.FamilyTesting) []kit.Option {
	out := []kit.Option{{Value: "", Label: "Not recorded"}}
	if def := pg.s.m.dict.Fact(c.State); def != nil {
		for _, o := range def.Choices {
			out = append(out, kit.Option{Value: o.Value, Label: o.Label})
		}
	}
	if def := pg.s.m.dict.Fact(c.Result); def != nil {
		for _, o := range def.Choices {
			if isResult(o.Value) {
				out = append(out, kit.Option{Value: resultPrefix + o.Value, Label: o.Label})
			}
		}
	}
	return out
}

// drawCascade lists whom to offer the test for the family's variant to.
func (pg *checkPage) drawCascade(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice) float32 {
	c := ar.Cascade
	if c == nil {
		return y
	}
	p.HLine(x, y, w)
	y += 10
	p.Text(x, y, 0, "Offer the test for the family's "+pg.s.short(ar)+" variant ("+c.Code+")", kit.Body.B(), kit.Left)
	y += 24
	if c.Open != "" {
		return y + p.Note(x, y, w, "info", c.Open, look.Muted) + 12
	}
	const box, odds = 212, 104
	var none []string
	for i := range c.Offers {
		o := &c.Offers[i]
		who := "Patient"
		if rel := pg.s.m.person(o.Person); rel != nil && o.Degree > 0 {
			who = pg.s.m.kinName(rel)
			if side, _, ok := strings.Cut(rel.Relation, "ternal "); ok && !strings.Contains(who, "ternal") { // the table has a heading for the side
				who = capital(side+"ternal ") + strings.ToLower(who[:1]) + who[1:]
			}
		}
		switch {
		case o.Degree == 0 && o.Result != "":
			continue
		case o.Result == "" && o.Odds == "not expected" && o.State == "":
			none = append(none, strings.ToLower(who[:1])+who[1:])
			continue
		}
		chance := "chance " + o.Odds
		switch {
		case o.Result != "":
			chance = ""
		case strings.HasPrefix(o.Odds, "almost"):
			chance = o.Odds
		}
		tok := look.Text
		if o.Died || o.Young || o.Result != "" {
			tok = look.Muted
		}
		p.Text(x, y+6, w-box-odds-8, kit.Body.Cut(who, w-box-odds-150), kit.Body.In(tok), kit.Left)
		if about := offerAbout(o); about != "" {
			at := x + kit.Body.Width(who) + 10
			p.Text(at, y+8, 0, kit.Caption.Cut(about, x+w-box-odds-8-at), kit.Caption, kit.Left)
		}
		p.Text(x+w-box-odds-8, y+6, odds, chance, kit.Small, kit.Left)
		b := pg.offerBox(ar.Area, o.Person, c)
		b.SetValue(offerValue(o))
		b.Words = who + ": what became of the offer, or the result"
		p.Put(b, x+w-box, y, box, 32)
		y += 36
	}
	if len(none) > 0 {
		y += p.Para(x, y+2, w, "Not expected to carry it: "+strings.Join(none, ", ")+".", kit.Caption) + 4
	}
	y += p.Para(x, y+2, w, c.Ages+" ("+c.Source+") Only relatives entered in the family are listed; chances take it as told.", kit.Caption)
	return y + 14
}

func offerValue(o *rules.Offer) string {
	if o.Result != "" {
		return resultPrefix + o.Result
	}
	return o.State
}

// offerAbout is how near a person stands, and what stands against the offer.
func offerAbout(o *rules.Offer) string {
	var parts []string
	if n := o.Degree; n > 0 {
		nth := map[int]string{1: "1st", 2: "2nd", 3: "3rd"}[n]
		if nth == "" {
			nth = fmt.Sprintf("%dth", n)
		}
		parts = append(parts, nth+" degree")
	}
	switch {
	case o.Died:
		parts = append(parts, "died")
	case o.Young:
		parts = append(parts, fmt.Sprintf("from %g", o.From))
	case o.From > 0:
		parts = append(parts, fmt.Sprintf("if %g or over", o.From))
	}
	return strings.Join(parts, ", ")
}

// offersInTree is what stands under the symbols of those in a cascade: the
// chance, and what became of the offer.
func (s *Screen) offersInTree() map[string]string {
	out := map[string]string{}
	for _, ar := range s.advice.areas() {
		if ar.Cascade == nil {
			continue
		}
		def := s.m.dict.Fact(ar.Cascade.State)
		for i := range ar.Cascade.Offers {
			o := &ar.Cascade.Offers[i]
			text := o.Odds
			switch {
			case o.Result == "positive" || o.Odds == "not expected" && o.Result == "":
				continue // the finding itself stands there; nothing to offer
			case o.Result == "negative":
				text = "no variant"
			case o.Result != "":
				text = "uncertain variant"
			case o.State != "" && def != nil:
				word, _, _ := strings.Cut(def.ChoiceLabel(o.State), ",")
				text += ", " + strings.ToLower(word)
			}
			text = s.short(ar) + " " + text
			if out[o.Person] != "" {
				text = out[o.Person] + "; " + text
			}
			out[o.Person] = text
		}
	}
	return out
}
