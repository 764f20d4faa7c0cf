package app

import (
	"context"

	"behold"
	"behold/internal/round"
)

// lists is what the lists of a round need of the state, for the lists of a day by
// the clock (NoDay: that of the round). Those of that day that were made already
// stay.
func (a *App) lists(ctx context.Context, day, today behold.Day) (l round.Lists, err error) {
	if l.Colleagues, err = a.State.Colleagues(ctx); err != nil {
		return l, err
	}
	if l.Workforce, err = a.Workforce(ctx); err != nil {
		return l, err
	}
	if l.Playbooks, err = a.State.Playbooks(ctx); err != nil {
		return l, err
	}
	if l.Cases, err = a.State.Cases(ctx, behold.CaseQuery{Open: true, Overdue: behold.NoDay, Since: behold.NoDay}); err != nil {
		return l, err
	}
	var planned []string
	for i := range l.Cases {
		if len(l.Cases[i].Steps) > 0 {
			planned = append(planned, l.Cases[i].Customer)
		}
	}
	if l.Files, err = a.Facts.CustomersOf(ctx, planned); err != nil {
		return l, err
	}
	l.Today = today
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return l, err
	}
	if l.Acts, err = a.State.ActsSince(ctx, (day - behold.Day(settings.ContactGap) - 1).Time()); err != nil {
		return l, err
	}
	now, made, err := a.State.TaskList(ctx, day)
	if err != nil {
		return l, err
	}
	if made == day {
		l.Frozen = now
		if now, _, err = a.State.TaskList(ctx, day-1); err != nil {
			return l, err
		}
	}
	l.Before = now
	l.Trial, err = a.trial(ctx, day)
	return l, err
}

// trial is what the lot of a round of a day needs. Its secret is made once, and
// goes nowhere else.
func (a *App) trial(ctx context.Context, day behold.Day) (t round.Trial, err error) {
	last, _, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil {
		return t, err
	}
	t.Past = last.Day > day
	if t.Secret, err = a.State.Secret(ctx, "lot"); err != nil {
		return t, err
	}
	t.Episodes, err = a.State.Episodes(ctx)
	return t, err
}

// Workforce is when everybody has time for customers: as they said here, else by
// the file of colleagues.
func (a *App) Workforce(ctx context.Context) (behold.Workforce, error) {
	w, err := a.State.Workforce(ctx)
	if err != nil {
		return w, err
	}
	w.Weekly, err = a.Facts.Staff(ctx)
	return w, err
}

// TaskList is the lists made after the round of a day, or after the last one, and
// the day of that round.
func (a *App) TaskList(ctx context.Context, day behold.Day) (behold.TaskList, behold.Day, error) {
	list, made, err := a.State.TaskList(ctx, day)
	switch {
	case err != nil:
		return list, made, err
	case !made.Known(), day.Known() && made != day:
		return list, made, &behold.Error{Kind: behold.NotFound, Say: "no lists were made yet", Hint: "they are made by a round: behold round"}
	}
	return list, made, nil
}

// PassedOver is why a customer is on no list made after the round of a day.
func (a *App) PassedOver(ctx context.Context, made behold.Day, id string) (behold.Passed, error) {
	customer, err := a.Facts.Customer(ctx, id, made)
	if err != nil {
		return behold.Passed{}, err
	}
	return a.State.PassedOver(ctx, made, customer.Number)
}
