package consult

import (
	"slices"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

func (b *cardBody) rule() {
	b.y += 8
	if b.p != nil {
		b.p.HLine(b.x-cardPad, b.y, b.w+2*cardPad)
	}
	b.y += 8
}

func (b *cardBody) score(sc *rules.ScoreResult) {
	if sc.Applies == "no" {
		return
	}
	b.rule()
	said := words.Score(sc.Min, sc.Max)
	sw := kit.Small.B().Width(said)
	if b.p != nil {
		b.p.Text(b.x, b.y, b.w-sw-10, sc.Title, kit.Small, kit.Left)
		b.p.Text(b.x+b.w-sw, b.y, 0, said, kit.Small.B(), kit.Left)
	}
	b.y += 22
	if len(sc.Scale) == 0 {
		return
	}
	if b.p != nil {
		bands := make([]kit.Band, len(sc.Scale))
		for i, s := range sc.Scale {
			bands[i] = kit.Band{Name: s.Name, From: s.From, To: s.To}
		}
		b.p.Bands(b.x, b.y, b.w, bands, sc.Min, sc.Max)
	}
	b.y += 44
}

// pathway is a ladder: what the laboratory found, the next step, and the steps
// that may follow with what they wait for.
func (b *cardBody) pathway(pw *rules.PathwayResult) {
	b.rule()
	if done := b.a.s.found(pw.Tumour); done != "" {
		b.rung("met", look.Met, done, kit.Body, "")
		b.join()
	}
	icon, tok, text := "now", look.Action, pw.Text
	if text == "" {
		icon, tok, text = "unk", look.Unk, "The next step is not known yet"
	}
	detail := words.Capital(pw.Basis)
	if pw.Source != "" {
		if detail != "" {
			detail += " · "
		}
		detail += pw.Source
	}
	b.rung(icon, tok, text, kit.Body.B(), detail)
	for _, l := range pw.Later {
		b.join()
		b.rung("dot", look.Muted, l.Text, kit.Body, "If "+l.If)
	}
}

// join ties a rung to the one above it.
func (b *cardBody) join() {
	if b.p != nil {
		b.p.Fill(b.x+9, b.y-6, 2, 8, look.Line)
	}
	b.y += 4
}

func (b *cardBody) rung(icon string, tok look.Token, text string, st kit.Style, detail string) {
	if b.p != nil {
		b.p.Icon(b.x, b.y, 20, icon, tok)
	}
	b.para(text, st, 30)
	b.para(detail, kit.Caption, 30)
	b.y += 4
}

// found is what is known of one tumour, in words: "MLH1 lost, PMS2 lost".
func (s *Screen) found(tumour int) string {
	list := s.m.patient().Tumours
	if tumour < 0 || tumour >= len(list) {
		return ""
	}
	var parts []string
	for _, def := range s.m.dict.Facts() {
		if def.Of != rules.OfTumour || def.ID == "tumour.site" || def.Cost < letterCost {
			continue
		}
		if f := tumourField(&list[tumour], def.ID); f != nil && *f != "" && *f != "not_done" {
			parts = append(parts, def.Short+" "+strings.ToLower(def.ChoiceLabel(*f)))
		}
	}
	return words.Capital(strings.Join(parts, ", "))
}

// letterCost is the cost of what the laboratory must be asked for.
const letterCost = 10

// provided lists what the advice takes for granted because nobody raised it,
// and the notes that stand beside any outcome.
func (b *cardBody) provided(ar *rules.AreaAdvice) {
	if len(ar.Provided) > 0 {
		b.rule()
		if b.p != nil {
			b.p.Text(b.x, b.y, 0, "Provided that", kit.Caption.B(), kit.Left)
		}
		b.y += 17
		for _, t := range ar.Provided {
			b.para("· "+t, kit.Caption, 0)
		}
	}
	b.notes(ar, "")
	for _, part := range rules.NoteParts {
		if !rules.ForReader(part) {
			b.notes(ar, part)
		}
	}
}

// notes shows the notes of one part; a part folds under its heading, and one
// for what follows a result lies open where there is a result.
func (b *cardBody) notes(ar *rules.AreaAdvice, part string) {
	if !slices.ContainsFunc(ar.Notes, func(n rules.Note) bool { return n.Part == part }) {
		return
	}
	b.rule()
	if part != "" {
		key, normally := "notes:"+ar.Area+part, ar.Outcome == rules.AlreadyTested
		if b.p != nil {
			fold := b.a.fold(key, normally)
			fold.Words = "Unfold or fold what guidance says; it decides nothing here"
			if rules.ForReader(part) {
				fold.Words = "Unfold or fold what is to do: " + rules.NotePartTitle(part)
			}
			b.p.Put(fold, b.x-6, b.y, b.w+12, 20) // the whole line unfolds
			b.p.Text(b.x+10, b.y, b.w-10, rules.NotePartTitle(part), kit.Body.B(), kit.Left)
		}
		b.y += 22
		if !b.a.isOpen(key, normally) {
			return
		}
	}
	for i := range ar.Notes {
		n := &ar.Notes[i]
		if n.Part != part {
			continue
		}
		if b.p != nil {
			b.p.Icon(b.x, b.y, 16, "info", look.Muted)
		}
		if part == "" {
			b.para(n.Text, kit.Caption, 22)
		} else {
			b.para(n.Text, kit.Small, 22)
			b.para(n.Source, kit.Caption, 22)
		}
		b.y += 4
	}
}

func lowerFirst(s string) string {
	if len(s) < 2 || s[1] >= 'A' && s[1] <= 'Z' {
		return s // an abbreviation: LDL, DLCN
	}
	return strings.ToLower(s[:1]) + s[1:]
}
