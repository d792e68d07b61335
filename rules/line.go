package rules

// Line is a threshold as it stands for the patient, to be drawn in a picture of
// the fact's measurements. It decides nothing there.
type Line struct {
	Fact   string  `json:"fact"`
	Name   string  `json:"name"`   // "Simon Broome"
	Least  float64 `json:"least"`  // in the fact's unit
	Most   float64 `json:"most"`   // above least where it depends on something not known
	Source string  `json:"source"` // as printed
}

// lines gives the parameters that say what they are drawn on, in file order.
func (x *teller) lines() []Line {
	var out []Line
	for _, def := range x.a.src.params {
		if def.drawOn == "" {
			continue
		}
		for i := range x.a.thresholds {
			if t := &x.a.thresholds[i]; t.id == def.id {
				v := x.s.lines[i]
				out = append(out, Line{Fact: def.drawOn, Name: def.drawName, Least: v.Lo, Most: v.Hi, Source: x.sources(t.source)})
			}
		}
	}
	return out
}
