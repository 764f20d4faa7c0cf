package lamp

import (
	"math"
	"slices"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

// A Drift gathers what shows whether a company is still the one that its model
// was learned from (METHODS 12.4): See is given every customer once, in runs, and
// Months and Shifts say what came of it. Day is the last day that is known, From
// the first.
type Drift struct {
	Day, From behold.Day

	gaps   [driftMonths][]float64 // how surprising each completed gap was, by month
	inputs [3]compared
}

// compared are the figures of this quarter and of the year before it.
type compared struct{ now, before []float64 }

// A GapMonth says whether the gaps that were completed in a month were as long as
// the model expected.
type GapMonth struct {
	Month   behold.Day `json:"month"` // its last day: months of 30 days end on the day of the report
	Gaps    int        `json:"gaps"`
	KS      float64    `json:"ks"`             // largest distance from what was expected
	Most    float64    `json:"ks_limit"`       // 1.36/√n
	Long    float64    `json:"share_below_05"` // share of gaps that only 5 in 100 should exceed
	Drifted bool       `json:"drifted"`
}

// A Shift says whether one of the inputs has another distribution this quarter
// than in the year before.
type Shift struct {
	Input        string   `json:"input"` // gap_days, spend or orders_a_month
	Now          int      `json:"cases"`
	Before       int      `json:"cases_before"`
	Median       *float64 `json:"median"` // null: no cases
	MedianBefore *float64 `json:"median_before"`
	PSI          *float64 `json:"psi"` // null: fewer than 200 cases on either side
	Shifted      bool     `json:"shifted"`
}

const (
	driftMonths  = 12
	driftMonth   = 30   // days
	driftQuarter = 91   // days
	driftYear    = 365  // days
	leastGaps    = 100  // of a month, for it to be judged
	leastShifted = 200  // cases on either side
	mostPSI      = 0.2  // METHODS 12.4
	ksLimit      = 1.36 // 5 % point of √n·D, Smirnov (1948)
	longLeast    = 0.03 // METHODS 12.4: of gaps that 5 in 100 should exceed
	longMost     = 0.08
)

// inputs of Shifts, in the order in which they are told.
func driftInputs() [3]string { return [3]string{"gap_days", "spend", "orders_a_month"} }

// See takes in a run of customers.
func (d *Drift) See(w *Company, h *behold.Histories) {
	const block = 512
	parts := make([]Drift, (h.Len()+block-1)/block)
	stat.Blocks(h.Len(), block, func(lo, hi int) {
		mine := &parts[lo/block]
		mine.Day, mine.From = d.Day, d.From
		for k := lo; k < hi; k++ {
			mine.seeGaps(w, h, k)
			mine.seeSpend(h, k)
			mine.seeOrders(w, h, k)
		}
	})
	for i := range parts {
		for m := range d.gaps {
			d.gaps[m] = append(d.gaps[m], parts[i].gaps[m]...)
		}
		for j := range d.inputs {
			d.inputs[j].now = append(d.inputs[j].now, parts[i].inputs[j].now...)
			d.inputs[j].before = append(d.inputs[j].before, parts[i].inputs[j].before...)
		}
	}
}

// put files a figure under this quarter or the year before it.
func (d *Drift) put(input int, day behold.Day, x float64) {
	switch c := &d.inputs[input]; {
	case day > d.Day:
	case day > d.Day-driftQuarter:
		c.now = append(c.now, x)
	case day > d.Day-driftQuarter-driftYear:
		c.before = append(c.before, x)
	}
}

// seeGaps takes in the completed gaps of customer k, in the company's own time.
func (d *Drift) seeGaps(w *Company, h *behold.Histories, k int) {
	known := !w.Rhythm.Borrowed && len(w.Rhythm.Shapes) > 0
	eachGap(w, h, k, func(b repurchase.Buyer, begin, end behold.Day) {
		if end > d.Day || end <= d.Day-driftQuarter-driftYear || b.Repeats < rhythmLeastOccasions-1 || end-begin > longestGap {
			return
		}
		gap := w.Clock.Between(begin, end)
		d.put(0, end, gap)
		month := int(d.Day-end) / driftMonth
		if !known || month >= driftMonths {
			return
		}
		before := w.Rhythm.SilenceAt(b, max(0, w.Clock.Between(begin, end-1)))
		after := w.Rhythm.SilenceAt(b, gap)
		if u := after + (before-after)*between(h.Customer[k], end); !math.IsNaN(u) {
			d.gaps[month] = append(d.gaps[month], u)
		}
	})
}

// between spreads a gap over the day on which it ended: a fraction that is as
// good as drawn by lot, and the same every time.
func between(customer int32, day behold.Day) float64 {
	x := uint64(uint32(customer))<<32 | uint64(uint32(day))
	x ^= x >> 31
	x *= 0x9e3779b97f4a7c15
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 32
	return (float64(x>>11) + 0.5) / (1 << 53)
}

func (d *Drift) seeSpend(h *behold.Histories, k int) {
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Purchase(i) {
			d.put(1, h.Day[i], behold.Money{Minor: h.Bought[i] + h.Credited[i], Currency: h.Currency}.Major())
		}
	}
}

