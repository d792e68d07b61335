package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// WriteFHIR writes one family as an R4 Bundle (collection): the patient, and one
// FamilyMemberHistory a relative with links to the parents. It says what it
// could not carry.
func WriteFHIR(w io.Writer, f *Family, d *rules.Dictionary) (lost []string, err error) {
	at := slices.IndexFunc(f.People, func(p Person) bool { return p.Consultand })
	if at < 0 {
		at = slices.IndexFunc(f.People, func(p Person) bool { return p.Proband })
	}
	if at < 0 {
		return nil, errors.New("a FHIR family history is about one patient; mark the consultand or the proband first")
	}
	patient := &f.People[at]
	g, err := f.graph(patient.ID)
	if err != nil {
		return nil, err
	}
	loss := map[string]bool{}
	bundle := fhirBundle{ResourceType: "Bundle", Type: "collection"}
	add := func(resource any) error {
		raw, err := json.Marshal(resource)
		bundle.Entry = append(bundle.Entry, fhirEntry{raw})
		return err
	}
	if err := add(fhirPatient{ResourceType: "Patient", ID: fhirID(patient.ID), Gender: patient.Sex, BirthDate: patient.Born}); err != nil {
		return nil, fmt.Errorf("write the FHIR bundle: %w", err)
	}
	if patient.Age != "" {
		loss["the patient's age without a date of birth"] = true
	}
	for _, c := range patient.Findings {
		own := fhirOwnCondition{ResourceType: "Condition", Subject: fhirReference{patientPrefix + fhirID(patient.ID)}, fhirCondition: c.fhir(d)}
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
		if err := add(p.fhirMember(f, g, i, patient.ID, d)); err != nil {
			return nil, fmt.Errorf("write the FHIR bundle: %w", err)
		}
	}
	if len(f.Twins) > 0 {
		loss["twins"] = true
	}
	for what := range loss {
		lost = append(lost, what)
	}
	slices.Sort(lost)
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
		"gender": p.Gender != "", "adoption": p.Adopted != "", "names": p.Name != "",
		"pregnancies not carried to term": p.Loss, "who is affected by the family's trait": p.Affected != NotKnown,
	} {
		if there {
			loss[what] = true
		}
	}
}

// graph works out degrees as seen by the patient. People nobody linked to the
// patient count as partners: they carry no blood.
func (f *Family) graph(patient string) (*family.Graph, error) {
	in := &family.Family{Patient: patient}
	linked := map[string]bool{patient: true}
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

func (p *Person) fhirMember(f *Family, g *family.Graph, i int, patient string, d *rules.Dictionary) fhirMember {
	m := fhirMember{
		ResourceType: "FamilyMemberHistory", ID: fhirID(p.ID), Status: "completed",
		Patient:      fhirReference{patientPrefix + fhirID(patient)},
		Relationship: relationship(g, f, i, patient),
		BornDate:     p.Born,
	}
	if p.Sex != "" {
		m.Sex = &fhirConcept{Coding: []fhirCoding{{System: fhirGender, Code: p.Sex}}}
	}
	for _, parent := range [...]struct{ id, code string }{{p.Mother, "NMTH"}, {p.Father, "NFTH"}} {
		if parent.id == "" {
			continue
		}
		target := memberPrefix + fhirID(parent.id)
		if parent.id == patient {
			target = patientPrefix + fhirID(patient)
		}
		m.Extension = append(m.Extension, fhirExtension{URL: fhirParent, Extension: []fhirExtension{
			{URL: "type", ValueCodeableConcept: &fhirConcept{Coding: []fhirCoding{{System: fhirRole, Code: parent.code}}}},
			{URL: "reference", ValueReference: &fhirReference{target}},
		}})
	}
	age, span := quantity(p.Age)
	switch {
	case p.Dead && p.Died != "":
		m.DeceasedDate = p.Died
	case p.Dead && age != nil:
		m.DeceasedAge = age
	case p.Dead && span != nil:
		m.DeceasedRange = span
	case p.Dead:
		yes := true
		m.DeceasedBoolean = &yes
	case p.Born == "": // age or born, never both
		m.AgeAge, m.AgeRange = age, span
	}
	for _, c := range p.Findings {
		m.Condition = append(m.Condition, c.fhir(d))
	}
	return m
}

// fhirID keeps ids to what FHIR allows: letters, digits, "-" and ".".
func fhirID(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '.':
			return r
		case r == '+':
			return 'u'
		}
		return '-'
	}, id)
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
