package store

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

var update = flag.Bool("update", false, "write the golden files anew")

func open(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "a b?c.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// TestEveryQueryIsPrepared: a query that the engine does not understand, or that
// does not say what it is for, is found here.
func TestEveryQueryIsPrepared(t *testing.T) {
	s := open(t)
	files, err := fs.Glob(queries, "sql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		text := query(strings.TrimSuffix(strings.TrimPrefix(file, "sql/"), ".sql"))
		first, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(first, "-- ") || !strings.Contains(first, "Called by ") {
			t.Errorf("%s does not begin with what it is for: %s", file, first)
		}
		stmt, err := s.db.Prepare(text)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		stmt.Close()
	}
}

func TestSchemaIsTheGoldenOne(t *testing.T) {
	s := open(t)
	rows, err := s.db.Query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%' ORDER BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got bytes.Buffer
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		got.WriteString(text + ";\n")
	}
	golden := filepath.Join("testdata", "schema.sqlite.sql")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("schema (run with -update when the change is meant):\n%s", diff)
	}
}

func TestForeignFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.db")
	if err := os.WriteFile(path, bytes.Repeat([]byte("not a database, but long enough to be one. "), 500), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), path)
	if behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
		t.Errorf("%v (hint %q), want Invalid with a hint", err, behold.HintOf(err))
	}
}

func TestSettings(t *testing.T) {
	s := open(t)
	got, err := s.Settings(t.Context())
	if err != nil || got != behold.DefaultSettings() {
		t.Fatalf("%+v, %v; want the defaults", got, err)
	}
	got.Company, got.FalseLamps = "Grøn & Søn", 3
	if err := s.SaveSettings(t.Context(), got, "mette@nordkaffe.example"); err != nil {
		t.Fatal(err)
	}
	again, err := s.Settings(t.Context())
	if err != nil || again != got {
		t.Errorf("%+v, %v; want %+v", again, err, got)
	}
}

var falseLamps = 1.4

var day1, day2 = behold.Date(2025, 3, 14), behold.Date(2025, 3, 15)

func lampOf(customer int32, kind behold.LampKind, since behold.Day) behold.Lamp {
	return behold.Lamp{Customer: customer, Kind: kind, Reason: behold.UnknownReason, State: behold.Lit, Since: since, Out: behold.NoDay, Until: behold.NoDay,
		P: 0.01, PStar: 0.015, Threshold: 0.02, Strength: 0.6, Evidence: behold.Evidence{
			Facts: []behold.Fact{{Name: "silent_days", Number: 84}, {Name: "last_order_on", Day: since}},
			Rows:  []behold.Row{{Table: "orders", ID: "F-1", Day: since}}}}
}

func cardOf(customer int32, id, name string, minor int64) behold.LampCard {
	return behold.LampCard{Lamp: behold.Lamp{Customer: customer}, ID: id, Name: name, ChanceLeave: 0.4, ChanceLeaveHigh: 0.5,
		MoneyAtRisk: behold.Money{Minor: minor, Currency: "DKK"}}
}

func roundOf(day behold.Day) behold.Round {
	at := time.Date(2025, 3, 15, 1, 2, 3, 4000, time.UTC)
	return behold.Round{Day: day, Started: at, Finished: at.Add(time.Second), Version: "1", Settings: behold.DefaultSettings(),
		Horizon: 90, Customers: 3, Lines: 7, Model: []byte(`{"r":1}`),
		Records: []behold.LampRecord{{Kind: behold.LampRhythm, Months: 18, Healthy: 900, Lit: 84, Left: 37, False: &falseLamps}},
		Common:  []behold.CommonCause{{Kind: behold.LampRhythm, Reason: behold.UnknownReason, Since: day, Customers: 43, Usual: 2.5}}}
}

