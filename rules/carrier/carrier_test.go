package carrier

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// enumerate is the definition: it adds up every assignment of joint genotypes
// to everyone. It shares nothing with the engine but the gamete rule.
func enumerate(f *Family) (float64, map[string][]float64) {
	size := f.Genotypes()
	at := map[string]int{}
	for i, p := range f.People {
		at[p.ID] = i
	}
	first := make([]int, len(f.People)) // twins: the first of the group
	for i := range first {
		first[i] = i
	}
	for _, group := range f.Twins {
		for _, id := range group {
			first[at[id]] = at[group[0]]
		}
	}
	got := make([]int, len(f.People))
	post := map[string][]float64{}
	for _, p := range f.People {
		post[p.ID] = make([]float64, size)
	}
	total := 0.0
	var assign func(i int, w float64)
	assign = func(i int, w float64) {
		if w == 0 {
			return
		}
		if i == len(f.People) {
			total += w
			for k, p := range f.People {
				post[p.ID][got[k]] += w
			}
			return
		}
		for g := range size {
			if first[i] != i && got[first[i]] != g {
				continue
			}
			got[i] = g
			assign(i+1, w*weightOf(f, at, got, i, first[i] == i))
		}
	}
	assign(0, 1)
	for _, row := range post {
		for k := range row {
			row[k] /= total
		}
	}
	return math.Log(total), post
}

// weightOf is one person's share; parents stand before children in the list.
func weightOf(f *Family, at map[string]int, got []int, i int, own bool) float64 {
	w := 1.0
	if lik, ok := f.Likelihood[f.People[i].ID]; ok {
		w = lik[got[i]]
	}
	if !own {
		return w
	}
	for k, gene := range f.Genes {
		copies := digit(got[i], k, len(f.Genes))
		chance := func(parent string) float64 {
			if parent == "" {
				return gene.Freq + (1-gene.Freq)*gene.Mutation
			}
			return gamete(digit(got[at[parent]], k, len(f.Genes)), gene.Mutation)
		}
		p := f.People[i]
		if p.Father == "" && p.Mother == "" {
			w *= hardyWeinberg(gene.Freq)[copies]
			continue
		}
		w *= child(copies, chance(p.Father), chance(p.Mother))
	}
	return w
}

// randomFamily has loops, half-sibs, single recorded parents and twins.
func randomFamily(r *rand.Rand, people, genes int) *Family {
	f := &Family{Likelihood: map[string][]float64{}}
	for g := range genes {
		f.Genes = append(f.Genes, Gene{fmt.Sprint("G", g), 0.02 + 0.3*r.Float64(), 0.1 * r.Float64() * float64(r.IntN(2))})
	}
	for i := range people {
		p := Person{ID: fmt.Sprint("p", i)}
		if i >= 2 && r.IntN(3) > 0 {
			a, b := r.IntN(i), r.IntN(i)
			p.Father = fmt.Sprint("p", a)
			if a != b {
				p.Mother = fmt.Sprint("p", b)
			}
		}
		f.People = append(f.People, p)
		if r.IntN(4) > 0 {
			row := make([]float64, f.Genotypes())
			for k := range row {
				row[k] = r.Float64() * float64(min(1, r.IntN(6)))
			}
			row[r.IntN(len(row))] += 0.01
			f.Likelihood[p.ID] = row
		}
	}
	if r.IntN(2) == 0 { // two identical twins of the last person
		last := f.People[people-1]
		for k := range 2 {
			twin := last
			twin.ID = fmt.Sprint("twin", k)
			f.People = append(f.People, twin)
		}
		f.Twins = [][]string{{last.ID, "twin0", "twin1"}}
	}
	return f
}

