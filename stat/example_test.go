package stat_test

import (
	"fmt"

	"behold/stat"
)

// Of a share that is Beta(2, 8) over customers: how likely is it above one
// half, that is odds of 1?
func ExampleBeta() {
	d := stat.NewBeta(2, 8)
	fmt.Printf("above one half: %.4f\n", 1-d.CDF(1))
	odds := d.Quantile(0.9)
	fmt.Printf("nine of ten lie below %.3f\n", odds/(1+odds))
	// Output:
	// above one half: 0.0195
	// nine of ten lie below 0.368
}

// Renewals still to come of a contract before its eighth, worth today at 10 % a
// period (Fader, Hardie 2010): far above what a constant rate of leaving says.
func ExampleHypergeometric() {
	a, b, n := 0.668, 3.806, 8.0
	f, err := stat.Hypergeometric(1, b+n, a+b+n, 1/1.1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f\n", (b+n-1)/(a+b+n-1)*f)
	// Output: 7.53
}
