package exchange

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// gedcomLine is one line of a GEDCOM file: level, optional xref, tag, value.
type gedcomLine struct {
	number, level    int
	xref, tag, value string
}

// ReadGEDCOM reads the structure of a GEDCOM 5.5, 5.5.1 or 7.0 file: people,
// sex, births, deaths, adoption, marriages. GEDCOM has no place for coded
// diseases, so none are taken over.
func ReadGEDCOM(data []byte) (*Family, error) {
	text, err := gedcomText(data)
	if err != nil {
		return nil, err
	}
	g := &gedcomReader{people: map[string]*Person{}, adopted: map[string]string{}, own: map[string]string{}}
	scan := bufio.NewScanner(strings.NewReader(text))
	scan.Buffer(nil, 1<<20)
	for n := 1; scan.Scan(); n++ {
		line := strings.TrimSpace(scan.Text())
		if line == "" {
			continue
		}
		l, ok := parseGEDCOM(line)
		if !ok {
			g.problems = append(g.problems, Problem{n, fmt.Sprintf("%.40q is no GEDCOM line", line)})
			if len(g.problems) > 20 {
				return nil, g.problems
			}
			continue
		}
		l.number = n
		g.take(l)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("GEDCOM file: %w", err)
	}
	return g.family()
}

// gedcomText brings the file to UTF-8.
func gedcomText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		return decodeUTF16(data[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return decodeUTF16(data[2:], binary.BigEndian), nil
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if !utf8.ValidString(text) {
		return "", Problems{{0, "this GEDCOM file is not in UTF-8; save it as UTF-8 in the program it comes from"}}
	}
	return text, nil
}

func decodeUTF16(data []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return string(utf16.Decode(units))
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
	adopted  map[string]string // person -> family they were adopted into
	own      map[string]string // person -> the id another program gave (REFN)
	path     [4]string         // tags on the way to this line
	person   *Person
	union    *gedcomUnion
	famc     string
	problems Problems
}

type gedcomUnion struct {
	id, husband, wife string
	children          []string
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
	if g.union != nil && l.level == 1 {
		switch l.tag {
		case "HUSB":
			g.union.husband = ref
		case "WIFE":
			g.union.wife = ref
		case "CHIL":
			g.union.children = append(g.union.children, ref)
		}
	}
	if p := g.person; p != nil {
		g.aboutPerson(p, l, ref)
	}
}

func (g *gedcomReader) start(l gedcomLine) {
	g.person, g.union = nil, nil
	switch l.tag {
	case "INDI":
		if g.people[l.xref] != nil {
			g.problems = append(g.problems, Problem{l.number, fmt.Sprintf("the id %q was used already", l.xref)})
			return
		}
		g.person = &Person{ID: l.xref, line: l.number}
		g.people[l.xref] = g.person
		g.order = append(g.order, l.xref)
	case "FAM":
		g.unions = append(g.unions, gedcomUnion{id: l.xref, line: l.number})
		g.union = &g.unions[len(g.unions)-1]
	}
}

func (g *gedcomReader) aboutPerson(p *Person, l gedcomLine, ref string) {
	switch {
	case l.level == 1 && l.tag == "NAME" && p.Name == "":
		p.Name = strings.Join(strings.Fields(strings.ReplaceAll(l.value, "/", " ")), " ")
	case l.level == 1 && l.tag == "REFN" && l.value != "":
		g.own[p.ID] = l.value
	case l.level == 1 && l.tag == "SEX":
		p.Sex = sexWord(l.value)
	case l.level == 1 && l.tag == "DEAT":
		p.Dead = true
	case l.level == 1 && l.tag == "FAMC":
		g.famc = ref
	case l.level == 2 && g.path[1] == "BIRT" && l.tag == "DATE" && p.Born == "":
		p.Born = gedcomDate(l.value)
	case l.level == 2 && g.path[1] == "DEAT" && l.tag == "DATE":
		p.Died = gedcomDate(l.value)
	case l.level == 2 && g.path[1] == "FAMC" && l.tag == "PEDI" && strings.EqualFold(l.value, "adopted"):
		g.adopted[p.ID] = g.famc
	}
}

var months = []string{"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"}

// gedcomDate keeps what of a date is certain: "12 MAR 1956", "MAR 1956", "1956";
// "ABT 1956" is the year alone.
func gedcomDate(v string) string {
	var day, month, year int
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
	for _, u := range g.unions {
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
			f.Couples = append(f.Couples, Couple{A: mother, B: father})
		}
		for _, id := range u.children {
			child := g.people[id]
			switch {
			case child == nil:
				g.problems = append(g.problems, Problem{u.line, fmt.Sprintf("the family %s has the child %q, who is not in the file", u.id, id)})
			case child.Mother == "" && child.Father == "":
				child.Mother, child.Father = mother, father
				if g.adopted[id] == u.id {
					child.Adopted = "in"
				}
			case child.Adopted == "in" && g.adopted[id] != u.id:
				child.Mother, child.Father, child.Adopted = mother, father, "out"
			case g.adopted[id] == u.id:
				child.Adopted = "out"
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
	g.rename(f)
	return f, nil
}

// rename takes the ids that stand in REFN when everyone has one of their own.
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

// WriteGEDCOM writes the structure as GEDCOM 5.5.1 and says what it could not
// carry: diseases above all.
func WriteGEDCOM(w io.Writer, f *Family) (lost []string, err error) {
	b := bufio.NewWriter(w)
	loss := map[string]bool{}
	fmt.Fprint(b, "0 HEAD\n1 SOUR Kindred\n1 GEDC\n2 VERS 5.5.1\n2 FORM LINEAGE-LINKED\n1 CHAR UTF-8\n")
	type pair struct{ mother, father string }
	var unions []pair
	at := map[pair]int{}
	join := func(mother, father string) int {
		k := pair{mother, father}
		if i, ok := at[k]; ok {
			return i
		}
		at[k] = len(unions)
		unions = append(unions, k)
		return at[k]
	}
	for i := range f.People {
		if p := &f.People[i]; p.Mother != "" || p.Father != "" {
			join(p.Mother, p.Father)
		}
	}
	for _, c := range f.Couples {
		if _, ok := at[pair{c.B, c.A}]; !ok {
			join(c.A, c.B)
		}
	}
	index := map[string]int{}
	for i := range f.People {
		index[f.People[i].ID] = i + 1
	}
	ref := func(id string) string { return fmt.Sprintf("@I%d@", index[id]) }
	for i := range f.People {
		p := &f.People[i]
		fmt.Fprintf(b, "0 %s INDI\n", ref(p.ID))
		if p.Name != "" {
			fmt.Fprintf(b, "1 NAME %s\n", p.Name)
		}
		fmt.Fprintf(b, "1 SEX %s\n", map[string]string{"male": "M", "female": "F", "": "U"}[p.Sex])
		if p.Born != "" {
			fmt.Fprintf(b, "1 BIRT\n2 DATE %s\n", gedcomWords(p.Born))
		}
		if p.Dead {
			fmt.Fprint(b, "1 DEAT Y\n")
			if p.Died != "" {
				fmt.Fprintf(b, "2 DATE %s\n", gedcomWords(p.Died))
			}
		}
		if p.Mother != "" || p.Father != "" {
			fmt.Fprintf(b, "1 FAMC @F%d@\n", join(p.Mother, p.Father)+1)
			if p.Adopted == "in" {
				fmt.Fprint(b, "2 PEDI adopted\n")
			}
		}
		fmt.Fprintf(b, "1 REFN %s\n", p.ID)
		p.gedcomLosses(loss)
	}
	for u, k := range unions {
		fmt.Fprintf(b, "0 @F%d@ FAM\n", u+1)
		if k.father != "" {
			fmt.Fprintf(b, "1 HUSB %s\n", ref(k.father))
		}
		if k.mother != "" {
			fmt.Fprintf(b, "1 WIFE %s\n", ref(k.mother))
		}
		for i := range f.People {
			if p := &f.People[i]; (p.Mother != "" || p.Father != "") && p.Mother == k.mother && p.Father == k.father {
				fmt.Fprintf(b, "1 CHIL %s\n", ref(p.ID))
			}
		}
	}
	fmt.Fprint(b, "0 TRLR\n")
	if len(f.Twins) > 0 {
		loss["twins"] = true
	}
	for what := range loss {
		lost = append(lost, what)
	}
	slices.Sort(lost)
	if err := b.Flush(); err != nil {
		return lost, fmt.Errorf("write the GEDCOM file: %w", err)
	}
	return lost, nil
}

func (p *Person) gedcomLosses(loss map[string]bool) {
	for what, there := range map[string]bool{
		"conditions with their ages":           len(p.Findings) > 0,
		"who is affected":                      p.Affected != NotKnown,
		"gender":                               p.Gender != "",
		"ages without a date":                  p.Age != "",
		"who is the proband or the consultand": p.Proband || p.Consultand,
		"pregnancies not carried to term":      p.Loss,
		"who was adopted out":                  p.Adopted == "out",
	} {
		if there {
			loss[what] = true
		}
	}
}

// gedcomWords prints a date of ours as GEDCOM writes it.
func gedcomWords(date string) string {
	parts := strings.Split(date, "-")
	slices.Reverse(parts)
	if n := len(parts); n >= 2 {
		if m, err := strconv.Atoi(parts[n-2]); err == nil && m >= 1 && m <= 12 {
			parts[n-2] = months[m-1]
		}
	}
	if len(parts) == 3 {
		parts[0] = strings.TrimLeft(parts[0], "0")
	}
	return strings.Join(parts, " ")
}
