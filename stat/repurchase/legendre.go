package repurchase

import "gonum.org/v1/gonum/integrate/quad"

// A node of a rule for the integral from 0 to 1.
type node struct{ at, weight float64 }

// legendre is the rule of Gauss and Legendre with n nodes.
func legendre(n int) []node {
	at, weight := make([]float64, n), make([]float64, n)
	quad.Legendre{}.FixedLocations(at, weight, 0, 1)
	nodes := make([]node, n)
	for i := range nodes {
		nodes[i] = node{at[i], weight[i]}
	}
	return nodes
}

// rules are four rules, of which the shortest that reaches rounding is taken.
type rules [4][]node

// exactRules are for fits, roughRules for the way there.
func exactRules() rules { return rules{legendre(8), legendre(12), legendre(16), legendre(24)} }
func roughRules() rules { return rules{legendre(6), legendre(8), legendre(10), legendre(12)} }

// oneRule is for a single integral, where making rules costs more than using them.
func oneRule() rules {
	nodes := legendre(24)
	return rules{nodes, nodes, nodes, nodes}
}

// choose is the rule for an integrand whose logarithm varies by so much over a
// range of this width, with branch points no nearer to it than π: bounds on the
// error by its derivatives and by Bernstein's ellipse are below 1e-12.
func (r *rules) choose(variation, width float64) []node {
	switch {
	case variation <= 5 && width <= 2:
		return r[0]
	case variation <= 12 && width <= 3.5:
		return r[1]
	case variation <= 20 && width <= 5:
		return r[2]
	}
	return r[3]
}
