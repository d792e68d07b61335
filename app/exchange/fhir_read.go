package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// ReadFHIR reads a Bundle with FamilyMemberHistory resources. Relatives without
// links to their parents are placed by their relationship code. ignored says
// what was not taken over.
func ReadFHIR(data []byte, d *rules.Dictionary) (f *Family, ignored []string, err error) {
	var bundle fhirBundle
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&bundle); err != nil {
		line := 0
		var syntax *json.SyntaxError
		var kind *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syntax):
			line = lineAt(data, syntax.Offset)
		case errors.As(err, &kind):
			line = lineAt(data, kind.Offset)
		case errors.Is(err, io.ErrUnexpectedEOF):
			line = lineAt(data, int64(len(data)))
		}
		return nil, nil, Problems{{line, fmt.Sprintf("this is not valid JSON: %v", err)}}
	}
	if bundle.ResourceType == "FamilyMemberHistory" { // one relative alone
		bundle.Entry = []fhirEntry{{Resource: data}}
	}
	r := fhirReader{d: d, skipped: map[string]bool{}, patients: map[string]bool{}, patientID: "patient", at: map[string]string{}, twins: map[string]fhirTwin{}}
	for _, e := range bundle.Entry {
		r.locate(e)
	}
	from := 0
	for i, e := range bundle.Entry {
		if at := bytes.Index(data[from:], e.Resource); at >= 0 && len(e.Resource) > 0 {
			r.line = lineAt(data, int64(from+at))
			from += at + len(e.Resource)
		}
		r.entry(i, e)
	}
	if len(r.problems) > 0 {
		return nil, nil, r.problems
	}
	if len(r.people) == 0 {
		return nil, nil, Problems{{0, "no FamilyMemberHistory in this bundle"}}
	}
	f, err = r.family()
	if err != nil {
		return nil, nil, err
	}
	return f, sortedNames(r.skipped), nil
}

// lineAt is the line of a place in a text, from 1.
func lineAt(data []byte, at int64) int {
	return 1 + bytes.Count(data[:min(max(at, 0), int64(len(data)))], []byte("\n"))
}

type fhirReader struct {
	d         *rules.Dictionary
	patientID string
	// patientSeen says that the bundle named its patient.
	patientSeen bool
	patient     Person
	own         []Finding // conditions of the patient
	people      []Person
	words       []string // relation word of each
	problems    Problems
	skipped     map[string]bool
	patients    map[string]bool   // whose relatives the bundle holds
	at          map[string]string // fullUrl or type/id -> person
	twins       map[string]fhirTwin
	line        int // of the entry being read
}

// fhirTwin is somebody whose twin is named, and the kind.
type fhirTwin struct{ of, kind string }

// locate notes under what names other entries may refer to this one.
func (r *fhirReader) locate(e fhirEntry) {
	var head struct {
		ResourceType string           `json:"resourceType"`
		ID           string           `json:"id"`
		Identifier   []fhirIdentifier `json:"identifier"`
	}
	if json.Unmarshal(e.Resource, &head) != nil || head.ResourceType != "Patient" && head.ResourceType != "FamilyMemberHistory" {
		return // entry reports what is wrong with it
	}
	id := head.ID
	if id == "" {
		id = strings.TrimPrefix(strings.TrimPrefix(e.FullURL, "urn:uuid:"), "urn:oid:")
	}
	for _, x := range head.Identifier {
		if x.System == fhirPersonID && x.Value != "" {
			id = x.Value
		}
	}
	if id == "" {
		return
	}
	if e.FullURL != "" {
		r.at[e.FullURL] = id
	}
	if head.ID != "" {
		r.at[head.ResourceType+"/"+head.ID] = id
	}
}

// resolve is the person a reference means: by the entry's address, else by the
// resource's id.
func (r *fhirReader) resolve(reference string) string {
	if id := r.at[reference]; id != "" {
		return id
	}
	for _, kind := range [...]string{memberPrefix, patientPrefix} {
		if at := strings.LastIndex(reference, kind); at >= 0 {
			name, _, _ := strings.Cut(reference[at:], "/_history")
			if id := r.at[name]; id != "" {
				return id
			}
			return strings.TrimPrefix(name, kind)
		}
	}
	return strings.TrimPrefix(strings.TrimPrefix(reference, "urn:uuid:"), "#")
}

func (r *fhirReader) problem(format string, args ...any) {
	r.problems = append(r.problems, Problem{r.line, fmt.Sprintf(format, args...)})
}

