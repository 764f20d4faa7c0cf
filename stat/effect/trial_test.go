package effect_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"behold/internal/realdata"
	"behold/stat"
	"behold/stat/effect"
	"behold/stat/sequential"
)

func near(t *testing.T, got, want, tolerance float64, what ...any) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%v: %.10g, want %.10g (within %g)", what, got, want, tolerance)
	}
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// share of runs in which something happens; each run has dice of its own.
func share(runs int, seed uint64, run func(*rand.Rand) bool) float64 {
	sums := stat.BlockSums(stat.Split{N: runs, Size: 10, Width: 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			if run(rand.New(rand.NewPCG(seed, uint64(i)))) {
				sums[0]++
			}
		}
	})
	return sums[0] / float64(runs)
}

// A mail is one customer of Hillstrom's campaign.
type mail struct {
	segment                  string
	visit, conversion, spend float64
	features                 []float64
}

func hillstrom(t *testing.T) []mail {
	t.Helper()
	file, err := os.Open(realdata.Path(t, "data/hillstrom_email.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(unzipped).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(text string) float64 {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var mails []mail
	for _, r := range rows[1:] {
		m := mail{segment: r[8], visit: number(r[9]), conversion: number(r[10]), spend: number(r[11])}
		for _, column := range []int{0, 2, 3, 4, 6} { // recency, history, mens, womens, newbie
			m.features = append(m.features, number(r[column]))
		}
		mails = append(mails, m)
	}
	return mails
}

// two arms of the campaign as episodes, with the mean of all as prediction.
func episodes(mails []mail, treatment string, outcome func(mail) float64) (all []effect.Episode, features [][]float64) {
	sum := 0.0
	for _, m := range mails {
		if m.segment != treatment && m.segment != "No E-Mail" {
			continue
		}
		all = append(all, effect.Episode{Treated: m.segment == treatment, Chance: 0.5, Outcome: outcome(m)})
		features = append(features, m.features)
		sum += outcome(m)
	}
	for i := range all {
		all[i].With, all[i].Without = sum/float64(len(all)), sum/float64(len(all))
	}
	return all, features
}

// Kevin Hillstrom's campaign (2008): visits 18.3, 15.1 and 10.6 %, conversions
// 1.25, 0.88 and 0.57 %, spend 1.42, 1.08 and 0.65.
func TestCompare_Hillstrom(t *testing.T) {
	mails := hillstrom(t)
	outcomes := map[string]func(mail) float64{
		"visit":      func(m mail) float64 { return m.visit },
		"conversion": func(m mail) float64 { return m.conversion },
		"spend":      func(m mail) float64 { return m.spend },
	}
	for _, c := range []struct {
		what, arm              string
		with, without, rounded float64
	}{
		{"visit", "Mens E-Mail", .183, .106, .0005}, {"visit", "Womens E-Mail", .151, .106, .0005},
		{"conversion", "Mens E-Mail", .0125, .0057, .00005}, {"conversion", "Womens E-Mail", .0088, .0057, .00005},
		{"spend", "Mens E-Mail", 1.42, .65, .005}, {"spend", "Womens E-Mail", 1.08, .65, .005},
	} {
		all, _ := episodes(mails, c.arm, outcomes[c.what])
		e, err := effect.Compare(all, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		near(t, e.With, c.with, c.rounded, c.what, c.arm, "with")
		near(t, e.Without, c.without, c.rounded, c.what, c.arm, "without")
		near(t, e.Value, e.With-e.Without, 0.05*e.StdErr, c.what, c.arm, "difference")
		near(t, e.StdErr, plainError(all), 0.02*e.StdErr, c.what, c.arm, "standard error")
		if e.Interval.Low <= 0 || e.Interval.Low > e.Value || len(e.Caveats) > 0 {
			t.Errorf("%s %s: %+v", c.what, c.arm, e)
		}
		t.Logf("%s, %s: %.4f (%.4f to %.4f)", c.what, c.arm, e.Value, e.Interval.Low, e.Interval.High)
	}
}

// plainError is the textbook standard error of a difference of two means.
func plainError(all []effect.Episode) float64 {
	var n, sum, square [2]float64
	for _, e := range all {
		arm := 0
		if e.Treated {
			arm = 1
		}
		n[arm]++
		sum[arm] += e.Outcome
		square[arm] += e.Outcome * e.Outcome
	}
	variance := 0.0
	for arm := range n {
		mean := sum[arm] / n[arm]
		variance += (square[arm]/n[arm] - mean*mean) / n[arm]
	}
	return math.Sqrt(variance)
}

// Followed mail by mail the trial shows the effect long before the end, and its
// interval at the end holds that of Compare.
func TestTrial_Hillstrom(t *testing.T) {
	all, _ := episodes(hillstrom(t), "Mens E-Mail", func(m mail) float64 { return m.visit })
	trial := newTrial(0.5)
	shown := 0
	for i, e := range all {
		if err := trial.Add(e); err != nil {
			t.Fatal(err)
		}
		if shown == 0 && i%100 == 0 && trial.Effect().Interval.Low > 0 {
			shown = i
		}
	}
	now, once := trial.Effect(), must(effect.Compare(all, 0.95))
	near(t, now.Value, once.Value, 1e-12, "value")
	if now.Interval.Low > once.Interval.Low || now.Interval.High < once.Interval.High || shown == 0 || shown > 10_000 {
		t.Errorf("%v around %v, shown after %d", now.Interval, once.Interval, shown)
	}
	t.Logf("shown after %d of %d; %.4f (%.4f to %.4f)", shown, len(all), now.Value, now.Interval.Low, now.Interval.High)
}

func newTrial(held float64) *effect.Trial {
	reach := effect.Reach(1-held, 1-held)
	early := must(sequential.NewBounded(sequential.Scale{Low: -reach, High: reach, Level: 0.95}))
	return effect.NewTrial(early, must(sequential.NewMean(0.95)))
}

// draw is an episode of a shop where 60 to 90 % stay, a call adds 0.1, and the
// chance to stay is foreseen, but not well.
func draw(dice *rand.Rand, held float64) effect.Episode {
	stay := 0.6 + 0.3*dice.Float64()
	e := effect.Episode{Chance: 1 - held, Treated: dice.Float64() >= held}
	e.Without = stay + 0.05
	e.With = min(1, e.Without+0.05)
	if e.Treated {
		stay += 0.1
	}
	if dice.Float64() < stay {
		e.Outcome = 1
	}
	return e
}

// Scores mean the effect for any predictions.
func TestScoreIsUnbiased(t *testing.T) {
	for _, without := range []float64{0, 0.4, -3} {
		for _, with := range []float64{0, 1.7} {
			// Y is 2 with and 0.5 without: the score's expectation by hand.
			const pi = 0.8
			treated := effect.Episode{Treated: true, Chance: pi, Outcome: 2, Without: without, With: with}
			held := effect.Episode{Chance: pi, Outcome: 0.5, Without: without, With: with}
			near(t, pi*treated.Score()+(1-pi)*held.Score(), 1.5, 1e-12, "expectation", without, with)
		}
	}
	reach := effect.Reach(0.8, 0.9)
	for _, e := range []effect.Episode{
		{Treated: true, Chance: 0.8, Outcome: 1}, {Chance: 0.9, Outcome: 0, Without: 1, With: 1},
		{Chance: 0.9, Outcome: 1, With: 0}, {Treated: true, Chance: 0.8, Outcome: 0, With: 1, Without: 1},
	} {
		if math.Abs(e.Score()) > reach {
			t.Errorf("%+v scores %v, beyond %v", e, e.Score(), reach)
		}
	}
}

// METHODS 8.3: misses at any time 1.7 to 2.7 %; half-width .137 after 1,000
// episodes with a tenth held out, .103 with a fifth, .069 after 4,000 with a
// tenth; the effect is shown in .33, .59, .91 of the trials, the first of which
// falls to .2 as the narrow interval waits for 50 held-out. Their simulated shop is
// not ours, but stays about as often.
func TestTrial_Methods8_3(t *testing.T) {
	if testing.Short() {
		t.Skip("simulation")
	}
	for _, held := range []float64{0.1, 0.2} {
		missed := share(600, 1, func(dice *rand.Rand) bool {
			trial := newTrial(held)
			for n := 1; n <= 2000; n++ {
				if trial.Add(draw(dice, held)) != nil {
					return true
				}
				if n < 600 && n%10 > 0 {
					continue // asking the early sequence takes long
				}
				if i := trial.Effect().Interval; i.Low > 0.1 || i.High < 0.1 {
					return true
				}
			}
			return false
		})
		if missed > 0.05 {
			t.Errorf("held out %g: %.4f of the trials miss at some time", held, missed)
		}
		t.Logf("held out %g: %.4f miss", held, missed)
	}
	for _, c := range []struct {
		held  float64
		n     int
		want  float64
		shown float64
	}{{0.1, 1000, .137, .2}, {0.2, 1000, .103, .59}, {0.1, 4000, .069, .91}} {
		shown := share(200, 2, func(dice *rand.Rand) bool {
			trial := effect.NewTrial(nil, must(sequential.NewMean(0.95)))
			for range c.n {
				if trial.Add(draw(dice, c.held)) != nil {
					return false
				}
				if trial.Effect().Interval.Low > 0 {
					return true
				}
			}
			return false
		})
		near(t, shown, c.shown, 0.1, "chance to have shown the effect", c)
		t.Logf("held out %g, after %d: shown in %.3f", c.held, c.n, shown)
		width, dice := 0.0, rand.New(rand.NewPCG(9, 9))
		for range 20 {
			trial := newTrial(c.held)
			for range c.n {
				if err := trial.Add(draw(dice, c.held)); err != nil {
					t.Fatal(err)
				}
			}
			i := trial.Effect().Interval
			width += (i.High - i.Low) / 2 / 20
		}
		near(t, width, c.want, 0.01, "half-width", c)
		t.Logf("held out %g, after %d: half-width %.3f", c.held, c.n, width)
	}
}

func TestTrialBeforeEnough(t *testing.T) {
	trial := effect.NewTrial(nil, must(sequential.NewMean(0.9)))
	dice := rand.New(rand.NewPCG(2, 2))
	for range 50 {
		if err := trial.Add(draw(dice, 0.2)); err != nil {
			t.Fatal(err)
		}
	}
	e := trial.Effect()
	if !math.IsInf(e.Interval.High, 1) || e.Interval.Level != 0.9 || len(e.Caveats) == 0 {
		t.Errorf("%+v", e)
	}
}

func TestRefusedEpisodes(t *testing.T) {
	good := []effect.Episode{{Treated: true, Chance: 0.5, Outcome: 1}, {Chance: 0.5}, {Chance: 0.5, Outcome: 1}}
	features := [][]float64{{1}, {2}, {3}}
	for i, try := range []func() error{
		func() error { _, err := effect.Compare(nil, 0.95); return err },
		func() error { _, err := effect.Compare(good[1:], 0.95); return err },
		func() error { _, err := effect.Compare(good, 95); return err },
		func() error { _, err := effect.Compare([]effect.Episode{{Chance: 1}}, 0.95); return err },
		func() error {
			_, err := effect.Compare([]effect.Episode{{Chance: 0.5, Outcome: math.NaN()}}, 0.95)
			return err
		},
		func() error { return newTrial(0.2).Add(effect.Episode{Chance: 0.8, Outcome: 100, Treated: true}) },
		func() error { _, err := effect.FitResponse(good, features[:2], 1); return err },
		func() error { _, err := effect.FitResponse(good, features, -1); return err },
		func() error { _, err := effect.FitResponse(good[:2], features[:2], 1); return err },
		func() error { _, err := effect.QiniCurve([]float64{1, 2}, good, effect.Resampling{}); return err },
		func() error {
			_, err := effect.QiniCurve([]float64{1, 2, math.NaN()}, good, effect.Resampling{})
			return err
		},
	} {
		var input *stat.InputError
		if err := try(); !errors.As(err, &input) {
			t.Errorf("case %d was taken: %v", i, err)
		}
	}
}
