package store

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"behold"
)

// SaveDraw keeps a day's lots and the invitations they fell on, and gives those
// their ids. A day has one draw: when it was made before, nothing is changed and
// isNew is false.
func (s *Store) SaveDraw(ctx context.Context, d *behold.SurveyDay, invites []behold.Invite) (isNew bool, err error) {
	defer func() { wrap(&err, "keep whom to ask on %v", d.Day) }()
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query("surveyday.save"), d.Day.String(), strconv.FormatUint(d.Seed, 10), d.AsOf.String(), d.Frame, d.Size, timeText(d.Made))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		isNew = true
		for i := range d.Strata {
			h := &d.Strata[i]
			_, err := tx.ExecContext(ctx, query("surveystratum.save"), d.Day.String(), string(h.Stream), h.Touchpoint, h.Stratum,
				h.Population, h.Eligible, h.Taken, h.Spread, h.Target)
			if err != nil {
				return err
			}
		}
		for i := range invites {
			if err := saveInvite(ctx, tx, &invites[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return isNew && err == nil, err
}

func saveInvite(ctx context.Context, tx *sql.Tx, i *behold.Invite) error {
	return tx.QueryRowContext(ctx, query("invite.save"), i.Day.String(), string(i.Stream), i.Touchpoint, i.About, i.Number, i.Customer,
		behold.CustomerKey(i.Customer), i.Firm, i.Person, i.Address, i.Country, i.Language, i.Stratum, i.Pi, i.Form, strings.Join(i.Items, ","), i.Marketing,
		timeText(i.Next), timeText(i.Made)).Scan(&i.ID)
}

// SurveyDays are the draws of the days from one to another, the first one first.
func (s *Store) SurveyDays(ctx context.Context, from, to behold.Day) (list []behold.SurveyDay, err error) {
	defer func() { wrap(&err, "read whom the lots fell on from %v to %v", from, to) }()
	place := map[behold.Day]int{}
	err = s.each(ctx, "surveyday.of", func(rows *sql.Rows) error {
		var d behold.SurveyDay
		var on, asOf day
		var seed string
		var made moment
		if err := rows.Scan(&on, &seed, &asOf, &d.Frame, &d.Size, &made); err != nil {
			return err
		}
		d.Day, d.AsOf, d.Made = on.Day, asOf.Day, made.Time
		d.Seed, err = strconv.ParseUint(seed, 10, 64)
		place[d.Day] = len(list)
		list = append(list, d)
		return err
	}, since(from), until(to))
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, "surveystratum.of", func(rows *sql.Rows) error {
		var h behold.StratumDraw
		var on day
		if err := rows.Scan(&on, &h.Stream, &h.Touchpoint, &h.Stratum, &h.Population, &h.Eligible, &h.Taken, &h.Spread, &h.Target); err != nil {
			return err
		}
		d := &list[place[on.Day]]
		d.Strata = append(d.Strata, h)
		return nil
	}, since(from), until(to))
	return list, err
}

// Invites are the invitations whose lot was cast on the days from one to another,
// the first one first, with the chance of having been drawn on any of them
// (Window; of other streams than the level it is that of the day).
func (s *Store) Invites(ctx context.Context, from, to behold.Day) (list []behold.Invite, err error) {
	defer func() { wrap(&err, "list who was asked from %v to %v", from, to) }()
	if list, err = s.invites(ctx, from, to, ""); err != nil {
		return nil, err
	}
	days, err := s.SurveyDays(ctx, from, to)
	chances := map[string]float64{}
	for i := range list {
		v := &list[i]
		if v.Window = v.Pi; v.Stream != behold.StreamLevel {
			continue
		}
		if _, known := chances[v.Stratum]; !known {
			chances[v.Stratum] = behold.WindowChance(days, v.Stratum)
		}
		v.Window = max(v.Pi, chances[v.Stratum])
	}
	return list, err
}

// InvitesOf are all invitations of a customer, the first one first.
func (s *Store) InvitesOf(ctx context.Context, customer string) (list []behold.Invite, err error) {
	defer func() { wrap(&err, "list how often the customer was asked") }()
	return s.invites(ctx, behold.NoDay, behold.NoDay, behold.CustomerKey(customer))
}

func (s *Store) invites(ctx context.Context, from, to behold.Day, key string) (list []behold.Invite, err error) {
	err = s.each(ctx, "invite.of", func(rows *sql.Rows) error {
		var i behold.Invite
		if err := scanInvite(rows, &i); err != nil {
			return err
		}
		list = append(list, i)
		return nil
	}, since(from), until(to), key)
	return list, err
}

// each asks a query and hands over its rows.
func (s *Store) each(ctx context.Context, name string, row func(*sql.Rows) error, args ...any) error {
	rows, err := s.db.QueryContext(ctx, query(name), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// since is the least text of a day for a query that begins there.
func since(d behold.Day) string { return d.String() }

func scanInvite(row interface{ Scan(...any) error }, i *behold.Invite) error {
	var on, last, answered day
	var items string
	var next, made moment
	var sent, reminded, finished sql.Null[moment]
	err := row.Scan(&i.ID, &on, &i.Stream, &i.Touchpoint, &i.About, &i.Number, &i.Customer, &i.Firm, &i.Person, &i.Address, &i.Country, &i.Language,
		&i.Stratum, &i.Pi, &i.Form, &items, &i.Marketing, &i.State, &i.Tries, &next, &i.Why, &i.Said, &made, &sent, &reminded, &last, &answered, &finished)
	if items != "" {
		i.Items = strings.Split(items, ",")
	}
	i.Day, i.Until, i.Answered = on.Day, last.Day, answered.Day
	i.Next, i.Made, i.Sent, i.Reminded, i.Finished = next.Time, made.Time, sent.V.Time, reminded.V.Time, finished.V.Time
	return err
}

// ClaimInvite takes the invitation that is due, for its letter (InviteLeaves) or
// its reminder (InviteReminds), for as long as held: nobody else gets it until
// then. One that was answered is never due. It says no when none is.
func (s *Store) ClaimInvite(ctx context.Context, now time.Time, held time.Duration) (i behold.Invite, ok bool, err error) {
	defer func() { wrap(&err, "take the next invitation") }()
	err = scanInvite(s.db.QueryRowContext(ctx, query("invite.claim"), timeText(now), timeText(now.Add(held))), &i)
	if errors.Is(err, sql.ErrNoRows) {
		return i, false, nil
	}
	return i, err == nil, err
}

// MarkInvite keeps what became of an invitation that was taken: its State, Tries,
// Next, Why, Said, Sent, Reminded and Until.
func (s *Store) MarkInvite(ctx context.Context, i *behold.Invite) (err error) {
	defer func() { wrap(&err, "keep what became of an invitation") }()
	_, err = s.db.ExecContext(ctx, query("invite.mark"), i.ID, string(i.State), i.Tries, timeText(i.Next), i.Why, i.Said,
		maybeTime(i.Sent), maybeTime(i.Reminded), dayText(i.Until))
	return err
}

func maybeTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return timeText(t)
}

// LinkInvite lets an address, of which only the mark is known here, lead to an
// invitation. An invitation may have several.
func (s *Store) LinkInvite(ctx context.Context, mark string, invite int64) (err error) {
	defer func() { wrap(&err, "keep the mark of an address") }()
	_, err = s.db.ExecContext(ctx, query("invite.link"), mark, invite)
	return err
}

// InviteOf is the invitation that an address leads to; NotFound when there is none.
func (s *Store) InviteOf(ctx context.Context, mark string) (i behold.Invite, err error) {
	defer func() { wrap(&err, "look for an invitation") }()
	err = scanInvite(s.db.QueryRowContext(ctx, query("invite.get"), mark), &i)
	if errors.Is(err, sql.ErrNoRows) {
		err = &behold.Error{Kind: behold.NotFound, Code: "survey_address", Say: "this address asks nobody anything", Hint: "open it from the letter itself, whole"}
	}
	return i, err
}

// SaveReplies keeps what was answered to an invitation, item by item: what is
// answered again takes the place of what was. A finish that is not zero ends the
// form; it is noted once.
func (s *Store) SaveReplies(ctx context.Context, invite int64, replies []behold.Reply, at, finish time.Time) (err error) {
	defer func() { wrap(&err, "keep answers") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		for i := range replies {
			r := &replies[i]
			_, err := tx.ExecContext(ctx, query("reply.save"), invite, r.Item, maybeNumber(r.Value), maybeNumber(r.Scale), r.Text, r.Form, timeText(at))
			if err != nil {
				return err
			}
		}
		if len(replies) == 0 && finish.IsZero() {
			return nil
		}
		_, err := tx.ExecContext(ctx, query("invite.answer"), invite, localDay(at).String(), maybeTime(finish))
		return err
	})
}

func maybeNumber(v float64) any {
	if math.IsNaN(v) {
		return nil
	}
	return v
}

// Replies are what was answered to the invitations from one id to another, in
// their order.
func (s *Store) Replies(ctx context.Context, from, to int64) (list []behold.Reply, err error) {
	defer func() { wrap(&err, "read answers") }()
	err = s.each(ctx, "reply.of", func(rows *sql.Rows) error {
		var r behold.Reply
		var value, scale sql.Null[float64]
		var at moment
		if err := rows.Scan(&r.Invite, &r.Item, &value, &scale, &r.Text, &r.Form, &at); err != nil {
			return err
		}
		r.Value, r.Scale, r.At = number(value), number(scale), at.Time
		list = append(list, r)
		return nil
	}, from, to)
	return list, err
}

func number(v sql.Null[float64]) float64 {
	if !v.Valid {
		return math.NaN()
	}
	return v.V
}

// SurveyBook is how much was ever replied, and how many invitations had run out
// unanswered on a day. Both only grow.
func (s *Store) SurveyBook(ctx context.Context, on behold.Day) (replies, unanswered int64, err error) {
	defer func() { wrap(&err, "count answers") }()
	err = s.db.QueryRowContext(ctx, query("reply.size"), on.String()).Scan(&replies, &unanswered)
	return replies, unanswered, err
}

// LastReply is the day of the last answer; NoDay when there is none.
func (s *Store) LastReply(ctx context.Context) (on behold.Day, err error) {
	defer func() { wrap(&err, "look for the last answer") }()
	var last sql.Null[moment]
	if err := s.db.QueryRowContext(ctx, query("reply.last")).Scan(&last); err != nil || !last.Valid {
		return behold.NoDay, err
	}
	return localDay(last.V.Time), nil
}

// StopSurveys notes that a customer, at an address, wants no more surveys, and
// stops what still waits to be sent there.
func (s *Store) StopSurveys(ctx context.Context, customer, address string, at time.Time) (err error) {
	defer func() { wrap(&err, "keep that a customer wants no surveys") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		key := behold.CustomerKey(customer)
		if _, err := tx.ExecContext(ctx, query("surveystop.save"), key, address, timeText(at)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, query("surveystop.letters"), key, address)
		return err
	})
}

// SurveyStops are all who want no more surveys.
func (s *Store) SurveyStops(ctx context.Context) (list []behold.SurveyStop, err error) {
	defer func() { wrap(&err, "read who wants no surveys") }()
	err = s.each(ctx, "surveystop.all", func(rows *sql.Rows) error {
		var one behold.SurveyStop
		err := rows.Scan(&one.Customer, &one.Address)
		list = append(list, one)
		return err
	})
	return list, err
}
