package rulesview

import (
	"fmt"
	"strings"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/words"
	"kindred/rules"
)

// section is a chapter of an area's rulebook.
type section struct {
	title string
	note  string // how to read it
	first int    // index of its first entry
	n     int
}

// entry is one thing an area says: a criterion, a number, a source.
type entry struct {
	key     string // its id, unique within the area
	id      string // as it stands in the files; "" when it has none
	section int
	title   string
	rail    string // its line in the contents
	icon    string // before the line in the contents
	text    string
	value   string // what stands at the right of the title
	facts   []pair // labelled lines
	sources []string
	groups  []group
	grid    *grid
	unseen  bool // quoted from memory
	urgent  bool
	part    bool // a part of other criteria, not listed in advice
	source  *rules.SourceInfo
	outcome rules.Outcome

	hay string // everything that the filter looks through, in small letters
}

// pair is a labelled line.
type pair struct{ label, text string }

// group is a set of rule lines under a heading.
type group struct {
	head  string
	lines []line
}

// line is one clause; pressing it opens what it stands for.
type line struct {
	depth  int
	join   string
	text   string
	target string // key of an entry, "" for a fact of the record
	user   bool   // names who uses an entry
}

// grid is a table within an entry.
type grid struct {
	heads  []string
	shares []float32
	rows   [][]string
	right  int // column of numbers, -1 for none
}

// chapter is everything one area says, in reading order.
type chapter struct {
	area     rules.AreaInfo
	sections []section
	entries  []*entry
	at       map[string]int      // key → index
	names    map[string]string   // source id → short name
	usedBy   map[string][]string // key or source id → keys that name it
	values   map[string]string   // parameter → value
}

// read turns an area into entries. The dictionary gives conditions their words.
func read(a rules.AreaInfo, d *rules.Dictionary) *chapter {
	c := &chapter{area: a, at: map[string]int{}, names: map[string]string{}, usedBy: map[string][]string{}, values: map[string]string{}}
	for _, s := range a.Sources {
		c.names[s.ID] = s.Short
	}
	for _, p := range a.Params {
		c.values[p.ID] = p.Value
	}
	c.about()
	c.outcomes()
	c.criteria()
	c.scores()
	c.pathways()
	c.family(d)
	c.params()
	c.settings()
	c.flags()
	c.notes()
	c.sources()
	c.connect()
	return c
}

func (c *chapter) begin(title, note string) {
	c.sections = append(c.sections, section{title: title, note: note, first: len(c.entries)})
}

func (c *chapter) add(e *entry) {
	e.section = len(c.sections) - 1
	for n := 2; ; n++ { // notes may share an id
		if _, taken := c.at[e.key]; !taken {
			break
		}
		e.key = fmt.Sprintf("%s %d", e.id, n)
	}
	if e.rail == "" {
		e.rail = e.title
	}
	c.at[e.key] = len(c.entries)
	c.entries = append(c.entries, e)
	c.sections[e.section].n++
}

func (c *chapter) about() {
	a := c.area
	c.begin("This edition", "")
	e := &entry{key: "about", title: a.Title, rail: a.Edition, icon: "doc", text: words.Capital(a.Note)}
	force := "from " + identity.FormatDay(a.From)
	if a.Until != "" {
		force += " until " + identity.FormatDay(a.Until)
	}
	standing := "Transcribed from the sources below; awaits clinical sign-off"
	if a.SignedOffBy != "" {
		standing = "Signed off by " + a.SignedOffBy + " on " + identity.FormatDay(a.SignedOffOn)
	}
	e.facts = []pair{{"Question", a.Question}, {"Edition", a.Edition}, {"In force", force}, {"Standing", standing}, {"Owner", a.Owner}}
	if a.ReviewBy != "" {
		e.facts = append(e.facts, pair{"Review by", identity.FormatDay(a.ReviewBy)})
	}
	for _, code := range a.Codes {
		e.facts = append(e.facts, pair{"Test code", code.Code + " " + code.Title})
		if code.Source != "" {
			e.sources = appendNew(e.sources, code.Source)
		}
	}
	e.facts = append(e.facts, pair{"Fingerprint", a.Fingerprint})
	c.add(e)
}

