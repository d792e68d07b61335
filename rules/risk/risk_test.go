package risk

import (
	"errors"
	"math"
	"testing"
)

func tables(t *testing.T) *Tables {
	t.Helper()
	out, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// The product rule over the observed incidence gives the numbers the paper
// prints (Gut 2017;66:464, table 5), within a point of rounding.
func TestTheProductRuleGivesThePublishedTable(t *testing.T) {
	tab := tables(t)
	for _, c := range []struct {
		cancer, sex, gene string
		want              [4]float64 // from 25 to 40, 50, 60, 70
	}{
		{"any", "", "MLH1", [4]float64{17, 40, 59, 72}},
		{"any", "", "MSH2", [4]float64{14, 37, 58, 72}},
		{"any", "", "MSH6", [4]float64{0, 18, 39, 54}},
		{"any", "male", "MLH1", [4]float64{19, 40, 55, 59}},
		{"any", "female", "MSH2", [4]float64{20, 47, 67, 75}},
		{"any", "female", "MSH6", [4]float64{0, 20, 48, 71}},
		{"colorectal", "", "MLH1", [4]float64{14, 27, 37, 46}},
		{"colorectal", "male", "MLH1", [4]float64{17, 33, 44, 47}},
		{"colorectal", "female", "MLH1", [4]float64{11, 21, 30, 45}},
		{"colorectal", "male", "MSH2", [4]float64{8, 16, 26, 37}},
		{"colorectal", "female", "MSH2", [4]float64{11, 20, 22, 33}},
		{"colorectal", "female", "MSH6", [4]float64{0, 3, 12, 26}},
		{"endometrial", "female", "MLH1", [4]float64{-1, -1, -1, 34}},
		{"endometrial", "female", "MSH2", [4]float64{-1, -1, -1, 51}},
		{"endometrial", "female", "MSH6", [4]float64{-1, -1, -1, 49}},
		{"ovarian", "female", "MSH2", [4]float64{-1, -1, -1, 15}},
	} {
		for i, to := range []int{40, 50, 60, 70} {
			if c.want[i] < 0 {
				continue
			}
			got, err := tab.Between(c.gene, c.sex, c.cancer, 25, to)
			if err != nil {
				t.Errorf("%s %s %s to %d: %v", c.cancer, c.sex, c.gene, to, err)
				continue
			}
			if math.Abs(got.Percent-c.want[i]) > 1.1 {
				t.Errorf("%s %s %s to %d: %.1f, printed %.0f", c.cancer, c.sex, c.gene, to, got.Percent, c.want[i])
			}
			if got.Low > got.Percent || got.High < got.Percent || got.High <= got.Low {
				t.Errorf("%s %s %s to %d: %.1f is not inside %.1f to %.1f", c.cancer, c.sex, c.gene, to, got.Percent, got.Low, got.High)
			}
		}
	}
}

// Somebody of 50 without cancer has a risk of their own, which is not what is
// left of the cumulative one.
func TestRiskFromAnAgeIsNotADifferenceOfCumulativeRisks(t *testing.T) {
	tab := tables(t)
	before, _ := tab.Between("MLH1", "female", "any", 25, 50)
	all, _ := tab.Between("MLH1", "female", "any", 25, 70)
	got, err := tab.Between("MLH1", "female", "any", 50, 70)
	if err != nil {
		t.Fatal(err)
	}
	want := 100 * (1 - (1-all.Percent/100)/(1-before.Percent/100))
	if math.Abs(got.Percent-want) > 1e-9 {
		t.Errorf("%.3f, want %.3f", got.Percent, want)
	}
	if got.Percent < all.Percent-before.Percent+5 {
		t.Errorf("%.1f looks like a difference of %.1f and %.1f", got.Percent, all.Percent, before.Percent)
	}
}

func TestWhatWasNotObservedIsNotShown(t *testing.T) {
	tab := tables(t)
	for _, c := range []struct {
		gene, sex, cancer string
		from, to          int
	}{
		{"PMS2", "female", "colorectal", 40, 70},
		{"EPCAM", "female", "colorectal", 40, 70},
		{"MSH2", "male", "endometrial", 40, 70},
		{"MSH2", "male", "ovarian", 40, 70},
		{"MSH2", "", "endometrial", 40, 70},
		{"MSH2", "male", "colorectal", 20, 70},
		{"MSH2", "male", "colorectal", 40, 80},
		{"MSH2", "male", "colorectal", 70, 70},
	} {
		if got, err := tab.Between(c.gene, c.sex, c.cancer, c.from, c.to); !errors.Is(err, ErrNoNumbers) {
			t.Errorf("%+v gives %+v, %v", c, got, err)
		}
	}
	if _, err := tab.Curves("PMS2", "female"); !errors.Is(err, ErrNoNumbers) {
		t.Errorf("PMS2 has curves: %v", err)
	}
	for _, sex := range []string{"female", "male"} {
		got, err := tab.Between("MSH2", sex, "urological", 40, 70)
		if err != nil || !got.Pooled {
			t.Errorf("urological cancer is shown as if it were of one sex: %+v, %v", got, err)
		}
	}
	// Nobody with MSH6 got ovarian cancer: that is not a risk of nought for sure.
	got, err := tab.Between("MSH6", "female", "ovarian", 40, 70)
	if err != nil || got.Cases != 0 || got.Percent != 0 || got.High < 5 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPrintedCurvesRiseAndKeepTheirSex(t *testing.T) {
	tab := tables(t)
	for _, gene := range tab.Genes() {
		for _, sex := range []string{"female", "male", ""} {
			curves, err := tab.Curves(gene, sex)
			if err != nil || len(curves) < 6 {
				t.Fatalf("%s %s: %d curves, %v", gene, sex, len(curves), err)
			}
			for _, c := range curves {
				if sex != "female" && (c.Cancer == "endometrial" || c.Cancer == "ovarian") {
					t.Errorf("%s, sex %q: %s", gene, sex, c.Cancer)
				}
				last := -1.0
				for _, p := range c.Points {
					if p.Percent < last || p.Low > p.Percent || p.High < p.Percent {
						t.Errorf("%s %s %s at %d: %+v", gene, sex, c.Cancer, p.Age, p.Range)
					}
					last = p.Percent
				}
			}
		}
		if len(tab.Caveats(gene)) < 3 {
			t.Errorf("%s stands without its caveats", gene)
		}
	}
}

func TestChiSquareAsTabulated(t *testing.T) {
	for _, c := range []struct{ p, n, want float64 }{
		{0.975, 2, 7.37776}, {0.025, 10, 3.24697}, {0.5, 1, 0.454936}, {0.95, 30, 43.7730}, {0.025, 1, 0.000982069},
	} {
		if got := chiSquare(c.p, c.n); math.Abs(got-c.want) > 1e-4*max(1, c.want) {
			t.Errorf("chi-square %g with %g: %g, want %g", c.p, c.n, got, c.want)
		}
	}
	var w weighted // ten cases, weight 1: the exact Poisson interval
	w.add(1, 10)
	if low, high := w.interval(); math.Abs(low-4.79539) > 1e-4 || math.Abs(high-18.39036) > 1e-4 {
		t.Errorf("ten cases: %.5f to %.5f", low, high)
	}
}
