package sheet

import "bytes"

// quickCell reads the next cell when it has one of the forms that nearly all
// cells have and lies wholly in the buffer:
//
//	<c r="B7" s="1"><v>4.9</v></c>
//	<c r="B7" t="s"><v>12</v></c>
//	<c r="B7" t="inlineStr"><is><t>Smith</t></is></c>
//	<c r="B7" s="1"/>
//
// It reports false, having read nothing, for everything else, which then goes
// the long way; both ways give the same cells (TestQuickAndLongWayAgree).
func (s *sheetRows) quickCell(col *int, row int) bool {
	b := s.x.buf[s.x.pos:s.x.end]
	if len(b) < 8 || b[0] != '<' || b[1] != 'c' || b[2] != ' ' {
		return false
	}
	end := bytes.IndexByte(b, '>')
	if end < 0 {
		return false
	}
	at, kind, style, ok := quickAttrs(b[3:end], *col+1, row)
	if !ok {
		return false
	}
	if b[end-1] == '/' {
		s.x.pos += end + 1
		*col = at
		return true
	}
	rest := b[end+1:]
	raw, used, ok := quickBody(rest, kind)
	if !ok {
		return false
	}
	c, isText, err := s.value(kind, style, true, false, raw)
	if err != nil { // the long way finds it again and says where
		return false
	}
	from := len(s.arena)
	if isText {
		if s.arena, err = appendText(s.arena, raw, false); err != nil {
			s.arena = s.arena[:from]
			return false
		}
	}
	s.x.pos += end + 1 + used
	*col = at
	if c.Kind == Empty {
		return true
	}
	s.set(at, c)
	if isText {
		s.spots = append(s.spots, spot{at, from, len(s.arena)})
	}
	return true
}

// quickAttrs reads r, s and t, in double quotes and nothing else.
func quickAttrs(b []byte, next, row int) (col int, kind byte, style int, ok bool) {
	col, kind = next, 0
	if n := len(b); n > 0 && b[n-1] == '/' {
		b = b[:n-1]
	}
	for len(b) > 0 {
		if b[0] == ' ' {
			b = b[1:]
			continue
		}
		if len(b) < 4 || b[1] != '=' || b[2] != '"' {
			return 0, 0, 0, false
		}
		end := bytes.IndexByte(b[3:], '"')
		if end < 0 {
			return 0, 0, 0, false
		}
		v := b[3 : 3+end]
		switch b[0] {
		case 'r':
			c, r, good := parseRef(v)
			if !good || r != row || c >= maxColumns {
				return 0, 0, 0, false
			}
			col = c
		case 's':
			if style, ok = smallInt(v); !ok {
				return 0, 0, 0, false
			}
		case 't':
			kind = typeLetter(v)
		default:
			return 0, 0, 0, false
		}
		b = b[4+end:]
	}
	return col, kind, style, true
}

var (
	afterValue  = []byte("</v></c>")
	afterInline = []byte("</t></is></c>")
	inlineText  = []byte("<is><t>")
	inlineSpace = []byte(`<is><t xml:space="preserve">`)
)

// quickBody gives the text between the tags and how many bytes were used.
func quickBody(b []byte, kind byte) (raw []byte, used int, ok bool) {
	open, after := 3, afterValue
	switch {
	case kind == 'i':
		after = afterInline
		switch {
		case bytes.HasPrefix(b, inlineText):
			open = len(inlineText)
		case bytes.HasPrefix(b, inlineSpace):
			open = len(inlineSpace)
		default:
			return nil, 0, false
		}
	case len(b) < 3 || b[0] != '<' || b[1] != 'v' || b[2] != '>':
		return nil, 0, false
	}
	n := bytes.IndexByte(b[open:], '<')
	if n < 0 || !bytes.HasPrefix(b[open+n:], after) {
		return nil, 0, false
	}
	raw = b[open : open+n]
	if kind != 'i' && kind != 'S' && bytes.IndexByte(raw, '&') >= 0 {
		return nil, 0, false
	}
	return raw, open + n + len(after), true
}
