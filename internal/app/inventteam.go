package app

import (
	"context"
	"fmt"
	"time"

	"behold"
	"behold/internal/round"
	"behold/internal/team"
)

// inventTeam tells what the people of the invented shop wrote down, agreed and
// answered. It can be told again: what is there stays as it is.
func (a *App) inventTeam(ctx context.Context, until behold.Day) error {
	some, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: until, State: behold.Active, Slice: behold.Slice{Sort: "name", Limit: 40}})
	if err != nil || len(some) < 24 {
		return err
	}
	for n, e := range inventedEntries(until) {
		st := some[(3*n)%len(some)]
		e.ID, e.Customer, e.Who = fmt.Sprintf("invented-team-%d", n), st.ID, st.Colleague
		e.Changed.Who = e.Who
		if err := a.State.Write(ctx, &e); err != nil && behold.KindOf(err) != behold.Conflict {
			return err
		}
	}
	for _, d := range inventedDecisions(until) {
		if err := a.State.SaveDecision(ctx, &d); err != nil && behold.KindOf(err) != behold.Conflict {
			return err
		}
	}
	if err := a.inventPulse(ctx, until); err != nil {
		return err
	}
	return a.inventRewards(ctx, until)
}

// noon of a day, so many days before another.
func noon(until behold.Day, ago int) time.Time {
	y, m, d := (until - behold.Day(ago)).Time().Date()
	return time.Date(y, m, d, 12, 0, 0, 0, time.Local)
}

func inventedEntries(until behold.Day) []behold.Entry {
	entry := func(kind behold.EntryKind, ago int, text string) behold.Entry {
		at := noon(until, ago)
		return behold.Entry{Kind: kind, At: at, Text: text, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay,
			Written: at, Changed: behold.EntrySignature{At: noon(until, 0)}}
	}
	no := func(ago int, text, rule string, kroner int64) behold.Entry {
		e := entry(behold.EntryRefusal, ago, text)
		e.Rule, e.Amount = rule, behold.Money{Minor: kroner * 100, Currency: "DKK"}
		return e
	}
	gift := func(ago int, text string, kroner int64, done bool) behold.Entry {
		e := entry(behold.EntrySurprise, ago, text)
		e.Due, e.Amount = until+9, behold.Money{Minor: kroner * 100, Currency: "DKK"}
		if done {
			e.Due, e.Done = until-behold.Day(ago)+2, until-behold.Day(ago)+2
		}
		return e
	}
	promise := func(ago, due int, text string) behold.Entry {
		e := entry(behold.EntryPromise, ago, text)
		e.Due = until + behold.Day(due)
		return e
	}
	return []behold.Entry{
		no(210, "Ville returnere to uåbnede kasser efter 40 dage", "Ingen returret efter 30 dage", 4200),
		no(96, "Ville bytte en maskine, der larmer", "Ingen returret efter 30 dage", 18500),
		no(31, "Sendte en palle retur, vi ikke tog imod", "Ingen returret efter 30 dage", 9000),
		no(150, "Bad om levering før klokken 7", "Ingen levering før klokken 8", 6500),
		no(44, "Bad om lørdagslevering i december", "Ingen levering før klokken 8", 7200),
		no(20, "Ville dele en ordre på tre adresser", "Én adresse pr. ordre", 2400),
		gift(80, "Kage til ti års jubilæet", 350, true),
		gift(27, "Kort og kaffe til nyåbningen", 180, true),
		gift(5, "Julekurv til køkkenet", 450, false),
		entry(behold.EntryNeed, 60, "Vil ringes op før klokken 10; køkkenet går i gang klokken 11"),
		entry(behold.EntryNeed, 12, "Skal have faktura pr. afdeling"),
		promise(6, 1, "Sende prøver på den nye filterkaffe"),
		promise(9, -2, "Ringe tilbage om krediten"),
		promise(3, 5, "Regne på en fast ugelevering"),
	}
}

