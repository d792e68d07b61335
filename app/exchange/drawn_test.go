package exchange

import (
	"bytes"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kindred/app/sketch"
)

var families = flag.Int("families", 240, "how many random families are drawn")

func drawn(t testing.TB, f *Family) picture {
	return look(t, sketch.Family(f.Pedigree(Show{Names: true}), sketch.Options{}).SVG(sketch.Print))
}

// checkDrawing reports everything a reader would misread.
func checkDrawing(t *testing.T, f *Family) {
	t.Helper()
	p := drawn(t, f)
	for _, fault := range misread(f, &p) {
		t.Error(fault)
	}
}

// The families on which other programs failed, as fathers, mothers, sexes
// (family_and_exchange.md §2.3).
var killers = map[string][3][]int{
	"chain of remarriages":      {{0, 0, 0, 0, 0, 1, 3, 3, 5, 6, 8, 8, 10, 12, 13}, {0, 0, 0, 0, 0, 2, 2, 4, 4, 7, 7, 9, 11, 11, 14}, {1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 2, 1, 1, 2, 1}},
	"somebody not drawn":        {{0, 0, 0, 1, 3, 0, 3}, {0, 0, 0, 2, 4, 0, 6}, {1, 2, 1, 2, 1, 2, 1}},
	"mother and son":            {{0, 0, 1, 3}, {0, 0, 2, 2}, {1, 2, 1, 1}},
	"mother and son of many":    {{0, 0, 1, 1, 1, 1, 3}, {0, 0, 2, 2, 2, 2, 2}, {1, 2, 1, 1, 1, 1, 1}},
	"two with one wife":         {{0, 0, 1, 1, 1, 3, 4}, {0, 0, 2, 2, 2, 5, 5}, {1, 2, 1, 1, 2, 1, 1}},
	"rows in another order":     {{0, 0, 1, 13, 3, 8, 5, 0, 0, 0, 0, 0, 0, 0}, {0, 0, 2, 14, 4, 9, 6, 0, 0, 0, 0, 0, 0, 0}, {1, 2, 1, 2, 1, 2, 1, 1, 2, 1, 2, 1, 1, 2}},
	"double marriage":           {{0, 0, 1, 0, 0, 0, 3, 3, 5, 5, 7, 10}, {0, 0, 2, 0, 0, 0, 4, 4, 6, 6, 9, 8}, {1, 2, 1, 2, 1, 2, 1, 2, 2, 1, 1, 2}},
	"remarried mother's family": {{0, 0, 0, 2, 0, 4, 4, 1}, {0, 0, 0, 3, 0, 5, 5, 5}, {1, 1, 2, 1, 2, 2, 2, 2}},
}

func killer(of [3][]int) Family {
	f := Family{ID: "k"}
	id := func(n int) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for i := range of[0] {
		f.People = append(f.People, Person{ID: id(i + 1), Father: id(of[0][i]), Mother: id(of[1][i]), Sex: [...]string{"", "male", "female"}[of[2][i]]})
	}
	return f
}

func TestFamiliesThatOtherProgramsFailedOn(t *testing.T) {
	for name, of := range killers {
		t.Run(name, func(t *testing.T) {
			f := killer(of)
			checkDrawing(t, &f)
			checkOrder(t, &f, rand.New(rand.NewPCG(1, 2)))
			checkMirror(t, &f)
		})
	}
}

// Twins share their parents, whoever these are.
func TestTwinsWithoutRecordedParentsAreDrawnAsTwins(t *testing.T) {
	for _, kind := range []string{"identical", "fraternal", ""} {
		f := Family{People: []Person{{ID: "a", Sex: "male"}, {ID: "b", Sex: "male"}, {ID: "c", Sex: "female"}, {ID: "d", Mother: "c", Father: "a"}}, Twins: []Twins{{IDs: []string{"a", "b"}, Kind: kind}}}
		checkDrawing(t, &f)
		checkOrder(t, &f, rand.New(rand.NewPCG(1, 2)))
	}
}

