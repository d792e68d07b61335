package look

// Role is a type size with its line box and the row its letters stand on, all
// in device-independent pixels. The toolkit gives text no line height, so
// everything is placed by its baseline.
type Role struct {
	Size float32 // letter size
	Line float32 // height of the line box
	Base float32 // baseline, from the top of the line box
}

// The roles. Caption is the smallest text anywhere.
var (
	Caption = Role{12, 16, 12}
	Small   = Role{13, 18, 14}
	Body    = Role{14, 20, 15}
	Lead    = Role{16, 22, 17} // question on the card, action sentence
	Name    = Role{18, 24, 18} // patient's name in the banner
	Title   = Role{20, 28, 21} // screen title, the answer
	Display = Role{24, 32, 25} // unlock title
)
