package store

import (
	"context"
	"database/sql"
	"encoding/json"

	"behold"
)

// LightNow adds a lamp to those that are lit after the last round, so that whoever
// meets the customer before the next one knows. Where the customer has a lamp of
// the kind already, that one stays, with its state; its evidence becomes the card's
// where replaces says so. Nothing happens without a round, or twice.
func (s *Store) LightNow(ctx context.Context, c *behold.LampCard, replaces func(*behold.Lamp) bool) (err error) {
	defer func() { wrap(&err, "light a lamp before the next round") }()
	return s.betweenRounds(ctx, c.ID, c.Kind, func(tx *sql.Tx, on behold.Day, lit []behold.LampCard) (int64, error) {
		if len(lit) == 0 {
			insert, err := tx.PrepareContext(ctx, query("lamp.save"))
			if err != nil {
				return 0, err
			}
			defer insert.Close()
			return 1, saveLamp(ctx, insert, on, &c.Lamp, c)
		}
		if !replaces(&lit[0].Lamp) {
			return 0, nil
		}
		evidence, err := json.Marshal(c.Evidence)
		if err != nil {
			return 0, err
		}
		_, err = tx.ExecContext(ctx, query("lamp.tell"), on.String(), behold.CustomerKey(c.ID), string(c.Kind), string(evidence))
		return 0, err
	})
}

// PutOutNow takes a lamp away that burns on what was taken back since, as if it
// had never been lit: of a kind, where which says that it is that one.
func (s *Store) PutOutNow(ctx context.Context, customer string, kind behold.LampKind, which func(*behold.Lamp) bool) (err error) {
	defer func() { wrap(&err, "put a lamp out before the next round") }()
	return s.betweenRounds(ctx, customer, kind, func(tx *sql.Tx, on behold.Day, lit []behold.LampCard) (int64, error) {
		if len(lit) == 0 || !which(&lit[0].Lamp) {
			return 0, nil
		}
		_, err := tx.ExecContext(ctx, query("lamp.putout"), on.String(), behold.CustomerKey(customer), string(kind))
		return 1, err
	})
}

// betweenRounds changes a customer's lamps of a kind that are lit after the last
// round, and the sums with them; change tells how many it lit or put out.
func (s *Store) betweenRounds(ctx context.Context, customer string, kind behold.LampKind, change func(*sql.Tx, behold.Day, []behold.LampCard) (int64, error)) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	sum, err := readSums(ctx, tx, behold.NoDay)
	if err != nil || !sum.Day.Known() {
		return err
	}
	page, err := sortOf(behold.Slice{})
	if err != nil {
		return err
	}
	all, args := narrowed(page, asked(sum.Day, behold.LampQuery{ID: customer, Kind: kind, Held: true}))
	lit, err := readCards(ctx, tx, all, append(args, 1, 0)...)
	if err != nil {
		return err
	}
	_, err = sum.recount(ctx, tx, behold.CustomerKey(customer), func() (int64, error) { return change(tx, sum.Day, lit) })
	if err != nil {
		return err
	}
	return tx.Commit()
}
