package consult

import "testing"

// The register over many families among consultations that have none, and a
// consultation opened with those of three relatives behind it.
func BenchmarkFamilies(b *testing.B) {
	s := service(b)
	const families = 100
	var last *Record
	for range families {
		r := carrier(b, s)
		last = r
		for _, who := range []string{"brother", "mother", "daughter"} {
			opened(b, s, r, who)
		}
	}
	b.Run("register of 100 families, 400 consultations", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.CascadeRegister(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("open one of a family of four", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.Open(ctx, last.ID); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("propose a relative's", func(b *testing.B) {
		for b.Loop() {
			if _, err := s.ProposeRelative(last, "maternal_aunt", Carry{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
