package stat

import (
	"math"
	"testing"
)

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.17g, want %.17g (within %g)", what, got, want, tolerance)
	}
}

// Values in the tables of this file: mpmath 1.3.0 with 60 digits (loggamma,
// betainc, gammainc), rounded to 17.

func TestLogBeta(t *testing.T) {
	for _, c := range []struct{ a, b, want float64 }{
		{0.5, 0.5, 1.1447298858494002},
		{1e-05, 3, 11.512910465032728},
		{2.5, 1000000.0, -34.254095399436516},
		{0.7, 5000, -5.7011469877397287},
		{300, 400, -479.688451037132},
		{1e10, 12, -258.8079033200116},
		{20, 0.7, -1.8309132968834824},
		{19.9, 0.7, -1.8273783188264659},
	} {
		near(t, LogBeta(c.a, c.b), c.want, 1e-14*math.Max(10, math.Abs(c.want)), "ln B", c.a, c.b)
		near(t, LogBeta(c.b, c.a), LogBeta(c.a, c.b), 0, "symmetry", c.a, c.b)
	}
}

func TestLogRising(t *testing.T) {
	// The rising factorial of whole n is a product.
	for _, a := range []float64{0.3, 19.5, 20.5, 1e3, 1e9} {
		want := 0.0
		for j := range 7 {
			near(t, LogRising(a, float64(j)), want, 3e-14*math.Max(1, want), "a, n", a, j)
			want += math.Log(a + float64(j))
		}
	}
}

var betaTable = []struct{ a, b, odds, want float64 }{
	{0.8, 2, 0.15, -1.1014381116083354},
	{6.8, 2, 1.15, -2.8286144282508141},
	{24.8, 2, 13.25, -0.79634601663318686},
	{0.3, 0.7, 1e-06, -4.2973458351822151},
	{0.3, 0.7, 1000000.0, -2.3212108584068528e-5},
	{5.5, 4.5, 0.5, -2.4997269862739643},
	{5.5, 4.5, 3, -0.09882190940636714},
	{51.5, 4.5, 1.2, -22.403452206731468},
	{500.3, 1.5, 20, -22.683461583585839},
	{500.3, 1.5, 2000, -0.084688900802448265},
	{60000.5, 12, 9000, -0.040515820584169802},
	{60000.5, 12, 0.5, -65818.224668758072},
	{3500.7, 0.7, 100, -36.166002561269009},
	{3500.7, 0.7, 100000.0, -0.10961013924839016},
	{1.8, 7, 0.001, -9.3567227711578148},
	{2, 4.5, 1e-200, -918.51835888916352},
	{12.5, 37.5, 0.2, -2.5758376907566803},
	{0.001, 1.5, 1e-05, -0.010899589624593406},
	{0.8, 12, 1000000000.0, 0.0},
	{2e8, 4.5, 3e7, -1.90990672086852},
	{2e8, 2, 1e7, -16.955476657514734},
	{1000, 300.5, 2, -35.703856607873019},
}

func TestBetaLogCDF(t *testing.T) {
	for _, c := range betaTable {
		tolerance := 3e-13 * math.Max(1, math.Abs(c.want))
		if c.a > manyA {
			tolerance = 1e-9 // the gamma limit
		}
		near(t, NewBeta(c.a, c.b).LogCDF(c.odds), c.want, tolerance, "ln I", c.a, c.b, c.odds)
	}
	d := NewBeta(2, 3)
	near(t, d.CDF(0), 0, 0, "at odds 0")
	near(t, d.CDF(math.Inf(1)), 1, 0, "at odds +Inf")
}

func TestBetaQuantile(t *testing.T) {
	for _, c := range betaTable {
		d := NewBeta(c.a, c.b)
		for _, p := range []float64{1e-300, 1e-12, 0.01, 0.2, 0.5, 0.9, 0.999} {
			odds := d.Quantile(p)
			if odds < 1e-299 || odds > 1e299 || c.a > manyA {
				continue // at the end of the range, or of the digits
			}
			near(t, d.CDF(odds)/p, 1, 1e-11*math.Max(1, math.Max(c.a, c.b)/100), "p back", c.a, c.b, p)
		}
	}
	d := NewBeta(2, 3)
	near(t, d.Quantile(0), 0, 0, "p 0")
	if !math.IsInf(d.Quantile(1), 1) {
		t.Error("the quantile of 1 is not +Inf")
	}
}

