package consult

import (
	"context"
	"fmt"
	"sync"

	"kindred/rules"
	"kindred/rules/carrier/model"
)

// carrierModels are the carrier models of the areas that have one, read when
// first asked for.
type carrierModels struct {
	once sync.Once
	all  map[string]*model.Model
	err  error
}

func (s *Service) carrierModels() (map[string]*model.Model, error) {
	s.carriers.once.Do(func() {
		s.carriers.all, s.carriers.err = model.All(rules.Files, s.lib.Dictionary())
	})
	return s.carriers.all, s.carriers.err
}

// CarrierLabel is what a button is called that works out chances of carrying a
// variant of an area, "" where the area has no carrier model or the case holds
// nothing that the model counts.
func (s *Service) CarrierLabel(area string, c *rules.Case) string {
	all, err := s.carrierModels()
	if err != nil || all[area] == nil || !all[area].Speaks(c) {
		return ""
	}
	return all[area].Short()
}

// Carrier works out everyone's chance of carrying a variant in an area's genes.
// It changes nothing of the record, and no advice reads it. It may take seconds:
// call it away from the screen; ctx ends it.
func (s *Service) Carrier(ctx context.Context, area string, r *Record) (*model.Result, error) {
	all, err := s.carrierModels()
	if err != nil {
		return nil, fmt.Errorf("the carrier model cannot be read: %w", err)
	}
	if all[area] == nil {
		return nil, fmt.Errorf("the area %q has no carrier model", area)
	}
	return all[area].Compute(ctx, &r.Case)
}
