package lipid

// strengthList reads "80mg", "10mg/40mg", "10/40mg", "10 mg + 40 mg" up to the
// last unit, and what one unit of it is ("/5ml", "/1 each", "/day").
func (s *scan) strengthList() bool {
	var values []float64
	k := 0
	for {
		w := s.peek(k)
		if w.is != isNumber {
			return false
		}
		values = append(values, w.number)
		k++
		if unit := s.peek(k); unit.is == isWord && massUnits[unit.text] > 0 {
			for i := range values {
				values[i] *= massUnits[unit.text]
			}
			k++
			break
		}
		if s.peek(k).text != "/" && s.peek(k).text != "+" {
			return false
		}
		k++
	}
	s.out.strengths = append(s.out.strengths, values...)
	s.at += k
	s.near = false
	s.per()
	return true
}

// per reads what a strength is in: a volume leaves the dose open, one tablet
// and a day say nothing more.
func (s *scan) per() {
	sign := s.peek(0).text
	if sign != "/" && sign != "per" && !(sign == "in" && s.peek(1).is == isNumber) {
		if sign == "-" && s.peek(1).is == isNumber && massUnits[s.peek(2).text] > 0 || sign == "to" && s.peek(1).is == isNumber {
			s.stop("the dose is a range")
		}
		return
	}
	k := 1
	if s.peek(k).is == isNumber || s.peek(k).is == isCount {
		k++
	}
	unit := s.peek(k)
	switch {
	case volumes[unit.text]:
		s.stop("the strength is of a liquid")
	case unit.is == isWord && massUnits[unit.text] > 0 && sign == "/": // "10mg/40mg": the next strength
		s.at++
		return
	case unit.is == isWord && k == 2 && s.peek(1).number != 1:
		s.stop("it is not sure what “" + sign + " " + s.peek(1).text + " " + unit.text + "” means")
	case k == 2 && unit.is != isWord:
		return
	case k == 1: // "mg/day", "mg per tablet": the words say it themselves
		s.at++
		return
	}
	s.at += min(k+1, len(s.ws)-s.at)
}

// bareList reads "40", "10/40" right behind a name.
func (s *scan) bareList() {
	values := []float64{s.ws[s.at].number}
	k := 1
	for s.peek(k).text == "/" && s.peek(k+1).is == isNumber {
		values = append(values, s.peek(k+1).number)
		k += 2
	}
	next := s.peek(k)
	_, known := s.t.phraseAt(s.ws, s.at+k)
	switch {
	case next.text == "-" && s.peek(k+1).is == isNumber || next.text == "to" && s.peek(k+1).is == isNumber:
		s.stop("the dose is a range")
	case next.is == isWord && known == 0, next.is == isOdd: // "80mcgtabs": perhaps a unit
		s.astray(s.ws[s.at])
	}
	s.out.bare = values
	s.at += k
	s.near = false
}

// fraction reads "1/2 tablet"; any other fraction of one leaves the dose open.
func (s *scan) fraction() bool {
	if s.peek(0).number != 1 || s.peek(1).text != "/" || s.peek(2).is != isNumber || s.formAt(3) == 0 && s.peek(3).text != "a" {
		return false
	}
	if s.peek(2).number == 2 {
		s.out.half = true
	} else {
		s.stop("part of a tablet is taken")
	}
	s.at += 3
	return true
}

// months are the names a date may be written with, by their first three letters.
var months = map[string]bool{
	"jan": true, "feb": true, "mar": true, "apr": true, "may": true, "jun": true,
	"jul": true, "aug": true, "sep": true, "oct": true, "nov": true, "dec": true,
}

// date passes over a date: a year, 03/2019, 12/3/2019, 12-Mar-2019.
func (s *scan) date() bool {
	const firstYear, lastYear = 1950, 2100
	year := func(k int) bool {
		w := s.peek(k)
		return w.is == isNumber && len(w.text) == 4 && w.number >= firstYear && w.number <= lastYear
	}
	month := func(k int) bool {
		w := s.peek(k)
		return w.is == isWord && len(w.text) >= 3 && months[w.text[:3]]
	}
	parted := func(k int) bool { t := s.peek(k).text; return t == "/" || t == "-" || t == "." }
	short := func(k int) bool { return s.peek(k).is == isNumber && len(s.peek(k).text) <= 2 }
	n := 0
	switch {
	case year(0) && massUnits[s.peek(1).text] == 0:
		n = 1 // "2019 - 2 tablets" is no date, "2019-02" is
		for parted(n) && short(n+1) && len(s.peek(n+1).text) == 2 && n < 5 {
			n += 2
		}
	case short(0) && parted(1) && short(1+1) && parted(3) && year(4):
		n = 5
	case short(0) && parted(1) && year(2):
		n = 3
	case short(0) && month(1) && year(2):
		n = 3
	case short(0) && parted(1) && month(2) && parted(3) && year(4):
		n = 5
	}
	s.at += n
	return n > 0
}
