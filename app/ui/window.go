// Package ui puts the screens into a window: the door, home, the consultation,
// the clinic list, the rules. It knows every screen; no screen knows another.
package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kindred/app/about"
	"kindred/app/consult"
	"kindred/app/demo"
	"kindred/app/identity"
	"kindred/app/store"
	consultui "kindred/app/ui/consult"
	"kindred/app/ui/home"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/unlock"
	"kindred/rules"
)

// Options say what the window opens.
type Options struct {
	Dir  string // the data folder, the demonstration's own folder for a demonstration
	Demo bool
	Look look.Kind
	Lib  *rules.Library
	Now  func() time.Time // the clock; nil for the computer's
}

// idle is after how long without a touch the door closes.
const idle = 5 * time.Minute

// program is one window's worth of Kindred.
type program struct {
	app    fyne.App
	win    fyne.Window
	frame  *shell.Frame
	opts   Options
	book   *rules.Book
	kind   look.Kind
	size   int // index into sizes
	sized  time.Time
	pixels fyne.Size // of the window, before the text size was changed

	svc     *consult.Service
	st      *store.Store
	home    *home.Screen
	consult *consultui.Screen
	extra   map[shell.Tab]shell.Screen
	closing bool
	fault   string // that the window before closed by a fault, to say at the door
	rescued string // what was done to open the consultations, to say once inside
}

// open fills a window with the door, and with everything behind it once that
// is open. The error says why the rules do not cover today.
func open(app fyne.App, win fyne.Window, opts Options) (*program, error) {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	book, err := opts.Lib.On(identity.Day(opts.Now()))
	if err != nil {
		return nil, fmt.Errorf("opening the rules: %w", err)
	}
	g := &program{app: app, win: win, opts: opts, book: book, kind: opts.Look, fault: greeting()}
	app.Settings().SetTheme(look.New(opts.Look))
	g.frame = shell.NewFrame(win)
	g.frame.Go, g.frame.Do = g.goTo, g.do
	win.SetCloseIntercept(g.quit)
	g.door()
	return g, nil
}

// door shows the unlock screen over everything.
func (g *program) door() {
	for over := g.win.Canvas().Overlays(); over.Top() != nil; { // a prompt or menu belongs to what was open
		over.Remove(over.Top())
	}
	a := store.ReadAbout(g.opts.Dir)
	about := unlock.About{
		Practice: a.Practice, LastOpened: a.LastOpened, Version: about.Version, RulesStatus: g.rulesStatus(), Trouble: g.fault,
	}
	if a.Demonstration {
		about.Passphrase = demo.Passphrase
	}
	g.frame.Show(unlock.New(g, about, g.win, g.enter))
}

func (g *program) rulesStatus() string {
	var names []string
	signed := true
	for _, a := range g.book.Areas() {
		names = append(names, a.Short)
		signed = signed && a.Status == "signed_off"
	}
	if signed {
		return strings.Join(names, " and ") + " rules: signed off"
	}
	return strings.Join(names, " and ") + " rules: transcribed, not signed off"
}

// writtenBy tells the audit trail which program wrote.
var writtenBy = store.WithProgram(about.Line("kindred"))

// Exists implements unlock.Vault.
func (g *program) Exists() bool { return store.Exists(g.opts.Dir) }

// Create implements unlock.Vault.
func (g *program) Create(passphrase string) (string, error) {
	st, code, err := store.Create(g.opts.Dir, passphrase, writtenBy)
	if err == nil {
		g.st = st
	}
	return code, err
}

// Open implements unlock.Vault.
func (g *program) Open(passphrase string) error {
	st, err := store.Open(g.opts.Dir, passphrase, writtenBy)
	if err == nil {
		g.st = st
	}
	return err
}

// Recover implements unlock.Vault.
func (g *program) Recover(code, newPassphrase string) error {
	st, err := store.OpenWithRecovery(g.opts.Dir, code, newPassphrase, writtenBy)
	if err == nil {
		g.st = st
	}
	return err
}

// enter goes in once the store is open.
func (g *program) enter() {
	g.fault = ""
	g.svc = consult.New(g.opts.Lib, g.st, g.opts.Now)
	label := store.ReadAbout(g.opts.Dir).Practice
	g.home = home.New(g.svc, g, g.win, g.book.Areas(), g.svc.Today(), label)
	g.extra = g.screens()
	g.frame.Show(g.home)
	notices := g.st.Notices()
	if g.rescued != "" {
		notices = append([]string{g.rescued}, notices...)
		g.rescued = ""
	}
	if len(notices) > 0 {
		g.frame.Say(strings.Join(notices, " "))
	}
	svc := g.svc
	var err error
	kit.Background(func() { err = svc.Warm(context.Background()) }, func() {
		if err != nil && g.svc == svc {
			g.frame.Say("The search is not ready: " + err.Error())
		}
	})
	var backupErr error
	kit.Background(func() { _, backupErr = svc.Store().KeepBackup(context.Background()) }, func() {
		if backupErr != nil && g.svc == svc {
			g.frame.Say("No backup was made: " + backupErr.Error())
		}
	})
	g.watch(g.st)
}

