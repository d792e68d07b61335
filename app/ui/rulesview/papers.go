package rulesview

import (
	"kindred/app/report"
	"kindred/app/ui/kit"
	"kindred/rules"
)

// paperButtons are the buttons for what each area has to read and to hand out,
// by area id.
func paperButtons(host Host, areas []rules.AreaInfo) map[string][]*kit.Press {
	out := map[string][]*kit.Press{}
	for _, a := range areas {
		for _, kind := range report.Papers(a.ID, rules.Files) {
			label := "Leaflet"
			if kind == report.LearningCard {
				label = "Learning card"
			}
			b := kit.NewButton(kit.Plain, "doc", label, func() { host.Leaflet(a.ID, kind) })
			b.Words = "Saves the " + a.Short + " " + kind.Name() + " as PDF; it holds nothing about any patient"
			out[a.ID] = append(out[a.ID], b)
		}
	}
	return out
}

// leastTitle is the room an area's title keeps beside the buttons.
const leastTitle = 340

// drawPapers places the open area's buttons at the right of the head and returns
// the width that is left.
func (s *Screen) drawPapers(p *kit.Pen, x, w float32) float32 {
	buttons := s.papers[s.book.area.ID]
	need := float32(0)
	for _, b := range buttons {
		need += b.Small() + 8
	}
	if w-need < leastTitle {
		return w
	}
	at := x + w - need + 8
	for _, b := range buttons {
		p.Put(b, at, 18, b.Small(), 28)
		at += b.Small() + 8
	}
	return w - need - 8
}
