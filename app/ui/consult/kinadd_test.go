package consult

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"kindred/app/exchange"
	"kindred/rules"
)

func kinModel(t *testing.T) *model {
	t.Helper()
	lib, err := rules.Load(os.DirFS("testdata/rules"))
	if err != nil {
		t.Fatal(err)
	}
	m := newModel(&desk{lib: lib}, lib.Dictionary(), func() time.Time { return noon }, nobody())
	m.changed, m.renewed, m.hold = func() {}, func() {}, func() error { return nil }
	m.closed = true // no advice, no drafts
	m.rec.Identity.Sex = "female"
	m.syncIdentity()
	return m
}

// Whoever is added to whom, the word of relation and the parents say what rules
// and the drawing need.
func TestWhoIsAddedToWhomGetsTheirPlace(t *testing.T) {
	for _, c := range []struct {
		from string // words of relation added first, in order; the last one is chosen
		step kinStep
		sex  string
		want string // word, mother, father; ids by number, p the patient
	}{
		{"", childStep, "female", "daughter"},
		{"", siblingStep, "", "sibling"},
		{"", partnerStep, "", "partner"},
		{"mother", parentStep, "male", "maternal grandfather"},
		{"mother", siblingStep, "male", "maternal uncle"},
		{"mother", partnerStep, "", "father"},
		{"father;mother", partnerStep, "", "step-father"},
		{"sister", childStep, "male", "nephew mother=r1"},
		{"brother", childStep, "female", "niece father=r1"},
		{"brother", partnerStep, "", "- sex=female"},
		{"paternal aunt", childStep, "female", "paternal cousin mother=r1"},
		{"paternal aunt", parentStep, "female", "paternal grandmother"},
		{"maternal grandmother", childStep, "male", "maternal uncle"},
		{"maternal grandfather", siblingStep, "female", "maternal great-aunt mother=r2 father=r3"},
		{"daughter", childStep, "", "grandchild mother=r1"},
		{"niece", parentStep, "female", "sister"},
		{"maternal cousin", parentStep, "male", "maternal uncle"},
		{"maternal half-brother", parentStep, "male", "- sex=male"},
	} {
		m := kinModel(t)
		chosen := m.rec.Case.Patient
		for _, w := range strings.Split(c.from, ";") {
			if w != "" {
				chosen = m.addPeople(w)[0]
			}
		}
		id, err := m.addTo(chosen, c.step, c.sex, "")
		if err != nil {
			t.Errorf("%s, %s %s: %v", c.from, c.step, c.sex, err)
			continue
		}
		p := m.person(id)
		got := p.Relation
		if got == "" {
			got = "- sex=" + p.Sex
		}
		if p.Mother != "" {
			got += " mother=" + p.Mother
		}
		if p.Father != "" {
			got += " father=" + p.Father
		}
		if got != c.want {
			t.Errorf("%s, %s %s: %q, want %q", c.from, c.step, c.sex, got, c.want)
		}
	}
}

// A second partner takes no children away from the first.
func TestChildrenStayWithTheFirstPartnerWhenASecondComes(t *testing.T) {
	m := kinModel(t)
	uncle := m.addPeople("paternal uncle")[0]
	child, _ := m.addTo(uncle, childStep, "male", "")
	first, _ := m.addTo(uncle, partnerStep, "", "")
	second, err := m.addTo(uncle, partnerStep, "", "")
	if err != nil || m.person(child).Mother != first {
		t.Fatalf("the cousin's mother is %q, not the first partner (%v)", m.person(child).Mother, err)
	}
	half, err := m.addTo(second, childStep, "female", "")
	if err != nil || m.person(half).Mother != second || m.person(half).Father != uncle {
		t.Errorf("the second partner's daughter: %+v (%v)", m.person(half), err)
	}
	gone := m.dropPerson(uncle)
	slices.Sort(gone)
	if len(m.rec.Case.Couples) != 0 || m.person(first) == nil || m.person(child).Father != "" {
		t.Errorf("after the uncle went with %v: couples %v", gone, m.rec.Case.Couples)
	}
}

// Any keys in any order leave a family that can be read, drawn and listed.
func TestAnyKeysLeaveAFamilyThatCanBe(t *testing.T) {
	steps := []kinStep{parentStep, siblingStep, childStep, partnerStep}
	sexes := []string{"female", "male", "female", "male", ""}
	lib, err := rules.Load(os.DirFS("testdata/rules"))
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(40) {
		chance := rand.New(rand.NewPCG(seed, 5))
		m := kinModel(t)
		var done []string
		anyone := func() string { return m.rec.Case.People[chance.IntN(len(m.rec.Case.People))].ID }
		for range 40 {
			id := anyone()
			say := func(what string) { done = append(done, what+" of "+m.kinName(m.person(id))) }
			switch n := chance.IntN(20); {
			case n == 0:
				say("twin")
				_, _ = m.addTwin(id, sexes[chance.IntN(4)])
			case n == 1 && id != m.rec.Case.Patient:
				say("removal")
				m.dropPerson(id)
			case n == 2:
				say("word")
				w := kinWords[chance.IntN(len(kinWords))]
				if !slices.Contains(onlyOne, w) {
					m.addPeople(w)
				}
			case n == 3:
				if other := anyone(); other != id {
					say("pairing with " + other)
					m.couple(id, other)
				}
			case n == 4 && id != m.rec.Case.Patient:
				say("sex")
				_ = m.setSex(m.person(id), sexes[chance.IntN(5)])
			default:
				step, sex := steps[chance.IntN(4)], sexes[chance.IntN(5)]
				if step == parentStep && sex == "" {
					continue
				}
				say(string(step) + " " + sex)
				_, _ = m.addTo(id, step, sex, "")
			}
			file, err := rules.EncodeCase(&m.rec.Case, lib.Dictionary())
			if err == nil {
				_, err = rules.ParseCase(file, lib.Dictionary())
			}
			if err == nil {
				_, err = exchange.FromCase(&m.rec.Case, lib.Dictionary())
			}
			if rows := len(m.kinLines()); err == nil && rows != len(m.rec.Case.People) {
				t.Errorf("%d rows for %d people", rows, len(m.rec.Case.People))
			}
			if err != nil {
				t.Fatalf("seed %d: %v\nafter %s\n%s", seed, err, strings.Join(done, ", "), file)
			}
		}
	}
}
