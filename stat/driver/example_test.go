package driver_test

import (
	"fmt"

	"gonum.org/v1/gonum/mat"

	"behold/stat/driver"
)

// Two of three items go together; the outcome goes with all.
func ExampleLMG() {
	shares, r2, err := driver.LMG(mat.NewSymDense(4, []float64{
		1, .6, .3, .5,
		.6, 1, .2, .45,
		.3, .2, 1, .3,
		.5, .45, .3, 1,
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.4f of R² %.4f\n", shares, r2)
	// Output: [0.1479 0.1110 0.0495] of R² 0.3084
}

// Four hundred customers rated speed and friendliness; only speed decides
// whether they mean to come again.
func ExampleRank() {
	var answers driver.Answers
	for i := range 400 {
		speed, friendly := float64(1+i%5), float64(1+i/5%5)
		answers.Items = append(answers.Items, []float64{speed, friendly})
		answers.Outcome = append(answers.Outcome, speed+float64(i%3))
	}
	d, err := driver.Rank(answers, driver.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, name := range []string{"speed", "friendly"} {
		item := d.Items[i]
		fmt.Printf("%-8s %.0f %% (%.0f to %.0f)\n", name, 100*item.Share, 100*item.Interval.Low, 100*item.Interval.High)
	}
	// Output:
	// speed    75 % (72 to 77)
	// friendly 0 % (0 to 1)
}
