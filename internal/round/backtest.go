package round

import (
	"cmp"
	"context"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
	"behold/internal/lamp"
	"behold/stat/effect"
)

// A Backtest says how well the company's past would have been foreseen, from what
// was recorded by then (METHODS 12).
type Backtest struct {
	Horizon int          `json:"horizon_days"`
	Origins []OriginTest `json:"origins"`
	Gate    Gate         `json:"gate"`
}

// An OriginTest is one day of the past: everything was learned from what was
// recorded by it, and held against what came in the horizon after it.
type OriginTest struct {
	Origin    behold.Day  `json:"origin"`
	Groups    []GroupTest `json:"groups"`
	Lamps     []LampTest  `json:"lamps"`
	Reached   float64     `json:"share_of_leavers_lit"` // of those who were still active, on the origin
	LeadDays  *float64    `json:"median_lead_days"`     // from the lamp to the day they were missed; nil: nobody
	Stayed    int         `json:"customers_who_stayed"`
	False     float64     `json:"false_lamps_per_100_month"`
	FalseLow  float64     `json:"false_lamps_low"`
	FalseHigh float64     `json:"false_lamps_high"`
	Dial      float64     `json:"dial"`
}

// A GroupTest is about some of the customers: "active" (METHODS 12.1: silent for
// at most two usual gaps or 26 weeks, at least two purchases) or "all" who had
// bought twice or more.
type GroupTest struct {
	Group     string      `json:"group"`
	Customers int         `json:"customers"`
	Leavers   int         `json:"leavers"`
	Scores    []ScoreTest `json:"scores"` // chance_leave first, then the simple rules
	Slope     float64     `json:"calibration_slope"`
	SlopeLow  float64     `json:"calibration_slope_low"`
	SlopeHigh float64     `json:"calibration_slope_high"`
	Intercept float64     `json:"calibration_intercept"`
	ECE       float64     `json:"ece"`
	Brier     float64     `json:"brier"`
	Mean      float64     `json:"mean_forecast"`
	Share     float64     `json:"share_left"`
	Bins      []BinTest   `json:"bins"`
}

// A BinTest is a tenth of the customers by forecast.
type BinTest struct {
	Customers int     `json:"customers"`
	Forecast  float64 `json:"forecast"`
	Left      float64 `json:"left"`
	Low       float64 `json:"low"`
	High      float64 `json:"high"`
}

// A ScoreTest is how one way of ranking customers did.
type ScoreTest struct {
	Score     string    `json:"score"` // chance_leave, recency, recency_per_gap, frequency, random
	AUC       float64   `json:"auc"`
	Low       float64   `json:"auc_low"`
	High      float64   `json:"auc_high"`
	Above     float64   `json:"chance_leave_above"` // AUC of chance_leave less this one, with its range
	AboveLow  float64   `json:"chance_leave_above_low"`
	AboveHigh float64   `json:"chance_leave_above_high"`
	Capacity  []TopTest `json:"at_capacity"`
}

// A TopTest is what the first so many of a ranking came to.
type TopTest struct {
	Top       int     `json:"top"`
	Precision float64 `json:"precision"`      // share of them who left
	Money     float64 `json:"money_captured"` // of the value of all who left, the share that was theirs
}

// A LampTest is how one lamp did.
type LampTest struct {
	Lamp    behold.LampKind `json:"lamp"`
	Lit     int             `json:"lit"`  // on the origin, anew within the month before
	Left    int             `json:"left"` // of them
	False   float64         `json:"false_per_100_month"`
	Counted bool            `json:"in_dial"` // its false lamps count against the dial
}

// A Gate decides whether chance_leave may rank the list (METHODS 12.2).
type Gate struct {
	Open     bool     `json:"open"`
	Rule     string   `json:"rule"` // what the list is ranked by: chance_leave, or the best simple rule
	Because  []string `json:"because,omitempty"`
	AUC      float64  `json:"auc"`
	BestRule string   `json:"best_simple_rule"`
	BestAUC  float64  `json:"best_simple_auc"`
}

// Groups of a backtest.
const (
	GroupActive = "active"
	GroupAll    = "all"
)

