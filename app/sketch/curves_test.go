package sketch

import (
	"strings"
	"testing"
)

// Nothing stands outside the picture, whatever the numbers, and all panels
// share one scale.
func TestCurvesStayInsideThePicture(t *testing.T) {
	curves := []Curve{
		{Name: "Bowel", Note: "women", Points: []CurvePoint{{Age: 40, Percent: 10, Low: 5, High: 15}, {Age: 74, Percent: 45, Low: 35, High: 100}}},
		{Name: "Brain", Note: "women and men together", Points: []CurvePoint{{Age: 40, Nothing: true}, {Age: 74, Percent: 1, High: 2}}},
		{Name: "Womb"},
		{Name: "Any"},
	}
	d := Curves(0, "Risk", "a subtitle", curves, []string{strings.Repeat("caveat ", 80)})
	for _, m := range d.Shapes {
		for _, p := range m.Points {
			if p.X < 0 || p.Y < 0 || p.X > d.Width || p.Y > d.Height {
				t.Errorf("%q at %v lies outside %g by %g", m.Text, p, d.Width, d.Height)
			}
		}
		if m.Kind == Words && m.Align == FromLeft && m.Points[0].X+TextWidth(m.Text, m.Size, m.Bold) > d.Width {
			t.Errorf("%q runs out of the picture", m.Text)
		}
	}
	if svg := string(d.SVG(Print)); strings.Count(svg, ">100%<") < len(curves) {
		t.Error("not every panel has the same scale")
	}
}
