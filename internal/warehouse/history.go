package warehouse

import (
	"context"
	"database/sql"
	"maps"
	"slices"

	"behold"
)

// facts are what must be known of all lines before some are read.
type facts struct {
	currency   string // the most frequent
	foreign    int64  // lines in another
	lines      int64
	cost       bool
	recorded   bool // some line was recorded at another time than it happened
	categories bool
	products   bool
}

// Histories reads the purchase histories of a part of the customers as they
// were known at the end of a day: no row that happened or was recorded later.
//
// A line without recorded_at counts as known when it happened. A changed line
// counts as it was before only when the change says when it was recorded;
// otherwise the change counts from the start.
//
// An order is a purchase of its day when its lines of that day sum to more than
// 0. Amounts are those in the most frequent currency; lines in another count
// for orders and goods only (see Foreign). A line without cost costs nothing.
//
// Kinds has the categories, or the products, or nothing: see KindsBy. The
// Histories of all parts together are the same for any number of parts.
func (w *Warehouse) Histories(ctx context.Context, day behold.Day, part behold.Part) (h *behold.Histories, err error) {
	defer func() { err = wrap(err, "read the histories as of %v", day) }()
	writes := w.writes.Load()
	f, err := w.facts(ctx, day)
	if err != nil {
		return nil, err
	}
	rows, err := w.readRows(ctx, day, part, f)
	if err != nil {
		return nil, err
	}
	by := []level{byCategory, byProduct, byNothing}
	if !part.Whole() {
		only, err := w.levelOf(ctx, day)
		if err != nil {
			return nil, err
		}
		by = []level{only}
	}
	h, split := fold(rows, foldOptions{day: day, facts: f, levels: by})
	if part.Whole() {
		counts := countDays(h)
		w.remember(day, writes, func(m *memo) { m.counts, m.level = counts, &split })
	}
	return h, nil
}

// facts asks once over all lines.
func (w *Warehouse) facts(ctx context.Context, day behold.Day) (f facts, err error) {
	var foreign, costs, late int64
	err = w.db.QueryRowContext(ctx, query("line.facts"), day.Time()).Scan(&costs, &late, &f.categories, &f.products, &f.lines)
	if err != nil {
		return f, err
	}
	f.cost, f.recorded = costs > 0, late > 0
	err = w.rows(ctx, query("line.currencies"), func(rows *sql.Rows) error {
		var code string
		var n int64
		if err := rows.Scan(&code, &n); err != nil {
			return err
		}
		if f.currency == "" {
			f.currency = code
		} else {
			foreign += n
		}
		return nil
	}, day.Time())
	f.foreign = foreign
	return f, err
}

// Foreign counts the lines up to day whose amounts are left out because they
// are in another currency than most.
func (w *Warehouse) Foreign(ctx context.Context, day behold.Day) (int64, error) {
	f, err := w.facts(ctx, day)
	return f.foreign, wrap(err, "count the lines in other currencies")
}

// stretch is how many rows of the table are read at once: what the engine has
// found waits in memory until all of it is found. It is a whole number of the
// engine's row groups.
const stretch = 32 * 122_880

// readRows scans the lines of a part, in no order, all as of one moment.
func (w *Warehouse) readRows(ctx context.Context, day behold.Day, part behold.Part, f facts) (r *rowsOf, err error) {
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "begin transaction"); err != nil {
		return nil, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "rollback") // nothing was written
	var most int64
	var top sql.NullInt32
	var last sql.NullInt64
	if err := conn.QueryRowContext(ctx, query("line.size"), max(part.Of, 1), part.Index).Scan(&most, &top, &last); err != nil {
		return nil, err
	}
	r = newRows(most, int(top.Int32)+1, f)
	for from := int64(0); from <= last.Int64; from += stretch {
		err := scanOn(ctx, conn, query("history.lines"), func(b *block) error {
			r.add(b)
			return nil
		}, day.Time(), f.currency, max(part.Of, 1), part.Index, from, from+stretch)
		if err != nil {
			return nil, err
		}
	}
	return r, nil
}

