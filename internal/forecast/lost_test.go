package forecast

import (
	"math"
	"testing"
	"time"

	"behold"
	"behold/internal/realdata"
)

func fitted(t testing.TB, h *behold.Histories) *Model {
	t.Helper()
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Where customers leave and stay away, a level is found at which hardly anybody
// comes back, and those it calls lost did leave.
func TestLostIsCalibrated(t *testing.T) {
	w := world{customers: 4000, from: year(2020), to: year(2025), seed: 21, leave: 0.2}
	lives := w.live()
	h := columnsOf(lives, w.to)
	m := fitted(t, h)
	if l := m.Lost; !l.Calibrated || l.share() > lostReturns || l.Low > l.share() || l.High < l.share() || l.Cases < lostCases || l.AfterYear != l.A {
		t.Fatalf("%+v", l)
	}
	lost, left, gone := 0, 0, 0
	for k, f := range m.Forecasts(h) {
		if lives[k].left && w.to-f.Last > yearDays {
			gone++
		}
		if f.State != behold.Lost {
			if f.LostOn().Known() {
				t.Fatalf("not lost, but since %v: %+v", f.LostOn(), f)
			}
			continue
		}
		lost++
		if lives[k].left {
			left++
		}
		if f.MoneyAtRisk.Minor != 0 || f.LostOn() < f.Last || f.LostOn() > w.to || f.SilentDays < lostSilent || f.LampOn > w.to-lostWarned {
			t.Fatalf("lost: %+v", f)
		}
	}
	t.Logf("%+v: %d lost, %d of them left; %d left more than a year ago", m.Lost, lost, left, gone)
	if float64(left) < 0.85*float64(lost) || float64(lost) < 0.7*float64(gone) {
		t.Errorf("%d lost, %d of them left; %d left more than a year ago", lost, left, gone)
	}
}

// The replay counts what somebody would count who had looked every day.
func TestLostCountsAsIfLookedDaily(t *testing.T) {
	w := world{customers: 300, from: year(2020), to: year(2023), seed: 22, leave: 0.15}
	h := columnsOf(w.live(), w.to)
	m := fitted(t, h)
	pauses := m.pauses(h)
	early, late, err := m.looks(pauses, h.AsOf)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range []Lost{{A: .2, AfterYear: .2}, {A: .02, AfterYear: .02}, {A: .002, AfterYear: .05}} {
		for i, p := range pauses {
			first := m.firstLost(l, p, h.AsOf)
			isCase := first.Known() && first <= h.AsOf-yearDays
			if isCase != l.lost(late[i]) {
				t.Fatalf("%+v of %+v: lost from %v on, seen %+v", p, l, first, late[i])
			}
			back := isCase && p.next.Known() && p.next <= first+yearDays
			if isCase && back != (p.next.Known() && !l.lost(early[i])) {
				t.Fatalf("%+v of %+v: lost from %v on, seen early %+v", p, l, first, early[i])
			}
		}
	}
}

// firstLost is the first day of a pause on which l calls the customer lost.
func (m *Model) firstLost(l Lost, p pause, asOf behold.Day) behold.Day {
	end := asOf + 1
	if p.next.Known() {
		end = p.next
	}
	threshold := rhythmThreshold(m.Mixture.MeanGap(p.buyer), m.Settings.FalseLamps)
	at := func(day behold.Day) float64 {
		return m.Mixture.SilenceAt(p.buyer, max(0, m.Clock.Between(p.last, day)))
	}
	for day := p.last; day < end; day++ {
		if l.lost(look{int32(day - p.last), at(day), at(day-lostWarned) <= threshold}) {
			return day
		}
	}
	return behold.NoDay
}

// Fifteen months of records hold no silence that anybody could have come back
// from for a year; where everybody comes back, nothing is learned either.
func TestLostWithoutReturnersIsCautious(t *testing.T) {
	for name, w := range map[string]world{
		"short records": {customers: 1500, from: year(2023), to: behold.Date(2024, time.February, 1), seed: 23, leave: 0.2},
		"nobody leaves": {customers: 3000, from: year(2021), to: year(2025), seed: 24},
	} {
		m := fitted(t, columnsOf(w.live(), w.to))
		found := false
		for _, c := range m.Caveats {
			found = found || c.Code == "loss-not-calibrated"
		}
		if m.Lost.Calibrated || !found || m.Lost.A != cautiousLost || m.Lost.AfterYear != cautiousYear {
			t.Errorf("%s: %+v %+v", name, m.Lost, m.Caveats)
		}
		t.Logf("%s: %+v", name, m.Lost)
	}
}

// Who comes back after having been lost is returned for 90 days, or until the
// next purchase.
func TestReturned(t *testing.T) {
	w := world{customers: 800, from: year(2022), to: year(2025), seed: 25, leave: 0.1}
	lives := w.live()
	var gone life
	for d := year(2022); d < year(2023); d += 20 {
		gone.days = append(gone.days, d)
	}
	m := fitted(t, columnsOf(append(lives, gone), w.to))
	back := gone.days[len(gone.days)-1] + 500
	for _, c := range []struct {
		name string
		days []behold.Day
		asOf behold.Day
		want behold.CustomerState
	}{
		{"silent", nil, back - 1, behold.Lost},
		{"back today", []behold.Day{back}, back, behold.Returned},
		{"back 90 days ago", []behold.Day{back}, back + 90, behold.Returned},
		{"back 91 days ago", []behold.Day{back}, back + 91, behold.Quiet},
		{"back and again", []behold.Day{back, back + 20}, back + 25, behold.Active},
		{"never lost", []behold.Day{gone.days[len(gone.days)-1] + 45}, gone.days[len(gone.days)-1] + 46, behold.Active},
	} {
		h := columnsOf([]life{{days: append(gone.days[:len(gone.days):len(gone.days)], c.days...)}}, c.asOf)
		if f := m.Forecasts(h)[0]; f.State != c.want {
			t.Errorf("%s: %s, not %s: %+v", c.name, f.State, c.want, f)
		}
	}
}

// Orders are order numbers, also on days that a credit cancels, which are no
// occasions.
func TestOrdersAreCounted(t *testing.T) {
	w := world{customers: 300, from: year(2022), to: year(2024), seed: 26, leave: 0.1}
	m := fitted(t, columnsOf(w.live(), w.to))
	h := columnsOf([]life{{days: []behold.Day{w.to - 200, w.to - 100, w.to - 50}}, {days: []behold.Day{w.to - 20}}}, w.to)
	h.Orders[1] = 2
	h.Credited[1] = -h.Bought[1]
	h.Credited[3] = -h.Bought[3]
	f := m.Forecasts(h)
	if f[0].Orders != 4 || f[0].Occasions != 2 || f[1].Orders != 1 || f[1].Occasions != 0 {
		t.Errorf("%+v", f)
	}
}

// The quantiles of Beta(3.5, 7.5) and Beta(0.5, 30.5), as scipy 1.17 has them.
func TestJeffreys(t *testing.T) {
	for _, c := range []struct {
		k, n      int
		low, high float64
	}{{3, 10, .093, .606}, {0, 30, 0, .080}, {30, 30, .920, 1}} {
		low, high := jeffreys(c.k, c.n)
		if math.Abs(low-c.low) > .0015 || math.Abs(high-c.high) > .0015 {
			t.Errorf("%d of %d: %.4f to %.4f, not %.3f to %.3f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// At the UK wholesaler silence alone never says that nobody comes back; those who
// are called lost have been silent for long, and few of them were back within
// three months.
func TestLostOnRetail(t *testing.T) {
	realdata.Path(t, "data/online_retail_2009_2010.csv.gz")
	all := readRetail(t)
	day := behold.Date(2011, time.September, 9)
	h := all.Until(day)
	m := fitted(t, h)
	start := time.Now()
	if err := m.fitLost(h); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)
	lost, back := 0, 0
	for k, f := range m.Forecasts(h) {
		if f.State == behold.Lost {
			lost++
			back += 1 - int(bought(all, k, day, all.AsOf))
		}
	}
	t.Logf("%+v in %v; %d lost, %d of them back within three months", m.Lost, took, lost, back)
	if m.Lost.Calibrated || lost < 100 || float64(back) > 0.2*float64(lost) {
		t.Errorf("%+v: %d lost, %d of them back within three months", m.Lost, lost, back)
	}
}
