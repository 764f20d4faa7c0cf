// Package lamp decides which lamps are lit: warnings about one customer, each
// with a reason and the evidence a colleague can look up.
//
// It is a room of the judgement floor: pure, the day comes with the histories,
// and nothing is drawn by lot. Before it come the warehouse's histories and
// forecast's rhythms; after it come the store, which keeps what is lit, and
// phrase, which says it.
//
// One file a lamp:
//
//	rhythm.go        L01  a known buyer is silent for longer than chance allows
//	shrinking.go     L09  buys less often, or less at a time, than in the year before
//	categorylost.go  L10  still buys, but no longer one of the kinds of goods
//	returns.go       L11  sends back or is credited more than usual
//
// A lamp that is lit does not go out on the value that lit it: every rule has
// its own way out (hysteresis), and Step carries lamps from one day to the next.
package lamp
