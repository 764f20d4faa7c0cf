package sample

import (
	"math"
	"slices"

	"behold"
)

// A contact is one touch, out to the customer or in from them.
type contact struct {
	life      *life
	number    int
	at        moment
	inbound   bool
	channel   string
	repliedAt moment // 0: nobody replied
	text      string
}

// A ticket is a support case.
type ticket struct {
	life                 *life
	number               int
	at, replied, closed  moment // 0: not yet
	reopened             int
	complaint            bool
	promiseHours         int
	touchpoint, priority string
	channel, text        string
	subject              string
}

// A promise is made by a colleague.
type promise struct {
	life      *life
	number    int
	made, due behold.Day
	kept      behold.Day // NoDay: not yet, or never
	kind      string
}

// each calls do on the days on which something happens that happens perMonth
// times a month. What is at work on a day decides how often.
func (b *Block) each(d *dice, l *life, perMonth func(cause *trace, strength float64) float64, do func(day behold.Day)) {
	const step = 15
	for from := l.start; from <= l.end; from += step {
		share := float64(min(step, int(l.end-from)+1)) / 30
		for range d.poisson(perMonth(l.at(min(from+step/2, l.end))) * share) {
			if day := b.shop.calendar.workday(from + behold.Day(d.IntN(step))); day <= l.end {
				do(day)
			}
		}
	}
}

// meet fills contacts, tickets and promises.
func (b *Block) meet(d *dice, l *life) {
	first := len(b.contacts)
	b.each(d, l, func(c *trace, s float64) float64 { return 30 / l.contactGap * max(0, 1-c.neglect*s) },
		func(day behold.Day) { b.call(d, l, day) })
	if !l.noMarketing {
		b.each(d, l, func(c *trace, s float64) float64 { return 0.5 + c.mailing*s },
			func(day behold.Day) { b.mailing(d, l, day) })
	}
	b.each(d, l, func(c *trace, s float64) float64 { return 0.15 + c.inbound*s },
		func(day behold.Day) { b.inbound(d, l, day) })
	slices.SortFunc(b.contacts[first:], func(x, y contact) int { return int(x.at - y.at) })
	for i := range b.contacts[first:] {
		b.contacts[first+i].number = i + 1
	}
	b.serve(d, l)
	b.each(d, l, func(c *trace, s float64) float64 { return 0.1 + c.broken*s },
		func(day behold.Day) { b.promise(d, l, day) })
}

// call is a colleague's own effort: visit, call, mail, chat or event.
func (b *Block) call(d *dice, l *life, day behold.Day) {
	c := contact{life: l, at: d.moment(day), channel: []string{"visit", "call", "mail", "chat", "event"}[d.pick([]float64{22, 40, 30, 5, 3})]}
	if c.channel == "mail" && d.chance(0.6) {
		c.repliedAt = b.by(c.at+moment(d.days(20, 2000)), l.end)
	}
	if d.chance(0.15) {
		c.text = one(d, []string{"Talte om sæsonens menu.", "Gennemgik priser og levering.", "Aftalte prøver til næste uge.", "Hilste på i køkkenet.", "Spurgte til den nye opvaskemaskine."})
	}
	b.contacts = append(b.contacts, c)
}

func (b *Block) mailing(d *dice, l *life, day behold.Day) {
	c := contact{life: l, at: d.moment(day), channel: []string{"newsletter", "automatic"}[d.pick([]float64{4, 1})]}
	if cause, _ := l.at(day); cause.mailing == 0 && d.chance(0.06) {
		c.repliedAt = b.by(c.at+moment(d.days(20, 2000)), l.end)
	}
	b.contacts = append(b.contacts, c)
}

// inbound is the customer asking; a colleague replies, soon or late.
func (b *Block) inbound(d *dice, l *life, day behold.Day) {
	cause, strength := l.at(day)
	c := contact{life: l, inbound: true, at: d.moment(day), channel: []string{"call", "mail", "chat"}[d.pick([]float64{5, 4, 1})]}
	c.repliedAt = b.by(c.at+l.wait(d, cause, strength), b.shop.Until)
	if len(cause.says) > 0 && d.chance(0.35*min(strength, 1)) {
		c.text = one(d, cause.says)
	} else if d.chance(0.3) {
		c.text = one(d, []string{"Spørger til en levering.", "Vil gerne have en varebeskrivelse.", "Ændrer en bestilling.", "Beder om en kopi af fakturaen."})
	}
	b.contacts = append(b.contacts, c)
}

