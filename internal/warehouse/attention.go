package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// AttentionSums adds up the attention that customers who are still there were
// given between two days, by everything they are told apart by.
func (w *Warehouse) AttentionSums(ctx context.Context, day, since behold.Day) ([]behold.AttentionSum, error) {
	return again(w, func() ([]behold.AttentionSum, error) { return w.attentionSums(ctx, day, since) }, "attention", day, since)
}

func (w *Warehouse) attentionSums(ctx context.Context, day, since behold.Day) (list []behold.AttentionSum, err error) {
	defer func() { err = wrap(err, "add up the attention as of %v", day) }()
	horizon, err := w.horizonOf(ctx, day)
	if err != nil {
		return nil, err
	}
	err = w.rows(ctx, made("attention.sums", nil), func(rows *sql.Rows) error {
		var a behold.AttentionSum
		err := rows.Scan(&a.By, &a.Group, &a.Customers, &a.Value.Minor, &a.Value.Currency, &a.Contacts, &a.Minutes, &a.Met, &a.MinutesSquared, &a.ValueSquared, &a.Product)
		list = append(list, a)
		return err
	}, day.Time(), horizon, since.Time())
	return list, err
}

// AnswerTimes are how long customers waited for an answer between two days, by team.
func (w *Warehouse) AnswerTimes(ctx context.Context, day, since behold.Day) ([]behold.AnswerTime, error) {
	return again(w, func() ([]behold.AnswerTime, error) { return w.answerTimes(ctx, day, since) }, "answers", day, since)
}

func (w *Warehouse) answerTimes(ctx context.Context, day, since behold.Day) (list []behold.AnswerTime, err error) {
	defer func() { err = wrap(err, "measure how fast customers are answered as of %v", day) }()
	err = w.rows(ctx, made("answer.times", nil), func(rows *sql.Rows) error {
		var a behold.AnswerTime
		err := rows.Scan(&a.Team, &a.Asked, &a.Answered, &a.Hours, &a.Day)
		list = append(list, a)
		return err
	}, day.Time(), since.Time())
	return list, err
}
