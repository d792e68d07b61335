package rules

import (
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sync"
	"time"
)

// Files holds the shared dictionary and every area folder. A new folder with
// an area.yaml is a new area; no Go file names it.
//
//go:embed facts.yaml */*.yaml */*.md */tables/*.csv */carrier/*.csv */vignettes/*.yaml
var Files embed.FS

// Library is every area in every edition, loaded and checked once. It is safe
// for use by many goroutines.
type Library struct {
	dictionary *Dictionary
	areas      []*areaSource

	mu    sync.Mutex
	made  map[string]*Area // area and first day of a stretch -> compiled
	books map[string]*Book // the days their areas begin -> book
}

// Load reads the shared dictionary and every area folder of fsys (the embedded
// Files, or another folder of the same form) and checks all of it. The error is
// a LoadError that lists all problems of all files.
func Load(fsys fs.FS) (*Library, error) {
	p := &loadProblems{}
	l := &Library{dictionary: newDictionary(), made: map[string]*Area{}, books: map[string]*Book{}}
	heads, err := fs.Glob(fsys, "*/area.yaml")
	if err != nil {
		return nil, fmt.Errorf("area folders cannot be listed: %w", err)
	}
	names := []string{"facts.yaml"}
	for _, h := range heads {
		for _, f := range [...]string{"area", "sources", "facts", "params", "criteria", "advice"} {
			names = append(names, h[:len(h)-len("area.yaml")]+f+".yaml")
		}
	}
	files := readAhead(fsys, names)
	if n := files.get("facts.yaml", true, p); n != nil {
		l.dictionary.read(n, "", p)
	}
	for _, h := range heads {
		l.areas = append(l.areas, readArea(fsys, files, h[:len(h)-len("/area.yaml")], l.dictionary, p))
	}
	if len(l.areas) == 0 {
		p.add("rules", 1, 1, "there is no area: no folder holds an area.yaml")
	}
	slices.SortStableFunc(l.areas, func(a, b *areaSource) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(a.id, b.id))
	})
	l.dictionary.finish(p)
	l.dictionary.family = newFamilyVocabulary(l.dictionary, p)
	l.checkIDs(p)
	for _, s := range l.areas {
		l.checkEditions(s, p)
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	return l, nil
}

// checkIDs reports ids that two areas define.
func (l *Library) checkIDs(p *loadProblems) {
	owner := map[string]string{}
	for _, s := range l.areas {
		claim := func(id string, at *node) {
			if other := owner[id]; other != "" && other != s.id {
				p.at(at, "%q is already defined by area %s", id, other)
			}
			owner[id] = s.id
		}
		for _, d := range s.criteria {
			claim(d.id, d.at)
		}
		for _, d := range s.scores {
			claim(d.id, d.at)
		}
		for _, d := range s.pathways {
			claim(d.id, d.at)
		}
		for _, f := range l.dictionary.facts {
			if f.Area == s.id {
				for _, id := range f.Sources {
					if s.sourceByID[id] == nil {
						p.at(f.at.get("source"), "no source %q in sources.yaml%s", id, didYouMean(id, sortedKeys(s.sourceByID)))
					}
				}
			}
		}
		for _, c := range s.codes {
			s.checkSources([]string{c.info.Source}, s.at.get("codes"), p)
		}
	}
}

// checkEditions compiles the first day of every edition and the newest stretch
// of all; stretches between are compiled when first asked for.
func (l *Library) checkEditions(s *areaSource, p *loadProblems) {
	days := s.changes()
	for i, e := range s.editions {
		if e.from == "" {
			continue
		}
		check := []Date{e.from}
		if i == len(s.editions)-1 && len(days) > 0 && days[len(days)-1] > e.from {
			check = append(check, days[len(days)-1])
		}
		for _, day := range check {
			if !e.holds(day) {
				continue
			}
			before := len(p.found)
			a := compileArea(l.dictionary, s, e, day, p)
			if len(p.found) > before {
				continue
			}
			if i < len(s.editions)-1 || day != check[len(check)-1] {
				continue // an older stretch is only checked here; it is made when first asked for
			}
			a.describe()
			l.made[s.id+" "+string(day)] = a
			if s.signedPrint != "" && s.signedPrint != a.info.Fingerprint {
				p.at(s.at.get("status"), "signed off as %s, but the rules now have the fingerprint %s: they were changed after sign-off", s.signedPrint, a.info.Fingerprint)
			}
		}
	}
}

// changes lists the days on which something of the area begins or ends to be in
// force, from its first edition on.
func (s *areaSource) changes() []Date {
	var out []Date
	add := func(p period) {
		if p.from != "" {
			out = append(out, p.from)
		}
		if p.until != "" {
			out = append(out, dayAfter(p.until))
		}
	}
	for _, e := range s.editions {
		add(e.period)
	}
	for _, d := range s.params {
		for _, v := range d.values {
			add(v.period)
		}
	}
	for _, d := range s.criteria {
		add(d.period)
	}
	for _, d := range s.scores {
		add(d.period)
	}
	for _, d := range s.pathways {
		add(d.period)
	}
	for _, d := range s.rows {
		add(d.period)
	}
	for _, d := range s.flags {
		add(d.period)
	}
	for _, d := range s.notes {
		add(d.period)
	}
	for _, d := range s.codes {
		add(d.period)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if len(s.editions) > 0 {
		first := s.editions[0].from
		out = slices.DeleteFunc(out, func(d Date) bool { return d < first })
	}
	return out
}

func dayAfter(d Date) Date {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return d
	}
	return Date(t.AddDate(0, 0, 1).Format(time.DateOnly))
}

// Dictionary is every topic, condition and fact.
func (l *Library) Dictionary() *Dictionary { return l.dictionary }

// On gives the editions in force that day. Books are kept, so that asking
// again costs nothing. The error says that the day is no day, or that no area
// has an edition then.
func (l *Library) On(day Date) (*Book, error) {
	if !validDate(string(day)) {
		return nil, fmt.Errorf("the rules need the day of the assessment as YYYY-MM-DD, not %q", day)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := ""
	var areas []*Area
	for _, s := range l.areas {
		a, start, err := l.area(s, day)
		if err != nil {
			return nil, err
		}
		if a != nil {
			key += s.id + " " + string(start) + ";"
			areas = append(areas, a)
		}
	}
	if len(areas) == 0 {
		return nil, fmt.Errorf("no area has an edition in force on %s", day)
	}
	if b := l.books[key]; b != nil {
		return b, nil
	}
	b := newBook(l.dictionary, areas)
	l.books[key] = b
	return b, nil
}

// area gives the compiled area for a day, nil when it has no edition then.
func (l *Library) area(s *areaSource, day Date) (*Area, Date, error) {
	var edition *editionDef
	for i := range s.editions {
		if s.editions[i].holds(day) {
			edition = &s.editions[i]
		}
	}
	if edition == nil {
		return nil, "", nil
	}
	start := edition.from
	for _, d := range s.changes() {
		if d <= day && d > start {
			start = d
		}
	}
	key := s.id + " " + string(start)
	if a := l.made[key]; a != nil {
		return a, start, nil
	}
	p := &loadProblems{}
	a := compileArea(l.dictionary, s, *edition, start, p)
	if err := p.err(); err != nil {
		return nil, "", fmt.Errorf("the rules of %s in force on %s have problems: %w", s.id, day, err)
	}
	a.describe()
	l.made[key] = a
	return a, start, nil
}
