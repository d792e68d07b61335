package report

import (
	"fmt"
	"slices"
	"strings"

	"kindred/app/identity"
	"kindred/rules"
	"kindred/rules/lipid"
	"kindred/rules/truth"
)

// sampled is what was measured in one blood sample, in words.
type sampled struct {
	day    rules.Date        // "" when nobody wrote it
	how    string            // "untreated", "on atorvastatin 20 mg", "treatment not known"
	values string            // "TC 8.4, LDL 6.3 mmol/L"
	also   string            // "fasting: yes; pregnancy: no"; "" when nothing is known
	used   []string          // the criteria that were decided on it
	amount map[string]string // by fact
}

// measurements are the numbers that an area may read from a blood sample: the
// ones that stand together in a panel, in the order of the dictionary.
func measurements(dict *rules.Dictionary) []*rules.FactDef {
	var out []*rules.FactDef
	for _, def := range dict.Facts() {
		if def.Sample && def.Type == rules.NumberFact && def.Group == "lipids" && !def.Derived {
			out = append(out, def)
		}
	}
	return out
}

// reads tells whether an area's advice has to do with blood lipids: it holds a
// line against one, or gives one as a reason.
func reads(dict *rules.Dictionary, a *rules.AreaAdvice) bool {
	lipids := measurements(dict)
	is := func(fact string) bool {
		return slices.ContainsFunc(lipids, func(d *rules.FactDef) bool { return d.ID == fact })
	}
	if slices.ContainsFunc(a.Lines, func(l rules.Line) bool { return is(l.Fact) }) {
		return true
	}
	for _, c := range a.Criteria {
		for _, list := range [][]rules.Reason{c.For, c.Against, c.Unknown} {
			if slices.ContainsFunc(list, func(r rules.Reason) bool { return is(r.Fact) }) {
				return true
			}
		}
	}
	return false
}

func patientOf(c *rules.Case) *rules.Person {
	for i := range c.People {
		if c.People[i].ID == c.Patient {
			return &c.People[i]
		}
	}
	return nil
}

// panelFacts is what was answered about an earlier panel and its day; -1 is the
// current one, whose numbers carry their day themselves.
func panelFacts(p *rules.Person, index int) (map[string]rules.Answer, rules.Date) {
	if index < 0 {
		return p.Facts, ""
	}
	return p.Panels[index].Facts, p.Panels[index].Date
}

// footingAt is what is known of treatment at a panel; -1 is the current one.
func footingAt(p *rules.Person, index int, today rules.Date) rules.Footing {
	tables, err := lipid.Embedded()
	if err != nil {
		return rules.Footing{} // the rules did not load either
	}
	facts, day := panelFacts(p, index)
	if index < 0 {
		day = rules.CurrentDay(p, today)
	}
	return rules.FootingOf(tables, p, facts, day, today)
}

