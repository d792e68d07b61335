package rules

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"kindred/rules/truth"
)

// turned is a rerooted family as a line: id = relation, or its parents where no
// word says it.
func turned(r *Rerooted) string {
	var out []string
	for i := range r.People {
		p := &r.People[i]
		text := p.ID + "=" + p.Relation
		if p.Relation == "" && i > 0 {
			text += p.Mother + "+" + p.Father
		}
		out = append(out, text)
	}
	return strings.Join(out, " ")
}

func TestAFamilyIsSeenFromARelative(t *testing.T) {
	lib := embedded(t)
	for _, c := range []struct {
		story, people, twins string
		of, want, left       string
	}{
		{
			"the brother has the same parents and the same uncle",
			`{"id": "p", "sex": "female", "age": 41}, {"id": "b", "relation": "brother"}, {"id": "m", "relation": "mother"}, {"id": "u", "relation": "paternal uncle"}, {"id": "d", "relation": "daughter"}`, "",
			"b", "b= p=sister m=mother u=paternal uncle d=niece k1=father k2=paternal grandmother k3=paternal grandfather", "",
		},
		{
			"to the maternal aunt the patient is her sister's daughter; the father's side is nothing to her",
			`{"id": "p", "sex": "female"}, {"id": "a", "relation": "maternal aunt"}, {"id": "f", "relation": "father"}, {"id": "u", "relation": "paternal uncle"}`, "",
			"a", "a= p=niece k1=sister k2=mother k3=father", "",
		},
		{
			"a half-sister stays a half-sister",
			`{"id": "p", "sex": "male"}, {"id": "h", "relation": "maternal half-sister"}, {"id": "b", "relation": "brother"}`, "",
			"h", "h= p=maternal half-brother b=maternal half-brother k1=mother k2=+ k5=father", "",
		},
		{
			"the daughter's other parent is left open, so nobody knows whether her brother is a full one",
			`{"id": "p", "sex": "female"}, {"id": "d", "relation": "daughter"}, {"id": "s", "relation": "son"}, {"id": "m", "relation": "mother"}`, "",
			"d", "d= p=mother s=p+ m=maternal grandmother", "",
		},
		{
			"a cousin nobody placed cannot be placed from the aunt, who may be the mother",
			`{"id": "p", "sex": "female"}, {"id": "a", "relation": "maternal aunt"}, {"id": "c", "relation": "maternal cousin"}`, "",
			"a", "a= p=niece k1=sister k2=mother k3=father", "c",
		},
		{
			"a cousin with a mother is her child",
			`{"id": "p", "sex": "female"}, {"id": "a", "relation": "maternal aunt"}, {"id": "c", "mother": "a", "sex": "male"}`, "",
			"a", "a= p=niece c=son k1=sister k2=mother k3=father", "",
		},
		{
			"a niece nobody placed stands alone",
			`{"id": "p", "sex": "female"}, {"id": "n", "relation": "niece"}, {"id": "m", "relation": "mother"}`, "",
			"n", "n=", "",
		},
		{
			"a step-father is no relative",
			`{"id": "p", "sex": "female"}, {"id": "m", "relation": "mother"}, {"id": "s", "relation": "step-father"}`, "",
			"m", "m= p=daughter", "",
		},
	} {
		k, err := ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [`+c.people+`]}`), lib.Dictionary())
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		r, err := lib.Dictionary().Reroot(k, c.of, nil)
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		if got := turned(r); got != c.want || strings.Join(r.Left, " ") != c.left {
			t.Errorf("%s:\n got %s (left %v)\nwant %s (left %s)", c.story, got, r.Left, c.want, c.left)
		}
		if joined := strings.Contains(c.want, "p="); r.Joined != joined {
			t.Errorf("%s: joined is %v", c.story, r.Joined)
		}
	}
}

// chancesOf are everyone's chances in a case, by id.
func chancesOf(t *testing.T, b *Book, c *Case) map[string]float64 {
	t.Helper()
	adv, err := b.Assess(c)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]float64{}
	for _, a := range adv.Areas {
		if a.Cascade != nil && a.Area == "fh" {
			for _, o := range a.Cascade.Offers {
				out[o.Person] = o.Chance
			}
		}
	}
	return out
}

// Whoever's consultation it is, the same people have the same chances: turning
// the family loses nothing that they rest on.
func TestTurningTheFamilyKeepsEveryonesChance(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(5, 6))
	words := []string{
		"mother", "father", "sister", "brother", "daughter", "son", "maternal half-sister", "paternal half-brother",
		"maternal grandmother", "paternal grandfather", "maternal aunt", "paternal uncle", "maternal uncle",
	}
	compared := 0
	for range 80 {
		c := &Case{Date: "2026-11-23", Patient: "p", People: []Person{{ID: "p", Sex: []string{"female", "male"}[r.IntN(2)], Age: truth.Any(), Facts: map[string]Answer{}}}}
		once := map[string]bool{}
		for i := range 3 + r.IntN(9) {
			w := words[r.IntN(len(words))]
			if single := strings.HasSuffix(w, "mother") || strings.HasSuffix(w, "father"); single && once[w] {
				continue
			}
			once[w] = true
			c.People = append(c.People, Person{ID: fmt.Sprintf("r%d", i), Relation: w, Age: truth.Any(), Facts: map[string]Answer{}})
			if p := &c.People[len(c.People)-1]; r.IntN(3) == 0 && (w == "maternal aunt" || w == "sister") {
				c.People = append(c.People, Person{ID: fmt.Sprintf("c%d", i), Mother: p.ID, Sex: "male", Age: truth.Any(), Facts: map[string]Answer{}})
			}
		}
		c.People[0].Facts["genetics.fh"] = Answer{Choice: "positive"}
		for i := range c.People {
			if i > 0 && r.IntN(4) == 0 {
				c.People[i].Facts["genetics.fh"] = Answer{Choice: []string{"positive", "negative"}[r.IntN(2)]}
			}
		}
		tested := func(id string) bool {
			i := slices.IndexFunc(c.People, func(p Person) bool { return p.ID == id })
			return i >= 0 && c.People[i].Facts["genetics.fh"].Choice != ""
		}
		before := chancesOf(t, book, c)
		if len(before) == 0 {
			continue // results that cannot all be so
		}
		of := c.People[1+r.IntN(len(c.People)-1)].ID
		turned, err := lib.Dictionary().Reroot(c, of, tested)
		if err != nil {
			t.Fatalf("%s of %+v: %v", of, c.People, err)
		}
		other := &Case{Date: c.Date, Patient: of, People: turned.People, Twins: turned.Twins}
		for i := range other.People {
			for j := range c.People {
				if a, ok := c.People[j].Facts["genetics.fh"]; ok && c.People[j].ID == other.People[i].ID {
					other.People[i].Facts["genetics.fh"] = a
				}
			}
		}
		for id, chance := range chancesOf(t, book, other) {
			if was, ok := before[id]; ok {
				compared++
				if math.Abs(was-chance) > 1e-6 {
					t.Fatalf("%s seen from %s: %v, was %v\n%+v\n%+v", id, of, chance, was, c.People, other.People)
				}
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d chances compared", compared)
	}
}
