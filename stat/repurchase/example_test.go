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
