package repurchase

import "math"

// coarse is about so many histories for the first steps of a search: those of
// the same x that lie in one cell of a grid over t_x and T become one, of mean
// t_x and T and all their weight. Unlike a sample it leaves nobody out, and so
// the search on it ends much nearer to the end on all. Where even the grid has
// many cells taken, as with many different x, it is a sample of them.
func coarse(gathered []Buyer, rows int) []Buyer {
	age, total := 0.0, 0.0
	for _, b := range gathered {
		age += b.Weight * b.Age
		total += b.Weight
	}
	cell := age / total * 2 / math.Sqrt(float64(rows))
	few := gathered
	if cell > 0 && finite(cell) {
		few = onGrid(gathered, cell)
	}
	if stride := len(few) / rows; stride >= 2 {
		return everySoMany(few, stride)
	}
	return few
}

// onGrid puts the histories of each cell into one. They stay sorted by x.
func onGrid(gathered []Buyer, cell float64) []Buyer {
	cells := make([]Buyer, len(gathered))
	for i, b := range gathered {
		cells[i] = Buyer{Repeats: b.Repeats, Last: math.Floor(b.Last / cell), Age: math.Floor(b.Age / cell), Weight: b.Weight}
	}
	means, of := distinct(cells, false)
	for i := range means {
		means[i].Last, means[i].Age = 0, 0
	}
	for i, b := range gathered {
		mean := &means[of[i]]
		share := b.Weight / mean.Weight
		mean.Last += share * b.Last
		mean.Age += share * b.Age
		mean.LogGaps += share * b.LogGaps
	}
	return means
}
