package risk

import "math"

// weighted is a sum of Poisson counts, each times its own weight.
type weighted struct {
	sum, variance, largest float64
}

func (w *weighted) add(weight float64, cases int) {
	w.sum += weight * float64(cases)
	w.variance += weight * weight * float64(cases)
	w.largest = max(w.largest, weight)
}

// tail is half of what a 95% interval leaves out.
const tail = 0.025

// interval is the 95% confidence interval of the sum (Fay and Feuer, Stat Med
// 1997;16:791). With no case at all it is 0 up to what so few years allow.
func (w *weighted) interval() (low, high float64) {
	if w.sum > 0 {
		low = w.variance / (2 * w.sum) * chiSquare(tail, 2*w.sum*w.sum/w.variance)
	}
	s, v := w.sum+w.largest, w.variance+w.largest*w.largest
	return low, v / (2 * s) * chiSquare(1-tail, 2*s*s/v)
}

// chiSquare is the value below which a chi-square variable with n degrees of
// freedom (any number above 0) falls with probability p.
func chiSquare(p, n float64) float64 {
	lo, hi := 0.0, n+10
	for gammaP(n/2, hi/2) < p {
		hi *= 2
	}
	for range 100 {
		mid := (lo + hi) / 2
		if gammaP(n/2, mid/2) < p {
			lo = mid
		} else {
			hi = mid
		}
	}
	return (lo + hi) / 2
}

// gammaP is the regularised lower incomplete gamma function, by its series
// where that converges fast and by its continued fraction elsewhere (Abramowitz
// and Stegun 6.5.29 and 6.5.31).
func gammaP(a, x float64) float64 {
	if x <= 0 {
		return 0
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		term := 1 / a
		sum := term
		for n := 1; n < 1000 && term > sum*1e-16; n++ {
			term *= x / (a + float64(n))
			sum += term
		}
		return front * sum
	}
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	h := d
	for n := 1; n < 1000; n++ {
		an := -float64(n) * (float64(n) - a)
		b += 2
		if d = an*d + b; math.Abs(d) < tiny {
			d = tiny
		}
		if c = b + an/c; math.Abs(c) < tiny {
			c = tiny
		}
		d = 1 / d
		h *= d * c
		if math.Abs(d*c-1) < 1e-15 {
			break
		}
	}
	return 1 - front*h
}

// Counted is the exact 95% confidence interval of the mean of a Poisson count.
func Counted(cases int) (low, high float64) {
	var w weighted
	w.add(1, cases)
	return w.interval()
}