// by gives at, or 0 when that is after the last day.
func (b *Block) by(at moment, last behold.Day) moment {
	if at.day() > last {
		return 0
	}
	return at
}

// wait for a first reply, in minutes.
func (l *life) wait(d *dice, cause *trace, strength float64) moment {
	hours := l.promptReply * math.Exp(0.5*d.NormFloat64()) * (1 + cause.reply*strength)
	return moment(hours*60) + 5
}

// usualTickets a month when nothing is wrong.
const usualTickets = 0.12

// serve fills the tickets.
func (b *Block) serve(d *dice, l *life) {
	first := len(b.tickets)
	b.each(d, l, func(c *trace, s float64) float64 { return usualTickets + c.tickets*s },
		func(day behold.Day) { b.tickets = append(b.tickets, b.ticket(d, l, day)) })
	slices.SortFunc(b.tickets[first:], func(x, y ticket) int { return int(x.at - y.at) })
	for i := range b.tickets[first:] {
		b.tickets[first+i].number = i + 1
	}
}

func (b *Block) ticket(d *dice, l *life, day behold.Day) ticket {
	cause, strength := l.at(day)
	t := ticket{life: l, at: d.moment(day)}
	t.touchpoint = one(d, []string{"delivery", "delivery", "billing", "purchase", "advice", "aftercare"})
	t.channel = one(d, []string{"mail", "call", "web", "chat"})
	t.priority, t.promiseHours = "normal", 24
	switch d.pick([]float64{70, 15, 15}) {
	case 1:
		t.priority, t.promiseHours = "high", 8
	case 2:
		t.priority, t.promiseHours = "low", 48
	}
	complaint := 0.12
	t.text = one(d, []string{"Kan I flytte leveringen til fredag?", "Vi mangler en kopi af følgesedlen.", "Hvornår kommer varen hjem igen?", "Hvordan ændrer vi vores faste ordre?", "En kasse manglede ved levering."})
	if extra := cause.tickets * strength; d.chance(extra / (extra + usualTickets)) {
		complaint = cause.complaint
		t.text, t.touchpoint = one(d, cause.says), cause.touchpoint
		if cause.channel != "" {
			t.channel = cause.channel
		}
	}
	t.complaint = d.chance(complaint)
	t.subject = subject(t.touchpoint)
	if d.chance(0.03 + cause.reopened*strength) {
		t.reopened = d.days(1, 2)
	}
	t.replied = b.by(t.at+l.wait(d, cause, strength), b.shop.Until)
	if t.replied != 0 && d.chance(0.96) {
		t.closed = b.by(t.replied+moment(d.days(60, 4*1440)*(1+2*t.reopened)), b.shop.Until)
	}
	return t
}

func subject(touchpoint string) string {
	switch touchpoint {
	case "delivery":
		return "Levering"
	case "billing":
		return "Faktura"
	case "purchase":
		return "Bestilling"
	case "advice":
		return "Rådgivning"
	case "aftercare":
		return "Efter købet"
	}
	return "Henvendelse"
}

// promise is kept by its day in eleven of twelve cases, unless a cause is at
// work: then it comes days late or never.
func (b *Block) promise(d *dice, l *life, day behold.Day) {
	cause, strength := l.at(day)
	p := promise{life: l, made: day, kind: one(d, []string{"callback", "delivery", "quote", "repair"})}
	p.due = b.shop.calendar.workday(day + behold.Day(d.days(1, 8)))
	p.kept = p.due - behold.Day(d.IntN(int(p.due-day)+1))
	extra := cause.broken * strength
	if d.chance(0.08 + 0.9*extra/(extra+0.1)) {
		p.kept = b.shop.calendar.workday(p.due + behold.Day(d.days(2, 14)))
		if d.chance(0.35) {
			p.kept = behold.NoDay
		}
	}
	if p.kept > b.shop.Until {
		p.kept = behold.NoDay
	}
	first := len(b.promises)
	for first > 0 && b.promises[first-1].life == l {
		first--
	}
	p.number = len(b.promises) - first + 1
	b.promises = append(b.promises, p)
}

func (p promise) text() string {
	switch p.kind {
	case "callback":
		return "Ringer tilbage."
	case "delivery":
		return "Eftersender det manglende."
	case "quote":
		return "Sender et tilbud."
	}
	return "Får maskinen set efter."
}
