package warehouse

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"behold"
)

// Prices are read of all lines of a company that has few; of one that has many,
// only of the year that is judged and the days around it (METHODS L12).
const (
	fewLines  = 5_000_000
	priceDays = 455
)

// Dealings reads what a part of the customers had to do with the company beside
// buying, as it was known at the end of a day. They are the customers of
// Histories of the same day and part, in the same order; who never ordered has
// none.
//
// A row without recorded_at counts as known when it happened, and a changed row
// as lines do. What comes later in a row (a reply, a payment) is not known before
// its own day. What stands on several lines of an order about its delivery is
// one promise, kept when all of it is delivered.
//
// The Dealings of all parts together are the same for any number of parts.
func (w *Warehouse) Dealings(ctx context.Context, day behold.Day, part behold.Part) (d *behold.Dealings, err error) {
	defer func() { err = wrap(err, "read the dealings as of %v", day) }()
	f, err := w.facts(ctx, day)
	if err != nil {
		return nil, err
	}
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, "begin transaction"); err != nil {
		return nil, err
	}
	defer conn.ExecContext(context.WithoutCancel(ctx), "rollback") // nothing was written
	r := &reading{ctx: ctx, conn: conn, facts: f, d: &behold.Dealings{AsOf: day}, last: map[behold.Table]int64{},
		common: []any{day.Time(), max(part.Of, 1), part.Index}}
	defer r.sorting.Wait()
	for _, step := range []func() error{r.customers, r.extent, r.profiles, r.records, r.promises, r.remarks} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.sorting.Wait()
	return r.d, nil
}

// A reading is one look at all tables, in one transaction.
type reading struct {
	ctx      context.Context
	conn     *sql.Conn
	facts    facts
	common   []any                  // what every query is told: the day and the part
	last     map[behold.Table]int64 // the last row of the tables that have rows
	place    []int32                // of each customer number in the run; -1: not in it
	told     bool                   // files say something about customers
	promised bool                   // a delivery, with some order
	lastLine int64
	words    words
	sorting  sync.WaitGroup
	d        *behold.Dealings
}

// customers finds out whose dealings are asked for.
func (r *reading) customers() error {
	err := scanOn(r.ctx, r.conn, made("dealing.customers", nil), func(b *block) error {
		r.d.Customer = append(r.d.Customer, b.ints[0]...)
		return nil
	}, r.common...)
	if err != nil || len(r.d.Customer) == 0 {
		return err
	}
	slices.Sort(r.d.Customer)
	r.place = slices.Repeat([]int32{-1}, int(r.d.Customer[len(r.d.Customer)-1])+1)
	for k, number := range r.d.Customer {
		r.place[number] = int32(k)
	}
	return nil
}

// of is the place of a customer in the run.
func (r *reading) of(number int32) (place int32, ok bool) {
	if int(number) >= len(r.place) || r.place[number] < 0 {
		return 0, false
	}
	return r.place[number], true
}

// extent finds out which tables have rows, so that empty ones cost nothing.
func (r *reading) extent() error {
	has := map[behold.Table]bool{behold.TableOrders: r.facts.lines > 0}
	for _, t := range recordTables() {
		var last int64
		var known bool
		if err := r.conn.QueryRowContext(r.ctx, recordQuery("has", t), r.common[0]).Scan(&last, &known); err != nil {
			return err
		}
		has[t] = known
		if known {
			r.last[t] = last
		}
	}
	if err := r.conn.QueryRowContext(r.ctx, made("dealing.has", nil), r.common[0]).Scan(&r.told, &r.promised, &r.lastLine); err != nil {
		return err
	}
	has[behold.TableCustomers] = r.told
	has[behold.TablePromises] = has[behold.TablePromises] || r.promised
	for _, t := range behold.Tables() {
		if has[t] {
			r.d.Has = append(r.d.Has, t)
		}
	}
	return nil
}

// A dealing can say how it looked at the end of a day.
type dealing[T any] interface {
	AsOf(behold.Day) (T, bool)
}

