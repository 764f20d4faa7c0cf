package round

import (
	"cmp"
	"context"
	"slices"

	"behold"
	"behold/internal/task"
)

// Lists is what the lists of the next morning need beside what a walk finds.
type Lists struct {
	Colleagues []behold.Colleague
	Workforce  behold.Workforce
	Acts       []behold.Act               // what was decided about lamps within the contact gap, in order
	Today      behold.Day                 // by the clock: the lists are for it, or the next working day; 0 or NoDay: the day of the round
	Before     behold.TaskList            // the last ones before this round
	Frozen     behold.TaskList            // the last ones of this round's day: they stay, if they are for the same day
	Playbooks  []behold.Playbook          // the company's own; for every other reason ours
	Cases      []behold.Case              // those that are open
	Files      map[string]behold.Customer // what is known of their customers, by key, where a step is planned with them
	Trial      Trial                      // the zero one: there is none
}

// listen notes when somebody last spoke to each customer who has a lamp, and what
// they do not want, and who of them is on the company's list of VIPs.
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
		if k < len(deals.Profile) && deals.Profile[k].VIP {
			a.vip[number] = true
		}
		if k < len(deals.Profile) && (deals.Profile[k].NoMarketing || deals.Profile[k].Person) {
			a.wishes[number] = wishesOf(&deals.Profile[k])
		}
		for _, c := range deals.Contacts.Of(k) {
			if day := c.At.Day(); c.Personal() > 0 && day.Known() && (a.spoken[number] == 0 || day > a.spoken[number]) {
				a.spoken[number] = day
			}
		}
	}
}

// plan makes the lists of the morning after the round, and begins the episodes of
// those whom the lot kept off them.
func (s *Seen) plan(ctx context.Context, records Records, with Lists) error {
	r := s.Round
	today := r.Day
	if with.Today.Known() {
		today = max(today, with.Today)
	}
	crew := newCrew(with, s.Cards, today, r.Settings)
	before := with.Before
	d := &task.Desk{Day: crew.workday(today), Crew: crew.shifts, Closed: crew.closed, Playbooks: task.With(with.Playbooks), Rules: task.UsualRules()}
	d.Rules.GapDays, d.Rules.Most, d.Rules.Currency = r.Settings.ContactGap, r.Settings.TasksToday, s.currency()
	d.Rules.Remind, d.Rules.Escalate = r.Settings.RemindDays, r.Settings.EscalateDays
	d.Rules.Strict = strict(r.Settings.StrictQ, with.Trial.Episodes)
	if with.Frozen.Day == d.Day {
		d.Frozen = s.frozen(with.Frozen)
	} else if with.Frozen.Day.Known() && len(with.Frozen.Loads) > 0 {
		before = with.Frozen
	}
	trial, set := &with.Trial, &r.Settings.HoldOut
	held := trial.held(d.Day, set)
	d.Candidates = s.candidates(crew, held.shown(s.decided(with.Acts)), before, d.Day)
	takenOn(d.Candidates, with.Acts)
	d.Candidates = s.workOn(crew, d.Candidates, &with, held)
	d.Lot, d.Open, d.Beliefs = s.lot(trial, d.Day), trial.open(d, set), trial.beliefs(r.Day)
	list := task.Plan(d)
	r.Tasks, r.Passed, r.Begun = list.TaskList, slices.Collect(list.Passed()), list.Fresh
	held.add(r.Begun)
	s.nameTasks(with.Files)
	return s.hide(ctx, records, held)
}

// pause is how many days may lie between two rounds for a task to lie on: after
// more nobody can have been expected to look at a list.
const pause = 7

// candidates are the customers with lamps, in order of customers.
func (s *Seen) candidates(c crew, cards []behold.LampCard, before behold.TaskList, day behold.Day) []task.Candidate {
	listed := map[int32]behold.Day{}
	for _, t := range before.Tasks {
		if before.Day+pause >= day {
			listed[t.Customer] = t.Since
		}
	}
	var list []task.Candidate
	for from := 0; from < len(cards); {
		to := from
		for to < len(cards) && cards[to].Customer == cards[from].Customer {
			to++
		}
		one := s.candidate(cards[from:to])
		one.Owner = -1
		if place, known := c.places[behold.ColleagueKey(cards[from].Colleague)]; known {
			one.Owner = place
		}
		if since, was := listed[one.Customer]; was && !slices.ContainsFunc(cards[from:to], taken) {
			one.Listed = since
		}
		list = append(list, one)
		from = to
	}
	return list
}

