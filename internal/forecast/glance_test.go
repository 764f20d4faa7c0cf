package forecast

import (
	"testing"

	"behold"
)

// What Glances fills in is bit by bit what Forecasts says, on the model's day and
// on earlier ones.
func TestGlancesAreForecasts(t *testing.T) {
	w := world{customers: 1500, from: year(2021), to: year(2025), seed: 11, leave: 0.05}
	h := columnsOf(w.live(), w.to)
	m, err := Fit(h, dayCounts(h), settings())
	if err != nil {
		t.Fatal(err)
	}
	warned := 0
	for _, back := range []behold.Day{0, 180, 400, 900} {
		then := h.Until(w.to - back)
		whole, light := m.Forecasts(then), m.Glances(then)
		for k := range whole {
			f := whole[k]
			want := behold.Forecast{
				Customer: f.Customer, State: f.State, Orders: f.Orders, Occasions: f.Occasions, First: f.First, Last: f.Last,
				UsualGap: f.UsualGap, SilentDays: f.SilentDays, SilenceP: f.SilenceP, ChanceActive: f.ChanceActive,
				ExpectedBy: behold.NoDay, LampOn: behold.NoDay,
			}
			if f.Occasions == 0 {
				m.never(&want, h.Currency)
			}
			if f.LampOn.Known() && f.LampOn <= then.AsOf {
				want.LampOn = f.LampOn
				warned++
			}
			if light[k] != want {
				t.Fatalf("%d days back, customer %d: %+v, not %+v", back, k, light[k], want)
			}
		}
	}
	if warned < 200 {
		t.Errorf("the lamp had come on for %d only", warned)
	}
}
