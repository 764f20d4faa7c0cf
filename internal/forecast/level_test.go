package forecast

import (
	"math"
	"testing"

	"behold"
)

// Levels that came with the season are foreseen to come again, recent ones to
// fade, and a season that nobody has seen leaves the level open.
func TestForesee(t *testing.T) {
	day := year(2024)
	var origins []behold.Day
	var season, rising []float64
	for j := range 18 {
		origins = append(origins, day-90-behold.Day(30*j))
		turn := 2 * math.Pi * float64(90+30*j) / yearDays
		season = append(season, 0.5*math.Cos(turn)) // highest at the turn of the year
		rising = append(rising, 0.6-0.07*float64(j))
	}
	if level, drift := foresee(day, origins, season); level < 0.2 || level > 0.5 || drift > 0.5 {
		t.Errorf("season: %.2f ± %.2f", level, drift)
	}
	if level, drift := foresee(day, origins, rising); level < 0.15 || level > 0.6 || drift > 0.5 {
		t.Errorf("rising: %.2f ± %.2f", level, drift)
	}
	short, wide := foresee(day, origins[:2], []float64{0.4, 0.4})
	_, known := foresee(day, origins, make([]float64, 18))
	if short <= 0 || short >= 0.4 || wide < known {
		t.Errorf("two origins: %.2f ± %.2f; %.2f of eighteen", short, wide, known)
	}
	if level, drift := foresee(day, nil, nil); level != 0 || drift != originFree {
		t.Errorf("nothing known: %v ± %v", level, drift)
	}
}

// Two origins, by hand: v = (0.3² + 0.1² + 0.5)/4 = 0.15.
func TestForeseeByHand(t *testing.T) {
	origins, levels := []behold.Day{-100, -465}, []float64{0.3, -0.1}
	season := func(days float64) float64 { return 0.36 * math.Exp(-2*math.Pow(math.Sin(math.Pi*days/365)/0.7, 2)) }
	fade := func(days float64) float64 { return 0.64 * math.Exp(-days/180) }
	a, b, c := 0.15*(season(100)+fade(100)), 0.15*(season(465)+fade(465)), 0.15*(season(365)+fade(365))
	d := 0.15 + 0.15*0.15
	det := d*d - c*c
	want := (a*(d*0.3+c*0.1) + b*(-c*0.3-d*0.1)) / det
	left := 0.15 - (a*(d*a-c*b)+b*(-c*a+d*b))/det
	level, drift := foresee(0, origins, levels)
	if math.Abs(level-want) > 1e-12 || math.Abs(drift-math.Sqrt(left)) > 1e-12 {
		t.Errorf("%v ± %v, not %v ± %v", level, drift, want, math.Sqrt(left))
	}
}
