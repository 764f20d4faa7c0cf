package lamp

import (
	"math"
	"slices"
	"sort"

	"behold"
	"behold/stat"
)

// The lamp silent_dissatisfied (L07): has this customer, who used to answer,
// stopped answering, and do they buy less as well?
//
// In: when the customer answered. Where the answers table also has forms that came
// back empty (at least twenty, and one of twenty forms), they are invitations
// without an answer; else nobody knows who was asked, and what counts is how long
// no form has come for a customer with a rhythm of at least three. Then time runs
// as fast as forms come in per customer who ever answered, so that a company that
// stops asking lets nobody fall silent.
//
// Lights: at p ≤ A on the customer's monthly test day, as things were that day,
// while today's p2 is still at most 0.3, and only if p1 is at most 0.3 too: one of
// the two alone is another lamp's business.
//
//	p1  chance of no answer to the last m ≥ 2 invitations, for a chance to answer
//	    of Beta(4ρ + answered, 4(1−ρ) + unanswered) before them, ρ the company's
//	    own, and at least 0.3 (of the mean); without invitations, the share of the
//	    company's waits between forms, each over the mean of the waits before it
//	    (with three of the company's usual ones), that are at least as long
//	p2  of shrinking
//	p = q(1 − ln q), q = p1·p2             (Fisher)
//
// Out: a form that came after the one the silence is counted from; a visit or call
// after the lamp was lit; p2 above 0.3.
//
// Facts: answered (forms), unanswered (invitations since; 0 where nobody knows),
// asked_before, answered_before, usual_days (between forms), quiet_days,
// answered_on (the last), fall (share of the turnover gone), answers_p, buying_p,
// as_of. Rows: the last forms, the last orders.
//
// Fails: dead addresses, people tired of surveys.
// Source: METHODS L07; TestSilentUnderChance counts its false alarms.
const (
	leastInvites   = 20
	leastFormShare = 20 // one form in so many is empty, or invitations are not in the file
	inviteWeight   = 4
	leastResponse  = 0.3
	leastMissed    = 2
	leastForms     = 3
	usualWaits     = 3 // of the company, beside the customer's own
	leastWaits     = 100
	silentHalf     = 0.3
)

// formHabits are how the company's customers answer, and fail to.
type formHabits struct {
	response float64 // share of invitations that are answered; 0: the file has no invitations
	from     behold.Day
	clock    []float64 // forms per customer who ever answered, up to each day
	wait     float64   // usual wait between forms on that clock; 0: not known
	beyond   []float64 // waits over the customer's mean wait, ascending
	share    []float64 // chance that one is at least as long as each of them
}

func formHabitsOf(h *behold.Histories, deals *behold.Dealings, a *answerHabits) formHabits {
	var f formHabits
	if deals == nil || len(deals.Answers.All) == 0 {
		return f
	}
	answered, empty := 0, 0
	var days, firsts []behold.Day
	var forms []form
	for k := range h.Customer {
		forms = a.forms(forms[:0], deals.Answers.Of(k))
		first := true
		for i := range forms {
			switch {
			case !forms[i].answered:
				empty++
			case forms[i].at <= h.AsOf:
				answered++
				days = append(days, forms[i].at)
				if first {
					firsts, first = append(firsts, forms[i].at), false
				}
			}
		}
	}
	if empty >= leastInvites && leastFormShare*empty >= answered+empty {
		f.response = float64(answered) / float64(answered+empty)
		return f
	}
	f.setClock(days, firsts, h.AsOf)
	f.setWaits(h, deals, a)
	return f
}

// setClock counts the forms of a day over the customers who had answered by then.
func (f *formHabits) setClock(days, firsts []behold.Day, until behold.Day) {
	if len(days) < leastWaits {
		return
	}
	slices.Sort(days)
	slices.Sort(firsts)
	f.from = days[0]
	f.clock = make([]float64, int(until-f.from)+1)
	i, known, sum := 0, 0, 0.0
	for d := range f.clock {
		day := f.from + behold.Day(d)
		n := 0
		for i < len(days) && days[i] == day {
			n, i = n+1, i+1
		}
		for known < len(firsts) && firsts[known] <= day {
			known++
		}
		sum += float64(n) / float64(known)
		f.clock[d] = sum
	}
}

