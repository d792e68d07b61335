package sheet

// What is accepted at most. The file is somebody else's: these keep a wrong or
// hostile one from taking the machine. Sheets stream, so their limit bounds
// time; shared strings are kept, so theirs bounds memory.
const (
	maxFileBytes    = 512 << 20
	maxEntries      = 5_000
	maxSheetBytes   = 2 << 30
	maxStringsBytes = 256 << 20
	maxPartBytes    = 32 << 20 // workbook, relationships, styles
	maxTokenBytes   = 4 << 20  // one tag or one piece of text
	maxDepth        = 64       // nested XML elements
	maxRows         = 1_048_576
	maxColumns      = 16_384
	maxCells        = 50_000_000
	maxBlankRows    = 1_048_576

	// A part that inflates to more than ratioFrom bytes at over maxRatio to one
	// is a bomb; real sheets reach twenty, sheets of one repeated row a hundred.
	ratioFrom = 16 << 20
	maxRatio  = 250
)
