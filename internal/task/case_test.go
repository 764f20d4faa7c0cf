package task_test

import (
	"slices"
	"testing"

	"behold"
	"behold/internal/task"
)

// worked is a candidate with a case whose next step takes 20 minutes.
func worked(number int32, due behold.Day) task.Candidate {
	c := customer(number, .01, 10)
	c.Steps = []behold.Step{{Action: behold.ActReplacement, Channel: "call", Minutes: 20}}
	c.InHand, c.AllTaken, c.Taken, c.Waits, c.Due = true, true, monday-1, behold.NoDay, due
	return c
}

// What a case promised goes before what is new, however little it gains, and uses
// the day's minutes; what is long overdue goes before all.
func TestStepsOfCasesGoFirst(t *testing.T) {
	silent := worked(3, monday+2)
	silent.Lamp, silent.Leave, silent.LeaveLow, silent.LeaveHigh, silent.Active, silent.Residual = "", 0, 0, 0, 0, 0
	old := worked(4, monday-10)
	l := task.Plan(desk(60, customer(1, .9, 90_000), customer(2, .8, 80_000), silent, old))
	if got := numbers(l); !slices.Equal(got, []int32{4, 3, 1}) {
		t.Fatalf("listed %v", got)
	}
	if first := l.Tasks[0]; !first.Escalated || first.Lying != 6 || first.Due != monday-10 {
		t.Errorf("long overdue: %+v", first)
	}
	if second := l.Tasks[1]; second.Escalated || second.Due != monday+2 || second.Lamp != "" {
		t.Errorf("due: %+v", second)
	}
	if l.Loads[0].Used != 55 {
		t.Errorf("used %v minutes", l.Loads[0].Used)
	}
	near(t, l.False, ((1-.01)+(1-.9))/2, 1e-12, "share of false alarms of those with a lamp")
	near(t, l.HourWorth.Major(), 4*.1*.9*90_000, 1, "what the last of those that no case promised is worth an hour")
}

// A step goes by another channel where the customer bars its own.
func TestStepByAnotherChannel(t *testing.T) {
	one := worked(1, monday+1)
	one.Unsold = task.ByCall | task.ByVisit
	l := task.Plan(desk(60, one))
	if len(l.Tasks) != 1 || l.Tasks[0].Step.Channel != "mail" {
		t.Fatalf("%+v", l.Tasks)
	}
	one.Unsold |= task.ByMail | task.ByChat
	if why := task.Plan(desk(60, one)).Why(1).Why; why != behold.NoWay {
		t.Error(why)
	}
}

// A step whose colleague is away for a day waits, unless it would be overdue.
func TestStepOfSomebodyAway(t *testing.T) {
	for name, c := range map[string]struct {
		due     behold.Day
		named   string
		covered bool
	}{"can wait": {monday + 2, "", false}, "cannot": {monday, "", true}, "was due": {monday - 3, "", true}, "the plan names them": {monday, "bo", true}, "and can wait": {monday + 2, "bo", false}} {
		one := worked(1, c.due)
		one.Owner, one.Steps[0].Owner = 1, c.named
		d := desk(60, one)
		d.Crew = append(d.Crew, shift("bo", 60))
		d.Crew[1].Away = []behold.Absence{{Colleague: "bo", From: monday, To: monday}}
		l := task.Plan(d)
		if got := len(l.Tasks) == 1 && l.Tasks[0].Covered && l.Tasks[0].Colleague == "ann"; got != c.covered {
			t.Errorf("%s: covered %v: %+v %+v", name, got, l.Tasks, l.Why(1))
		}
	}
}

// The lot holds nobody out of what a case promised.
func TestHeldOutButWorkedOn(t *testing.T) {
	d := desk(60, worked(1, monday), customer(2, .5, 1000))
	for n := range int32(2) {
		d.Open = append(d.Open, behold.Episode{Customer: n + 1, Held: true, Begins: monday - 3, Ends: monday + 60})
	}
	if got := numbers(task.Plan(d)); !slices.Equal(got, []int32{1}) {
		t.Errorf("listed %v", got)
	}
}
