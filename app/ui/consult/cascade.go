package consult

import (
	"fmt"
	"slices"
	"strings"

	domain "kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/rules"
)

// cascadeRow are the controls of one person in one area's cascade.
type cascadeRow struct {
	box    *kit.Select // what became of the offer, or the result
	own    *kit.Press  // the person's own consultation
	settle *kit.Press  // against what another consultation says
}

// cascadeList is whom to offer the test for the family's variant to, with what
// became of each offer; the check page and the family's view of it have one
// each.
type cascadeList struct {
	s    *Screen
	rows map[string]*cascadeRow // by area and person
	own  bool                   // shows the way to relatives' own consultations
}

func newCascadeList(s *Screen, own bool) *cascadeList {
	return &cascadeList{s: s, rows: map[string]*cascadeRow{}, own: own}
}

// info is what an area's cascade keeps offers and results in.
func info(ar *rules.AreaAdvice) *rules.CascadeInfo {
	return &rules.CascadeInfo{Area: ar.Area, Result: ar.Cascade.Result, State: ar.Cascade.State, Code: ar.Cascade.Code}
}

// row makes a person's controls once: the keyboard stays where it is when the
// advice changes.
func (l *cascadeList) row(area, person string, c *rules.FamilyTesting) *cascadeRow {
	key := area + " " + person
	if r, ok := l.rows[key]; ok {
		return r
	}
	r := &cascadeRow{box: kit.NewSelect("Not recorded", l.options(c), nil)}
	r.box.SetSmall()
	r.box.OnChange = func(v string) { l.record(area, person, v) }
	r.own = kit.NewLink("", kit.Caption, func() { l.s.ownConsultation(person) })
	r.settle = kit.NewLink("This one is right", kit.Caption, func() {
		l.s.m.rec.Settle(person, area)
		l.s.m.touch()
		l.s.refresh()
	})
	r.settle.Words = "Keeps what stands here, in every consultation of the family"
	l.rows[key] = r
	return r
}

// record keeps what was chosen with the person: a result is a result of the
// gene test, anything else what became of the offer.
func (l *cascadeList) record(area, person, value string) {
	m := l.s.m
	ar, p := l.s.areaAdvice(area), m.person(person)
	if p == nil || ar == nil || ar.Cascade == nil {
		return
	}
	domain.SetOffer(p, info(ar), value, m.today)
	m.rec.Settle(person, area)
	m.touch()
	l.s.refresh()
}

// options are the choices of both facts in one list.
func (l *cascadeList) options(c *rules.FamilyTesting) []kit.Option {
	out := []kit.Option{{Value: "", Label: "Not recorded"}}
	for _, v := range l.s.offerValues(c) {
		out = append(out, kit.Option{Value: v, Label: l.s.offerLabel(c, v)})
	}
	return out
}

// offerValues are all values that testing can stand at, in the dictionary's
// order: offers, then results.
func (s *Screen) offerValues(c *rules.FamilyTesting) []string {
	var out []string
	if def := s.m.dict.Fact(c.State); def != nil {
		for _, o := range def.Choices {
			out = append(out, o.Value)
		}
	}
	if def := s.m.dict.Fact(c.Result); def != nil {
		for _, o := range def.Choices {
			if o.Value != "not_tested" {
				out = append(out, domain.ResultPrefix+o.Value)
			}
		}
	}
	return out
}

// offerLabel is such a value in words.
func (s *Screen) offerLabel(c *rules.FamilyTesting, value string) string {
	id, choice := c.State, value
	if result, ok := strings.CutPrefix(value, domain.ResultPrefix); ok {
		id, choice = c.Result, result
	}
	if def := s.m.dict.Fact(id); def != nil && choice != "" {
		return def.ChoiceLabel(choice)
	}
	return "Not recorded"
}

// offersOf are the people a list shows, and the names of those in whom the
// variant is not expected. The patient is listed until a result is known.
func (s *Screen) offersOf(c *rules.FamilyTesting) (shown []*rules.Offer, none []string) {
	for i := range c.Offers {
		o := &c.Offers[i]
		switch {
		case o.Degree == 0 && o.Result != "", s.m.rec.Implied(o.Person):
		case o.Result == "" && o.Odds == "not expected" && o.State == "":
			none = append(none, lowerFirst(s.offerName(o)))
		default:
			shown = append(shown, o)
		}
	}
	return shown, none
}

// offerName is what a list calls somebody.
func (s *Screen) offerName(o *rules.Offer) string {
	if o.Degree == 0 {
		return "Patient"
	}
	return s.kinWords(o.Person)
}

// chanceWords is a chance as the list shows it.
func chanceWords(o *rules.Offer) string {
	switch {
	case o.Result != "":
		return ""
	case strings.HasPrefix(o.Odds, "almost"):
		return o.Odds
	}
	return "chance " + o.Odds
}

// draw lists an area's relatives from y on and returns where it ended.
func (l *cascadeList) draw(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice) float32 {
	c := ar.Cascade
	if c.Open != "" {
		return y + p.Note(x, y, w, "info", c.Open, look.Muted) + 12
	}
	shown, none := l.s.offersOf(c)
	if slices.Contains(none, "patient") {
		y += p.Note(x, y, w, "warn", "By the results in the family the patient is not expected to carry the variant. Check that those tests were for this variant before one is offered.", look.Warn) + 8
	}
	for _, o := range shown {
		y = l.drawRow(p, x, y, w, ar, o)
	}
	if len(none) > 0 {
		y += p.Para(x, y+2, w, "Not expected to carry it: "+strings.Join(none, ", ")+".", kit.Caption) + 4
	}
	if c.Note != "" {
		y += p.Note(x, y+2, w, "warn", c.Note, look.Warn) + 4
	}
	y += p.Para(x, y+2, w, c.Ages+" ("+c.Source+") Only relatives entered in the family are listed; chances take it as told.", kit.Caption)
	return y + 14
}

