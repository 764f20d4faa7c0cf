package sample

import (
	"fmt"
	"strconv"
)

// writeRecords writes every table but customers, orders and truth.
func (b *Block) writeRecords(to *[tables]sheet) {
	for i := range b.people {
		b.people[i].write(&to[people])
	}
	for i := range b.invoices {
		b.invoices[i].write(&to[invoices])
	}
	for i := range b.contracts {
		b.contracts[i].write(&to[contracts])
	}
	for i := range b.contacts {
		b.contacts[i].write(&to[contacts], b.shop)
	}
	for i := range b.tickets {
		b.tickets[i].write(&to[tickets])
	}
	for i := range b.promises {
		b.promises[i].write(&to[promises], b.shop)
	}
	for i := range b.answers {
		b.answers[i].write(&to[answers])
	}
	for i := range b.quotes {
		b.quotes[i].write(&to[quotes])
	}
	for i := range b.losses {
		b.losses[i].write(&to[losses])
	}
}

// key is a record's id, unique within its table: T-1042-3.
func (s *sheet) key(letter byte, l *life, number int) {
	s.Write(append(appendOrderID(s.space[:0], l.number, int32(number), letter), ','))
}

func (p *person) write(s *sheet) {
	s.customer(p.life.number)
	s.key('P', p.life, p.number)
	s.text(p.name)
	s.text(fmt.Sprintf("kontakt.%d.%d@example.com", p.life.number+1001, p.number))
	s.text(phone(p.life.number + 1001))
	s.text(p.role)
	s.day(p.from)
	s.day(p.to)
	if p.bounced {
		s.word("bounced")
	} else {
		s.word("ok")
	}
	s.end()
}

func (v *invoice) write(s *sheet) {
	s.orderID(v.life.number, v.order, 'F')
	s.customer(v.life.number)
	s.day(v.due)
	s.day(v.paid)
	s.money(v.amount)
	s.word(currency)
	s.yes(v.disputed)
	s.end()
}

func (c *contract) write(s *sheet) {
	s.key('A', c.life, c.number)
	s.customer(c.life.number)
	s.text("Fast levering")
	s.day(c.starts)
	s.day(c.ends)
	s.whole(60)
	s.yes(true)
	s.money(c.price)
	s.word("month")
	s.word(currency)
	s.day(c.introUntil)
	s.day(c.ended)
	s.end()
}

func (c *contact) write(s *sheet, shop *shop) {
	s.key('B', c.life, c.number)
	s.customer(c.life.number)
	s.moment(c.at)
	if c.inbound {
		s.word("in")
	} else {
		s.word("out")
	}
	s.word(c.channel)
	if c.channel == "newsletter" || c.channel == "automatic" {
		s.none()
	} else {
		s.word(shop.staff[c.life.colleague].email)
	}
	c.writePerson(s)
	s.moment(c.repliedAt)
	s.text(c.text)
	s.end()
}

// writePerson names who spoke for the customer that day.
func (c *contact) writePerson(s *sheet) {
	if c.life.person {
		s.none()
		return
	}
	s.key('P', c.life, c.life.speaker(c.at.day()))
}

func (t *ticket) write(s *sheet) {
	s.key('T', t.life, t.number)
	s.customer(t.life.number)
	s.moment(t.at)
	s.moment(t.replied)
	s.moment(t.closed)
	s.whole(int64(t.reopened))
	s.word(t.touchpoint)
	s.word(t.priority)
	s.yes(t.complaint)
	s.whole(int64(t.promiseHours))
	s.word(t.channel)
	s.text(t.subject)
	s.text(t.text)
	s.end()
}

func (p *promise) write(s *sheet, shop *shop) {
	s.key('L', p.life, p.number)
	s.customer(p.life.number)
	s.day(p.made)
	s.day(p.due)
	s.day(p.kept)
	s.text(p.text())
	s.word(p.kind)
	s.word(shop.staff[p.life.colleague].email)
	s.end()
}

func (a *answer) write(s *sheet) {
	s.key('S', a.life, a.number)
	s.customer(a.life.number)
	s.day(a.given)
	s.day(a.asked)
	s.word(a.item)
	if a.scale == 0 {
		s.none()
		s.none()
	} else {
		s.whole(int64(a.value))
		s.whole(int64(a.scale))
	}
	s.word(a.touchpoint)
	s.text(a.text)
	s.end()
}

func (q *quote) write(s *sheet) {
	s.key('Q', q.life, q.number)
	s.customer(q.life.number)
	s.day(q.at)
	s.money(q.amount)
	s.word(currency)
	s.day(q.won)
	s.end()
}

func (x *loss) write(s *sheet) {
	s.customer(x.life.number)
	s.day(x.life.left)
	s.word(string(x.reason))
	s.text(x.detail)
	s.text(x.competitor)
	s.word(x.saidBy)
	s.none() // nobody comes back in this shop
	s.end()
}

// companyTables are those that tell of the company itself: who works there and
// what is spent each month on new and on existing customers.
func (s *shop) companyTables() pages {
	staff := sheet{calendar: s.calendar}
	for _, c := range s.staff {
		staff.word(c.email)
		staff.text(c.name)
		staff.text(s.Company + " " + c.team)
		staff.whole(int64(c.hours))
		staff.end()
	}
	spent := sheet{calendar: s.calendar}
	d := newDice()
	d.start(s.Seed, 1, forCompany)
	for m := range s.Months {
		month := s.calendar.first.Time().AddDate(0, m, 0).Format("2006-01")
		for _, e := range []struct {
			aim, what         string
			perCustomer, hour float64 // kroner and hours for each customer and month
		}{
			{"new", "annoncer og messer", 42, 0.010},
			{"new", "kanvasbesøg", 23, 0.035},
			{"existing", "kundebesøg", 17, 0.030},
			{"existing", "service og aftaler", 9, 0.015},
		} {
			busy := float64(s.Customers) * d.between(0.8, 1.2)
			spent.word(month)
			spent.word(e.aim)
			spent.money(int64(busy*e.perCustomer) * 100)
			spent.word(currency)
			spent.word(strconv.Itoa(int(busy*e.hour) + 1))
			spent.text(e.what)
			spent.end()
		}
	}
	return pages{colleagues: staff.Bytes(), efforts: spent.Bytes()}
}