// Why a simple rule would do, in Gate.Because.
const (
	BecauseNothing = "nobody left, or everybody did: nothing to compare"
	BecauseRanks   = "a simple rule ranks better"
	BecauseChances = "the chances are not as high as they say"
	BecauseMoney   = "a simple rule finds more of the money at the same length of list"
)

// simple are the rules that everything is held against.
func simple() []string { return []string{"recency", "recency_per_gap", "frequency", "random"} }

// RunBacktest walks the origins and tests each. Without origins it takes up to six
// of the last months whose outcomes are known. A horizon of 0 is the company's own.
func RunBacktest(ctx context.Context, facts Facts, last behold.Day, origins []behold.Day, settings behold.Settings, opt Options) (*Backtest, error) {
	if len(origins) == 0 {
		walk, err := Learn(ctx, facts, last, settings, opt)
		if err != nil {
			return nil, err
		}
		settings.HorizonDays = walk.Model.Horizon
		origins = lastOrigins(last, walk.Model.From, walk.Model.Horizon)
	}
	b := &Backtest{Horizon: settings.HorizonDays}
	for i, t := range origins {
		test, horizon, err := testOrigin(ctx, facts, t, last, settings, opt)
		if err != nil {
			return nil, err
		}
		b.Horizon = horizon
		b.Origins = append(b.Origins, *test)
		if opt.Progress != nil {
			opt.Progress(int64(i+1), int64(len(origins)))
		}
	}
	if len(b.Origins) == 0 {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "there is too little past to test", Hint: "a backtest needs about half a year of records and a horizon after it; name an earlier --origins or a shorter --horizon"}
	}
	b.Gate = b.gate()
	return b, nil
}

// lastOrigins are up to six months whose horizon lies within the records.
func lastOrigins(last, from behold.Day, horizon int) []behold.Day {
	const most, step, least = 6, 30, 180
	var origins []behold.Day
	for j := range most {
		if t := last - behold.Day(horizon+j*step); t-from >= least {
			origins = append(origins, t)
		}
	}
	slices.Reverse(origins)
	return origins
}

// A tested customer of an origin.
type tested struct {
	f     behold.Forecast
	left  bool
	lamps []behold.Lamp
}

func testOrigin(ctx context.Context, facts Facts, t, last behold.Day, settings behold.Settings, opt Options) (*OriginTest, int, error) {
	walk, err := Learn(ctx, facts, t, settings, opt)
	if err != nil {
		return nil, 0, err
	}
	horizon := walk.Model.Horizon
	if t+behold.Day(horizon) > last {
		return nil, 0, &behold.Error{Kind: behold.Invalid, Say: "what became of the customers of " + t.String() + " is not known yet",
			Hint: "the records end on " + last.String() + "; name an earlier origin or a shorter horizon"}
	}
	all, err := walk.outcomes(ctx, facts, last)
	if err != nil {
		return nil, 0, err
	}
	test := &OriginTest{Origin: t, Dial: settings.FalseLamps}
	for _, name := range []string{GroupActive, GroupAll} {
		if g, ok := testGroup(name, all); ok {
			test.Groups = append(test.Groups, g)
		}
	}
	test.lamps(all, t)
	return test, horizon, nil
}

// outcomes walks past everybody and adds what came after.
func (w *Walk) outcomes(ctx context.Context, facts Facts, last behold.Day) ([]tested, error) {
	var all []tested
	part := 0
	err := w.Each(ctx, facts, func(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) error {
		later, err := facts.Histories(ctx, last, behold.Part{Index: part, Of: w.parts})
		if err != nil {
			return err
		}
		part++
		lamps := w.Judge(h, deals, f)
		if err := w.Weigh(f, lamps); err != nil {
			return err
		}
		for k := range f {
			x := tested{f: f[k], left: true}
			if at, here := slices.BinarySearch(later.Customer, f[k].Customer); here {
				x.left = !boughtWithin(later, at, w.Day, w.Day+behold.Day(w.Model.Horizon))
			}
			for len(lamps) > 0 && lamps[0].Customer == f[k].Customer {
				x.lamps, lamps = append(x.lamps, lamps[0]), lamps[1:]
			}
			all = append(all, x)
		}
		return nil
	})
	return all, err
}

