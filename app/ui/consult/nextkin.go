package consult

import (
	"slices"
	"strings"

	"kindred/app/ui/kit"
	"kindred/app/ui/typed"
	"kindred/app/ui/words"
	"kindred/rules"
	"kindred/rules/truth"
)

// buildKin asks for one thing about one relative: an age, whether it is
// confirmed, whether they had it, their sex at birth.
func (n *nextCard) buildKin() {
	fact := n.q.Fact
	base, part, _ := strings.Cut(fact, ".")
	cond := n.s.m.dict.Condition(base)
	switch {
	case fact == "sex":
		n.seg = kit.NewSegment(sexOptions, func(v string) {
			n.kin(v == unknownChoice, func(p *rules.Person) { p.Sex = strings.TrimSuffix(v, unknownChoice) })
		})
	case cond != nil && part == "":
		n.seg = kit.NewYesNo(func(v string) {
			n.kin(v == unknownChoice, func(p *rules.Person) { condition(p, base).Present = kOf(v) })
		})
	case cond != nil && part == "confirmed":
		n.seg = kit.NewYesNo(func(v string) {
			n.kin(v == unknownChoice, func(p *rules.Person) { condition(p, base).Confirmed = kOf(v) })
		})
	case cond != nil && part == "age", fact == "lipid.age", fact == "age":
		n.buildAge(func(p *rules.Person, s truth.Span) {
			switch {
			case cond != nil:
				condition(p, base).Age = s
			case fact == "age":
				p.Age = s
			default:
				if p.Facts == nil {
					p.Facts = map[string]rules.Answer{}
				}
				p.Facts[fact] = rules.Answer{Number: s}
			}
		})
	default:
		n.buildAct(n.s.m.dict.Fact(fact))
	}
}

// condition is a condition of a person, made when nobody recorded it.
func condition(p *rules.Person, name string) *rules.Condition {
	for i := range p.Conditions {
		if p.Conditions[i].Name == name {
			return &p.Conditions[i]
		}
	}
	p.Conditions = append(p.Conditions, rules.Condition{Name: name, Age: truth.Any(), Confirmed: truth.Unknown, Present: truth.Unknown})
	return &p.Conditions[len(p.Conditions)-1]
}

// kin writes an answer about the relative; one that nobody knows is not asked
// again today.
func (n *nextCard) kin(unknown bool, write func(p *rules.Person)) {
	p := n.s.m.person(n.q.Person)
	if p == nil {
		return
	}
	if unknown {
		n.s.skipped[questionKey(n.q)] = true
	}
	n.held = true
	write(p)
	n.s.m.touch()
	n.s.refresh()
}

// buildAge asks for an age: a box for what is known exactly, and beside it the
// cut that decides, as choices.
func (n *nextCard) buildAge(write func(p *rules.Person, s truth.Span)) {
	options := n.cuts()
	options = append(options, kit.Option{Value: unknownChoice, Label: "Not known"})
	n.box = kit.NewField("50s", func(text string) {
		n.age = typed.ReadAgeAt(text, n.s.m.today, "", "")
		n.box.SetMood(kit.Calm)
		if bad(n.age.State) {
			n.box.SetMood(kit.Red)
		}
		n.sheet.Redraw()
		n.s.advice.sheet.Redraw()
	})
	n.box.Unit = "y"
	n.box.Words = "54, 50s, below 60, or ? for not known; Enter stores it and shows the next question"
	n.box.Enter = func() {
		if n.age.State.Usable() {
			n.kin(n.age.Unknown, func(p *rules.Person) { write(p, n.age.Span) })
		}
	}
	n.seg = kit.NewSegment(options, func(v string) {
		read := typed.ReadAge(v, n.s.m.today)
		n.kin(v == unknownChoice, func(p *rules.Person) {
			if v == unknownChoice {
				write(p, truth.Any())
			} else {
				write(p, read.Span)
			}
		})
	})
}

// cuts are the stretches of age that decide, as the engine names them: "under
// 60", "60 or over".
func (n *nextCard) cuts() []kit.Option {
	var out []kit.Option
	for _, e := range n.q.Effects {
		read := typed.ReadAge(e.Answer, n.s.m.today)
		if !read.State.Usable() || read.Unknown || slices.ContainsFunc(out, func(o kit.Option) bool { return o.Value == e.Answer }) {
			continue
		}
		out = append(out, kit.Option{Value: e.Answer, Label: words.Capital(e.Answer)})
		if len(out) == 2 {
			break
		}
	}
	return out
}
