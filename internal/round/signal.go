package round

import (
	"behold"
	"behold/internal/forecast"
	"behold/internal/lamp"
)

// weighed are the lamps that move the chance to leave: all but the rhythm, which
// the chance rests on already, and closed_or_moved, after which there is none.
func weighed() []lamp.Rule {
	var rules []lamp.Rule
	for _, r := range lamp.Rules() {
		if r.Kind != behold.LampRhythm && r.Kind != behold.LampClosed {
			rules = append(rules, r)
		}
	}
	return rules
}

// signals are the strengths of lit lamps, customer by customer in the order of f,
// which is that of their numbers.
func signals(f []behold.Forecast, lists ...[]behold.Lamp) *forecast.Signals {
	rules := weighed()
	s := &forecast.Signals{Strength: make([]float64, len(f)*len(rules))}
	column := map[behold.LampKind]int{}
	for j, r := range rules {
		s.Names = append(s.Names, string(r.Kind))
		s.Prior = append(s.Prior, r.Weight)
		column[r.Kind] = j
	}
	for _, list := range lists {
		for i := range list {
			k, here := lamp.Place(f, list[i].Customer)
			if j, counts := column[list[i].Kind]; here && counts {
				at := &s.Strength[k*len(rules)+j]
				*at = max(*at, list[i].Strength)
			}
		}
	}
	return s
}

// learnSignals finds out what the lamps add to the chance to leave, from what was
// lit on earlier days and what came of it.
func (w *Walk) learnSignals(learn *people) error {
	place := make(map[int32]int, learn.h.Len())
	for k, number := range learn.h.Customer {
		place[number] = k
	}
	return w.Model.FitSignals(learn.h, func(day behold.Day, past *behold.Histories) (*forecast.Signals, error) {
		chosen := make([]int, past.Len())
		for i, number := range past.Customer {
			chosen[i] = place[number]
		}
		f := w.Model.Glances(past)
		return signals(f, lamp.Judge(w.company, past, learn.deals.Pick(chosen).Until(day), f)), nil
	})
}

// Weigh finishes forecasts with the lamps of the day: the chance to leave, and with it the money at risk that the lamps tell.
func (w *Walk) Weigh(f []behold.Forecast, lists ...[]behold.Lamp) error {
	if _, err := w.Model.Weigh(f, signals(f, lists...)); err != nil {
		return err
	}
	for _, list := range lists {
		lamp.Price(list, f)
	}
	return nil
}
