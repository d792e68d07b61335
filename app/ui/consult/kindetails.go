package consult

import (
	"slices"
	"strconv"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/typed"
	"kindred/rules"
	"kindred/rules/family"
	"kindred/rules/truth"
)

// kinDetails are the questions about somebody's place in the family tree, below
// those about health.
type kinDetails struct {
	e         *kinEditor
	name      *kit.Field
	sex       *kit.Segment
	gender    *kit.Select
	adopted   *kit.Select
	childless *kit.Select
	pregnancy *kit.Select
	count     *kit.Field
	countBad  bool
	twin      *kit.Segment
	couples   []*coupleRow
}

// coupleRow is what is said of the person and one partner.
type coupleRow struct {
	partner   string
	separated *kit.Segment
	related   *kit.Segment
}

var (
	genderOptions = []kit.Option{
		{Value: "-", Label: "As sex at birth, or not said"},
		{Value: "woman", Label: "Woman"}, {Value: "man", Label: "Man"}, {Value: "non-binary", Label: "Non-binary"},
	}
	adoptedOptions   = []kit.Option{{Value: "-", Label: "No, or not said"}, {Value: "in", Label: "Into this family: no blood"}, {Value: "out", Label: "Out of this family"}}
	childlessOptions = []kit.Option{{Value: "-", Label: "As listed"}, {Value: "by_choice", Label: "None, by choice"}, {Value: "infertile", Label: "None, infertility"}}
	pregnancyOptions = []kit.Option{
		{Value: "-", Label: "A person"}, {Value: "ongoing", Label: "A pregnancy"}, {Value: "miscarriage", Label: "A miscarriage"},
		{Value: "termination", Label: "A termination"}, {Value: "stillbirth", Label: "A stillbirth"},
	}
	zygosisOptions   = []kit.Option{{Value: "identical", Label: "Identical"}, {Value: "fraternal", Label: "Not identical"}, {Value: "unknown", Label: "Not known"}}
	separatedOption  = []kit.Option{{Value: "yes", Label: "Separated"}}
	bloodOption      = []kit.Option{{Value: "yes", Label: "Related by blood"}}
	countPlaceholder = "1"
)

func newKinDetails(e *kinEditor, p *rules.Person) *kinDetails {
	d := &kinDetails{e: e}
	change := func(write func(p *rules.Person, v string)) func(v string) {
		return func(v string) {
			if v == "-" || v == unknownChoice {
				v = ""
			}
			if p := e.person(); p != nil {
				write(p, v)
				e.pg.changed()
			}
		}
	}
	d.name = kit.NewField("", func(text string) {
		if p := e.person(); p != nil {
			p.Name = strings.TrimSpace(text)
			e.pg.changedAs("name of " + e.id)
		}
	})
	d.name.Words = "What the family calls them. Sealed with the consultation; on paper only where you ask for names"
	d.sex = kit.NewSegment(sexOptions, d.chooseSex)
	d.sex.Words = "Sex at birth, which rules go by"
	d.gender = kit.NewSelect("", genderOptions, change(func(p *rules.Person, v string) { p.Gender = v }))
	d.gender.Words = "Gender, which the symbol follows; sex at birth is written under it where it differs"
	d.adopted = kit.NewSelect("", adoptedOptions, change(func(p *rules.Person, v string) { p.Adopted = v }))
	d.adopted.Words = "Adopted into the family: shares no blood with it, and rules leave them out"
	d.childless = kit.NewSelect("", childlessOptions, change(func(p *rules.Person, v string) { p.Childless = v }))
	d.pregnancy = kit.NewSelect("", pregnancyOptions, change(func(p *rules.Person, v string) { p.Pregnancy = v }))
	d.count = kit.NewField(countPlaceholder, d.typeCount)
	d.count.Unit, d.count.Words = "people", "Several brothers, sisters or children as one symbol: 3, or n when nobody knows how many"
	if e.pg.s.m.twinsOf(p.ID) != nil {
		d.twin = kit.NewSegment(zygosisOptions, change(func(p *rules.Person, v string) {
			if t := e.pg.s.m.twinsOf(p.ID); t != nil {
				t.Kind = v
			}
		}))
	}
	return d
}