// decided are the lamps with the states that colleagues gave them after an earlier
// walk of this round: the next one keeps them, and the list goes by them.
func (s *Seen) decided(acts []behold.Act) []behold.LampCard {
	cards := slices.Clone(s.Cards)
	for _, act := range acts {
		if act.Round != s.Round.Day {
			continue
		}
		for i := range cards {
			if c := &cards[i]; c.Kind == act.Kind && behold.CustomerKey(c.ID) == behold.CustomerKey(act.Customer) {
				c.State, c.Until = act.State, act.Until
			}
		}
	}
	return cards
}

// takenOn notes when a colleague said “I take it” of each candidate who is taken.
func takenOn(candidates []task.Candidate, acts []behold.Act) {
	on := map[string]behold.Day{}
	for _, act := range acts {
		if act.State == behold.Acknowledged {
			on[behold.CustomerKey(act.Customer)] = behold.DayOf(act.At.Local())
		}
	}
	for i := range candidates {
		c := &candidates[i]
		if day, known := on[behold.CustomerKey(c.ID)]; known && c.AllTaken {
			c.Taken = day
		}
	}
}

// candidate is one customer with all lamps that burn.
func (s *Seen) candidate(cards []behold.LampCard) task.Candidate {
	main := slices.MaxFunc(cards, func(a, b behold.LampCard) int {
		return cmp.Or(compareBool(awake(&a), awake(&b)), cmp.Compare(a.Strength, b.Strength))
	})
	c := task.Candidate{
		Customer: main.Customer, ID: main.ID, Lamp: main.Kind, Reason: main.Reason, Asleep: !awake(&main),
		Spoken: behold.NoDay, Taken: behold.NoDay, Listed: behold.NoDay, Waits: behold.NoDay, Leave: main.ChanceLeave, LeaveLow: main.ChanceLeaveLow, LeaveHigh: main.ChanceLeaveHigh,
	}
	var kinds []behold.LampKind
	for i := range cards {
		if awake(&cards[i]) {
			kinds = append(kinds, cards[i].Kind)
		}
	}
	c.Urgent = task.Urgent(kinds)
	c.InHand = slices.ContainsFunc(cards, taken)
	c.VIP = s.found.vip[c.Customer]
	c.AllTaken = len(kinds) > 0 && !slices.ContainsFunc(cards, func(l behold.LampCard) bool { return awake(&l) && !taken(l) })
	if f, known := s.found.of(c.Customer); known {
		c.State, c.Active, c.Residual = f.State, f.ChanceActive, f.Residual.Major()
	}
	if g, asked := s.found.grounds[c.Customer]; asked && g.Main != "" && g.Main != behold.UnknownReason {
		c.Reason = g.Main
	}
	if day, known := s.found.spoken[c.Customer]; known {
		c.Spoken = day
	}
	if wish, known := s.found.wishes[c.Customer]; known {
		c.Barred, c.Unsold = task.Barred(&wish, s.Round.Settings.Country)
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

// nameTasks gives the tasks the names of their customers; files know those for
// whom no lamp burns.
func (s *Seen) nameTasks(files map[string]behold.Customer) {
	for i := range s.Round.Tasks.Tasks {
		t := &s.Round.Tasks.Tasks[i]
		at, known := slices.BinarySearchFunc(s.Cards, t.Customer, func(c behold.LampCard, n int32) int { return cmp.Compare(c.Customer, n) })
		if known {
			t.Name, t.Owner = s.Cards[at].Name, behold.ColleagueKey(s.Cards[at].Colleague)
		} else if file, known := files[behold.CustomerKey(t.ID)]; known {
			t.Name, t.Owner = file.Name, behold.ColleagueKey(file.Colleague)
		}
	}
}
