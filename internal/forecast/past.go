package forecast

import (
	"math"

	"behold"
)

// The columns that only the trees look at, after those of the logistic. A line
// would be led astray by so many that say nearly the same.
const (
	colCalendar    = columns + iota // ln(1 + calendar days of silence)
	colDecay45                      // ln(1 + purchase days, each worth half after 45 days)
	colDecay90                      // after 90
	colDecay180                     // after 180
	colDecaySpend                   // the same of ln(1 + spend)
	colMonths6                      // 30-day spans of the last 6 with a purchase
	colMonths12                     // of the last 12
	colOwnReturn                    // logit of the share of own gaps, as long as this silence, that lasted past the horizon, drawn to the engine's
	colOwnLong                      // share of own gaps longer than the horizon
	colGapsLately                   // mean ln of the last three gaps less the mean ln of all
	colSilenceOwn                   // ln(1 + s) less the mean ln of the gaps
	colSilenceNow                   // the same of the last three
	colAround                       // ln(1 + purchase days in last year's window, 30 days wider on both sides)
	colBeforeThen                   // ln(1 + purchase days in the 90 days before that window)
	colTwoYears                     // ln(1 + purchase days in the window two years ago)
	colSeasonSpend                  // ln(1 + spend in last year's window)
	colSilenceThen                  // ln(1 + silence a year ago)
	colCreditDays                   // days with a credit, ln
	colCreditShare                  // the same over purchase days
	colCreditAgo                    // ln(1 + days since the last one)
	colMaxValue                     // ln(1 + the dearest purchase day)
	colValueSpread                  // standard deviation of ln(1 + spend a purchase day)
	colFirstValue                   // ln(1 + spend on the first)
	colTold                         // what a tale tells
	wide           = colTold + told
)

const (
	longAgo    = 400.0 // days, of what has never been
	monthsKept = 12
	lately     = 3
)

// A past gathers, beside the walk, what only the trees look at.
type past struct {
	silence, window  float64 // of today; of the horizon, on the clock
	decay            float64 // Σ ½^(ago/180) and its square and fourth power
	decay2, decay4   float64
	decaySpend       float64
	months           [monthsKept]bool
	still, over      float64 // own gaps longer than the silence; of them longer by the window
	long             float64
	lastLogs         [lately]float64
	around, before   float64
	twoYears, spend  float64
	then             float64
	creditDays       float64
	lastCredit       behold.Day
	most, first      float64
	values, squares2 float64
}

func (w *walk) pastVisit(i int, net, at float64, bought bool) {
	p, h := &w.past, w.h
	if h.Credited[i] < 0 {
		p.creditDays++
		p.lastCredit = h.Day[i]
	}
	if !bought {
		return
	}
	ago, value := w.now-at, math.Log1p(net)
	half := math.Exp2(-ago / 180)
	p.decay += half
	p.decay2 += half * half
	p.decay4 += half * half * half * half
	p.decaySpend += half * value
	if m := int(ago / 30); ago >= 0 && m < monthsKept {
		p.months[m] = true
	}
	p.most = math.Max(p.most, net)
	p.values += value
	p.squares2 += value * value
	p.lastYear(h.Day[i], w.lastYear, behold.Day(w.horizon), net)
}

// lastYear counts a purchase day near the window of the year before.
func (p *past) lastYear(day, from, horizon behold.Day, net float64) {
	ago := day - from
	if ago <= 0 {
		p.then = float64(-ago)
	}
	switch {
	case ago > 0 && ago <= horizon:
		p.spend += net
	case ago > -yearDays && ago <= horizon-yearDays:
		p.twoYears++
	}
	if ago > -30 && ago <= horizon+30 {
		p.around++
	}
	if ago > -90 && ago <= 0 {
		p.before++
	}
}

// pastGap sees a gap between two purchase days.
func (p *past) pastGap(gap, ln float64, n int) {
	if gap > p.silence {
		p.still++
		if gap > p.silence+p.window {
			p.over++
		}
	}
	if gap > p.window {
		p.long++
	}
	p.lastLogs[n%lately] = ln
}

// finishPast turns sums into columns.
func (w *walk) finishPast(gap float64) {
	p, row := &w.past, w.row
	days := math.Max(w.days, 1)
	row[colCalendar] = math.Log1p(float64(w.h.AsOf - w.lastDay))
	row[colDecay45], row[colDecay90], row[colDecay180] = math.Log1p(p.decay4), math.Log1p(p.decay2), math.Log1p(p.decay)
	row[colDecaySpend] = math.Log1p(p.decaySpend)
	for m, bought := range p.months {
		if bought {
			row[colMonths12]++
			if m < monthsKept/2 {
				row[colMonths6]++
			}
		}
	}
	const drawn = 2 // gaps that the engine's chance is worth
	engine := logistic(row[colEngine])
	row[colOwnReturn] = logit((p.over + drawn*engine) / (p.still + drawn))
	row[colOwnLong] = (p.long + 0.5) / (w.gaps + 1)
	mean, late := math.Log(gap), math.Log(gap)
	if w.gaps > 0 {
		mean, late = w.logs/w.gaps, 0
		n := math.Min(w.gaps, lately)
		for _, ln := range p.lastLogs {
			late += ln / n
		}
	}
	row[colGapsLately] = late - mean
	row[colSilenceOwn], row[colSilenceNow] = row[colSilence]-mean, row[colSilence]-late
	row[colCreditDays], row[colCreditShare] = math.Log1p(p.creditDays), p.creditDays/days
	row[colCreditAgo] = math.Log1p(longAgo)
	if p.creditDays > 0 {
		row[colCreditAgo] = math.Log1p(math.Min(longAgo, float64(w.h.AsOf-p.lastCredit)))
	}
	row[colMaxValue], row[colFirstValue] = math.Log1p(p.most), math.Log1p(p.first)
	row[colValueSpread] = math.Sqrt(math.Max(0, p.squares2/days-p.values*p.values/days/days))
	if w.from > w.lastYear {
		return // there is no year before
	}
	row[colAround], row[colBeforeThen], row[colTwoYears] = math.Log1p(p.around), math.Log1p(p.before), math.Log1p(p.twoYears)
	row[colSeasonSpend] = math.Log1p(p.spend)
	row[colSilenceThen] = math.Log1p(math.Min(longAgo, p.then))
}
