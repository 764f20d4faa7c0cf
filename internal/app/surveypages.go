package app

import (
	"context"
	"io"
	"time"

	"behold"
	"behold/internal/store"
	"behold/internal/survey"
)

// surveys gives the pages what there is to know about asking, and the answer pages
// what they need.
type surveys struct {
	*store.Store
	a *App
}

func (s surveys) Invited(ctx context.Context, token string) (behold.Invite, error) {
	return s.a.Invited(ctx, token)
}

func (s surveys) Reply(ctx context.Context, v *behold.Invite, replies []behold.Reply, finish bool, now time.Time) error {
	return s.a.Reply(ctx, v, replies, finish, now)
}

func (s surveys) CallMe(ctx context.Context, v *behold.Invite, number string, now time.Time) error {
	return s.a.CallMe(ctx, v, number, now)
}

func (s surveys) NoSurveys(ctx context.Context, v *behold.Invite, now time.Time) error {
	return s.a.NoSurveys(ctx, v, now)
}

func (s surveys) Survey(ctx context.Context, day behold.Day, now time.Time, keep bool) (survey.Drawn, bool, error) {
	return s.a.Survey(ctx, day, now, keep)
}

func (s surveys) SurveyCheck(ctx context.Context) error { return s.a.SurveyCheck(ctx) }

func (s surveys) Returned(ctx context.Context, report io.Reader, now time.Time, t *behold.BounceTally) error {
	return s.a.Returned(ctx, report, now, t)
}

func (s surveys) SurveyBase() string {
	base, err := s.a.config.base()
	if err != nil {
		return ""
	}
	return base
}

func (s surveys) PreviewAsk(ctx context.Context, lang string, stream behold.Stream, touchpoint string) (subject, text string, err error) {
	settings, err := s.Settings(ctx)
	if err != nil {
		return "", "", err
	}
	own, err := s.SurveyText(ctx, -1)
	if err != nil {
		return "", "", err
	}
	v := behold.Invite{Language: lang, Stream: stream, Touchpoint: touchpoint, Items: append(behold.SurveyWishes()[:3:3], behold.SurveyTurns()[0]), Marketing: own.Words[lang][survey.OwnWords] != ""}
	written, err := writeAsk(&v, &settings, own, s.SurveyBase()+"/a/…")
	return written.Subject, written.Text, err
}
