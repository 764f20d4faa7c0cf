package app

import (
	"context"
	"fmt"
	"time"

	"behold"
	"behold/internal/task"
)

// inventCases puts colleagues of the invented shop to work: some of its customers
// are being kept, some were, and some were lost. Every key hangs on the customer,
// so that a shop that a crash cut short goes on without doubling any.
func (a *App) inventCases(ctx context.Context, until behold.Day) error {
	lit, _, err := a.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, Awake: true, Slice: behold.Slice{Offset: 24, Limit: 8}})
	if err != nil {
		return err
	}
	met := map[string]bool{}
	for _, l := range lit {
		if n := len(met); !met[l.ID] && n < 4 {
			met[l.ID] = true
			if err := a.inventOpen(ctx, &l, until, n); err != nil {
				return err
			}
		}
	}
	kept, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: until, State: behold.Active, Slice: behold.Slice{Sort: "value", Desc: true, Offset: 3, Limit: 9}})
	if err != nil {
		return err
	}
	for n, st := range kept {
		if len(st.Lamps) == 0 && !met[st.ID] {
			if err := a.inventClosed(ctx, &st, until, n); err != nil {
				return err
			}
		}
	}
	lost, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: until, State: behold.Lost, Slice: behold.Slice{Sort: "last", Desc: true, Limit: 2}})
	if err != nil {
		return err
	}
	for n, st := range lost {
		if err := a.inventClosed(ctx, &st, until, n); err != nil {
			return err
		}
	}
	return nil
}

// inventSteps takes two customers on by hand before the first list is made: a step
// of the one is due on it, and one of the other is overdue.
func (a *App) inventSteps(ctx context.Context, until behold.Day) error {
	customers, _, err := a.Facts.Customers(ctx, behold.Slice{Limit: 40}, until)
	if err != nil {
		return err
	}
	n := 0
	for i := range customers {
		c := &customers[i]
		last, _, err := a.Facts.Orders(ctx, c.Number, until, behold.Slice{Limit: 1})
		if err != nil {
			return err
		}
		if n == 2 || c.Colleague == "" || c.Kind == "person" || c.ClosedOn.Known() || len(last) == 0 || behold.DayOf(last[0].At) < until-45 {
			continue
		}
		if err := a.inventStep(ctx, c, until-[]behold.Day{6, 13}[n], n); err != nil {
			return err
		}
		n++
	}
	return nil
}

func (a *App) inventStep(ctx context.Context, c *behold.Customer, began behold.Day, n int) error {
	reason := []behold.Reason{behold.SlowResponse, behold.Overlooked}[n]
	open, err := a.openCase(ctx, behold.CaseOpening{
		Key: "invented-step-" + behold.CustomerKey(c.ID), Customer: c.ID, Name: c.Name, Origin: behold.ByHand, Reason: reason, Owner: c.Colleague, Who: c.Colleague, At: at(began),
		Why: []string{"Har ventet to gange på svar og sagde det i telefonen.", "Ny indkøber, som ikke kender os endnu."}[n],
	})
	if err != nil {
		return err
	}
	return a.inventMoves(ctx, open, []behold.CaseMove{
		{Do: behold.CasePlanned, At: at(began + 1), Reason: reason, Steps: stepsFor(reason)}, {Do: behold.CaseStepDone, At: at(began + 2), Contact: true},
	})
}

// at is a time of an invented working day.
func at(day behold.Day) time.Time {
	day = behold.Workday(day, 0, nil)
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, 9, 40, 0, 0, time.Local)
}

// inventOpen takes a customer on from a lamp: one waits for a plan, one has a plan,
// one is half-way, one is overdue.
func (a *App) inventOpen(ctx context.Context, l *behold.LampCard, until behold.Day, n int) error {
	began := until - behold.Day([]int{1, 2, 5, 18}[n])
	act := &behold.Act{Customer: l.ID, Kind: l.Kind, State: behold.Acknowledged, Until: behold.NoDay, Who: l.Colleague, At: at(began)}
	if err := a.State.SaveAct(ctx, act); err != nil || n == 0 {
		return err
	}
	open, err := a.State.CasesOf(ctx, l.ID)
	if err != nil || len(open) == 0 {
		return err
	}
	c := open[0]
	steps := stepsFor(c.Reason)
	if len(steps) == 0 {
		return nil
	}
	moves := []behold.CaseMove{{Do: behold.CasePlanned, At: at(began + 1), Reason: c.Reason, Steps: steps}}
	if n >= 2 {
		moves = append(moves, behold.CaseMove{Do: behold.CaseStepDone, At: at(began + 2), Contact: true})
	}
	return a.inventMoves(ctx, c, moves)
}

// inventClosed is a case that came to its end.
func (a *App) inventClosed(ctx context.Context, st *behold.Standing, until behold.Day, n int) error {
	reason := []behold.Reason{behold.Overlooked, behold.SlowResponse, behold.BrokenPromise, behold.TreatedWorse, behold.Quality, behold.Forgotten}[n%6]
	began := until - behold.Day(34+5*n)
	c, err := a.openCase(ctx, behold.CaseOpening{
		Key: "invented-" + behold.CustomerKey(st.ID), Customer: st.ID, Name: st.Name, Origin: behold.ByHand, Reason: reason,
		Owner: st.Colleague, Who: st.Colleague, At: at(began),
	})
	if err != nil {
		return err
	}
	steps := stepsFor(reason)
	closing := behold.CaseClosing{Cause: reason, Action: steps[0].Action, Left: behold.NoDay}
	end := behold.CaseMove{Do: behold.CaseRecovered, At: at(began + 16), Closing: closing, AskAgain: until + behold.Day(3+2*n)}
	if st.State == behold.Lost {
		end.Do, end.AskAgain = behold.CaseLost, behold.NoDay
		end.Closing.Cause, end.Closing.Left, end.Closing.Said = behold.Competitor, began+10, saidBy(n)
	}
	return a.inventMoves(ctx, c, []behold.CaseMove{
		{Do: behold.CasePlanned, At: at(began + 1), Reason: reason, Steps: steps}, {Do: behold.CaseStepDone, At: at(began + 2)}, end,
	})
}

func (a *App) inventMoves(ctx context.Context, c behold.Case, moves []behold.CaseMove) (err error) {
	for i, m := range moves {
		m.Key, m.Case, m.Version, m.Who = fmt.Sprintf("%s-%d", c.ID, i), c.ID, behold.AnyVersion, c.Owner
		if m.Do != behold.CaseRecovered {
			m.AskAgain = behold.NoDay
		}
		if m.Do != behold.CaseLost {
			m.Closing.Left = behold.NoDay
		}
		if c, err = a.moveCase(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// stepsFor are the steps of our playbook of a reason.
func stepsFor(reason behold.Reason) []behold.Step {
	for _, b := range task.Playbooks() {
		if b.Reason == reason {
			return b.Steps
		}
	}
	return nil
}

// saidBy lets the customer name the reason of every other loss.
func saidBy(n int) behold.Source {
	if n%2 == 0 {
		return behold.SaidByColleague
	}
	return behold.SaidByCustomer
}