func TestBetaSlope(t *testing.T) {
	for _, c := range betaTable {
		if c.a > 1e5 || c.want < -600 {
			continue // differences of neighbours say nothing there
		}
		s := NewBetaSlope(c.a, c.b)
		cdf, byA, byLogOdds := s.At(c.odds)
		near(t, cdf, s.CDF(c.odds), 1e-12*math.Max(cdf, 1e-3), "chance", c)
		const h = 1e-4
		da := (NewBeta(c.a*(1+h), c.b).CDF(c.odds) - NewBeta(c.a*(1-h), c.b).CDF(c.odds)) / (2 * h * c.a)
		do := (s.CDF(c.odds*math.Exp(h)) - s.CDF(c.odds*math.Exp(-h))) / (2 * h)
		near(t, byA, da, 1e-9+1e-3*math.Abs(da), "by A", c)
		near(t, byLogOdds, do, 1e-9+1e-3*math.Abs(do), "by ln odds", c)
	}
}

var gammaTable = []struct{ k, z, want float64 }{
	{1, 3, -3.0},
	{2, 0.5, -0.094534891891835618},
	{0.7, 1e-08, -2.764453904884115e-6},
	{0.7, 0.3, -0.545447035988242},
	{0.7, 5, -5.7938465689899595},
	{0.7, 900, -902.30191858401466},
	{1.5, 2.4, -1.676423430869525},
	{1.5, 2.6, -1.8469057532983797},
	{4.5, 1, -0.0085690026313243332},
	{4.5, 5.4, -1.2390215987002476},
	{4.5, 5.6, -1.3384617806399246},
	{4.5, 2000, -1975.8488273065967},
	{12, 3, -7.1389177120874544e-5},
	{12, 30, -9.6585508011482325},
	{12, 5000000.0, -4999847.8278724715},
	{7, 0.0001, -1.9839533807316916e-32},
	{45.5, 20, -6.9562960987729805e-7},
	{45.5, 200, -91.192839325092343},
}

func TestLogUpperGamma(t *testing.T) {
	for _, c := range gammaTable {
		near(t, LogUpperGamma(c.k, c.z), c.want, 2e-15*math.Max(10, math.Abs(c.want)), "ln Q", c.k, c.z)
	}
	near(t, UpperGamma(2, 0), 1, 0, "Q at 0")
	near(t, UpperGamma(2, math.Inf(1)), 0, 0, "Q at +Inf")
}

func TestLogSumExp(t *testing.T) {
	near(t, LogSumExp([]float64{-1000, -1000}), -1000+math.Ln2, 1e-12, "far down")
	near(t, LogSumExp([]float64{1000, -1000}), 1000, 0, "far up")
	if !math.IsInf(LogSumExp(nil), -1) {
		t.Error("the sum of nothing is not 0")
	}
}

func TestBlockSums(t *testing.T) {
	// Sums of very unequal terms, whose bits depend on the order.
	term := func(i int) float64 { return math.Exp(10 * math.Sin(float64(i))) }
	add := func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			sums[0] += term(i)
			sums[1]++
		}
	}
	want := make([]float64, 2)
	const n = 10_007
	for lo := 0; lo < n; lo += 100 {
		block := make([]float64, 2)
		add(lo, min(lo+100, n), block)
		want[0] += block[0]
		want[1] += block[1]
	}
	for range 20 {
		got := BlockSums(Split{N: n, Size: 100, Width: 2}, add)
		if got[0] != want[0] || got[1] != n {
			t.Fatalf("sums %v, in the order of the blocks %v", got, want)
		}
	}
	if got := BlockSums(Split{N: 0, Size: 100, Width: 1}, add); got[0] != 0 {
		t.Errorf("the sum over nothing is %v", got)
	}
}

// Values of mpmath 1.4.1, psi(0, x) and psi(1, x) with 60 digits.
func TestDigamma(t *testing.T) {
	for _, c := range []struct{ x, digamma, trigamma float64 }{
		{1e-09, -1000000000.5772156, 9.9999999999999988e+17},
		{0.01, -100.56088545786867, 10001.621213528313},
		{0.3, -3.5025242222001331, 12.245364546107731},
		{1, -0.57721566490153286, 1.6449340668482264},
		{1.4616321449683622, -9.2412655217294275e-17, 0.96767224544762125}, // the root
		{2.5, 0.70315664064524319, 0.49035775610023486},
		{10, 2.2517525890667211, 0.10516633568168575},
		{33.3, 3.4904672385202428, 0.030485444095338888},
		{1e4, 9.2102903711428494, 0.00010000500016666667},
		{1e12, 27.631021115928048, 1.0000000000005e-12},
	} {
		near(t, Digamma(c.x), c.digamma, 1e-15*math.Max(1, math.Abs(c.digamma)), "digamma", c.x)
		near(t, Trigamma(c.x), c.trigamma, 1e-15*c.trigamma, "trigamma", c.x)
	}
	for _, x := range []float64{0, -1.5, math.NaN()} {
		if !math.IsNaN(Digamma(x)) || !math.IsNaN(Trigamma(x)) {
			t.Errorf("digamma and trigamma of %v are %v and %v", x, Digamma(x), Trigamma(x))
		}
	}
}
