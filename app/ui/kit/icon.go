package kit

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"kindred/app/ui/look"
)

type iconKey struct {
	name        string
	c           color.NRGBA
	size, scale float32
}

var iconResources = map[iconKey]fyne.Resource{}

// scale is how many device pixels a device-independent one takes.
func scale() float32 {
	if all := fyne.CurrentApp().Driver().AllWindows(); len(all) > 0 {
		if s := all[0].Canvas().Scale(); s > 0 {
			return s
		}
	}
	return 1
}

// icon makes the resource of an icon in one colour and size. The toolkit's
// recolouring knows fills only and its SVG engine does not scale stroke widths
// or dashes, so both are written into the file for each size and scale.
func icon(name string, c color.NRGBA, size, scale float32) fyne.Resource {
	k := iconKey{name, c, size, scale}
	if r, ok := iconResources[k]; ok {
		return r
	}
	hex := fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
	f := size / 24 * scale
	body := shapes[name]
	body = strings.ReplaceAll(body, `fill="black"`, `fill="`+hex+`"`)
	body = strings.ReplaceAll(body, `stroke-dasharray="3.6 2.05"`,
		fmt.Sprintf(`stroke-dasharray="%.3f %.3f"`, 3.6*f, 2.05*f))
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="%s" `+
		`stroke-width="%.3f" stroke-linecap="round" stroke-linejoin="round">%s</svg>`, hex, 2*f, body)
	r := fyne.NewStaticResource(fmt.Sprintf("%s-%s-%g-%g.svg", name, hex[1:], size, scale), []byte(svg))
	iconResources[k] = r
	return r
}

// Icon draws an icon with its upper left corner at x, y.
func (p *Pen) Icon(x, y, size float32, name string, tok look.Token) {
	p.image(icon(name, p.th.C(tok), size, p.scale), x, y, size, size)
}

// Mark draws Kindred's own mark: square, circle and diamond of a family tree.
func (p *Pen) Mark(x, y, size float32, plate, ink look.Token) {
	p.Box(x, y, size, size, plate, look.None, 0, R(6*size/26))
	c := p.th.C(ink)
	hex := fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
	name := fmt.Sprintf("mark-%s-%g-%g.svg", hex[1:], size, p.scale)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26" fill="none" stroke="%s" stroke-width="%.3f">`+
		`<rect x="5" y="5.5" width="5.5" height="5.5"/><circle cx="18.2" cy="8.25" r="2.9"/><path d="M10.5 8.25h4.8M13 8.25v6.5"/>`+
		`<path d="M13 14.3l3.4 3.4-3.4 3.4-3.4-3.4z" fill="%s"/></svg>`, hex, 1.8*size/26*p.scale, hex)
	p.image(fyne.NewStaticResource(name, []byte(svg)), x, y, size, size)
}

// SVG draws a drawing of w by h units at its own size, with 2 px strokes in one
// colour; fill="ink" in the body is filled with it. The name tells drawings
// apart.
func (p *Pen) SVG(name, body string, x, y, w, h float32, ink look.Token) {
	c := p.th.C(ink)
	hex := fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" fill="none" stroke="%s" stroke-width="%g">%s</svg>`,
		w, h, hex, 2*p.scale, strings.ReplaceAll(body, `"ink"`, `"`+hex+`"`))
	p.image(fyne.NewStaticResource(fmt.Sprintf("%s-%s-%g.svg", name, hex[1:], p.scale), []byte(svg)), x, y, w, h)
}

func (p *Pen) image(res fyne.Resource, x, y, w, h float32) {
	i := p.icons.next(func() *canvas.Image { return &canvas.Image{FillMode: canvas.ImageFillStretch} })
	if i.Resource == nil || i.Resource.Name() != res.Name() {
		i.Resource = res
		i.Refresh()
	}
	place(i, x, y, w, h)
	p.objects = append(p.objects, i)
}