// between is how many forms a customer who answers gives from one day to another.
func (f *formHabits) between(from, to behold.Day) float64 {
	at := func(day behold.Day) float64 {
		return f.clock[min(max(0, int(day-f.from)), len(f.clock)-1)]
	}
	return at(to) - at(from)
}

// setWaits learns how much longer than usual a wait between two forms may be, by
// the method of Kaplan and Meier, those that last still counted as such.
func (f *formHabits) setWaits(h *behold.Histories, deals *behold.Dealings, a *answerHabits) {
	if len(f.clock) == 0 {
		return
	}
	sum, n := 0.0, 0.0
	f.eachWait(h, deals, a, func(_ []float64, wait float64, ended bool) {
		if ended {
			sum, n = sum+wait, n+1
		}
	})
	if n < leastWaits {
		return
	}
	f.wait = sum / n
	var waits []wait
	f.eachWait(h, deals, a, func(before []float64, x float64, ended bool) {
		if len(before) >= leastForms-1 {
			waits = append(waits, wait{x / f.usual(before), ended})
		}
	})
	f.beyond, f.share = waitCurve(waits)
	if len(f.beyond) < leastWaits/2 {
		f.wait = 0
	}
}

// usual is the mean of the customer's waits and of three of the company's.
func (f *formHabits) usual(waits []float64) float64 {
	sum := usualWaits * f.wait
	for _, w := range waits {
		sum += w
	}
	return sum / float64(usualWaits+len(waits))
}

// eachWait tells of every wait of every customer: those before it, how long it
// was, and whether a form ended it.
func (f *formHabits) eachWait(h *behold.Histories, deals *behold.Dealings, a *answerHabits, tell func(before []float64, wait float64, ended bool)) {
	var forms []form
	var waits []float64
	for k := range h.Customer {
		forms = a.forms(forms[:0], deals.Answers.Of(k))
		waits = waits[:0]
		last := behold.NoDay
		for i := range forms {
			if !forms[i].answered {
				continue
			}
			if last.Known() && forms[i].at > last {
				w := f.between(last, forms[i].at)
				tell(waits, w, true)
				waits = append(waits, w)
			}
			last = forms[i].at
		}
		if last.Known() {
			tell(waits, f.between(last, h.AsOf), false)
		}
	}
}

// A wait for something is over or lasts still.
type wait struct {
	long float64
	over bool
}

// waitCurve is the share of waits at least as long as each that ended, by the
// method of Kaplan and Meier. A wait that lasts counts as long as it has lasted.
func waitCurve(waits []wait) (long, share []float64) {
	slices.SortFunc(waits, func(a, b wait) int {
		switch {
		case a.long < b.long:
			return -1
		case a.long > b.long:
			return 1
		}
		return 0
	})
	s := 1.0
	for i := 0; i < len(waits); {
		j, over := i, 0
		for ; j < len(waits) && waits[j].long == waits[i].long; j++ {
			if waits[j].over {
				over++
			}
		}
		if over > 0 {
			long, share = append(long, waits[i].long), append(share, s)
			s *= 1 - float64(over)/float64(len(waits)-i)
		}
		i = j
	}
	return long, share
}

// longerShare reads a waitCurve: the chance of a wait of at least x. Beyond the
// last wait seen it is the chance of that one.
func longerShare(long, share []float64, x float64) float64 {
	i := sort.SearchFloat64s(long, x)
	if i == len(long) {
		if i == 0 {
			return 1
		}
		i--
	}
	return share[i]
}

// A hush is what the test of one day has to say.
type hush struct {
	answers, buying, p          float64
	answered, unanswered        int
	askedBefore, answeredBefore int
	usual, quiet                float64 // days
	last                        behold.Day
	fall                        float64
}

func (d *desk) silentDissatisfied() (behold.Lamp, bool) {
	if len(d.in.Has) > 0 && len(d.deals.Answers.Of(d.k)) == 0 {
		return behold.Lamp{}, false
	}
	test := TestDay(d.h.Customer[d.k], d.day)
	then, enough := d.hushed(test)
	if !enough {
		return behold.Lamp{}, false
	}
	today, _ := d.shrunk(d.day, false)
	both := then.answers <= silentHalf && then.buying <= silentHalf && today.p <= silentHalf && d.lastForm() <= test && !d.talkedAfter(test)
	a, lit := d.test(behold.LampSilent, then.p, 1, both)
	if !lit {
		return behold.Lamp{}, false
	}
	return d.lit(behold.LampSilent, test, then.p, a, d.hushEvidence(then, test)), true
}

