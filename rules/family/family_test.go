package family

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"kindred/rules/truth"
)

// The small vocabulary of these tests.
const (
	bowel Kind = iota
	womb
	prostate
	infarct
	breast
)

const (
	cancer Topic = iota
	heart
	cholesterol
)

var testVocabulary = &Vocabulary{
	Conditions: []ConditionDef{
		{ID: "colorectal_cancer", Label: "colorectal cancer", Topic: cancer},
		{ID: "endometrial_cancer", Label: "endometrial cancer", Topic: cancer, OnlySex: Female},
		{ID: "prostate_cancer", Label: "prostate cancer", Topic: cancer, OnlySex: Male},
		{ID: "myocardial_infarction", Label: "heart attack", Topic: heart},
		{ID: "breast_cancer", Label: "breast cancer", Topic: cancer},
	},
	Numbers: []NumberDef{{ID: "lipid.tc", Label: "total cholesterol", Topic: cholesterol}},
	Topics:  []string{"cancer", "heart", "cholesterol"},
}

// person writes a member down shortly.
func person(id, relation string, sex Sex, cs ...Condition) Member {
	return Member{ID: id, Relation: relation, Sex: sex, Age: truth.Any(), Alive: truth.Unknown, Conditions: cs}
}

func at(k Kind, age float64) Condition {
	return Condition{Kind: k, Age: truth.Exactly(age), Confirmed: truth.Yes, Present: truth.Yes}
}

func atUnknownAge(k Kind) Condition {
	return Condition{Kind: k, Age: truth.Any(), Confirmed: truth.Yes, Present: truth.Yes}
}

func graphOf(t *testing.T, asked int8, people ...Member) *Graph {
	t.Helper()
	g, err := New(testVocabulary, &Family{Patient: people[0].ID, Members: people, Asked: []int8{asked, asked, asked}})
	if err != nil {
		t.Fatalf("family refused: %v", err)
	}
	return g
}

func TestRelationWordsGiveDegreeSideAndGeneration(t *testing.T) {
	for _, c := range []struct {
		word   string
		degree int
		sides  Sides
		gen    int
	}{
		{"mother", 1, Maternal, 1},
		{"father", 1, Paternal, 1},
		{"sister", 1, BothSides, 0},
		{"full_brother", 1, BothSides, 0},
		{"daughter", 1, BothSides, -1},
		{"grandson", 2, BothSides, -2},
		{"niece", 2, BothSides, -1},
		{"maternal half-sister", 2, Maternal, 0},
		{"Paternal_Half_Brother", 2, Paternal, 0},
		{"maternal grandmother", 2, Maternal, 2},
		{"paternal-grandfather", 2, Paternal, 2},
		{"maternal aunt", 2, Maternal, 1},
		{"paternal uncle", 2, Paternal, 1},
		{"maternal cousin", 3, Maternal, 0},
		{"paternal great-grandmother", 3, Paternal, 3},
		{"maternal great aunt", 3, Maternal, 2},
	} {
		t.Run(c.word, func(t *testing.T) {
			g := graphOf(t, -1, person("p", "", Female), person("r", c.word, SexUnknown))
			near, far, ok := g.Degree(1)
			if !ok || near != c.degree || far != c.degree || g.Sides(1) != c.sides || g.Generation(1) != c.gen {
				t.Errorf("%s: degree %d–%d (blood %v), %v, generation %d; want degree %d, %v, generation %d",
					c.word, near, far, ok, g.Sides(1), g.Generation(1), c.degree, c.sides, c.gen)
			}
			if got := plain(g.Who(1)); got != plain(strings.Replace(c.word, "full_", "", 1)) {
				t.Errorf("%s is called %q", c.word, got)
			}
		})
	}
	for _, word := range []string{"step-mother", "stepmother", "adoptive father", "partner", "adoptive_son", "step sister"} {
		g := graphOf(t, -1, person("p", "", Female), person("r", word, SexUnknown))
		if _, _, ok := g.Degree(1); ok {
			t.Errorf("%s counts as blood", word)
		}
	}
	if _, err := ParseRelation("maternal ant"); err == nil || !strings.Contains(err.Error(), `did you mean "maternal aunt"`) {
		t.Errorf("a slip of the pen is not helped: %v", err)
	}
}

