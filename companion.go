package behold

// A Companion is what customers who buy one thing also buy: a count, with which a
// suggestion can be made to one who buys the first and not the second.
type Companion struct {
	Have string `json:"have"` // category or product that the customer buys
	Also string `json:"also"` // and what they do not
	Both int    `json:"both"` // customers who buy both
	All  int    `json:"all"`  // who buy Have
}
