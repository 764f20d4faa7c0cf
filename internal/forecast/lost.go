package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

const (
	lostReturns   = 0.15   // at most such a share of the lost come back within a year, METHODS 5.1
	lostCases     = 50     // silences below which a share of returns is not judged
	lostSilent    = 30     // days that nobody is lost before, METHODS 5.1
	lostWarned    = 90     // days that the rhythm lamp must have had to burn before
	lostSample    = 5_000  // customers whose silences are replayed
	lostSilences  = 40_000 // and silences of them
	cautiousLost  = 0.001  // silence p of the lost where the company's returners do not say
	cautiousYear  = 0.02   // the same after a year of silence
	returnedDays  = 90     // that one who came back counts as returned: the time in which a second purchase shows whether it lasts
	lostLevelTail = 0.025  // outside either end of a 95 % interval
)

// lostLevels are the silence p at which a loss may be called, METHODS 5.1.
func lostLevels() [6]float64 { return [6]float64{.2, .1, .05, .02, .01, .005} }

// Lost says from which silence on a customer is called lost, and how many of
// those who were silent like that came back within a year. The zero Lost calls
// nobody lost.
type Lost struct {
	A          float64 // lost at a silence p of at most A
	AfterYear  float64 // and at most AfterYear once the silence has lasted for 365 days; A where A is calibrated
	Cases      int     // silences that fell to A a year ago or more; where not calibrated, to the least level judged, or to 0.2 if none was
	Returned   int     // of them, those that a purchase ended within a year
	Low, High  float64 // 95 % interval of that share; 0 to 1 without cases
	Calibrated bool    // A rests on those cases; else it is the cautious one
}

// A pause is a silence after an occasion, with what was known when it began.
type pause struct {
	buyer      repurchase.Buyer // T is t_x: of that day
	last, next behold.Day       // the days of the occasions around it; next is NoDay while it lasts
}

// A look is how a pause was seen on a day.
type look struct {
	days    int32   // calendar days since the last occasion
	silence float64 // S
	warned  bool    // the rhythm lamp lit lostWarned days before, or earlier
}

// lost says whether who is seen so is lost.
//
// The lamp comes first: where A is above the lamp's threshold, customers would
// otherwise be given up before anybody had been told of them.
func (l *Lost) lost(s look) bool {
	a := l.A
	if s.days >= yearDays {
		a = math.Max(a, l.AfterYear)
	}
	return s.days >= lostSilent && s.warned && s.silence <= a
}

// fitLost finds the silence from which on customers do not come back.
//
// Question: when are they no longer about to leave, but gone?
//
// Input: the company's histories, the fitted mixture and clock. Replayed are the
// silences after every occasion but the first (whose customers would be chosen
// by their having ended it) of at most 5,000 customers with two occasions or
// more, each seen with what was known of the customer when it began.
//
// Formula (METHODS 5.1): for A of 0.2, 0.1, 0.05, 0.02, 0.01, 0.005 the cases are
// the silences of 30 days or more with S ≤ A on a day at least 12 months ago, when
// the rhythm lamp had had 90 days to burn; r(A) is the share of them that a
// purchase ended within 12 months of the first such day. A is the largest with
// r(A) ≤ 15 %.
//
// Output: Lost, with the Jeffreys interval of r(A).
//
// Caveats: loss-not-calibrated, when no A has 50 cases (Count, of Limit) or none
// of those judged has so few returns (Value, of Limit). A is then 0.001, and 0.02
// after a year of silence. Since a case needs the warning and then a year, under
// two years of records seldom have 50. At the UK wholesaler the cautious rule
// calls 193 lost in September 2011, of whom 29 were back within three months
// (TestLostOnRetail).
//
// Not for contracts, which have an end date.
//
// Source: METHODS 5.1; see TestLostIsCalibrated and TestLostOnRetail.
func (m *Model) fitLost(h *behold.Histories) error {
	pauses := m.pauses(h)
	early, late, err := m.looks(pauses, h.AsOf)
	if err != nil {
		return err
	}
	for i, a := range lostLevels() {
		l := replayed(a, pauses, early, late)
		enough := l.Cases >= lostCases
		if !enough && i > 0 {
			break // the smaller levels have fewer still
		}
		m.Lost = l
		if m.Lost.Calibrated = enough && l.share() <= lostReturns; m.Lost.Calibrated {
			return nil
		}
	}
	m.warn(m.Lost.caveat())
	m.Lost.A, m.Lost.AfterYear = cautiousLost, cautiousYear
	return nil
}

// replayed counts who was lost at level a, and who of them came back.
func replayed(a float64, pauses []pause, early, late []look) Lost {
	l := Lost{A: a, AfterYear: a}
	for i := range pauses {
		if !l.lost(late[i]) {
			continue
		}
		l.Cases++
		if pauses[i].next.Known() && !l.lost(early[i]) {
			l.Returned++
		}
	}
	l.Low, l.High = jeffreys(l.Returned, l.Cases)
	return l
}

func (l *Lost) share() float64 { return float64(l.Returned) / float64(l.Cases) }

