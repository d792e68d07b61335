package report

// detail is how much of the reasons a page holds. The groups of criteria are
// those met, those not known and those not met; brief means that a group takes
// one line with the names of its criteria.
type detail struct {
	met, open, notMet  int  // at most so many reasons for each criterion of the group
	whole              bool // every reason for a criterion that is met, whatever met says
	briefMet           bool // the group takes one line
	briefOpen, briefNo bool
	text               bool // criteria are spelt out under their names
	names              int  // at most so many names on a line
	criteria           int  // at most so many criteria with their reasons
	questions          int
	notes              bool
	after              int // at most so many statements on what follows a result
	readers            int // at most so many statements for each reader
	results            int // at most so many blood samples; 0 leaves results and medicines out
	trend              bool
}

// details run from the fullest to the shortest.
var details = []detail{
	{whole: true, met: 8, open: 8, notMet: 8, text: true, names: 20, criteria: 20, questions: 6, notes: true, after: 20, readers: 9, results: 8},
	{whole: true, met: 8, open: 6, briefNo: true, text: true, names: 12, criteria: 20, questions: 5, notes: true, after: 20, readers: 9, results: 4},
	{whole: true, met: 6, open: 3, briefNo: true, text: true, names: 12, criteria: 12, questions: 5, after: 20, readers: 6, results: 2},
	{whole: true, met: 5, briefOpen: true, briefNo: true, text: true, names: 10, criteria: 8, questions: 4, after: 18, readers: 4, results: 1},
	{whole: true, met: 3, briefOpen: true, briefNo: true, names: 8, criteria: 6, questions: 3, after: 16, readers: 3, results: 1},
	{whole: true, met: 3, briefOpen: true, briefNo: true, names: 8, criteria: 6, questions: 3, after: 16, readers: 3},
	{met: 1, briefOpen: true, briefNo: true, names: 6, criteria: 4, questions: 2, after: 14, readers: 2},
	{briefOpen: true, briefNo: true, names: 4, criteria: 3, questions: 1, after: 6, readers: 1},
	{briefMet: true, briefOpen: true, briefNo: true, names: 3, questions: 1, after: 5, readers: 1},
	{briefMet: true, briefOpen: true, briefNo: true, names: 2, questions: 1, after: 4},
}

// level picks the details to start from: of the area that leads and of the
// others.
type level struct{ lead, rest int }

// levels are tried in this order until the page holds the letter: what leads
// keeps its reasons longest.
var levels = []level{
	{0, 0},
	{1, 1},
	{1, 2},
	{1, 3},
	{1, 4},
	{2, 2},
	{2, 3},
	{2, 4},
	{2, 6},
	{3, 3},
	{3, 4},
	{3, 6},
	{4, 4},
	{4, 6},
	{4, 7},
	{5, 6},
	{5, 7},
	{6, 6},
	{6, 7},
	{7, 7},
	{7, 8},
	{8, 8},
	{8, 9},
	{9, 9},
}

// plan is the detail a letter is drawn with: of the area that leads, and of the
// others.
type plan struct{ lead, rest detail }

// shortened tells whether anything that is said was left out for want of room. A
// picture says nothing that the results do not.
func (p plan) shortened() bool {
	p.lead.trend, p.rest.trend = false, false
	return p.lead != details[0] || p.rest != details[0]
}

// fit draws with the fullest level that one page holds, then gives the room
// that is left back: first to the area that leads, what matters most first. It
// returns the drawn page; where even the shortest is too long, that one.
func fit(draw func(plan) *page) *page {
	var best plan
	var drawn *page
	holds := func(d plan) bool {
		p := draw(d)
		ok := p.y <= pageHeight-footHeight
		if ok || drawn == nil {
			best, drawn = d, p
		}
		return ok
	}
	for _, l := range levels {
		drawn = nil
		if holds(plan{details[l.lead], details[l.rest]}) {
			break
		}
	}
	if drawn.y > pageHeight-footHeight {
		return drawn
	}
	full := details[0]
	for _, area := range []func(*plan) *detail{
		func(p *plan) *detail { return &p.lead },
		func(p *plan) *detail { return &p.rest },
	} {
		for _, give := range []func(*detail){
			func(d *detail) { d.questions = full.questions },
			func(d *detail) { d.briefMet, d.criteria = false, max(d.criteria, 3) },
			func(d *detail) { d.whole = true },
			func(d *detail) { d.met = max(d.met, 3) },
			func(d *detail) {
				if d.whole { // results never take the room of what speaks for a criterion
					d.results = max(d.results, 1)
				}
			},
			func(d *detail) { d.text = true },
			func(d *detail) { d.met, d.criteria = full.met, full.criteria },
			func(d *detail) {
				if d.whole {
					d.results = max(d.results, 2)
				}
			},
			func(d *detail) { d.readers = full.readers },
			func(d *detail) { d.after = full.after },
			func(d *detail) { d.names = full.names },
			func(d *detail) { d.briefOpen, d.open = false, max(d.open, 1) },
			func(d *detail) { d.open = full.open },
			func(d *detail) {
				if d.whole {
					d.results = full.results
				}
			},
			func(d *detail) { d.notes = true },
			func(d *detail) { d.briefNo, d.notMet = false, max(d.notMet, 1) },
			func(d *detail) { d.notMet = full.notMet },
		} {
			next := best
			give(area(&next))
			if next != best {
				holds(next)
			}
		}
	}
	for _, area := range []func(*plan) *detail{
		func(p *plan) *detail { return &p.lead },
		func(p *plan) *detail { return &p.rest },
	} {
		next := best
		area(&next).trend = true
		holds(next)
	}
	return drawn
}
