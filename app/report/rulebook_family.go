package report

import (
	"regexp"
	"slices"
	"strings"

	"kindred/rules"
)

// family prints the questions about relatives, with the numbers they use.
func (b *book) family(list []rules.FamilyInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Questions about the family\n")
	b.line("Relatives by blood; the patient is degree 0, half-siblings are second degree. Silence is a no only where the topic was asked to that degree. A *cluster* is one set of people, on one side, that has it all together.\n")
	b.line("| Question | How it is asked | Source |\n|---|---|---|")
	for _, f := range list {
		asked := f.Text
		if f.Cluster {
			asked += " (a cluster)"
		}
		b.line("| %s `%s` | %s | %s |", cell(f.Label), f.ID, cell(asked), cell(b.shortNames(f.Sources)))
	}
	b.lists(list)
	b.cancers(list)
}

// cancers prints the tumours the dictionary knows with the lists of this area
// each of them counts in and its codes.
func (b *book) cancers(list []rules.FamilyInfo) {
	var names []string
	for _, f := range list {
		for _, m := range namedList.FindAllStringSubmatch(f.Question, -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	if len(names) == 0 {
		return
	}
	b.line("\nWhat counts where, with the codes by which a record names it (SNOMED CT, ICD-10):\n")
	b.line("| Condition | %s | Codes |", words(strings.Join(names, " | ")))
	b.line("|---|%s---|", strings.Repeat(":-:|", len(names)))
	for _, c := range b.dictionary.Conditions() {
		row, counts := []string{c.Label}, false
		if c.Sex != "" {
			row[0] += " (" + c.Sex + " only)"
		}
		for _, name := range names {
			mark := ""
			if slices.Contains(c.Lists, name) {
				mark, counts = "yes", true
			}
			row = append(row, mark)
		}
		if counts {
			b.line("| %s | %s |", strings.Join(row, " | "), strings.Join(append(slices.Clone(c.Codes["snomed"]), c.Codes["icd10"]...), ", "))
		}
	}
}

// lists spells out the lists of cancers that the questions name.
func (b *book) lists(list []rules.FamilyInfo) {
	members := map[string][]string{}
	for _, c := range b.dictionary.Conditions() {
		for _, name := range c.Lists {
			members[name] = append(members[name], c.Label)
		}
	}
	printed := map[string]bool{}
	for _, f := range list {
		for _, m := range namedList.FindAllStringSubmatch(f.Question, -1) {
			name := m[1]
			if printed[name] || len(members[name]) == 0 {
				continue
			}
			printed[name] = true
			b.line("\nThe list *%s*: %s.", words(name), strings.Join(members[name], ", "))
		}
	}
}

var namedList = regexp.MustCompile(`list: ([a-z0-9_]+)`)