// followPartners keeps a row for each partner there is now.
func (d *kinDetails) followPartners(partners []string) {
	if slices.EqualFunc(d.couples, partners, func(r *coupleRow, id string) bool { return r.partner == id }) {
		return
	}
	e := d.e
	d.couples = nil
	for _, q := range partners {
		r := &coupleRow{partner: q}
		r.separated = kit.NewSegment(separatedOption, func(v string) { e.pg.s.m.couple(e.id, q).Separated = v == "yes"; e.pg.changed() })
		r.related = kit.NewSegment(bloodOption, func(v string) { e.pg.s.m.couple(e.id, q).Related = v == "yes"; e.pg.changed() })
		r.related.Words = "A double line. Where common ancestors are listed it is drawn by itself"
		d.couples = append(d.couples, r)
	}
}

// fixedSex are the relations whose sex the tree rests on.
func fixedSex(p *rules.Person) bool {
	return wordOf(p.Relation).Class&(family.Parent|family.Grandparent|family.GreatGrandparent) != 0
}

// chooseSex records sex at birth; the word of relation goes with it.
func (d *kinDetails) chooseSex(v string) {
	if v == unknownChoice {
		v = ""
	}
	p, m := d.e.person(), d.e.pg.s.m
	if p == nil {
		return
	}
	if err := m.setSex(p, v); err != nil {
		d.e.pg.s.host.Say(capital(err.Error()))
		d.sync()
		return
	}
	d.e.pg.changed()
}

// setSex gives somebody another sex at birth, with the word that goes with it
// and the place as their children's mother or father.
func (m *model) setSex(p *rules.Person, sex string) error {
	word := resexed(p.Relation, sex)
	if word == "" && p.Relation != "" || fixedSex(p) && sex != m.sexOf(p) {
		return &sexNeeded{m.inSentence(p)}
	}
	for i := range m.rec.Case.People {
		c := &m.rec.Case.People[i]
		wrong := sex == "male" && c.Mother == p.ID || sex == "female" && c.Father == p.ID
		if wrong && c.Mother != "" && c.Father != "" {
			return &sexNeeded{m.inSentence(p)}
		}
	}
	for i := range m.rec.Case.People {
		c := &m.rec.Case.People[i]
		if sex == "male" && c.Mother == p.ID || sex == "female" && c.Father == p.ID {
			c.Mother, c.Father = c.Father, c.Mother
			if wordOf(c.Relation).Class == family.Child { // the patient holds that place
				c.Mother, c.Father = "", ""
			}
		}
	}
	p.Relation, p.Sex = word, sex
	for _, id := range [...]string{p.Mother, p.Father} { // a brother's child has a word once the sex is known
		if q := m.person(id); q != nil && word == "" && sex != "" && wordOf(q.Relation).Class == family.Sibling {
			p.Relation = resexed("niece", sex)
		}
	}
	return nil
}

// sexNeeded says that somebody's place in the tree rests on the sex at birth.
type sexNeeded struct{ who string }

func (e *sexNeeded) Error() string {
	return "the sex at birth of " + e.who + " holds their place in the tree; remove them and add them anew"
}

func (d *kinDetails) typeCount(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	n, err := strconv.Atoi(text)
	switch {
	case text == "":
		n, err = 0, nil
	case text == "n" || text == "?":
		n, err = -1, nil
	case n < 1 || n > 99:
		err = strconv.ErrRange
	}
	d.countBad = err != nil
	d.count.SetMood(kit.Calm)
	if d.countBad {
		d.count.SetMood(kit.Red)
		return
	}
	if p := d.e.person(); p != nil {
		p.Count = n
		d.e.pg.changedAs("count of " + d.e.id)
	}
}

func orDash(v string) string {
	if v == "" {
		return "-"
	}
	return v
}

func (d *kinDetails) sync() {
	p, m := d.e.person(), d.e.pg.s.m
	if p == nil {
		return
	}
	if !d.name.Focused() {
		d.name.SetText(p.Name)
	}
	d.sex.SetValue(sexValue(m.sexOf(p), d.sex.Value()))
	d.gender.SetValue(orDash(p.Gender))
	d.adopted.SetValue(orDash(p.Adopted))
	d.childless.SetValue(orDash(p.Childless))
	d.pregnancy.SetValue(orDash(p.Pregnancy))
	if !d.count.Focused() && !d.countBad {
		switch {
		case p.Count < 0:
			d.count.SetText("n")
		case p.Count > 1:
			d.count.SetText(strconv.Itoa(p.Count))
		default:
			d.count.SetText("")
		}
	}
	if t := m.twinsOf(p.ID); t != nil && d.twin != nil {
		d.twin.SetValue(t.Kind)
	}
	d.followPartners(m.partnersOf(p.ID))
	for _, r := range d.couples {
		separated, related := "", ""
		if i := m.coupleAt(p.ID, r.partner); i >= 0 {
			c := &m.rec.Case.Couples[i]
			if c.Separated {
				separated = "yes"
			}
			if c.Related {
				related = "yes"
			}
		}
		r.separated.SetValue(separated)
		r.related.SetValue(related)
	}
}

