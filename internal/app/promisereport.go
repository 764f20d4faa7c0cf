package app

import (
	"context"

	"behold"
	"behold/internal/paper"
	"behold/internal/round"
	"behold/internal/team"
)

// A PromiseReport is how promises were kept, and each promise that counted.
type PromiseReport struct {
	*team.PromiseReport
	Cards []behold.PromiseCard
	Names map[string]behold.Colleague // of colleagues, by e-mail in lower case
}

// yearBack is how far a report looks back where nobody says.
const yearBack = 365

// PromiseReport says how promises were kept that fell due since a day (unknown:
// a year before), as of a day as for Losses.
func (a *App) PromiseReport(ctx context.Context, day, since behold.Day) (*PromiseReport, error) {
	settings, day, err := a.reportOf(ctx, day)
	if err != nil {
		return nil, err
	}
	if !since.Known() {
		since = day - yearBack + 1
	}
	r := &PromiseReport{}
	if r.Cards, err = round.Promised(ctx, a.Facts, a.State, behold.PromiseQuery{Day: day, Since: min(since, day-team.Years)}); err != nil {
		return nil, err
	}
	if r.Names, err = round.Staff(ctx, a.Facts, a.State); err != nil {
		return nil, err
	}
	r.PromiseReport = team.Promises(r.Cards, team.Stretch{Day: day, Since: since, Individuals: settings.Individuals, Team: func(who string) string { return r.Names[who].Team }})
	return r, nil
}

// PromisePaper is the report of promises to read and to print.
func (a *App) PromisePaper(ctx context.Context, r *PromiseReport, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	return paper.Promises(words, made, r.PromiseReport), err
}
