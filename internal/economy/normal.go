package economy

import (
	"math"

	"behold"
	"behold/stat/sequential"
	"behold/stat/survival"
)

// The words for how a month compares with what is normal.
const (
	Normal  = "normal"
	Worse   = "worse"  // more are lost than the normal range or the running sum allow
	Better  = "better" // fewer
	Open    = "open"   // not enough of its losses are known yet
	Unknown = ""       // there is nothing yet to compare with
)

// A Month is what was lost in a month, and what would be normal.
type Month struct {
	Month    behold.Day `json:"month"` // its first day
	Lost     int        `json:"lost"`  // called lost by now, and still away
	Expected *float64   `json:"expected"`
	Low      *int       `json:"low"` // 95 of 100 normal months lie between low and high
	High     *int       `json:"high"`
	Signal   string     `json:"signal"`

	LeastLow    *int     `json:"low_998"`
	MostHigh    *int     `json:"high_998"`
	Due         int      `json:"due"`     // purchases that were due
	Nowcast     float64  `json:"nowcast"` // lost, with those who are silent and probably gone
	Spread      float64  `json:"nowcast_error"`
	Complete    float64  `json:"complete"`  // share of its losses that are known by now
	CameBack    int      `json:"came_back"` // called lost in it and back since
	Money       float64  `json:"money"`     // a year's purchases of those lost, major units
	MoneyLikely float64  `json:"money_nowcast"`
	MoneyWould  *float64 `json:"money_expected"`
	MoneyLow    *float64 `json:"money_low"`
	MoneyHigh   *float64 `json:"money_high"`
	Up          *float64 `json:"cusum_more"` // running sum of more losses than expected, against Limit
	Down        *float64 `json:"cusum_fewer"`

	Came     int     `json:"came"`     // first purchases
	Returned int     `json:"returned"` // of customers who had been lost
	Stock    float64 `json:"stock"`    // customers at its end, as known now
	Bought   int     `json:"purchases"`
}

// Loss is how many customers are lost, and whether that is normal.
type Loss struct {
	Months   []Month   `json:"months"`
	Likely   bool      `json:"provisional"`        // months are judged by nowcast, as too few losses are known for certain
	Delays   []float64 `json:"known_after_months"` // share of a month's losses that is known after 0, 1, … months
	Reliable int       `json:"complete_after_months"`
	Baseline *Span     `json:"baseline"`
	Spread   float64   `json:"baseline_dispersion"` // of the baseline's months against chance alone; 1 is chance
	Ratio    float64   `json:"cusum_ratio"`
	LimitUp  float64   `json:"cusum_limit_more"`
	LimitLow float64   `json:"cusum_limit_fewer"`
	False    float64   `json:"months_between_false_signals"`
	Year     *YearSum  `json:"last_twelve_complete"`
}

// A Span is months from the first to the last.
type Span struct {
	From behold.Day `json:"from"`
	To   behold.Day `json:"to"`
}

// A YearSum adds up twelve months of which nearly all losses are known.
type YearSum struct {
	From       behold.Day `json:"from"`
	To         behold.Day `json:"to"` // its last month
	Lost       int        `json:"lost"`
	Expected   *float64   `json:"expected"`
	Low        *int       `json:"low"`
	High       *int       `json:"high"`
	Signal     string     `json:"signal"`
	Money      float64    `json:"money"`
	MoneyWould *float64   `json:"money_expected"`
	MoneyLow   *float64   `json:"money_low"`
	MoneyHigh  *float64   `json:"money_high"`
}

