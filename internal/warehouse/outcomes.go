package warehouse

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"behold"
)

// Outcomes are what came of episodes, as known on a day, in any order: what
// happened after the day on which each began, until the day on which it ended; the
// margin until behold.MarginDays after it began. What has not ended yet by the day
// is not read. Amounts are in one currency; lines in another do not count. Of a
// customer whose import was taken back nothing comes.
func (w *Warehouse) Outcomes(ctx context.Context, day behold.Day, currency string, episodes []behold.Episode) (list []behold.Outcome, err error) {
	defer func() { err = wrap(err, "read what came of %d episodes by %v", len(episodes), day) }()
	if len(episodes) == 0 {
		return nil, nil
	}
	type start struct {
		key    string
		begins behold.Day
	}
	asked := map[start]behold.Episode{}
	var keys, begins, ends []string
	for _, e := range episodes {
		key := behold.CustomerKey(e.ID)
		asked[start{key, e.Begins}] = e
		keys, begins, ends = append(keys, key), append(begins, e.Begins.String()), append(ends, e.Ends.String())
	}
	err = w.rows(ctx, made("outcome.of", nil), func(rows *sql.Rows) error {
		var s start
		var began time.Time
		var o behold.Outcome
		if err := rows.Scan(&s.key, &began, &o.Kept, &o.Spoken, &o.Complained, &o.Unwanted, &o.Objected, &o.Minutes, &o.Discount.Minor, &o.Margin.Minor); err != nil {
			return err
		}
		s.begins = behold.DayOf(began)
		o.Episode, o.Discount.Currency, o.Margin.Currency = asked[s], currency, currency
		o.Read, o.MarginRead = behold.NoDay, behold.NoDay
		if o.Ends <= day {
			o.Read = day
		}
		if o.Begins+behold.MarginDays <= day {
			o.MarginRead = day
		}
		list = append(list, o)
		return nil
	}, day.Time(), strings.Join(keys, "\x1f"), strings.Join(begins, ","), strings.Join(ends, ","), currency, behold.MarginDays)
	return list, err
}
