package rules

import (
	"reflect"
	"strings"
	"testing"
)

// Two nieces without a parent may be cousins of each other: that they are taken
// for sisters is said once one of them has a result.
func TestChancesSayWhomTheyTakeForBrothersAndSisters(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for people, want := range map[string]bool{
		`{"id": "n", "relation": "niece", "facts": {"genetics.fh": "negative"}}, {"id": "o", "relation": "nephew"}`:                                                       true,
		`{"id": "n", "relation": "niece"}, {"id": "o", "relation": "nephew"}`:                                                                                             false,
		`{"id": "s", "relation": "sister"}, {"id": "n", "mother": "s", "sex": "female", "facts": {"genetics.fh": "negative"}}, {"id": "o", "mother": "s", "sex": "male"}`: false,
		`{"id": "n", "relation": "maternal cousin", "facts": {"genetics.fh": "positive"}}, {"id": "o", "relation": "paternal cousin"}`:                                    false,
	} {
		c, err := ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [{"id": "p", "sex": "female", "facts": {"genetics.fh": "positive"}}, `+people+`]}`), lib.Dictionary())
		if err != nil {
			t.Fatal(err)
		}
		got, err := book.FamilyTesting(c)
		if err != nil {
			t.Fatal(err)
		}
		if (got["fh"].Note != "") != want {
			t.Errorf("%s: said %q", people, got["fh"].Note)
		}
	}
}

func TestCascadeFollowsTheVariantThroughTheFamily(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		story, area, people string
		want                string // who: odds, in order
		open                bool
	}{
		{
			"the patient carries it: by degree", "fh",
			`{"id": "p", "sex": "female", "facts": {"genetics.fh": "positive"}},
			 {"id": "c", "relation": "maternal cousin"}, {"id": "a", "relation": "maternal aunt"}, {"id": "b", "relation": "brother"},
			 {"id": "h", "relation": "maternal half-sister"}, {"id": "d", "relation": "daughter", "age": 6}, {"id": "m", "relation": "mother"},
			 {"id": "s", "relation": "stepfather"}, {"id": "f", "relation": "father", "alive": false}`,
			"Brother: 1 in 2; Daughter: 1 in 2; Mother: 1 in 2; Maternal aunt: 1 in 4; Maternal half-sister: 1 in 4; Maternal cousin: 1 in 8; Father: 1 in 2 died; Patient: almost certain positive",
			false,
		},
		{
			"the mother does not carry it, so the father does", "fh",
			`{"id": "p", "sex": "female", "facts": {"genetics.fh": "positive"}},
			 {"id": "m", "relation": "mother", "facts": {"genetics.fh": "negative"}}, {"id": "a", "relation": "maternal aunt"},
			 {"id": "u", "relation": "paternal uncle", "facts": {"cascade.fh": "offered"}}, {"id": "f", "relation": "father"}, {"id": "b", "relation": "brother"}`,
			"Father: almost certain; Brother: 1 in 2; Paternal uncle: 1 in 2 offered; Maternal aunt: not expected; Patient: almost certain positive; Mother: not expected negative",
			false,
		},
		{
			"Lynch waits for adult life", "lynch",
			`{"id": "p", "sex": "male", "age": 50, "facts": {"genetics.lynch": "positive"}},
			 {"id": "d", "relation": "daughter", "age": 15}, {"id": "s", "relation": "son", "age": 20}, {"id": "b", "relation": "brother"}`,
			"Son: 1 in 2; Brother: 1 in 2 if 18; Daughter: 1 in 2 from 18; Patient: almost certain positive",
			false,
		},
		{"a variant in the family, nobody knows in whom", "fh", `{"id": "p", "sex": "female", "facts": {"family.fh_variant": "yes"}}, {"id": "m", "relation": "mother"}`, "", true},
		{"a relative carries it", "fh", `{"id": "p", "sex": "female"}, {"id": "m", "relation": "mother"}, {"id": "u", "relation": "maternal uncle", "facts": {"genetics.fh": "positive"}}`, "Mother: 1 in 2; Patient: 1 in 4; Maternal uncle: almost certain positive", false},
	} {
		p, err := ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [`+c.people+`]}`), lib.Dictionary())
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		adv, err := book.Assess(p)
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		alone, err := book.FamilyTesting(p)
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
		}
		for _, a := range adv.Areas {
			if !reflect.DeepEqual(alone[a.Area], a.Cascade) {
				t.Errorf("%s: worked out alone it is %+v", c.story, alone[a.Area])
			}
			if a.Area != c.area {
				if a.Cascade != nil {
					t.Errorf("%s: a cascade in %s", c.story, a.Area)
				}
				continue
			}
			if a.Cascade == nil {
				t.Errorf("%s: no cascade", c.story)
				continue
			}
			var got []string
			for _, o := range a.Cascade.Offers {
				text := o.Who + ": " + o.Odds
				switch {
				case o.Young:
					text += " from " + exact(o.From)
				case o.From > 0:
					text += " if " + exact(o.From)
				}
				if o.Died {
					text += " died"
				}
				for _, s := range []string{o.State, o.Result} {
					if s != "" {
						text += " " + s
					}
				}
				got = append(got, text)
			}
			if s := strings.Join(got, "; "); s != c.want || (a.Cascade.Open != "") != c.open {
				t.Errorf("%s:\n got %s (%s)\nwant %s", c.story, s, a.Cascade.Open, c.want)
			}
			if a.Cascade.Code != "R242.1" || a.Cascade.Source == "" || a.Cascade.Ages == "" {
				t.Errorf("%s: %+v", c.story, a.Cascade)
			}
		}
	}
}
