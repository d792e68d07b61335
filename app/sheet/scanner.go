package sheet

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

type tokenKind uint8

const (
	startTag tokenKind = iota + 1
	endTag
	textToken  // entities still in it
	cdataToken // as it stands
)

// token is one piece of XML. Its slices are valid until the next call of next.
type token struct {
	kind        tokenKind
	selfClosing bool
	name        []byte // without a namespace prefix
	attrs       []byte
	text        []byte
}

func (t *token) is(name string) bool { return string(t.name) == name }

// attr gives an attribute's raw value by its name without prefix.
func (t *token) attr(name string) []byte {
	for rest := t.attrs; ; {
		n, v, r, ok := nextAttr(rest)
		if !ok {
			return nil
		}
		if string(local(n)) == name {
			return v
		}
		rest = r
	}
}

// nextAttr takes the first name="value" off b.
func nextAttr(b []byte) (name, value, rest []byte, ok bool) {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	eq := bytes.IndexByte(b, '=')
	if eq <= 0 {
		return nil, nil, nil, false
	}
	name, b = bytes.TrimRight(b[:eq], " \t\r\n"), b[eq+1:]
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	if len(b) == 0 || b[0] != '"' && b[0] != '\'' {
		return nil, nil, nil, false
	}
	end := bytes.IndexByte(b[1:], b[0])
	if end < 0 {
		return nil, nil, nil, false
	}
	return name, b[1 : 1+end], b[2+end:], true
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// local cuts a namespace prefix off.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

// scanner splits XML into tags and text without building a tree and without
// allocating per token. It checks what silent loss hides behind: every tag is
// closed by its own end tag, and the part ends where its root ends. It refuses
// document type declarations, so no entity can be defined.
type scanner struct {
	src   io.Reader
	buf   []byte
	pos   int
	end   int
	eof   bool
	names []byte // names of the open elements, one after another
	marks []int  // where each starts
	roots int
}

func newScanner(r io.Reader) *scanner {
	return &scanner{src: utf8Reader(r), buf: make([]byte, 64<<10), marks: make([]int, 0, maxDepth)}
}

// utf8Reader turns UTF-16 into UTF-8, told by its byte order mark or by how it
// spells the first '<'; XML that names no encoding is UTF-8 already.
func utf8Reader(r io.Reader) io.Reader {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	head = head[:n]
	if err != nil {
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return bytes.NewReader(head)
		}
		return io.MultiReader(bytes.NewReader(head), failing{err})
	}
	if string(head) == "\xEF\xBB\xBF" {
		return r
	}
	whole := io.MultiReader(bytes.NewReader(head), r)
	switch {
	case head[0] == 0xFF && head[1] == 0xFE, head[0] == '<' && head[1] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(whole)
	case head[0] == 0xFE && head[1] == 0xFF, head[0] == 0 && head[1] == '<':
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(whole)
	}
	return whole
}

// failing is a reader that gives nothing but its error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// fill reads more, keeping what lies between pos and end.
func (x *scanner) fill() error {
	if x.pos > 0 {
		copy(x.buf, x.buf[x.pos:x.end])
		x.end -= x.pos
		x.pos = 0
	}
	if x.end == len(x.buf) {
		if len(x.buf) >= maxTokenBytes {
			return damaged("one cell or tag is longer than %d MB", maxTokenBytes>>20)
		}
		x.buf = append(x.buf, make([]byte, len(x.buf))...)
	}
	for tries := 0; tries < 100; tries++ {
		n, err := x.src.Read(x.buf[x.end:])
		x.end += n
		if err == io.EOF {
			x.eof = true
			return nil
		}
		if err != nil {
			return readError(err)
		}
		if n > 0 {
			return nil
		}
	}
	return damaged("the file gives no more data")
}

// next gives the next tag or piece of text; io.EOF only after the root element
// was closed.
func (x *scanner) next() (token, error) {
	for {
		if x.pos == x.end {
			if x.eof {
				return token{}, x.atEnd()
			}
			if err := x.fill(); err != nil {
				return token{}, err
			}
			continue
		}
		if x.buf[x.pos] != '<' {
			t, err := x.textRun()
			if err != nil {
				return token{}, err
			}
			if len(x.marks) == 0 { // white space around the root
				if len(bytes.TrimSpace(t.text)) > 0 {
					return token{}, damaged("there is text outside the document")
				}
				continue
			}
			return t, nil
		}
		t, skip, err := x.tag()
		if err != nil {
			return token{}, err
		}
		if !skip {
			return t, nil
		}
	}
}

// textRun is everything up to the next '<'.
func (x *scanner) textRun() (token, error) {
	seen := 0
	for {
		if i := bytes.IndexByte(x.buf[x.pos+seen:x.end], '<'); i >= 0 {
			t := token{kind: textToken, text: x.buf[x.pos : x.pos+seen+i]}
			x.pos += seen + i
			return t, nil
		}
		seen = x.end - x.pos
		if x.eof {
			t := token{kind: textToken, text: x.buf[x.pos:x.end]}
			x.pos = x.end
			return t, nil
		}
		if err := x.fill(); err != nil {
			return token{}, err
		}
	}
}