func TestSamplePedigreesAreDrawnWhole(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared(t, "samples", "pedigrees"), "*"))
	if err != nil || len(files) < 15 {
		t.Fatalf("%d sample files: %v", len(files), err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			families, _, err := ReadPED(data)
			// These two are wrong on purpose: parents who are not in the file, a
			// mother recorded male.
			if want := map[string]string{"madeline_si_001.data": `who is not in the file`, "madeline_cs_003.data": `line 15: 08 has the mother "07", who is recorded as male (line 14)`}[name]; want != "" {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Fatalf("got %v, want %q", err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for i := range families {
				checkDrawing(t, &families[i])
				checkOrder(t, &families[i], rand.New(rand.NewPCG(1, 2)))
			}
		})
	}
}

// checkOrder: the same people in any order give the same picture.
func checkOrder(t *testing.T, f *Family, chance *rand.Rand) {
	t.Helper()
	if fault := otherPicture(t, f, chance); fault != "" {
		t.Error(fault)
	}
}

func otherPicture(t testing.TB, f *Family, chance *rand.Rand) string {
	g := *f
	g.People, g.Couples, g.Twins = slices.Clone(f.People), slices.Clone(f.Couples), slices.Clone(f.Twins)
	chance.Shuffle(len(g.People), func(i, j int) { g.People[i], g.People[j] = g.People[j], g.People[i] })
	slices.Reverse(g.Couples)
	slices.Reverse(g.Twins)
	for i, c := range g.Couples {
		g.Couples[i].A, g.Couples[i].B = c.B, c.A
	}
	for i := range g.Twins {
		g.Twins[i].IDs = slices.Clone(g.Twins[i].IDs)
		slices.Reverse(g.Twins[i].IDs)
	}
	draw := func(f *Family) []byte {
		return sketch.Family(f.Pedigree(Show{Names: true}), sketch.Options{}).SVG(sketch.Print)
	}
	if !bytes.Equal(draw(f), draw(&g)) {
		return "the same people in another order give another picture"
	}
	return ""
}

// checkMirror: with all sexes swapped the picture is as good.
func checkMirror(t *testing.T, f *Family) {
	t.Helper()
	if fault := worseSwapped(t, f); fault != "" {
		t.Error(fault)
	}
}

func worseSwapped(t testing.TB, f *Family) string {
	g := *f
	g.People = slices.Clone(f.People)
	for i := range g.People {
		p := &g.People[i]
		p.Mother, p.Father = p.Father, p.Mother
		p.Sex = map[string]string{"male": "female", "female": "male"}[p.Sex]
	}
	one, other := drawn(t, f), drawn(t, &g)
	if faults := misread(&g, &other); len(faults) > 0 {
		return "with the sexes swapped: " + faults[0]
	}
	if a, b := one.crossings(), other.crossings(); a != b {
		return fmt.Sprintf("%d crossings, with the sexes swapped %d", a, b)
	}
	return ""
}

func TestRandomFamiliesAreDrawnWithoutAFault(t *testing.T) {
	worst, crossed := 0, 0
	for seed := range *families {
		f := randomFamily(rand.New(rand.NewPCG(uint64(seed), 7)), 4+seed%28)
		fault := func(f *Family) string {
			p := drawn(t, f)
			if faults := misread(f, &p); len(faults) > 0 {
				return faults[0]
			}
			return otherPicture(t, f, rand.New(rand.NewPCG(3, 3)))
		}
		if what := fault(&f); what != "" {
			small := shrunk(f, func(g *Family) bool { return fault(g) != "" })
			var ped bytes.Buffer
			_, _ = WritePED(&ped, []Family{small})
			t.Fatalf("family %d: %s\nsmallest: %s\n%scouples %v twins %v", seed, what, fault(&small), ped.String(), small.Couples, small.Twins)
		}
		p := drawn(t, &f)
		if n := p.crossings(); n > 0 {
			crossed++
			worst = max(worst, n)
		}
	}
	t.Logf("%d of %d families have lines that cross, at most %d", crossed, *families, worst)
}

