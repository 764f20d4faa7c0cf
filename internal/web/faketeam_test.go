package web

import (
	"context"
	"slices"

	"behold"
	walk "behold/internal/round"
	plan "behold/internal/task"
	"behold/internal/team"
)

// crowd is what the shop of the tests knows of those who work there.
type crowd struct {
	rewards   []behold.Reward
	pulses    []behold.PulseWeek
	marked    map[string]bool
	decisions []behold.Decision // as they are now
}

func (s *shop) TakeStock(_ context.Context, day behold.Day) (*walk.Board, error) {
	b := &walk.Board{Day: day, Since: day - 182, Promises: team.Promises(nil, team.Stretch{Day: day, Since: day - 365, Team: func(string) string { return "" }}), Staff: map[string]behold.Colleague{}}
	b.Credit.Next = behold.NoDay
	if len(s.customers) == 0 {
		return b, nil
	}
	kr := func(x int64) behold.Money { return behold.Money{Minor: x * 100, Currency: "DKK"} }
	b.Shares = team.Attention([]behold.AttentionSum{
		{By: behold.AttentionRegion, Group: "<b>Fyn</b>", Customers: 40, Value: kr(90000), Contacts: 80, Minutes: 1200, Met: 36, MinutesSquared: 50000, ValueSquared: 3e12, Product: 3e8},
		{By: behold.AttentionRegion, Group: "", Customers: 40, Value: kr(90000), Contacts: 8, Minutes: 120, Met: 6, MinutesSquared: 2500, ValueSquared: 3e12, Product: 4e7},
		{By: behold.AttentionTeam, Group: "Vest", Customers: 80, Value: kr(180000), Contacts: 88, Minutes: 1320, Met: 42, MinutesSquared: 52500, ValueSquared: 6e12, Product: 3.4e8},
	})
	b.Answers = []behold.AnswerTime{{Team: "Vest", Asked: 12, Answered: 10, Hours: 3.5, Day: 9}}
	b.Loads = []walk.TeamLoad{{Team: "Vest", People: 2, Minutes: 180, Used: 120, Tasks: 6}}
	b.Credit = walk.CreditBoard{Assigned: 90, Matured: 70, Next: day + 3, Teams: []plan.Credit{{Whose: "Vest", Cases: 40, Kept: 31, Expected: 26.5, Customers: 4.5, PerCase: 0.05, Own: 0.4, Spread: 0.45, Enough: true}, {Whose: "", Cases: 9, Kept: 4, Expected: 5, Customers: -1, Spread: 0.45}}}
	b.Kept = team.StillKept(s.crowd.rewards, day-30)
	b.Rewards = team.Balances(s.crowd.rewards, func(r *behold.Reward) string { return r.Team })
	return b, nil
}

func (s *shop) Rewards(_ context.Context, q behold.RewardQuery) ([]behold.Reward, error) {
	list := slices.Clone(s.crowd.rewards)
	return slices.DeleteFunc(list, func(r behold.Reward) bool {
		return q.Colleague != "" && r.Colleague != behold.ColleagueKey(q.Colleague) || q.Since.Known() && r.Day < q.Since
	}), nil
}

func (s *shop) Staff(context.Context) (map[string]behold.Colleague, error) {
	return map[string]behold.Colleague{}, nil
}

func (s *shop) AnswerPulse(_ context.Context, a behold.PulseAnswer) error {
	if err := a.Check(); err != nil {
		return err
	}
	if s.crowd.marked[a.Week.String()+a.Colleague] {
		return &behold.Error{Kind: behold.Conflict, Say: "this week was answered already", Code: "pulse_twice"}
	}
	if s.crowd.marked == nil {
		s.crowd.marked = map[string]bool{}
	}
	s.crowd.marked[a.Week.String()+a.Colleague] = true
	if a.Step > 0 {
		w := behold.PulseWeek{Week: a.Week}
		w.Counts[a.Step-1]++
		s.crowd.pulses = append(s.crowd.pulses, w)
	}
	return nil
}

func (s *shop) PulseMarked(_ context.Context, week behold.Day, colleague string) (bool, error) {
	return s.crowd.marked[week.String()+colleague], nil
}

func (s *shop) Pulses(context.Context) ([]behold.PulseWeek, error) { return s.crowd.pulses, nil }

func (s *shop) SaveDecision(_ context.Context, d *behold.Decision) error {
	if err := d.Check(behold.DayOf(d.Changed.At)); err != nil {
		return err
	}
	i := slices.IndexFunc(s.crowd.decisions, func(o behold.Decision) bool { return o.ID == d.ID })
	switch {
	case i < 0:
		d.Version = 1
		s.crowd.decisions = append(s.crowd.decisions, *d)
	case d.Version == 0: // sent twice
	case s.crowd.decisions[i].Version != d.Version:
		return &behold.Error{Kind: behold.Conflict, Say: "somebody has changed it since", Code: "decision_changed"}
	default:
		d.Version++
		s.crowd.decisions[i] = *d
	}
	return nil
}

func (s *shop) Decision(_ context.Context, id string) (behold.Decision, error) {
	for _, d := range s.crowd.decisions {
		if d.ID == id {
			return d, nil
		}
	}
	return behold.Decision{}, &behold.Error{Kind: behold.NotFound, Say: "nobody decided that", Code: "decision_gone"}
}

func (s *shop) Decisions(context.Context) ([]behold.Decision, error) {
	return slices.DeleteFunc(slices.Clone(s.crowd.decisions), func(d behold.Decision) bool { return d.Undone }), nil
}
