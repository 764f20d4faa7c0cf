package lamp

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/optimize"

	"behold"
)

// The lamp returns (L11): does this customer send back, or get credited, more
// than the company's customers do and more than they did before?
//
// In: goods lines bought and goods lines returned, by day. What was bought and
// fully credited on one day was a slip of the pen: neither counts.
//
// Lights: at p ≤ A on a day on which something came back, with at least two
// lines back in the 60 days up to it; A is for as many chances a month as the
// customer orders in a month. With x lines back of n bought in the 60 days, and
// x0 of n0 before them,
//
//	p = P(BetaBin(n, a + x0, b + n0 − x0) ≥ x)        a, b: the company's
//
// Since is the first such day of the last 30.
//
// Out: 30 days without a line coming back, or a reason logged.
//
// Facts: returned_now, lines_now, returned_before, lines_before, usual_share,
// last_return_on, days_now, one_in. Rows: the orders (credit notes) of the days
// on which something came back.
//
// Fails: recalls, which reach everybody; lines of one credit note count as if
// each had been sent back for itself.
// Source: METHODS L11; its reference number is TestReturnsReference.
const (
	returnDays   = 60
	returnsQuiet = 30
	leastReturns = 2
)

// A spell is the lines of the 60 days up to a day, and of all time before.
type spell struct {
	day                behold.Day
	back, lines        int // of the 60 days
	backThen, linesAgo int // before them
	p                  float64
}

func (d *desk) returns() (behold.Lamp, bool) {
	if d.in.ReturnA <= 0 || !d.cameBack(d.day-returnsQuiet) {
		return behold.Lamp{}, false
	}
	for i := d.h.Start[d.k]; i < d.h.Start[d.k+1]; i++ {
		if d.h.Day[i] <= d.day-returnsQuiet || !d.counts(i) || d.h.Returns[i] == 0 {
			continue
		}
		s := d.spellUntil(d.h.Day[i])
		if a, lit := d.test(behold.LampReturns, s.p, d.ordersAMonth(), s.back >= leastReturns); lit {
			return d.lit(behold.LampReturns, s.day, s.p, a, d.returnEvidence(s)), true
		}
	}
	return behold.Lamp{}, false
}

func (d *desk) watchReturns(l behold.Lamp) (behold.Lamp, bool) {
	if !d.cameBack(d.day - returnsQuiet) {
		return l, false
	}
	if s := d.spellUntil(d.day); s.back >= leastReturns && d.in.ReturnA > 0 {
		l.P, l.Strength, l.Evidence = s.p, strength(s.p), d.returnEvidence(s)
	}
	return l, true
}

// ordersAMonth counts over the customer's whole time.
func (d *desk) ordersAMonth() float64 {
	months := max(1, d.in.Clock.Between(d.f.First, d.day)/daysOfMonth)
	if !d.f.First.Known() {
		months = 1
	}
	return max(1, float64(d.f.Orders)) / months
}

// cameBack says whether anything came back after a day.
func (d *desk) cameBack(after behold.Day) bool {
	for i := d.h.Start[d.k+1] - 1; i >= d.h.Start[d.k] && d.h.Day[i] > after; i-- {
		if d.h.Returns[i] > 0 && d.counts(i) {
			return true
		}
	}
	return false
}

// counts says that visit i is not an order taken back the day it was made.
func (d *desk) counts(i int) bool { return counts(d.h, i) }

func counts(h *behold.Histories, i int) bool {
	const all = 0.99 // of what was bought, so that freight kept does not hide it
	return h.Bought[i] <= 0 || float64(-h.Credited[i]) < all*float64(h.Bought[i])
}

// spellUntil counts lines up to a day. What came back must have been bought, so
// where less was bought in the 60 days than came back in them, the purchases
// just before them count as well.
func (d *desk) spellUntil(day behold.Day) spell {
	s := spell{day: day}
	begin := d.h.Start[d.k]
	i := begin
	for i < d.h.Start[d.k+1] && d.h.Day[i] <= day {
		i++
	}
	for i--; i >= begin; i-- {
		if !d.counts(i) {
			continue
		}
		back, lines := int(d.h.Returns[i]), int(d.h.Goods[i])
		recent := d.h.Day[i] > day-returnDays
		if recent {
			s.back += back
		} else {
			s.backThen += back
		}
		if recent || s.lines < s.back {
			s.lines += lines
		} else {
			s.linesAgo += lines
		}
	}
	s.lines = max(s.lines, s.back) // bought before the records begin
	s.linesAgo = max(s.linesAgo, s.backThen)
	s.p = betaBinomialUpper(s.back, s.lines, d.in.ReturnA+float64(s.backThen), d.in.ReturnB+float64(s.linesAgo-s.backThen))
	return s
}

