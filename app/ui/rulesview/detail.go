package rulesview

import (
	"fmt"
	"strings"

	"kindred/app/identity"
	"kindred/app/ui/kit"
	"kindred/app/ui/look"
	"kindred/app/ui/words"
	"kindred/rules"
)

// detail is where an entry comes from, in full, and who uses it.
func (b *body) detail(e *entry) {
	book := b.c.s.book
	if e.source == nil {
		for _, id := range e.sources {
			for i := range book.area.Sources {
				if s := &book.area.Sources[i]; s.ID == id {
					b.source(s)
				}
			}
		}
	}
	if e.id != "" {
		b.fact(pair{"Called", e.id})
	}
	b.users(book.usedBy[e.key])
}

// source is one source under its short name, which opens its own entry.
func (b *body) source(s *rules.SourceInfo) {
	key := sourceKey(s.ID)
	if b.p != nil {
		l := b.c.plainLink("open "+key, kit.Caption.Cut(s.Short, b.w), func() { b.c.s.jump(key) })
		l.Words = "Open: " + s.Short
		b.p.Put(l, b.x, b.y, l.Width(), 16)
	}
	b.y += 16
	b.sourceFacts(s)
	b.y += 10
}

func (b *body) sourceFacts(s *rules.SourceInfo) {
	b.fact(pair{"Title", s.Title})
	b.fact(pair{"Issuer", s.Issuer})
	b.fact(pair{"Place", s.Section})
	b.fact(pair{"Date", identity.FormatDay(s.Date)})
	b.fact(pair{"Address", broken(s.URL)})
	b.fact(pair{"Remark", s.Note})
	b.y += 6
	icon, tok, text := "tick", look.Met, "The text was seen when it was transcribed"
	if !s.Seen {
		icon, tok, text = "warn", look.Warn, "Recalled, not seen: to be confirmed before sign-off"
	}
	if b.p != nil {
		b.p.Icon(b.x, b.y, 16, icon, tok)
		b.p.Text(b.x+24, b.y, b.w-24, text, kit.Caption.In(tok), kit.Left)
	}
	b.y += 18
}

// broken lets a long address wrap at its slashes.
func broken(url string) string {
	if len(url) < 70 {
		return url
	}
	at := strings.LastIndex(url[:70], "/")
	if at < 20 {
		return url
	}
	return url[:at+1] + " " + broken(url[at+1:])
}

// mostUsers is how many users of an entry are listed.
const mostUsers = 24

func (b *body) users(keys []string) {
	if len(keys) == 0 {
		return
	}
	b.y += 8
	b.para("Used by "+words.Plural(len(keys), "other", "others"), kit.Caption.B(), 0)
	b.y += 2
	for i, key := range keys {
		if i == mostUsers && len(keys) > mostUsers+1 {
			b.para(fmt.Sprintf("and %d more", len(keys)-mostUsers), kit.Caption, 2)
			return
		}
		b.line(&line{text: b.c.s.titleOf(key), target: key, user: true}, -1-i)
	}
}
