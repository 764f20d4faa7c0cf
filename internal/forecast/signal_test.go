package forecast

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"behold"
)

// An invented complaint is told of half of those who leave and a tenth of the
// others, so that it adds ln 9 − ln(5/9)… to the log-odds of whoever has one; a second
// signal is told of everybody alike.
func inventedSignals(all *behold.Histories, horizon int, place map[int32]int, seed uint64) Source {
	return func(day behold.Day, past *behold.Histories) (*Signals, error) {
		dice := rand.New(rand.NewPCG(seed, uint64(day)))
		s := &Signals{Names: []string{"complaint", "noise"}, Prior: []float64{0.9, 0.4}}
		for _, number := range past.Customer {
			share := 0.1
			if bought(all, place[number], day, day+behold.Day(horizon)) == 1 {
				share = 0.5
			}
			told := []float64{0, 0}
			if dice.Float64() < share {
				told[0] = 1
			}
			if dice.Float64() < 0.2 {
				told[1] = 0.5 + dice.Float64()/2
			}
			s.Strength = append(s.Strength, told...)
		}
		return s, nil
	}
}

// A signal that goes with leaving gets its weight from outcomes, one that does not
// loses its own; chances with signals rank better and stay right on the whole.
func TestSignalsAreLearned(t *testing.T) {
	w := world{customers: 3000, from: year(2022), to: year(2025), seed: 21, leave: 0.12}
	all := columnsOf(w.live(), w.to)
	day := behold.Date(2024, 6, 1)
	h := all.Until(day)
	m := fitted(t, h)
	place := map[int32]int{}
	for k, number := range all.Customer {
		place[number] = k
	}
	source := inventedSignals(all, m.Horizon, place, 5)
	if err := m.FitSignals(h, source); err != nil {
		t.Fatal(err)
	}
	// ln(.5/.1) among leavers against those who stay, less what being without says.
	if c := m.Signals.Each[0]; c < 1.5 || c > 2.6 {
		t.Errorf("a complaint adds %.2f", c)
	}
	if c := m.Signals.Each[1]; c < 0 || c > 0.25 {
		t.Errorf("noise adds %.2f", c)
	}
	told, err := source(day, h)
	if err != nil {
		t.Fatal(err)
	}
	base := m.Forecasts(h)
	with := append([]behold.Forecast(nil), base...)
	parts, err := m.Weigh(with, told)
	if err != nil {
		t.Fatal(err)
	}
	var before, after []float64
	var left []bool
	share := 0.0
	for k := range base {
		if base[k].Occasions == 0 {
			continue
		}
		checkWeighed(t, &base[k], &with[k], parts[2*k:2*k+2], m.Signals.Level)
		y := bought(all, k, day, day+behold.Day(m.Horizon))
		before, after = append(before, base[k].ChanceLeave), append(after, with[k].ChanceLeave)
		left, share = append(left, y == 1), share+y
	}
	share /= float64(len(left))
	t.Logf("%+v: AUC %.3f without, %.3f with; mean %.3f, %.3f left", m.Signals, auc(before, left), auc(after, left), mean(after), share)
	if auc(after, left) < auc(before, left)+0.01 || math.Abs(mean(after)-share) > 0.04 {
		t.Errorf("AUC %.3f without signals, %.3f with; mean %.3f, %.3f left", auc(before, left), auc(after, left), mean(after), share)
	}
}

func checkWeighed(t *testing.T, base, with *behold.Forecast, parts []float64, level float64) {
	t.Helper()
	want := logistic(logit(base.ChanceLeave) + level + parts[0] + parts[1])
	atRisk := want * float64(with.Residual.Minor)
	if with.State == behold.Lost {
		atRisk = 0
	}
	if math.Abs(with.ChanceLeave-want) > 1e-9 || !sane(*with) || math.Abs(float64(with.MoneyAtRisk.Minor)-atRisk) > 1 {
		t.Fatalf("%+v became %+v by %v", base, with, parts)
	}
}

// On day one nothing is learned: full strength adds what the prior says.
func TestSignalsOnDayOne(t *testing.T) {
	h := columnsOf([]life{{days: []behold.Day{year(2024) - 40, year(2024) - 9}}, {}}, year(2024))
	m := fitted(t, h)
	asked := 0
	err := m.FitSignals(h, func(behold.Day, *behold.Histories) (*Signals, error) { asked++; return nil, nil })
	if err != nil || asked > 0 {
		t.Fatalf("asked %d times, %v", asked, err)
	}
	base := m.Forecasts(h)
	f := append([]behold.Forecast(nil), base...)
	parts, err := m.Weigh(f, &Signals{Names: []string{"complaint"}, Prior: []float64{0.9}, Strength: []float64{0.5, 1}})
	if err != nil || parts[0] != 0.45 {
		t.Fatal(parts, err)
	}
	if got := logit(f[0].ChanceLeave) - logit(base[0].ChanceLeave); math.Abs(got-0.45) > 1e-9 {
		t.Errorf("moved by %v", got)
	}
	if f[1] != base[1] {
		t.Errorf("one who never bought: %+v", f[1])
	}
}

// A source that tells signals of another shape is refused.
func TestSignalsOutOfShape(t *testing.T) {
	m := &Model{}
	for _, s := range []*Signals{
		{Names: []string{"a"}, Prior: []float64{1}, Strength: nil},
		{Names: []string{"a"}, Prior: []float64{-1}, Strength: []float64{0}},
		{Names: []string{"a"}, Prior: []float64{1}, Strength: []float64{1.5}},
	} {
		_, err := m.Weigh(make([]behold.Forecast, 1), s)
		var wrong *behold.Error
		if !errors.As(err, &wrong) || wrong.Kind != behold.Internal {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// A weight that outcomes speak against is 0, never below.
func TestWeightsAreNotNegative(t *testing.T) {
	fit := signalFit{}
	cases := make([]matured, 400)
	s := &Signals{Names: []string{"harmless"}, Prior: []float64{0.5}, Strength: make([]float64, 400)}
	for i := range cases {
		if i%2 == 0 {
			s.Strength[i] = 1
		} else if i%4 == 1 {
			cases[i].left = 1
		}
	}
	if err := fit.add(cases, s); err != nil {
		t.Fatal(err)
	}
	if w := fit.solve(1); w.Each[0] != 0 || w.Lit[0] != 200 || w.Cases != 400 {
		t.Errorf("%+v", w)
	}
}
