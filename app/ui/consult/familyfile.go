package consult

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/exchange"
	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
)

// familyOpen lies over the window: which file, which family of it, who of them
// is the patient, and what would become of the record. Nothing is in the record
// before it is said so.
type familyOpen struct {
	kit.Sheet
	pg   *familyPage
	over fyne.Canvas
	back fyne.Focusable

	path    *kit.Field
	browse  *kit.Press
	read    *kit.Press
	family  *kit.Select
	patient *kit.Select
	list    *kit.Sheet
	scroll  *kit.Scroll
	take    *kit.Press
	cancel  *kit.Press

	file    *domain.FamilyFile
	taken   *domain.FamilyTaken
	chosen  int   // which family of the file
	trouble error // why nothing can be taken over
	busy    bool
	asked   int // the newest file asked for
}

// openFile asks for a family file.
func (pg *familyPage) openFile() {
	c := kit.CanvasOf(pg.s.root)
	if c == nil {
		return
	}
	o := &familyOpen{pg: pg, over: c, back: c.Focused()}
	o.Draw = o.draw
	o.ExtendBaseWidget(o)
	o.path = kit.NewField("Path of a family file", func(string) { o.forget() })
	o.path.Words = "Type or paste where the file is, or press Browse; Enter reads it"
	o.path.Enter = o.readFile
	o.browse = kit.NewButton(kit.Plain, "search", "Browse", func() {
		pg.s.host.PickFile(func(path string) { o.path.SetText(path); o.readFile() })
	})
	o.read = kit.NewButton(kit.Plain, "open", "Read", o.readFile)
	o.family = kit.NewSelect("Choose a family", nil, func(v string) { o.chooseFamily(v) })
	o.patient = kit.NewSelect("Choose the patient", nil, func(string) { o.preview() })
	o.patient.Words = "Who of them is the patient of this consultation; a letter jumps"
	o.list = kit.NewSheet(o.drawList)
	o.scroll = kit.NewScroll(o.list)
	o.take = kit.NewButton(kit.Primary, "", "Take over", o.takeOver)
	o.cancel = kit.NewButton(kit.Plain, "", "Cancel", o.close)
	o.settle()
	o.Resize(c.Size())
	c.Overlays().Add(o)
	c.Focus(o.path.Target())
}

func (o *familyOpen) close() {
	o.asked++
	o.over.Overlays().Remove(o)
	if o.back != nil {
		o.over.Focus(o.back)
	}
}

// Tapped outside does nothing: what was chosen must not vanish by a slip.
func (o *familyOpen) Tapped(*fyne.PointEvent) {}

// forget lets go of a file that was read: another one is being named.
func (o *familyOpen) forget() {
	o.asked++
	o.file, o.taken, o.trouble, o.busy = nil, nil, nil, false
	o.settle()
}

// readFile reads the file away from the UI goroutine; the newest asked for wins.
func (o *familyOpen) readFile() {
	path := strings.Trim(strings.TrimSpace(o.path.Text()), `"`)
	path = strings.TrimPrefix(path, "file://")
	o.forget()
	if path == "" {
		o.trouble = errors.New("no file is named yet: type where it is, or press Browse")
		o.settle()
		return
	}
	o.busy = true
	at, dict := o.asked, o.pg.s.m.dict
	o.settle()
	var file *domain.FamilyFile
	var err error
	kit.Background(func() { file, err = domain.OpenFamilyFile(path, dict) }, func() {
		if at != o.asked {
			return
		}
		o.busy, o.file, o.trouble = false, file, err
		if err == nil {
			o.show()
		}
		o.settle()
	})
}

// show offers the families of the file; one alone is chosen.
func (o *familyOpen) show() {
	var options []kit.Option
	for i := range o.file.Families {
		f := &o.file.Families[i]
		label := "One family"
		if f.ID != "" {
			label = "Family " + f.ID
		}
		options = append(options, kit.Option{Value: fmt.Sprint(i), Label: label + ", " + counted(len(f.People))})
	}
	o.family.SetOptions(options)
	o.family.SetValue("")
	o.patient.SetOptions(nil)
	o.patient.SetValue("")
	o.chosen = -1
	if len(options) == 1 {
		o.family.SetValue("0")
		o.chooseFamily("0")
		o.over.Focus(o.patient)
		return
	}
	o.over.Focus(o.family)
}

