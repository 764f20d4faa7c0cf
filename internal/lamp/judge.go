package lamp

import (
	"slices"

	"behold"
	"behold/stat"
)

// Judge names the lamps that the facts of h light on day h.AsOf, customer by
// customer, in order of customer and of METHODS 3.4. f holds the forecast of
// each customer of h, in the same order.
//
// Every lamp comes as State Lit with the day since when, and with its evidence:
// facts by name, and rows of table "orders" by day, whose numbers the caller
// looks up for all lamps together, money_at_risk among the facts. A lamp is a finding of today alone; Step
// makes of it what is lit, still lit and out.
//
// A customer whose account is closed lights nothing, and one who is lost nothing
// that rests on a p value, which is every lamp judged so far: there is nothing
// left to warn of. It runs on all cores and
// gives the same lamps on any number of them.
func Judge(in Company, h *behold.Histories, f []behold.Forecast) []behold.Lamp {
	const block = 4096
	found := make([][]behold.Lamp, (h.Len()+block-1)/block)
	stat.Blocks(h.Len(), block, func(lo, hi int) {
		desk := newDesk(&in, h)
		for k := lo; k < hi; k++ {
			desk.sit(k, &f[k])
			found[lo/block] = desk.judge(found[lo/block])
		}
	})
	return slices.Concat(found...)
}

// Watch looks again at open lamps of h's customers: it returns those that what
// has happened since does not put out, with today's P and evidence; everything
// else about them stays. Lamps that went out already are passed over, and so are
// those of customers who are not in h: a caller who walks in parts asks each part.
func Watch(in Company, h *behold.Histories, f []behold.Forecast, open []behold.Lamp) []behold.Lamp {
	var still []behold.Lamp
	desk := newDesk(&in, h)
	for _, l := range open {
		k, here := slices.BinarySearch(h.Customer, l.Customer)
		if !here || l.Out.Known() {
			continue
		}
		desk.sit(k, &f[k])
		if l, burns := desk.watch(l); burns {
			still = append(still, l)
		}
	}
	return still
}

// A desk is where one customer's facts lie while they are judged. It is used
// again for the next one, so a customer who lights nothing costs no memory.
type desk struct {
	in     *Company
	h      *behold.Histories
	shares map[behold.LampKind]float64
	day    behold.Day

	f *behold.Forecast
	k int // the customer's place in h

	before, recent occasions // of shrinking
	pairs          []pair    // of category_lost
}

func newDesk(in *Company, h *behold.Histories) *desk {
	d := &desk{in: in, h: h, day: h.AsOf, shares: map[behold.LampKind]float64{}}
	for _, r := range Rules() {
		d.shares[r.Kind] = r.Share
	}
	return d
}

func (d *desk) sit(k int, f *behold.Forecast) { d.k, d.f = k, f }

func (d *desk) threshold(kind behold.LampKind, opportunities float64) float64 {
	return threshold(d.shares[kind], d.in.Settings.FalseLamps, opportunities)
}

func (d *desk) judge(lamps []behold.Lamp) []behold.Lamp {
	if d.f.State == behold.Closed || d.f.State == behold.Lost || d.h.Start[d.k] == d.h.Start[d.k+1] {
		return lamps
	}
	silent := d.silent()
	if silent {
		lamps = append(lamps, d.rhythmLamp())
	}
	if l, lit := d.shrinking(silent); lit {
		lamps = append(lamps, l)
	}
	if l, lit := d.categoryLost(silent); lit {
		lamps = append(lamps, l)
	}
	if l, lit := d.returns(); lit {
		lamps = append(lamps, l)
	}
	return lamps
}

// watch looks again at an open lamp; one of a kind that is not judged here is
// not put out here either.
func (d *desk) watch(l behold.Lamp) (behold.Lamp, bool) {
	if d.f.State == behold.Closed {
		return l, false
	}
	if d.f.State == behold.Lost && RuleOf(l.Kind).Evidence == Statistical {
		l.State = behold.LampLost
		return l, true
	}
	burns := true
	switch l.Kind {
	case behold.LampRhythm:
		l, burns = d.watchRhythm(l)
	case behold.LampShrinking:
		l, burns = d.watchShrinking(l)
	case behold.LampCategory:
		l, burns = d.watchCategory(l)
	case behold.LampReturns:
		l, burns = d.watchReturns(l)
	}
	if burns {
		l.Evidence = told(l.Evidence, d.money())
	}
	return l, burns
}

// told is the evidence with one of its facts told anew.
func told(e behold.Evidence, f behold.Fact) behold.Evidence {
	e.Facts = slices.Clone(e.Facts)
	for i := range e.Facts {
		if e.Facts[i].Name == f.Name {
			e.Facts[i] = f
			return e
		}
	}
	e.Facts = append(e.Facts, f)
	return e
}

// lit makes a lamp of what a rule found, with today's money at risk.
func (d *desk) lit(kind behold.LampKind, since behold.Day, p, a float64, e behold.Evidence) behold.Lamp {
	e.Facts = append(e.Facts, d.money())
	return behold.Lamp{
		Customer: d.h.Customer[d.k], Kind: kind, Reason: RuleOf(kind).Reason, State: behold.Lit,
		Since: since, Out: behold.NoDay, P: p, Threshold: a, Strength: strength(p), Evidence: e,
	}
}

// moneyFact is the fact of every lamp that Step weighs.
const moneyFact = "money_at_risk"

func (d *desk) money() behold.Fact {
	risk := d.f.MoneyAtRisk
	return amount(moneyFact, risk.Major(), risk.Currency)
}

func amount(name string, major float64, currency string) behold.Fact {
	return behold.Fact{Name: name, Number: major, Day: behold.NoDay, Text: currency}
}

func number(name string, x float64) behold.Fact {
	return behold.Fact{Name: name, Number: x, Day: behold.NoDay}
}

func on(name string, day behold.Day) behold.Fact { return behold.Fact{Name: name, Day: day} }

// orders are rows of the orders of some days.
func orders(days ...behold.Day) []behold.Row {
	rows := make([]behold.Row, len(days))
	for i, day := range days {
		rows[i] = behold.Row{Table: string(behold.TableOrders), Day: day}
	}
	return rows
}
