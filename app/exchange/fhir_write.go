package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// WriteFHIR writes one family as an R4 Bundle (collection): the patient, and one
// FamilyMemberHistory a relative with links to the parents and to twins. It says
// what it could not carry, and who was taken as the patient where nobody is
// marked.
func WriteFHIR(w io.Writer, f *Family, d *rules.Dictionary) (lost []string, err error) {
	if len(f.People) == 0 {
		return nil, errors.New("a family without people has no history")
	}
	loss := map[string]bool{}
	at := f.patient(loss)
	patient := &f.People[at]
	g, err := f.graph(patient.ID)
	if err != nil {
		return nil, err
	}
	ids := f.fhirIDs()
	bundle := fhirBundle{ResourceType: "Bundle", Type: "collection"}
	add := func(resource any) error {
		raw, err := json.Marshal(resource)
		bundle.Entry = append(bundle.Entry, fhirEntry{Resource: raw})
		return err
	}
	if err := add(patient.fhirPatient(ids)); err != nil {
		return nil, fmt.Errorf("write the FHIR bundle: %w", err)
	}
	if patient.Age != "" {
		loss["the patient's age without a date of birth"] = true
	}
	for _, c := range patient.Findings {
		own := fhirOwnCondition{ResourceType: "Condition", Subject: fhirReference{patientPrefix + ids[patient.ID]}, fhirCondition: c.fhir(d)}
		if err := add(own); err != nil {
			return nil, fmt.Errorf("write the FHIR bundle: %w", err)
		}
	}
	for i := range f.People {
		p := &f.People[i]
		p.fhirLosses(loss)
		if i == at {
			continue
		}
		if err := add(p.fhirMember(f, g, i, patient.ID, ids, d)); err != nil {
			return nil, fmt.Errorf("write the FHIR bundle: %w", err)
		}
	}
	for _, c := range f.Couples {
		if !f.parents(c) && c.A != patient.ID && c.B != patient.ID {
			loss["couples without children"] = true
		}
		if c.Separated {
			loss["who is separated"] = true
		}
		if c.Related && !f.relatedBlood(c) {
			loss["that a couple is related by blood"] = true
		}
	}
	lost = sortedNames(loss)
	out, err := json.MarshalIndent(bundle, "", "  ")
	if err == nil {
		_, err = w.Write(append(out, '\n'))
	}
	if err != nil {
		return lost, fmt.Errorf("write the FHIR bundle: %w", err)
	}
	return lost, nil
}

func (p *Person) fhirLosses(loss map[string]bool) {
	for what, there := range map[string]bool{
		"gender": p.Gender != "", "adoption out of the family": p.Adopted == "out",
		"pregnancies and how they ended": p.Loss || p.Pregnancy != "", "who is affected by the family's trait": p.Affected != NotKnown,
		"who has no children, and why": p.Childless != "", "several people as one symbol": p.several(),
		"who is the proband":                        p.Proband && !p.Consultand,
		"ages beside a date of birth":               p.Age != "" && p.Born != "" && !p.Dead,
		"ages beside a date of death":               p.Age != "" && p.Died != "",
		"dates that are not one day, month or year": p.Born != fhirDate(p.Born) || p.Died != fhirDate(p.Died),
	} {
		if there {
			loss[what] = true
		}
	}
}

// patient is whom the history is about: the consultand, else the proband, else
// the first who is affected or whose parents are recorded.
func (f *Family) patient(loss map[string]bool) int {
	for _, is := range [...]func(p Person) bool{
		func(p Person) bool { return p.Consultand },
		func(p Person) bool { return p.Proband },
	} {
		if at := slices.IndexFunc(f.People, is); at >= 0 {
			return at
		}
	}
	at := slices.IndexFunc(f.People, func(p Person) bool { return p.Affected == Yes })
	if at < 0 {
		at = max(0, slices.IndexFunc(f.People, func(p Person) bool { return p.Mother != "" || p.Father != "" }))
	}
	loss[fmt.Sprintf("a family without a patient: nobody is marked, so %s was taken", f.People[at].ID)] = true
	return at
}

