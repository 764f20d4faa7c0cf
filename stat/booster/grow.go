package booster

import (
	"math"
	"math/rand/v2"
	"slices"

	"behold/stat"
)

// A grower is what is at hand while trees are added.
type grower struct {
	model   *Model
	o       Options
	rows    Rows
	cuts    [][]float64 // of each column, ascending
	bin     [][]uint8   // of each column and row: the number of cuts below the figure
	logOdds []float64   // so far

	chosen      []int32   // rows that the tree sees
	slope, bend []float64 // of them
	node        []uint8   // where every row is, counted within the level
}

// A split is how a node asks.
type split struct {
	gain   float64
	column int
	bin    uint8 // left at most this
}

func newGrower(rows Rows, o Options) *grower {
	g := &grower{
		model: &Model{Width: rows.Width, Depth: o.Depth}, o: o, rows: rows,
		cuts: make([][]float64, rows.Width), bin: make([][]uint8, rows.Width), logOdds: make([]float64, len(rows.Y)),
		node: make([]uint8, len(rows.Y)),
	}
	copy(g.logOdds, rows.Offset)
	stat.Blocks(rows.Width, 1, func(c, _ int) {
		g.cuts[c] = cuts(rows, c)
		g.bin[c] = make([]uint8, len(rows.Y))
		for i := range g.bin[c] {
			g.bin[c][i] = binOf(g.cuts[c], rows.X[i*rows.Width+c])
		}
	})
	return g
}

// cuts are where column c is cut into bins: at quantiles of some of the rows,
// each value once.
func cuts(rows Rows, c int) []float64 {
	n := min(len(rows.Y), looked)
	values := make([]float64, n)
	for i := range values {
		values[i] = rows.X[i*len(rows.Y)/n*rows.Width+c]
	}
	slices.Sort(values)
	var at []float64
	for b := 1; b < bins; b++ {
		v := values[b*n/bins]
		if v < values[n-1] && (len(at) == 0 || v > at[len(at)-1]) {
			at = append(at, v)
		}
	}
	return at
}

func binOf(cuts []float64, v float64) uint8 {
	lo, hi := 0, len(cuts)
	for lo < hi {
		if mid := (lo + hi) / 2; v > cuts[mid] {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return uint8(lo)
}

// grow adds one tree.
func (g *grower) grow(dice *rand.Rand) {
	g.choose(dice)
	columns := g.columns(dice)
	clear(g.node)
	for level := range g.o.Depth {
		splits := g.level(1<<level, columns)
		for _, s := range splits {
			column, cut := s.column, math.MaxFloat64 // no split: everybody goes left
			if s.gain > 0 {
				cut = g.cuts[s.column][s.bin]
			}
			g.model.Column, g.model.Cut = append(g.model.Column, int32(column)), append(g.model.Cut, cut)
		}
		g.descend(splits)
	}
	g.raise(g.leaves())
}

// choose draws the rows that the tree sees, and finds their slopes.
func (g *grower) choose(dice *rand.Rand) {
	g.chosen = g.chosen[:0]
	for i := range g.rows.Y {
		if g.o.Rows == 1 || dice.Float64() < g.o.Rows {
			g.chosen = append(g.chosen, int32(i))
		}
	}
	n := len(g.chosen)
	g.slope, g.bend = resized(g.slope, n), resized(g.bend, n)
	stat.Blocks(n, stride, func(lo, hi int) {
		for j := lo; j < hi; j++ {
			i := g.chosen[j]
			w := 1.0
			if g.rows.Weight != nil {
				w = g.rows.Weight[i]
			}
			p := 1 / (1 + math.Exp(-g.logOdds[i]))
			g.slope[j], g.bend[j] = w*(g.rows.Y[i]-p), w*p*(1-p)
		}
	})
}

func resized(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

// columns draws those that the tree may ask about, ascending.
func (g *grower) columns(dice *rand.Rand) []int {
	var open []int
	for c, at := range g.cuts {
		if len(at) > 0 {
			open = append(open, c)
		}
	}
	n := int(math.Ceil(g.o.Columns * float64(len(open))))
	dice.Shuffle(len(open), func(i, j int) { open[i], open[j] = open[j], open[i] })
	open = open[:n]
	slices.Sort(open)
	return open
}

// level finds the best split of each of its nodes. A column is summed by one core
// in the order of rows; of equal gains the first column has it.
func (g *grower) level(nodes int, columns []int) []split {
	found := make([][]split, len(columns))
	stat.Blocks(len(columns), 1, func(at, _ int) {
		found[at] = g.columnSplits(nodes, columns[at])
	})
	best := make([]split, nodes)
	for _, splits := range found {
		for k, s := range splits {
			if s.gain > best[k].gain {
				best[k] = s
			}
		}
	}
	return best
}

// columnSplits are the best of one column.
func (g *grower) columnSplits(nodes, c int) []split {
	sums := make([][2]float64, nodes*bins)
	of := g.bin[c]
	for j, i := range g.chosen {
		s := &sums[int(g.node[i])*bins+int(of[i])]
		s[0] += g.slope[j]
		s[1] += g.bend[j]
	}
	splits := make([]split, nodes)
	for k := range splits {
		splits[k] = g.bestCut(sums[k*bins:(k+1)*bins], c)
	}
	return splits
}

func (g *grower) bestCut(sums [][2]float64, c int) split {
	var slope, bend float64
	for _, s := range sums {
		slope, bend = slope+s[0], bend+s[1]
	}
	worth := func(slope, bend float64) float64 { return slope * slope / (bend + g.o.Ridge) }
	before := worth(slope, bend)
	best := split{column: c}
	var left [2]float64
	for b := range g.cuts[c] {
		left[0], left[1] = left[0]+sums[b][0], left[1]+sums[b][1]
		if left[1] < g.o.Least || bend-left[1] < g.o.Least {
			continue
		}
		if gain := worth(left[0], left[1]) + worth(slope-left[0], bend-left[1]) - before; gain > best.gain {
			best.gain, best.bin = gain, uint8(b)
		}
	}
	return best
}

// descend sends all rows into the nodes below.
func (g *grower) descend(splits []split) {
	stat.Blocks(len(g.node), stride, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			s := &splits[g.node[i]]
			g.node[i] *= 2
			if s.gain > 0 && g.bin[s.column][i] > s.bin {
				g.node[i]++
			}
		}
	})
}

// leaves takes a step in each leaf.
func (g *grower) leaves() []float64 {
	sums := make([][2]float64, 1<<g.o.Depth)
	for j, i := range g.chosen {
		s := &sums[g.node[i]]
		s[0] += g.slope[j]
		s[1] += g.bend[j]
	}
	steps := make([]float64, len(sums))
	for k, s := range sums {
		steps[k] = g.o.Rate * s[0] / (s[1] + g.o.Ridge)
	}
	g.model.Leaf = append(g.model.Leaf, steps...)
	return steps
}

// raise adds the steps of a tree to the log-odds of all rows.
func (g *grower) raise(steps []float64) {
	for i, k := range g.node {
		g.logOdds[i] += steps[k]
	}
}
