package lamp

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// The lamp shrinking (L09): does this customer buy less often, or less at a
// time, than in the year before?
//
// In: purchases; the last 90 days against the up to 365 days before them, both
// measured in the company's own time (behold.Clock), so a July stop shrinks
// nobody. At least four occasions before. The baseline of a newer customer
// begins on the day after the first purchase, which only opens the window.
// Amounts above Huge times the customer's median count as that much.
//
// Lights: at p ≤ A on the customer's monthly test day (TestDay), as things were
// that day, while today's p is still at most 0.3, and if at least a tenth of the
// turnover is gone: smaller orders more often are no loss. Since is the test day.
//
//	(a)  X_r | n ~ Bin(n, u_r/(u_r+u_b))     mid-p, lower tail
//	(b)  m_r/m_b ~ F(2·pg·n_r, 2·pg·n_b)     lower tail
//	p  = q(1 − ln q), q = p_a·p_b             (Fisher); n_r = 0: (a) alone
//
// While the rhythm lamp is lit, (a) says nothing that the silence does not say
// already; then p is (b) alone, what was bought before the silence.
//
// Out: p above 0.3, or explained (which the one who knows records).
//
// Facts: occasions_now, occasions_before, expected_now (at the old pace),
// amount_now, amount_before (mean of an occasion, major units of the currency
// in Text), fall (share of the turnover gone), days_now, days_before,
// frequency_p, size_p, as_of. Rows: the orders of the last purchases.
//
// Fails: price changes, project customers; tells nothing of customers with
// fewer than four occasions in the baseline.
// Source: METHODS L09; its distribution under chance and its power are counted
// in TestShrinkingUnderChance and TestShrinkingSeesAFall.
const (
	recentDays    = 90
	baselineDays  = 365
	leastBaseline = 4
	shrinkingOut  = 0.3
	leastFall     = 0.1
)

// A shrinkage is what the test of one day has to say.
type shrinkage struct {
	frequency, size, p            float64 // p values; size 1 when there is nothing to compare
	now, before                   int
	expected                      float64
	amountNow, amountBefore, fall float64
	daysBefore                    int
}

func (d *desk) shrinking() (behold.Lamp, bool) {
	test := TestDay(d.h.Customer[d.k], d.day)
	then, enough := d.shrunk(test, d.silent)
	if !enough {
		return behold.Lamp{}, false
	}
	today, _ := d.shrunk(d.day, false)
	a, lit := d.test(behold.LampShrinking, then.p, 1, today.p <= shrinkingOut && then.fall >= leastFall)
	if !lit {
		return behold.Lamp{}, false
	}
	return d.lit(behold.LampShrinking, test, then.p, a, d.shrinkingEvidence(then, test)), true
}

func (d *desk) watchShrinking(l behold.Lamp) (behold.Lamp, bool) {
	today, enough := d.shrunk(d.day, false)
	if !enough || today.p > shrinkingOut {
		return l, false
	}
	l.P, l.Evidence = today.p, d.shrinkingEvidence(today, d.day)
	l.Strength = strength(today.p)
	return l, true
}

// shrunk tests as of a day; not enough when there are too few occasions before.
func (d *desk) shrunk(day behold.Day, silent bool) (shrinkage, bool) {
	s := shrinkage{frequency: 1, size: 1, p: 1}
	begin := day - recentDays
	from := begin - baselineDays
	if d.f.First >= begin {
		return s, false
	}
	if d.f.First >= from {
		from = d.f.First
	}
	d.before.gather(d.h, d.k, d.in.Settings.MergeDays, from, begin)
	if d.before.n() < leastBaseline {
		return s, false
	}
	d.recent.gather(d.h, d.k, d.in.Settings.MergeDays, begin, day)
	s.now, s.before, s.daysBefore = d.recent.n(), d.before.n(), int(begin-from)
	uNow, uBefore := d.in.Clock.Between(begin, day), d.in.Clock.Between(from, begin)
	s.expected = float64(s.before) * uNow / uBefore
	s.frequency = fewerP(s.now, s.before, uNow/(uNow+uBefore))
	s.amountNow, s.amountBefore = d.meanAmounts()
	if s.now > 0 && d.in.OrderShape > 0 && s.amountBefore > 0 {
		s.size = smallerP(s.amountNow/s.amountBefore, s.now, s.before, d.in.OrderShape)
	}
	s.p = s.joined(silent, d.in.OrderShape > 0)
	s.fall = 1 - float64(s.now)*s.amountNow/(s.expected*s.amountBefore)
	return s, true
}

