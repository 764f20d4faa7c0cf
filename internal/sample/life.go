package sample

import (
	"math"

	"behold"
)

// A life is one customer as the shop knows it: habits drawn once, and the
// episodes in which something draws the customer away.
type life struct {
	number      int64
	trade       trade
	person      bool
	colleague   int
	since       behold.Day // customer since; before the first day told for most
	start       behold.Day // from here on something can happen
	left        behold.Day // NoDay: not by the last day told
	end         behold.Day // the last day on which the customer does anything
	truth       Truth
	episodes    []episode
	introUntil  behold.Day // NoDay: came without an offer
	gap         float64    // mean gap in season-adjusted days, 1/mu
	regularity  float64    // k
	size        float64    // basket against what is usual in the trade
	drift       float64    // change of the basket a year, as a logarithm
	price       float64    // own price level against the list
	favourites  []favourite
	contactGap  float64 // days between personal contacts
	answers     float64 // chance that a question is answered
	content     float64 // satisfaction when nothing is wrong, 1 to 5
	payHabit    float64 // days paid after the due day; negative: before
	promptReply float64 // hours to a usual first reply
	people      []person
	noSurvey    bool // asked not to be asked
	noMarketing bool // asked for no advertising
}

// A favourite category has a rhythm of its own.
type favourite struct {
	category   int
	gap        float64 // season-adjusted days
	regularity float64
	due        float64 // season-adjusted day on which it is wanted again
	first      int     // where in the category the usual articles begin
}

// An episode is a cause at work. An innocent one is weaker and passes.
type episode struct {
	reason   behold.Reason
	from, to behold.Day
	strength float64
	lost     int // which favourite is no longer bought; -1: none
	trace    trace
}

// at gives the cause that weighs most on a day, and how much; 0 when none does.
func (l *life) at(d behold.Day) (*trace, float64) {
	var worst *trace
	most := 0.0
	for i := range l.episodes {
		e := &l.episodes[i]
		if e.from <= d && d <= e.to && e.strength > most {
			worst, most = &e.trace, e.strength
		}
	}
	if worst == nil {
		return &noTrace, 0
	}
	return worst, most
}

// noTrace is what is at work on an ordinary day. Nobody writes to it.
var noTrace = trace{touchpoint: "attention"}

// doesWithout says whether the i-th favourite is not bought on a day.
func (l *life) doesWithout(i int, d behold.Day) bool {
	for _, e := range l.episodes {
		if e.lost == i && e.from <= d && d <= e.to {
			return true
		}
	}
	return false
}

func (s *shop) life(d *dice, number int64) *life {
	d.start(s.Seed, number, forPlan)
	l := &life{number: number, left: behold.NoDay, introUntil: behold.NoDay}
	l.trade = s.trades[d.pick(s.tradeShares)]
	l.person = l.trade.segment == "private"
	l.colleague = d.IntN(len(s.staff))
	s.habits(d, l)
	s.favour(d, l)
	s.arrive(d, l)
	s.leave(d, l)
	s.innocent(d, l)
	return l
}

// regularities are the grid of METHODS 2.3, with the share of each.
func regularities() (k, share []float64) {
	return []float64{0.7, 1, 1.5, 2, 3, 4.5, 7, 12}, []float64{5, 14, 19, 20, 17, 13, 8, 4}
}

func (s *shop) habits(d *dice, l *life) {
	l.regularity = s.grid[d.pick(s.gridShares)]
	const shape = 2.2 // of mu across customers
	perDay := d.gamma(shape) / shape * s.OrdersPerYear / 365
	l.gap = min(1/max(perDay, 1e-6), 400)
	l.size = l.trade.size * math.Exp(0.45*d.NormFloat64())
	l.drift = 0.06 * d.NormFloat64()
	l.price = 0.94 - 0.02*math.Log(l.size) + 0.008*d.NormFloat64()
	l.contactGap = 14 + 42*d.gamma(2)/2
	l.answers = d.beta(2.2, 2.8)
	l.content = 4.2 + 0.45*d.NormFloat64()
	l.payHabit = -2 + 4*d.NormFloat64()
	l.promptReply = 3 + 6*d.Float64()
	l.noSurvey = d.chance(0.03)
	l.noMarketing = d.chance(0.06)
}

