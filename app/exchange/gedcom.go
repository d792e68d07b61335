package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// gedcomLine is one line of a GEDCOM file: level, optional xref, tag, value.
type gedcomLine struct {
	number, level    int
	xref, tag, value string
}

// ReadGEDCOM reads the structure of a GEDCOM 5.5, 5.5.1 or 7.0 file: people,
// sex, births, deaths, adoption, couples. GEDCOM has no place for coded
// diseases, so none are taken over; ignored says what else was not.
func ReadGEDCOM(data []byte) (f *Family, ignored []string, err error) {
	text, note, err := plainText(data)
	if err != nil {
		return nil, nil, err
	}
	g := &gedcomReader{people: map[string]*Person{}, adopted: map[[2]string]string{}, own: map[string]string{}, skipped: map[string]bool{}, at: map[string]int{}}
	if note != "" {
		g.skipped[note] = true
	}
	level := 0
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		l, ok := parseGEDCOM(line)
		l.number = n + 1
		switch {
		case !ok:
			g.problems = append(g.problems, Problem{l.number, fmt.Sprintf("%.40q is no GEDCOM line; it is a level, a tag and a value", line)})
		case l.level > level+1:
			g.problems = append(g.problems, Problem{l.number, fmt.Sprintf("level %d under level %d; the line it belongs to is missing", l.level, level)})
		default:
			level = l.level
			g.take(l)
			continue
		}
		if len(g.problems) > 20 {
			return nil, nil, g.problems
		}
	}
	f, err = g.family()
	if err != nil {
		return nil, nil, err
	}
	return f, sortedNames(g.skipped), nil
}

func parseGEDCOM(text string) (l gedcomLine, ok bool) {
	head, rest, _ := strings.Cut(text, " ")
	level, err := strconv.Atoi(head)
	if err != nil || level < 0 || level > 99 {
		return l, false
	}
	l.level = level
	rest = strings.TrimSpace(rest)
	if strings.HasPrefix(rest, "@") && !strings.HasPrefix(rest, "@@") {
		l.xref, rest, _ = strings.Cut(rest, " ")
		l.xref = strings.Trim(l.xref, "@")
	}
	l.tag, l.value, _ = strings.Cut(strings.TrimSpace(rest), " ")
	return l, l.tag != ""
}

// gedcomReader builds the family while lines come in.
type gedcomReader struct {
	people   map[string]*Person
	order    []string
	unions   []gedcomUnion
	at       map[string]int       // family -> its union
	adopted  map[[2]string]string // person and family -> how they belong to it, unless by birth
	own      map[string]string    // person -> the id another program gave (REFN)
	ours     bool                 // the file was written by Kindred
	path     [4]string            // tags on the way to this line
	person   *Person
	union    *gedcomUnion
	famc     string
	problems Problems
	skipped  map[string]bool
	children []gedcomChild // what people say of their parents' family
	spouses  []gedcomChild // and of their own
}

// gedcomChild is somebody who belongs to a family.
type gedcomChild struct {
	id, family string
	line       int
}

type gedcomUnion struct {
	id, husband, wife string
	children          []gedcomChild
	apart             bool
	line              int
}

func (g *gedcomReader) take(l gedcomLine) {
	if l.level < len(g.path) {
		g.path[l.level] = l.tag
	}
	if l.level == 0 {
		g.start(l)
		return
	}
	ref := strings.Trim(l.value, "@")
	if ref == "VOID" { // names nobody, since GEDCOM 7
		return
	}
	switch {
	case g.path[0] == "HEAD" && l.level == 1 && l.tag == "SOUR":
		g.ours = l.value == "Kindred"
	case g.union != nil && l.level == 1:
		switch l.tag {
		case "HUSB":
			g.union.husband = ref
		case "WIFE":
			g.union.wife = ref
		case "CHIL":
			g.union.children = append(g.union.children, gedcomChild{ref, g.union.id, l.number})
		case "DIV", "DIVF":
			g.union.apart = l.value != "N"
		}
	case g.person != nil:
		g.aboutPerson(g.person, l, ref)
	}
}

