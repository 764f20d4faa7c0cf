package forecast

import (
	"math/rand/v2"
	"testing"
	"time"

	"behold"
	"behold/stat/effect"
)

// On the UK wholesaler, among customers with two orders or more of whom the last
// is at most 180 days old, and among the regulars of them (five order days or more,
// at most 60 days apart on average), the chance to leave ranks those who do not buy
// far above "longest silent", and is calibrated. The figures are what was measured
// on 2026-11-22, less 0.004 for changes that mean nothing.
func TestLeaveRanks(t *testing.T) {
	all := readRetail(t)
	settings := behold.DefaultSettings()
	settings.Country = "GB"
	for _, c := range []struct {
		day          behold.Day
		horizon      int
		all, regular float64 // AUC
		ece          float64
	}{
		{behold.Date(2011, time.June, 9), 90, 0.781, 0.803, 0.038},
		{behold.Date(2011, time.June, 9), 180, 0.786, 0.794, 0.045},
		{behold.Date(2011, time.September, 9), 90, 0.770, 0.788, 0.035},
	} {
		h := all.Until(c.day)
		settings.HorizonDays = c.horizon
		m, err := Fit(h, dayCounts(h), settings)
		if err != nil {
			t.Fatal(err)
		}
		forecasts := m.Forecasts(h)
		everybody := reliability(t, all, c.day, c.horizon, forecasts, func(int, *behold.Forecast) bool { return true })
		regulars := reliability(t, all, c.day, c.horizon, forecasts, func(k int, f *behold.Forecast) bool {
			days := purchaseDays(h, k)
			return days >= 5 && float64(f.Last-f.First) <= 60*float64(days-1)
		})
		t.Logf("%v, %d days: %+v", c.day, c.horizon, everybody)
		t.Logf("regulars: %+v; proof %d cases, AUC %.3f, longest silent %.3f", regulars, m.Leave.Proof.Cases, m.Leave.Proof.AUC, m.Leave.Proof.Recency)
		if everybody.auc < c.all || regulars.auc < c.regular || everybody.auc < everybody.recency+0.1 {
			t.Errorf("%v, %d days: AUC %.4f and of regulars %.4f, longest silent %.4f", c.day, c.horizon, everybody.auc, regulars.auc, everybody.recency)
		}
		if everybody.Slope < 0.8 || everybody.Slope > 1.2 || everybody.ECE > c.ece {
			t.Errorf("%v, %d days: slope %.2f, ECE %.3f", c.day, c.horizon, everybody.Slope, everybody.ECE)
		}
		if by := everybody.shuffled; by < 0.47 || by > 0.53 {
			t.Errorf("%v: AUC %.3f on shuffled outcomes", c.day, by)
		}
	}
}

type measured struct {
	effect.Report
	auc, recency, shuffled float64
}

// reliability holds forecasts of repeat customers silent for at most 180 days
// against what came.
func reliability(t *testing.T, all *behold.Histories, day behold.Day, horizon int, f []behold.Forecast, chosen func(int, *behold.Forecast) bool) measured {
	t.Helper()
	var chances, silent []float64
	var left []bool
	for k := range f {
		if f[k].Orders < 2 || f[k].SilentDays > 180 || !chosen(k, &f[k]) {
			continue
		}
		chances, silent = append(chances, f[k].ChanceLeave), append(silent, float64(f[k].SilentDays))
		left = append(left, bought(all, k, day, day+behold.Day(horizon)) == 1)
	}
	r, err := effect.Reliability(chances, left, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	r.Bins = nil
	m := measured{Report: r, auc: auc(chances, left), recency: auc(silent, left)}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
	m.shuffled = auc(chances, left)
	return m
}

func purchaseDays(h *behold.Histories, k int) int {
	n := 0
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Purchase(i) {
			n++
		}
	}
	return n
}

// In invented companies with other rhythms the chances are calibrated too, as far
// as some hundred customers can show it; of sixty nothing is claimed.
func TestChancesAreCalibrated(t *testing.T) {
	july := func(d behold.Day) float64 {
		if from := behold.Date(d.Time().Year(), time.July, 8); d >= from && d < from+28 {
			return 0.02
		}
		return 1
	}
	for name, w := range map[string]world{
		"plain":       {customers: 3000, from: year(2022), to: year(2025), seed: 31, leave: 0.1},
		"July stop":   {customers: 3000, from: year(2022), to: year(2025), seed: 32, leave: 0.1, open: july},
		"one year":    {customers: 3000, from: year(2024), to: year(2025), seed: 33, leave: 0.1},
		"nobody goes": {customers: 3000, from: year(2022), to: year(2025), seed: 34},
		"sixty":       {customers: 60, from: year(2022), to: year(2025), seed: 35, leave: 0.1},
	} {
		all := columnsOf(w.live(), w.to)
		day := w.to - 100
		h := all.Until(day)
		m := fitted(t, h)
		r := reliability(t, all, day, min(m.Horizon, 100), m.Forecasts(h), func(int, *behold.Forecast) bool { return true })
		t.Logf("%s: %+v; level %.2f ± %.2f, proof of %d: line %.4f, both %.4f", name, r, m.Leave.Level, m.Leave.Drift, m.Leave.Proof.Cases, m.Leave.Proof.Line, m.Leave.Proof.Both)
		if m.Customers > borrowedFrom && (r.Slope < 0.7 || r.Slope > 1.3 || r.ECE > 0.06 || !m.Leave.Proof.calibrated()) {
			t.Errorf("%s: slope %.2f, ECE %.3f", name, r.Slope, r.ECE)
		}
		if m.Customers <= borrowedFrom && m.Leave.Proof.calibrated() && m.Leave.Proof.Leavers < minLeavers {
			t.Errorf("%s: calibrated by %d leavers", name, m.Leave.Proof.Leavers)
		}
	}
}

// Where the engine is the truth, learning from outcomes costs next to nothing,
// and nine of ten forecasts are near the truth's own.
func TestLeaveDoesNoHarm(t *testing.T) {
	w := world{customers: 4000, from: year(2022), to: year(2025), seed: 21, leave: 0.1}
	all := columnsOf(w.live(), w.to)
	day := behold.Date(2024, time.June, 1)
	h := all.Until(day)
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.scene(h)
	if err != nil {
		t.Fatal(err)
	}
	var learned, engine []float64
	var left []bool
	share, within := 0.0, 0.0
	for k, f := range m.Forecasts(h) {
		if f.Occasions < 2 || f.SilentDays > 180 {
			continue
		}
		y := bought(all, k, day, day+behold.Day(m.Horizon))
		share += y
		left = append(left, y == 1)
		learned, engine = append(learned, f.ChanceLeave), append(engine, s.engine.NoPurchase[k])
		if f.ChanceLeaveLow <= s.engine.NoPurchase[k] && s.engine.NoPurchase[k] <= f.ChanceLeaveHigh {
			within++
		}
	}
	share /= float64(len(left))
	if a, b := auc(learned, left), auc(engine, left); a < b-0.01 {
		t.Errorf("AUC %.4f learned, %.4f of the engine", a, b)
	}
	if d := mean(learned) - share; d > 0.06 || d < -0.06 {
		t.Errorf("mean forecast %.3f, %.3f left", mean(learned), share)
	}
	if within < 0.9*float64(len(left)) {
		t.Errorf("the range holds the engine's chance for %.0f of %d", within, len(left))
	}
}
