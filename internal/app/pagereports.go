package app

import (
	"context"
	"io"

	"behold"
	"behold/internal/round"
)

// reports gives the pages what walks past every customer to be told.
type reports struct{ a *App }

func (r reports) Losses(ctx context.Context, day behold.Day, progress func(done, total int64)) (*round.LossReport, error) {
	return r.a.Losses(ctx, day, progress)
}

func (r reports) WriteLosses(ctx context.Context, w io.Writer, losses *round.LossReport, language string) error {
	page, err := r.a.LossesPaper(ctx, losses, language)
	if err != nil {
		return err
	}
	return page.HTML(w)
}
