package carrier

import "math"

// maxVars bounds a clique at 3^15 entries (115 MB): beyond it a family is too
// entangled for this machine, and the caller is told so.
const maxVars = 15

// strides returns, for every variable of scope, how far it moves in a table
// over vars; 0 where the table does not depend on it.
func strides(scope, vars []int) []int {
	at := make([]int, len(scope))
	step := 1
	for k := len(vars) - 1; k >= 0; k-- {
		for s, v := range scope {
			if v == vars[k] {
				at[s] = step
			}
		}
		step *= 3
	}
	return at
}

func entries(vars int) int {
	n := 1
	for range vars {
		n *= 3
	}
	return n
}

// odometer steps through a table of k variables three entries at a time (the
// last variable runs fastest) and keeps the position in a second table.
type odometer struct {
	count [maxVars]uint8
	step  []int
	there int
}

// next moves on by one triple. The two innermost digits change most, so they
// come first and most steps end there.
func (o *odometer) next() {
	for d := len(o.step) - 2; d >= 0; d-- {
		o.there += o.step[d]
		if o.count[d]++; o.count[d] < 3 {
			return
		}
		o.count[d] = 0
		o.there -= 3 * o.step[d]
	}
}

// times multiplies a table over scope by a factor over a part of it.
func times(table []float64, scope []int, vars []int, data []float64) {
	o := odometer{step: strides(scope, vars)}
	s := o.step[len(scope)-1]
	for i := 0; i < len(table); i += 3 {
		t, j := table[i:i+3:i+3], o.there
		if s == 0 {
			w := data[j]
			t[0] *= w
			t[1] *= w
			t[2] *= w
		} else {
			t[0] *= data[j]
			t[1] *= data[j+s]
			t[2] *= data[j+2*s]
		}
		o.next()
	}
}

// sumOnto adds a table over scope onto one over a part of it.
func sumOnto(out []float64, vars []int, table []float64, scope []int) {
	o := odometer{step: strides(scope, vars)}
	s := o.step[len(scope)-1]
	for i := 0; i < len(table); i += 3 {
		t, j := table[i:i+3:i+3], o.there
		if s == 0 {
			out[j] += t[0] + t[1] + t[2]
		} else {
			out[j] += t[0]
			out[j+s] += t[1]
			out[j+2*s] += t[2]
		}
		o.next()
	}
}

// rescale divides a table by its largest entry and returns the log of it;
// minus infinity when nothing is possible.
func rescale(t []float64) float64 {
	top := 0.0
	for _, v := range t {
		if v > top {
			top = v
		}
	}
	if top == 0 {
		return math.Inf(-1)
	}
	for i := range t {
		t[i] /= top
	}
	return math.Log(top)
}
