package report

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"kindred/app/about"
	"kindred/rules"
)

// Rulebook writes what the rules of some areas say on a day as Markdown: every
// criterion, score, pathway, threshold and outcome with its source. It is the
// page a clinician reads before signing an area off, so it is made from the
// compiled rules, not from the files.
func Rulebook(w io.Writer, d *rules.Dictionary, areas []rules.AreaInfo, day rules.Date) {
	b := &book{w: w, dictionary: d}
	b.line("# %s rulebook, %s", about.Name, longDate(day))
	b.line("")
	b.line("What the program applies on that day, printed from the compiled rules. %s", about.Standing)
	if len(areas) > 1 {
		b.line("")
		for _, a := range areas {
			b.line("- [%s](#%s)", a.Title, anchor(a.Title))
		}
	}
	for _, a := range areas {
		b.area(a)
	}
}

type book struct {
	w          io.Writer
	dictionary *rules.Dictionary
	sources    map[string]rules.SourceInfo // of the area being printed
}

func (b *book) line(format string, args ...any) {
	fmt.Fprintf(b.w, format+"\n", args...)
}

func (b *book) area(a rules.AreaInfo) {
	b.sources = map[string]rules.SourceInfo{}
	for _, s := range a.Sources {
		b.sources[s.ID] = s
	}
	b.line("\n## %s\n", a.Title)
	b.line("| | |\n|---|---|")
	b.line("| Edition | %s, in force from %s%s |", cell(a.Edition), longDate(a.From), until(a.Until))
	if a.SignedOffBy != "" {
		b.line("| Standing | signed off by %s on %s |", cell(a.SignedOffBy), longDate(a.SignedOffOn))
	} else {
		b.line("| Standing | transcribed from the sources below, **awaits clinical sign-off** |")
	}
	b.line("| Owner | %s |", cell(a.Owner))
	if a.ReviewBy != "" {
		b.line("| Review by | %s |", longDate(a.ReviewBy))
	}
	b.line("| Fingerprint | `%s` |", a.Fingerprint)
	for _, c := range a.Codes {
		b.line("| Test code | %s %s%s |", cell(c.Code), cell(c.Title), b.cite(c.Source))
	}
	if a.Note != "" {
		b.line("\n%s", a.Note)
	}
	b.conflicts(a.Conflicts)
	b.outcomes(a.Outcomes)
	b.open(a.Open)
	b.criteria(a.Criteria)
	b.scores(a.Scores)
	b.pathways(a.Pathways)
	b.family(a.Family)
	b.params(a.Params)
	b.settings(a.Settings)
	b.remarks("Warnings shown beside any outcome", b.flagRows(a.Flags, a.Remarks))
	b.remarks("Notes", b.noteRows(a.Notes, a.Remarks))
	b.sourceList(a.Sources)
}

func (b *book) outcomes(rows []rules.OutcomeInfo) {
	if len(rows) == 0 {
		return
	}
	b.line("\n### What is advised, in the order it is tried\n")
	b.line("The first that holds is the advice. Where something not known leaves several possible, the advice is *more information*, with those still possible.\n")
	for i, o := range rows {
		code := ""
		if o.Code != "" {
			code = " (" + o.Code + ")"
		}
		b.line("%d. **%s**%s: %s%s", i+1, words(string(o.Outcome)), code, strings.TrimSuffix(o.Headline, "."), b.cite(o.Sources...))
		if o.Action != "" {
			b.line("    - Do: %s", b.filled(o.Action))
		}
		b.lines("    ", o.When, "When")
		for _, gate := range o.ButFirst {
			b.line("    - But first: %s", gate)
		}
	}
}

// open prints how open advice is worded; one wording without a condition says
// nothing a reader has to sign.
func (b *book) open(list []rules.OpenInfo) {
	if len(list) < 2 {
		return
	}
	b.line("\nWhile several outcomes are possible, the reason starts with the first of these that surely holds. It shows whom to ask first and changes no outcome.\n")
	for i, o := range list {
		b.line("%d. %s", i+1, filled(o.Reason))
		b.lines("    ", o.When, "When")
	}
	if left := list[len(list)-1].NothingLeft; left != "" {
		b.line("\nWith nothing left to ask: %s", left)
	}
}

func (b *book) criteria(list []rules.CriterionInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Criteria\n")
	for _, c := range list {
		name := c.Name
		if name == "" {
			name = c.Text
		}
		b.line("#### %s\n", upperFirst(name))
		kind := ""
		if !c.Shown {
			kind = ", a part of other criteria"
		}
		b.line("`%s`%s%s\n", c.ID, kind, b.cite(c.Sources...))
		if c.Text != "" && c.Text != name {
			b.line("%s\n", c.Text)
		}
		if len(c.Tumours) > 0 {
			b.line("Holds when the following is so for one tumour of the patient (%s).\n", strings.Join(c.Tumours, ", "))
		}
		b.lines("", c.Lines, "")
		b.line("")
	}
}

