package ui

import (
	"os"
	"path/filepath"

	"kindred/app/cliniclist/generate"
	"kindred/app/consult"
	consultui "kindred/app/ui/consult"
	"kindred/app/ui/list"
	"kindred/app/ui/register"
	"kindred/app/ui/rulesview"
	"kindred/app/ui/settings"
	"kindred/app/ui/shell"
)

// screens are the screens of the tabs that no package of its own starts.
func (g *program) screens() map[shell.Tab]shell.Screen {
	book := list.Book{Dictionary: g.opts.Lib.Dictionary(), Advisor: g.svc.Advisor(g.book)}
	return map[shell.Tab]shell.Screen{
		shell.ListTab:  list.New(g.svc, book, g, g.win, g.practiceList()),
		shell.RulesTab: rulesview.New(g, g.win, g.book.Areas(), g.opts.Lib.Dictionary()),

		shell.FamiliesTab: register.New(g.svc, g, g.win),
		shell.SettingsTab: settings.New(g.svc, g, g.win, g.book.Areas(), g.opts.Lib.Dictionary()),
	}
}

// practiceList is the path of a list of invented patients to try, in the
// demonstration practice only; empty where there is none.
func (g *program) practiceList() string {
	if !g.opts.Demo {
		return ""
	}
	path := filepath.Join(g.opts.Dir, "practice-list.xlsx")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	w, err := generate.Workbook(generate.Seed)
	if err == nil {
		err = w.Save(path)
	}
	if err != nil {
		g.frame.Say("There is no practice list: " + err.Error())
		return ""
	}
	return path
}

// ShowRecord implements list.Host.
func (g *program) ShowRecord(rec *consult.Record) { g.show(rec, func(*consultui.Screen) {}) }

// Source implements consult.Host: it opens the rulebook at a criterion.
func (g *program) Source(area, criterion string) {
	if s, ok := g.extra[shell.RulesTab].(*rulesview.Screen); ok {
		s.Show(area, criterion)
		g.goTo(shell.RulesTab)
	}
}

// Return implements rulesview.Host.
func (g *program) Return() { g.goTo(shell.ConsultTab) }
