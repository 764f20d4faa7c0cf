package survival

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"
)

// R survreg on the recidivism data; the curves of waltons without columns.
func TestFitWeibull_R(t *testing.T) {
	var want struct {
		Intercept, Shape, LogLik float64
		Coef                     map[string]float64
	}
	reference(t, &want, "survival", "rossi", "weibull_aft")
	rows, names := coxSetOf(t, "rossi").rows("")
	m, err := FitWeibull(rows, WeibullOptions{Names: names})
	if err != nil {
		t.Fatal(err)
	}
	nearly(t, m.Intercept.Value, want.Intercept, 1e-6, "intercept")
	nearly(t, m.Shape, want.Shape, 1e-6, "shape")
	near(t, m.LogLikelihood, want.LogLik, 1e-6, "ln L")
	for _, co := range m.Coefficients {
		near(t, co.Value, want.Coef[co.Name], 1e-6, co.Name)
	}
	var waltons []Row
	for _, s := range staysOf(t, "waltons") {
		waltons = append(waltons, Row{Stay: s})
	}
	for _, model := range []string{"weibull", "exponential"} {
		var want struct{ Lambda, Rho, LogLik float64 }
		reference(t, &want, "survival", "waltons", model)
		m, err := FitWeibull(waltons, WeibullOptions{Exponential: model == "exponential"})
		if err != nil {
			t.Fatal(err)
		}
		nearly(t, m.Intercept.Ratio, want.Lambda, 1e-6, model, "λ")
		near(t, m.LogLikelihood, want.LogLik, 1e-6, model, "ln L")
		if want.Rho > 0 {
			nearly(t, m.Shape, want.Rho, 1e-6, model, "ρ")
		}
	}
}

func TestWeibullSlope(t *testing.T) {
	d, _, err := prepareWeibull(someRows(100, 3), &WeibullOptions{})
	if err != nil {
		t.Fatal(err)
	}
	beta := []float64{0.2, -0.3, 0.1, 3, 0.4}
	at := d.pass(beta)
	for a := range beta {
		const h = 1e-5
		up, down := slices.Clone(beta), slices.Clone(beta)
		up[a] += h
		down[a] -= h
		plus, minus := d.pass(up), d.pass(down)
		near(t, at.slope[a], (plus.loglik-minus.loglik)/2/h, 1e-5*math.Max(1, math.Abs(at.slope[a])), "slope", a)
		for b := range beta {
			near(t, at.info.At(a, b), -(plus.slope[b]-minus.slope[b])/2/h, 1e-5*math.Max(1, math.Abs(at.info.At(a, b))), "bend", a, b)
		}
	}
}

// The truth is exponential with hazard ratios e^0.7, e^−0.4 and 1, and rounded
// up durations; late entries do not bend it.
func TestFitWeibullFindsTheTruth(t *testing.T) {
	held, of := 0, 0
	for seed := range uint64(60) {
		rows := someRows(400, 500+seed)
		for i := range rows {
			rows[i].Duration = max(rows[i].Duration-0.5, rows[i].Entry+0.25)
		}
		m, err := FitWeibull(rows, WeibullOptions{})
		if err != nil {
			t.Fatal(err)
		}
		for j, b := range []float64{-0.7, 0.4, 0} {
			of++
			if r := m.Coefficients[j].Range; r.Low <= math.Exp(b) && math.Exp(b) <= r.High {
				held++
			}
		}
	}
	if share := float64(held) / float64(of); share < 0.88 {
		t.Errorf("%d of %d ranges held the truth", held, of)
	}
}

func TestWeibullCurve(t *testing.T) {
	rows := someRows(300, 4)
	m, err := FitWeibull(rows, WeibullOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(2) {
		if other, err := FitWeibull(shuffled(rows, seed), WeibullOptions{}); err != nil || !reflect.DeepEqual(other, m) {
			t.Error("another order, another answer", err)
		}
	}
	x := []float64{1, 0.5, 10}
	h, err := m.HalfLife(x)
	if err != nil {
		t.Fatal(err)
	}
	share, limits, err := m.Survival(x, h.Time)
	if err != nil {
		t.Fatal(err)
	}
	near(t, share, 0.5, 1e-12, "S at the half-life")
	if !(limits.Low < share && share < limits.High && h.Range.Low < h.Time && h.Time < h.Range.High) {
		t.Error(limits, h)
	}
	// Where one curve's limit is ½ the other's is the half-life.
	_, limits, err = m.Survival(x, h.Range.High)
	if err != nil {
		t.Fatal(err)
	}
	near(t, limits.High, 0.5, 0.02, "limits go together")
	years := slices.Clone(rows)
	for i := range years {
		years[i].Duration /= 365
		years[i].Entry /= 365
	}
	y, err := FitWeibull(years, WeibullOptions{})
	if err != nil {
		t.Fatal(err)
	}
	near(t, y.Shape, m.Shape, 1e-8, "shape in years")
	near(t, y.Intercept.Value+math.Log(365), m.Intercept.Value, 1e-8, "λ in years")
}

func TestFitWeibullHardCases(t *testing.T) {
	same := []Row{{Stay: Stay{Duration: 3, Left: true}}, {Stay: Stay{Duration: 3, Left: true}}}
	m, err := FitWeibull(same, WeibullOptions{})
	if err != nil || !slices.Contains(codes(m.Caveats), "at-edge") || !sound(m.Shape, m.ShapeErr, m.Intercept.StdErr) {
		t.Errorf("%+v %v", m, err)
	}
	var input *InputError
	if _, err := FitWeibull([]Row{{Stay: Stay{Left: true}}}, WeibullOptions{}); !errors.As(err, &input) {
		t.Error(err)
	}
	if _, err := FitWeibull([]Row{{Stay: Stay{Duration: 1}}}, WeibullOptions{}); !errors.Is(err, ErrNobodyLeft) {
		t.Error(err)
	}
	if _, err := FitWeibull(nil, WeibullOptions{}); !errors.Is(err, ErrTooFew) {
		t.Error(err)
	}
	if _, _, err := m.Survival([]float64{1}, 1); err == nil {
		t.Error("one column was taken for none")
	}
}
