package main

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"behold"
	"behold/internal/realdata"
	"behold/stat/effect"
)

// The whole way on real data: two years of a wholesaler's invoice lines, as
// they came, to lamps whose sentences hold in the file and to chances that rank
// who leaves.
func TestTwoYearsOfAWholesaler(t *testing.T) {
	years := []string{realdata.Path(t, "data/online_retail_2009_2010.csv.gz"), realdata.Path(t, "data/online_retail_2010_2011.csv.gz")}
	invoices := readInvoices(t, realdata.Path(t, "data/online_retail_invoices.csv.gz"))
	dir := t.TempDir()
	for i, want := range []string{
		"read 525461, kept 417534, already known 0, changed 0, rejected 107927",
		// 22,523 lines are in both files; those without a customer are rejected both times
		"read 541909, kept 392026, already known 14803, changed 0, rejected 135080",
	} {
		if s := must(t, exitRejected, dir, "import", years[i]); !strings.Contains(s.out, want) {
			t.Errorf("year %d: the receipt says\n%s", i+1, s.out)
		}
	}
	if s := must(t, exitRejected, dir, "import", years[0]); !strings.Contains(s.out, "kept 0, already known 417534, changed 0") {
		t.Errorf("the first year again: the receipt says\n%s", s.out)
	}

	for _, origin := range []struct {
		day              behold.Day
		horizon          int
		measured, steady float64 // AUC on 2026-11-22, of all and of the regulars
		longest          float64 // what "longest silent" reaches
		ece              float64
	}{
		{behold.Date(2011, 6, 9), 90, 0.787, 0.808, 0.633, 0.035},
		{behold.Date(2011, 6, 9), 180, 0.786, 0.790, 0.653, 0.045},
		{behold.Date(2011, 9, 9), 90, 0.775, 0.792, 0.639, 0.035},
	} {
		if origin.horizon == 90 {
			must(t, exitDone, dir, "round", "--day", origin.day.String())
			checkLamps(t, dir, origin.day, invoices)
		}
		// Invoices alone tell of no bad service and no broken promise.
		told := []string{"", "unknown", "competitor", "quality", "treated_worse", "something_new", "forgotten", "needs_changed"}
		standings := readStandings(t, must(t, exitDone, dir, "standings", "--day", origin.day.String(), "--horizon", strconv.Itoa(origin.horizon), "--format", "json").out)
		for id, row := range standings {
			if !slices.Contains(told, row.Reason) {
				t.Errorf("%v: customer %s is said to leave because of %s", origin.day, id, row.Reason)
			}
		}
		leave, silent, left := rankedCustomers(t, invoices, standings, origin.day, origin.horizon, 0)
		got, plain := auc(leave, left), auc(silent, left)
		regulars, _, gone := rankedCustomers(t, invoices, standings, origin.day, origin.horizon, 60)
		steady := auc(regulars, gone)
		r, err := effect.Reliability(leave, left, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%v, %d days: AUC %.4f of %d customers, %.0f %% left; longest silent %.4f; %.4f of %d regulars; slope %.2f, ECE %.3f",
			origin.day, origin.horizon, got, len(left), 100*share(left), plain, steady, len(gone), r.Slope, r.ECE)
		if got < origin.measured-0.005 || steady < origin.steady-0.007 {
			t.Errorf("%v: AUC %.4f and %.4f of regulars, want not much less than %.3f and %.3f", origin.day, got, steady, origin.measured, origin.steady)
		}
		if r.Slope < 0.8 || r.Slope > 1.2 || r.ECE > origin.ece {
			t.Errorf("%v: slope %.2f, ECE %.3f", origin.day, r.Slope, r.ECE)
		}
		if plain < origin.longest-0.015 || plain > origin.longest+0.015 {
			t.Errorf("%v: longest silent has AUC %.3f, not %.3f: the customers compared are not those of the issue", origin.day, plain, origin.longest)
		}
	}
}

// An invoice of the plain list. Cancelled says that the day's credits came to as
// much as its invoices: 74,215 jars credited after 16 minutes, or an order
// credited and written out again.
type invoice struct {
	number    string
	day       behold.Day
	cancelled bool
}

// readInvoices gives the real purchases by customer, in order of time.
func readInvoices(t *testing.T, path string) map[string][]invoice {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]invoice{}
	type customerDay struct {
		customer string
		day      behold.Day
	}
	net := map[customerDay]float64{}
	for _, r := range rows[1:] {
		amount, err := strconv.ParseFloat(r[7], 64)
		if err != nil {
			t.Fatal(err)
		}
		day, err := behold.ParseDay(r[2][:10])
		if err != nil {
			t.Fatal(err)
		}
		net[customerDay{r[1], day}] += amount
		if r[8] == "invoice" && amount > 0 && r[1] != "" {
			by[r[1]] = append(by[r[1]], invoice{number: r[0], day: day})
		}
	}
	for id, list := range by {
		slices.SortStableFunc(list, func(a, b invoice) int { return int(a.day - b.day) })
		for i := range list {
			list[i].cancelled = net[customerDay{id, list[i].day}] < 0.005
		}
	}
	return by
}

