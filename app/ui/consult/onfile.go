package consult

import (
	"context"
	"errors"
	"strings"

	domain "kindred/app/consult"
	"kindred/app/identity"
	"kindred/app/store"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

// onFile tells beside the NHS number who is kept under it already: the same
// patient seen before, or somebody else, when one of two numbers is mistyped.
type onFile struct {
	pg      *patientPage
	key     string // what was asked for last
	other   *domain.Summary
	differs bool

	open *kit.Press
	drop *kit.Press
	one  *kit.Press
}

var errOnFile = errors.New("the NHS number is on file for somebody else: say on the patient page whether it is the same person")

func newOnFile(pg *patientPage) *onFile {
	o := &onFile{pg: pg}
	o.open = kit.NewLink("Open that consultation", kit.Caption, o.openOther)
	o.drop = kit.NewLink("Take the number out here", kit.Caption, o.takeOut)
	o.one = kit.NewLink("Same person", kit.Caption, o.confirm)
	o.one.Words = "The name or the date of birth changed or was wrong: keep the number, and save"
	return o
}

// doubtful tells whether the number is somebody else's as far as anyone said.
func (o *onFile) doubtful() bool {
	return o.other != nil && o.differs && !strings.Contains(o.pg.s.m.rec.Notes, o.sameNote())
}

// sameNote is what the record keeps when somebody said that it is one person.
func (o *onFile) sameNote() string {
	id := o.pg.s.m.rec.Identity
	return "NHS number kept for " + strings.TrimSpace(id.Family+" "+identity.FormatDay(id.Born)) + ": same person as on file\n"
}

// hold keeps the consultation a draft while its number is doubtful: a revision
// would be filed as the other patient's.
func (o *onFile) hold() error {
	if o.doubtful() {
		return errOnFile
	}
	return nil
}

func (o *onFile) confirm() {
	m := o.pg.s.m
	m.rec.Notes += o.sameNote()
	m.saveErr = nil
	m.touchAs("identity")
	o.pg.s.refresh()
	o.pg.s.host.Say("Kept as the same person’s number")
	o.pg.nhs.Focus()
}

// follow asks again when the number, the name or the day of birth changed.
func (o *onFile) follow() {
	m := o.pg.s.m
	id := m.rec.Identity
	key := id.NHSNumber + "\n" + id.Family + "\n" + string(id.Born)
	if key == o.key {
		return
	}
	o.key = key
	if id.NHSNumber == "" {
		o.other, o.differs = nil, false
		return
	}
	rec := *m.rec // only who the patient is gets read
	var other *domain.Summary
	var differs bool
	var err error
	kit.Background(func() { other, differs, err = m.svc.OnFile(context.Background(), &rec) }, func() {
		switch {
		case key != o.key || m.closed:
		case err != nil:
			o.key = ""
			if !errors.Is(err, store.ErrClosed) {
				o.pg.s.host.Say("Whether the NHS number is on file could not be looked up: " + err.Error())
			}
		default:
			o.other, o.differs = other, differs
			if f := o.pg.s.form[PatientStep]; f != nil { // else the screen is still being made
				f.Redraw()
				o.pg.s.root.Redraw()
			}
		}
	})
}

// openOther goes to the consultation under that number. Where it is somebody
// else's, the number is taken out here first: what is left is saved, and must
// not be saved as theirs.
func (o *onFile) openOther() {
	id := o.other.ID
	if o.doubtful() {
		o.takeOut()
	}
	o.pg.s.host.OpenRecord(id)
}

func (o *onFile) takeOut() {
	o.pg.nhs.SetText("")
	o.pg.typeNHS("")
	o.pg.nhs.Focus()
	o.pg.s.host.Say("The NHS number was taken out of this consultation")
}

// draw says it below the number's box and returns the height taken.
func (o *onFile) draw(p *kit.Pen, x, y, w float32) float32 {
	if o.other == nil {
		return 0
	}
	who := o.other.Identity
	if !o.doubtful() {
		text := "On file: last saved " + identity.FormatDay(identity.Day(o.other.Saved.Local()))
		if o.differs {
			text += " as " + who.Banner(o.pg.s.m.today).Name()
		}
		n := p.Text(x, y, w-o.open.Width()-12, text, kit.Caption, kit.Left)
		p.Put(o.open, x+n+12, y, o.open.Width(), 16)
		return 24
	}
	text := "Born " + identity.FormatDay(who.Born) + "."
	if who.Born == "" {
		text = "Date of birth not known."
	}
	h := p.Message(x, y, w, kit.ToneWarn, "warn", "This NHS number is on file for "+who.Banner(o.pg.s.m.today).Name()+".",
		text+" One of the two numbers may be mistyped: check it against the record.")
	y += h + 6
	p.Put(o.open, x+38, y, o.open.Width(), 16)
	x += 38 + o.open.Width() + 20
	p.Put(o.drop, x, y, o.drop.Width(), 16)
	p.Put(o.one, x+o.drop.Width()+20, y, o.one.Width(), 16)
	return h + 32
}

// status is the step's word when the number is somebody else's.
func (o *onFile) status() (string, look.Token, string, bool) {
	if !o.doubtful() {
		return "", look.None, "", false
	}
	return "warn", look.Warn, "NHS number to check", true
}
