package sketch

// Advance widths of Inter (assets/fonts) for the printable ASCII letters, in
// thousandths of the size, so that a picture is laid out alike wherever it is
// drawn.
var (
	regularWidths = [95]uint16{
		281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 276, 460, 276, 357,
		648, 648, 648, 648, 648, 648, 648, 648, 648, 648, 276, 276, 659, 659, 659, 507,
		936, 676, 651, 727, 719, 598, 587, 743, 740, 443, 543, 652, 563, 889, 753, 761,
		635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452,
		497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544, 259, 869, 585, 597,
		609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659,
	}
	semiboldWidths = [95]uint16{
		248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 291, 466, 290, 379,
		670, 670, 670, 670, 669, 670, 670, 670, 670, 670, 290, 289, 673, 673, 673, 544,
		999, 724, 657, 744, 724, 608, 586, 755, 744, 468, 561, 677, 566, 906, 741, 775,
		643, 776, 651, 649, 660, 734, 724, 1007, 690, 705, 653, 393, 379, 393, 481, 468,
		497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261, 569, 287, 898, 610, 608,
		625, 625, 397, 549, 380, 608, 576, 837, 563, 576, 562, 393, 358, 393, 673,
	}
)

// TextWidth is the width of a text in pixels. Letters outside ASCII count as
// wide as an "m".
func TextWidth(text string, size float64, bold bool) float64 {
	widths := &regularWidths
	if bold {
		widths = &semiboldWidths
	}
	total := 0.0
	for _, r := range text {
		if r >= ' ' && r <= '~' {
			total += float64(widths[r-' '])
		} else {
			total += float64(widths['m'-' '])
		}
	}
	return total * size / 1000
}
