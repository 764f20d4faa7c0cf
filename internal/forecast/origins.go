package forecast

import (
	"math"

	"behold"
)

// trainingRows are features with outcomes, origins one after another.
type trainingRows struct {
	x       []float64
	y       []float64
	w       []float64
	origin  []int
	origins []behold.Day
	overlap float64 // rows a customer has within one horizon
}

func (f *fitting) trainingRows() (*trainingRows, error) {
	rows := &trainingRows{overlap: math.Max(1, float64(f.horizon)/originStep)}
	each := maxRows / maxOrigins
	weight := 1.0
	for j := range maxOrigins {
		t := f.h.AsOf - behold.Day(f.horizon+j*originStep)
		if t-f.from < minPast {
			break
		}
		if err := f.addOrigin(rows, t, each, weight); err != nil {
			return nil, err
		}
		weight *= originAge
	}
	return rows, nil
}

// addOrigin sees the company as on day t and adds what became of the customers.
func (f *fitting) addOrigin(rows *trainingRows, t behold.Day, each int, weight float64) error {
	past := f.h.Until(t)
	clock := FitClock(f.days, t, f.s.Country)
	s, err := f.sceneAt(past, &clock)
	if err != nil {
		return err
	}
	var near, far []int
	for k, n := range s.occ.Count {
		switch {
		case n == 0:
		case t-s.occ.Last[k] <= behold.Day(2*f.horizon):
			near = append(near, k)
		default:
			far = append(far, k)
		}
	}
	if len(near) == 0 {
		return nil
	}
	near, far = stride(near, each*3/4), stride(far, each/4)
	farWeight := math.Min(1, float64(len(near))/math.Max(1, float64(len(far))))
	chosen := append(near, far...)
	x := s.matrix(chosen)
	centreSeason(x)
	rows.x = append(rows.x, x...)
	for i, k := range chosen {
		w := weight
		if i >= len(near) {
			w *= farWeight
		}
		rows.w = append(rows.w, w)
		rows.y = append(rows.y, bought(f.h, k, t, t+behold.Day(f.horizon)))
		rows.origin = append(rows.origin, len(rows.origins))
	}
	rows.origins = append(rows.origins, t)
	return nil
}

// bought is 0 if customer k bought in (from, to], else 1.
func bought(h *behold.Histories, k int, from, to behold.Day) float64 {
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Day[i] > from && h.Day[i] <= to && h.Purchase(i) {
			return 0
		}
	}
	return 1
}

// stride takes at most n of all, evenly.
func stride[T any](all []T, n int) []T {
	if len(all) <= n {
		return all
	}
	some := make([]T, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// centreSeason takes the mean of the origin from the columns of last year's window.
func centreSeason(x []float64) [3]float64 {
	var mean [3]float64
	n := float64(len(x) / columns)
	for j, c := range seasonColumns {
		for i := c; i < len(x); i += columns {
			mean[j] += x[i] / n
		}
		for i := c; i < len(x); i += columns {
			x[i] -= mean[j]
		}
	}
	return mean
}
