package sketch

import (
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
)

func trend() Trend {
	t := Trend{Title: "LDL cholesterol, mmol/L", Lines: []Level{{4.9, 4.9, "Simon Broome"}, {13, 13, "homozygous FH (NICE)"}}}
	for i, v := range []float64{6.3, 6.1, 3.2, 3, 2.8, 4.4} {
		status := Treated
		if i < 2 {
			status = Untreated
		} else if i == 5 {
			status = StatusUnknown
		}
		t.Taken = append(t.Taken, Taken{Day: float64(300 * i), When: fmt.Sprintf("%02d-Mar-%d", i+1, 2019+i), Value: v, Text: fmt.Sprint(v), Status: status})
	}
	return t
}

func TestATrendSaysItsNumbersAndMarksTreatment(t *testing.T) {
	tr := trend()
	d := tr.Draw(592)
	said := map[string]bool{}
	discs := map[Tone]int{}
	for _, m := range d.Shapes {
		if m.Kind == Words {
			said[m.Text] = true
		}
		if m.Kind == Disc {
			discs[m.Paper]++
		}
		for _, p := range m.Points {
			if p.X < 0 || p.X > d.Width || p.Y < 0 || p.Y > d.Height {
				t.Errorf("%+v stands outside the picture", m)
			}
		}
	}
	for _, m := range tr.Taken {
		if !said[m.Text] {
			t.Errorf("%s is not said", m.Text)
		}
	}
	for _, want := range []string{"Simon Broome: over 4.9", "01-Mar-2019", "06-Mar-2024", "untreated", "on treatment", "treatment not known"} {
		if !said[want] {
			t.Errorf("%q is not said", want)
		}
	}
	if said["homozygous FH (NICE): over 13"] {
		t.Error("a line far above takes the room of the measurements")
	}
	// Two filled and three hollow discs, and one of each in the key.
	if discs[Petrol] != 3 || discs[Paper] != 4 {
		t.Errorf("filled and hollow discs: %v", discs)
	}
	turned := trend()
	slices.Reverse(turned.Taken)
	if string(turned.Draw(592).SVG(Print)) != string(d.SVG(Print)) {
		t.Error("the order of the measurements changes the picture")
	}
	if out := os.Getenv("KINDRED_TREND"); out != "" {
		png, err := d.PNG(Print, 2)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(out, png, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// Twenty results in a year crowd; the newest and the highest keep their number,
// and no text stands on another.
func TestACrowdedTrendKeepsNewestAndHighest(t *testing.T) {
	tr := Trend{Title: "LDL cholesterol, mmol/L", Lines: []Level{{4, 4.9, "Simon Broome"}}}
	for i := range 20 {
		tr.Taken = append(tr.Taken, Taken{Day: float64(i * 18), When: "x", Value: 3 + float64(i%7)*0.4, Text: fmt.Sprintf("%.1f", 3+float64(i%7)*0.4), Status: Treated})
	}
	tr.Taken[11].Value, tr.Taken[11].Text, tr.Taken[19].Text = 8.7, "8.7", "newest"
	said := map[string]bool{}
	var boxes []box
	for _, m := range tr.Draw(480).Shapes {
		if m.Kind != Words {
			continue
		}
		said[m.Text] = true
		w, x := TextWidth(m.Text, m.Size, m.Bold), m.Points[0].X
		switch m.Align {
		case Centred:
			x -= w / 2
		case FromRight:
			x -= w
		}
		b := box{x, m.Points[0].Y - 10, x + w, m.Points[0].Y}
		if slices.ContainsFunc(boxes, b.hits) {
			t.Errorf("%q stands on another text", m.Text)
		}
		boxes = append(boxes, b)
	}
	for _, want := range []string{"8.7", "newest", "Simon Broome: over 4 or 4.9"} {
		if !said[want] {
			t.Errorf("%q is not said", want)
		}
	}
}

func TestTreatmentsLieUnderTheMeasurements(t *testing.T) {
	tr := trend()
	plain := tr.Draw(592)
	far := math.Inf(1)
	tr.Given = []Given{
		{"atorvastatin 20 mg", [2]float64{600, 600}, [2]float64{1200, 1230}},
		{"ezetimibe 10 mg", [2]float64{700, 1065}, [2]float64{far, far}},
		{"simvastatin, dates not known", [2]float64{-far, far}, [2]float64{-far, far}},
		{"long before", [2]float64{-900, -900}, [2]float64{-100, -100}},
	}
	d := tr.Draw(592)
	if d.Height != plain.Height+3*trendBar {
		t.Errorf("the picture is %g high; three treatments fall into it", d.Height)
	}
	solid := 0
	for _, m := range d.Shapes[len(plain.Shapes):] {
		for _, p := range m.Points {
			if p.X < 0 || p.X > d.Width || p.Y < plain.Height || p.Y > d.Height {
				t.Errorf("%+v stands outside the picture", m)
			}
		}
		if m.Kind == Path && !m.Dashed {
			solid++
		}
		if m.Text == "long before" {
			t.Error("a treatment from before the first measurement is drawn")
		}
	}
	if solid != 2 {
		t.Errorf("%d treatments are drawn as sure, want 2", solid)
	}
}
