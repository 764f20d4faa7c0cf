package driver

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.12g, want %.12g (within %g)", what, got, want, tolerance)
	}
}

// lower reads the lower triangle of a symmetric matrix, row after row.
func lower(values ...float64) *mat.SymDense {
	n := int(math.Sqrt(float64(2 * len(values))))
	m := mat.NewSymDense(n, nil)
	at := 0
	for i := range n {
		for j := range i + 1 {
			m.SetSym(i, j, values[at])
			at++
		}
	}
	return m
}

func TestLMG_Methods14_1(t *testing.T) {
	shares, r2, err := LMG(lower(1, .6, 1, .3, .2, 1, .5, .45, .3, 1))
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []float64{.1479, .1110, .0495} {
		near(t, shares[j], want, 5e-5, "item", j)
	}
	near(t, r2, .3084, 5e-5, "R²")
}

// Swiss fertility of 1888, the example of Grömping (2006), J. Statistical
// Software 17(1), with the shares that her package relaimpo prints. Correlations
// of Agriculture, Examination, Education, Catholic, Infant.Mortality and
// Fertility (47 provinces; numpy 2.4.6, corrcoef).
func TestLMG_Groemping(t *testing.T) {
	cov := lower(
		1,
		-0.6865422086, 1,
		-0.6395225189, 0.6984152963, 1,
		0.4010950530, -0.5727418061, -0.1538589171, 1,
		-0.0608586084, -0.1140215965, -0.0993218458, 0.1754959076, 1,
		0.3530791836, -0.6458827065, -0.6637888570, 0.4636847007, 0.4165560314, 1,
	)
	shares, r2, err := LMG(cov)
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []float64{0.05709122, 0.17117303, 0.26013468, 0.10557015, 0.11276592} {
		near(t, shares[j], want, 1e-8, "item", j)
	}
	near(t, r2, 0.7067350, 5e-8, "R²")
}

// The definition: what an item adds, averaged over all orders.
func TestLMGByOrders(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 1))
	for p := 1; p <= 5; p++ {
		cov := randomCovariance(dice, p+1)
		shares, r2, err := LMG(cov)
		if err != nil {
			t.Fatal(err)
		}
		want, orders := make([]float64, p), 0.0
		permute(p, func(order []int) {
			orders++
			for at := range order {
				want[order[at]] += rSquared(cov, order[:at+1]) - rSquared(cov, order[:at])
			}
		})
		sum := 0.0
		for j := range want {
			near(t, shares[j], want[j]/orders, 1e-12, "items", p, j)
			sum += shares[j]
		}
		near(t, sum, r2, 1e-12, "their sum")
	}
}

func randomCovariance(dice *rand.Rand, q int) *mat.SymDense {
	x := mat.NewDense(q+4, q, nil)
	for i := range q + 4 {
		for j := range q {
			x.Set(i, j, dice.NormFloat64()*float64(j+1)+float64(i%3))
		}
	}
	var cov mat.SymDense
	cov.SymOuterK(1, x.T())
	return &cov
}

func permute(p int, visit func([]int)) {
	order := make([]int, p)
	for i := range order {
		order[i] = i
	}
	var walk func(int)
	walk = func(at int) {
		if at == p {
			visit(order)
		}
		for i := at; i < p; i++ {
			order[at], order[i] = order[i], order[at]
			walk(at + 1)
			order[at], order[i] = order[i], order[at]
		}
	}
	walk(0)
}

func rSquared(cov *mat.SymDense, items []int) float64 {
	k, y := len(items), cov.SymmetricDim()-1
	if k == 0 {
		return 0
	}
	x, with := mat.NewDense(k, k, nil), mat.NewVecDense(k, nil)
	for i, a := range items {
		with.SetVec(i, cov.At(a, y))
		for j, b := range items {
			x.Set(i, j, cov.At(a, b))
		}
	}
	var coef mat.VecDense
	if err := coef.SolveVec(x, with); err != nil {
		panic(err)
	}
	return mat.Dot(&coef, with) / cov.At(y, y)
}

