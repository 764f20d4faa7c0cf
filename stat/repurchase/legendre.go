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
