package familytree

import (
	"fmt"
	"image"
	"testing"

	"kindred/app/sketch"
	"kindred/rules"
	"kindred/rules/truth"
)

// sixty is an invented family of sixty: cousins, nieces and nephews.
func sixty() *rules.Case {
	c := hargreaves()
	words := []string{"maternal cousin", "paternal cousin", "niece", "nephew", "maternal aunt", "paternal uncle"}
	for i := len(c.People); i < 60; i++ {
		c.People = append(c.People, person(fmt.Sprint("x", i), words[i%len(words)], "", float64(20+i), truth.Yes, had("myocardial_infarction", float64(15+i))))
	}
	return c
}

// Every step from a changed answer to the pixels of the tree.
func BenchmarkSixty(b *testing.B) {
	d, c := dictionary(b), sixty()
	ped, err := Pedigree(c, d, false)
	if err != nil {
		b.Fatal(err)
	}
	l := sketch.Lay(ped, sketch.Options{})
	drawing := l.Draw(ped, sketch.Options{NoKey: true})
	b.Logf("%d shapes, %.0f by %.0f", len(drawing.Shapes), drawing.Width, drawing.Height)
	b.Run("pedigree", func(b *testing.B) {
		for b.Loop() {
			_, _ = Pedigree(c, d, false)
		}
	})
	b.Run("layout", func(b *testing.B) {
		for b.Loop() {
			sketch.Lay(ped, sketch.Options{})
		}
	})
	b.Run("drawing", func(b *testing.B) {
		for b.Loop() {
			l.Draw(ped, sketch.Options{NoKey: true})
		}
	})
	b.Run("pixels", func(b *testing.B) {
		for b.Loop() {
			drawing.Paint(image.NewRGBA(image.Rect(0, 0, 528, 560)), palette(), 1, sketch.Point{X: 300})
		}
	})
	b.Run("pixels of all", func(b *testing.B) {
		for b.Loop() {
			drawing.Paint(image.NewRGBA(image.Rect(0, 0, 528, 560)), palette(), 528/drawing.Width, sketch.Point{})
		}
	})
}
