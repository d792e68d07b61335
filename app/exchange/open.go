package exchange

import (
	"bytes"

	"kindred/rules"
)

// Read reads families from a file's content: a case of ours (JSON) or a
// pedigree table (LINKAGE, PED). Show says how to draw them.
func Read(data []byte, d *rules.Dictionary) ([]Family, Show, error) {
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '{' {
		c, err := rules.ParseCase(data, d)
		if err != nil {
			return nil, Show{}, err
		}
		f, err := FromCase(c, d)
		if err != nil {
			return nil, Show{}, err
		}
		return []Family{*f}, CaseKey(d), nil
	}
	fs, err := ReadPED(data)
	return fs, Show{Names: true}, err
}
