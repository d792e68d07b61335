package consult

import (
	"os"
	"path/filepath"
	"testing"

	"kindred/app/cliniclist"
)

func TestColumnsAreUnderstoodAsTheyWereLeftLastTime(t *testing.T) {
	s := service(t)
	read := func(text string) *cliniclist.List {
		t.Helper()
		path := filepath.Join(t.TempDir(), "list.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := cliniclist.Read(path, s.lib.Dictionary(), cliniclist.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	may := read("Chol lvl,LDL\n8.1,5.1\n")
	if known, err := s.RecallColumns(ctx, may); known || err != nil {
		t.Fatalf("nothing was kept, yet %v %v", known, err)
	}
	m := may.Mapping
	m.Columns[0].Use, m.Columns[0].Fact = cliniclist.FactUse, "lipid.tc"
	if err := may.SetMapping(m); err != nil {
		t.Fatal(err)
	}
	if err := s.KeepColumns(ctx, may); err != nil {
		t.Fatal(err)
	}
	june := read("Chol lvl,LDL\n7.2,4.1\n")
	if known, err := s.RecallColumns(ctx, june); !known || err != nil || june.Mapping.Columns[0].Fact != "lipid.tc" {
		t.Errorf("%v %v %+v", known, err, june.Mapping.Columns[0])
	}
}
