package repurchase

import (
	"math"
	"testing"

	"behold/stat"
)

// Where the papers write 2F1 we integrate; the two agree wherever the papers'
// forms have a value, and here the integrals go on where those end.
func TestExpectedIsPapers(t *testing.T) {
	f := func(a, b, c, z float64) float64 {
		t.Helper()
		v, err := stat.Hypergeometric(a, b, c, z)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, m := range []BGNBD{{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}, {R: 2, Alpha: 30, A: 3.5, B: 8}, {R: 0.5, Alpha: 1, A: 1.01, B: 0.3}} {
		for _, b := range []Buyer{{}, {Age: 38.86}, {Repeats: 2, Last: 30.43, Age: 38.86}, {Repeats: 60, Last: 35, Age: 39}} {
			for _, h := range []float64{0.1, 4, 39, 520} {
				// Fader, Hardie, Lee (2005), equations 9 and 10.
				x, z := b.Repeats, h/(m.Alpha+b.Age+h)
				c := m.A + m.B + x - 1
				want := m.Alive(b) * c / (m.A - 1) *
					(1 - math.Pow((m.Alpha+b.Age)/(m.Alpha+b.Age+h), m.R+x)*f(m.R+x, m.B+x, c, z))
				near(t, "expected", m.Expected(b, h), want, 1e-7)
			}
		}
	}
}

// Fader, Hardie (2005), the likelihood of the Pareto/NBD in two 2F1, α ≥ β and
// α < β: equal to ours by quadrature.
func TestParetoIsPapers(t *testing.T) {
	for _, m := range []ParetoNBD{{R: 0.553, Alpha: 10.578, S: 0.606, Beta: 11.669}, {R: 3, Alpha: 40, S: 2.5, Beta: 7}, {R: 0.2, Alpha: 1, S: 0.1, Beta: 300}} {
		for _, b := range []Buyer{{Age: 38.86}, {Repeats: 2, Last: 30.43, Age: 38.86}, {Repeats: 60, Last: 35, Age: 39}, {Repeats: 800, Last: 20, Age: 39}} {
			x := b.Repeats
			sum, most, middle := m.R+m.S+x, math.Max(m.Alpha, m.Beta), m.S+1
			if m.Alpha < m.Beta {
				middle = m.R + x
			}
			term := func(t0 float64) float64 {
				log, err := stat.LogHypergeometric(sum, middle, sum+1, math.Abs(m.Alpha-m.Beta)/(most+t0))
				if err != nil {
					t.Fatal(err)
				}
				return log - sum*math.Log(most+t0)
			}
			gone := term(b.Last) + math.Log1p(-math.Exp(term(b.Age)-term(b.Last)))
			stay := -(m.R+x)*math.Log(m.Alpha+b.Age) - m.S*math.Log(m.Beta+b.Age)
			want := stat.LogRising(m.R, x) + m.R*math.Log(m.Alpha) + m.S*math.Log(m.Beta) +
				stat.LogSumExp([]float64{stay, math.Log(m.S/sum) + gone})
			near(t, "ln L", m.LogLikelihoodOf(b), want, 1e-10)
		}
	}
}
