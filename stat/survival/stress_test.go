package survival

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// wildRow draws rows as bad as they come: few distinct ages, columns of any
// size, near copies of one another, giants, weights of any size.
func wildRow(dice *rand.Rand, columns int) Row {
	pick := func(xs ...float64) float64 { return xs[dice.IntN(len(xs))] }
	x := make([]float64, columns)
	for j := range x {
		switch dice.IntN(7) {
		case 0:
			x[j] = pick(0, 1)
		case 1:
			x[j] = dice.NormFloat64()
		case 2:
			x[j] = pick(0, 1e-300, 1e300, -1e300)
		case 3:
			x[j] = math.Exp(20 * dice.NormFloat64())
		case 4:
			x[j] = 1e9 + dice.Float64()*1e-3
		default:
			x[j] = x[0] * (1 + pick(0, 1e-12, 1e-9, 1e-6)*dice.NormFloat64())
		}
	}
	r := Row{X: x}
	r.Duration = pick(0, 1, 2, 5, 1e-320, 1e300, math.Ceil(10*dice.ExpFloat64()), dice.ExpFloat64())
	r.Left = dice.IntN(3) > 0
	if dice.IntN(4) == 0 && r.Duration > 0 {
		r.Entry = r.Duration * pick(0, 0.1, 0.5, 0.999)
	}
	r.Weight = pick(0, 0, 0, 1, 2, 0.3, 1e-9, 1e3)
	r.Stratum = string(rune('a' + dice.IntN(1+dice.IntN(3))))
	r.Group = r.Stratum
	if dice.IntN(2) == 0 {
		r.Cluster = string(rune('a' + dice.IntN(4)))
	}
	return r
}

func sound(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) {
			return false
		}
	}
	return true
}

// Whatever is given, the answer is no NaN and comes soon.
func TestWildInput(t *testing.T) {
	for seed := range uint64(1000) {
		dice := rand.New(rand.NewPCG(seed, 13))
		rows := make([]Row, 1+dice.IntN(40))
		columns := dice.IntN(5)
		for i := range rows {
			rows[i] = wildRow(dice, columns)
		}
		begin := time.Now()
		wildCurves(t, seed, rows)
		wildCox(t, seed, rows, dice)
		wildDiscrete(t, seed, rows)
		wildWeibull(t, seed, rows)
		if spent := time.Since(begin); spent > 5*time.Second {
			t.Errorf("seed %d took %v", seed, spent)
		}
	}
}

