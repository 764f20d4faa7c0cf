package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"behold"
)

// SaveAsked keeps draws of the past and what became of their invitations, as an
// invented shop has them. A day that has a draw stays as it is.
func (s *Store) SaveAsked(ctx context.Context, days []behold.SurveyDay, invites map[behold.Day][]behold.Invite) (err error) {
	defer func() { wrap(&err, "keep whom a shop asked") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		for i := range days {
			d := &days[i]
			done, err := tx.ExecContext(ctx, query("surveyday.save"), d.Day.String(), strconv.FormatUint(d.Seed, 10), d.AsOf.String(), d.Frame, d.Size, timeText(d.Made))
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err != nil {
				return err
			} else if n == 0 {
				continue
			}
			for k := range d.Strata {
				h := &d.Strata[k]
				_, err := tx.ExecContext(ctx, query("surveystratum.save"), d.Day.String(), string(h.Stream), h.Touchpoint, h.Stratum, h.Population, h.Eligible, h.Taken, h.Spread, h.Target)
				if err != nil {
					return err
				}
			}
			for k := range invites[d.Day] {
				if err := savePast(ctx, tx, &invites[d.Day][k]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func savePast(ctx context.Context, tx *sql.Tx, v *behold.Invite) error {
	_, err := tx.ExecContext(ctx, query("invite.past"), v.Day.String(), string(v.Stream), v.Touchpoint, v.About, v.Number, v.Customer,
		behold.CustomerKey(v.Customer), v.Firm, v.Person, v.Address, v.Country, v.Language, v.Stratum, v.Pi, v.Form, strings.Join(v.Items, ","), v.Marketing,
		string(v.State), timeText(v.Next), v.Why, v.Said, timeText(v.Made), maybeTime(v.Sent), maybeTime(v.Reminded), dayText(v.Until), dayText(v.Answered), maybeTime(v.Finished))
	return err
}