// loss answers: how many were lost each month, and is that normal?
//
// Input: a tally; false is the months between two false signals that are accepted.
//
// Formula (METHODS 5.4): every purchase that was due in a month has a chance p of
// never coming, foreseen by the baseline. Expected is Σp, normal the 95 % limits of
// the sum of such throws, of money those of a Cornish and Fisher expansion of
// Σ p·v. The running sums are Steiner's with W = y ln R − ln(1 − p + R p), in months
// that are not complete with p times the share that is known by now; a signal sets
// them back to 0.
//
// METHODS takes the customers who are active on the first of the month, and lets
// the silence of that day foresee the month's losses. A silence is the loss itself
// in the making, though: where more fall silent, more would be expected, and the
// signal comes late. Here who is due in the month is at risk, whatever the day
// (docs/adr/0028).
//
// Output: Loss; money in major units of the tally's currency.
//
// Caveats: without twelve complete months there is no Baseline and no Expected.
// Spread far above 1 says that the company's months differ more than throws would:
// losses then come in groups, and limits are too narrow by its square root.
//
// Source: Steiner et al. (2000); stat/sequential. See TestLossIsNormal, TestRiseIsFound.
func (t *Tally) loss(false float64, seed uint64) Loss {
	l := Loss{Months: make([]Month, len(t.flows)), False: false}
	l.Delays = t.delays()
	l.Reliable = reliable(l.Delays)
	for i := range l.Months {
		t.month(&l.Months[i], i)
	}
	t.fillStock(l.Months)
	base := t.base(l.Months)
	if base == nil {
		t.open = true
		base = t.base(l.Months)
		l.Likely = base != nil
	}
	if base == nil {
		for i := range l.Months {
			if l.Months[i].Complete < complete {
				l.Months[i].Signal = Open
			}
		}
		return l
	}
	l.Baseline = &Span{firstOf(t.first + int32(base.from)), firstOf(t.first + int32(base.to))}
	if l.Likely {
		t.judgeLikely(&l, base)
	} else {
		t.judge(&l, base, seed)
	}
	l.Year = t.year(l.Months, base)
	return l
}

// likelyMonths are so many of the last months whose nowcast says too little yet.
const likelyMonths = 2

// judgeLikely holds every month's nowcast against the baseline, where hardly any
// loss is known for certain. What a nowcast may be off widens the limits, and there
// is no running sum.
func (t *Tally) judgeLikely(l *Loss, base *baseline) {
	squares := 0.0
	for i := youngMonths; i < len(l.Months); i++ {
		m := &l.Months[i]
		f := t.foresee(base, i, 1)
		f.variance += m.Spread * m.Spread
		f.likely = true
		low, high := f.limits(0.95)
		least, most := f.limits(0.998)
		m.Expected, m.Low, m.High, m.LeastLow, m.MostHigh = &f.mean, &low, &high, &least, &most
		if i >= base.from && i <= base.to && f.variance > 0 {
			squares += (m.Nowcast - f.mean) * (m.Nowcast - f.mean) / f.variance
		}
		switch {
		case i >= len(l.Months)-likelyMonths:
			m.Signal = Open
		case m.Nowcast > float64(most):
			m.Signal = Worse
		case m.Nowcast < float64(least):
			m.Signal = Better
		default:
			m.Signal = Normal
		}
	}
	l.Spread = squares / float64(base.to-base.from+1)
}

// delays is the share of losses that is known after so many months.
func (t *Tally) delays() []float64 {
	var seen []survival.Sighting
	for _, s := range t.seen {
		seen = append(seen, survival.Sighting{Period: int(monthOf(s.Month) - t.first), Delay: s.Delay, Count: 1})
	}
	d, err := survival.FitDelay(seen, len(t.flows)-1, 0)
	if err != nil {
		return nil // nobody was lost yet
	}
	return d.Complete
}

// reliable is after how many months at least nine in ten losses are known; -1
// when that cannot be said.
func reliable(delays []float64) int {
	for months, share := range delays {
		if share >= complete {
			return months
		}
	}
	return -1
}

func (t *Tally) month(m *Month, i int) {
	f := &t.flows[i]
	m.Month = firstOf(t.first + int32(i))
	m.Came, m.Returned, m.Bought = int(f.came), int(f.returned), int(f.bought)
	open, spread, likely := 0.0, 0.0, 0.0
	for place := range cellsMonth {
		c := &t.cells[i*cellsMonth+place]
		m.Due += int(c.due)
		m.Lost += int(c.gone)
		m.CameBack += int(c.back)
		m.Money += c.moneyGone
		open, spread = open+c.open, spread+c.spread
		likely += c.moneyOpen
	}
	m.Money, m.MoneyLikely = t.major(m.Money), t.major(m.Money+likely)
	m.Nowcast, m.Spread, m.Complete = float64(m.Lost)+open, math.Sqrt(spread), 1
	if m.Nowcast > 0 {
		m.Complete = float64(m.Lost) / m.Nowcast
	}
}

// fillStock counts the customers at the end of each month.
func (t *Tally) fillStock(months []Month) {
	stock := t.old
	for i := range months {
		f := &t.flows[i]
		stock += f.came + f.returned - f.lost
		months[i].Stock = stock
	}
}

