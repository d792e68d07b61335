package consult

import (
	"context"

	"kindred/app/identity"
)

// OnFile returns who is kept already under the NHS number of r: the newest
// other consultation of that patient, nil when there is none. differs is true
// when its date of birth or family name is another than r's, so that one of the
// two numbers is likely mistyped: a screen then shows both and lets the user
// say. A number that is not whole yet finds nobody.
func (s *Service) OnFile(ctx context.Context, r *Record) (other *Summary, differs bool, err error) {
	digits, err := identity.ParseNHSNumber(r.Identity.NHSNumber)
	if err != nil || digits == "" {
		return nil, false, nil //nolint:nilerr // not a number yet, so nobody's
	}
	patient, err := s.st.PatientOf(ctx, digits)
	if err != nil || patient == "" {
		return nil, false, err
	}
	kept, err := s.OfPatient(ctx, patient)
	if err != nil {
		return nil, false, err
	}
	for i := range kept {
		if k := &kept[i]; k.ID != r.ID {
			return k, k.Identity.differs(r.Identity), nil
		}
	}
	return nil, false, nil
}

// differs tells whether two identities cannot be one person's as they stand.
// What one of them does not say is no difference.
func (id Identity) differs(other Identity) bool {
	born := id.Born != "" && other.Born != "" && id.Born != other.Born
	named := id.Family != "" && other.Family != "" && words(id.Family) != words(other.Family)
	return born || named
}
