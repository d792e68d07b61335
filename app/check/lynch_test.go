package check

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"kindred/rules"
)

func TestTheWorkedLynchCasesComeOutAsWritten(t *testing.T) {
	path := shared(t, "cases/lynch.csv")
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := c.File(path)
	if err != nil {
		t.Fatal(err)
	}
	failNothing(t, report)
	for system, n := range report.Skipped {
		t.Errorf("%d cases of %s were skipped", n, system)
	}
}

func TestLynchVignettesGetTheAdviceTheirSourcesAskFor(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	list := vignettesOf(t, "lynch")
	if len(list) < 60 {
		t.Errorf("only %d vignettes; the area promises at least 60", len(list))
	}
	seen := map[string]bool{}
	for _, v := range list {
		if seen[v.ID] || v.Story == "" {
			t.Errorf("vignette %q has no story, or another has its id", v.ID)
		}
		seen[v.ID] = true
	}
	failNothing(t, c.Vignettes("lynch/vignettes", list))
}

// lynchLines holds the year before, on and after every line of the area, and
// ages that are only known as a range. AGE stands for the number tried.
var lynchLines = func() (lines []struct{ system, inputs, age, want, never string }) {
	add := func(system, inputs string, wants ...string) {
		for i := 0; i < len(wants); i += 2 {
			want, never, _ := strings.Cut(wants[i+1], " never ")
			lines = append(lines, struct{ system, inputs, age, want, never string }{system, inputs, wants[i], want, never})
		}
	}
	add("AmsterdamII", `{"fap_excluded":true,"histology_verified":true,"people":[{"rel":"self","cancers":[{"site":"colorectal","age":AGE}]},{"rel":"mother","cancers":[{"site":"colorectal","age":60}]},{"rel":"maternal_aunt","cancers":[{"site":"endometrial","age":55}]}]}`,
		"49", "MET", "50", "NOT_MET", "[40,49]", "MET", "[50,59]", "NOT_MET", "[48,52]", "INDETERMINATE", "null", "INDETERMINATE")
	add("RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":AGE}]},"relatives":[]}`, "49", "MET", "50", "NOT_MET")
	add("RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":AGE}]},"msi_h_histology":true,"relatives":[]}`, "59", "MET", "60", "NOT_MET")
	add("RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":65}]},"relatives":[{"degree":1,"site":"ovary","age":AGE}]}`, "49", "MET", "50", "NOT_MET")
	add("R210", `{"person":{"affected":true,"cancers":[{"site":"ovarian","age":AGE}]},"tumour":"not_tested"}`, "49", "TUMOUR_TEST_ELIGIBLE", "50", "NOT_ELIGIBLE")
	add("R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":60}]},"tumour":"not_tested","relatives":[{"degree":1,"site":"ureter","age":AGE}]}`, "60", "TUMOUR_TEST_ELIGIBLE", "61", "NOT_ELIGIBLE")
	add("R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":75}]},"tumour":"not_tested","relatives":[{"degree":2,"site":"endometrial","age":70},{"degree":3,"site":"ovarian_epithelial","age":AGE}]}`, "75", "TUMOUR_TEST_ELIGIBLE", "76", "NOT_ELIGIBLE")
	add("R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":62}]},"cmmrd_score":AGE}`, "2", "NOT_ELIGIBLE", "3", "ELIGIBLE_GERMLINE")
	add("R210", `{"person":{"affected":false,"age":AGE},"known_familial_variant":{"gene":"MLH1","cls":4},"degree_to_carrier":1}`, "17", "DEFER_TO_ADULT", "18", "PREDICTIVE_TEST")
	intact := `{"age":AGE,"MLH1":"intact","PMS2":"intact","MSH2":"intact","MSH6":"intact"}`
	methylated := `{"age":AGE,"MLH1":"lost","PMS2":"lost","MSH2":"intact","MSH6":"intact","BRAF_V600E":"not_detected","MLH1_methylation":"detected"}`
	for _, system := range []string{"DG27", "DG42"} {
		add(system, intact, "39", "STOP_PMMR+R211_AGE_LT_40", "40", "STOP_PMMR never R211_AGE_LT_40")
		add(system, methylated, "55", "STOP_SPORADIC_LIKELY+GENETICS_ADVICE_YOUNG_METHYLATED", "56", "STOP_SPORADIC_LIKELY never GENETICS_ADVICE_YOUNG_METHYLATED")
	}
	add("BSG_FH_risk", `{"consultand_age":42,"affected_relatives":[{"rel":"mother","site":"colorectal","age":AGE}]}`, "49", "MODERATE", "50", "AVERAGE", "[45,55]", "INDETERMINATE")
	return lines
}()

