// Package unlock is the door: the first run with its passphrase and recovery
// code, the passphrase afterwards, the recovery code when it was lost.
package unlock

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
)

// Vault is the sealed store behind the door. Every method may take a second:
// the passphrase is stretched on purpose.
type Vault interface {
	Exists() bool
	Create(passphrase string) (recoveryCode string, err error)
	Open(passphrase string) error
	Recover(code, newPassphrase string) error
}

// About is what the door may show before anyone has unlocked.
type About struct {
	Practice    string
	LastOpened  time.Time
	Passphrase  string // of the demonstration practice, shown; else empty
	Version     string
	Trouble     string // why the window before closed, where it did so by itself
	RulesStatus string // "FH and Lynch rules: transcribed, not signed off"
}

// Mode is what the door asks for.
type Mode int

// The modes.
const (
	Unlock    Mode = iota
	FirstRun       // choose a passphrase, twice
	WriteDown      // write the recovery code down and confirm it
	Recover        // recovery code and a new passphrase
)

// Screen is the door.
type Screen struct {
	vault Vault
	about About
	done  func()
	win   fyne.Window

	mode    Mode
	busy    bool
	begun   time.Time
	trouble string

	root   *kit.Sheet
	pass   *kit.Field
	again  *kit.Field
	code   *kit.Field
	eye    *kit.Press
	main   *kit.Press
	other  *kit.Press
	secret string // the recovery code to write down
	rescue *rescue
}

// New makes the door; done is called on the UI goroutine once the vault is open.
func New(vault Vault, about About, win fyne.Window, done func()) *Screen {
	s := &Screen{vault: vault, about: about, win: win, done: done}
	s.root = kit.NewSheet(s.draw)
	s.pass = kit.NewBigField("", func(string) { s.clear() })
	s.pass.Enter = func() { s.act() }
	s.again = kit.NewBigField("", func(string) { s.clear() })
	s.again.Enter = func() { s.act() }
	s.code = kit.NewBigField("", func(string) { s.clear() })
	s.code.Enter = func() { s.act() }
	s.pass.SetSecret(true)
	s.again.SetSecret(true)
	s.eye = kit.NewPress(4, func(p *kit.Pen, _ kit.State) { p.Icon(4, 4, 16, "eye", look.Muted) }, s.toggle)
	s.eye.Words = "Ctrl H: show or hide what you type"
	s.main = kit.NewButton(kit.Primary, "lock", "Unlock", s.act)
	s.other = kit.NewButton(kit.Plain, "", "Use recovery code", s.switchMode)
	s.rescue = newRescue(s)
	s.set(Unlock)
	if !vault.Exists() {
		s.set(FirstRun)
	}
	s.trouble = about.Trouble
	return s
}

func (s *Screen) clear() {
	if s.trouble != "" {
		s.trouble, s.rescue.on = "", false
		s.root.Redraw()
	}
}

func (s *Screen) set(m Mode) {
	s.mode, s.trouble, s.rescue.on = m, "", false
	switch m {
	case Unlock:
		s.main.SetLabel(kit.Primary, "lock", "Unlock")
		s.other.SetLabel(kit.Plain, "", "Use recovery code")
	case FirstRun:
		s.main.SetLabel(kit.Primary, "shield", "Set passphrase")
	case WriteDown:
		s.main.SetLabel(kit.Primary, "tick", "Confirm code")
		s.other.SetLabel(kit.Plain, "copy", "Copy code")
	case Recover:
		s.main.SetLabel(kit.Primary, "lock", "Unlock")
		s.other.SetLabel(kit.Plain, "", "Use passphrase")
	}
	for _, f := range []*kit.Field{s.pass, s.again, s.code} {
		f.SetText("")
	}
	s.root.Redraw()
	s.focusFirst()
}

// first is the box the mode starts with.
func (s *Screen) first() *kit.Field {
	if s.mode == WriteDown || s.mode == Recover {
		return s.code
	}
	return s.pass
}

func (s *Screen) focusFirst() {
	if s.root.Drawn() {
		s.win.SetTitle(s.Title() + " – Kindred")
		s.win.Canvas().Focus(s.first().Target())
	}
}

