package survival

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"testing"
)

// someRows invents rows with ties, late entries, strata, clusters, and columns
// with effects 0.7, −0.4 and 0.
func someRows(n int, seed uint64) []Row {
	dice := rand.New(rand.NewPCG(seed, 3))
	rows := make([]Row, n)
	for i := range rows {
		x := []float64{float64(dice.IntN(2)), dice.NormFloat64(), dice.NormFloat64() * 100}
		d, entry := 0.0, 0.0
		for d <= entry || d == 0 { // who left before being watched is not there
			d = math.Ceil(20 * dice.ExpFloat64() * math.Exp(-0.7*x[0]+0.4*x[1]))
			entry = max(0, math.Floor(20*dice.Float64())-15)
		}
		r := Row{X: x, Cluster: fmt.Sprint(i / 2)}
		r.Entry = entry
		r.Duration, r.Left, r.Stratum = min(d, 30), d <= 30, string(rune('a'+dice.IntN(2)))
		rows[i] = r
	}
	return rows
}

func fitCox(t testing.TB, rows []Row, opt CoxOptions) *Cox {
	t.Helper()
	c, err := FitCox(rows, opt)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFitCoxOrderDoesNotMatter(t *testing.T) {
	rows := someRows(600, 1)
	for i := range rows {
		rows[i].Weight = 0.3 + float64(i%5)
	}
	kept := slices.Clone(rows)
	want := fitCox(t, rows, CoxOptions{})
	if !reflect.DeepEqual(rows, kept) {
		t.Error("the input was changed")
	}
	for seed := range uint64(4) {
		if got := fitCox(t, shuffled(rows, seed), CoxOptions{}); !reflect.DeepEqual(got, want) {
			t.Fatal("another order, another answer")
		}
	}
}

func TestFitCoxWeightsAreRepeats(t *testing.T) {
	for _, ties := range []Ties{Efron, Breslow} {
		rows := someRows(300, 2)
		var unfolded []Row
		for i := range rows {
			for range 1 + i/2%3 {
				unfolded = append(unfolded, rows[i])
			}
			rows[i].Weight = float64(1 + i/2%3)
		}
		a, b := fitCox(t, rows, CoxOptions{Ties: ties}), fitCox(t, unfolded, CoxOptions{Ties: ties})
		sameCox(t, a, b, 1e-9)
	}
}

func sameCox(t *testing.T, a, b *Cox, tolerance float64) {
	t.Helper()
	near(t, a.LogLikelihood, b.LogLikelihood, tolerance*math.Abs(b.LogLikelihood), "ln L")
	near(t, a.Score.ChiSquare, b.Score.ChiSquare, tolerance*100, "score")
	near(t, a.Concordance.Share, b.Concordance.Share, tolerance, "concordance")
	near(t, a.Concordance.StdErr, b.Concordance.StdErr, tolerance, "its error")
	for j := range a.Coefficients {
		near(t, a.Coefficients[j].Value, b.Coefficients[j].Value, tolerance, "β", j)
		near(t, a.Coefficients[j].StdErr, b.Coefficients[j].StdErr, tolerance, "se", j)
		near(t, a.Coefficients[j].ModelErr, b.Coefficients[j].ModelErr, tolerance, "model se", j)
	}
}

func TestFitCoxStratumOfOne(t *testing.T) {
	rows := someRows(300, 3)
	for i := range rows {
		rows[i].Stratum = "all"
	}
	one := fitCox(t, rows, CoxOptions{})
	for i := range rows {
		rows[i].Stratum = ""
	}
	none := fitCox(t, rows, CoxOptions{})
	one.baselines[0].stratum = ""
	if !reflect.DeepEqual(one, none) {
		t.Error("one stratum is not as none")
	}
}

// A customer cut into pieces is the same customer.
func TestFitCoxPieces(t *testing.T) {
	rows := someRows(300, 4)
	var pieces []Row
	for _, r := range rows {
		cut := math.Floor((r.Entry + r.Duration) / 2)
		if cut <= r.Entry {
			pieces = append(pieces, r)
			continue
		}
		first, second := r, r
		first.Duration, first.Left, second.Entry = cut, false, cut
		pieces = append(pieces, first, second)
	}
	whole, cut := fitCox(t, rows, CoxOptions{}), fitCox(t, pieces, CoxOptions{})
	near(t, cut.LogLikelihood, whole.LogLikelihood, 1e-8, "ln L")
	for j := range whole.Coefficients {
		near(t, cut.Coefficients[j].Value, whole.Coefficients[j].Value, 1e-9, "β", j)
		near(t, cut.Coefficients[j].StdErr, whole.Coefficients[j].StdErr, 1e-9, "robust se", j)
	}
	near(t, cut.Concordance.Share, whole.Concordance.Share, 1e-12, "concordance")
}

// Units of columns and of time change nothing but the units.
func TestFitCoxUnits(t *testing.T) {
	rows := someRows(300, 5)
	other := slices.Clone(rows)
	for i, r := range rows {
		other[i].X = []float64{r.X[0]*1e6 + 1e7, r.X[1] * 1e-150, -r.X[2]}
		other[i].Duration, other[i].Entry = r.Duration/64, r.Entry/64
	}
	a, b := fitCox(t, rows, CoxOptions{}), fitCox(t, other, CoxOptions{})
	near(t, a.LogLikelihood, b.LogLikelihood, 1e-9, "ln L")
	for j, unit := range []float64{1e6, 1e-150, -1} {
		nearly(t, b.Coefficients[j].Value*unit, a.Coefficients[j].Value, 1e-8, "β", j)
		nearly(t, b.Coefficients[j].StdErr*math.Abs(unit), a.Coefficients[j].StdErr, 1e-8, "se", j)
	}
}

// The information is the slope of the gradient, and the gradient that of ln L.
func TestCoxGradient(t *testing.T) {
	rows := someRows(200, 6)
	for _, ties := range []Ties{Efron, Breslow} {
		opt := CoxOptions{Ties: ties}
		d, _, err := prepare(rows, &opt)
		if err != nil {
			t.Fatal(err)
		}
		beta := []float64{0.3, -0.2, 0.1}
		at := d.pass(beta)
		info := d.information(at, nil)
		for a := range beta {
			const h = 1e-5
			up, down := slices.Clone(beta), slices.Clone(beta)
			up[a] += h
			down[a] -= h
			plus, minus := d.pass(up), d.pass(down)
			near(t, (plus.loglik-minus.loglik)/2/h, at.gradient[a], 1e-5, "gradient", a)
			for b := range beta {
				near(t, -(plus.gradient[b]-minus.gradient[b])/2/h, info.At(a, b), 1e-5, "information", a, b)
			}
		}
	}
}

// The score residual of a row is by how much its weight tilts the gradient.
func TestCoxResiduals(t *testing.T) {
	rows := someRows(60, 7)
	for i := range rows {
		rows[i].Weight = 1 + float64(i%3)/7
		rows[i].Duration += float64(i) * 1e-6 // no ties: with them the mean weight is no smooth count
	}
	opt := CoxOptions{}
	beta := []float64{0.5, -0.3, 0.2}
	d, _, err := prepare(rows, &opt)
	if err != nil {
		t.Fatal(err)
	}
	got := d.residuals(d.pass(beta))
	for i := range d.n {
		const h = 1e-6
		tilt := func(by float64) []float64 {
			e, _, err := prepare(rows, &opt)
			if err != nil {
				t.Fatal(err)
			}
			e.weight[i] += by
			if k := e.event[i]; k >= 0 {
				e.ties[k].left += by
				e.ties[k].share += by
			}
			return e.pass(beta).gradient
		}
		plus, minus := tilt(h), tilt(-h)
		for a := range beta {
			near(t, got[i*3+a], (plus[a]-minus[a])/2/h, 1e-6, "row", i, "column", a)
		}
	}
	// With ties, at least, they add up to the gradient.
	rows = someRows(200, 8)
	d, _, err = prepare(rows, &opt)
	if err != nil {
		t.Fatal(err)
	}
	s := d.pass(beta)
	for a, r := range s.gradient {
		sum := 0.0
		for i, l := 0, d.residuals(s); i < d.n; i++ {
			sum += l[i*3+a]
		}
		near(t, sum, r, 1e-9, "sum of residuals")
	}
}

// Without columns the prediction is Nelson-Aalen, and the check has nothing to say.
func TestFitCoxNoColumns(t *testing.T) {
	stays := someStays(200, 7)
	rows := make([]Row, len(stays))
	for i := range rows {
		stays[i].Stratum = ""
		rows[i].Stay = stays[i]
	}
	c := fitCox(t, rows, CoxOptions{Ties: Breslow})
	h, err := NelsonAalen(stays, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range h.Steps {
		p, err := c.Predict(nil, "", s.Time)
		if err != nil {
			t.Fatal(err)
		}
		near(t, p.Hazard, s.Hazard, 1e-12, "Λ", s.Time)
		near(t, p.StdErr, s.StdErr, 1e-12, "se of Λ", s.Time)
	}
	near(t, c.Concordance.Share, 0.5, 0, "concordance")
	if got, err := CheckProportional(rows, CoxOptions{}, c, ByTime); err != nil || got.Global.P != 1 {
		t.Error(got, err)
	}
}

// Each stratum has a risk over time of its own.
func TestPredictStrata(t *testing.T) {
	rows := someRows(200, 16)
	byStratum := map[string][]Stay{}
	for i := range rows {
		rows[i].X = nil
		byStratum[rows[i].Stratum] = append(byStratum[rows[i].Stratum], rows[i].Stay)
	}
	c := fitCox(t, rows, CoxOptions{Ties: Breslow})
	for stratum, stays := range byStratum {
		h, err := NelsonAalen(stays, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range h.Steps {
			p, err := c.Predict(nil, stratum, s.Time)
			if err != nil {
				t.Fatal(err)
			}
			near(t, p.Hazard, s.Hazard, 1e-12, stratum, s.Time)
		}
	}
}

// The naive count of pairs.
func TestConcordance(t *testing.T) {
	rows := someRows(150, 9)
	for i := range rows {
		rows[i].X = []float64{math.Round(rows[i].X[1] * 2)} // tied risks
		rows[i].Weight = float64(1 + i%3)
		rows[i].Cluster = ""
	}
	c := fitCox(t, rows, CoxOptions{})
	var right, wrong, tied float64
	for _, e := range rows {
		for _, r := range rows {
			here := r.watched(e.Duration) && !(r.Left && r.Duration == e.Duration)
			if !e.Left || !here || e.Stratum != r.Stratum {
				continue
			}
			w := e.weight() * r.weight()
			switch diff := (e.X[0] - r.X[0]) * c.Coefficients[0].Value; {
			case diff > 0:
				right += w
			case diff < 0:
				wrong += w
			default:
				tied += w
			}
		}
	}
	near(t, c.Concordance.Concordant, right, 0, "right")
	near(t, c.Concordance.Discordant, wrong, 0, "wrong")
	near(t, c.Concordance.Tied, tied, 0, "tied")
	near(t, c.Concordance.Share, (right+tied/2)/(right+wrong+tied), 1e-14, "share")
}

// Ranges hold the truth about as often as they say, and so do the robust ones.
func TestFitCoxCoverage(t *testing.T) {
	truth := []float64{0.7, -0.4, 0}
	held, of := 0, 0
	for seed := range uint64(200) {
		c := fitCox(t, someRows(300, 100+seed), CoxOptions{})
		for j, co := range c.Coefficients {
			of++
			if v := math.Exp(truth[j]); co.Range.Low <= v && v <= co.Range.High {
				held++
			}
		}
	}
	if share := float64(held) / float64(of); share < 0.92 || share > 0.98 {
		t.Errorf("%d of %d ranges held the truth", held, of)
	}
}

func TestFitCoxHardCases(t *testing.T) {
	dice := rand.New(rand.NewPCG(11, 11))
	ordinary := func(n int, columns func(i int) []float64) (rows []Row) {
		for i := range n {
			rows = append(rows, Row{Stay: Stay{Duration: 1 + dice.ExpFloat64(), Left: dice.IntN(4) > 0}, X: columns(i)})
		}
		return rows
	}
	first := func(i int) float64 { return float64(i % 5) }
	perfect := ordinary(50, func(i int) []float64 { return []float64{float64(i), first(i)} })
	for i := range perfect {
		perfect[i].Duration, perfect[i].Left = float64(i+1), true
	}
	allOfOne := ordinary(60, func(i int) []float64 { return []float64{float64(i % 2), first(i)} })
	for i := range allOfOne {
		allOfOne[i].Left = i%2 == 1
	}
	tied := ordinary(500, func(i int) []float64 { return []float64{first(i)} })
	for i := range tied {
		tied[i].Duration, tied[i].Left = 1+float64(i%2), i%3 > 0
	}
	for name, c := range map[string]struct {
		rows    []Row
		codes   []string
		dropped []bool
	}{
		"constant": {ordinary(50, func(i int) []float64 { return []float64{3e9, first(i)} }), []string{"constant"}, []bool{true, false}},
		"collinear": {ordinary(50, func(i int) []float64 { return []float64{first(i), 7 - 2*first(i), float64(i % 3)} }),
			[]string{"collinear"}, []bool{false, true, false}},
		"sum of others": {ordinary(80, func(i int) []float64 { return []float64{first(i), float64(i % 3), first(i) + float64(i%3)} }),
			[]string{"collinear"}, []bool{false, false, true}},
		"complete separation":      {perfect, []string{"separation"}, []bool{false, false}},
		"nobody of one group left": {allOfOne, []string{"separation"}, []bool{false, false}},
		"heavy ties":               {tied, nil, []bool{false}},
		"one row": {[]Row{{Stay: Stay{Duration: 1, Left: true}, X: []float64{4, 5}}},
			[]string{"constant", "constant"}, []bool{true, true}},
		"differs only where nobody left": {[]Row{{Stay: Stay{Duration: 1}, X: []float64{9}}, {Stay: Stay{Duration: 2, Left: true}, X: []float64{0}},
			{Stay: Stay{Duration: 3}, X: []float64{0}}}, []string{"constant"}, []bool{true}},
		"huge and tiny": {ordinary(100, func(i int) []float64 { return []float64{first(i) * 1e300, float64(i%3) * 1e-300} }), nil, []bool{false, false}},
		"outlier":       {ordinary(100, func(i int) []float64 { return []float64{math.Pow(10, float64(i/10))} }), nil, []bool{false}},
	} {
		got, err := FitCox(c.rows, CoxOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		has := codes(got.Caveats)
		for _, code := range c.codes {
			if !slices.Contains(has, code) {
				t.Errorf("%s: caveats %v", name, has)
			}
		}
		if len(c.codes) == 0 && (slices.Contains(has, "separation") || slices.Contains(has, "not-settled")) {
			t.Errorf("%s: caveats %v", name, got.Caveats)
		}
		for j, co := range got.Coefficients {
			if co.Dropped != c.dropped[j] {
				t.Errorf("%s: column %d dropped %v", name, j, co.Dropped)
			}
			if math.IsNaN(co.Value + co.StdErr + co.Ratio + co.Range.Low + co.Range.High + co.Z + co.P) {
				t.Errorf("%s: %+v", name, co)
			}
		}
		for _, v := range []float64{got.LogLikelihood, got.Wald.P, got.Score.P, got.LikelihoodRatio.P, got.Concordance.Share, got.Concordance.StdErr} {
			if !finite(v) {
				t.Errorf("%s: %+v", name, got)
			}
		}
		p, err := got.Predict(c.rows[0].X, "", 2)
		if err != nil || math.IsNaN(p.Survival+p.Range.Low+p.Range.High) {
			t.Errorf("%s: %v %v", name, p, err)
		}
		check, err := CheckProportional(c.rows, CoxOptions{}, got, ByLog)
		if err != nil || math.IsNaN(check.Global.P) {
			t.Errorf("%s: %v %v", name, check, err)
		}
	}
}

// A prior gives separated columns a finite answer.
func TestFitCoxPriorAgainstSeparation(t *testing.T) {
	var rows []Row
	for i := range 40 {
		rows = append(rows, Row{Stay: Stay{Duration: float64(1 + i), Left: i%2 == 1}, X: []float64{float64(i % 2)}})
	}
	c := fitCox(t, rows, CoxOptions{Prior: []float64{1}})
	if co := c.Coefficients[0]; slices.Contains(codes(c.Caveats), "separation") || !(co.Ratio > 2 && co.Ratio < 50 && co.P < 0.05) {
		t.Error(co, c.Caveats)
	}
	twin := slices.Clone(rows)
	for i := range twin {
		twin[i].X = []float64{rows[i].X[0], rows[i].X[0]}
	}
	both := fitCox(t, twin, CoxOptions{Prior: []float64{math.Sqrt2 * 1}})
	near(t, both.Coefficients[0].Value, both.Coefficients[1].Value, 1e-8, "twins share")
	near(t, both.Coefficients[0].Value*2, fitCox(t, rows, CoxOptions{Prior: []float64{2}}).Coefficients[0].Value, 1e-8, "and add up")
}

// Rows of much larger risk that come and go do not wash out the rest.
func TestFitCoxLateGiants(t *testing.T) {
	rows := someRows(100, 12)
	d, _, err := prepare(rows, &CoxOptions{})
	if err != nil {
		t.Fatal(err)
	}
	beta := []float64{0, 40, 0}
	s := d.pass(beta)
	for _, stratum := range d.strata {
		for k := stratum.moment; k < stratum.last; k++ {
			want := 0.0
			for i := stratum.row; i < stratum.end; i++ {
				if int(d.from[i]) <= k && k < int(d.until[i]) {
					want += s.risk[i]
				}
			}
			nearly(t, s.s0[k], want, 1e-8, "risk at", k)
		}
	}
}

func TestFitCoxErrors(t *testing.T) {
	row := Row{Stay: Stay{Duration: 1, Left: true}, X: []float64{1}}
	with := func(change func(*Row)) []Row {
		r := row
		change(&r)
		return []Row{row, r}
	}
	for field, rows := range map[string][]Row{
		"X[0]":     with(func(r *Row) { r.X = []float64{math.NaN()} }),
		"X":        with(func(r *Row) { r.X = nil }),
		"Duration": with(func(r *Row) { r.Duration = math.Inf(1) }),
	} {
		_, err := FitCox(rows, CoxOptions{})
		var input *InputError
		if !errors.As(err, &input) || input.Row != 1 || input.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	for name, opt := range map[string]CoxOptions{
		"Names": {Names: []string{"a", "b"}}, "Prior": {Prior: []float64{-1}}, "Prior ": {Prior: []float64{1, 2}},
		"Level": {Level: 2}, "Ties": {Ties: 7},
	} {
		_, err := FitCox([]Row{row}, opt)
		var option *OptionError
		if !errors.As(err, &option) || option.Option != name[:len(option.Option)] {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := FitCox(nil, CoxOptions{}); !errors.Is(err, ErrTooFew) {
		t.Error(err)
	}
	if _, err := FitCox(with(func(r *Row) { r.Left = false })[1:], CoxOptions{}); !errors.Is(err, ErrNobodyLeft) {
		t.Error(err)
	}
	c := fitCox(t, someRows(50, 1), CoxOptions{})
	if _, err := c.Predict([]float64{1}, "a", 1); err == nil {
		t.Error("one column was taken for three")
	}
	if _, err := c.Predict(nil, "z", 1); err == nil {
		t.Error("an unknown stratum was taken")
	}
	if _, err := CheckProportional(someRows(40, 1), CoxOptions{}, c, ByRank); err == nil {
		t.Error("a fit of other rows was taken")
	}
}

// One core or four, the same bits.
func TestCoresDoNotMatter(t *testing.T) {
	rows := someRows(20_000, 15)
	all := func(cores int) (out [3]any) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		var periods []Period
		for _, r := range rows {
			periods = append(periods, Period{Happened: r.Left, X: r.X, Cluster: r.Cluster})
		}
		out[0] = fitCox(t, rows, CoxOptions{})
		var err [2]error
		out[1], err[0] = FitDiscrete(periods, DiscreteOptions{})
		out[2], err[1] = FitWeibull(rows, WeibullOptions{})
		if err[0] != nil || err[1] != nil {
			t.Fatal(err)
		}
		return out
	}
	one, four := all(1), all(4)
	for i := range one {
		if !reflect.DeepEqual(one[i], four[i]) {
			t.Errorf("%T depends on the number of cores", one[i])
		}
	}
}
