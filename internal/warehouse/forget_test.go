package warehouse

import (
	"testing"

	"behold"
)

// Forget leaves a warehouse as new, refuses to take others' facts along, and may
// be called again.
func TestForget(t *testing.T) {
	w := open(t)
	bring(t, w, behold.InventedSource)
	if err := w.Forget(ctx, "another"); behold.KindOf(err) != behold.Conflict {
		t.Fatalf("forgot what another source brought: %v", err)
	}
	for range 2 {
		if err := w.Forget(ctx, behold.InventedSource); err != nil {
			t.Fatal(err)
		}
	}
	held, err := w.Holdings(ctx, 20000)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range held {
		if h.Rows != 0 || h.Last.Known() {
			t.Errorf("left of %s: %+v", h.Table, h)
		}
	}
	if list, err := w.Imports(ctx); err != nil || len(list) != 0 {
		t.Errorf("%d receipts are left, %v", len(list), err)
	}
	bring(t, w, "file")
	if e, err := w.Extent(ctx, 20000); err != nil || e.Lines == 0 {
		t.Errorf("after it nothing can come in: %+v, %v", e, err)
	}
}

// bring imports a line of orders and two tickets.
func bring(t *testing.T, w *Warehouse, source string) {
	t.Helper()
	r := receiptOf("orders.csv")
	r.Source = source
	load(t, w, r, []fact{{customer: "K-1", order: "F-1", line: "1", day: "2024-03-14", amount: 100}, {customer: "K-2", order: "F-2", line: "1", day: "2024-03-15", amount: 100}})
	r = receiptOf("tickets.csv")
	r.Source, r.Table = source, behold.TableTickets
	loadRecords(t, w, r, "ticket=T1 customer=K-1 opened_at=2024-03-14", "ticket=T2 customer=K-2 opened_at=2024-03-15")
}
