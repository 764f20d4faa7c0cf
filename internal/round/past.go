package round

import (
	"behold"
	"behold/internal/lamp"
)

// The past months that lamps are calibrated on (METHODS 3.2).
const (
	replayStep      = 30     // days between two of them
	replayMonths    = 18     // at most
	replayLeast     = 6      // of them, however many customers there are
	replayCustomers = 20_000 // that are replayed
	replaySize      = 200_000
	replayRecords   = 120 // days of records before the earliest
)

// replay walks the months of the past whose outcomes are known.
func (w *Walk) replay(learn *people, f []behold.Forecast) lamp.Calibration {
	chosen := everyNth(learn.h.Len(), replayCustomers)
	some, now := learn, f
	if len(chosen) < learn.h.Len() {
		some = learn.pick(chosen)
		now = make([]behold.Forecast, len(chosen))
		for i, k := range chosen {
			now[i] = f[k]
		}
	}
	months := min(replayMonths, max(replayLeast, replaySize/max(1, some.h.Len())))
	var pasts []lamp.Past
	for j := range months {
		t := w.Day - behold.Day(w.Model.Horizon+j*replayStep)
		if t-w.Model.From < replayRecords {
			break
		}
		pasts = append(pasts, w.past(some, t))
	}
	return lamp.Replay(w.company, &lamp.Past{H: some.h, Deals: some.deals, F: now}, pasts)
}

// past is how the customers stood on an earlier day, with what became of them.
func (w *Walk) past(p *people, t behold.Day) lamp.Past {
	then := p.until(t)
	past := lamp.Past{H: then.h, Deals: then.deals, F: w.Model.Forecasts(then.h), Stayed: make([]bool, p.h.Len())}
	for k := range p.h.Customer {
		past.Stayed[k] = boughtWithin(p.h, k, t, t+behold.Day(w.Model.Horizon))
	}
	return past
}

// boughtWithin says whether customer k bought in (from, to].
func boughtWithin(h *behold.Histories, k int, from, to behold.Day) bool {
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Day[i] > from && h.Day[i] <= to && h.Purchase(i) {
			return true
		}
	}
	return false
}

// everyNth are at most most of n places, evenly.
func everyNth(n, most int) []int {
	places := make([]int, min(n, most))
	for i := range places {
		places[i] = i * n / len(places)
	}
	return places
}
