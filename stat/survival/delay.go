package survival

import (
	"math"

	"behold/stat"
)

// A Sighting counts customers who left in one period and were seen to have left
// some periods later, as without a contract they are.
type Sighting struct {
	Period int     // in which they left, ≥ 0
	Delay  int     // periods until it was seen, ≥ 0
	Count  float64 // customers (or money), ≥ 0
}

// A Delay says how long it takes until losses are seen.
type Delay struct {
	Complete []float64       // F, share seen after 0, 1, … periods; the last is 1
	Ranges   []stat.Interval // of Complete
	Counts   []Nowcast       // of the periods 0 … until
	Level    float64
	Caveats  []stat.Caveat
}

// A Nowcast is how many left in a period, those not seen yet included.
type Nowcast struct {
	Seen     float64
	Expected float64       // Seen/Complete; 0 where nothing is seen yet
	Range    stat.Interval // of Expected, from Seen up; open above where nothing is seen yet
	Complete float64       // share seen by now, of what left in that period
}

// FitDelay estimates how complete the losses of the latest periods are.
//
// Question: 14 are known to have left in March; how many will it be in the end?
//
// Input: sightings up to now, in any order, equal ones are added up; read only.
// until is the present period: Period + Delay ≤ until.
//
// Formula: the share seen after d periods is built from the longest delay back
// (Kaplan–Meier in reverse time; those seen late among those who could have been):
//
//	g(x) = seen with delay x / seen with delay ≤ x       periods ≤ until − x only
//	F(d) = Π_{x>d} (1 − g(x))                            Nowcast = seen/F
//
// with limits on ln F from Σ g/((1−g) n); the range of a Nowcast adds the chance
// that any of them is seen late, s(1−F)/F² for s seen.
//
// Output: Delay. "90 % complete after three months" is Complete[3].
//
// Errors: ErrTooFew (nothing seen); *InputError (a sighting out of its range, or
// yet to come); *OptionError (until, level). Caveats, in the result: few-left
// (fewer than 10 seen in all; Count); late-rare (the longest delay rests on fewer
// than 10 seen; Value). Delays longer than any yet are taken not to occur.
//
// Not where the delay itself changes, as when what counts as lost is redefined;
// and customers who came back leave the counts again: count them out first.
//
// Source: Lawless (1994), Canadian J. of Statistics 22, 15–31; the estimate is the
// chain ladder of insurers. On the triangle of Taylor and Ashe (1983) it gives
// the published 18,680,856 still to come: see TestFitDelay_TaylorAshe1983.
func FitDelay(seen []Sighting, until int, level float64) (*Delay, error) {
	level, err := checkLevel(level)
	if err != nil {
		return nil, err
	}
	counts, total, err := triangle(seen, until)
	if err != nil {
		return nil, err
	}
	longest := 0
	for _, row := range counts {
		for x, n := range row {
			if n > 0 {
				longest = max(longest, x)
			}
		}
	}
	d := &Delay{Level: level}
	variance := d.build(counts, longest)
	for period, row := range counts {
		d.Counts = append(d.Counts, d.nowcast(row, min(until-period, longest), variance))
	}
	if total < few {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "few-left", Count: int(total), Limit: few})
	}
	if n := seenWithin(counts, longest); n < few && total >= few {
		d.Caveats = append(d.Caveats, stat.Caveat{Code: "late-rare", Count: longest, Value: n, Limit: few})
	}
	return d, nil
}

// mostPeriods is a triangle of more cells than anybody has months for.
const mostPeriods = 5000

// triangle is the counts by period and delay; a period has as many delays as can
// have been seen.
func triangle(seen []Sighting, until int) (counts [][]float64, total float64, err error) {
	if until < 0 || until > mostPeriods {
		return nil, 0, &OptionError{"until", float64(until), "not 0 … 5,000"}
	}
	counts = make([][]float64, until+1)
	for period := range counts {
		counts[period] = make([]float64, until-period+1)
	}
	for i, s := range seen {
		switch {
		case s.Period < 0 || s.Period > until:
			return nil, 0, &InputError{i, "Period", float64(s.Period), "not one up to now"}
		case s.Delay < 0 || s.Delay > until-s.Period:
			return nil, 0, &InputError{i, "Delay", float64(s.Delay), "below 0, or yet to come"}
		case !(s.Count >= 0 && s.Count < 1e100):
			return nil, 0, &InputError{i, "Count", s.Count, "not a count of 0 or above"}
		}
		counts[s.Period][s.Delay] += s.Count
		total += s.Count
	}
	if total == 0 {
		return nil, 0, ErrTooFew
	}
	return counts, total, nil
}

// seenWithin adds up what was seen within a delay, of the periods that are old
// enough for it.
func seenWithin(counts [][]float64, delay int) (sum float64) {
	for _, row := range counts {
		for x := 0; x <= delay && len(row) > delay; x++ {
			sum += row[x]
		}
	}
	return sum
}

// build fills in Complete and Ranges and gives the variance of ln Complete.
func (d *Delay) build(counts [][]float64, longest int) (variance []float64) {
	d.Complete, d.Ranges, variance = make([]float64, longest+1), make([]stat.Interval, longest+1), make([]float64, longest+1)
	share, spread, z := 1.0, 0.0, normalLimit(d.Level)
	for x := longest; x >= 0; x-- {
		d.Complete[x], variance[x] = share, spread
		half := z * math.Sqrt(spread)
		d.Ranges[x] = stat.Interval{Low: share * math.Exp(-half), High: math.Min(1, share*math.Exp(half)), Level: d.Level}
		if share == 0 { // nobody old enough was seen any sooner
			d.Ranges[x] = stat.Interval{Low: 0, High: 1, Level: d.Level}
		}
		within, late := seenWithin(counts, x), 0.0
		for _, row := range counts {
			if len(row) > x {
				late += row[x]
			}
		}
		if within > 0 {
			share *= (within - late) / within
			if late < within {
				spread += late / ((within - late) * within)
			}
		}
	}
	return variance
}

func (d *Delay) nowcast(row []float64, delay int, variance []float64) Nowcast {
	n := Nowcast{Complete: d.Complete[delay], Range: stat.Interval{High: math.Inf(1), Level: d.Level}}
	for _, count := range row {
		n.Seen += count
	}
	n.Range.Low = n.Seen
	if n.Seen == 0 || n.Complete == 0 {
		return n
	}
	n.Expected = n.Seen / n.Complete
	own := n.Seen * (1 - n.Complete) / (n.Complete * n.Complete)
	half := normalLimit(d.Level) * math.Sqrt(own+n.Expected*n.Expected*variance[delay])
	n.Range.Low, n.Range.High = math.Max(n.Seen, n.Expected-half), n.Expected+half
	return n
}
