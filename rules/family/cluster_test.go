package family

import (
	"testing"

	"kindred/rules/truth"
)

// amsterdam2 is the family clause of Amsterdam II (Vasen 1999) with the small
// vocabulary of the tests.
func amsterdam2() *Cluster {
	q := NewCluster(SetOf(bowel, womb), 3)
	q.FirstDegreeOfOthers, q.Generations = 2, 2
	q.Youngest = YoungerThan(50)
	q.Confirmed, q.SameSide = true, true
	q.Prepare(testVocabulary)
	return q
}

func TestAmsterdamTwo(t *testing.T) {
	p := func(cs ...Condition) Member { return person("p", "", SexUnknown, cs...) }
	unconfirmed := at(bowel, 60)
	unconfirmed.Confirmed = truth.Unknown
	fifties := atUnknownAge(bowel)
	fifties.Age = truth.Span{Lo: 50, Hi: 59}
	about50 := atUnknownAge(bowel)
	about50.Age = truth.Span{Lo: 48, Hi: 52}
	for _, c := range []struct {
		name   string
		people []Member
		asked  int8
		want   truth.K
		reason Reason // among Against (no) or Unknown
	}{
		{"patient, mother, maternal aunt, one at 45", []Member{p(at(bowel, 45)), person("m", "mother", Female, at(bowel, 60)), person("a", "maternal aunt", Female, at(womb, 55))}, 3, truth.Yes, Counts},
		{"nobody under 50", []Member{p(at(bowel, 52)), person("m", "mother", Female, at(bowel, 60)), person("a", "maternal aunt", Female, at(womb, 55))}, 3, truth.No, NobodyYoung},
		{"exactly 50 is not under 50", []Member{p(at(bowel, 50)), person("m", "mother", Female, at(bowel, 61)), person("g", "maternal grandfather", Male, at(bowel, 72))}, 3, truth.No, NobodyYoung},
		{"three siblings, one generation", []Member{p(at(bowel, 45)), person("s", "sister", Female, at(womb, 48)), person("b", "brother", Male, at(bowel, 51))}, 3, truth.No, OneGeneration},
		{"aunt and grandfather: the patient is second degree to both", []Member{p(at(bowel, 45)), person("a", "maternal aunt", Female, at(bowel, 60)), person("g", "maternal grandfather", Male, at(bowel, 70))}, 3, truth.No, NotFirstDegree},
		{"two tumours in one person are one person", []Member{p(at(bowel, 44), at(womb, 47)), person("m", "mother", Female, at(bowel, 60))}, 3, truth.No, TooFew},
		{"unaffected patient, mother, grandmother, uncle", []Member{p(), person("m", "mother", Female, at(bowel, 49)), person("g", "maternal grandmother", Female, at(bowel, 66)), person("u", "maternal uncle", Male, at(bowel, 70))}, 3, truth.Yes, Counts},
		{"patient and two children", []Member{p(at(bowel, 46)), person("s", "son", Male, at(bowel, 28)), person("d", "daughter", Female, at(womb, 33))}, 3, truth.Yes, Counts},
		{"both parents join two sides", []Member{p(at(bowel, 45)), person("m", "mother", Female, at(bowel, 50)), person("f", "father", Male, at(bowel, 49))}, 3, truth.Unknown, BothParents},
		{"mother and paternal aunt do not add up", []Member{p(at(bowel, 45)), person("m", "mother", Female, at(bowel, 50)), person("a", "paternal aunt", Female, at(bowel, 49))}, 3, truth.No, OneSideOnly},
		{"step-mother is no blood", []Member{p(at(bowel, 45)), person("s", "step_mother", Female, at(bowel, 48)), person("m", "mother", Female, at(bowel, 66))}, 3, truth.No, NotByBlood},
		{"half-sister through the mother, without the mother", []Member{p(at(bowel, 45)), person("h", "maternal half-sister", Female, at(bowel, 48)), person("s", "sister", Female, at(bowel, 50))}, 3, truth.No, NotFirstDegree},
		{"half-sister with the mother", []Member{p(at(bowel, 45)), person("h", "maternal half-sister", Female, at(bowel, 48)), person("m", "mother", Female, at(bowel, 70))}, 3, truth.Yes, Counts},
		{"one not confirmed", []Member{p(at(bowel, 45)), person("m", "mother", Female, unconfirmed), person("g", "maternal grandfather", Male, at(bowel, 62))}, 3, truth.Unknown, ConfirmationNotKnown},
		{"in her fifties is surely not under 50", []Member{p(at(bowel, 55)), person("m", "mother", Female, fifties), person("g", "maternal grandfather", Male, at(bowel, 62))}, 3, truth.No, NobodyYoung},
		{"about 50 is open", []Member{p(at(bowel, 55)), person("m", "mother", Female, about50), person("g", "maternal grandfather", Male, at(bowel, 62))}, 3, truth.Unknown, AgeNotKnown},
		{"cousin by word may or may not be the aunt's", []Member{p(), person("a", "maternal aunt", Female, at(bowel, 60)), person("g", "maternal grandfather", Male, at(bowel, 62)), person("c", "maternal cousin", Female, at(bowel, 40))}, 3, truth.Unknown, FirstDegreeNotSure},
		{"cousins not asked about", []Member{p(at(bowel, 45)), person("m", "mother", Female, at(bowel, 60))}, 2, truth.Unknown, RelativesNotAsked},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := graphOf(t, c.asked, c.people...)
			var ev Evidence
			got := amsterdam2().Ask(g, &ev)
			if got != c.want {
				t.Fatalf("%v, want %v\n%+v", got, c.want, ev)
			}
			if plain := amsterdam2().Ask(g, nil); plain != got {
				t.Errorf("without evidence the answer is %v", plain)
			}
			for _, f := range append(append(append([]Finding{}, ev.For...), ev.Against...), ev.Unknown...) {
				if f.Reason == c.reason {
					return
				}
			}
			t.Errorf("no finding says %q: %+v", c.reason, ev)
		})
	}
}

