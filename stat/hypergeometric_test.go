package stat

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Values of ln 2F1: mpmath 1.4.1, log(hyp2f1(a, b, c, z)) with mp.dps = 60 and
// maxprec 1e5, of the float64 given here, rounded to 17 digits. Of the two with
// 33116.4, which it gets wrong without a word, its sum of the series itself.
var hypergeometricTable = []struct{ a, b, c, z, want float64 }{
	{1.0, 11.806, 12.474, 0.9090909090909091, 2.0788704101448839}, // DERL of a contract
	{2.243, 4.426, 4.219, 0.5, 1.6412648010848117},                // BG/NBD, CDNOW, x = 2
	{2.243, 4.426, 4.219, 0.99, 11.136567941759234},
	{0.243, 2.426, 2.219, 0.9999999999, 9.5941089664411702},
	{1.859, 1.606, 2.859, 0.3, 0.36494872814537079},
	{0.3, 0.5, 0.2, 0.9, 1.5689795447506983},
	{5.5, 3.5, 0.1, 0.75, 19.174435497822684},
	{30.2, 20.7, 2.5, 0.999, 359.5918322291546},
	{0.5, 0.5, 1.5, -1000000.0, -4.8794882611720346},
	{3.0, 2.0, 7.0, -0.001, -0.00085686748194172585},
	{2.0, 3.0, 2.5, -50.0, -8.753137768125263},
	{500.3, 1.5, 501.3, 0.999, 9.2967311468043145},
	{5000.25, 33116.4, 33117.2, 0.9, 11512.814602786946},
	{5000.25, 33116.4, 33116.1, 0.9, 11513.758566951844},
	{1e-08, 1e-08, 1e-08, 0.5, 6.9314718055994532e-9},
	{1e-06, 2.0, 3.0, 0.9999, 1.4982582830151997e-6},
	{1.0, 1.0, 2.0, 0.999999999999, 3.3189398956572394},
	{100000.0, 200000.0, 400000.0, 0.99, 84352.492012628626},
	{100000.0, 200000.0, 400000.0, -10000000000.0, -2216280.2685556103},
	{1000000.0, 0.5, 1000001.0, 0.75, 0.69314568056707025},
	{0.01, 0.02, 0.005, 0.999, 0.26361948349155115},
	{20.0, 30.0, 49.999, 0.9999999, 36.129011013072056},
	{1.0, 1.0, 1.0, -7.0, -2.0794415416798359},
	{40.0, 40.0, 1.0, 0.5, 94.080812923529502},
	{300.7, 300.2, 100.1, 0.6, 567.72879424685549},
	{0.001, 7.0, 7.0000001, 0.99999, 0.011512921132290485},
	{12.0, 1e-05, 0.001, -1e+300, -0.016988273546383405},
	{3.3, 4.4, 5.5, 0.0, 0.0},
}

func TestLogHypergeometric(t *testing.T) {
	for _, c := range hypergeometricTable {
		got, err := LogHypergeometric(c.a, c.b, c.c, c.z)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
		}
		size := math.Max(math.Max(math.Max(1, math.Abs(c.want)), c.c), math.Max(c.a, c.b))
		near(t, got, c.want, 1e-14*size, "ln 2F1", c)
		swapped, _ := LogHypergeometric(c.b, c.a, c.c, c.z)
		near(t, swapped, got, 0, "a and b change places", c)
	}
}

func TestHypergeometric(t *testing.T) {
	for _, z := range []float64{-9, -0.3, 0.2, 0.97} { // Abramowitz and Stegun 15.1.3 and 15.1.8
		got, _ := Hypergeometric(1, 1, 2, z)
		near(t, got, -math.Log1p(-z)/z, 1e-13*got, "−ln(1−z)/z", z)
		got, _ = Hypergeometric(2.5, 0.7, 0.7, z)
		near(t, got, math.Pow(1-z, -2.5), 1e-12*got, "(1−z)^−a", z)
	}
	// Discounted renewals to come of a contract (Fader, Hardie 2010): a .668,
	// b 3.806, standing before renewal 8, 10 % a period; by mpmath.
	got, err := Hypergeometric(1, 3.806+8, 0.668+3.806+8, 1/1.1)
	near(t, (3.806+7)/(0.668+3.806+7)*got, 7.52994953091097, 1e-13, "DERL", err)
	if got, err := Hypergeometric(1e4, 1e4, 1, 0.999); !math.IsInf(got, 1) || err != nil {
		t.Errorf("beyond float64: %v, %v", got, err)
	}
}

// Whatever is asked is a number or a clear refusal; the function rises with z,
// and with Euler's transformation (15.3.3) it agrees with itself.
func TestLogHypergeometricAnywhere(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 8))
	anything := func(most float64) float64 { return math.Exp(most * (2*rnd.Float64() - 1)) }
	for range 3000 {
		a, b, c := anything(16), anything(16), anything(16)
		if rnd.IntN(2) == 0 {
			c = b + anything(10)
		}
		z := 1 - anything(36)
		got, err := LogHypergeometric(a, b, c, z)
		if err != nil {
			var input *InputError
			if !errors.As(err, &input) || c >= math.Min(a, b) {
				t.Fatalf("%v %v %v %v: %v", a, b, c, z, err)
			}
			continue
		}
		if !Finite(got) {
			t.Fatalf("%v %v %v %v: %v", a, b, c, z, got)
		}
		size := 1 + math.Abs(got) + a + b + c
		more, _ := LogHypergeometric(a, b, c, z+(1-z)*1e-3)
		if more < got-1e-12*size {
			t.Errorf("%v %v %v: %v at %v and %v further on", a, b, c, got, z, more)
		}
		if c > a && c > b {
			other, _ := LogHypergeometric(c-a, c-b, c, z)
			near(t, (c-a-b)*math.Log1p(-z)+other, got, 1e-11*size*math.Max(1, -math.Log1p(-z)), "Euler", a, b, c, z)
		}
	}
}

func TestLogHypergeometricRefuses(t *testing.T) {
	for field, p := range map[string][4]float64{
		"a": {0, 1, 1, 0.5}, "b": {1, math.NaN(), 1, 0.5}, "c": {1, 1, math.Inf(1), 0.5}, "z": {1, 1, 1, 1},
	} {
		var input *InputError
		if _, err := LogHypergeometric(p[0], p[1], p[2], p[3]); !errors.As(err, &input) || input.Field != field || input.Row != NoRow {
			t.Errorf("%v: %v, want field %s", p, err, field)
		}
	}
	for _, p := range [][4]float64{{2, 3, 1, -0.5}, {3e6, 2e6, 1, 0.5}, {1, 1, 2, math.NaN()}, {1, 1, 2, math.Inf(-1)}} {
		if got, err := LogHypergeometric(p[0], p[1], p[2], p[3]); err == nil {
			t.Errorf("%v gives %v", p, got)
		}
	}
}

func BenchmarkLogHypergeometric(b *testing.B) {
	for b.Loop() {
		if _, err := LogHypergeometric(2.243, 4.426, 4.219, 0.9); err != nil {
			b.Fatal(err)
		}
	}
}
