package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"behold"
)

// PostRewards appends lines to the ledger, all of them or none, and gives how
// many were new: what a line is for is posted once, however often it is sent.
func (s *Store) PostRewards(ctx context.Context, lines []behold.Reward) (posted int, err error) {
	defer func() { wrap(&err, "post %d lines of the ledger", len(lines)) }()
	if len(lines) == 0 {
		return 0, nil
	}
	err = s.inTransaction(ctx, func(tx *sql.Tx) error {
		var last int64
		if err := tx.QueryRowContext(ctx, query("reward.last")).Scan(&last); err != nil {
			return err
		}
		for i := range lines {
			r := lines[i]
			r.ID = last + 1
			body, err := json.Marshal(r)
			if err != nil {
				return err
			}
			done, err := tx.ExecContext(ctx, query("reward.save"), r.ID, r.Key, r.Day.String(), behold.CustomerKey(r.Customer), r.Colleague, string(body))
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil {
				return err
			} else if n > 0 {
				last, posted = r.ID, posted+1
			}
		}
		return nil
	})
	return posted, err
}

// Rewards are the lines of the ledger, in the order of writing.
func (s *Store) Rewards(ctx context.Context, q behold.RewardQuery) (list []behold.Reward, err error) {
	defer func() { wrap(&err, "read the ledger") }()
	rows, err := s.db.QueryContext(ctx, query("reward.all"), dayText(q.Since), behold.ColleagueKey(q.Colleague))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		var r behold.Reward
		if err := json.Unmarshal([]byte(body), &r); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// RiskAt is what was at risk with a customer on a day, by the last round until then
// that had a lamp of theirs; false when none had.
func (s *Store) RiskAt(ctx context.Context, customer string, on behold.Day) (c behold.LampCard, found bool, err error) {
	defer func() { wrap(&err, "read what was at risk") }()
	err = s.db.QueryRowContext(ctx, query("lamp.risk"), behold.CustomerKey(customer), on.String()).
		Scan(&c.ID, &c.Name, &c.ChanceLeave, &c.MoneyAtRisk.Minor, &c.MoneyAtRisk.Currency)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	return c, err == nil, err
}
