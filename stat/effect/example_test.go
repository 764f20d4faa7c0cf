package effect_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"behold/stat"
	"behold/stat/effect"
	"behold/stat/sequential"
)

// Four in five customers were called, by lot; 70 % of the others bought again.
func ExampleCompare() {
	var episodes []effect.Episode
	for i := range 1000 {
		e := effect.Episode{Treated: i%5 > 0, Chance: 0.8, With: 0.7, Without: 0.7}
		if i/5%10 < 7 || e.Treated && i/5%10 == 7 {
			e.Outcome = 1
		}
		episodes = append(episodes, e)
	}
	e, err := effect.Compare(episodes, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("called %.0f %%, left alone %.0f %%: %+.0f points (%+.0f to %+.0f)\n",
		100*e.With, 100*e.Without, 100*e.Value, 100*e.Interval.Low, 100*e.Interval.High)
	// Output: called 80 %, left alone 70 %: +10 points (+3 to +17)
}

// The same, looked at after each outcome.
func ExampleTrial() {
	reach := effect.Reach(0.8, 0.8)
	early, err := sequential.NewBounded(sequential.Scale{Low: -reach, High: reach, Level: 0.95})
	if err != nil {
		fmt.Println(err)
		return
	}
	late, err := sequential.NewMean(0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	trial, dice := effect.NewTrial(early, late), rand.New(rand.NewPCG(1, 1))
	for day := 1; day < 2000; day++ {
		e := effect.Episode{Treated: dice.Float64() < 0.8, Chance: 0.8, With: 0.65, Without: 0.55}
		if stays := 0.5; e.Treated && dice.Float64() < stays+0.2 || !e.Treated && dice.Float64() < stays {
			e.Outcome = 1
		}
		if err := trial.Add(e); err != nil {
			fmt.Println(err)
			return
		}
		if now := trial.Effect(); now.Interval.Low > 0 {
			fmt.Printf("shown after %d: %.2f (%.2f to %.2f)\n", day, now.Value, now.Interval.Low, now.Interval.High)
			return
		}
	}
	// Output: shown after 311: 0.22 (0.00 to 0.44)
}

func ExampleSelect() {
	known, err := effect.NewConformal( // scores of customers whose end is known
		[]float64{1, 2, 3, 4, 5, 6, 7, 8, 9},
		[]bool{true, true, true, true, false, true, false, false, false}, // stayed
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	var p []float64
	for _, score := range []float64{2.5, 8.5, 9.5, 7.5} {
		p = append(p, known.P(score))
	}
	fmt.Printf("%.1f, name %v\n", p, effect.Select(p, 0.2))
	// Output: [0.4 0.1 0.1 0.1], name [1 2 3]
}

func ExampleFitVennAbers() {
	var scores []float64
	var left []bool
	for i := range 400 {
		scores = append(scores, float64(i%40))
		left = append(left, i*7%40 < i%40)
	}
	v, err := effect.FitVennAbers(scores, left)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := v.Chance(20)
	fmt.Printf("%.2f, between %.2f and %.2f\n", c.Value, c.Low, c.High)
	// Output: 0.40, between 0.39 and 0.41
}

func ExampleQiniCurve() {
	var episodes []effect.Episode
	var scores []float64
	for i := range 2000 { // a call helps those with a score of 1
		e := effect.Episode{Treated: i%2 == 0, Chance: 0.5}
		score := float64(i / 2 % 2)
		if i/4%10 < 5 || e.Treated && score == 1 && i/4%10 < 8 {
			e.Outcome = 1
		}
		episodes, scores = append(episodes, e), append(scores, score)
	}
	q, err := effect.QiniCurve(scores, episodes, effect.Resampling{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range q.Curve {
		fmt.Printf("the best %.0f %% of customers: %.2f more outcomes per customer\n", 100*p.Share, p.Gain)
	}
	fmt.Println("ranking pays:", q.Interval.Low > 0)
	// Output:
	// the best 0 % of customers: 0.00 more outcomes per customer
	// the best 50 % of customers: 0.15 more outcomes per customer
	// the best 100 % of customers: 0.15 more outcomes per customer
	// ranking pays: true
}

func ExampleCompareAUC() {
	var model, silent []float64
	var left []bool
	for i := range 500 {
		model = append(model, float64(i*17%500))
		silent = append(silent, float64(i*17%500+i*131%700))
		left = append(left, i*17%500+i*37%200 > 400)
	}
	c, err := effect.CompareAUC(model, silent, left, effect.Resampling{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f against %.2f; the model is better: %t\n", c.A.AUC, c.B.AUC, c.Interval.Low > 0)
	// Output: 0.97 against 0.77; the model is better: true
}

// Before a trial: 40 episodes a month, a fifth held out, an effect of ten points.
func ExampleDesign_Power() {
	design := effect.Design{PerMonth: 40, Months: 24, Held: 0.2, Effect: 0.1, Spread: 0.41}
	p, err := design.Power(func() (effect.Sequence, error) { return sequential.NewMean(0.95) })
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("the chance to see it within 24 months is about %.0f %%, within 12 months %.0f %%\n",
		math.Round(10*p.Shown)*10, math.Round(10*p.ByMonth[11])*10)
	// Output: the chance to see it within 24 months is about 60 %, within 12 months 30 %
}

// The calls of ExampleCompare cost 60 hours at 40 and 1,600 in goodwill.
func ExampleCostPerKept() {
	shown := effect.Effect{Value: 0.10, Interval: stat.Interval{Low: 0.03, High: 0.17, Level: 0.95}}
	r, err := effect.CostPerKept(60*40+1600, 800, shown)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("one kept customer cost %.0f (%.0f to %.0f)\n", r.Value, r.Interval.Low, r.Interval.High)
	// Output: one kept customer cost 50 (29 to 167)
}

// What calls did, by reason, in points of customers kept.
func ExampleShrinkEffects() {
	reasons := []string{"late delivery", "silence", "price", "complaint", "invoice"}
	g, err := effect.ShrinkEffects([]float64{0.22, 0.06, -0.04, 0.09, 0.03}, []float64{0.12, 0.03, 0.07, 0.06, 0.05}, effect.Shrinking{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, item := range g.Items {
		fmt.Printf("%-13s found %+3.0f, estimate %+3.0f (%+3.0f to %+3.0f), best with chance %.1f\n",
			reasons[i], 100*item.Raw, 100*item.Estimate, 100*item.Interval.Low, 100*item.Interval.High, item.Best)
	}
	// Output:
	// late delivery found +22, estimate  +9 ( -2 to +28), best with chance 0.4
	// silence       found  +6, estimate  +6 ( +1 to +11), best with chance 0.2
	// price         found  -4, estimate  +2 (-11 to +11), best with chance 0.1
	// complaint     found  +9, estimate  +7 ( -1 to +17), best with chance 0.2
	// invoice       found  +3, estimate  +4 ( -4 to +12), best with chance 0.1
}

// Very satisfied in four segments, of so many who answered.
func ExampleShrinkShares() {
	g, err := effect.ShrinkShares([]float64{3, 40, 90, 11}, []float64{4, 100, 200, 31}, effect.Shrinking{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, item := range g.Items {
		fmt.Printf("%.0f %% of the answers, %.0f %% estimated (%.0f to %.0f)\n",
			100*item.Raw, 100*item.Estimate, 100*item.Interval.Low, 100*item.Interval.High)
	}
	// Output:
	// 75 % of the answers, 48 % estimated (31 to 81)
	// 40 % of the answers, 41 % estimated (33 to 49)
	// 45 % of the answers, 44 % estimated (38 to 51)
	// 35 % of the answers, 40 % estimated (26 to 52)
}

// Three colleagues; the third had the easier customers.
func ExampleNewFunnel() {
	duties := []effect.Duty{
		{Cases: 120, Kept: 96, Expected: 80, Variance: 24},
		{Cases: 90, Kept: 58, Expected: 60, Variance: 18},
		{Cases: 100, Kept: 88, Expected: 90, Variance: 8},
	}
	f, err := effect.NewFunnel(duties, effect.Shrinking{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, s := range f.Standings {
		fmt.Printf("kept %.0f; %.0f to %.0f are normal; %+.0f customers\n", duties[i].Kept, s.Normal.Low, s.Normal.High, s.Credit)
	}
	// Output:
	// kept 96; 70 to 90 are normal; +16 customers
	// kept 58; 52 to 68 are normal; -2 customers
	// kept 88; 84 to 96 are normal; -2 customers
}
