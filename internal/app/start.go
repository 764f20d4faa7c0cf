package app

import (
	"context"

	"behold"
)

// start gives the pages what a company begins with.
type start struct{ a *App }

func (s start) Reading(ctx context.Context, shape string) (behold.Reading, bool, error) {
	return s.a.State.Reading(ctx, shape)
}

func (s start) SaveReading(ctx context.Context, shape string, r behold.Reading) error {
	return s.a.State.SaveReading(ctx, shape, r)
}

func (s start) Holdings(ctx context.Context, day behold.Day) ([]behold.Holding, error) {
	return s.a.Facts.Holdings(ctx, day)
}

func (s start) Invention(ctx context.Context) (behold.Invention, error) { return s.a.Invention(ctx) }

func (s start) Invent(ctx context.Context, progress func(done, total int64)) (*behold.Round, error) {
	return s.a.Invent(ctx, UsualShop(), progress)
}

func (s start) RemoveInvented(ctx context.Context) error { return s.a.RemoveInvented(ctx) }
