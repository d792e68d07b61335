package lipid

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDrugTextAsSystemsAndPeopleWriteIt(t *testing.T) {
	tb := tables(t)
	for _, c := range []struct{ text, want string }{
		{"Atorvastatin 80mg tablets", "atorvastatin 80 mg"},
		{"ezetimibe 10 mg od", "ezetimibe 10 mg"},
		{"rosuva 20", "rosuvastatin 20 mg"},
		{"Inegy 10mg/40mg", "ezetimibe 10 mg + simvastatin 40 mg"},
		{"Inegy 10/40", "ezetimibe 10 mg + simvastatin 40 mg"},
		{"Repatha", "evolocumab"},
		{"Repatha SureClick 140mg/1ml solution for injection pre-filled pens", "evolocumab"},
		{"  ATORVASTATIN\u00a0 80 MG   TABS ", "atorvastatin 80 mg"},
		{"Atorvastatin80mg", "atorvastatin 80 mg"},
		{"atorvastatin-80-mg", "atorvastatin 80 mg"},
		{"80mg atorvastatin nocte", "atorvastatin 80 mg"},
		{"1. Atorvastatin 20mg tablets", "atorvastatin 20 mg"},
		{"Atorvastatin 10mg tabledi bob dydd", "atorvastatin 10 mg"},
		{"atorvastatin 20mg, un tabled gyda’r nos", "atorvastatin 20 mg"},
		{"simvastatin 20mg ddwywaith y dydd", "simvastatin 40 mg"},
		{"ezetimibe 10mg/simvastatin 40mg", "ezetimibe 10 mg + simvastatin 40 mg"},
		{"Ezetimibe And Simvastatin  Tablets  10 mg + 20 mg", "ezetimibe 10 mg + simvastatin 20 mg"},
		{"Simvastatin 40mg / Ezetimibe 10mg tablets", "simvastatin 40 mg + ezetimibe 10 mg"},
		{"Inegy 10mg/40mg tablets (Organon)", "ezetimibe 10 mg + simvastatin 40 mg"},
		{"Inegy (ezetimibe 10mg/simvastatin 40mg)", "ezetimibe 10 mg + simvastatin 40 mg"},
		{"Lipitor 20 mg ON", "atorvastatin 20 mg"},
		{"ATORVASTATIN 40MG TABLETS - take two at night", "atorvastatin 80 mg"},
		{"atorvastatin 40mg TAKE ONE AT NIGHT", "atorvastatin 40 mg"},
		{"atorvastatin 40mg tablets, one to be taken at night", "atorvastatin 40 mg"},
		{"atorvastatin 2 x 40mg", "atorvastatin 80 mg"},
		{"atorvastatin 20mg bd", "atorvastatin 40 mg"},
		{"atorvastatin 20mg half a tablet daily", "atorvastatin 10 mg"},
		{"atorvastatin 20mg ½ tab", "atorvastatin 10 mg"},
		{"simvastatin 40", "simvastatin 40 mg"},
		{"Atorvastatin 20mg tablets 28 tablet", "atorvastatin 20 mg"},
		{"Atorvastatin 20mg tablets x 56 since 03/2019", "atorvastatin 20 mg"},
		{"Fluvastatin 80mg modified-release tablets", "fluvastatin 80 mg"},
		{"Lescol XL 80mg tablets", "fluvastatin 80 mg"},
		{"pravastatin sodium 40 mg/1 each oral tablet", "pravastatin 40 mg"},
		{"Atorvastatin 80mg and ezetimibe 10mg", "atorvastatin 80 mg + ezetimibe 10 mg"},
		{"Crestor (rosuvastatin) 10mg", "rosuvastatin 10 mg"},
		{"Rosuvastatin (as rosuvastatin calcium) 10 mg", "rosuvastatin 10 mg"},
		{"Bempedoic acid 180mg / Ezetimibe 10mg tablets", "bempedoic acid 180 mg + ezetimibe 10 mg"},
		{"atorvastatin", "atorvastatin"},
		{"Cerivastatin  Tablets  400 micrograms", "cerivastatin 0.4 mg"},
		{"Amlodipine 5mg, atorvastatin 20mg", "atorvastatin 20 mg"},
		{"aspirin 75mg atorvastatin", "atorvastatin"}, // not 75 mg
	} {
		r, err := tb.Read(c.text)
		if err != nil || r.Taken.String() != c.want {
			t.Errorf("%q reads as %q %q (%v), want %q", c.text, r.Taken, r.Doubts, err, c.want)
		}
	}
}

