package consult_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kindred/app/consult"
	"kindred/app/exchange"
	"kindred/rules"
	"kindred/rules/truth"
)

func familyBook(t *testing.T) *rules.Dictionary {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	return lib.Dictionary()
}

func alone() *consult.Record {
	return &consult.Record{ID: "c", Case: rules.Case{Date: "2026-11-23", Patient: "p", People: []rules.Person{
		{ID: "p", Age: truth.Any(), Alive: truth.Yes, Facts: map[string]rules.Answer{}},
	}}}
}

// shape is who is whose child and partner, by place in the list and not by id.
func shape(c *rules.Case) []string {
	at := map[string]string{"": "-"}
	for i := range c.People {
		at[c.People[i].ID] = string(rune('A'+i%26)) + string(rune('a'+i/26))
	}
	var out []string
	for i := range c.People {
		p := &c.People[i]
		line := at[p.ID] + " " + at[p.Mother] + " " + at[p.Father] + " " + p.Pregnancy + p.Adopted + p.Age.String()
		if i > 0 {
			line += p.Sex
		}
		for _, x := range p.Conditions {
			line += " " + x.Name + x.Age.String()
		}
		out = append(out, line)
	}
	return out
}

func TestEverySampleFamilyIsTakenSavedAndReadBackTheSame(t *testing.T) {
	shared := os.Getenv("KINDRED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	paths, _ := filepath.Glob(filepath.Join(shared, "samples", "pedigrees", "*"))
	if len(paths) == 0 {
		t.Skip("../shared is not here")
	}
	d := familyBook(t)
	for _, path := range paths {
		f, err := consult.OpenFamilyFile(path, d)
		if err != nil { // two of them are faulty: their parents are absent or of the other sex
			if !strings.Contains(err.Error(), "line ") {
				t.Errorf("%s is refused without its line: %v", filepath.Base(path), err)
			}
			continue
		}
		for i := range f.Families {
			who := consult.Marked(&f.Families[i])
			if who == "" {
				who = f.Families[i].People[len(f.Families[i].People)-1].ID
			}
			taken, err := f.Take(alone(), i, who)
			if err != nil {
				t.Errorf("%s, family %q from %s: %v", filepath.Base(path), f.Families[i].ID, who, err)
				continue
			}
			loose := strings.Contains(strings.Join(taken.Left, "; "), "nothing links")
			if n := len(taken.Case.People); n != len(f.Families[i].People) && !loose {
				t.Errorf("%s: %d of %d people", filepath.Base(path), n, len(f.Families[i].People))
			}
			data, lost, err := consult.SaveFamily(&taken.Case, d, ".case.json", true)
			if err != nil || len(lost) > 0 {
				t.Errorf("%s: saved with %v lost: %v", filepath.Base(path), lost, err)
				continue
			}
			back, err := consult.ReadFamilyFile(data, d)
			if err != nil {
				t.Errorf("%s: read back: %v", filepath.Base(path), err)
				continue
			}
			again, err := back.Take(alone(), 0, "p")
			if err != nil || !slices.Equal(shape(&again.Case), shape(&taken.Case)) {
				t.Errorf("%s, family %q is another one after saving and opening (%v)", filepath.Base(path), f.Families[i].ID, err)
			}
		}
	}
}

func TestEveryFormIsWrittenWithoutNamesUnlessTheyAreAskedFor(t *testing.T) {
	d := familyBook(t)
	f, err := consult.ReadFamilyFile([]byte("F Zebedee Oswin Walburga 1 2\nF Walburga 0 0 2 1\nF Oswin 0 0 1 1\n"), d)
	if err != nil {
		t.Fatal(err)
	}
	r := alone()
	r.Identity.Sex = "male"
	taken, err := f.Take(r, 0, "Zebedee")
	if err != nil {
		t.Fatal(err)
	}
	taken.Case.People[0].Sex = "male"
	for _, form := range exchange.Forms {
		data, _, err := consult.SaveFamily(&taken.Case, d, form, false)
		if err != nil || len(data) == 0 {
			t.Errorf("%s: %v", form, err)
		}
		if strings.Contains(string(data), "Walburga") {
			t.Errorf("%s names the mother", form)
		}
		if _, err := consult.ReadFamilyFile(data, d); err != nil {
			t.Errorf("%s cannot be opened again: %v", form, err)
		}
	}
}

func TestWhatWasEnteredAboutThePatientStaysAndOldRelativesLendNobodyTheirIds(t *testing.T) {
	d := familyBook(t)
	f, err := consult.ReadFamilyFile([]byte("F r1 r2 p 2 2\nF r2 0 0 2 1\nF p 0 0 1 1\n"), d)
	if err == nil {
		t.Fatal("a father in the mother's place was read")
	}
	f, err = consult.ReadFamilyFile([]byte("F r1 p r2 2 2\nF r2 0 0 2 1\nF p 0 0 1 1\n"), d)
	if err != nil {
		t.Fatal(err)
	}
	r := alone()
	r.Identity.Sex = "female"
	r.Case.People[0].Age = truth.Exactly(41)
	r.Case.People[0].Conditions = []rules.Condition{{Name: "colorectal_cancer", Age: truth.Exactly(40), Present: truth.Yes}}
	r.Case.People = append(r.Case.People, rules.Person{ID: "r1", Relation: "sister", Sex: "female", Age: truth.Any()})
	r.Case.Asked = map[string]int{"cancer": 2}
	r.Kin = &consult.Kin{Members: map[string]string{"r2": "m"}}
	taken, err := f.Take(r, 0, "r1")
	if err != nil {
		t.Fatal(err)
	}
	c := &taken.Case
	if p := &c.People[0]; p.ID != "p" || p.Age != truth.Exactly(41) || len(p.Conditions) != 1 || p.Mother != "r4" && p.Mother != "r3" {
		t.Errorf("the patient became %+v", p)
	}
	for _, p := range c.People[1:] {
		if p.ID == "p" || p.ID == "r1" || p.ID == "r2" {
			t.Errorf("%s means somebody else already", p.ID)
		}
	}
	if len(c.Asked) > 0 || len(taken.Changes) == 0 {
		t.Error("silence about the old family means no in the new one")
	}
	if _, err := f.Take(r, 0, "p"); err == nil || !strings.Contains(err.Error(), "male in the file") {
		t.Errorf("a woman became the father: %v", err)
	}
}
