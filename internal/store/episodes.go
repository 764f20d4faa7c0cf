package store

import (
	"context"
	"database/sql"
	"fmt"

	"behold"
)

// saveEpisodes begins the episodes of a round, and fills in what came of those
// that it read. An episode that is there stays as it is, whatever round is walked
// again; nobody has two at a time.
func saveEpisodes(ctx context.Context, tx *sql.Tx, r *behold.Round) error {
	for i := range r.Begun {
		if err := saveEpisode(ctx, tx, r.Day, &r.Begun[i]); err != nil {
			return fmt.Errorf("begin the episode of customer %d: %w", r.Begun[i].Customer, err)
		}
	}
	for i := range r.Ended {
		if err := saveOutcome(ctx, tx, &r.Ended[i]); err != nil {
			return fmt.Errorf("end the episode of customer %d: %w", r.Ended[i].Customer, err)
		}
	}
	return nil
}

func saveEpisode(ctx context.Context, tx *sql.Tx, round behold.Day, e *behold.Episode) error {
	_, err := tx.ExecContext(ctx, query("episode.save"), behold.CustomerKey(e.ID), e.Begins.String(), e.Ends.String(), round.String(), e.Customer, e.ID,
		e.Held, e.Share, e.Tier, e.Risk, e.Leave, e.Active, e.Residual, string(e.Reason), string(e.Action), behold.ColleagueKey(e.Owner))
	return err
}

func saveOutcome(ctx context.Context, tx *sql.Tx, o *behold.Outcome) error {
	key, begins := behold.CustomerKey(o.ID), o.Begins.String()
	if o.Read.Known() {
		_, err := tx.ExecContext(ctx, query("episode.read"), key, begins, o.Read.String(), o.Kept, o.Spoken, o.Complained, o.Unwanted, o.Discount.Minor, o.Discount.Currency, o.Objected, o.Minutes)
		if err != nil {
			return err
		}
	}
	if !o.MarginRead.Known() {
		return nil
	}
	_, err := tx.ExecContext(ctx, query("episode.margin"), key, begins, o.MarginRead.String(), o.Margin.Minor, o.Margin.Currency)
	return err
}

// Episodes are all that ever began, with what came of them, in the order of
// assignment. They are for the sums: who is held out must never be shown.
func (s *Store) Episodes(ctx context.Context) (list []behold.Outcome, err error) {
	defer func() { wrap(&err, "read the episodes") }()
	rows, err := s.db.QueryContext(ctx, query("episode.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var o behold.Outcome
		var begins, ends, read, margin day
		err := rows.Scan(&o.Customer, &o.ID, &begins, &ends, &o.Held, &o.Share, &o.Tier, &o.Risk, &o.Leave, &o.Active, &o.Residual, &o.Reason, &o.Action, &o.Owner,
			&read, &o.Kept, &o.Spoken, &o.Complained, &o.Unwanted, &o.Objected, &o.Minutes, &o.Discount.Minor, &margin, &o.Margin.Minor, &o.Margin.Currency)
		if err != nil {
			return nil, err
		}
		o.Begins, o.Ends, o.Read, o.MarginRead, o.Discount.Currency = begins.Day, ends.Day, read.Day, margin.Day, o.Margin.Currency
		list = append(list, o)
	}
	return list, rows.Err()
}
