package rules

import (
	"strings"
	"unicode/utf8"
)

// Rule files are written plainly: one value a line, no tabs, no folded text. The
// reader here knows that much YAML and nothing more, and takes a tenth of the
// library's time. At the first thing it does not know for certain it gives up,
// and the library reads the file instead, so that it never decides what is YAML
// and never words an error. A test holds it against the library.

// plainReader reads one file.
type plainReader struct {
	file    string
	lines   []plainLine
	at      int // the line to be read next
	anchors map[string]*node
	failed  bool
	depth   int
	room    []node // nodes are cut from one block of memory after another
}

// plainLine is one line that says something.
type plainLine struct {
	number int
	indent int
	text   string // without indent, comment and spaces at the end
}

// readPlainYAML reads a file; ok is false for one that needs the library.
func readPlainYAML(file, data string) (n *node, ok bool) {
	r := &plainReader{file: file, anchors: map[string]*node{}}
	if !r.split(data) || len(r.lines) == 0 || r.lines[0].indent != 0 {
		return nil, false
	}
	n = r.block(0)
	return n, !r.failed && r.at == len(r.lines)
}

// split takes the file apart into lines.
func (r *plainReader) split(data string) bool {
	if !utf8.ValidString(data) || strings.Contains(data, "\u0085") || strings.Contains(data, "\u2028") || strings.Contains(data, "\u2029") || strings.Contains(data, "\ufeff") {
		return false
	}
	for i := range len(data) {
		if data[i] < ' ' && data[i] != '\n' {
			return false // a tab, a carriage return
		}
	}
	r.lines = make([]plainLine, 0, strings.Count(data, "\n")+1)
	for number := 1; data != ""; number++ {
		var text string
		text, data, _ = strings.Cut(data, "\n")
		if strings.HasSuffix(text, " ") {
			return false // the library then counts columns in its own way
		}
		all := len(text)
		text = strings.TrimLeft(text, " ")
		indent := all - len(text)
		text = strings.TrimRight(withoutComment(text), " ")
		if text != "" {
			r.lines = append(r.lines, plainLine{number, indent, text})
		}
	}
	return true
}

// withoutComment cuts a line at a # that begins a comment; a # between quotes
// does not.
func withoutComment(text string) string {
	if strings.IndexByte(text, '#') < 0 {
		return text
	}
	quote := byte(0)
	for i := range len(text) {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && (i == 0 || strings.IndexByte(" [{,", text[i-1]) >= 0):
			quote = c
		case c == '#' && (i == 0 || text[i-1] == ' '):
			return text[:i]
		}
	}
	return text
}

func (r *plainReader) fail() *node {
	r.failed = true
	return &node{}
}

// node makes a node at a place; col counts from 1.
func (r *plainReader) node(kind nodeKind, line, col int) *node {
	if len(r.room) == 0 {
		r.room = make([]node, 128)
	}
	n := &r.room[0]
	r.room = r.room[1:]
	n.kind, n.file, n.line, n.col = kind, r.file, line, col
	return n
}

// line is the line to be read next, if it stands at the indent or deeper.
func (r *plainReader) line(indent int) *plainLine {
	if r.failed || r.at >= len(r.lines) || r.lines[r.at].indent < indent {
		return nil
	}
	return &r.lines[r.at]
}

