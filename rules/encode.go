package rules

import "errors"

// EncodeCase writes a case as kindred.case/1, so that ParseCase reads the same
// case back.
func EncodeCase(c *Case, d *Dictionary) ([]byte, error) {
	return nil, errors.New("the rules are not built yet")
}
