package rulesview

import (
	"regexp"
	"strings"

	"kindred/app/identity"
	"kindred/app/ui/words"
	"kindred/rules"
)

var joins = map[string]string{"all": "All of these", "any": "At least one of these", "none": "None of these"}

// lines gives each clause of a rule the entry it stands for.
func (c *chapter) lines(list []rules.RuleLine) []line {
	out := make([]line, len(list))
	for i, l := range list {
		out[i] = line{depth: l.Depth, join: joins[l.Join], text: l.Text, target: l.Line}
	}
	return out
}

// connect resolves what lines stand for, notes who uses what and gathers the
// words the filter looks through. It comes last: a line may stand for an entry
// further down.
func (c *chapter) connect() {
	c.tellApart()
	for _, e := range c.entries {
		var hay []string
		hay = append(hay, e.title, e.id, e.text, e.value)
		for _, f := range e.facts {
			hay = append(hay, f.label, f.text)
		}
		for g := range e.groups {
			for i := range e.groups[g].lines {
				l := &e.groups[g].lines[i]
				l.target = c.target(l.target, e.key)
				if l.target != "" {
					c.usedBy[l.target] = appendNew(c.usedBy[l.target], e.key)
				}
				hay = append(hay, l.text)
			}
		}
		if e.grid != nil {
			for _, row := range e.grid.rows {
				hay = append(hay, row...)
			}
		}
		for _, id := range e.sources {
			hay = append(hay, c.names[id])
			if e.source == nil {
				c.usedBy[sourceKey(id)] = appendNew(c.usedBy[sourceKey(id)], e.key)
			}
		}
		if s := e.source; s != nil {
			hay = append(hay, s.Title, s.Issuer, s.Section, s.URL, s.Note, identity.FormatDay(s.Date))
		}
		e.hay = strings.ToLower(strings.Join(hay, "\n"))
	}
}

// tellApart adds the id to the titles that several entries of a section share.
func (c *chapter) tellApart() {
	type place struct {
		section int
		title   string
	}
	seen := map[place]int{}
	for _, e := range c.entries {
		seen[place{e.section, e.title}]++
	}
	for _, e := range c.entries {
		if e.id != "" && e.icon == "" && seen[place{e.section, e.title}] > 1 {
			e.title += " (" + e.id + ")"
			e.rail = e.title
		}
	}
}

// target is the entry a line as written stands for: another rule, a family
// question, or the number it compares with.
func (c *chapter) target(written, self string) string {
	for _, word := range strings.Fields(written) {
		if _, ok := c.at[word]; ok && word != self {
			return word
		}
	}
	return ""
}

// find lists the entries that hold every word of a text, in any order.
func (c *chapter) find(text string) []int {
	var out []int
	wanted := strings.Fields(strings.ToLower(text))
next:
	for i, e := range c.entries {
		for _, w := range wanted {
			if !strings.Contains(e.hay, w) {
				continue next
			}
		}
		out = append(out, i)
	}
	return out
}

// shortNames are the short names of sources.
func (c *chapter) shortNames(ids []string) string {
	var out []string
	for _, id := range ids {
		if n := c.names[id]; n != "" {
			out = append(out, n)
		} else if id != "" {
			out = append(out, id)
		}
	}
	return strings.Join(out, " · ")
}

