package sample

import (
	"context"
	"testing"

	"behold"
)

// A tally is a sum over so many cases.
type tally struct{ sum, n float64 }

func (t *tally) add(v float64) { t.sum, t.n = t.sum+v, t.n+1 }

func (t *tally) yes(v bool) {
	if v {
		t.sum++
	}
	t.n++
}

func (t tally) mean() float64 { return t.sum / max(t.n, 1) }

// A span is a customer's days from … to, without to.
type span struct {
	b        *Block
	l        *life
	from, to behold.Day
}

func (s span) has(l *life, d behold.Day) bool { return l == s.l && s.from <= d && d < s.to }

func (s span) lines(do func(*line)) {
	for i := range s.b.lines {
		if r := &s.b.lines[i]; r.customer == s.l.number && s.from <= r.at.day() && r.at.day() < s.to {
			do(r)
		}
	}
}

func (s span) contacts(per *tally, count func(contact) bool) {
	per.n += float64(s.to-s.from) / 30
	for _, c := range s.b.contacts {
		if s.has(c.life, c.at.day()) && count(c) {
			per.sum++
		}
	}
}

func (s span) tickets(per *tally, count func(ticket) bool) {
	per.n += float64(s.to-s.from) / 30
	for _, x := range s.b.tickets {
		if s.has(x.life, x.at.day()) && count(x) {
			per.sum++
		}
	}
}

func personal(c contact) bool {
	return !c.inbound && c.channel != "newsletter" && c.channel != "automatic"
}

func quantities(s span, t *tally) {
	s.lines(func(r *line) {
		if r.creditOf == 0 {
			t.add(float64(r.quantity) / s.b.shop.ranges[int(s.b.shop.category(r.article))].pieces)
		}
	})
}

func (s *shop) category(article int16) int { return int(article) / 8 }

func breadth(s span, t *tally) {
	order, seen := int32(0), 0
	s.lines(func(r *line) {
		if r.order != order {
			order, seen = r.order, 0
			t.n++
		}
		if bit := 1 << s.b.shop.category(r.article); seen&bit == 0 {
			seen |= bit
			t.sum++
		}
	})
}

// marks say, for each reason, what a company sees in its tables and by which
// factor it changes at least (below 1: falls) once the cause is at work.
func marks() map[behold.Reason]mark {
	late := func(s span, t *tally) {
		s.lines(func(r *line) {
			if r.delivered.Known() {
				t.yes(r.delivered > r.promised)
			}
		})
	}
	answered := func(item string) func(span, *tally) {
		return func(s span, t *tally) {
			for _, a := range s.b.answers {
				if s.has(a.life, a.asked) && a.item == item {
					t.add(float64(a.value))
				}
			}
		}
	}
	attention := func(s span, t *tally) { s.contacts(t, personal) }
	return map[behold.Reason]mark{
		behold.PoorService:    {3, func(s span, t *tally) { s.tickets(t, func(x ticket) bool { return x.complaint }) }},
		behold.Quality:        {4, func(s span, t *tally) { s.lines(func(r *line) { t.yes(r.creditOf != 0) }) }},
		behold.HardToDealWith: {4, func(s span, t *tally) { s.contacts(t, func(c contact) bool { return c.inbound }) }},
		behold.SlowResponse: {3, func(s span, t *tally) {
			for _, x := range s.b.tickets {
				if s.has(x.life, x.at.day()) && x.replied != 0 {
					t.add(float64(x.replied - x.at))
				}
			}
		}},
		behold.Overlooked: {0.3, attention},
		behold.NeedsUnderstood: {2, func(s span, t *tally) {
			t.n += float64(s.to-s.from) / 30
			for _, q := range s.b.quotes {
				if s.has(q.life, q.at) && !q.won.Known() {
					t.sum++
				}
			}
		}},
		behold.BrokenPromise: {4, late},
		behold.Values:        {0.7, answered("recommend")},
		behold.Irrelevant:    {4, func(s span, t *tally) { s.contacts(t, func(c contact) bool { return c.channel == "newsletter" }) }},
		behold.Misleading: {8, func(s span, t *tally) {
			for _, v := range s.b.invoices {
				if s.has(v.life, v.due-30) {
					t.yes(v.disputed)
				}
			}
		}},
		behold.Forgotten:    {0.4, attention},
		behold.Competitor:   {0.75, quantities},
		behold.SomethingNew: {0.9, breadth},
		behold.TreatedWorse: {1.06, func(s span, t *tally) {
			s.lines(func(r *line) {
				if !r.intro {
					t.add(float64(r.unit) / float64(r.list))
				}
			})
		}},
		behold.IntroOffer: {1.1, func(s span, t *tally) {
			s.lines(func(r *line) { t.add(float64(r.unit) / float64(r.list)) })
		}},
		behold.NeedsChanged: {0.8, quantities},
		behold.DigitalFell:  {4, func(s span, t *tally) { s.tickets(t, func(x ticket) bool { return x.channel == "web" }) }},
		behold.PersonChanged: {10, func(s span, t *tally) {
			t.n += float64(s.to-s.from) / 30
			for _, p := range s.b.people {
				if p.to.Known() && s.has(p.life, p.to) {
					t.sum++
				}
			}
		}},
		behold.ClosedDown: {2, func(s span, t *tally) {
			for _, v := range s.b.invoices {
				if s.has(v.life, v.due-30) && v.paid.Known() {
					t.add(max(0, float64(v.paid-v.due)))
				}
			}
		}},
		behold.Moved: {2, func(s span, t *tally) { s.contacts(t, func(c contact) bool { return c.inbound }) }},
	}
}

type mark struct {
	factor  float64
	measure func(span, *tally)
}

// Among those who left with a trace, what the cause shows changes between the
// time before it and the time in which it is at work.
func TestEveryCauseLeavesItsTrace(t *testing.T) {
	before, during := map[behold.Reason]*tally{}, map[behold.Reason]*tally{}
	all := marks()
	for r := range all {
		before[r], during[r] = new(tally), new(tally)
	}
	leavers := map[behold.Reason]int{}
	visit(t, Options{Customers: 9000, Seed: 3, Until: until, OrdersPerYear: 9}, func(b *Block) {
		for _, l := range b.lives {
			if !l.left.Known() {
				continue
			}
			r := l.truth.Reason
			leavers[r]++
			if l.truth.Since.Known() {
				all[r].measure(span{b, l, l.start, l.truth.Since}, before[r])
				all[r].measure(span{b, l, l.truth.Since, l.left + 1}, during[r])
			}
		}
	})
	for r, m := range all {
		was, is := before[r].mean(), during[r].mean()
		t.Logf("%-22s %4d left, %9.3f before, %9.3f while at work", r, leavers[r], was, is)
		if m.factor > 1 && is < m.factor*was || m.factor < 1 && is > m.factor*was || before[r].n == 0 {
			t.Errorf("%s: %.3f before, %.3f while at work; want a factor of %g", r, was, is, m.factor)
		}
		if leavers[r] < 20 {
			t.Errorf("%s: only %d of the leavers", r, leavers[r])
		}
	}
	if len(all) != len(behold.Reasons())-1 {
		t.Errorf("%d causes have a mark, there are %d", len(all), len(behold.Reasons())-1)
	}
}

func visit(t *testing.T, opt Options, do func(*Block)) {
	t.Helper()
	if err := Each(context.Background(), opt, func(b *Block) error { do(b); return nil }); err != nil {
		t.Fatal(err)
	}
}
