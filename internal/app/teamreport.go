package app

import (
	"context"

	"behold"
	"behold/internal/paper"
	"behold/internal/round"
)

// Board is how those who look after customers are doing, as of the last round on
// a day or before; an unknown day is that of the last round.
func (a *App) Board(ctx context.Context, day behold.Day) (*round.Board, error) {
	last, ok, err := a.State.LastRound(ctx, day)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been walked by then", Hint: "walk one first: behold round"}
	}
	return round.TakeStock(ctx, last.Day, a.Facts, a.State)
}

// TeamPaper is the report of teams to read and to print.
func (a *App) TeamPaper(ctx context.Context, b *round.Board, language string) (paper.Document, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return paper.Document{}, err
	}
	words, made, err := a.making(ctx, language)
	return paper.Team(words.In(settings.Currency), made, b), err
}

// EffortPaper is the report of attention to read and to print.
func (a *App) EffortPaper(ctx context.Context, b *round.Board, language string) (paper.Document, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return paper.Document{}, err
	}
	words, made, err := a.making(ctx, language)
	return paper.Effort(words.In(settings.Currency), made, b), err
}

// teams gives the pages what there is to know about those who work here.
type teams struct{ a *App }

func (t teams) TakeStock(ctx context.Context, day behold.Day) (*round.Board, error) {
	return round.TakeStock(ctx, day, t.a.Facts, t.a.State)
}

func (t teams) Rewards(ctx context.Context, q behold.RewardQuery) ([]behold.Reward, error) {
	return t.a.State.Rewards(ctx, q)
}

func (t teams) Staff(ctx context.Context) (map[string]behold.Colleague, error) {
	return round.Staff(ctx, t.a.Facts, t.a.State)
}
