package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/repurchase"
)

// windows are how far back a customer's doings are counted, in days of
// operational time: a quiet July is then no sign of quiet customers.
var windows = [...]float64{30, 60, 90, 180, 365}

// The columns that the chance to leave is learned from. The first five are the
// terms of METHODS 2.6.
const (
	colOne        = iota // 1
	colEngine            // logit of the engine's own chance of nothing in the horizon
	colSilence           // ln(1 + s)
	colSilenceGap        // ln(1 + s / mean gap)
	colRepeats           // ln(1 + x)
	colAlive             // logit of the chance to be active
	colTenure            // ln(1 + T)
	colMeanGap           // ln of the mean gap
	colLastGap           // ln of the last gap over the mean gap
	colMaxGap            // ln of the longest gap over the mean gap
	colSpread            // standard deviation of ln gap
	colSilenceMax        // ln(1 + s / longest gap)
	colOrders            // ln(1 + orders)
	colSpend             // ln(1 + net spend), in typical orders of the company
	colOrderValue        // ln(1 + net spend a purchase day)
	colLines             // ln(1 + goods lines a purchase day)
	colLastValue         // last purchase day's spend over the usual, ln
	colLastLines         // its lines over the usual, ln
	colCredits           // ln(1 + goods lines ever returned or credited)
	colTrend             // ln(1 + purchase days in the last 90) less the same of the 90 before
	colSeason            // ln(1 + purchase days in the horizon's window a year ago)
	colSeasonAny         // whether there were any
	colSeasonNone        // whether there were none though the customer was one by then
	colDays              // ln(1 + purchase days) in each window
	colWinOrders  = colDays + len(windows)
	colWinSpend   = colWinOrders + len(windows)
	colWinLines   = colWinSpend + len(windows)
	colWinCredits = colWinLines + len(windows)
	columns       = colWinCredits + len(windows)
)

// A scene is a company on one day, with everything that its features are read
// from; all of it known by h.AsOf.
type scene struct {
	h       *behold.Histories
	clock   *behold.Clock
	window  float64 // the horizon on the clock
	occ     *Occasions
	engine  repurchase.Scores // Silence, Alive, MeanGap, NoPurchase
	horizon int               // calendar days
	typical float64           // what is bought on a typical purchase day, minor units
	from    behold.Day        // first day of the company's records
}

// features are the columns of customer k, written to row. Customers who never
// bought have no features.
func (s *scene) features(k int, row []float64) {
	clear(row)
	b := s.occ.Buyer[k]
	silence, gap := b.Silence(), math.Min(math.Max(s.engine.MeanGap[k], gapLow), farAhead)
	row[colOne] = 1
	row[colEngine] = logit(s.engine.NoPurchase[k])
	row[colSilence] = math.Log1p(silence)
	row[colSilenceGap] = math.Log1p(silence / gap)
	row[colRepeats] = math.Log1p(b.Repeats)
	row[colAlive] = logit(s.engine.Alive[k])
	row[colTenure] = math.Log1p(b.Age)
	row[colMeanGap] = math.Log(gap)
	w := walk{scene: s, row: row, now: s.clock.At(s.h.AsOf), lastYear: s.h.AsOf - yearDays}
	w.past.silence, w.past.window, w.past.then = silence, s.window, longAgo
	w.tale.start()
	for i := s.h.Start[k]; i < s.h.Start[k+1]; i++ {
		w.visit(i)
	}
	w.finish(silence, gap)
}

// A walk passes the visits of one customer and gathers what the features need.
type walk struct {
	*scene
	row                 []float64
	now                 float64    // the operational time of the as-of day
	lastYear            behold.Day // a year before
	days, orders, lines float64
	net, credits        float64
	last                float64 // operational time of the last purchase day
	lastNet, lastLines  float64
	gaps, logs, squares float64
	lastGap, maxGap     float64
	before, season      float64 // purchase days 90 to 180 ago; in last year's window
	firstDay, lastDay   behold.Day
	past                past
	tale                tale
}

func (w *walk) visit(i int) {
	h, at := w.h, w.clock.At(w.h.Day[i])
	ago := w.now - at
	returned := float64(h.Returns[i])
	net := float64(h.Bought[i]+h.Credited[i]) / w.typical
	w.credits += returned
	bought := h.Purchase(i)
	if bought {
		w.purchase(i, at, net)
	}
	w.pastVisit(i, net, at, bought)
	for j, reach := range windows {
		if ago >= reach {
			continue
		}
		w.row[colWinCredits+j] += returned
		if bought {
			w.row[colDays+j]++
			w.row[colWinOrders+j] += float64(h.Orders[i])
			w.row[colWinSpend+j] += net
			w.row[colWinLines+j] += float64(h.Goods[i])
		}
	}
	if bought && ago >= 90 && ago < 180 {
		w.before++
	}
}

