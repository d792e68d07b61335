package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"kindred/rules/family"
	"kindred/rules/truth"
)

// Rerooted is a family seen from one of its members.
type Rerooted struct {
	// People are the member first, then whom a family history of theirs needs:
	// their blood relatives, whoever was asked to be kept, and those in between,
	// each with both parents' ids as far as they are known and the relation word
	// where there is one. Only sex, age, life, adoption and links are filled in.
	People []Person
	Twins  []TwinSet
	// Left are the ids of those left out because nobody said through whom they
	// are related ("cousin", "niece" without a parent).
	Left []string
	// Joined is false when the member is one of those: the patient is then
	// not among the people, and the member stands alone with their own children.
	Joined bool
}

// Reroot works out the family of a case as the family of one of its people.
// Ids stay the same; connecting people who were only implied get ids of their
// own. keep names people who stay in although they are no blood relatives of
// the new patient, such as those with a result. The error is family.Problems,
// or says that there is no such person.
func (d *Dictionary) Reroot(c *Case, person string, keep func(id string) bool) (*Rerooted, error) {
	var k kin
	if err := k.build(d, c); err != nil {
		return nil, err
	}
	members, err := family.Connect(&d.family.v, &k.fam)
	if err != nil {
		return nil, err
	}
	r := rerooter{d: d, c: c, members: members, at: map[string]int{}, keep: keep}
	if err := r.begin(person); err != nil {
		return nil, err
	}
	r.unlink(&k.fam)
	r.otherParents(&k.fam)
	r.join()
	if err := r.prune(); err != nil {
		return nil, err
	}
	return r.result()
}

type rerooter struct {
	d       *Dictionary
	c       *Case
	members []family.Member
	at      map[string]int
	root    int
	keep    func(string) bool
	loose   []bool // related through nobody knows whom
	in      []bool // joined to the root by parents and children
	blood   []bool // of the root
}

func (r *rerooter) begin(person string) error {
	used := map[string]bool{}
	for i := range r.c.People {
		used[r.c.People[i].ID] = true
	}
	// A connecting person's id must not meet one that is made up later.
	renamed, n := map[string]string{"": ""}, 0
	for i := range r.members {
		id := r.members[i].ID
		if i >= len(r.c.People) {
			for n++; used[fmt.Sprintf("k%d", n)]; n++ {
			}
			id = fmt.Sprintf("k%d", n)
		}
		renamed[r.members[i].ID] = id
	}
	for i := range r.members {
		m := &r.members[i]
		m.ID, m.Mother, m.Father = renamed[m.ID], renamed[m.Mother], renamed[m.Father]
		r.at[m.ID] = i
	}
	root, ok := r.at[person]
	if !ok || root >= len(r.c.People) {
		return errors.New("there is no such person in the family")
	}
	r.root = root
	r.loose = make([]bool, len(r.members))
	return nil
}

// unlink takes back the links that were made up for drawing only.
func (r *rerooter) unlink(fam *family.Family) {
	patient := r.at[r.c.Patient]
	for i := range r.c.People {
		p := &r.c.People[i]
		word, err := family.ParseRelation(fam.Members[i].Relation)
		if err != nil || i == patient || p.Mother != "" || p.Father != "" {
			continue
		}
		switch word.Class {
		case family.Grandchild, family.NieceOrNephew, family.Cousin, family.GreatAuntOrUncle:
		case family.Child:
			if r.c.People[patient].Sex != "" {
				continue // the patient is the mother, or the father
			}
		case family.GreatGrandparent:
			for j := range r.members {
				m := &r.members[j]
				given := Person{}
				if j < len(r.c.People) {
					given = r.c.People[j]
				}
				if m.Mother == p.ID && given.Mother != p.ID {
					m.Mother = ""
				}
				if m.Father == p.ID && given.Father != p.ID {
					m.Father = ""
				}
			}
		default:
			continue
		}
		r.loose[i] = true
		r.members[i].Mother, r.members[i].Father = "", ""
	}
}

// otherParents gives half-siblings by word the unnamed parent they do not
// share, so that they stay half-siblings.
func (r *rerooter) otherParents(fam *family.Family) {
	for i := range r.c.People {
		word, err := family.ParseRelation(fam.Members[i].Relation)
		if err != nil || word.Class != family.HalfSibling {
			continue
		}
		switch m := r.members[i]; {
		case m.Mother != "" && m.Father == "":
			m.Father = r.added(family.Male)
			r.members[i] = m
		case m.Father != "" && m.Mother == "":
			m.Mother = r.added(family.Female)
			r.members[i] = m
		}
	}
}

func (r *rerooter) added(sex family.Sex) string {
	n := len(r.members)
	for {
		id := fmt.Sprintf("k%d", n)
		if _, used := r.at[id]; !used {
			r.at[id] = len(r.members)
			r.members = append(r.members, family.Member{ID: id, Sex: sex, Age: truth.Any()})
			r.loose = append(r.loose, false)
			return id
		}
		n++
	}
}

// join finds everyone whom parents and children join to the root.
func (r *rerooter) join() {
	r.in = make([]bool, len(r.members))
	r.in[r.root] = true
	for grown := true; grown; {
		grown = false
		for i := range r.members {
			m := &r.members[i]
			for _, id := range []string{m.Mother, m.Father} {
				if id == "" {
					continue
				}
				if j := r.at[id]; r.in[i] != r.in[j] {
					r.in[i], r.in[j], grown = true, true, true
				}
			}
		}
	}
}

