package consult

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"testing"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/shell"
	"kindred/app/ui/uitest"
	"kindred/rules"
	chances "kindred/rules/carrier/model"
	"kindred/rules/truth"
)

// bench is the carrier models that ship, with a count of how often they were asked.
type bench struct {
	all   map[string]*chances.Model
	asked int
	err   error
}

func (b *bench) CarrierLabel(area string, c *rules.Case) string {
	if m := b.all[area]; m != nil && m.Speaks(c) {
		return m.Short()
	}
	return ""
}

func (b *bench) Carrier(ctx context.Context, area string, r *domain.Record) (*chances.Result, error) {
	b.asked++
	if b.err != nil {
		return nil, b.err
	}
	return b.all[area].Compute(ctx, &r.Case)
}

// carrierFamily is a man with bowel cancer whose mother had womb cancer, under
// the rules that ship.
func carrierFamily(t *testing.T) (*Screen, *bench, *window, func(name string)) {
	t.Helper()
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatal(err)
	}
	all, err := chances.All(rules.Files, lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	book, err := lib.On("2026-11-23")
	if err != nil {
		t.Fatal(err)
	}
	rec := nobody()
	rec.Identity.Born = "1981-03-02"
	rec.Identity.Sex = "male"
	rec.Case.Asked["cancer"] = 2
	rec.Case.People[0].Tumours = []rules.Tumour{{Site: "colorectal", Age: truth.Exactly(42), MLH1: "intact", PMS2: "intact", MSH2: "lost", MSH6: "lost", Neoadjuvant: truth.Unknown, MSIHHistology: truth.Unknown, Confirmed: truth.Unknown}}
	rec.Case.People = append(rec.Case.People,
		rules.Person{ID: "m", Relation: "mother", Sex: "female", Age: truth.Exactly(71), Alive: truth.No, Conditions: []rules.Condition{{Name: "endometrial_cancer", Age: truth.Exactly(48), Present: truth.Yes, Confirmed: truth.Unknown}}},
		rules.Person{ID: "s", Relation: "sister", Sex: "female", Age: truth.Any(), Alive: truth.Yes})
	win := uitest.Window(t, look.Light, 1280, 1400)
	b, host := &bench{all: all}, &window{}
	d := &desk{lib: lib}
	s := New(d, Book{Dictionary: lib.Dictionary(), Areas: book.Areas(), Carriers: b}, host, clock, rec)
	shell.NewFrame(win).Show(s)
	win.Resize(fyne.NewSize(1280, 1400))
	s.Open(CheckStep)
	// The picture is of the form alone, under advice that no edit of the rules moves.
	picture := func(name string) {
		t.Helper()
		d.canned = &rules.Advice{Areas: []rules.AreaAdvice{{Area: "lynch", Title: "Lynch syndrome", Outcome: rules.Refer, Headline: "Refer", Action: "Refer to clinical genetics.", Reason: "For the picture."}}}
		s.m.assess()
		win.Canvas().Unfocus()
		whole, ok := win.Canvas().Capture().(interface {
			image.Image
			SubImage(r image.Rectangle) image.Image
		})
		if !ok {
			t.Fatal("the picture cannot be cut")
		}
		form := whole.SubImage(image.Rect(196, 104, 850, 1366))
		cut := image.NewNRGBA(image.Rect(0, 0, form.Bounds().Dx(), form.Bounds().Dy()))
		draw.Draw(cut, cut.Bounds(), form, form.Bounds().Min, draw.Src)
		uitest.Golden(t, name, cut)
		d.canned = nil
		s.m.assess()
	}
	return s, b, host, picture
}

func offers(pg *checkPage, area string, b *kit.Press) bool {
	for _, one := range pg.offered(pg.s.areaAdvice(area)) {
		if one == b {
			return true
		}
	}
	return false
}

