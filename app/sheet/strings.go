package sheet

import (
	"errors"
	"io"
)

// readSharedStrings reads the table of texts that cells point into.
func readSharedStrings(r io.Reader) ([]string, error) {
	x := newScanner(r)
	var (
		list   []string
		bounds []int
		arena  []byte // texts of the current chunk, cut into strings at its end
		item   itemText
	)
	cut := func() {
		whole, from := string(arena), 0
		for _, to := range bounds {
			list = append(list, whole[from:to])
			from = to
		}
		arena, bounds = arena[:0], bounds[:0]
	}
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			cut()
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch {
		case t.kind == startTag && t.is("si"):
			item.begin()
			if t.selfClosing {
				bounds = append(bounds, len(arena))
			}
		case t.kind == endTag && t.is("si"):
			bounds = append(bounds, len(arena))
			if len(arena) > 256<<10 {
				cut()
			}
		default:
			if arena, err = item.take(arena, &t); err != nil {
				return nil, err
			}
		}
	}
}

// itemText collects the text of a string item (si or is): its own <t> and those
// of its rich text runs, but not the phonetic hints.
type itemText struct {
	inText, inPhonetic bool
}

func (i *itemText) begin() { *i = itemText{} }

func (i *itemText) take(dst []byte, t *token) ([]byte, error) {
	switch t.kind {
	case startTag:
		switch {
		case t.is("t"):
			i.inText = !t.selfClosing
		case t.is("rPh"):
			i.inPhonetic = !t.selfClosing
		}
	case endTag:
		switch {
		case t.is("t"):
			i.inText = false
		case t.is("rPh"):
			i.inPhonetic = false
		}
	case textToken, cdataToken:
		if i.inText && !i.inPhonetic {
			return appendText(dst, t.text, t.kind == cdataToken)
		}
	}
	return dst, nil
}
