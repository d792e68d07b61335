package rules

import (
	"strings"
	"testing"
)

func TestAPathwayTellsWhatMayFollow(t *testing.T) {
	lib := embedded(t)
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	const lost = `"mlh1": "lost", "pms2": "lost", "msh2": "intact", "msh6": "intact", "msi": "not_done"`
	for _, c := range []struct{ story, tumour, want string }{
		{
			"two tests lie before the offer", `"site": "colorectal", ` + lost + `, "braf_v600e": "not_done", "mlh1_methylation": "not_done"`,
			"DO_MLH1_METHYLATION if BRAF V600E: not found (wild type) or another BRAF variant | " +
				"OFFER_GERMLINE_R210 if MLH1 methylation: not detected | " +
				"STOP_SPORADIC_LIKELY if BRAF V600E: V600E found; or MLH1 methylation: detected",
		},
		{
			"one test lies before it", `"site": "colorectal", ` + lost + `, "braf_v600e": "wild_type", "mlh1_methylation": "not_done"`,
			"OFFER_GERMLINE_R210 if MLH1 methylation: not detected | STOP_SPORADIC_LIKELY if MLH1 methylation: detected",
		},
		{
			"the womb pathway has no BRAF", `"site": "endometrial", ` + lost + `, "mlh1_methylation": "not_done"`,
			"OFFER_GERMLINE_R210 if MLH1 methylation: not detected | STOP_SPORADIC_LIKELY if MLH1 methylation: detected",
		},
		{"nothing follows the offer", `"site": "colorectal", "mlh1": "intact", "pms2": "intact", "msh2": "lost", "msh6": "lost"`, ""},
		{"four stains are not told one by one", `"site": "colorectal", "mlh1": "not_done", "pms2": "not_done", "msh2": "not_done", "msh6": "not_done", "msi": "not_done", "braf_v600e": "not_done", "mlh1_methylation": "not_done"`, ""},
		{"an open step has no ladder", `"site": "colorectal", ` + lost, ""},
	} {
		p, err := ParseCase([]byte(`{"schema": "kindred.case/1", "date": "2026-11-23", "patient": "p", "people": [{"id": "p", "sex": "female", "age": 62, "tumours": [{`+c.tumour+`, "age": 62}]}]}`), lib.Dictionary())
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		adv, err := book.Assess(p)
		if err != nil {
			t.Errorf("%s: %v", c.story, err)
			continue
		}
		var got []string
		for _, area := range adv.Areas {
			for _, w := range area.Pathways {
				for _, l := range w.Later {
					got = append(got, l.Step+" if "+l.If)
				}
			}
		}
		if g := strings.Join(got, " | "); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.story, g, c.want)
		}
	}
}