// in says whether the customer belongs to the group.
func (x *tested) in(group string) bool {
	if x.f.Occasions < 2 || x.f.State == behold.Closed {
		return false
	}
	const weeks26 = 182
	return group == GroupAll || float64(x.f.SilentDays) <= max(2*x.f.UsualGap, weeks26)
}

// score of a customer by one of the rules; higher leaves sooner.
func (x *tested) score(rule string) float64 {
	switch rule {
	case "recency":
		return float64(x.f.SilentDays)
	case "recency_per_gap":
		return float64(x.f.SilentDays) / max(x.f.UsualGap, 1)
	case "frequency":
		return -float64(x.f.Orders)
	case "random":
		return math.Mod(float64(uint32(x.f.Customer))*0.6180339887498949, 1)
	}
	return x.f.ChanceLeave
}

func testGroup(name string, all []tested) (GroupTest, bool) {
	g := GroupTest{Group: name}
	var some []tested
	var left []bool
	for _, x := range all {
		if x.in(name) {
			some = append(some, x)
			left = append(left, x.left)
			if x.left {
				g.Leavers++
			}
		}
	}
	g.Customers = len(some)
	if g.Leavers == 0 || g.Leavers == g.Customers {
		return g, false
	}
	own := scores(some, "chance_leave")
	for _, rule := range append([]string{"chance_leave"}, simple()...) {
		s, err := testScore(rule, some, own, left)
		if err != nil {
			return g, false
		}
		g.Scores = append(g.Scores, s)
	}
	r, err := effect.Reliability(own, left, 0.95)
	if err != nil {
		return g, false
	}
	g.Slope, g.SlopeLow, g.SlopeHigh, g.Intercept = r.Slope, r.SlopeIn.Low, r.SlopeIn.High, r.Intercept
	g.ECE, g.Brier, g.Mean, g.Share = r.ECE, r.Brier, r.Mean, r.Share
	g.Bins = bins(r.Bins)
	return g, true
}

func scores(some []tested, rule string) []float64 {
	list := make([]float64, len(some))
	for i := range some {
		list[i] = some[i].score(rule)
	}
	return list
}

func testScore(rule string, some []tested, own []float64, left []bool) (ScoreTest, error) {
	s := ScoreTest{Score: rule}
	mine := scores(some, rule)
	c, err := effect.CompareAUC(own, mine, left, effect.Resampling{Seed: 1})
	if err != nil {
		return s, err
	}
	s.AUC, s.Low, s.High = c.B.AUC, c.B.Interval.Low, c.B.Interval.High
	s.Above, s.AboveLow, s.AboveHigh = c.Difference, c.Interval.Low, c.Interval.High
	for _, top := range []int{25, 50, 100} {
		if top <= len(some) {
			s.Capacity = append(s.Capacity, testTop(some, mine, top))
		}
	}
	return s, nil
}

// testTop takes the first of a ranking, of equal scores those worth most.
func testTop(some []tested, scores []float64, top int) TopTest {
	order := make([]int, len(some))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(some[b].f.Residual.Minor, some[a].f.Residual.Minor))
	})
	var left int
	var caught, lost float64
	for place, i := range order {
		if !some[i].left {
			continue
		}
		value := some[i].f.Residual.Major()
		lost += value
		if place < top {
			left++
			caught += value
		}
	}
	t := TopTest{Top: top, Precision: float64(left) / float64(top)}
	if lost > 0 {
		t.Money = caught / lost
	}
	return t
}

func bins(list []effect.Bin) []BinTest {
	out := make([]BinTest, len(list))
	for i, b := range list {
		low, high := shareRange(b.Share*float64(b.Cases), float64(b.Cases))
		out[i] = BinTest{Customers: b.Cases, Forecast: b.Mean, Left: b.Share, Low: low, High: high}
	}
	return out
}

