package app

import (
	"cmp"
	"context"
	"strings"
	"time"

	"behold"
	"behold/internal/survey"
)

// How far the draw looks around a day.
const (
	eventsSince = 5   // days in which a delivery or ticket is fresh enough to be asked about
	asksSince   = 800 // days of earlier invitations: longer than any rest
	staleRound  = 45  // days after which a round says too little of today's customers
	lostShare   = 1   // of those who left who are asked why
)

// Survey draws whom to ask on a day; an unknown day is today, or, when the last
// round is older than a few weeks, the day up to which there are data. keep keeps
// it: the first draw of a day stands, and made says whether this was it.
func (a *App) Survey(ctx context.Context, day behold.Day, now time.Time, keep bool) (drawn survey.Drawn, made bool, err error) {
	if day, err = a.surveyDay(ctx, day, now); err != nil {
		return drawn, false, err
	}
	frame, err := a.frame(ctx, day)
	if err != nil {
		return drawn, false, err
	}
	drawn = survey.Draw(frame)
	drawn.Day.Made = now
	if keep {
		invites, err := a.invitesOf(ctx, &drawn, now)
		if err != nil {
			return drawn, false, err
		}
		if made, err = a.State.SaveDraw(ctx, &drawn.Day, invites); err != nil {
			return drawn, false, err
		}
	}
	return drawn, made, a.asKept(ctx, &drawn)
}

// surveyDay is the day to draw for.
func (a *App) surveyDay(ctx context.Context, day behold.Day, now time.Time) (behold.Day, error) {
	if day.Known() {
		return day, a.hasCome(ctx, day, now)
	}
	last, ok, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil {
		return day, err
	}
	today := behold.DayOf(now)
	if ok && last.Day <= today && today-last.Day <= staleRound {
		return today, nil
	}
	return a.dayOr(ctx, behold.NoDay)
}

// frame gathers all that the draw of a day looks at.
func (a *App) frame(ctx context.Context, day behold.Day) (f *survey.Frame, err error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	f = &survey.Frame{Day: day, Seed: settings.Seed, Rules: settings.Surveys, Country: settings.Country}
	if f.Customers, f.AsOf, err = a.Facts.Askables(ctx, day, day); err != nil {
		return nil, err
	}
	if !f.AsOf.Known() {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been walked by " + day.String(), Hint: "import an invoice file, then: behold round"}
	}
	for i := range f.Customers {
		c := &f.Customers[i]
		c.Language = askedIn(c.Language, cmp.Or(c.Country, settings.Country), settings.Language)
	}
	if f.Events, err = a.Facts.AskEvents(ctx, day-eventsSince, day-1); err != nil {
		return nil, err
	}
	if f.Before, err = a.State.Invites(ctx, day-asksSince, day-1); err != nil {
		return nil, err
	}
	if f.Days, err = a.State.SurveyDays(ctx, day-7, day-1); err != nil {
		return nil, err
	}
	if f.Stops, err = a.State.SurveyStops(ctx); err != nil {
		return nil, err
	}
	if f.Bounces, err = a.State.Bounces(ctx); err != nil {
		return nil, err
	}
	return f, a.callers(ctx, f)
}

// callers adds those who are to be asked for a reason of their own, and what is
// known of the answers of the last year.
func (a *App) callers(ctx context.Context, f *survey.Frame) error {
	cases, err := a.State.CasesToAskAgain(ctx, f.Day)
	if err != nil {
		return err
	}
	for i := range cases {
		f.Again = append(f.Again, survey.Call{Customer: cases[i].Customer, About: cases[i].ID})
	}
	lost, err := a.State.LossesToAsk(ctx, f.Day, lostShare)
	if err != nil {
		return err
	}
	for i := range lost {
		f.Lost = append(f.Lost, survey.Call{Customer: lost[i].Customer, About: "left " + lost[i].Left.String()})
	}
	if len(f.Before) == 0 {
		return nil
	}
	replies, err := a.State.Replies(ctx, f.Before[0].ID, f.Before[len(f.Before)-1].ID)
	f.Spread = survey.SpreadOf(f.Before, replies)
	return err
}

// askedIn is the language in which a customer is asked: their own, else that of
// their country, else the company's.
func askedIn(own, country, company string) string {
	own, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(own, "_", "-")), "-")
	spoken := map[string]string{"DK": "da", "SE": "sv", "NO": "nb", "NL": "nl", "DE": "de", "AT": "de", "FI": "fi", "GB": "en", "IE": "en", "US": "en"}
	if own == "no" || own == "nn" {
		own = "nb"
	}
	for _, l := range []string{own, spoken[strings.ToUpper(country)], company} {
		for _, known := range behold.SurveyLanguages() {
			if l == known {
				return l
			}
		}
	}
	return "en"
}

// invitesOf are the invitations of a draw, which wait for the hours in which
// their recipients are written to.
func (a *App) invitesOf(ctx context.Context, d *survey.Drawn, now time.Time) (list []behold.Invite, err error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	text, err := a.State.SurveyText(ctx, -1)
	if err != nil {
		return nil, err
	}
	for i := range d.Askings {
		k := &d.Askings[i]
		if !k.Drawn {
			continue
		}
		list = append(list, behold.Invite{
			Day: d.Day.Day, Stream: k.Stream, Touchpoint: k.Touchpoint, About: k.About, Customer: k.Customer, Number: k.Number, Firm: k.Firm,
			Person: k.Person, Address: k.Address, Country: k.Country, Language: k.Language, Stratum: k.Stratum, Pi: k.Pi, Form: text.Version,
			Items: k.Items, Marketing: k.Marketing, Made: now, Next: opens(&settings.Surveys, k.Country, now, time.Local),
		})
	}
	return list, nil
}

// asKept says of a day whose draw was kept what was kept: the facts may have
// changed since.
func (a *App) asKept(ctx context.Context, d *survey.Drawn) error {
	days, err := a.State.SurveyDays(ctx, d.Day.Day, d.Day.Day)
	if err != nil || len(days) == 0 {
		return err
	}
	invites, err := a.State.Invites(ctx, d.Day.Day, d.Day.Day)
	d.Day = days[0]
	kept := map[string]*behold.Invite{}
	for i := range invites {
		kept[behold.CustomerKey(invites[i].Customer)] = &invites[i]
	}
	for i := range d.Askings {
		k := &d.Askings[i]
		v := kept[behold.CustomerKey(k.Customer)]
		switch was := v != nil && v.Stream == k.Stream && v.Touchpoint == k.Touchpoint; {
		case was:
			k.Drawn, k.Why, k.Until, k.Pi, k.Stratum = true, "", behold.NoDay, v.Pi, v.Stratum
		case k.Drawn:
			k.Drawn, k.Why = false, behold.AskLot
		}
	}
	return err
}
