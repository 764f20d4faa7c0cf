package task_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"behold"
	"behold/internal/task"
)

const monday = behold.Day(20_430) // 2025-12-08

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.6g, want %.6g (within %g)", what, got, want, tolerance)
	}
}

// customer is a candidate whose only step takes 15 minutes.
func customer(number int32, leave, residual float64) task.Candidate {
	return task.Candidate{
		Customer: number, ID: fmt.Sprintf("K-%d", number), Lamp: behold.LampRhythm, Reason: behold.UnknownReason, State: behold.Quiet,
		Owner: 0, Spoken: behold.NoDay, Listed: behold.NoDay, Leave: leave, LeaveLow: leave - .1, LeaveHigh: leave + .1, Active: 1, Residual: residual,
	}
}

func shift(name string, minutes float64) task.Shift {
	return task.Shift{Colleague: name, Week: [7]float64{0, minutes, minutes, minutes, minutes, minutes, 0}}
}

func desk(minutes float64, candidates ...task.Candidate) *task.Desk {
	rules := task.UsualRules()
	rules.Currency = "DKK"
	return &task.Desk{Day: monday, Candidates: candidates, Crew: []task.Shift{shift("ann", minutes)}, Playbooks: task.Playbooks(), Rules: rules}
}

func numbers(l *task.List) (list []int32) {
	for _, t := range l.Tasks {
		list = append(list, t.Customer)
	}
	return list
}

// METHODS 7.5: f = 10 % of the chance of leaving times that of being there still,
// times what is to come, less the cost.
func TestGain_Methods7_5(t *testing.T) {
	c := customer(1, .4, 20_000)
	c.Active = .5
	near(t, task.Gain(&c, behold.Step{Cost: 100}, task.Prior()), .10*.4*.5*20_000-100, 1e-9, "gain")
	near(t, task.Danger(1, 0), 0, 0, "who is gone")
	near(t, task.Danger(0, 1), 0, 0, "who is safe")
}

// By gain per minute until the minutes are used; a smaller one fits in what is
// left; the last one says what an hour is worth.
func TestPlanGreedy(t *testing.T) {
	d := desk(50, customer(1, .5, 1000), customer(2, .5, 9000), customer(3, .2, 9000), customer(4, .5, 8000))
	d.Candidates[3].Barred = task.ByCall // a mail of 10 minutes, worth more a minute than a call
	l := task.Plan(d)
	if got := fmt.Sprint(numbers(l)); got != "[4 2 3]" {
		t.Errorf("listed %s", got)
	}
	if first := l.Tasks[0]; first.Step.Channel != "mail" || first.Place != 1 || first.Gain.Decimal() != "400.00" || first.Due != monday+2 {
		t.Errorf("%+v", first)
	}
	near(t, l.HourWorth.Major(), 60*.10*.2*9000/15, 1, "an hour")
	if load := l.Loads[0]; load.Used != 40 || load.Tasks != 3 || load.Minutes != 50 {
		t.Errorf("%+v", load)
	}
	d = desk(34, customer(1, .5, 9000), customer(2, .5, 8000), customer(3, .5, 1000))
	d.Candidates[1].Reason, d.Candidates[2].Barred = behold.Competitor, task.ByCall // 20 minutes; 10
	if got := fmt.Sprint(numbers(task.Plan(d))); got != "[1 3]" {
		t.Errorf("listed %s: 20 minutes do not fit into 19, 10 do", got)
	}
}

// METHODS 3.3 (5): the share of false alarms is the mean of 1 − the chance of
// leaving, and so is its range.
func TestPlan_Methods3_3(t *testing.T) {
	l := task.Plan(desk(60, customer(1, .5, 1000), customer(2, .3, 1000)))
	near(t, l.False, .6, 1e-12, "false")
	near(t, l.FalseLow, .5, 1e-12, "low")
	near(t, l.FalseHigh, .7, 1e-12, "high")
}

