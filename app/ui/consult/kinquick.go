package consult

import (
	"slices"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// A family in three minutes: on a row one letter adds a relative and puts the
// keyboard into a line that takes everything about them; Enter stores it and
// comes back to the row.

// kinKey is a letter that adds relatives.
type kinKey struct {
	key  rune
	word string
	add  []string // relation words; without a side where the side is asked
}

var kinKeys = []kinKey{
	{'m', "mother", []string{"mother"}},
	{'f', "father", []string{"father"}},
	{'s', "sister", []string{"sister"}},
	{'b', "brother", []string{"brother"}},
	{'d', "daughter", []string{"daughter"}},
	{'n', "son", []string{"son"}},
	{'g', "grandparents", []string{"maternal grandmother", "maternal grandfather", "paternal grandmother", "paternal grandfather"}},
	{'a', "aunt", []string{"aunt"}},
	{'u', "uncle", []string{"uncle"}},
	{'+', "others", nil},
}

// addByKey carries a letter out: adds relatives, opens the list of all
// relations, or begins the line of the chosen relative with a digit.
func (pg *familyPage) addByKey(r rune) bool {
	switch {
	case r >= 'A' && r <= 'Z':
		r += 'a' - 'A'
	case r >= '0' && r <= '9' || r == '?':
		if pg.chosen == "" {
			return false
		}
		pg.editor.focusLine()
		pg.editor.line.Target().TypedRune(r)
		return true
	}
	i := slices.IndexFunc(kinKeys, func(k kinKey) bool { return k.key == r })
	if i < 0 {
		return false
	}
	switch k := kinKeys[i]; {
	case k.add == nil:
		pg.openMenu()
	case r == 'a' || r == 'u':
		pg.addOnSide(k.add[0])
	default:
		pg.addKin(k.add...)
	}
	return true
}

// addOnSide adds an aunt or uncle on the side of the chosen relative, and asks
// for it where that one is on both.
func (pg *familyPage) addOnSide(word string) {
	if side := pg.sideOf(pg.s.m.person(pg.chosen)); side != "" {
		pg.addKin(side + " " + word)
		return
	}
	under := pg.start
	if pg.chosen != "" {
		under = pg.row(pg.chosen)
	}
	kit.ShowMenu(under, sideOptions[1:3], "", 160, func(side string) { pg.addKin(side + " " + word) })
}

// sideOf is the side a relative stands on, "" for both or neither.
func (pg *familyPage) sideOf(p *rules.Person) string {
	if p == nil {
		return ""
	}
	w, err := family.ParseRelation(p.Relation)
	switch {
	case err != nil || w.NoBlood:
	case p.Relation == "mother" || w.Side == family.Maternal:
		return "maternal"
	case p.Relation == "father" || w.Side == family.Paternal:
		return "paternal"
	}
	return ""
}

// addKin adds relatives and asks about the first; the others follow. One that
// can only be there once, and is, is gone to instead.
func (pg *familyPage) addKin(relations ...string) {
	var fresh []string
	there := ""
	for _, rel := range relations {
		if p := pg.only(rel); p != nil {
			there = p.ID
			continue
		}
		fresh = append(fresh, rel)
	}
	ids := pg.s.m.addPeople(fresh...)
	if len(ids) == 0 {
		ids = []string{there}
	}
	pg.queue = ids[1:]
	pg.s.refresh()
	pg.choose(ids[0])
	pg.editor.focusLine()
}

// only is the relative of a relation that a person has once, when there.
func (pg *familyPage) only(relation string) *rules.Person {
	if !slices.Contains(onlyOne, relation) {
		return nil
	}
	for i := range pg.s.m.rec.Case.People {
		if p := &pg.s.m.rec.Case.People[i]; p.Relation == relation {
			return p
		}
	}
	return nil
}

// onward goes to the next relative just added, or back to the row.
func (pg *familyPage) onward() {
	for len(pg.queue) > 0 {
		id := pg.queue[0]
		pg.queue = pg.queue[1:]
		if pg.s.m.person(id) != nil {
			pg.choose(id)
			pg.editor.focusLine()
			return
		}
	}
	pg.s.focus(pg.row(pg.chosen))
}

// drawKeys draws the letters that add relatives, from y down, and returns what
// they need. Without a pen it only measures.
func drawKeys(p *kit.Pen, x, y, w float32) float32 {
	top, cx := y, x
	for _, k := range kinKeys {
		key := capital(string(k.key))
		need := kit.KeyWidth(key) + 6 + kit.Caption.Width(k.word)
		if cx > x && cx+need > x+w {
			cx, y = x, y+24
		}
		if p != nil {
			p.Key(cx, y, key)
			p.Text(cx+kit.KeyWidth(key)+6, y+1, 0, k.word, kit.Caption, kit.Left)
		}
		cx += need + 14
	}
	return y + 24 - top
}

// newLine makes the line that takes everything about a relative.
func (e *kinEditor) newLine() {
	e.line = kit.NewField("66 died, heart attack 54, cholesterol 7.8", func(text string) { e.readLine(text) })
	e.line.Words = "Everything in one line: 66 died, heart attack 54, bowel cancer 50s, no stroke, cholesterol 7.8; Enter stores it"
	e.line.Enter = func() {
		if e.storeLine() {
			e.pg.onward()
		}
	}
	e.line.OnLeave = func() { e.storeLine() }
	e.line.SetText(e.pg.unread[e.id])
	e.readLine(e.line.Text())
}

func (e *kinEditor) readLine(text string) {
	sex := ""
	if p := e.person(); p != nil {
		sex = p.Sex
	}
	e.lineRead = e.pg.reader.Read(text, sex, e.pg.s.m.today)
	e.line.SetMood(kit.Calm)
	e.sheet.Redraw()
	if text == "" {
		delete(e.pg.unread, e.id)
	} else {
		e.pg.unread[e.id] = text
	}
}

// storeLine takes over what the line says; false when it cannot be read, and
// then it stays, to be put right.
func (e *kinEditor) storeLine() bool {
	p, read := e.person(), e.lineRead
	switch {
	case p == nil || read.State == typed.Empty:
		return true
	case !read.State.Usable():
		e.line.SetMood(kit.Red)
		e.sheet.Redraw()
		return false
	}
	if read.AgeSaid {
		p.Age = read.Age
	}
	if read.Alive != truth.Unknown {
		p.Alive = read.Alive
	}
	for _, h := range read.Had {
		c := condition(p, h.Def.ID)
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
	e.lineRead = typed.Relative{}
	delete(e.pg.unread, e.id)
	e.line.SetText("")
	e.pg.changed()
	e.show(p)
	return true
}

// focusLine puts the keyboard into the line.
func (e *kinEditor) focusLine() {
	if e.line != nil {
		e.pg.tree.ask()
		e.sheet.Redraw()
		e.pg.s.focus(e.line.Target())
	}
}

// drawLine draws the line with what was understood below it.
func (e *kinEditor) drawLine(p *kit.Pen, x, y float32) float32 {
	p.Put(e.line, x, y, p.W-x-16, 32)
	y += 36
	tok, text := look.Muted, e.lineRead.Echo
	switch {
	case text == "":
		text = "In one line, or below. Enter stores it, Esc goes back to the row."
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
	for _, l := range kit.Caption.Wrap(text, p.W-ix-16) {
		p.Text(ix, y, 0, l, kit.Caption.In(tok), kit.Left)
		y += 16
	}
	return y + 10
}
