package round

import (
	"behold"
	"behold/internal/lamp"
)

const (
	groundsMonths = 24 // how long ago a customer may have fallen silent for the reason still to be looked for
	groundsStep   = 30 // days
	groundsViews  = 3  // months that are looked at
)

// grounds asks for the reasons of those who have a lamp, fall silent or are lost,
// by customer. The records of those who fell silent are read as of about the day
// on which they were missed: what has come in since says little about why.
func (w *Walk) grounds(p *people, f []behold.Forecast, lamps ...[]behold.Lamp) map[int32]behold.Grounds {
	lit := map[int32]bool{}
	for _, list := range lamps {
		for i := range list {
			lit[list[i].Customer] = true
		}
	}
	var months [groundsMonths + 1][]int
	for k := range f {
		switch missed := w.missed(&f[k]); {
		case missed >= 0 && missed <= groundsMonths:
			months[missed] = append(months[missed], k)
		case missed < 0 && lit[f[k].Customer]:
			months[0] = append(months[0], k)
		}
	}
	found := map[int32]behold.Grounds{}
	for j, chosen := range months {
		if len(chosen) == 0 {
			continue
		}
		then := p.pick(chosen)
		for i, g := range lamp.Reasons(w.company, w.views(then, j)) {
			lamp.Say(&g, p.deals, chosen[i])
			found[g.Customer] = g
		}
	}
	return found
}

// views are the customers as of the month in which they were missed and the ones
// before it; of those who are still there, today alone.
func (w *Walk) views(p *people, month int) []lamp.Past {
	if month == 0 {
		return []lamp.Past{{H: p.h, Deals: p.deals, F: w.Model.Glances(p.h)}}
	}
	var views []lamp.Past
	for back := range groundsViews {
		then := p.until(w.Day - behold.Day((month+back)*groundsStep))
		views = append(views, lamp.Past{H: then.h, Deals: then.deals, F: w.Model.Glances(then.h)})
	}
	return views
}

// missed is how many months ago a customer who is silent or lost was due; -1 of
// one who is not.
func (w *Walk) missed(f *behold.Forecast) int {
	if f.Occasions == 0 || f.State != behold.Quiet && f.State != behold.Lost && f.State != behold.Closed {
		return -1
	}
	due := f.Last + behold.Day(f.UsualGap)
	if due >= w.Day {
		return 0
	}
	return int(w.Day-due) / groundsStep
}
