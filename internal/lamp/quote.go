package lamp

import (
	"math"
	"sort"

	"behold"
	"behold/stat"
)

// The lamp quote_unanswered (L20): do this customer's quotes no longer become orders?
//
// In: quotes, and when they were won. A company that never notes a quote as won
// lights nothing.
//
// Lights, on the day on which a quote grows older than 95 % of those that were won
// were by then (the method of Kaplan and Meier, quotes that are open counted as
// such): at p ≤ A, with A for as many chances a month as the customer gets quotes.
// Not every quote is won, so p weighs the run of m quotes without an order that ends
// with this one, for a chance to win one of Beta(a + won, b + lost) before the run,
// Beta(a, b) the company's own:
//
//	p = P(none of m) = B(a + won, b + lost + m)/B(a + won, b + lost)
//
// and only if the customer has not become a customer by their first quote only: at
// least one was won, or an order made. Since is that day, of the last 60 days' ones.
//
// Out: a quote is won, or 120 days without another one going unanswered.
//
// Facts: quoted_on, quote_amount (where told), age_days, unanswered (m), won_before,
// quotes_before, usual_days (until a quote is won, the median), late_days (95 %),
// one_in. Rows: the quotes of the run.
//
// Fails: orders that nobody linked to their quote. Source: METHODS L20;
// TestQuoteUnderChance.
const (
	leastWon    = 20
	quoteFresh  = 60
	quoteOver   = 120
	lateQuote   = 0.95
	quoteSpread = 20
)

// quoteHabits are how the company's quotes become orders.
type quoteHabits struct {
	late, usual behold.Day // days by which 95 % and half of those won are; late 0: not known
	a, b        float64
}

func quoteHabitsOf(h *behold.Histories, deals *behold.Dealings) quoteHabits {
	var q quoteHabits
	if deals == nil || len(deals.Quotes.All) == 0 {
		return q
	}
	var waits []wait
	won := 0
	for i := range deals.Quotes.All {
		x := &deals.Quotes.All[i]
		if x.Won.Known() {
			won++
			waits = append(waits, wait{float64(max(0, x.Won-x.At)), true})
		} else {
			waits = append(waits, wait{float64(max(0, h.AsOf-x.At)), false})
		}
	}
	if won < leastWon {
		return q
	}
	long, share := waitCurve(waits)
	never := afterShare(long, share, waits, long[len(long)-1])
	at := func(part float64) behold.Day {
		i := sort.Search(len(long), func(i int) bool {
			return 1-afterShare(long, share, waits, long[i]) >= part*(1-never)
		})
		return behold.Day(long[min(i, len(long)-1)])
	}
	q.late, q.usual = max(1, at(lateQuote)), at(.5)
	q.setShares(h, deals)
	return q
}

// setShares fits Beta(a, b) of the share of ripe quotes that are won, by moments
// over customers.
func (q *quoteHabits) setShares(h *behold.Histories, deals *behold.Dealings) {
	var won, all, squares, pairs float64
	for k := range h.Customer {
		w, n := 0.0, 0.0
		for _, x := range deals.Quotes.Of(k) {
			switch {
			case x.Won.Known():
				w, n = w+1, n+1
			case h.AsOf-x.At > q.late:
				n++
			}
		}
		won, all = won+w, all+n
		squares, pairs = squares+w*(w-1), pairs+n*(n-1) // pairs of a customer's quotes, both won
	}
	mean := (won + .5) / (all + 1)
	strength := float64(quoteSpread)
	if pairs >= 100 {
		both := squares / pairs // = mean² + mean(1−mean)/(strength+1)
		if rho := (both - mean*mean) / (mean * (1 - mean)); rho > 0 {
			strength = min(max(1/rho-1, .5), 50)
		} else {
			strength = 50
		}
	}
	q.a, q.b = mean*strength, (1-mean)*strength
}

func (d *desk) quoteUnanswered() (behold.Lamp, bool) {
	habit := &d.in.Quoting
	quotes := d.deals.Quotes.Of(d.k)
	if habit.late == 0 || len(quotes) == 0 {
		return behold.Lamp{}, false
	}
	won, lost, run := 0, 0, 0
	var found behold.Lamp
	lit := false
	often := float64(len(quotes)) * daysOfMonth / float64(max(daysOfMonth, d.day-quotes[0].At))
	for i := range quotes {
		x := &quotes[i]
		switch ripe := x.At + habit.late + 1; {
		case x.Won.Known():
			won, lost, run, lit = won+1, lost+run, 0, false
		case ripe <= d.day:
			run++
			if ripe <= d.day-quoteFresh {
				continue
			}
			a, b, m := habit.a+float64(won), habit.b+float64(lost), float64(run)
			p := math.Exp(stat.LogBeta(a, b+m) - stat.LogBeta(a, b))
			if threshold, burns := d.testOf(ripe, behold.LampQuote, p, often, won > 0 || d.f.Orders > 0); burns && !lit {
				found, lit = d.lit(behold.LampQuote, ripe, p, threshold, d.quoteEvidence(quotes[:i+1], won, run, p)), true
			}
		}
	}
	return found, lit
}

func (d *desk) quoteEvidence(quotes []behold.Quote, won, run int, p float64) behold.Evidence {
	last := &quotes[len(quotes)-1]
	before := 0
	e := behold.Evidence{}
	for i := len(quotes) - 1; i >= 0; i-- {
		x := &quotes[i]
		if !x.Won.Known() && len(e.Rows) < run {
			e.Rows = append(e.Rows, row(behold.TableQuotes, x.ID, x.At))
			continue
		}
		before++
	}
	e.Facts = []behold.Fact{
		on("quoted_on", last.At), number("age_days", float64(d.day-last.At)), number("unanswered", float64(run)),
		number("won_before", float64(won)), number("quotes_before", float64(before)),
		number("usual_days", float64(d.in.Quoting.usual)), number("late_days", float64(d.in.Quoting.late)), number("one_in", oneIn(p)),
	}
	if last.Amount > 0 && !math.IsInf(last.Amount, 1) {
		e.Facts = append(e.Facts, amount("quote_amount", last.Amount, d.h.Currency))
	}
	return e
}

func (d *desk) watchQuote(l behold.Lamp) (behold.Lamp, bool) {
	last := l.Since
	for _, x := range d.deals.Quotes.Of(d.k) {
		if x.Won.Known() && x.Won > l.Since {
			return l, false
		}
		if ripe := x.At + d.in.Quoting.late + 1; !x.Won.Known() && ripe <= d.day {
			last = max(last, ripe)
		}
	}
	if f, told := l.Evidence.Fact("quoted_on"); told {
		l.Evidence = toldAge(l.Evidence, d.day-f.Day)
	}
	return l, d.day-last < quoteOver
}

func toldAge(e behold.Evidence, age behold.Day) behold.Evidence {
	return told(e, number("age_days", float64(age)))
}