// Everybody who is not on the list can be told why, with the figures.
func TestWhy(t *testing.T) {
	change := func(number int32, do func(c *task.Candidate)) task.Candidate {
		c := customer(number, .3, 1000)
		do(&c)
		return c
	}
	d := desk(30,
		customer(1, .9, 1000), customer(2, .8, 1000), customer(3, .2, 1000),
		change(4, func(c *task.Candidate) { c.Spoken = monday - 10 }),
		change(5, func(c *task.Candidate) { c.Barred = task.ByCall | task.ByMail | task.ByVisit }),
		change(6, func(c *task.Candidate) { c.Residual = 0 }),
		change(7, func(c *task.Candidate) { c.Asleep = true }),
		change(8, func(c *task.Candidate) { c.State = behold.Lost }),
		change(9, func(c *task.Candidate) { c.Reason = behold.Moved }),
		change(10, func(c *task.Candidate) {}),
		change(11, func(c *task.Candidate) { c.Leave = math.NaN() }),
		change(12, func(c *task.Candidate) { c.Owner = 1 }),
	)
	d.Crew = append(d.Crew, task.Shift{Colleague: "bo", Week: [7]float64{2: 60}}) // Tuesdays
	d.Open = []behold.Episode{{Customer: 10, Begins: monday - 3, Ends: monday + 80, Held: true}, {Customer: 1, Begins: monday - 80, Ends: monday, Held: true}}
	l := task.Plan(d)
	for number, want := range map[int32]string{
		1:  "on_list [place 1 minutes 15]",
		2:  "on_list [place 2 minutes 15]",
		3:  "minutes_spent [needs 15 left 0 ahead 2]",
		4:  "just_spoken [spoken_on 2025-11-28 gap_days 30 free_on 2025-12-28]",
		5:  "no_way []",
		6:  "no_gain [gain 0 cost 0]",
		7:  "asleep []",
		8:  "left []",
		9:  "left []",
		10: "not_lit []",
		12: "nobody_works [back_on 2025-12-09]",
		99: "not_lit []",
	} {
		why := l.Why(number)
		var facts []string
		for _, f := range why.Facts {
			if f.Day.Known() {
				facts = append(facts, f.Name+" "+f.Day.String())
			} else {
				facts = append(facts, fmt.Sprint(f.Name, " ", f.Number))
			}
		}
		if got := fmt.Sprint(why.Why, " ", facts); got != want {
			t.Errorf("customer %d: %s, want %s", number, got, want)
		}
	}
	if l.Why(11).Why != behold.NoGain {
		t.Errorf("%+v", l.Why(11))
	}
	held, unknown := l.Why(10), l.Why(99)
	if held.Customer = 99; !reflect.DeepEqual(held, unknown) {
		t.Errorf("one can tell %+v from %+v", held, unknown)
	}
	passed := slices.Collect(l.Passed())
	if len(passed) != 9 { // 12 without the two listed and the one held out
		t.Errorf("%d passed over", len(passed))
	}
}

// At most seven a colleague, or as many as the colleague's own setting.
func TestPlanMost(t *testing.T) {
	var many []task.Candidate
	for i := range 30 {
		many = append(many, customer(int32(i), .5, 1000+float64(i)))
	}
	d := desk(1000, many...)
	l := task.Plan(d)
	if len(l.Tasks) != 7 || l.Tasks[0].Customer != 29 || l.Why(0).Why != behold.ListFull {
		t.Errorf("%v, %+v", numbers(l), l.Why(0))
	}
	if why := l.Why(22); why.Facts[0].Number != 7 || why.Facts[1].Number != 7 {
		t.Errorf("%+v", why)
	}
	d.Crew[0].Most = 3
	if l = task.Plan(d); len(l.Tasks) != 3 {
		t.Errorf("%v", numbers(l))
	}
}