// read scans the rows of one table, up to the last, and piles up those that were
// known. The first column of every query is the customer; row makes a noun of
// the others.
func read[T dealing[T]](r *reading, p *pile[T], text string, last int64, row func(b *block, i int) T, more ...any) error {
	for from := int64(0); from <= last; from += stretch {
		args := append(append(slices.Clone(r.common), from, from+stretch), more...)
		if err := readOnce(r, p, text, row, args...); err != nil {
			return err
		}
	}
	return nil
}

func readOnce[T dealing[T]](r *reading, p *pile[T], text string, row func(b *block, i int) T, args ...any) error {
	return scanOn(r.ctx, r.conn, text, func(b *block) error {
		for i, number := range b.ints[0] {
			place, ok := r.of(number)
			if !ok {
				continue
			}
			if known, ok := row(b, i).AsOf(r.d.AsOf); ok {
				p.put(place, known)
			}
		}
		return nil
	}, args...)
}

// sorted has the pile sorted beside the next scan.
func sorted[T any](r *reading, p *pile[T], into *behold.Rows[T], compare func(a, b *T) int) {
	if p.n == 0 {
		return
	}
	r.sorting.Go(func() { *into = p.sorted(len(r.d.Customer), compare) })
}

// A pile is rows as they come, with the place of the customer of each. It is
// kept in chunks, which need no copying as it grows and go as it is sorted.
type pile[T any] struct {
	chunks []pileChunk[T]
	n      int
}

type pileChunk[T any] struct {
	place []int32
	rows  []T
}

func (p *pile[T]) put(place int32, row T) {
	const size = 1 << 13
	if p.n%size == 0 {
		p.chunks = append(p.chunks, pileChunk[T]{make([]int32, 0, size), make([]T, 0, size)})
	}
	c := &p.chunks[len(p.chunks)-1]
	c.place, c.rows = append(c.place, place), append(c.rows, row)
	p.n++
}

// last is the row that was put last, and its place; nil when there is none.
func (p *pile[T]) last() (*T, int32) {
	if p.n == 0 {
		return nil, 0
	}
	c := &p.chunks[len(p.chunks)-1]
	return &c.rows[len(c.rows)-1], c.place[len(c.place)-1]
}

// sorted is a counting sort by customer; the rows of each are then put in order.
// Rows that compare equal stay as they came. The pile is gone afterwards.
func (p *pile[T]) sorted(customers int, compare func(a, b *T) int) behold.Rows[T] {
	first := make([]int, customers+2)
	next := first[1:] // shifted by one, so that it ends up as where each begins
	for _, c := range p.chunks {
		for _, place := range c.place {
			next[place+1]++
		}
	}
	for k := range customers {
		next[k+1] += next[k]
	}
	all := make([]T, p.n)
	for k := range p.chunks {
		c := &p.chunks[k]
		for i, place := range c.place {
			all[next[place]] = c.rows[i]
			next[place]++
		}
		*c = pileChunk[T]{}
	}
	rows := behold.Rows[T]{Start: first[:customers+1], All: all}
	const run = 1 << 12
	each((customers+run-1)/run, func() func(int) {
		return func(n int) {
			for k := n * run; k < min((n+1)*run, customers); k++ {
				inOrder(rows.Of(k), compare)
			}
		}
	})
	return rows
}

// inOrder sorts the rows unless they came in order, as most do.
func inOrder[T any](rows []T, compare func(a, b *T) int) {
	for i := 1; i < len(rows); i++ {
		if compare(&rows[i-1], &rows[i]) > 0 {
			slices.SortStableFunc(rows, func(a, b T) int { return compare(&a, &b) })
			return
		}
	}
}

// words keeps one copy of each short word.
type words map[string]string

func (w *words) one(s string) string {
	if s == "" {
		return ""
	}
	if kept, ok := (*w)[s]; ok {
		return kept
	}
	if *w == nil {
		*w = words{}
	}
	kept := string([]byte(s))
	(*w)[kept] = kept
	return kept
}
