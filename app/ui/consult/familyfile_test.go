package consult

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	domain "kindred/app/consult"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
)

func familyStep(t *testing.T, s *Screen) *familyPage {
	t.Helper()
	s.Open(FamilyStep)
	return s.pages[FamilyStep].(*familyPage)
}

// top is the page that lies over the window.
func top[T any](t *testing.T, win fyne.Window) T {
	t.Helper()
	page, ok := win.Canvas().Overlays().Top().(T)
	if !ok {
		t.Fatalf("%T lies over the window", win.Canvas().Overlays().Top())
	}
	return page
}

func typedFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// families are the files the window is to open: those beside the checkout, and
// one of ours where they are absent.
func families(t *testing.T) []string {
	shared := os.Getenv("KINDRED_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "..", "shared")
	}
	out, _ := filepath.Glob(filepath.Join(shared, "samples", "pedigrees", "*"))
	fhir, _ := filepath.Glob(filepath.Join(shared, "samples", "fhir", "Bundle-*"))
	return append(append(out, fhir...), typedFile(t, "own.ped", "F a b c 2 2\nF b 0 0 1 1\nF c 0 0 2 1\n"))
}

func TestAFamilyFileIsOpenedSavedAndOpenedAgainInTheWindow(t *testing.T) {
	opened := 0
	for _, path := range families(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			if throughTheWindow(t, path) {
				opened++
			}
		})
	}
	if opened == 0 {
		t.Error("no file was opened")
	}
}

// throughTheWindow opens a file, saves the family and opens that again; false
// for a file that is faulty.
func throughTheWindow(t *testing.T, path string) bool {
	s, _, host, win := open(t, look.Light, 1280, 800, nobody())
	pg := familyStep(t, s)
	pg.files.OnPress()
	pg.doFile("open")
	o := top[*familyOpen](t, win)
	o.path.SetText(path)
	o.path.Enter()
	name := filepath.Base(path)
	if o.trouble != nil {
		if len(s.m.rec.Case.People) != 1 || !o.take.Off() {
			t.Errorf("%s is faulty, yet something was taken", name)
		}
		if strings.Contains(path, "pedigrees") && !strings.Contains(o.trouble.Error(), "line ") {
			t.Errorf("%s: no line in %v", name, o.trouble)
		}
		o.close()
		return false
	}
	if o.chosen < 0 {
		o.family.OnChange("0")
		o.chosen = 0
	}
	if o.patient.Value() == "" {
		if !o.take.Off() {
			t.Errorf("%s: somebody may be taken as the patient without being chosen", name)
		}
		people := o.file.Families[0].People
		o.patient.SetValue(people[len(people)-1].ID)
		o.preview()
	}
	if o.trouble != nil || o.take.Off() {
		t.Errorf("%s: %v, %s", name, o.trouble, o.take.Words)
		return false
	}
	o.take.OnPress()
	n := len(s.m.rec.Case.People)
	if n < 2 || s.m.trouble != nil {
		t.Errorf("%s: %d people, %v", name, n, s.m.trouble)
	}
	pg.doFile("save")
	save := top[*familySave](t, win)
	save.names.SetValue("yes")
	save.form.SetValue(".case.json")
	save.prepare()
	save.save.OnPress()
	if host.ending != "case.json" {
		t.Fatalf("%s was saved as %q", name, host.ending)
	}
	back, err := domain.ReadFamilyFile(host.file, s.m.dict)
	if err != nil {
		t.Errorf("%s: saved and not readable: %v", name, err)
		return false
	}
	before := cloneCase(&s.m.rec.Case)
	again, err := back.Take(s.m.rec, 0, before.Patient)
	if err != nil || len(again.Case.People) != n || len(again.Case.Couples) != len(before.Couples) {
		t.Errorf("%s is another family after saving (%v)", name, err)
	}
	s.travel(false)
	if len(s.m.rec.Case.People) != 1 {
		t.Errorf("%s: one undo leaves %d people", name, len(s.m.rec.Case.People))
	}
	return true
}

