package warehouse

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"behold"
)

func histories(t interface {
	Helper()
	Fatal(...any)
}, w *Warehouse, day behold.Day) *behold.Histories {
	t.Helper()
	h, err := w.Histories(ctx, day, behold.Part{})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHistoriesAsOf(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), []fact{
		{customer: "A", order: "2", line: "1", day: "2025-02-01", amount: 500, product: "x", category: "tea"},
		{customer: "A", order: "1", line: "1", day: "2025-01-01", amount: 300, product: "x", category: "tea"},
		{customer: "A", order: "1", line: "2", day: "2025-01-01", amount: 100, product: "y", category: "cups"},
		{customer: "A", order: "C1", line: "1", day: "2025-01-01", amount: -50, product: "x", category: "tea"},
		{customer: "A", order: "3", line: "1", day: "2025-01-01", amount: 20, service: true, recorded: "2025-03-01"},
		{customer: "B", order: "4", line: "1", day: "2025-03-05", amount: 700, product: "x", category: "tea"},
	})
	got := histories(t, w, behold.Date(2025, 2, 15))
	jan, feb := behold.Date(2025, 1, 1), behold.Date(2025, 2, 1)
	want := &behold.Histories{
		AsOf: behold.Date(2025, 2, 15), Customer: []int32{0}, Start: []int{0, 2},
		Day: []behold.Day{jan, feb}, Recorded: []behold.Day{jan, feb}, Orders: []int32{1, 1},
		Bought: []int64{400, 500}, Credited: []int64{-50, 0}, Goods: []int32{2, 1}, Returns: []int32{1, 0},
		Kinds: behold.Kinds{First: []int{0, 2}, Category: []int32{0, 1}, Start: []int{0, 2, 3},
			Day: []behold.Day{jan, feb, jan}, Bought: []int64{300, 500, 100}},
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("as of 15 February:\n%s", diff)
	}
	late := histories(t, w, behold.Date(2025, 3, 2))
	if late.Orders[0] != 2 || late.Bought[0] != 420 || late.Recorded[0] != behold.Date(2025, 3, 1) {
		t.Errorf("after the late record: orders %v bought %v recorded %v", late.Orders, late.Bought, late.Recorded)
	}
	counts, err := w.DayCounts(t.Context(), behold.Date(2025, 12, 31))
	wantCounts := []behold.DayCount{{Day: jan, Orders: 2}, {Day: feb, Orders: 1}, {Day: behold.Date(2025, 3, 5), Orders: 1}}
	if err != nil || !slices.Equal(counts, wantCounts) {
		t.Errorf("orders a day: %v %v, want %v", counts, err, wantCounts)
	}
}

// TestChangeCountsFromItsRecord: a correction that says when it was made does
// not change what was known before.
func TestChangeCountsFromItsRecord(t *testing.T) {
	w := open(t)
	before := fact{customer: "A", order: "1", line: "1", day: "2025-01-01", amount: 300, recorded: "2025-01-02"}
	after := before
	after.amount, after.recorded = 250, "2025-02-01"
	load(t, w, receiptOf("a.csv"), []fact{before})
	load(t, w, receiptOf("b.csv"), []fact{after})
	for day, want := range map[behold.Day]int64{behold.Date(2025, 1, 15): 300, behold.Date(2025, 2, 1): 250} {
		if h := histories(t, w, day); h.Len() != 1 || h.Bought[0] != want {
			t.Errorf("as of %v: %v, want %d", day, h.Bought, want)
		}
	}
	for day, lines := range map[behold.Day]int64{behold.Date(2025, 6, 1): 1, behold.Date(2025, 1, 31): 1, behold.Date(2025, 1, 1): 0, behold.Date(2025, 1, 15): 1} {
		if e, err := w.Extent(t.Context(), day); err != nil || e.Lines != lines {
			t.Errorf("as of %v %d lines were known (%v), want %d", day, e.Lines, err, lines)
		}
	}
	if h := histories(t, w, behold.Date(2025, 1, 1)); h.Len() != 0 {
		t.Errorf("before it was recorded: %v", h.Bought)
	}
}

