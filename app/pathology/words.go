package pathology

import (
	_ "embed"
	"encoding/csv"
	"strings"
	"sync"
)

//go:embed words.csv
var wordsFile string

// sense is what a phrase of a report stands for.
type sense struct{ kind, value string }

// lexicon maps phrases to their senses; longest is the number of words of the
// longest phrase.
type lexicon struct {
	senses  map[string]sense
	longest int
}

var words = sync.OnceValue(func() lexicon {
	l := lexicon{senses: map[string]sense{}}
	r := csv.NewReader(strings.NewReader(wordsFile))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return l // part of the program: a test reads it
	}
	for _, row := range rows[1:] {
		for phrase := range strings.SplitSeq(row[2], "|") {
			if _, twice := l.senses[phrase]; twice {
				continue // the first row that names a phrase has it
			}
			l.senses[phrase] = sense{row[0], row[1]}
			l.longest = max(l.longest, strings.Count(phrase, " ")+1)
		}
	}
	return l
})

// symbol is a phrase with its sense, or a sign, or a word the lexicon does not
// know (kind "").
type symbol struct {
	sense
	from, to int
}

// clauses cuts a report into stretches that are read by themselves: sentences,
// parts between semicolons, paragraphs.
func clauses(text string) [][]symbol {
	var out [][]symbol
	var now []symbol
	end := func() {
		if len(now) > 0 {
			out = append(out, now)
			now = nil
		}
	}
	list, l := tokens(text), words()
	for i := 0; i < len(list); {
		t := list[i]
		switch {
		case t.word:
			n, s := phrase(list[i:], l)
			now = append(now, symbol{s, t.from, list[i+n-1].to})
			i += n
			continue
		case t.text == ";" || t.text == ".":
			end()
		case t.text == "\n" && i+1 < len(list) && list[i+1].text == "\n":
			end()
		default:
			now = append(now, symbol{sense{t.text, ""}, t.from, t.to})
		}
		i++
	}
	end()
	return out
}

// phrase finds the longest phrase the words begin with.
func phrase(list []token, l lexicon) (n int, s sense) {
	text := ""
	best := 1
	for i := 0; i < len(list) && i < l.longest && list[i].word; i++ {
		if i > 0 {
			text += " "
		}
		text += list[i].text
		if found, ok := l.senses[text]; ok {
			best, s = i+1, found
		}
	}
	return best, s
}
