package rules

// screenCache keeps first questions by signature.
type screenCache struct{}