// A dose that is not certain is left open, with the reason.
func TestADoseThatIsNotCertainIsLeftOpen(t *testing.T) {
	tb := tables(t)
	for _, text := range []string{
		"Rosuvastatin 5mg on alternate days",
		"rosuvastatin 10mg Mon Wed Fri",
		"rosuvastatin 20mg three times a week",
		"atorvastatin 20mg bob yn ail ddiwrnod",
		"Simvastatin 40mg/5ml oral suspension sugar free",
		"atorvastatin 20 mg in 5 ml",
		"atorvastatin 10mg or 20mg",
		"atorvastatin 10-20mg",
		"atorvastatin 10 to 20 mg",
		"atorvastatin 20mg 40mg",
		"atorvastatin 20mg increased to 40mg",
		"atorvastatin up to 80mg",
		"atorvastatin 40mg 2 tablets",
		"atorvastatin 40mg one in the morning and one at night",
		"atorvastatin 40mg take one or two",
		"atorvastatin 40mg 1-2 tablets daily",
		"atorvastatin 40mg x 2",
		"take two atorvastatin 40mg",
		"atorvastatin 20mg one and a half tablets",
		"atorvastatin 1,000 mg",
		"atorvastatin .5mg",
		"atorvastatin, amlodipine 5mg",
		"atorvastatin 20mg, amlodipine 5mg",
		"Inegy 40",
		"Inegy 40mg/10mg",
		"ezetimibe/simvastatin 40mg",
		"80mg atorvastatin and 10mg ezetimibe",
		"atorvastatin 80mcgtabs",
		"reduce atorvastatin 80mg",
		"simvastatin 4",
		"atorvastatin 20mg as directed",
	} {
		r, err := tb.Read(text)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		open := slices.ContainsFunc(r.Taken, func(d Dose) bool { return d.DoseMG == 0 && d.Drug != "ezetimibe" })
		if !open || len(r.Doubts) == 0 {
			t.Errorf("%q reads as %q %q; the dose should be left open, with the reason", text, r.Taken, r.Doubts)
		}
	}
}

func TestAnUnknownDrugIsAClearMessageNeverADrugWithoutEffect(t *testing.T) {
	tb := tables(t)
	for _, c := range []struct {
		text, says string
		is         error
	}{
		{"Artorvastatin 80mg", `did you mean "atorvastatin"`, ErrUnknownDrugDose},
		{"Paracetamol 500mg", "names no lipid-lowering drug we know", ErrUnknownDrugDose},
		{"colest", "names no lipid-lowering drug we know", ErrUnknownDrugDose}, // three drugs begin so
		{"", "names no lipid-lowering drug we know", ErrUnknownDrugDose},
		{"atorvastatin 80mg – stopped", "not taken", ErrNotTaken},
		{"allergic to simvastatin", "not taken", ErrNotTaken},
		{"ddim atorvastatin", "not taken", ErrNotTaken},
	} {
		if r, err := tb.Read(c.text); !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) || len(r.Taken) > 0 {
			t.Errorf("%q: %v, %v", c.text, r, err)
		}
	}
}

func TestEveryCodedStatinIsUnderstood(t *testing.T) {
	tb := tables(t)
	for _, file := range []string{"statins_statins.emis.txt", "statins_statins.snomed.txt", "statins_statins.readv2.txt", "statins_statins.ctv3.txt"} {
		data, err := os.ReadFile(shared(t, "samples", "codes", file))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			_, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
			lower := strings.ToLower(text)
			if !ok || !strings.Contains(lower, "statin") || !strings.Contains(lower, "mg") {
				continue
			}
			r, err := tb.Read(text)
			liquid := strings.Contains(lower, "ml")
			if err != nil || (r.Taken[0].DoseMG == 0) != liquid {
				t.Errorf("%q: %v %q %v", text, r.Taken, r.Doubts, err)
			}
		}
	}
}

