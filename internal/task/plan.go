package task

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat"
)

// A Desk is all that a morning's lists are made from.
type Desk struct {
	Day        behold.Day
	Candidates []Candidate // one for each customer, in any order; read only
	Crew       []Shift
	Closed     []behold.Day      // on which nobody works
	Playbooks  []behold.Playbook // one for each reason; the one for unknown stands in for a reason without
	Beliefs    Beliefs
	Rules      Rules
	Frozen     *behold.TaskList // made this morning already: it stays as it is, and no episode begins
	Lot        *Lot             // nil: nobody is held out, and no effect may be claimed
	Open       []behold.Episode // begun before, or this morning; those that have ended do not count
}

// Rules are what a company decides about its lists (METHODS 9.1).
type Rules struct {
	GapDays   int     // between two personal contacts with a customer
	Most      int     // tasks a day for a colleague
	Remind    int     // working days after which a task that lies stands first
	Escalate  int     // and after which the manager sees it too
	CoverDays int     // whose colleague is away for so many working days or more, another one takes
	Strict    *Strict // nil: off
	Currency  string  // of gains
}

// UsualRules are the starting values.
func UsualRules() Rules {
	return Rules{GapDays: 30, Most: 7, Remind: 2, Escalate: 5, CoverDays: 3}
}

// A List is a morning's lists, and why whoever is not on them is not.
type List struct {
	behold.TaskList
	Fresh  []behold.Episode // that begin today, held out or not, in order of customers: kept before anybody sees the list
	desk   *Desk
	books  books
	judged []judgement
	line   []int32 // candidates that could be listed, the first to be dealt first
	strict cut
	runs   map[int32]bool // customers of episodes that run: whether they are held out
}

// A judgement is what became of a candidate.
type judgement struct {
	why   word
	rank  int8 // what goes before what
	step  int8
	days  int16   // worked since it was listed
	worth float64 // gain per minute
}

// What goes before what, the last first; 0 is new.
const (
	lies      int8 = iota + 1 // on the list for some days
	begun                     // the next step of a case
	escalated                 // for so long that the manager sees it
)

// A word is a WhyNot in a byte.
type word uint8

const (
	inLine word = iota
	listed
	heldOut
	hasLeft
	asleep
	inHand
	justSpoken
	noWay
	noGain
	notSure
	nobodyWorks
	listFull
	minutesSpent
	cameLater
	stepWaits
)

// Plan makes the lists of a morning.
//
// Question: to whom do we give attention today, who does it, and in which order?
//
// Input: the Desk; read only. Candidates in any order; the lists do not hang on it.
//
// Formula: of each candidate that is not held out, asleep, gone, just spoken to or
// out of reach, the next step of the playbook of its reason that goes by a way the
// customer allows; its Gain per minute. By that, highest first, each goes to the
// colleague who looks after the customer, while minutes and places last. The steps
// of cases that are due, whatever they gain, go before all that is new, and what has
// lain for some days too. Customers of nobody, and of those who are away for
// CoverDays or more, go to whoever has used the smallest part of their day; so does
// the step of a case that would be overdue before its colleague is back.
// A task that does not fit into what is left of a day leaves room for a smaller one.
// Whoever would now be listed for the first time comes before the Lot: an episode
// begins, and those held out leave their place to the next.
//
// Output: the tasks by colleague and place. False is the mean of 1 − chance of
// leaving over those that a lamp stands for, its range that of the ranges;
// HourWorth is what the least of them that no case promised gains an hour. Greedy by gain per minute is within one task of the
// best list there is for each colleague. The same desk gives the same list, on any
// number of cores.
//
// No errors: a candidate without a chance or a value (NaN) gains nothing and is
// not listed. Of a Desk with a Frozen list of this day the tasks are that list's.
//
// Not for whom to sell to: the lists know who may leave, not who may buy more.
//
// Source: METHODS 3.3, 7.5. See TestPlanGreedy, TestPlan_Methods3_3 and, against one
// who knows all, TestSimulatedCompany.
func Plan(d *Desk) *List {
	l := &List{desk: d, books: shelve(d.Playbooks), judged: make([]judgement, len(d.Candidates)), runs: running(d.Open, d.Day)}
	l.Day = d.Day
	stat.Blocks(len(d.Candidates), 4096, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			l.judged[i] = l.judge(&d.Candidates[i])
		}
	})
	l.strict = l.choose()
	l.queue()
	l.deal()
	l.sumUp()
	if d.Frozen != nil && d.Frozen.Day == d.Day {
		l.freeze()
	}
	return l
}

// judge says whether a candidate stands in line, and with which step.
func (l *List) judge(c *Candidate) judgement {
	j := judgement{step: -1}
	switch {
	case !c.Urgent && c.Steps == nil && l.runs[c.Customer]:
		j.why = heldOut
	case c.gone():
		j.why = hasLeft
	case c.Asleep && c.Steps == nil:
		j.why = asleep
	case c.Waits.Known() && c.Waits > l.Day:
		j.why = stepWaits
	case l.taken(c):
		j.why = inHand
	case l.spoken(c):
		j.why = justSpoken
	default:
		l.weigh(c, &j)
	}
	return j
}

// spoken says that the customer was spoken to within the gap. A complaint does not
// wait, nor does the next step of a playbook that was begun, or of a case's plan.
func (l *List) spoken(c *Candidate) bool {
	return !c.Urgent && c.Next == 0 && c.Steps == nil && c.Spoken.Known() && int(l.desk.Day-c.Spoken) < l.desk.Rules.GapDays
}

