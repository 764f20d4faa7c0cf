package forecast

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat/effect"
)

const (
	proofOrigins = 6      // at most so many of the latest are foretold anew
	proofRows    = 20_000 // that they are learned from
	proofTrained = 2      // by at least so many before them
	treesWorse   = 0.004  // log loss by which trees may fall behind in the proof
	proofCurve   = 41     // points at which the curve of Venn–Abers is kept
	leastChance  = 1e-4   // as are all chances kept from 0 and 1
)

// A Proof is what forecasts of earlier days, made from what was known then, were
// worth. Of the zero Proof nothing is known: it changes no forecast.
type Proof struct {
	Cases     int          // customers foretold, all days together
	Leavers   int          // of them
	Origins   []behold.Day // the days, latest first
	Line      float64      // log loss of the line, each day at its own level
	Both      float64      // of line and trees
	AUC       float64      // of the better, mean over the days
	Recency   float64      // the same of the longest silent
	ByGap     float64      // of silence over mean gap
	Frequency float64      // of the rarest buyers

	Intercept, Slope float64   // of the outcome's log-odds by those foretold
	Odds             []float64 // foretold, ascending
	Low, High        []float64 // log-odds after calibration at Odds, as Venn–Abers has it
}

// calibrated says whether chances rest on enough outcomes, METHODS 2.6.
func (p *Proof) calibrated() bool { return len(p.Odds) > 0 }

// share of the trees: none where nothing proves that they are no worse. They were
// learned from fewer days here than they will be, which costs them more than the
// line; hence a little grace.
func (p *Proof) share() float64 {
	if p.Cases > 0 && p.Both < p.Line+treesWorse {
		return treeShare
	}
	return 0
}

// prove foretells the latest outcomes anew.
//
// Question: are the chances to be believed, and are they better than a simple rule?
//
// Input: the training rows of all origins, latest first.
//
// Formula: line and trees are learned from the origins t ≤ t_c − horizon, whose
// outcomes were known at t_c, and foretell those of the origins after t_c and at
// it, of customers silent for at most two horizons. The level of each origin is
// taken out (foresee says how sure the next one is). From 200 cases with 40 of
// either end a Venn–Abers curve, kept at 41 quantiles; below that, from 20 of
// either end, Platt's line. Chances lie halfway, in log-odds, between it and what
// was foretold: two who differ before differ after, and a bend of these few months
// is not believed whole.
//
// Output: Proof; the zero one where there are not enough origins.
//
// Source: Vovk, Petej (2014); METHODS 2.6, 12.1. See TestChancesAreCalibrated.
func (f *fitting) prove(rows *trainingRows) (Proof, error) {
	var p Proof
	tested, from := split(rows.origins, f.horizon)
	if tested == 0 {
		return p, nil
	}
	earlier := rows.after(from, proofRows)
	var l Leave
	if l.count(earlier); !l.enough() {
		return p, nil
	}
	l.Share = treeShare
	if err := l.learn(earlier, f.s.Seed); err != nil {
		return p, err
	}
	cases := l.foretell(rows, tested)
	p.Origins = rows.origins[:tested]
	if err := p.judge(cases); err != nil {
		return p, err
	}
	f.matured = p.matured(cases)
	return p, nil
}

// matured are the cases with their chances, for FitSignals.
func (p *Proof) matured(cases []foretold) []matured {
	all := make([]matured, len(cases))
	for i, c := range cases {
		odds := c.line
		if p.share() > 0 {
			odds = c.both
		}
		chance, _, _ := p.chance(odds, 0)
		all[i] = matured{p.Origins[c.origin], c.customer, logit(chance), where1(c.left)}
	}
	return all
}

// split says how many of the latest origins are foretold, and from which on those
// before may be learned from.
func split(origins []behold.Day, horizon int) (tested, from int) {
	for tested = min(proofOrigins, len(origins)); tested > 0; tested-- {
		known := origins[tested-1] - behold.Day(horizon)
		from = slices.IndexFunc(origins, func(t behold.Day) bool { return t <= known })
		if from >= 0 && len(origins)-from >= max(proofTrained, tested) {
			return tested, from
		}
	}
	return 0, 0
}

// A foretold is one case of a proof.
type foretold struct {
	origin     int
	customer   int32
	line, both float64 // log-odds, the origin's level taken out
	rules      [3]float64
	left       bool
}

// foretell gives the log-odds of the near rows of the first origins.
func (l *Leave) foretell(rows *trainingRows, tested int) []foretold {
	var cases []foretold
	scaled := make([]float64, columns)
	for i, j := range rows.origin {
		if j >= tested || !rows.near[i] {
			continue
		}
		row := rows.x[i*wide : (i+1)*wide]
		c := foretold{origin: j, customer: rows.who[i], both: l.odds(row, scaled), left: rows.y[i] == 1}
		c.line = (c.both - l.Share*(l.Base+l.Trees.LogOdds(row))) / (1 - l.Share)
		c.rules = [...]float64{row[colCalendar], row[colSilenceGap], -row[colOrders]}
		cases = append(cases, c)
	}
	for at := 0; at < len(cases); {
		end := at
		for end < len(cases) && cases[end].origin == cases[at].origin {
			end++
		}
		takeLevel(cases[at:end], func(c *foretold) *float64 { return &c.line })
		takeLevel(cases[at:end], func(c *foretold) *float64 { return &c.both })
		at = end
	}
	return cases
}