// fhirDates are the dates FHIR has: a year, a month or a day.
var fhirDates = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$`)

func fhirDate(s string) string {
	if fhirDates.MatchString(s) {
		return s
	}
	return ""
}

func (p *Person) fhirPatient(ids map[string]string) fhirPatient {
	out := fhirPatient{ResourceType: "Patient", ID: ids[p.ID], Identifier: fhirOwnID(p.ID, ids), Gender: p.Sex, BirthDate: fhirDate(p.Born)}
	if p.Name != "" {
		out.Name = []fhirName{{Text: p.Name}}
	}
	switch died := fhirDate(p.Died); {
	case p.Dead && died != "":
		out.DeceasedDateTime = died
	case p.Dead:
		out.DeceasedBoolean = &p.Dead
	}
	return out
}

// fhirOwnID keeps an id that FHIR cannot have as the resource's own.
func fhirOwnID(id string, ids map[string]string) []fhirIdentifier {
	if ids[id] == id {
		return nil
	}
	return []fhirIdentifier{{System: fhirPersonID, Value: id}}
}

// graph works out degrees as seen by the patient. People nobody linked to the
// patient count as partners: they carry no blood.
func (f *Family) graph(patient string) (*family.Graph, error) {
	in := &family.Family{Patient: patient}
	linked := map[string]bool{patient: true}
	blood := Family{People: slices.Clone(f.People)}
	for i := range blood.People {
		if p := &blood.People[i]; p.Adopted == "in" {
			p.Mother, p.Father = "", ""
		}
	}
	blood.connect(linked)
	for i := range f.People {
		p := &f.People[i]
		sex, _ := family.ParseSex(p.Sex)
		m := family.Member{ID: p.ID, Mother: p.Mother, Father: p.Father, Sex: sex, Age: truth.Any(), Alive: truth.Unknown}
		if p.Adopted == "in" { // no blood
			m.Mother, m.Father = "", ""
		}
		if !linked[p.ID] || p.Adopted == "in" && p.ID != patient {
			m.Relation = "partner"
		}
		in.Members = append(in.Members, m)
	}
	return family.New(&family.Vocabulary{}, in)
}

// connect marks, beside those marked already, everyone whom parents link to them.
func (f *Family) connect(linked map[string]bool) {
	for grown := true; grown; {
		grown = false
		link := func(ids ...string) {
			any := slices.ContainsFunc(ids, func(id string) bool { return linked[id] })
			for _, id := range ids {
				if any && id != "" && !linked[id] {
					linked[id], grown = true, true
				}
			}
		}
		for i := range f.People {
			link(f.People[i].ID, f.People[i].Mother, f.People[i].Father)
		}
	}
}

func (p *Person) fhirMember(f *Family, g *family.Graph, i int, patient string, ids map[string]string, d *rules.Dictionary) fhirMember {
	m := fhirMember{
		ResourceType: "FamilyMemberHistory", ID: ids[p.ID], Identifier: fhirOwnID(p.ID, ids), Status: "completed",
		Patient:      fhirReference{patientPrefix + ids[patient]},
		Name:         p.Name,
		Relationship: relationship(g, f, i, patient),
		BornDate:     fhirDate(p.Born),
	}
	reference := func(id string) *fhirReference {
		if id == patient {
			return &fhirReference{patientPrefix + ids[id]}
		}
		return &fhirReference{memberPrefix + ids[id]}
	}
	link := func(url, code, id string) {
		m.Extension = append(m.Extension, fhirExtension{URL: url, Extension: []fhirExtension{
			{URL: "type", ValueCodeableConcept: &fhirConcept{Coding: []fhirCoding{{System: fhirRole, Code: code}}}},
			{URL: "reference", ValueReference: reference(id)},
		}})
	}
	if p.Sex != "" {
		m.Sex = &fhirConcept{Coding: []fhirCoding{{System: fhirGender, Code: p.Sex}}}
	}
	mother, father := "NMTH", "NFTH"
	if p.Adopted == "in" {
		mother, father = "ADOPTM", "ADOPTF"
	}
	if p.Mother != "" {
		link(fhirParent, mother, p.Mother)
	}
	if p.Father != "" {
		link(fhirParent, father, p.Father)
	}
	for _, t := range f.Twins {
		for _, id := range t.IDs {
			if at := f.index(id); id != p.ID && at >= 0 && slices.Contains(t.IDs, p.ID) {
				code := fhirTwins[t.Kind]
				link(fhirSibling, map[string]string{"female": code.sister, "male": code.brother, "": code.either}[f.People[at].Sex], id)
			}
		}
	}
	age, span := quantity(p.Age)
	switch {
	case p.Dead && fhirDate(p.Died) != "":
		m.DeceasedDate = p.Died
	case p.Dead && age != nil:
		m.DeceasedAge = age
	case p.Dead && span != nil:
		m.DeceasedRange = span
	case p.Dead:
		yes := true
		m.DeceasedBoolean = &yes
	case fhirDate(p.Born) == "": // age or born, never both
		m.AgeAge, m.AgeRange = age, span
	}
	for _, c := range p.Findings {
		m.Condition = append(m.Condition, c.fhir(d))
	}
	return m
}

// fhirIDs gives everyone an id that FHIR allows: up to 64 letters, digits, "-"
// and ".", each its own.
func (f *Family) fhirIDs() map[string]string {
	ids, taken := map[string]string{}, map[string]bool{}
	for _, plain := range [...]bool{true, false} { // who can keep theirs comes first
		for i := range f.People {
			id := f.People[i].ID
			short := fhirID(id)
			if (short == id) != plain || ids[id] != "" {
				continue
			}
			for n := 2; short == "" || taken[short]; n++ {
				tail := "-" + strconv.Itoa(n)
				short = fhirID(id)
				short = short[:min(len(short), 64-len(tail))] + tail
			}
			ids[id], taken[short] = short, true
		}
	}
	return ids
}

func fhirID(id string) string {
	id = strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '.':
			return r
		case r == '+':
			return 'u'
		}
		return '-'
	}, id)
	return id[:min(len(id), 64)]
}

// relationship codes the place as the patient sees it; places FHIR has no code
// for are EXT with their words.
func relationship(g *family.Graph, f *Family, i int, patient string) fhirConcept {
	word := strings.ToLower(g.Who(i))
	if word == "not related by blood" || word == "partner" {
		word = ""
		if slices.ContainsFunc(f.Couples, func(c Couple) bool {
			return c.A == patient && c.B == f.People[i].ID || c.B == patient && c.A == f.People[i].ID
		}) || slices.ContainsFunc(f.People, func(q Person) bool {
			return q.Mother == patient && q.Father == f.People[i].ID || q.Father == patient && q.Mother == f.People[i].ID
		}) {
			word = "partner"
		}
	}
	for _, r := range fhirRoles {
		if plain := strings.TrimPrefix(strings.TrimPrefix(word, "maternal "), "paternal "); r.word == word || r.word == plain && (strings.HasPrefix(r.word, "half") || r.word == "niece") {
			return fhirConcept{Coding: []fhirCoding{{System: fhirRole, Code: r.code}}, Text: word}
		}
	}
	if word == "" {
		word = "not related by blood"
	}
	return fhirConcept{Coding: []fhirCoding{{System: fhirRole, Code: "EXT"}}, Text: word}
}

func (c Finding) fhir(d *rules.Dictionary) fhirCondition {
	out := fhirCondition{Code: fhirConcept{Coding: []fhirCoding{{System: fhirOwn, Code: c.Condition}}}}
	if def := d.Condition(c.Condition); def != nil {
		out.Code.Text = def.Label
		for _, code := range def.Codes["snomed"] {
			out.Code.Coding = append(out.Code.Coding, fhirCoding{System: fhirSnomed, Code: code, Display: def.Label})
		}
	}
	out.OnsetAge, out.OnsetRange = quantity(c.Age)
	return out
}