func TestRoundAgainLeavesTheSame(t *testing.T) {
	s := open(t)
	cards := []behold.LampCard{cardOf(1, "K-1", "Ærø_Kro", 500), cardOf(2, "K-2", "100% Tea", 900)}
	first := roundOf(day1)
	first.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(2, behold.LampRhythm, day1)}
	second := roundOf(day2)
	second.Lit = []behold.Lamp{lampOf(2, behold.LampReturns, day2)}
	second.Still = []behold.Lamp{lampOf(2, behold.LampRhythm, day1)}
	out := lampOf(1, behold.LampRhythm, day1)
	out.Out, out.State = day2, behold.Recovered
	second.Out = []behold.Lamp{out}
	for _, r := range []behold.Round{first, second, second, first} { // each twice, and in any order
		known := cards
		if r.Day == day2 {
			known = cards[1:] // whose lamp went out has no card any more
		}
		if err := s.SaveRound(t.Context(), &r, known, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []struct {
		day  behold.Day
		open []behold.Lamp
	}{{day1, nil}, {day1 + 1, first.Lit}, {behold.NoDay, []behold.Lamp{second.Lit[0], second.Still[0]}}} {
		got, err := s.OpenLamps(t.Context(), want.day)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want.open, got); diff != "" {
			t.Errorf("lit on %v:\n%s", want.day, diff)
		}
	}
	gone, err := s.OutLamps(t.Context(), day2+1, 1)
	if err != nil || len(gone) != 1 || !cmp.Equal(gone[0].Lamp, out) || gone[0].MoneyAtRisk.Minor != 500 || gone[0].ID != "K-1" {
		t.Errorf("went out: %+v, %v", gone, err)
	}
	if gone, err := s.OutLamps(t.Context(), day2, 9); err != nil || len(gone) != 0 {
		t.Errorf("went out before the day began: %+v, %v", gone, err)
	}
	last, ok, err := s.LastRound(t.Context(), behold.NoDay)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	bare := second
	bare.Lit, bare.Still, bare.Out = nil, nil, nil
	if diff := cmp.Diff(bare, last); diff != "" {
		t.Errorf("last round:\n%s", diff)
	}
	if all, err := s.Rounds(t.Context()); err != nil || len(all) != 2 || all[1].Day != day1 {
		t.Errorf("rounds: %v, %v", all, err)
	}
	sum, err := s.LampSummary(t.Context())
	want := behold.LampSummary{Day: day2, Lamps: 2, Customers: 1, MoneyAtRisk: behold.Money{Minor: 900, Currency: "DKK"},
		Kinds: map[behold.LampKind]int{behold.LampRhythm: 1, behold.LampReturns: 1}, Reasons: map[behold.Reason]int{behold.UnknownReason: 2}, States: map[behold.LampState]int{behold.Lit: 2},
		Cells: map[behold.LampCell]int{
			{Kind: behold.LampRhythm, Reason: behold.UnknownReason, State: behold.Lit}: 1, {Kind: behold.LampReturns, Reason: behold.UnknownReason, State: behold.Lit}: 1},
		High: 900, Middle: 900}
	if diff := cmp.Diff(want, sum); err != nil || diff != "" {
		t.Errorf("summary: %v\n%s", err, diff)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestARoundThatMayNotBeKeptLeavesNothing(t *testing.T) {
	s := open(t)
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1)}
	full := errors.New("the disk is full")
	if err := s.SaveRound(t.Context(), &r, nil, func() error { return full }); !errors.Is(err, full) {
		t.Errorf("kept: %v", err)
	}
	if _, ok, err := s.LastRound(t.Context(), behold.NoDay); ok || err != nil {
		t.Errorf("there is a round (%v)", err)
	}
}

func TestLitLamps(t *testing.T) {
	s := open(t)
	if list, total, err := s.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay}); err != nil || total != 0 || list != nil {
		t.Fatalf("before any round: %v %d %v", list, total, err)
	}
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(2, behold.LampReturns, day1-3), lampOf(3, behold.LampRhythm, day1-1)}
	cards := []behold.LampCard{cardOf(1, "K-1", "Ærø_Kro", 500), cardOf(2, "K-2", "100% Tea", 900), cardOf(3, "K-3", "1000 Teas", 700)}
	if err := s.SaveRound(t.Context(), &r, cards, nil); err != nil {
		t.Fatal(err)
	}
	ask := func(q behold.LampQuery) string {
		t.Helper()
		if q.Day == 0 {
			q.Day = behold.NoDay
		}
		list, total, err := s.LitLamps(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		ids := ""
		for _, c := range list {
			ids += c.ID + " "
		}
		return strings.TrimSpace(ids) + " of " + string(rune('0'+total))
	}
	for _, c := range []struct {
		q    behold.LampQuery
		want string
	}{
		{behold.LampQuery{}, "K-2 K-3 K-1 of 3"},
		{behold.LampQuery{Slice: behold.Slice{Limit: 1, Offset: 1}}, "K-3 of 3"},
		{behold.LampQuery{Slice: behold.Slice{Sort: "since"}}, "K-2 K-3 K-1 of 3"},
		{behold.LampQuery{Slice: behold.Slice{Sort: "name", Desc: true}}, "K-1 K-3 K-2 of 3"},
		{behold.LampQuery{Kind: behold.LampRhythm}, "K-3 K-1 of 2"},
		{behold.LampQuery{Family: behold.FamilyService}, " of 0"},
		{behold.LampQuery{ID: "k-2 "}, "K-2 of 1"},
		{behold.LampQuery{Slice: behold.Slice{Search: "100%"}}, "K-2 of 1"},
		{behold.LampQuery{Slice: behold.Slice{Search: "ÆRØ_"}}, "K-1 of 1"},
		{behold.LampQuery{Slice: behold.Slice{Search: "k-"}, Reason: behold.UnknownReason}, "K-2 K-3 K-1 of 3"},
		{behold.LampQuery{Day: day1 - 1}, " of 0"},
	} {
		if got := ask(c.q); strings.TrimSpace(got) != strings.TrimSpace(c.want) {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
	if _, _, err := s.LitLamps(t.Context(), behold.LampQuery{Slice: behold.Slice{Sort: "shoe size"}}); behold.KindOf(err) != behold.Invalid {
		t.Errorf("an unknown sort: %v, want Invalid", err)
	}
}

// BenchmarkSaveRound keeps a round with 100,000 lit lamps.
func BenchmarkSaveRound(b *testing.B) {
	s := open(b)
	r := roundOf(day1)
	var cards []behold.LampCard
	for i := range int32(100_000) {
		r.Still = append(r.Still, lampOf(i, behold.LampRhythm, day1))
		cards = append(cards, cardOf(i, "K", "a customer", int64(i)))
	}
	for b.Loop() {
		if err := s.SaveRound(b.Context(), &r, cards, nil); err != nil {
			b.Fatal(err)
		}
	}
}
