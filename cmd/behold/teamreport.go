package main

import (
	"context"
	"slices"

	"behold"
	"behold/internal/app"
	"behold/internal/paper"
	"behold/internal/round"
	"behold/internal/task"
	"behold/internal/team"
)

type teamCmd struct {
	reportFlags
}

// Help is the manual page.
func (teamCmd) Help() string {
	return `How the teams are doing, as of the last round: attention against value, answer times, how full their
day is, promises, credit for customers kept, rewards. Teams by default; colleagues only where the
setting individual_staff_credit is on.

Credit is counted over the customers that the system assigned and did not hold out, once their
waiting time is over: kept less what their chances let expect, drawn together by how much of it is
the team's own record (METHODS 8.6). Below 30 cases a team is not compared. Until any is over, the
report says so: credit.assigned, credit.matured, credit.next.

JSON: day, since, attention (see report effort), answers (team, asked, answered, hours, day), load
(team, people, minutes, used, tasks), promises (see report promises), credit (assigned, matured,
next, teams, colleagues), rewards since the year began (whose, kept, back, points, amount), kept
(the lines of this month).

CSV: one row a team or colleague: by, team, colleague, customers, contacts, minutes,
share_of_minutes, share_of_value, ratio, low, high, verdict, promises_due, promises_kept_in_time,
promises_share, asked, answered, median_hours, answered_in_day, load_minutes, load_used, tasks, cases,
kept, expected, credit, credit_money, per_case, per_case_low, per_case_high, own_part, enough,
outside95, outside998, rewards_kept, rewards_back, points, amount, currency.

  behold report team
  behold report team --format csv
  behold report team --html team.html --language sv`
}

func (c *teamCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.board(ctx, e, args, "a report of teams", (*app.App).TeamPaper, sayTeams)
}

type effortCmd struct {
	reportFlags
}

// Help is the manual page.
func (effortCmd) Help() string {
	return `Where attention went in the half year before the last round, against what the customers are worth:
by region, segment, third of value and team (by colleague too, where individual_staff_credit is on).
Attention is contacts from us, or answered by us, by visit, call, mail, chat or event; newsletters are
none. Minutes are judgement where nobody measured them: 60 a visit, 30 an event, 15 a call, 10 a mail.

JSON: day, since, attention: by, group, customers, contacts, minutes, share_of_minutes, value,
share_of_value, ratio (share_of_minutes / share_of_value) with low and high (95 %, customers as
drawn), met (customers with any contact), share_met with share_met_low and share_met_high, verdict:
overlooked, more, even, or too_few below 10 customers.

CSV: the same, one row a group, value in major units, with currency.

  behold report effort
  behold report effort --format csv
  behold report effort --html effort.html --language da`
}

func (c *effortCmd) Run(ctx context.Context, e *env, args []string) error {
	return c.board(ctx, e, args, "a report of attention", (*app.App).EffortPaper, sayEfforts)
}

// board opens the data, takes stock and writes it.
func (c *reportFlags) board(ctx context.Context, e *env, args []string, does string,
	said func(*app.App, context.Context, *round.Board, string) (paper.Document, error), rows func(*env, *round.Board) error,
) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	return c.report(ctx, e, args, does, func(a *app.App, _ behold.Day, _ func(done, total int64)) (reported, error) {
		b, err := a.Board(ctx, asked)
		if err != nil {
			return reported{}, err
		}
		doc, err := said(a, ctx, b, c.Language)
		return reported{b, doc, func(e *env) error { return rows(e, b) }}, err
	})
}

