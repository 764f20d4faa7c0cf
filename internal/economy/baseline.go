package economy

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

const (
	leastMonths = 12 // complete months that what is normal can be learned from, METHODS 5.4
	mostMonths  = 24
	youngMonths = 3   // of the records, in which everybody looks new
	complete    = 0.9 // share of a month's losses that must be known for it to be judged
)

// A baseline foresees how many of those who are due will never come: a logistic
// regression on what is known of a turn on its day, learned from some months and
// then left alone, so that a change shows as a difference from it.
type baseline struct {
	from, to int // months it was learned from, places in the tally; to is the last
	coef     []float64
	season   bool
}

const (
	columns = 1 + (nthBands - 1) + (gapBands - 1) + (tenureBands - 1) + (slowBands - 1) + (segments - 1) + 4
	// The weight of the prior that no mark matters: one standard deviation is an odds
	// ratio of e.
	priorPrecision  = 1
	seasonPrecision = 4
)

// row fills in the marks of a cell in a calendar month, 0 to 11.
func (b *baseline) row(x []float64, place, month int) {
	clear(x)
	x[0] = 1
	at := columns - 4
	for _, bands := range []int{segments, slowBands, tenureBands, gapBands, nthBands} {
		band := place % bands
		place /= bands
		at -= bands - 1
		if band > 0 {
			x[at+band-1] = 1
		}
	}
	if b.season {
		angle := 2 * math.Pi * float64(month) / 12
		x[columns-4], x[columns-3] = math.Sin(angle), math.Cos(angle)
		x[columns-2], x[columns-1] = math.Sin(2*angle), math.Cos(2*angle)
	}
}

// learn fits the baseline to the months from and to of a tally.
func learn(t *Tally, from, to int) *baseline {
	b := &baseline{from: from, to: to, coef: make([]float64, columns), season: to-from+1 >= mostMonths}
	b.coef[0] = -3
	x := make([]float64, columns)
	for range 30 {
		gradient, hessian := mat.NewVecDense(columns, nil), mat.NewSymDense(columns, nil)
		for j := range columns {
			precision := float64(priorPrecision)
			switch {
			case j == 0:
				precision = 0.01
			case j >= columns-4:
				precision = seasonPrecision
			}
			hessian.SetSym(j, j, precision)
			if j > 0 {
				gradient.SetVec(j, -precision*b.coef[j])
			}
		}
		for month := from; month <= to; month++ {
			for place := range cellsMonth {
				c := &t.cells[month*cellsMonth+place]
				if c.due == 0 {
					continue
				}
				b.row(x, place, int(t.first+int32(month))%12)
				p := b.at(x)
				for j, v := range x {
					if v == 0 {
						continue
					}
					gradient.SetVec(j, gradient.AtVec(j)+v*(t.gone(c)-c.due*p))
					for k := j; k < columns; k++ {
						if x[k] != 0 {
							hessian.SetSym(j, k, hessian.At(j, k)+c.due*p*(1-p)*v*x[k])
						}
					}
				}
			}
		}
		var chol mat.Cholesky
		step := mat.NewVecDense(columns, nil)
		if !chol.Factorize(hessian) || chol.SolveVecTo(step, gradient) != nil {
			break
		}
		largest := 0.0
		for j := range columns {
			d := math.Max(-2, math.Min(2, step.AtVec(j)))
			b.coef[j] += d
			largest = math.Max(largest, math.Abs(d))
		}
		if largest < 1e-9 {
			break
		}
	}
	return b
}

// gone is how many of a cell are lost: those called so or, while too few are known,
// with the chances of those who are silent.
func (t *Tally) gone(c *cell) float64 {
	if t.open {
		return c.gone + c.open
	}
	return c.gone
}

func (b *baseline) at(x []float64) float64 {
	sum := 0.0
	for j, v := range x {
		sum += v * b.coef[j]
	}
	return 1 / (1 + math.Exp(-sum))
}

// chance that a turn of a cell is the last one.
func (b *baseline) chance(x []float64, place, month int) float64 {
	b.row(x, place, month)
	return b.at(x)
}