// lynchLineErrors tries every line and says what came out otherwise.
func lynchLineErrors(t *testing.T, c *Checker) (errs []string) {
	t.Helper()
	for _, x := range lynchLines {
		in, err := ParseInputs([]byte(strings.ReplaceAll(x.inputs, "AGE", x.age)))
		if err != nil {
			t.Fatal(err)
		}
		got, err := c.systems[x.system](in)
		switch {
		case err != nil:
			errs = append(errs, fmt.Sprintf("%s at %s: %v", x.system, x.age, err))
		case Compare(x.want, got) != "":
			errs = append(errs, fmt.Sprintf("%s at %s: %s", x.system, x.age, Compare(x.want, got)))
		case slices.Contains(got.Notes, x.never):
			errs = append(errs, fmt.Sprintf("%s at %s: carries the note %s", x.system, x.age, x.never))
		}
	}
	// Lines that only a whole patient reaches.
	for _, name := range []string{"lynch/vignettes/cmmrd.yaml", "lynch/vignettes/neighbours.yaml"} {
		data, err := fs.ReadFile(rules.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		list, err := ParseVignettes(name, data)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range c.Vignettes(name, list).Failures {
			errs = append(errs, f.ID+": "+f.Why)
		}
	}
	return errs
}

func TestLynchAgeLinesAreStrictOrInclusiveAsPrinted(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range lynchLineErrors(t, c) {
		t.Error(e)
	}
}

// Every threshold, moved by one in either direction, must be noticed.
func TestMovingAnyLynchThresholdFailsACase(t *testing.T) {
	if testing.Short() {
		t.Skip("loads the rules once for each threshold")
	}
	const file = "lynch/params.yaml"
	params, err := fs.ReadFile(rules.Files, file)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range numeral.FindAllSubmatchIndex(params, -1) {
		v, err := strconv.Atoi(string(params[at[4]:at[5]]))
		if err != nil {
			t.Fatal(err)
		}
		for _, moved := range []int{v - 1, v + 1} {
			changed := slices.Concat(params[:at[4]], []byte(strconv.Itoa(moved)), params[at[5]:])
			c, err := checker(t, map[string][]byte{file: changed})
			if err == nil && len(lynchLineErrors(t, c)) == 0 {
				t.Errorf("%s: nobody notices %d instead of %d", where(params, at[0]), moved, v)
			}
		}
	}
}

func TestLynchRulesAreCitedAndNotPastTheirReview(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On(day)
	if err != nil {
		t.Fatal(err)
	}
	for _, area := range book.Areas() {
		if area.ID != "lynch" {
			continue
		}
		known, used := map[string]bool{}, map[string]bool{}
		for _, s := range area.Sources {
			known[s.ID] = true
		}
		cited := func(what string, sources []string) {
			if len(sources) == 0 {
				t.Errorf("%s cites nothing", what)
			}
			for _, s := range sources {
				used[s] = true
				if !known[s] {
					t.Errorf("%s cites %q, which is no source", what, s)
				}
			}
		}
		for _, c := range area.Criteria {
			cited(c.ID, c.Sources)
		}
		for _, p := range area.Pathways {
			cited(p.ID, p.Sources)
		}
		for _, p := range area.Params {
			cited(p.ID, p.Sources)
		}
		for _, o := range area.Outcomes {
			cited("the outcome "+o.Headline, o.Sources)
		}
		if area.ReviewBy <= day {
			t.Errorf("the review of Lynch was due on %s", area.ReviewBy)
		}
		if area.Status != "transcribed" {
			t.Errorf("the status of Lynch is %q; nobody signed it off", area.Status)
		}
	}
}

// Siblings of the printed cases: the same rules told with other people.
func TestLynchSystemsUnderstandHowFamiliesAreTold(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	people := func(list string) string {
		return `{"fap_excluded":true,"histology_verified":true,"people":[` + list + `]}`
	}
	bsg := func(list string) string { return `{"consultand_age":42,"affected_relatives":[` + list + `]}` }
	for _, x := range []struct{ story, system, inputs, want string }{
		{"a half-brother breaks the triple", "AmsterdamII", people(`{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"half_brother_paternal","cancers":[{"site":"colorectal","age":44}]},{"rel":"paternal_grandfather","cancers":[{"site":"colorectal","age":70}]}`), "NOT_MET"},
		{"a half-brother and the shared father make one", "AmsterdamII", people(`{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"half_brother_paternal","cancers":[{"site":"colorectal","age":44}]},{"rel":"father","cancers":[{"site":"colorectal","age":70}]}`), "MET"},
		{"ovary and stomach do not count", "AmsterdamII", people(`{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"mother","cancers":[{"site":"ovarian","age":50}]},{"rel":"maternal_aunt","cancers":[{"site":"stomach","age":55}]}`), "NOT_MET"},
		{"an unaffected mother between is no case", "AmsterdamII", people(`{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"mother","cancers":[]},{"rel":"maternal_uncle","cancers":[{"site":"colorectal","age":60}]},{"rel":"maternal_grandmother","cancers":[{"site":"colorectal","age":70}]}`), "NOT_MET"},
		{"FAP is not excluded", "AmsterdamII", `{"fap_excluded":false,"histology_verified":true,"people":[{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"mother","cancers":[{"site":"colorectal","age":60}]},{"rel":"maternal_aunt","cancers":[{"site":"endometrial","age":55}]}]}`, "NOT_MET"},
		{"nobody said whether FAP is excluded", "AmsterdamII", `{"fap_excluded":null,"histology_verified":true,"people":[{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"mother","cancers":[{"site":"colorectal","age":60}]},{"rel":"maternal_aunt","cancers":[{"site":"endometrial","age":55}]}]}`, "INDETERMINATE"},
		{"reports were never mentioned", "AmsterdamII", `{"fap_excluded":true,"people":[{"rel":"self","cancers":[{"site":"colorectal","age":45}]},{"rel":"mother","cancers":[{"site":"colorectal","age":60}]},{"rel":"maternal_aunt","cancers":[{"site":"endometrial","age":55}]}]}`, "MET_UNVERIFIED"},
		{"a prostate cancer in the mother", "AmsterdamII", people(`{"rel":"self","cancers":[]},{"rel":"mother","cancers":[{"site":"prostate","age":60}]}`), "INVALID_INPUT"},
		{"two colorectal cancers in one person", "RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":60},{"site":"colorectal","age":66}]},"relatives":[]}`, "MET"},
		{"womb cancer only", "RevisedBethesda", `{"proband":{"cancers":[{"site":"endometrial","age":45}]},"relatives":[]}`, "NOT_APPLICABLE"},
		{"two second-degree relatives", "RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":70}]},"relatives":[{"degree":2,"site":"brain","age":80},{"degree":2,"site":"sebaceous_adenoma","age":75}]}`, "MET"},
		{"nobody asked about relatives", "RevisedBethesda", `{"proband":{"cancers":[{"site":"colorectal","age":70}]},"relatives":null}`, "INDETERMINATE"},
		{"half-sister below 50", "BSG_FH_risk", bsg(`{"rel":"half_sister_maternal","side":"maternal","site":"colorectal","age":45}`), "AVERAGE_BY_RULE+NOTE_HALF_SIBLING"},
		{"half-sister and the shared mother", "BSG_FH_risk", bsg(`{"rel":"half_sister","side":"maternal","site":"colorectal","age":62},{"rel":"mother","side":"maternal","site":"colorectal","age":70}`), "MODERATE"},
		{"mother and her father", "BSG_FH_risk", bsg(`{"rel":"mother","side":"maternal","site":"colorectal","age":70},{"rel":"maternal_grandfather","side":"maternal","site":"colorectal","age":72}`), "MODERATE"},
		{"three siblings are one generation", "BSG_FH_risk", bsg(`{"rel":"full_brother","side":"both","site":"colorectal","age":60},{"rel":"full_brother","side":"both","site":"colorectal","age":62},{"rel":"full_sister","side":"both","site":"colorectal","age":66}`), "MODERATE"},
		{"one person with two tumours", "BSG_FH_risk", bsg(`{"rel":"mother","side":"maternal","site":"colorectal","age":60},{"rel":"mother","side":"maternal","site":"colorectal","age":66}`), "AVERAGE"},
		{"one's own child", "BSG_FH_risk", bsg(`{"rel":"son","side":"both","site":"colorectal","age":30}`), "MODERATE"},
		{"nobody asked", "BSG_FH_risk", `{"consultand_age":42,"affected_relatives":null}`, "INDETERMINATE"},
		{"methylated, so no germline test", "R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":45}]},"tumour":"dMMR_MLH1_BRAF_V600E"}`, "NOT_ELIGIBLE_GERMLINE"},
		{"dead, nothing stored", "R210", `{"person":{"affected":true,"deceased":true,"stored_germline_dna":false,"cancers":[{"site":"colorectal","age":64}]},"tumour":"dMMR_MSH6"}`, "NOT_ELIGIBLE"},
		{"two points are too few", "R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":62}]},"cmmrd_score":2}`, "NOT_ELIGIBLE"},
		{"three relatives at any age", "R210", `{"person":{"affected":true,"cancers":[{"site":"colorectal","age":80}]},"tumour":"not_tested","relatives":[{"degree":2,"site":"endometrial","age":80},{"degree":3,"site":"ovarian","age":81},{"degree":1,"site":"biliary","age":85}]}`, "TUMOUR_TEST_ELIGIBLE"},
		{"unaffected, everything tried", "R210", `{"person":{"affected":false,"age":40},"modified_amsterdam":true,"fdr_affected_lynch_cancer":true,"tumour_tested":"failed","somatic_sequencing":"not_possible","living_affected_available":false}`, "ELIGIBLE_GERMLINE_UNAFFECTED"},
		{"unaffected, somebody affected is alive", "R210", `{"person":{"affected":false,"age":40},"modified_amsterdam":true,"fdr_affected_lynch_cancer":true,"tumour_tested":"failed","somatic_sequencing":"not_possible","living_affected_available":true}`, "TEST_LIVING_AFFECTED_RELATIVE_FIRST"},
		{"unaffected, the tumour is proficient", "R210", `{"person":{"affected":false,"age":40},"modified_amsterdam":true,"fdr_affected_lynch_cancer":true,"tumour_tested":"pMMR","somatic_sequencing":"not_possible","living_affected_available":false}`, "NOT_ELIGIBLE_UNAFFECTED"},
		{"unaffected, the tumour can be tested", "R210", `{"person":{"affected":false,"age":40},"modified_amsterdam":true,"fdr_affected_lynch_cancer":true,"living_affected_available":false}`, "TUMOUR_TEST_FIRST"},
		{"unaffected, sister with womb cancer at 45", "R210", `{"person":{"affected":false,"age":40},"relatives":[{"degree":1,"site":"endometrial","age":45}]}`, "TUMOUR_TEST_FIRST"},
		{"unaffected, no Amsterdam family", "R210", `{"person":{"affected":false,"age":40},"modified_amsterdam":false,"fdr_affected_lynch_cancer":true,"tumour_tested":"failed","somatic_sequencing":"not_possible","living_affected_available":false}`, "NOT_ELIGIBLE_UNAFFECTED"},
		{"affected, known variant", "R210", `{"person":{"affected":true,"age":50,"cancers":[{"site":"colorectal","age":50}]},"known_familial_variant":{"gene":"MSH2","cls":5}}`, "DIAGNOSTIC_KNOWN_VARIANT"},
		{"breast cancer does not count", "R210", `{"person":{"affected":true,"cancers":[{"site":"breast","age":45}]},"tumour":"not_tested"}`, "NOT_ELIGIBLE"},
		{"a niece whose mother is named", "AmsterdamII", people(`{"id":"1","rel":"self","cancers":[]},{"id":"2","rel":"full_sister","cancers":[{"site":"endometrial","age":48}]},{"id":"3","rel":"niece","mother":"2","cancers":[{"site":"colorectal","age":28}]},{"id":"4","rel":"mother","cancers":[{"site":"colorectal","age":70}]}`), "MET"},
		{"class 3 in the family", "R210", `{"person":{"affected":false,"age":50},"known_familial_variant":{"gene":"MSH2","cls":3},"degree_to_carrier":1}`, "NO_PREDICTIVE_TEST"},
	} {
		in, err := ParseInputs([]byte(x.inputs))
		if err != nil {
			t.Fatalf("%s: %v", x.story, err)
		}
		got, err := c.systems[x.system](in)
		if err != nil {
			t.Errorf("%s: %v", x.story, err)
			continue
		}
		if why := Compare(x.want, got); why != "" {
			t.Errorf("%s (%s): %s", x.story, x.system, why)
		}
	}
}