func (c *chapter) outcomes() {
	if len(c.area.Outcomes) == 0 {
		return
	}
	c.begin("What is advised", "Tried from the top; the first that holds is the advice. Where something not known leaves several possible, the advice is more information, with those still possible.")
	for i, o := range c.area.Outcomes {
		e := &entry{
			key: fmt.Sprintf("outcome %d", i+1), title: fmt.Sprintf("%d. %s", i+1, strings.TrimSuffix(o.Headline, ".")),
			icon: words.Of(o.Outcome, false).Icon, text: filled(o.Action), sources: o.Sources, outcome: o.Outcome,
		}
		when := group{head: "When", lines: c.lines(o.When)}
		if len(when.lines) == 0 {
			when.lines = []line{{text: "Nothing above holds"}}
		}
		e.groups = append(e.groups, when)
		if len(o.ButFirst) > 0 {
			g := group{head: "But first"}
			for _, b := range o.ButFirst {
				g.lines = append(g.lines, line{text: b})
			}
			e.groups = append(e.groups, g)
		}
		c.add(e)
	}
}

func (c *chapter) criteria() {
	if len(c.area.Criteria) == 0 {
		return
	}
	c.begin("Criteria", "Each is met, not met or not known. A line that opens something has its own text and source.")
	for _, cr := range c.area.Criteria {
		name := cr.Name
		if name == "" {
			name = cr.Text
		}
		e := &entry{key: cr.ID, id: cr.ID, title: words.Capital(name), sources: cr.Sources, part: !cr.Shown}
		if cr.Text != name {
			e.text = cr.Text
		}
		g := group{lines: c.lines(cr.Lines)}
		if len(cr.Tumours) > 0 {
			g.head = "So for one tumour of the patient (" + spaced(strings.Join(cr.Tumours, ", ")) + ")"
		}
		e.groups = []group{g}
		c.add(e)
	}
}

func (c *chapter) scores() {
	if len(c.area.Scores) == 0 {
		return
	}
	c.begin("Scores", "With an item not known, a score is every total still possible.")
	for _, s := range c.area.Scores {
		e := &entry{key: s.ID, id: s.ID, title: words.Capital(s.Name), text: "Counted as: " + s.Policy + ".", sources: s.Sources}
		if len(s.Applies) > 0 {
			e.groups = []group{{head: "Applies when", lines: c.lines(s.Applies)}}
		}
		for i, b := range s.Bands {
			to := fmt.Sprintf("%d to %d", b.From, b.To)
			if i == len(s.Bands)-1 {
				to = fmt.Sprintf("%d and above", b.From)
			}
			e.facts = append(e.facts, pair{words.Capital(b.Name), to})
		}
		e.grid = &grid{heads: []string{"Group", "Item", "Points"}, shares: []float32{1, 3, 0.4}, right: 2}
		last := ""
		for _, it := range s.Items {
			name := words.Capital(it.Group)
			if name == last {
				name = ""
			} else {
				last = name
			}
			e.grid.rows = append(e.grid.rows, []string{name, it.Text, fmt.Sprint(it.Points)})
		}
		c.add(e)
	}
}

// pathwayRows is how many rows of a decision table stand in one card.
const pathwayRows = 12

func (c *chapter) pathways() {
	if len(c.area.Pathways) == 0 {
		return
	}
	c.begin("Tumour pathways", "The first row that applies gives the step. A blank is any state, not known included; “ours” is a rule of our own where the guidance is silent.")
	for _, p := range c.area.Pathways {
		e := &entry{key: p.ID, id: p.ID, title: words.Capital(p.Name), text: strings.TrimSuffix(p.Text, ".") + ". " + words.Capital(p.Policy) + ".", sources: p.Sources}
		step := map[string]string{}
		for _, s := range p.Steps {
			step[s.ID] = s.Text
			offered := map[string]string{"yes": "germline test offered", "no": "ends without a germline test"}[s.Verdict]
			if offered == "" {
				offered = "open, this comes first"
			}
			e.facts = append(e.facts, pair{words.Capital(offered), words.Capital(s.Text)})
		}
		c.add(e)
		for from := 0; from < len(p.Rows); from += pathwayRows {
			to := min(from+pathwayRows, len(p.Rows))
			part := &entry{
				key: fmt.Sprintf("%s rows %d", p.ID, from+1), title: fmt.Sprintf("%s, rows %d to %d of %d", words.Capital(p.Name), from+1, to, len(p.Rows)),
				rail: fmt.Sprintf("    Rows %d to %d", from+1, to), grid: pathwayGrid(p, from, to, step), sources: p.Sources,
			}
			c.add(part)
		}
	}
}