func TestParentsGiveDegreesThatWordsCannot(t *testing.T) {
	// Half-aunt: shares only the grandmother with the mother; great-nephew; the
	// patient's partner's sister.
	link := func(id string, sex Sex, mother, father string) Member {
		m := person(id, "", sex)
		m.Mother, m.Father = mother, father
		return m
	}
	g := graphOf(t, -1,
		link("p", Female, "m", "f"),
		link("m", Female, "gm", "gf"), link("f", Male, "", ""),
		link("gm", Female, "", ""), link("gf", Male, "", ""), link("gf2", Male, "", ""),
		link("halfaunt", Female, "gm", "gf2"), link("halfcousin", Male, "halfaunt", ""),
		link("sib", Male, "m", "f"), link("niece", Female, "", "sib"), link("greatniece", Female, "niece", ""),
		link("maybe", Female, "m", ""), link("partner", Male, "x", "y"), link("x", Female, "", ""), link("y", Male, "", ""),
		link("inlaw", Female, "x", "y"), link("kid", Male, "p", "partner"),
	)
	for _, c := range []struct {
		id        string
		near, far int
		sides     Sides
	}{
		{"halfaunt", 3, 3, Maternal},
		{"halfcousin", 4, 4, Maternal},
		{"greatniece", 3, 3, BothSides},
		{"maybe", 1, 2, Maternal},
		{"kid", 1, 1, BothSides},
	} {
		i, _ := g.Index(c.id)
		if near, far, ok := g.Degree(i); !ok || near != c.near || far != c.far || g.Sides(i) != c.sides {
			t.Errorf("%s: degree %d–%d, %v; want %d–%d, %v", c.id, near, far, g.Sides(i), c.near, c.far, c.sides)
		}
	}
	for _, id := range []string{"partner", "inlaw", "x", "gf2"} {
		i, _ := g.Index(id)
		if _, _, ok := g.Degree(i); ok {
			t.Errorf("%s counts as blood", id)
		}
	}
}

func TestImpossibleFamiliesAreReportedByName(t *testing.T) {
	aged := func(m Member, age float64) Member { m.Age = truth.Exactly(age); return m }
	parents := func(m Member, mother, father string) Member { m.Mother, m.Father = mother, father; return m }
	dead := func(m Member) Member { m.Alive = truth.No; return m }
	for _, c := range []struct {
		name   string
		people []Member
		want   string // "" when the family is possible
	}{
		{"own ancestor", []Member{parents(person("p", "", Female), "m", ""), parents(person("m", "", Female), "p", "")}, "own ancestor"},
		{"grandson older than the patient", []Member{aged(person("p", "", Female), 45), aged(person("g", "grandson", Male), 50)}, "grandson (g) with age 50; a descendant cannot be the older one"},
		{"great-grandmother younger than the patient", []Member{aged(person("p", "", Female), 45), aged(person("g", "maternal great-grandmother", Female), 44)}, "maternal great-grandmother (g) is recorded with age 44"},
		{"grandmother younger than the patient", []Member{aged(person("p", "", Female), 45), aged(person("g", "maternal grandmother", Female), 44)}, "is an ancestor of the patient"},
		{"mother younger than the patient", []Member{aged(person("p", "", Female), 45), aged(person("m", "mother", Female), 40)}, "mother (m) is recorded with age 40"},
		{"mother who died young", []Member{aged(person("p", "", Female), 45), dead(aged(person("m", "mother", Female), 40))}, ""},
		{"grandmother younger", []Member{aged(person("p", "", Female), 45), aged(person("g", "maternal grandmother", Female), 44)}, "maternal grandmother (g)"},
		{"womb cancer in a father", []Member{person("p", "", Female), person("f", "father", SexUnknown, at(womb, 50))}, "father (f) is recorded as male and cannot have endometrial cancer"},
		{"prostate cancer in an aunt", []Member{person("p", "", Female), person("a", "maternal aunt", Female, at(prostate, 50))}, "maternal aunt (a)"},
		{"a heart attack after death", []Member{person("p", "", Female), aged(person("f", "father", Male, at(infarct, 54)), 50)}, "father (f) has heart attack at age 54"},
		{"a mother recorded male", []Member{parents(person("p", "", Female), "m", ""), person("m", "", Male)}, "m is recorded as male and cannot be the mother"},
		{"unknown parent", []Member{parents(person("p", "", Female), "nobody", "")}, `"nobody", who is not among the people`},
		{"two mothers", []Member{person("p", "", Female), person("m", "mother", Female), person("n", "mother", Female)}, "cannot be the mother"},
		{"twice the same id", []Member{person("p", "", Female), person("p", "sister", Female)}, "two people"},
		{"brother recorded female", []Member{person("p", "", Female), person("b", "brother", Female)}, "b is called brother but is recorded as female"},
		{"nobody knows how", []Member{person("p", "", Female), person("z", "", Female)}, "z is not linked to the patient"},
		{"not the patient", []Member{person("q", "mother", Female)}, ""},
		{"cousin by word, sister by parents", []Member{parents(person("p", "", Female), "m", "f"), person("m", "", Female), person("f", "", Male), parents(person("c", "maternal cousin", Female), "m", "f")}, "parents given say otherwise"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &Family{Patient: "p", Members: c.people}
			if c.name == "not the patient" {
				c.want = `"p" is not among the people`
			}
			for range 2 { // also in the other order
				_, err := New(testVocabulary, f)
				switch {
				case c.want == "" && err != nil:
					t.Errorf("refused: %v", err)
				case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
					t.Errorf("got %v, want %q in it", err, c.want)
				}
				slices.Reverse(f.Members)
			}
		})
	}
}

