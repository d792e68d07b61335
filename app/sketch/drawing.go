// Package sketch makes drawings as plain lists of shapes: a family tree laid
// out by our own algorithm, drawn alike on screen, in SVG and in PDF. It knows
// geometry only; what the symbols mean comes in with the family.
package sketch

// Drawing is a picture: shapes in the order they are painted. Units are screen
// pixels at 100 %; x runs right, y down.
type Drawing struct {
	Width, Height float64
	Shapes        []Mark
	Title         string
	Titled        bool // the title stands in the picture itself

	tree   int     // how many of the shapes come before the key
	depth  float64 // height without the key
	legend *Drawing
	rows   []numeral
}

// numeral is a generation's number at the left of its row.
type numeral struct {
	text string
	at   Point
}

// Mark is one thing painted: a line through points, a filled outline, or text.
type Mark struct {
	Kind   Kind
	Points []Point // corners of a Path or Fill; the anchor of Text
	Radius float64 // of a Disc around its one point
	Width  float64 // of the line; 0 paints no line
	Ink    Tone    // of the line or text
	Paper  Tone    // what a Fill or Disc is filled with; None for nothing
	Dashed bool
	Closed bool // the path returns to its start
	Square bool // the line's ends reach half its width further

	Text  string
	Size  float64 // of the letters
	Bold  bool
	Align Align

	Person string // id of the person this symbol is; only on the outline
	At     Point  // centre of that symbol
	Across float64
	Couple [2]string // ids of the couple this line joins
	unit   int       // what belongs together and is never cut has one number; 0 for lines
}

// Kind is what a shape is.
type Kind uint8

// The kinds.
const (
	Path  Kind = iota // straight lines through the points
	Disc              // circle around the first point
	Words             // text at the first point, its baseline there
)

// Align is where text stands to its anchor.
type Align uint8

// The alignments.
const (
	Centred Align = iota
	FromLeft
	FromRight
)

// Point is a place in the picture.
type Point struct{ X, Y float64 }

// Tone is a colour by meaning; each renderer has its own palette.
type Tone uint8

// The tones.
const (
	None   Tone = iota
	Ink         // symbols, lines, text
	Muted       // second lines of text
	Unsure      // what is missing
	Paper       // the ground
	Tint        // plate behind the chosen person
	Petrol
	Amber
	Plum
	Slate
	PetrolTint
	AmberTint
	PlumTint
	SlateTint
	Faint // hairlines, copies
)

// tintOf is the light tone that goes with a mark's tone.
func tintOf(t Tone) Tone {
	switch t {
	case Petrol:
		return PetrolTint
	case Amber:
		return AmberTint
	case Plum:
		return PlumTint
	case Slate:
		return SlateTint
	}
	return t
}

// Stack puts drawings below each other into one.
func Stack(ds []*Drawing) *Drawing {
	if len(ds) == 1 {
		return ds[0]
	}
	out := &Drawing{}
	for _, d := range ds {
		if out.Title == "" {
			out.Title = d.Title
		}
		for _, m := range d.Shapes {
			m.Points = moved(m.Points, 0, out.Height)
			m.At.Y += out.Height
			out.Shapes = append(out.Shapes, m)
		}
		out.Width, out.Height = max(out.Width, d.Width), out.Height+d.Height+margin
	}
	return out
}
