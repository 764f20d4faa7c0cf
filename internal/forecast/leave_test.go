package forecast

import (
	"math/rand/v2"
	"testing"
	"time"

	"behold"
)

// On the UK wholesaler the chance to leave ranks those who do not buy in the
// next 90 days better than a logistic regression on recency, frequency and spend
// (0.747 and 0.721) among customers with two orders or more of whom the last is
// at most 180 days old; it says as many leavers as there are within a tenth.
func TestLeaveRanks(t *testing.T) {
	all := readRetail(t)
	settings := behold.DefaultSettings()
	settings.Country, settings.HorizonDays = "GB", 90
	for _, c := range []struct {
		day  behold.Day
		best float64
	}{
		{behold.Date(2011, time.June, 9), 0.77},
		{behold.Date(2011, time.September, 9), 0.75},
	} {
		h := all.Until(c.day)
		start := time.Now()
		m, err := Fit(h, dayCounts(h), settings)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("fit took %v", time.Since(start))
		start = time.Now()
		forecasts := m.Forecasts(h)
		t.Logf("forecasts took %v", time.Since(start))
		var score, engine, low, high []float64
		var left []bool
		share := 0.0
		for k, f := range forecasts {
			if f.Orders < 2 || f.SilentDays > 180 {
				continue
			}
			score = append(score, f.ChanceLeave)
			low, high = append(low, f.ChanceLeaveLow), append(high, f.ChanceLeaveHigh)
			engine = append(engine, 1-f.ChanceActive)
			y := bought(all, k, c.day, c.day+90)
			left = append(left, y == 1)
			share += y
		}
		share /= float64(len(score))
		got := auc(score, left)
		t.Logf("%v: %d customers, %.3f left, AUC %.4f (1-alive %.4f), mean forecast %.3f (%.3f to %.3f), drift %.2f",
			c.day, len(score), share, got, auc(engine, left), mean(score), mean(low), mean(high), m.Leave.Drift)
		if got < c.best {
			t.Errorf("%v: AUC %.4f, want at least %.3f", c.day, got, c.best)
		}
		if d := mean(score) - share; d > 0.1 || d < -0.1 {
			t.Errorf("%v: mean forecast %.3f, %.3f left", c.day, mean(score), share)
		}
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
		if shuffled := auc(score, left); shuffled < 0.47 || shuffled > 0.53 {
			t.Errorf("%v: AUC %.3f on shuffled outcomes", c.day, shuffled)
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
