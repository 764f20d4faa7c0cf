package booster

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"behold/stat"
)

// One tree of depth 1 over four rows, by the formulas: at F₀ = 0 each row has
// slope ±½ and bend ¼; with a ridge of 1 the halves gain most, and each leaf
// rises by ±1/(½ + 1), taken in half.
func TestOneTreeByHand(t *testing.T) {
	rows := Rows{X: []float64{1, 2, 3, 4}, Width: 1, Y: []float64{0, 0, 1, 1}}
	m, err := Fit(rows, Options{Trees: 1, Depth: 1, Rate: 0.5, Ridge: 1, Least: 0.1, Rows: 1, Columns: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ x, want float64 }{{0, -1. / 3}, {2, -1. / 3}, {2.1, 1. / 3}, {9, 1. / 3}} {
		if got := m.LogOdds([]float64{c.x}); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("at %v: %v, not %v", c.x, got, c.want)
		}
	}
}

// world draws rows whose outcome hangs on whether two columns have one sign, and
// ten columns that say nothing.
func world(n int, seed uint64) Rows {
	dice := rand.New(rand.NewPCG(seed, 1))
	r := Rows{Width: 12}
	for range n {
		row := make([]float64, r.Width)
		for j := range row {
			row[j] = dice.NormFloat64()
		}
		y := 0.0
		if dice.Float64() < truth(row) {
			y = 1
		}
		r.X, r.Y = append(r.X, row...), append(r.Y, y)
	}
	return r
}

func truth(row []float64) float64 {
	if row[0]*row[1] > 0 {
		return 0.8
	}
	return 0.2
}

// A line sees nothing in two columns that only matter together; trees find nearly
// all of it, on rows that they have not seen.
func TestLearnsWhatALineCannot(t *testing.T) {
	m, err := Fit(world(8000, 1), Options{Trees: 200, Columns: 1, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	loss, best := 0.0, 0.0
	fresh := world(4000, 2)
	for i, y := range fresh.Y {
		row := fresh.X[i*fresh.Width : (i+1)*fresh.Width]
		p := 1 / (1 + math.Exp(-m.LogOdds(row)))
		loss -= (y*math.Log(p) + (1-y)*math.Log1p(-p)) / float64(len(fresh.Y))
		p = truth(row)
		best -= (y*math.Log(p) + (1-y)*math.Log1p(-p)) / float64(len(fresh.Y))
	}
	t.Logf("log loss %.4f, of the truth %.4f, of nothing %.4f", loss, best, math.Ln2)
	if loss > best+0.03 {
		t.Errorf("log loss %.4f, of the truth %.4f", loss, best)
	}
}

// What Offset says already is not learned again.
func TestOffsetIsKnown(t *testing.T) {
	r := world(4000, 4)
	for i := range r.Y {
		r.Offset = append(r.Offset, math.Log(truth(r.X[i*r.Width:])/(1-truth(r.X[i*r.Width:]))))
	}
	m, err := Fit(r, Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i := range r.Y {
		sum += math.Pow(m.LogOdds(r.X[i*r.Width:(i+1)*r.Width]), 2) / float64(len(r.Y))
	}
	if math.Sqrt(sum) > 0.4 { // 1.4 without it
		t.Errorf("%.3f log-odds on top of the truth", math.Sqrt(sum))
	}
}

// A row of weight 2 is two rows.
func TestWeightsCountRows(t *testing.T) {
	one := Rows{X: []float64{1, 2, 3, 4, 5}, Width: 1, Y: []float64{0, 1, 0, 1, 1}, Weight: []float64{1, 1, 2, 1, 1}}
	two := Rows{X: []float64{1, 2, 3, 3, 4, 5}, Width: 1, Y: []float64{0, 1, 0, 0, 1, 1}}
	o := Options{Trees: 5, Rows: 1, Columns: 1, Least: 0.1}
	a, err := Fit(one, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Fit(two, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range one.X {
		if math.Abs(a.LogOdds([]float64{x})-b.LogOdds([]float64{x})) > 1e-12 {
			t.Errorf("at %v: %v and %v", x, a.LogOdds([]float64{x}), b.LogOdds([]float64{x}))
		}
	}
}

func TestCoresDoNotMatter(t *testing.T) {
	rows := world(5000, 5)
	want, err := Fit(rows, Options{Trees: 20, Seed: 9})
	if err != nil {
		t.Fatal(err)
	}
	was := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(was)
	got, err := Fit(rows, Options{Trees: 20, Seed: 9})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Error("one core grows other trees than all")
	}
	text, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var back Model
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(&back, want) {
		t.Error("trees are not plain data", err)
	}
}

func TestRefuses(t *testing.T) {
	fine := func() Rows { return Rows{X: []float64{1, 2}, Width: 1, Y: []float64{0, 1}} }
	for name, c := range map[string]struct {
		field  string
		change func(*Rows, *Options)
	}{
		"nothing":  {"X", func(r *Rows, _ *Options) { *r = Rows{} }},
		"lengths":  {"X", func(r *Rows, _ *Options) { r.Width = 2 }},
		"weights":  {"Weight", func(r *Rows, _ *Options) { r.Weight = []float64{1} }},
		"offsets":  {"Offset", func(r *Rows, _ *Options) { r.Offset = []float64{1} }},
		"infinite": {"X", func(r *Rows, _ *Options) { r.X[1] = math.Inf(1) }},
		"half":     {"Y", func(r *Rows, _ *Options) { r.Y[1] = 0.5 }},
		"weight 0": {"Weight", func(r *Rows, _ *Options) { r.Weight = []float64{1, 0} }},
		"deep":     {"Depth", func(_ *Rows, o *Options) { o.Depth = 7 }},
		"rate":     {"Rate", func(_ *Rows, o *Options) { o.Rate = 2 }},
	} {
		rows, options := fine(), Options{}
		c.change(&rows, &options)
		_, err := Fit(rows, options)
		var wrong *stat.InputError
		if !errors.As(err, &wrong) || wrong.Field != c.field {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A column of one value, and fewer rows than a leaf needs, leave the offset as it is.
func TestNothingToAsk(t *testing.T) {
	m, err := Fit(Rows{X: []float64{1, 1, 1, 1}, Width: 1, Y: []float64{0, 1, 0, 1}}, Options{Rows: 1})
	if err != nil {
		t.Fatal(err)
	}
	if got := m.LogOdds([]float64{5}); got != 0 {
		t.Errorf("%v", got)
	}
}

func ExampleFit() {
	rows := Rows{Width: 1}
	for i := range 400 {
		x := float64(i % 20)
		y := 0.0
		if x > 5 && x < 15 { // in the middle it happens
			y = 1
		}
		rows.X, rows.Y = append(rows.X, x), append(rows.Y, y)
	}
	m, err := Fit(rows, Options{Seed: 1, Columns: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.LogOdds([]float64{2}) < 0, m.LogOdds([]float64{10}) > 0, m.LogOdds([]float64{18}) < 0)
	// Output: true true true
}
