package consult

import (
	"context"
	"fmt"

	"kindred/app/cliniclist"
)

// KeepColumns keeps, sealed, how the columns of a list are understood, for the
// next list with the same headings.
func (s *Service) KeepColumns(ctx context.Context, l *cliniclist.List) error {
	choices, err := l.Choices()
	if err != nil {
		return fmt.Errorf("keeping the choice of columns: %w", err)
	}
	return s.st.SetSetting(ctx, columnsOf(l), choices)
}

// RecallColumns understands a list as the last one with the same headings was
// left; false when there was none, or when what was kept no longer fits.
func (s *Service) RecallColumns(ctx context.Context, l *cliniclist.List) (bool, error) {
	choices, err := s.st.Setting(ctx, columnsOf(l))
	if err != nil || choices == nil {
		return false, err
	}
	return l.Restore(choices) == nil, nil // the list as it was read is still there
}

func columnsOf(l *cliniclist.List) string { return "list columns " + l.Shape() }
