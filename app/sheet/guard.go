package sheet

// A text that a spreadsheet program would run as a formula when it opens a CSV
// file is written with an apostrophe before it (CWE-1236), and read back
// without it.

// guard gives text as it is safe in a CSV file. Numbers stay numbers.
func guard(text string) string {
	if needsGuard(text) {
		return "'" + text
	}
	return text
}

func needsGuard(text string) bool {
	if text == "" || !runsAsFormula(text[0]) {
		return false
	}
	if text[0] == '+' || text[0] == '-' {
		if _, ok := ParseNumber(text[1:]); ok && text[1] != '-' && text[1] != '+' {
			return false
		}
	}
	return true
}

func runsAsFormula(c byte) bool {
	switch c {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	}
	return false
}

// unguard undoes guard.
func unguard(text string) string {
	if len(text) > 1 && text[0] == '\'' && needsGuard(text[1:]) {
		return text[1:]
	}
	return text
}
