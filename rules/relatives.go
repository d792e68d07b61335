package rules

// familyQuestion is a declarative question about relatives, compiled.
type familyQuestion struct{}

// familyVocabulary is the dictionary as the family rules know it.
type familyVocabulary struct{}
