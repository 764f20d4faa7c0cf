package round_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
	"behold/internal/phrase"
	"behold/internal/round"
	"behold/internal/sample"
	"behold/internal/store"
	"behold/internal/warehouse"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A house is an invented shop in real doors.
type house struct {
	facts *warehouse.Warehouse
	state *store.Store
}

// lastDay of the shop's records.
var lastDay = behold.Date(2025, 6, 30)

// open makes a house of customers of the invented shop; keep says which of a
// block's lines are in the books, nil all.
func open(t testing.TB, customers int64, change func(*behold.Lines)) house {
	t.Helper()
	dir := t.TempDir()
	w, err := warehouse.Open(t.Context(), filepath.Join(dir, "facts.duckdb"), warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(t.Context(), filepath.Join(dir, "store.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close(); s.Close() })
	rows, err := w.Begin(t.Context(), behold.Receipt{File: "shop", Source: "shop", Table: behold.TableOrders})
	if err != nil {
		t.Fatal(err)
	}
	err = sample.Each(t.Context(), sample.Options{Customers: customers, Months: 30, Seed: 3, Until: lastDay}, func(b *sample.Block) error {
		lines := b.Lines()
		if change != nil {
			change(lines)
		}
		if err := rows.Customers(t.Context(), b.Customers()); err != nil {
			return err
		}
		return rows.Lines(t.Context(), lines)
	})
	if err == nil {
		err = rows.Commit(t.Context(), &behold.Receipt{File: "shop", Source: "shop", Table: behold.TableOrders})
	}
	if err != nil {
		t.Fatal(err)
	}
	return house{w, s}
}

func (h house) walk(t testing.TB, day behold.Day) *behold.Round {
	t.Helper()
	return h.walkIn(t, day, round.Sizes{})
}

func (h house) walkIn(t testing.TB, day behold.Day, sizes round.Sizes) *behold.Round {
	t.Helper()
	noon := time.Date(2025, 7, 1, 12, 0, 0, 0, time.UTC)
	r, err := round.Run(t.Context(), day, h.facts, h.state, round.Options{Version: "test", Now: func() time.Time { return noon }, Sizes: sizes})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// tell writes what a round of day left behind, for comparing.
func (h house) tell(t testing.TB, day behold.Day) string {
	t.Helper()
	var b strings.Builder
	cards, _, err := h.state.LitLamps(t.Context(), behold.LampQuery{Day: day, Slice: behold.Slice{Sort: "name"}})
	if err != nil {
		t.Fatal(err)
	}
	words := phrase.For("en")
	for i := range cards {
		c := &cards[i]
		fmt.Fprintf(&b, "%s %s (%s) since %v, leaves %.2f, at risk %s: %s\n", c.ID, c.Kind, c.Reason, c.Since, c.ChanceLeave, c.MoneyAtRisk.Decimal(), words.Says(c.Lamp))
	}
	for _, s := range h.standings(t, day) {
		fmt.Fprintf(&b, "%s %s %d orders, %d occasions, last %v, silent %d, S %.4f, alive %.3f, leaves %.3f, value %s, lamps %v\n",
			s.ID, s.State, s.Orders, s.Occasions, s.Last, s.SilentDays, s.SilenceP, s.ChanceActive, s.ChanceLeave, s.Value.Decimal(), s.Lamps)
	}
	return b.String()
}

func TestRoundsOfAnInventedShop(t *testing.T) {
	h := open(t, 60, nil)
	var b strings.Builder
	for _, day := range []behold.Day{lastDay - 14, lastDay - 7, lastDay} {
		r := h.walk(t, day)
		fmt.Fprintf(&b, "round of %v: %d customers, %d lit, %d still, %d out\n", day, r.Customers, len(r.Lit), len(r.Still), len(r.Out))
		b.WriteString(h.tell(t, day))
	}
	golden(t, "testdata/shop.golden", b.String())
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("the rounds differ from %s (-want +got; -update writes it anew):\n%s", path, diff)
	}
}

func TestTheSameRoundAgainChangesNothing(t *testing.T) {
	h := open(t, 150, nil)
	h.walk(t, lastDay-30)
	first := h.walk(t, lastDay)
	told := h.tell(t, lastDay)
	before := runtime.GOMAXPROCS(1)
	again := h.walk(t, lastDay)
	runtime.GOMAXPROCS(before)
	if diff := cmp.Diff(first, again); diff != "" {
		t.Errorf("on one core, a second time, the round differs:\n%s", diff)
	}
	if diff := cmp.Diff(told, h.tell(t, lastDay)); diff != "" {
		t.Errorf("what the round left differs:\n%s", diff)
	}
}

// Customers who do not fit into memory at once are walked in parts, learned from
// all of them or a few.
func TestPartsAreTheWhole(t *testing.T) {
	for _, learn := range []int64{0, 40} {
		var rounds [2]*behold.Round
		var standings [2][]behold.Standing
		for i, sizes := range []round.Sizes{{Learn: learn}, {Part: 40, Learn: learn}} {
			h := open(t, 150, nil) // each its own, so that none remembers what the other found
			h.walkIn(t, lastDay-30, sizes)
			rounds[i] = h.walkIn(t, lastDay, sizes)
			standings[i] = h.standings(t, lastDay)
		}
		if whole := rounds[0]; len(whole.Lit)+len(whole.Still) == 0 || len(standings[0]) != 150 {
			t.Fatalf("%d lamps lit, %d still, %d standings: nothing to compare", len(whole.Lit), len(whole.Still), len(standings[0]))
		}
		if diff := cmp.Diff(rounds[0], rounds[1]); diff != "" {
			t.Errorf("learned from %d, the round in four parts differs:\n%s", learn, diff)
		}
		if diff := cmp.Diff(standings[0], standings[1]); diff != "" {
			t.Errorf("learned from %d, the standings of four parts differ:\n%s", learn, diff)
		}
	}
}

func (h house) standings(t testing.TB, day behold.Day) []behold.Standing {
	t.Helper()
	rows, _, err := h.facts.Standings(t.Context(), behold.StandingQuery{Day: day, Slice: behold.Slice{Sort: "name"}})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// Rows that were recorded later, and days that had not come, change nothing
// about an earlier day.
func TestALaterRecordChangesNothingBefore(t *testing.T) {
	day := lastDay - 60
	noon := day.Time().UnixMicro()
	early := open(t, 150, func(l *behold.Lines) { keep(l, func(i int) bool { return l.At[i] < noon+86400e6 }) })
	late := open(t, 150, func(l *behold.Lines) {
		l.RecordedAt = slices.Clone(l.At)
		// every seventh line of the past is told twice more: late, under another number
		for i := range l.Len() {
			if i%7 == 0 && l.At[i] < noon {
				repeat(l, i, "late-"+l.Order[i], noon+20*86400e6)
			}
		}
	})
	early.walk(t, day)
	late.walk(t, day)
	if diff := cmp.Diff(early.tell(t, day), late.tell(t, day)); diff != "" {
		t.Errorf("what was recorded after %v shows in its round:\n%s", day, diff)
	}
}

// keep leaves only the lines that are wanted.
func keep(l *behold.Lines, wanted func(int) bool) {
	n := 0
	for i := range l.Len() {
		if wanted(i) {
			swap(l, n, i)
			n++
		}
	}
	cut(l, n)
}

func TestRoundOfNothingSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	w, err := warehouse.Open(t.Context(), filepath.Join(dir, "facts.duckdb"), warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	s, err := store.Open(t.Context(), filepath.Join(dir, "store.sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = round.Run(context.Background(), lastDay, w, s, round.Options{Now: time.Now})
	if behold.KindOf(err) != behold.NotFound || behold.HintOf(err) == "" {
		t.Errorf("a round of nothing: %v, hint %q", err, behold.HintOf(err))
	}
}