func TestOtherCurrencies(t *testing.T) {
	w := open(t)
	load(t, w, receiptOf("a.csv"), []fact{
		{customer: "A", order: "1", line: "1", day: "2025-01-01", amount: 300, currency: "DKK"},
		{customer: "A", order: "2", line: "1", day: "2025-01-01", amount: 10, currency: "EUR"},
		{customer: "B", order: "3", line: "1", day: "2025-01-02", amount: 200, currency: "DKK"},
	})
	h := histories(t, w, behold.Date(2025, 2, 1))
	if h.Currency != "DKK" || h.Bought[0] != 300 || h.Orders[0] != 2 {
		t.Errorf("%s %v %v, want DKK, 300, 2 orders", h.Currency, h.Bought, h.Orders)
	}
	if n, err := w.Foreign(t.Context(), behold.Date(2025, 2, 1)); n != 1 || err != nil {
		t.Errorf("%d lines in other currencies, %v; want 1", n, err)
	}
}

// TestFoldIsTheSQL: the fold and the SQL give the same histories, whatever the
// order of the rows, on ties, same-day orders, returns and late records.
func TestFoldIsTheSQL(t *testing.T) {
	w := open(t)
	import_ := 0
	rapid.Check(t, func(t *rapid.T) {
		if _, err := w.db.Exec("delete from line; delete from receipt"); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 2).Draw(t, "files") {
			import_++
			facts := rapid.SliceOfN(rapid.Custom(drawFact), 1, 40).Draw(t, "lines")
			i, err := w.Begin(ctx, receiptOf(fmt.Sprint(import_)))
			if err != nil {
				t.Fatal(err)
			}
			l := linesOf(facts)
			if rapid.Bool().Draw(t, "cost") {
				for _, a := range l.Amount {
					l.Cost = append(l.Cost, a/2)
				}
			}
			if err := i.Lines(ctx, l); err != nil {
				t.Fatal(err)
			}
			r := receiptOf("x")
			if err := i.Commit(ctx, &r); err != nil {
				t.Fatal(err)
			}
		}
		day := behold.Date(2025, 1, rapid.IntRange(1, 14).Draw(t, "as of"))
		want, err := w.HistoriesSQL(ctx, day)
		if err != nil {
			t.Fatal(err)
		}
		got := histories(t, w, day)
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("SQL (-) and fold (+):\n%s", diff)
		}
		checkParts(t, w, got)
	})
}

func drawFact(t *rapid.T) fact {
	f := fact{
		customer: rapid.SampledFrom([]string{"A", "B", "C", "D"}).Draw(t, "customer"),
		order:    rapid.SampledFrom([]string{"1", "2", "3", "C4"}).Draw(t, "order"),
		line:     fmt.Sprint(rapid.IntRange(0, 12).Draw(t, "line")),
		day:      fmt.Sprintf("2025-01-%02d", rapid.IntRange(1, 9).Draw(t, "day")),
		amount:   rapid.Int64Range(-300, 500).Draw(t, "amount"),
		product:  rapid.SampledFrom([]string{"", "x", "y", "z"}).Draw(t, "product"),
		category: rapid.SampledFrom([]string{"", "tea", "cups"}).Draw(t, "category"),
		currency: rapid.SampledFrom([]string{"", "DKK", "DKK", "EUR"}).Draw(t, "currency"),
		service:  rapid.IntRange(0, 5).Draw(t, "service") == 0,
	}
	if rapid.IntRange(0, 3).Draw(t, "late") == 0 {
		f.recorded = fmt.Sprintf("2025-01-%02d", rapid.IntRange(1, 12).Draw(t, "recorded"))
	}
	return f
}

