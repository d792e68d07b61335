package look

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// pairs are the pairs of the design that must be told apart, with their limit:
// text 4.5, parts of controls and graphics 3 (WCAG 2.2, 1.4.3 and 1.4.11).
var pairs = []struct {
	front, back Token
	limit       float64
}{
	{Text, BG, 4.5},
	{Text, Surface, 4.5},
	{Text, Sunken, 4.5},
	{Text, Banner, 4.5},
	{Text, ActionTint, 4.5},
	{Muted, BG, 4.5},
	{Muted, Surface, 4.5},
	{Muted, Sunken, 4.5},
	{Muted, Banner, 4.5},
	{Muted, ActionTint, 4.5},
	{Faint, Surface, 4.5},
	{Action, Surface, 4.5},
	{Action, BG, 4.5},
	{Action, ActionTint, 4.5},
	{ActionOn, Action, 4.5},
	{Met, Surface, 4.5},
	{Met, MetTint, 4.5},
	{Not, Surface, 4.5},
	{Not, NotTint, 4.5},
	{Unk, Surface, 4.5},
	{Unk, BG, 4.5},
	{Unk, UnkTint, 4.5},
	{Unk, ActionTint, 4.5},
	{Warn, Surface, 4.5},
	{Warn, WarnTint, 4.5},
	{Text, WarnTint, 4.5},
	{Text, MetTint, 4.5},
	{Urgent, Surface, 4.5},
	{Urgent, UrgentTint, 4.5},
	{Text, UrgentTint, 4.5},
	{UrgentOn, UrgentSolid, 4.5},
	{BrandText, Brand, 4.5},
	{Ctl, Surface, 3},
	{Ctl, BG, 3},
	{Focus, Surface, 3},
	{Focus, BG, 3},
	{Text, Band1, 3},
	{Text, Band4, 3},
	{BrandInk, Brand, 3},
	{Met, BG, 3},
	{UrgentSolid, BG, 3},
}

func TestEveryPairCanBeReadInEveryLook(t *testing.T) {
	for name, k := range Kinds {
		th := New(k)
		for _, p := range pairs {
			if r := Ratio(th.C(p.front), th.C(p.back)); r < p.limit {
				t.Errorf("%s: %s on %s is %.2f, below %.1f", name, p.front, p.back, r, p.limit)
			}
		}
	}
}

// shared is the folder of the design, beside the repository.
func shared(t *testing.T) string {
	dir := os.Getenv("KINDRED_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared")
	}
	if _, err := os.Stat(dir); err != nil {
		t.Skip("the shared folder is not here:", err)
	}
	return dir
}

// The design prints what it measured; the theme must still measure the same.
func TestTheMeasuredTableIsStillTrue(t *testing.T) {
	f, err := os.Open(filepath.Join(shared(t), "ui", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows := 0
	for sc := bufio.NewScanner(f); sc.Scan(); {
		cells := strings.Split(sc.Text(), "|")
		if len(cells) != 7 || !strings.Contains(cells[1], " on ") {
			continue
		}
		front, back, _ := strings.Cut(strings.TrimSpace(cells[1]), " on ")
		if _, err := strconv.ParseFloat(strings.TrimSpace(cells[3]), 64); err != nil {
			continue
		}
		rows++
		for k := Light; k <= Contrast; k++ {
			want, err := strconv.ParseFloat(strings.TrimSpace(cells[3+int(k)]), 64)
			if err != nil {
				t.Fatal(err)
			}
			got := Ratio(New(k).C(Token(front)), New(k).C(Token(back)))
			if math.Abs(math.Floor(got*100)/100-want) > 0.011 {
				t.Errorf("look %d: %s on %s measures %.2f, the design says %.2f", k, front, back, got, want)
			}
		}
	}
	if rows < 40 {
		t.Errorf("only %d rows of the table were found", rows)
	}
}

func width(text string, bold bool) float32 {
	return fyne.MeasureText(text, 14, fyne.TextStyle{Bold: bold}).Width
}

// Figures of one width, so that columns of numbers stand; kerning, so that
// words starting with T and V are not torn.
func TestFiguresAreTabularAndPairsAreKerned(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(New(Light))
	for _, bold := range []bool{false, true} {
		for d := '1'; d <= '9'; d++ {
			w := width(strings.Repeat(string(d), 3), bold)
			if math.Abs(float64(w-width("000", bold))) > 0.1 { // the font's own rounding
				t.Errorf("bold %v: %c is %.2f wide, 0 is %.2f", bold, d, w, width("000", bold))
			}
		}
		for _, pair := range []string{"To", "AV", "Ye"} {
			if width(pair, bold) >= width(pair[:1], bold)+width(pair[1:], bold) {
				t.Errorf("bold %v: %s is not kerned", bold, pair)
			}
		}
	}
	if width("Kindred", true) <= width("Kindred", false) {
		t.Error("bold is not SemiBold")
	}
}

func TestTheThemeKnowsEveryNameOfTheToolkit(t *testing.T) {
	for k := Light; k <= Contrast; k++ {
		th := New(k)
		for n := range colourNames {
			if _, _, _, a := th.Color(n, theme.VariantLight).RGBA(); a == 0 {
				t.Errorf("look %d: %s is transparent", k, n)
			}
		}
		if th.Size(theme.SizeNameText) != 14 || th.Size(theme.SizeNamePadding) != 4 {
			t.Errorf("look %d: sizes are not the design's", k)
		}
	}
}
