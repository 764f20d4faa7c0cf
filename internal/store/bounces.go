package store

import (
	"context"
	"database/sql"
	"errors"

	"behold"
)

// SaveBounce notes that letters do not arrive at an address, gives up the letter
// that came back and stops what still waits to be sent there. Told again it changes
// nothing, and isNew is false.
func (s *Store) SaveBounce(ctx context.Context, b *behold.Bounce) (isNew bool, err error) {
	defer func() { wrap(&err, "keep that a letter came back") }()
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, query("bounce.save"), b.Address, behold.CustomerKey(b.Customer), b.Customer, b.Person, b.Invite, b.Said, timeText(b.At))
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		if isNew = n > 0; err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, query("invite.bounced"), b.Address, b.Said, b.Invite)
		return err
	})
	return isNew && err == nil, err
}

// Bounces are the addresses at which letters do not arrive.
func (s *Store) Bounces(ctx context.Context) (list []behold.Bounce, err error) {
	defer func() { wrap(&err, "read at which addresses letters do not arrive") }()
	err = s.each(ctx, "bounce.all", func(rows *sql.Rows) error {
		var b behold.Bounce
		var at moment
		err := rows.Scan(&b.Address, &b.Customer, &b.Person, &b.Invite, &b.Said, &at)
		b.At = at.Time
		list = append(list, b)
		return err
	})
	return list, err
}

// InviteByID is an invitation by its number; NotFound when there is none.
func (s *Store) InviteByID(ctx context.Context, id int64) (i behold.Invite, err error) {
	defer func() { wrap(&err, "look for an invitation") }()
	err = scanInvite(s.db.QueryRowContext(ctx, query("invite.byid"), id), &i)
	if errors.Is(err, sql.ErrNoRows) {
		err = &behold.Error{Kind: behold.NotFound, Code: "survey_address", Say: "there is no such invitation"}
	}
	return i, err
}