func (g *gedcomReader) start(l gedcomLine) {
	g.person, g.union = nil, nil
	again := func() {
		g.problems = append(g.problems, Problem{l.number, fmt.Sprintf("the id %q was used already", l.xref)})
	}
	switch l.tag {
	case "INDI":
		if l.xref == "" { // nobody refers to them
			l.xref = fmt.Sprintf("line%d", l.number)
		}
		if g.people[l.xref] != nil {
			again()
			return
		}
		g.person = &Person{ID: l.xref, line: l.number}
		g.people[l.xref] = g.person
		g.order = append(g.order, l.xref)
	case "FAM":
		if _, ok := g.at[l.xref]; ok {
			again()
			return
		}
		g.at[l.xref] = len(g.unions)
		g.unions = append(g.unions, gedcomUnion{id: l.xref, line: l.number})
		g.union = &g.unions[len(g.unions)-1]
	}
}

func (g *gedcomReader) aboutPerson(p *Person, l gedcomLine, ref string) {
	switch l.level {
	case 1:
		g.fact(p, l, ref)
	case 2:
		g.detail(p, l)
	}
}

// fact takes a line right under a person.
func (g *gedcomReader) fact(p *Person, l gedcomLine, ref string) {
	switch l.tag {
	case "NAME":
		if p.Name == "" {
			p.Name = strings.Join(strings.Fields(strings.ReplaceAll(l.value, "/", " ")), " ")
		}
	case "REFN":
		if l.value != "" {
			g.own[p.ID] = l.value
		}
	case "SEX":
		p.Sex = sexWord(l.value)
	case "DEAT", "BURI", "CREM":
		p.Dead = p.Dead || l.value != "N"
	case "FAMC":
		g.famc = ref
		g.children = append(g.children, gedcomChild{p.ID, ref, l.number})
	case "FAMS":
		g.spouses = append(g.spouses, gedcomChild{p.ID, ref, l.number})
	}
}

// detail takes a line under a fact.
func (g *gedcomReader) detail(p *Person, l gedcomLine) {
	switch g.path[1] + " " + l.tag {
	case "BIRT DATE":
		if p.Born == "" {
			p.Born = g.date(l.value)
		}
	case "DEAT DATE":
		if p.Died == "" {
			p.Died = g.date(l.value)
		}
	case "DEAT AGE": // in whole years; "< 8y" is no age
		if years, rest, ok := strings.Cut(strings.ToLower(l.value), "y"); ok && rest == "" && strings.Trim(years, "0123456789") == "" {
			p.Age = years
		}
	case "FAMC PEDI":
		if how := strings.ToLower(l.value); how != "birth" && how != "" {
			g.adopted[[2]string{p.ID, g.famc}] = how
		}
	}
}

// date keeps what is certain of a date.
func (g *gedcomReader) date(v string) string {
	d := gedcomDate(v)
	if d == "" && v != "" {
		g.skipped["dates that are not one day, month or year"] = true
	}
	return d
}

var months = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// gedcomDate keeps what of a date is certain: "12 MAR 1956", "MAR 1956", "1956";
// "ABT 1956" is the year alone, and of "BEF 1956" or "BET 1950 AND 1960" nothing
// is.
func gedcomDate(v string) string {
	var day, month, year int
	switch first, _, _ := strings.Cut(strings.TrimSpace(strings.ToUpper(v)), " "); first {
	case "BEF", "AFT", "BET", "FROM", "TO":
		return ""
	}
	for _, word := range strings.Fields(strings.ToUpper(v)) {
		if m := slices.Index(months, word); m >= 0 {
			month = m + 1
			continue
		}
		n, err := strconv.Atoi(word)
		switch {
		case err != nil:
		case n > 31 && year == 0:
			year = n
		case n >= 1 && n <= 31 && year == 0:
			day = n
		}
	}
	switch {
	case year < 1000 || year > 2999:
		return ""
	case month > 0 && day > 0:
		return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	case month > 0:
		return fmt.Sprintf("%04d-%02d", year, month)
	}
	return strconv.Itoa(year)
}

