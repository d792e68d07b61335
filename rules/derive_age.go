package rules

import (
	"math"
	"slices"
	"time"

	"kindred/rules/truth"
)

// ageAt is how old the patient was at the measurement that an untreated or
// highest value comes from, in completed years: what is written beside it, else
// the age now less the years between the two days. A line that depends on age
// is drawn by this one: a value from childhood stays a child's.
func (f *patientFacts) ageAt(d *Dictionary, of *FactDef) (found, bool) {
	now := f.patient.Age
	out := found{answer: Answer{Number: now, Bool: truth.Unknown}, panel: -1}
	at, ok := found{}, false
	if len(f.patient.Panels) > 0 || f.has(of.measured) {
		at, ok = f.find(d, of)
	}
	if !ok {
		at.panel = -1
	}
	if f.patient.Alive == truth.No {
		now.Lo = 0 // the age is that at death, whenever that was
	}
	out.panel = at.panel
	if at.panel >= 0 {
		p := &f.patient.Panels[at.panel]
		if out.answer.Number = p.Age; p.Age.IsAny() {
			out.answer.Number = ageOn(p.Date, f.c.Date, now)
		}
	} else if given, ok := f.patient.Facts["lipid.age"]; ok && !given.Number.IsAny() {
		out.answer.Number = given.Number
	} else if at.answer.When != "" {
		out.answer.Number = ageOn(at.answer.When, f.c.Date, now)
	}
	return out, !out.answer.Number.IsAny()
}

// ageOn is the age in completed years on an earlier day, of somebody whose age
// today is known in completed years. The birthday is not known, so it is often
// one of two.
func ageOn(day, today Date, now truth.Span) truth.Span {
	then, err := time.Parse(time.DateOnly, string(day))
	until, err2 := time.Parse(time.DateOnly, string(today))
	if err != nil || err2 != nil || then.After(until) {
		return truth.Span{Lo: 0, Hi: now.Hi} // some day before today
	}
	if now.IsAny() || then.Equal(until) {
		return now
	}
	years := until.Year() - then.Year()
	if until.Before(then.AddDate(years, 0, 0)) {
		years--
	}
	lo, hi := now.Lo-float64(years)-1, now.Hi-float64(years)
	if until.Equal(then.AddDate(years, 0, 0)) {
		lo++ // so many years to the day
	}
	return truth.Span{Lo: math.Max(0, lo), Hi: math.Max(0, hi)}
}

// ageAsked is what to ask for when an age at a measurement is not known: the
// age of the patient, which it follows, or where that is known the age at the
// test.
func (x *teller) ageAsked(s *state, i int32) (int32, *FactDef) {
	d := x.a.dict
	if age, ok := x.a.slotOf["patient.age"]; ok && slices.Contains(x.a.following(s, age), i) {
		return age, cmpFact(d.factByID["patient.age"], x.a.slots[i].fact)
	}
	return i, cmpFact(d.factByID["lipid.age"], x.a.slots[i].fact)
}

// following lists the ages at measurements that are the patient's age, as far as
// anybody knows; none for a slot that is not that age.
func (a *Area) following(s *state, age int32) []int32 {
	of := &a.slots[age]
	if of.fact.BuiltIn != "age" || of.tumour {
		return nil
	}
	var out []int32
	for i := range a.slots {
		if sl := &a.slots[i]; sl.fact.ageOf != "" && s.numbers[sl.at] == s.numbers[of.at] {
			out = append(out, int32(i))
		}
	}
	return out
}

// follow gives them the age drawn for the patient.
func (a *Area) follow(s *state, slots []int32, age truth.Span) {
	for _, i := range slots {
		s.numbers[a.slots[i].at] = age
	}
}

// ageCuts are the thresholds an age is held against, at measurements too.
func (a *Area) ageCuts(sl *slot) []int32 {
	cuts := sl.cuts
	for i := range a.slots {
		if o := &a.slots[i]; o.fact.ageOf != "" {
			for _, c := range o.cuts {
				cuts = appendOnce(slices.Clip(cuts), c)
			}
		}
	}
	return cuts
}

// agesFollow gives the patient's age to the ages at measurements, which they are
// unless somebody says otherwise, before or afterwards.
func (in *Inputs) agesFollow(age truth.Span) {
	in.age = age
	for i := range in.a.slots {
		sl := &in.a.slots[i]
		if sl.fact.ageOf == "" || in.own[i] {
			continue
		}
		in.a.forget(in.s, int32(i))
		if !age.IsAny() {
			in.s.numbers[sl.at], in.s.recorded[i] = age, true
		}
	}
}