func pathwayGrid(p rules.PathwayInfo, from, to int, step map[string]string) *grid {
	n := len(p.Columns)
	g := &grid{right: -1}
	for _, h := range p.Columns {
		h = strings.TrimSuffix(h, " protein")
		longest := float32(0)
		for _, word := range strings.Fields(h) {
			longest = max(longest, kit.Caption.B().Width(word))
		}
		g.heads = append(g.heads, h)
		g.shares = append(g.shares, max(1, (longest+2)/72))
	}
	g.heads = append(g.heads, "Row", "Step")
	g.shares = append(g.shares, 0.8, 2.4)
	for _, row := range p.Rows[from:to] {
		cells := make([]string, n, n+2)
		for i := range n {
			if row[i] != "any" {
				cells[i] = row[i]
			}
		}
		name := row[n+2]
		if row[n+1] != "guidance" {
			name += " ours"
		}
		g.rows = append(g.rows, append(cells, name, words.Capital(step[row[n]])))
	}
	return g
}

func (c *chapter) params() {
	if len(c.area.Params) == 0 {
		return
	}
	c.begin("Numbers", "Thresholds as they stand today.")
	for _, p := range c.area.Params {
		label := p.Label
		if label == "" {
			label = p.ID
		}
		value, ifs := conditional(p.Value)
		e := &entry{key: p.ID, id: p.ID, title: words.Capital(label), value: value, sources: p.Sources}
		if len(ifs) > 0 {
			g := group{head: "Instead"}
			for _, t := range ifs {
				g.lines = append(g.lines, line{text: t})
			}
			e.groups = []group{g}
		}
		e.facts = []pair{{"In force", "from " + identity.FormatDay(p.From)}}
		c.add(e)
	}
}

func (c *chapter) settings() {
	if len(c.area.Settings) == 0 {
		return
	}
	c.begin("Local settings", "What a practice and its laboratory may do in their own way; changed under Local settings on the home screen. Advice that rests on one names it.")
	for _, s := range c.area.Settings {
		e := &entry{key: s.ID, id: s.ID, title: s.Label, value: s.Default, sources: s.Sources}
		e.facts = []pair{{"Question", s.Question}, {"Choices", strings.Join(s.Choices, "; ")}, {"Why", s.Help}}
		c.add(e)
	}
}

func (c *chapter) flags() {
	if len(c.area.Flags) == 0 {
		return
	}
	c.begin("Warnings", "Shown beside any outcome.")
	for _, f := range c.area.Flags {
		e := &entry{key: f.ID, id: f.ID, title: filled(f.Text), icon: "warn", sources: strings.Split(f.Source, "; "), urgent: f.Urgent}
		if f.Urgent {
			e.icon = "urg"
		}
		c.add(e)
	}
}

func (c *chapter) notes() {
	if len(c.area.Notes) == 0 {
		return
	}
	c.begin("Notes", "Remarks made after the outcome; they never change it.")
	for _, n := range c.area.Notes {
		c.add(&entry{key: n.ID, id: n.ID, title: filled(n.Text), icon: "info", sources: strings.Split(n.Source, "; ")})
	}
}

func (c *chapter) sources() {
	if len(c.area.Sources) == 0 {
		return
	}
	c.begin("Sources", "")
	for i := range c.area.Sources {
		s := &c.area.Sources[i]
		e := &entry{key: sourceKey(s.ID), title: s.Short, source: s, unseen: !s.Seen, sources: []string{s.ID}, icon: "doc"}
		if e.unseen {
			e.icon = "warn"
		}
		c.add(e)
	}
}

func sourceKey(id string) string { return "source " + id }