func inventedDecisions(until behold.Day) []behold.Decision {
	decision := func(n, ago, by int, agreed, because string) behold.Decision {
		return behold.Decision{ID: fmt.Sprintf("invented-decision-%d", n), Agreed: agreed, Because: because, By: until + behold.Day(by), Closed: behold.NoDay,
			Made: noon(until, ago), Changed: behold.EntrySignature{At: noon(until, 0)}}
	}
	first := decision(1, 120, -30, "Al kundeservice ringer tilbage samme dag", "Halvdelen af opkaldene blev besvaret dagen efter")
	first.Far, first.Outcome, first.Closed = "Alle tre team gør det", behold.Worked, until-28
	first.Result, first.Next = "99 % inden for et døgn", "Det samme for mails"
	second := decision(2, 40, 21, "Ingen lover en dag, lageret ikke har sagt ja til", "78 % af løfterne holdt til tiden i team Øst")
	second.Far, second.Owner = "Aftalt med lageret; sælgerne er i gang", "Team Øst"
	third := decision(3, 60, -3, "Ring til hver hotelkunde én gang i kvartalet", "Hoteller får 5 % af tiden og er 12 % af værdien")
	third.Owner = "Team Vest"
	return []behold.Decision{first, second, third}
}

// inventPulse has four colleagues answer for twelve weeks: too few for one week, so
// that two are told together.
func (a *App) inventPulse(ctx context.Context, until behold.Day) error {
	steps := [][4]int{{4, 3, 4, 2}, {4, 3, 5, 3}, {3, 4, 4, 2}, {4, 4, 5, 3}, {5, 3, 4, 3}, {4, 4, 5, 4}, {5, 4, 4, 3}, {5, 4, 5, 4}, {4, 5, 5, 3}, {5, 4, 5, 4}, {5, 5, 4, 4}, {5, 5, 5, 4}}
	told, err := a.State.Pulses(ctx)
	if err != nil {
		return err
	}
	answers := map[behold.Day]int{}
	for i := range told {
		answers[told[i].Week] = told[i].Answers()
	}
	for n, week := range steps {
		monday := behold.WeekOf(until) - 7*behold.Day(len(steps)-n)
		for who, step := range week {
			if answers[monday] >= len(week) { // who answered in earlier weeks is not known any more
				break
			}
			answer := behold.PulseAnswer{Week: monday, Colleague: fmt.Sprintf("invented-%d", who), Step: step}
			if n == len(steps)-1 && who == 3 {
				answer.Comment = "Rart at vi ikke længere lover noget, lageret ikke kan holde."
			}
			if err := a.State.AnswerPulse(ctx, answer); err != nil && behold.KindOf(err) != behold.Conflict {
				return err
			}
		}
	}
	return nil
}

// inventRewards rewards the recovered cases of the shop by its rules.
func (a *App) inventRewards(ctx context.Context, until behold.Day) error {
	cases, err := a.State.Cases(ctx, behold.CaseQuery{State: behold.Recovered, Done: true, Overdue: behold.NoDay, Since: behold.NoDay})
	if err != nil {
		return err
	}
	staff, err := round.Staff(ctx, a.Facts, a.State)
	if err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	ledger, err := a.State.Rewards(ctx, behold.RewardQuery{Since: behold.NoDay})
	if err != nil {
		return err
	}
	var saved []team.Saved
	for n := range cases {
		c := &cases[n]
		value := behold.Money{Currency: settings.Currency}
		rows, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: until, ID: c.Customer, Slice: behold.Slice{Limit: 1}})
		if err != nil {
			return err
		}
		if len(rows) > 0 {
			value = rows[0].Value
		}
		leave := 0.25 + 0.1*float64(n%5)
		saved = append(saved, team.Saved{
			Key: fmt.Sprintf("case/%s/%d", c.ID, c.Reopened), Case: c.ID, Customer: c.Customer, Name: c.Name, Colleague: c.Owner, Team: staff[behold.ColleagueKey(c.Owner)].Team,
			Since: behold.DayOf(c.Opening.At.Local()), Kept: c.ClosedOn(), Leave: leave, AtRisk: behold.MoneyOf(leave*value.Major(), value.Currency), Discount: c.Closing.Discount,
		})
	}
	_, err = a.State.PostRewards(ctx, team.Rewards(saved, ledger, nil, settings.Team, noon(until, 0).UTC()))
	return err
}
