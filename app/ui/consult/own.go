package consult

import (
	"kindred/app/ui/kit"
)

// newOwnHistory asks about the patient's own diagnoses with the questions that
// a relative gets, on the patient's page.
func newOwnHistory(s *Screen) *kinEditor {
	e := newKinEditor(&familyPage{s: s})
	e.own = true
	e.show(s.m.patient())
	return e
}

// drawOwn draws the topics the patient can have something in.
func (e *kinEditor) drawOwn(p *kit.Pen, x, y float32) float32 {
	for _, kt := range e.topics {
		y = e.drawTopic(p, x, y, 256, kt)
		if len(kt.rows) == 0 {
			p.Text(x, y-32, 240, "Tumours: step 4", kit.Caption, kit.Left)
		}
	}
	return y
}

// focusTopic puts the keyboard on the first question of a topic; false when the
// patient is asked nothing there.
func (e *kinEditor) focusTopic(topic string) bool {
	for _, kt := range e.topics {
		if kt.def.ID == topic && len(kt.rows) > 0 {
			e.pg.s.focus(kt.rows[0].seg)
			return true
		}
	}
	return false
}
