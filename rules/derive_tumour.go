package rules

import (
	"kindred/rules/family"
	"kindred/rules/truth"
)

// loadTumours gives the state the tumours of the patient: those entered, those of
// cancers listed without one, about which nothing is known but the age, and
// those the patient may have because nobody asked.
func (a *Area) loadTumours(s *state, w *bench) {
	s.tumours = s.tumours[:0]
	if len(a.sites) == 0 {
		return
	}
	p := w.facts.patient
	for i := range p.Tumours {
		a.addTumour(s, &p.Tumours[i], i, truth.Yes)
	}
	for _, site := range a.sites {
		a.loadUntested(s, w, site)
	}
}

// loadUntested adds the cancers of a site that stand among the conditions
// without a tumour of their own: an entry at an age no tumour has is another
// cancer, whose tests nobody entered.
func (a *Area) loadUntested(s *state, w *bench, site string) {
	p, def := w.facts.patient, a.dict.siteCondition[site]
	said := false
	var taken uint64
	for i := range p.Tumours {
		said = said || p.Tumours[i].Site == site
	}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		if c.Name != def.ID {
			continue
		}
		said = true
		if c.Present.CanBe(truth.Yes) && !matched(p.Tumours, site, c.Age, &taken) {
			a.addUntested(s, site, c.Age, c.Present)
		}
	}
	if !said {
		if k := w.cancer(def); k.CanBe(truth.Yes) {
			a.addUntested(s, site, truth.Any(), k)
		}
	}
}

// matched finds a tumour that may be the cancer of that age and takes it.
func matched(tumours []Tumour, site string, age truth.Span, taken *uint64) bool {
	for i := range min(len(tumours), 64) {
		if tumours[i].Site != site || *taken>>i&1 != 0 {
			continue
		}
		if _, meets := tumours[i].Age.Meet(age); meets {
			*taken |= 1 << i
			return true
		}
	}
	return false
}

func (a *Area) addUntested(s *state, site string, age truth.Span, exists truth.K) {
	t := Tumour{Site: site, Age: age, Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}
	a.addTumour(s, &t, -1, exists)
}

// cancer answers whether the patient has had a cancer about which nothing was
// said.
func (w *bench) cancer(def *ConditionDef) truth.K {
	sex := w.kin.graph.SexOf(w.facts.index)
	if only, _ := family.ParseSex(def.Sex); only != family.SexUnknown && sex != family.SexUnknown && only != sex {
		return truth.No
	}
	if asked, ok := w.facts.c.Asked[def.Topic]; ok && asked >= 0 {
		return truth.No
	}
	return truth.Unknown
}

// addTumour gives the state one more tumour; sites no rule speaks of are left
// out.
func (a *Area) addTumour(s *state, t *Tumour, index int, exists truth.K) {
	site := uint64(0)
	for i, known := range a.sites {
		if known == t.Site {
			site = 1 << i
		}
	}
	if site == 0 || len(s.tumours) >= 64 {
		return
	}
	ts := a.nextTumour(s)
	ts.site, ts.exists, ts.index = site, exists, index
	for i, slot := range a.tumours {
		ts.have[i] = a.tumourFact(ts, slot, t)
	}
}

// tumourFact puts one fact of a tumour into place; it reports whether it was
// known.
func (a *Area) tumourFact(ts *tumourState, slot int32, t *Tumour) bool {
	sl := &a.slots[slot]
	switch sl.kind {
	case slotNumber:
		ts.number[sl.at] = truth.Any()
		if sl.fact.BuiltIn == "age" {
			ts.number[sl.at] = t.Age
			return !t.Age.IsAny()
		}
	case slotYesNo:
		k := truth.Unknown
		switch sl.fact.ID {
		case "tumour.neoadjuvant":
			k = t.Neoadjuvant
		case "tumour.msi_h_histology":
			k = t.MSIHHistology
		case "tumour.confirmed":
			k = t.Confirmed
		}
		if k == truth.Never {
			k = truth.Unknown
		}
		ts.yesNo[sl.at] = k
		return k != truth.Unknown
	case slotChoice:
		value := t.Site
		if sl.fact.ID != "tumour.site" {
			value = ""
			for _, f := range tumourFields(t) {
				if f.fact == sl.fact.ID {
					value = *f.at
				}
			}
		}
		ts.choice[sl.at] = a.choiceBit(sl.fact, value, sl.full)
		return value != ""
	}
	return false
}
