package rules

import (
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// areaSource is an area folder as read, before it is compiled for an edition.
type areaSource struct {
	id  string
	dir string
	at  *node

	title, short, question, owner string
	order                         int
	status                        string
	signedBy                      string
	signedOn                      Date
	signedPrint                   string
	reviewBy                      Date
	codes                         []codeDef
	cascade                       *cascadeDef
	editions                      []editionDef
	sources                       []*SourceInfo
	sourceByID                    map[string]*SourceInfo
	conflicts                     []ConflictInfo
	params                        []*paramDef
	paramByID                     map[string]*paramDef
	criteria                      []*criterionDef
	scores                        []*scoreDef
	pathways                      []*pathwayDef
	rows                          []*rowDef
	flags                         []*noteDef
	notes                         []*noteDef
	open                          []*openDef
	openAt                        *node
	tables                        map[string]*csvTable
}

type codeDef struct {
	period
	info CodeInfo
}

type editionDef struct {
	period
	name, note string
	at         *node
}

// wording is what an outcome says.
type wording struct{ headline, action, reason string }

type criterionDef struct {
	period
	id, name, text string
	sources        []string
	show           bool
	sites          []string // some_tumour
	when           *expr
	at             *node
}

type scoreDef struct {
	period
	id, name, file string
	sources        []string
	applies        *expr
	bands          []ScoreBand
	at             *node
}

type pathwayDef struct {
	period
	id, name, text, file string
	sources, sites       []string
	steps                []StepInfo
	at                   *node
}

type rowDef struct {
	period
	id, code string
	outcome  Outcome
	urgent   bool
	when     *expr // nil: otherwise
	because  []string
	gates    []*gateDef
	sources  []string
	wording
	at *node
}

type gateDef struct {
	outcome Outcome
	when    *expr
	urgent  bool
	wording
	at *node
}

type noteDef struct {
	period
	id, text, pathway string
	about             string // a fact
	part              string // of NoteParts; "" for none
	urgent            bool
	sources           []string
	sites             []string
	when              *expr
	at                *node
}

// csvTable is a table file, row by row with the line each stands on.
type csvTable struct {
	file string
	rows [][]string
	line []int
}

// readArea reads one folder.
func readArea(fsys fs.FS, files *yamlFiles, dir string, d *Dictionary, p *loadProblems) *areaSource {
	s := &areaSource{dir: dir, sourceByID: map[string]*SourceInfo{}, paramByID: map[string]*paramDef{}, tables: map[string]*csvTable{}}
	s.readHead(files.get(dir+"/area.yaml", true, p), p)
	s.readSources(files.get(dir+"/sources.yaml", true, p), p)
	if s.at != nil {
		s.readConflicts(s.at, p) // its sources are known now
	}
	if n := files.get(dir+"/facts.yaml", false, p); n != nil {
		d.read(n, s.id, p)
	}
	s.readParams(files.get(dir+"/params.yaml", false, p), p)
	s.readCriteria(files.get(dir+"/criteria.yaml", true, p), p)
	s.readAdvice(files.get(dir+"/advice.yaml", true, p), p)
	tables, _ := fs.Glob(fsys, dir+"/tables/*.csv")
	for _, f := range tables {
		s.tables[path.Base(f)] = readCSVFile(fsys, f, p)
	}
	return s
}

// yamlFiles holds files read ahead, so that the rest of loading is in order.
type yamlFiles struct {
	fsys fs.FS
	read map[string]*yamlFile
}

type yamlFile struct {
	data     []byte
	err      error
	node     *node
	problems loadProblems
}

// readAhead reads and parses the files side by side.
func readAhead(fsys fs.FS, names []string) *yamlFiles {
	out := &yamlFiles{fsys: fsys, read: make(map[string]*yamlFile, len(names))}
	var wait sync.WaitGroup
	for _, name := range names {
		f := &yamlFile{}
		out.read[name] = f
		wait.Go(func() {
			if f.data, f.err = fs.ReadFile(fsys, name); f.err == nil {
				f.node = parseYAML(name, f.data, &f.problems)
			}
		})
	}
	wait.Wait()
	return out
}

// get gives a file as nodes; nil when it is absent or broken.
func (y *yamlFiles) get(name string, needed bool, p *loadProblems) *node {
	f := y.read[name]
	if f == nil {
		f = readAhead(y.fsys, []string{name}).read[name]
	}
	switch {
	case errors.Is(f.err, fs.ErrNotExist):
		if needed {
			p.add(name, 1, 1, "this file is missing")
		}
		return nil
	case f.err != nil:
		p.add(name, 1, 1, "this file cannot be read: %v", f.err)
		return nil
	}
	p.found = append(p.found, f.problems.found...)
	return f.node
}

// readCSVFile reads a table; blank cells at the end of a row, blank rows and
// comments are dropped.
func readCSVFile(fsys fs.FS, name string, p *loadProblems) *csvTable {
	t := &csvTable{file: name}
	f, err := fsys.Open(name)
	if err != nil {
		p.add(name, 1, 1, "this file cannot be read: %v", err)
		return t
	}
	defer func() { _ = f.Close() }()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	r.Comment = '#'
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			p.add(name, bad.Line, bad.Column, "this is not CSV: %v", bad.Err)
			return t
		}
		if err != nil {
			p.add(name, 1, 1, "this file cannot be read: %v", err)
			return t
		}
		line, _ := r.FieldPos(0)
		for i := range row {
			row[i] = strings.TrimSpace(strings.TrimPrefix(row[i], "\ufeff"))
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		if len(row) > 0 {
			t.rows, t.line = append(t.rows, row), append(t.line, line)
		}
	}
}

