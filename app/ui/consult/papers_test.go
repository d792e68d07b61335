package consult

import (
	"slices"
	"strings"
	"testing"

	domain "kindred/app/consult"
	"kindred/app/report"
	"kindred/app/ui/look"
	"kindred/app/ui/uitest"
	"kindred/rules"
)

func (w *window) Request(_ *domain.Record, area, text string) { w.request = area + ": " + text }

func (w *window) Paper(_ *domain.Record, area string, kind report.Paper) {
	w.papers = append(w.papers, area+" "+kind.Name())
}

func TestTheCheckPageGivesRequestAndPapersWhereTheyBelong(t *testing.T) {
	s, d, host, win := open(t, look.Light, 1280, 800, miriam())
	adv := cannedFH()
	adv.Areas[0].Outcome, adv.Areas[0].Code, adv.Areas[0].Next = rules.Test, "R134.1", nil
	adv.Areas[0].Headline, adv.Areas[0].Action = "FH genetic test indicated", "Offer the FH genetic test (R134.1)."
	adv.Areas[0].Reason = "Meets Simon Broome possible because LDL cholesterol is 6.3 mmol/L untreated and the father had a heart attack at 54."
	d.canned = adv
	s.m.assess()
	s.Open(CheckStep)
	win.Canvas().Unfocus()
	pg := s.pages[CheckStep].(*checkPage)
	fh, lynch := pg.papersOf("fh"), pg.papersOf("lynch")
	fh.copyRequest.OnPress()
	fh.saveRequest.OnPress()
	fh.leaflet.OnPress()
	lynch.card.OnPress()
	if !strings.Contains(host.copied, "Request: R134.1") || strings.Contains(host.copied, "Hargreaves") {
		t.Errorf("copied:\n%s", host.copied)
	}
	if host.request == "" || !strings.HasSuffix(host.request, host.copied) {
		t.Errorf("saved:\n%s", host.request)
	}
	if want := []string{"fh leaflet", "lynch learning card"}; !slices.Equal(host.papers, want) {
		t.Errorf("papers %v, want %v", host.papers, want)
	}
	// What is not indicated is neither ordered nor handed out.
	if got := pg.offered(&adv.Areas[1]); len(got) != 1 || got[0] != lynch.card {
		t.Errorf("an area that is not indicated offers %d papers", len(got))
	}
	uitest.Golden(t, "check-request", win.Canvas().Capture())
}
