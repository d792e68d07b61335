package rulesview

import (
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

const cellGap = 8

// grid draws a table within a card: wrapped cells, hairlines, a sunken header.
func (b *body) grid(g *grid) {
	if len(g.heads) == 0 {
		return
	}
	cells := columns(b.w, g)
	b.gridRow(g, g.heads, cells, kit.Caption.B(), true)
	for i, row := range g.rows {
		if i > 0 && row[0] != "" || g.right < 0 && i > 0 {
			if b.p != nil {
				b.p.HLine(b.x, b.y, b.w)
			}
		}
		b.gridRow(g, row, cells, kit.Caption.In(look.Text), false)
	}
}

// columns shares the width out, in proportion.
func columns(w float32, g *grid) []kit.Cell {
	total := float32(0)
	for _, s := range g.shares {
		total += s
	}
	free := w - cellGap*float32(len(g.shares)+1)
	out := make([]kit.Cell, len(g.shares))
	x := float32(cellGap)
	for i, s := range g.shares {
		out[i] = kit.Cell{X: x, W: free * s / total}
		x += out[i].W + cellGap
	}
	return out
}

func (b *body) gridRow(g *grid, row []string, cells []kit.Cell, st kit.Style, head bool) {
	lines := make([][]string, len(row))
	most := 1
	for i, text := range row {
		lines[i] = wrapAll(st, text, cells[i].W)
		most = max(most, len(lines[i]))
	}
	h := float32(most)*16 + 10
	if b.p != nil {
		if head {
			b.p.Fill(b.x, b.y, b.w, h, look.Sunken)
		}
		for i := range row {
			align := kit.Left
			if i == g.right {
				align = kit.Right
			}
			for n, t := range lines[i] {
				b.p.Text(b.x+cells[i].X, b.y+5+float32(n)*16, cells[i].W, t, st, align)
			}
		}
	}
	b.y += h
}

// wrapAll wraps and breaks words that are wider than the column after a
// hyphen or a slash, so that no cell is cut.
func wrapAll(st kit.Style, text string, w float32) []string {
	lines := st.Wrap(text, w)
	for _, l := range lines {
		if st.Width(l) > w {
			return st.Wrap(strings.NewReplacer("-", "- ", "/", "/ ").Replace(text), w)
		}
	}
	return lines
}
