package consult

import (
	"strings"

	"kindred/app/identity"
	"kindred/rules"
)

// notKnown is what a banner says where something is missing; never a blank,
// never a question mark.
const notKnown = "Not known"

// Banner is the patient banner in words (NHS practice: the four things that
// tell patients apart, always in this order).
type Banner struct {
	Family string // "HARGREAVES", in capitals
	Rest   string // ", Miriam (Mrs)", what follows the family name
	Born   string // "14-Mar-1985 (41 y)"
	Died   string // "02-Jan-2024 (38 y)", empty while alive; Born is then without age
	Sex    string // "Female", at birth
	NHS    string // "999 000 0131"
}

// Name is the whole name: "HARGREAVES, Miriam (Mrs)".
func (b Banner) Name() string { return b.Family + b.Rest }

// Banner puts an identity into words on a day.
func (id Identity) Banner(on rules.Date) Banner {
	b := Banner{Family: strings.ToUpper(strings.TrimSpace(id.Family)), Born: notKnown, Sex: notKnown, NHS: notKnown}
	given, title := strings.TrimSpace(id.Given), strings.TrimSpace(id.Title)
	if b.Family == "" {
		b.Family = "NAME NOT KNOWN"
	}
	if given != "" {
		b.Rest = ", " + given
	}
	if title != "" {
		b.Rest += " (" + title + ")"
	}
	if day := identity.FormatDay(id.Born); day != "" {
		b.Born = day
		if age := identity.AgeText(id.Born, on); age != "" && id.Died == "" {
			b.Born += " (" + age + ")"
		}
	}
	if day := identity.FormatDay(id.Died); day != "" {
		b.Died = day
		if age := identity.AgeText(id.Born, id.Died); age != "" {
			b.Died += " (" + age + ")"
		}
	}
	switch id.Sex {
	case "female":
		b.Sex = "Female"
	case "male":
		b.Sex = "Male"
	}
	if id.NHSNumber != "" {
		b.NHS = identity.FormatNHSNumber(id.NHSNumber)
	}
	return b
}
