package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"kindred/app/ui/look"
)

func (s sized) Color(n fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return look.Now().Color(n, v)
}
func (s sized) Font(t fyne.TextStyle) fyne.Resource     { return look.Now().Font(t) }
func (s sized) Icon(n fyne.ThemeIconName) fyne.Resource { return look.Now().Icon(n) }
func (s sized) Size(n fyne.ThemeSizeName) float32 {
	if n == theme.SizeNameText && s.text > 0 {
		return s.text
	}
	if n == theme.SizeNamePadding && s.text == 0 {
		return 0
	}
	return look.Now().Size(n)
}
