package consult

import (
	"slices"
	"strings"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// cardBody writes one verdict card from y down. Without a pen it only measures.
type cardBody struct {
	a       *adviceColumn
	p       *kit.Pen
	x, y, w float32
}

func (b *cardBody) para(text string, st kit.Style, indent float32) {
	if text == "" {
		return
	}
	if b.p != nil {
		b.y += b.p.Para(b.x+indent, b.y, b.w-indent, text, st)
		return
	}
	b.y += float32(len(st.Wrap(text, b.w-indent))) * st.Role.Line
}

func (b *cardBody) area(ar *rules.AreaAdvice, first bool) {
	key := "area:" + ar.Area
	open := b.a.isOpen(key, first)
	b.head(ar, key, first)
	if !open {
		b.para(closedLine(ar), kit.Caption, 0)
		return
	}
	b.y += 2
	switch {
	case strings.HasPrefix(ar.Action, "Next:"):
		b.para(ar.Reason, kit.Small, 0) // what to ask next stands on the card above
	case ar.Action != "" && !onLadder(ar):
		b.para(ar.Action, kit.Body.B(), 0)
		b.para(ar.Reason, kit.Small, 0)
	}
	for i := range ar.Flags {
		b.flag(&ar.Flags[i])
	}
	for i := range ar.Pathways {
		b.pathway(&ar.Pathways[i])
	}
	b.kinTumours(ar)
	if told := b.readers(ar); told || len(ar.Pathways)+len(ar.Tumours) > 0 {
		b.rule()
	}
	b.criteria(ar)
	for i := range ar.Scores {
		b.score(&ar.Scores[i])
	}
	b.provided(ar)
}

// onLadder tells whether the action is a rung of a tumour's pathway: it is not
// said twice.
func onLadder(ar *rules.AreaAdvice) bool {
	return ar.Outcome == rules.TestTumour && slices.ContainsFunc(ar.Pathways, func(w rules.PathwayResult) bool {
		return w.Text == strings.TrimSuffix(ar.Action, ".")
	})
}

func closedLine(ar *rules.AreaAdvice) string {
	if ar.Reason != "" {
		return ar.Reason
	}
	return ar.Action
}

func (b *cardBody) head(ar *rules.AreaAdvice, key string, first bool) {
	face := words.Of(ar.Outcome, ar.Urgent)
	pw := kit.PillWidth(face.Word)
	if b.p != nil {
		fold := b.a.fold(key, first)
		fold.Words = "Unfold or fold the reasons of " + ar.Title
		b.p.Put(fold, b.x-6, b.y-1, b.w+12, 24) // the whole line unfolds
		title := ar.Title
		if kit.Body.B().Width(title) > b.w-10-pw-2 {
			title = b.a.s.short(ar)
		}
		b.p.Text(b.x+10, b.y+1, b.w-10-pw-2, title, kit.Body.B(), kit.Left)
		b.p.Pill(b.x+b.w-pw, b.y, face.Tone, face.Icon, face.Word)
	}
	b.y += 24
}

func (b *cardBody) flag(f *rules.Flag) {
	b.y += 4
	icon, tok := "warn", look.Warn
	if f.Urgent {
		icon, tok = "urg", look.Urgent
	}
	if b.p != nil {
		b.p.Icon(b.x, b.y+1, 16, icon, tok)
	}
	b.para(f.Text, kit.Small.In(tok), 22)
}

// merged puts reasons together that say the same of several people: "Father,
// mother: tendon xanthoma".
func merged(list []rules.Reason) []rules.Reason {
	var out []rules.Reason
	for _, r := range list {
		if n := len(out); n > 0 && r.Who != "" && out[n-1].Who != "" {
			if o := &out[n-1]; o.Clause == r.Clause && o.Value == r.Value && detail(o) == detail(&r) {
				o.Who += ", " + lowerFirst(r.Who)
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

var verdictFace = map[string]struct {
	icon string
	tok  look.Token
	word string
}{
	"yes":     {"met", look.Met, "Meets"},
	"no":      {"not", look.Not, "Does not meet"},
	"unknown": {"unk", look.Unk, "Not known"},
}

func (b *cardBody) criterion(ar *rules.AreaAdvice, c *rules.CriterionVerdict, lead bool) {
	key := "crit:" + c.ID
	face := verdictFace[c.Verdict]
	b.y += 6
	word := face.word
	ww := kit.Caption.B().Width(word) + 18
	name := b.a.s.names[c.ID]
	if name == "" {
		name = c.Text
	}
	lines := kit.Body.Wrap(words.Capital(name), b.w-10-ww-10)
	if b.p != nil {
		fold := b.a.fold(key, lead)
		fold.Words = c.Source
		b.p.Put(fold, b.x-6, b.y-1, b.w+12, float32(len(lines))*20+2)
		for i, l := range lines {
			b.p.Text(b.x+10, b.y+float32(i)*20, 0, l, kit.Body, kit.Left)
		}
		b.p.Icon(b.x+b.w-ww, b.y+3, 14, face.icon, face.tok)
		b.p.Text(b.x+b.w-ww+18, b.y+2, 0, word, kit.Caption.B().In(face.tok), kit.Left)
	}
	b.y += float32(len(lines)) * 20
	if !b.a.isOpen(key, lead) {
		return
	}
	if name != c.Text {
		b.para(c.Text, kit.Caption, 10)
	}
	b.reasons("For", "met", look.Met, c.For, ar.Area, c.ID)
	b.reasons("Against", "not", look.Not, c.Against, ar.Area, c.ID)
	b.reasons("Not known", "unk", look.Unk, deciding(ar, c.Unknown), ar.Area, c.ID)
	if len(c.Unknown) == 0 {
		b.group("Not known", "unk", look.Unk)
		b.para("Nothing that matters", kit.Caption, 22)
	}
	if len(c.For)+len(c.Against)+len(c.Unknown) == 0 || !cites(c) {
		b.para(c.Source, kit.Caption, 22)
	}
}

// cites tells whether any reason names its source.
func cites(c *rules.CriterionVerdict) bool {
	for _, list := range [][]rules.Reason{c.For, c.Against, c.Unknown} {
		for i := range list {
			if list[i].Source != "" {
				return true
			}
		}
	}
	return false
}

func (b *cardBody) group(title, icon string, tok look.Token) {
	b.y += 6
	if b.p != nil {
		b.p.Icon(b.x, b.y, 16, icon, tok)
		b.p.Text(b.x+22, b.y, 0, title, kit.Caption.B().In(tok), kit.Left)
	}
	b.y += 17
}

func (b *cardBody) reasons(title, icon string, tok look.Token, list []rules.Reason, area, criterion string) {
	if len(list) == 0 {
		return
	}
	list = merged(list)
	key, all := "reasons:"+criterion+title, len(list)
	list, hidden := b.folded(key, list)
	b.group(title, icon, tok)
	value := kit.Small.B()
	if title == "Not known" {
		value = value.In(look.Unk)
	}
	for i := range list {
		last := i == len(list)-1 || detail(&list[i]) != detail(&list[i+1])
		b.reason(&list[i], value, area, criterion, last)
	}
	b.restOf(key, hidden, all)
}

// detail is what stands below a reason; rows that share it show it once, below
// the last of them.
func detail(r *rules.Reason) string {
	var parts []string
	for _, t := range []string{r.Basis, identity.FormatDay(r.When), r.Source} {
		if t != "" {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " · ")
}

func (b *cardBody) reason(r *rules.Reason, value kit.Style, area, criterion string, last bool) {
	const indent = 22
	text := r.Clause
	if r.Who != "" && r.Who != "Patient" {
		text = r.Who + ": " + lowerFirst(r.Clause)
	}
	vw := value.Width(r.Value)
	lines := kit.Small.Wrap(text, b.w-indent-vw-10)
	under := vw > (b.w-indent)*0.36 && len(lines) > 1 // a long value stands below, not beside
	if under {
		lines = kit.Small.Wrap(text, b.w-indent)
	}
	if b.p != nil {
		for i, l := range lines {
			b.p.Text(b.x+indent, b.y+float32(i)*18, 0, l, kit.Small, kit.Left)
		}
		if !under {
			b.p.Text(b.x+b.w-vw, b.y, vw, r.Value, value, kit.Right)
		}
	}
	b.y += float32(len(lines)) * 18
	if under {
		b.para(r.Value, value, indent)
	}
	below := detail(r)
	if below == "" || !last {
		return
	}
	if b.p != nil {
		before := strings.TrimSuffix(below, r.Source)
		x := b.x + indent
		x += b.p.Text(x, b.y, b.w-indent, before, kit.Caption, kit.Left)
		if r.Source != "" {
			b.link(x, r, area, criterion)
		}
	}
	b.y += 16
}

// link is the source of a reason, with its clause; pressing it opens the rule.
func (b *cardBody) link(x float32, r *rules.Reason, area, criterion string) {
	key := "src:" + criterion + r.Who + r.Clause + r.Person
	l, ok := b.a.press[key]
	if !ok {
		l = kit.NewLink("", kit.Caption, nil)
		b.a.press[key] = l
	}
	text := kit.Caption.Cut(r.Source, b.x+b.w-x)
	if l.Label() != text {
		l.SetText(text, kit.Caption)
	}
	l.Words = r.Source
	if r.URL != "" {
		l.Words += " · " + r.URL
	}
	l.OnPress = func() { b.a.s.host.Source(area, criterion) }
	b.p.Put(l, x, b.y, l.Width(), 16)
}