func (b *book) scores(list []rules.ScoreInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Scores\n")
	for _, s := range list {
		b.line("#### %s\n", s.Name)
		b.line("`%s`%s. Counted as: %s. With an item not known the score is every total still possible.\n", s.ID, b.cite(s.Sources...), s.Policy)
		if len(s.Applies) > 0 {
			b.lines("", s.Applies, "Applies when")
			b.line("")
		}
		b.line("| Group | Item | Points |\n|---|---|---:|")
		for _, item := range s.Items {
			b.line("| %s | %s | %d |", cell(item.Group), cell(item.Text), item.Points)
		}
		b.line("\n| Band | From | To |\n|---|---:|---:|")
		for i, band := range s.Bands {
			to := fmt.Sprint(band.To)
			if i == len(s.Bands)-1 {
				to = "and above"
			}
			b.line("| %s | %d | %s |", cell(band.Name), band.From, to)
		}
		b.line("")
	}
}

func (b *book) pathways(list []rules.PathwayInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Tumour pathways\n")
	for _, p := range list {
		b.line("#### %s\n", p.Name)
		b.line("`%s`%s. %s. Policy: %s. Every combination of states has a row; `-` is any state, *not known* included. *ours* marks a rule of our own where the guidance is silent.\n",
			p.ID, b.cite(p.Sources...), strings.TrimSuffix(p.Text, "."), p.Policy)
		heads := make([]string, len(p.Columns))
		for i, c := range p.Columns {
			heads[i] = cell(c)
		}
		heads = append(heads, "Next step", "Basis", "Row")
		b.line("| %s |", strings.Join(heads, " | "))
		b.line("|%s", strings.Repeat("---|", len(heads)))
		for _, row := range p.Rows {
			cells := make([]string, len(row))
			for i, c := range row {
				cells[i] = cell(c)
			}
			b.line("| %s |", strings.Join(cells, " | "))
		}
		b.line("\n| Step | Germline test | In words |\n|---|---|---|")
		for _, s := range p.Steps {
			offered := map[string]string{"yes": "offered", "no": "not offered, the pathway ends"}[s.Verdict]
			if offered == "" {
				offered = "open, this comes first"
			}
			text := s.Text
			if c := b.dictionary.Condition(s.Relative); c != nil {
				text += ". A relative whose tumour stands here counts as having: " + lowerFirst(c.Label)
			}
			if c := b.dictionary.Condition(s.RelativeTested); c != nil {
				text += "; where their gene test found no sure variant: " + lowerFirst(c.Label)
			}
			b.line("| `%s` | %s | %s |", s.ID, offered, cell(text))
		}
		b.line("")
	}
}

func (b *book) params(list []rules.ParamInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Thresholds and other numbers\n")
	b.line("| Number | Value | Unit | In force from | Source |\n|---|---|---|---|---|")
	for _, p := range list {
		label := p.Label
		if label == "" {
			label = p.ID
		}
		b.line("| %s `%s` | %s | %s | %s | %s |", cell(label), p.ID, rowsOf(p.Value), cell(p.Unit), longDate(p.From), cell(b.shortNames(p.Sources)))
	}
}

// conflicts lists where sources disagree, before anything that follows one of them.
func (b *book) conflicts(list []rules.ConflictInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Where sources disagree\n")
	b.line("| Point | Followed here | Printed elsewhere | Source |\n|---|---|---|---|")
	for _, c := range list {
		b.line("| %s | %s | %s | %s |", cell(c.Point), cell(c.Followed), cell(c.Printed), cell(b.shortNames(c.Sources)))
	}
}

// rowsOf writes a value with many lines one below the other.
func rowsOf(value string) string {
	if rows := strings.Split(value, "; "); len(rows) > 3 {
		return strings.ReplaceAll(cell(value), "; ", "<br>")
	}
	return cell(value)
}

type remark struct{ id, text, when, source string }

func (b *book) flagRows(flags []rules.Flag, when map[string][]rules.RuleLine) []remark {
	var rows []remark
	for _, f := range flags {
		text := b.filled(f.Text)
		if f.Urgent {
			text = "**Urgent.** " + text
		}
		rows = append(rows, remark{f.ID, text, inline(when[f.ID]), b.shortNames(strings.Split(f.Source, "; "))})
	}
	return rows
}

func (b *book) noteRows(notes []rules.Note, when map[string][]rules.RuleLine) []remark {
	var rows []remark
	for _, n := range notes {
		text := b.filled(n.Text)
		if head := rules.NotePartTitle(n.Part); head != "" {
			text = head + ". " + text
		}
		rows = append(rows, remark{n.ID, text, inline(when[n.ID]), b.shortNames(strings.Split(n.Source, "; "))})
	}
	return rows
}

func (b *book) remarks(heading string, rows []remark) {
	if len(rows) == 0 {
		return
	}
	b.line("\n### %s\n", heading)
	b.line("| | Text | Shown when | Source |\n|---|---|---|---|")
	for _, r := range rows {
		b.line("| `%s` | %s | %s | %s |", r.id, cell(r.text), cell(r.when), cell(r.source))
	}
}

