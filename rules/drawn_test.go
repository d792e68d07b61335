package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An uncle's second wife, her daughter by someone else, twins, an adopted
// cousin with bowel cancer: all of it comes back from the file.
const bigFamily = `{"schema":"kindred.case/1","date":"2026-11-23","patient":"p","people":[
{"id":"p","sex":"female","age":40,"proband":true},
{"id":"u","name":"Colin","relation":"paternal uncle","age":70,"place":2.5},
{"id":"w1","sex":"female","alive":"no"},{"id":"w2","sex":"female"},
{"id":"c1","relation":"paternal cousin","mother":"w1","father":"u","sex":"female"},
{"id":"c2","relation":"paternal cousin","mother":"w1","father":"u","sex":"female"},
{"id":"step","mother":"w2","sex":"male"},
{"id":"ad","mother":"w2","father":"u","adopted":"in","conditions":[{"name":"colorectal_cancer","age":30}]},
{"id":"x","relation":"brother","count":3,"childless":"by_choice"},
{"id":"y","mother":"p","pregnancy":"ongoing"}],
"couples":[{"a":"u","b":"w1","separated":true},{"a":"u","b":"w2","related":true}],
"twins":[{"ids":["c1","c2"],"kind":"identical"}]}`

func TestWhatAFamilyTreeShowsComesBackFromTheFile(t *testing.T) {
	lib := embedded(t)
	d := lib.Dictionary()
	c, err := ParseCase([]byte(bigFamily), d)
	if err != nil {
		t.Fatal(err)
	}
	if c.People[1].Name != "Colin" || c.People[1].Place != 2.5 || c.People[8].Count != 3 || c.Twins[0].Kind != "identical" || !c.Couples[0].Separated {
		t.Errorf("read as %+v", c)
	}
	out, err := EncodeCase(c, d)
	if err != nil {
		t.Fatal(err)
	}
	again, err := ParseCase(out, d)
	if err != nil {
		t.Fatalf("%v in\n%s", err, out)
	}
	if diff := cmp.Diff(c, again); diff != "" {
		t.Error(diff)
	}
}

// The adopted cousin's cancer is nobody's blood, and neither a partner nor her
// son needs a word of relation.
func TestOnesAdoptedInAndPartnersShareNoBlood(t *testing.T) {
	lib := embedded(t)
	d := lib.Dictionary()
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	affected := func(text string) int {
		c, err := ParseCase([]byte(text), d)
		if err != nil {
			t.Fatal(err)
		}
		adv, err := book.Assess(c)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, ar := range adv.Areas {
			for _, cr := range ar.Criteria {
				for _, r := range append(cr.For, cr.Unknown...) {
					if r.Person == "ad" {
						n++
					}
				}
			}
		}
		return n
	}
	if n := affected(bigFamily); n != 0 {
		t.Errorf("the adopted cousin counts in %d reasons", n)
	}
	if affected(strings.Replace(bigFamily, `"adopted":"in",`, "", 1)) == 0 {
		t.Error("by blood the cousin counts nowhere either: this test shows nothing")
	}
}

func TestWhatCannotStandInATreeIsNamedWithItsPlace(t *testing.T) {
	d := embedded(t).Dictionary()
	for from, want := range map[string]string{
		`"a":"u","b":"w2"`:      `"b":"nobody"|$.couples[1].b: "nobody" is not among the people`,
		`"ids":["c1","c2"]`:     `"ids":["c1"]|$.twins[0]: twins need the ids of at least two people`,
		`"kind":"identical"`:    `"kind":"identicle"|did you mean "identical"`,
		`"count":3`:             `"count":300|up to 99`,
		`"pregnancy":"ongoing"`: `"pregnancy":"yes"|pregnancy cannot be "yes"`,
	} {
		to, message, _ := strings.Cut(want, "|")
		if strings.HasPrefix(to, `"b"`) {
			to = `"a":"u",` + to
		}
		_, err := ParseCase([]byte(strings.Replace(bigFamily, from, to, 1)), d)
		if err == nil || !strings.Contains(err.Error(), message) {
			t.Errorf("%s: %v", to, err)
		}
	}
}
