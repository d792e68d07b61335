package carrier

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// byTransmission is a second definition, which shares no line with the engine:
// it draws every founder allele and every allele passed on, one by one, and adds
// up what each draw is worth. P(data) comes back with everyone's genotypes.
func byTransmission(f *Family) (float64, map[string][]float64) {
	genes := len(f.Genes)
	leader := map[string]string{} // an identical twin's genotype is the first one's
	for _, group := range f.Twins {
		for _, id := range group[1:] {
			leader[id] = group[0]
		}
	}
	post := map[string][]float64{}
	for _, p := range f.People {
		post[p.ID] = make([]float64, f.Genotypes())
	}
	alleles := map[string][][2]int{} // by gene
	total := 0.0
	var person func(i int, w float64)
	var allele func(i, slot int, w float64)
	person = func(i int, w float64) {
		if i == len(f.People) {
			total += w
			for id, a := range alleles {
				post[id][joint(a)] += w
			}
			return
		}
		id := f.People[i].ID
		if first, twin := leader[id]; twin {
			alleles[id] = alleles[first]
			if lik, ok := f.Likelihood[id]; ok {
				w *= lik[joint(alleles[id])]
			}
			person(i+1, w)
			return
		}
		alleles[id] = make([][2]int, genes)
		allele(i, 0, w)
	}
	allele = func(i, slot int, w float64) {
		if w == 0 {
			return
		}
		p := f.People[i]
		if slot == 2*genes {
			if lik, ok := f.Likelihood[p.ID]; ok {
				w *= lik[joint(alleles[p.ID])]
			}
			own := append([][2]int(nil), alleles[p.ID]...)
			person(i+1, w)
			alleles[p.ID] = own
			return
		}
		gene := f.Genes[slot/2]
		from := [2]string{p.Father, p.Mother}[slot%2]
		founder := p.Father == "" && p.Mother == ""
		set := func(a int, chance float64) {
			alleles[p.ID][slot/2][slot%2] = a
			allele(i, slot+1, w*chance)
		}
		if from == "" {
			q := gene.Freq
			if !founder { // the parent nobody recorded may pass on a new variant
				q += (1 - q) * gene.Mutation
			}
			set(0, 1-q)
			set(1, q)
			return
		}
		for _, passed := range alleles[from][slot/2] { // each of the two with chance 1/2
			if passed == 1 {
				set(1, 0.5)
			} else {
				set(0, 0.5*(1-gene.Mutation))
				set(1, 0.5*gene.Mutation)
			}
		}
	}
	person(0, 1)
	for _, row := range post {
		for k := range row {
			row[k] /= total
		}
	}
	return math.Log(total), post
}

func joint(a [][2]int) int {
	out := 0
	for _, pair := range a {
		out = 3*out + pair[0] + pair[1]
	}
	return out
}

// story is a family with a shape that goes wrong easily.
func story(people ...string) *Family {
	f := &Family{}
	for i := 0; i+2 < len(people); i += 3 {
		f.People = append(f.People, Person{people[i], people[i+1], people[i+2]})
	}
	return f
}

var stories = map[string]*Family{
	"nobody but one":                       story("a", "", ""),
	"two who are not related":              story("a", "", "", "b", "", ""),
	"one recorded parent":                  story("a", "", "", "b", "a", ""),
	"half-brothers of one mother":          story("m", "", "", "a", "", "m", "b", "", "m"),
	"first cousins marry":                  story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "b", "e", "c", "", "f", "", "d", "g", "e", "f"),
	"uncle and niece":                      story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "b", "e", "d", "", "f", "c", "e"),
	"brother and sister":                   story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "b", "e", "c", "d"),
	"father and daughter":                  story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "c"),
	"two brothers marry two sisters":       story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "b", "e", "", "", "f", "c", "e", "g", "d", "e", "h", "f", "g"),
	"a man with two sisters in turn":       story("a", "", "", "b", "a", "", "c", "a", "", "d", "", "", "e", "d", "b", "f", "d", "c"),
	"three identical brothers":             {People: []Person{{"a", "", ""}, {"b", "", ""}, {"c", "a", "b"}, {"d", "a", "b"}, {"e", "a", "b"}, {"f", "d", ""}}, Twins: [][]string{{"c", "d", "e"}}},
	"identical founders, whose lines wed":  {People: []Person{{"a", "", ""}, {"b", "", ""}, {"c", "a", ""}, {"d", "b", ""}, {"e", "c", "d"}}, Twins: [][]string{{"a", "b"}}},
	"identical sisters with one man":       {People: []Person{{"a", "", ""}, {"b", "", "a"}, {"c", "", "a"}, {"d", "", ""}, {"e", "d", "b"}, {"f", "d", "c"}}, Twins: [][]string{{"b", "c"}}},
	"brother and sister over two rounds":   story("a", "", "", "b", "", "", "c", "a", "b", "d", "a", "b", "e", "c", "d", "f", "c", "d", "g", "e", "f"),
	"an only child of an only child":       story("a", "", "", "b", "a", "", "c", "b", "", "d", "c", ""),
	"cousins, one through one parent only": story("a", "", "", "b", "a", "", "c", "a", "", "d", "b", "", "e", "c", "", "f", "d", "e"),
}

