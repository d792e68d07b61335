package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"kindred/app/ui/look"
)

// Mood is what a field thinks of its content.
type Mood int

// The moods.
const (
	Calm  Mood = iota
	Amber      // unusual: asked again
	Red        // impossible or unreadable: not used
)

// Field is a box one types into: text, a right-aligned number with its unit,
// an age or date, or a passphrase. The toolkit's entry does the editing; the
// frame, the unit and the focus ring are ours.
type Field struct {
	Sheet
	// Words say in the status bar what belongs in the box.
	Words string
	// OnChange gets the text at every keystroke.
	OnChange func(text string)
	// OnLeave is called when the box loses the keyboard.
	OnLeave func()
	// Enter is called on Return; without it Return is handed to the window.
	Enter func()
	// Unit stands in the sunken end part and cannot be edited.
	Unit string
	// Icon stands at the end of the box ("calendar"), Lead before the text.
	Icon, Lead string
	// Key is a key name shown at the end of an empty box.
	Key string

	entry  *entry
	holder fyne.CanvasObject
	right  bool
	mood   Mood
	textPx float32
}

// NewField makes a box for text.
func NewField(placeholder string, change func(text string)) *Field {
	return newField(placeholder, look.Body.Size, false, change)
}

// NewNumberField makes a right-aligned box with its unit.
func NewNumberField(unit string, change func(text string)) *Field {
	f := newField("", look.Body.Size, true, change)
	f.Unit = unit
	return f
}

// NewBigField makes the first field of a screen, 44 high with 16 px text.
func NewBigField(placeholder string, change func(text string)) *Field {
	return newField(placeholder, look.Lead.Size, false, change)
}

func newField(placeholder string, size float32, right bool, change func(string)) *Field {
	f := &Field{OnChange: change, textPx: size, right: right}
	f.Draw = f.draw
	f.ExtendBaseWidget(f)
	f.entry = newEntry(f)
	f.entry.PlaceHolder = placeholder
	f.holder = f.entry
	if size != look.Body.Size {
		f.holder = container.NewThemeOverride(f.entry, sized{size})
	}
	return f
}

// Text is what the box holds.
func (f *Field) Text() string { return f.entry.Text }

// SetText shows a text without reporting it.
func (f *Field) SetText(text string) {
	if f.entry.Text == text {
		return
	}
	f.entry.quiet = true
	f.entry.SetText(text)
	f.entry.CursorColumn = len([]rune(text))
	f.entry.quiet = false
	f.Redraw()
}

// AtEnd tells whether the cursor stands behind the last letter.
func (f *Field) AtEnd() bool { return f.entry.CursorColumn >= len([]rune(f.entry.Text)) }

// SetPlaceholder changes the faint text of the empty box.
func (f *Field) SetPlaceholder(text string) {
	if f.entry.PlaceHolder != text {
		f.entry.SetPlaceHolder(text)
	}
}

// SetMood colours the edge.
func (f *Field) SetMood(m Mood) {
	if f.mood != m {
		f.mood = m
		f.Redraw()
	}
}

// Mood is what SetMood said.
func (f *Field) Mood() Mood { return f.mood }

// SetSecret shows dots instead of what is typed.
func (f *Field) SetSecret(secret bool) {
	f.entry.Password = secret
	f.entry.Refresh()
}

// Secret tells whether dots are shown.
func (f *Field) Secret() bool { return f.entry.Password }

// SetOff makes the box unusable for as long as something runs.
func (f *Field) SetOff(off bool) {
	if off {
		f.entry.Disable()
	} else {
		f.entry.Enable()
	}
}

// Focus gives the box the keyboard and selects nothing.
func (f *Field) Focus() {
	if cv := CanvasOf(f); cv != nil {
		cv.Focus(f.entry)
	}
}

// Focused tells whether the box has the keyboard.
func (f *Field) Focused() bool { return f.entry.focused }

// Target is the object that takes the keyboard, for canvas.Focus and tests.
func (f *Field) Target() fyne.Focusable { return f.entry }

// Tapped gives the keyboard when the frame outside the text is clicked.
func (f *Field) Tapped(*fyne.PointEvent) { f.Focus() }

// Cursor implements desktop.Cursorable.
func (f *Field) Cursor() desktop.Cursor { return desktop.TextCursor }

// MouseIn implements desktop.Hoverable.
func (f *Field) MouseIn(*desktop.MouseEvent) { f.hint(f.Words) }

// MouseMoved implements desktop.Hoverable.
func (f *Field) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *Field) MouseOut() { f.hint("") }

