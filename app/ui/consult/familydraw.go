package consult

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

func (pg *familyPage) first() fyne.Focusable {
	if len(pg.relatives()) == 0 {
		return pg.start
	}
	return pg.row(pg.chosen)
}

const (
	narrowTree = 460 // height of the tree where it stands below the questions
	tableW     = 560
	kinRowH    = 30
	kinHead    = 24
)

func (pg *familyPage) draw(p *kit.Pen) {
	view := pg.s.scroll[FamilyStep].Size().Height
	if p.W < 840 { // the editor below the table, both in one scroll
		top := 160 + tableHead + max(kinRowH, pg.table.MinSize().Height) + pg.footHeight(p.W-40)
		h := top
		if len(pg.relatives()) == 0 {
			top, h = view, view
		}
		pg.drawList(p, p.W, top)
		if pg.chosen != "" {
			h = top + max(narrowTree, pg.editor.sheet.MinSize().Height) // it learns its height when it is drawn
			p.HLine(0, top, p.W)
			p.Put(pg.editor.scroll, 0, top+p.Look().LineWidth(), p.W, h-top)
			p.HLine(0, h, p.W)
			pg.tree.drawTree(p, 0, h+p.Look().LineWidth(), p.W, narrowTree, nil)
			h += narrowTree
		}
		pg.s.form[FamilyStep].SetMin(300, h+8)
		return
	}
	pg.s.form[FamilyStep].SetMin(300, view)
	tw := float32(tableW)
	if p.W < 1040 {
		tw = 500
	}
	pg.drawList(p, tw, p.H)
	p.VLine(tw, 0, p.H)
	switch {
	case pg.chosen == "":
		p.Put(pg.tree.pane.Root, tw+p.Look().LineWidth(), 0, p.W-tw-p.Look().LineWidth(), p.H)
	default:
		pg.tree.draw(p, tw+p.Look().LineWidth(), p.W-tw-p.Look().LineWidth(), p.H)
	}
}

// drawList draws the heading, what was asked, and the table.
func (pg *familyPage) drawList(p *kit.Pen, w, h float32) {
	x, y := float32(20), float32(14)
	p.Text(x, y, 0, "Family", kit.Title, kit.Left)
	p.Put(pg.files, w-20-pg.add.Small()-8-pg.files.Small(), y, pg.files.Small(), 28)
	p.Put(pg.add, w-20-pg.add.Small(), y, pg.add.Small(), 28)
	y = pg.drawAsked(p, x, y+36, w-40)
	keys := pg.footHeight(w - 40)
	if pg.lineShown() {
		pg.editor.drawLine(p, x, h-keys-8, w-40)
	} else {
		pg.drawKeys(p, x, h-keys-8, w-40)
	}
	if len(pg.relatives()) == 0 {
		pg.drawEmpty(p, w)
		return
	}
	pg.drawHeads(p, x, y, w-40)
	p.Put(pg.scroll, x, y+tableHead, w-40, h-y-tableHead-keys-20)
}

// footHeight is what stands below the table: the keys, or the line in their
// place.
func (pg *familyPage) footHeight(w float32) float32 {
	h := pg.drawKeys(nil, 20, 0, w)
	if pg.lineShown() {
		h = max(h, lineH)
	}
	return h
}

// tableHead is the height of the table's own header, which stays while the rows
// scroll.
const tableHead = 32

// drawHeads draws the header of the table.
func (pg *familyPage) drawHeads(p *kit.Pen, x, y, w float32) {
	p.Box(x, y, w, tableHead, look.Sunken, look.Line, p.Look().LineWidth(), kit.Radii{8, 8, 0, 0})
	heads := []string{"Relative", "Age"}
	if w < compactW {
		heads = append(heads, "Known")
	} else {
		for _, t := range pg.s.m.dict.Topics() {
			heads = append(heads, topicHead(t))
		}
	}
	cols := pg.columns(w)
	for i, t := range heads {
		p.Text(x+cols[i], y+8, cols[i+1]-cols[i]-8, t, kit.Caption.B(), kit.Left)
	}
}

func (pg *familyPage) drawAsked(p *kit.Pen, x, y, w float32) float32 {
	head := p.Text(x, y, 0, "Nobody else, asked up to", kit.Caption.B(), kit.Left)
	p.Text(x+head+8, y, w-head-8, "only then does silence mean no", kit.Caption, kit.Left)
	topics := pg.s.m.dict.Topics()
	n := float32(len(topics) + 1)
	cw := (w - (n-1)*8) / n
	cx := x
	for _, t := range topics {
		pg.drawAskedHead(p, cx, y+20, cw, pg.topicKeys[t.ID], capital(t.ID))
		p.Put(pg.asked[t.ID], cx, y+42, cw, 28)
		cx += cw + 8
	}
	pg.drawAskedHead(p, cx, y+20, cw, sideKey, "Side unknown")
	p.Put(pg.sides, cx, y+42, cw, 28)
	return y + 82
}

