package consult

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"kindred/app/store"
	"kindred/rules"
	"kindred/rules/truth"
)

func TestTheRegisterListsEverybodyOnceAndTheLongestWaitingFirst(t *testing.T) {
	s := service(t)
	c := fh(t, s)
	r := carrier(t, s)
	SetOffer(r.person("mother"), c, "offered", "2026-11-20")
	SetOffer(r.person("brother"), c, "offered", "2026-10-02")
	s.mustSave(t, r)
	his := opened(t, s, r, "brother")
	his.Case.People = append(his.Case.People, rules.Person{ID: "his_son", Relation: "son", Age: truth.Any()}, rules.Person{ID: "old", Relation: "paternal grandfather", Alive: truth.No, Age: truth.Any()})
	s.mustSave(t, his)
	// A family of which only that there is a variant is known, kept as a draft.
	other := s.Start(Identity{Family: "Okafor", Sex: "female"})
	other.Patient().Facts["family.lynch_variant"] = rules.Answer{Bool: truth.Yes}
	if err := s.SaveDraft(ctx, other); err != nil {
		t.Fatal(err)
	}
	s.mustSave(t, s.Start(Identity{Family: "Nobody"}))

	g, err := s.CascadeRegister(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range g.Rows {
		text := fmt.Sprintf("%s %s: %s", row.Short, row.Who, row.Step.Word())
		if row.Odds != "" {
			text += ", " + row.Odds
		}
		if row.OwnName != nil {
			text += ", own"
		}
		got = append(got, text)
	}
	want := []string{
		"FH Daughter: Not offered yet, 1 in 2", "FH Father: Not offered yet, 1 in 2", "FH Son: Not offered yet, 1 in 4", "FH Maternal aunt: Not offered yet, 1 in 4",
		"FH Maternal cousin: Not offered yet, 1 in 8", "Lynch Patient: Not offered yet, own",
		"FH Brother: Offered, no answer, 1 in 2, own", "FH Mother: Offered, no answer, 1 in 2",
		"FH Paternal grandfather: Died untested, 1 in 4", "FH Patient: Has a result, own",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
	if g.Families != 2 || g.Unread != 0 {
		t.Errorf("%d families, %d unread", g.Families, g.Unread)
	}
	// What was said with the brother counts at once; the register reads only what is new.
	SetOffer(his.Patient(), c, "result:negative", "2026-11-23")
	s.mustSave(t, his)
	g, err = s.CascadeRegister(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range g.Rows {
		if row.Who == "Brother" && row.Step != Found || row.Who == "Son" {
			t.Errorf("after his result: %+v", row)
		}
	}
	var file strings.Builder
	if err := g.Write(&file); err != nil || !strings.HasPrefix(file.String(), "PK") {
		t.Errorf("the workbook: %v", err)
	}
	if err := s.RegisterExported(ctx, g); err != nil {
		t.Fatal(err)
	}
	if events, err := s.Audit(ctx, 1); err != nil || events[0].Action != store.ActExported {
		t.Errorf("the trail: %+v (%v)", events, err)
	}
}
