package sample

import (
	"math"

	"behold"
)

// A moment is minutes since 1970-01-01 of the wall clock.
type moment int64

func (d *dice) moment(day behold.Day) moment { return moment(day)*1440 + moment(d.days(7*60, 16*60)) }

func (m moment) day() behold.Day { return behold.Day(m / 1440) }

// A line of an order, or of the credit note that takes it back.
type line struct {
	customer            int64
	order, creditOf     int32 // numbers of the customer's own; creditOf 0: a sale
	number              int16
	article             int16
	quantity            int32 // negative in a credit note
	at                  moment
	unit, list          int64 // øre a piece
	cost, discount      int64 // øre for the whole line
	intro               bool  // sold under the intro offer
	promised, delivered behold.Day
}

func (r *line) letter() byte {
	if r.creditOf != 0 {
		return 'C'
	}
	return 'F'
}

func (r *line) offer() string {
	if r.intro {
		return introOffer
	}
	return ""
}

func (r *line) amount() int64 { return int64(r.quantity)*r.unit - r.discount }

// buy walks along the customer's season-adjusted time, order by order.
func (b *Block) buy(d *dice, l *life) {
	s := b.shop
	u := s.calendar.passedBefore(l.trade.season, l.start)
	if l.since < s.calendar.first {
		u += d.Float64() * l.gap // the story begins somewhere between two orders
	}
	for i := range l.favourites {
		l.favourites[i].due = u + d.Float64()*l.favourites[i].gap
	}
	l.favourites[0].due = u
	for order := int32(1); ; {
		day := s.calendar.when(l.trade.season, u)
		if day > l.end {
			return
		}
		cause, strength := l.at(day)
		sold := len(b.lines)
		b.order(d, l, order, day, u)
		b.invoice(d, l, b.lines[sold:], cause, strength)
		order++
		if d.chance(0.025 + cause.returns*strength) {
			order = b.credit(d, l, order, sold)
		}
		gap := l.gap / l.regularity * d.gamma(l.regularity)
		u += max(gap/(1-cause.rate*strength), 0.6)
	}
}

// order takes every favourite that is due, and at least one.
func (b *Block) order(d *dice, l *life, order int32, day behold.Day, u float64) {
	at := d.moment(day)
	promised, delivered := b.delivery(d, l, day)
	number := int16(0)
	next := -1
	for i := range l.favourites {
		f := &l.favourites[i]
		if l.doesWithout(i, day) {
			continue
		}
		if next < 0 || f.due < l.favourites[next].due {
			next = i
		}
		if f.due <= u+0.35*l.gap {
			number = b.take(d, l, f, line{order: order, number: number, at: at, promised: promised, delivered: delivered}, u)
		}
	}
	if number == 0 {
		f := &l.favourites[max(next, 0)]
		b.take(d, l, f, line{order: order, at: at, promised: promised, delivered: delivered}, u)
	}
}

// delivery is promised for the first to third open day; one in twenty is late.
func (b *Block) delivery(d *dice, l *life, day behold.Day) (promised, delivered behold.Day) {
	promised = b.shop.calendar.workday(day + behold.Day(d.days(1, 3)))
	delivered = promised
	cause, strength := l.at(day)
	if d.chance(0.05 + cause.late*strength) {
		late := 1 + d.poisson(0.8)
		if cause.late > 0 {
			late += d.days(1, 6)
		}
		delivered = b.shop.calendar.workday(promised + behold.Day(late))
	}
	if delivered > b.shop.Until {
		delivered = behold.NoDay
	}
	return promised, delivered
}

// take adds the lines of one category to an order and says how many lines the
// order then has.
func (b *Block) take(d *dice, l *life, f *favourite, first line, u float64) int16 {
	s := b.shop
	r := s.ranges[f.category]
	day := first.at.day()
	cause, strength := l.at(day)
	left := 1 - min(cause.basket*strength, 0.9)
	size := l.size * left * math.Exp(l.drift*float64(day-l.start)/365)
	goods := s.byCategory[f.category]
	at := f.first + d.IntN(3)
	first.customer = l.number
	for range min(1+d.poisson(r.lines*left), len(goods)) {
		x := first
		x.number++
		x.article = goods[at%len(goods)]
		x.quantity = int32(max(1, math.Round(size*r.pieces*math.Exp(0.3*d.NormFloat64()))))
		s.price(l, &x, 1+cause.dear*strength)
		b.lines = append(b.lines, x)
		first.number = x.number
		at++
	}
	f.due = max(u, f.due) + f.gap/f.regularity*d.gamma(f.regularity)
	return first.number
}

// price of a line: the list of the half-year, the customer's own level, the
// intro offer while it lasts, and three per cent off from twenty-four pieces.
func (s *shop) price(l *life, x *line, level float64) {
	day := x.at.day()
	x.list = s.prices[x.article][halfYear(day)-halfYear(s.calendar.first)]
	if day <= l.introUntil {
		level *= 0.75
		x.intro = true
	}
	x.unit = max(int64(math.Round(float64(x.list)*l.price*level)), 1)
	if x.quantity >= 24 {
		x.discount = int64(x.quantity) * x.unit * 3 / 100
	}
	x.cost = int64(math.Round(float64(x.list*int64(x.quantity)) * s.goods[x.article].cost))
}

// introOffer is what newcomers are lured with.
const introOffer = "INTRO25"

// credit takes back one or two lines of the order just sold, on a day when the
// customer is still there; it gives the next free order number.
func (b *Block) credit(d *dice, l *life, order int32, sold int) int32 {
	lines := b.lines[sold:]
	day := b.shop.calendar.workday(lines[0].at.day() + behold.Day(d.days(2, 14)))
	if day > l.end {
		return order
	}
	from := d.IntN(len(lines))
	for i, x := range lines[from:min(from+1+d.IntN(2), len(lines))] {
		x.creditOf, x.order, x.number, x.at = x.order, order, int16(i+1), noon(day)
		share := int32(math.Ceil(float64(x.quantity) * d.between(0.2, 1)))
		x.discount = -x.discount * int64(share) / int64(x.quantity)
		x.cost = -x.cost * int64(share) / int64(x.quantity)
		x.quantity = -share
		x.promised, x.delivered = behold.NoDay, behold.NoDay
		b.lines = append(b.lines, x)
	}
	return order + 1
}

// noon of a day: all lines of one credit note bear one time.
func noon(day behold.Day) moment { return moment(day)*1440 + 12*60 }