// A level is what Kinds are split by.
type level int

const (
	byNothing level = iota
	byCategory
	byProduct
)

func (l level) String() string { return [...]string{"", "category", "product"}[l] }

// KindsBy tells what Kinds of the histories as of day are: "category" when at
// least 30 % of the (customer, category) pairs were bought on two days or more,
// else "product" when that holds of products, else "" and there are no Kinds. A
// pair that is bought once tells nothing about being lost.
func (w *Warehouse) KindsBy(ctx context.Context, day behold.Day) (string, error) {
	l, err := w.levelOf(ctx, day)
	return l.String(), wrap(err, "find out what customers buy again")
}

// levelOf is level, found out once.
func (w *Warehouse) levelOf(ctx context.Context, day behold.Day) (level, error) {
	if kept := w.recall(day).level; kept != nil {
		return *kept, nil
	}
	writes := w.writes.Load()
	f, err := w.facts(ctx, day)
	if err != nil {
		return byNothing, err
	}
	l, err := w.level(ctx, day, f)
	if err == nil {
		w.remember(day, writes, func(m *memo) { m.level = &l })
	}
	return l, err
}

func (w *Warehouse) level(ctx context.Context, day behold.Day, f facts) (level, error) {
	for _, l := range []level{byCategory, byProduct} {
		if l == byCategory && !f.categories || l == byProduct && !f.products {
			continue
		}
		var pairs, again int64
		if err := w.db.QueryRowContext(ctx, query("kind.again"), day.Time(), f.currency, l.String()).Scan(&pairs, &again); err != nil {
			return byNothing, err
		}
		if enough(again, pairs) {
			return l, nil
		}
	}
	return byNothing, nil
}

// enough is at least 30 %.
func enough(again, pairs int64) bool { return pairs > 0 && 10*again >= 3*pairs }

// countedAtOnce is how many lines DayCounts has in memory at a time.
const countedAtOnce = 40_000_000

// DayCounts counts the orders that are purchases on each day up to day on which
// there is one, over all customers.
func (w *Warehouse) DayCounts(ctx context.Context, day behold.Day) (list []behold.DayCount, err error) {
	defer func() { err = wrap(err, "count the orders of every day up to %v", day) }()
	if kept := w.recall(day).counts; kept != nil {
		return append([]behold.DayCount(nil), kept...), nil
	}
	f, err := w.facts(ctx, day)
	if err != nil {
		return nil, err
	}
	return w.countParts(ctx, day, f, int(f.lines/countedAtOnce)+1)
}

// countParts reads the customers in so many parts.
func (w *Warehouse) countParts(ctx context.Context, day behold.Day, f facts, parts int) ([]behold.DayCount, error) {
	orders := map[behold.Day]int64{}
	for i := range parts {
		rows, err := w.readRows(ctx, day, behold.Part{Index: i, Of: parts}, f)
		if err != nil {
			return nil, err
		}
		h, _ := fold(rows, foldOptions{day: day, facts: f, levels: []level{byNothing}})
		for _, d := range countDays(h) {
			orders[d.Day] += d.Orders
		}
	}
	list := make([]behold.DayCount, 0, len(orders))
	for _, day := range slices.Sorted(maps.Keys(orders)) {
		list = append(list, behold.DayCount{Day: day, Orders: orders[day]})
	}
	return list, nil
}

func countDays(h *behold.Histories) []behold.DayCount {
	if len(h.Day) == 0 {
		return []behold.DayCount{}
	}
	first, last := h.Day[0], h.Day[0]
	for _, d := range h.Day {
		first, last = min(first, d), max(last, d)
	}
	orders := make([]int64, int(last-first)+1)
	for i, d := range h.Day {
		orders[d-first] += int64(h.Orders[i])
	}
	list := []behold.DayCount{}
	for i, n := range orders {
		if n > 0 {
			list = append(list, behold.DayCount{Day: first + behold.Day(i), Orders: n})
		}
	}
	return list
}
