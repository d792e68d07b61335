package sheet

import "strconv"

// sharedTexts are the texts of a sheet that come again: they stand once in the
// workbook, and cells give their number. A list of a hundred thousand rows says
// the same few thousand things, so its file halves and opens sooner. A text is
// shared from the second time on; the first stands in its cell.
type sharedTexts struct {
	numbers map[string]int32 // onceSeen, or the number
	recent  [recentTexts]sharedText
	once    int // how many were seen once
	xml     []byte
	count   int32
}

const (
	onceSeen  = -1
	maxOnce   = 1 << 14 // forgotten together when there are more
	maxShared = 1 << 16

	recentTexts = 1 << 10
)

// sharedText is a text and its number, which never changes once given.
type sharedText struct {
	text   string
	number int32
}

// recentPlace is where a text stands among the recent ones. Few bytes are
// looked at: most texts of a list are the very string of a row above, which is
// told sooner than a reason of a hundred letters is hashed.
func recentPlace(text string) uint32 {
	n := len(text)
	h := uint32(n)
	for _, at := range [...]int{0, n / 4, n / 2, n * 3 / 4, n - 1} {
		h = h*31 + uint32(text[at])
	}
	return h % recentTexts
}

// number gives the number of a text that is shared.
func (t *sharedTexts) number(text string) (int32, bool) {
	if text == "" || text[0] >= '0' && text[0] <= '9' { // NHS numbers, dates: hardly any comes again
		return 0, false
	}
	recent := &t.recent[recentPlace(text)]
	if recent.text == text {
		return recent.number, true
	}
	n, seen := t.numbers[text]
	switch {
	case seen && n != onceSeen:
		*recent = sharedText{text, n}
		return n, true
	case t.count == maxShared:
		return 0, false
	case seen:
		n = t.count
		t.count++
		t.once--
		t.numbers[text] = n
		t.xml = append(t.xml, `<si>`...)
		t.xml = append(appendTextElement(t.xml, text), `</si>`...)
		return n, true
	}
	if t.once == maxOnce {
		for k, n := range t.numbers {
			if n == onceSeen {
				delete(t.numbers, k)
			}
		}
		t.once = 0
	}
	if t.numbers == nil {
		t.numbers = map[string]int32{}
	}
	t.numbers[text] = onceSeen
	t.once++
	return 0, false
}

// part is the part of the workbook that holds them.
func (t *sharedTexts) part() part {
	return part{"xl/sharedStrings.xml", xmlHead + `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="` + strconv.Itoa(int(t.count)) + `">` + string(t.xml) + `</sst>`}
}
