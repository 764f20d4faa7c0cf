package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"behold"
)

// Colleagues are all who work here, and then those who did.
func (s *Store) Colleagues(ctx context.Context) (list []behold.Colleague, err error) {
	defer func() { wrap(&err, "read the colleagues") }()
	rows, err := s.db.QueryContext(ctx, query("colleague.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanColleague(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// Colleague is the one with an e-mail, whoever left included; NotFound when
// nobody has it.
func (s *Store) Colleague(ctx context.Context, email string) (c behold.Colleague, err error) {
	defer func() { wrap(&err, "read a colleague") }()
	return readColleague(ctx, s.db, email)
}

func readColleague(ctx context.Context, from asker, email string) (behold.Colleague, error) {
	c, err := scanColleague(from.QueryRowContext(ctx, query("colleague.get"), strings.ToLower(email)))
	if errors.Is(err, sql.ErrNoRows) {
		return c, &behold.Error{Kind: behold.NotFound, Say: "no colleague has the e-mail " + email, Hint: "behold colleague list names them", Code: "no_colleague"}
	}
	return c, err
}

func scanColleague(row interface{ Scan(...any) error }) (c behold.Colleague, err error) {
	err = row.Scan(&c.Email, &c.Name, &c.Team, &c.Role, &c.Language, &c.Hours, &c.Left)
	return c, err
}

// HasOwner says whether there is an owner who has not left.
func (s *Store) HasOwner(ctx context.Context) (has bool, err error) {
	defer func() { wrap(&err, "look for an owner") }()
	n, err := owners(ctx, s.db)
	return n > 0, err
}

func owners(ctx context.Context, from asker) (n int, err error) {
	err = from.QueryRowContext(ctx, query("colleague.owners")).Scan(&n)
	return n, err
}

// AddColleague adds one who may come in; the password's hash is "" until they
// choose one. One with that e-mail, who may have left, is a Conflict. By says who
// adds them, and when.
func (s *Store) AddColleague(ctx context.Context, c behold.Colleague, hash string, by behold.Change) (err error) {
	defer func() { wrap(&err, "add a colleague") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error { return addColleague(ctx, tx, c, hash, by) })
}

func addColleague(ctx context.Context, tx *sql.Tx, c behold.Colleague, hash string, by behold.Change) error {
	c.Email = strings.ToLower(c.Email)
	if _, err := readColleague(ctx, tx, c.Email); behold.KindOf(err) != behold.NotFound {
		if err == nil {
			err = &behold.Error{Kind: behold.Conflict, Say: c.Email + " is a colleague already", Hint: "give them another role, or a new link", Code: "colleague_there"}
		}
		return err
	}
	_, err := tx.ExecContext(ctx, query("colleague.add"), c.Email, c.Name, c.Team, string(c.Role), c.Language, c.Hours, c.Left, hash)
	if err != nil {
		return err
	}
	by.What, by.About = behold.ColleagueAdded, c.Email
	if _, by.After, err = differing(behold.Colleague{}, c); err != nil {
		return err
	}
	return saveChange(ctx, tx, &by)
}

// AddOwner adds the first owner and keeps the company's first settings with
// them. It is a Conflict when there is an owner already.
func (s *Store) AddOwner(ctx context.Context, c behold.Colleague, hash string, set behold.Settings, by behold.Change) (err error) {
	defer func() { wrap(&err, "add the owner") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		if n, err := owners(ctx, tx); err != nil || n > 0 {
			if err == nil {
				err = &behold.Error{Kind: behold.Conflict, Say: "there is an owner already", Hint: "sign in, or ask them for a link", Code: "owner_there"}
			}
			return err
		}
		c.Role, c.Left = behold.Owner, false
		if err := addColleague(ctx, tx, c, hash, by); err != nil {
			return err
		}
		return saveSettings(ctx, tx, set, by)
	})
}

// SaveColleague changes what is known of a colleague; edit gets them as they are
// now. The last owner stays one: else it is a Conflict. Who leaves is signed out
// everywhere, and their links are void. It gives the colleague as they are then.
func (s *Store) SaveColleague(ctx context.Context, email string, edit func(*behold.Colleague), by behold.Change) (c behold.Colleague, err error) {
	defer func() { wrap(&err, "change a colleague") }()
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		was, err := readColleague(ctx, tx, email)
		if err != nil {
			return err
		}
		c = was
		edit(&c)
		c.Email = was.Email
		if c == was {
			return nil
		}
		return saveColleague(ctx, tx, was, c, by)
	})
	return c, err
}

func saveColleague(ctx context.Context, tx *sql.Tx, was, c behold.Colleague, by behold.Change) (err error) {
	_, err = tx.ExecContext(ctx, query("colleague.save"), c.Email, c.Name, c.Team, string(c.Role), c.Language, c.Hours, c.Left)
	if err != nil {
		return err
	}
	if n, err := owners(ctx, tx); err != nil || n == 0 && was.Role == behold.Owner && !was.Left {
		if err == nil {
			err = &behold.Error{Kind: behold.Conflict, Say: "this is the last owner", Hint: "make somebody else an owner first", Code: "last_owner"}
		}
		return err
	}
	if c.Left {
		if err := shutOut(ctx, tx, c.Email); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, query("calendar.remove"), c.Email); err != nil {
			return err
		}
	}
	by.What, by.About = changeOf(was, c), c.Email
	if by.Before, by.After, err = differing(was, c); err != nil {
		return err
	}
	return saveChange(ctx, tx, &by)
}

func changeOf(was, is behold.Colleague) behold.ChangeKind {
	switch {
	case is.Left && !was.Left:
		return behold.ColleagueGone
	case was.Left && !is.Left:
		return behold.ColleagueBack
	case was.Role != is.Role:
		return behold.ChangedRole
	}
	return behold.ChangedColleague
}

// shutOut ends all sessions and links of a colleague.
func shutOut(ctx context.Context, tx *sql.Tx, email string) error {
	for _, name := range []string{"session.endall", "invitation.end"} {
		if _, err := tx.ExecContext(ctx, query(name), email); err != nil {
			return err
		}
	}
	return nil
}

// inTransaction does all of it or nothing.
func (s *Store) inTransaction(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
