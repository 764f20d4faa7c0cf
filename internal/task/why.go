package task

import (
	"iter"

	"behold"
)

// words are the reasons as data have them. Of one who is held out it is that of a
// customer for whom nothing is lit: the lists must not tell who is in the trial.
func (w word) says() behold.WhyNot {
	switch w {
	case listed:
		return behold.OnList
	case hasLeft:
		return behold.HasLeft
	case asleep:
		return behold.NotAwake
	case inHand:
		return behold.InHand
	case justSpoken:
		return behold.JustSpoken
	case noWay:
		return behold.NoWay
	case noGain:
		return behold.NoGain
	case notSure:
		return behold.NotSure
	case nobodyWorks:
		return behold.NobodyWorks
	case listFull:
		return behold.ListFull
	case minutesSpent:
		return behold.MinutesSpent
	case cameLater:
		return behold.CameLater
	case stepWaits:
		return behold.StepWaits
	}
	return behold.NotLit
}

// Why says why a customer is not on the lists, or that they are, with the figures.
// Of a customer who is held out it says what it says of one without a lamp, to
// the letter.
func (l *List) Why(customer int32) behold.Passed {
	for i := range l.desk.Candidates {
		if l.desk.Candidates[i].Customer == customer {
			return l.why(i)
		}
	}
	return behold.Passed{Customer: customer, Why: behold.NotLit}
}

// Passed are the candidates that are on no list, in the order given, without
// those who are held out.
func (l *List) Passed() iter.Seq[behold.Passed] {
	return func(yield func(behold.Passed) bool) {
		ahead := l.ahead()
		for i := range l.judged {
			if w := l.judged[i].why; w != listed && w != heldOut && !yield(l.passed(i, ahead)) {
				return
			}
		}
	}
}

func (l *List) why(i int) behold.Passed {
	if l.judged[i].why == heldOut {
		return behold.Passed{Customer: l.desk.Candidates[i].Customer, Why: behold.NotLit}
	}
	return l.passed(i, l.ahead())
}

// ahead is how many stand in line before each candidate with the same colleague.
func (l *List) ahead() map[int32]int {
	ahead, before := make(map[int32]int, len(l.line)), map[int16]int{}
	for _, at := range l.line {
		owner := l.desk.Candidates[at].Owner
		ahead[at] = before[owner]
		before[owner]++
	}
	return ahead
}

func (l *List) passed(i int, ahead map[int32]int) behold.Passed {
	c, j := &l.desk.Candidates[i], &l.judged[i]
	p := behold.Passed{Customer: c.Customer, Why: j.why.says()}
	number := func(name string, value float64) {
		p.Facts = append(p.Facts, behold.Fact{Name: name, Number: value, Day: behold.NoDay})
	}
	on := func(name string, day behold.Day) { p.Facts = append(p.Facts, behold.Fact{Name: name, Day: day}) }
	step := behold.Step{}
	if j.step >= 0 {
		step = l.step(c, j)
	}
	switch j.why {
	case listed:
		for _, t := range l.Tasks {
			if t.Customer == c.Customer {
				number("place", float64(t.Place))
				number("minutes", t.Step.Minutes)
			}
		}
	case inHand:
		on("taken_on", c.Taken)
	case stepWaits:
		if c.Waits < l.Day+farthest { // else the plan has come to its end
			on("from", c.Waits)
		}
	case justSpoken:
		on("spoken_on", c.Spoken)
		number("gap_days", float64(l.desk.Rules.GapDays))
		on("free_on", c.Spoken+behold.Day(l.desk.Rules.GapDays))
	case noGain:
		number("gain", j.worth*step.Minutes)
		number("cost", step.Cost)
	case notSure:
		number("p", l.strict.p[i])
		number("cut", l.strict.at)
		number("kept", float64(l.strict.kept))
	case nobodyWorks:
		if l.owned(c) {
			if back := l.desk.Crew[c.Owner].After(l.Day, 1, l.desk.Closed); back.Known() {
				on("back_on", back)
			}
		}
	case listFull:
		number("most", float64(l.most(c)))
		number("ahead", float64(ahead[int32(i)]))
	case minutesSpent:
		number("needs", step.Minutes)
		number("left", l.spare(c))
		number("ahead", float64(ahead[int32(i)]))
	}
	return p
}

// most is how many tasks the list may have on which the customer would stand.
func (l *List) most(c *Candidate) int {
	if l.owned(c) && l.desk.Crew[c.Owner].Most > 0 {
		return l.desk.Crew[c.Owner].Most
	}
	return l.desk.Rules.Most
}

// spare is what is left of the day of whoever looks after the customer, or of
// whoever has most left.
func (l *List) spare(c *Candidate) (minutes float64) {
	for i, load := range l.Loads {
		if !l.owned(c) || int(c.Owner) == i {
			minutes = max(minutes, load.Minutes-load.Used)
		}
	}
	return minutes
}