// checkParts compares three parts with the whole.
func checkParts(t *rapid.T, w *Warehouse, whole *behold.Histories) {
	visits, pairs := 0, 0
	f, err := w.facts(ctx, whole.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := w.level(ctx, whole.AsOf, f)
	if split, _ := w.levelOf(ctx, whole.AsOf); err != nil || split != asked {
		t.Fatalf("the fold split by %q, the SQL by %q (%v)", split, asked, err)
	}
	counts, err := w.countParts(ctx, whole.AsOf, f, 3)
	if want := countDays(whole); err != nil || !slices.Equal(counts, want) {
		t.Fatalf("orders a day counted in parts: %v (%v), want %v", counts, err, want)
	}
	for index := range 3 {
		part, err := w.Histories(ctx, whole.AsOf, behold.Part{Index: index, Of: 3})
		if err != nil {
			t.Fatal(err)
		}
		for k, customer := range part.Customer {
			at, ok := slices.BinarySearch(whole.Customer, customer)
			if !ok || !slices.Equal(part.Bought[part.Start[k]:part.Start[k+1]], whole.Bought[whole.Start[at]:whole.Start[at+1]]) {
				t.Fatalf("customer %d differs between a part and the whole", customer)
			}
		}
		visits, pairs = visits+len(part.Day), pairs+len(part.Kinds.Day)
	}
	if visits != len(whole.Day) || pairs != len(whole.Kinds.Day) {
		t.Fatalf("the parts have %d visits and %d days of kinds, the whole %d and %d", visits, pairs, len(whole.Day), len(whole.Kinds.Day))
	}
}

func TestStandingsAndLookUps(t *testing.T) {
	w := open(t)
	loadWith(t, w, receiptOf("a.csv"), twoOrders, []behold.Customer{{ID: "K-1", Name: "Ærø Kro", Tags: []string{"inn"}, Attributes: map[string]string{"x": "y"}, Since: behold.Date(2020, 1, 1)}})
	day := behold.Date(2025, 3, 1)
	save := func(minor int64) {
		t.Helper()
		err := w.SaveStandings(t.Context(), day, 90, func(yield func(*behold.Standing) error) error {
			for n := range int32(2) {
				s := behold.Standing{LoyaltyIndex: -1, MainReason: behold.UnknownReason, Lamps: []behold.LampKind{behold.LampRhythm, behold.LampReturns}[:n]}
				s.Customer, s.State, s.Orders, s.ChanceLeave = n, behold.Quiet, 2-n, 0.25
				s.First, s.Last, s.ExpectedBy, s.LampOn = day-9, day-2, behold.NoDay, day
				s.MoneyAtRisk = behold.Money{Minor: minor * int64(n+1), Currency: "DKK"}
				if err := yield(&s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	save(5)
	save(7)
	list, total, err := w.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay})
	if err != nil || total != 2 || list[0].ID != "K-2" || list[0].MoneyAtRisk.Minor != 14 || list[1].Name != "Ærø Kro" || list[0].ExpectedBy != behold.NoDay ||
		!slices.Equal(list[0].Lamps, []behold.LampKind{behold.LampRhythm}) {
		t.Errorf("standings: %+v, %d, %v", list, total, err)
	}
	for _, c := range []struct {
		q    behold.StandingQuery
		want string
	}{
		{behold.StandingQuery{Day: day, Slice: behold.Slice{Sort: "name"}}, "K-2 K-1 "},
		{behold.StandingQuery{Day: day, Slice: behold.Slice{Sort: "orders", Desc: true}}, "K-1 K-2 "},
		{behold.StandingQuery{Day: day, Slice: behold.Slice{Sort: "last", Limit: 1, Offset: 1}}, "K-2 "},
		{behold.StandingQuery{Day: day, Slice: behold.Slice{Search: "ærø"}}, "K-1 "},
		{behold.StandingQuery{Day: day, ID: "k-2"}, "K-2 "},
		{behold.StandingQuery{Day: day, State: behold.Active}, ""},
		{behold.StandingQuery{Day: day - 1}, ""},
		{behold.StandingQuery{Day: day, Horizon: 30}, ""},
	} {
		list, _, err := w.Standings(t.Context(), c.q)
		got := ""
		for _, s := range list {
			got += s.ID + " "
		}
		if got != c.want || err != nil {
			t.Errorf("%+v: %q, %v; want %q", c.q, got, err, c.want)
		}
	}

	c, err := w.Customer(t.Context(), " k-1", day)
	if err != nil || c.ID != "K-1" || c.Name != "Ærø Kro" || c.Since != behold.Date(2020, 1, 1) || c.ClosedOn.Known() || c.Tags[0] != "inn" || c.Attributes["x"] != "y" {
		t.Errorf("customer: %+v, %v", c, err)
	}
	if _, err := w.Customer(t.Context(), "nobody", day); behold.KindOf(err) != behold.NotFound {
		t.Errorf("nobody: %v", err)
	}
	orders, total, err := w.Orders(t.Context(), 0, day, behold.Slice{})
	if err != nil || total != 2 || orders[0].Order != "F2" || orders[1].Amount.Minor != 1500 || orders[1].Lines != 2 || !slices.Equal(orders[1].Products, []string{"P1", "P2"}) {
		t.Errorf("orders: %+v, %d, %v", orders, total, err)
	}
	if orders, total, err := w.Orders(t.Context(), 0, day, behold.Slice{Search: "p2", Limit: 5}); err != nil || total != 1 || orders[0].Order != "F1" {
		t.Errorf("orders of p2: %+v, %d, %v", orders, total, err)
	}
	lines, err := w.OrderLines(t.Context(), 0, "F1", day)
	if err != nil || len(lines) != 2 || lines[1].Product != "P2" || lines[1].Category != "cups" || lines[0].File != "a.csv" || lines[0].Row != 2 {
		t.Errorf("lines: %+v, %v", lines, err)
	}
	kinds, err := w.KindsOf(t.Context(), 0, day)
	if err != nil || len(kinds) != 2 || kinds[0].Category != "tea" || kinds[0].Days != 2 || kinds[0].Amount.Minor != 1700 || math.Abs(kinds[0].Share-1700.0/2200) > 1e-12 || kinds[0].Last != behold.Date(2025, 2, 3) {
		t.Errorf("kinds: %+v, %v", kinds, err)
	}
	lamps := []behold.Lamp{{Customer: 0, Kind: behold.LampRhythm, Evidence: behold.Evidence{Rows: []behold.Row{{Table: "orders", Day: behold.Date(2025, 1, 3)}, {Table: "orders", Day: day}}}}}
	if err := w.FindRows(t.Context(), lamps); err != nil || lamps[0].Evidence.Rows[0].ID != "F1" || lamps[0].Evidence.Rows[1].ID != "" {
		t.Errorf("evidence: %+v, %v", lamps[0].Evidence.Rows, err)
	}
	e, err := w.Extent(t.Context(), behold.Date(2025, 1, 31))
	if want := (behold.Extent{Customers: 1, Lines: 2, First: behold.Date(2025, 1, 3), Last: behold.Date(2025, 1, 3)}); err != nil || e != want {
		t.Errorf("extent %+v, %v; want %+v", e, err, want)
	}
	rejects := 0
	if err := w.EachReject(t.Context(), 1, func(r behold.Reject) error { rejects++; return nil }); err != nil || rejects != 1 {
		t.Errorf("%d rejects, %v", rejects, err)
	}
}

// TestUnsaidWordsStay: an orders file that knows only the country does not wipe
// what the customers file said.
func TestUnsaidWordsStay(t *testing.T) {
	w := open(t)
	first, second := receiptOf("customers.csv"), receiptOf("orders.csv")
	first.Table = behold.TableCustomers
	first.Columns = []behold.ColumnUse{{Header: "VIP", Field: "vip"}}
	r := loadWith(t, w, first, nil, []behold.Customer{{ID: "K-1", Name: "One", VIP: true}, {ID: "K-2"}, {ID: "k-1", Email: "one@example.com"}})
	if r.Kept != 2 || r.Known != 1 || r.Customers != 2 {
		t.Errorf("customers file: %s", counted(r))
	}
	loadWith(t, w, second, twoOrders, []behold.Customer{{ID: "K-1", Country: "DK"}})
	c, err := w.Customer(t.Context(), "K-1", behold.NoDay)
	if err != nil || c.Name != "One" || c.Country != "DK" || c.Email != "one@example.com" {
		t.Errorf("%+v, %v", c, err)
	}
}
