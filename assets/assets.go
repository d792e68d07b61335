// Package assets carries the files that travel inside the program: the icon
// and the two font files, frozen with tabular figures, a tailed l and a serifed I (see
// fonts/README.md for how they were made and under which licence).
package assets

import _ "embed"

// InterRegular is Inter at weight 400.
//
//go:embed fonts/Inter-Regular.ttf
var InterRegular []byte

// InterSemiBold is Inter at weight 600; the toolkit's "bold" is mapped to it.
//
//go:embed fonts/Inter-SemiBold.ttf
var InterSemiBold []byte

// Icon is Kindred's mark as a PNG, for the window and the task bar.
//
//go:embed icon/kindred.png
var Icon []byte
