package shell

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// The heights of the design.
const (
	barH    = 48
	statusH = 28
)

// Frame is one window's frame.
type Frame struct {
	// Go is called when a tab is pressed or a command is not known to the
	// screen; it shows the screen it stands for.
	Go func(t Tab)
	// Do carries out commands that belong to the program, not to a screen.
	Do func(c Command)

	win    fyne.Window
	root   *kit.Sheet
	screen Screen
	help   *helpPage
	hint   string

	tabs map[Tab]*kit.Press
	find *kit.Press
	lock *kit.Press
	keys *kit.Press
}

// NewFrame puts an empty frame into a window.
func NewFrame(win fyne.Window) *Frame {
	f := &Frame{win: win, tabs: map[Tab]*kit.Press{}}
	f.root = kit.NewSheet(f.draw)
	f.root.SetMin(600, 380)
	f.root.Hint = f.setHint
	for _, t := range Tabs {
		b := kit.NewPress(4, func(p *kit.Pen, st kit.State) { paintTab(p, st, string(t)) }, func() { f.Go(t) })
		b.Inset = true
		f.tabs[t] = b
	}
	f.find = kit.NewPress(6, paintFind, func() { f.command(Find) })
	f.find.Words = "Find a patient by name or NHS number"
	f.lock = kit.NewPress(6, paintLock, func() { f.command(Lock) })
	f.lock.Words = "Lock now: the unlock screen covers everything, nothing is lost"
	f.keys = kit.NewPress(4, paintKeys, func() { f.command(Help) })
	win.SetPadded(false)
	win.SetContent(f.root)
	bind(win.Canvas(), f.command)
	return f
}

// Show puts a screen into the frame, if the one there lets go.
func (f *Frame) Show(s Screen) bool {
	if f.screen != nil && f.screen != s && !f.screen.Leave() {
		return false
	}
	f.help = nil
	f.win.Canvas().Unfocus()
	f.screen = s
	f.hint = ""
	f.Update()
	s.Enter()
	return true
}

// Screen is the screen shown.
func (f *Frame) Screen() Screen { return f.screen }

// Update draws the frame again after the screen's title or status changed.
func (f *Frame) Update() {
	for t, b := range f.tabs {
		b.On = f.screen != nil && f.screen.Tab() == t
	}
	title := "Kindred"
	if f.screen != nil && f.screen.Title() != "" {
		title = f.screen.Title() + " – Kindred"
	}
	f.win.SetTitle(title)
	f.root.Refresh()
}

// Window is the window the frame is in.
func (f *Frame) Window() fyne.Window { return f.win }

func (f *Frame) setHint(words string) {
	if f.hint != words {
		f.hint = words
		f.root.Redraw()
	}
}

// Say shows words in the status bar until the next hint.
func (f *Frame) Say(words string) { f.setHint(words) }

func (f *Frame) command(c Command) {
	switch {
	case c == Help:
		f.toggleHelp()
	case c == Back && f.help != nil:
		f.toggleHelp()
	case c == Undo || c == Redo:
		f.takeBack(c)
	case f.screen != nil && f.screen.Do(c):
	case f.Do != nil:
		f.Do(c)
	}
}

// takeBack lets the screen undo or redo an answer; where it keeps no history,
// and in a prompt over it, the box that is typed in does it with its text.
func (f *Frame) takeBack(c Command) {
	cv := f.win.Canvas()
	if cv.Overlays().Top() == nil && f.screen != nil && f.screen.Do(c) {
		return
	}
	if box, ok := cv.Focused().(interface{ UndoText(redo bool) }); ok {
		box.UndoText(c == Redo)
	}
}

func (f *Frame) toggleHelp() {
	if f.help != nil {
		f.help.close()
		f.help = nil
		return
	}
	f.help = showHelp(f.win.Canvas(), func() { f.help = nil })
}

