package consult

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/identity"
	"kindred/app/report"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// checkPage is everything on one page before it is sent: the advice, what it
// rests on, what is missing, and the text for the record.
type checkPage struct {
	s      *Screen
	change [4]*kit.Press
	papers map[string]*areaPapers // by area id
	offers *cascadeList
	copy   *kit.Press
	pdf    *kit.Press
	save   *kit.Press
}

func newCheckPage(s *Screen) *checkPage {
	pg := &checkPage{s: s, papers: map[string]*areaPapers{}, offers: newCascadeList(s, false)}
	for i := range pg.change {
		pg.change[i] = kit.NewLink("Change", kit.Caption, func() { s.Open(Step(i)) })
	}
	pg.copy = kit.NewButton(kit.Primary, "copy", "Copy record text", s.copyRecord)
	pg.copy.Words = "Ctrl Shift C: puts the text on the clipboard; nothing else leaves this computer"
	pg.pdf = kit.NewButton(kit.Plain, "savedown", "Save letter", func() { s.host.Letter(s.m.rec, s.m.advice) })
	pg.pdf.Words = "Ctrl P: saves the letter as PDF and opens it"
	pg.save = kit.NewButton(kit.Plain, "tick", "Save consultation", func() {
		s.m.save(func(err error) {
			if err == nil {
				s.host.Say(fmt.Sprintf("Saved as revision %d", s.m.rec.Revision))
			}
		})
	})
	pg.save.Words = "Ctrl S: a new revision; earlier ones are kept"
	return pg
}

func (pg *checkPage) sync() {}

func (pg *checkPage) first() fyne.Focusable { return pg.copy }

func (pg *checkPage) status() (string, look.Token, string) {
	if n := len(pg.toConfirm()); n > 0 {
		return "warn", look.Warn, fmt.Sprintf("%d to confirm", n)
	}
	return "dot", look.Faint, "When ready"
}

// toConfirm is what a person must look at before anything is sent.
func (pg *checkPage) toConfirm() []string {
	var out []string
	if pg.s.m.advice == nil {
		return nil
	}
	lp := pg.s.pages[LipidStep].(*lipidPage)
	for _, c := range lp.columns {
		if c.index == noPanel {
			continue
		}
		for _, r := range c.rows {
			if r.num.State == typed.Unusual && !r.kept {
				out = append(out, fmt.Sprintf("%s %s %s is unusual", r.def.Label, typed.Show(r.num.Span, r.def.Decimals), r.def.Unit))
			}
			if bad(r.num.State) {
				out = append(out, r.def.Label+" was not understood and is not used")
			}
		}
	}
	out = append(out, lp.undated()...)
	if pg.s.m.rec.Identity.NHSNumber == "" {
		out = append(out, "The NHS number is not known")
	}
	return out
}

func (pg *checkPage) draw(p *kit.Pen) {
	x, y, w := float32(formPad), float32(16), p.W-2*formPad
	p.Text(x, y, 0, "Check before sending", kit.Title, kit.Left)
	y += 40
	for _, ar := range pg.s.advice.areas() {
		y = pg.drawAdvice(p, x, y, w, ar)
		y = pg.drawPapers(p, x, y, ar)
		y = pg.drawRisk(p, x, y, ar.Area)
		y = pg.drawChance(p, x, y, w, ar.Area)
		y = pg.drawCascade(p, x, y, w, ar)
	}
	if list := pg.toConfirm(); len(list) > 0 {
		y += p.Message(x, y, w, kit.ToneWarn, "warn", words.Plural(len(list), "thing", "things")+" to confirm.", strings.Join(list, ". ")+".") + 8
	}
	bx := x
	for _, b := range []*kit.Press{pg.copy, pg.pdf, pg.save} {
		p.Put(b, bx, y+4, b.Width(), 40)
		bx += b.Width() + 8
	}
	y += 56
	y = pg.drawSection(p, x, y, w, "Lipids", LipidStep, pg.factLines(func(d *rules.FactDef) bool { return d.Group == groupLipids }))
	lp := pg.s.pages[LipidStep].(*lipidPage)
	y = pg.drawSection(p, x, y, w, "Earlier lipid panels", -1, lp.panelLines())
	if lp.medicines != nil {
		y = pg.drawSection(p, x, y, w, "Lipid-lowering medicines", -1, lp.medicines.lines())
	}
	y = pg.drawSection(p, x, y, w, "Signs and other answers", LipidStep, pg.factLines(func(d *rules.FactDef) bool { return d.Group != groupLipids && d.Of != rules.OfTumour }))
	y = pg.drawSection(p, x, y, w, "Family", FamilyStep, pg.familyLines())
	y = pg.drawSection(p, x, y, w, "Tumours", TumourStep, pg.tumourLines())
	y = pg.drawSection(p, x, y, w, "Scores", -1, pg.scoreLines())
	y = pg.drawSection(p, x, y, w, "Notes", -1, pg.noteLines())
	y = pg.drawSection(p, x, y, w, "Not known", -1, pg.missingLines())
	y = pg.drawRecord(p, x, y, w)
	y = pg.drawRequests(p, x, y, w)
	pg.s.form[CheckStep].SetMin(p.W, y+16)
}

