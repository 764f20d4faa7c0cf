package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"behold"
)

// letterDays is how long is remembered which letters were sent.
const letterDays = 400

// SaveLetter keeps a letter, waiting or with nothing to say, and tells whether it
// is new: there is one per colleague, kind and day, and the first one stands.
func (s *Store) SaveLetter(ctx context.Context, l *behold.Letter) (isNew bool, err error) {
	defer func() { wrap(&err, "keep the %s letter of %v", l.Kind, l.Day) }()
	if _, err := s.db.ExecContext(ctx, query("letter.forget"), (l.Day - letterDays).String()); err != nil {
		return false, err
	}
	err = s.db.QueryRowContext(ctx, query("letter.save"), string(l.Kind), l.Colleague, l.Day.String(), l.Round.String(), l.Language,
		l.Subject, l.Text, l.HTML, string(l.State), timeText(l.Next), timeText(l.Made)).Scan(&l.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// HasLetter says whether there is a letter to a colleague, of a kind and day.
func (s *Store) HasLetter(ctx context.Context, colleague string, kind behold.LetterKind, on behold.Day) (has bool, err error) {
	defer func() { wrap(&err, "look for the %s letter of %v", kind, on) }()
	var n int
	err = s.db.QueryRowContext(ctx, query("letter.has"), colleague, string(kind), on.String()).Scan(&n)
	return n > 0, err
}

// LastTold is the last round that a colleague was written about in letters of a
// kind, NoDay when there was none.
func (s *Store) LastTold(ctx context.Context, colleague string, kind behold.LetterKind) (on behold.Day, err error) {
	defer func() { wrap(&err, "look for the last %s letter", kind) }()
	var last day
	err = s.db.QueryRowContext(ctx, query("letter.told"), colleague, string(kind)).Scan(&last)
	return last.Day, err
}

// ClaimLetter takes the next letter that is due, for as long as held: nobody else
// gets it until then. One whose taker died is due again when that time is over.
// It says no when none is due.
func (s *Store) ClaimLetter(ctx context.Context, now time.Time, held time.Duration) (l behold.Letter, ok bool, err error) {
	defer func() { wrap(&err, "take the next letter") }()
	err = scanLetter(s.db.QueryRowContext(ctx, query("letter.claim"), timeText(now), timeText(now.Add(held))), &l)
	if errors.Is(err, sql.ErrNoRows) {
		return l, false, nil
	}
	return l, err == nil, err
}

// MarkLetter keeps what became of a letter that was taken: its State, Next, Why,
// Answer and Sent.
func (s *Store) MarkLetter(ctx context.Context, l *behold.Letter) (err error) {
	defer func() { wrap(&err, "keep what became of a letter") }()
	var sent any
	if !l.Sent.IsZero() {
		sent = timeText(l.Sent)
	}
	_, err = s.db.ExecContext(ctx, query("letter.mark"), l.ID, string(l.State), timeText(l.Next), l.Why, l.Answer, sent)
	return err
}

// Letters are the latest letters, the last made first, without what they say.
func (s *Store) Letters(ctx context.Context, most int) (list []behold.Letter, err error) {
	defer func() { wrap(&err, "list the letters") }()
	rows, err := s.db.QueryContext(ctx, query("letter.all"), most)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l behold.Letter
		if err := scanLetter(rows, &l); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

func scanLetter(row interface{ Scan(...any) error }, l *behold.Letter) error {
	var on, round day
	var next, made moment
	var sent sql.Null[moment]
	err := row.Scan(&l.ID, &l.Kind, &l.Colleague, &on, &round, &l.Language, &l.Subject, &l.Text, &l.HTML, &l.State, &l.Tries,
		&next, &l.Why, &l.Answer, &made, &sent)
	l.Day, l.Round, l.Next, l.Made, l.Sent = on.Day, round.Day, next.Time, made.Time, sent.V.Time
	return err
}

// LetterChoices are what colleagues chose; who chose nothing is not among them.
func (s *Store) LetterChoices(ctx context.Context) (list []behold.LetterChoice, err error) {
	defer func() { wrap(&err, "read which letters are wanted") }()
	rows, err := s.db.QueryContext(ctx, query("letterchoice.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var c behold.LetterChoice
		var at moment
		if err := rows.Scan(&c.Colleague, &c.Kind, &c.Wanted, &c.Whole, &c.Who, &at); err != nil {
			return nil, err
		}
		c.At = at.Time
		list = append(list, c)
	}
	return list, rows.Err()
}

// SaveLetterChoice keeps what a colleague wants of a kind of letter.
func (s *Store) SaveLetterChoice(ctx context.Context, c behold.LetterChoice) (err error) {
	defer func() { wrap(&err, "keep which letters are wanted") }()
	_, err = s.db.ExecContext(ctx, query("letterchoice.save"), c.Colleague, string(c.Kind), c.Wanted, c.Whole, c.Who, timeText(c.At))
	return err
}

// Secret is 32 random bytes by a name, made when they are first asked for and the
// same ever after.
func (s *Store) Secret(ctx context.Context, name string) (secret []byte, err error) {
	defer func() { wrap(&err, "read the secret %s", name) }()
	fresh := make([]byte, 32)
	rand.Read(fresh)
	if _, err := s.db.ExecContext(ctx, query("secret.save"), name, hex.EncodeToString(fresh)); err != nil {
		return nil, err
	}
	var body string
	if err := s.db.QueryRowContext(ctx, query("secret.get"), name).Scan(&body); err != nil {
		return nil, err
	}
	return hex.DecodeString(body)
}

// LampSummaryBy counts what was lit after the last round of a day or before.
// Without such a round its Day is NoDay.
func (s *Store) LampSummaryBy(ctx context.Context, on behold.Day) (sum behold.LampSummary, err error) {
	defer func() { wrap(&err, "count the lamps lit by %v", on) }()
	kept, err := readSums(ctx, s.db, on)
	if err != nil {
		return sum, err
	}
	return kept.LampSummary, nil
}

// LitSince counts the lamps of the last round that ask for attention and were lit
// after a day.
func (s *Store) LitSince(ctx context.Context, on behold.Day) (n int, err error) {
	defer func() { wrap(&err, "count the lamps lit since %v", on) }()
	err = s.db.QueryRowContext(ctx, query("lamp.since"), on.String()).Scan(&n)
	return n, err
}
