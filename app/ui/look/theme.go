package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"kindred/assets"
)

// Kind is one of the three looks.
type Kind int

// The looks.
const (
	Light Kind = iota
	Dark
	Contrast
)

// Kinds maps the words of the --theme flag to looks.
var Kinds = map[string]Kind{"light": Light, "dark": Dark, "contrast": Contrast}

// Theme is one look as the toolkit's theme. It never changes after it is made;
// changing the look means giving the toolkit another Theme.
type Theme struct {
	kind    Kind
	colours map[Token]color.NRGBA
}

var (
	regular  = fyne.NewStaticResource("Inter-Regular.ttf", assets.InterRegular)
	semiBold = fyne.NewStaticResource("Inter-SemiBold.ttf", assets.InterSemiBold)
	themes   = [3]*Theme{build(Light), build(Dark), build(Contrast)}
)

func build(k Kind) *Theme {
	t := &Theme{kind: k, colours: make(map[Token]color.NRGBA, len(palette))}
	for tok, v := range palette {
		t.colours[tok] = rgb(v[k])
	}
	return t
}

// New returns the theme of a look.
func New(k Kind) *Theme { return themes[k] }

// Now returns the theme the running app uses, or the light one when the app
// was given none of ours.
func Now() *Theme {
	if app := fyne.CurrentApp(); app != nil {
		if t, ok := app.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return themes[Light]
}

// Kind tells which look this is.
func (t *Theme) Kind() Kind { return t.kind }

// C returns a token's colour; transparent for None and for unknown tokens.
func (t *Theme) C(tok Token) color.NRGBA { return t.colours[tok] }

// LineWidth is the width of hairlines and control edges.
func (t *Theme) LineWidth() float32 {
	if t.kind == Contrast {
		return 2
	}
	return 1
}

// Ring is the width of the focus ring and the gap between it and the control.
func (t *Theme) Ring() (width, gap float32) {
	if t.kind == Contrast {
		return 3, 2
	}
	return 2, 1
}

var colourNames = map[fyne.ThemeColorName]Token{
	theme.ColorNameBackground:          BG,
	theme.ColorNameForeground:          Text,
	theme.ColorNamePrimary:             Action,
	theme.ColorNameHyperlink:           Action,
	theme.ColorNameFocus:               Action,
	theme.ColorNameForegroundOnPrimary: ActionOn,
	theme.ColorNameButton:              Surface,
	theme.ColorNameInputBackground:     Surface,
	theme.ColorNameMenuBackground:      Surface,
	theme.ColorNameOverlayBackground:   Surface,
	theme.ColorNameInputBorder:         Ctl,
	theme.ColorNameSeparator:           Line,
	theme.ColorNameHeaderBackground:    Sunken,
	theme.ColorNamePlaceHolder:         Faint,
	theme.ColorNameDisabled:            Faint,
	theme.ColorNameDisabledButton:      BG,
	theme.ColorNameSelection:           ActionTint,
	theme.ColorNameHover:               ActionTint,
	theme.ColorNamePressed:             ActionTint,
	theme.ColorNameSuccess:             Met,
	theme.ColorNameWarning:             Warn,
	theme.ColorNameError:               UrgentSolid,
	theme.ColorNameForegroundOnSuccess: Surface,
	theme.ColorNameForegroundOnWarning: Surface,
	theme.ColorNameForegroundOnError:   UrgentOn,
	theme.ColorNameScrollBar:           Ctl,
}

// Color gives the toolkit a colour by its own name or by a token's. The
// variant is ignored: the user's choice of look decides. Names that are not
// ours (shadow, scroll bar background) are transparent.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if tok, ok := colourNames[n]; ok {
		return t.colours[tok]
	}
	return t.colours[Token(n)]
}

// Font gives Inter in one of its two weights; symbols and fixed-width text
// come from the toolkit's own fonts.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Monospace, s.Symbol:
		return theme.DefaultTheme().Font(s)
	case s.Bold:
		return semiBold
	default:
		return regular
	}
}

// Icon gives the toolkit's own icons; ours are drawn by the kit.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(n) }

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:            4,
	theme.SizeNameInnerPadding:       8,
	theme.SizeNameText:               14,
	theme.SizeNameCaptionText:        12,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNameHeadingText:        20,
	theme.SizeNameInlineIcon:         16,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameSeparatorThickness: 1,
	theme.SizeNameInputRadius:        6,
	theme.SizeNameButtonRadius:       6,
	theme.SizeNameSelectionRadius:    4,
	theme.SizeNameCardRadius:         8,
	theme.SizeNameDialogRadius:       8,
	theme.SizeNamePopupRadius:        6,
	theme.SizeNameMenuRadius:         6,
	theme.SizeNameScrollBar:          12,
	theme.SizeNameScrollBarSmall:     4,
	theme.SizeNameScrollBarRadius:    2,
	theme.SizeNameModalBlurRadius:    0,
}

// Size gives the toolkit a size by name, in device-independent pixels.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	if t.kind == Contrast && (n == theme.SizeNameInputBorder || n == theme.SizeNameSeparatorThickness) {
		return 2
	}
	if v, ok := sizes[n]; ok {
		return v
	}
	return theme.DefaultTheme().Size(n)
}
