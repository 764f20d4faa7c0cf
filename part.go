package behold

// A Part is one of several equal shares of all customers, for work that does
// not fit into memory at once: those whose Number modulo Of is Index. The zero
// Part is everybody.
type Part struct{ Index, Of int }

// Has says whether the customer belongs to the part.
func (p Part) Has(number int32) bool { return p.Of <= 1 || int(number)%p.Of == p.Index }

// Whole says whether the part is everybody.
func (p Part) Whole() bool { return p.Of <= 1 }
