package effect

import (
	"math"
	"math/rand/v2"

	"behold/stat"
)

// A Design is a trial that has not begun.
type Design struct {
	PerMonth float64 // episodes a month, both arms, > 0
	Months   int     // for which it would run, ≥ 1
	Held     float64 // share held out, h; 0 < h < 1
	Effect   float64 // the effect to be seen, in the unit of the outcome: 0.1 is ten points; not 0
	Spread   float64 // standard deviation of the outcome around what was foreseen; > 0, at most 0.5 for "bought again"
	Runs     int     // simulated; 0 means 2,000
	Seed     uint64
}

// A Power says what a trial can be expected to show.
type Power struct {
	Shown   float64   // chance that the interval has left 0 on the right side by the end, 0 … 1
	Wrong   float64   // that it has left it on the other side
	StdErr  float64   // of Shown, from the simulation
	ByMonth []float64 // Shown by the end of each month
	Needed  int       // first month with Shown ≥ 0.8; 0 when there is none
	Width   float64   // mean half-width of the interval at the end, unit of the outcome
}

const (
	usualRuns   = 2000
	runBlock    = 20
	enoughPower = 0.8
	mostPlanned = 10_000_000 // episodes of one run
)

// Power tells before a trial what it will be able to tell.
//
// Question: with 40 episodes a month and a fifth held out, what is the chance to
// see an effect of ten points within two years?
//
// Input: the Design; begin gives a new late Sequence for each run, the one that
// the Trial will have.
//
// Formula: as many Trials as Runs are followed to the end, looked at after each
// episode; arms by lot, outcomes foreseen plus the effect plus normal noise of
// the spread. An effect counts as shown from the first look at which the interval
// lies on its side of 0.
//
// Output: Power. Spread is what m₀ and m₁ leave unexplained: √(p(1−p)) where they
// explain nothing, 0.41 in METHODS 8.3.
//
// Errors: a field of the Design outside its range; what the Sequence refuses. No
// caveats.
//
// Not after the fact: power from the effect that was found says nothing new.
//
// Source: METHODS 8.3, whose chances of .33, .59 and .91 for three designs are
// repeated in TestPower_Methods8_3.
func (d Design) Power(begin func() (Sequence, error)) (Power, error) {
	if err := d.check(); err != nil {
		return Power{}, err
	}
	if d.Runs <= 0 {
		d.Runs = usualRuns
	}
	runs := make([]plannedRun, d.Runs)
	stat.Blocks(d.Runs, runBlock, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			runs[i] = d.run(begin, rand.New(rand.NewPCG(d.Seed, uint64(i))))
		}
	})
	p := Power{ByMonth: make([]float64, d.Months)}
	each := 1 / float64(d.Runs)
	for _, r := range runs {
		if r.err != nil {
			return Power{}, r.err
		}
		p.Width += r.width * each
		switch {
		case r.wrong:
			p.Wrong += each
		case r.month > 0:
			p.ByMonth[r.month-1]++
		}
	}
	shown := 0.0
	for m, n := range p.ByMonth {
		shown += n
		p.ByMonth[m] = shown * each
		if p.Needed == 0 && p.ByMonth[m] >= enoughPower {
			p.Needed = m + 1
		}
	}
	p.Shown = shown * each
	p.StdErr = math.Sqrt(p.Shown * (1 - p.Shown) * each)
	return p, nil
}

func (d Design) check() error {
	bad := func(field string, value float64, why string) error {
		return &stat.InputError{Row: stat.NoRow, Field: field, Value: value, Why: why}
	}
	switch {
	case !(d.PerMonth > 0 && d.PerMonth*float64(d.Months) <= mostPlanned):
		return bad("PerMonth", d.PerMonth, "not above 0, or more than ten million episodes in all")
	case d.Months < 1:
		return bad("Months", float64(d.Months), "not 1 or more")
	case !(d.Held > 0 && d.Held < 1):
		return bad("Held", d.Held, "not between 0 and 1: without a lot there is no comparison")
	case !stat.Finite(d.Effect) || d.Effect == 0:
		return bad("Effect", d.Effect, "not a finite number other than 0")
	case !stat.Finite(d.Spread) || d.Spread <= 0:
		return bad("Spread", d.Spread, "not a finite number above 0")
	}
	return nil
}

// A plannedRun is one simulated trial: the month in which the interval left 0
// (0: never), and to which side.
type plannedRun struct {
	month int
	wrong bool
	width float64
	err   error
}

func (d Design) run(begin func() (Sequence, error), dice *rand.Rand) (r plannedRun) {
	late, err := begin()
	if err != nil {
		return plannedRun{err: err}
	}
	trial := NewTrial(nil, late)
	for done, month := 0, 1; month <= d.Months; month++ {
		for ; done < int(math.Round(float64(month)*d.PerMonth)); done++ {
			if err := trial.Add(d.episode(dice)); err != nil {
				return plannedRun{err: err}
			}
			if r.month > 0 || !trial.enough() {
				continue
			}
			if in := late.Interval(); in.Low > 0 || in.High < 0 {
				r.month, r.wrong = month, in.Low > 0 != (d.Effect > 0)
			}
		}
	}
	in := late.Interval()
	r.width = (in.High - in.Low) / 2
	return r
}

func (d Design) episode(dice *rand.Rand) Episode {
	e := Episode{Treated: dice.Float64() >= d.Held, Chance: 1 - d.Held, With: d.Effect, Outcome: d.Spread * dice.NormFloat64()}
	if e.Treated {
		e.Outcome += d.Effect
	}
	return e
}