// favour draws two to six favourite categories: those of the trade first.
func (s *shop) favour(d *dice, l *life) {
	var taken [durable + 1]bool
	add := func(c int) {
		if taken[c] {
			return
		}
		taken[c] = true
		f := favourite{category: c, gap: l.gap * max(s.ranges[c].every, 1) * d.between(0.9, 1.6), regularity: l.regularity, first: d.IntN(8)}
		if len(l.favourites) == 0 {
			f.gap = l.gap // the first is why they come at all
		}
		if c == durable {
			f.gap, f.regularity = d.between(180, 300), 12
		}
		l.favourites = append(l.favourites, f)
	}
	for want := d.days(2, 5); len(l.favourites) < want; {
		if d.chance(0.75) {
			add(one(d, l.trade.loves))
		} else {
			add(d.IntN(durable))
		}
		if len(l.favourites) >= len(l.trade.loves) && d.chance(0.3) {
			break
		}
	}
	if !l.person && d.chance(0.45) {
		add(durable)
	}
}

// arrive: most were there when the story begins; as many come as leave.
func (s *shop) arrive(d *dice, l *life) {
	first := s.calendar.first
	was := 1 / (1 + 0.17*s.years())
	if d.chance(was) {
		l.since = first - behold.Day(30+d.ExpFloat64()*1100)
		l.start = first
	} else {
		l.since = min(workday(first+behold.Day(d.IntN(int(s.Until-first)+1))), s.Until)
		l.start = l.since
		if d.chance(0.35) {
			l.introUntil = l.since + behold.Day(d.days(80, 110))
		}
	}
	l.truth = Truth{Customer: l.id(), LeftOn: behold.NoDay, Since: behold.NoDay}
	l.end = s.Until
}

// leave draws the day of leaving, a seventh in a year unless asked otherwise, with
// customers differing in how easily they go, then the cause and when it began to show.
func (s *shop) leave(d *dice, l *life) {
	if s.Leaving == 0 {
		return
	}
	yearly := s.Leaving * d.gamma(2) / 2
	left := l.start + behold.Day(min(1+365*d.ExpFloat64()/yearly, 1e6))
	reason := s.reasons[d.pick(s.shares)]
	lead := behold.Day(min(max(4*l.gap, 75), 260) * d.between(0.7, 1.4))
	from := max(left-lead, l.start+(left-l.start)/3)
	traced := d.chance(0.88)
	if l.introUntil.Known() && d.chance(0.35) {
		reason, from, traced = behold.IntroOffer, l.introUntil+1, true // everyone sees the price step
		left = l.introUntil + behold.Day(d.days(10, 60))
	} else if l.person && reason == behold.PersonChanged {
		reason = behold.NeedsChanged
	}
	if left <= s.Until {
		l.left, l.end = left, left
		l.truth.LeftOn = left
	} else if from > s.Until || !traced {
		return // nothing of it is known yet
	}
	l.truth.Reason = reason
	if traced {
		l.truth.Since = from
		s.happen(d, l, episode{reason: reason, from: from, to: left, strength: d.between(0.75, 1.1)})
	}
}

// innocent episodes look like a cause, are weaker, and pass.
func (s *shop) innocent(d *dice, l *life) {
	for range d.poisson(s.Innocent * float64(s.Until-l.start) / 365) {
		from := l.start + behold.Day(d.IntN(int(s.Until-l.start)+1))
		e := episode{reason: s.reasons[d.pick(s.shares)], from: from, to: from + behold.Day(d.days(40, 110)), strength: d.between(0.25, 0.6)}
		if from <= l.end && !(l.person && e.reason == behold.PersonChanged) {
			s.happen(d, l, e)
		}
	}
}

func (s *shop) happen(d *dice, l *life, e episode) {
	e.trace = traceOf(e.reason)
	e.lost = -1
	if e.trace.durable {
		e.lost = l.durable(d)
	} else if e.trace.category {
		e.lost = d.IntN(len(l.favourites))
	}
	l.episodes = append(l.episodes, e)
}

// durable is which favourite is replaced once or twice a year. Whoever is
// forgotten at the next such purchase must have made one before.
func (l *life) durable(d *dice) int {
	for i, f := range l.favourites {
		if f.category == durable {
			return i
		}
	}
	l.favourites = append(l.favourites, favourite{category: durable, gap: d.between(180, 300), regularity: 12})
	return len(l.favourites) - 1
}
