package sheet

import (
	"math"
	"strconv"
)

// ParseNumber reads a number as files write it (point, no spaces, an exponent
// is allowed). Up to fifteen digits go the short way, which is exact: both the
// digits and the power of ten are whole float64 numbers.
func ParseNumber(s string) (float64, bool) {
	var (
		m      uint64
		digits int
		scale  int
		point  bool
		i      int
	)
	neg := false
	if s != "" && s[0] == '-' {
		neg = true
		i = 1
	}
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			m = m*10 + uint64(c-'0')
			if m > 0 {
				digits++
			}
			if point {
				scale++
			}
		case c == '.' && !point:
			point = true
		default:
			return parseSlow(s)
		}
		if digits > 15 || scale > 22 {
			return parseSlow(s)
		}
	}
	if s == "" || s == "-" || s == "." || s == "-." {
		return 0, false
	}
	v := float64(m) / pow10[scale]
	if neg {
		v = -v
	}
	return v, true
}

// parseSlow leaves the rest to the library, but refuses its extensions
// (hexadecimal, underscores, NaN, Inf).
func parseSlow(s string) (float64, bool) {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9', c == '.', c == '-', c == '+', c == 'e', c == 'E':
		default:
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	return v, true
}

var pow10 = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}
