// Package rulesview shows the rulebook: everything the areas say, each clause
// with its source, for a clinician to read before trusting or signing it.
package rulesview

import (
	"fyne.io/fyne/v2"

	"kindred/app/report"
	"kindred/app/ui/kit"
	"kindred/app/ui/shell"
	"kindred/app/ui/words"
	"kindred/rules"
)

// Host is what the rulebook asks of the window around it.
type Host interface {
	// Return goes back to the consultation a source was opened from.
	Return()
	// Leaflet saves a leaflet or learning card of the area with that id.
	Leaflet(area string, kind report.Paper)
	// Say shows words in the status bar.
	Say(words string)
}

// Screen is the rules screen.
type Screen struct {
	host  Host
	win   fyne.Window
	areas []rules.AreaInfo
	dict  *rules.Dictionary
	books map[string]*chapter // by area id, read when first shown
	book  *chapter

	root   *kit.Sheet
	pick   *kit.Segment
	filter *kit.Field
	toc    *kit.Table
	page   *kit.Sheet
	scroll *kit.Scroll
	aside  *kit.Sheet
	asideS *kit.Scroll
	back   *kit.Press
	other  *kit.Press
	papers map[string][]*kit.Press // by area id: leaflet, learning card

	rows   []row // of the contents
	cards  map[*entry]*card
	blocks []block // of the page, top down
	shown  int     // entries that match
	elsewh int     // entries that match in another area
	elseID string
	chosen string // key of the entry that is unfolded
	past   []string
	text   string
	guest  bool // opened from a consultation
	wide   bool // the aside is shown
	side   *card
	first  int // blocks on screen
	last   int
	// marking is set while the contents follow the page.
	marking bool
}

// row is a line of the contents: a section, or an entry.
type row struct {
	section int
	entry   *entry
	n       int
}

// block is a section's heading or a card on the page.
type block struct {
	section int
	entry   *entry
	y, h    float32
}

// New makes the rules screen.
func New(host Host, win fyne.Window, areas []rules.AreaInfo, d *rules.Dictionary) *Screen {
	s := &Screen{host: host, win: win, areas: areas, dict: d, books: map[string]*chapter{}, cards: map[*entry]*card{}}
	s.root = kit.NewSheet(s.draw)
	var options []kit.Option
	for _, a := range areas {
		options = append(options, kit.Option{Value: a.ID, Label: a.Short})
	}
	s.pick = kit.NewSegment(options, func(id string) {
		if id == "" && s.book != nil { // one area is always open
			s.pick.SetValue(s.book.area.ID)
			return
		}
		s.open(id, "")
	})
	s.pick.Words = "The area whose rules are shown"
	s.filter = kit.NewField("Filter these rules", func(text string) { s.text = text; s.arrange() })
	s.filter.Lead, s.filter.Key = "filter", "/"
	s.filter.Words = "Words that must all occur: a test, an age, a guideline; ↓ goes to the contents, Esc shows everything"
	s.filter.Enter = func() { s.toc.Focus() }
	s.toc = kit.NewTable(28, []kit.Column{{Title: "Contents", Share: 1}}, s.tocRow)
	s.toc.OnChoose = s.tocChoose
	s.toc.OnOpen = func(int) { s.focusPage() }
	s.page = kit.NewSheet(s.drawPage)
	s.scroll = kit.NewScroll(s.page)
	s.scroll.OnScrolled = func(fyne.Position) { s.window() }
	s.aside = kit.NewSheet(s.drawAside)
	s.asideS = kit.NewScroll(s.aside)
	s.back = kit.NewButton(kit.Plain, "", "Back to the consultation", func() { s.guest = false; s.root.Redraw(); host.Return() })
	s.back.Words = "Esc: back to the consultation"
	s.other = kit.NewButton(kit.Plain, "", "", func() { s.open(s.elseID, "") })
	s.papers = paperButtons(host, areas)
	if len(areas) > 0 {
		s.open(areas[0].ID, "")
	}
	return s
}

// Show opens an area at a criterion, score or number by its id, as a guest of
// the consultation: Escape goes back there. An unknown id opens the area.
func (s *Screen) Show(area, id string) {
	s.guest = true
	s.text = ""
	s.filter.SetText("")
	s.past = nil
	s.open(area, id)
}

// open shows an area from an entry on, or from its beginning.
func (s *Screen) open(area, key string) {
	for _, a := range s.areas {
		if a.ID != area {
			continue
		}
		if s.books[area] == nil {
			s.books[area] = read(a, s.dict)
		}
		if s.book != s.books[area] {
			s.book, s.chosen, s.past, s.side = s.books[area], "", nil, nil
		}
		s.pick.SetValue(area)
	}
	s.arrange()
	s.to(0)
	if _, ok := s.book.at[key]; ok {
		s.choose(key)
		s.reach(key)
	}
	s.mark()
}

// arrange lists what the filter lets through, in the contents and on the page.
func (s *Screen) arrange() {
	if s.book == nil {
		return
	}
	s.rows, s.blocks, s.elsewh = s.rows[:0], s.blocks[:0], 0
	found := s.book.find(s.text)
	s.shown = len(found)
	last := -1
	for _, i := range found {
		e := s.book.entries[i]
		if e.section != last {
			last = e.section
			s.rows = append(s.rows, row{section: last})
			s.blocks = append(s.blocks, block{section: last})
		}
		s.rows = append(s.rows, row{section: last, entry: e})
		s.blocks = append(s.blocks, block{section: last, entry: e})
	}
	n := 0
	for i := len(s.rows) - 1; i >= 0; i-- {
		if n++; s.rows[i].entry == nil {
			s.rows[i].n, n = n-1, 0
		}
	}
	if s.shown == 0 {
		s.elsewhere()
	}
	s.toc.SetRows(len(s.rows))
	s.first, s.last = 0, 0
	s.root.Redraw()
	s.page.Redraw()
	s.to(min(s.scroll.Offset.Y, max(0, s.page.MinSize().Height-s.scroll.Size().Height)))
}