// family links the people. A person with two families keeps the one of birth.
func (g *gedcomReader) family() (*Family, error) {
	f := &Family{}
	g.meet()
	for k := range g.unions {
		u := &g.unions[k]
		mother, father := u.wife, u.husband
		for _, id := range []string{mother, father} {
			if id != "" && g.people[id] == nil {
				g.problems = append(g.problems, Problem{u.line, fmt.Sprintf("the family %s names %q, who is not in the file", u.id, id)})
			}
		}
		if m, p := g.people[mother], g.people[father]; m != nil && p != nil {
			if m.Sex == "male" && p.Sex == "female" {
				mother, father = father, mother
			}
			f.Couples = append(f.Couples, Couple{A: mother, B: father, Separated: u.apart})
		}
		for _, c := range u.children {
			child := g.people[c.id]
			how := g.adopted[[2]string{c.id, u.id}]
			switch {
			case child == nil:
				g.problems = append(g.problems, Problem{c.line, fmt.Sprintf("the family %s has the child %q, who is not in the file", u.id, c.id)})
			case child.Mother == "" && child.Father == "":
				child.Mother, child.Father = mother, father
				if how != "" {
					child.Adopted = "in"
				}
			case child.Adopted == "in" && how == "":
				child.Mother, child.Father, child.Adopted = mother, father, "out"
				g.skipped["adoptive parents of those whose birth parents are recorded"] = true
			case how != "":
				child.Adopted = "out"
				g.skipped["adoptive parents of those whose birth parents are recorded"] = true
			default:
				g.skipped["second families of birth"] = true
			}
		}
	}
	for _, id := range g.order {
		f.People = append(f.People, *g.people[id])
	}
	if len(f.People) == 0 && len(g.problems) == 0 {
		g.problems = append(g.problems, Problem{0, "no person in this GEDCOM file"})
	}
	g.problems = append(g.problems, f.Check()...)
	if len(g.problems) > 0 {
		return nil, g.problems
	}
	if g.ours {
		g.rename(f)
	}
	return f, nil
}

// meet adds to the families what only the people say: whose child and whose
// partner they are.
func (g *gedcomReader) meet() {
	for _, c := range g.children {
		k, ok := g.at[c.family]
		if !ok {
			g.problems = append(g.problems, Problem{c.line, fmt.Sprintf("%s is a child of the family %q, which is not in the file", c.id, c.family)})
			continue
		}
		if u := &g.unions[k]; !slices.ContainsFunc(u.children, func(x gedcomChild) bool { return x.id == c.id }) {
			u.children = append(u.children, c)
		}
	}
	for _, c := range g.spouses {
		k, ok := g.at[c.family]
		if !ok {
			g.problems = append(g.problems, Problem{c.line, fmt.Sprintf("%s is a partner in the family %q, which is not in the file", c.id, c.family)})
			continue
		}
		u, sex := &g.unions[k], g.people[c.id].Sex
		switch {
		case u.husband == c.id || u.wife == c.id:
		case u.wife == "" && (sex != "male" || u.husband != ""):
			u.wife = c.id
		case u.husband == "":
			u.husband = c.id
		}
	}
}

// rename takes the ids that stand in REFN when everyone has one of their own; in
// files of ours only, for elsewhere a REFN is whatever somebody's archive uses.
func (g *gedcomReader) rename(f *Family) {
	seen := map[string]bool{}
	for _, id := range g.own {
		seen[id] = true
	}
	if len(seen) != len(f.People) {
		return
	}
	for i := range f.People {
		p := &f.People[i]
		p.ID, p.Mother, p.Father = g.own[p.ID], g.own[p.Mother], g.own[p.Father]
	}
	for i := range f.Couples {
		f.Couples[i].A, f.Couples[i].B = g.own[f.Couples[i].A], g.own[f.Couples[i].B]
	}
}
