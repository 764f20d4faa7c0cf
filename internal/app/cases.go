package app

import (
	"context"

	"behold"
	"behold/internal/round"
	"behold/internal/store"
)

// cases is the work to keep customers, whose deadlines skip the days on which
// nobody works.
type cases struct {
	*store.Store
	a *App
}

func (c cases) OpenCase(ctx context.Context, o behold.CaseOpening) (behold.Case, error) {
	return c.a.openCase(ctx, o)
}

func (c cases) MoveCase(ctx context.Context, m behold.CaseMove) (behold.Case, error) {
	return c.a.moveCase(ctx, m)
}

func (a *App) openCase(ctx context.Context, o behold.CaseOpening) (c behold.Case, err error) {
	if o.Closed, err = a.daysOff(ctx, o.Owner, behold.DayOf(o.At.Local())); err != nil {
		return c, err
	}
	return a.State.OpenCase(ctx, o)
}

func (a *App) moveCase(ctx context.Context, m behold.CaseMove) (c behold.Case, err error) {
	owner := m.Owner
	if owner == "" {
		now, err := a.State.Case(ctx, m.Case)
		if err != nil {
			return c, err
		}
		owner = now.Owner
	}
	if m.Closed, err = a.daysOff(ctx, owner, behold.DayOf(m.At.Local())); err != nil {
		return c, err
	}
	return a.State.MoveCase(ctx, m)
}

// writeEntry keeps an entry; a contact may be the step of a case.
func (a *App) writeEntry(ctx context.Context, e *behold.Entry) error {
	off, err := a.daysOffOf(ctx, e)
	if err != nil {
		return err
	}
	return a.State.WriteWith(ctx, e, off)
}

func (a *App) takeBackEntry(ctx context.Context, id string, version int64, by behold.EntrySignature) (behold.Entry, error) {
	e, err := a.State.Entry(ctx, id)
	if err != nil {
		return e, err
	}
	off, err := a.daysOffOf(ctx, &e)
	if err != nil {
		return e, err
	}
	return a.State.TakeBackWith(ctx, id, version, by, off)
}

// daysOffOf are the days off of whoever has the case of a customer to whom
// somebody spoke; of any other entry there are none to skip.
func (a *App) daysOffOf(ctx context.Context, e *behold.Entry) ([]behold.Day, error) {
	if e.Kind != behold.EntryContact {
		return nil, nil
	}
	known, err := a.State.CasesOf(ctx, e.Customer)
	for i := range known {
		if known[i].Open() {
			return a.daysOff(ctx, known[i].Owner, behold.DayOf(e.Changed.At.Local()))
		}
	}
	return nil, err
}

// daysOff are the days from a day on on which a colleague does nothing about a case.
func (a *App) daysOff(ctx context.Context, colleague string, from behold.Day) ([]behold.Day, error) {
	force, err := a.Workforce(ctx)
	if err != nil {
		return nil, err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	return round.DaysOff(&force, &settings, colleague, from), nil
}
