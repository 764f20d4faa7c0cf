package task

import (
	"cmp"
	"slices"

	"behold"
)

// A seat is a colleague's day while tasks are dealt.
type seat struct {
	*Shift
	today, used float64 // minutes
	tasks, most int
	away        int // working days of the company until back at work, since the absence began
}

func (s *seat) full() bool { return s.tasks >= s.most }

func (s *seat) fits(step behold.Step) bool { return s.used+step.Minutes <= s.today+1e-9 }

// deal gives those in line to colleagues, as far as their day goes.
func (l *List) deal() {
	seats := l.seats()
	least := -1.0
	for _, at := range l.line {
		c, j := &l.desk.Candidates[at], &l.judged[at]
		step := l.step(c, j)
		who, why := l.whose(seats, c, step)
		if j.why = why; who < 0 {
			continue
		}
		if l.drawn(c) {
			j.why = heldOut
			continue
		}
		s := &seats[who]
		s.used += step.Minutes
		s.tasks++
		l.Tasks = append(l.Tasks, l.task(c, j, s, step))
		if c.Steps == nil && (least < 0 || j.worth < least) {
			least = j.worth
		}
	}
	slices.SortFunc(l.Fresh, func(a, b behold.Episode) int { return cmp.Compare(a.Customer, b.Customer) })
	l.HourWorth = behold.MoneyOf(60*max(0, least), l.desk.Rules.Currency)
	for _, s := range seats {
		l.Loads = append(l.Loads, behold.Load{Colleague: s.Colleague, Minutes: s.today, Used: s.used, Tasks: s.tasks})
	}
}

// drawn begins the episode of a candidate that would now be listed, and says
// whether the lot holds it out.
func (l *List) drawn(c *Candidate) bool {
	lot := l.desk.Lot
	if _, runs := l.runs[c.Customer]; runs || lot == nil || l.desk.Frozen != nil || lot.exempt(c) {
		return false
	}
	e := lot.begin(c, l.Day)
	if book := l.steps(c); len(book) > 0 {
		e.Action = book[0].Action
	}
	if l.owned(c) {
		e.Owner = l.desk.Crew[c.Owner].Colleague
	}
	l.Fresh = append(l.Fresh, e)
	return e.Held
}

func (l *List) seats() []seat {
	seats := make([]seat, len(l.desk.Crew))
	for i := range l.desk.Crew {
		s := seat{Shift: &l.desk.Crew[i], most: l.desk.Rules.Most}
		if s.Most > 0 {
			s.most = s.Most
		}
		s.today = s.Minutes(l.desk.Day, l.desk.Closed)
		if s.today <= 0 {
			s.away = l.away(s.Shift)
		}
		seats[i] = s
	}
	return seats
}

// away is how many working days of the company there are until a colleague works
// again, from the first day of the absence on: a holiday is as long on its last
// day as on its first, and a weekend makes none longer.
func (l *List) away(s *Shift) (days int) {
	to := s.After(l.desk.Day, 1, l.desk.Closed)
	if !to.Known() {
		return farthest
	}
	from := l.desk.Day
	for _, a := range s.Away {
		if a.From <= l.desk.Day && l.desk.Day <= a.To {
			from = min(from, a.From)
		}
	}
	var opens [7]bool
	for i := range l.desk.Crew {
		for day, minutes := range l.desk.Crew[i].Week {
			opens[day] = opens[day] || minutes > 0
		}
	}
	for d := from; d < to; d++ {
		if opens[d.Weekday()] && !slices.Contains(l.desk.Closed, d) {
			days++
		}
	}
	return days
}

// whose is the seat that takes a candidate, or −1 and why none does.
func (l *List) whose(seats []seat, c *Candidate, step behold.Step) (int, word) {
	if at := slices.IndexFunc(seats, func(s seat) bool { return step.Owner != "" && s.Colleague == step.Owner }); at >= 0 {
		if s := &seats[at]; s.today > 0 || s.away < l.desk.Rules.CoverDays && !overdue(c, l.Day) {
			return named(s, at, step)
		}
	}
	if !l.owned(c) {
		return fairest(seats, step, -1)
	}
	own := &seats[c.Owner]
	switch {
	case own.today <= 0:
		if own.away >= l.desk.Rules.CoverDays || c.Urgent || overdue(c, l.Day) {
			return fairest(seats, step, int(c.Owner))
		}
		return -1, nobodyWorks
	case !own.able(step.Action):
		return fairest(seats, step, int(c.Owner))
	case own.full():
		return -1, listFull
	case !own.fits(step):
		return -1, minutesSpent
	}
	return int(c.Owner), listed
}

// overdue says that the step of a candidate's case cannot wait for a day after.
func overdue(c *Candidate, day behold.Day) bool {
	return c.Steps != nil && c.Due > 0 && c.Due <= day
}

// named is the seat of the colleague whom the playbook names for a step.
func named(s *seat, at int, step behold.Step) (int, word) {
	switch {
	case s.today <= 0:
		return -1, nobodyWorks
	case s.full():
		return -1, listFull
	case !s.fits(step):
		return -1, minutesSpent
	}
	return at, listed
}

// fairest is the seat of whom the smallest part of the day is used, of those that
// can; the first of equals.
func fairest(seats []seat, step behold.Step, but int) (int, word) {
	best, why := -1, nobodyWorks
	for i := range seats {
		s := &seats[i]
		switch {
		case i == but || s.today <= 0 || !s.able(step.Action):
		case s.full():
			why = listFull
		case !s.fits(step):
			why = minutesSpent
		case best < 0 || s.used*seats[best].today < seats[best].used*s.today:
			best = i
		}
	}
	if best >= 0 {
		why = listed
	}
	return best, why
}

func (l *List) task(c *Candidate, j *judgement, s *seat, step behold.Step) behold.Task {
	since := l.Day
	if c.Listed.Known() {
		since = c.Listed
	}
	due := s.After(l.Day, step.Within, l.desk.Closed)
	if c.Steps != nil && c.Due > 0 {
		due = c.Due
	}
	return behold.Task{
		Customer: c.Customer, ID: c.ID, Colleague: s.Colleague, Day: l.Day, Place: s.tasks, Lamp: c.Lamp, Reason: c.Reason, Step: step,
		Due: due, Gain: behold.MoneyOf(j.worth*step.Minutes, l.desk.Rules.Currency),
		Leave: c.Leave, LeaveLow: c.LeaveLow, LeaveHigh: c.LeaveHigh, Since: since, Lying: int(j.days), Escalated: j.rank == escalated,
		Covered: l.owned(c) && s.Shift != &l.desk.Crew[c.Owner],
	}
}
