package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"kindred/rules"
)

// A Vignette is a whole patient with the advice expected: what an area's
// vignettes folder holds.
type Vignette struct {
	ID     string            `json:"id"`
	Story  string            `json:"story"`
	Source oneOrMore         `json:"source"`
	Case   json.RawMessage   `json:"case"`
	Expect map[string]Expect `json:"expect"` // area -> what it advises
}

// Expect is what a vignette says about one area's advice; what is left out is
// not compared.
type Expect struct {
	Outcome  string            `json:"outcome"`
	Code     string            `json:"code"`
	Urgent   *bool             `json:"urgent"`
	Criteria map[string]string `json:"criteria"` // id -> yes, no, unknown
	Scores   map[string]string `json:"scores"`   // id -> "6", "3 to 9", "not used"
	Flags    []string          `json:"flags"`    // present among flags or notes
	NoFlags  []string          `json:"no_flags"`
	AllFlags []string          `json:"all_flags"` // exactly these flags and notes
	Next     string            `json:"next"`      // fact of the first question; "none" for no question
	NotNext  []string          `json:"not_next"`  // facts no question asks for
	Possible []string          `json:"possible"`  // exactly these
	Says     []string          `json:"says"`      // pieces of headline, action or reason
	NotSays  []string          `json:"not_says"`  // pieces of none of them
}

// oneOrMore is a word or a list of words.
type oneOrMore []string

// UnmarshalJSON reads either form.
func (o *oneOrMore) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		*o = oneOrMore{one}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(o))
}

// ParseVignettes reads a YAML list of vignettes. The patient's people, facts
// and conditions stand as in the case form; schema, date and patient are filled
// in when left out, and a person without an id gets one.
func ParseVignettes(name string, data []byte) ([]Vignette, error) {
	asJSON, err := yaml.YAMLToJSON(data)
	if err != nil {
		return nil, fmt.Errorf("%s is not a list of vignettes: %w", name, err)
	}
	var list []Vignette
	dec := json.NewDecoder(strings.NewReader(string(asJSON)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&list); err != nil {
		return nil, fmt.Errorf("%s is not a list of vignettes: %w", name, err)
	}
	for i := range list {
		full, err := fillCase(list[i].Case)
		if err != nil {
			return nil, fmt.Errorf("%s: vignette %s: %w", name, list[i].ID, err)
		}
		list[i].Case = full
	}
	return list, nil
}

// vignetteDay is the day of a vignette that gives none.
const vignetteDay = "2026-11-23"

// fillCase adds what every vignette would else repeat.
func fillCase(raw json.RawMessage) (json.RawMessage, error) {
	var c map[string]json.RawMessage
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("the case is not a mapping: %w", err)
	}
	var people []map[string]json.RawMessage
	if err := json.Unmarshal(c["people"], &people); err != nil {
		return nil, fmt.Errorf("the case needs a list of people: %w", err)
	}
	for i, p := range people {
		if _, ok := p["id"]; !ok {
			id := "p"
			if i > 0 {
				id += strconv.Itoa(i)
			}
			p["id"] = json.RawMessage(strconv.Quote(id))
		}
	}
	filled, err := json.Marshal(people)
	if err != nil {
		return nil, err
	}
	c["people"] = filled
	for key, value := range map[string]string{"schema": "kindred.case/1", "date": vignetteDay, "patient": "p"} {
		if _, ok := c[key]; !ok {
			c[key] = json.RawMessage(strconv.Quote(value))
		}
	}
	return json.Marshal(c)
}

// Vignettes checks whole patients.
func (c *Checker) Vignettes(name string, list []Vignette) Report {
	var rep Report
	for _, v := range list {
		advice, err := c.advise(v.Case)
		var why []string
		if err != nil {
			why = []string{err.Error()}
		}
		for _, area := range slices.Sorted(maps.Keys(v.Expect)) {
			if advice != nil {
				why = append(why, differences(area, v.Expect[area], advice)...)
			}
		}
		if len(why) == 0 {
			rep.Passed++
			continue
		}
		want, _ := json.Marshal(v.Expect) // plain strings and booleans
		rep.Failures = append(rep.Failures, Failure{
			File: name, ID: v.ID, System: "vignette", Expected: string(want),
			Got: describe(v, advice), Why: strings.Join(why, "\n           "), Source: v.Story,
		})
	}
	return rep
}

