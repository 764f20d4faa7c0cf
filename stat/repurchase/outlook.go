package repurchase

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// An Outlook is what the next h hold for one buyer.
type Outlook struct {
	Alive      float64 // chance of being with us now
	NoPurchase float64 // chance of no purchase in (T, T+h]; this ranks who leaves
	Expected   float64 // mean number of purchases in (T, T+h]
}

// forecaster is a model that answers for one buyer.
type forecaster interface {
	Alive(Buyer) float64
	NoPurchase(Buyer, float64) float64
	Expected(Buyer, float64) float64
}

// outlooks asks once for every different history, on all cores.
func outlooks(m forecaster, buyers []Buyer, h float64) ([]Outlook, error) {
	return eachHistory(buyers, h, func(different []Buyer) func(Buyer) Outlook {
		return func(b Buyer) Outlook {
			return Outlook{Alive: m.Alive(b), NoPurchase: m.NoPurchase(b, h), Expected: m.Expected(b, h)}
		}
	})
}

// eachHistory puts the answer for each different history at the places of the
// buyers who share it. prepare sees all histories before the first is answered.
func eachHistory(buyers []Buyer, h float64, prepare func(different []Buyer) func(Buyer) Outlook) ([]Outlook, error) {
	if err := checkCounts(buyers); err != nil {
		return nil, err
	}
	if !finite(h) || h < 0 {
		return nil, fmt.Errorf("the time ahead cannot be %v", h)
	}
	different, of := distinct(buyers, false)
	answer := prepare(different)
	one := make([]Outlook, len(different))
	stat.Blocks(len(different), fitBlock/4, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			one[i] = answer(different[i])
		}
	})
	all := make([]Outlook, len(buyers))
	for i, at := range of {
		all[i] = one[at]
	}
	return all, nil
}

// score is the outlook of many buyers. With k = 1 the customers of one x share
// the nodes over the chance to leave, and everything else is in closed form.
func (l law) score(buyers []Buyer, h float64) ([]Outlook, error) {
	if !l.mixture().inOrder() || l.k < 1 {
		return nil, ErrNoFit
	}
	if l.k > 1 {
		return outlooks(lawful(l), buyers, h)
	}
	return eachHistory(buyers, h, func(different []Buyer) func(Buyer) Outlook {
		nodes := make(map[float64][]node)
		for _, b := range different {
			if nodes[b.Repeats] == nil {
				nodes[b.Repeats] = leaveChance{l.a, l.b + l.tries(b.Repeats)}.nodes()
			}
		}
		return func(b Buyer) Outlook {
			shape, t := l.r+b.Repeats, h/(l.alpha+b.Age)
			stretch := math.Log1p(b.Silence() / (l.alpha + b.Last))
			alive := 1 / (1 + l.rho(l.a, l.b, b.Repeats)*math.Exp(math.Min(700, shape*stretch)))
			later := leaveChance{l.a, l.b + l.tries(b.Repeats)}
			return Outlook{
				Alive:      alive,
				NoPurchase: 1 + alive*math.Expm1(-shape*math.Log1p(t)),
				Expected:   alive * later.purchasesBy(nodes[b.Repeats], shape, t),
			}
		}
	})
}

// lawful gives a law the names of its methods.
type lawful law

func (l lawful) Alive(b Buyer) float64                 { return law(l).alive(b) }
func (l lawful) NoPurchase(b Buyer, h float64) float64 { return law(l).noPurchase(b, h) }
func (l lawful) Expected(b Buyer, h float64) float64   { return law(l).expected(b, h) }

// nodes is the rule of Gauss and Jacobi for Beta(a, b) with 16 nodes, from the
// eigenvalues of the recurrence of the Jacobi polynomials (Golub, Welsch 1969);
// the weights are shares, so that no b is too large for them.
func (c leaveChance) nodes() []node {
	const n = 16
	p, q := c.b-1, c.a-1
	jacobi := mat.NewSymDense(n, nil)
	jacobi.SetSym(0, 0, (q-p)/(p+q+2))
	for i := 1; i < n; i++ {
		f := float64(i)
		sum := 2*f + p + q
		jacobi.SetSym(i, i, (q-p)*(q+p)/(sum*(sum+2)))
		off := 4 * f * (f + p) * (f + q) * (f + p + q) / (sum * sum * (sum + 1) * (sum - 1))
		if i == 1 { // the factor 1+p+q is in both, and may be 0
			off = 4 * (1 + p) * (1 + q) / (sum * sum * (sum + 1))
		}
		jacobi.SetSym(i, i-1, math.Sqrt(off))
	}
	var eigen mat.EigenSym
	eigen.Factorize(jacobi, true)
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	nodes := make([]node, n)
	for i, at := range eigen.Values(nil) {
		first := vectors.At(0, i)
		nodes[i] = node{math.Max(math.SmallestNonzeroFloat64, (1+at)/2), first * first}
	}
	return nodes
}

// purchasesBy is purchases by such nodes where they reach rounding: where f
// does not fall faster over p than the chances of p do. See TestOutlookEqualsSingle.
func (c leaveChance) purchasesBy(nodes []node, shape, t float64) float64 {
	if (shape+1)*t > c.b || c.a+c.b > 1e4 {
		return c.purchases(shape, t)
	}
	sum := 0.0
	for _, n := range nodes {
		part := shape * t
		if n.at > 1e-200 {
			part = -math.Expm1(-shape*math.Log1p(n.at*t)) / n.at
		}
		sum += n.weight * part
	}
	return sum
}

// Score is the Outlook of many buyers over the next h, in their order, on all
// cores; histories that occur often are worked out once. It agrees with the
// methods for one buyer to 1e-9. Errors: *InputError, naming the first buyer
// that cannot be; ErrNoFit; an error for a time ahead that cannot be.
func (m BGNBD) Score(buyers []Buyer, h float64) ([]Outlook, error) { return m.law().score(buyers, h) }

// Score is the Outlook of many buyers over the next h; see BGNBD.Score.
func (m MBGNBD) Score(buyers []Buyer, h float64) ([]Outlook, error) { return m.law().score(buyers, h) }

// Score is the Outlook of many buyers over the next h; see BGNBD.Score.
func (m BGCNBD) Score(buyers []Buyer, h float64) ([]Outlook, error) { return m.law().score(buyers, h) }

// Score is the Outlook of many buyers over the next h; see BGNBD.Score.
func (m MBGCNBD) Score(buyers []Buyer, h float64) ([]Outlook, error) {
	return m.law().score(buyers, h)
}

// Score is the Outlook of many buyers over the next h; see BGNBD.Score.
func (m ParetoNBD) Score(buyers []Buyer, h float64) ([]Outlook, error) {
	if m.cannot(Buyer{}) {
		return nil, ErrNoFit
	}
	rules := exactRules()
	return eachHistory(buyers, h, func([]Buyer) func(Buyer) Outlook {
		return func(b Buyer) Outlook { return m.outlook(b, h, rules) }
	})
}

// Score is the Outlook of many buyers over the next h occasions; see
// BGNBD.Score.
func (m BGBB) Score(buyers []Buyer, h float64) ([]Outlook, error) {
	if m.cannot(Buyer{}) {
		return nil, ErrNoFit
	}
	if err := checkOccasions(buyers); err != nil {
		return nil, err
	}
	return outlooks(m, buyers, h)
}