func isItem(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

// block reads the list or mapping whose lines begin at the indent.
func (r *plainReader) block(indent int) *node {
	if r.depth++; r.depth > 60 {
		return r.fail()
	}
	defer func() { r.depth-- }()
	l := r.line(indent)
	if l == nil || l.indent != indent {
		return r.fail()
	}
	if isItem(l.text) {
		return r.list(indent)
	}
	n := r.node(mapNode, l.number, indent+1)
	for l := r.line(indent); l != nil; l = r.line(indent) {
		key, rest, ok := cutKey(l.text)
		if !ok || l.indent != indent || n.get(key) != nil {
			return r.fail()
		}
		k := r.node(scalarNode, l.number, indent+1)
		k.text = key
		value := strings.TrimLeft(rest, " ")
		r.at++
		n.pairs = append(n.pairs, pair{k, r.value(l, indent, value, len(l.text)-len(value), false)})
	}
	return n
}

// list reads a list of items.
func (r *plainReader) list(indent int) *node {
	n := r.node(listNode, r.lines[r.at].number, indent+1)
	for l := r.line(indent); l != nil && l.indent == indent && isItem(l.text); l = r.line(indent) {
		rest := strings.TrimLeft(l.text[1:], " ")
		skip := len(l.text) - len(rest)
		_, _, isMap := cutKey(rest)
		switch {
		case rest == "":
			return r.fail()
		case isMap || isItem(rest): // its own block, which begins on this line
			l.indent, l.text = indent+skip, rest
			n.items = append(n.items, r.block(indent+skip))
		default:
			r.at++
			n.items = append(n.items, r.value(l, indent, rest, skip, true))
		}
	}
	return n
}

// value reads what stands behind a key or a dash: text on the same line from
// byte skip on, or a block below.
func (r *plainReader) value(l *plainLine, indent int, text string, skip int, item bool) *node {
	if name, rest, ok := cutAnchor(text); ok && rest == "" {
		if item {
			return r.fail()
		}
		n := r.below(indent)
		r.anchors[name] = n
		return n
	}
	if text == "" {
		return r.below(indent)
	}
	if next := r.line(indent + 1); next != nil {
		return r.fail() // text that goes on below
	}
	f := &flowReader{r: r, text: l.text, at: skip, line: l.number, indent: l.indent}
	n := f.value(false)
	if f.at != len(l.text) {
		return r.fail()
	}
	return n
}

// below reads the block under a key: deeper, or a list at the key's own indent.
func (r *plainReader) below(indent int) *node {
	l := r.line(indent)
	if l == nil || l.indent == indent && !isItem(l.text) {
		return r.fail() // nothing there
	}
	return r.block(l.indent)
}

// cutKey parts "key: value"; a key is a plain word or several.
func cutKey(text string) (key, rest string, ok bool) {
	i := strings.IndexByte(text, ':')
	if i <= 0 || i+1 < len(text) && text[i+1] != ' ' || !isWordByte(text[0]) {
		return "", "", false
	}
	for j := range i {
		if c := text[j]; !isWordByte(c) && strings.IndexByte(" .-/", c) < 0 {
			return "", "", false
		}
	}
	if text[i-1] == ' ' || isNull(text[:i]) {
		return "", "", false
	}
	return text[:i], text[i+1:], true
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

func isNull(text string) bool {
	return text == "null" || text == "Null" || text == "NULL" || text == "~"
}

// cutAnchor parts "&name rest".
func cutAnchor(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "&") {
		return "", "", false
	}
	name, rest, _ = strings.Cut(text[1:], " ")
	for i := range len(name) {
		if !isWordByte(name[i]) {
			return "", "", false
		}
	}
	return name, strings.TrimLeft(rest, " "), name != ""
}

// flowReader reads what stands on one line.
type flowReader struct {
	r      *plainReader
	text   string
	at     int
	line   int
	indent int
}

func (f *flowReader) col() int { return f.indent + utf8.RuneCountInString(f.text[:f.at]) + 1 }

func (f *flowReader) spaces() {
	for f.at < len(f.text) && f.text[f.at] == ' ' {
		f.at++
	}
}

// value reads one value; inside [ ] or { } plain text ends at a comma or bracket.
func (f *flowReader) value(inside bool) *node {
	if f.r.failed || f.at >= len(f.text) {
		return f.r.fail()
	}
	if f.r.depth++; f.r.depth > 60 {
		return f.r.fail()
	}
	defer func() { f.r.depth-- }()
	switch c := f.text[f.at]; c {
	case '[':
		return f.list()
	case '{':
		return f.mapping()
	case '"', '\'':
		return f.quoted(c)
	case '&':
		return f.anchor()
	case '*':
		return f.alias(inside)
	}
	return f.plain(inside)
}

// list reads [a, b].
func (f *flowReader) list() *node {
	n := f.r.node(listNode, f.line, f.col())
	f.at++
	for {
		f.spaces()
		if _, _, ok := cutKey(f.text[f.at:]); ok { // [a, b: c]: a mapping of one pair
			one := f.r.node(mapNode, f.line, f.col())
			f.pair(one)
			n.items = append(n.items, one)
		} else {
			n.items = append(n.items, f.value(true))
		}
		if !f.more(']') {
			return n
		}
	}
}

// mapping reads {key: value, …}.
func (f *flowReader) mapping() *node {
	f.at++
	f.spaces()
	n := f.r.node(mapNode, f.line, f.col())
	for {
		f.spaces()
		f.pair(n)
		if !f.more('}') {
			return n
		}
	}
}

// pair reads key: value into a mapping.
func (f *flowReader) pair(n *node) {
	key, rest, ok := cutKey(f.text[f.at:])
	if !ok || n.get(key) != nil {
		f.r.fail()
		return
	}
	k := f.r.node(scalarNode, f.line, f.col())
	k.text = key
	f.at = len(f.text) - len(rest)
	f.spaces()
	n.pairs = append(n.pairs, pair{k, f.value(true)})
}

// more passes a comma; at the closing bracket, or on failure, it is false.
func (f *flowReader) more(end byte) bool {
	f.spaces()
	if f.r.failed || f.at >= len(f.text) {
		f.r.fail()
		return false
	}
	f.at++
	switch f.text[f.at-1] {
	case ',':
		return true
	case end:
		return false
	}
	f.r.fail()
	return false
}

// anchor reads &name [a, b] or &name {a: b}.
func (f *flowReader) anchor() *node {
	name, rest, ok := cutAnchor(f.text[f.at:])
	if !ok || rest == "" || rest[0] != '[' && rest[0] != '{' {
		return f.r.fail()
	}
	f.at = len(f.text) - len(rest)
	n := f.value(true)
	f.r.anchors[name] = n
	return n
}

// alias reads *name.
func (f *flowReader) alias(inside bool) *node {
	name := f.text[f.at+1:]
	if i := strings.IndexAny(name, ",]}"); inside && i >= 0 {
		name = name[:i]
	}
	f.at += 1 + len(name)
	if n := f.r.anchors[strings.TrimRight(name, " ")]; n != nil {
		return n
	}
	return f.r.fail()
}

func (f *flowReader) quoted(quote byte) *node {
	n := f.r.node(scalarNode, f.line, f.col())
	end := strings.IndexByte(f.text[f.at+1:], quote)
	if end < 0 {
		return f.r.fail()
	}
	n.text = f.text[f.at+1 : f.at+1+end]
	f.at += end + 2
	if strings.IndexByte(n.text, '\\') >= 0 || f.at < len(f.text) && f.text[f.at] == quote {
		return f.r.fail()
	}
	return n
}

// plain reads unquoted text.
func (f *flowReader) plain(inside bool) *node {
	n := f.r.node(scalarNode, f.line, f.col())
	start := f.at
	for f.at < len(f.text) {
		c := f.text[f.at]
		if inside && (c == ',' || c == ']' || c == '}') {
			break
		}
		if inside && (c == '[' || c == '{' || c == ':') || c == ':' && (f.at+1 == len(f.text) || f.text[f.at+1] == ' ') {
			return f.r.fail()
		}
		f.at++
	}
	n.text = strings.TrimRight(f.text[start:f.at], " ")
	if n.text == "" || isNull(n.text) || strings.IndexByte(`!&*|>%@?-"'#:,[]{}`+"`", n.text[0]) >= 0 && !isNegative(n.text) || strings.Contains(n.text, " #") {
		return f.r.fail()
	}
	return n
}

func isNegative(text string) bool {
	return len(text) > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9'
}
