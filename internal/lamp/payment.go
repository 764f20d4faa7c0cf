package lamp

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// The lamp payment (L16): does this company pay later than it used to, or does it
// dispute what it is billed?
//
// In: the invoices of customers that are companies: due, paid, disputed. y = ln(1 + days
// late), 0 for on time; an invoice still open counts as late as it is today, and one
// that is disputed is weighed as a dispute only.
//
// Lights: at p ≤ A, with A for as many chances a month as there are invoices, on one
// that was paid, or lay open past its day, in the last 30 days. With n earlier
// invoices of mean ȳ and sum of squares SS, and the company's own prior (m0 and the
// variance within customers v, κ0 the ratio of v to the variance between them, ν0 = 4),
//
//	κ = κ0 + n     m = (κ0·m0 + n·ȳ)/κ     ν = ν0 + n
//	sd² = (ν0·v + SS + κ0·n/κ·(ȳ − m0)²)/ν          at least v/4
//	t  = (y − m)/(sd·√(1 + 1/κ))           p = upper tail of Student's t with ν
//
// and only if it is at least a week later than usual. Without p, as an event:
// invoices disputed in the last 90 days, where that is rare (desk.rare) for the
// company's customers and this one. Since is the day on which it was so late, or
// the dispute was recorded.
//
// Reason: quality when disputed, else closed.
//
// Out: the next two invoices paid within a week of what is usual, undisputed.
//
// Facts: due_on, paid_on (not there while it is open), late_days, usual_late_days,
// invoices (before it), invoice_amount (where told), open (1 or 0), disputed (number in
// 90 days), disputed_before, one_in (0 for an event). Rows: the invoice, or those disputed.
//
// Not for consumers, nor for judging anybody's credit.
//
// Fails: invoices that were wrong. Source: METHODS L16; TestPaymentUnderChance.
const (
	paymentFresh    = 30
	disputeDays     = 90
	priorFreedom    = 4
	weekLater       = 7
	leastInvoices   = 3 // before it
	leastPayments   = 50
	calmInvoices    = 2
	disputePrior    = 1. / 200
	disputeStrength = 4.
)

// payHabits are how the company's customers pay.
type payHabits struct {
	mean, within, weight float64 // m0, v, κ0; weight 0: not known
	disputed             float64 // share of invoices
}

// lateness is y of an invoice as of a day; not known while it is not due.
func lateness(v *behold.Invoice, day behold.Day) (y float64, known bool) {
	late := v.Paid - v.Due
	if !v.Paid.Known() {
		if late = day - v.Due; late <= 0 {
			return 0, false
		}
	}
	return math.Log1p(float64(max(0, late))), true
}

func payHabitsOf(h *behold.Histories, deals *behold.Dealings) payHabits {
	if deals == nil || len(deals.Invoices.All) == 0 {
		return payHabits{}
	}
	var all, sum, within, freedom, means, squares, customers, disputed float64
	for k := range h.Customer {
		if len(deals.Profile) > 0 && deals.Profile[k].Person {
			continue
		}
		n, s, q := 0.0, 0.0, 0.0
		for i := range deals.Invoices.Of(k) {
			v := &deals.Invoices.Of(k)[i]
			all++
			if v.Disputed {
				disputed++
			}
			if y, known := lateness(v, h.AsOf); known && !v.Disputed {
				n, s, q = n+1, s+y, q+y*y
			}
		}
		sum += s
		if n >= 2 {
			within += q - s*s/n
			freedom += n - 1
			means, squares, customers = means+s/n, squares+s/n*s/n, customers+1
		}
	}
	p := payHabits{disputed: (disputed + 1) / (all + 1/disputePrior)}
	if freedom < leastPayments || customers < 2 {
		return p
	}
	p.mean = means / customers
	p.within = max(within/freedom, 0.05)
	between := max(squares/customers-p.mean*p.mean-p.within*customers/(freedom+customers), 0.01)
	p.weight = min(max(p.within/between, .5), 20)
	return p
}

// A payer is what is known of one customer's payments before an invoice.
type payer struct{ n, sum, square float64 }

func (p *payer) add(y float64) { p.n, p.sum, p.square = p.n+1, p.sum+y, p.square+y*y }

// predict gives the t distribution of the next y.
func (p *payer) predict(in *payHabits) distuv.StudentsT {
	kappa, nu := in.weight+p.n, priorFreedom+p.n
	m := (in.weight*in.mean + p.sum) / kappa
	square := priorFreedom * in.within
	if p.n > 0 {
		mean := p.sum / p.n
		square += max(0, p.square-p.n*mean*mean) + in.weight*p.n/kappa*(mean-in.mean)*(mean-in.mean)
	}
	// Who pays early is as punctual as 0 days late can tell, which hides how much their
	// payments differ: nobody is taken for more than twice as regular as usual.
	variance := max(square/nu, in.within/4)
	return distuv.StudentsT{Mu: m, Sigma: math.Sqrt(variance * (1 + 1/kappa)), Nu: nu}
}

func (d *desk) payment() (behold.Lamp, bool) {
	invoices := d.deals.Invoices.Of(d.k)
	if len(invoices) == 0 || d.profile().Person {
		return behold.Lamp{}, false
	}
	if l, lit := d.paysLate(invoices); lit {
		return l, true
	}
	return d.disputes(invoices)
}

