package forecast

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"
	"time"

	"behold"
	"behold/stat/repurchase"
)

func settings() behold.Settings {
	s := behold.DefaultSettings()
	s.MergeDays = 0
	return s
}

// Over one gap a healthy customer lights the rhythm lamp with the chance that
// the threshold says, though model and clock are fitted and not the true ones.
func TestFalseAlarmRate(t *testing.T) {
	w := world{customers: 6000, from: year(2022), to: year(2026), seed: 11}
	lives := w.live()
	asOf := year(2024)
	h := columnsOf(lives, w.to).Until(asOf)
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	occ := CustomerOccasions(h, &m.Clock, 0)
	for _, p := range []float64{0.01, 0.05} {
		hits, gaps := 0.0, 0.0
		for k, l := range lives {
			if occ.Count[k] == 0 {
				continue
			}
			next := nextAfter(l.days, asOf)
			if !next.Known() {
				continue
			}
			// The p-value of the gap that contains asOf, given that it had not
			// ended by then, is uniform: S(end)/S(asOf).
			now := m.Mixture.Silence(occ.Buyer[k])
			then := m.Mixture.SilenceAt(occ.Buyer[k], m.Clock.Between(occ.Last[k], next))
			gaps++
			if then <= p*now {
				hits++
			}
		}
		if rate := hits / gaps; rate < 0.75*p || rate > 1.25*p {
			t.Errorf("at %.2f: %.4f of %.0f gaps light the lamp", p, rate, gaps)
		} else {
			t.Logf("at %.2f: %.4f of %.0f gaps", p, rate, gaps)
		}
	}
}

func nextAfter(days []behold.Day, day behold.Day) behold.Day {
	for _, d := range days {
		if d > day {
			return d
		}
	}
	return behold.NoDay
}