func TestGrandfathersHeartAttackAtFiftyDoesNotCount(t *testing.T) {
	// Simon Broome: under 60 in a first-degree, strictly under 50 in a second-degree relative.
	q := NewRelatives(2, 2)
	q.Any = SetOf(infarct)
	q.Women, q.Men = YoungerThan(50), YoungerThan(50)
	q.Prepare(testVocabulary)
	for _, c := range []struct {
		age  float64
		want truth.K
	}{{49, truth.Yes}, {50, truth.No}} {
		g := graphOf(t, 2, person("p", "", Female), person("g", "maternal grandfather", Male, at(infarct, c.age)))
		var ev Evidence
		if got := q.Ask(g, &ev); got != c.want {
			t.Errorf("heart attack at %v: %v, want %v (%v)", c.age, got, c.want, ev)
		}
	}
}

func TestSilenceIsNoOnlyWhenAsked(t *testing.T) {
	q := NewRelatives(1, 2)
	q.Any = SetOf(infarct)
	q.Prepare(testVocabulary)
	said := at(infarct, 60)
	said.Present = truth.No
	for _, c := range []struct {
		name   string
		asked  int8
		sides  Sides
		people []Member
		want   truth.K
	}{
		{"nobody listed, not asked", -1, 0, nil, truth.Unknown},
		{"nobody listed, asked", 2, 0, nil, truth.No},
		{"asked for first degree only", 1, 0, nil, truth.Unknown},
		{"asked, but a side is unknown", 2, Paternal, nil, truth.Unknown},
		{"mother listed and silent, not asked", -1, 0, []Member{person("m", "mother", Female)}, truth.Unknown},
		{"mother had one", -1, 0, []Member{person("m", "mother", Female, at(infarct, 70))}, truth.Yes},
		{"mother denied, others not asked", -1, 0, []Member{person("m", "mother", Female, said)}, truth.Unknown},
		{"step-father had one", 2, 0, []Member{person("s", "step-father", Male, at(infarct, 40))}, truth.No},
		{"cousin had one", 2, 0, []Member{person("c", "maternal cousin", Male, at(infarct, 40))}, truth.No},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &Family{Patient: "p", Members: append([]Member{person("p", "", Male)}, c.people...), Asked: []int8{c.asked, c.asked}, UnknownSides: c.sides}
			g, err := New(testVocabulary, f)
			if err != nil {
				t.Fatal(err)
			}
			var ev Evidence
			if got := q.Ask(g, &ev); got != c.want {
				t.Errorf("%v, want %v: %+v", got, c.want, ev)
			}
		})
	}
	// Both parents listed and answered: there is no third parent to ask about.
	q = NewRelatives(1, 1)
	q.Any, q.Relation = SetOf(infarct), Parent
	q.Prepare(testVocabulary)
	g := graphOf(t, -1, person("p", "", Male), person("m", "mother", Female, said), person("f", "father", Male, said))
	if got := q.Ask(g, nil); got != truth.No {
		t.Errorf("both parents denied: %v, want no", got)
	}
}

