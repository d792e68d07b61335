package consult

import (
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

func (o *familyOpen) draw(p *kit.Pen) {
	w, h := min(760, p.W-32), min(600, p.H-32)
	x, y := (p.W-w)/2, (p.H-h)/2
	p.Box(x, y, w, h, look.Surface, look.Ctl, 2, kit.RCard)
	p.Text(x+24, y+18, w-48, "Open family file", kit.Title, kit.Left)
	p.Text(x+24, y+50, w-48, "LINKAGE/PED, CanRisk, GEDCOM, a FHIR family history or a case of Kindred. The file is never changed.", kit.Caption, kit.Left)
	bw, rw := o.browse.Width(), o.read.Width()
	p.Put(o.path, x+24, y+76, w-48-bw-rw-16, 36)
	p.Put(o.browse, x+w-24-bw-rw-8, y+76, bw, 36)
	p.Put(o.read, x+w-24-rw, y+76, rw, 36)
	top := y + 126
	if o.file != nil {
		half := (w - 48 - 12) / 2
		p.Text(x+24, top, half, "Family of the file", kit.Caption.B(), kit.Left)
		p.Text(x+36+half, top, half, "Patient of this consultation", kit.Caption.B(), kit.Left)
		p.Put(o.family, x+24, top+20, half, 32)
		p.Put(o.patient, x+36+half, top+20, half, 32)
		top += 66
	}
	p.HLine(x+24, top, w-48)
	p.Put(o.scroll, x+24, top+4, w-48, y+h-64-top-4)
	p.HLine(x+24, y+h-60, w-48)
	p.Put(o.cancel, x+w-24-o.take.Width()-8-o.cancel.Width(), y+h-48, o.cancel.Width(), 36)
	p.Put(o.take, x+w-24-o.take.Width(), y+h-48, o.take.Width(), 36)
}

func (o *familyOpen) drawList(p *kit.Pen) {
	y := float32(10)
	switch {
	case o.busy:
		p.Text(0, y, p.W, "Reading the file", kit.Body.In(look.Muted), kit.Left)
		y += 28
	case o.trouble != nil:
		y += p.Message(0, y, p.W, kit.ToneUrgent, "urg", "Nothing was changed.", "What is wrong:") + 10
		for _, line := range wrong(o.trouble, 40) {
			y += p.Para(0, y, p.W, line, kit.Body) + 4
		}
	case o.taken != nil:
		for _, line := range o.sentences() {
			y += p.Para(0, y, p.W, line, kit.Body) + 6
		}
		y = drawLost(p, y, "Not taken over from the file", o.taken.Left)
	case o.file != nil && o.chosen < 0:
		y += p.Para(0, y, p.W, "The file holds several families. Choose one.", kit.Body)
	case o.file != nil:
		y += p.Para(0, y, p.W, "The file does not say who the patient is. Choose them.", kit.Body)
	}
	o.list.SetMin(p.W, y+8)
}

// drawLost lists what does not go over, or says that everything does.
func drawLost(p *kit.Pen, y float32, head string, lost []string) float32 {
	y += 6
	if len(lost) == 0 {
		y += p.Note(0, y, p.W, "met", head+": nothing.", look.Muted) + 6
		return y
	}
	p.Icon(0, y+1, 16, "unk", look.Unk)
	y += p.Para(24, y, p.W-24, head+":", kit.Small.B()) + 4
	for _, l := range lost {
		y += p.Para(24, y, p.W-24, "• "+capital(strings.TrimSuffix(l, ".")), kit.Small) + 2
	}
	return y + 6
}