// drawAskedHead is the key and the words above a box.
func (pg *familyPage) drawAskedHead(p *kit.Pen, x, y, w float32, key rune, label string) {
	kw := float32(0)
	if key != 0 {
		kw = p.Key(x, y, capital(string(key))) + 5
	}
	p.Text(x+kw, y+1, w-kw, label, kit.Caption, kit.Left)
}

func (pg *familyPage) drawEmpty(p *kit.Pen, w float32) {
	cy := max(200, p.H/2-60)
	p.Icon(w/2-14, cy, 28, "family", look.Muted)
	p.Text(0, cy+36, w, "No relatives yet", kit.Body.B(), kit.Center)
	p.Text(0, cy+60, w, "Start with parents, then brothers and sisters.", kit.Caption, kit.Center)
	p.Put(pg.start, (w-pg.start.Width())/2, cy+88, pg.start.Width(), 32)
}

// compactW is the width below which the topics share one column.
const compactW = 420

// columns of the relatives table: name, age, then one a topic, or one for all
// where the table is narrow.
func (pg *familyPage) columns(w float32) []float32 {
	if w < compactW {
		return []float32{14, 118, 166, w - 14 + 8}
	}
	topics := float32(len(pg.s.m.dict.Topics()))
	name, age := float32(116), float32(48)
	each := (w - 28 - name - age - 8*(topics+1)) / topics
	xs := []float32{14, 14 + name + 8}
	for i := range int(topics) {
		xs = append(xs, 14+name+8+age+8+float32(i)*(each+8))
	}
	return append(xs, w-14+8)
}

func (pg *familyPage) drawTable(p *kit.Pen) {
	list := pg.s.m.kinLines()
	groups := 0
	last := ""
	for _, l := range list {
		if l.group != last {
			groups, last = groups+1, l.group
		}
	}
	h := float32(groups)*kinHead + float32(len(list))*kinRowH + 1
	lw := p.Look().LineWidth()
	p.Edged(0, -lw, p.W, h+lw, look.Surface, look.Line, kit.Radii{0, 0, 8, 8})
	y, last := float32(0), ""
	pg.lines, pg.degrees = map[string]kinLine{}, pg.s.m.degreesNow()
	for _, l := range list {
		pg.lines[l.p.ID] = l
		if l.group != last {
			last = l.group
			p.Fill(lw, y, p.W-2*lw, kinHead, look.BG)
			p.HLine(lw, y, p.W-2*lw)
			p.Text(14, y+4, 0, l.group, kit.Caption.B(), kit.Left)
			y += kinHead
		}
		b := pg.row(l.p.ID)
		p.Put(b, lw, y, p.W-2*lw, kinRowH)
		b.Redraw()
		y += kinRowH
	}
	pg.table.SetMin(300, h)
	if pg.reveal != "" { // the row of somebody just added was not there before
		pg.showRow(pg.reveal)
		pg.reveal = ""
	}
}

// showRow scrolls the table so that a row is in view.
func (pg *familyPage) showRow(id string) {
	row := pg.row(id)
	view, top := pg.scroll.Size().Height, row.Position().Y
	off := pg.scroll.Offset.Y
	switch {
	case view <= 0:
		return
	case top < off+kinHead:
		off = max(0, top-kinHead-8)
	case top+kinRowH > off+view-8:
		off = top + kinRowH + 8 - view
	}
	if most := max(0, pg.table.MinSize().Height-view); off > most {
		off = most
	}
	if off != pg.scroll.Offset.Y {
		pg.scroll.ScrollToOffset(fyne.NewPos(0, off))
	}
}

// topicHead is a topic's column heading: its first words.
func topicHead(t *rules.TopicDef) string {
	switch t.ID {
	case "heart":
		return "Heart attack"
	case "cholesterol":
		return "Cholesterol"
	case "cancer":
		return "Cancer"
	}
	return t.Label
}

func (pg *familyPage) row(id string) *kit.Press {
	b, ok := pg.rows[id]
	if ok {
		return b
	}
	b = kit.NewPress(4, func(p *kit.Pen, st kit.State) { pg.paintRow(p, id, st) }, func() {
		if pg.s.step != FamilyStep {
			pg.s.Open(FamilyStep)
		}
		pg.open(id)
	})
	b.Inset = true
	b.OnFocus = func() {
		if pg.chosen != id {
			pg.choose(id)
		}
	}
	b.OnKey = func(e *fyne.KeyEvent) bool { return pg.rowKey(id, e) }
	b.OnRune = pg.addByKey
	b.OnMenu = func(at fyne.Position) { pg.choose(id); pg.menuAt(id, at) }
	b.Words = "Enter edits, a digit begins the line, a letter adds a relative, Delete removes"
	pg.rows[id] = b
	return b
}

