package report

import (
	"fmt"
	"regexp"
	"strings"
)

// blockKind is what a block of a leaflet is.
type blockKind uint8

const (
	paragraph blockKind = iota
	heading             // level 1 is the title, 2 a part
	bullet
	tableRow
)

// run is a stretch of text in one weight.
type run struct {
	text   string
	strong bool
}

// block is one paragraph, heading, bullet or row of a table.
type block struct {
	kind  blockKind
	level int
	runs  []run
	cells [][]run
	first bool // the header of a table
	line  int
}

// tableRule is the line below a table's header.
var tableRule = regexp.MustCompile(`^\|[\s:|-]+\|$`)

// readMarkdown reads the small Markdown that leaflets and learning cards are
// written in: headings, paragraphs, "- " bullets, tables, **strong** and
// *emphasis*. Anything else is an error that names the line, so that nothing of
// it reaches paper as raw signs.
func readMarkdown(text string) ([]block, error) {
	var out []block
	open := false // the last block is a paragraph or bullet that may go on
	for i, l := range strings.Split(text, "\n") {
		l = strings.TrimRight(l, " \t\r")
		b := block{line: i + 1}
		switch {
		case l == "":
			open = false
			continue
		case strings.HasPrefix(l, "#"):
			rest := strings.TrimLeft(l, "#")
			b.kind, b.level = heading, len(l)-len(rest)
			if b.level > 3 || !strings.HasPrefix(rest, " ") {
				return nil, fmt.Errorf("line %d: a heading is one to three # and a space", i+1)
			}
			l, open = strings.TrimSpace(rest), false
		case strings.HasPrefix(l, "- "):
			b.kind, l, open = bullet, strings.TrimSpace(l[2:]), true
		case tableRule.MatchString(l):
			if n := len(out); n == 0 || out[n-1].kind != tableRow {
				return nil, fmt.Errorf("line %d: a table's rule stands below its header", i+1)
			}
			out[len(out)-1].first = true
			continue
		case strings.HasPrefix(l, "|"):
			b.kind, open = tableRow, false
			for _, c := range strings.Split(strings.Trim(l, "|"), "|") {
				cell, err := readRuns(strings.TrimSpace(c))
				if err != nil {
					return nil, fmt.Errorf("line %d: %w", i+1, err)
				}
				b.cells = append(b.cells, cell)
			}
			out = append(out, b)
			continue
		case strings.ContainsAny(l[:1], ">`=+") || strings.Contains(l, "](") || strings.HasPrefix(l, "1. "):
			return nil, fmt.Errorf("line %d: only headings, paragraphs, bullets (- ) and tables can be printed", i+1)
		case open:
			more, err := readRuns(" " + strings.TrimSpace(l))
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			out[len(out)-1].runs = append(out[len(out)-1].runs, more...)
			continue
		default:
			open = true
		}
		runs, err := readRuns(l)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		b.runs = runs
		out = append(out, b)
	}
	return out, nil
}

// readRuns splits a line at its stars. The fonts have two weights: strong and
// emphasis look the same.
func readRuns(l string) ([]run, error) {
	parts := strings.Split(strings.ReplaceAll(l, "**", "*"), "*")
	if len(parts)%2 == 0 {
		return nil, fmt.Errorf("a * is not closed in %q", l)
	}
	var out []run
	for i, t := range parts {
		if t != "" {
			out = append(out, run{t, i%2 == 1})
		}
	}
	return out, nil
}

// plain is the text of runs without weights.
func plain(runs []run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.text)
	}
	return b.String()
}
