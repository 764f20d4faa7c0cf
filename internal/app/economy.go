package app

import (
	"context"
	"encoding/json"

	"behold"
	"behold/internal/economy"
	"behold/internal/paper"
	"behold/internal/round"
)

// Reckoning is what there is to say of the company as a whole, as of a day: what
// the round of that day counted or, when it has none, a walk that keeps nothing. An
// unknown day is that of the last round, or without one as for Losses.
func (a *App) Reckoning(ctx context.Context, day behold.Day, progress func(done, total int64)) (*economy.Reckoning, error) {
	kept, ok, err := a.State.LastReckoning(ctx, behold.NoDay, day)
	if err != nil {
		return nil, err
	}
	if last, has, err := a.State.LastRound(ctx, day); err != nil || ok && has && kept.Day == last.Day && (!day.Known() || kept.Day == day) {
		if err != nil {
			return nil, err
		}
		r := &economy.Reckoning{}
		return r, json.Unmarshal(kept.Body, r)
	}
	if day, err = a.dayOr(ctx, day); err != nil {
		return nil, err
	}
	return round.Reckon(ctx, day, a.Facts, a.State, a.roundOptions(progress))
}

// CompanyPaper is one of the reports on the company as a whole, to read and to
// print: loss, funnel, economy or fairness.
func (a *App) CompanyPaper(ctx context.Context, which string, r *economy.Reckoning, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	switch which {
	case "funnel":
		return paper.Funnel(words, made, r), err
	case "economy":
		return paper.Economy(words, made, r), err
	case "fairness":
		return paper.Fairness(words, made, r), err
	}
	return paper.Loss(words, made, r), err
}

// LossReport is what is said of losses in files, its sentences in a language.
func (a *App) LossReport(ctx context.Context, r *economy.Reckoning, language string) (*economy.LossReport, error) {
	words, _, err := a.making(ctx, language)
	return r.Losses(paper.Definition(words, r), paper.Normal(words, r)), err
}