// Customers of nobody go to whoever has used the smallest part of the day; those of
// a colleague on holiday go to others, those of one with a day off wait.
func TestPlanSharesLoad(t *testing.T) {
	var many []task.Candidate
	for i := range 6 {
		c := customer(int32(i), .5, 1000-float64(i))
		c.Owner = -1
		many = append(many, c)
	}
	d := desk(120, many...)
	d.Crew = append(d.Crew, shift("bo", 60))
	l := task.Plan(d)
	if a, b := l.Loads[0], l.Loads[1]; a.Tasks != 4 || b.Tasks != 2 || a.Used/a.Minutes != b.Used/b.Minutes {
		t.Errorf("%+v, %+v", a, b)
	}
	for i := range d.Candidates {
		d.Candidates[i].Owner = 1
	}
	d.Crew[1].Away = []behold.Absence{{Colleague: "bo", From: monday - 2, To: monday}}
	if l = task.Plan(d); len(l.Tasks) != 0 || l.Why(0).Why != behold.NobodyWorks {
		t.Errorf("back tomorrow: %v", numbers(l))
	}
	d.Candidates[3].Urgent = true
	if l = task.Plan(d); len(l.Tasks) != 1 || l.Tasks[0].Colleague != "ann" || !l.Tasks[0].Covered {
		t.Errorf("a complaint waits: %+v", l.Tasks)
	}
	d.Crew[1].Away[0].To = monday + 10
	if l = task.Plan(d); len(l.Tasks) != 6 || l.Tasks[0].Colleague != "ann" {
		t.Errorf("on holiday: %+v", l.Tasks)
	}
	d.Closed = []behold.Day{monday}
	if l = task.Plan(d); len(l.Tasks) != 0 || l.Why(0).Why != behold.NobodyWorks {
		t.Errorf("closed: %v", numbers(l))
	}
	d.Closed, d.Crew[0].Cannot, d.Crew[1].Away = nil, []behold.Action{behold.ActCall}, nil
	d.Candidates = []task.Candidate{customer(1, .5, 1000)}
	if l = task.Plan(d); len(l.Tasks) != 1 || l.Tasks[0].Colleague != "bo" {
		t.Errorf("ann does not call: %+v", l.Tasks)
	}
}

// What lies stands first after two working days; after five the manager sees it too.
func TestPlanEscalates(t *testing.T) {
	d := desk(200, customer(1, .9, 9000), customer(2, .2, 100), customer(3, .2, 50))
	d.Candidates[1].Listed, d.Candidates[2].Listed = monday-3, monday-7 // Friday; the Monday before
	l := task.Plan(d)
	if got := fmt.Sprint(numbers(l)); got != "[3 1 2]" || !l.Tasks[0].Escalated || l.Tasks[0].Lying != 5 || l.Tasks[2].Lying != 1 {
		t.Errorf("%+v", l.Tasks)
	}
	d.Candidates[1].Listed = monday - 4 // Thursday
	if l = task.Plan(d); fmt.Sprint(numbers(l)) != "[3 2 1]" || l.Tasks[1].Escalated {
		t.Errorf("%+v", l.Tasks)
	}
}

// A complaint does not wait for the contact gap, nor for the lot; the next step of
// a playbook does not wait either.
func TestPlanUrgent(t *testing.T) {
	d := desk(100, customer(1, .5, 1000), customer(2, .5, 1000))
	d.Candidates[0].Urgent, d.Candidates[0].Spoken = true, monday-1
	d.Open = []behold.Episode{{Customer: 1, Begins: monday - 3, Ends: monday + 80, Held: true}}
	d.Candidates[1].Spoken, d.Candidates[1].Next = monday-1, 1
	l := task.Plan(d)
	if len(l.Tasks) != 2 || l.Tasks[0].Step.Channel != "mail" || l.Tasks[1].Customer != 1 {
		t.Errorf("%+v", l.Tasks)
	}
}