func (s *shrinkage) joined(silent, amounts bool) float64 {
	switch {
	case silent:
		return s.size
	case s.now == 0 || !amounts:
		return s.frequency
	}
	return fisher(s.frequency, s.size)
}

// meanAmounts are the mean amounts of an occasion now and before, with what
// is huge for this customer cut down.
func (d *desk) meanAmounts() (now, before float64) {
	most := math.Inf(1)
	if d.in.Huge > 0 {
		most = d.in.Huge * d.before.median()
	}
	return d.recent.mean(most), d.before.mean(most)
}

func (d *desk) shrinkingEvidence(s shrinkage, day behold.Day) behold.Evidence {
	unit := behold.Money{Minor: 1, Currency: d.h.Currency}.Major()
	return behold.Evidence{
		Facts: []behold.Fact{
			number("occasions_now", float64(s.now)),
			number("occasions_before", float64(s.before)),
			number("expected_now", s.expected),
			amount("amount_now", s.amountNow*unit, d.h.Currency),
			amount("amount_before", s.amountBefore*unit, d.h.Currency),
			number("fall", s.fall),
			number("days_now", recentDays),
			number("days_before", float64(s.daysBefore)),
			number("frequency_p", s.frequency),
			number("size_p", s.size),
			on("as_of", day),
		},
		Rows: orders(d.lastPurchases(3)...),
	}
}

// fewerP answers: how unusual are so few occasions now, after so many before?
// Mid-p of the lower tail of Bin(now+before, share), which is conservative for
// customers more regular than chance and a little sharp for erratic ones.
func fewerP(now, before int, share float64) float64 {
	n, x := float64(now+before), float64(now)
	atMost := 1.0
	if now < now+before {
		atMost = mathext.RegIncBeta(n-x, x+1, 1-share)
	}
	if now == 0 {
		return atMost / 2
	}
	return (atMost + mathext.RegIncBeta(n-x+1, x, 1-share)) / 2
}

// smallerP answers: how unusual is a mean amount so much smaller? The ratio of
// two means of gamma amounts of one shape has an F distribution.
func smallerP(ratio float64, now, before int, shape float64) float64 {
	if ratio <= 0 {
		return 0
	}
	return distuv.F{D1: 2 * shape * float64(now), D2: 2 * shape * float64(before)}.CDF(ratio)
}

// fisher joins two independent p values.
func fisher(a, b float64) float64 {
	q := a * b
	if q <= 0 {
		return 0
	}
	return q * (1 - math.Log(q))
}

// occasions are the amounts of a customer's occasions in a window of time.
type occasions struct {
	amount []float64 // minor units, one an occasion
	sorted []float64
}

// gather takes the occasions that began in (after, until]. Purchases up to
// merge days after the first of an occasion belong to it, as in forecast.
func (o *occasions) gather(h *behold.Histories, k, merge int, after, until behold.Day) {
	o.amount = o.amount[:0]
	open := behold.NoDay
	for i := h.Start[k]; i < h.Start[k+1] && h.Day[i] <= until; i++ {
		if !h.Purchase(i) {
			continue
		}
		day, amount := h.Day[i], float64(h.Bought[i]+h.Credited[i])
		begins := !open.Known() || int(day-open) > merge
		if begins {
			open = day
		}
		switch {
		case open <= after:
		case begins:
			o.amount = append(o.amount, amount)
		default:
			o.amount[len(o.amount)-1] += amount
		}
	}
}

func (o *occasions) n() int { return len(o.amount) }

func (o *occasions) mean(most float64) float64 {
	if len(o.amount) == 0 {
		return 0
	}
	sum := 0.0
	for _, a := range o.amount {
		sum += min(a, most)
	}
	return sum / float64(len(o.amount))
}

func (o *occasions) median() float64 {
	o.sorted = append(o.sorted[:0], o.amount...)
	slices.Sort(o.sorted)
	n := len(o.sorted)
	return (o.sorted[(n-1)/2] + o.sorted[n/2]) / 2
}