func (l *Lost) caveat() stat.Caveat {
	if l.Cases < lostCases {
		return stat.Caveat{Code: "loss-not-calibrated", Count: l.Cases, Limit: lostCases}
	}
	return stat.Caveat{Code: "loss-not-calibrated", Count: l.Cases, Value: l.share(), Limit: lostReturns}
}

// pauses are the silences that are replayed.
func (m *Model) pauses(h *behold.Histories) []pause {
	var repeaters []int
	for k := range h.Customer {
		if m.occasions(h, k, func(*tally, behold.Day) {}) > 1 {
			repeaters = append(repeaters, k)
		}
	}
	var all []pause
	for _, k := range stride(repeaters, lostSample) {
		add := func(t *tally, next behold.Day) {
			if t.count > 1 && h.AsOf-t.last >= yearDays+lostSilent && (!next.Known() || next-t.last > lostSilent) {
				all = append(all, pause{t.buyer(&m.Clock, t.last), t.last, next})
			}
		}
		m.occasions(h, k, add)
	}
	return stride(all, lostSilences)
}

// occasions walks past the purchases of customer k, tells pause of every silence,
// the one of today last, and counts the occasions.
func (m *Model) occasions(h *behold.Histories, k int, pause func(before *tally, next behold.Day)) int32 {
	var t tally
	merge := behold.Day(m.Settings.MergeDays)
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if !h.Purchase(i) {
			continue
		}
		if t.count > 0 && h.Day[i]-t.open > merge {
			pause(&t, h.Day[i])
		}
		t.add(h.Day[i], &m.Clock, merge)
	}
	if t.count > 0 {
		pause(&t, behold.NoDay)
	}
	return t.count
}

// looks sees every pause on two days: late is the last day of it (the day before
// the purchase that ended it), but a year before asOf at the latest; early is a
// year and a day before that purchase. S only falls, so a pause was a case by then
// if late is lost, and was ended in more than a year if early is lost too.
func (m *Model) looks(pauses []pause, asOf behold.Day) (early, late []look, err error) {
	days := make([]behold.Day, len(pauses))
	for i, p := range pauses {
		days[i] = asOf - yearDays
		if p.next.Known() {
			days[i] = min(days[i], p.next-1)
		}
	}
	if late, err = m.see(pauses, days); err != nil {
		return nil, nil, err
	}
	for i, p := range pauses {
		days[i] = p.last
		if p.next.Known() {
			days[i] = max(p.last, p.next-yearDays-1)
		}
	}
	early, err = m.see(pauses, days)
	return early, late, err
}

// see looks at each pause on a day of its own.
func (m *Model) see(pauses []pause, on []behold.Day) ([]look, error) {
	buyers := make([]repurchase.Buyer, len(pauses))
	silent := func(before behold.Day) {
		for i, p := range pauses {
			buyers[i] = p.buyer
			buyers[i].Age += max(0, m.Clock.Between(p.last, on[i]-before))
		}
	}
	silent(0)
	now, err := m.Mixture.Score(buyers, repurchase.Wanted{Silence: true, MeanGap: true, Common: m.Common})
	if err != nil {
		return nil, err
	}
	silent(lostWarned)
	then, err := m.Mixture.Score(buyers, repurchase.Wanted{Silence: true, Common: m.Common})
	if err != nil {
		return nil, err
	}
	seen := make([]look, len(pauses))
	for i, p := range pauses {
		seen[i] = look{
			days: int32(on[i] - p.last), silence: now.Silence[i],
			warned: then.Silence[i] <= rhythmThreshold(now.MeanGap[i], m.Settings.FalseLamps),
		}
	}
	return seen, nil
}

// returned marks the customers who were lost when they last came back, which was
// in the last 90 days.
func (m *Model) returned(h *behold.Histories, occ *Occasions) ([]bool, error) {
	var pauses []pause
	var of []int
	var before []behold.Day
	for k, n := range occ.Count {
		if n < 2 || h.AsOf-occ.Last[k] > returnedDays {
			continue
		}
		var latest pause
		m.occasions(h, k, func(t *tally, next behold.Day) {
			if next.Known() {
				latest = pause{t.buyer(&m.Clock, t.last), t.last, next}
			}
		})
		if latest.next-latest.last > lostSilent && h.AsOf-latest.next <= returnedDays {
			pauses, of, before = append(pauses, latest), append(of, k), append(before, latest.next-1)
		}
	}
	seen, err := m.see(pauses, before)
	if err != nil {
		return nil, err
	}
	back := make([]bool, len(occ.Count))
	for i, s := range seen {
		back[of[i]] = m.Lost.lost(s)
	}
	return back, nil
}

// jeffreys is the 95 % interval of a share, from Beta(k+½, n−k+½); its ends are 0
// and 1 where none or all were counted (Brown, Cai, DasGupta 2001).
func jeffreys(k, n int) (low, high float64) {
	share := func(p float64) float64 {
		odds := stat.NewBeta(float64(k)+.5, float64(n-k)+.5).Quantile(p)
		return odds / (1 + odds)
	}
	low, high = 0, 1
	if k > 0 {
		low = share(lostLevelTail)
	}
	if k < n {
		high = share(1 - lostLevelTail)
	}
	return low, high
}