func (d *desk) paysLate(invoices []behold.Invoice) (found behold.Lamp, lit bool) {
	if d.in.Paying.weight == 0 {
		return found, false
	}
	var before payer
	often := float64(len(invoices)) * daysOfMonth / float64(max(daysOfMonth, d.day-invoices[0].Due))
	for i := range invoices {
		v := &invoices[i]
		y, known := lateness(v, d.day)
		if !known || v.Disputed { // what is disputed is late for that, and disputes tells of it
			continue
		}
		if fresh := !v.Paid.Known() || v.Paid > d.day-paymentFresh; fresh && v.Due > d.day-2*paymentFresh-disputeDays {
			t := before.predict(&d.in.Paying)
			p := t.Survival(y)
			usual := math.Expm1(max(0, t.Mu))
			later := math.Expm1(y) >= usual+weekLater && before.n >= leastInvoices && calm(invoices, v.Due, usual) < calmInvoices
			if a, burns := d.test(behold.LampPayment, p, often, later); burns && !lit {
				found, lit = d.lit(behold.LampPayment, d.lateSince(v, &t, a), p, a, d.lateEvidence(v, &t, int(before.n), p)), true
			}
		}
		if v.Paid.Known() {
			before.add(y)
		}
	}
	return found, lit
}

// lateSince is the day on which the invoice was so late that it lit.
func (d *desk) lateSince(v *behold.Invoice, t *distuv.StudentsT, a float64) behold.Day {
	days := math.Ceil(max(math.Expm1(t.Quantile(1-a)), math.Expm1(t.Mu)+weekLater))
	since := v.Due + behold.Day(min(days, 3650))
	if v.Paid.Known() {
		since = min(since, v.Paid)
	}
	return min(since, d.day)
}

func (d *desk) lateEvidence(v *behold.Invoice, t *distuv.StudentsT, before int, p float64) behold.Evidence {
	end, open := v.Paid, 0.0
	if !v.Paid.Known() {
		end, open = d.day, 1
	}
	e := behold.Evidence{
		Facts: []behold.Fact{
			on("due_on", v.Due), number("late_days", float64(end-v.Due)), number("usual_late_days", math.Round(math.Expm1(max(0, t.Mu)))),
			number("invoices", float64(before)), number("open", open), number("one_in", oneIn(p)),
		},
		Rows: []behold.Row{row(behold.TableInvoices, v.ID, v.Due)},
	}
	if v.Paid.Known() {
		e.Facts = append(e.Facts, on("paid_on", v.Paid))
	}
	if v.Amount > 0 && !math.IsInf(v.Amount, 1) {
		e.Facts = append(e.Facts, amount("invoice_amount", v.Amount, d.h.Currency))
	}
	return e
}

// disputes lights where more was disputed of late than is usual by chance.
func (d *desk) disputes(invoices []behold.Invoice) (behold.Lamp, bool) {
	now, lines, before, ago := 0, 0, 0, 0
	var last *behold.Invoice
	var rows []behold.Row
	for i := range invoices {
		v := &invoices[i]
		recent := v.Due > d.day-disputeDays
		switch {
		case recent:
			lines++
		default:
			ago++
		}
		if !v.Disputed {
			continue
		}
		if recent {
			now, last, rows = now+1, v, append(rows, row(behold.TableInvoices, v.ID, v.Due))
		} else {
			before++
		}
	}
	if now == 0 || calm(invoices, last.Due, 0) >= calmInvoices {
		return behold.Lamp{}, false
	}
	share := d.in.Paying.disputed
	if share == 0 {
		share = disputePrior
	}
	tail := betaBinomialUpper(now, lines, disputeStrength*share+float64(before), disputeStrength*(1-share)+float64(ago-before))
	if !d.rare(tail, daysOfMonth/float64(disputeDays)) {
		return behold.Lamp{}, false
	}
	since := min(d.day, max(last.Recorded, last.Due-disputeDays))
	e := behold.Evidence{
		Facts: []behold.Fact{on("due_on", last.Due), number("disputed", float64(now)), number("disputed_before", float64(before)), number("invoices", float64(ago))},
		Rows:  rows,
	}
	if last.Amount > 0 && !math.IsInf(last.Amount, 1) {
		e.Facts = append(e.Facts, amount("invoice_amount", last.Amount, d.h.Currency))
	}
	return because(behold.Quality, d.happened(behold.LampPayment, since, e)), true
}

func (d *desk) watchPayment(l behold.Lamp) (behold.Lamp, bool) {
	due, _ := l.Evidence.Fact("due_on")
	usual, _ := l.Evidence.Fact("usual_late_days")
	return l, calm(d.deals.Invoices.Of(d.k), due.Day, usual.Number) < calmInvoices
}

// calm counts the latest invoices after one due on a day that were paid within a
// week of what is usual, undisputed, one after the other.
func calm(invoices []behold.Invoice, due behold.Day, usual float64) int {
	n := 0
	for _, v := range invoices {
		if v.Due <= due || !v.Paid.Known() {
			continue
		}
		if v.Disputed || float64(v.Paid-v.Due) > usual+weekLater {
			n = 0
			continue
		}
		n++
	}
	return n
}
