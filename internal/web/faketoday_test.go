package web

import (
	"cmp"
	"context"
	"slices"

	"behold"
)

// A shopPlan is the invented shop's lists, hours and calendar links.
type shopPlan struct {
	list   *behold.TaskList // nil: made of what is lit, for one colleague
	made   behold.Day
	passed map[int32]behold.Passed
	later  []behold.LampCard
	force  behold.Workforce
	feeds  map[string]behold.CalendarFeed // by mark
	strict int                            // customers that a strict list is measured by
}

const metteAt = "mette@nordkaffe.example"

// TaskList is, unless a test made another one, the customers with lamps of whom
// most can still be saved, all of them Mette's.
func (s *shop) TaskList(context.Context, behold.Day) (behold.TaskList, behold.Day, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.plan.list != nil:
		return *s.plan.list, cmp.Or(s.plan.made, fakeDay), nil
	case s.round == nil:
		return behold.TaskList{Day: behold.NoDay}, behold.NoDay, nil
	}
	list := behold.TaskList{Day: s.round.Day, HourWorth: behold.Money{Minor: 84000, Currency: "DKK"}}
	rows := slices.Clone(s.standings)
	slices.SortStableFunc(rows, func(a, b behold.Standing) int {
		return cmp.Compare(b.ChanceLeave*b.Value.Major(), a.ChanceLeave*a.Value.Major())
	})
	for _, st := range rows {
		at := slices.IndexFunc(s.lamps, func(l behold.LampCard) bool { return l.ID == st.ID })
		if at < 0 || len(list.Tasks) == 7 {
			continue
		}
		list.Tasks = append(list.Tasks, behold.Task{
			Customer: st.Customer, ID: st.ID, Name: st.Name, Colleague: metteAt, Owner: metteAt, Day: list.Day, Place: len(list.Tasks) + 1, Lamp: s.lamps[at].Kind,
			Reason: s.lamps[at].Reason, Step: behold.Step{Action: behold.ActCall, Channel: "call", Minutes: 15, Within: 1}, Due: list.Day + 1,
			Gain: behold.Money{Minor: 21000, Currency: "DKK"}, Leave: st.ChanceLeave, LeaveLow: st.ChanceLeaveLow, LeaveHigh: st.ChanceLeaveHigh, Since: list.Day,
		})
	}
	n := float64(len(list.Tasks))
	list.Loads = []behold.Load{{Colleague: metteAt, Minutes: 120, Used: 15 * n, Tasks: len(list.Tasks)}}
	return list.Only(func(*behold.Task) bool { return true }), s.round.Day, nil
}

func (s *shop) PassedOver(_ context.Context, _ behold.Day, customer int32) (behold.Passed, error) {
	if p, known := s.plan.passed[customer]; known {
		return p, nil
	}
	return behold.Passed{Customer: customer, Why: behold.NotLit}, nil
}

func (s *shop) CameLater(context.Context, behold.Day, int) ([]behold.LampCard, error) {
	return s.plan.later, nil
}

func (s *shop) Workforce(context.Context) (behold.Workforce, error) { return s.plan.force, nil }

func (s *shop) SaveHours(_ context.Context, h behold.Hours, _ behold.Change) error {
	if err := h.Check(); err != nil {
		return err
	}
	s.plan.force.Hours = append(slices.DeleteFunc(s.plan.force.Hours, func(was behold.Hours) bool { return was.Colleague == h.Colleague }), h)
	return nil
}

func (s *shop) UsualHours(_ context.Context, colleague string, _ behold.Change) error {
	s.plan.force.Hours = slices.DeleteFunc(s.plan.force.Hours, func(was behold.Hours) bool { return was.Colleague == colleague })
	return nil
}

func (s *shop) SaveAbsence(_ context.Context, a behold.Absence, by behold.Change) error {
	if err := a.Check(behold.DayOf(by.At)); err != nil {
		return err
	}
	s.plan.force.Absences = behold.JoinAbsences(append(s.plan.force.Absences, a))
	return nil
}

func (s *shop) EndAbsence(_ context.Context, colleague string, from behold.Day, _ behold.Change) error {
	left := slices.DeleteFunc(slices.Clone(s.plan.force.Absences), func(a behold.Absence) bool { return a.Colleague == colleague && a.From == from })
	if len(left) == len(s.plan.force.Absences) {
		return &behold.Error{Kind: behold.NotFound, Code: "absence_gone", Say: "there is no such absence"}
	}
	s.plan.force.Absences = left
	return nil
}

func (s *shop) SaveClosedDay(_ context.Context, c behold.ClosedDay, by behold.Change) error {
	if err := c.Check(behold.DayOf(by.At)); err != nil {
		return err
	}
	s.plan.force.Closed = append(s.plan.force.Closed, c)
	return nil
}

func (s *shop) RemoveClosedDay(_ context.Context, on behold.Day, _ behold.Change) error {
	s.plan.force.Closed = slices.DeleteFunc(s.plan.force.Closed, func(c behold.ClosedDay) bool { return c.Day == on })
	return nil
}

func (s *shop) CalendarFeedOf(_ context.Context, mark string) (behold.CalendarFeed, bool, error) {
	f, has := s.plan.feeds[mark]
	return f, has, nil
}

func (s *shop) CalendarFeed(_ context.Context, colleague string) (behold.CalendarFeed, bool, error) {
	for _, f := range s.plan.feeds {
		if f.Colleague == behold.ColleagueKey(colleague) {
			return f, true, nil
		}
	}
	return behold.CalendarFeed{}, false, nil
}

func (s *shop) SaveCalendarFeed(_ context.Context, f behold.CalendarFeed, mark string) error {
	s.EndCalendarFeed(context.Background(), f.Colleague, behold.Change{})
	if s.plan.feeds == nil {
		s.plan.feeds = map[string]behold.CalendarFeed{}
	}
	s.plan.feeds[mark] = f
	return nil
}

func (s *shop) EndCalendarFeed(_ context.Context, colleague string, _ behold.Change) error {
	for mark, f := range s.plan.feeds {
		if f.Colleague == colleague {
			delete(s.plan.feeds, mark)
		}
	}
	return nil
}

func (s *shop) StrictCases(context.Context) (int, error) { return s.plan.strict, nil }