// watch locks when nobody has touched the program for a while.
func (g *program) watch(st *store.Store) {
	kit.After(15*time.Second, func() {
		switch {
		case g.st != st:
		case time.Since(kit.LastActivity()) > idle:
			g.lock()
		default:
			g.watch(st)
		}
	})
}

// lock writes what is on screen, closes the store and shows the door.
func (g *program) lock() { g.leave(g.door) }

// leave finishes what is open, closes the store and goes on.
func (g *program) leave(then func()) {
	if g.st == nil {
		then()
		return
	}
	if g.closing {
		return
	}
	g.closing = true
	finish := func() {
		st := g.st
		g.st, g.svc, g.home, g.consult, g.extra, g.closing = nil, nil, nil, nil, nil, false
		if err := st.Close(); err != nil {
			g.frame.Say(err.Error())
		}
		then()
	}
	if g.consult == nil {
		finish()
		return
	}
	g.consult.Finish(finish)
}

func (g *program) quit() {
	kit.ClearCopied() // nothing would take it off later
	g.leave(g.win.Close)
}

// goTo shows the screen of a tab.
func (g *program) goTo(t shell.Tab) {
	if g.svc == nil {
		return
	}
	switch t {
	case shell.HomeTab:
		g.frame.Show(g.home)
	case shell.ConsultTab:
		if g.consult != nil {
			g.frame.Show(g.consult)
		} else {
			g.NewConsultation()
		}
	default:
		if s := g.extra[t]; s != nil {
			g.frame.Show(s)
		}
	}
}

// do carries out what no screen took.
func (g *program) do(c shell.Command) {
	switch c {
	case shell.NextLook:
		g.kind = (g.kind + 1) % 3
		g.app.Settings().SetTheme(look.New(g.kind))
	case shell.Bigger, shell.Smaller, shell.NormalSize:
		g.resize(c)
	}
	if g.svc == nil {
		return
	}
	switch c {
	case shell.Find, shell.Back:
		g.frame.Show(g.home)
	case shell.New:
		g.NewConsultation()
	case shell.OpenList:
		g.OpenList()
	case shell.Settings:
		g.goTo(shell.SettingsTab)
	case shell.Families:
		g.Families()
	case shell.Lock:
		g.lock()
	}
}

// NewConsultation implements home.Host.
func (g *program) NewConsultation() {
	g.show(g.svc.Start(consult.Identity{}), func(*consultui.Screen) {})
}

// OpenRecord implements home.Host.
func (g *program) OpenRecord(id string) { g.read(id, func(*consultui.Screen) {}) }

// OpenTesting implements register.Host.
func (g *program) OpenTesting(id string) { g.read(id, (*consultui.Screen).ShowTesting) }

// read gets a record away from the UI goroutine and puts it on screen.
func (g *program) read(id string, then func(*consultui.Screen)) {
	svc := g.svc
	var rec *consult.Record
	var err error
	kit.Background(func() { rec, err = svc.Open(context.Background(), id) }, func() {
		if err != nil {
			g.frame.Say(err.Error())
			return
		}
		g.show(rec, then)
	})
}

// show puts a record on screen; the one that was there is finished first.
func (g *program) show(rec *consult.Record, then func(*consultui.Screen)) {
	open := func() {
		if g.svc == nil {
			return
		}
		book := consultui.Book{Dictionary: g.opts.Lib.Dictionary(), Areas: g.book.Areas(), Carriers: g.svc}
		g.consult = consultui.New(g.svc, book, g, g.opts.Now, g.svc.Again(context.Background(), rec))
		g.frame.Show(g.consult)
		then(g.consult)
	}
	if g.consult != nil {
		old := g.consult
		g.consult = nil
		old.Finish(open)
		return
	}
	open()
}

// OpenList implements home.Host.
func (g *program) OpenList() { g.goTo(shell.ListTab) }

// Rules implements home.Host.
func (g *program) Rules() { g.goTo(shell.RulesTab) }

// Families implements home.Host.
func (g *program) Families() { g.goTo(shell.FamiliesTab) }

// Settings implements home.Host.
func (g *program) Settings() { g.goTo(shell.SettingsTab) }

// SettingChanged implements settings.Host: the consultation that is open is
// advised on again.
func (g *program) SettingChanged() {
	if g.consult != nil {
		g.consult.Reassess()
	}
	g.frame.Update()
}

// Update implements the screens' hosts.
func (g *program) Update() { g.frame.Update() }

// Say implements the screens' hosts.
func (g *program) Say(words string) { g.frame.Say(words) }

// Copy implements consult.Host.
func (g *program) Copy(text string) { kit.Copy(text) }