// shareRange is the exact 95 % range of a share (Clopper and Pearson 1934).
func shareRange(k, n float64) (low, high float64) {
	high = 1
	if k > 0 {
		low = distuv.Beta{Alpha: k, Beta: n - k + 1}.Quantile(0.025)
	}
	if k < n {
		high = distuv.Beta{Alpha: k + 1, Beta: n - k}.Quantile(0.975)
	}
	return low, high
}

// countRange is the exact 95 % range of a count's mean (Garwood 1936).
func countRange(k float64) (low, high float64) {
	if k > 0 {
		low = distuv.Gamma{Alpha: k, Beta: 1}.Quantile(0.025)
	}
	return low, distuv.Gamma{Alpha: k + 1, Beta: 1}.Quantile(0.975)
}

// lamps counts what was lit anew in the month before the origin.
func (o *OriginTest) lamps(all []tested, t behold.Day) {
	by := map[behold.LampKind]*LampTest{}
	healthy, leavers, reached, wrong := 0.0, 0, 0, 0.0
	var lead []float64
	for i := range all {
		x := &all[i]
		active := x.in(GroupActive)
		if !x.left {
			healthy++
		} else if active {
			leavers++
			if len(x.lamps) > 0 {
				reached++
				lead = append(lead, leadOf(x))
			}
		}
		for _, l := range x.lamps {
			if l.Since <= t-replayStep {
				continue
			}
			k := by[l.Kind]
			if k == nil {
				k = &LampTest{Lamp: l.Kind}
				by[l.Kind] = k
			}
			k.Lit++
			if x.left {
				k.Left++
			} else if l.Threshold > 0 {
				wrong++
				k.False++
			}
			k.Counted = k.Counted || l.Threshold > 0
		}
	}
	for _, r := range lamp.Rules() {
		if k := by[r.Kind]; k != nil {
			k.False *= 100 / max(healthy, 1)
			o.Lamps = append(o.Lamps, *k)
		}
	}
	o.Stayed = int(healthy)
	o.False = 100 * wrong / max(healthy, 1)
	o.FalseLow, o.FalseHigh = countRange(wrong)
	o.FalseLow, o.FalseHigh = o.FalseLow*100/max(healthy, 1), o.FalseHigh*100/max(healthy, 1)
	if leavers > 0 {
		o.Reached = float64(reached) / float64(leavers)
	}
	if len(lead) > 0 {
		slices.Sort(lead)
		o.LeadDays = &lead[len(lead)/2]
	}
}

// leadOf is how many days before the customer counts as lost the first lamp was lit.
func leadOf(x *tested) float64 {
	first := x.lamps[0].Since
	for _, l := range x.lamps {
		first = min(first, l.Since)
	}
	return float64(x.f.Last) + x.f.UsualGap - float64(first)
}

// gate judges the mean over the origins of those who were active.
func (b *Backtest) gate() Gate {
	sums, n := map[string]float64{}, 0.0
	money := map[string]float64{}
	slope := 0.0
	for _, o := range b.Origins {
		for _, g := range o.Groups {
			if g.Group != GroupActive {
				continue
			}
			n++
			slope += g.Slope
			for _, s := range g.Scores {
				sums[s.Score] += s.AUC
				if len(s.Capacity) > 0 {
					money[s.Score] += s.Capacity[len(s.Capacity)-1].Money
				}
			}
		}
	}
	gate := Gate{Open: true, Rule: "chance_leave"}
	if n == 0 {
		return Gate{Rule: "recency", Because: []string{BecauseNothing}}
	}
	gate.AUC = sums["chance_leave"] / n
	for _, rule := range simple() {
		if sums[rule]/n > gate.BestAUC {
			gate.BestRule, gate.BestAUC = rule, sums[rule]/n
		}
	}
	if gate.AUC < gate.BestAUC-0.01 {
		gate.Because = append(gate.Because, BecauseRanks)
	}
	if s := slope / n; s < 0.8 || s > 1.2 {
		gate.Because = append(gate.Because, BecauseChances)
	}
	if money["chance_leave"] < 0.99*money[gate.BestRule] {
		gate.Because = append(gate.Because, BecauseMoney)
	}
	if len(gate.Because) > 0 {
		gate.Open, gate.Rule = false, gate.BestRule
	}
	return gate
}
