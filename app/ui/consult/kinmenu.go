package consult

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"kindred/app/ui/kit"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// The menu of a person, on the symbol and on the row: whom to add, and what the
// tree shows of them.

// menuAt opens the menu of a person at a place of the window.
func (pg *familyPage) menuAt(id string, at fyne.Position) {
	if pg.s.m.person(id) == nil {
		return
	}
	kit.ShowMenuAt(kit.CanvasOf(pg.s.root), at, pg.menuOptions(id), func(v string) { pg.doMenu(id, v) })
}

// menuUnder opens it at the row, for the keyboard.
func (pg *familyPage) menuUnder(id string) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(pg.row(id))
	pg.menuAt(id, at.AddXY(120, kinRowH/2))
}

// menuOptions are what can be done with a person.
func (pg *familyPage) menuOptions(id string) []kit.Option {
	m := pg.s.m
	x := m.person(id)
	patient := id == m.rec.Case.Patient
	var out []kit.Option
	add := func(value, label, key string) { out = append(out, kit.Option{Value: value, Label: label, Key: key}) }
	if !patient {
		add("ask", "Questions", "Enter")
	}
	for _, k := range stepKeys {
		if m.alreadyThere(x, k.step, k.sex) != "" {
			continue
		}
		key := capital(string(k.key))
		if k.key >= 'A' && k.key <= 'Z' && !patient {
			key = "Shift " + key
		}
		word := k.word
		if k.step == childStep && k.sex == "" {
			word = "child, sex not known"
		}
		add("add "+string(k.key), "Add "+word, key)
	}
	add("pregnancy", "Add pregnancy", "")
	add("twin", "Add twin", "T")
	add("wed", "Pair with somebody listed", "L")
	for _, q := range m.partnersOf(id) {
		who := m.inSentence(m.person(q))
		if host, step := m.hostOf(m.person(q)); step == partnerStep && host == id {
			who = "partner"
			if len(m.partnersOf(id)) > 1 {
				who = m.numbered(id, q)
			}
		}
		i := m.coupleAt(id, q)
		separated, related := i >= 0 && m.rec.Case.Couples[i].Separated, i >= 0 && m.rec.Case.Couples[i].Related
		add("separated "+q, mark(separated)+"Separated from "+who, "")
		add("related "+q, mark(related)+"Related by blood to "+who, "")
	}
	if x.Pregnancy == "" && !pg.hasChildren(id) {
		add("childless by_choice", mark(x.Childless == "by_choice")+"No children, by choice", "")
		add("childless infertile", mark(x.Childless == "infertile")+"No children, infertility", "")
	}
	if m.byBlood(x) {
		if !patient {
			add("adopted in", mark(x.Adopted == "in")+"Adopted into the family", "")
		}
		add("adopted out", mark(x.Adopted == "out")+"Adopted out of the family", "")
		add("proband", mark(x.Proband)+"Proband, the first to come to attention", "")
	}
	if !patient {
		add("died", mark(x.Alive == truth.No)+"Died", "")
		add("remove", "Remove", "Delete")
	}
	return out
}

// mark shows whether something is set.
func mark(set bool) string {
	if set {
		return "✓ "
	}
	return ""
}

// numbered is "partner 2" for one of several.
func (m *model) numbered(id, partner string) string {
	return "partner " + string(rune('1'+slices.Index(m.partnersOf(id), partner)))
}

func (pg *familyPage) hasChildren(id string) bool {
	for i := range pg.s.m.rec.Case.People {
		p := &pg.s.m.rec.Case.People[i]
		if p.Mother == id || p.Father == id || id == pg.s.m.rec.Case.Patient && wordOf(p.Relation).Class == family.Child {
			return true
		}
	}
	return false
}

// doMenu carries out what was chosen.
func (pg *familyPage) doMenu(id, v string) {
	m := pg.s.m
	x := m.person(id)
	if x == nil {
		return
	}
	verb, what, _ := strings.Cut(v, " ")
	switch verb {
	case "ask":
		pg.open(id)
		return
	case "add":
		for _, k := range stepKeys {
			if string(k.key) == what {
				pg.addStep(id, k.step, k.sex)
			}
		}
		return
	case "pregnancy":
		added, err := m.join(id, childStep, "", "")
		if err == nil {
			m.person(added).Pregnancy = "ongoing"
			m.touch()
		}
		pg.added(added, err)
		return
	case "twin":
		pg.askTwin(id)
		return
	case "wed":
		pg.askListed(id)
		return
	case "remove":
		pg.remove(id)
		return
	case "separated":
		c := m.couple(id, what)
		c.Separated = !c.Separated
	case "related":
		c := m.couple(id, what)
		c.Related = !c.Related
	case "childless":
		x.Childless = toggled(x.Childless, what)
	case "adopted":
		x.Adopted = toggled(x.Adopted, what)
	case "proband":
		x.Proband = !x.Proband
	case "died":
		if x.Alive == truth.No {
			x.Alive = truth.Unknown
		} else {
			x.Alive = truth.No
		}
	}
	pg.changed()
}

// toggled sets a word, or takes it back when it is set.
func toggled(now, word string) string {
	if now == word {
		return ""
	}
	return word
}

// order keeps the order in which a symbol was dragged among the brothers and
// sisters.
func (pg *familyPage) order(ids []string) {
	if len(ids) < 2 {
		pg.s.host.Say("Only brothers and sisters change places, and there is nobody to change with here")
		return
	}
	for i, id := range ids {
		if p := pg.s.m.person(id); p != nil {
			p.Place = float64(i + 1)
		}
	}
	pg.changed()
	pg.s.host.Say("Moved. Ctrl Z takes it back, Reset order puts everyone back")
}

// resetOrder forgets every wanted place.
func (pg *familyPage) resetOrder() {
	for i := range pg.s.m.rec.Case.People {
		pg.s.m.rec.Case.People[i].Place = 0
	}
	pg.changed()
}