// inline writes a condition as one sentence: "all of: A; B; at least one of
// (C; D)".
func inline(lines []rules.RuleLine) string {
	text, _ := inlineFrom(lines, 0)
	return text
}

// inlineFrom writes the line at i, with what stands below it, and gives the
// next line beside it.
func inlineFrom(lines []rules.RuleLine, i int) (text string, next int) {
	if i >= len(lines) {
		return "", i
	}
	l := lines[i]
	if l.Join == "" {
		return l.Text, i + 1
	}
	var parts []string
	for next = i + 1; next < len(lines) && lines[next].Depth > l.Depth; {
		var part string
		joined := lines[next].Join != ""
		part, next = inlineFrom(lines, next)
		if joined {
			part = "(" + part + ")"
		}
		parts = append(parts, part)
	}
	head := map[string]string{"all": "all of: ", "any": "at least one of: ", "none": "none of: "}[l.Join]
	if len(parts) == 1 && l.Join != "none" {
		head = ""
	}
	return head + strings.Join(parts, "; "), next
}

func (b *book) sourceList(list []rules.SourceInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Sources\n")
	for _, s := range list {
		entry := fmt.Sprintf("- **%s**. %s", s.Short, strings.TrimSuffix(s.Title, "."))
		if s.Section != "" {
			entry += ", " + s.Section
		}
		if s.Issuer != "" {
			entry += ". " + s.Issuer
		}
		if s.Date != "" {
			entry += ", " + longDate(s.Date)
		}
		entry += "."
		if s.URL != "" {
			entry += " <" + s.URL + ">"
		}
		if !s.Seen {
			entry += " *Quoted from memory; to be confirmed before sign-off.*"
		}
		if s.Note != "" {
			entry += " " + s.Note
		}
		b.line("%s", entry)
	}
}

// lines prints a rule as a nested list; the words of a group ("all of these")
// open it.
func (b *book) lines(indent string, lines []rules.RuleLine, heading string) {
	if heading != "" && len(lines) > 0 {
		if len(lines) == 1 && lines[0].Join == "" {
			b.line("%s- %s: %s", indent, heading, lines[0].Text)
			return
		}
		b.line("%s- %s:", indent, heading)
		indent += "  "
	}
	for _, l := range lines {
		text := l.Text
		switch l.Join {
		case "all":
			text = "all of these:"
		case "any":
			text = "at least one of these:"
		case "none":
			text = "none of these:"
		}
		b.line("%s%s- %s", indent, strings.Repeat("  ", l.Depth), text)
	}
}

// cite names sources after a statement: " [NICE CG71 appendix F]".
func (b *book) cite(ids ...string) string {
	names := b.shortNames(ids)
	if names == "" {
		return ""
	}
	return " [" + names + "]"
}

func (b *book) shortNames(ids []string) string {
	var names []string
	for _, id := range ids {
		if id == "" {
			continue
		}
		name := id
		if s, ok := b.sources[id]; ok && s.Short != "" {
			name = s.Short
		}
		names = append(names, name)
	}
	return strings.Join(names, "; ")
}

// cell makes a text safe inside a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(s)
}

// words turns an outcome's id into words: "more_information" → "more information".
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// filled names what a placeholder of a sentence stands for, because nobody is
// being assessed here.
func filled(action string) string {
	return placeholder.ReplaceAllStringFunc(action, func(p string) string {
		switch kind, arg, _ := strings.Cut(strings.Trim(p, "{}"), " "); kind {
		case "tumours":
			return "*the relatives' tumours that stand there*"
		case "living":
			return "*those relatives who are known to be alive*"
		case "youngest":
			return "*the relative who was youngest at the diagnosis*"
		case "open":
			return "*those of its criteria that are not known*"
		case "met":
			if arg != "" {
				return "*those of its criteria that are met*"
			}
			return "*the criteria met*"
		case "step":
			return "*the tumour pathway's next step*"
		case "evidence":
			return "*the findings behind it*"
		case "next":
			return "*the next question*"
		default:
			return "*" + strings.Trim(p, "{}") + "*"
		}
	})
}

// filled does the same and names the facts whose values a text shows.
func (b *book) filled(text string) string {
	return filled(placeholder.ReplaceAllStringFunc(text, func(p string) string {
		kind, id, _ := strings.Cut(strings.Trim(p, "{}"), " ")
		if f := b.dictionary.Fact(id); kind == "value" && f != nil && f.Local {
			return "*as the local setting “" + f.Label + "” says*"
		} else if kind == "value" && f != nil {
			return "*" + f.Short + "*"
		}
		return p
	}))
}

var placeholder = regexp.MustCompile(`\{[^}]+\}`)

// upperFirst begins a heading with a capital.
func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

func until(d rules.Date) string {
	if d == "" {
		return ""
	}
	return " until " + longDate(d)
}

// anchor is the link target that Markdown readers give a heading.
func anchor(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), " ", "-")
}
