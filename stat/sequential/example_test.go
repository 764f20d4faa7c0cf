package sequential_test

import (
	"fmt"

	"behold/stat/sequential"
)

func ExampleShare() {
	s, err := sequential.NewShare(0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	for answer := range 100 {
		s.Add(answer%5 < 2) // two of five are very satisfied
	}
	i := s.Interval()
	fmt.Printf("so far %.0f %%, between %.0f %% and %.0f %%\n", 100*s.Estimate(), 100*i.Low, 100*i.High)
	// Output: so far 40 %, between 25 % and 56 %
}

func ExampleFiniteShare() {
	s, err := sequential.NewFiniteShare(80, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := s.AddCounts(16, 40); err != nil {
		fmt.Println(err)
		return
	}
	low, high := s.Counts()
	fmt.Printf("%d to %d of our 80 customers\n", low, high)
	// Output: 20 to 45 of our 80 customers
}

func ExampleBounded() {
	b, err := sequential.NewBounded(sequential.Scale{Low: 1, High: 5, Level: 0.95})
	if err != nil {
		fmt.Println(err)
		return
	}
	for answer := range 100 {
		if err := b.Add(float64(3 + answer%3)); err != nil {
			fmt.Println(err)
			return
		}
	}
	i := b.Interval()
	fmt.Printf("mean %.2f (%.1f to %.1f)\n", b.Estimate(), i.Low, i.High)
	// Output: mean 3.99 (3.7 to 4.2)
}

func ExampleMean() {
	m, err := sequential.NewMean(0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	for answer := range 200 { // each second answer stands for three customers
		if err := m.AddWeighted(float64(answer%2), float64(1+answer%2*2)); err != nil {
			fmt.Println(err)
			return
		}
	}
	i := m.Interval()
	fmt.Printf("%.2f (%.2f to %.2f), as sure as %.0f equal answers\n", m.Estimate(), i.Low, i.High, m.Effective())
	// Output: 0.75 (0.67 to 0.83), as sure as 160 equal answers
}

func ExampleCUSUM() {
	chances := make([]float64, 2000)
	lost := make([]bool, 2000)
	for i := range chances {
		chances[i] = 0.0115 // 23 are expected
		lost[i] = i < 36    // 36 left
	}
	c, err := sequential.NewCUSUM(1.5, 2.5)
	if err != nil {
		fmt.Println(err)
		return
	}
	for month := 1; !c.More(); month++ {
		if err := c.Add(chances, lost); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("month %d: %.2f\n", month, c.Up)
	}
	// Output:
	// month 1: 3.13
}

func ExampleLimit() {
	plan := sequential.Plan{Chances: []float64{0.4}, Ratio: 1.5, Side: sequential.BothSides, Seed: 1}
	limit, err := sequential.Limit(plan, 1000) // answers to a false alarm
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("ring at %.1f\n", limit.Limit)
	// Output: ring at 3.6
}