// prune leaves out who is neither a blood relative of the root nor asked for,
// and connecting people who connect nobody any more, as long as that loses nothing about how the others are related: people
// without children here, and founders with one child here who could be anybody.
func (r *rerooter) prune() error {
	if err := r.findBlood(); err != nil {
		return err
	}
	for again := true; again; {
		again = false
		for i := range r.members {
			if !r.in[i] || i == r.root || r.named(i) {
				continue
			}
			children := r.children(i)
			founder := !r.parentIn(r.members[i].Mother) && !r.parentIn(r.members[i].Father)
			if len(children) == 0 || founder && len(children) == 1 && !r.tells(i, children[0]) {
				r.in[i], again = false, true
			}
		}
	}
	return nil
}

// named reports whether member i stays whatever the links: somebody of the case
// who shares blood with the root, or was asked for.
func (r *rerooter) named(i int) bool {
	return i < len(r.c.People) && (r.blood[i] || r.keep != nil && r.keep(r.members[i].ID))
}

func (r *rerooter) parentIn(id string) bool { return id != "" && r.in[r.at[id]] }

func (r *rerooter) children(i int) (out []int) {
	id := r.members[i].ID
	for j := range r.members {
		if r.in[j] && (r.members[j].Mother == id || r.members[j].Father == id) {
			out = append(out, j)
		}
	}
	return out
}

// tells reports whether parent i of a child tells full siblings from half
// siblings: the other parent has more children.
func (r *rerooter) tells(i, child int) bool {
	m := &r.members[child]
	other := m.Mother
	if other == r.members[i].ID {
		other = m.Father
	}
	return r.parentIn(other) && len(r.children(r.at[other])) > 1
}

// findBlood works out who shares blood with the root.
func (r *rerooter) findBlood() error {
	g, index, err := r.graph()
	if err != nil {
		return err
	}
	r.blood = make([]bool, len(r.members))
	for k, i := range index {
		_, _, r.blood[i] = g.Degree(k)
	}
	return nil
}

// graph is the family of those who are in, by links alone. index gives the
// member for each of its people.
func (r *rerooter) graph() (g *family.Graph, index []int, err error) {
	f := &family.Family{Patient: r.members[r.root].ID}
	for i := range r.members {
		if !r.in[i] {
			continue
		}
		m := r.members[i]
		m.Relation, m.Conditions, m.Numbers = "", nil, nil
		if !r.parentIn(m.Mother) {
			m.Mother = ""
		}
		if !r.parentIn(m.Father) {
			m.Father = ""
		}
		f.Members = append(f.Members, m)
		index = append(index, i)
	}
	for range r.d.topics {
		f.Asked = append(f.Asked, -1)
	}
	g, err = family.New(&r.d.family.v, f)
	return g, index, err
}

func (r *rerooter) result() (*Rerooted, error) {
	g, index, err := r.graph()
	if err != nil {
		return nil, err
	}
	out := &Rerooted{Joined: r.in[r.at[r.c.Patient]]}
	for k, i := range index {
		out.People = append(out.People, r.person(g, k, i))
		if i == r.root {
			last := len(out.People) - 1
			own := out.People[last]
			out.People = slices.Insert(out.People[:last], 0, own)
		}
	}
	for _, t := range r.c.Twins {
		t.IDs = slices.DeleteFunc(slices.Clone(t.IDs), func(id string) bool { return !r.in[r.at[id]] })
		if len(t.IDs) > 1 {
			out.Twins = append(out.Twins, t)
		}
	}
	for i := range r.c.People {
		if r.loose[i] && !r.in[i] {
			out.Left = append(out.Left, r.c.People[i].ID)
		}
	}
	return out, r.checkWords(out)
}

// person is member i, number k of the graph, as somebody of a case.
func (r *rerooter) person(g *family.Graph, k, i int) Person {
	m := g.Member(k)
	p := Person{ID: m.ID, Mother: m.Mother, Father: m.Father, Age: truth.Any(), Alive: truth.Unknown, Facts: map[string]Answer{}}
	if s := g.SexOf(k); s != family.SexUnknown {
		p.Sex = s.String()
	}
	if i < len(r.c.People) {
		from := &r.c.People[i]
		p.Age, p.Alive, p.Adopted = from.Age, from.Alive, from.Adopted
	}
	if i == r.root {
		return p
	}
	if _, _, related := g.Degree(k); related {
		word := g.Who(k)
		if w, err := family.ParseRelation(strings.ToLower(word)); err == nil && w.Class != 0 {
			p.Relation = w.Text
		}
	}
	return p
}

// checkWords takes back relation words that do not fit the links, and gives up
// only when the links themselves cannot be so.
func (r *rerooter) checkWords(out *Rerooted) error {
	c := &Case{Patient: out.People[0].ID, People: out.People, Twins: out.Twins}
	for {
		var k kin
		err := k.build(r.d, c)
		var wrong family.Problems
		if !errors.As(err, &wrong) {
			return err
		}
		changed := false
		for _, w := range wrong {
			for i := range out.People {
				if p := &out.People[i]; p.Relation != "" && (w.Person == p.ID || w.Person == "") {
					p.Relation, changed = "", true
				}
			}
		}
		if !changed {
			return err
		}
	}
}
