package survival

import (
	"math"

	"behold/stat"
)

// A design is the columns of a regression, centred and scaled, in an order of
// rows that does not depend on the input's.
type design struct {
	n       int
	x       []float64 // n × len(columns), row by row
	columns []int     // which column of the input each is
	mean    []float64 // of those columns
	scale   []float64
	prior   []float64 // precision of each, in the scaled unit
}

// newDesign takes the columns of row(0) … row(n−1), subtracts their mean and
// divides by their standard deviation, both weighted. Columns without one are
// dropped.
func newDesign(weight []float64, row func(i int) []float64, prior []float64) (d design, caveats []stat.Caveat) {
	d.n = len(weight)
	p := len(row(0))
	d.x = make([]float64, d.n*p)
	stat.Blocks(d.n, block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			copy(d.x[i*p:], row(i))
		}
	})
	mean, scale := spread(d.x, weight, p)
	var kept []int
	for j := range p {
		d.columns = append(d.columns, j)
		precision := 0.0
		if prior[j] > 0 {
			precision = 1 / (scale[j] * prior[j]) / (scale[j] * prior[j])
		}
		d.prior = append(d.prior, precision)
		if scale[j] == 0 {
			caveats = append(caveats, stat.Caveat{Code: "constant", Count: j, Value: mean[j]})
			continue
		}
		kept = append(kept, j)
	}
	d.mean, d.scale = mean, scale
	if len(kept) < p {
		d.keep(kept)
	}
	p = len(kept)
	stat.Blocks(d.n, block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			for a := range p {
				d.x[i*p+a] = (d.x[i*p+a] - d.mean[a]) / d.scale[a]
			}
		}
	})
	return d, caveats
}

// spread is mean and standard deviation of each column; 0 when that is no more
// than the rounding of its largest number. It divides by that number first, as
// squares may overflow.
func spread(x, weight []float64, p int) (mean, deviation []float64) {
	largest, total := make([]float64, p), 0.0
	mean, deviation = make([]float64, p), make([]float64, p)
	for i := range weight {
		for j, v := range x[i*p : i*p+p] {
			largest[j] = math.Max(largest[j], math.Abs(v))
		}
	}
	for i, w := range weight {
		total += w
		for j, v := range x[i*p : i*p+p] {
			if v != 0 {
				mean[j] += w * (v / largest[j])
			}
		}
	}
	for j := range mean {
		mean[j] /= total
	}
	for i, w := range weight {
		for j, v := range x[i*p : i*p+p] {
			if largest[j] > 0 {
				off := v/largest[j] - mean[j]
				deviation[j] += w * off * off
			}
		}
	}
	for j := range mean {
		deviation[j] = math.Sqrt(deviation[j] / total)
		if deviation[j] < 1e-13 {
			deviation[j] = 0
		}
		mean[j] *= largest[j]
		deviation[j] *= largest[j]
	}
	return mean, deviation
}

// keep drops all columns but the given ones of the kept.
func (d *design) keep(kept []int) {
	p := len(d.columns)
	pick := func(xs []float64) (out []float64) {
		for _, a := range kept {
			out = append(out, xs[a])
		}
		return out
	}
	columns := make([]int, len(kept))
	for i, a := range kept {
		columns[i] = d.columns[a]
	}
	x := make([]float64, 0, d.n*len(kept))
	for i := range d.n {
		for _, a := range kept {
			x = append(x, d.x[i*p+a])
		}
	}
	d.mean, d.scale, d.prior = pick(d.mean), pick(d.scale), pick(d.prior)
	d.columns, d.x = columns, x
}

// scaled is one row of columns of the input in the scale of the design.
func scaled(x []float64, columns []int, mean, scale []float64) []float64 {
	z := make([]float64, len(columns))
	for a, j := range columns {
		z[a] = (x[j] - mean[a]) / scale[a]
	}
	return z
}