func (pg *checkPage) drawAdvice(p *kit.Pen, x, y, w float32, ar *rules.AreaAdvice) float32 {
	face := words.Of(ar.Outcome, ar.Urgent)
	tints := map[kit.Tone]look.Token{
		kit.ToneMet: look.MetTint, kit.ToneAction: look.ActionTint, kit.ToneNot: look.NotTint, kit.ToneUnk: look.UnkTint, kit.ToneUrgent: look.UrgentTint,
	}
	ink := face.Tone.Ink()
	if ar.Urgent {
		ink = look.Urgent
	}
	head := ar.Action
	if head == "" {
		head = ar.Headline
	}
	hl := kit.Lead.Wrap(head, w-72)
	rl := kit.Body.Wrap(ar.Reason, w-72)
	h := float32(len(hl))*22 + float32(len(rl))*20 + 24
	p.Edged(x, y, w, h, tints[face.Tone], ink, kit.RCard)
	p.Icon(x+15, y+14, 28, face.Icon, ink)
	ty := y + 12
	for _, l := range hl {
		p.Text(x+55, ty, 0, l, kit.Lead, kit.Left)
		ty += 22
	}
	for _, l := range rl {
		p.Text(x+55, ty, 0, l, kit.Body, kit.Left)
		ty += 20
	}
	return y + h + 8
}

// line is one line of the check page: what, the value, when or from whom.
type line struct{ label, value, when string }

func (pg *checkPage) drawSection(p *kit.Pen, x, y, w float32, title string, step Step, lines []line) float32 {
	if len(lines) == 0 {
		return y
	}
	p.HLine(x, y, w)
	y += 10
	p.Text(x, y, 0, title, kit.Body.B(), kit.Left)
	if step >= 0 && title != "Signs and other answers" {
		c := pg.change[step]
		c.Words = "Go to " + strings.ToLower(stepNames[step])
		p.Put(c, x+w-c.Width(), y+2, c.Width(), 16)
	}
	y += 26
	for _, l := range lines {
		vl := kit.Body.Wrap(l.value, w-200-110)
		ll := kit.Body.Wrap(l.label, 190)
		for i, t := range ll {
			p.Text(x, y+float32(i)*20, 0, t, kit.Body.In(look.Muted), kit.Left)
		}
		for i, t := range vl {
			p.Text(x+200, y+float32(i)*20, 0, t, kit.Body, kit.Left)
		}
		p.Text(x+w-104, y+2, 104, l.when, kit.Caption, kit.Right)
		y += float32(max(len(vl), len(ll)))*20 + 6
	}
	return y + 6
}

func (pg *checkPage) factLines(want func(*rules.FactDef) bool) []line {
	var out []line
	facts := pg.s.m.patient().Facts
	for _, def := range pg.s.m.dict.Facts() {
		a, ok := facts[def.ID]
		if !ok || def.Derived || !want(def) {
			continue
		}
		out = append(out, line{def.Label, answerWords(def, a), identity.FormatDay(a.When)})
	}
	return out
}

// answerWords is an answer in words with its unit.
func answerWords(def *rules.FactDef, a rules.Answer) string {
	switch def.Type {
	case rules.YesNo:
		switch a.Bool {
		case truth.Yes:
			return "Yes"
		case truth.No:
			return "No"
		}
		return words.NotKnown
	case rules.ChoiceFact:
		if a.Choice == "" {
			return words.NotKnown
		}
		return def.ChoiceLabel(a.Choice)
	case rules.DateFact:
		return identity.FormatDay(a.Date)
	}
	if a.Number.IsAny() {
		return words.NotKnown
	}
	text := typed.Show(a.Number, def.Decimals)
	text = strings.Replace(text, "<", "below ", 1)
	text = strings.Replace(text, ">", "above ", 1)
	if a.As != "" && !strings.HasPrefix(a.As, "<") && !strings.HasPrefix(a.As, ">") {
		return strings.TrimSpace(text+" "+def.Unit) + " (written " + a.As + ")"
	}
	return strings.TrimSpace(text + " " + def.Unit)
}

func (pg *checkPage) familyLines() []line {
	var out []line
	m := pg.s.m
	fp := pg.s.pages[FamilyStep].(*familyPage)
	for _, r := range fp.relatives() {
		var parts []string
		for i := range r.Conditions {
			c := &r.Conditions[i]
			def := m.dict.Condition(c.Name)
			if def == nil || c.Present == truth.No {
				continue
			}
			text := capital(def.Short)
			switch {
			case c.Present != truth.Yes:
				text += " not known"
			case c.Age.IsAny():
				text += ", age not known"
			default:
				text += " at " + identity.SpanText(c.Age)
			}
			parts = append(parts, text)
		}
		if cell, ok := m.lipidCell(r); ok && !cell.unknown {
			parts = append(parts, "cholesterol "+cell.text+" mmol/L")
		}
		if len(parts) > 0 {
			out = append(out, line{m.kinName(r), strings.Join(parts, "; "), "from patient"})
		}
	}
	for _, t := range m.dict.Topics() {
		value := "Not asked"
		if d, ok := m.rec.Case.Asked[t.ID]; ok {
			value = "Asked: " + strings.ToLower(degreeOptions[min(3, max(0, d))+1].Label)
		}
		out = append(out, line{t.Label, value, ""})
	}
	return out
}

