package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
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
		return nil, nil, Problems{{0, fmt.Sprintf("this is not valid JSON: %v", err)}}
	}
	r := fhirReader{d: d, skipped: map[string]bool{}, patients: map[string]bool{}, patientID: "patient"}
	for i, e := range bundle.Entry {
		r.entry(i, e.Resource)
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
	for what := range r.skipped {
		ignored = append(ignored, what)
	}
	slices.Sort(ignored)
	return f, ignored, nil
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
	patients    map[string]bool // whose relatives the bundle holds
}

func (r *fhirReader) entry(i int, raw json.RawMessage) {
	var head struct {
		ResourceType string `json:"resourceType"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d is not a resource: %v", i+1, err)})
		return
	}
	switch head.ResourceType {
	case "Patient":
		var p fhirPatient
		if err := json.Unmarshal(raw, &p); err != nil {
			r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d: %v", i+1, err)})
			return
		}
		if r.patientSeen {
			r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d is a second patient; a family is drawn for one", i+1)})
			return
		}
		r.patientSeen, r.patientID = true, p.ID
		r.patient = Person{Born: date(p.BirthDate), Dead: p.DeceasedBoolean != nil && *p.DeceasedBoolean}
		if p.Gender == "male" || p.Gender == "female" {
			r.patient.Sex = p.Gender
		}
	case "Condition":
		var c fhirOwnCondition
		if err := json.Unmarshal(raw, &c); err != nil {
			r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d: %v", i+1, err)})
			return
		}
		for _, code := range c.VerificationStatus.Coding {
			if code.Code == "refuted" || code.Code == fhirError {
				r.skipped["conditions that were refuted or entered in error"] = true
				return
			}
		}
		if id := r.condition(c.Code); id != "" {
			r.own = append(r.own, Finding{id, yearsOf(c.OnsetAge, c.OnsetRange)})
		}
	case "FamilyMemberHistory":
		var m fhirMember
		if err := json.Unmarshal(raw, &m); err != nil {
			r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d: %v", i+1, err)})
			return
		}
		if m.Status == fhirError {
			r.skipped["relatives entered in error"] = true
			return
		}
		if of := strings.TrimPrefix(m.Patient.Reference, patientPrefix); of != "" && m.Patient.Reference != of {
			r.patients[of] = true
			if len(r.patients) > 1 {
				r.problems = append(r.problems, Problem{0, fmt.Sprintf("entry %d is a relative of another patient; a family is drawn for one", i+1)})
				return
			}
		}
		r.member(i, &m)
	default:
		r.skipped["resources of type "+head.ResourceType] = true
	}
}

func (r *fhirReader) member(i int, m *fhirMember) {
	p := Person{ID: m.ID, Born: date(m.BornDate), Died: date(m.DeceasedDate)}
	if p.ID == "" {
		p.ID = "r" + strconv.Itoa(i)
	}
	if m.Sex != nil && len(m.Sex.Coding) > 0 {
		if s := m.Sex.Coding[0].Code; s == "male" || s == "female" {
			p.Sex = s
		}
	}
	p.Dead = m.DeceasedBoolean != nil && *m.DeceasedBoolean || m.DeceasedAge != nil || m.DeceasedRange != nil || m.DeceasedDate != ""
	if p.Age = yearsOf(m.DeceasedAge, m.DeceasedRange); p.Age == "" {
		p.Age = yearsOf(m.AgeAge, m.AgeRange)
	}
	for _, e := range m.Extension {
		if e.URL == fhirParent {
			r.parent(&p, e)
		}
	}
	for _, c := range m.Condition {
		if id := r.condition(c.Code); id != "" {
			p.Findings = append(p.Findings, Finding{id, yearsOf(c.OnsetAge, c.OnsetRange)})
		}
	}
	word := ""
	for _, c := range m.Relationship.Coding {
		for _, role := range fhirRoles {
			if c.Code == role.code && word == "" {
				word = role.word
			}
		}
	}
	r.people = append(r.people, p)
	r.words = append(r.words, word)
}

func (r *fhirReader) parent(p *Person, e fhirExtension) {
	code, target := "", ""
	for _, x := range e.Extension {
		switch {
		case x.URL == "type" && x.ValueCodeableConcept != nil && len(x.ValueCodeableConcept.Coding) > 0:
			code = x.ValueCodeableConcept.Coding[0].Code
		case x.URL == "reference" && x.ValueReference != nil:
			target = strings.TrimPrefix(strings.TrimPrefix(x.ValueReference.Reference, patientPrefix), memberPrefix)
		}
	}
	switch code {
	case "NMTH", "MTH":
		p.Mother = target
	case "NFTH", "FTH":
		p.Father = target
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
	referred := map[string]bool{}
	for i := range all {
		referred[all[i].Mother], referred[all[i].Father] = true, true
	}
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
			if m.Relation == "" && !linked {
				m.Relation = "partner" // stays in the file, carries no blood
			}
		}
		in.Members = append(in.Members, m)
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
	if problems := f.Check(); len(problems) > 0 {
		return nil, problems
	}
	return f, nil
}