// taken says that a colleague has the customer in hand: for the contact gap, or,
// when a complaint or a promise does not wait, until such a task would be the
// manager's.
func (l *List) taken(c *Candidate) bool {
	days := l.desk.Rules.GapDays
	if c.Urgent {
		days = l.desk.Rules.Escalate
	}
	return c.AllTaken && c.Next == 0 && c.Steps == nil && c.Taken > 0 && int(l.desk.Day-c.Taken) < days
}

// weigh finds the step, and what it gains a minute.
func (l *List) weigh(c *Candidate, j *judgement) {
	if c.Steps != nil {
		l.next(c, j)
		return
	}
	steps := l.steps(c)
	j.why = noWay
	for i := int(max(0, c.Next)); i < len(steps); i++ {
		step, barred := steps[i], c.Barred
		if Sells(step.Action) {
			barred |= c.Unsold
		}
		if WayOf(step.Channel)&barred != 0 || !(step.Minutes > 0) {
			continue
		}
		gain := Gain(c, step, l.desk.Beliefs.Of(Cell{c.Reason, step.Action}))
		j.why, j.step, j.worth = inLine, int8(i), gain/step.Minutes
		if !(gain > 0) || math.IsInf(gain, 0) {
			j.why = noGain
		}
		break
	}
	if j.why == inLine && c.Listed.Known() && c.Steps == nil {
		l.lying(c, j)
	}
}

// next is the step of a case that is due: what was planned is done whatever it
// gains, by another channel if need be.
func (l *List) next(c *Candidate, j *judgement) {
	j.why = noWay
	if int(c.Next) >= len(c.Steps) {
		return
	}
	step, ok := l.allowed(c, c.Steps[c.Next])
	if !ok || !(step.Minutes > 0) {
		return
	}
	j.why, j.step, j.rank = inLine, c.Next, begun
	if gain := Gain(c, step, l.desk.Beliefs.Of(Cell{c.Reason, step.Action})); gain > 0 && !math.IsInf(gain, 0) {
		j.worth = gain / step.Minutes
	}
	if c.Due > 0 && c.Due < l.Day {
		days := l.shift(c).Worked(c.Due, l.Day, l.desk.Closed)
		if j.days = int16(days); days >= l.desk.Rules.Escalate && l.desk.Rules.Escalate > 0 {
			j.rank = escalated
		}
	}
}

// allowed is a step by a way that the customer allows.
func (l *List) allowed(c *Candidate, step behold.Step) (behold.Step, bool) {
	barred := c.Barred
	if Sells(step.Action) {
		barred |= c.Unsold
	}
	return reach(step, barred)
}

// step is the one that a candidate in line would be listed for.
func (l *List) step(c *Candidate, j *judgement) behold.Step {
	step := l.steps(c)[j.step]
	if c.Steps != nil {
		step, _ = l.allowed(c, step)
	}
	return step
}

// steps are the plan of a candidate's case, else the playbook of the reason.
func (l *List) steps(c *Candidate) []behold.Step {
	if c.Steps != nil {
		return c.Steps
	}
	return l.books.of(c.Reason)
}

// lying counts the working days on which nothing was done.
func (l *List) lying(c *Candidate, j *judgement) {
	days := l.shift(c).Worked(c.Listed, l.desk.Day, l.desk.Closed)
	j.days = int16(days)
	switch r := l.desk.Rules; {
	case days >= r.Escalate && r.Escalate > 0:
		j.rank = escalated
	case days >= r.Remind && r.Remind > 0:
		j.rank = lies
	}
}

// shift of whoever looks after a candidate; of one of nobody's a week of five days.
func (l *List) shift(c *Candidate) *Shift {
	if l.owned(c) {
		return &l.desk.Crew[c.Owner]
	}
	return &Shift{Week: [7]float64{0, 1, 1, 1, 1, 1, 0}}
}

func (l *List) owned(c *Candidate) bool { return c.Owner >= 0 && int(c.Owner) < len(l.desk.Crew) }

// queue puts those in line into order.
func (l *List) queue() {
	type place struct {
		worth    float64
		at       int32
		customer int32
		rank     int8
	}
	var places []place
	for i := range l.judged {
		if j := &l.judged[i]; j.why == inLine {
			places = append(places, place{j.worth, int32(i), l.desk.Candidates[i].Customer, j.rank})
		}
	}
	slices.SortFunc(places, func(a, b place) int {
		switch {
		case a.rank != b.rank:
			return cmp.Compare(b.rank, a.rank)
		case a.worth > b.worth:
			return -1
		case a.worth < b.worth:
			return 1
		}
		return cmp.Compare(a.customer, b.customer)
	})
	l.line = make([]int32, len(places))
	for i, p := range places {
		l.line[i] = p.at
	}
}

// sumUp finds what is expected of the whole list.
func (l *List) sumUp() {
	slices.SortStableFunc(l.Tasks, func(a, b behold.Task) int {
		return cmp.Or(cmp.Compare(a.Colleague, b.Colleague), cmp.Compare(a.Place, b.Place))
	})
	l.TaskList = l.Only(func(*behold.Task) bool { return true })
}

// freeze puts the morning's list in the place of the one made now.
func (l *List) freeze() {
	kept := map[int32]bool{}
	for _, t := range l.desk.Frozen.Tasks {
		kept[t.Customer] = true
	}
	for i := range l.judged {
		switch on := kept[l.desk.Candidates[i].Customer]; {
		case on:
			l.judged[i].why = listed
		case l.judged[i].why == listed:
			l.judged[i].why = cameLater
		}
	}
	l.TaskList = *l.desk.Frozen
}
