package app

import (
	"cmp"
	"context"

	"behold"
	"behold/internal/paper"
	"behold/internal/phrase"
	"behold/internal/round"
)

// Losses says why the customers left who were lost by a day; an unknown day is
// today, or the last day in the data.
func (a *App) Losses(ctx context.Context, day behold.Day, progress func(done, total int64)) (*round.LossReport, error) {
	settings, day, err := a.reportOf(ctx, day)
	if err != nil {
		return nil, err
	}
	return round.Losses(ctx, a.Facts, day, settings, a.roundOptions(progress))
}

// Evidence gathers what the company's own past says about how far lamps and
// chances can be trusted, as of a day as for Losses.
func (a *App) Evidence(ctx context.Context, day behold.Day, progress func(done, total int64)) (*round.Evidence, error) {
	settings, day, err := a.reportOf(ctx, day)
	if err != nil {
		return nil, err
	}
	e, err := round.Prove(ctx, a.Facts, day, settings, a.roundOptions(progress))
	if err != nil {
		return nil, err
	}
	shown, err := a.Effect(ctx, day)
	if behold.KindOf(err) == behold.NotFound && err != nil {
		return e, nil // no round was walked yet
	}
	if err == nil {
		e.HeldOut = shown.False
	}
	return e, err
}

func (a *App) reportOf(ctx context.Context, day behold.Day) (behold.Settings, behold.Day, error) {
	settings, err := a.State.Settings(ctx)
	if err == nil {
		day, err = a.dayOr(ctx, day)
	}
	return settings, day, err
}

// LossesPaper is the report of losses to read and to print, in a language; "" is
// that of the settings.
func (a *App) LossesPaper(ctx context.Context, r *round.LossReport, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	return paper.Reasons(words, made, r), err
}

// EvidencePaper is the report of evidence to read and to print.
func (a *App) EvidencePaper(ctx context.Context, e *round.Evidence, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	return paper.Evidence(words, made, e), err
}

func (a *App) making(ctx context.Context, language string) (*phrase.Phrases, paper.Made, error) {
	settings, err := a.State.Settings(ctx)
	return phrase.For(cmp.Or(language, settings.Language)), paper.Made{Company: settings.Company, Version: a.config.Version}, err
}
