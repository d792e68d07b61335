package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Result is what a system says: a token with notes, or named values.
type Result struct {
	Token  string
	Notes  []string
	Fields map[string]Value
}

// String is the result as the case files write it.
func (r Result) String() string {
	if r.Fields == nil {
		return strings.Join(append([]string{r.Token}, r.Notes...), "+")
	}
	keys := slices.Sorted(maps.Keys(r.Fields))
	parts := make([]string, len(keys))
	for i, k := range keys {
		parts[i] = strconv.Quote(k) + ": " + r.Fields[k].String()
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	texts
	numbers
)

// Value is one value of a result.
type Value struct {
	kind    kind
	yes     bool
	number  float64
	text    string
	texts   []string
	numbers []float64
}

// Null is a value that cannot be given.
func Null() Value { return Value{} }

// Bool is true or false.
func Bool(b bool) Value { return Value{kind: boolean, yes: b} }

// Num is a number.
func Num(v float64) Value { return Value{kind: number, number: v} }

// Text is a word.
func Text(s string) Value { return Value{kind: text, text: s} }

// Texts is a list of words in no order.
func Texts(list ...string) Value { return Value{kind: texts, texts: list} }

// Nums is a list of numbers by position.
func Nums(list ...float64) Value { return Value{kind: numbers, numbers: list} }

// String is the value as JSON writes it.
func (v Value) String() string {
	num := func(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
	list := func(n int, at func(int) string) string {
		parts := make([]string, n)
		for i := range parts {
			parts[i] = at(i)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	switch v.kind {
	case boolean:
		return strconv.FormatBool(v.yes)
	case number:
		return num(v.number)
	case text:
		return strconv.Quote(v.text)
	case texts:
		return list(len(v.texts), func(i int) string { return strconv.Quote(v.texts[i]) })
	case numbers:
		return list(len(v.numbers), func(i int) string { return num(v.numbers[i]) })
	}
	return "null"
}

// Compare says how got differs from what a row expects; "" when it does not.
//
// Expected text that starts with a brace is JSON: the keys given are compared,
// numbers to the digits given, lists of words as sets that must be contained,
// lists of numbers position by position. Anything else is tokens: everything
// before the first colon, bracket or space, split at "+"; the first must be
// equal, each further one a note that must be present.
func Compare(expected string, got Result) string {
	expected = strings.TrimSpace(expected)
	if strings.HasPrefix(expected, "{") {
		return compareJSON([]byte(expected), got)
	}
	if i := strings.IndexAny(expected, ":( \t"); i >= 0 {
		expected = expected[:i]
	}
	tokens := strings.Split(expected, "+")
	if got.Fields != nil {
		return "a word was expected, values were given"
	}
	if tokens[0] != got.Token {
		return fmt.Sprintf("the result is %s, not %s", got.Token, tokens[0])
	}
	for _, note := range tokens[1:] {
		if !slices.Contains(got.Notes, note) {
			return fmt.Sprintf("the note %s is missing", note)
		}
	}
	return ""
}

func compareJSON(expected []byte, got Result) string {
	var want map[string]json.RawMessage
	if err := json.Unmarshal(expected, &want); err != nil {
		return "the expected answer is not JSON: " + err.Error()
	}
	for _, key := range slices.Sorted(maps.Keys(want)) {
		v, ok := got.Fields[key]
		if !ok {
			return fmt.Sprintf("%q was expected and not given", key)
		}
		if why := compareValue(want[key], v); why != "" {
			return fmt.Sprintf("%q: %s", key, why)
		}
	}
	return ""
}

func compareValue(want json.RawMessage, got Value) string {
	want = bytes.TrimSpace(want)
	differs := fmt.Sprintf("%s, not %s", got, want)
	if len(want) == 0 {
		return differs
	}
	switch {
	case bytes.Equal(want, []byte("null")):
		if got.kind == null {
			return ""
		}
	case bytes.Equal(want, []byte("true")), bytes.Equal(want, []byte("false")):
		if got.kind == boolean && got.yes == (want[0] == 't') {
			return ""
		}
	case want[0] == '"':
		var s string
		if json.Unmarshal(want, &s) == nil && got.kind == text && upTo(s) == upTo(got.text) {
			return ""
		}
	case want[0] == '[':
		return compareList(want, got, differs)
	default:
		if got.kind == number && sameNumber(string(want), got.number) {
			return ""
		}
	}
	return differs
}

func compareList(want []byte, got Value, differs string) string {
	var items []json.RawMessage
	if err := json.Unmarshal(want, &items); err != nil {
		return "the expected list is not JSON: " + err.Error()
	}
	if len(items) == 0 && (got.kind == texts || got.kind == numbers) {
		return ""
	}
	switch got.kind {
	case texts:
		for _, item := range items {
			var s string
			same := func(g string) bool { return upTo(g) == upTo(s) }
			if json.Unmarshal(item, &s) != nil || !slices.ContainsFunc(got.texts, same) {
				return fmt.Sprintf("%s is missing from %s", item, got)
			}
		}
		return ""
	case numbers:
		if len(items) != len(got.numbers) {
			return differs
		}
		for i, item := range items {
			if !sameNumber(string(item), got.numbers[i]) {
				return differs
			}
		}
		return ""
	}
	return differs
}

// upTo cuts a text at its first " (" or " or ": what follows is explanation.
func upTo(s string) string {
	for _, cut := range []string{" (", " or "} {
		if i := strings.Index(s, cut); i >= 0 {
			s = s[:i]
		}
	}
	return strings.TrimSpace(s)
}

// sameNumber compares to the digits the expected number is written with: 5.9
// is met by anything that rounds to it.
func sameNumber(want string, got float64) bool {
	v, err := strconv.ParseFloat(want, 64)
	if err != nil {
		return false
	}
	mantissa, exponent, _ := strings.Cut(strings.ToLower(want), "e")
	e, _ := strconv.Atoi(exponent)
	_, decimals, _ := strings.Cut(mantissa, ".")
	half := 0.5 * math.Pow10(e-len(decimals))
	const binary = 1e-9 // decimal fractions are not exact in binary
	return math.Abs(v-got) <= half*(1+1e-6)+binary*math.Abs(v)*1e-3
}