// takeLevel moves log-odds together until they foretell as many leavers as there
// are, and one half more of either end.
func takeLevel(cases []foretold, odds func(*foretold) *float64) {
	shift := 0.0
	for range newtonSteps {
		slope, bend := 0.5-logistic(shift), 0.25
		for i := range cases {
			p := logistic(*odds(&cases[i]) + shift)
			slope, bend = slope+where1(cases[i].left)-p, bend+p*(1-p)
		}
		step := math.Max(-1, math.Min(1, slope/bend))
		if shift += step; math.Abs(step) < newtonEnd {
			break
		}
	}
	for i := range cases {
		*odds(&cases[i]) += shift
	}
}

func where1(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// judge compares and calibrates.
func (p *Proof) judge(cases []foretold) error {
	p.Cases = len(cases)
	odds, left := make([]float64, len(cases)), make([]bool, len(cases))
	for _, c := range cases {
		y := where1(c.left)
		p.Leavers += int(y)
		p.Line += (softplus(c.line) - y*c.line) / float64(len(cases))
		p.Both += (softplus(c.both) - y*c.both) / float64(len(cases))
	}
	for i, c := range cases {
		odds[i], left[i] = c.line, c.left
		if p.share() > 0 {
			odds[i] = c.both
		}
	}
	p.AUC = meanAUC(cases, func(i int) float64 { return odds[i] })
	p.Recency = meanAUC(cases, func(i int) float64 { return cases[i].rules[0] })
	p.ByGap = meanAUC(cases, func(i int) float64 { return cases[i].rules[1] })
	p.Frequency = meanAUC(cases, func(i int) float64 { return cases[i].rules[2] })
	return p.calibrate(odds, left)
}

// meanAUC of a score, over the origins that have both ends.
func meanAUC(cases []foretold, score func(int) float64) float64 {
	sum, n := 0.0, 0.0
	for at := 0; at < len(cases); {
		var scores []float64
		var left []bool
		for o := cases[at].origin; at < len(cases) && cases[at].origin == o; at++ {
			scores, left = append(scores, score(at)), append(left, cases[at].left)
		}
		if r, err := effect.AUC(scores, left, 0.95); err == nil {
			sum, n = sum+r.AUC, n+1
		}
	}
	if n == 0 {
		return 0.5
	}
	return sum / n
}

const fewEnds = 20 // of leavers or stayers, below which nothing is calibrated

func (p *Proof) calibrate(odds []float64, left []bool) error {
	least := min(p.Leavers, p.Cases-p.Leavers)
	if least < fewEnds {
		return nil
	}
	line, err := effect.FitPlatt(odds, left)
	if err != nil || line.Slope <= 0 {
		return err
	}
	p.Intercept, p.Slope = line.Intercept, line.Slope
	if p.Cases < minRows || least < minLeavers {
		return nil
	}
	curve, err := effect.FitVennAbers(odds, left)
	if err != nil {
		return err
	}
	order := slices.Clone(odds)
	slices.SortFunc(order, cmp.Compare[float64])
	for i := range proofCurve {
		at := order[min(len(order)-1, (2*i+1)*len(order)/(2*proofCurve))]
		if n := len(p.Odds); n > 0 && at <= p.Odds[n-1] {
			continue
		}
		c := curve.Chance(at)
		p.Odds, p.Low, p.High = append(p.Odds, at), append(p.Low, bounded(c.Low)), append(p.High, bounded(c.High))
	}
	return nil
}

func bounded(p float64) float64 { return logit(math.Min(math.Max(p, leastChance), 1-leastChance)) }

// chance of log-odds that are off by sd, with its 95 % range.
func (p *Proof) chance(odds, sd float64) (chance, low, high float64) {
	from, to := odds, odds
	switch {
	case p.calibrated():
		from, to = p.curve(odds)
	case p.Slope > 0:
		from = p.Intercept + p.Slope*odds
		to = from
	}
	at := (odds + logit(logistic(to)/(1-logistic(from)+logistic(to)))) / 2
	from, to = math.Min(from, at), math.Max(to, at)
	return logistic(at), logistic(from - sd95*sd), logistic(to + sd95*sd)
}

// curve is that of Venn–Abers, with straight lines between the points kept and
// the slope of Platt beyond them.
func (p *Proof) curve(odds float64) (low, high float64) {
	last := len(p.Odds) - 1
	i, _ := slices.BinarySearch(p.Odds, odds)
	switch {
	case i == 0:
		beyond := p.Slope * (odds - p.Odds[0])
		return p.Low[0] + beyond, p.High[0] + beyond
	case i > last:
		beyond := p.Slope * (odds - p.Odds[last])
		return p.Low[last] + beyond, p.High[last] + beyond
	}
	part := (odds - p.Odds[i-1]) / (p.Odds[i] - p.Odds[i-1])
	return p.Low[i-1] + part*(p.Low[i]-p.Low[i-1]), p.High[i-1] + part*(p.High[i]-p.High[i-1])
}
