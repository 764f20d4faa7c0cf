package round

import (
	"cmp"
	"math"
	"slices"
	"time"

	"behold"
	"behold/internal/task"
)

// Lists is what the lists of the next morning need beside what a walk finds.
type Lists struct {
	Colleagues []behold.Colleague
	Before     behold.TaskList // the last ones before this round
	Frozen     behold.TaskList // those that were made after a round of this day: they stay
}

// listen notes when somebody last spoke to each customer who has a lamp.
func (a *found) listen(h *behold.Histories, deals *behold.Dealings, lamps ...[]behold.Lamp) {
	lit := map[int32]bool{}
	for _, list := range lamps {
		for i := range list {
			lit[list[i].Customer] = true
		}
	}
	for k, number := range h.Customer {
		if !lit[number] {
			continue
		}
		for _, c := range deals.Contacts.Of(k) {
			if day := c.At.Day(); c.Personal() > 0 && day.Known() && (a.spoken[number] == 0 || day > a.spoken[number]) {
				a.spoken[number] = day
			}
		}
	}
}

// plan makes the lists of the morning after the round. Nobody is held out by it:
// a lot comes with the pages that keep it.
func (s *Seen) plan(with Lists) {
	r := s.Round
	crew := newCrew(with.Colleagues, s.Cards, r.Settings.Lists)
	d := &task.Desk{
		Day: workday(r.Day), Crew: crew.shifts, Playbooks: task.Playbooks(), Rules: task.UsualRules(),
		Candidates: s.candidates(crew, with.Before),
	}
	d.Rules.GapDays, d.Rules.Most, d.Rules.Currency = r.Settings.ContactGap, r.Settings.TasksToday, s.currency()
	if with.Frozen.Day == d.Day {
		d.Frozen = s.frozen(with.Frozen)
	}
	list := task.Plan(d)
	r.Tasks, r.Passed = list.TaskList, slices.Collect(list.Passed())
	s.nameTasks()
}

// workday is the day of the round, or the Monday after a weekend: nobody has a
// list on a Sunday.
func workday(day behold.Day) behold.Day {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day++
	}
	return day
}

// A crew is who works here, and where each of them sits.
type crew struct {
	shifts []task.Shift
	places map[string]int16
}

// newCrew are the colleagues that may do more than look, and those whom the
// customer file names though nobody has invited them. Where it names nobody, and
// nobody is invited, there is one list for the company.
func newCrew(colleagues []behold.Colleague, cards []behold.LampCard, lists behold.Lists) crew {
	c := crew{places: map[string]int16{}}
	left := map[string]bool{}
	for _, one := range colleagues {
		if key := behold.ColleagueKey(one.Email); one.Left || !one.Role.May(behold.Member) {
			left[key] = true
		} else {
			c.add(key, one.Team, lists)
		}
	}
	var named []string
	for i := range cards {
		if key := behold.ColleagueKey(cards[i].Colleague); key != "" && !left[key] {
			named = append(named, key)
		}
	}
	slices.Sort(named)
	for _, key := range slices.Compact(named) {
		if _, known := c.places[key]; !known && len(c.shifts) < math.MaxInt16 {
			c.add(key, "", lists)
		}
	}
	if len(c.shifts) == 0 {
		c.add("", "", lists)
	}
	return c
}

func (c *crew) add(key, team string, lists behold.Lists) {
	c.places[key] = int16(len(c.shifts))
	m := lists.MinutesToday
	c.shifts = append(c.shifts, task.Shift{Colleague: key, Team: team, Week: [7]float64{0, m, m, m, m, m, 0}})
}

// pause is how many days may lie between two rounds for a task to lie on: after
// more nobody can have been expected to look at a list.
const pause = 7

// candidates are the customers with lamps, in order of customers.
func (s *Seen) candidates(c crew, before behold.TaskList) []task.Candidate {
	listed := map[int32]behold.Day{}
	for _, t := range before.Tasks {
		if before.Day+pause >= s.Round.Day {
			listed[t.Customer] = t.Since
		}
	}
	var list []task.Candidate
	for from := 0; from < len(s.Cards); {
		to := from
		for to < len(s.Cards) && s.Cards[to].Customer == s.Cards[from].Customer {
			to++
		}
		one := s.candidate(s.Cards[from:to])
		one.Owner = -1
		if place, known := c.places[behold.ColleagueKey(s.Cards[from].Colleague)]; known {
			one.Owner = place
		}
		if since, was := listed[one.Customer]; was && !slices.ContainsFunc(s.Cards[from:to], taken) {
			one.Listed = since
		}
		list = append(list, one)
		from = to
	}
	return list
}

// candidate is one customer with all lamps that burn.
func (s *Seen) candidate(cards []behold.LampCard) task.Candidate {
	main := slices.MaxFunc(cards, func(a, b behold.LampCard) int {
		return cmp.Or(compareBool(awake(&a), awake(&b)), cmp.Compare(a.Strength, b.Strength))
	})
	c := task.Candidate{
		Customer: main.Customer, ID: main.ID, Lamp: main.Kind, Reason: main.Reason, Asleep: !awake(&main),
		Spoken: behold.NoDay, Listed: behold.NoDay, Leave: main.ChanceLeave, LeaveLow: main.ChanceLeaveLow, LeaveHigh: main.ChanceLeaveHigh,
	}
	var kinds []behold.LampKind
	for i := range cards {
		if awake(&cards[i]) {
			kinds = append(kinds, cards[i].Kind)
		}
	}
	c.Urgent = task.Urgent(kinds)
	if f, known := s.found.of(c.Customer); known {
		c.State, c.Active, c.Residual = f.State, f.ChanceActive, f.Residual.Major()
	}
	if g, asked := s.found.grounds[c.Customer]; asked && g.Main != "" && g.Main != behold.UnknownReason {
		c.Reason = g.Main
	}
	if day, known := s.found.spoken[c.Customer]; known {
		c.Spoken = day
	}
	return c
}

// awake says that the lamp asks for attention by itself.
func awake(c *behold.LampCard) bool { return c.State.Awake() && !c.Common }

// taken says that a colleague is at work on it, or was and has kept the customer:
// then nothing lies.
func taken(c behold.LampCard) bool { return c.State.Worked() || c.State == behold.Recovered }

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// currency that the company's forecasts are in.
func (s *Seen) currency() string {
	if len(s.Cards) > 0 && s.Cards[0].MoneyAtRisk.Currency != "" {
		return s.Cards[0].MoneyAtRisk.Currency
	}
	return s.Round.Settings.Currency
}

// frozen is a list that was made before, without customers whom an import that
// was taken back has taken away.
func (s *Seen) frozen(list behold.TaskList) *behold.TaskList {
	list.Tasks = slices.DeleteFunc(slices.Clone(list.Tasks), func(t behold.Task) bool {
		_, known := s.found.of(t.Customer)
		return !known
	})
	return &list
}

// nameTasks gives the tasks the names of their customers.
func (s *Seen) nameTasks() {
	for i := range s.Round.Tasks.Tasks {
		t := &s.Round.Tasks.Tasks[i]
		at, known := slices.BinarySearchFunc(s.Cards, t.Customer, func(c behold.LampCard, n int32) int { return cmp.Compare(c.Customer, n) })
		if known {
			t.Name = s.Cards[at].Name
		}
	}
}
