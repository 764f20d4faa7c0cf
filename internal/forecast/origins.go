package forecast

import (
	"math"
	"slices"

	"behold"
)

// trainingRows are features with outcomes, origins one after another.
type trainingRows struct {
	x       []float64 // wide columns each
	y       []float64
	w       []float64
	near    []bool  // silent for at most two horizons
	who     []int32 // numbers of the customers
	origin  []int
	origins []behold.Day
	overlap float64 // rows a customer has within one horizon
}

// trainingRows sees the company as of up to 18 days in the past, a month apart, or
// less where the records are short.
func (f *fitting) trainingRows() (*trainingRows, error) {
	last := f.h.AsOf - behold.Day(f.horizon)
	step := min(max(int(last-f.from-minPast)/maxOrigins, originLeast), originStep)
	rows := &trainingRows{overlap: math.Max(1, float64(f.horizon)/float64(step))}
	for j := range maxOrigins {
		t := last - behold.Day(j*step)
		if t-f.from < minPast {
			break
		}
		weight := math.Pow(originAge, float64(j*step)/originStep)
		if err := f.addOrigin(rows, t, maxRows/maxOrigins, weight); err != nil {
			return nil, err
		}
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
		rows.w, rows.near = append(rows.w, w), append(rows.near, i < len(near))
		rows.who = append(rows.who, f.h.Customer[k])
		rows.y = append(rows.y, bought(f.h, k, t, t+behold.Day(f.horizon)))
		rows.origin = append(rows.origin, len(rows.origins))
	}
	rows.origins = append(rows.origins, t)
	return nil
}

// after are at most n rows, evenly, of the origins from the given one on, which
// then is the first.
func (r *trainingRows) after(from, n int) *trainingRows {
	first, _ := slices.BinarySearch(r.origin, from)
	count := len(r.y) - first
	n = min(n, count)
	later := &trainingRows{origins: r.origins[from:], overlap: r.overlap}
	for j := range n {
		i := first + j*count/n
		later.x = append(later.x, r.x[i*wide:(i+1)*wide]...)
		later.y, later.w = append(later.y, r.y[i]), append(later.w, r.w[i])
		later.origin = append(later.origin, r.origin[i]-from)
	}
	return later
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
func centreSeason(x []float64) []float64 {
	season := seasonColumns()
	mean := make([]float64, len(season))
	n := float64(len(x) / wide)
	for j, c := range season {
		for i := c; i < len(x); i += wide {
			mean[j] += x[i] / n
		}
		for i := c; i < len(x); i += wide {
			x[i] -= mean[j]
		}
	}
	return mean
}