func (w *walk) purchase(i int, at, net float64) {
	h, day := w.h, w.h.Day[i]
	if w.days == 0 {
		w.firstDay, w.past.first = day, net
	} else {
		w.gap(at - w.last)
	}
	w.tale.purchase(ago(h.AsOf, day), net, float64(h.Goods[i]))
	w.days++
	w.orders += float64(h.Orders[i])
	w.lines += float64(h.Goods[i])
	w.net += net
	w.last, w.lastDay, w.lastNet, w.lastLines = at, day, net, float64(h.Goods[i])
	if day > w.lastYear && day <= w.lastYear+behold.Day(w.horizon) {
		w.season++
	}
}

func (w *walk) gap(gap float64) {
	gap = math.Max(gap, gapLow)
	l := math.Log(gap)
	w.past.pastGap(gap, l, int(w.gaps))
	w.gaps++
	w.logs += l
	w.squares += l * l
	w.lastGap, w.maxGap = gap, math.Max(w.maxGap, gap)
}

// finish turns sums into columns. Where there are no gaps yet, the expected one
// stands for them.
func (w *walk) finish(silence, gap float64) {
	row := w.row
	if w.gaps == 0 {
		w.lastGap, w.maxGap = gap, gap
	}
	spread := spreadPrior * spreadPrior * spreadWeight
	if w.gaps > 0 {
		spread += math.Max(0, w.squares-w.logs*w.logs/w.gaps)
	}
	row[colSpread] = math.Sqrt(spread / (math.Max(w.gaps-1, 0) + spreadWeight))
	row[colLastGap] = math.Log(w.lastGap / gap)
	row[colMaxGap] = math.Log(w.maxGap / gap)
	row[colSilenceMax] = math.Log1p(silence / w.maxGap)
	row[colOrders] = math.Log1p(w.orders)
	row[colSpend] = math.Log1p(w.net)
	days := math.Max(w.days, 1)
	row[colOrderValue] = math.Log1p(w.net / days)
	row[colLines] = math.Log1p(w.lines / days)
	row[colLastValue] = math.Log1p(w.lastNet) - row[colOrderValue]
	row[colLastLines] = math.Log1p(w.lastLines) - row[colLines]
	row[colCredits] = math.Log1p(w.credits)
	row[colTrend] = math.Log1p(row[colDays+2]) - math.Log1p(w.before)
	for j := colDays; j < columns; j++ {
		row[j] = math.Log1p(row[j])
	}
	w.finishSeason()
	w.finishPast(gap)
	w.tale.columns(row, w.horizon, logistic(row[colEngine]))
}

// finishSeason needs a year of records; without it the columns stay 0 for everybody.
func (w *walk) finishSeason() {
	if w.from > w.lastYear {
		return
	}
	w.row[colSeason] = math.Log1p(w.season)
	switch {
	case w.season > 0:
		w.row[colSeasonAny] = 1
	case w.firstDay <= w.lastYear:
		w.row[colSeasonNone] = 1
	}
}

// The spread of a customer with few gaps is drawn to that of purchases at
// random with a little rhythm, as if seen in so many gaps more.
const (
	spreadPrior  = 0.8
	spreadWeight = 2.0
)

// newScene reads occasions.
func newScene(h *behold.Histories, clock *behold.Clock, mergeDays, horizon int) *scene {
	return &scene{h: h, clock: clock, horizon: horizon, occ: CustomerOccasions(h, clock, mergeDays)}
}

// ask has the engine say how the customers stand; common are the repeats that
// many have, nil if h is everybody who will be asked about.
func (s *scene) ask(engine repurchase.Mixture, common []float64) (err error) {
	s.window = s.clock.Between(s.h.AsOf, s.h.AsOf+behold.Day(s.horizon))
	s.engine, err = engine.Score(s.occ.Buyer, repurchase.Wanted{Silence: true, Alive: true, MeanGap: true, Window: s.window, Common: common})
	return err
}

// matrix is the features of the chosen customers, row by row.
func (s *scene) matrix(chosen []int) []float64 {
	x := make([]float64, len(chosen)*wide)
	stat.Blocks(len(chosen), blockSize, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			s.features(chosen[i], x[i*wide:(i+1)*wide])
		}
	})
	return x
}

func logit(p float64) float64 {
	p = math.Min(math.Max(p, 1e-6), 1-1e-6)
	return math.Log(p / (1 - p))
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