// The list stands as it was made in the morning.
func TestPlanFrozen(t *testing.T) {
	d := desk(30, customer(1, .9, 1000), customer(2, .8, 1000), customer(3, .1, 1000))
	morning := task.Plan(d)
	d.Candidates = append(d.Candidates, customer(4, .95, 9000))
	d.Frozen = &morning.TaskList
	noon := task.Plan(d)
	if !reflect.DeepEqual(noon.TaskList, morning.TaskList) {
		t.Errorf("%+v", noon.Tasks)
	}
	if noon.Why(4).Why != behold.CameLater || noon.Why(2).Why != behold.OnList || noon.Why(3).Why != behold.MinutesSpent {
		t.Errorf("%+v %+v %+v", noon.Why(4), noon.Why(2), noon.Why(3))
	}
	d.Lot = lot(.2)
	if fresh := task.Plan(d).Fresh; len(fresh) != 0 {
		t.Errorf("%d episodes begin after the list was made", len(fresh))
	}
	d.Day, d.Lot = d.Day+1, nil
	if fmt.Sprint(numbers(task.Plan(d))) != "[4 1]" {
		t.Error("yesterday's list is still there")
	}
}

// METHODS 3.3 (6): of those kept at most the share q stayed anyway, on average.
func TestStrict_Methods3_3(t *testing.T) {
	for _, q := range []float64{.2, .4} {
		wrong, kept := 0.0, 0.0
		for run := range 200 {
			dice := rand.New(rand.NewPCG(uint64(run), 3))
			draw := func() (score float64, stayed bool) {
				score = dice.Float64()
				return score, dice.Float64() > score*score
			}
			var scores []float64
			var stayed []bool
			for range 500 {
				score, stays := draw()
				scores, stayed = append(scores, score), append(stayed, stays)
			}
			strict, err := task.NewStrict(q, scores, stayed)
			if err != nil {
				t.Fatal(err)
			}
			var candidates []task.Candidate
			var stays []bool
			for i := range 300 {
				score, stay := draw()
				candidates, stays = append(candidates, customer(int32(i), score, 1000)), append(stays, stay)
			}
			d := desk(1e6, candidates...)
			d.Rules.Strict, d.Rules.Most = strict, 1000
			l := task.Plan(d)
			bad := 0.0
			for _, one := range l.Tasks {
				if stays[one.Customer] {
					bad++
				}
			}
			if n := float64(len(l.Tasks)); n > 0 {
				wrong, kept = wrong+bad/n, kept+n
			}
			if run == 0 && len(l.Tasks) < 300 {
				for i := range candidates {
					if why := l.Why(int32(i)); why.Why == behold.NotSure && !(why.Facts[0].Number > why.Facts[1].Number) {
						t.Fatalf("%+v", why)
					}
				}
			}
		}
		t.Logf("q %.1f: %.3f wrong, %.0f kept", q, wrong/200, kept/200)
		if wrong/200 > q+.015 || kept == 0 {
			t.Errorf("q %.1f: %.3f wrong, %.0f kept", q, wrong/200, kept/200)
		}
	}
}

// company is a desk of n random candidates and a hundred colleagues.
func company(n int) *task.Desk {
	dice := rand.New(rand.NewPCG(1, 1))
	reasons := behold.Reasons()
	d := &task.Desk{Day: monday, Playbooks: task.Playbooks(), Rules: task.UsualRules(), Lot: lot(.2)}
	for i := range 100 {
		d.Crew = append(d.Crew, shift(fmt.Sprintf("c%02d", i), 30+float64(i%5)*15))
	}
	for i := range n {
		c := customer(int32(i), dice.Float64(), math.Exp(8+dice.NormFloat64()))
		c.Owner, c.Reason, c.Active = int16(dice.IntN(101)-1), reasons[dice.IntN(len(reasons))], dice.Float64()
		c.Barred = task.Ways(dice.IntN(4))
		if dice.IntN(100) == 0 {
			d.Open = append(d.Open, behold.Episode{Customer: c.Customer, Begins: monday - 10, Ends: monday + 10, Held: dice.IntN(5) == 0})
		}
		if dice.IntN(3) == 0 {
			c.Spoken = monday - behold.Day(dice.IntN(90))
		}
		if dice.IntN(1000) == 0 {
			c.Listed = monday - behold.Day(dice.IntN(10))
		}
		d.Candidates = append(d.Candidates, c)
	}
	return d
}