func TestLMGProperties(t *testing.T) {
	dice := rand.New(rand.NewPCG(2, 2))
	cov := randomCovariance(dice, 6)
	shares, r2, err := LMG(cov)
	if err != nil {
		t.Fatal(err)
	}
	// The order of the items and their units do not matter.
	moved, order := mat.NewSymDense(6, nil), []int{3, 0, 4, 2, 1, 5}
	for i := range 6 {
		for j := range i + 1 {
			moved.SetSym(i, j, cov.At(order[i], order[j])*float64(i+1)*float64(j+1))
		}
	}
	again, _, err := LMG(moved)
	if err != nil {
		t.Fatal(err)
	}
	for j := range again {
		near(t, again[j], shares[order[j]], 1e-12, "moved", j)
	}
	// Twins share equally, and a twin adds nothing to R².
	twins := mat.NewSymDense(7, nil)
	from := []int{0, 1, 2, 3, 4, 0, 5}
	for i := range 7 {
		for j := range i + 1 {
			twins.SetSym(i, j, cov.At(from[i], from[j]))
		}
	}
	doubled, same, err := LMG(twins)
	if err != nil {
		t.Fatal(err)
	}
	near(t, doubled[0], doubled[5], 1e-9, "twins")
	near(t, same, r2, 1e-9, "R² with a twin")
	// What goes with nothing gets the square of its correlation.
	alone, _, err := LMG(lower(4, 0, 9, 1, 1.5, 1))
	if err != nil {
		t.Fatal(err)
	}
	near(t, alone[0], 0.25, 1e-12, "on its own")
	near(t, alone[1], 0.25, 1e-12, "on its own")
}

func TestLMGRefuses(t *testing.T) {
	for i, cov := range []mat.Symmetric{
		lower(1), lower(1, .5, 0), lower(1, math.NaN(), 1),
		lower(1, .9, 1, .9, -.9, 1), mat.NewSymDense(14, nil),
	} {
		var input *stat.InputError
		if _, _, err := LMG(cov); !errors.As(err, &input) {
			t.Errorf("case %d was taken: %v", i, err)
		}
	}
}

// survey draws answers of a known model: items with a common mood, three of nine
// asked when planned.
func survey(seed uint64, n int, asked int) (Answers, []float64) {
	effect := []float64{0.8, 0.5, 0.4, 0.1, 0.1, 0, 0, 0, 0}
	dice := rand.New(rand.NewPCG(seed, 1))
	var a Answers
	for range n {
		mood, row := dice.NormFloat64(), make([]float64, len(effect))
		y := dice.NormFloat64()
		for j := range row {
			row[j] = 4 + 0.5*mood + dice.NormFloat64()
			y += effect[j] * (row[j] - 4)
		}
		for _, j := range dice.Perm(len(effect))[asked:] {
			row[j] = math.NaN()
		}
		a.Items, a.Outcome = append(a.Items, row), append(a.Outcome, y)
	}
	return a, surveyShares(effect)
}

func surveyShares(effect []float64) []float64 {
	q := len(effect) + 1
	cov := mat.NewSymDense(q, nil)
	for i := range effect {
		for j := range i + 1 {
			v := 0.25
			if i == j {
				v++
			}
			cov.SetSym(i, j, v)
		}
	}
	variance := 1.0
	for i := range effect {
		with := 0.0
		for j := range effect {
			with += effect[j] * cov.At(i, j)
		}
		cov.SetSym(i, q-1, with)
		variance += effect[i] * with
	}
	cov.SetSym(q-1, q-1, variance)
	shares, _, err := LMG(cov)
	if err != nil {
		panic(err)
	}
	return shares
}