func (r *fhirReader) entry(i int, e fhirEntry) {
	raw := e.Resource
	var head struct {
		ResourceType string `json:"resourceType"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		r.problem("entry %d is not a resource: %v", i+1, err)
		return
	}
	switch head.ResourceType {
	case "Patient":
		var p fhirPatient
		if err := json.Unmarshal(raw, &p); err != nil {
			r.problem("entry %d: %v", i+1, err)
			return
		}
		if r.patientSeen {
			r.problem("entry %d is a second patient; a family is drawn for one", i+1)
			return
		}
		r.patientSeen = true
		if id := r.at[e.FullURL]; id != "" {
			r.patientID = id
		} else if id := r.at[patientPrefix+p.ID]; id != "" {
			r.patientID = id
		}
		r.patient = Person{Born: date(p.BirthDate), Died: date(first(p.DeceasedDateTime, "T")), Dead: p.DeceasedBoolean != nil && *p.DeceasedBoolean || p.DeceasedDateTime != "", line: r.line}
		if len(p.Name) > 0 {
			n := p.Name[0]
			if r.patient.Name = n.Text; n.Text == "" {
				r.patient.Name = strings.TrimSpace(strings.Join(n.Given, " ") + " " + n.Family)
			}
		}
		if p.Gender == "male" || p.Gender == "female" {
			r.patient.Sex = p.Gender
		}
	case "Condition":
		var c fhirOwnCondition
		if err := json.Unmarshal(raw, &c); err != nil {
			r.problem("entry %d: %v", i+1, err)
			return
		}
		for _, code := range c.VerificationStatus.Coding {
			if code.Code == "refuted" || code.Code == fhirError {
				r.skipped["conditions that were refuted or entered in error"] = true
				return
			}
		}
		r.inWords(c.OnsetText)
		if id := r.condition(c.Code); id != "" {
			r.own = append(r.own, Finding{id, yearsOf(c.OnsetAge, c.OnsetRange)})
		}
	case "FamilyMemberHistory":
		var m fhirMember
		if err := json.Unmarshal(raw, &m); err != nil {
			r.problem("entry %d: %v", i+1, err)
			return
		}
		if m.Status == fhirError {
			r.skipped["relatives entered in error"] = true
			return
		}
		if of := r.resolve(m.Patient.Reference); of != "" {
			r.patients[of] = true
			if !r.patientSeen && len(r.patients) == 1 && r.at[m.Patient.Reference] == "" {
				r.patientID = of
			}
			if len(r.patients) > 1 {
				r.problem("entry %d is a relative of another patient; a family is drawn for one", i+1)
				return
			}
		}
		r.member(i, &m, e.FullURL)
	default:
		r.skipped["resources of type "+head.ResourceType] = true
	}
}

func (r *fhirReader) member(i int, m *fhirMember, address string) {
	p := Person{ID: m.ID, Name: m.Name, Born: date(m.BornDate), Died: date(m.DeceasedDate), line: r.line}
	if id := r.at[address]; id != "" {
		p.ID = id
	} else if id := r.at[memberPrefix+m.ID]; id != "" {
		p.ID = id
	}
	if p.ID == "" {
		p.ID = "r" + strconv.Itoa(i)
	}
	for _, words := range [...]string{m.AgeString, m.BornString, m.DeceasedString} {
		r.inWords(words)
	}
	if m.Sex != nil && len(m.Sex.Coding) > 0 {
		if s := m.Sex.Coding[0].Code; s == "male" || s == "female" {
			p.Sex = s
		}
	}
	p.Dead = m.DeceasedBoolean != nil && *m.DeceasedBoolean || m.DeceasedAge != nil || m.DeceasedRange != nil || m.DeceasedDate != "" || m.DeceasedString != ""
	if p.Age = yearsOf(m.DeceasedAge, m.DeceasedRange); p.Age == "" {
		p.Age = yearsOf(m.AgeAge, m.AgeRange)
	}
	for _, e := range m.Extension {
		switch e.URL {
		case fhirParent:
			r.parent(&p, e)
		case fhirSibling:
			r.sibling(&p, e)
		default:
			r.skipped["the extension "+e.URL[strings.LastIndex(e.URL, "/")+1:]] = true
		}
	}
	for _, c := range m.Condition {
		r.inWords(c.OnsetText)
		if id := r.condition(c.Code); id != "" {
			p.Findings = append(p.Findings, Finding{id, yearsOf(c.OnsetAge, c.OnsetRange)})
		}
	}
	word := ""
	for _, c := range m.Relationship.Coding {
		if kind, ok := twinKind(c.Code); ok {
			word = map[string]string{"male": "brother", "female": "sister", "": "sibling"}[p.Sex]
			r.twins[p.ID] = fhirTwin{r.patientID, kind}
		}
		for _, role := range fhirRoles {
			if c.Code == role.code && word == "" {
				word = role.word
			}
		}
	}
	r.people = append(r.people, p)
	r.words = append(r.words, word)
}

// inWords notes an age or date that only a reader of the file understands.
func (r *fhirReader) inWords(words string) {
	if words != "" {
		r.skipped[fmt.Sprintf("an age or date in words: %.40q", words)] = true
	}
}

// link is the code and the person of an extension that names a relative.
func (r *fhirReader) link(e fhirExtension) (code, person string) {
	for _, x := range e.Extension {
		switch {
		case x.URL == "type" && x.ValueCodeableConcept != nil && len(x.ValueCodeableConcept.Coding) > 0:
			code = x.ValueCodeableConcept.Coding[0].Code
		case x.URL == "reference" && x.ValueReference != nil:
			person = r.resolve(x.ValueReference.Reference)
		}
	}
	return code, person
}

func (r *fhirReader) parent(p *Person, e fhirExtension) {
	code, who := r.link(e)
	switch code {
	case "NMTH", "MTH", "GESTM":
		p.Mother = who
	case "NFTH", "FTH":
		p.Father = who
	case "ADOPTM":
		p.Mother, p.Adopted = who, "in"
	case "ADOPTF":
		p.Father, p.Adopted = who, "in"
	default:
		r.skipped["parents of the kind "+code] = true
	}
}

func (r *fhirReader) sibling(p *Person, e fhirExtension) {
	code, who := r.link(e)
	if kind, ok := twinKind(code); ok && who != "" {
		r.twins[p.ID] = fhirTwin{who, kind}
	} else if !ok {
		r.skipped["siblings named without their parents"] = true
	}
}

// born puts twins together who name each other.
func (r *fhirReader) born(f *Family) {
	at := map[string]int{}
	for i := range f.People { // in the order of the file
		id := f.People[i].ID
		twin, ok := r.twins[id]
		if !ok {
			continue
		}
		k, ok := at[twin.of]
		if mine, known := at[id]; !ok && known {
			k, ok = mine, true
		}
		if !ok {
			k = len(f.Twins)
			f.Twins = append(f.Twins, Twins{Kind: twin.kind})
		}
		for _, one := range [...]string{twin.of, id} {
			if _, in := at[one]; !in {
				at[one] = k
				f.Twins[k].IDs = append(f.Twins[k].IDs, one)
			}
		}
	}
	for _, t := range f.Twins {
		slices.SortFunc(t.IDs, func(a, b string) int { return f.index(a) - f.index(b) })
	}
}

// condition finds the dictionary's condition: by our own code, else by SNOMED.
func (r *fhirReader) condition(c fhirConcept) string {
	for _, code := range c.Coding {
		if code.System == fhirOwn && r.d.Condition(code.Code) != nil {
			return code.Code
		}
	}
	for _, code := range c.Coding {
		for _, def := range r.d.Conditions() {
			if code.System == fhirSnomed && slices.Contains(def.Codes["snomed"], code.Code) {
				return def.ID
			}
		}
	}
	what := c.Text
	if what == "" && len(c.Coding) > 0 {
		what = c.Coding[0].Display
	}
	r.skipped["the condition "+what] = true
	return ""
}

// family places everyone, by links where there are any, else by the word.
func (r *fhirReader) family() (*Family, error) {
	r.patient.ID, r.patient.Consultand, r.patient.Findings = r.patientID, true, r.own
	in := &family.Family{Patient: r.patientID}
	all := append([]Person{r.patient}, r.people...)
	if problems := (&Family{People: all}).Check(); len(problems) > 0 {
		return nil, problems
	}
	referred := map[string]bool{}
	for i := range all {
		referred[all[i].Mother], referred[all[i].Father] = true, true
	}
	placed := map[string]bool{r.patientID: true}
	for i := range all {
		p := &all[i]
		sex, _ := family.ParseSex(p.Sex)
		m := family.Member{ID: p.ID, Mother: p.Mother, Father: p.Father, Sex: sex, Age: truth.Any(), Alive: truth.Unknown}
		if i > 0 {
			m.Relation = r.words[i-1]
			linked := p.Mother != "" || p.Father != "" || referred[p.ID]
			if linked && m.Relation != "mother" && m.Relation != "father" && !strings.HasPrefix(m.Relation, "step") && m.Relation != "partner" {
				m.Relation = ""
			}
			placed[p.ID] = m.Relation != ""
		}
		in.Members = append(in.Members, m)
	}
	(&Family{People: all}).connect(placed)
	for i := range in.Members {
		if m := &in.Members[i]; !placed[m.ID] { // stays in the file, carries no blood
			m.Relation = "partner"
		}
	}
	members, err := family.Connect(&family.Vocabulary{}, in)
	if err != nil {
		return nil, err
	}
	f := &Family{}
	for i := range members {
		p := Person{ID: members[i].ID}
		if i < len(all) {
			p = all[i]
			p.half = in.Members[i].Relation != ""
		}
		p.Mother, p.Father = members[i].Mother, members[i].Father
		if members[i].Sex != family.SexUnknown {
			p.Sex = members[i].Sex.String()
		}
		f.People = append(f.People, p)
		if i > 0 && i < len(all) && r.words[i-1] == "partner" {
			f.Couples = append(f.Couples, Couple{A: r.patientID, B: p.ID})
		}
	}
	r.adoptive(f)
	r.born(f)
	if problems := f.Check(); len(problems) > 0 {
		return nil, problems
	}
	return f, nil
}

// adoptive puts adoptive parents in the place of the patient's unlisted ones.
func (r *fhirReader) adoptive(f *Family) {
	patient := &f.People[0]
	if patient.Mother != "" || patient.Father != "" {
		return
	}
	for i, word := range r.words {
		switch word {
		case "adoptive-mother":
			patient.Mother, patient.Adopted = r.people[i].ID, "in"
		case "adoptive-father":
			patient.Father, patient.Adopted = r.people[i].ID, "in"
		}
	}
}