type standingRow struct {
	Customer string  `json:"customer"`
	Orders   int     `json:"orders"`
	Leave    float64 `json:"chance_leave"`
	Low      float64 `json:"chance_leave_low"`
	High     float64 `json:"chance_leave_high"`
	Reason   string  `json:"main_reason"`
}

func readStandings(t *testing.T, text string) map[string]standingRow {
	t.Helper()
	var rows []standingRow
	if err := json.Unmarshal([]byte(text), &rows); err != nil {
		t.Fatal(err)
	}
	by := map[string]standingRow{}
	for _, r := range rows {
		if r.Low > r.Leave || r.Leave > r.High || r.Low < 0 || r.High > 1 {
			t.Errorf("customer %s: chance %.3f outside %.3f–%.3f", r.Customer, r.Leave, r.Low, r.High)
		}
		by[r.Customer] = r
	}
	return by
}

// rankedCustomers are those with two or more invoices of whom the last is at
// most 180 days old: their chance to leave, their silence, and whether they
// bought nothing in the horizon. A gap above 0 leaves those with five order days
// or more, at most that many days apart on average.
func rankedCustomers(t *testing.T, invoices map[string][]invoice, standings map[string]standingRow, day behold.Day, horizon, gap int) (leave, silent []float64, left []bool) {
	t.Helper()
	for id, list := range invoices {
		n, days, first, last, gone := 0, 0, list[0].day, behold.NoDay, true
		for _, v := range list {
			switch {
			case v.day <= day:
				if v.day != last {
					days++
				}
				n, last = n+1, v.day
			case v.day <= day+behold.Day(horizon):
				gone = false
			}
		}
		if n < 2 || day-last > 180 || gap > 0 && (days < 5 || int(last-first) > gap*(days-1)) {
			continue
		}
		s, ok := standings[id]
		if !ok {
			t.Fatalf("customer %s has no standing on %v", id, day)
		}
		leave, silent, left = append(leave, s.Leave), append(silent, float64(day-last)), append(left, gone)
	}
	return leave, silent, left
}

// auc is the chance that one who left scores higher than one who stayed.
func auc(score []float64, left []bool) float64 {
	order := make([]int, len(score))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if score[a] < score[b] {
			return -1
		}
		return 1
	})
	var wins, gone, stayed float64
	for i := 0; i < len(order); {
		j, g, s := i, 0.0, 0.0
		for ; j < len(order) && score[order[j]] == score[order[i]]; j++ {
			if left[order[j]] {
				g++
			} else {
				s++
			}
		}
		wins += g * (stayed + s/2)
		gone, stayed, i = gone+g, stayed+s, j
	}
	return wins / (gone * stayed)
}

func share(of []bool) float64 {
	n := 0.0
	for _, b := range of {
		if b {
			n++
		}
	}
	return n / float64(len(of))
}

// checkLamps holds what the rhythm lamps say against the plain list of invoices.
func checkLamps(t *testing.T, dir string, day behold.Day, invoices map[string][]invoice) {
	t.Helper()
	var lamps []struct {
		Customer string          `json:"customer"`
		Lamp     behold.LampKind `json:"lamp"`
		Since    behold.Day      `json:"since"`
		Says     string          `json:"says"`
		Evidence behold.Evidence `json:"evidence"`
	}
	if err := json.Unmarshal([]byte(must(t, exitDone, dir, "lamps", "--day", day.String(), "--format", "json").out), &lamps); err != nil {
		t.Fatal(err)
	}
	kinds := map[behold.LampKind]int{}
	for _, l := range lamps {
		kinds[l.Lamp]++
		if l.Says == "" || len(l.Evidence.Rows) == 0 || l.Since > day {
			t.Errorf("%s of %s since %v says %q with %d rows", l.Lamp, l.Customer, l.Since, l.Says, len(l.Evidence.Rows))
		}
		if l.Lamp != behold.LampRhythm {
			continue
		}
		last, _ := l.Evidence.Fact("last_order_on")
		days, _ := l.Evidence.Fact("silent_days")
		if int(days.Number) != int(day-last.Day) || !strings.Contains(l.Says, strconv.Itoa(int(days.Number))) {
			t.Errorf("%s: silent for %v days since %v on %v: %q", l.Customer, days.Number, last.Day, day, l.Says)
		}
		row := l.Evidence.Rows[0]
		if !slices.Contains(invoices[l.Customer], invoice{number: row.ID, day: last.Day}) {
			t.Errorf("%s: the last order %s of %v is not in the file", l.Customer, row.ID, last.Day)
		}
		for _, v := range invoices[l.Customer] {
			if v.day > last.Day && v.day <= day && !v.cancelled {
				t.Errorf("%s: called silent since %v, but there is invoice %s of %v", l.Customer, last.Day, v.number, v.day)
			}
		}
	}
	t.Logf("%v: lamps %v", day, kinds)
	if kinds[behold.LampRhythm] == 0 || kinds[behold.LampReturns] == 0 {
		t.Errorf("%v: lamps %v", day, kinds)
	}
}