func TestAFaultyFamilyFileLeavesTheRecordAsItWas(t *testing.T) {
	s, d, _, win := open(t, look.Light, 1280, 800, miriam())
	pg := familyStep(t, s)
	before, kept, done := s.m.state(), d.drafts, len(s.m.done)
	pg.doFile("open")
	o := top[*familyOpen](t, win)
	for _, path := range []string{
		typedFile(t, "own.ped", "F a b c 2 2\nF b 0 0 1 1\nF c a 0 2 1\n"),
		typedFile(t, "half.json", `{"resourceType":"Bundle"`),
		filepath.Join(t.TempDir(), "absent.ged"), "",
	} {
		o.path.SetText(path)
		o.path.Enter()
		if o.trouble == nil || !o.take.Off() {
			t.Errorf("%q was read", filepath.Base(path))
		}
		for _, line := range wrong(o.trouble, 5) {
			if !strings.HasSuffix(line, ".") {
				t.Errorf("%q is no sentence", line)
			}
		}
	}
	o.takeOver()
	o.close()
	if len(s.m.rec.Case.People) != len(before.kase.People) || d.drafts != kept || len(s.m.done) != done {
		t.Error("a file that could not be read changed the record")
	}
}

func TestAFamilyThatWasEnteredIsReplacedOnlyWhenSaidSoAndThePatientStays(t *testing.T) {
	s, _, host, win := open(t, look.Light, 1280, 800, miriam())
	pg := familyStep(t, s)
	own := s.m.patient().Facts["lipid.ldl"]
	host.pick = typedFile(t, "own.ped", "F a b c 2 2\nF b 0 0 1 1\nF c 0 0 2 1\n")
	pg.doFile("open")
	o := top[*familyOpen](t, win)
	o.browse.OnPress()
	o.patient.SetValue("b")
	o.preview()
	if o.trouble == nil {
		t.Error("Miriam became somebody's father")
	}
	o.patient.SetValue("a")
	o.preview()
	if said := strings.Join(o.sentences(), " "); !strings.Contains(said, "4 relatives entered here would be replaced") || !strings.Contains(said, "asked is cleared") {
		t.Errorf("the preview says %q", said)
	}
	o.take.OnPress()
	if len(s.m.rec.Case.People) != 5 {
		t.Fatal("the family was replaced without a question")
	}
	ask := top[*kit.Prompt](t, win)
	win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if win.Canvas().Overlays().Top() == fyne.CanvasObject(ask) || len(s.m.rec.Case.People) != 3 {
		t.Fatalf("%d people after Enter", len(s.m.rec.Case.People))
	}
	p := s.m.patient()
	if p.Facts["lipid.ldl"] != own || s.m.rec.Identity.Given != "Miriam" || p.Sex != "female" || p.Mother == "" {
		t.Errorf("the patient became %+v", p)
	}
	s.travel(false)
	if len(s.m.rec.Case.People) != 5 || s.m.rec.Case.Asked["heart"] != 2 {
		t.Error("one undo does not bring the old family back")
	}
}

func TestWhatAFormCannotCarryIsSaidBeforeAFamilyIsSaved(t *testing.T) {
	s, _, host, win := open(t, look.Light, 1280, 800, miriam())
	pg := familyStep(t, s)
	s.m.person("u").Name = "Zebedee"
	pg.tree.show()
	for _, form := range saveForms {
		pg.doFile("save")
		o := top[*familySave](t, win)
		if !o.save.Off() {
			t.Error("saved without a form")
		}
		o.form.SetValue(form.Value)
		o.prepare()
		if o.trouble != nil || host.file != nil && &host.file[0] == &o.data[0] {
			t.Errorf("%s: %v", form.Label, o.trouble)
			o.close()
			continue
		}
		if form.Value == ".ped" && !slices.ContainsFunc(o.lost, func(l string) bool { return strings.Contains(l, "medicines") || strings.Contains(l, "answers") }) {
			t.Errorf("a pedigree table loses %v", o.lost)
		}
		o.save.OnPress()
		if "."+host.ending != form.Value || strings.Contains(string(host.file), "Zebedee") || strings.Contains(string(host.file), "Hargreaves") {
			t.Errorf("%s was saved as %s, with names", form.Label, host.ending)
		}
	}
}
