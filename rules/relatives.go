package rules

// familyQuestion is a declarative question about relatives, compiled.
type familyQuestion struct {
	node    *node
	cluster bool
}
