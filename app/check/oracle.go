package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Oracle checks one section of an oracle file: JSON as the reference for
// carrier probabilities has it, each section a list of computed families.
type Oracle func(section json.RawMessage) (Report, error)

// readOracle takes an oracle file apart into its sections.
func readOracle(name string, data []byte) (map[string]json.RawMessage, error) {
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(data, &sections); err != nil {
		return nil, fmt.Errorf("%s is neither a case table (CSV) nor an oracle file (JSON): %w", name, err)
	}
	return sections, nil
}

// aboutTheFile are keys of an oracle file that hold no cases.
var aboutTheFile = []string{"schema", "made", "readme"}

func (c *Checker) oracle(path string, sections map[string]json.RawMessage) Report {
	var rep Report
	checks := carrierSections(sections)
	for _, name := range slices.Sorted(maps.Keys(sections)) {
		if slices.Contains(aboutTheFile, name) {
			continue
		}
		check, ok := checks[name]
		if !ok {
			rep.skip("carrier "+name, countCases(sections[name]))
			continue
		}
		part, err := check(sections[name])
		for i := range part.Failures {
			part.Failures[i].File = path
		}
		if err != nil {
			part.Failures = append(part.Failures, Failure{
				File: path, ID: name, System: "carrier " + name,
				Expected: "a readable section", Got: "no answer", Why: err.Error(),
			})
		}
		rep.Add(part)
	}
	return rep
}

// countCases counts the cases of a section whose form is not known: the
// elements of the list it is, or of the first list of objects inside it.
func countCases(section json.RawMessage) int {
	var list []json.RawMessage
	if json.Unmarshal(section, &list) == nil {
		return len(list)
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(section, &object) != nil {
		return 1
	}
	for _, key := range []string{"cases", "results", "rows"} {
		if json.Unmarshal(object[key], &list) == nil {
			return len(list)
		}
	}
	return 1
}

// Summary is the last lines of a run: what was skipped, by name, and the count.
func (r *Report) Summary() []string {
	var lines []string
	for _, system := range slices.Sorted(maps.Keys(r.Skipped)) {
		lines = append(lines, fmt.Sprintf("skipped %d of %s: not implemented", r.Skipped[system], system))
	}
	return append(lines, fmt.Sprintf("%d passed, %d failed", r.Passed, len(r.Failures)))
}
