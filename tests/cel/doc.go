// Package cel holds the rule engine beside cel-go: the same rule, the same
// records, the same run. It is a module of its own so that the product does not
// depend on cel-go, and it holds tests only.
package cel
