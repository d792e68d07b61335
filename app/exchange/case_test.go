package exchange

import (
	"math"
	"slices"
	"strings"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/truth"
)

// What a case says of the tree arrives in the drawing: a second wife, twins, an
// adopted child under a dashed line, a pregnancy, where a symbol was moved to.
func TestACaseIsDrawnWithAllThatItSaysOfTheTree(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	c, err := rules.ParseCase([]byte(`{"schema":"kindred.case/1","patient":"p","people":[
		{"id":"p","sex":"female"},{"id":"u","name":"Colin","relation":"paternal uncle","place":2,"childless":"infertile"},
		{"id":"w1","sex":"female"},{"id":"w2","sex":"female"},
		{"id":"c1","relation":"paternal cousin","mother":"w1","father":"u"},{"id":"c2","relation":"paternal cousin","mother":"w1","father":"u"},
		{"id":"ad","mother":"w2","father":"u","adopted":"in"},{"id":"y","mother":"p","pregnancy":"ongoing"},{"id":"z","mother":"p","pregnancy":"miscarriage"}],
		"couples":[{"a":"u","b":"w1","separated":true},{"a":"w2","b":"u","related":true}],"twins":[{"ids":["c1","c2"],"kind":"fraternal"}]}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	f, err := FromCase(c, lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	ped := f.Pedigree(Show{})
	at := func(id string) sketch.Person {
		i := slices.IndexFunc(ped.People, func(p sketch.Person) bool { return p.ID == id })
		return ped.People[i]
	}
	switch {
	case f.People[1].Name != "Colin", at("u").Hint != 2, at("u").Childless != sketch.Infertile:
		t.Errorf("the uncle: %+v", at("u"))
	case at("ad").Adopted != sketch.AdoptedIn || at("ad").Father != "u":
		t.Errorf("adopted in: %+v", at("ad"))
	case at("y").Inside != "P" || !at("z").Loss:
		t.Errorf("pregnancies: %+v %+v", at("y"), at("z"))
	case len(ped.Couples) != 2 || !ped.Couples[0].Separated || !ped.Couples[1].Related:
		t.Errorf("couples: %+v", ped.Couples)
	case len(ped.Twins) != 1 || ped.Twins[0].Zygosis != sketch.Fraternal:
		t.Errorf("twins: %+v", ped.Twins)
	}
	// A partner by word who is also in the list of couples is one partner.
	c, err = rules.ParseCase([]byte(`{"schema":"kindred.case/1","patient":"p","people":[{"id":"p","sex":"female"},{"id":"h","relation":"partner"},{"id":"d","relation":"daughter"}],
		"couples":[{"a":"h","b":"p","separated":true}]}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	if f, err = FromCase(c, lib.Dictionary()); err != nil || len(f.Couples) != 1 || !f.Couples[0].Separated {
		t.Fatalf("couples: %+v (%v)", f.Couples, err)
	}
	if drawn := f.Pedigree(Show{}); drawn.People[2].Father != "h" {
		t.Errorf("the daughter hangs under %q, not under the only partner", drawn.People[2].Father)
	}
	for i := range ped.People {
		for _, l := range ped.People[i].Lines {
			if l.Text == "Colin" {
				t.Error("a name in a picture without names")
			}
		}
	}
}

func TestAnAgeInWordsStandsOnOneLine(t *testing.T) {
	d := dictionary(t)
	f, err := FromCase(&rules.Case{Patient: "p", People: []rules.Person{{ID: "p", Age: truth.Exactly(60), Alive: truth.Yes, Conditions: []rules.Condition{
		{Name: "colorectal_cancer", Age: truth.Span{Lo: math.Inf(-1), Hi: 50}, Present: truth.Yes},
	}}}}, d)
	if err != nil {
		t.Fatal(err)
	}
	picture := string(sketch.Family(f.Pedigree(CaseKey(d)), sketch.Options{}).SVG(sketch.Print))
	if !strings.Contains(picture, ">up to 50<") {
		t.Errorf("the age is broken or changed in %s", picture)
	}
}