func (f *Field) draw(p *Pen) {
	edge, lw := look.Ctl, p.Look().LineWidth()
	switch {
	case f.mood == Amber:
		edge, lw = look.Warn, max(2, lw)
	case f.mood == Red:
		edge, lw = look.Urgent, max(2, lw)
	case f.entry.focused:
		edge = look.Focus
	}
	right := p.W
	p.Box(0, 0, p.W, p.H, look.Surface, edge, lw, RControl)
	if f.Unit != "" {
		uw := ceil(Caption.Width(f.Unit)) + 17
		right = p.W - uw
		p.Box(right, lw, uw-lw, p.H-2*lw, look.Sunken, look.None, 0, Radii{0, 5, 5, 0})
		sep := look.Line
		p.Fill(right, lw, p.Look().LineWidth(), p.H-2*lw, sep)
		p.Text(right+1, (p.H-16)/2, uw-lw-1, f.Unit, Caption, Center)
	}
	left := float32(10)
	big := f.textPx > look.Body.Size
	if big {
		left = 14
	}
	if f.Lead != "" {
		size := float32(16)
		if big {
			size = 20
		}
		p.Icon(left, (p.H-size)/2, size, f.Lead, look.Muted)
		left += size + 10
	}
	if f.Icon != "" {
		right -= 24
		p.Icon(right, (p.H-16)/2, 16, f.Icon, look.Muted)
	}
	if f.Key != "" && f.entry.Text == "" {
		kw := keyWidth(f.Key)
		right -= kw + 8
		p.Key(right, (p.H-18)/2, f.Key)
	}
	f.placeEntry(p, left, right)
	if f.entry.focused {
		p.Ring(0, 0, p.W, p.H, 6)
	}
}

// placeEntry puts the editing part so that its text stands on our baseline.
// The entry keeps 8 px before its text and centres nothing.
func (f *Field) placeEntry(p *Pen, left, right float32) {
	const pad = 8
	role := look.Body
	if f.textPx > look.Body.Size {
		role = look.Lead
	}
	style := Style{Role: role}
	_, base := fyne.CurrentApp().Driver().RenderedTextSize("0", f.textPx, fyne.TextStyle{}, nil)
	y := (p.H-role.Line)/2 + role.Base - ceil(base) - pad - p.Look().LineWidth() + f.lift(p) + 1
	h := p.H - y
	x, w := left-pad, right-left+pad
	if f.right {
		text := f.entry.Text
		if text == "" {
			text = f.entry.PlaceHolder
		}
		tw := ceil(style.Width(text))
		w = min(right-1, tw+2*pad+1)
		x = right - w
	}
	p.Put(f.holder, x, y, w, h)
}

// lift undoes what a wider edge in the theme does to the entry's text.
func (f *Field) lift(p *Pen) float32 { return p.Look().LineWidth() - 1 }

// entry is the toolkit's editor without its frame.
type entry struct {
	widget.Entry
	field   *Field
	focused bool
	quiet   bool
}

func newEntry(f *Field) *entry {
	e := &entry{field: f}
	e.Wrapping = fyne.TextWrapOff
	if f.right {
		e.Scroll = fyne.ScrollNone
	}
	e.OnChanged = func(text string) {
		active()
		f.Redraw()
		if !e.quiet && f.OnChange != nil {
			f.OnChange(text)
		}
	}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer leaves out the toolkit's box and border, which blur, and its
// button that shows a password, which we draw ourselves.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	secret := e.Password
	e.Password = false
	r := e.Entry.CreateRenderer()
	e.Password = secret
	return &entryRenderer{r}
}

type entryRenderer struct{ fyne.WidgetRenderer }

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	all := r.WidgetRenderer.Objects()
	for len(all) > 0 {
		if _, ok := all[0].(*canvas.Rectangle); !ok {
			break
		}
		all = all[1:]
	}
	return all
}

func (e *entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	f := e.field
	s := f.Size()
	f.reveal(0, 0, s.Width, s.Height)
	f.hint(f.Words)
	f.Redraw()
}

func (e *entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.field.hint("")
	e.field.Redraw()
	if e.field.OnLeave != nil {
		e.field.OnLeave()
	}
}

// TypedKey keeps the editing keys and hands the others on.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.field.Enter != nil {
			e.field.Enter()
			return
		}
		forwardKey(e.canvas(), k)
	case fyne.KeyEscape, fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown,
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6:
		forwardKey(e.canvas(), k)
	default:
		e.Entry.TypedKey(k)
	}
}

// UndoText takes the last edit of the text back, or makes it again.
func (e *entry) UndoText(redo bool) {
	if redo {
		e.Redo()
	} else {
		e.Undo()
	}
}

// TypedShortcut keeps copy, paste and select-all and hands undo, redo and our
// own shortcuts to the window: the toolkit's entry would swallow them, and an
// answer is taken back whole.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	switch s.(type) {
	case *fyne.ShortcutUndo, *fyne.ShortcutRedo:
		if c, ok := e.canvas().(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
			return
		}
	}
	if cs, ok := s.(*desktop.CustomShortcut); ok && !editing(cs) {
		if c, ok := e.canvas().(fyne.Shortcutable); ok {
			c.TypedShortcut(cs)
			return
		}
	}
	e.Entry.TypedShortcut(s)
}

// editing tells whether a shortcut moves or deletes by words inside the text.
func editing(s *desktop.CustomShortcut) bool {
	switch s.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete, fyne.KeyHome, fyne.KeyEnd:
		return s.Modifier&fyne.KeyModifierAlt == 0
	}
	return false
}

func (e *entry) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(e) }

// sized is the current theme with another text size; a fixed theme would not
// follow when the user changes the look.
type sized struct{ text float32 }
