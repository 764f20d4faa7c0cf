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
	rank  int8 // 2: has lain so long that the manager sees it, 1: lies, 0: new
	step  int8
	days  int16   // worked since it was listed
	worth float64 // gain per minute
}

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
// customer allows; its Gain per minute. By that, highest first (what has lain for
// some days before all), each goes to the colleague who looks after the customer,
// while minutes and places last. Customers of nobody, and of those who are away
// for CoverDays or more, go to whoever has used the smallest part of their day.
// A task that does not fit into what is left of a day leaves room for a smaller one.
// Whoever would now be listed for the first time comes before the Lot: an episode
// begins, and those held out leave their place to the next.
//
// Output: the tasks by colleague and place. False is the mean of 1 − chance of
// leaving over them, its range that of the ranges; HourWorth is what the least
// task accepted gains an hour. Greedy by gain per minute is within one task of the
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
	case !c.Urgent && l.runs[c.Customer]:
		j.why = heldOut
	case c.gone():
		j.why = hasLeft
	case c.Asleep:
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
	if j.why == inLine && c.Listed.Known() {
		l.lying(c, j)
	}
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
	whose := Shift{Week: [7]float64{0, 1, 1, 1, 1, 1, 0}}
	if l.owned(c) {
		whose = l.desk.Crew[c.Owner]
	}
	days := whose.Worked(c.Listed, l.desk.Day, l.desk.Closed)
	j.days = int16(days)
	switch r := l.desk.Rules; {
	case days >= r.Escalate && r.Escalate > 0:
		j.rank = 2
	case days >= r.Remind && r.Remind > 0:
		j.rank = 1
	}
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
	n := float64(len(l.Tasks))
	for _, t := range l.Tasks {
		l.False += (1 - t.Leave) / n
		l.FalseLow += (1 - t.LeaveHigh) / n
		l.FalseHigh += (1 - t.LeaveLow) / n
	}
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
