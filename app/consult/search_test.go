package consult

import (
	"slices"
	"testing"
)

func TestSearchFindsByNameNumberAndBirth(t *testing.T) {
	s := service(t)
	people := []Identity{
		miriam,
		{Family: "Lloyd-Evans", Given: "Catrin", Born: "1981-05-02", NHSNumber: "9990000301"},
		{Family: "O’Neill", Given: "Harriet", Born: "1985-12-01"},
		{Family: "Müller", Given: "Zoë", Born: "1974-04-03"},
		{Family: "Hargreaves", Given: "Tom", Born: "1950-01-01"},
		{Family: "Grant", Given: "Winston", Born: "1982-01-19", NHSNumber: "9990000182"},
	}
	ids := map[string]string{}
	for _, id := range people {
		r := s.Start(id)
		if err := s.Save(ctx, r); err != nil {
			t.Fatal(err)
		}
		ids[r.ID] = id.Given
	}
	for text, want := range map[string][]string{
		"har":              {"Tom", "Miriam", "Harriet"}, // family names first, the newest first
		"HARGREAVES mir":   {"Miriam"},
		"miriam harg":      {"Miriam"},
		"evans":            {"Catrin"},
		"lloyd-ev":         {"Catrin"},
		"oneill":           {"Harriet"},
		"o'neil":           {"Harriet"},
		"muller zoe":       {"Zoë"},
		"999 000 0131":     {"Miriam"},
		"999-000-01":       {"Winston", "Miriam"},
		"14-Mar-1985":      {"Miriam"},
		"14/3/85":          {"Miriam"},
		"3/4/1974":         {"Zoë"}, // either reading
		"1985":             {"Harriet", "Miriam"},
		"har 1985":         {"Miriam", "Harriet"},
		"grant 19.1.1982":  {"Winston"},
		"argreaves":        nil,
		"":                 nil,
		"hargreaves harg.": {"Tom", "Miriam"},
	} {
		found, err := s.Search(ctx, text, 10)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			got = append(got, ids[f.ID])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", text, got, want)
		}
	}
	// What is saved later is found, and a changed name is found under the new one only.
	r := s.Start(Identity{Family: "Newcomer"})
	for _, name := range []string{"Newcomer", "Renamed"} {
		r.Identity.Family = name
		if err := s.Save(ctx, r); err != nil {
			t.Fatal(err)
		}
		if found, err := s.Search(ctx, name, 5); err != nil || len(found) != 1 {
			t.Errorf("%s: %d found, %v", name, len(found), err)
		}
	}
	if found, err := s.Search(ctx, "newcomer", 5); err != nil || len(found) != 0 {
		t.Errorf("under the old name: %d found, %v", len(found), err)
	}
}