func wildCurves(t *testing.T, seed uint64, rows []Row) {
	stays := make([]Stay, len(rows))
	for i := range stays {
		stays[i] = rows[i].Stay
	}
	curve, err := KaplanMeier(stays, CurveOptions{Limits: Limits(seed % 2)})
	if err != nil {
		t.Fatal(err)
	}
	last := 1.0
	for _, p := range curve.Points {
		if !(0 <= p.Low && p.Low <= p.Survival*(1+1e-12) && p.Survival <= last && p.Survival <= p.High*(1+1e-12) && p.High <= 1) || !sound(p.StdErr) {
			t.Fatalf("seed %d: %+v", seed, p)
		}
		last = p.Survival
	}
	if m := curve.Median(); !sound(m.Time, m.Range.Low, m.Range.High) {
		t.Errorf("seed %d: %v", seed, m)
	}
	h, err := NelsonAalen(stays, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.Steps {
		if !sound(s.Hazard, s.StdErr, s.Low, s.High) {
			t.Errorf("seed %d: %v", seed, s)
		}
	}
	if c, err := LogRank(stays); err == nil && !(0 <= c.P && c.P <= 1 && c.ChiSquare >= 0) {
		t.Errorf("seed %d: %+v", seed, c)
	}
}

func wildCox(t *testing.T, seed uint64, rows []Row, dice *rand.Rand) {
	opt := CoxOptions{Ties: Ties(dice.IntN(2))}
	if dice.IntN(3) == 0 {
		opt.Prior = []float64{dice.ExpFloat64()}
	}
	c, err := FitCox(rows, opt)
	if err != nil {
		return
	}
	for _, co := range c.Coefficients {
		if !sound(co.Value, co.StdErr, co.ModelErr, co.Range.Low, co.Range.High, co.Z, co.P) {
			t.Errorf("seed %d: %+v", seed, co)
		}
	}
	if !sound(c.LogLikelihood, c.LikelihoodRatio.P, c.Wald.P, c.Score.P, c.Concordance.Share, c.Concordance.StdErr) {
		t.Errorf("seed %d: %+v", seed, c)
	}
	for _, r := range rows {
		p, err := c.Predict(r.X, r.Stratum, r.Duration)
		if err != nil || !sound(p.Hazard, p.StdErr, p.Survival, p.Range.Low, p.Range.High) {
			t.Errorf("seed %d: %+v %v", seed, p, err)
		}
	}
	for _, clock := range []Clock{ByRank, ByLeft, ByTime, ByLog} {
		check, err := CheckProportional(rows, opt, c, clock)
		if err == nil && !sound(check.Global.P) {
			t.Errorf("seed %d: %v", seed, check)
		}
	}
}

func wildDiscrete(t *testing.T, seed uint64, rows []Row) {
	periods := make([]Period, len(rows))
	for i, r := range rows {
		periods[i] = Period{Happened: r.Left, X: r.X, Weight: r.Weight, Cluster: r.Cluster}
	}
	m, err := FitDiscrete(periods, DiscreteOptions{})
	if err != nil {
		return
	}
	for _, co := range append(m.Coefficients, m.Intercept) {
		if !sound(co.Value, co.StdErr, co.ModelErr, co.Range.Low, co.Range.High, co.Z, co.P) {
			t.Errorf("seed %d: %+v", seed, co)
		}
	}
	for _, r := range rows {
		if chance, limits, err := m.Chance(r.X); err != nil || !sound(chance, limits.Low, limits.High) {
			t.Errorf("seed %d: %v %v %v", seed, chance, limits, err)
		}
	}
}

func wildWeibull(t *testing.T, seed uint64, rows []Row) {
	m, err := FitWeibull(rows, WeibullOptions{Exponential: seed%2 == 0})
	if err != nil {
		return
	}
	for _, co := range append(m.Coefficients, m.Intercept) {
		if !sound(co.Value, co.StdErr, co.ModelErr, co.Range.Low, co.Range.High, co.Z, co.P) {
			t.Errorf("seed %d: Weibull %+v", seed, co)
		}
	}
	for _, r := range rows {
		share, limits, err := m.Survival(r.X, r.Duration)
		h, _ := m.HalfLife(r.X)
		if err != nil || !sound(m.Shape, m.ShapeErr, share, limits.Low, limits.High, h.Time, h.Range.Low, h.Range.High) {
			t.Errorf("seed %d: Weibull %v %v %v %v", seed, share, limits, h, err)
		}
	}
}

func TestWildCohorts(t *testing.T) {
	for seed := range uint64(80) {
		dice := rand.New(rand.NewPCG(seed, 14))
		cohorts := make([]Cohort, 1+dice.IntN(3))
		for i := range cohorts {
			n := math.Ceil(math.Exp(20 * dice.Float64()))
			for range dice.IntN(9) {
				cohorts[i].Active = append(cohorts[i].Active, n)
				n = math.Floor(n * math.Pow(dice.Float64(), math.Exp(3*dice.NormFloat64())))
			}
		}
		c, err := ChooseContract(cohorts)
		if err != nil {
			continue
		}
		h, limits := c.HalfLife(), c.SurvivalRange(10)
		life, err := c.ResidualLife(3, 0.01, 0)
		if err != nil || !sound(c.A, c.B, c.C, c.AErr, c.BErr, c.CErr, c.LogLikelihood, c.Missed, h.Time, h.Range.Low, h.Range.High, limits.Low, limits.High, life) {
			t.Errorf("seed %d: %+v %+v %+v %v %v", seed, c.Contract, h, limits, life, err)
		}
	}
}