// samples are the patient's blood results in words, the newest first; one
// without a day comes before them, to be seen. Numbers of the current panel that
// carry different days stand apart.
func samples(dict *rules.Dictionary, c *rules.Case) []sampled {
	p := patientOf(c)
	if p == nil {
		return nil
	}
	var out []sampled
	for i := -1; i < len(p.Panels); i++ {
		facts, day := panelFacts(p, i)
		var days []rules.Date
		on := map[rules.Date][]*rules.FactDef{}
		for _, def := range measurements(dict) {
			a, ok := facts[def.ID]
			if !ok {
				continue
			}
			d := day
			if a.When != "" {
				d = a.When
			}
			if on[d] == nil {
				days = append(days, d)
			}
			on[d] = append(on[d], def)
		}
		for _, d := range days {
			s := sampled{day: d, how: howTaken(footingAt(p, i, c.Date)), also: conditions(dict, p, i), amount: map[string]string{}}
			s.measure(on[d], facts)
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(a, b sampled) int {
		if (a.day == "") != (b.day == "") {
			if a.day == "" {
				return -1
			}
			return 1
		}
		return strings.Compare(string(b.day), string(a.day))
	})
	return out
}

// measure writes the values, each unit once after the values that share it.
func (s *sampled) measure(defs []*rules.FactDef, facts map[string]rules.Answer) {
	var b strings.Builder
	for k, def := range defs {
		text := def.Amount(facts[def.ID].Number)
		known := !facts[def.ID].Number.IsAny()
		if !known {
			text = "not known"
		}
		s.amount[def.ID] = text
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(def.Short + " " + text)
		if last := k == len(defs)-1; known && (last || defs[k+1].Unit != def.Unit || facts[defs[k+1].ID].Number.IsAny()) {
			b.WriteString(" " + def.Unit)
		}
	}
	s.values = b.String()
}

// howTaken is what is known of treatment at a panel, in words.
func howTaken(f rules.Footing) string {
	switch {
	case f.Clash != "":
		return "said to be untreated, but " + f.Clash + " was taken then"
	case f.Basis == "untreated":
		return "untreated"
	case len(f.Taken) > 0:
		return "on " + f.Taken.String()
	case f.Basis == "on_treatment":
		return "on treatment, drug not known"
	case len(f.Perhaps) > 2:
		return fmt.Sprintf("treatment not known, perhaps some of %d medicines", len(f.Perhaps))
	case len(f.Perhaps) > 0:
		return "treatment not known, perhaps " + strings.Join(f.Perhaps, ", ")
	}
	return "treatment not known"
}

// conditions is what else is known of a sample: each yes or no of the dictionary
// that belongs to a sample, where somebody answered.
func conditions(dict *rules.Dictionary, p *rules.Person, index int) string {
	facts, _ := panelFacts(p, index)
	var out []string
	for _, def := range dict.Facts() {
		if !def.Sample || def.Derived || def.Type != rules.YesNo {
			continue
		}
		k := facts[def.ID].Bool
		if index >= 0 && def.ID == "lipid.fasting" && k != truth.Yes && k != truth.No {
			k = p.Panels[index].Fasting
		}
		switch k {
		case truth.Yes:
			out = append(out, def.Short+": yes")
		case truth.No:
			out = append(out, def.Short+": no")
		}
	}
	return strings.Join(out, "; ")
}

// markUsed notes on which sample each criterion was decided: a reason about the
// patient names the number, its day, and the value.
func markUsed(list []sampled, a *rules.AreaAdvice) {
	for i := range a.Criteria {
		c := &a.Criteria[i]
		for _, r := range slices.Concat(c.For, c.Against) {
			if r.Who != "Patient" {
				continue
			}
			at := -1
			for k := range list {
				amount, measured := list[k].amount[r.Fact]
				if !measured || list[k].day != r.When {
					continue
				}
				if at < 0 || strings.HasPrefix(r.Value, amount+" ") {
					at = k
				}
				if strings.HasPrefix(r.Value, amount+" ") {
					break // the same day twice: the one with that value
				}
			}
			if at >= 0 && !slices.Contains(list[at].used, criterionName(*c)) {
				list[at].used = append(list[at].used, criterionName(*c))
			}
		}
	}
}

// Period says when a medicine was taken.
func Period(m *rules.Medication) string {
	from, to := identity.FormatRough(m.From), identity.FormatRough(m.To)
	switch {
	case from == "" && to == "" && m.Stopped == truth.Yes:
		return "stopped, dates not known"
	case from == "" && to == "" && m.Stopped == 0:
		return "dates not known: not counted for any panel"
	case from == "" && to == "":
		return "still taken, since when is not known"
	case from == "":
		return "until " + to + ", since when is not known"
	case to == "" && m.Stopped == truth.Yes:
		return "from " + from + ", stopped, when is not known"
	case to == "":
		return "from " + from + ", still taken"
	}
	return from + " to " + to
}

// medicines are the medicines that lower LDL cholesterol, or may, with their
// dates; whole is whether the list is said to hold all of them.
func medicines(dict *rules.Dictionary, c *rules.Case) (list []string, whole string) {
	p := patientOf(c)
	if p == nil {
		return nil, "not known"
	}
	for i := range p.Medications {
		m := &p.Medications[i]
		if !m.Lowers() {
			continue
		}
		text := m.Name()
		if m.Drug == "" {
			text += " (not understood)"
		}
		list = append(list, text+", "+Period(m))
	}
	def := dict.Fact("lipid.medicines")
	switch said := p.Facts["lipid.medicines"].Choice; {
	case def != nil && said != "":
		whole = lowerFirst(def.ChoiceLabel(said))
	case len(list) > 0:
		whole = "whether these are all is not known"
	default:
		whole = "not known"
	}
	return list, whole
}

// medicineText is the medicines on one line.
func medicineText(dict *rules.Dictionary, c *rules.Case) string {
	list, whole := medicines(dict, c)
	if len(list) == 0 {
		return "Lipid-lowering medicines: " + whole
	}
	return "Lipid-lowering medicines: " + strings.Join(list, "; ") + " (" + whole + ")"
}

// ResultsText is what an area's advice rests on of blood lipids and medicines, as
// text for the record: a line a panel, the newest first, then the medicines with
// their dates. Nil for an area that reads no lipids.
func ResultsText(dict *rules.Dictionary, c *rules.Case, a *rules.AreaAdvice) []string {
	if !reads(dict, a) {
		return nil
	}
	list := samples(dict, c)
	if len(list) == 0 {
		return []string{"Lipid results: none on record", medicineText(dict, c)}
	}
	out := []string{"Lipid results, newest first"}
	for i := range list {
		s := &list[i]
		day := identity.FormatDay(s.day)
		if s.day == "" {
			day = "Date not known"
		}
		text := day + ", " + s.how + ": " + s.values
		if s.also != "" {
			text += " (" + s.also + ")"
		}
		out = append(out, text)
	}
	return append(out, medicineText(dict, c))
}
