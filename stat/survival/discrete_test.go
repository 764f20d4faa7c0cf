package survival

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// rossiWeeks is the recidivism data by person-week.
func rossiWeeks(t testing.TB) (periods []Period, names []string) {
	rows, _ := coxSetOf(t, "rossi").rows("")
	for i, r := range rows {
		r.Cluster = fmt.Sprint(i)
		fin, age, prio := r.X[0], r.X[1], r.X[6]
		periods = append(periods, Periods(r, func(week int) []float64 {
			return []float64{math.Log(float64(week)), fin, age, prio}
		})...)
	}
	return periods, []string{"ln week", "fin", "age", "prio"}
}

// An independent fit (numpy 1.24, scipy 1.10: BFGS, then Newton with a
// differenced gradient; sandwich by person), without prior and with N(0, ½) on
// all but ln week.
func TestFitDiscrete_newton(t *testing.T) {
	periods, names := rossiWeeks(t)
	if len(periods) != 19809 {
		t.Fatalf("%d person-weeks", len(periods))
	}
	for _, c := range []struct {
		prior               []float64
		beta, model, robust []float64
		loglik              float64
	}{
		{nil, []float64{-4.856132876813634, 0.3690238206711379, -0.34927452368058814, -0.06694170086123707, 0.09757958689485041},
			[]float64{0.6380956136901672, 0.12716238833720092, 0.19025483559241413, 0.02083874933908361, 0.02730758032659958},
			[]float64{0.589595716221924, 0.1271007206957376, 0.1914317585675347, 0.023479744048083513, 0.027440676263326056}, -683.0713860163091},
		{[]float64{0, 0.5, 0.5, 0.5}, []float64{-4.866222699366129, 0.36828932545930027, -0.30520018988724035, -0.06712626292783433, 0.09700157624132304},
			[]float64{0.6372602798097279, 0.12712753807998878, 0.17731383538323436, 0.02080290094703742, 0.027266127254251152},
			[]float64{0.5882275788745598, 0.1270274353539845, 0.16635322231198024, 0.023381836351720253, 0.02743058090286634}, -683.0983472889159},
	} {
		m, err := FitDiscrete(periods, DiscreteOptions{Names: names, Prior: c.prior})
		if err != nil {
			t.Fatal(err)
		}
		near(t, m.LogLikelihood, c.loglik, 1e-8, "ln L")
		near(t, m.LogLikelihood0, -701.6483621922783, 1e-8, "ln L without columns")
		for i, co := range append([]Coefficient{m.Intercept}, m.Coefficients...) {
			nearly(t, co.Value, c.beta[i], 1e-7, co.Name)
			nearly(t, co.ModelErr, c.model[i], 1e-5, co.Name, "model se")
			nearly(t, co.StdErr, c.robust[i], 1e-5, co.Name, "robust se")
		}
	}
}

// exposed invents customers whose risk in any period is three times as high
// with the first column at 1, whatever the length of a period.
func exposed(n int, length float64, seed uint64) (periods []Period, rows []Row) {
	dice := rand.New(rand.NewPCG(seed, 4))
	for i := range n {
		x := []float64{float64(i % 2), dice.NormFloat64()}
		d := dice.ExpFloat64() * 10 / math.Pow(3, x[0]) * math.Exp(-0.5*x[1])
		r := Row{Stay: Stay{Duration: math.Ceil(min(d, 12) / length), Left: d <= 12}, X: x, Cluster: fmt.Sprint(i)}
		rows = append(rows, r)
		periods = append(periods, Periods(r, func(int) []float64 { return x })...)
	}
	return periods, rows
}

