package survival

import (
	"errors"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// answersOf draws weeks from an answer to the next purchase: level 5 buys ratio
// times as fast as level 4.
func answersOf(dice *rand.Rand, n int, base, ratio float64) (weeks []Period) {
	for i := range n {
		very := float64(i % 2)
		h := -math.Expm1(-base * math.Pow(ratio, very))
		for week := range 26 {
			bought := dice.Float64() < h
			weeks = append(weeks, Period{Happened: bought, X: []float64{very, float64(week) / 26}, Cluster: strconv.Itoa(i)})
			if bought {
				break
			}
		}
	}
	return weeks
}

func paths(very float64, periods int) (x [][]float64) {
	for week := range periods {
		x = append(x, []float64{very, float64(week) / 26})
	}
	return x
}

// Chances, odds and loss rates are those of the hazards; of one period the ratio of
// ln(1 − chance) is the hazard ratio; slopes are those of finite differences.
func TestContrast(t *testing.T) {
	m, err := FitDiscrete(answersOf(rand.New(rand.NewPCG(8, 8)), 600, 0.03, 2), DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	one, err := m.Contrast(paths(1, 1), paths(0, 1))
	if err != nil {
		t.Fatal(err)
	}
	nearly(t, math.Log1p(-one.First)/math.Log1p(-one.Second), m.Coefficients[0].Ratio, 1e-10, "hazard ratio")
	chance, limits, err := m.Chance(paths(1, 1)[0])
	if err != nil {
		t.Fatal(err)
	}
	nearly(t, one.First, chance, 1e-12, "chance of one period")
	nearly(t, one.FirstIn.Low, limits.Low, 1e-9, "its low end")
	nearly(t, one.FirstIn.High, limits.High, 1e-9, "its high end")
	c, err := m.Contrast(paths(1, 26), paths(0, 26))
	if err != nil {
		t.Fatal(err)
	}
	stay := 1.0
	for _, x := range paths(1, 26) {
		chance, _, err := m.Chance(x)
		if err != nil {
			t.Fatal(err)
		}
		stay *= 1 - chance
	}
	nearly(t, c.First, 1-stay, 1e-10, "chance within 26 weeks")
	nearly(t, c.Chances, c.First/c.Second, 1e-10, "ratio of chances")
	nearly(t, c.NotHappening, (1-c.First)/(1-c.Second), 1e-10, "ratio of losses")
	nearly(t, c.Odds, c.First/(1-c.First)/(c.Second/(1-c.Second)), 1e-10, "odds")
	for _, r := range [][3]float64{{c.ChancesIn.Low, c.Chances, c.ChancesIn.High}, {c.OddsIn.Low, c.Odds, c.OddsIn.High}, {c.NotHappeningIn.Low, c.NotHappening, c.NotHappeningIn.High}} {
		if !(r[0] < r[1] && r[1] < r[2]) {
			t.Errorf("%v", r)
		}
	}
	if c.Chances > c.Ceiling || c.Separated {
		t.Errorf("%+v", c)
	}
	same, err := m.Contrast(paths(1, 5), paths(1, 5))
	if err != nil || same.Odds != 1 || same.OddsIn.Low != 1 || same.OddsIn.High != 1 {
		t.Errorf("%+v, %v", same, err)
	}
}

// METHODS 6.6: a known ratio of 3 is found, with ranges that hold the truth about as
// often as they say.
func TestContrastCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	dice, held := rand.New(rand.NewPCG(9, 1)), 0
	truth := math.Exp(-26*0.02*3) / math.Exp(-26*0.02)
	const runs = 150
	for range runs {
		m, err := FitDiscrete(answersOf(dice, 200, 0.02, 3), DiscreteOptions{})
		if err != nil {
			t.Fatal(err)
		}
		c, err := m.Contrast(paths(1, 26), paths(0, 26))
		if err != nil {
			t.Fatal(err)
		}
		if c.NotHappeningIn.Low <= truth && truth <= c.NotHappeningIn.High {
			held++
		}
	}
	if held < 134 {
		t.Errorf("%d of %d ranges held the ratio of losses", held, runs)
	}
}

func TestContrastHardCases(t *testing.T) {
	apart := []Period{}
	for i := range 40 {
		apart = append(apart, Period{Happened: i%2 == 0, X: []float64{float64(i % 2)}})
	}
	m, err := FitDiscrete(apart, DiscreteOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][2]float64{{0, 1}, {1, 0}, {1, 1}, {-50, 50}, {50, -50}} {
		c, err := m.Contrast([][]float64{{x[0]}}, [][]float64{{x[1]}})
		var input *InputError
		if err != nil {
			if !errors.As(err, &input) {
				t.Error(err)
			}
			continue
		}
		if !sound(c.First, c.Second, c.Chances, c.Odds, c.NotHappening, c.Ceiling, c.FirstIn.Low, c.ChancesIn.Low, c.OddsIn.High, c.NotHappeningIn.High) || !c.Separated {
			t.Errorf("%v: %+v", x, c)
		}
	}
	var input *InputError
	for _, x := range [][]float64{{}, {1, 2}, {math.NaN()}, {math.Inf(1)}} {
		if _, err := m.Contrast([][]float64{{1}, x}, [][]float64{{1}, {1}}); !errors.As(err, &input) || input.Row != 1 {
			t.Error(x, err)
		}
	}
	for _, c := range [][2][][]float64{{nil, nil}, {{{1}}, {{1}, {1}}}} {
		if _, err := m.Contrast(c[0], c[1]); !errors.Is(err, ErrTooFew) {
			t.Error(err)
		}
	}
}
