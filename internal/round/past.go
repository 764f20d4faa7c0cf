package round

import (
	"behold"
	"behold/internal/lamp"
)

// The past months that lamps are calibrated on (METHODS 3.2).
const (
	replayStep      = 30     // days between two of them
	replayMonths    = 18     // at most
	replayLeast     = 12     // of them, however many customers there are
	replayCustomers = 10_000 // that are replayed
	replaySize      = 120_000
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
	p := &pasts{w: w, people: some}
	months := min(replayMonths, max(replayLeast, replaySize/max(1, some.h.Len())))
	for j := range months {
		t := w.Day - behold.Day(w.Model.Horizon+j*replayStep)
		if t-w.Model.From < replayRecords {
			break
		}
		p.days = append(p.days, t)
	}
	return lamp.Replay(w.company, &lamp.Past{H: some.h, Deals: some.deals, F: now}, p)
}

// pasts are the customers as they stood on earlier days, with what became of them.
type pasts struct {
	w      *Walk
	people *people
	days   []behold.Day
	room   people // of the month that was asked for last
}

func (p *pasts) Months() int { return len(p.days) }

func (p *pasts) Past(month int) lamp.Past {
	t, h := p.days[month], p.people.h
	p.people.untilInto(&p.room, t)
	past := lamp.Past{H: p.room.h, Deals: p.room.deals, F: p.w.Model.Glances(p.room.h), Stayed: make([]bool, h.Len())}
	for k := range h.Customer {
		past.Stayed[k] = boughtWithin(h, k, t, t+behold.Day(p.w.Model.Horizon))
	}
	return past
}

func (p *pasts) Some(month int, chosen []int) lamp.Past {
	then := p.people.pick(chosen).until(p.days[month])
	return lamp.Past{H: then.h, Deals: then.deals}
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