func (d *desk) watchSilent(l behold.Lamp) (behold.Lamp, bool) {
	last, _ := l.Evidence.Fact("answered_on")
	if d.lastForm() > last.Day || d.talkedAfter(l.Since) {
		return l, false
	}
	s, enough := d.shrunk(d.day, false)
	return l, enough && s.p <= silentHalf
}

// lastForm is when the customer last answered.
func (d *desk) lastForm() behold.Day {
	d.foldForms()
	last := behold.NoDay
	for i := range d.forms {
		if d.forms[i].answered {
			last = d.forms[i].at
		}
	}
	return last
}

// talkedAfter says whether anybody met or called the customer after a day.
func (d *desk) talkedAfter(day behold.Day) bool {
	contacts := d.deals.Contacts.Of(d.k)
	for i := len(contacts) - 1; i >= 0 && contacts[i].At.Day() > day; i-- {
		if contacts[i].Personal() == 1 {
			return true
		}
	}
	return false
}

// hushed tests as of a day; not enough where the customer never had a habit of
// answering, or has not left it.
func (d *desk) hushed(day behold.Day) (hush, bool) {
	s := hush{p: 1, last: behold.NoDay}
	d.foldForms()
	habit := &d.in.Forms
	enough := false
	switch {
	case habit.response > 0:
		enough = s.invited(d.forms, day, habit.response)
	case habit.wait > 0:
		enough = s.waited(d.forms, day, habit)
	}
	if !enough {
		return s, false
	}
	bought, known := d.shrunk(day, d.silent)
	s.buying, s.fall = bought.p, bought.fall
	s.p = fisher(s.answers, s.buying)
	return s, known
}

// invited counts invitations, answered and not.
func (s *hush) invited(forms []form, day behold.Day, response float64) bool {
	for i := range forms {
		f := &forms[i]
		switch {
		case f.at > day:
		case f.answered:
			s.answered++
			s.askedBefore += s.unanswered + 1
			s.answeredBefore, s.unanswered, s.last = s.answered, 0, f.at
		default:
			s.unanswered++
		}
	}
	a := inviteWeight*response + float64(s.answeredBefore)
	b := inviteWeight*(1-response) + float64(s.askedBefore-s.answeredBefore)
	if s.unanswered < leastMissed || s.answered == 0 || a/(a+b) < leastResponse {
		return false
	}
	m := float64(s.unanswered)
	s.answers = math.Exp(stat.LogBeta(a, b+m) - stat.LogBeta(a, b))
	s.quiet = float64(day - s.last)
	return true
}

// waited weighs how long no form has come.
func (s *hush) waited(forms []form, day behold.Day, habit *formHabits) bool {
	var waits [mostForms]float64
	n, first := 0, behold.NoDay
	for i := range forms {
		f := &forms[i]
		if f.at > day || !f.answered {
			continue
		}
		if !s.last.Known() {
			first = f.at
		} else if f.at > s.last {
			waits[n] = habit.between(s.last, f.at)
			n++
		}
		s.answered++
		s.last = f.at
	}
	if n < leastForms-1 {
		return false
	}
	usual, long := habit.usual(waits[:n]), habit.between(s.last, day)
	if usual <= 0 || long < leastMissed*usual {
		return false
	}
	s.usual, s.quiet = float64(s.last-first)/float64(n), float64(day-s.last)
	s.answers = longerShare(habit.beyond, habit.share, long/usual)
	return true
}

func (d *desk) hushEvidence(s hush, day behold.Day) behold.Evidence {
	e := behold.Evidence{Facts: []behold.Fact{
		number("answered", float64(s.answered)),
		number("unanswered", float64(s.unanswered)),
		number("asked_before", float64(s.askedBefore)),
		number("answered_before", float64(s.answeredBefore)),
		number("usual_days", math.Round(s.usual)),
		number("quiet_days", s.quiet),
		on("answered_on", s.last),
		number("fall", max(0, s.fall)),
		number("answers_p", s.answers),
		number("buying_p", s.buying),
		on("as_of", day),
	}}
	for i, n := len(d.forms)-1, 0; i >= 0 && n < 3; i-- {
		if f := &d.forms[i]; f.at <= day {
			e.Rows = append(e.Rows, row(behold.TableAnswers, f.id, f.at))
			n++
		}
	}
	e.Rows = append(e.Rows, orders(d.lastPurchases(3)...)...)
	return e
}
