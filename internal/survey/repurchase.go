package survey

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"

	"behold"
	"behold/stat/survival"
)

// Repurchase says whether very satisfied customers buy again more than satisfied
// ones, on the company's own data.
type Repurchase struct {
	Verdict string       `json:"verdict"` // too_early, outside, possible, inside
	Needs   int          `json:"needs"`   // purchases, and losses, of both levels
	Levels  []LevelCount `json:"levels"`
	Months  int          `json:"months"` // that chances look ahead

	// Of very satisfied against satisfied; null when it is too early.
	Hazard    *Ratio   `json:"hazard_ratio"`      // how many times as fast they buy
	First     *float64 `json:"chance_first"`      // that very satisfied buy within Months
	Second    *float64 `json:"chance_second"`     // that satisfied do
	Chances   *Ratio   `json:"chance_ratio"`      // First/Second
	Ceiling   *float64 `json:"chance_ceiling"`    // what Chances cannot exceed
	Odds      *Ratio   `json:"odds_ratio"`        // of buying
	LossRates *Ratio   `json:"loss_rate_ratio"`   // (1−First)/(1−Second)
	NoAnswer  *Ratio   `json:"no_answer_hazard"`  // of those who were asked and did not answer, against satisfied
	Unhappy   *Ratio   `json:"unhappy_hazard"`    // of those less than satisfied
	ClaimLow  float64  `json:"claim_loss_lowest"` // what the rule of thumb would mean for LossRates
	ClaimHigh float64  `json:"claim_loss_highest"`
}

// A LevelCount is how often an answer was given, and what came of it.
type LevelCount struct {
	Level   string `json:"level"` // very_satisfied, satisfied, less, no_answer
	Answers int    `json:"answers"`
	Bought  int    `json:"bought"` // bought again before they answered again, or a year was over
	Lost    int    `json:"lost"`   // never bought again and are lost
}

// A Ratio is a number with its interval, robust by customer.
type Ratio struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

const (
	// NoAnswer is the level of those who were asked and said nothing.
	NoAnswer = "no_answer"

	TooEarly = "too_early"
	Outside  = "outside"  // the range has no part of what the rule of thumb says
	Possible = "possible" // it has some, and other things too
	Inside   = "inside"   // it has nothing else

	year          = 52 // operational weeks
	enoughBought  = 30 // METHODS 9.2, of both levels
	mostSpells    = 20_000
	segmentsTold  = 5
	segmentLeast  = 50 // spells
	closeSegments = 1.0
)

// knots bend the baseline, weeks after the answer.
func knots() []float64 { return []float64{3, 9, 26} }

// A spell is what came after an answer.
type spell struct {
	customer int32
	level    string
	segment  behold.Mark
	weeks    float64
	bought   bool
	lost     bool
	gap, x   float64 // usual days between purchases, and purchases, before the answer
	years    float64 // since the first purchase
}

