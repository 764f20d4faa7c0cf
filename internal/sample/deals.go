package sample

import (
	"math"

	"behold"
)

// A person is who speaks for a customer that is a company.
type person struct {
	life     *life
	number   int
	name     string
	role     string
	from, to behold.Day // to NoDay: still there
	bounced  bool
}

// An invoice is how an order was paid.
type invoice struct {
	life      *life
	order     int32
	due, paid behold.Day // paid NoDay: not yet
	amount    int64
	disputed  bool
}

// A contract is one year of a delivery agreement.
type contract struct {
	life         *life
	number       int
	starts, ends behold.Day
	introUntil   behold.Day
	ended        behold.Day // NoDay: running, or ran out and was renewed
	price        int64
}

// A quote is an offer made to the customer.
type quote struct {
	life    *life
	number  int
	at, won behold.Day // won NoDay: not, or not yet
	amount  int64
}

// deal fills contracts and quotes.
func (b *Block) deal(d *dice, l *life) {
	if l.introUntil.Known() || !l.person && d.chance(0.15) {
		b.agree(d, l)
	}
	number := 0
	b.each(d, l, func(c *trace, s float64) float64 { return 0.08 + c.quotes*s }, func(day behold.Day) {
		number++
		b.quote(d, l, day, number)
	})
}

// persons lists who spoke for the customer, one after the other, and for some
// a second one beside. A customer that is a person speaks for itself.
func (b *Block) persons(d *dice, l *life) {
	if l.person {
		return
	}
	first := len(b.people)
	defer func() { l.people = b.people[first:] }()
	role := []string{"indkøber", "køkkenchef", "ejer", "kontorleder"}
	p := person{life: l, number: 1, name: personName(d), role: one(d, role), from: l.since, to: behold.NoDay}
	for day := l.start; day <= l.end; day++ {
		for _, e := range l.episodes {
			if !e.trace.leavesJob || e.from != day || day <= p.from {
				continue
			}
			gone := p
			gone.to, gone.bounced = day, d.chance(0.7)
			b.people = append(b.people, gone)
			p = person{life: l, number: p.number + 1, name: personName(d), role: p.role, to: behold.NoDay,
				from: min(day+behold.Day(d.days(3, 25)), l.end)}
		}
	}
	b.people = append(b.people, p)
	if d.chance(0.25) {
		b.people = append(b.people, person{life: l, number: p.number + 1, name: personName(d), role: one(d, role), from: l.since, to: behold.NoDay})
	}
}

// speaker is who speaks for the customer on a day.
func (l *life) speaker(day behold.Day) int {
	for _, p := range l.people {
		if !p.to.Known() || day <= p.to {
			return p.number
		}
	}
	return len(l.people)
}

// agree on a year of deliveries, again each year until the customer goes.
func (b *Block) agree(d *dice, l *life) {
	price := int64(d.days(150, 900)) * 100
	starts := l.since
	for starts+365 < b.shop.calendar.first {
		starts += 365
	}
	for number := 1; starts <= l.end; number++ {
		c := contract{life: l, number: number, starts: starts, ends: starts + 364, introUntil: behold.NoDay, ended: behold.NoDay, price: price}
		if starts == l.since {
			c.introUntil = l.introUntil
		}
		if l.left.Known() && l.left <= c.ends {
			c.ended = l.left
		}
		b.contracts = append(b.contracts, c)
		starts += 365
	}
}

// quote is won in every second case, and hardly ever when another gets the order.
func (b *Block) quote(d *dice, l *life, day behold.Day, number int) {
	cause, strength := l.at(day)
	extra := cause.quotes * strength
	q := quote{life: l, number: number, at: day, won: behold.NoDay, amount: int64(l.size*math.Exp(8.7+0.6*d.NormFloat64())) * 100}
	if d.chance(0.55 - 0.5*extra/(extra+0.08)) {
		if won := b.shop.calendar.workday(day + behold.Day(d.days(2, 21))); won <= l.end {
			q.won = won
		}
	}
	b.quotes = append(b.quotes, q)
}

// invoice of the order whose lines were sold. Who closes down leaves bills behind.
func (b *Block) invoice(d *dice, l *life, sold []line, cause *trace, strength float64) {
	day := sold[0].at.day()
	v := invoice{life: l, order: sold[0].order, due: day + 14, disputed: d.chance(0.008 + cause.disputed*strength)}
	if l.trade.size > 1.2 {
		v.due = day + 30
	}
	for i := range sold {
		v.amount += sold[i].amount()
	}
	late := l.payHabit + 2.5*d.NormFloat64() + cause.overdue*strength*d.between(0.5, 1.5)
	if v.disputed {
		late += 15
	}
	v.paid = max(b.shop.calendar.workday(v.due+behold.Day(math.Round(late))), day)
	unpaid := l.left.Known() && l.truth.Reason == behold.ClosedDown && day > l.left-45 && d.chance(0.4)
	if v.paid > b.shop.Until || unpaid {
		v.paid = behold.NoDay
	}
	b.invoices = append(b.invoices, v)
}