func sayEfforts(e *env, b *round.Board) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"by", "group", "customers", "contacts", "minutes", "share_of_minutes", "value", "currency", "share_of_value", "ratio", "low", "high",
		"met", "share_met", "share_met_low", "share_met_high", "verdict",
	}, nil)
	if err != nil {
		return err
	}
	for i := range b.Shares {
		s := &b.Shares[i]
		if err == nil {
			err = out.Put(string(s.By), s.Group, s.Customers, s.Contacts, s.Minutes, s.OfMinutes, s.Value.Major(), s.Value.Currency, s.OfValue, known(s.Ratio), known(s.Low), known(s.High),
				s.Met, s.MetShare, s.MetLow, s.MetHigh, string(s.Verdict))
		}
	}
	return out.End(err)
}

func sayTeams(e *env, b *round.Board) error {
	out, err := newRows(e.Stdout, "csv", []string{
		"by", "team", "colleague", "customers", "contacts", "minutes", "share_of_minutes", "share_of_value", "ratio", "low", "high", "verdict",
		"promises_due", "promises_kept_in_time", "promises_share", "asked", "answered", "median_hours", "answered_in_day", "load_minutes", "load_used", "tasks",
		"cases", "kept", "expected", "credit", "credit_money", "per_case", "per_case_low", "per_case_high", "own_part", "enough", "outside95", "outside998",
		"rewards_kept", "rewards_back", "points", "amount", "currency",
	}, nil)
	if err != nil {
		return err
	}
	for i := range b.Shares {
		if s := &b.Shares[i]; err == nil && (s.By == behold.AttentionTeam || s.By == behold.AttentionColleague) {
			err = out.Put(teamCells(b, s)...)
		}
	}
	return out.End(err)
}

// teamCells are the figures of one team, or of one colleague, whose day and answers
// are their team's.
func teamCells(b *round.Board, s *team.Share) []any {
	name, colleague := s.Group, ""
	kept, credits := b.Promises.Teams, b.Credit.Teams
	if s.By == behold.AttentionColleague {
		name, colleague = b.Staff[behold.ColleagueKey(s.Group)].Team, s.Group
		kept, credits = b.Promises.Colleagues, b.Credit.Colleagues
	}
	cells := []any{string(s.By), name, colleague, s.Customers, s.Contacts, s.Minutes, s.OfMinutes, s.OfValue, known(s.Ratio), known(s.Low), known(s.High), string(s.Verdict)}
	if i := slices.IndexFunc(kept, func(k team.Keeping) bool { return k.Whose == s.Group }); i >= 0 {
		cells = append(cells, kept[i].Due, kept[i].KeptInTime, known(kept[i].Share))
	} else {
		cells = append(cells, 0, 0, nil)
	}
	if i := slices.IndexFunc(b.Answers, func(a behold.AnswerTime) bool { return a.Team == s.Group }); i >= 0 && colleague == "" {
		cells = append(cells, b.Answers[i].Asked, b.Answers[i].Answered, b.Answers[i].Hours, b.Answers[i].Day)
	} else {
		cells = append(cells, nil, nil, nil, nil)
	}
	if i := slices.IndexFunc(b.Loads, func(l round.TeamLoad) bool { return l.Team == s.Group }); i >= 0 && colleague == "" {
		cells = append(cells, b.Loads[i].Minutes, b.Loads[i].Used, b.Loads[i].Tasks)
	} else {
		cells = append(cells, nil, nil, nil)
	}
	if i := slices.IndexFunc(credits, func(c task.Credit) bool { return c.Whose == s.Group }); i >= 0 {
		c := &credits[i]
		cells = append(cells, c.Cases, c.Kept, c.Expected, c.Customers, c.Money, c.PerCase, c.PerCaseIn.Low, c.PerCaseIn.High, c.Own, c.Enough, c.Outside95, c.Outside99)
	} else {
		cells = append(cells, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil)
	}
	if i := slices.IndexFunc(b.Rewards, func(r team.Balance) bool { return r.Whose == s.Group }); i >= 0 && colleague == "" {
		r := &b.Rewards[i]
		return append(cells, r.Kept, r.Back, r.Points, r.Amount.Major(), r.Amount.Currency)
	}
	return append(cells, nil, nil, nil, nil, nil)
}
