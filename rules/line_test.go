package rules

import "testing"

func TestLinesOfAPictureFollowTheAge(t *testing.T) {
	book, err := embedded(t).On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		age         string
		least, most float64
	}{{`"age": 45, `, 4.9, 4.9}, {`"age": 12, `, 4, 4}, {"", 4, 4.9}} {
		p, err := ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [{"id": "p", `+c.age+`"sex": "female"}]}`), embedded(t).Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		adv, err := book.Assess(p)
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, a := range adv.Areas {
			for _, l := range a.Lines {
				if l.Fact == "lipid.ldl" && l.Name == "Simon Broome" {
					found = true
					if l.Least != c.least || l.Most != c.most || l.Source == "" {
						t.Errorf("%q: %+v, want %g to %g", c.age, l, c.least, c.most)
					}
				}
			}
		}
		if !found {
			t.Errorf("%q: no line", c.age)
		}
	}
}