func TestDeathFromInfarctAtFiftyTwoSettlesUnderSixty(t *testing.T) {
	father := person("f", "father", Male, atUnknownAge(infarct))
	father.Age, father.Alive = truth.Exactly(52), truth.No
	q := NewRelatives(1, 1)
	q.Any, q.Women, q.Men = SetOf(infarct), YoungerThan(60), YoungerThan(60)
	q.Prepare(testVocabulary)
	if got := q.Ask(graphOf(t, -1, person("p", "", Male), father), nil); got != truth.Yes {
		t.Errorf("died at 52 after a heart attack: %v, want yes", got)
	}
}

func TestPrematureHeartDiseaseDependsOnSex(t *testing.T) {
	q := NewRelatives(1, 1)
	q.Any, q.Women, q.Men = SetOf(infarct), YoungerThan(60), YoungerThan(55)
	q.Prepare(testVocabulary)
	for _, c := range []struct {
		word string
		age  float64
		want truth.K
	}{
		{"mother", 57, truth.Yes},
		{"father", 57, truth.No},
		{"father", 54, truth.Yes},
		{"sibling", 57, truth.Unknown},
		{"sibling", 54, truth.Yes},
		{"sibling", 60, truth.No},
	} {
		if got := q.Ask(graphOf(t, 1, person("p", "", Male), person("r", c.word, SexUnknown, at(infarct, c.age))), nil); got != c.want {
			t.Errorf("%s at %v: %v, want %v", c.word, c.age, got, c.want)
		}
	}
}

func TestRelativesCholesterolByAgeAndPlace(t *testing.T) {
	// Simon Broome: over 7.5 in an adult, over 6.7 in a child or sibling under 16.
	q := NewRelatives(1, 2)
	q.Number = 0
	q.Lines = []Line{
		{Limit: 7.5, Ages: truth.From(16)},
		{Limit: 6.7, Ages: YoungerThan(16), Relation: Child | Sibling},
	}
	q.Prepare(testVocabulary)
	for _, c := range []struct {
		word       string
		value, age truth.Span
		want       truth.K
	}{
		{"mother", truth.Exactly(7.6), truth.Exactly(60), truth.Yes},
		{"mother", truth.Exactly(7.5), truth.Exactly(60), truth.No},
		{"son", truth.Exactly(6.7), truth.Exactly(12), truth.No},
		{"brother", truth.Exactly(7.0), truth.Exactly(15), truth.Yes},
		{"brother", truth.Exactly(7.0), truth.Any(), truth.Unknown},
		{"brother", truth.Exactly(8.0), truth.Any(), truth.Yes},
		{"niece", truth.Exactly(8.0), truth.Exactly(15), truth.No},
		{"niece", truth.Exactly(8.0), truth.Any(), truth.Unknown},
		{"son", truth.Above(6.9), truth.Exactly(12), truth.Yes},
		{"son", truth.From(6.0), truth.Exactly(12), truth.Unknown},
	} {
		m := person("r", c.word, SexUnknown)
		m.Numbers = []Number{{Value: c.value, Age: c.age}}
		if got := q.Ask(graphOf(t, 2, person("p", "", Male), m), nil); got != c.want {
			t.Errorf("%s, %v mmol/L at %v: %v, want %v", c.word, c.value, c.age, got, c.want)
		}
	}
}

func TestAFamilyOfAnyDepthIsWorkedOut(t *testing.T) {
	v := &Vocabulary{}
	line := func(n int) *Family {
		f := &Family{Patient: "p0"}
		for i := range n {
			m := Member{ID: fmt.Sprintf("p%d", i), Sex: Female, Age: truth.Any()}
			if i+1 < n {
				m.Mother = fmt.Sprintf("p%d", i+1)
			}
			f.Members = append(f.Members, m)
		}
		return f
	}
	g, err := New(v, line(400))
	if err != nil {
		t.Fatal(err)
	}
	if near, far, ok := g.Degree(9); !ok || near != 9 || far != 9 {
		t.Errorf("nine mothers up is degree %d to %d", near, far)
	}
	if _, far, ok := g.Degree(399); !ok || far < 10 {
		t.Errorf("the oldest is of degree %d, by blood %t", far, ok)
	}
	if _, err := New(v, line(maxMembers+1)); err == nil || !strings.Contains(err.Error(), "more than one family may hold") {
		t.Errorf("a family without end: %v", err)
	}
}
