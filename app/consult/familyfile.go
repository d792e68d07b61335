package consult

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"kindred/app/exchange"
	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/truth"
)

// mostFamilyFile is how large a family file may be, in bytes; the largest family
// that is read fits many times over.
const mostFamilyFile = 64 << 20

// FamilyFile is a family file that was read; nothing of it is in a record yet.
type FamilyFile struct {
	Families []exchange.Family // in the order of their ids
	Ignored  []string          // what the file held and was not taken over

	dict  *rules.Dictionary
	named bool        // people are known by their ids where they have no name
	whole *rules.Case // what a case of ours says besides the family; nil for other forms
}

// OpenFamilyFile reads a family file of any form that exchange knows. The error
// says what is wrong with it, a line each.
func OpenFamilyFile(path string, d *rules.Dictionary) (*FamilyFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", err)
	}
	defer f.Close() // only read
	data, err := io.ReadAll(io.LimitReader(f, mostFamilyFile+1))
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	if len(data) > mostFamilyFile {
		return nil, fmt.Errorf("the file is larger than %d MB; a family file is smaller: choose another one", mostFamilyFile>>20)
	}
	return ReadFamilyFile(data, d)
}

// ReadFamilyFile reads the content of a family file.
func ReadFamilyFile(data []byte, d *rules.Dictionary) (*FamilyFile, error) {
	fs, show, ignored, err := exchange.Read(data, d)
	if err != nil {
		return nil, err
	}
	if len(fs) == 0 {
		return nil, errors.New("the file holds no family")
	}
	for i := range fs {
		if bad := fs[i].Check(); len(bad) > 0 {
			return nil, bad
		}
	}
	slices.SortStableFunc(fs, func(a, b exchange.Family) int { return sketch.Naturally(a.ID, b.ID) })
	out := &FamilyFile{Families: fs, Ignored: ignored, dict: d, named: show.Names}
	if c, err := rules.ParseCase(data, d); err == nil { // any other form is no case, and was read above
		out.whole = c
	}
	return out, nil
}

// Marked is the person of a family whom the file calls the patient or, failing
// that, the proband; "" when it calls nobody so, or several.
func Marked(f *exchange.Family) string {
	for _, is := range [...]func(p *exchange.Person) bool{
		func(p *exchange.Person) bool { return p.Consultand },
		func(p *exchange.Person) bool { return p.Proband },
	} {
		var found []string
		for i := range f.People {
			if is(&f.People[i]) {
				found = append(found, f.People[i].ID)
			}
		}
		if len(found) > 0 {
			if len(found) > 1 {
				return ""
			}
			return found[0]
		}
	}
	return ""
}

// FamilyTaken is what a record's case would be with a family from a file.
type FamilyTaken struct {
	Case    rules.Case
	Left    []string // what was not taken over, in words
	Changes []string // what else changes or is to be looked at, sentences
}