// Pressing Carrier chance shows everyone's chance as context, says when it is out
// of date, and changes no word of the advice; pressing again folds it away.
func TestCarrierChanceIsShownBesideTheAdviceAndFoldedAway(t *testing.T) {
	s, b, _, picture := carrierFamily(t)
	pg := s.pages[CheckStep].(*checkPage)
	a := pg.papersOf("lynch")
	if !offers(pg, "lynch", a.odds) || offers(pg, "fh", pg.papersOf("fh").odds) {
		t.Fatal("the button belongs to the area that has a carrier model, and to no other")
	}
	before := s.recordText()
	a.odds.OnPress()
	c := a.chance
	if !c.open || c.busy || c.result == nil || len(c.result.People) != 3 {
		t.Fatalf("after the press: %+v", c)
	}
	if got := c.result.People[0].Any; got.Base < 0.8 || got.Low >= got.Base {
		t.Errorf("the patient: %v", got)
	}
	picture("check-carrier")
	if after := s.recordText(); after != before {
		t.Errorf("the chance changed the text for the record:\n%s", after)
	}
	s.m.person("s").Age = truth.Exactly(70)
	s.m.touch()
	if c.seq == s.m.seq || !c.open {
		t.Error("the chances do not know that the record changed")
	}
	a.odds.OnPress()
	if b.asked != 2 || c.seq != s.m.seq || c.result.People[2].Any.Base > 0.4 {
		t.Errorf("worked out anew: asked %d times, sister %v", b.asked, c.result.People[2].Any)
	}
	a.odds.OnPress()
	if c.open || b.asked != 2 {
		t.Error("a second press does not fold the chances away")
	}
	b.err = errors.New("the family does not join up")
	a.odds.OnPress()
	if c.err == nil || c.result != nil {
		t.Errorf("a family that does not join up: %+v", c)
	}
}

func TestNobodyWithCancerIsOfferedNoCarrierChance(t *testing.T) {
	s, _, _, _ := carrierFamily(t)
	s.m.patient().Tumours = nil
	s.m.person("m").Conditions = nil
	s.m.touch()
	pg := s.pages[CheckStep].(*checkPage)
	if offers(pg, "lynch", pg.papersOf("lynch").odds) {
		t.Error("a chance is offered where nothing raises the question")
	}
}

// Risk by age unfolds under the advice once a variant was found, follows the sex
// at birth, folds away again, and is saved only when asked.
func TestRiskByAgeUnfoldsOnceAVariantWasFoundAndFoldsAway(t *testing.T) {
	s, _, host, picture := carrierFamily(t)
	pg := s.pages[CheckStep].(*checkPage)
	a := pg.papersOf("lynch")
	if offers(pg, "lynch", a.risk) {
		t.Error("risks of carriers are offered before a variant was found")
	}
	p := s.m.patient()
	p.Facts["genetics.lynch"] = rules.Answer{Choice: "positive"}
	p.Facts["family.lynch_gene"] = rules.Answer{Choice: "PMS2"}
	s.m.touch()
	if offers(pg, "lynch", a.risk) {
		t.Error("numbers for PMS2, which the source itself calls unreliable")
	}
	p.Facts["family.lynch_gene"] = rules.Answer{Choice: "MSH2"}
	s.m.touch()
	if !offers(pg, "lynch", a.risk) {
		t.Fatal("no risk by age with an MSH2 variant")
	}
	a.risk.OnPress()
	picture("check-risk")
	men := a.riskFold.drawn
	if !a.riskFold.open || men == nil || host.said != "" {
		t.Fatalf("after the press: %+v, said %q", a.riskFold, host.said)
	}
	s.m.rec.Identity.Sex = "female"
	s.m.touch()
	if d, err := pg.risk("lynch", 700); err != nil || d == men {
		t.Error("the picture still shows men")
	}
	a.riskFold.save.OnPress()
	if host.said != "risk by age" {
		t.Errorf("saved: %q", host.said)
	}
	a.risk.OnPress()
	if a.riskFold.open {
		t.Error("a second press does not fold the picture away")
	}
	p.Facts["family.lynch_gene"] = rules.Answer{Choice: "PMS2"}
	a.risk.OnPress()
	s.m.touch()
	if offers(pg, "lynch", a.risk) {
		t.Error("the picture of another gene stays")
	}
}