func (c *chapter) family(d *rules.Dictionary) {
	if len(c.area.Family) == 0 {
		return
	}
	c.begin("Questions about the family", "Relatives by blood: the patient is degree 0, half-brothers and half-sisters are second degree. Silence is a no only where the topic was asked to that degree. A cluster is one set of people, on one side, that meets it all together.")
	lists := map[string][]string{}
	for _, cond := range d.Conditions() {
		for _, name := range cond.Lists {
			lists[name] = append(lists[name], cond.Label)
		}
	}
	for _, f := range c.area.Family {
		e := &entry{key: f.ID, id: f.ID, title: words.Capital(f.Label), sources: f.Sources}
		for _, part := range topPairs(f.Question) {
			label, text, _ := strings.Cut(part, ": ")
			e.facts = append(e.facts, pair{words.Capital(spaced(label)), c.said(text, d)})
		}
		if f.Cluster {
			e.value = "Cluster"
		}
		for _, m := range namedList.FindAllStringSubmatch(f.Question, -1) {
			if len(lists[m[1]]) > 0 {
				e.facts = append(e.facts, pair{"List " + spaced(m[1]), strings.Join(lists[m[1]], ", ")})
			}
		}
		g := group{}
		for _, word := range idWord.FindAllString(f.Question, -1) {
			if v, ok := c.values[word]; ok {
				g.lines = append(g.lines, line{text: c.paramLabel(word) + ": " + v, target: word})
			}
		}
		if len(g.lines) > 0 {
			g.head = "With these numbers"
			e.groups = []group{g}
		}
		c.add(e)
	}
}

func (c *chapter) paramLabel(id string) string {
	for _, p := range c.area.Params {
		if p.ID == id && p.Label != "" {
			return words.Capital(p.Label)
		}
	}
	return id
}

var (
	idWord    = regexp.MustCompile(`[a-z][a-z0-9_.]*`)
	namedList = regexp.MustCompile(`list: ([a-z0-9_]+)`)
)

// said puts the value of a question's part into words.
func (c *chapter) said(text string, d *rules.Dictionary) string {
	text = strings.NewReplacer("{", "", "}", "", "[", "", "]", "").Replace(text)
	return idWord.ReplaceAllStringFunc(text, func(word string) string {
		if v, ok := c.values[word]; ok {
			return v
		}
		if cond := d.Condition(word); cond != nil {
			return lowered(cond.Label)
		}
		if f := d.Fact(word); f != nil {
			return lowered(f.Label)
		}
		return spaced(word)
	})
}

// topPairs splits "{any: x, age_below: {male: 55, female: 60}}" at the commas
// that stand within no inner bracket.
func topPairs(question string) []string {
	s := strings.TrimSpace(question)
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		s = s[1 : len(s)-1]
	}
	var out []string
	depth, from := 0, 0
	for i, r := range s {
		switch r {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',':
			if depth == 0 {
				out = append(out, strings.TrimSpace(s[from:i]))
				from = i + 1
			}
		}
	}
	return append(out, strings.TrimSpace(s[from:]))
}

// conditional splits "4.9 mmol/L (4 mmol/L if age below 16 y; …)" into the
// value and what stands instead.
func conditional(value string) (plain string, ifs []string) {
	plain, rest, ok := strings.Cut(value, " (")
	if !ok || !strings.Contains(rest, " if ") {
		return value, nil
	}
	return plain, strings.Split(strings.TrimSuffix(rest, ")"), "; ")
}

var placeholder = regexp.MustCompile(`\{[^}]+\}`)

// filled names what a placeholder of a sentence stands for, because nobody is
// being assessed here.
func filled(text string) string {
	return placeholder.ReplaceAllStringFunc(text, func(p string) string {
		kind, arg, _ := strings.Cut(strings.Trim(p, "{}"), " ")
		switch {
		case kind == "tumours":
			return "(the relatives’ tumours that stand there)"
		case kind == "living":
			return "(those relatives who are known to be alive)"
		case kind == "youngest":
			return "(the relative who was youngest at the diagnosis)"
		case kind == "open":
			return "(those of its criteria that are not known)"
		case kind == "met" && arg != "":
			return "(those of its criteria that are met)"
		}
		switch kind {
		case "step":
			return "(the pathway’s next step)"
		case "evidence":
			return "(the findings behind it)"
		case "next":
			return "(the next question)"
		}
		return "(" + spaced(strings.Trim(p, "{}")) + ")"
	})
}

// lowered begins a label in the middle of a sentence, but leaves LDL as it is.
func lowered(s string) string {
	if len(s) < 2 || strings.ToUpper(s[1:2]) == s[1:2] {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}
