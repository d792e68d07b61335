package list

import (
	"bytes"
	"context"

	"kindred/app/cliniclist"
)

// columnMemory is a service that keeps how columns are understood from one list
// to the next with the same headings.
type columnMemory interface {
	RecallColumns(ctx context.Context, l *cliniclist.List) (bool, error)
	KeepColumns(ctx context.Context, l *cliniclist.List) error
}

// recall takes back what was chosen for the last list of the shape. A choice
// that cannot be had is no reason not to show the list as it was read.
func (s *Screen) recall(l *cliniclist.List) {
	if m, ok := s.svc.(columnMemory); ok {
		_, _ = m.RecallColumns(context.Background(), l)
	}
	s.asRead, _ = l.Choices()
}

// remember keeps the columns when somebody changed them.
func (s *Screen) remember(ctx context.Context, l *cliniclist.List) {
	now, err := l.Choices()
	if err != nil || bytes.Equal(now, s.asRead) {
		return
	}
	if m, ok := s.svc.(columnMemory); ok && m.KeepColumns(ctx, l) == nil {
		s.asRead = now
	}
}