// seeOrders counts how often a month customer k bought in each of the five
// quarters, of those before which they had bought within a year.
func (d *Drift) seeOrders(w *Company, h *behold.Histories, k int) {
	for quarter := range 5 {
		end := d.Day - behold.Day(quarter*driftQuarter)
		begin := end - driftQuarter
		if begin-driftYear < d.From {
			return
		}
		n, met, last := 0, false, behold.NoDay
		for i := h.Start[k]; i < h.Start[k+1]; i++ {
			day := h.Day[i]
			if !h.Purchase(i) || day <= begin-driftYear || day > end {
				continue
			}
			switch {
			case day <= begin:
				met = true
			case !last.Known() || int(day-last) > w.Settings.MergeDays:
				n++
			}
			last = day
		}
		if met {
			d.put(2, end, float64(n)*daysOfMonth/driftQuarter)
		}
	}
}

// Months answers: do the customers still come back as the model expects?
//
// Method (METHODS 12.4): the chance S that a gap lasts longer than it did, given
// what the customer had done before it, is uniform if the model is right; a gap
// that ended on a day is spread over that day. A month has drifted when both the
// largest distance from uniform exceeds 1.36/√n (Kolmogorov, 5 %) and the share of
// gaps with S ≤ .05 lies outside .03–.08: with many gaps the first alone sees
// what is too small to matter.
//
// Output: one for each of the last twelve months of 30 days, the latest last;
// months with fewer than 100 gaps are left out.
//
// Caveats: gaps that are not completed yet do not count, so that a new slowness
// shows a gap later. Model and clock are today's. TestGapsDrift simulates both a
// company that keeps its rhythm and one that slows down.
func (d *Drift) Months() []GapMonth {
	all := []GapMonth{}
	for j := driftMonths - 1; j >= 0; j-- {
		u := slices.Sorted(slices.Values(d.gaps[j]))
		n := float64(len(u))
		if len(u) < leastGaps {
			continue
		}
		m := GapMonth{Month: d.Day - behold.Day(j*driftMonth), Gaps: len(u), Most: ksLimit / math.Sqrt(n)}
		long := 0
		for i, x := range u {
			m.KS = max(m.KS, x-float64(i)/n, float64(i+1)/n-x)
			if x <= 0.05 {
				long++
			}
		}
		m.Long = float64(long) / n
		m.Drifted = m.KS > m.Most && (m.Long < longLeast || m.Long > longMost)
		all = append(all, m)
	}
	return all
}

// Shifts answers: are gaps, amounts and orders a month still what they were?
//
// Method: the population stability index Σ (p−q)·ln(p/q) over the tenths of the
// year before, with half a case added to each; above .2 counts as shifted
// (METHODS 12.4). Gaps are those completed in the time, in the company's own time,
// so that the season is out of them; amounts are of a day's purchases; orders a
// month are of customers who had bought within the year before the quarter.
//
// Caveats: the season is not out of amounts and orders. Fewer than 200 cases on
// either side give no index.
func (d *Drift) Shifts() []Shift {
	all := make([]Shift, len(d.inputs))
	for j, name := range driftInputs() {
		c := &d.inputs[j]
		s := Shift{Input: name, Now: len(c.now), Before: len(c.before)}
		s.Median, s.MedianBefore = middle(c.now), middle(c.before)
		if s.Now >= leastShifted && s.Before >= leastShifted {
			index := stability(c.before, c.now)
			s.PSI, s.Shifted = &index, index > mostPSI
		}
		all[j] = s
	}
	return all
}

func middle(xs []float64) *float64 {
	if len(xs) == 0 {
		return nil
	}
	m := medianOf(xs)
	return &m
}

// stability is the population stability index of now against the tenths of before.
func stability(before, now []float64) float64 {
	sorted := slices.Sorted(slices.Values(before))
	var cuts []float64
	for i := 1; i < 10; i++ {
		if c := sorted[i*len(sorted)/10]; len(cuts) == 0 || c > cuts[len(cuts)-1] {
			cuts = append(cuts, c)
		}
	}
	shares := func(xs []float64) []float64 {
		p := make([]float64, len(cuts)+1)
		for _, x := range xs {
			at, _ := slices.BinarySearch(cuts, x)
			p[at]++
		}
		for i := range p {
			p[i] = (p[i] + 0.5) / (float64(len(xs)) + 0.5*float64(len(p)))
		}
		return p
	}
	p, q := shares(now), shares(before)
	index := 0.0
	for i := range p {
		index += (p[i] - q[i]) * math.Log(p[i]/q[i])
	}
	return index
}