func (f *Frame) draw(p *kit.Pen) {
	p.Fill(0, 0, p.W, p.H, look.BG)
	if f.screen == nil {
		return
	}
	if f.screen.Tab() == NoTab {
		p.Put(f.screen.Object(), 0, 0, p.W, p.H)
		return
	}
	f.drawBar(p)
	p.Put(f.screen.Object(), 0, barH, p.W, p.H-barH-statusH)
	f.drawStatus(p)
}

func (f *Frame) drawBar(p *kit.Pen) {
	p.Fill(0, 0, p.W, barH, look.Surface)
	p.HLine(0, barH-p.Look().LineWidth(), p.W)
	p.Mark(16, 11, 26, look.Action, look.ActionOn)
	p.Text(54, 13, 0, "Kindred", kit.Lead, kit.Left)
	x := float32(139)
	for _, t := range Tabs {
		style := kit.Body
		if f.tabs[t].On {
			style = style.B()
		}
		w := style.Width(string(t)) + 24
		p.Put(f.tabs[t], x, 0, w, barH)
		x += w
	}
	right := p.W - 16
	right -= 56
	p.Put(f.lock, right, 8, 60, 32)
	if f.screen.Tab() != HomeTab {
		fw := min(264, right-24-x-24)
		if fw > 120 {
			p.Put(f.find, right-24-fw, 8, fw, 32)
		}
	}
}

func paintTab(p *kit.Pen, st kit.State, label string) {
	style := kit.Body.In(look.Muted)
	if st.On {
		style = kit.Body.B()
	} else if st.Hover {
		style = kit.Body
	}
	p.Text(0, 14, p.W, label, style, kit.Center)
	if st.On {
		p.Fill(0, p.H-3, p.W, 3, look.Action)
	}
}

func paintFind(p *kit.Pen, _ kit.State) {
	p.Edged(0, 0, p.W, p.H, look.Surface, look.Ctl, kit.RControl)
	p.Icon(11, 8, 16, "search", look.Muted)
	p.Text(35, 6, p.W-90, "Find a patient", kit.Body.In(look.Muted), kit.Left)
	p.Key(p.W-9-kit.KeyWidth("Ctrl K"), 7, "Ctrl K")
}

func paintLock(p *kit.Pen, st kit.State) {
	if st.Hover {
		p.Box(0, 0, p.W, p.H, look.ActionTint, look.None, 0, kit.RControl)
	}
	p.Icon(3, 8, 16, "lock", look.Text)
	p.Text(25, 6, 0, "Lock", kit.Body, kit.Left)
}

func paintKeys(p *kit.Pen, _ kit.State) {
	w := p.Key(0, 1, "F1")
	p.Text(w+6, 2, 0, "Keys and help", kit.Caption, kit.Left)
}

// drawStatus draws what the screen says about itself, then the words of the
// control under the pointer or the focus; these may take the place of the
// assurance at the right.
func (f *Frame) drawStatus(p *kit.Pen) {
	y := p.H - statusH
	p.HLine(0, y, p.W)
	ty := y + 7
	kw := kit.KeyWidth("F1") + 6 + kit.Caption.Width("Keys and help")
	right := p.W - 16 - kw
	p.Put(f.keys, right, y+5, kw, 20)
	right -= 20
	x := float32(16)
	for _, it := range f.screen.Status() {
		if it.Icon != "" {
			p.Icon(x, ty+1, 14, it.Icon, look.Muted)
			x += 20
		}
		x += p.Text(x, ty, max(20, right-x), it.Text, kit.Caption, kit.Left) + 20
	}
	const safe = "Nothing leaves this computer"
	sw := kit.Caption.Width(safe)
	if kit.Caption.Width(f.hint)+20 <= right-x-sw-20 {
		p.Text(right-sw, ty, 0, safe, kit.Caption, kit.Left)
		p.Icon(right-sw-20, ty+1, 14, "shield", look.Muted)
	}
	if room := right - x; room > 40 {
		p.Text(x, ty, room, f.hint, kit.Caption.In(look.Text), kit.Left)
	}
}
