package lamp

import (
	"cmp"
	"math"

	"behold"
)

// The lamp rhythm (L01): has this customer been silent for longer than chance
// allows a customer who stays?
//
// In: the forecast's silence p (METHODS 2.3), of customers with at least two
// occasions; one who bought once has no gap of their own to point at.
//
// Lights: S ≤ A with A for 30/usual gap chances a month. S only falls while
// nothing is bought, so the day is known from the last purchase on, and looking
// daily costs nothing. Since is that day.
//
// Out: a purchase later than the one the silence was counted from, a customer
// who is lost (forecast's State, METHODS 5.1), or an account that is closed. A refit of the model does not put it out.
//
// Facts: occasions, usual_gap_days, usual_low_days, usual_high_days,
// back_within_days (of customers like this 80 % are), silent_days, first_order_on,
// last_order_on, lamp_on, one_in (of so many gaps one is as long).
// Rows: the orders of the last purchases.
//
// Fails: stocking up, merged accounts, a new account of the same company.
// Source: METHODS L01; its false alarms are counted in TestRhythmKeepsToTheDial.
const rhythmLeastOccasions = 2

func (d *desk) isSilent() bool {
	_, lit := d.test(behold.LampRhythm, d.f.SilenceP, gapsAMonth(d.f), d.f.Occasions >= rhythmLeastOccasions)
	return lit
}

func (d *desk) rhythmThreshold() float64 {
	return d.threshold(behold.LampRhythm, gapsAMonth(d.f))
}

// RhythmAt is the silence p at which the rhythm lamp lights for customers with a
// usual gap and a tenure in days: what forecast needs to foretell the day.
func (in *Company) RhythmAt(gap, tenure float64) float64 {
	a := threshold(in.share(behold.LampRhythm)*cmp.Or(in.Calibration.Scale, 1), in.Settings.FalseLamps, daysOfMonth/gap)
	return in.Calibration.Critical(behold.LampRhythm, in.Calibration.Cuts.class(gap, tenure), a)
}

// gapsAMonth is how often a month the customer completes a gap. The usual gap
// of one whose gaps have no mean is taken in the middle of their range.
func gapsAMonth(f *behold.Forecast) float64 {
	gap := f.UsualGap
	if gap <= 0 {
		gap = math.Sqrt(max(f.UsualLow, 1) * max(f.UsualHigh, 1))
	}
	return daysOfMonth / gap
}

func (d *desk) rhythm() (behold.Lamp, bool) {
	if !d.silent {
		return behold.Lamp{}, false
	}
	since := d.day
	if d.f.LampOn.Known() && d.f.LampOn < since {
		since = d.f.LampOn
	}
	return d.lit(behold.LampRhythm, since, d.f.SilenceP, d.rhythmThreshold(), d.rhythmEvidence()), true
}

func (d *desk) watchRhythm(l behold.Lamp) (behold.Lamp, bool) {
	last, told := l.Evidence.Fact("last_order_on")
	if told && d.f.Last > last.Day {
		return l, false
	}
	l.P, l.Strength, l.Evidence = d.f.SilenceP, strength(d.f.SilenceP), d.rhythmEvidence()
	return l, true
}

func (d *desk) rhythmEvidence() behold.Evidence {
	f := d.f
	return behold.Evidence{
		Facts: []behold.Fact{
			number("occasions", float64(f.Occasions)),
			number("usual_gap_days", math.Round(f.UsualGap)),
			number("usual_low_days", math.Round(f.UsualLow)),
			number("usual_high_days", math.Round(f.UsualHigh)),
			number("back_within_days", backWithin(f)),
			number("silent_days", float64(f.SilentDays)),
			number("one_in", oneIn(f.SilenceP)),
			on("first_order_on", f.First),
			on("last_order_on", f.Last),
			on("lamp_on", f.LampOn),
		},
		Rows: orders(d.lastPurchases(3)...),
	}
}

// backWithin is after how many days of silence 80 % are back.
func backWithin(f *behold.Forecast) float64 {
	if !f.ExpectedBy.Known() {
		return math.Round(f.UsualHigh)
	}
	return float64(f.ExpectedBy - f.Last)
}

// oneIn turns a chance into "one in so many", in the two figures that people
// can weigh: 1 in 60, not 1 in 59.5. Nothing is rarer than one in a thousand:
// further out the model has seen nobody.
func oneIn(p float64) float64 {
	n := 1 / max(p, 1e-3)
	unit := math.Pow(10, math.Max(0, math.Floor(math.Log10(n))-1))
	return math.Round(n/unit) * unit
}

// lastPurchases are the days of the customer's last n purchases, newest first.
func (d *desk) lastPurchases(n int) []behold.Day {
	var days []behold.Day
	for i := d.h.Start[d.k+1] - 1; i >= d.h.Start[d.k] && len(days) < n; i-- {
		if d.h.Purchase(i) {
			days = append(days, d.h.Day[i])
		}
	}
	return days
}

// strength is how much a lit lamp weighs, METHODS 2.6: 1 from p = 0.001 down.
func strength(p float64) float64 {
	return min(1, -math.Log10(max(p, 1e-300))/3)
}
