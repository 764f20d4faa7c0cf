package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"behold"
)

// Password is the hash of a colleague's password; "" when nobody has the e-mail,
// they left, or none was chosen yet.
func (s *Store) Password(ctx context.Context, email string) (hash string, err error) {
	defer func() { wrap(&err, "read a password") }()
	err = s.db.QueryRowContext(ctx, query("password.get"), strings.ToLower(email)).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return hash, err
}

// SavePassword keeps the hash of a new password, ends all sessions of the
// colleague and voids their links. It is NotFound when nobody has the e-mail.
func (s *Store) SavePassword(ctx context.Context, email, hash string, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep a password") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		c, err := readColleague(ctx, tx, email)
		if err != nil {
			return err
		}
		return savePassword(ctx, tx, c.Email, hash, by)
	})
}

func savePassword(ctx context.Context, tx *sql.Tx, email, hash string, by behold.Change) error {
	if _, err := tx.ExecContext(ctx, query("password.save"), email, hash); err != nil {
		return err
	}
	if err := shutOut(ctx, tx, email); err != nil {
		return err
	}
	by.What, by.About = behold.ChangedPassword, email
	return saveChange(ctx, tx, &by)
}

// Invite keeps the mark of a link by which a colleague may choose a password
// until some time. A link they had before is void.
func (s *Store) Invite(ctx context.Context, email, mark string, until time.Time, by behold.Change) (err error) {
	defer func() { wrap(&err, "keep a link") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		c, err := readColleague(ctx, tx, email)
		if err != nil {
			return err
		}
		if c.Left {
			return &behold.Error{Kind: behold.Conflict, Say: c.Email + " works here no more", Hint: "take that back first", Code: "colleague_gone"}
		}
		if _, err := tx.ExecContext(ctx, query("invitation.save"), c.Email, mark, timeText(until)); err != nil {
			return err
		}
		by.What, by.About = behold.Invited, c.Email
		return saveChange(ctx, tx, &by)
	})
}

// Invitation is whom a link is for; NotFound when it was used, has expired at
// now, or never was.
func (s *Store) Invitation(ctx context.Context, mark string, now time.Time) (c behold.Colleague, err error) {
	defer func() { wrap(&err, "read a link") }()
	return readInvitation(ctx, s.db, mark, now)
}

func readInvitation(ctx context.Context, from asker, mark string, now time.Time) (behold.Colleague, error) {
	c, err := scanColleague(from.QueryRowContext(ctx, query("invitation.get"), mark, timeText(now)))
	if errors.Is(err, sql.ErrNoRows) {
		return c, &behold.Error{Kind: behold.NotFound, Say: "this link does not work any more", Hint: "ask for a new one", Code: "link_gone"}
	}
	return c, err
}

// UseInvitation keeps the hash of the password that was chosen by a link, which
// works no more then. By says when.
func (s *Store) UseInvitation(ctx context.Context, mark, hash string, by behold.Change) (c behold.Colleague, err error) {
	defer func() { wrap(&err, "use a link") }()
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		if c, err = readInvitation(ctx, tx, mark, by.At); err != nil {
			return err
		}
		by.Who = c.Email
		return savePassword(ctx, tx, c.Email, hash, by)
	})
	return c, err
}

// Session is what is kept of the session with a mark; false when there is none,
// or it has expired at now.
func (s *Store) Session(ctx context.Context, mark string, now time.Time) (body []byte, found bool, err error) {
	defer func() { wrap(&err, "read a session") }()
	var text string
	err = s.db.QueryRowContext(ctx, query("session.get"), mark, timeText(now)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return []byte(text), err == nil, err
}

// SaveSession keeps a session.
func (s *Store) SaveSession(ctx context.Context, mark, email string, body []byte, until time.Time) (err error) {
	defer func() { wrap(&err, "keep a session") }()
	_, err = s.db.ExecContext(ctx, query("session.save"), mark, email, string(body), timeText(until))
	return err
}

// EndSession ends the session with a mark, if there is one, and forgets all that
// had expired at now.
func (s *Store) EndSession(ctx context.Context, mark string, now time.Time) (err error) {
	defer func() { wrap(&err, "end a session") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, query("session.end"), mark); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, query("session.sweep"), timeText(now))
		return err
	})
}
