package exchange

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
)

// shared finds the sample files, which are not part of the project.
func shared(t *testing.T, parts ...string) string {
	t.Helper()
	dir := os.Getenv("KINDRED_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared")
	}
	p := filepath.Join(append([]string{dir}, parts...)...)
	if _, err := os.Stat(p); err != nil {
		t.Skipf("%s is not here; nothing to compare with", filepath.Join(parts...))
	}
	return p
}

func TestPEDFormsMeanTheSame(t *testing.T) {
	want := []string{"f male", "m female", "k female m f yes", "s unknown m f"}
	for name, text := range map[string]string{
		"no header":       "F1 f 0 0 1 1\nF1 m 0 0 2 1\nF1 k f m 2 2\nF1 s f m 0 0\n",
		"header and tabs": "famid\tid\tdadid\tmomid\tsex\taffected\nF1\tf\t\t\t1\t0\nF1\tm\tNA\tNA\t2\t0\nF1\tk\tf\tm\t2\t1\nF1\ts\tf\tm\tNA\tNA\n",
		"commented head":  "#Family ID Father Mother Sex Affected\nF1 f 0 0 male 1\nF1 m 0 0 female 1\nF1 k f m F 2\nF1 s f m unknown -9\n",
		"mother first":    "id mid fid sex aff\nf 0 0 1 1\nm 0 0 2 1\nk m f 2 2\ns m f 3 0\n",
		"row names":       "\"ped\" \"id\" \"father\" \"mother\" \"sex\" \"affected\"\n\"1\" \"F1\" \"f\" 0 0 1 0\n\"2\" \"F1\" \"m\" 0 0 2 0\n\"3\" \"F1\" \"k\" \"f\" \"m\" 2 1\n\"4\" \"F1\" \"s\" \"f\" \"m\" 3 NA\n",
		"column list":     "FamilyId\nIndividualId\nGender\nFather\nMother\nAffected\n\nF1 f M . . U\nF1 m F . . U\nF1 k F f m A\nF1 s . f m .\n",
	} {
		families, _, err := ReadPED([]byte(text))
		if err != nil || len(families) != 1 {
			t.Errorf("%s: %d families, %v", name, len(families), err)
			continue
		}
		var got []string
		for _, p := range families[0].People {
			s := p.ID + " " + map[string]string{"": "unknown"}[p.Sex] + p.Sex
			if p.Mother != "" {
				s += " " + p.Mother + " " + p.Father
			}
			if p.Affected == Yes {
				s += " yes"
			}
			got = append(got, s)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestWrongPedigreesNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"1 a b c 1 1\n1 b a 0 1 1\n1 c 0 0 2 1\n": "would be their own ancestor",
		"1 a b c 1 1\n1 b 0 0 2 1\n1 c 0 0 2 1\n": `line 1: a has the father "b", who is recorded as female (line 2)`,
		"1 a b 0 1 1\n":              `line 1: a has the father "b", who is not in the file`,
		"1 a 0 0 1 1\n1 a 0 0 1 1\n": `line 2: the id "a" was used already (line 1)`,
		"1 a 0 0 1 1\n1 b 0\n":       "line 2: 3 columns",
		"":                           "no person in this file",
		"\x00\x01\x02":               "not a text file",
		"id father mother sex\na b b 1\nb 0 0 unk\n":                     "as both mother and father",
		"id father mother sex name\na 0 0 1 Ann\nb 0 0 2 Ann Lee\n":      "line 3: 6 values; the header names 5 columns",
		"id father mother sex\na 0 0 1\nb 0 0\n":                         "line 3: 3 columns; the header names 4",
		"1 0 0 0 1 1\n1 b 0 0 2 1\n":                                     "line 1: this person has no id",
		"1 a 0 0 1 1\n1 a b 0 1 1\n1 a 0 0 1 1\n":                        "line 3: the id \"a\" was used already (line 1)",
		"id father mother sex mztwin\na 0 0 1 .\nb a 0 1 t\nc 0 0 1 t\n": "line 4: b and c are twins and have different parents",
		"1 a a 0 1 1\n": "line 1: a would be their own ancestor",
	} {
		if _, _, err := ReadPED([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func TestPEDRoundTrip(t *testing.T) {
	in := "F1\tf\t0\t0\t1\t1\nF1\tm\t0\t0\t2\t2\nF1\tk\tf\tm\t2\t0\nF2\tx\t0\t0\t0\t1\n"
	families, _, err := ReadPED([]byte(in))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	lost, err := WritePED(&out, families)
	if err != nil || out.String() != in || len(lost) > 0 {
		t.Errorf("came back as\n%s(lost %v, %v)", out.String(), lost, err)
	}
}

func TestCaseIsDrawnWithThePeopleBetween(t *testing.T) {
	lib, err := rules.Load(rules.Files)
	if err != nil {
		t.Fatalf("the rules do not load: %v", err)
	}
	families, show, _, err := Read([]byte(`{"schema":"kindred.case/1","date":"2026-11-23","patient":"p","people":[
		{"id":"p","sex":"female","age":41},
		{"id":"a","relation":"maternal aunt","age":68,"conditions":[{"name":"endometrial_cancer","age":58}]},
		{"id":"n","relation":"niece","age":15},
		{"id":"h","relation":"partner","sex":"male","age":43},
		{"id":"s","relation":"son","age":12}]}`), lib.Dictionary())
	if err != nil {
		t.Fatal(err)
	}
	p := look(t, sketch.Family(families[0].Pedigree(show), sketch.Options{}).SVG(sketch.Print))
	for _, id := range []string{"p", "a", "n", "h", "s"} {
		if p.find(id) == nil {
			t.Fatalf("%s of the case is not drawn", id)
		}
	}
	if up, me, down := p.find("a").y, p.find("p").y, p.find("s").y; up >= me || me >= down {
		t.Errorf("generations are mixed up: aunt %v, patient %v, son %v", up, me, down)
	}
	couples := 0
	for _, w := range p.wires {
		if w.couple != "" {
			couples++
		}
	}
	if couples != 1 {
		t.Errorf("%d couples; only the partner is one of the case's own", couples)
	}
	var ped bytes.Buffer
	lost, err := WritePED(&ped, families)
	if err != nil || !slices.Contains(lost, "conditions with their ages") {
		t.Errorf("a PED file loses %v (%v); it must say the conditions", lost, err)
	}
	if again, _, err := ReadPED(ped.Bytes()); err != nil || len(again[0].People) != len(families[0].People) {
		t.Errorf("our own PED file does not read back: %v", err)
	}
}

// Programs and spreadsheets write the same table in many ways.
func TestPEDFromOtherProgramsAndSystems(t *testing.T) {
	plain := []string{"f male ×", "k female m×f", "m female ×"}
	for name, text := range map[string]string{
		"Windows line ends":         "F1 f 0 0 1 1\r\nF1 m 0 0 2 1\r\nF1 k f m 2 2\r\n",
		"old Mac line ends":         "F1 f 0 0 1 1\rF1 m 0 0 2 1\rF1 k f m 2 2\r",
		"byte order mark":           "\ufeffF1 f 0 0 1 1\nF1 m 0 0 2 1\nF1 k f m 2 2\n",
		"no last line end":          "F1 f 0 0 1 1\nF1 m 0 0 2 1\nF1 k f m 2 2",
		"semicolons":                "fam;id;father;mother;sex;affected\nF1;f;;;1;1\nF1;m;;;2;1\nF1;k;f;m;2;2\n",
		"commas":                    "fam,id,father,mother,sex,affected\nF1,f,0,0,1,1\nF1,m,0,0,2,1\nF1,k,f,m,2,2\n",
		"commas, no header":         "F1,f,0,0,1,1\nF1,m,0,0,2,1\nF1,k,f,m,2,2\n",
		"tabs and spaces mixed":     "F1 f\t0 0\t1 1\nF1 m 0 0 2 1\nF1\tk\tf\tm\t2\t2\n",
		"empty parents between tab": "F1\tf\t\t\t1\t1\nF1\tm\t\t\t2\t1\nF1\tk\tf\tm\t2\t2\n",
		"PLINK":                     "#FID\tIID\tPAT\tMAT\tSEX\tPHENO1\nF1\tf\t0\t0\t1\t1\nF1\tm\t0\t0\t2\t1\nF1\tk\tf\tm\t2\t2\n",
		"minus for nobody":          "id dad mom sex aff\nf - - M 0\nm - - F 0\nk f m F 1\n",
		"four columns":              "f 0 0 1\nm 0 0 2\nk f m 2\n",
		"alleles behind":            "F1 f 0 0 1 1 1 2 1 1\nF1 m 0 0 2 1 2 2 1 2\nF1 k f m 2 2 1 2 1 1\n",
		"children first":            "F1 k f m 2 2\nF1 m 0 0 2 1\nF1 f 0 0 1 1\n",
		"remarks and empty lines":   "# made by hand\n\nF1 f 0 0 1 1\n# the mother\nF1 m 0 0 2 1\n\nF1 k f m 2 2\n",
		"Latin-1 and a family name": "M\xfcller f 0 0 1 1\nM\xfcller m 0 0 2 1\nM\xfcller k f m 2 2\n",
	} {
		families, _, err := ReadPED([]byte(text))
		if err != nil || len(families) != 1 {
			t.Errorf("%s: %d families, %v", name, len(families), err)
			continue
		}
		if got := bones(&families[0]); !slices.Equal(got, plain) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Nobody is affected, or healthy, because a column was misread.
func TestWhoIsAffectedFollowsTheColumnsOwnHabit(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want string
	}{
		"LINKAGE":                    {"1 a 0 0 1 2\n1 b 0 0 1 1\n1 c 0 0 1 0\n1 d 0 0 1 -9\n", "yes no ? ?"},
		"one and nought":             {"id father mother sex affected\na 0 0 1 1\nb 0 0 1 0\nc 0 0 1 NA\n", "yes no ?"},
		"QuickPed with nobody":       {"id fid mid sex aff\na 0 0 1 1\nb 0 0 2 1\n", "no no"},
		"words":                      {"id father mother sex status\na 0 0 1 affected\nb 0 0 1 unaffected\nc 0 0 1 unknown\n", "yes no ?"},
		"status beside the affected": {"id father mother sex affected status\na 0 0 1 1 1\nb 0 0 1 0 0\n", "yes no"},
		"true and false":             {"id father mother sex affected\na 0 0 1 TRUE\nb 0 0 1 FALSE\n", "yes no"},
	} {
		families, _, err := ReadPED([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, p := range families[0].People {
			got = append(got, [...]string{"?", "no", "yes"}[p.Affected])
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	fs, ignored, err := ReadPED([]byte("id father mother sex affected weight\na 0 0 banana 1 70\nb 0 0 1 0 80\nc 0 0 1 3.5 90\n"))
	if err != nil || fs[0].People[0].Sex != "" {
		t.Fatal(fs, err)
	}
	for _, what := range []string{`the sex "banana", taken as not known`, "the column weight", `affected "3.5", which is neither yes nor no`} {
		if !slices.Contains(ignored, what) {
			t.Errorf("not said: %s; only %q", what, ignored)
		}
	}
}
