package cliniclist

import (
	"fmt"
	"strings"
	"testing"

	"kindred/app/identity"
	"kindred/rules"
)

func TestResultsPastedFromARecordAreProposedNotGuessed(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	p := NewPaster(lib.Dictionary())
	for text, want := range map[string]string{
		"Serum LDL cholesterol level 6.2 mmol/L (02-Nov-2026)":             "lipid.ldl 6.2 02-Nov-2026",
		"02-Nov-2026\tSerum cholesterol level\t8.4\tmmol/L":                "lipid.tc 8.4 02-Nov-2026",
		"02 Nov 2026\nSerum HDL cholesterol level: 1.4 mmol/L [1.0 - 2.0]": "lipid.hdl 1.4 02-Nov-2026",
		"Serum triglycerides 1.6 mmol/L HIGH":                              "lipid.tg 1.6",
		"Serum LDL cholesterol level 240 mg/dL":                            "lipid.ldl 6.2",
		"Serum cholesterol level (44P..) 7.9 mmol/L":                       "lipid.tc 7.9",
		"LDL 5.1":                         "lipid.ldl 5.1 (no unit written, read as mmol/L)",
		"LDL 240":                         "lipid.ldl: outside what is possible (0.1 to 30 mmol/L)",
		"Serum cholesterol/HDL ratio 4.2": "-: not a result that is asked for here",
		"Serum LDL cholesterol level 6.2 mmol/L 03/04/2026":  "lipid.ldl: the day can be 03-Apr-2026 or 04-Mar-2026",
		"Serum LDL cholesterol level 6.2 mmol/L 03-Apr-2027": "lipid.ldl: \"03-Apr-2027\" lies after 23-Nov-2026",
		"Serum LDL cholesterol level 6.2 g/L":                "lipid.ldl: g/L is not a unit of LDL cholesterol",
		"Haemoglobin 134 g/L":                                "-: not a result that is asked for here",
		"Seen in clinic":                                     "-: no value in this line",
	} {
		var got []string
		for _, r := range p.Read(text, "2026-11-23") {
			id := "-"
			if r.Fact != nil {
				id = r.Fact.ID
			}
			switch {
			case r.Why != "":
				got = append(got, id+": "+r.Why)
			case r.Remark != "":
				got = append(got, fmt.Sprintf("%s %.1f (%s)", id, r.Answer.Number.Lo, r.Remark))
			default:
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %.1f %s", id, r.Answer.Number.Lo, identity.FormatDay(r.Answer.When))))
			}
		}
		if s := strings.Join(got, "; "); s != want {
			t.Errorf("%q:\n%s\nwant\n%s", text, s, want)
		}
	}
}
