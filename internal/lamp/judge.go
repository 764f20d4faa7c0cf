package lamp

import (
	"cmp"
	"slices"

	"behold"
	"behold/stat"
)

// Judge names the lamps that the facts light on day h.AsOf, customer by
// customer, in order of customer and of METHODS 3.4. deals and f hold the
// dealings and the forecast of each customer of h, in the same order; deals may
// be nil when the company gave nothing but orders.
//
// Every lamp comes as State Lit with the day since when, and with its evidence:
// facts by name, money_at_risk among them, and rows, whose ids the caller looks
// up for all lamps together: those of table "orders" by day unless they have a
// mark, the others by mark. A lamp is a finding of today alone; Step makes of it
// what is lit, still lit and out.
//
// A customer whose account is closed lights closed_or_moved and nothing else.
// One who is lost lights nothing that rests on a p value: there is nothing left
// to warn of. It runs on all cores and gives the same lamps on any number of them.
func Judge(in Company, h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) []behold.Lamp {
	const block = 4096
	found := make([][]behold.Lamp, (h.Len()+block-1)/block)
	stat.Blocks(h.Len(), block, func(lo, hi int) {
		desk := newDesk(&in, h, deals)
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
func Watch(in Company, h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, open []behold.Lamp) []behold.Lamp {
	var still []behold.Lamp
	desk := newDesk(&in, h, deals)
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

// A verb is what a lamp's file gives to the desk. find judges the customer as of
// the desk's day; watch looks again at a lamp of this kind that burns and says
// whether it still does.
type verb struct {
	kind  behold.LampKind
	find  func(*desk) (behold.Lamp, bool)
	watch func(*desk, behold.Lamp) (behold.Lamp, bool)
}

// verbs of the lamps, in the order of METHODS 3.4; closed_or_moved comes on its own.
func verbs() []verb {
	return []verb{
		{behold.LampRhythm, (*desk).rhythm, (*desk).watchRhythm},
		{behold.LampAttention, (*desk).attention, (*desk).watchAttention},
		{behold.LampSlow, (*desk).slowResponse, (*desk).watchSlow},
		{behold.LampComplaint, (*desk).complaintOpen, (*desk).watchComplaint},
		{behold.LampPromise, (*desk).promiseBroken, (*desk).watchPromise},
		{behold.LampSatisfied, (*desk).satisfactionFell, (*desk).watchSatisfaction},
		{behold.LampSilent, (*desk).silentDissatisfied, (*desk).watchSilent},
		{behold.LampReplacement, (*desk).replacementDue, (*desk).watchReplacement},
		{behold.LampShrinking, (*desk).shrinking, (*desk).watchShrinking},
		{behold.LampCategory, (*desk).categoryLost, (*desk).watchCategory},
		{behold.LampReturns, (*desk).returns, (*desk).watchReturns},
		{behold.LampPaysMore, (*desk).paysMore, (*desk).watchPaysMore},
		{behold.LampIntroEnds, (*desk).introEnds, (*desk).watchIntro},
		{behold.LampContract, (*desk).contractEnds, (*desk).watchContract},
		{behold.LampPayment, (*desk).payment, (*desk).watchPayment},
		{behold.LampTone, (*desk).tone, (*desk).watchTone},
		{behold.LampEffort, (*desk).effort, (*desk).watchEffort},
		{behold.LampQuote, (*desk).quoteUnanswered, (*desk).watchQuote},
		{behold.LampDigital, (*desk).digital, (*desk).watchDigital},
		{behold.LampPersonLeft, (*desk).personLeft, (*desk).watchPersonLeft},
		{behold.LampUnwanted, (*desk).unwanted, (*desk).watchUnwanted},
	}
}

// A desk is where one customer's facts lie while they are judged. It is used
// again for the next one, so a customer who lights nothing costs no memory.
type desk struct {
	in     *Company
	h      *behold.Histories
	deals  *behold.Dealings // never nil; without rows when there are none
	verbs  []verb
	shares map[behold.LampKind]float64
	day    behold.Day

	f      *behold.Forecast
	k      int  // the customer's place in h
	class  int  // of Calibration
	silent bool // the rhythm lamp is lit

	trial func(kind behold.LampKind, p, opportunities float64) // set while the past is replayed: told of every test, and none lights
	near  func(kind behold.LampKind, p, opportunities float64) // may be set then: told of what is not counted and could light all the same

	before, recent occasions // of shrinking
	pairs          []pair    // of category_lost
	forms, told    []form    // of satisfaction_fell, silent_dissatisfied and effort: all, and those that tell satisfaction
	formsOf        int       // whose forms they are: the place in h, and one
	dear           dearness  // of pays_more
}

func newDesk(in *Company, h *behold.Histories, deals *behold.Dealings) *desk {
	if deals == nil {
		deals = &behold.Dealings{AsOf: h.AsOf, Customer: h.Customer, Has: []behold.Table{behold.TableOrders}}
	}
	return &desk{in: in, h: h, deals: deals, verbs: verbs(), day: h.AsOf, shares: in.scaledShares()}
}

func (d *desk) sit(k int, f *behold.Forecast) {
	d.k, d.f = k, f
	d.class = d.in.Calibration.Cuts.class(f.UsualGap, float64(d.day-f.First))
	d.silent = d.isSilent()
}

// profile of the customer.
func (d *desk) profile() behold.Profile {
	if len(d.deals.Profile) == 0 {
		return behold.Profile{Closed: behold.NoDay, Since: behold.NoDay}
	}
	return d.deals.Profile[d.k]
}

func (d *desk) threshold(kind behold.LampKind, opportunities float64) float64 {
	return threshold(d.shares[kind], d.in.Settings.FalseLamps, opportunities)
}

// test is the one place where a p value lights a lamp: every rule asks here, once
// for each chance it has to be wrong, whether p is small enough for a lamp of the
// kind with so many such chances a month. other says whether everything else that
// the rule asks for is so; a rule asks also when it is not, so that the chance is
// counted.
//
// What counts is p*, p held against the company's own past (Calibration.Star).
// A company in which nobody leaves has nothing to warn of.
func (d *desk) test(kind behold.LampKind, p, opportunities float64, other bool) (threshold float64, lit bool) {
	threshold = d.threshold(kind, opportunities)
	if d.trial != nil {
		if !other {
			p = 1
		}
		d.trial(kind, p, opportunities)
		return threshold, false
	}
	return threshold, other && !d.in.Stays && d.in.Calibration.Star(kind, d.class, p) <= threshold
}

// testOf is test of something that became known on a day. While the past is replayed
// month by month, only what the month brought is a chance of its own; a first round
// looks further back.
func (d *desk) testOf(day behold.Day, kind behold.LampKind, p, opportunities float64, other bool) (threshold float64, lit bool) {
	if d.trial == nil || d.day-day < daysOfMonth {
		return d.test(kind, p, opportunities, other)
	}
	if other && d.near != nil {
		d.near(kind, p, opportunities)
	}
	return d.threshold(kind, opportunities), false
}

func (d *desk) judge(lamps []behold.Lamp) []behold.Lamp {
	if d.h.Start[d.k] == d.h.Start[d.k+1] {
		return lamps
	}
	if l, closed := d.closedOrMoved(); closed {
		return append(lamps, l)
	}
	if d.f.State == behold.Closed || d.f.State == behold.Lost {
		return lamps
	}
	for _, v := range d.verbs {
		if l, lit := v.find(d); lit {
			lamps = append(lamps, l)
		}
	}
	return lamps
}

// watch looks again at an open lamp; one of a kind that is not judged here is
// not put out here either.
func (d *desk) watch(l behold.Lamp) (behold.Lamp, bool) {
	if l.Kind == behold.LampClosed {
		return d.watchClosed(l)
	}
	if day, _, _ := d.gone(); day.Known() || d.f.State == behold.Closed {
		return l, false
	}
	if d.f.State == behold.Lost && RuleOf(l.Kind).Evidence == Statistical {
		l.State = behold.LampLost
		return l, true
	}
	burns := true
	for _, v := range d.verbs {
		if v.kind == l.Kind {
			l, burns = v.watch(d, l)
		}
	}
	if burns {
		l.PStar = d.star(l.Kind, l.P)
		l.Evidence = told(l.Evidence, d.money())
	}
	return l, burns
}

// Place finds a customer among forecasts, which are in order of numbers.
func Place(f []behold.Forecast, customer int32) (int, bool) {
	return slices.BinarySearchFunc(f, customer, func(f behold.Forecast, number int32) int { return cmp.Compare(f.Customer, number) })
}

// Price tells the money at risk of the lamps anew, after f was finished with them.
func Price(lamps []behold.Lamp, f []behold.Forecast) {
	for i := range lamps {
		if k, here := Place(f, lamps[i].Customer); here {
			risk := f[k].MoneyAtRisk
			lamps[i].Evidence = told(lamps[i].Evidence, amount(moneyFact, risk.Major(), risk.Currency))
		}
	}
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

// star is p held against the company's own past; of an event there is none.
func (d *desk) star(kind behold.LampKind, p float64) float64 {
	if p == 0 {
		return 0
	}
	return d.in.Calibration.Star(kind, d.class, p)
}

// happened makes an event lamp: something happened, there is no p value.
func (d *desk) happened(kind behold.LampKind, since behold.Day, e behold.Evidence) behold.Lamp {
	l := d.lit(kind, since, 0, 0, e)
	l.Strength = 1
	return l
}

// because gives the lamp a better reason than the usual one of its rule.
func because(r behold.Reason, l behold.Lamp) behold.Lamp {
	l.Reason = r
	return l
}

// lit makes a lamp of what a rule found, with today's money at risk.
func (d *desk) lit(kind behold.LampKind, since behold.Day, p, a float64, e behold.Evidence) behold.Lamp {
	e.Facts = append(e.Facts, d.money())
	return behold.Lamp{
		Customer: d.h.Customer[d.k], Kind: kind, Reason: RuleOf(kind).Reason, State: behold.Lit,
		Since: since, Out: behold.NoDay, Until: behold.NoDay, P: p, PStar: d.star(kind, p), Threshold: a, Strength: strength(p), Evidence: e,
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

// row points to a row of a table by the mark of its id.
func row(table behold.Table, id behold.Mark, day behold.Day) behold.Row {
	return behold.Row{Table: string(table), Mark: id, Day: day}
}

// orders are rows of the orders of some days.
func orders(days ...behold.Day) []behold.Row {
	rows := make([]behold.Row, len(days))
	for i, day := range days {
		rows[i] = behold.Row{Table: string(behold.TableOrders), Day: day}
	}
	return rows
}
