package warehouse

import (
	"context"
	"database/sql"
	"strconv"

	"behold"
)

// Remarks are what customers wrote in tickets, contacts and answers from a day on,
// as known on day. When there are more than most, a lot of the seed decides which:
// each has the same chance.
func (w *Warehouse) Remarks(ctx context.Context, day, from behold.Day, most int, seed uint64) (list []behold.RemarkText, err error) {
	defer func() { err = wrap(err, "list what customers wrote as of %v", day) }()
	return w.remarks(ctx, "remark.recent", day.Time(), from.Time(), most, strconv.FormatUint(seed, 10))
}

// Remark is what one row says, as known on day; NotFound when it says nothing, or
// is another customer's.
func (w *Warehouse) Remark(ctx context.Context, day behold.Day, key behold.RemarkKey) (r behold.RemarkText, err error) {
	defer func() { err = wrap(err, "look up what a customer wrote") }()
	list, err := w.remarks(ctx, "remark.one", until(day), string(key.Table), key.Row, behold.CustomerKey(key.Customer))
	if err != nil {
		return r, err
	}
	if len(list) == 0 {
		return r, &behold.Error{Kind: behold.NotFound, Code: "no_remark", Say: "there is no such text", Hint: "was the import it came with undone?"}
	}
	return list[0], nil
}

func (w *Warehouse) remarks(ctx context.Context, name string, asked ...any) (list []behold.RemarkText, err error) {
	err = w.rows(ctx, made(name, nil), func(rows *sql.Rows) error {
		var r behold.RemarkText
		err := rows.Scan(&r.Customer, &r.Name, &r.Table, &r.Row, &r.At, &r.Language, &r.Body)
		list = append(list, r)
		return err
	}, asked...)
	return list, err
}
