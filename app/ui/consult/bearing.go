package consult

import "kindred/rules"

// stillDecides tells whether some area still asks for this fact of the
// patient.
func (s *Screen) stillDecides(fact string) bool {
	return s.m.asksFor(fact, s.m.rec.Case.Patient)
}

func (m *model) asksFor(fact, person string) bool {
	if m.advice == nil {
		return false
	}
	for i := range m.advice.Areas {
		for _, q := range m.advice.Areas[i].Next {
			if q.Person != person && q.Topic == "" {
				continue
			}
			if q.Fact == fact {
				return true
			}
			for _, f := range q.Facts {
				if f == fact {
					return true
				}
			}
		}
	}
	return false
}

// short is an area's short name: FH, Lynch.
func (s *Screen) short(a *rules.AreaAdvice) string {
	if n := s.shorts[a.Area]; n != "" {
		return n
	}
	return a.Title
}
