package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a case.
type Problem struct {
	Path string // JSON path: $.people[1].facts["lipid.ldl"]
	Text string // a sentence: what is wrong and what to do
}

// Problems is everything wrong with a case; as an error it is one line each.
type Problems []Problem

// mostProblems is how many are looked for: a file with more is not a case with
// mistakes but another kind of file.
const mostProblems = 200

// Error gives one line a problem, the JSON path first.
func (p Problems) Error() string {
	lines := make([]string, 0, min(len(p), mostProblems)+1)
	for i := range p {
		if i == mostProblems {
			lines = append(lines, "there are more; correct these first")
			break
		}
		lines = append(lines, p[i].Path+": "+p[i].Text)
	}
	return strings.Join(lines, "\n")
}

// LoadProblem is one thing wrong with the area files.
type LoadProblem struct {
	File string
	Line int
	Col  int
	Text string
}

// LoadError is everything wrong with the area files; as an error it is one
// line each, "file:line:column: sentence".
type LoadError []LoadProblem

// Error gives one line a problem.
func (e LoadError) Error() string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Col, p.Text)
	}
	return strings.Join(lines, "\n")
}

// loadProblems collects what is wrong while files are read, so that all of it
// is reported together.
type loadProblems struct{ found []LoadProblem }

func (p *loadProblems) add(file string, line, col int, format string, args ...any) {
	p.found = append(p.found, LoadProblem{File: file, Line: line, Col: col, Text: fmt.Sprintf(format, args...)})
}

func (p *loadProblems) at(n *node, format string, args ...any) {
	if n == nil {
		p.add("rules", 1, 1, format, args...)
		return
	}
	p.add(n.file, n.line, n.col, format, args...)
}

// err is nil when nothing is wrong.
func (p *loadProblems) err() error {
	if len(p.found) == 0 {
		return nil
	}
	slices.SortStableFunc(p.found, func(a, b LoadProblem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return LoadError(slices.Compact(p.found))
}

// didYouMean ends a sentence with the nearest of the words there are, or with
// nothing when none is near.
func didYouMean(word string, known []string) string {
	best, distance := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), strings.ToLower(k), distance); d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %q?", best)
}

// oneOf ends a sentence with the words there are, when they are few, and the
// nearest one.
func oneOf(word string, known []string) string {
	text := ""
	if len(known) <= 20 {
		text = "; it is one of " + strings.Join(known, ", ")
	}
	return text + didYouMean(word, known)
}

// editDistance is how many letters must be changed, added, dropped or swapped
// with their neighbour; anything from limit on is reported as limit.
func editDistance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if least >= limit {
			return limit
		}
		before, last, row = last, row, before
	}
	return min(last[len(b)], limit)
}