func (d *desk) returnEvidence(s spell) behold.Evidence {
	usual := (d.in.ReturnA + float64(s.backThen)) / (d.in.ReturnA + d.in.ReturnB + float64(s.linesAgo))
	var days []behold.Day
	for i := d.h.Start[d.k+1] - 1; i >= d.h.Start[d.k] && d.h.Day[i] > s.day-returnDays; i-- {
		if d.h.Returns[i] > 0 && d.counts(i) {
			days = append(days, d.h.Day[i])
		}
	}
	return behold.Evidence{
		Facts: []behold.Fact{
			number("returned_now", float64(s.back)),
			number("lines_now", float64(s.lines)),
			number("returned_before", float64(s.backThen)),
			number("lines_before", float64(s.linesAgo)),
			number("usual_share", usual),
			number("days_now", returnDays),
			number("one_in", oneIn(s.p)),
			on("last_return_on", days[0]),
		},
		Rows: orders(days...),
	}
}

// betaBinomialUpper is P(X ≥ x) for X ~ BetaBin(n, a, b), summed from the side
// that has fewer terms.
func betaBinomialUpper(x, n int, a, b float64) float64 {
	if x <= 0 {
		return 1
	}
	if x <= n-x {
		return max(0, 1-betaBinomialSum(0, x-1, n, a, b))
	}
	return min(1, betaBinomialSum(x, n, n, a, b))
}

func betaBinomialSum(from, to, n int, a, b float64) float64 {
	sum := 0.0
	for i := from; i <= to; i++ {
		sum += math.Exp(logBetaBinomial(i, n, a, b))
	}
	return sum
}

func logBetaBinomial(x, n int, a, b float64) float64 {
	ways := -math.Log(float64(n+1)) - mathext.Lbeta(float64(n-x+1), float64(x+1))
	return ways + mathext.Lbeta(a+float64(x), b+float64(n-x)) - mathext.Lbeta(a, b)
}

// A share of lines that came back, and how many customers have just that one.
type backShare struct{ back, lines, customers int }

// returnHabits fits the company's Beta(a, b) by maximum likelihood over its
// customers, with weak priors (ln a around ln 0.8, ln b around ln 40, deviation
// 1.5) that keep a company without returns from an infinite answer.
func returnHabits(h *behold.Histories) (a, b float64) {
	return fitBeta(backShares(h), 0.8, 40)
}

// fitBeta is the Beta(a, b) of the shares with such priors around a0 and b0; 0
// where there are none.
func fitBeta(shares []backShare, a0, b0 float64) (a, b float64) {
	if len(shares) == 0 {
		return 0, 0
	}
	start := []float64{math.Log(a0), math.Log(b0)}
	const prior = 2 * 1.5 * 1.5
	loss := func(x []float64) float64 {
		a, b := math.Exp(x[0]), math.Exp(x[1])
		none := mathext.Lbeta(a, b)
		sum := ((x[0]-start[0])*(x[0]-start[0]) + (x[1]-start[1])*(x[1]-start[1])) / prior
		for _, s := range shares {
			sum -= float64(s.customers) * (mathext.Lbeta(a+float64(s.back), b+float64(s.lines-s.back)) - none)
		}
		return sum
	}
	best, err := optimize.Minimize(optimize.Problem{Func: loss}, start, nil, &optimize.NelderMead{})
	if best == nil || err != nil && !(best.F < loss(start)) {
		return math.Exp(start[0]), math.Exp(start[1])
	}
	return math.Exp(best.X[0]), math.Exp(best.X[1])
}

// backShares counts customers by their returns, in a fixed order, so that sums
// over them come out the same every time.
func backShares(h *behold.Histories) []backShare {
	count := map[[2]int]int{}
	for k := range h.Customer {
		back, lines := 0, 0
		for i := h.Start[k]; i < h.Start[k+1]; i++ {
			if counts(h, i) {
				back, lines = back+int(h.Returns[i]), lines+int(h.Goods[i])
			}
		}
		if lines = max(lines, back); lines > 0 {
			count[[2]int{back, lines}]++
		}
	}
	return inOrderOfShares(count)
}

// inOrderOfShares lists how many customers have which share.
func inOrderOfShares(count map[[2]int]int) []backShare {
	shares := make([]backShare, 0, len(count))
	for key, customers := range count {
		shares = append(shares, backShare{key[0], key[1], customers})
	}
	slices.SortFunc(shares, func(x, y backShare) int {
		return cmp.Or(x.lines-y.lines, x.back-y.back)
	})
	return shares
}