// The order in which a family is told changes nothing.
func TestLynchFamiliesMayBeToldInAnyOrder(t *testing.T) {
	c, err := checker(t, nil)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, v := range vignettesOf(t, "lynch") {
		told, err := c.advise(v.Case)
		if err != nil {
			t.Fatalf("%s: %v", v.ID, err)
		}
		var body map[string]json.RawMessage
		var people []json.RawMessage
		if err := json.Unmarshal(v.Case, &body); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(body["people"], &people); err != nil {
			t.Fatal(err)
		}
		random.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
		shuffled, err := json.Marshal(people)
		if err != nil {
			t.Fatal(err)
		}
		body["people"] = shuffled
		again, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		other, err := c.advise(again)
		if err != nil {
			t.Fatalf("%s, told in another order: %v", v.ID, err)
		}
		if a, b := decided(told), decided(other); a != b {
			t.Errorf("%s: told in another order\n %s\nbecomes\n %s", v.ID, a, b)
		}
	}
}

// decided is what an advice decides, without its wording.
func decided(a *rules.Advice) string {
	var out []string
	for _, area := range a.Areas {
		out = append(out, fmt.Sprintf("%s %s %s %v", area.Area, area.Outcome, area.Code, area.Possible))
		for _, c := range area.Criteria {
			out = append(out, c.ID+"="+c.Verdict)
		}
	}
	return strings.Join(out, " ")
}