// However a prescription is written, the dose is what was meant or left open.
func TestNoWayOfWritingGivesAWrongDose(t *testing.T) {
	tb := tables(t)
	one := rapid.SampledFrom([]string{"", " od", " daily", " at night", ", take one at night", " 1 nocte", " one to be taken each day", " - 1 tablet daily", " bob nos", " 1 tablet (tabs)"})
	two := rapid.SampledFrom([]string{" bd", " twice daily", ", take two at night", " 2 on", " - 2 tablets daily", " two tabs nocte"})
	noise := rapid.SampledFrom([]string{"", " x28", " 28 tablets", " (Teva UK Ltd)", " since 2019", " 12/03/2021", " pack of 30", " 7", " 2.5", " 40", " £3", " 5%", " A1", " (batch 80)", " or 20mg", " 10mg"})
	rapid.Check(t, func(t *rapid.T) {
		d := rapid.SampledFrom(tb.drugs).Filter(func(d drug) bool { return len(d.contains) == 0 && d.estimate == EstimateYes }).Draw(t, "drug")
		name := rapid.SampledFrom(slices.Concat(d.written, d.short)).Draw(t, "name")
		mg := rapid.SampledFrom([]float64{5, 10, 20, 40, 80}).Draw(t, "mg")
		dose := strconv.FormatFloat(mg, 'f', -1, 64)
		strength := rapid.SampledFrom([]string{"%smg", "%s mg", "%s MG", "%s", "%s milligrams", "%smg/1 each", "%s\tmg"}).Draw(t, "strength")
		form := rapid.SampledFrom([]string{"", " tablets", " tabs", " m/r caps", " tabledi"}).Draw(t, "form")
		salt := rapid.SampledFrom([]string{"", " calcium", " sodium", "  "}).Draw(t, "salt")
		times, how := 1.0, ""
		if rapid.Bool().Draw(t, "twice") {
			times, how = 2, two.Draw(t, "how")
		} else {
			how = one.Draw(t, "how")
		}
		extra := noise.Draw(t, "noise")
		text := name + salt + " " + fmt.Sprintf(strength, dose) + form
		if rapid.Bool().Draw(t, "noise first") {
			text += extra + how
		} else {
			text += how + extra
		}
		if rapid.Bool().Draw(t, "upper") {
			text = strings.ToUpper(text)
		}
		r, err := tb.Read(text)
		if err != nil || len(r.Taken) != 1 || r.Taken[0].Drug != d.name {
			t.Fatalf("%q: %v %v", text, r, err)
		}
		switch got := r.Taken[0].DoseMG; {
		case got == times*mg:
		case got == 0 && len(r.Doubts) > 0 && extra != "":
		case got == 0 && len(r.Doubts) > 0 && strength == "%s": // "40 tabs" may be a pack
		default:
			t.Fatalf("%q: %g mg %q, meant %g mg", text, got, r.Doubts, times*mg)
		}
	})
}

// FuzzRead: any text gives an error, or drugs with doses that some number in
// the text accounts for.
func FuzzRead(f *testing.F) {
	for _, s := range []string{"Atorvastatin 80mg tablets", "Inegy 10/40 bd", "½ rosuva 20 x28", "ezetimibe 10mg/simvastatin 40mg nocte", "2 x 40mg simva", "1,000 mg .5 zocor"} {
		f.Add(s)
	}
	tb, err := Embedded()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := tb.Read(text)
		if err != nil {
			if len(r.Taken) > 0 {
				t.Fatalf("%q: an error beside %v", text, r.Taken)
			}
			return
		}
		numbers := []float64{}
		for _, w := range tb.words(text) {
			if w.is == isNumber {
				numbers = append(numbers, w.number)
			}
		}
		for _, d := range r.Taken {
			if d.DoseMG == 0 {
				continue
			}
			if !slices.ContainsFunc(numbers, func(n float64) bool {
				for _, unit := range []float64{1, 1000, 0.001} {
					for _, times := range []float64{0.5, 1, 2, 3, 4, 6, 8, 9, 12, 16, 1.5} {
						if diff := d.DoseMG - n*unit*times; diff < 1e-6*d.DoseMG && diff > -1e-6*d.DoseMG {
							return true
						}
					}
				}
				return false
			}) || d.DoseMG < 0 {
				t.Fatalf("%q: %g mg comes from no number there", text, d.DoseMG)
			}
		}
	})
}

func TestIntensityIsNICEsGroupingOfThePrintedFalls(t *testing.T) {
	tb := tables(t)
	for text, want := range map[string]string{
		"atorvastatin 80mg": "high-intensity", "atorvastatin 20mg": "high-intensity", "atorvastatin 10mg": "medium-intensity",
		"simvastatin 80mg": "high-intensity", "simvastatin 10mg": "low-intensity", "pravastatin 10mg": "low-intensity",
		"atorvastatin 30mg": "", "atorvastatin": "", "ezetimibe 10mg": "",
	} {
		r, err := tb.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := tb.Intensity(r.Taken[0]); got.Name != want {
			t.Errorf("%s is %q, want %q", text, got.Name, want)
		}
	}
}
