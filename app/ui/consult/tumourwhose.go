package consult

import (
	"kindred/app/ui/kit"
	"kindred/rules"
)

// thePatient stands for the patient among those whose tumours can be entered;
// ids of people never hold a blank.
const thePatient = " patient"

// owner is the person whose tumours are shown: a relative, else the patient.
func (pg *tumourPage) owner() *rules.Person {
	for i := range pg.s.m.rec.Case.People {
		if p := &pg.s.m.rec.Case.People[i]; pg.person != "" && p.ID == pg.person {
			return p
		}
	}
	return pg.s.m.patient()
}

// born is the day the owner was born, known of the patient alone.
func (pg *tumourPage) born() rules.Date {
	if pg.owner() != pg.s.m.patient() {
		return ""
	}
	return pg.s.m.rec.Identity.Born
}

// of shows the tumours of another person.
func (pg *tumourPage) of(id string) {
	if id == thePatient {
		id = ""
	}
	if id != pg.person {
		pg.person = id
		pg.pick(0)
	}
}

// relatives reports whether there is anybody else whose tumour can be entered.
func (pg *tumourPage) relatives() bool { return len(pg.s.m.rec.Case.People) > 1 }

// syncWhose offers everybody on record.
func (pg *tumourPage) syncWhose() {
	patient := pg.s.m.patient()
	options := []kit.Option{{Value: thePatient, Label: "Patient"}}
	for i := range pg.s.m.rec.Case.People {
		if p := &pg.s.m.rec.Case.People[i]; p.ID != patient.ID {
			options = append(options, kit.Option{Value: p.ID, Label: pg.s.m.kinName(p)})
		}
	}
	pg.whose.SetOptions(options)
	if pg.owner() == patient {
		pg.person = ""
		pg.whose.SetValue(thePatient)
	} else {
		pg.whose.SetValue(pg.person)
	}
}

// drawWhose draws whose tumours are shown and returns where the rest begins.
func (pg *tumourPage) drawWhose(p *kit.Pen, x, y float32) float32 {
	if !pg.relatives() {
		return y
	}
	p.Text(x, y+8, 0, "Whose", kit.Caption, kit.Left)
	p.Put(pg.whose, x+56, y, 240, 32)
	return y + 44
}
