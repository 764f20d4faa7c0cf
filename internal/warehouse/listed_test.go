package warehouse

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"behold"
)

// listedShop is a warehouse with so many customers and standings of the last
// day, put there directly.
func listedShop(t testing.TB, w *Warehouse, customers int) {
	t.Helper()
	_, err := w.db.ExecContext(t.Context(), `insert into customer
		select i, 'k-' || i, 'K-' || i, 1 from range($1) r(i)`, customers)
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.db.ExecContext(t.Context(), `insert into customer_row
			(customer, name, colleague, segment, region, captive, vip, survey_opt_out, marketing_opt_out, import_id)
		select i,
		       list_extract(['Bageri', 'Café', 'Hotel', 'Kantine', 'Klinik', 'Slagter', 'Øl & Vin', 'Restaurant'], 1 + i % 8) || ' ' ||
		       list_extract(['Ander', 'Bjerre', 'Christ', 'Dal', 'Ege', 'Frede', 'Gade', 'Holm', 'Jen', 'Knud', 'Lund', 'Møll'], 1 + (i // 8) % 12) ||
		       list_extract(['sen', 'gaard', 'berg', 'holm', 'strup', 'by'], 1 + (i // 96) % 6) || ' ' || chr((97 + i % 26)::integer) || chr((97 + (i // 26) % 26)::integer) || chr((97 + (i // 676) % 26)::integer),
		       case when i % 5 = 0 then null else 'C' || (i % 7) || '@nordkaffe.example' end,
		       list_extract(['a', 'b', 'c'], 1 + i % 3), 'r' || i % 11, false, false, false, false, 1
		from range($1) r(i)`, customers)
	if err != nil {
		t.Fatal(err)
	}
	states := []behold.CustomerState{behold.Active, behold.Quiet, behold.Lost, behold.NewCustomer}
	err = w.SaveStandings(t.Context(), lastDay, 90, func(yield func(*behold.Standing) error) error {
		dice := rand.New(rand.NewPCG(1, 2))
		kr := func(minor int64) behold.Money { return behold.Money{Minor: minor, Currency: "DKK"} }
		for i := range customers {
			s := behold.Standing{LoyaltyIndex: -1, Forecast: behold.Forecast{
				Customer: int32(i), State: states[dice.IntN(4)], Orders: int32(dice.IntN(90)), Occasions: int32(dice.IntN(80)), First: lastDay - 900,
				Last: lastDay - behold.Day(dice.IntN(500)), UsualGap: 30, SilentDays: int32(dice.IntN(500)), ChanceLeave: dice.Float64(),
				Value: kr(dice.Int64N(1e8)), MoneyAtRisk: kr(dice.Int64N(1e8)), ExpectedBy: behold.NoDay, LampOn: behold.NoDay,
			}}
			if dice.IntN(10) == 0 {
				s.Lamps = []behold.LampKind{behold.LampRhythm, behold.LampShrinking}[:1+dice.IntN(2)]
			}
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

// The list in memory finds, counts and sorts what reading every standing does.
func TestListedIsWhatStandingsSay(t *testing.T) {
	w := open(t)
	listedShop(t, w, 700)
	all, _, err := w.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay})
	if err != nil || len(all) != 700 {
		t.Fatal(len(all), err)
	}
	for _, q := range []behold.CustomerQuery{
		{}, {State: behold.Quiet}, {Lamp: behold.LampShrinking}, {Lamp: behold.LampPayment}, {State: "none"}, {Whose: behold.Whose{Colleague: "c3@NORDKAFFE.example"}},
		{Whose: behold.Whose{Colleague: "C3@nordkaffe.example", Nobodys: true}, State: behold.Active}, {Whose: behold.Whose{Colleague: "x", Nobodys: true}},
		{Slice: behold.Slice{Search: "ander"}}, {Slice: behold.Slice{Search: "SEN"}}, {Slice: behold.Slice{Search: "K-7"}}, {Slice: behold.Slice{Search: "ø"}},
		{Slice: behold.Slice{Search: "øl"}}, {Slice: behold.Slice{Search: "n"}}, {Slice: behold.Slice{Search: "%_"}}, {Slice: behold.Slice{Search: "gaard"}, State: behold.Lost, Lamp: behold.LampRhythm},
	} {
		q.Day = behold.NoDay
		wanted := behold.StandingQuery{Whose: q.Whose, State: q.State}
		want := map[string]bool{}
		for _, s := range all {
			words := strings.ToLower(q.Search)
			if wanted.Asks(s.Colleague) && (q.State == "" || q.State == s.State) && (q.Lamp == "" || slices.Contains(s.Lamps, q.Lamp)) &&
				(strings.Contains(strings.ToLower(s.ID), words) || strings.Contains(strings.ToLower(s.Name), words)) {
				want[s.ID] = true
			}
		}
		for _, sort := range []string{"", "money", "name", "value", "silence", "chance", "last", "orders", "loyalty"} {
			for _, desc := range []bool{true, false} {
				q.Sort, q.Desc = sort, desc
				checkListed(t, w, q, want)
			}
		}
	}
}

// checkListed turns the pages of a list: every customer wanted is on one of
// them, once, in order.
func checkListed(t *testing.T, w *Warehouse, q behold.CustomerQuery, want map[string]bool) {
	t.Helper()
	var got []behold.Listed
	for q.Limit = 50; ; q.Offset += q.Limit {
		page, total, err := w.Listed(t.Context(), q)
		if err != nil || total != len(want) {
			t.Fatalf("%+v: %d in all, want %d, %v", q, total, len(want), err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
	}
	met := map[string]bool{}
	for _, l := range got {
		met[l.ID] = want[l.ID]
	}
	if len(got) != len(want) || len(met) != len(want) {
		t.Errorf("%+v: %d rows, %d of them different, want %d", q, len(got), len(met), len(want))
	}
	inOrder := slices.IsSortedFunc(got, func(a, b behold.Listed) int {
		by := compareListed(q.Sort, a, b)
		if q.Desc || q.Sort == "" {
			by = -by
		}
		return by
	})
	if !inOrder {
		t.Errorf("%+v: out of order", q)
	}
}

func compareListed(by string, a, b behold.Listed) int {
	switch by {
	case "name":
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	case "value":
		return cmp.Compare(a.Value.Minor, b.Value.Minor)
	case "silence":
		return cmp.Compare(a.SilentDays, b.SilentDays)
	case "chance":
		return cmp.Compare(a.ChanceLeave, b.ChanceLeave)
	case "last":
		return cmp.Compare(a.Last, b.Last)
	case "orders":
		return cmp.Compare(a.Orders, b.Orders)
	case "loyalty":
		return cmp.Compare(a.LoyaltyIndex, b.LoyaltyIndex)
	}
	return cmp.Compare(a.MoneyAtRisk.Minor, b.MoneyAtRisk.Minor)
}

// What the list says is out of date with the next round, and a sort that nobody
// knows is refused.
func TestListedFollowsTheRound(t *testing.T) {
	w := open(t)
	if list, total, err := w.Listed(t.Context(), behold.CustomerQuery{Day: behold.NoDay}); err != nil || total != 0 || list != nil {
		t.Fatal(list, total, err)
	}
	load(t, w, receiptOf("a.csv"), twoOrders)
	for n := range 2 {
		err := w.SaveStandings(t.Context(), lastDay+behold.Day(n), 90, func(yield func(*behold.Standing) error) error {
			return yield(&behold.Standing{Forecast: behold.Forecast{Customer: int32(n), Last: behold.NoDay}, LoyaltyIndex: 12})
		})
		if err != nil {
			t.Fatal(err)
		}
		list, total, err := w.Listed(t.Context(), behold.CustomerQuery{Day: lastDay + behold.Day(n)})
		if err != nil || total != 1 || list[0].Number != int32(n) || list[0].Last.Known() || list[0].LoyaltyIndex != 12 {
			t.Errorf("after round %d: %+v, %d, %v", n, list, total, err)
		}
	}
	if list, _, err := w.Listed(t.Context(), behold.CustomerQuery{Day: lastDay}); err != nil || list != nil {
		t.Errorf("of the day before: %v, %v", list, err)
	}
	if f, err := w.Facets(t.Context()); err != nil || !f.Loyalty || f.Customers != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	if _, _, err := w.Listed(t.Context(), behold.CustomerQuery{Day: behold.NoDay, Slice: behold.Slice{Sort: "shoe size"}}); behold.KindOf(err) != behold.Invalid {
		t.Error(err)
	}
}

// Answers that are remembered stay within their room.
func TestAnswersAreForgotten(t *testing.T) {
	a := answers{words: answerBytes / 8 / 4}
	for i := range 100 {
		a.to(asked{words: fmt.Sprint(i)})
	}
	if len(a.of) != 4 || len(a.order) != 4 || a.of[asked{words: "99"}] == nil {
		t.Errorf("%d answers are kept, of %v", len(a.of), a.order)
	}
}

var (
	benchCustomers = flag.Int("customers", 100_000, "customers of the list's benchmark")
	benchReaders   = flag.Int("readers", 50, "who read the list at once")
)

// BenchmarkListed has fifty readers turn pages of the list of customers with no
// pause, and reports what the half and the hundredth slowest of them waited.
func BenchmarkListed(b *testing.B) {
	w := open(b)
	listedShop(b, w, *benchCustomers)
	start := time.Now()
	if _, _, err := w.Listed(b.Context(), behold.CustomerQuery{Day: behold.NoDay, Slice: behold.Slice{Limit: 50}}); err != nil {
		b.Fatal(err)
	}
	made := time.Since(start)
	sorts := []string{"", "value", "silence", "name", "chance", "last"}
	letters := func(dice *rand.Rand) string {
		name := strings.ToLower("Restaurant Møllgaard abz 0123456789 Klinik Egestrup Holmberg")
		n := 2 + dice.IntN(3)
		at := dice.IntN(len(name) - n)
		return strings.ToValidUTF8(name[at:at+n], "")
	}
	for _, c := range []struct {
		name string
		q    func(*rand.Rand) behold.CustomerQuery
	}{
		{"first", func(*rand.Rand) behold.CustomerQuery { return behold.CustomerQuery{} }},
		{"sorted", func(d *rand.Rand) behold.CustomerQuery {
			return behold.CustomerQuery{Slice: behold.Slice{Sort: sorts[d.IntN(len(sorts))], Desc: d.IntN(2) == 0}}
		}},
		{"deep", func(d *rand.Rand) behold.CustomerQuery {
			return behold.CustomerQuery{Slice: behold.Slice{Offset: d.IntN(*benchCustomers)}}
		}},
		{"narrowed", func(d *rand.Rand) behold.CustomerQuery {
			return behold.CustomerQuery{State: behold.Quiet, Whose: behold.Whose{Colleague: fmt.Sprintf("c%d@nordkaffe.example", d.IntN(7))}, Slice: behold.Slice{Offset: d.IntN(200)}}
		}},
		{"searched", func(d *rand.Rand) behold.CustomerQuery {
			return behold.CustomerQuery{Slice: behold.Slice{Search: letters(d)}}
		}},
		{"searched-anew", func(d *rand.Rand) behold.CustomerQuery {
			return behold.CustomerQuery{Slice: behold.Slice{Search: fmt.Sprint(d.IntN(9000) + 1000)}} // 9,000 different ones: hardly any is remembered
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			waited := crowd(b, *benchReaders, func(ctx context.Context, dice *rand.Rand) error {
				q := c.q(dice)
				q.Day, q.Limit = behold.NoDay, 50
				_, _, err := w.Listed(ctx, q)
				return err
			})
			b.ReportMetric(waited(0.5), "ms/p50")
			b.ReportMetric(waited(0.99), "ms/p99")
			b.ReportMetric(made.Seconds(), "s/roll")
		})
	}
}

// crowd has readers ask b.N times in all, each as soon as the last was answered,
// and gives what the slowest share of them waited for at the most.
func crowd(b *testing.B, readers int, ask func(context.Context, *rand.Rand) error) func(share float64) (milliseconds float64) {
	var mu sync.Mutex
	var all []time.Duration
	var wrong error
	var wait sync.WaitGroup
	turns := make(chan struct{}, b.N)
	for range b.N {
		turns <- struct{}{}
	}
	close(turns)
	b.ResetTimer()
	for k := range readers {
		wait.Go(func() {
			dice := rand.New(rand.NewPCG(uint64(k), 3))
			for range turns {
				start := time.Now()
				err := ask(b.Context(), dice)
				took := time.Since(start)
				mu.Lock()
				all, wrong = append(all, took), errors.Join(wrong, err)
				mu.Unlock()
				runtime.Gosched() // a reader who waits for a network lets others go first
			}
		})
	}
	wait.Wait()
	if wrong != nil {
		b.Fatal(wrong)
	}
	slices.Sort(all)
	return func(share float64) float64 {
		return float64(all[int(share*float64(len(all)-1))].Microseconds()) / 1000
	}
}