// Take works out the case of a record with one family of the file in the place
// of the family that was entered, seen from the person of that id. The record
// is not changed. Who the patient is and what was entered about them stays; of
// the file's patient only the place in the family, and conditions and an age
// not entered yet, are added. Everybody else gets an id nobody had here.
func (x *FamilyFile) Take(r *Record, family int, patient string) (*FamilyTaken, error) {
	if r.Kin != nil && len(r.Kin.Links) > 0 {
		return nil, errors.New("this family is tied to consultations of relatives, who would be lost from it: open the file in a new consultation")
	}
	if family < 0 || family >= len(x.Families) {
		return nil, errors.New("choose which family of the file is meant")
	}
	f := &x.Families[family]
	if !slices.ContainsFunc(f.People, func(p exchange.Person) bool { return p.ID == patient }) {
		return nil, errors.New("choose who of the family is the patient")
	}
	from, lost, err := x.caseOf(f, patient)
	if err != nil {
		return nil, err
	}
	out := &FamilyTaken{Case: r.Case, Left: slices.Concat(x.Ignored, lost)}
	c := &out.Case
	c.People = nil
	was := r.Patient()
	if was == nil {
		return nil, errors.New("this consultation has no patient")
	}
	ids := freshIDs(r, from)
	for i := range from.People {
		p := from.People[i]
		if p.ID == from.Patient {
			own, err := out.patient(was, &p, r.Identity.Sex)
			if err != nil {
				return nil, err
			}
			p = own
		}
		p.ID, p.Mother, p.Father = ids[from.People[i].ID], ids[from.People[i].Mother], ids[from.People[i].Father]
		c.People = append(c.People, p)
	}
	at := slices.IndexFunc(c.People, func(p rules.Person) bool { return p.ID == c.Patient })
	own := c.People[at]
	c.People = slices.Insert(slices.Delete(c.People, at, at+1), 0, own)
	c.Couples, c.Twins = nil, nil
	for _, u := range from.Couples {
		u.A, u.B = ids[u.A], ids[u.B]
		c.Couples = append(c.Couples, u)
	}
	for _, t := range from.Twins {
		set := rules.TwinSet{Kind: t.Kind}
		for _, id := range t.IDs {
			set.IDs = append(set.IDs, ids[id])
		}
		c.Twins = append(c.Twins, set)
	}
	if len(r.Case.Asked) > 0 {
		out.Changes = append(out.Changes, "How far the family was asked is cleared, because it spoke of the relatives entered before.")
	}
	c.Asked = maps.Clone(from.Asked)
	if c.Asked == nil {
		c.Asked = map[string]int{}
	}
	c.UnknownSides = slices.Clone(r.Case.UnknownSides) // a side stays unknown until somebody says otherwise
	for _, s := range from.UnknownSides {
		if !slices.Contains(c.UnknownSides, s) {
			c.UnknownSides = append(c.UnknownSides, s)
		}
	}
	return out, out.check(x.dict)
}

// check reads the new case back as a case is read from a file, so that what a
// case may not be is found before anything changes.
func (t *FamilyTaken) check(d *rules.Dictionary) error {
	data, err := rules.EncodeCase(&t.Case, d)
	if err == nil {
		_, err = rules.ParseCase(data, d)
	}
	if err != nil {
		return fmt.Errorf("with what was entered about the patient, this family cannot be: %w", err)
	}
	return nil
}

// caseOf is a family of the file as a case seen from one person, with what of
// the file that leaves out.
func (x *FamilyFile) caseOf(f *exchange.Family, patient string) (*rules.Case, []string, error) {
	if x.whole != nil && x.whole.Patient == patient {
		c := *x.whole
		var lost []string
		if len(c.Settings) > 0 {
			lost = append(lost, "local settings")
		}
		return &c, lost, nil
	}
	turned := *f
	turned.People = slices.Clone(f.People)
	for i := range turned.People {
		p := &turned.People[i]
		p.Consultand = p.ID == patient
		if x.named && p.Name == "" && !strings.HasPrefix(p.ID, "+") {
			p.Name = p.ID // else nobody could tell who is who
		}
	}
	loose := dropLoose(&turned, patient)
	c, lost, err := turned.Case(x.dict)
	if err != nil {
		return nil, nil, err
	}
	return c, slices.Concat(loose, lost, f.Beside), nil
}

// dropLoose leaves out those whom no parent, child or partner links to the
// patient, and names them: a case has no place for them.
func dropLoose(f *exchange.Family, patient string) []string {
	near := map[string][]string{}
	join := func(a, b string) {
		if a != "" && b != "" {
			near[a], near[b] = append(near[a], b), append(near[b], a)
		}
	}
	for i := range f.People {
		join(f.People[i].ID, f.People[i].Mother)
		join(f.People[i].ID, f.People[i].Father)
	}
	for _, x := range f.Couples {
		join(x.A, x.B)
	}
	linked, todo := map[string]bool{patient: true}, []string{patient}
	for len(todo) > 0 {
		id := todo[0]
		todo = todo[1:]
		for _, other := range near[id] {
			if !linked[other] {
				linked[other] = true
				todo = append(todo, other)
			}
		}
	}
	var gone []string
	f.People = slices.DeleteFunc(f.People, func(p exchange.Person) bool {
		if !linked[p.ID] {
			gone = append(gone, p.ID)
		}
		return !linked[p.ID]
	})
	if len(gone) == 0 {
		return nil
	}
	f.Couples = slices.DeleteFunc(slices.Clone(f.Couples), func(x exchange.Couple) bool { return !linked[x.A] || !linked[x.B] })
	f.Twins = slices.DeleteFunc(slices.Clone(f.Twins), func(t exchange.Twins) bool {
		return slices.ContainsFunc(t.IDs, func(id string) bool { return !linked[id] })
	})
	who := strings.Join(gone[:min(8, len(gone))], ", ")
	if len(gone) > 8 {
		who += fmt.Sprintf(" and %d more", len(gone)-8)
	}
	return []string{"people whom nothing links to the patient: " + who}
}