// A four-week stop every July lights no more false lamps around it than the
// rest of the year, and many when time is the calendar's (METHODS 2.1).
func TestJulyStop(t *testing.T) {
	july := func(d behold.Day) float64 {
		if from := behold.Date(d.Time().Year(), time.July, 8); d >= from && d < from+28 {
			return 0.02
		}
		return 1
	}
	w := world{customers: 4000, from: year(2021), to: behold.Date(2025, time.March, 1), seed: 5, open: july}
	lives := w.live()
	h := columnsOf(lives, w.to)
	asOf := behold.Date(2024, time.June, 1)
	m, err := Fit(h.Until(asOf), dayCounts(h.Until(asOf)), settings())
	if err != nil {
		t.Fatal(err)
	}
	inside := func(d behold.Day) bool {
		return d >= behold.Date(2024, time.July, 8) && d < behold.Date(2024, time.July, 8)+49
	}
	for _, c := range []struct {
		name   string
		clock  behold.Clock
		around func(ratio float64) bool
	}{
		{"season clock", m.Clock, func(r float64) bool { return r > 0.3 && r < 1.4 }},
		{"calendar", behold.Clock{}, func(r float64) bool { return r > 2 }},
	} {
		engine := m.Mixture
		if len(c.clock.Sum) == 0 {
			occ := CustomerOccasions(h.Until(asOf), &c.clock, 0)
			if engine, err = fitMixture(buyersOf(occ), repurchase.MixtureOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		near, rest := falseLamps(lives, &c.clock, engine, asOf, asOf+250, inside)
		t.Logf("%s: %.2f false lamps per 100 a month around the stop, %.2f otherwise", c.name, near, rest)
		if rest < 1 || rest > 2 { // the dial's 5 times the lamp's share of 0.30
			t.Errorf("%s: %.2f false lamps per 100 a month, the dial says 1.5", c.name, rest)
		}
		if !c.around(near / rest) {
			t.Errorf("%s: %.2f false lamps per 100 a month around the stop, %.2f otherwise", c.name, near, rest)
		}
	}
}

// falseLamps counts rhythm lamps per 100 customers a month, of customers who all
// buy again, inside and outside a period. Every gap that ends after from is judged by what
// was known at its beginning.
func falseLamps(lives []life, c *behold.Clock, engine repurchase.Mixture, from, to behold.Day, inside func(behold.Day) bool) (near, rest float64) {
	var count, days [2]float64
	for _, l := range lives {
		var tl tally
		for _, d := range l.days {
			if tl.count > 0 && d > from && d > tl.last {
				b := tl.buyer(c, tl.last)
				threshold := rhythmThreshold(engine.MeanGap(b), 5)
				lamp := c.After(tl.last, engine.SilenceQuantile(b, threshold))
				for day := max(tl.last+1, from); day <= min(d, to); day++ {
					days[where(inside(day))]++
				}
				if lamp < d && lamp > from && lamp <= to {
					count[where(inside(lamp))]++
				}
			}
			tl.add(d, c, 0)
		}
	}
	return 3000 * count[1] / days[1], 3000 * count[0] / days[0]
}

func where(inside bool) int {
	if inside {
		return 1
	}
	return 0
}

// What is recorded later never changes a forecast, even when it happened before.
func TestLaterRecordsChangeNothing(t *testing.T) {
	w := world{customers: 1500, from: year(2022), to: year(2025), seed: 2, leave: 0.1}
	h := columnsOf(w.live(), w.to)
	h.Recorded = append([]behold.Day(nil), h.Day...)
	asOf := behold.Date(2024, time.March, 1)
	before := h.Until(asOf)
	changed := columnsOf(w.live(), w.to)
	changed.Recorded = append([]behold.Day(nil), h.Day...)
	for i := range changed.Day {
		if changed.Day[i] > asOf {
			changed.Bought[i] *= 50
			changed.Recorded[i]++
		}
	}
	after := changed.Until(asOf)
	if !reflect.DeepEqual(forecastsOf(t, before), forecastsOf(t, after)) {
		t.Error("later records change forecasts")
	}
}

func forecastsOf(t *testing.T, h *behold.Histories) []behold.Forecast {
	t.Helper()
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	return m.Forecasts(h)
}

// One core and all give the same bits, whatever the order of customers.
func TestOrderAndCoresDoNotMatter(t *testing.T) {
	w := world{customers: 2600, from: year(2022), to: year(2024), seed: 3, leave: 0.08}
	h := columnsOf(w.live(), w.to)
	want := forecastsOf(t, h)
	was := runtime.GOMAXPROCS(1)
	one := forecastsOf(t, h)
	runtime.GOMAXPROCS(was)
	if !reflect.DeepEqual(want, one) {
		t.Error("one core gives other forecasts than all")
	}
	order := rand.New(rand.NewPCG(1, 1)).Perm(h.Len())
	shuffled := forecastsOf(t, h.Pick(order))
	for i, k := range order {
		if !reflect.DeepEqual(want[k], shuffled[i]) {
			t.Fatalf("customer %d: %+v in another order %+v", k, want[k], shuffled[i])
		}
	}
}

// A customer whose rhythm is plain gets the days and the money one would say by hand.
func TestForecastOfARegular(t *testing.T) {
	w := world{customers: 800, from: year(2022), to: year(2024), seed: 9, leave: 0.05}
	lives := w.live()
	var regular, once life
	for d := year(2022); d < year(2023)+300; d += 30 {
		regular.days = append(regular.days, d)
	}
	once.days = []behold.Day{w.to - 10}
	lives = append(lives, regular, once, life{})
	h := columnsOf(lives, w.to)
	f := forecastsOf(t, h)
	r := f[800]
	last := regular.days[len(regular.days)-1]
	switch {
	case r.Last != last || int(r.SilentDays) != int(w.to-last) || r.Occasions != int32(len(regular.days)):
		t.Errorf("facts of the regular: %+v", r)
	case math.Abs(r.UsualGap-30) > 4 || r.UsualLow > 28 || r.UsualHigh < 32 || r.UsualHigh > 60:
		t.Errorf("gaps of the regular: usual %.1f, %v to %v", r.UsualGap, r.UsualLow, r.UsualHigh)
	case r.State != behold.Quiet || r.LampOn <= r.ExpectedBy || r.LampOn > w.to || r.SilenceP > 0.05:
		t.Errorf("silence of the regular: %+v", r)
	case r.Value.Minor >= r.Residual.Minor || r.MoneyAtRisk.Minor > r.Residual.Minor || r.Residual.Currency != "DKK":
		t.Errorf("money of the regular: %+v", r)
	case !(r.ChanceLeaveLow < r.ChanceLeave && r.ChanceLeave < r.ChanceLeaveHigh) || !r.Calibrated:
		t.Errorf("chance of the regular: %+v", r)
	}
	if f[801].State != behold.NewCustomer || f[801].Occasions != 1 {
		t.Errorf("the new one: %+v", f[801])
	}
	if f[802].State != behold.NewCustomer || f[802].Last.Known() || f[802].Value.Minor != 0 {
		t.Errorf("the one who never bought: %+v", f[802])
	}
}

// The lamp's day is the first on which the silence p is at or below the threshold.
func TestLampDayMeetsTheThreshold(t *testing.T) {
	w := world{customers: 600, from: year(2022), to: year(2024), seed: 4, leave: 0.05}
	h := columnsOf(w.live(), w.to)
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	occ := CustomerOccasions(h, &m.Clock, 0)
	for k, f := range m.Forecasts(h) {
		if f.Occasions == 0 || f.LampOn > w.to+600 {
			continue
		}
		a := rhythmThreshold(f.UsualGap, 5)
		on := m.Mixture.SilenceAt(occ.Buyer[k], m.Clock.Between(f.Last, f.LampOn))
		before := m.Mixture.SilenceAt(occ.Buyer[k], m.Clock.Between(f.Last, f.LampOn-1))
		if on > a*(1+1e-9) || before <= a*(1-1e-9) {
			t.Fatalf("customer %d: p %v on the day, %v before, threshold %v", k, on, before, a)
		}
	}
}

// Nothing, or next to nothing, is no error.
func TestFitOnLittle(t *testing.T) {
	empty := columnsOf(nil, year(2024))
	if got := forecastsOf(t, empty); len(got) != 0 {
		t.Error("forecasts of nobody")
	}
	few := columnsOf([]life{{days: []behold.Day{year(2024) - 9}}, {}}, year(2024))
	m, err := Fit(few, dayCounts(few), settings())
	if err != nil {
		t.Fatal(err)
	}
	f := m.Forecasts(few)[0]
	if !m.Mixture.Borrowed || m.Leave.learned() || !(f.ChanceLeaveLow < f.ChanceLeave && f.ChanceLeave < f.ChanceLeaveHigh) {
		t.Errorf("%+v %+v", m.Caveats, f)
	}
}

// The record of a round can be read back and judges the same.
func TestModelIsPlainData(t *testing.T) {
	w := world{customers: 1200, from: year(2022), to: year(2024), seed: 8, leave: 0.1}
	h := columnsOf(w.live(), w.to)
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	var back Model
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m.Forecasts(h), back.Forecasts(h)) {
		t.Error("a model read back judges otherwise")
	}
}

// Whatever the records look like, every figure is a figure and every chance a chance.
func TestForecastsOfOddRecords(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 6))
	for _, margin := range []bool{false, true} {
		h := &behold.Histories{AsOf: year(2024), Currency: "JPY", Start: []int{0}, Kinds: behold.Kinds{First: []int{0}, Start: []int{0}}}
		for k := range 900 {
			day := h.AsOf - behold.Day(rng.IntN(900))
			for range rng.IntN(1 + k%40) {
				h.Day = append(h.Day, day)
				h.Orders = append(h.Orders, rng.Int32N(3))
				h.Bought = append(h.Bought, rng.Int64N(1<<rng.IntN(50)))
				h.Credited = append(h.Credited, -rng.Int64N(1<<rng.IntN(45)))
				h.Goods = append(h.Goods, rng.Int32N(4))
				h.Returns = append(h.Returns, rng.Int32N(4))
				if margin {
					h.Margin = append(h.Margin, rng.Int64N(2000)-1500)
				}
				if day += behold.Day(1 + rng.IntN(60)); day > h.AsOf {
					break
				}
			}
			h.Customer = append(h.Customer, int32(k))
			h.Start = append(h.Start, len(h.Day))
			h.Kinds.First = append(h.Kinds.First, 0)
		}
		for _, f := range forecastsOf(t, h) {
			if !sane(f) {
				t.Fatalf("%+v", f)
			}
		}
	}
}

func sane(f behold.Forecast) bool {
	chance := func(p float64) bool { return p >= 0 && p <= 1 }
	length := func(d float64) bool { return d >= 0 && d <= farAhead+yearDays }
	return chance(f.SilenceP) && chance(f.ChanceActive) && chance(f.ChanceLeaveLow) && chance(f.ChanceLeaveHigh) &&
		f.ChanceLeaveLow <= f.ChanceLeave && f.ChanceLeave <= f.ChanceLeaveHigh &&
		length(f.UsualGap) && length(f.UsualLow) && f.UsualLow <= f.UsualHigh && length(f.UsualHigh) &&
		f.Residual.Minor >= 0 && f.Value.Minor <= f.Residual.Minor && f.MoneyAtRisk.Minor <= f.Residual.Minor
}