// The same list on one core and on all, and whatever the order of candidates.
func TestPlanIsDeterministic(t *testing.T) {
	d := company(20_000)
	want := task.Plan(d)
	cores := runtime.GOMAXPROCS(1)
	one := task.Plan(d)
	runtime.GOMAXPROCS(cores)
	rand.New(rand.NewPCG(2, 2)).Shuffle(len(d.Candidates), func(i, j int) { d.Candidates[i], d.Candidates[j] = d.Candidates[j], d.Candidates[i] })
	turned := task.Plan(d)
	if !reflect.DeepEqual(want.TaskList, one.TaskList) || !reflect.DeepEqual(want.TaskList, turned.TaskList) {
		t.Error("three lists of one morning differ")
	}
	held := map[int32]bool{}
	for _, e := range slices.Concat(d.Open, want.Fresh) {
		held[e.Customer] = e.Held
	}
	for _, one := range want.Tasks {
		if away, known := held[one.Customer]; away || !known {
			t.Fatalf("customer %d is on a list: held out %v, in the trial %v", one.Customer, away, known)
		}
	}
	if !reflect.DeepEqual(want.Fresh, one.Fresh) || !reflect.DeepEqual(want.Fresh, turned.Fresh) || len(want.Fresh) < len(want.Tasks)/2 {
		t.Errorf("%d episodes begin", len(want.Fresh))
	}
}

func TestShift(t *testing.T) {
	s := shift("ann", 30)
	s.Away = []behold.Absence{{From: monday + 1, To: monday + 2}}
	closed := []behold.Day{monday + 3}
	if s.Minutes(monday, closed) != 30 || s.Minutes(monday+1, closed) != 0 || s.Minutes(monday+3, closed) != 0 || s.Minutes(monday+5, closed) != 0 {
		t.Error("minutes on a day")
	}
	if s.After(monday, 1, closed) != monday+4 || s.After(monday, 2, closed) != monday+7 || s.Worked(monday, monday+7, closed) != 2 {
		t.Errorf("%v %v %d", s.After(monday, 1, closed), s.After(monday, 2, closed), s.Worked(monday, monday+7, closed))
	}
	if nobody := (task.Shift{}); nobody.After(monday, 1, nil) != behold.NoDay {
		t.Error("who never works is back on a day")
	}
	if w := task.WeekOf(37, .1); math.Abs(w[1]-44.4) > 1e-9 || w[0] != 0 || w[6] != 0 {
		t.Errorf("%v", w)
	}
}

// Of every reason there is a playbook whose steps can be done.
func TestPlaybooks(t *testing.T) {
	for i, book := range task.Playbooks() {
		if book.Reason != behold.Reasons()[i] {
			t.Errorf("%s stands in place %d", book.Reason, i)
		}
		if done := len(book.Steps) == 0; done != (book.Reason.Family() == behold.FamilyUnavoidable) {
			t.Errorf("%s has %d steps", book.Reason, len(book.Steps))
		}
		for _, step := range book.Steps {
			if step.Minutes <= 0 || step.Within <= 0 || task.WayOf(step.Channel) == 0 {
				t.Errorf("%s: %+v", book.Reason, step)
			}
		}
	}
}