// elsewhere looks in the other areas when this one has nothing.
func (s *Screen) elsewhere() {
	for _, a := range s.areas {
		if s.books[a.ID] == nil {
			s.books[a.ID] = read(a, s.dict)
		}
		if n := len(s.books[a.ID].find(s.text)); n > 0 {
			s.elsewh, s.elseID = n, a.ID
			s.other.SetLabel(kit.Plain, "right", "Show "+words.Plural(n, "place", "places")+" in "+a.Short)
			return
		}
	}
}

// choose unfolds an entry's sources.
func (s *Screen) choose(key string) {
	if s.chosen == key {
		key = ""
	}
	s.unfold(key)
}

// unfold makes an entry the one that is unfolded.
func (s *Screen) unfold(key string) {
	if old, ok := s.book.at[s.chosen]; ok {
		s.fold(s.book.entries[old], false)
	}
	s.chosen = key
	if at, ok := s.book.at[key]; ok {
		s.fold(s.book.entries[at], !s.wide)
	}
	s.side = nil
	s.page.Redraw()
	s.root.Redraw()
	s.aside.Redraw()
	s.asideS.ScrollToTop()
	s.mark()
}

func (s *Screen) fold(e *entry, open bool) {
	if c, ok := s.cards[e]; ok || open {
		if !ok {
			c = s.card(e)
		}
		c.setOpen(open)
		c.sheet.Redraw()
	}
}

func (s *Screen) card(e *entry) *card {
	c, ok := s.cards[e]
	if !ok {
		c = newCard(s, e)
		s.cards[e] = c
	}
	return c
}

// jump goes to an entry and remembers where it came from, for Escape.
func (s *Screen) jump(key string) {
	if _, ok := s.book.at[key]; !ok {
		return
	}
	s.past = append(s.past, s.chosen)
	s.goTo(key)
	s.focusPage()
}

// goTo unfolds an entry and brings it into view, lifting a filter that hides
// it.
func (s *Screen) goTo(key string) {
	at, ok := s.book.at[key]
	if !ok {
		return
	}
	hidden := true
	for i := range s.blocks {
		hidden = hidden && s.blocks[i].entry != s.book.entries[at]
	}
	if hidden {
		s.text = ""
		s.filter.SetText("")
		s.arrange()
	}
	s.unfold(key)
	s.reach(key)
}

// titleOf is the title of an entry.
func (s *Screen) titleOf(key string) string {
	if at, ok := s.book.at[key]; ok {
		return s.book.entries[at].title
	}
	return key
}

// foreign names the sources of what a line stands for, where they are not the
// entry's own.
func (s *Screen) foreign(e *entry, target string) string {
	at, ok := s.book.at[target]
	if !ok || e.source != nil {
		return ""
	}
	var ids []string
	for _, id := range s.book.entries[at].sources {
		own := false
		for _, have := range e.sources {
			own = own || have == id
		}
		if !own {
			ids = append(ids, id)
		}
	}
	if len(ids) > 1 {
		ids = ids[:1]
	}
	return s.book.shortNames(ids)
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen.
func (s *Screen) Tab() shell.Tab { return shell.RulesTab }

// Title implements shell.Screen.
func (s *Screen) Title() string { return "Rules" }

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item {
	return []shell.Item{{Icon: "doc", Text: words.Editions(s.areas)}}
}

// Enter implements shell.Screen.
func (s *Screen) Enter() {
	if s.guest {
		s.reach(s.chosen) // nothing had a place before it was shown
		s.focusPage()
		return
	}
	s.toc.Focus()
}

// Leave implements shell.Screen.
func (s *Screen) Leave() bool {
	s.guest = false
	return true
}

// Do implements shell.Screen.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.Filter:
		s.filter.Focus()
	case shell.Back:
		return s.goBack()
	case shell.Down:
		s.toc.Focus()
	case shell.NextPane, shell.PrevPane:
		s.nextPane(c == shell.NextPane)
	default:
		return false
	}
	return true
}

// goBack undoes the last thing: the filter, a jump, having come here.
func (s *Screen) goBack() bool {
	switch {
	case s.text != "":
		s.text = ""
		s.filter.SetText("")
		s.arrange()
		s.reach(s.chosen)
		s.toc.Focus()
	case len(s.past) > 0:
		key := s.past[len(s.past)-1]
		s.past = s.past[:len(s.past)-1]
		s.goTo(key)
		s.focusPage()
	case s.guest:
		s.guest = false
		s.host.Return()
	default:
		return false
	}
	return true
}

func (s *Screen) nextPane(forward bool) {
	at := 2
	switch {
	case s.filter.Focused():
		at = 0
	case s.win.Canvas().Focused() == s.toc.Target():
		at = 1
	}
	if forward {
		at++
	} else {
		at += 2
	}
	switch at % 3 {
	case 0:
		s.filter.Focus()
	case 1:
		s.toc.Focus()
	default:
		s.focusPage()
	}
}

var _ shell.Screen = (*Screen)(nil)