func TestFitDiscreteIsGroupedCox(t *testing.T) {
	for _, length := range []float64{0.1, 1, 4} {
		held := 0
		for seed := range uint64(50) {
			periods, _ := exposed(300, length, seed)
			m, err := FitDiscrete(periods, DiscreteOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if r := m.Coefficients[0].Range; r.Low <= 3 && 3 <= r.High {
				held++
			}
		}
		if held < 43 {
			t.Errorf("periods of %v: %d of 50 ranges hold the ratio 3", length, held)
		}
	}
	// With a step for each period it is Cox, but for how ties are taken.
	_, rows := exposed(600, 0.5, 1)
	var stepped []Period
	for _, r := range rows {
		stepped = append(stepped, Periods(r, func(t int) []float64 {
			x := make([]float64, 2+23)
			copy(x, r.X)
			if t > 1 {
				x[t] = 1
			}
			return x
		})...)
	}
	m, err := FitDiscrete(stepped, DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for j, co := range fitCox(t, rows, CoxOptions{}).Coefficients {
		near(t, m.Coefficients[j].Value, co.Value, 0.1*co.StdErr, "β", j)
		near(t, m.Coefficients[j].StdErr, co.StdErr, 0.03*co.StdErr, "se", j)
	}
}

func TestFitDiscreteOrderAndWeights(t *testing.T) {
	periods, _ := exposed(200, 1, 7)
	for i := range periods {
		periods[i].Weight = float64(1 + i%3)
	}
	want, err := FitDiscrete(periods, DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(3) {
		got, err := FitDiscrete(shuffled(periods, seed), DiscreteOptions{})
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Fatal("another order, another answer", err)
		}
	}
	var unfolded []Period
	for _, p := range periods {
		for range int(p.Weight) {
			unfolded = append(unfolded, Period{Happened: p.Happened, X: p.X, Cluster: p.Cluster})
		}
	}
	got, err := FitDiscrete(unfolded, DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for j := range got.Coefficients {
		near(t, got.Coefficients[j].Value, want.Coefficients[j].Value, 1e-10, "β", j)
		near(t, got.Coefficients[j].StdErr, want.Coefficients[j].StdErr, 1e-10, "se", j)
	}
}

// Without columns the chance is the share; with a column for each group, theirs.
func TestDiscreteChance(t *testing.T) {
	var periods []Period
	for i := range 100 {
		periods = append(periods, Period{Happened: i%2 == 0 && i < 40, X: []float64{float64(i % 2)}})
	}
	for i := range 60 {
		periods = append(periods, Period{Happened: i < 15, X: []float64{1}})
	}
	m, err := FitDiscrete(periods, DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for x, share := range []float64{20.0 / 50, 15.0 / 110} {
		chance, limits, err := m.Chance([]float64{float64(x)})
		if err != nil {
			t.Fatal(err)
		}
		near(t, chance, share, 1e-9, "chance at", x)
		if !(limits.Low < chance && chance < limits.High) {
			t.Error(limits)
		}
	}
	if _, _, err := m.Chance(nil); err == nil {
		t.Error("no column was taken for one")
	}
}

func TestContribution(t *testing.T) {
	for _, happened := range []bool{true, false} {
		for _, eta := range []float64{-20, -7, -6.9, -3, 0, 1, 3, 5} {
			const h = 1e-5
			_, u, v := contribution(eta, happened)
			plus, up, _ := contribution(eta+h, happened)
			minus, um, _ := contribution(eta-h, happened)
			near(t, u, (plus-minus)/2/h, 1e-6*math.Max(1, math.Abs(u)), "slope", eta, happened)
			near(t, v, -(up-um)/2/h, 1e-6*math.Max(1, math.Abs(v)), "bend", eta, happened)
			if v < 0 {
				t.Error("not concave at", eta)
			}
		}
	}
}

func TestFitDiscreteHardCases(t *testing.T) {
	make5 := func(columns func(i int) []float64) (periods []Period) {
		for i := range 200 {
			periods = append(periods, Period{Happened: i%7 == 0, X: columns(i)})
		}
		return periods
	}
	for name, c := range map[string]struct {
		periods []Period
		code    string
	}{
		"constant":    {make5(func(i int) []float64 { return []float64{4, float64(i % 3)} }), "constant"},
		"collinear":   {make5(func(i int) []float64 { return []float64{float64(i % 2), float64(1 - i%2), float64(i % 3)} }), "collinear"},
		"separated":   {make5(func(i int) []float64 { return []float64{float64(min(i%7, 1)), float64(i % 3)} }), "separation"},
		"no columns":  {make5(func(i int) []float64 { return nil }), ""},
		"huge values": {make5(func(i int) []float64 { return []float64{float64(i%3) * 1e300, float64(i%2) * 1e-300} }), ""},
		"two periods": {[]Period{{Happened: true, X: []float64{1}}, {X: []float64{2}}}, "separation"},
	} {
		m, err := FitDiscrete(c.periods, DiscreteOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if c.code != "" && !slices.Contains(codes(m.Caveats), c.code) {
			t.Errorf("%s: %v", name, m.Caveats)
		}
		for _, co := range append(m.Coefficients, m.Intercept) {
			if math.IsNaN(co.Value + co.StdErr + co.Ratio + co.Range.Low + co.Range.High + co.P) {
				t.Errorf("%s: %+v", name, co)
			}
		}
		chance, limits, err := m.Chance(c.periods[0].X)
		if err != nil || !(limits.Low <= chance && chance <= limits.High) {
			t.Errorf("%s: %v %v %v", name, chance, limits, err)
		}
	}
}

func TestFitDiscreteErrors(t *testing.T) {
	for want, periods := range map[error][]Period{
		ErrTooFew: nil, ErrNobodyLeft: {{}, {}}, ErrAllLeft: {{Happened: true}, {Happened: true}},
	} {
		if _, err := FitDiscrete(periods, DiscreteOptions{}); !errors.Is(err, want) {
			t.Error(want, err)
		}
	}
	for field, p := range map[string]Period{"Weight": {Weight: -1, X: []float64{1}}, "X[0]": {X: []float64{math.NaN()}}, "X": {}} {
		_, err := FitDiscrete([]Period{{X: []float64{1}}, p}, DiscreteOptions{})
		var input *InputError
		if !errors.As(err, &input) || input.Row != 1 || input.Field != field {
			t.Error(field, err)
		}
	}
	if _, err := FitDiscrete([]Period{{Happened: true}, {}}, DiscreteOptions{Level: -1}); err == nil {
		t.Error("a level of -1 was taken")
	}
}

func TestPeriods(t *testing.T) {
	var at []int
	r := Row{Stay: Stay{Entry: 1.5, Duration: 4.2, Left: true, Weight: 3}, Cluster: "c"}
	periods := Periods(r, func(t int) []float64 { at = append(at, t); return nil })
	if !slices.Equal(at, []int{2, 3, 4, 5}) || len(periods) != 4 {
		t.Error(at)
	}
	for i, p := range periods {
		if p.Happened != (i == 3) || p.Weight != 3 || p.Cluster != "c" {
			t.Error(i, p)
		}
	}
}