// tag reads one markup item at '<'. skip is true for comments and the like.
func (x *scanner) tag() (t token, skip bool, err error) {
	for x.end-x.pos < 2 {
		if x.eof {
			return token{}, false, damaged("the document ends in the middle of a tag")
		}
		if err := x.fill(); err != nil {
			return token{}, false, err
		}
	}
	switch x.buf[x.pos+1] {
	case '?':
		_, err := x.until("?>", 2)
		return token{}, true, err
	case '!':
		return x.bang()
	}
	body, err := x.element()
	if err != nil {
		return token{}, false, err
	}
	if body[0] == '/' {
		name := bytes.TrimRight(body[1:], " \t\r\n")
		if err := x.pop(name); err != nil {
			return token{}, false, err
		}
		return token{kind: endTag, name: local(name)}, false, nil
	}
	t.kind = startTag
	if body[len(body)-1] == '/' {
		t.selfClosing = true
		body = body[:len(body)-1]
	}
	n := 0
	for n < len(body) && !isSpace(body[n]) {
		n++
	}
	if n == 0 {
		return token{}, false, damaged("a tag has no name")
	}
	t.name, t.attrs = local(body[:n]), body[n:]
	return t, false, x.push(body[:n], t.selfClosing)
}

// element gives what stands between '<' and its '>', which may not be the first
// '>' when an attribute's value holds one.
func (x *scanner) element() ([]byte, error) {
	from := x.pos + 1
	for {
		i := bytes.IndexByte(x.buf[from:x.end], '>')
		if i >= 0 {
			body := x.buf[x.pos+1 : from+i]
			if len(body) == 0 {
				return nil, damaged("a tag has no name")
			}
			if quoted(body) {
				from += i + 1
				continue
			}
			x.pos = from + i + 1
			return body, nil
		}
		if x.eof {
			return nil, damaged("the document ends in the middle of a tag")
		}
		seen := x.end - x.pos
		if err := x.fill(); err != nil {
			return nil, err
		}
		from = x.pos + max(seen, 1)
	}
}

// quoted reports whether b ends inside a quoted attribute value.
func quoted(b []byte) bool {
	if bytes.IndexByte(b, '\'') < 0 {
		return bytes.Count(b, []byte{'"'})%2 == 1
	}
	var open byte
	for _, c := range b {
		switch {
		case open == 0 && (c == '"' || c == '\''):
			open = c
		case c == open:
			open = 0
		}
	}
	return open != 0
}

// bang reads comments and CDATA and refuses declarations.
func (x *scanner) bang() (token, bool, error) {
	for x.end-x.pos < 9 && !x.eof {
		if err := x.fill(); err != nil {
			return token{}, false, err
		}
	}
	rest := x.buf[x.pos:x.end]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		_, err := x.until("-->", 4)
		return token{}, true, err
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		text, err := x.until("]]>", 9)
		if err == nil && len(x.marks) == 0 {
			err = damaged("there is text outside the document")
		}
		return token{kind: cdataToken, text: text}, false, err
	}
	return token{}, false, damaged("it holds a declaration that no spreadsheet program writes")
}

// until gives everything from skip bytes after pos to the mark, and moves past it.
func (x *scanner) until(mark string, skip int) ([]byte, error) {
	seen := skip
	for {
		if x.end-x.pos >= seen {
			if i := bytes.Index(x.buf[x.pos+seen:x.end], []byte(mark)); i >= 0 {
				text := x.buf[x.pos+skip : x.pos+seen+i]
				x.pos += seen + i + len(mark)
				return text, nil
			}
			seen = max(skip, x.end-x.pos-len(mark)+1)
		}
		if x.eof {
			return nil, damaged("the document ends too early")
		}
		if err := x.fill(); err != nil {
			return nil, err
		}
	}
}

func (x *scanner) push(name []byte, selfClosing bool) error {
	if len(x.marks) == 0 {
		if x.roots++; x.roots > 1 {
			return damaged("there is more than one document in a part")
		}
	}
	if selfClosing {
		return nil
	}
	if len(x.marks) == maxDepth {
		return damaged("its elements are nested too deep")
	}
	x.marks = append(x.marks, len(x.names))
	x.names = append(x.names, name...)
	return nil
}

func (x *scanner) pop(name []byte) error {
	n := len(x.marks)
	if n == 0 || string(x.names[x.marks[n-1]:]) != string(name) {
		return damaged("the end tag %.40q has no beginning", name)
	}
	x.names, x.marks = x.names[:x.marks[n-1]], x.marks[:n-1]
	return nil
}

func (x *scanner) atEnd() error {
	if len(x.marks) > 0 || x.roots == 0 {
		return damaged("the document ends too early")
	}
	return io.EOF
}

// appendDecoded appends text with its entities resolved.
func appendDecoded(dst, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(dst, text...), nil
		}
		dst = append(dst, text[:i]...)
		end := bytes.IndexByte(text[i:], ';')
		if end < 0 || end > 12 {
			return dst, damaged("it holds a stray &")
		}
		var ok bool
		if dst, ok = appendEntity(dst, text[i+1:i+end]); !ok {
			return dst, damaged("it holds the unknown entity &%s;", text[i+1:i+end])
		}
		text = text[i+end+1:]
	}
}

func appendEntity(dst, name []byte) ([]byte, bool) {
	switch string(name) {
	case "lt":
		return append(dst, '<'), true
	case "gt":
		return append(dst, '>'), true
	case "amp":
		return append(dst, '&'), true
	case "quot":
		return append(dst, '"'), true
	case "apos":
		return append(dst, '\''), true
	}
	if len(name) < 2 || name[0] != '#' {
		return dst, false
	}
	digits, base := name[1:], rune(10)
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	r, ok := runeOf(digits, base)
	if !ok {
		return dst, false
	}
	return utf8.AppendRune(dst, r), true
}

// runeOf reads a character number; ok is false for what is no character.
func runeOf(digits []byte, base rune) (rune, bool) {
	var r rune
	for _, c := range digits {
		d := hexDigit(c)
		if d < 0 || d >= base {
			return 0, false
		}
		if r = r*base + d; r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0
}

func hexDigit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}

// decode is appendDecoded for short attribute values.
func decode(raw []byte) (string, error) {
	b, err := appendDecoded(nil, raw)
	return strings.ToValidUTF8(string(b), "\uFFFD"), err
}
