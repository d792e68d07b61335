package lipid

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// meaning is what a phrase beside a drug's name says.
type meaning uint8

const (
	meansNothing meaning = iota
	meansDaily           // so many times a day
	meansMorning         // once, in the morning
	meansNight           // once, at night
	meansTake            // how many follows, or stands before
	meansHalf
	meansForm // tablets and the like
	meansPack // a pack size follows
	meansLiquid
	meansOpen // not one number a day
	meansNotTaken
	meansFiller
)

var meanings = map[string]meaning{
	"daily": meansDaily, "morning": meansMorning, "night": meansNight, "take": meansTake, "half": meansHalf, "form": meansForm,
	"pack": meansPack, "liquid": meansLiquid, "open": meansOpen, "not_taken": meansNotTaken, "filler": meansFiller,
}

type phrase struct {
	means meaning
	times float64
}

func (t *Tables) addPhrase(row []string) error {
	ph := phrase{means: meanings[row[1]], times: 1}
	if ph.means == meansNothing {
		return fmt.Errorf("%q is no meaning of a phrase", row[1])
	}
	if row[2] != "" {
		v, err := positive(row[2])
		if err != nil {
			return err
		}
		ph.times = v
	}
	if _, twice := t.phrases[row[0]]; twice {
		return fmt.Errorf("%q stands twice", row[0])
	}
	t.phrases[row[0]] = ph
	t.longest = max(t.longest, len(strings.Fields(row[0])))
	return nil
}

// word is one token of a text about a medicine: a word in lower case, a number
// as it was written, or one sign.
type word struct {
	text   string
	number float64
	is     kind
}

type kind uint8

const (
	isWord kind = iota
	isNumber
	isCount // a number in words, or ½: never a strength
	isSign
	isOdd // figures that cannot be told for sure: "1,000", ".5", "⅔"
)

// counts are the numbers people write in words, in English and Welsh.
var counts = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "un": 1, "dau": 2, "dwy": 2, "tri": 3, "tair": 3, "pedwar": 4, "pedair": 4,
}

// massUnits are units of a strength in mg.
var massUnits = map[string]float64{
	"mg": 1, "mgs": 1, "mgm": 1, "milligram": 1, "milligrams": 1, "miligram": 1, "miligramau": 1,
	"g": 1000, "gm": 1000, "gram": 1000, "grams": 1000,
	"mcg": 0.001, "microgram": 0.001, "micrograms": 0.001, "ug": 0.001, "µg": 0.001, "μg": 0.001,
}

// volumes are units of what a strength may be dissolved in.
var volumes = map[string]bool{"ml": true, "mls": true, "millilitre": true, "millilitres": true, "l": true, "litre": true, "dose": true, "pen": true, "syringe": true}

// words takes a text apart. Letters and digits that touch are parted where that
// leaves a unit or a drug's name ("80mg", "atorvastatin80"), and else are one
// word that says nothing ("A1").
func (t *Tables) words(text string) []word {
	var out []word
	rs := []rune(strings.ToLower(text))
	for i := 0; i < len(rs); {
		c := rs[i]
		switch {
		case c == '½':
			out = append(out, word{text: "½", number: 0.5, is: isCount})
			i++
		case unicode.IsDigit(c) && c < 128:
			end := numberEnd(rs, i)
			out = append(out, figures(string(rs[i:end])))
			i = end
		case unicode.IsNumber(c), (c == '.' || c == ',') && numberEnd(rs, i+1) > i+1 && (i == 0 || !unicode.IsLetter(rs[i-1]) && !unicode.IsNumber(rs[i-1])):
			out = append(out, word{text: string(c), is: isOdd})
			i++
		case unicode.IsLetter(c):
			end := i
			for end < len(rs) && (unicode.IsLetter(rs[end]) || unicode.IsMark(rs[end])) {
				end++
			}
			w := string(rs[i:end])
			if end < len(rs) && rs[end] < 128 && unicode.IsDigit(rs[end]) && t.named(w) == nil && w != "x" && massUnits[w] == 0 {
				for end < len(rs) && (unicode.IsLetter(rs[end]) || rs[end] < 128 && unicode.IsDigit(rs[end])) {
					end++
				}
				w = string(rs[i:end])
			}
			if n, ok := counts[w]; ok {
				out = append(out, word{text: w, number: n, is: isCount})
			} else {
				out = append(out, word{text: w})
			}
			i = end
		case unicode.IsSpace(c), unicode.IsControl(c), unicode.Is(unicode.Cf, c), c == '\'', c == '’': // "gyda'r nos"
			i++
		case c == '×':
			out = append(out, word{text: "x"})
			i++
		default:
			out = append(out, word{text: string(c), is: isSign})
			i++
		}
	}
	return out
}

// figures is a number as it was written; a comma before three digits may part
// thousands or be a decimal comma.
func figures(written string) word {
	if at := strings.IndexByte(written, ','); at >= 0 && len(written)-at-1 == 3 {
		return word{text: written, is: isOdd}
	}
	v, err := strconv.ParseFloat(strings.Replace(written, ",", ".", 1), 64)
	if err != nil {
		return word{text: written, is: isOdd}
	}
	return word{text: written, number: v, is: isNumber}
}

// numberEnd is where a number that starts at i ends: digits with at most one
// point or comma between them.
func numberEnd(rs []rune, i int) int {
	digit := func(k int) bool { return k < len(rs) && rs[k] >= '0' && rs[k] <= '9' }
	for digit(i) {
		i++
	}
	if i < len(rs) && (rs[i] == '.' || rs[i] == ',') && digit(i+1) {
		for i++; digit(i); {
			i++
		}
	}
	return i
}

// named is the drug a single word names in full, by what clinicians shorten it
// to, or by its beginning where only one drug begins so; nil when it names none.
func (t *Tables) named(w string) *drug {
	if d := t.find(w); d != nil {
		return d
	}
	const enough = 5 // letters: "ator" is too few to be sure, "rosuv" is one drug
	if len(w) < enough {
		return nil
	}
	var found *drug
	for i := range t.drugs {
		if name := t.drugs[i].name; strings.HasPrefix(name, w) && !strings.Contains(name, " ") {
			if found != nil {
				return nil
			}
			found = &t.drugs[i]
		}
	}
	return found
}

// phraseAt is the longest phrase that starts at a word, with how many words it
// has; 0 for none. Signs end a phrase, but for hyphens and full stops.
func (t *Tables) phraseAt(ws []word, at int) (phrase, int) {
	var exact, wild strings.Builder
	var best phrase
	length, seen := 0, 0
	for k := at; k < len(ws) && seen < t.longest; k++ {
		w := ws[k]
		if w.is == isSign {
			if w.text == "-" || w.text == "." {
				continue
			}
			break
		}
		if seen > 0 {
			exact.WriteByte(' ')
			wild.WriteByte(' ')
		}
		exact.WriteString(w.text)
		if w.is == isNumber || w.is == isCount {
			wild.WriteByte('#')
		} else {
			wild.WriteString(w.text)
		}
		seen++
		if ph, ok := t.phrases[exact.String()]; ok {
			best, length = ph, k-at+1
		} else if ph, ok := t.phrases[wild.String()]; ok {
			best, length = ph, k-at+1
		}
	}
	return best, length
}
