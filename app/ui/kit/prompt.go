package kit

import (
	"fyne.io/fyne/v2"

	"kindred/app/ui/look"
)

// Prompt is a small page over the window that asks for one line of text, or
// only for a yes.
type Prompt struct {
	Sheet
	title, text string
	field       *Field
	ok, cancel  *Press
	over        fyne.Canvas
	back        fyne.Focusable
	trouble     string
}

// AskText asks for a line of text; take gets it and returns what is wrong with
// it, or nil, which closes the prompt.
func AskText(c fyne.Canvas, title, text, value, verb string, take func(string) error) *Prompt {
	pr := newPrompt(c, title, text, verb)
	pr.field = NewField("", func(string) { pr.trouble = ""; pr.Redraw() })
	pr.field.SetText(value)
	confirm := func() {
		if err := take(pr.field.Text()); err != nil {
			pr.trouble = err.Error()
			pr.Redraw()
			return
		}
		pr.close()
	}
	pr.field.Enter = confirm
	pr.ok.OnPress = confirm
	pr.show()
	c.Focus(pr.field.Target())
	return pr
}

// Confirm asks before something that is hard to take back.
func Confirm(c fyne.Canvas, title, text, verb string, yes func()) *Prompt {
	pr := newPrompt(c, title, text, verb)
	pr.ok.OnPress = func() { pr.close(); yes() }
	pr.show()
	c.Focus(pr.ok)
	return pr
}

func newPrompt(c fyne.Canvas, title, text, verb string) *Prompt {
	pr := &Prompt{title: title, text: text, over: c, back: c.Focused()}
	pr.Draw = pr.draw
	pr.ExtendBaseWidget(pr)
	pr.ok = NewButton(Primary, "", verb, nil)
	pr.cancel = NewButton(Plain, "", "Cancel", pr.close)
	return pr
}

func (pr *Prompt) show() {
	pr.Resize(pr.over.Size())
	pr.over.Overlays().Add(pr)
}

func (pr *Prompt) close() {
	pr.over.Overlays().Remove(pr)
	if pr.back != nil {
		pr.over.Focus(pr.back)
	}
}

// Tapped outside the page does nothing: what was typed must not vanish by a
// slip.
func (pr *Prompt) Tapped(*fyne.PointEvent) {}

func (pr *Prompt) draw(p *Pen) {
	w := min(560, p.W-48)
	lines := Body.Wrap(pr.text, w-48)
	h := 56 + float32(len(lines))*20 + 12 + 36 + 20
	if pr.field != nil {
		h += 44
	}
	var wrong []string
	if pr.trouble != "" {
		wrong = Small.Wrap(pr.trouble, w-80)
		h += float32(len(wrong))*18 + 8
	}
	x, y := (p.W-w)/2, max(24, (p.H-h)/3)
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, RCard)
	p.Text(x+24, y+18, w-48, pr.title, Title, Left)
	ty := y + 54
	for _, l := range lines {
		p.Text(x+24, ty, 0, l, Body.In(look.Muted), Left)
		ty += 20
	}
	ty += 8
	if pr.field != nil {
		p.Put(pr.field, x+24, ty, w-48, 32)
		ty += 40
	}
	if len(wrong) > 0 {
		p.Icon(x+24, ty+1, 16, "urg", look.Urgent)
		for _, l := range wrong {
			p.Text(x+48, ty, 0, l, Small.In(look.Urgent), Left)
			ty += 18
		}
		ty += 8
	}
	ty += 4
	p.Put(pr.ok, x+w-24-pr.ok.Width(), ty, pr.ok.Width(), 36)
	p.Put(pr.cancel, x+w-24-pr.ok.Width()-8-pr.cancel.Width(), ty, pr.cancel.Width(), 36)
}