func TestEveryonesPosteriorEqualsAddingUpAllGenotypes(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	possible := 0
	for n := range 400 {
		genes := 1 + n%2
		f := randomFamily(r, 3+r.IntN(5-2*(genes-1)), genes)
		want, post := enumerate(f)
		res, err := f.Solve()
		var impossible *ImpossibleError
		if errors.As(err, &impossible) {
			if !math.IsInf(want, -1) {
				t.Fatalf("family %d: called impossible, log likelihood is %v: %v", n, want, err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		possible++
		if math.Abs(res.LogLikelihood-want) > 1e-9 {
			t.Fatalf("family %d: log likelihood %v, by adding up %v", n, res.LogLikelihood, want)
		}
		for id, row := range post {
			for k, p := range row {
				if math.Abs(res.Joint(id)[k]-p) > 1e-9 {
					t.Fatalf("family %d, %s, genotype %d: %v, by adding up %v", n, id, k, res.Joint(id)[k], p)
				}
			}
		}
	}
	if possible < 300 {
		t.Fatalf("only %d of 400 random families could be compared", possible)
	}
}

func TestOrderOfPeopleChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	for range 50 {
		f := randomFamily(r, 12, 1)
		a, err := f.Solve()
		if err != nil {
			continue
		}
		g := *f
		g.People = slices.Clone(f.People)
		r.Shuffle(len(g.People), func(i, j int) { g.People[i], g.People[j] = g.People[j], g.People[i] })
		b, err := g.Solve()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range f.People {
			if math.Abs(a.Carrier(p.ID, 0)-b.Carrier(p.ID, 0)) > 1e-12 {
				t.Fatalf("%s: %v, shuffled %v", p.ID, a.Carrier(p.ID, 0), b.Carrier(p.ID, 0))
			}
		}
	}
}

func TestContradictionNamesThePeopleInConflictAndNobodyElse(t *testing.T) {
	f := &Family{
		Genes: []Gene{{"MLH1", 0.01, 0}},
		People: []Person{
			{ID: "father"},
			{ID: "mother"},
			{ID: "child", Father: "father", Mother: "mother"},
			{ID: "uncle"},
		},
		Likelihood: map[string][]float64{
			"father": {1, 0, 0}, "mother": {1, 0, 0}, "child": {0, 1, 1}, "uncle": {0.3, 0.2, 0.1},
		},
	}
	_, err := f.Solve()
	var impossible *ImpossibleError
	if !errors.As(err, &impossible) || !slices.Equal(impossible.People, []string{"father", "mother", "child"}) {
		t.Fatalf("got %v", err)
	}
	f.Genes[0].Mutation = 1e-4 // a new variant explains it
	if res, err := f.Solve(); err != nil || res.Carrier("child", 0) < 1-1e-9 {
		t.Fatalf("with new variants possible: %v, %v", res, err)
	}
}

func TestWrongFamiliesAreRefusedInWords(t *testing.T) {
	base := func() *Family {
		return &Family{Genes: []Gene{{"MLH1", 0.01, 0}}, People: []Person{{ID: "a"}, {ID: "b"}, {ID: "c", Father: "a", Mother: "b"}}}
	}
	for name, spoil := range map[string]func(*Family){
		"own ancestor":      func(f *Family) { f.People[0].Father = "c" },
		"unknown parent":    func(f *Family) { f.People[2].Father = "z" },
		"same id twice":     func(f *Family) { f.People[1].ID = "a" },
		"twin elsewhere":    func(f *Family) { f.Twins = [][]string{{"a", "z"}} },
		"twins, no sibs":    func(f *Family) { f.Twins = [][]string{{"a", "c"}} },
		"short likelihood":  func(f *Family) { f.Likelihood = map[string][]float64{"a": {1, 1}} },
		"negative":          func(f *Family) { f.Likelihood = map[string][]float64{"a": {1, -1, 1}} },
		"not a number":      func(f *Family) { f.Likelihood = map[string][]float64{"a": {1, math.NaN(), 1}} },
		"impossible freq":   func(f *Family) { f.Genes[0].Freq = 1.5 },
		"one person, twice": func(f *Family) { f.People[2].Mother = "a" },
	} {
		f := base()
		spoil(f)
		if _, err := f.Solve(); err == nil {
			t.Errorf("%s: not refused", name)
		}
	}
}

// grown begins a family with genes of one frequency; add adds a person about whom
// something is known.
func grown(genes int, frequency float64) (f *Family, add func(father, mother string) string) {
	f = &Family{Likelihood: map[string][]float64{}}
	for g := range genes {
		f.Genes = append(f.Genes, Gene{fmt.Sprint("G", g), frequency, 0})
	}
	r := rand.New(rand.NewPCG(1, 2))
	add = func(father, mother string) string {
		id := fmt.Sprint("p", len(f.People))
		f.People = append(f.People, Person{id, father, mother})
		row := make([]float64, f.Genotypes())
		for k := range row {
			row[k] = 0.1 + r.Float64()
		}
		f.Likelihood[id] = row
		return id
	}
	return f, add
}

// clinicFamily has n people in generations of couples with three children each.
func clinicFamily(n, genes int) *Family {
	f, add := grown(genes, 0.0003)
	queue := []string{add("", "")}
	for len(f.People) < n {
		parent := queue[0]
		queue = queue[1:]
		spouse := add("", "")
		for range 3 {
			if len(f.People) < n {
				queue = append(queue, add(parent, spouse))
			}
		}
	}
	return f
}

func BenchmarkSolve(b *testing.B) {
	for _, c := range []struct{ people, genes int }{{40, 1}, {1000, 1}, {10, 4}, {40, 4}} {
		b.Run(fmt.Sprintf("people=%d/genes=%d", c.people, c.genes), func(b *testing.B) {
			f := clinicFamily(c.people, c.genes)
			for b.Loop() {
				if _, err := f.Solve(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
