package app

import (
	"context"
	"sync"
	"time"

	"behold"
	"behold/internal/round"
	"behold/internal/store"
	"behold/internal/text"
)

// texts is how a round of a day reads what customers write. A round for today's
// lists heeds all that colleagues said; one that looks back what they had said by
// the end of its day.
func (a *App) texts(ctx context.Context, day, today behold.Day) (t round.Texts, err error) {
	at := time.Now().UTC()
	if !today.Known() {
		at = (day + 1).Time()
	}
	said, err := a.State.Corrections(ctx)
	if err != nil {
		return t, err
	}
	return round.Texts{Model: func() *text.Model { return a.reader.model(said, at) }, Said: said, Kept: today.Known(), On: today}, nil
}

// A reader keeps the model that was taught last, since teaching takes a second.
type reader struct {
	mu   sync.Mutex
	said int // corrections, and how many of them were taken back
	gone int
	at   time.Time
	last *text.Model
}

// model is the one that corrections make at a time.
func (r *reader) model(said []behold.Correction, at time.Time) *text.Model {
	r.mu.Lock()
	defer r.mu.Unlock()
	holding, gone := 0, 0
	for i := range said {
		if !said[i].Saved.After(at) {
			holding++
			if !said[i].Holds(at) {
				gone++
			}
		}
	}
	if r.last == nil || holding != r.said || gone != r.gone || at.Sub(r.at).Abs() > 24*time.Hour {
		r.last, r.said, r.gone, r.at = text.Teach(said, at), holding, gone, at
	}
	return r.last
}

// remarks gives the pages what customers write, and how it is read.
type remarks struct {
	*store.Store
	a *App
}

func (r remarks) Remark(ctx context.Context, day behold.Day, key behold.RemarkKey) (behold.RemarkText, error) {
	return r.a.Facts.Remark(ctx, day, key)
}

// Reader is the model by which the last round read: what colleagues said since is
// learned by the next one.
func (r remarks) Reader(ctx context.Context) (*text.Model, error) {
	last, ok, err := r.LastRound(ctx, behold.NoDay)
	if err != nil || !ok {
		return text.Default(), err
	}
	said, err := r.Corrections(ctx)
	if err != nil {
		return nil, err
	}
	return r.a.reader.model(said, last.Started), nil
}
