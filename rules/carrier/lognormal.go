package carrier

import "math"

// LogNormal is a measurement whose natural logarithm is normal.
type LogNormal struct{ Mu, Sigma float64 }

// Density is the probability density at x, above 0.
func (d LogNormal) Density(x float64) float64 {
	z := (math.Log(x) - d.Mu) / d.Sigma
	return math.Exp(-z*z/2) / (x * d.Sigma * math.Sqrt(2*math.Pi))
}

// LikelihoodRatio is how much more likely a measurement is in carriers than in
// others. It is no rule: distributions that differ in width cross twice, so that
// very low values come out as if they spoke for a variant.
func LikelihoodRatio(x float64, carriers, others LogNormal) float64 {
	return carriers.Density(x) / others.Density(x)
}

// Posterior is Bayes' rule on a chance and a likelihood ratio.
func Posterior(prior, ratio float64) float64 {
	return prior * ratio / (prior*ratio + 1 - prior)
}
