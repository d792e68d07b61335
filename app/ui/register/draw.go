package register

import (
	"fmt"
	"strconv"

	"kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
)

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func (s *Screen) draw(p *kit.Pen) {
	x, y, w := float32(24), float32(20), p.W-48
	tw := p.Text(x, y, 0, "Family testing", kit.Title, kit.Left)
	p.Text(x+tw+12, y+6, w-tw-12-s.save.Width()-12, s.subtitle(), kit.Body.In(look.Muted), kit.Left)
	p.Put(s.save, x+w-s.save.Width(), y-2, s.save.Width(), 32)
	y += 44
	p.Put(s.which, x, y, s.which.Width(), 32)
	if s.area != nil {
		p.Put(s.area, x+s.which.Width()+16, y, s.area.Width(), 32)
	}
	y += 44
	if s.all != nil && s.all.Unread > 0 {
		text := words.Plural(s.all.Unread, "consultation", "consultations") + " could not be read or advised on and " +
			map[bool]string{true: "is", false: "are"}[s.all.Unread == 1] + " left out: open from home to see why."
		y += p.Note(x, y, w, "warn", text, look.Warn) + 8
	}
	switch {
	case s.trouble != nil:
		p.Message(x, y, w, kit.ToneUrgent, "urg", "The register cannot be read.", words.Capital(s.trouble.Error()))
	case s.all == nil:
		for i := range 6 {
			p.Skeleton(x, y+float32(i)*rowH+20, w*0.7)
		}
	case len(s.shown) == 0:
		s.drawNobody(p, x, y, w)
	default:
		p.Put(s.table, x, y, w, min(p.H-y-36, s.table.Height(len(s.shown))))
		p.Text(x, p.H-28, w, "Longest without an answer first, then by chance. Only relatives entered in a family are listed; how long is too long is for the clinic to say.", kit.Caption, kit.Left)
	}
}

func (s *Screen) drawNobody(p *kit.Pen, x, y, w float32) {
	title, what := "Nobody is left to do", "Choose Everyone to see results, refusals and those who wait for an age."
	if s.all != nil && len(s.all.Rows) == 0 {
		title, what = "No family with a known variant", "Once a variant is found in a patient or known in a family, the relatives entered there are listed here."
	}
	p.Icon(x+w/2-14, y+60, 28, "family", look.Muted)
	p.Text(x, y+96, w, title, kit.Body.B(), kit.Center)
	p.Text(x, y+120, w, what, kit.Caption, kit.Center)
}

// subtitle counts what is left to do.
func (s *Screen) subtitle() string {
	if s.all == nil {
		return ""
	}
	var n [3]int
	for i := range s.all.Rows {
		if st := s.all.Rows[i].Step; st.Outstanding() {
			n[st]++
		}
	}
	return fmt.Sprintf("%d not offered yet · %d without an answer · %s awaited",
		n[consult.NotOffered], n[consult.Offered], words.Plural(n[consult.Awaited], "result", "results"))
}
