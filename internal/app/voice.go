package app

import (
	"context"
	"encoding/json"
	"io"

	"behold"
	"behold/internal/paper"
	"behold/internal/round"
	"behold/internal/survey"
)

// askedYears is how far back it matters who was asked.
const askedYears = 4

// asked is whom the company asked up to a day.
func (a *App) asked(ctx context.Context, day behold.Day) (asked round.Asked, err error) {
	from := day - askedYears*366
	if asked.Invites, err = a.State.Invites(ctx, from, day); err != nil {
		return asked, err
	}
	asked.Draws, err = a.State.SurveyDays(ctx, from, day)
	return asked, err
}

// Voice says what customers say. An unknown day is today, or the last day in the
// data.
func (a *App) Voice(ctx context.Context, q round.VoiceQuery, progress func(done, total int64)) (*round.VoiceReport, error) {
	settings, day, err := a.reportOf(ctx, q.Day)
	if err != nil {
		return nil, err
	}
	q.Day = day
	opt := a.roundOptions(progress)
	if opt.Asked, err = a.asked(ctx, day); err != nil {
		return nil, err
	}
	return round.Voice(ctx, a.Facts, q, settings, opt)
}

// voices gives the pages what customers say.
type voices struct{ a *App }

// Voice is what the round of a day kept; nil when it kept nothing.
func (v voices) Voice(ctx context.Context, day behold.Day) (*round.VoiceReport, error) {
	body, err := v.a.State.Voice(ctx, day)
	if err != nil || body == nil {
		return nil, err
	}
	r := &round.VoiceReport{}
	return r, json.Unmarshal(body, r)
}

// Listen works out what takes seconds too, and keeps it with the round of the day.
func (v voices) Listen(ctx context.Context, day behold.Day, progress func(done, total int64)) (*round.VoiceReport, error) {
	r, err := v.a.Voice(ctx, round.VoiceQuery{Day: day, From: behold.NoDay, To: behold.NoDay, Deep: true}, progress)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	return r, v.a.State.SaveVoice(ctx, day, body)
}

// Counted are the answers that count as of a day.
func (v voices) Counted(ctx context.Context, day behold.Day) ([]survey.Weighed, error) {
	r, err := v.a.Voice(ctx, round.VoiceQuery{Day: day, From: behold.NoDay, To: behold.NoDay, Answers: true}, nil)
	if err != nil {
		return nil, err
	}
	return r.Counted, nil
}

// VoicePaper is what customers say to read and to print.
func (a *App) VoicePaper(ctx context.Context, r *round.VoiceReport, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	return paper.Voice(words, made, r), err
}

// tellHeard adds to a week what customers say, and what was done because of it by
// today.
func (a *App) tellHeard(ctx context.Context, week *round.Week, today behold.Day) (err error) {
	if week.Heard, err = (voices{a}).Voice(ctx, week.Day); err != nil {
		return err
	}
	const most = 50
	deeds, err := a.State.Deeds(ctx, most)
	week.Deeds = round.HeardDeeds(deeds, today)
	return err
}

// WriteVoice writes what customers say as one page.
func (v voices) WriteVoice(ctx context.Context, w io.Writer, r *round.VoiceReport, language string) error {
	page, err := v.a.VoicePaper(ctx, r, language)
	if err != nil {
		return err
	}
	return page.HTML(w)
}