// shrunk leaves people out as long as the fault stays.
func shrunk(f Family, bad func(*Family) bool) Family {
	for again := true; again; {
		again = false
		for i := range f.People {
			g := without(f, i)
			if len(g.People) > 0 && bad(&g) {
				f, again = g, true
				break
			}
		}
		for i := range f.Couples {
			g := f
			g.Couples = slices.Delete(slices.Clone(f.Couples), i, i+1)
			if bad(&g) {
				f, again = g, true
				break
			}
		}
		for i := range f.Twins {
			g := f
			g.Twins = slices.Delete(slices.Clone(f.Twins), i, i+1)
			if bad(&g) {
				f, again = g, true
				break
			}
		}
	}
	return f
}

func without(f Family, i int) Family {
	gone := f.People[i].ID
	g := Family{ID: f.ID, People: slices.Delete(slices.Clone(f.People), i, i+1)}
	for k := range g.People {
		if p := &g.People[k]; p.Mother == gone {
			p.Mother = ""
		} else if p.Father == gone {
			p.Father = ""
		}
	}
	for _, c := range f.Couples {
		if c.A != gone && c.B != gone {
			g.Couples = append(g.Couples, c)
		}
	}
	for _, t := range f.Twins {
		t.IDs = slices.DeleteFunc(slices.Clone(t.IDs), func(id string) bool { return id == gone })
		if len(t.IDs) > 1 && g.sameParents(t.IDs) {
			g.Twins = append(g.Twins, t)
		}
	}
	return g
}

func (f *Family) sameParents(ids []string) bool {
	var keys []string
	for i := range f.People {
		if p := &f.People[i]; slices.Contains(ids, p.ID) {
			keys = append(keys, p.Mother+"×"+p.Father)
		}
	}
	return !slices.ContainsFunc(keys, func(k string) bool { return k != keys[0] || k == "×" })
}

// randomFamily grows a family of about n people: remarriages, half-siblings,
// twins and triplets, marriages of cousins and across generations, one recorded
// parent, couples without children, people on their own.
func randomFamily(chance *rand.Rand, n int) Family {
	f := Family{ID: "r"}
	wild := chance.IntN(4) // 0: nobody marries a relative
	add := func(sex string, mother, father int) int {
		p := Person{ID: "p" + strconv.Itoa(len(f.People)), Sex: sex}
		if mother >= 0 {
			p.Mother = f.People[mother].ID
		}
		if father >= 0 {
			p.Father = f.People[father].ID
		}
		f.People = append(f.People, p)
		return len(f.People) - 1
	}
	sex := func() string { return [...]string{"male", "female", "male", "female", ""}[chance.IntN(5)] }
	partner := func(i int) (mother, father int, ok bool) {
		j := -1
		if wild > 0 && chance.IntN(6) == 0 {
			j = chance.IntN(len(f.People))
		}
		if chance.IntN(12) == 0 { // somebody with a family of their own
			a, b := add("female", -1, -1), add("male", -1, -1)
			for range 1 + chance.IntN(3) {
				j = add(sex(), a, b)
			}
		}
		if j < 0 {
			j = add("", -1, -1)
		}
		if i == j || wild < 3 && (f.descends(i, j) || f.descends(j, i)) {
			return 0, 0, false
		}
		a, b := &f.People[i], &f.People[j]
		switch {
		case a.Sex == "male" && b.Sex != "male":
			b.Sex = "female"
			return j, i, true
		case a.Sex == "female" && b.Sex != "female":
			b.Sex = "male"
			return i, j, true
		case a.Sex == "" && b.Sex == "male":
			a.Sex = "female"
			return i, j, true
		case a.Sex == "":
			a.Sex, b.Sex = "male", "female"
			return j, i, true
		}
		return 0, 0, false
	}
	add(sex(), -1, -1)
	for len(f.People) < n {
		i := chance.IntN(len(f.People))
		switch chance.IntN(10) {
		case 0:
			if f.People[i].Mother == "" && f.People[i].Father == "" {
				m, d := add("female", -1, -1), add("male", -1, -1)
				f.People[i].Mother, f.People[i].Father = f.People[m].ID, f.People[d].ID
			}
		case 1:
			if s := f.People[i].Sex; s == "female" {
				add(sex(), i, -1)
			} else if s == "male" {
				add(sex(), -1, i)
			}
		case 2:
			j := add(sex(), -1, -1)
			f.Couples = append(f.Couples, Couple{A: f.People[i].ID, B: f.People[j].ID})
		case 3:
			if chance.IntN(4) == 0 {
				add(sex(), -1, -1)
			}
		default:
			m, d, ok := partner(i)
			if !ok {
				continue
			}
			var kids []string
			for range 1 + chance.IntN(4) {
				kids = append(kids, f.People[add(sex(), m, d)].ID)
			}
			if k := len(kids); k > 1 && chance.IntN(3) == 0 {
				f.Twins = append(f.Twins, Twins{IDs: kids[:2+chance.IntN(k-1)], Kind: [...]string{"identical", "fraternal", ""}[chance.IntN(3)]})
			}
		}
	}
	return f
}

