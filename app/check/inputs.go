package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"kindred/rules/truth"
)

// Inputs is the JSON object of a worked case, read key by key with exact types.
// A key that is absent or null is not known.
type Inputs struct{ keys map[string]json.RawMessage }

// ParseInputs reads a JSON object.
func ParseInputs(data []byte) (Inputs, error) {
	var in Inputs
	if err := json.Unmarshal(data, &in.keys); err != nil {
		return Inputs{}, err
	}
	if in.keys == nil {
		return Inputs{}, fmt.Errorf("found null")
	}
	return in, nil
}

// raw returns the text behind a key; ok is false when it is absent or null.
func (in Inputs) raw(key string) (json.RawMessage, bool) {
	raw, ok := in.keys[key]
	if !ok || bytes.Equal(bytes.TrimSpace(raw), []byte("null")) {
		return nil, false
	}
	return raw, true
}

// Known reports whether the key holds an answer.
func (in Inputs) Known(key string) bool {
	_, ok := in.raw(key)
	return ok
}

// Keys names every key that holds an answer.
func (in Inputs) Keys() []string {
	var keys []string
	for key := range in.keys {
		if in.Known(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Text reads a word; "" is not known.
func (in Inputs) Text(key string) (string, error) {
	raw, ok := in.raw(key)
	if !ok {
		return "", nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", fmt.Errorf("%q is %s, expected a word", key, raw)
	}
	return strings.TrimSpace(s), nil
}

// Word reads one of the words given, whatever its case and joining marks;
// words maps what may be written to what is meant. "" is not known.
func (in Inputs) Word(key string, words map[string]string) (string, error) {
	s, err := in.Text(key)
	if err != nil || s == "" {
		return "", err
	}
	if w, ok := words[strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(s))]; ok {
		return w, nil
	}
	return "", fmt.Errorf("%q is %q, which is not one of the words this system knows", key, s)
}

// YesNo reads true, false, "yes", "no" or "unknown".
func (in Inputs) YesNo(key string) (truth.K, error) {
	raw, ok := in.raw(key)
	if !ok {
		return truth.Unknown, nil
	}
	switch strings.ToLower(strings.Trim(string(raw), `" `)) {
	case "true", "yes":
		return truth.Yes, nil
	case "false", "no":
		return truth.No, nil
	case "unknown", "not_known", "":
		return truth.Unknown, nil
	}
	return truth.Unknown, fmt.Errorf("%q is %s, expected true, false or null", key, raw)
}

// numberText reads a number as people write it: "54", "50-59", "50s", "<20",
// ">=40", "20 to 29".
var numberText = regexp.MustCompile(`^(<=|>=|<|>|≤|≥|)\s*(\d+(?:\.\d+)?)\s*(?:(s)|\s*(?:-|–|to)\s*(\d+(?:\.\d+)?))?$`)

// Number reads a number as what is still possible: 54, [50, 59],
// {"min": 50, "max": 59}, "<0.5"; absent or null is anything.
func (in Inputs) Number(key string) (truth.Span, error) {
	raw, ok := in.raw(key)
	if !ok {
		return truth.Any(), nil
	}
	bad := fmt.Errorf("%q is %s, expected a number, [min,max] or null", key, raw)
	var v float64
	if json.Unmarshal(raw, &v) == nil {
		return truth.Exactly(v), nil
	}
	var list []*float64
	if json.Unmarshal(raw, &list) == nil {
		if len(list) != 2 {
			return truth.Any(), bad
		}
		return span(list[0], list[1], bad)
	}
	var ends struct{ Min, Max *float64 }
	if json.Unmarshal(raw, &ends) == nil {
		return span(ends.Min, ends.Max, bad)
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return truth.Any(), bad
	}
	return SpanOf(s, bad)
}

// SpanOf reads a number written as text; bad is the error to give when it is none.
func SpanOf(s string, bad error) (truth.Span, error) {
	m := numberText.FindStringSubmatch(strings.ToLower(strings.TrimSpace(s)))
	if m == nil {
		return truth.Any(), bad
	}
	v, err := strconv.ParseFloat(m[2], 64)
	if err != nil {
		return truth.Any(), bad
	}
	switch {
	case m[4] != "":
		hi, err := strconv.ParseFloat(m[4], 64)
		if err != nil {
			return truth.Any(), bad
		}
		return span(&v, &hi, bad)
	case m[3] != "":
		return truth.Span{Lo: v, Hi: v + 9}, nil
	}
	switch m[1] {
	case "<":
		return truth.Below(v), nil
	case "<=", "≤":
		return truth.Span{Lo: math.Inf(-1), Hi: v}, nil
	case ">":
		return truth.Above(v), nil
	case ">=", "≥":
		return truth.From(v), nil
	}
	return truth.Exactly(v), nil
}

func span(lo, hi *float64, bad error) (truth.Span, error) {
	s := truth.Any()
	if lo != nil {
		s.Lo = *lo
	}
	if hi != nil {
		s.Hi = *hi
	}
	if s.Lo > s.Hi {
		return truth.Any(), bad
	}
	return s, nil
}

// Exact reads a number that an equation needs; ok is false when it is not
// known, or only known as a range.
func (in Inputs) Exact(key string) (v float64, ok bool, err error) {
	s, err := in.Number(key)
	if err != nil || !s.IsExact() {
		return 0, false, err
	}
	return s.Lo, true, nil
}

// Object reads a nested object; absent or null is an object that knows nothing.
func (in Inputs) Object(key string) (Inputs, error) {
	raw, ok := in.raw(key)
	if !ok {
		return Inputs{}, nil
	}
	o, err := ParseInputs(raw)
	if err != nil {
		return Inputs{}, fmt.Errorf("%q is %s, expected an object", key, raw)
	}
	return o, nil
}

// List reads a list of objects; known is false when it is absent or null,
// which means nobody asked: not the same as an empty list.
func (in Inputs) List(key string) (list []Inputs, known bool, err error) {
	raw, ok := in.raw(key)
	if !ok {
		return nil, false, nil
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		return nil, false, fmt.Errorf("%q is %s, expected a list", key, raw)
	}
	for _, item := range items {
		o, err := ParseInputs(item)
		if err != nil {
			return nil, false, fmt.Errorf("%q holds %s, expected an object", key, item)
		}
		list = append(list, o)
	}
	return list, true, nil
}
