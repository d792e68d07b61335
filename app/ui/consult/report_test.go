package consult

import (
	"strings"
	"testing"

	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules/truth"
)

const pasted = `MLH1: loss of nuclear expression in tumour cells; internal control present.
PMS2 negative.
BRAF V600E not detected. No neoadjuvant treatment.`

func read(pg *tumourPage, text string) {
	pg.reading.text.Target().(interface{ SetText(string) }).SetText(text)
}

func TestAPastedReportEntersNothingUntilEachResultIsChosen(t *testing.T) {
	s, _, _, win := open(t, look.Light, 1280, 800, nobody())
	s.Open(TumourStep)
	pg := s.pages[TumourStep].(*tumourPage)
	pg.paste.OnPress()
	r := pg.reading
	if r == nil || win.Canvas().Overlays().Top() == nil {
		t.Fatal("nothing opens")
	}
	read(pg, pasted)
	if len(r.got.rows) != 3 || len(r.got.doubts) != 1 || !strings.HasPrefix(r.got.doubts[0].text, "PMS2") {
		t.Fatalf("%d proposals; in doubt %+v", len(r.got.rows), r.got.doubts)
	}
	if !r.take.Off() || len(pg.tumours()) != 0 {
		t.Error("something is chosen or entered before anybody said so")
	}
	r.got.rows[0].seg.TypedRune('y')
	r.got.rows[1].seg.TypedRune('n')
	read(pg, pasted+" Reported today.") // an edit of the text keeps the choices
	r.take.OnPress()
	if pg.reading != nil || win.Canvas().Overlays().Top() != nil {
		t.Error("the page stays open")
	}
	if got := pg.tumour(); got.MLH1 != "lost" || got.PMS2 != "" || got.BRAF != "" || got.Neoadjuvant != truth.Unknown {
		t.Errorf("entered %+v", got)
	}
	s.Do(shell.Undo)
	if got := pg.tumour(); got.MLH1 != "" {
		t.Errorf("undo does not take it back: %+v", got)
	}
}

func TestPictureOfAPastedReport(t *testing.T) {
	s, d, _, win := open(t, look.Light, 1280, 800, declan())
	d.canned = cannedLynch()
	s.m.assess()
	s.Open(TumourStep)
	pg := s.pages[TumourStep].(*tumourPage)
	pg.tumour().BRAF = "v600e"
	pg.askReport()
	read(pg, pasted)
	pg.reading.got.rows[1].seg.TypedRune('y')
	win.Canvas().Unfocus()
	uitest.Golden(t, "report", win.Canvas().Capture())
}