func (s *Screen) switchMode() {
	switch s.mode {
	case Unlock:
		s.set(Recover)
	case Recover:
		s.set(Unlock)
	case WriteDown:
		kit.Copy(s.secret)
		s.other.SetLabel(kit.Plain, "tick", "Copied for 30 s")
		s.trouble = ""
		s.root.Redraw()
	case FirstRun:
	}
}

func (s *Screen) toggle() {
	secret := !s.pass.Secret()
	s.pass.SetSecret(secret)
	s.again.SetSecret(secret)
}

// act carries out what the main button says.
func (s *Screen) act() {
	if s.busy {
		return
	}
	switch s.mode {
	case Unlock:
		p := s.pass.Text()
		s.run(func() error { return s.vault.Open(p) }, s.done)
	case FirstRun:
		s.create()
	case WriteDown:
		if plain(s.code.Text()) != plain(s.secret) {
			s.fail("This is not the code shown above. Compare it with what you wrote down.")
			return
		}
		s.done()
	case Recover:
		if s.pass.Text() != s.again.Text() {
			s.fail("The two passphrases differ. Type the new one twice.")
			return
		}
		code, p := s.code.Text(), s.pass.Text()
		s.run(func() error { return s.vault.Recover(code, p) }, s.done)
	}
}

func (s *Screen) create() {
	if s.pass.Text() != s.again.Text() {
		s.fail("The two passphrases differ. Type the same one twice.")
		return
	}
	p := s.pass.Text()
	var code string
	s.run(func() (err error) { code, err = s.vault.Create(p); return err }, func() {
		s.secret = code
		s.set(WriteDown)
	})
}

// plain makes a code comparable: letters and digits only, in capitals.
func plain(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return -1
	}, code)
}

func (s *Screen) fail(text string) {
	s.trouble = strings.ToUpper(text[:1]) + text[1:]
	if !strings.HasSuffix(s.trouble, ".") {
		s.trouble += "."
	}
	s.root.Redraw()
}

// run works away from the UI goroutine; the stretching takes half a second.
func (s *Screen) run(work func() error, then func()) {
	s.busy, s.begun, s.trouble, s.rescue.on = true, time.Now(), "", false
	s.root.Redraw()
	var err error
	kit.Background(func() { err = work() }, func() {
		s.busy = false
		if err != nil {
			s.rescue.offer(err)
			s.fail(err.Error())
			s.focusFirst()
			return
		}
		for _, f := range []*kit.Field{s.pass, s.again, s.code} {
			f.SetText("")
		}
		s.root.Redraw()
		then()
	})
}

// Object implements shell.Screen.
func (s *Screen) Object() fyne.CanvasObject { return s.root }

// Tab implements shell.Screen: the door covers everything.
func (s *Screen) Tab() shell.Tab { return shell.NoTab }

// Title implements shell.Screen.
func (s *Screen) Title() string {
	switch s.mode {
	case FirstRun:
		return "First run"
	case WriteDown:
		return "Recovery code"
	case Recover, Unlock:
	}
	return "Unlock"
}

// Status implements shell.Screen.
func (s *Screen) Status() []shell.Item { return nil }

// Enter implements shell.Screen.
func (s *Screen) Enter() { s.win.Canvas().Focus(s.first().Target()) }

// Leave implements shell.Screen.
func (s *Screen) Leave() bool { return true }

// Do implements shell.Screen; nothing but the door's own keys works here.
func (s *Screen) Do(c shell.Command) bool {
	switch c {
	case shell.ShowSecret:
		s.toggle()
	case shell.Confirm:
		s.act()
	case shell.Back:
		if s.mode == Recover {
			s.set(Unlock)
		}
	case shell.Bigger, shell.Smaller, shell.NormalSize, shell.NextLook:
		return false
	}
	return true
}

var _ shell.Screen = (*Screen)(nil)

func (s *Screen) lastOpened() string {
	name := s.about.Practice
	if name == "" {
		name = "Consultations on this computer"
	}
	if s.about.LastOpened.IsZero() {
		return name
	}
	return fmt.Sprintf("%s · last opened %s", name, s.about.LastOpened.Local().Format("02-Jan-2006, 15:04"))
}