func TestFitCovarianceOfWholeRows(t *testing.T) {
	a, _ := survey(1, 300, 9)
	for i := range a.Items {
		a.Weights = append(a.Weights, float64(1+i%3))
	}
	c, err := FitCovariance(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	total, mean, cov := 0.0, 0.0, 0.0
	for i, w := range a.Weights {
		total += w
		mean += w * a.Items[i][2]
	}
	mean /= total
	for i, w := range a.Weights {
		cov += w * (a.Items[i][2] - mean) * (a.Outcome[i] - c.Mean[9]) / total
	}
	near(t, c.Mean[2], mean, 1e-12, "mean")
	near(t, c.Cov.At(2, 9), cov, 1e-12, "covariance")
	if len(c.Caveats) > 0 || c.Rows != 300 || c.Rounds > 3 {
		t.Errorf("caveats %v, %d rows, %d rounds", c.Caveats, c.Rows, c.Rounds)
	}
	ridged, err := FitCovariance(a, 0.05)
	if err != nil {
		t.Fatal(err)
	}
	near(t, ridged.Cov.At(2, 9), cov/1.05, 1e-12, "with a ridge")
	near(t, ridged.Cov.At(9, 9), c.Cov.At(9, 9), 1e-12, "variance with a ridge")
}

// Three of nine items asked: the likelihood is at its top, and the truth is
// found as far as so many answers can.
func TestFitCovariancePlannedMissing(t *testing.T) {
	a, want := survey(3, 20_000, 3)
	c, err := FitCovariance(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Caveats) > 0 {
		t.Errorf("caveats %v", c.Caveats)
	}
	shares, _, err := LMG(c.Cov)
	if err != nil {
		t.Fatal(err)
	}
	for j := range want {
		near(t, shares[j], want[j], 0.025, "share", j)
	}
	a.Items, a.Outcome = a.Items[:2000], a.Outcome[:2000]
	if c, err = FitCovariance(a, 0); err != nil {
		t.Fatal(err)
	}
	top := logLikelihood(a, c.Mean, c.Cov)
	dice := rand.New(rand.NewPCG(4, 4))
	for range 10 {
		mean, cov := append([]float64(nil), c.Mean...), mat.NewSymDense(10, nil)
		for i := range 10 {
			mean[i] += 0.003 * dice.NormFloat64()
			for j := range i + 1 {
				cov.SetSym(i, j, c.Cov.At(i, j)+0.003*dice.NormFloat64())
			}
		}
		if other := logLikelihood(a, mean, cov); other > top {
			t.Errorf("ln L %.4f beside the top of %.4f", other, top)
		}
	}
}

func logLikelihood(a Answers, mean []float64, cov *mat.SymDense) (sum float64) {
	for i := range a.Items {
		sum += rowLogLikelihood(a, i, mean, cov)
	}
	return sum
}

func rowLogLikelihood(a Answers, row int, mean []float64, cov *mat.SymDense) float64 {
	var seen []int
	for j := range mean {
		if !math.IsNaN(a.at(row, j)) {
			seen = append(seen, j)
		}
	}
	s, d := mat.NewSymDense(len(seen), nil), mat.NewVecDense(len(seen), nil)
	for i, u := range seen {
		d.SetVec(i, a.at(row, u)-mean[u])
		for j, v := range seen[:i+1] {
			s.SetSym(i, j, cov.At(u, v))
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(s) {
		return math.Inf(-1)
	}
	var x mat.VecDense
	if err := chol.SolveVecTo(&x, d); err != nil {
		return math.Inf(-1)
	}
	return -(chol.LogDet() + mat.Dot(d, &x)) / 2
}

func TestRankFindsTheDrivers(t *testing.T) {
	a, _ := survey(5, 1500, 3)
	options := Options{Ridge: 0.05, Seed: 1, Resamples: 200}
	if testing.Short() {
		options.Resamples = 40
	}
	d, err := Rank(a, options)
	if err != nil {
		t.Fatal(err)
	}
	for j, item := range d.Items {
		t.Logf("item %d: %.3f (%.3f to %.3f), top three %.2f", j, item.Share, item.Interval.Low, item.Interval.High, item.TopThree)
		if (item.TopThree > 0.5) != (j < 3) {
			t.Errorf("item %d is among the top three with chance %.2f", j, item.TopThree)
		}
	}
	if d.Rows != 1500 || len(d.Caveats) > 0 || d.R2 < d.R2Interval.Low || d.R2 > d.R2Interval.High {
		t.Errorf("%d rows, caveats %v, R² %v in %v", d.Rows, d.Caveats, d.R2, d.R2Interval)
	}
	was := runtime.GOMAXPROCS(1)
	again, err := Rank(a, options)
	runtime.GOMAXPROCS(was)
	if err != nil || !reflect.DeepEqual(d, again) {
		t.Error("one core gives other numbers than many")
	}
}

// The range of the largest share holds the truth about as often as it says,
// with everybody asked everything.
func TestRankCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	const runs = 150
	held := make([]int, 3)
	for run := range runs {
		a, want := survey(uint64(100+run), 300, 9)
		d, err := Rank(a, Options{Resamples: 200, Seed: uint64(run)})
		if err != nil {
			t.Fatal(err)
		}
		for j := range held {
			if i := d.Items[j].Interval; want[j] >= i.Low && want[j] <= i.High {
				held[j]++
			}
		}
	}
	t.Logf("of %d ranges of 95 %% hold the truth: %v", runs, held)
	for j, n := range held {
		if n < runs*88/100 {
			t.Errorf("item %d: %d of %d", j, n, runs)
		}
	}
}

// A common mood gives every item a share; without the mean item only those that
// go their own way keep one.
func TestRankWithoutMean(t *testing.T) {
	dice := rand.New(rand.NewPCG(6, 6))
	var a Answers
	for range 2000 {
		mood, row := dice.NormFloat64(), make([]float64, 4)
		for j := range row {
			row[j] = mood + 0.5*dice.NormFloat64()
		}
		a.Items = append(a.Items, row)
		a.Outcome = append(a.Outcome, mood+(row[0]-mood)+0.5*dice.NormFloat64())
	}
	plain, err := Rank(a, Options{Seed: 1, Resamples: 50})
	if err != nil {
		t.Fatal(err)
	}
	bare, err := Rank(a, Options{Seed: 1, Resamples: 50, WithoutMean: true})
	if err != nil {
		t.Fatal(err)
	}
	if plain.Items[3].Share < 0.1 || bare.Items[3].Share > 0.6*bare.Items[0].Share || bare.R2 > plain.R2 {
		t.Errorf("with mood %+v, without %+v", plain.Items, bare.Items)
	}
	for j, item := range bare.Items {
		if math.IsNaN(item.Share) || item.Share < 0 || item.Share > item.Interval.High+0.05 {
			t.Errorf("item %d: %+v", j, item)
		}
	}
}

func TestRankOddAnswers(t *testing.T) {
	nan := math.NaN()
	refused := []Answers{
		{},
		{Items: [][]float64{{1}}, Outcome: []float64{1, 2}},
		{Items: [][]float64{{1}, {2, 3}}, Outcome: []float64{1, 2}},
		{Items: [][]float64{{1}, {2}}, Outcome: []float64{1, 1}},
		{Items: [][]float64{{1}, {2}}, Outcome: []float64{nan, nan}},
		{Items: [][]float64{{1}, {math.Inf(1)}}, Outcome: []float64{1, 2}},
		{Items: [][]float64{{1}, {2}}, Outcome: []float64{1, 2}, Weights: []float64{1, 0}},
		{Items: [][]float64{make([]float64, 13)}, Outcome: []float64{1}},
	}
	for i, a := range refused {
		var input *stat.InputError
		if _, err := Rank(a, Options{}); !errors.As(err, &input) {
			t.Errorf("case %d was taken: %v", i, err)
		}
	}
	// Two rows; an item that never varies; two never asked together; a twin.
	taken := []Answers{
		{Items: [][]float64{{1}, {2}}, Outcome: []float64{1, 3}},
		{Items: [][]float64{{1, 5}, {2, 5}, {4, 5}}, Outcome: []float64{1, 2, 2}},
		{Items: [][]float64{{1, nan}, {2, nan}, {nan, 3}, {nan, 4}}, Outcome: []float64{1, 2, 1, 3}},
		{Items: [][]float64{{1, 1}, {2, 2}, {4, 4}, {nan, nan}}, Outcome: []float64{1, 2, 2, nan}},
	}
	for i, a := range taken {
		for _, ridge := range []float64{0, 0.05} {
			d, err := Rank(a, Options{Ridge: ridge, Resamples: 20})
			if err != nil {
				t.Errorf("case %d: %v", i, err)
				continue
			}
			for _, item := range d.Items {
				for _, v := range []float64{item.Share, item.Interval.Low, item.Interval.High, item.TopThree} {
					if math.IsNaN(v) || v < 0 || v > 1+1e-9 {
						t.Errorf("case %d: %+v", i, item)
					}
				}
			}
		}
	}
}
