package sketch

import (
	"fmt"
	"os"
)

func dumpFault(p *Pedigree, l Layout) {
	if dir := os.Getenv("SKETCH_OUT"); dir != "" {
		os.WriteFile(dir+"/fault.svg", l.Draw(p, Options{NoKey: true}).SVG(Print), 0o644)
		for _, q := range p.People {
			fmt.Println(q.ID, q.Mother, q.Father)
		}
		for u, un := range l.unions {
			fmt.Println("union", u, l.people[un.a].ID, l.people[un.b].ID)
			for _, w := range l.lines {
				if w.union == u {
					fmt.Println("   ", w.kind, w.points)
				}
			}
		}
	}
}
