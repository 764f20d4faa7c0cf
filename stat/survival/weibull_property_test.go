package survival

import (
	"math"
	"math/rand/v2"
	"testing"
)

func weibullRows(n int, seed uint64) []Row {
	dice := rand.New(rand.NewPCG(seed, 41))
	rows := make([]Row, n)
	for i := range rows {
		x := []float64{float64(dice.IntN(2)), dice.NormFloat64()}
		d := 20 * math.Exp(0.5*x[0]-0.3*x[1]) * math.Sqrt(dice.ExpFloat64())
		rows[i] = Row{Stay: Stay{Duration: min(d, 40), Left: d < 40}, X: x}
		if i%3 == 0 {
			rows[i].Entry = rows[i].Duration * dice.Float64()
		}
	}
	return rows
}

// The order of rows does not touch a bit; two customers of weight 1 are one of 2;
// another unit of time moves the scale and nothing else.
func TestFitWeibullProperties(t *testing.T) {
	rows := weibullRows(300, 1)
	fit := func(rows []Row) *Weibull {
		t.Helper()
		m, err := FitWeibull(rows, WeibullOptions{})
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := fit(rows)
	turned := fit(shuffled(rows, 3))
	var twice, heavy, days []Row
	for _, r := range rows {
		twice = append(twice, r, r)
		r.Weight = 2
		heavy = append(heavy, r)
		r.Weight = 1
		r.Duration, r.Entry = 7*r.Duration, 7*r.Entry
		days = append(days, r)
	}
	repeated, weighed, inDays := fit(twice), fit(heavy), fit(days)
	for j, co := range m.Coefficients {
		near(t, turned.Coefficients[j].Value, co.Value, 0, "turned", j)
		nearly(t, weighed.Coefficients[j].Value, repeated.Coefficients[j].Value, 1e-9, "weighed", j)
		nearly(t, weighed.Coefficients[j].StdErr, repeated.Coefficients[j].StdErr, 1e-6, "weighed, se", j)
		near(t, inDays.Coefficients[j].Value, co.Value, 1e-8, "in days", j)
		nearly(t, inDays.Coefficients[j].StdErr, co.StdErr, 1e-6, "in days, se", j)
	}
	nearly(t, inDays.LogLikelihood, m.LogLikelihood-m.Left*math.Log(7), 1e-9, "ln L in days")
	half, err := m.HalfLife([]float64{1, 0})
	if err != nil {
		t.Fatal(err)
	}
	halfDays, err := inDays.HalfLife([]float64{1, 0})
	if err != nil {
		t.Fatal(err)
	}
	nearly(t, halfDays.Time, 7*half.Time, 1e-8, "half-life in days")
}
