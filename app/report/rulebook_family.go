package report

import (
	"regexp"
	"strings"

	"kindred/rules"
)

// family prints the questions about relatives, with the numbers they use.
func (b *book) family(list []rules.FamilyInfo, params []rules.ParamInfo) {
	if len(list) == 0 {
		return
	}
	b.line("\n### Questions about the family\n")
	b.line("Relatives by blood; the patient is degree 0, half-siblings are second degree. Silence is a no only where the topic was asked to that degree. A *cluster* is one set of people, on one side, that has it all together.\n")
	b.line("| Question | How it is asked | Source |\n|---|---|---|")
	value := map[string]string{}
	for _, p := range params {
		value[p.ID] = p.Value
	}
	for _, f := range list {
		kind := "relatives"
		if f.Cluster {
			kind = "cluster"
		}
		asked := idWord.ReplaceAllStringFunc(f.Question, func(word string) string {
			if v, ok := value[word]; ok {
				return v
			}
			return words(word)
		})
		b.line("| %s `%s` | %s: %s | %s |", cell(f.Label), f.ID, kind, cell(strings.Trim(asked, "{}")), cell(b.shortNames(f.Sources)))
	}
	b.lists(list)
}

// idWord is an id within a question: letters, digits, dots and underscores.
var idWord = regexp.MustCompile(`[a-z][a-z0-9_.]*`)

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