func (s *areaSource) readHead(n *node, p *loadProblems) {
	s.id, s.order = s.dir, 100
	if n == nil || !p.check(n, "area.yaml", "id", "title", "short", "question", "order", "owner", "status", "review_by", "codes", "editions", "cascade", "conflicts") {
		return
	}
	s.at = n
	if id := p.need(n, "area.yaml", "id"); id != "" && id != path.Base(s.dir) {
		p.at(n.get("id"), "the area's id %q is not the name of its folder, %q", id, path.Base(s.dir))
	}
	s.id = path.Base(s.dir)
	s.title, s.owner = p.need(n, "area.yaml", "title"), p.need(n, "area.yaml", "owner")
	s.short, s.question = p.text(n, "short"), p.text(n, "question")
	if s.short == "" {
		s.short = s.title
	}
	s.order = p.integer(n, "order", 100)
	s.reviewBy = p.date(n, "review_by")
	if s.reviewBy == "" {
		p.at(n, "area.yaml needs %q", "review_by")
	}
	s.readStatus(n.get("status"), p)
	s.readCascade(n.get("cascade"), p)
	for _, item := range p.entries(n, "codes") {
		if p.check(item, "a code", "code", "title", "source", "from", "until", "note") {
			s.codes = append(s.codes, codeDef{p.period(item), CodeInfo{
				Code: p.need(item, "a code", "code"), Title: p.need(item, "a code", "title"), Source: p.need(item, "a code", "source"),
			}})
		}
	}
	for _, item := range p.entries(n, "editions") {
		if p.check(item, "an edition", "name", "from", "until", "note") {
			e := editionDef{p.period(item), p.need(item, "an edition", "name"), p.text(item, "note"), item}
			if e.from == "" {
				p.at(item, "an edition needs %q", "from")
			}
			s.editions = append(s.editions, e)
		}
	}
	if len(s.editions) == 0 {
		p.at(n, "area.yaml needs at least one edition")
	}
	for i := 1; i < len(s.editions); i++ {
		if s.editions[i].from <= s.editions[i-1].from {
			p.at(s.editions[i].at, "editions stand oldest first")
		}
	}
}

func (s *areaSource) readStatus(n *node, p *loadProblems) {
	switch {
	case n == nil:
		p.at(s.at, "area.yaml needs %q", "status")
	case n.kind == scalarNode && n.text == "transcribed":
		s.status = "transcribed"
	case n.kind == mapNode && p.check(n, "status", "signed_off", "on", "fingerprint"):
		s.status, s.signedBy, s.signedOn = "signed_off", p.need(n, "status", "signed_off"), p.date(n, "on")
		s.signedPrint = p.need(n, "status", "fingerprint")
	case n.kind == scalarNode:
		p.at(n, "status is transcribed or {signed_off: …, on: …, fingerprint: …}, not %q", n.text)
	}
}

func (s *areaSource) readSources(n *node, p *loadProblems) {
	if n == nil || n.null {
		return
	}
	if n.kind != listNode {
		p.at(n, "sources.yaml must be a list of sources")
		return
	}
	for _, item := range n.items {
		if !p.check(item, "a source", "id", "title", "short", "issuer", "section", "date", "url", "seen", "note") {
			continue
		}
		src := &SourceInfo{
			ID: p.need(item, "a source", "id"), Title: p.need(item, "a source", "title"), Short: p.text(item, "short"),
			Issuer: p.text(item, "issuer"), Section: p.text(item, "section"), URL: p.text(item, "url"), Note: p.text(item, "note"),
			Date: p.date(item, "date"), Seen: p.bool(item, "seen", true),
		}
		if src.Short == "" {
			src.Short = src.Title
		}
		if s.sourceByID[src.ID] != nil {
			p.at(item, "source %q stands twice", src.ID)
			continue
		}
		s.sourceByID[src.ID] = src
		s.sources = append(s.sources, src)
	}
}

// checkSources reports source ids there are not.
func (s *areaSource) checkSources(ids []string, n *node, p *loadProblems) {
	for _, id := range ids {
		if s.sourceByID[id] == nil {
			at := n
			if src := n.get("source"); src != nil {
				at = src
			}
			p.at(at, "no source %q in sources.yaml%s", id, didYouMean(id, keysOf(s.sources, func(s *SourceInfo) string { return s.ID })))
		}
	}
}
