package rules

// keep sets the values of the nodes aside; putBack takes them up again.
func (s *state) keep() {
	s.kept.values = append(s.kept.values[:0], s.values...)
	s.kept.scores = append(s.kept.scores[:0], s.scores...)
	s.kept.lines = append(s.kept.lines[:0], s.lines...)
}

func (s *state) putBack() {
	copy(s.values, s.kept.values)
	copy(s.scores, s.kept.scores)
	copy(s.lines, s.kept.lines)
}

// presume takes what may be presumed as given; it reports whether anything was.
func (a *Area) presume(s *state) bool {
	for _, i := range a.presumed {
		sl := &a.slots[i]
		if s.recorded[i] || sl.tumour {
			continue
		}
		a.setPresumed(s, i)
		s.provided = append(s.provided, i)
	}
	return len(s.provided) > 0
}

func (a *Area) setPresumed(s *state, i int32) {
	if sl := &a.slots[i]; sl.kind == slotYesNo {
		s.yesNo[sl.at] = sl.presumeYesNo
	} else {
		s.choices[sl.at] = sl.presumeMask
	}
}

// trim takes every presumption the outcome does not need off the list; only
// whoever shows the list needs that.
func (a *Area) trim(s *state) {
	if s.trimmed {
		return
	}
	s.trimmed = true
	s.keep()
	outcomes := s.outcomes
	for _, i := range s.provided {
		a.setPresumed(s, i)
	}
	kept := s.provided[:0]
	for _, i := range s.provided {
		a.forget(s, i)
		a.decide(s)
		if s.outcomes != outcomes {
			a.setPresumed(s, i)
			kept = append(kept, i)
		}
	}
	s.provided = kept
	a.decide(s)
	a.unpresume(s)
	s.putBack()
}

// unpresume makes presumed facts unknown again.
func (a *Area) unpresume(s *state) {
	for _, i := range s.provided {
		a.forget(s, i)
	}
}