func TestFamiliesOfEveryShapeEqualPassingAllelesOnOneByOne(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 4))
	for name, shape := range stories {
		for round := range 6 {
			f := &Family{People: shape.People, Twins: shape.Twins, Likelihood: map[string][]float64{}}
			genes := 1
			if len(f.People) <= 4 && round%3 == 2 {
				genes = 2
			}
			for g := range genes {
				f.Genes = append(f.Genes, Gene{fmt.Sprint("G", g), 0.3 * r.Float64(), 0.2 * r.Float64() * float64(round%2)})
			}
			for _, p := range f.People {
				row := make([]float64, f.Genotypes())
				for k := range row {
					row[k] = r.Float64() * float64(min(1, r.IntN(5)))
				}
				switch r.IntN(4) {
				case 0: // nothing known
				case 1: // one genotype for sure
					clear(row)
					row[r.IntN(len(row))] = 1
					fallthrough
				default:
					f.Likelihood[p.ID] = row
				}
			}
			checkFamily(t, fmt.Sprintf("%s, round %d", name, round), f)
		}
	}
}

// checkFamily compares the engine with the second definition.
func checkFamily(t *testing.T, name string, f *Family) {
	t.Helper()
	want, post := byTransmission(f)
	res, err := f.Solve()
	var impossible *ImpossibleError
	if errors.As(err, &impossible) {
		if !math.IsInf(want, -1) || len(impossible.People) == 0 {
			t.Errorf("%s: called impossible, log likelihood is %v: %v", name, want, err)
		}
		for _, id := range impossible.People { // leaving any one out resolves it
			without := *f
			without.Likelihood = map[string][]float64{}
			for _, other := range impossible.People {
				if other != id {
					without.Likelihood[other] = f.Likelihood[other]
				}
			}
			if sum, _ := byTransmission(&without); math.IsInf(sum, -1) {
				t.Errorf("%s: %v are called in conflict, but without %s they still are", name, impossible.People, id)
			}
		}
		return
	}
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if math.IsInf(want, -1) || math.Abs(res.LogLikelihood-want) > 1e-9 {
		t.Errorf("%s: log likelihood %v, one by one %v", name, res.LogLikelihood, want)
		return
	}
	for id, row := range post {
		for k, p := range row {
			if math.Abs(res.Joint(id)[k]-p) > 1e-9 {
				t.Errorf("%s, %s, genotype %d: %v, one by one %v", name, id, k, res.Joint(id)[k], p)
			}
		}
	}
}

func TestNobodyAtAll(t *testing.T) {
	f := &Family{Genes: []Gene{{"G", 0.1, 0}}}
	if res, err := f.Solve(); err != nil || res.LogLikelihood != 0 || res.Joint("a") != nil {
		t.Errorf("an empty family: %v, %v", res, err)
	}
}

// inbred marries generation after generation: first cousins, or (double) two
// brothers to two sisters and their children crosswise.
func inbred(generations, genes int, double bool) *Family {
	f, add := grown(genes, 0.001)
	a, b := add("", ""), add("", "")
	s1, s2 := add(a, b), add(a, b)
	if !double {
		for range generations {
			x, y := add("", ""), add("", "")
			c, d := add(s1, x), add(s2, y)
			s1, s2 = add(c, d), add(c, d)
		}
		return f
	}
	c, d := add("", ""), add("", "")
	t1, t2 := add(c, d), add(c, d)
	for range generations {
		u1, u2, v1, v2 := add(s1, t1), add(s1, t1), add(s2, t2), add(s2, t2)
		s1, s2, t1, t2 = add(u1, v1), add(u1, v1), add(u2, v2), add(u2, v2)
	}
	return f
}

func TestCousinMarriagesOverManyGenerationsStaySolvable(t *testing.T) {
	for _, c := range []struct {
		generations, genes int
		double             bool
	}{{30, 1, false}, {12, 1, true}, {3, 4, false}, {1, 2, true}} {
		f := inbred(c.generations, c.genes, c.double)
		res, err := f.Solve()
		if err != nil {
			t.Errorf("%+v, %d people: %v", c, len(f.People), err)
			continue
		}
		for _, p := range f.People {
			sum := 0.0
			for _, v := range res.Joint(p.ID) {
				sum += v
			}
			if math.Abs(sum-1) > 1e-9 {
				t.Errorf("%+v: %s adds up to %v", c, p.ID, sum)
			}
		}
	}
}

// Averaged over families made by chance from the model itself, the posterior is
// what the genotypes were: nobody is systematically over- or underrated.
func TestPosteriorsAreCalibratedOnSimulatedFamilies(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 15))
	shape := stories["first cousins marry"]
	const q = 0.2
	sick := [3]float64{0.1, 0.7, 0.8}
	said, were, n := 0.0, 0.0, 0
	for range 4000 {
		f := &Family{Genes: []Gene{{"G", q, 0}}, People: shape.People, Likelihood: map[string][]float64{}}
		has := map[string][2]int{}
		draw := func(parent string) int {
			if parent == "" {
				return int(min(1, r.Float64()/(1-q)))
			}
			return has[parent][r.IntN(2)]
		}
		for _, p := range f.People {
			has[p.ID] = [2]int{draw(p.Father), draw(p.Mother)}
			chance := sick[has[p.ID][0]+has[p.ID][1]]
			if r.Float64() < chance {
				f.Likelihood[p.ID] = sick[:]
			} else {
				f.Likelihood[p.ID] = []float64{1 - sick[0], 1 - sick[1], 1 - sick[2]}
			}
		}
		res, err := f.Solve()
		if err != nil {
			t.Fatal(err)
		}
		if p := res.Carrier("g", 0); p > 0.6 {
			said += p
			n++
			were += float64(min(1, has["g"][0]+has["g"][1]))
		}
	}
	if said, were := said/float64(n), were/float64(n); n < 300 || math.Abs(said-were) > 0.05 {
		t.Errorf("of %d given %.3f on average, %.3f were carriers", n, said, were)
	}
}
