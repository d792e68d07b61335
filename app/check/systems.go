package check

import "kindred/rules"

// provider prepares the systems of one subject on a book of rules.
type provider func(lib *rules.Library, book *rules.Book) (map[string]System, error)

// providers are all subjects that can be checked; a new area adds its line.
var providers = []provider{
	fhSystems,
	lynchSystems,
	lipidSystems,
}
