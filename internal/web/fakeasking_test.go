package web

import (
	"context"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/survey"
)

// shopAsks is what the invented shop has of asking: one invitation, one link.
type shopAsks struct {
	invite  behold.Invite
	replies []behold.Reply
	called  string
	stopped bool
	text    behold.SurveyText
	places  []behold.SurveyPlace
	voices  map[string][]behold.PlaceAnswer
	fails   error
	saved   int // times that anything was kept
}

// theToken is the end of the address of the one invitation.
const theToken = "THEONEANDONLYTOKEN"

func newShopAsks() *shopAsks {
	return &shopAsks{
		invite: behold.Invite{
			ID: 7, Day: fakeDay - 1, Stream: behold.StreamLevel, Customer: "K-1", Language: "da", State: behold.InviteSent, Until: fakeDay + 20, Answered: behold.NoDay,
			Items: []string{"fast", "easy", "safe", "expectations"}, Sent: fakeDay.Time(), Stratum: "high-old-active",
		},
		places: []behold.SurveyPlace{{ID: 1, Token: "COUNTER", Name: "Disken", Touchpoint: "purchase", Site: "https://www.firm.example"}},
		voices: map[string][]behold.PlaceAnswer{},
	}
}

func (a *shopAsks) Invited(_ context.Context, token string) (behold.Invite, error) {
	if a.fails != nil {
		return behold.Invite{}, a.fails
	}
	if token != theToken {
		return behold.Invite{}, &behold.Error{Kind: behold.NotFound, Say: "none"}
	}
	return a.invite, nil
}

func (a *shopAsks) Replies(context.Context, int64, int64) ([]behold.Reply, error) {
	return slices.Clone(a.replies), nil
}

func (a *shopAsks) Reply(_ context.Context, v *behold.Invite, replies []behold.Reply, finish bool, now time.Time) error {
	a.saved++
	for _, r := range replies {
		a.replies = append(slices.DeleteFunc(a.replies, func(was behold.Reply) bool { return was.Item == r.Item }), r)
	}
	a.invite.Answered = behold.DayOf(now)
	if finish {
		a.invite.Finished = now
	}
	return nil
}

func (a *shopAsks) CallMe(_ context.Context, _ *behold.Invite, number string, _ time.Time) error {
	a.called = number
	return nil
}

func (a *shopAsks) NoSurveys(context.Context, *behold.Invite, time.Time) error {
	a.stopped = true
	return nil
}

func (a *shopAsks) SurveyText(context.Context, int64) (behold.SurveyText, error) { return a.text, nil }

func (a *shopAsks) SaveSurveyText(_ context.Context, t *behold.SurveyText) error {
	t.Version = a.text.Version + 1
	a.text = *t
	return nil
}

func (a *shopAsks) SurveyPlace(_ context.Context, token string) (behold.SurveyPlace, error) {
	for _, p := range a.places {
		if p.Token == token {
			return p, nil
		}
	}
	return behold.SurveyPlace{}, &behold.Error{Kind: behold.NotFound, Say: "none"}
}

func (a *shopAsks) SavePlaceAnswers(_ context.Context, _ int64, form string, items []behold.PlaceAnswer) error {
	if _, sent := a.voices[form]; !sent {
		a.voices[form] = items
	}
	return nil
}

func (a *shopAsks) SurveyPlaces(context.Context) ([]behold.SurveyPlace, error) { return a.places, nil }

func (a *shopAsks) SaveSurveyPlace(_ context.Context, p *behold.SurveyPlace) error {
	p.ID = int64(len(a.places) + 1)
	a.places = append(a.places, *p)
	return nil
}

func (a *shopAsks) CloseSurveyPlace(_ context.Context, id int64, closed bool) error {
	for i := range a.places {
		if a.places[i].ID == id {
			a.places[i].Closed = closed
		}
	}
	return nil
}

func (a *shopAsks) Survey(_ context.Context, _ behold.Day, _ time.Time, _ bool) (survey.Drawn, bool, error) {
	return survey.Drawn{
		Day: behold.SurveyDay{Day: fakeDay, Seed: math.MaxUint64, AsOf: fakeDay - 1, Frame: 180, Size: 3, Strata: []behold.StratumDraw{
			{Stream: behold.StreamLevel, Stratum: "high-old-active", Population: 60, Eligible: 40, Taken: 2},
			{Stream: behold.StreamEvent, Touchpoint: "delivery", Stratum: "delivery", Population: 9, Eligible: 8, Taken: 1},
		}},
		Askings: []behold.Asking{
			{Customer: "K-1", Name: "Hotel Strandgården", Stream: behold.StreamLevel, Drawn: true, Stratum: "high-old-active", Pi: 0.05, Language: "da", Until: behold.NoDay},
			{Customer: "K-2", Name: "Café <b>Fjord</b>", Stream: behold.StreamEvent, Touchpoint: "delivery", Drawn: true, Pi: 0.125, Language: "fi", Until: behold.NoDay},
			{Customer: "K-3", Name: "Bageri", Stream: behold.StreamLevel, Why: behold.AskResting, Until: fakeDay + 30},
			{Customer: "K-4", Stream: behold.StreamLevel, Why: behold.AskLot, Until: behold.NoDay},
		},
	}, false, nil
}

func (a *shopAsks) SurveyCheck(context.Context) error {
	return &behold.Error{Kind: behold.Invalid, Code: "survey_off", Say: "surveys are switched off"}
}

func (a *shopAsks) Invites(context.Context, behold.Day, behold.Day) ([]behold.Invite, error) {
	return []behold.Invite{a.invite}, nil
}

func (a *shopAsks) PreviewAsk(_ context.Context, lang string, _ behold.Stream, _ string) (subject, text string, err error) {
	return "Vi vil gerne høre fra dig", "Hej\n" + lang, nil
}

func (a *shopAsks) SurveyBase() string { return "" }

func (a *shopAsks) Bounces(context.Context) ([]behold.Bounce, error) { return nil, nil }

func (a *shopAsks) Returned(_ context.Context, report io.Reader, _ time.Time, t *behold.BounceTally) error {
	text, err := io.ReadAll(report)
	t.Read++
	if strings.Contains(string(text), "5.1.1") {
		t.Marked++
	} else {
		t.Other++
	}
	return err
}