func (pg *checkPage) tumourLines() []line {
	var out []line
	for i, t := range pg.s.m.patient().Tumours {
		var parts []string
		for _, def := range pg.s.m.dict.Facts() {
			if f := tumourField(&t, def.ID); def.Of == rules.OfTumour && f != nil && *f != "" && def.ID != "tumour.site" {
				parts = append(parts, capital(def.Short)+" "+strings.ToLower(def.ChoiceLabel(*f)))
			}
		}
		name := fmt.Sprintf("Tumour %d", i+1)
		if def := pg.s.m.dict.Fact("tumour.site"); def != nil && t.Site != "" {
			name = def.ChoiceLabel(t.Site)
		}
		text := strings.Join(parts, "; ")
		if text == "" {
			text = "No results entered"
		}
		out = append(out, line{name, text, identity.FormatDay(t.Date)})
	}
	return out
}

func (pg *checkPage) scoreLines() []line {
	var out []line
	for _, ar := range pg.s.advice.areas() {
		for i := range ar.Scores {
			if sc := &ar.Scores[i]; sc.Applies != "no" {
				out = append(out, line{sc.Title, band(sc), ""})
			}
		}
	}
	return out
}

func (pg *checkPage) noteLines() []line {
	var out []line
	for _, l := range strings.Split(strings.TrimSpace(pg.s.m.rec.Notes), "\n") {
		if l != "" {
			out = append(out, line{"Note", l, ""})
		}
	}
	return out
}

func (pg *checkPage) missingLines() []line {
	var out []line
	for _, ar := range pg.s.advice.areas() {
		for i, q := range ar.Next {
			if i == 5 {
				break
			}
			out = append(out, line{pg.s.short(ar), q.Question, ""})
		}
	}
	if len(out) == 0 {
		out = append(out, line{"Nothing", "What is missing cannot change this advice", ""})
	}
	return out
}

// drawRecord shows the text that Copy puts on the clipboard.
func (pg *checkPage) drawRecord(p *kit.Pen, x, y, w float32) float32 {
	if pg.s.m.advice == nil {
		return y
	}
	return drawTextCard(p, x, y, w, "Text for the record", pg.s.recordText())
}

// drawTextCard shows a text to copy under its title.
func drawTextCard(p *kit.Pen, x, y, w float32, title, text string) float32 {
	lines := kit.Small.Wrap(strings.TrimSpace(text), w-28)
	h := float32(len(lines))*18 + 52
	p.Card(x, y, w, h)
	p.Text(x+14, y+12, 0, title, kit.Body.B(), kit.Left)
	for i, l := range lines {
		p.Text(x+14, y+38+float32(i)*18, 0, l, kit.Small, kit.Left)
	}
	return y + h + 8
}

// copyRecord puts the text for the record on the clipboard.
func (s *Screen) copyRecord() {
	if s.m.advice == nil {
		s.host.Say("There is no advice yet")
		return
	}
	s.host.Copy(s.recordText())
	s.host.Say(kit.CopiedFor + " Paste it into the record.")
}

// recordText is what a clinician pastes into the record: advice, criteria met,
// what is not known, the results and medicines behind it, editions.
func (s *Screen) recordText() string {
	var b strings.Builder
	told := s.m.rec.Told(s.m.advice)
	for _, ar := range words.Ordered(told.Areas) {
		fmt.Fprintf(&b, "%s assessment, %s\n%s\n", ar.Title, identity.FormatDay(s.m.rec.Case.Date), ar.Action)
		if ar.Reason != "" {
			fmt.Fprintln(&b, ar.Reason)
		}
		for _, c := range ar.Criteria {
			if word := verdictFace[c.Verdict].word; c.Verdict == "unknown" {
				fmt.Fprintf(&b, "%s: %s (%s)\n", word, c.Text, c.Source)
			} else {
				fmt.Fprintf(&b, "%s %s (%s)\n", word, c.Text, c.Source)
			}
		}
		for i := range ar.Scores {
			if sc := &ar.Scores[i]; sc.Applies != "no" {
				fmt.Fprintf(&b, "%s %s\n", sc.Title, band(sc))
			}
		}
		for _, t := range report.ResultsText(s.m.dict, &s.m.rec.Case, ar) {
			fmt.Fprintln(&b, t)
		}
		for _, t := range ar.Provided {
			fmt.Fprintf(&b, "Provided: %s\n", t)
		}
		for _, t := range report.CascadeText(ar.Cascade) {
			fmt.Fprintln(&b, t)
		}
		fmt.Fprintf(&b, "Rules: Kindred, edition %s, %s. Advice to a clinician, not a diagnosis.\n\n", ar.Edition, standing(ar.Status))
	}
	return strings.TrimSpace(b.String()) + "\n"
}

func standing(status string) string {
	if status == "signed_off" {
		return "signed off"
	}
	return "transcribed, not signed off"
}