// descends says whether a comes from b.
func (f *Family) descends(a, b int) bool {
	for _, id := range [...]string{f.People[a].Mother, f.People[a].Father} {
		if id == "" {
			continue
		}
		up, _ := strconv.Atoi(id[1:])
		if up == b || f.descends(up, b) {
			return true
		}
	}
	return false
}

// decorate gives people what a clinic writes under and around symbols.
func decorate(f *Family, chance *rand.Rand) {
	names := []string{"", "Ann", "Bartholomew Featherstonehaugh", "Li", "Maria del Carmen"}
	for i := range f.People {
		p := &f.People[i]
		p.Name = names[chance.IntN(len(names))]
		p.Dead = chance.IntN(4) == 0
		p.Consultand, p.Proband = chance.IntN(8) == 0, chance.IntN(8) == 0
		p.Adopted = []string{"", "", "", "in", "out"}[chance.IntN(5)]
		p.Childless = []string{"", "", "", "by_choice", "infertile"}[chance.IntN(5)]
		p.Age = []string{"", "66", "40–49"}[chance.IntN(3)]
		if p.Adopted == "in" && p.Mother == "" && p.Father == "" {
			p.Adopted = ""
		}
		for _, condition := range []string{"myocardial_infarction", "tendon_xanthoma", "colorectal_cancer"} {
			if chance.IntN(4) == 0 {
				p.Findings = append(p.Findings, Finding{condition, "55"})
			}
		}
		p.Gender = []string{"", "", "", "non-binary", "woman"}[chance.IntN(5)]
	}
	for i := range f.Couples {
		f.Couples[i].Separated = chance.IntN(2) == 0
	}
}

// Names, ages, findings, arrows, brackets and bars neither cover each other nor
// hide who belongs to whom.
func TestRandomFamiliesWithAllThatAClinicWritesAreDrawnWithoutAFault(t *testing.T) {
	show := CaseKey(dictionary(t))
	show.Names = true
	for seed := range *families / 2 {
		chance := rand.New(rand.NewPCG(uint64(seed), 21))
		f := randomFamily(chance, 4+seed%25)
		decorate(&f, chance)
		p := look(t, sketch.Family(f.Pedigree(show), sketch.Options{Numbers: true}).SVG(sketch.Print))
		if faults := misread(&f, &p); len(faults) > 0 {
			t.Fatalf("family %d: %s", seed, faults[0])
		}
	}
}
