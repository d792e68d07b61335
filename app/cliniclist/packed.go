package cliniclist

import (
	"encoding/binary"
	"math"

	"kindred/app/sheet"
)

// packed keeps the rows of a list in memory at about ten bytes a cell, so that
// a file is read once and cannot change between the preview and the run.
type packed struct {
	blocks  []string
	rows    []packedRow
	open    []byte // the block being filled
	seen    map[string]uint32
	texts   []string // texts that stand in many cells: units, code terms
	accents bool     // some text has letters outside ASCII
}

type packedRow struct {
	block, offset uint32
	number        int32 // row number in the file
	short         bool
}

const (
	blockBytes = 256 << 10
	maxShared  = 4096 // texts kept once
	sharedLen  = 48   // longer ones are seldom repeated
	sharedKind = 0xFF
)

// add appends a row.
func (p *packed) add(number int, short bool, cells []sheet.Cell) {
	if p.seen == nil {
		p.seen = map[string]uint32{}
	}
	p.rows = append(p.rows, packedRow{block: uint32(len(p.blocks)), offset: uint32(len(p.open)), number: int32(number), short: short})
	b := binary.AppendUvarint(p.open, uint64(len(cells)))
	for i := range cells {
		b = p.appendCell(b, &cells[i])
	}
	p.open = b
	if len(p.open) >= blockBytes {
		p.seal()
	}
}

func (p *packed) appendCell(b []byte, c *sheet.Cell) []byte {
	switch c.Kind {
	case sheet.Empty:
		return append(b, byte(c.Kind))
	case sheet.Text, sheet.Error:
		if c.Kind == sheet.Text && len(c.Text) <= sharedLen {
			if id, ok := p.seen[c.Text]; ok {
				return binary.AppendUvarint(append(b, sharedKind), uint64(id))
			}
			if len(p.texts) < maxShared {
				p.seen[c.Text] = uint32(len(p.texts))
				p.texts = append(p.texts, c.Text)
			}
		}
		p.accents = p.accents || !isASCII(c.Text)
		b = binary.AppendUvarint(append(b, byte(c.Kind)), uint64(len(c.Text)))
		return append(b, c.Text...)
	}
	return binary.LittleEndian.AppendUint64(append(b, byte(c.Kind)), math.Float64bits(c.Num))
}

// seal closes the open block.
func (p *packed) seal() {
	if len(p.open) > 0 {
		p.blocks = append(p.blocks, string(p.open))
		p.open = p.open[:0]
	}
}

// done seals the last block and drops what only adding needs.
func (p *packed) done() {
	p.seal()
	p.open, p.seen = nil, nil
}

func (p *packed) len() int { return len(p.rows) }

// row unpacks row i into buf. Its texts share the block's memory.
func (p *packed) row(i int, buf []sheet.Cell) []sheet.Cell {
	r := p.rows[i]
	b := p.blocks[r.block][r.offset:]
	n, b := uvarint(b)
	buf = buf[:0]
	for range n {
		kind := b[0]
		b = b[1:]
		switch {
		case kind == sharedKind:
			var id uint64
			id, b = uvarint(b)
			buf = append(buf, sheet.Cell{Kind: sheet.Text, Text: p.texts[id]})
		case sheet.Kind(kind) == sheet.Empty:
			buf = append(buf, sheet.Cell{})
		case sheet.Kind(kind) == sheet.Text, sheet.Kind(kind) == sheet.Error:
			var size uint64
			size, b = uvarint(b)
			buf = append(buf, sheet.Cell{Kind: sheet.Kind(kind), Text: b[:size]})
			b = b[size:]
		default:
			buf = append(buf, sheet.Cell{Kind: sheet.Kind(kind), Num: math.Float64frombits(uint64At(b))})
			b = b[8:]
		}
	}
	return buf
}

func uvarint(s string) (uint64, string) {
	var v uint64
	for i := 0; ; i++ {
		c := s[i]
		v |= uint64(c&0x7F) << (7 * i)
		if c < 0x80 {
			return v, s[i+1:]
		}
	}
}

func uint64At(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