// patient is the patient as entered, in the place of the file's.
func (t *FamilyTaken) patient(was, file *rules.Person, sex string) (rules.Person, error) {
	if sex != "" && file.Sex != "" && sex != file.Sex {
		return rules.Person{}, fmt.Errorf("this person is %s in the file, and the patient here is %s: choose somebody else as the patient, or correct the sex on the patient step", file.Sex, sex)
	}
	p := *was
	p.Relation, p.Drawn = "", file.Drawn
	if file.Sex != "" && sex == "" {
		t.Changes = append(t.Changes, "The patient is "+file.Sex+" in the file. Enter the sex at birth on the patient step if that is so.")
	}
	if file.Alive == truth.No {
		t.Changes = append(t.Changes, "The file says that the patient died. The patient here is alive unless a date of death is entered.")
	}
	switch {
	case p.Age.IsAny():
		p.Age = file.Age
	case !file.Age.IsAny() && (file.Age.Hi < p.Age.Lo || file.Age.Lo > p.Age.Hi):
		t.Changes = append(t.Changes, "The patient’s age is "+file.Age.String()+" in the file and "+p.Age.String()+" here. Here it stays.")
	}
	p.Conditions = slices.Clone(p.Conditions)
	for _, c := range file.Conditions {
		if !slices.ContainsFunc(p.Conditions, func(h rules.Condition) bool { return h.Name == c.Name }) {
			p.Conditions = append(p.Conditions, c)
		}
	}
	if n := len(p.Conditions) - len(was.Conditions); n > 0 {
		t.Changes = append(t.Changes, fmt.Sprintf("%d of the patient’s conditions in the file were not entered here and are added.", n))
	}
	if len(file.Facts)+len(file.Panels)+len(file.Tumours)+len(file.Medications) > 0 {
		t.Left = append(t.Left, "the patient’s own answers, results, tumours and medicines")
	}
	if file.Name != "" {
		t.Left = append(t.Left, "the patient’s name")
	}
	return p, nil
}

// freshIDs gives everybody of the file's case an id nobody has or had in the
// record, and the patient the record's.
func freshIDs(r *Record, from *rules.Case) map[string]string {
	used := map[string]bool{r.Case.Patient: true}
	for i := range r.Case.People {
		used[r.Case.People[i].ID] = true
	}
	if r.Kin != nil {
		for id := range r.Kin.Members {
			used[id] = true
		}
	}
	ids, n := map[string]string{"": "", from.Patient: r.Case.Patient}, 1
	for i := range from.People {
		if from.People[i].ID == from.Patient {
			continue
		}
		for used[fmt.Sprintf("r%d", n)] {
			n++
		}
		ids[from.People[i].ID] = fmt.Sprintf("r%d", n)
		n++
	}
	return ids
}

// SaveFamily writes the family of a case in the form of that ending (see
// exchange.Forms), with names only if asked, and says what the form cannot
// carry. A case of ours carries everything but who the patient is.
func SaveFamily(c *rules.Case, d *rules.Dictionary, ending string, names bool) (data []byte, lost []string, err error) {
	if ending == ".case.json" {
		out := *c
		out.People = slices.Clone(c.People)
		for i := range out.People {
			if !names {
				out.People[i].Name = ""
			}
		}
		data, err = rules.EncodeCase(&out, d)
		return data, nil, err
	}
	f, err := exchange.FromCase(c, d)
	if err != nil {
		return nil, nil, fmt.Errorf("this family cannot be written: %w", err)
	}
	if !names {
		*f = f.WithoutNames()
	}
	var b strings.Builder
	lost, err = exchange.Write(&b, ending, []exchange.Family{*f}, d)
	return []byte(b.String()), lost, err
}