// repurchase compares what came after very satisfied and after satisfied answers
// (METHODS 6.6): a discrete-time hazard by operational week until the next
// purchase, until the next answer or for a year. Association, not cause.
func (t *teller) repurchase() (*Repurchase, error) {
	r := &Repurchase{Verdict: TooEarly, Needs: enoughBought, Months: 12, ClaimLow: 0.1, ClaimHigh: 0.2}
	spells := t.spells()
	for _, level := range []string{VerySatisfied, Satisfied, Less, NoAnswer} {
		c := LevelCount{Level: level}
		for i := range spells {
			if s := &spells[i]; s.level == level {
				c.Answers++
				c.Bought += count(s.bought)
				c.Lost += count(s.lost)
			}
		}
		r.Levels = append(r.Levels, c)
	}
	for _, c := range r.Levels[:2] {
		if c.Bought < enoughBought || c.Lost < enoughBought {
			return r, nil
		}
	}
	if len(spells) > mostSpells {
		spells = spells[len(spells)-mostSpells:]
	}
	return r, r.fit(spells, t.Level)
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// spells are what came after each answer to satisfaction, and after each
// invitation without one, of those who had bought before.
func (t *teller) spells() (list []spell) {
	for _, f := range t.forms {
		if m, has := f.mark(Satisfaction); has {
			if s, known := t.spell(f.person, f.at, f.next, attitudeOf(m)); known {
				list = append(list, s)
			}
		}
	}
	list = append(list, t.unanswered()...)
	return list
}

func (t *teller) spell(p *Person, at, again behold.Day, level string) (spell, bool) {
	before, _ := slices.BinarySearch(p.Bought, at+1)
	if before == 0 || at >= t.Day {
		return spell{}, false
	}
	s := spell{customer: p.Customer, level: level, segment: p.Segment, x: float64(before)}
	s.years = float64(at-p.Bought[0]) / 365
	if before > 1 {
		s.gap = float64(p.Bought[before-1]-p.Bought[0]) / float64(before-1)
	}
	end := t.Day
	if again.Known() {
		end = min(end, again)
	}
	next, bought := nextPurchase(p.Bought, at)
	if bought && next <= end {
		end, s.bought = next, true
	}
	s.weeks = math.Max(t.weeks(at, end), 0.01)
	if s.weeks > year {
		s.weeks, s.bought = year, false
	}
	s.lost = !bought && !again.Known() && p.Gone()
	return s, true
}

// A design turns spells into the columns of the regression.
type design struct {
	segments []behold.Mark
	gap      float64 // usual gap of those of whom none is known
	silent   bool    // some did not answer
}

func designOf(spells []spell) design {
	d := design{gap: 30}
	var gaps []float64
	of := map[behold.Mark]int{}
	for i := range spells {
		s := &spells[i]
		if s.gap > 0 {
			gaps = append(gaps, s.gap)
		}
		of[s.segment]++
		d.silent = d.silent || s.level == NoAnswer
	}
	if len(gaps) > 0 {
		slices.Sort(gaps)
		d.gap = gaps[len(gaps)/2]
	}
	for m, n := range of {
		if n >= segmentLeast && m != 0 {
			d.segments = append(d.segments, m)
		}
	}
	slices.SortFunc(d.segments, func(a, b behold.Mark) int { return cmp.Or(cmp.Compare(of[b], of[a]), cmp.Compare(a, b)) })
	d.segments = d.segments[:min(len(d.segments), segmentsTold)]
	return d
}

// levels are the columns of the level: "satisfied" is what others are held against.
func (d design) levels(level string) []float64 {
	x := []float64{float64(count(level == VerySatisfied)), float64(count(level == Less))}
	if d.silent {
		x = append(x, float64(count(level == NoAnswer)))
	}
	return x
}

// about are the columns of the customer.
func (d design) about(s *spell) []float64 {
	gap := s.gap
	if gap <= 0 {
		gap = d.gap
	}
	x := []float64{math.Log(gap / d.gap), math.Log1p(s.x), math.Min(s.years, 10) / 5}
	for _, m := range d.segments {
		x = append(x, float64(count(s.segment == m)))
	}
	return x
}

// baseline are the columns of the week.
func baseline(week int) []float64 {
	at := math.Log(float64(week))
	x := []float64{at}
	for _, k := range knots() {
		x = append(x, math.Max(0, at-math.Log(k)))
	}
	return x
}

func (d design) row(week int, level string, about []float64) []float64 {
	return slices.Concat(d.levels(level), baseline(week), about)
}

// priors are N(0, 1) on the log hazard ratios, and next to nothing on how the
// hazard runs with the weeks.
func (d design) priors() []float64 {
	var sd []float64
	for range d.levels("") {
		sd = append(sd, 1)
	}
	for range baseline(1) {
		sd = append(sd, 10)
	}
	for range d.about(&spell{gap: 1}) {
		sd = append(sd, closeSegments)
	}
	return sd
}

func (r *Repurchase) fit(spells []spell, level float64) error {
	d := designOf(spells)
	var periods []survival.Period
	var total []float64
	for i := range spells {
		s := &spells[i]
		about := d.about(s)
		if total == nil {
			total = make([]float64, len(about))
		}
		for j, v := range about {
			total[j] += v
		}
		row := survival.Row{Stay: survival.Stay{Duration: s.weeks, Left: s.bought}, Cluster: strconv.Itoa(int(s.customer))}
		periods = append(periods, survival.Periods(row, func(week int) []float64 { return d.row(week, s.level, about) })...)
	}
	for j := range total {
		total[j] /= float64(len(spells))
	}
	m, err := survival.FitDiscrete(periods, survival.DiscreteOptions{Prior: d.priors(), Level: level})
	if errors.Is(err, survival.ErrTooFew) || errors.Is(err, survival.ErrNobodyLeft) || errors.Is(err, survival.ErrAllLeft) {
		return nil
	}
	if err != nil {
		return err
	}
	return r.compare(m, d, total)
}

// compare holds very satisfied against satisfied, both with the columns of the
// average customer.
func (r *Repurchase) compare(m *survival.Discrete, d design, average []float64) error {
	var first, second [][]float64
	for week := 1; week <= year; week++ {
		first = append(first, d.row(week, VerySatisfied, average))
		second = append(second, d.row(week, Satisfied, average))
	}
	c, err := m.Contrast(first, second)
	if err != nil || c.Separated {
		return err
	}
	r.Hazard, r.Unhappy = hazard(m.Coefficients[0]), hazard(m.Coefficients[1])
	if d.silent {
		r.NoAnswer = hazard(m.Coefficients[2])
	}
	r.First, r.Second, r.Ceiling = finite(c.First), finite(c.Second), finite(c.Ceiling)
	r.Chances = &Ratio{c.Chances, c.ChancesIn.Low, c.ChancesIn.High}
	r.Odds = &Ratio{c.Odds, c.OddsIn.Low, c.OddsIn.High}
	r.LossRates = &Ratio{c.NotHappening, c.NotHappeningIn.Low, c.NotHappeningIn.High}
	switch {
	case r.LossRates.Low >= r.ClaimLow && r.LossRates.High <= r.ClaimHigh:
		r.Verdict = Inside
	case r.LossRates.Low > r.ClaimHigh || r.LossRates.High < r.ClaimLow:
		r.Verdict = Outside
	default:
		r.Verdict = Possible
	}
	return nil
}

func hazard(c survival.Coefficient) *Ratio {
	return &Ratio{c.Ratio, c.Range.Low, c.Range.High}
}
