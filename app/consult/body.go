package consult

import (
	"encoding/json"
	"fmt"
	"math"
	"time"

	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

// The sealed form of a record. It is deliberately not kindred.case/1: that form
// refuses what cannot be so, and a record must come back as it was typed, half
// an impossible family included, and after the dictionary has changed.

// bodySchema names the form; a change that an older program would misread gets
// another number.
const bodySchema = "kindred.record/1"

type bodyJSON struct {
	Schema   string      `json:"schema"`
	Identity Identity    `json:"identity"`
	Case     caseJSON    `json:"case"`
	Advice   *adviceJSON `json:"advice,omitempty"`
	Created  time.Time   `json:"created,omitzero"`
	Saved    time.Time   `json:"saved,omitzero"`
	Author   string      `json:"author,omitempty"`
	Origin   string      `json:"origin,omitempty"`
	Notes    string      `json:"notes,omitempty"`
	Kin      *Kin        `json:"kin,omitempty"`
}

// span writes the two ends with null for an end that is open; JSON has no
// infinity.
type span truth.Span

func (s span) MarshalJSON() ([]byte, error) {
	ends := [2]*float64{&s.Lo, &s.Hi}
	if math.IsInf(s.Lo, -1) {
		ends[0] = nil
	}
	if math.IsInf(s.Hi, 1) {
		ends[1] = nil
	}
	return json.Marshal(ends)
}

func (s *span) UnmarshalJSON(data []byte) error {
	var ends [2]*float64
	if err := json.Unmarshal(data, &ends); err != nil {
		return err
	}
	*s = span(truth.Any())
	if ends[0] != nil {
		s.Lo = *ends[0]
	}
	if ends[1] != nil {
		s.Hi = *ends[1]
	}
	return nil
}

type caseJSON struct {
	Date         rules.Date     `json:"date,omitempty"`
	Patient      string         `json:"patient"`
	People       []personJSON   `json:"people"`
	Asked        map[string]int `json:"asked,omitempty"`
	UnknownSides []string       `json:"unknown_sides,omitempty"`

	Settings map[string]string `json:"settings,omitempty"`

	Couples []rules.Couple  `json:"couples,omitempty"`
	Twins   []rules.TwinSet `json:"twins,omitempty"`
}

type personJSON struct {
	ID          string                `json:"id"`
	Relation    string                `json:"relation,omitempty"`
	Mother      string                `json:"mother,omitempty"`
	Father      string                `json:"father,omitempty"`
	Sex         string                `json:"sex,omitempty"`
	Gender      string                `json:"gender,omitempty"`
	Name        string                `json:"name,omitempty"`
	Drawn       rules.Drawn           `json:"drawn,omitzero"`
	Age         span                  `json:"age"`
	Alive       truth.K               `json:"alive"`
	Conditions  []conditionJSON       `json:"conditions,omitempty"`
	Facts       map[string]answerJSON `json:"facts,omitempty"`
	Tumours     []tumourJSON          `json:"tumours,omitempty"`
	Panels      []panelJSON           `json:"panels,omitempty"`
	Medications []rules.Medication    `json:"medications,omitempty"`
}

type conditionJSON struct {
	Name      string  `json:"name"`
	Age       span    `json:"age"`
	Confirmed truth.K `json:"confirmed"`
	Present   truth.K `json:"present"`
}

type answerJSON struct {
	Bool   truth.K    `json:"b,omitempty"`
	Number span       `json:"n,omitzero"` // absent only when it is exactly the zero span
	Choice string     `json:"c,omitempty"`
	Date   rules.Date `json:"d,omitempty"`
	As     string     `json:"as,omitempty"`
	When   rules.Date `json:"when,omitempty"`
}

type panelJSON struct {
	Date    rules.Date            `json:"date,omitempty"`
	Age     span                  `json:"age"`
	Fasting truth.K               `json:"fasting"`
	Facts   map[string]answerJSON `json:"facts,omitempty"`
}

// tumourJSON is a tumour with its one span replaced.
type tumourJSON struct {
	rules.Tumour
	Age span `json:"Age"`
}

// adviceJSON keeps each reason's parts; in kindred.advice/1 a reason is a
// sentence, which cannot be taken apart again.
type adviceJSON struct {
	Schema string     `json:"schema"`
	Date   rules.Date `json:"date"`
	Areas  []areaJSON `json:"areas"`
}

type areaJSON struct {
	rules.AreaAdvice
	Criteria []criterionJSON `json:"criteria,omitempty"`
}

type criterionJSON struct {
	rules.CriterionVerdict
	For     []reasonJSON `json:"for,omitempty"`
	Against []reasonJSON `json:"against,omitempty"`
	Unknown []reasonJSON `json:"unknown,omitempty"`
}

type reasonJSON rules.Reason

func convert[From, To any](list []From, f func(From) To) []To {
	if list == nil {
		return nil
	}
	out := make([]To, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// convertAnswers never gives a nil map: forms write into what they are given.
func convertAnswers[From, To any](m map[string]From, f func(From) To) map[string]To {
	out := make(map[string]To, len(m))
	for k, v := range m {
		out[k] = f(v)
	}
	return out
}

func answerOut(a rules.Answer) answerJSON {
	return answerJSON{a.Bool, span(a.Number), a.Choice, a.Date, a.As, a.When}
}

func answerIn(a answerJSON) rules.Answer {
	return rules.Answer{Bool: a.Bool, Number: truth.Span(a.Number), Choice: a.Choice, Date: a.Date, As: a.As, When: a.When}
}

func caseOut(c *rules.Case) caseJSON {
	return caseJSON{
		Date: c.Date, Patient: c.Patient, Asked: c.Asked, UnknownSides: c.UnknownSides, Settings: c.Settings,
		Couples: c.Couples, Twins: c.Twins,
		People: convert(c.People, func(p rules.Person) personJSON {
			return personJSON{
				ID: p.ID, Relation: p.Relation, Mother: p.Mother, Father: p.Father, Sex: p.Sex, Gender: p.Gender,
				Name: p.Name, Drawn: p.Drawn,
				Age: span(p.Age), Alive: p.Alive, Medications: p.Medications,
				Facts: convertAnswers(p.Facts, answerOut),
				Conditions: convert(p.Conditions, func(c rules.Condition) conditionJSON {
					return conditionJSON{c.Name, span(c.Age), c.Confirmed, c.Present}
				}),
				Tumours: convert(p.Tumours, func(t rules.Tumour) tumourJSON {
					age := t.Age
					t.Age = truth.Span{} // written beside, as JSON has no infinity
					return tumourJSON{t, span(age)}
				}),
				Panels: convert(p.Panels, func(p rules.Panel) panelJSON {
					return panelJSON{p.Date, span(p.Age), p.Fasting, convertAnswers(p.Facts, answerOut)}
				}),
			}
		}),
	}
}

func caseIn(c caseJSON) rules.Case {
	if c.Asked == nil {
		c.Asked = map[string]int{}
	}
	return rules.Case{
		Date: c.Date, Patient: c.Patient, Asked: c.Asked, UnknownSides: c.UnknownSides, Settings: c.Settings,
		Couples: c.Couples, Twins: c.Twins,
		People: convert(c.People, func(p personJSON) rules.Person {
			return rules.Person{
				ID: p.ID, Relation: p.Relation, Mother: p.Mother, Father: p.Father, Sex: p.Sex, Gender: p.Gender,
				Name: p.Name, Drawn: p.Drawn,
				Age: truth.Span(p.Age), Alive: p.Alive, Medications: p.Medications,
				Facts: convertAnswers(p.Facts, answerIn),
				Conditions: convert(p.Conditions, func(c conditionJSON) rules.Condition {
					return rules.Condition{Name: c.Name, Age: truth.Span(c.Age), Confirmed: c.Confirmed, Present: c.Present}
				}),
				Tumours: convert(p.Tumours, func(t tumourJSON) rules.Tumour {
					t.Tumour.Age = truth.Span(t.Age)
					return t.Tumour
				}),
				Panels: convert(p.Panels, func(p panelJSON) rules.Panel {
					return rules.Panel{Date: p.Date, Age: truth.Span(p.Age), Fasting: p.Fasting, Facts: convertAnswers(p.Facts, answerIn)}
				}),
			}
		}),
	}
}

func adviceOut(a *rules.Advice) *adviceJSON {
	if a == nil {
		return nil
	}
	reason := func(r rules.Reason) reasonJSON { return reasonJSON(r) }
	return &adviceJSON{a.Schema, a.Date, convert(a.Areas, func(x rules.AreaAdvice) areaJSON {
		return areaJSON{x, convert(x.Criteria, func(c rules.CriterionVerdict) criterionJSON {
			return criterionJSON{c, convert(c.For, reason), convert(c.Against, reason), convert(c.Unknown, reason)}
		})}
	})}
}

func adviceIn(a *adviceJSON) *rules.Advice {
	if a == nil {
		return nil
	}
	reason := func(r reasonJSON) rules.Reason { return rules.Reason(r) }
	return &rules.Advice{Schema: a.Schema, Date: a.Date, Areas: convert(a.Areas, func(x areaJSON) rules.AreaAdvice {
		x.AreaAdvice.Criteria = convert(x.Criteria, func(c criterionJSON) rules.CriterionVerdict {
			c.CriterionVerdict.For = convert(c.For, reason)
			c.CriterionVerdict.Against = convert(c.Against, reason)
			c.CriterionVerdict.Unknown = convert(c.Unknown, reason)
			return c.CriterionVerdict
		})
		return x.AreaAdvice
	})}
}

// encode turns a record into what the store keeps. assessErr is why there is no
// advice, when there is none.
func encode(r *Record, assessErr error) (store.Entry, error) {
	body, err := json.Marshal(bodyJSON{
		Schema: bodySchema, Identity: r.Identity, Case: caseOut(&r.Case), Advice: adviceOut(r.Advice),
		Created: r.Created, Saved: r.Saved, Author: r.Author, Origin: r.Origin, Notes: r.Notes, Kin: r.Kin,
	})
	if err != nil {
		return store.Entry{}, fmt.Errorf("writing the consultation: %w", err)
	}
	summary, err := json.Marshal(summaryOf(r, assessErr))
	if err != nil {
		return store.Entry{}, fmt.Errorf("writing the consultation's summary: %w", err)
	}
	return store.Entry{
		ID: r.ID, Base: r.Revision, Patient: r.PatientID, NHSNumber: r.Identity.NHSNumber,
		Summary: summary, Body: body,
	}, nil
}

func decode(st store.Stored) (*Record, error) {
	var b bodyJSON
	if err := json.Unmarshal(st.Body, &b); err != nil {
		return nil, fmt.Errorf("reading the consultation: %w", err)
	}
	if b.Schema != bodySchema {
		return nil, fmt.Errorf("reading the consultation: %w (it is written as %q)", store.ErrNewer, b.Schema)
	}
	return &Record{
		ID: st.ID, PatientID: st.Patient, Revision: st.Revision,
		Identity: b.Identity, Case: caseIn(b.Case), Advice: adviceIn(b.Advice),
		Created: b.Created, Saved: b.Saved, Author: b.Author, Origin: b.Origin, Notes: b.Notes, Kin: b.Kin,
	}, nil
}