func counted(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func (o *familyOpen) chooseFamily(v string) {
	if _, err := fmt.Sscan(v, &o.chosen); err != nil {
		return
	}
	f := &o.file.Families[o.chosen]
	var options []kit.Option
	for i := range f.People {
		options = append(options, kit.Option{Value: f.People[i].ID, Label: inFile(&f.People[i])})
	}
	o.patient.SetOptions(options)
	o.patient.SetValue(domain.Marked(f))
	o.preview()
}

// inFile is somebody of a file in a few words.
func inFile(p *exchange.Person) string {
	parts := []string{p.ID}
	if p.Name != "" && p.Name != p.ID {
		parts[0] = p.Name + " (" + p.ID + ")"
	}
	if strings.HasPrefix(p.ID, "+") {
		parts[0] = "Nobody listed (" + p.ID[1:] + ")"
	}
	if p.Sex != "" {
		parts = append(parts, p.Sex)
	}
	if p.Age != "" {
		parts = append(parts, p.Age)
	}
	if p.Dead {
		parts = append(parts, "died")
	}
	if p.Affected == exchange.Yes {
		parts = append(parts, "affected")
	}
	if p.Consultand {
		parts = append(parts, "the patient of the file")
	}
	if p.Proband {
		parts = append(parts, "proband")
	}
	return strings.Join(parts, ", ")
}

// preview works out what the record would be.
func (o *familyOpen) preview() {
	o.taken, o.trouble = nil, nil
	if o.patient.Value() != "" {
		o.taken, o.trouble = o.file.Take(o.pg.s.m.rec, o.chosen, o.patient.Value())
		if o.trouble != nil {
			o.taken = nil
		}
	}
	o.settle()
}

// entered is how many relatives are in the record now.
func (o *familyOpen) entered() int { return len(o.pg.s.m.rec.Case.People) - 1 }

func (o *familyOpen) settle() {
	label, why := "Take over", ""
	if o.entered() > 0 {
		label = "Replace the family"
	}
	switch {
	case o.trouble != nil:
		why = "This cannot be taken over: the page says why"
	case o.file == nil:
		why = "Read a file first"
	case o.chosen < 0:
		why = "Choose which family is meant"
	case o.taken == nil:
		why = "Choose who of them is the patient"
	}
	o.take.SetLabel(kit.Primary, "", label)
	o.take.SetOff(why != "", why)
	o.list.Redraw()
	o.Redraw()
}

// takeOver puts the family into the record as one change, and asks first where
// relatives were entered.
func (o *familyOpen) takeOver() {
	if o.taken == nil {
		return
	}
	if n := o.entered(); n > 0 {
		kit.Confirm(o.over, "Replace the family", fmt.Sprintf("%s entered here, with everything entered about them, give way to the family of the file. Ctrl Z brings them back while this consultation is open.", capital(relativesWord(n))), "Replace", o.put)
		return
	}
	o.put()
}

func relativesWord(n int) string {
	if n == 1 {
		return "the one relative"
	}
	return fmt.Sprintf("the %d relatives", n)
}

func (o *familyOpen) put() {
	s := o.pg.s
	s.m.settle()
	s.m.rec.Case = cloneCase(&o.taken.Case)
	o.close()
	clear(o.pg.unread)
	o.pg.chosen = ""
	s.m.touch()
	o.pg.sync()
	s.refresh()
	s.focus(o.pg.first())
	s.host.Say(fmt.Sprintf("%s taken over from the file. Ctrl Z takes it back", capital(counted(len(s.m.rec.Case.People)))))
}

// sentences are what the preview says, the most telling first.
func (o *familyOpen) sentences() []string {
	var out []string
	c := &o.taken.Case
	known, ageless := 0, 0
	for i := range c.People {
		if len(c.People[i].Conditions)+len(c.People[i].Tumours) > 0 {
			known++
		}
		if typed.ShowAge(c.People[i].Age) == "" {
			ageless++
		}
	}
	out = append(out, fmt.Sprintf("%s with the patient; conditions of %d of them; the age of %d is not known.", capital(counted(len(c.People))), known, ageless))
	if n := o.entered(); n > 0 {
		out = append(out, capital(relativesWord(n))+" entered here would be replaced.")
	}
	return append(out, o.taken.Changes...)
}

// wrong is what is wrong with a file, a sentence a line, at most so many.
func wrong(err error, most int) []string {
	lines := strings.Split(err.Error(), "\n")
	if n := len(lines) - most; n > 0 {
		lines = append(lines[:most], fmt.Sprintf("and %d more", n))
	}
	for i := range lines {
		lines[i] = words.Capital(strings.TrimSuffix(lines[i], ".")) + "."
	}
	return lines
}
