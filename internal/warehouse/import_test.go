package warehouse

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// A fact is a line as the tests write it.
type fact struct {
	customer, order, line, day string
	amount                     int64
	product, category          string
	recorded                   string
	currency                   string
	service                    bool // not goods
}

var ctx = context.Background() // where a test has no context of its own

func linesOf(facts []fact) *behold.Lines {
	l := &behold.Lines{}
	for i, f := range facts {
		l.Row = append(l.Row, int64(i+2))
		l.Order, l.Line, l.Customer = append(l.Order, f.order), append(l.Line, f.line), append(l.Customer, f.customer)
		l.At = append(l.At, micros(f.day))
		l.Amount, l.Return, l.Goods = append(l.Amount, f.amount), append(l.Return, f.amount < 0), append(l.Goods, !f.service)
		l.Product, l.Category, l.Currency = append(l.Product, f.product), append(l.Category, f.category), append(l.Currency, f.currency)
	}
	for i, f := range facts {
		if f.recorded != "" && l.RecordedAt == nil {
			l.RecordedAt = append([]int64(nil), l.At...)
		}
		if f.recorded != "" {
			l.RecordedAt[i] = micros(f.recorded)
		}
	}
	return l
}

func micros(day string) int64 {
	d, err := behold.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return d.Time().UnixMicro()
}

func open(t testing.TB) *Warehouse {
	t.Helper()
	w, err := Open(t.Context(), filepath.Join(t.TempDir(), "w.duckdb"), Options{MemoryBytes: 1 << 30, Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func receiptOf(file string) behold.Receipt {
	return behold.Receipt{File: file, Source: "shop", Table: behold.TableOrders, Started: time.Date(2025, 1, 1, 8, 0, 0, 0, time.UTC)}
}

// load imports facts in runs of three lines.
func load(t testing.TB, w *Warehouse, r behold.Receipt, facts []fact) *behold.Receipt {
	t.Helper()
	return loadWith(t, w, r, facts, nil)
}

func loadWith(t testing.TB, w *Warehouse, r behold.Receipt, facts []fact, people []behold.Customer) *behold.Receipt {
	t.Helper()
	i, err := w.Begin(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if err := feed(t.Context(), i, facts, people); err != nil {
		t.Fatal(err)
	}
	r.Read = int64(len(facts))
	if err := i.Commit(t.Context(), &r); err != nil {
		t.Fatal(err)
	}
	return &r
}

func feed(ctx context.Context, i *Import, facts []fact, people []behold.Customer) error {
	if err := i.Customers(ctx, people); err != nil {
		return err
	}
	for len(facts) > 0 {
		n := min(3, len(facts))
		if err := i.Lines(ctx, linesOf(facts[:n])); err != nil {
			return err
		}
		facts = facts[n:]
	}
	return i.Rejects(ctx, []behold.Reject{{Row: 99, Column: "amount", Value: "x", Why: "not_a_number"}})
}

// dump is all that can be asked of the lines, without the numbers of imports.
func dump(t testing.TB, w *Warehouse) []string {
	t.Helper()
	rows, err := w.db.Query(`select c.id || ' ' || l.order_no || ' ' || l.line_no || ' ' || cast(l.ordered_at as date) || ' ' || l.amount
		|| ' ' || coalesce(p.id, '-') || ' ' || coalesce(k.id, '-') || ' ' || (l.superseded_by is null)
		from line l join customer c on c.number = l.customer left join product p on p.number = l.product
		left join category k on k.number = l.category order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

func counted(r *behold.Receipt) string {
	return fmt.Sprintf("kept %d known %d changed %d customers %d %v to %v", r.Kept, r.Known, r.Changed, r.Customers, r.FirstDay, r.LastDay)
}

var twoOrders = []fact{
	{customer: "K-1", order: "F1", line: "1", day: "2025-01-03", amount: 1000, product: "P1", category: "tea"},
	{customer: "K-1", order: "F1", line: "2", day: "2025-01-03", amount: 500, product: "P2", category: "cups"},
	{customer: "k-1 ", order: "F2", line: "1", day: "2025-02-03", amount: 700, product: "P1", category: "tea"},
	{customer: "K-2", order: "F3", line: "1", day: "2025-02-04", amount: -300, product: "P1", category: "tea"},
}

func TestSameFileTwice(t *testing.T) {
	w := open(t)
	r := load(t, w, receiptOf("a.csv"), twoOrders)
	if got, want := counted(r), "kept 4 known 0 changed 0 customers 2 2025-01-03 to 2025-02-04"; got != want {
		t.Errorf("first: %s, want %s", got, want)
	}
	before := dump(t, w)
	if len(before) != 4 {
		t.Fatalf("%d lines, want 4: %v", len(before), before)
	}
	r = load(t, w, receiptOf("a.csv"), twoOrders)
	if got, want := counted(r), "kept 0 known 4 changed 0 customers 2 2025-01-03 to 2025-02-04"; got != want {
		t.Errorf("again: %s, want %s", got, want)
	}
	if diff := cmp.Diff(before, dump(t, w)); diff != "" {
		t.Errorf("the second import changed the lines:\n%s", diff)
	}
}

func TestChangedLine(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders)
	other := append([]fact(nil), twoOrders...)
	other[1].amount = 450
	other = append(other, fact{customer: "K-3", order: "F9", line: "1", day: "2025-03-01", amount: 1})
	r := load(t, w, receiptOf("b.csv"), other)
	if got, want := counted(r), "kept 1 known 3 changed 1 customers 3 2025-01-03 to 2025-03-01"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	h, err := w.Histories(t.Context(), behold.Date(2025, 12, 31), behold.Part{})
	if err != nil {
		t.Fatal(err)
	}
	if h.Len() != 3 || h.Bought[0] != 1450 {
		t.Errorf("%d customers, first bought %d; want 3 and 1450", h.Len(), h.Bought[0])
	}
}

// What the file repeats is known already, beside what the warehouse knows.
func TestRepeatedLinesStayKnown(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders[:2])
	r := receiptOf("b.csv")
	r.Known = 5
	if got, want := counted(load(t, w, r, twoOrders)), "kept 2 known 7 changed 0 customers 2 2025-01-03 to 2025-02-04"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestRollbackLeavesNothing(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), twoOrders[:2])
	before := dump(t, w)
	i, err := w.Begin(t.Context(), receiptOf("b.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := feed(t.Context(), i, twoOrders, []behold.Customer{{ID: "K-9", Name: "Nine"}}); err != nil {
		t.Fatal(err)
	}
	r := receiptOf("b.csv")
	if err := i.Rollback(&r); err != nil {
		t.Fatal(err)
	}
	if got, want := counted(&r), "kept 2 known 2 changed 0 customers 3 2025-01-03 to 2025-02-04"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if diff := cmp.Diff(before, dump(t, w)); diff != "" {
		t.Errorf("the dry run left something:\n%s", diff)
	}
	for table, want := range map[string]int{"receipt": 1, "reject": 1, "customer": 1, "customer_row": 0, "product": 2} {
		var n int
		if err := w.db.QueryRow("select count(*) from " + table).Scan(&n); err != nil || n != want {
			t.Errorf("%s has %d rows (%v), want %d", table, n, err, want)
		}
	}
}
