package main

import (
	"fmt"
	"strings"

	"kindred/rules"
)

// localBook is a rule book with the local settings of the command line.
type localBook struct {
	*rules.Book
	settings map[string]string
}

// Settings implements cliniclist.Local.
func (b localBook) Settings() (map[string]string, error) { return b.settings, nil }

// settings reads the --local flags; those not given have their default.
func (s *screening) settings(d *rules.Dictionary) (map[string]string, error) {
	out := map[string]string{}
	for _, flag := range s.local {
		id, value, ok := strings.Cut(flag, "=")
		if !ok {
			return nil, fmt.Errorf("--local %q: write the setting and its value, as local.msi_low=stable", flag)
		}
		if err := d.CheckSetting(id, value); err != nil {
			return nil, fmt.Errorf("--local %q: %w", flag, err)
		}
		out[id] = value
	}
	return out, nil
}