// lastComplete is the last month that can be judged: of which nearly all losses are
// known, or while few are, of which enough time has passed; -1 of none.
func (t *Tally) lastComplete(months []Month) int {
	if t.open {
		return len(months) - 1 - likelyMonths
	}
	for i := len(months) - 2; i >= 0; i-- {
		if months[i].Complete >= complete && months[i].Due > 0 {
			return i
		}
	}
	return -1
}

// base learns what is normal: from the last 24 complete months before this year, or
// where those are fewer than 12 from the first 12 complete ones. So it stays the
// same for a calendar year.
func (t *Tally) base(months []Month) *baseline {
	last := t.lastComplete(months)
	from := youngMonths
	newYear := int(monthOf(behold.Date(t.AsOf.Time().Year(), 1, 1)) - t.first)
	to := min(last, newYear-1)
	if to-from+1 < leastMonths {
		to = min(last, from+leastMonths-1)
	}
	if to-from+1 < leastMonths {
		return nil
	}
	return learn(t, max(from, to-mostMonths+1), to)
}

// A monthly is what the baseline foresees of a month.
type monthly struct {
	chances               []float64 // of every turn
	lost                  []bool
	mean, variance        float64
	likely                bool // the variance is not that of throws alone
	money, money2, skewed float64
}

// foresee asks the baseline about a month; known is the share of losses that can be
// known by now.
func (t *Tally) foresee(base *baseline, i int, known float64) (m monthly) {
	x := make([]float64, columns)
	for place := range cellsMonth {
		c := &t.cells[i*cellsMonth+place]
		if c.due == 0 {
			continue
		}
		p := base.chance(x, place, int(t.first+int32(i))%12) * known
		for n := range int(c.due) {
			m.chances = append(m.chances, p)
			m.lost = append(m.lost, n < int(c.gone))
		}
		v := p * (1 - p)
		m.mean, m.variance = m.mean+p*c.due, m.variance+v*c.due
		m.money, m.money2, m.skewed = m.money+p*c.money, m.money2+v*c.money2, m.skewed+v*(1-2*p)*c.money3
	}
	return m
}

// manyLost is from how many losses on the limits are those of a normal
// distribution with its skewness: the exact ones would take seconds and be the same.
const manyLost = 400

// limits of the count at a level.
func (m *monthly) limits(level float64) (low, high int) {
	if m.mean < manyLost && !m.likely {
		if count, err := sequential.NewCount(m.chances); err == nil {
			return count.Limits(level)
		}
	}
	a, b := cornishFisher(m.mean, m.variance, m.variance, level) // third cumulant of a Poisson-like sum
	return int(math.Round(a)), int(math.Round(b))
}

// cornishFisher are limits of a sum with these first three cumulants.
func cornishFisher(mean, variance, third, level float64) (low, high float64) {
	if variance <= 0 {
		return mean, mean
	}
	z := math.Sqrt2 * math.Erfinv(level)
	sd := math.Sqrt(variance)
	bend := third / (sd * sd * sd) * (z*z - 1) / 6
	return math.Max(0, mean+sd*(bend-z)), mean + sd*(bend+z)
}