// draw puts the questions from y down and returns where they end.
func (d *kinDetails) draw(p *kit.Pen, x, y, lab float32) float32 {
	person, m := d.e.person(), d.e.pg.s.m
	patient := d.e.patient()
	y += 8
	p.HLine(x, y, p.W-2*x)
	y += 10
	p.Text(x, y, p.W-2*x, "In the family tree", kit.Body.B(), kit.Left)
	y += 26
	row := func(label string) {
		p.Text(x, y+7, lab-8, label, kit.Small, kit.Left)
	}
	wide := min(256, p.W-x-lab-16)
	if !patient {
		row("Name")
		p.Put(d.name, x+lab, y, wide, 32)
		y += 38
		if !fixedSex(person) {
			row("Sex at birth")
			p.Put(d.sex, x+lab, y, d.sex.Width(), 32)
			y += 38
		}
	}
	row("Gender")
	p.Put(d.gender, x+lab, y, wide, 32)
	y += 38
	for i, r := range d.couples {
		if m.person(r.partner) == nil {
			continue
		}
		label := capital(m.inSentence(m.person(r.partner)))
		if host, step := m.hostOf(m.person(r.partner)); host == person.ID && step == partnerStep {
			label = "Partner"
			if len(d.couples) > 1 {
				label = "Partner " + strconv.Itoa(i+1)
			}
		}
		for k, l := range kit.Small.Wrap(label, lab-8) {
			p.Text(x, y+7+float32(k)*16, 0, l, kit.Small, kit.Left)
		}
		p.Put(r.separated, x+lab, y, r.separated.Width(), 32)
		p.Put(r.related, x+lab+r.separated.Width()+8, y, r.related.Width(), 32)
		y += max(38, 7+16*float32(len(kit.Small.Wrap(label, lab-8))))
	}
	if d.twin != nil && m.twinsOf(person.ID) != nil {
		row("Twins")
		p.Put(d.twin, x+lab, y, d.twin.Width(), 32)
		y += 38
	}
	if person.Pregnancy == "" && !d.e.pg.hasChildren(person.ID) {
		row("Children")
		p.Put(d.childless, x+lab, y, wide, 32)
		y += 38
	}
	row("Adopted")
	p.Put(d.adopted, x+lab, y, wide, 32)
	y += 38
	if patient {
		return y
	}
	if host, step := m.hostOf(person); step == childStep && host != "" || person.Pregnancy != "" || kinGroup(person) == "Children and grandchildren" || kinGroup(person) == "Brothers and sisters" {
		row("This is")
		p.Put(d.pregnancy, x+lab, y, wide, 32)
		y += 38
	}
	row("Stands for")
	p.Put(d.count, x+lab, y, 124, 32)
	if person.Count > 1 || person.Count < 0 {
		p.Text(x+lab+134, y+8, p.W-x-lab-150, "rules count them as one", kit.Caption.In(look.Muted), kit.Left)
	}
	return y + 38
}

// storeTree takes over what a line says of the family tree.
func (e *kinEditor) storeTree(p *rules.Person, t *typed.Tree) {
	if t.Sex != "" {
		if err := e.pg.s.m.setSex(p, t.Sex); err != nil {
			e.pg.s.host.Say(capital(err.Error()))
		}
	}
	for _, s := range [...]struct {
		said string
		at   *string
	}{{t.Gender, &p.Gender}, {t.Name, &p.Name}, {t.Adopted, &p.Adopted}, {t.Childless, &p.Childless}, {t.Pregnancy, &p.Pregnancy}} {
		if s.said != "" {
			*s.at = s.said
		}
	}
	if t.Pregnancy == "stillbirth" {
		p.Alive = truth.No
	}
	if t.Count != 0 {
		p.Count = t.Count
	}
	p.Proband = p.Proband || t.Proband
}
