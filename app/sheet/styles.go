package sheet

import (
	"errors"
	"io"
	"strconv"
)

// formatKind says how a number format shows a number.
type formatKind uint8

const (
	plainFormat formatKind = iota
	dateFormat
	timeFormat
)

// readStyles gives for every cell style whether its number format is a date.
func readStyles(r io.Reader) ([]formatKind, error) {
	x := newScanner(r)
	custom := map[int]formatKind{}
	var styles []formatKind
	inXfs := false
	for {
		t, err := x.next()
		if errors.Is(err, io.EOF) {
			return styles, nil
		}
		if err != nil {
			return nil, err
		}
		switch {
		case t.kind == startTag && t.is("numFmt"):
			id, _ := strconv.Atoi(string(t.attr("numFmtId")))
			code, err := decode(t.attr("formatCode"))
			if err != nil {
				return nil, err
			}
			custom[id] = classify(code)
		case t.kind == startTag && t.is("cellXfs"):
			inXfs = !t.selfClosing
		case t.kind == endTag && t.is("cellXfs"):
			inXfs = false
		case t.kind == startTag && inXfs && t.is("xf"):
			id, _ := strconv.Atoi(string(t.attr("numFmtId"))) // absent is 0, General
			kind, isCustom := custom[id]
			if !isCustom {
				kind = builtin(id)
			}
			styles = append(styles, kind)
		}
	}
}

// builtin knows the number formats that a workbook need not spell out
// (ECMA-376 part 1, 18.8.30), with the East Asian dates among them.
func builtin(id int) formatKind {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return dateFormat
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id >= 45 && id <= 47, id == 55, id == 56:
		return timeFormat
	}
	return plainFormat
}

// classify reads a number format's first section: letters of a date outside
// quotes, escapes and brackets make it a date, those of a time alone a time.
func classify(code string) formatKind {
	var day, month, clock bool
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '\\', '_', '*':
			i++
		case '[':
			end := i + 1
			for end < len(code) && code[end] != ']' {
				end++
			}
			if isElapsed(code[i+1 : end]) {
				clock = true
			}
			i = end
		case 'y', 'Y', 'd', 'D':
			day = true
		case 'e', 'E': // an era year, unless it is the exponent of 0.00E+00
			if i+1 >= len(code) || code[i+1] != '+' && code[i+1] != '-' {
				day = !isGeneral(code, i)
			}
		case 'm', 'M':
			month = true
		case 'h', 'H', 's', 'S':
			clock = true
		case 'G', 'g':
			if len(code) >= i+7 && isGeneral(code, i+1) {
				i += 6
			}
		case ';':
			i = len(code)
		}
	}
	switch {
	case day, month && !clock:
		return dateFormat
	case clock:
		return timeFormat
	}
	return plainFormat
}

// isGeneral: the e at i belongs to the word General.
func isGeneral(code string, i int) bool {
	return i >= 1 && len(code) >= i+6 && (code[i-1] == 'G' || code[i-1] == 'g') && code[i:i+6] == "eneral"
}

// isElapsed knows [h], [mm], [ss]: hours, minutes, seconds past a day.
func isElapsed(s string) bool {
	if s == "" {
		return false
	}
	for i := range len(s) {
		switch s[i] {
		case 'h', 'H', 'm', 'M', 's', 'S':
		default:
			return false
		}
	}
	return true
}