func (c *Checker) advise(raw json.RawMessage) (*rules.Advice, error) {
	parsed, err := rules.ParseCase(raw, c.lib.Dictionary())
	if err != nil {
		return nil, err
	}
	book, err := c.lib.On(parsed.Date)
	if err != nil {
		return nil, err
	}
	return book.Assess(parsed)
}

func describe(v Vignette, advice *rules.Advice) string {
	if advice == nil {
		return "no advice"
	}
	var parts []string
	for _, a := range advice.Areas {
		if _, ok := v.Expect[a.Area]; ok {
			parts = append(parts, fmt.Sprintf("%s: %s %s; %s; %s", a.Area, a.Outcome, a.Code, a.Action, a.Reason))
		}
	}
	return strings.Join(parts, " | ")
}

// differences lists what an area's advice says otherwise than expected.
func differences(area string, want Expect, advice *rules.Advice) []string {
	at := slices.IndexFunc(advice.Areas, func(a rules.AreaAdvice) bool { return a.Area == area })
	if at < 0 {
		return []string{"there is no advice of the area " + area}
	}
	got := &advice.Areas[at]
	var out []string
	differ := func(what, got, want string) {
		if got != want {
			out = append(out, fmt.Sprintf("%s is %s, not %s", what, got, want))
		}
	}
	if want.Outcome != "" {
		differ("the outcome", string(got.Outcome), want.Outcome)
	}
	if want.Code != "" {
		differ("the code", got.Code, want.Code)
	}
	if want.Urgent != nil {
		differ("urgent", strconv.FormatBool(got.Urgent), strconv.FormatBool(*want.Urgent))
	}
	for _, id := range slices.Sorted(maps.Keys(want.Criteria)) {
		differ(id, verdictOf(got, id), want.Criteria[id])
	}
	for _, id := range slices.Sorted(maps.Keys(want.Scores)) {
		differ(id, scoreOf(got, id), want.Scores[id])
	}
	raised := raisedBy(got)
	for _, id := range want.Flags {
		if !slices.Contains(raised, id) {
			out = append(out, "the flag or note "+id+" is missing")
		}
	}
	for _, id := range want.NoFlags {
		if slices.Contains(raised, id) {
			out = append(out, "the flag or note "+id+" should not stand there")
		}
	}
	if want.AllFlags != nil {
		for _, id := range raised {
			if !slices.Contains(want.AllFlags, id) {
				out = append(out, "the flag or note "+id+" should not stand there")
			}
		}
		for _, id := range want.AllFlags {
			if !slices.Contains(raised, id) {
				out = append(out, "the flag or note "+id+" is missing")
			}
		}
	}
	if want.Next != "" {
		first := "none"
		if len(got.Next) > 0 {
			first = got.Next[0].Fact
		}
		differ("the next question", first, want.Next)
	}
	for _, q := range got.Next {
		for _, fact := range append([]string{q.Fact}, q.Facts...) {
			if slices.Contains(want.NotNext, fact) {
				out = append(out, fact+" is asked for and cannot matter")
			}
		}
	}
	if want.Possible != nil {
		possible := make([]string, len(got.Possible))
		for i, o := range got.Possible {
			possible[i] = string(o)
		}
		slices.Sort(possible)
		differ("what is possible", strings.Join(possible, ", "), strings.Join(slices.Sorted(slices.Values(want.Possible)), ", "))
	}
	words := strings.Join([]string{got.Headline, got.Action, got.Reason}, "\n")
	for _, piece := range want.NotSays {
		if strings.Contains(words, piece) {
			out = append(out, fmt.Sprintf("somebody says %q", piece))
		}
	}
	for _, piece := range want.Says {
		if !strings.Contains(words, piece) {
			out = append(out, fmt.Sprintf("nobody says %q", piece))
		}
	}
	return out
}

func verdictOf(a *rules.AreaAdvice, id string) string {
	for _, c := range a.Criteria {
		if c.ID == id {
			return c.Verdict
		}
	}
	return "not there"
}

func scoreOf(a *rules.AreaAdvice, id string) string {
	for _, s := range a.Scores {
		switch {
		case s.ID != id:
		case s.Applies == "no":
			return "not used"
		case s.Min == s.Max:
			return strconv.Itoa(s.Min)
		default:
			return fmt.Sprintf("%d to %d", s.Min, s.Max)
		}
	}
	return "not there"
}

func raisedBy(a *rules.AreaAdvice) []string {
	var ids []string
	for _, f := range a.Flags {
		ids = append(ids, f.ID)
	}
	for _, n := range a.Notes {
		ids = append(ids, n.ID)
	}
	return ids
}
