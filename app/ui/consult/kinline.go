package consult

import (
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/truth"
)

// newLine makes the line that takes everything about a relative.
func (e *kinEditor) newLine() {
	e.line = kit.NewField("d66, heart attack 54", func(text string) { e.readLine(text) })
	e.line.Words = "Everything in one line: 66 died, heart attack 54, bowel cancer 50s, no stroke, cholesterol 7.8; Enter stores it"
	e.line.Enter = func() {
		if e.storeLine() {
			e.pg.onward()
		}
	}
	e.line.OnLeave = func() {
		e.pg.typing = false
		e.storeLine()
		e.pg.redraw()
	}
	e.line.SetText(e.pg.unread[e.id])
	e.parseLine(e.line.Text())
}

// lineKey is the change that a line makes while it is typed.
func (e *kinEditor) lineKey() string { return "line of " + e.id }

// readLine follows the typing: what the line says so far is taken over, so that
// tree and advice change with it and a crash loses nothing. Half a word leaves
// it as it was before.
func (e *kinEditor) readLine(text string) {
	e.parseLine(text)
	m := e.pg.s.m
	switch {
	case e.lineRead.State.Usable():
		m.takeBack(e.lineKey())
		if p := e.person(); p != nil {
			e.apply(p)
			m.touchAs(e.lineKey())
		}
		e.pg.s.refresh()
	case e.lineRead.State == typed.Empty && m.takeBack(e.lineKey()):
		e.pg.s.refresh()
	}
}

// parseLine reads a line without using it.
func (e *kinEditor) parseLine(text string) {
	sex := ""
	if p := e.person(); p != nil {
		sex = p.Sex
	}
	e.lineRead = e.pg.reader.Read(text, sex, e.pg.s.m.today)
	e.line.SetMood(kit.Calm)
	e.pg.redraw()
	if text == "" {
		delete(e.pg.unread, e.id)
	} else {
		e.pg.unread[e.id] = text
	}
}

// storeLine ends a line; false when it cannot be read, and then it stays, to be
// put right, and nothing of it is used.
func (e *kinEditor) storeLine() bool {
	p, m := e.person(), e.pg.s.m
	switch {
	case p == nil || e.lineRead.State == typed.Empty:
		return true
	case !e.lineRead.State.Usable():
		e.line.SetMood(kit.Red)
		if m.takeBack(e.lineKey()) {
			e.pg.s.refresh()
		}
		e.pg.redraw()
		return false
	}
	m.settle()
	e.lineRead = typed.Relative{}
	delete(e.pg.unread, e.id)
	e.line.SetText("")
	e.show(p)
	e.pg.redraw()
	return true
}

// apply takes over what the line says.
func (e *kinEditor) apply(p *rules.Person) {
	read := &e.lineRead
	if read.AgeSaid {
		p.Age = read.Age
	}
	e.storeTree(p, &read.Tree)
	if read.Alive != truth.Unknown {
		p.Alive = read.Alive
	}
	for _, h := range read.Had {
		c := condition(p, h.Def.ID)
		if h.Another && c.Present == truth.Yes {
			p.Conditions = append(p.Conditions, rules.Condition{Name: h.Def.ID, Age: truth.Any(), Confirmed: truth.Unknown})
			c = &p.Conditions[len(p.Conditions)-1]
		}
		c.Present = h.Present
		if !h.Age.IsAny() || h.Present == truth.No {
			c.Age = h.Age
		}
		if h.Confirmed != truth.Unknown {
			c.Confirmed = h.Confirmed
		}
	}
	for id, a := range read.Facts {
		if p.Facts == nil {
			p.Facts = map[string]rules.Answer{}
		}
		p.Facts[id] = a
	}
}

// focusLine puts the keyboard into the line.
func (e *kinEditor) focusLine() {
	if e.line == nil {
		return
	}
	e.pg.typing = true
	e.pg.redraw()
	e.pg.s.focus(e.line.Target())
}

// lineShown tells whether the line stands below the table in place of the keys:
// while it has the keyboard, and while it holds what was not understood.
func (pg *familyPage) lineShown() bool {
	e := pg.editor
	return e.line != nil && (pg.typing || e.line.Focused() || bad(e.lineRead.State))
}

// lineH is the height of the line with its heading and what was understood.
const lineH = 92

// drawLine draws the line about the chosen relative, with what was understood
// below it.
func (e *kinEditor) drawLine(p *kit.Pen, x, y, w float32) {
	person := e.person()
	if person == nil {
		return
	}
	head := p.Text(x, y, 0, capital(e.pg.s.m.inSentence(person))+called(person), kit.Body.B(), kit.Left)
	const keys = "Enter stores, Esc goes back"
	if kw := kit.Caption.Width(keys); head+kw+16 < w {
		p.Text(x+w-kw, y+3, 0, keys, kit.Caption, kit.Left)
	}
	y += 22
	p.Put(e.line, x, y, w, 32)
	y += 37
	tok, text := look.Muted, e.lineRead.Echo
	switch {
	case text == "":
		text = "Age or year of birth, died, what they had and when: d66, heart attack 54, bowel before 60, no stroke, chol 7.8, called Alan"
	case bad(e.lineRead.State):
		tok = look.Urgent
		p.Icon(x, y+1, 14, "urg", tok)
		text = capital(text)
	default:
		tok = look.Met
		p.Icon(x, y+1, 14, "tick", tok)
	}
	ix := x
	if e.lineRead.Echo != "" {
		ix += 20
	}
	room := 2
	if len(e.lineRead.Doubts) > 0 {
		room = 1
		p.Text(ix, y+16, x+w-ix, kit.Caption.Cut(e.lineRead.Doubts[0], x+w-ix), kit.Caption.In(look.Warn), kit.Left)
	}
	for i, l := range kit.Caption.Wrap(text, x+w-ix) {
		if i < room {
			p.Text(ix, y, 0, l, kit.Caption.In(tok), kit.Left)
		}
		y += 16
	}
}