func TestDirectoryFamilyRoutes(t *testing.T) {
	both60 := NewCluster(SetOf(bowel, womb, prostate), 2) // R210 2d
	both60.Far, both60.IncludesPatient, both60.Ages, both60.OneOf = 1, true, AtMost(60), SetOf(bowel, womb)
	both60.SameSide = true
	all75 := NewCluster(SetOf(bowel, womb, prostate), 3) // R210 2e
	all75.Far, all75.IncludesPatient, all75.Ages, all75.OneOf = 3, true, AtMost(75), SetOf(bowel, womb)
	all75.SameSide = true
	two := NewCluster(SetOf(bowel, womb, prostate), 1) // R210 2c
	two.Far, two.IncludesPatient, two.Tumours, two.OneOf = 0, true, 2, SetOf(bowel, womb)
	for _, q := range []*Cluster{both60, all75, two} {
		q.Prepare(testVocabulary)
	}
	p := func(cs ...Condition) Member { return person("p", "", SexUnknown, cs...) }
	for _, c := range []struct {
		name   string
		q      *Cluster
		people []Member
		want   truth.K
	}{
		{"2d at 60 and 60", both60, []Member{p(at(prostate, 60)), person("m", "mother", Female, at(womb, 60))}, truth.Yes},
		{"2d one at 61", both60, []Member{p(at(prostate, 60)), person("m", "mother", Female, at(womb, 61))}, truth.No},
		{"2d neither bowel nor womb", both60, []Member{p(at(prostate, 50)), person("f", "father", Male, at(prostate, 50))}, truth.No},
		{"2d second degree does not count", both60, []Member{p(at(bowel, 50)), person("a", "maternal aunt", Female, at(womb, 50))}, truth.No},
		{"2d unaffected patient, nobody asked further", both60, []Member{p(), person("m", "mother", Female, at(womb, 50))}, truth.No},
		{"2e at 75 with an aunt and a cousin", all75, []Member{p(at(bowel, 75)), person("a", "maternal aunt", Female, at(womb, 70)), person("c", "maternal cousin", Male, at(prostate, 75))}, truth.Yes},
		{"2e on two sides", all75, []Member{p(at(bowel, 75)), person("a", "maternal aunt", Female, at(womb, 70)), person("c", "paternal cousin", Male, at(prostate, 75))}, truth.No},
		{"2c two tumours of the patient", two, []Member{p(at(bowel, 78), at(prostate, 70))}, truth.Yes},
		{"2c two prostate cancers", two, []Member{p(at(prostate, 78), at(prostate, 70))}, truth.No},
		{"2c one tumour", two, []Member{p(at(bowel, 78))}, truth.No},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.q.Ask(graphOf(t, 3, c.people...), nil); got != c.want {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

func TestBowelScreeningKinship(t *testing.T) {
	moderate, high := NewCluster(SetOf(bowel), 2), NewCluster(SetOf(bowel), 3)
	for _, q := range []*Cluster{moderate, high} {
		q.Near, q.Kinship = 1, true
		q.Prepare(testVocabulary)
	}
	high.Generations = 2
	p := person("p", "", Female)
	for _, c := range []struct {
		name           string
		people         []Member
		moderate, high truth.K
	}{
		{"mother and brother", []Member{p, person("m", "mother", Female, at(bowel, 70)), person("b", "brother", Male, at(bowel, 66))}, truth.Yes, truth.No},
		{"both parents", []Member{p, person("m", "mother", Female, at(bowel, 70)), person("f", "father", Male, at(bowel, 71))}, truth.Yes, truth.No},
		{"aunt and grandmother, no first degree", []Member{p, person("a", "maternal aunt", Female, at(bowel, 45)), person("g", "maternal grandmother", Female, at(bowel, 60))}, truth.No, truth.No},
		{"mother, sister, grandfather", []Member{p, person("m", "mother", Female, at(bowel, 66)), person("s", "sister", Female, at(bowel, 58)), person("g", "maternal grandfather", Male, at(bowel, 70))}, truth.Yes, truth.Yes},
		{"mother and the patient's son are not linked through a healthy patient", []Member{p, person("m", "mother", Female, at(bowel, 66)), person("s", "son", Male, at(bowel, 30))}, truth.No, truth.No},
		{"mother, her sister, and a paternal uncle", []Member{p, person("m", "mother", Female, at(bowel, 60)), person("a", "maternal aunt", Female, at(bowel, 45)), person("u", "paternal uncle", Male, at(bowel, 47))}, truth.Yes, truth.No},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := graphOf(t, 3, c.people...)
			if got := moderate.Ask(g, nil); got != c.moderate {
				t.Errorf("moderate: %v, want %v", got, c.moderate)
			}
			if got := high.Ask(g, nil); got != c.high {
				t.Errorf("high: %v, want %v", got, c.high)
			}
		})
	}
}
