package unlock

import (
	"strings"
	"time"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

var headings = map[Mode]string{
	Unlock: "Unlock consultations", FirstRun: "Choose a passphrase", WriteDown: "Write down the recovery code", Recover: "Use the recovery code",
}

// height is what the form of the mode needs, to centre it.
func (s *Screen) height(float32) float32 {
	switch s.mode {
	case FirstRun:
		return 420
	case WriteDown:
		return 420
	case Recover:
		return 440
	case Unlock:
	}
	if s.about.Passphrase != "" {
		return 400 + s.rescue.height()
	}
	return 340 + s.rescue.height()
}

func (s *Screen) drawForm(p *kit.Pen, x, y, w float32) {
	p.Text(x, y, w, headings[s.mode], kit.Display, kit.Left)
	y += 36
	switch s.mode {
	case Unlock:
		p.Text(x, y, w, s.lastOpened(), kit.Body.In(look.Muted), kit.Left)
		y = s.drawSecret(p, x, y+40, w, "Passphrase", s.pass, true)
		p.Text(x, y, w, "Press Ctrl H to show what you type.", kit.Caption, kit.Left)
		y += 28
	case FirstRun:
		y += p.Para(x, y, w, "It seals every consultation on this computer. Use at least 12 characters: four words that have nothing to do with each other are good.", kit.Body.In(look.Muted))
		y = s.drawSecret(p, x, y+20, w, "Passphrase", s.pass, true)
		y = s.drawSecret(p, x, y+8, w, "Passphrase again", s.again, false)
		y += 16
	case WriteDown:
		y += p.Para(x, y, w, "It opens the consultations when the passphrase is lost. Nobody else can reset it. Keep it on paper, away from this computer.", kit.Body.In(look.Muted))
		y = s.drawCode(p, x, y+16, w)
		y = s.drawSecret(p, x, y+16, w, "Type it once, from the paper", s.code, false)
		y += 16
	case Recover:
		y += p.Para(x, y, w, "The code on the page printed when the consultations were set up, and a new passphrase.", kit.Body.In(look.Muted))
		y = s.drawSecret(p, x, y+16, w, "Recovery code", s.code, false)
		y = s.drawSecret(p, x, y+8, w, "New passphrase", s.pass, true)
		y = s.drawSecret(p, x, y+8, w, "New passphrase again", s.again, false)
		y += 16
	}
	y = s.drawButtons(p, x, y, w)
	if s.busy && time.Since(s.begun) >= 0 {
		p.Fill(x, y+4, 8, 8, look.Action)
		p.Fill(x+12, y+4, 8, 8, look.Band3)
		p.Fill(x+24, y+4, 8, 8, look.Band3)
		p.Text(x+42, y-2, w-42, "Checking passphrase", kit.Body, kit.Left)
		y += 28
	}
	if s.trouble != "" && s.rescue.on {
		y += s.rescue.draw(p, x, y, w) + 4
	} else if s.trouble != "" {
		y += p.Message(x, y, w, kit.ToneUrgent, "urg", s.trouble, "") + 12
	}
	s.drawCards(p, x, y+8, w)
}

func (s *Screen) drawSecret(p *kit.Pen, x, y, w float32, label string, f *kit.Field, eye bool) float32 {
	p.Text(x, y, w, label, kit.Body.B(), kit.Left)
	p.Put(f, x, y+26, w, 44)
	if eye {
		p.Put(s.eye, x+w-38, y+36, 24, 24)
	}
	return y + 76
}

// drawCode shows the code in its groups, so that it can be copied by hand.
func (s *Screen) drawCode(p *kit.Pen, x, y, w float32) float32 {
	const inRow = 5
	groups := strings.FieldsFunc(s.secret, func(r rune) bool { return r == '-' || r == ' ' })
	rows := (len(groups) + inRow - 1) / inRow
	h := float32(rows)*32 + 20
	p.Edged(x, y, w, h, look.Surface, look.Ctl, kit.RCard)
	pitch := (w - 32) / inRow
	for i, g := range groups {
		p.Text(x+20+float32(i%inRow)*pitch, y+14+float32(i/inRow)*32, 0, g, kit.Name, kit.Left)
	}
	return y + h
}

func (s *Screen) drawButtons(p *kit.Pen, x, y, w float32) float32 {
	mw := w
	if s.mode != FirstRun {
		ow := s.other.Width() + 8
		mw = w - ow - 12
		p.Put(s.main, x, y, mw, 40)
		p.Put(s.other, x+mw+12, y, ow, 40)
	} else {
		p.Put(s.main, x, y, mw, 40)
	}
	return y + 52
}

func (s *Screen) drawCards(p *kit.Pen, x, y, w float32) {
	if s.about.Passphrase != "" && (s.mode == Unlock) {
		p.Edged(x, y, w, 62, look.WarnTint, look.Warn, kit.RCard)
		p.Icon(x+14, y+12, 20, "info", look.Warn)
		p.Text(x+45, y+10, w-60, "Demonstration practice: every patient is invented", kit.Body.B(), kit.Left)
		n := p.Text(x+45, y+33, 0, "Passphrase: ", kit.Small, kit.Left)
		p.Text(x+45+n, y+33, w-60-n, s.about.Passphrase, kit.Small.B(), kit.Left)
		y += 74
	}
	if y+80 > p.H-52 { // large text: the door comes first
		return
	}
	p.Card(x, y, w, 80)
	p.Icon(x+14, y+13, 20, "shield", look.Met)
	p.Text(x+45, y+12, w-60, "Encrypted, on this computer only", kit.Body.B(), kit.Left)
	p.Para(x+45, y+34, w-60, "Nobody can read the consultations without the passphrase or the recovery code, and neither can be reset by anyone else.", kit.Caption)
}
