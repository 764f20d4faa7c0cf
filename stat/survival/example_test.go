package survival_test

import (
	"fmt"

	"behold/stat/survival"
)

// Twelve subscribers, in months. Two of them were customers before anybody
// kept records, and are counted from the age at which the records begin.
func subscribers() []survival.Stay {
	return []survival.Stay{
		{Duration: 2, Left: true, Group: "fair"}, {Duration: 3, Left: true, Group: "fair"},
		{Duration: 5, Left: true, Group: "fair"}, {Duration: 6, Group: "fair"},
		{Duration: 7, Left: true, Group: "fair"}, {Duration: 9, Left: true, Group: "fair"},
		{Duration: 8, Left: true, Group: "shop"}, {Duration: 12, Group: "shop"},
		{Duration: 14, Left: true, Group: "shop"}, {Duration: 18, Group: "shop"},
		{Duration: 24, Entry: 10, Group: "shop"}, {Duration: 30, Entry: 13, Left: true, Group: "shop"},
	}
}

func ExampleKaplanMeier() {
	curve, err := survival.KaplanMeier(subscribers(), survival.CurveOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	share, limits := curve.At(6)
	fmt.Printf("here after 6 months: %.0f %% (%.0f to %.0f)\n", 100*share, 100*limits.Low, 100*limits.High)
	fmt.Printf("half are gone after %v months\n", curve.Median().Time)
	mean, err := curve.Mean(12)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("of the first 12 months they stay %.1f\n", mean.Time)
	fmt.Println("take care:", curve.Caveats[0].Code)
	// Output:
	// here after 6 months: 70 % (33 to 89)
	// half are gone after 8 months
	// of the first 12 months they stay 8.0
	// take care: few-left
}

func ExampleNelsonAalen() {
	hazard, err := survival.NelsonAalen(subscribers(), 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	early, _ := hazard.At(6)
	late, _ := hazard.At(12)
	fmt.Printf("risk a month: %.2f in the first half-year, %.2f in the second\n", early/6, (late-early)/6)
	// Output: risk a month: 0.06 in the first half-year, 0.10 in the second
}

func ExampleLogRank() {
	c, err := survival.LogRank(subscribers())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range c.Groups {
		fmt.Printf("%s: %v left, %.1f expected\n", g.Group, g.Left, g.Expected)
	}
	fmt.Printf("p = %.3f\n", c.P)
	// Output:
	// fair: 5 left, 2.4 expected
	// shop: 3 left, 5.6 expected
	// p = 0.025
}

// Two hundred customers; those with a contact stay twice as long, and the size
// of their orders makes no difference.
func ExampleFitCox() {
	var rows []survival.Row
	for i := range 200 {
		contact := float64(i % 2)
		age := float64(1+i%50) * (1 + contact) / 2
		stay := survival.Stay{Duration: min(age, 20), Left: age <= 20}
		rows = append(rows, survival.Row{Stay: stay, X: []float64{contact, float64(i * 7 % 11)}})
	}
	fit, err := survival.FitCox(rows, survival.CoxOptions{Names: []string{"contact", "order size"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range fit.Coefficients {
		fmt.Printf("%s: %.2f times the risk (%.2f to %.2f)\n", c.Name, c.Ratio, c.Range.Low, c.Range.High)
	}
	without, err := fit.Predict([]float64{0, 5}, "", 10)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("without a contact %.0f %% stay longer than 10 months\n", 100*without.Survival)
	check, err := survival.CheckProportional(rows, survival.CoxOptions{}, fit, survival.ByLeft)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("is that so at all ages? p = %.1f\n", check.Global.P)
	// Output:
	// contact: 0.33 times the risk (0.22 to 0.48)
	// order size: 1.01 times the risk (0.96 to 1.07)
	// without a contact 57 % stay longer than 10 months
	// is that so at all ages? p = 0.8
}

// Of 1,000 subscribers so many are left after each both.
func ExampleFitSBG() {
	years := []survival.Cohort{{Active: []float64{1000, 800, 667, 571, 500, 444, 400, 364}}}
	m, err := survival.FitSBG(years)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("α %.2f, β %.2f\n", m.A, m.B)
	half := m.HalfLife()
	fmt.Printf("renewing: %.0f %% in the first year, %.0f %% in the eighth\n", 100*m.Rate(1), 100*m.Rate(8))
	fmt.Printf("half are gone after %.1f years, projected: %t\n", half.Time, half.Projected)
	payments, err := m.ResidualLife(8, 0.1, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("worth %.2f payments before the eighth renewal\n", payments)
	// Output:
	// α 1.00, β 3.98
	// renewing: 80 % in the first year, 92 % in the eighth
	// half are gone after 4.0 years, projected: false
	// worth 6.46 payments before the eighth renewal
}

// Losses by month, and in which of the months after they were noticed.
func ExampleFitDelay() {
	var seen []survival.Sighting
	for month, known := range [][]float64{{12, 9, 4}, {10, 11, 3}, {14, 9, 5}, {11, 10}, {9}} {
		for later, n := range known {
			seen = append(seen, survival.Sighting{Period: month, Delay: later, Count: n})
		}
	}
	d, err := survival.FitDelay(seen, 4, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	now := d.Counts[4]
	fmt.Printf("%.0f are known of this month (%.0f %% of all): it will be %.0f (%.0f to %.0f)\n",
		now.Seen, 100*now.Complete, now.Expected, now.Range.Low, now.Range.High)
	// Output: 9 are known of this month (46 % of all): it will be 20 (9 to 30)
}

// What 40 subscribers of three years tell of the tenth.
func ExampleContract_Bootstrap() {
	m, err := survival.FitSBG([]survival.Cohort{{Active: []float64{40, 33, 28, 26}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	redrawn, err := m.Bootstrap(survival.Resampling{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	limits := redrawn.Range(func(m *survival.Contract) float64 { return m.Survival(10) })
	fmt.Printf("%.0f %% are left after ten years (%.0f to %.0f)\n", 100*m.Survival(10), 100*limits.Low, 100*limits.High)
	// Output: 45 % are left after ten years (16 to 70)
}

func ExampleFitBdW() {
	years := []survival.Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440}}}
	m, err := survival.FitBdW(years)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("after twelve years %.0f of 1,000 will be left\n", 1000*m.Survival(12))
	// Output: after twelve years 331 of 1,000 will be left
}

func ExampleChooseContract() {
	years := []survival.Cohort{{Active: []float64{1000, 910, 770, 660, 580, 520, 475, 440, 412, 389, 370, 354, 340}}}
	c, err := survival.ChooseContract(years)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("c = %.1f; missed the last %d years by %.1f points\n", c.C, c.Hidden, 100*c.Missed)
	// Output: c = 2.0; missed the last 3 years by 0.4 points
}

// Weeks from an answer to the next purchase.
func ExampleFitDiscrete() {
	var weeks []survival.Period
	for i := range 300 {
		satisfied := float64(i % 2)
		until := survival.Stay{Duration: float64(1+i%24) / (1 + satisfied), Left: i%24 < 20}
		row := survival.Row{Stay: until, Cluster: fmt.Sprint(i)}
		weeks = append(weeks, survival.Periods(row, func(week int) []float64 {
			return []float64{satisfied, float64(week)}
		})...)
	}
	m, err := survival.FitDiscrete(weeks, survival.DiscreteOptions{Names: []string{"very satisfied", "week"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := m.Coefficients[0]
	fmt.Printf("%s: %.1f times as likely to buy in any week (%.1f to %.1f)\n", c.Name, c.Ratio, c.Range.Low, c.Range.High)
	var very, only [][]float64
	for week := range 12 {
		very, only = append(very, []float64{1, float64(week + 1)}), append(only, []float64{0, float64(week + 1)})
	}
	both, err := m.Contrast(very, only)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("in twelve weeks %.1f times as many of them buy, at most %.1f could; they leave %.2f times as often (%.2f to %.2f)\n",
		both.Chances, both.Ceiling, both.NotHappening, both.NotHappeningIn.Low, both.NotHappeningIn.High)
	// Output:
	// very satisfied: 2.4 times as likely to buy in any week (1.8 to 3.2)
	// in twelve weeks 1.6 times as many of them buy, at most 1.8 could; they leave 0.33 times as often (0.22 to 0.49)
}

// A year of data on customers who stay for years.
func ExampleFitWeibull() {
	var rows []survival.Row
	for i := range 500 {
		age := float64(1 + i*37%500)
		rows = append(rows, survival.Row{Stay: survival.Stay{Duration: min(age, 52), Left: age <= 52}})
	}
	m, err := survival.FitWeibull(rows, survival.WeibullOptions{Exponential: true})
	if err != nil {
		fmt.Println(err)
		return
	}
	half, err := m.HalfLife(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("half are gone after %.0f weeks (%.0f to %.0f), projected: %t\n", half.Time, half.Range.Low, half.Range.High, half.Projected)
	// Output: half are gone after 329 weeks (251 to 432), projected: true
}
