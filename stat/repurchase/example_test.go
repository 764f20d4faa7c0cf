package repurchase_test

import (
	"fmt"
	"math"

	"behold/stat/repurchase"
)

// A shop asks about a customer who came every thirty days, and has now been
// away for seventy.
func Example() {
	var buyers []repurchase.Buyer
	for i := range 400 { // half of the customers came once, half every 20 to 40 days
		age := 200 + float64(i)
		buyers = append(buyers, repurchase.Buyer{Age: age})
		gap := 20 + float64(i%20)
		x := math.Floor(age / gap)
		buyers = append(buyers, repurchase.Buyer{Repeats: x, Last: x * gap, Age: age, LogGaps: x * math.Log(gap)})
	}
	m, err := repurchase.FitMixture(buyers, repurchase.MixtureOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	b := repurchase.Buyer{Repeats: 10, Last: 300, Age: 370, LogGaps: 10 * math.Log(30)}
	fmt.Printf("usual gap %.0f days\n", m.MeanGap(b))
	fmt.Printf("silence is longer than that of 99 in 100: %t\n", m.Silence(b) < 0.01)
	fmt.Printf("that was so from day %.0f on\n", math.Ceil(m.SilenceQuantile(b, 0.01)))
	// Output:
	// usual gap 30 days
	// silence is longer than that of 99 in 100: true
	// that was so from day 56 on
}

func ExampleFitGammaGamma() {
	g := repurchase.GammaGamma{P: 6.25, Q: 3.74, V: 15.44} // the CDNOW sample
	mean, _ := g.Mean(2, 22.35)
	fmt.Printf("%.2f\n", mean)
	// Output: 24.66
}

// Fader, Hardie, Lee (2005): customer 1 of the CDNOW sample bought twice again,
// the last time after 30.43 weeks, and is 38.86 weeks old.
func ExampleBGNBD() {
	m := repurchase.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}
	b := repurchase.Buyer{Repeats: 2, Last: 30.43, Age: 38.86}
	fmt.Printf("purchases in the next 39 weeks: %.2f\n", m.Expected(b, 39))
	fmt.Printf("none at all: %.2f\n", m.NoPurchase(b, 39))
	once := repurchase.Buyer{Age: 38.86}
	fmt.Printf("a one-time buyer is with us: %.0f, and buys nothing: %.2f\n", m.Alive(once), m.NoPurchase(once, 39))
	// Output:
	// purchases in the next 39 weeks: 1.23
	// none at all: 0.45
	// a one-time buyer is with us: 1, and buys nothing: 0.86
}

// The truth is known here, and the ranges of 95 % of the fit hold it.
func ExampleFitParetoNBD() {
	truth := repurchase.ParetoNBD{R: 0.6, Alpha: 10, S: 0.7, Beta: 12}
	ages := make([]float64, 5000)
	for i := range ages {
		ages[i] = 30 + float64(i%50)
	}
	buyers, err := truth.Simulate(ages, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := repurchase.FitParetoNBD(buyers, repurchase.FitOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, value := range []float64{truth.R, truth.Alpha, truth.S, truth.Beta} {
		e := m.Estimates[i]
		fmt.Println(e.Name, e.Known, e.Range.Low < value && value < e.Range.High)
	}
	year := repurchase.ValueOptions{Discount: math.Log(1.1) / 52}
	fmt.Printf("purchases to come, worth today: %.1f\n", truth.Residual(repurchase.Buyer{Repeats: 5, Last: 40, Age: 45}, year))
	// Output:
	// r true true
	// alpha true true
	// s true true
	// beta true true
	// purchases to come, worth today: 15.6
}

// Nobody is ever seen to leave, and the fit says so.
func ExampleFit() {
	buyers := []repurchase.Buyer{
		{Repeats: 10, Last: 99, Age: 100, Weight: 400},
		{Repeats: 3, Last: 95, Age: 100, Weight: 300},
		{Repeats: 30, Last: 100, Age: 100, Weight: 300},
	}
	m, err := repurchase.FitMBGNBD(buyers, repurchase.FitOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Caveats[0].Code)
	fmt.Println(m.Boundary)
	// Output:
	// no-leaving
	// a runs to 0 against b: hardly anybody is seen to leave
}

// A donor who gave in the first, third and fourth of six years.
func ExampleBGBB() {
	m := repurchase.BGBB{Alpha: 1.204, Beta: 0.75, Gamma: 0.657, Delta: 2.783}
	b := repurchase.Buyer{Repeats: 3, Last: 4, Age: 6}
	fmt.Printf("gifts in the next five years: %.2f\n", m.Expected(b, 5))
	// Output:
	// gifts in the next five years: 1.03
}

// Customers won online buy faster, and leave as others do.
func ExampleTraitsParetoNBD_For() {
	m := repurchase.TraitsParetoNBD{R: 0.9, Alpha: 11.5, S: 0.47, Beta: 18.5, Names: []string{"online"}, Buying: []float64{0.4}, Leaving: []float64{0}}
	for _, online := range []float64{0, 1} {
		fmt.Printf("%.1f repeats in the first year\n", m.For([]float64{online}).Expected(repurchase.Buyer{}, 52))
	}
	// Output:
	// 2.8 repeats in the first year
	// 4.2 repeats in the first year
}

// Three hundred customers tell little of how easily they leave: ranges from
// resampled customers, beside those from the curvature.
func ExampleBootstrap() {
	truth := repurchase.BGNBD{R: 0.5, Alpha: 6, A: 0.9, B: 2.5}
	ages := make([]float64, 300)
	for i := range ages {
		ages[i] = 20 + float64(i%80)
	}
	buyers, err := truth.Simulate(ages, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := repurchase.FitBGNBD(buyers, repurchase.FitOptions{Bootstrap: repurchase.Bootstrap{Resamples: 200, Seed: 1}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, e := range m.Resampled {
		curved := m.Estimates[i].Range
		fmt.Printf("%s %.1f: %.1f to %.1f, by the curvature %.1f to %.1f\n", e.Name, e.Value, e.Range.Low, e.Range.High, curved.Low, curved.High)
	}
	// Output:
	// r 0.4: 0.4 to 0.6, by the curvature 0.4 to 0.6
	// alpha 4.7: 3.2 to 6.7, by the curvature 3.3 to 6.8
	// a 1.2: 0.7 to 4.5, by the curvature 0.6 to 2.4
	// b 3.0: 1.5 to 14.5, by the curvature 1.2 to 7.5
}