func (pg *familyPage) rowKey(id string, e *fyne.KeyEvent) bool {
	list := pg.s.m.kinLines()
	at := -1
	for i := range list {
		if list[i].p.ID == id {
			at = i
		}
	}
	switch e.Name {
	case desktop.KeyMenu, fyne.KeyF10:
		pg.menuUnder(id)
		return true
	case fyne.KeyDown:
		at++
	case fyne.KeyUp:
		at--
	case fyne.KeyDelete:
		pg.remove(id)
		return true
	default:
		return false
	}
	if at >= 0 && at < len(list) {
		pg.s.focus(pg.row(list[at].p.ID))
	}
	return true
}

// open asks about somebody; the patient is asked on the other steps.
func (pg *familyPage) open(id string) {
	pg.choose(id)
	pg.editor.focusFirst()
}

func (pg *familyPage) remove(id string) {
	if id == pg.s.m.rec.Case.Patient {
		pg.s.host.Say("The patient stays")
		return
	}
	name := pg.s.m.kinName(pg.s.m.person(id))
	host, _ := pg.s.m.hostOf(pg.s.m.person(id))
	gone := pg.s.m.dropPerson(id)
	for _, g := range gone {
		delete(pg.rows, g)
	}
	if pg.s.m.person(host) != nil {
		pg.chosen = host
	}
	pg.s.refresh()
	pg.s.focus(pg.first())
	if n := len(gone) - 1; n > 0 {
		name += " and " + words.Plural(n, "person", "people") + " linked only through them"
	}
	pg.s.host.Say(name + " removed. Ctrl Z brings them back")
}

func (pg *familyPage) paintRow(p *kit.Pen, id string, st kit.State) {
	r := pg.s.m.person(id)
	if r == nil {
		return
	}
	p.HLine(0, 0, p.W)
	if id == pg.chosen {
		p.Fill(0, 1, p.W, p.H-1, look.ActionTint)
		p.Fill(0, 1, 3, p.H-1, look.Action)
	} else if st.Hover {
		p.Fill(0, 1, p.W, p.H-1, look.BG)
	}
	cols := pg.columns(p.W + 2*p.Look().LineWidth())
	off := -p.Look().LineWidth()
	line := pg.lines[id]
	in := float32(min(line.depth, 4)) * 12
	p.Text(cols[0]+off+in, 6, cols[1]-cols[0]-8-in, line.name, kit.Small, kit.Left)
	p.Text(cols[1]+off, 6, cols[2]-cols[1]-8, ageCell(r), kit.Small, kit.Left)
	if len(cols) == 4 {
		paintCell(p, cols[2]+off, cols[3]-cols[2]-8, pg.s.m.knownCell(r, pg.degrees[id]))
		return
	}
	for i, t := range pg.s.m.dict.Topics() {
		paintCell(p, cols[2+i]+off, cols[3+i]-cols[2+i]-8, pg.s.m.topicCell(r, t.ID, pg.degrees[id]))
	}
}

func paintCell(p *kit.Pen, x, w float32, cell kinCell) {
	switch {
	case cell.unknown:
		p.Icon(x, 8, 14, "unk", look.Unk)
		p.Text(x+19, 6, w-19, cell.text, kit.Small.B().In(look.Unk), kit.Left)
	case cell.strong:
		p.Text(x, 6, w, cell.text, kit.Small.B(), kit.Left)
	case !cell.asked:
		p.Text(x, 6, w, cell.text, kit.Small.In(look.Faint), kit.Left)
	default:
		p.Text(x, 6, w, cell.text, kit.Small.In(look.Muted), kit.Left)
	}
}

func (pg *familyPage) status() (string, look.Token, string) {
	list := pg.relatives()
	c := &pg.s.m.rec.Case
	if len(list) == 0 && len(c.Asked) == 0 {
		return "dot", look.Faint, "Not asked yet"
	}
	ages := 0
	for _, r := range list {
		for i := range r.Conditions {
			if r.Conditions[i].Present == truth.Yes && r.Conditions[i].Age.IsAny() {
				ages++
			}
		}
	}
	switch {
	case ages > 0:
		return "unk", look.Unk, words.Plural(ages, "age", "ages") + " not known"
	case len(c.Asked) < len(pg.s.m.dict.Topics()):
		return "unk", look.Unk, "Not all asked"
	}
	least := 3
	for _, d := range c.Asked {
		least = min(least, d)
	}
	return "met", look.Met, "Asked to " + strings.ToLower(degreeOptions[least+1].Label)
}