// judge holds every month against the baseline.
func (t *Tally) judge(l *Loss, base *baseline, seed uint64) {
	typical := max(0, t.lastComplete(l.Months))
	whole := t.foresee(base, typical, 1)
	l.Ratio, l.LimitUp, l.LimitLow = limitsOf(&whole, l.False, seed)
	up, _ := sequential.NewCUSUM(l.Ratio, l.LimitUp)
	down, _ := sequential.NewCUSUM(l.Ratio, l.LimitLow)
	squares := 0.0
	for i := range l.Months {
		m := &l.Months[i]
		if m.Signal = Unknown; i < youngMonths {
			continue
		}
		f := t.foresee(base, i, 1)
		low, high := f.limits(0.95)
		least, most := f.limits(0.998)
		moneyLow, moneyHigh := cornishFisher(f.money, f.money2, f.skewed, 0.95)
		m.Expected, m.Low, m.High, m.LeastLow, m.MostHigh = &f.mean, &low, &high, &least, &most
		m.MoneyWould, m.MoneyLow, m.MoneyHigh = t.pointer(f.money), t.pointer(moneyLow), t.pointer(moneyHigh)
		if i >= base.from && i <= base.to && f.variance > 0 {
			squares += (float64(m.Lost) - f.mean) * (float64(m.Lost) - f.mean) / f.variance
		}
		known := m.Complete
		if known < complete {
			m.Signal = Open
			known = max(known, t.knownBy(l.Delays, i))
		}
		if i == len(l.Months)-1 || known < 0.2 || up == nil || down == nil {
			continue // too little can be known yet
		}
		seen := f
		if m.Signal == Open {
			seen = t.foresee(base, i, known)
		}
		if up.Add(seen.chances, seen.lost) != nil {
			continue
		}
		more := up.Up
		m.Up = &more
		if m.Signal != Open { // few losses known are no sign of few losses
			if down.Add(seen.chances, seen.lost) != nil {
				continue
			}
			fewer := down.Down
			m.Down = &fewer
		}
		switch {
		case up.More() || m.Signal != Open && m.Lost > most:
			m.Signal = Worse
			up.Reset()
		case m.Signal != Open && (down.Fewer() || m.Lost < least):
			m.Signal = Better
			down.Reset()
		case m.Signal != Open:
			m.Signal = Normal
		}
	}
	l.Spread = squares / float64(base.to-base.from+1)
}

// knownBy is which share of a month's losses can be known by now.
func (t *Tally) knownBy(delays []float64, i int) float64 {
	age := len(t.flows) - 1 - i
	if len(delays) == 0 {
		return 0
	}
	return delays[min(age, len(delays)-1)]
}

// limitsOf finds how large the running sums may get, with two-fold odds in small
// companies, one and a half in others, and a finer ratio where even one bad month
// would be rarer by chance than asked for.
func limitsOf(m *monthly, months float64, seed uint64) (ratio, up, down float64) {
	ratio = 1.5
	if len(m.chances) < 1000 {
		ratio = 2
	}
	for range 6 {
		plan := sequential.Plan{Chances: m.chances, Ratio: ratio, Side: sequential.MoreSide, Seed: seed}
		more, err := sequential.Limit(plan, months)
		plan.Side = sequential.FewerSide
		fewer, failed := sequential.Limit(plan, months)
		if err != nil || failed != nil {
			return ratio, 0, 0
		}
		up, down = more.Limit, fewer.Limit
		if len(more.Caveats) == 0 && len(fewer.Caveats) == 0 {
			break
		}
		ratio = 1 + (ratio-1)/2
	}
	return ratio, up, down
}

// year adds up the last twelve months that are complete.
func (t *Tally) year(months []Month, base *baseline) *YearSum {
	last := t.lastComplete(months)
	if last < 11+youngMonths {
		return nil
	}
	y := &YearSum{From: months[last-11].Month, To: months[last].Month}
	var all monthly
	lost := 0.0
	for i := last - 11; i <= last; i++ {
		lost += float64(months[i].Lost)
		if t.open {
			lost += months[i].Nowcast - float64(months[i].Lost)
			all.variance += months[i].Spread * months[i].Spread
			all.likely = true
		}
		if t.open {
			y.Money += months[i].MoneyLikely
		} else {
			y.Money += months[i].Money
		}
		f := t.foresee(base, i, 1)
		all.chances = append(all.chances, f.chances...)
		all.mean, all.variance = all.mean+f.mean, all.variance+f.variance
		all.money, all.money2, all.skewed = all.money+f.money, all.money2+f.money2, all.skewed+f.skewed
	}
	y.Lost = int(math.Round(lost))
	low, high := all.limits(0.95)
	moneyLow, moneyHigh := cornishFisher(all.money, all.money2, all.skewed, 0.95)
	y.Expected, y.Low, y.High = &all.mean, &low, &high
	y.MoneyWould, y.MoneyLow, y.MoneyHigh = t.pointer(all.money), t.pointer(moneyLow), t.pointer(moneyHigh)
	switch {
	case y.Lost > high:
		y.Signal = Worse
	case y.Lost < low:
		y.Signal = Better
	default:
		y.Signal = Normal
	}
	return y
}

func (t *Tally) major(minor float64) float64 {
	return minor / math.Pow10(behold.MinorDigits(t.Currency))
}

func (t *Tally) pointer(minor float64) *float64 {
	x := t.major(minor)
	return &x
}
