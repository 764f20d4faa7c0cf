package forecast

import (
	"math"
	"testing"

	"behold"
)

// Losses by month, as the program finds them from silence alone, are those that
// really happened, within 5 % once they are old enough to be known (METHODS 5.1):
// whoever left is lost a usual gap after the last purchase.
func TestTurnsFollowTruth(t *testing.T) {
	w := world{customers: 6_000, from: year(2020), to: behold.Date(2024, 12, 31), seed: 77, leave: 0.06}
	lives := w.live()
	h := columnsOf(lives, w.to)
	m, err := Fit(h, nil, behold.DefaultSettings())
	if err != nil {
		t.Fatal(err)
	}
	found, real := map[int]float64{}, map[int]float64{}
	quarter := func(d behold.Day) int { return d.Time().Year()*4 + int(d.Time().Month()-1)/3 }
	err = m.Turns(h, m.Forecasts(h), func(k int, turns []behold.Turn) {
		last := &turns[len(turns)-1]
		if last.Gone() {
			found[quarter(last.Due)]++
		}
		if lives[k].left { // the purchase after which they left was the last one
			real[quarter(last.Due)]++
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	all, truth := 0.0, 0.0
	for q := quarter(behold.Date(2021, 1, 1)); q <= quarter(behold.Date(2023, 12, 31)); q++ {
		all, truth = all+found[q], truth+real[q]
		if off := math.Abs(found[q] - real[q]); off > 0.05*real[q]+2*math.Sqrt(real[q]*0.03) {
			t.Errorf("quarter %d: %.0f lost, in truth %.0f", q, found[q], real[q])
		}
	}
	t.Logf("%.0f lost in three years, in truth %.0f: %+.1f %%", all, truth, 100*(all/truth-1))
	if math.Abs(all/truth-1) > 0.05 {
		t.Errorf("%.0f lost in three years, in truth %.0f", all, truth)
	}
}
