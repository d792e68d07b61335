package rules

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kindred/rules/truth"
)

// TestScreeningSaysWhatAssessingSays runs many rows of a list through both; the
// cache of the list must never show.
func TestScreeningSaysWhatAssessingSays(t *testing.T) {
	book, err := embedded(t).On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 2))
	rows := 400
	if testing.Short() {
		rows = 50
	}
	for n := range rows {
		c := randomRow(r)
		switch n % 5 {
		case 0:
			c = randomCase(r)
		case 1, 2:
			withRelatives(r, c)
		}
		full, err := book.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		got, err := book.Screen(c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got {
			want := full.Areas[i]
			want.Criteria, want.Scores, want.Pathways, want.Notes, want.Lines, want.Cascade = nil, nil, nil, nil, nil, nil
			want.Tumours = nil
			want.Provided = slices.DeleteFunc(want.Provided, func(s string) bool {
				return strings.Contains(s, "(local setting") || strings.HasSuffix(s, "were not done")
			})
			if len(want.Next) > 0 {
				want.Next = want.Next[:1]
				want.Next[0].Effects = nil
			}
			flags := []Flag{}
			for _, f := range want.Flags {
				if f.Urgent {
					flags = append(flags, f)
				}
			}
			want.Flags = flags
			if diff := cmp.Diff(want, *got[i], cmpopts.IgnoreUnexported(Question{}), cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("row %d, area %s (-assessed +screened):\n%s", n, want.Area, diff)
			}
		}
	}
}

// randomRow is a patient as a clinic list has them.
func randomRow(r *rand.Rand) *Case {
	facts := map[string]Answer{}
	number := func(id string, lo, hi float64) {
		if r.IntN(3) > 0 {
			v := lo + r.Float64()*(hi-lo)
			facts[id] = Answer{Number: truth.Exactly(float64(int(v*10)) / 10), Bool: truth.Unknown}
			if r.IntN(12) == 0 {
				facts[id] = Answer{Number: truth.Below(lo), Bool: truth.Unknown}
			}
		}
	}
	number("lipid.tc", 3, 11)
	number("lipid.ldl", 1, 14)
	number("lipid.hdl", 0.5, 3)
	number("lipid.tg", 0.5, 25)
	for _, id := range []string{"sign.tendon_xanthoma", "lipid.secondary_causes_excluded", "lipid.two_measurements", "pregnant", "family.fh_variant"} {
		if r.IntN(4) == 0 {
			facts[id] = Answer{Bool: truth.Of(r.IntN(2) == 0), Number: truth.Any()}
		}
	}
	if r.IntN(2) == 0 {
		facts["lipid.basis"] = Answer{Choice: []string{"untreated", "on_treatment"}[r.IntN(2)], Number: truth.Any(), Bool: truth.Unknown}
	}
	if r.IntN(8) == 0 {
		facts["genetics.fh"] = Answer{Choice: []string{"positive", "negative", "not_tested"}[r.IntN(3)], Number: truth.Any(), Bool: truth.Unknown}
	}
	p := Person{ID: "p", Sex: []string{"female", "male", ""}[r.IntN(3)], Age: truth.Exactly(float64(r.IntN(90))), Alive: truth.Unknown, Facts: facts}
	if r.IntN(10) == 0 {
		p.Age = truth.Any()
	}
	c := &Case{Date: "2026-11-23", Patient: "p", People: []Person{p}}
	if r.IntN(3) == 0 {
		c.Asked = map[string]int{"heart": r.IntN(3), "cancer": 2}
	}
	return c
}

// withRelatives adds relatives as columns of a list name them: an illness, and
// perhaps the age.
func withRelatives(r *rand.Rand, c *Case) {
	for _, relation := range []string{"father", "mother", "sister", "maternal aunt"} {
		if r.IntN(3) > 0 {
			continue
		}
		age := truth.Any()
		if r.IntN(4) > 0 {
			age = truth.Exactly(float64(35 + r.IntN(40)))
		}
		names := []string{"myocardial_infarction", "colorectal_cancer", "coronary_heart_disease", "stroke"}
		c.People = append(c.People, Person{
			ID: fmt.Sprintf("r%d", len(c.People)), Relation: relation, Age: truth.Any(), Alive: truth.Unknown,
			Conditions: []Condition{{Name: names[r.IntN(4)], Age: age, Confirmed: truth.Unknown, Present: truth.K(1 + r.IntN(3))}},
		})
	}
}

// TestTheKeyOfARowHoldsAllThatBearsOnIt fails when a case gets a new field, so
// that whoever adds it decides what it means for rows of a list: it must go into
// peopleKey or plainKey, or make isPlain false.
func TestTheKeyOfARowHoldsAllThatBearsOnIt(t *testing.T) {
	for _, tc := range []struct {
		of     any
		fields int
	}{{Case{}, 8}, {Person{}, 15}, {Condition{}, 4}, {Answer{}, 6}} {
		if got := reflect.TypeOf(tc.of).NumField(); got != tc.fields {
			t.Errorf("%T has %d fields, and the keys of rows know %d", tc.of, got, tc.fields)
		}
	}
}
