package cel

import (
	"math/rand/v2"
	"testing"
	"testing/fstest"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/interpreter"

	"kindred/rules"
	"kindred/rules/truth"
)

// The rule is Simon Broome (NICE CG71, appendix F) with the facts about
// relatives given as answers. CEL cannot hold a number against a line that
// depends on an unknown age, so its form splits the cases; the engine knows by
// both lines that an LDL of 6 is over, whatever the age.
const celRule = `dna == "positive" || (
  (age < 16.0 ? (tc > 6.7 || ldl > 4.0) : (tc > 7.5 || ldl > 4.9)) &&
  (xanthoma || rel_xanthoma || mi_first || mi_second || rel_tc))`

var area = fstest.MapFS{
	"facts.yaml": file(`
facts:
  - {id: patient.age, type: number, built_in: age, unit: y, label: Age}
  - {id: tc, type: number, unit: mmol/L, label: TC}
  - {id: ldl, type: number, unit: mmol/L, label: LDL}
  - {id: dna, type: choice, label: DNA, choices: [{value: not_tested, label: N}, {value: positive, label: P}, {value: negative, label: X}]}
  - {id: xanthoma, type: yes_no, label: X}
  - {id: rel_xanthoma, type: yes_no, label: X}
  - {id: mi_first, type: yes_no, label: X}
  - {id: mi_second, type: yes_no, label: X}
  - {id: rel_tc, type: yes_no, label: X}
`),
	"sb/area.yaml":    file(`{id: sb, title: Simon Broome, owner: bench, status: transcribed, review_by: 2099-01-01, editions: [{name: e, from: 2008-08-27}]}`),
	"sb/sources.yaml": file(`[{id: appF, title: "NICE CG71, appendix F"}]`),
	"sb/params.yaml": file(`
sb.child: {unit: y, values: [{from: 2008-08-27, value: 16, source: appF}]}
sb.tc: {unit: mmol/L, by: {fact: patient.age, below: sb.child}, values: [{from: 2008-08-27, below: 6.7, else: 7.5, source: appF}]}
sb.ldl: {unit: mmol/L, by: {fact: patient.age, below: sb.child}, values: [{from: 2008-08-27, below: 4.0, else: 4.9, source: appF}]}
`),
	"sb/criteria.yaml": file(`
criteria:
  - id: sb.met
    text: Simon Broome definite or possible
    source: appF
    any:
      - dna is positive
      - all:
          - any: [tc over sb.tc, ldl over sb.ldl]
          - any: [xanthoma, rel_xanthoma, mi_first, mi_second, rel_tc]
`),
	"sb/advice.yaml": file(`
outcomes:
  - {outcome: test, when: sb.met, headline: h, action: a, reason: r}
  - {outcome: not_indicated, when: otherwise, headline: h, action: a, reason: r}
open: {headline: h, action: a, reason: r}
`),
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

var yesNo = []string{"xanthoma", "rel_xanthoma", "mi_first", "mi_second", "rel_tc"}

// record is one patient, about half of whose facts are missing.
type record struct {
	inputs *rules.Inputs
	known  map[string]any
	open   []*cel.AttributePatternType
}

func records(t testing.TB, a *rules.Area, n int) []record {
	t.Helper()
	r := rand.New(rand.NewPCG(20, 26))
	out := make([]record, n)
	for i := range out {
		rec := record{inputs: a.Inputs(), known: map[string]any{}}
		number := func(fact, name string, lo, hi float64) {
			if r.IntN(2) == 0 {
				rec.open = append(rec.open, cel.AttributePattern(name))
				return
			}
			v := float64(int((lo+r.Float64()*(hi-lo))*10)) / 10
			rec.known[name] = v
			must(t, rec.inputs.SetNumber(fact, truth.Exactly(v)))
		}
		number("patient.age", "age", 5, 60)
		number("tc", "tc", 4, 10)
		number("ldl", "ldl", 2, 8)
		for _, f := range yesNo {
			if r.IntN(2) == 0 {
				rec.open = append(rec.open, cel.AttributePattern(f))
				continue
			}
			v := r.IntN(4) == 0
			rec.known[f] = v
			must(t, rec.inputs.SetYesNo(f, truth.Of(v)))
		}
		if r.IntN(2) == 0 {
			rec.open = append(rec.open, cel.AttributePattern("dna"))
		} else {
			v := []string{"not_tested", "positive", "negative"}[r.IntN(3)]
			rec.known["dna"] = v
			must(t, rec.inputs.SetChoice("dna", v))
		}
		out[i] = rec
	}
	return out
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func engines(t testing.TB, options ...cel.ProgramOption) (*rules.Area, cel.Program) {
	t.Helper()
	lib, err := rules.Load(area)
	must(t, err)
	book, err := lib.On("2026-11-23")
	must(t, err)
	vars := []cel.EnvOption{cel.Variable("age", cel.DoubleType), cel.Variable("tc", cel.DoubleType), cel.Variable("ldl", cel.DoubleType), cel.Variable("dna", cel.StringType)}
	for _, f := range yesNo {
		vars = append(vars, cel.Variable(f, cel.BoolType))
	}
	env, err := cel.NewEnv(vars...)
	must(t, err)
	ast, issues := env.Compile(celRule)
	must(t, issues.Err())
	p, err := env.Program(ast, append(options, cel.EvalOptions(cel.OptPartialEval))...)
	must(t, err)
	return book.Area("sb"), p
}

// answer is what CEL says, as a set of answers.
func answer(t testing.TB, v ref.Val, err error) truth.K {
	t.Helper()
	if types.IsUnknown(v) {
		return truth.Unknown
	}
	must(t, err)
	return truth.Of(v == types.True)
}

func partial(t testing.TB, rec *record) interpreter.PartialActivation {
	t.Helper()
	vars, err := cel.PartialVars(rec.known, rec.open...)
	must(t, err)
	return vars
}

// TestBothEnginesAgree compares every verdict. Only where the age is not known
// may they differ: there the engine may know what CEL cannot, never the reverse.
func TestBothEnginesAgree(t *testing.T) {
	a, p := engines(t)
	knew := 0
	for _, rec := range records(t, a, 20000) {
		v, _, err := p.Eval(partial(t, &rec))
		theirs := answer(t, v, err)
		e, err := a.Decide(rec.inputs)
		must(t, err)
		ours := e.Verdict("sb.met")
		_, aged := rec.known["age"]
		switch {
		case ours == theirs:
		case !aged && theirs == truth.Unknown:
			knew++
		default:
			t.Fatalf("%v: the engine says %v, CEL %v", rec.known, ours, theirs)
		}
	}
	if knew == 0 {
		t.Error("no record showed the difference the by-age parameter makes")
	}
	t.Logf("20000 records; in %d the engine was firm and CEL was not", knew)
}

func BenchmarkKindred(b *testing.B) {
	a, _ := engines(b)
	recs := records(b, a, 1024)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		if _, err := a.Decide(recs[i&1023].inputs); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkCEL(b *testing.B) {
	for _, mode := range []struct {
		name string
		opts []cel.ProgramOption
	}{
		{"verdict", nil},
		{"trace", []cel.ProgramOption{cel.EvalOptions(cel.OptExhaustiveEval, cel.OptTrackState)}},
	} {
		b.Run(mode.name, func(b *testing.B) {
			a, p := engines(b, mode.opts...)
			recs := records(b, a, 1024)
			vars := make([]interpreter.PartialActivation, len(recs))
			for i := range recs {
				vars[i] = partial(b, &recs[i])
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if v, _, err := p.Eval(vars[i&1023]); err != nil && !types.IsUnknown(v) {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}
