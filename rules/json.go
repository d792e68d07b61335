package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// jsonKind is what a JSON value is.
type jsonKind uint8

const (
	jsonNull jsonKind = iota
	jsonBool
	jsonNumber
	jsonString
	jsonList
	jsonObject
)

// jsonValue is one JSON value with the path it stands at, so that every
// complaint can say where.
type jsonValue struct {
	kind jsonKind
	path string
	text string // a string, or a number as written
	yes  bool

	items []*jsonValue
	keys  []string
	vals  []*jsonValue
}

func (v *jsonValue) get(key string) *jsonValue {
	if v == nil {
		return nil
	}
	for i := range v.keys {
		if v.keys[i] == key {
			return v.vals[i]
		}
	}
	return nil
}

// what names the kind of a value for a message.
func (v *jsonValue) what() string {
	switch v.kind {
	case jsonNull:
		return "null"
	case jsonBool:
		return "true or false"
	case jsonNumber:
		return "the number " + v.text
	case jsonString:
		return fmt.Sprintf("the text %q", shortened(v.text))
	case jsonList:
		return "a list"
	case jsonObject:
		return "an object"
	}
	return "a value"
}

// shown is a text in quotes, or what the value is.
func (v *jsonValue) shown() string {
	if v.kind == jsonString {
		return fmt.Sprintf("%q", shortened(v.text))
	}
	return v.what()
}

// shortened keeps a quoted text in a message to a readable length.
func shortened(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}

// What stops a file that cannot be a case: nested deeper, or with more keys in
// one object, than any case has.
const (
	maxJSONDepth = 32
	maxJSONKeys  = 1000
)

// readJSON reads one JSON value; duplicate keys and anything after the value
// are problems.
func readJSON(data []byte) (*jsonValue, Problems) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // some editors begin a file with a mark
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	r := &jsonReader{dec: dec}
	v := r.value("$", 0)
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, Problems{{Path: "$", Text: "something stands after the end of the case; a file holds one case"}}
	}
	return v, r.twice
}

type jsonReader struct {
	dec      *json.Decoder
	problems Problems // what stops reading
	twice    Problems // duplicate keys
}

func (r *jsonReader) fail(path string, err error) *jsonValue {
	text := "this is not JSON: " + err.Error()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		text = "this is not JSON: it ends too early"
	}
	r.problems = append(r.problems, Problem{Path: path, Text: fmt.Sprintf("%s (at byte %d)", text, r.dec.InputOffset())})
	return nil
}

func (r *jsonReader) value(path string, depth int) *jsonValue {
	if depth > maxJSONDepth {
		r.problems = append(r.problems, Problem{Path: path, Text: "this is nested too deeply"})
		return nil
	}
	tok, err := r.dec.Token()
	if err != nil {
		return r.fail(path, err)
	}
	v := &jsonValue{path: path}
	switch t := tok.(type) {
	case nil:
	case bool:
		v.kind, v.yes = jsonBool, t
	case json.Number:
		v.kind, v.text = jsonNumber, t.String()
	case string:
		v.kind, v.text = jsonString, t
	case json.Delim:
		if t == '[' {
			return r.list(v, depth)
		}
		return r.object(v, depth)
	}
	return v
}

func (r *jsonReader) list(v *jsonValue, depth int) *jsonValue {
	v.kind = jsonList
	for i := 0; r.dec.More(); i++ {
		item := r.value(fmt.Sprintf("%s[%d]", v.path, i), depth+1)
		if item == nil {
			return nil
		}
		v.items = append(v.items, item)
	}
	if _, err := r.dec.Token(); err != nil {
		return r.fail(v.path, err)
	}
	return v
}

func (r *jsonReader) object(v *jsonValue, depth int) *jsonValue {
	v.kind = jsonObject
	for r.dec.More() {
		tok, err := r.dec.Token()
		if err != nil {
			return r.fail(v.path, err)
		}
		key, _ := tok.(string)
		item := r.value(childPath(v.path, key), depth+1)
		if item == nil {
			return nil
		}
		if v.get(key) != nil {
			r.twice = append(r.twice, Problem{Path: item.path, Text: "this key stands twice"})
			if len(r.twice) > mostProblems {
				r.problems = r.twice
				return nil
			}
			continue
		}
		if len(v.keys) == maxJSONKeys {
			r.problems = append(r.problems, Problem{Path: v.path, Text: fmt.Sprintf("this object has more than %d keys, which nothing in a case has", maxJSONKeys)})
			return nil
		}
		v.keys, v.vals = append(v.keys, key), append(v.vals, item)
	}
	if _, err := r.dec.Token(); err != nil {
		return r.fail(v.path, err)
	}
	return v
}

// childPath adds a key to a JSON path.
func childPath(path, key string) string {
	for _, c := range key {
		if c != '_' && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return fmt.Sprintf("%s[%q]", path, shortened(key))
		}
	}
	if key == "" {
		return path + `[""]`
	}
	return path + "." + shortened(key)
}