// Planning a million customers is to take less than two seconds.
func BenchmarkPlan(b *testing.B) {
	d := company(1_000_000)
	for b.Loop() {
		if l := task.Plan(d); len(l.Tasks) == 0 {
			b.Fatal("nothing was planned")
		}
	}
}

// A holiday of three working days or more is covered from its first day to its
// last, a shorter one is not, a weekend makes none longer, and on the first day
// back the list is theirs again.
func TestAwayIsCovered(t *testing.T) {
	mine := customer(1, .5, 1000)
	mine.Owner = 1
	plan := func(day behold.Day, away behold.Absence) behold.Task {
		d := desk(60, mine)
		d.Day = day
		week := [7]float64{0, 60, 60, 60, 60, 60}
		d.Crew[0].Week = week
		d.Crew = append(d.Crew, task.Shift{Colleague: "bo", Week: week, Away: []behold.Absence{away}})
		l := task.Plan(d)
		if len(l.Tasks) == 0 {
			return behold.Task{}
		}
		return l.Tasks[0]
	}
	whole := behold.Absence{From: monday, To: monday + 4}
	for day := monday; day < monday+5; day++ {
		if got := plan(day, whole); !got.Covered || got.Colleague == "bo" {
			t.Errorf("%v: %+v", day, got)
		}
	}
	if got := plan(monday+7, whole); got.Covered || got.Colleague != "bo" {
		t.Errorf("back at work: %+v", got)
	}
	for _, short := range []behold.Absence{{From: monday + 4, To: monday + 4}, {From: monday + 3, To: monday + 4}} {
		if got := plan(monday+4, short); got.Colleague != "" || got.Covered {
			t.Errorf("away %v to %v: %+v", short.From, short.To, got)
		}
	}
}

// Whom a colleague took is not listed while that is fresh; a complaint comes back
// sooner.
func TestTakenIsNotListed(t *testing.T) {
	for _, c := range []struct {
		urgent bool
		ago    behold.Day
		listed bool
	}{{false, 29, false}, {false, 30, true}, {true, 4, false}, {true, 5, true}} {
		one := customer(1, .5, 1000)
		one.AllTaken, one.Taken, one.Urgent = true, monday-c.ago, c.urgent
		l := task.Plan(desk(60, one))
		if got := len(l.Tasks) == 1; got != c.listed {
			t.Errorf("taken %d days ago, urgent %v: listed %v (%+v)", c.ago, c.urgent, got, l.Why(1))
		}
	}
}

// The plan of an open case goes before the playbook, and nobody is listed before
// the next step is due.
func TestPlanOfACase(t *testing.T) {
	steps := []behold.Step{{Action: behold.ActSurprise, Channel: "mail", Minutes: 5}, {Action: behold.ActVisit, Channel: "visit", Minutes: 45}}
	for want, change := range map[string]func(*task.Candidate){
		"surprise":   func(c *task.Candidate) { c.Steps, c.Waits = steps, behold.NoDay },
		"visit":      func(c *task.Candidate) { c.Steps, c.Next, c.Waits, c.Spoken = steps, 1, monday, monday-1 },
		"step_waits": func(c *task.Candidate) { c.Steps, c.Next, c.Waits = steps, 1, monday+3 },
		"no_way": func(c *task.Candidate) {
			c.Steps, c.Barred = steps[:1], task.ByMail|task.ByCall|task.ByChat|task.ByVisit
		},
	} {
		c := customer(7, .4, 900)
		c.Spoken, c.Waits = behold.NoDay, behold.NoDay
		change(&c)
		l := task.Plan(&task.Desk{Day: monday, Candidates: []task.Candidate{c}, Crew: []task.Shift{{Colleague: "mette", Week: task.WeekOf(37, .2)}}, Playbooks: task.Playbooks(), Rules: task.UsualRules()})
		got := string(l.Why(7).Why)
		if len(l.Tasks) == 1 {
			got = string(l.Tasks[0].Step.Action)
		}
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