func (l *cascadeList) drawRow(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice, o *rules.Offer) float32 {
	const box, odds = 212, 104
	who, r, st := l.s.offerName(o), l.row(ar.Area, o.Person, ar.Cascade), l.s.m.rec.Standing(o.Person, ar.Area)
	tok := look.Text
	if o.Died || o.Young || o.Result != "" {
		tok = look.Muted
	}
	left := x + w - box - odds - 8 // where the chance stands
	p.Text(x, y+6, left-x-8, kit.Body.Cut(who, left-x-8), kit.Body.In(tok), kit.Left)
	about := offerAbout(o)
	if day := identity.FormatDay(domain.OfferDay(l.s.m.person(o.Person), info(ar))); day != "" && st.Elsewhere == "" {
		about = strings.TrimPrefix(about+", since "+day, ", ")
		if o.Result != "" {
			about = strings.TrimPrefix(offerAbout(o)+", result "+day, ", ")
		}
	}
	if at := x + kit.Body.Width(who) + 10; !l.own && about != "" {
		p.Text(at, y+8, 0, kit.Caption.Cut(about, left-8-at), kit.Caption, kit.Left)
	}
	p.Text(left, y+6, odds, chanceWords(o), kit.Small, kit.Left)
	r.box.SetValue(domain.OfferValue(l.s.m.person(o.Person), info(ar)))
	r.box.Words = who + ": what became of the offer, or the result"
	p.Put(r.box, x+w-box, y, box, 32)
	y += 34
	if l.own {
		p.Text(x, y-4, w-box-8, kit.Caption.Cut(about, w-box-8), kit.Caption, kit.Left)
		y = l.drawOwn(p, x+w-box, y, box, o, st, r)
	}
	if since := l.s.since(o, ar, st); since != "" {
		y += p.Para(x, y, w, since, kit.Caption) + 2
	}
	if len(st.Against) > 0 {
		y = l.drawAgainst(p, x, y, w, ar, st, r)
	}
	return y + 2
}

// since is when, and where else, the state of an offer was said.
func (s *Screen) since(o *rules.Offer, ar *rules.AreaAdvice, st domain.OfferStanding) string {
	value := domain.OfferValue(s.m.person(o.Person), info(ar))
	if value == "" || st.Elsewhere == "" || value != st.Value {
		return ""
	}
	text := "Said in another consultation of the family"
	if st.Elsewhere == st.Own {
		text = "Said in the relative's own consultation"
	}
	if day := identity.FormatDay(st.Day); day != "" {
		text += ", " + day
	}
	return text
}

// drawAgainst shows what another consultation says without knowing of this one.
func (l *cascadeList) drawAgainst(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice, st domain.OfferStanding, r *cascadeRow) float32 {
	var other []string
	for _, v := range st.Against {
		other = append(other, l.s.offerLabel(ar.Cascade, v))
	}
	y += p.Note(x, y, w-r.settle.Width()-12, "warn", "Another consultation says: "+strings.Join(other, "; ")+". Choose what is right.", look.Warn)
	p.Put(r.settle, x+w-r.settle.Width(), y-17, r.settle.Width(), 16)
	return y + 4
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

// drawCascade lists, on the check page, whom to offer the test for the family's
// variant to.
func (pg *checkPage) drawCascade(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice) float32 {
	if ar.Cascade == nil {
		return y
	}
	p.HLine(x, y, w)
	y += 10
	p.Text(x, y, 0, "Offer the test for the family's "+pg.s.short(ar)+" variant ("+ar.Cascade.Code+")", kit.Body.B(), kit.Left)
	p.Put(pg.s.testing.link, x+w-pg.s.testing.link.Width(), y+2, pg.s.testing.link.Width(), 16)
	return pg.offers.draw(p, x, y+24, w, ar)
}

// offersInTree is what stands under the symbols of those in a cascade: the
// chance, and what became of the offer.
func (s *Screen) offersInTree() map[string]string {
	out := map[string]string{}
	for _, ar := range s.advice.areas() {
		if ar.Cascade == nil {
			continue
		}
		for i := range ar.Cascade.Offers {
			o := &ar.Cascade.Offers[i]
			text := o.Odds
			switch {
			case o.Result == "positive" || o.Odds == "not expected" && o.Result == "", s.m.rec.Implied(o.Person):
				continue // the finding itself stands there; nothing to offer
			case o.Result == "negative":
				text = "no variant"
			case o.Result != "":
				text = "uncertain variant"
			case o.State != "":
				word, _, _ := strings.Cut(s.offerLabel(ar.Cascade, o.State), ",")
				text += ", " + strings.ToLower(word)
			}
			if o.Young {
				text += fmt.Sprintf(", from %g", o.From)
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

// cascading are the areas in which a variant is known in the family.
func (s *Screen) cascading() []*rules.AreaAdvice {
	return slices.DeleteFunc(slices.Clone(s.advice.areas()), func(ar *rules.AreaAdvice) bool { return ar.Cascade == nil })
}
