package task

import (
	"cmp"
	"slices"

	"behold"
	"behold/stat"
	"behold/stat/effect"
	"behold/stat/sequential"
)

// Ended is an episode whose time is over.
type Ended struct {
	behold.Episode
	Kept bool // bought between Begins and Ends
}

// assigned is the episode as statistics know it. Foreseen is what was known of it
// when it began, and what the prior expects of attention.
func (e *Ended) assigned() effect.Episode {
	prior := Prior()
	saved := prior.Share * Danger(e.Leave, e.Active)
	a := effect.Episode{
		Treated: !e.Held, Chance: 1 - e.Share,
		Without: 1 - e.Leave, With: min(1, 1-e.Leave+saved),
	}
	if e.Kept {
		a.Outcome = 1
	}
	return a
}

// Measure says what attention did, by assignment, and may be asked every day.
//
// Question: how many more customers stayed because we gave them attention?
//
// Input: ended, episodes whose waiting time is over, in any order; level, such
// as 0.95. Read only.
//
// Formula: effect.Trial over the episodes in the order of assignment, those of one
// day by customer: each is scored with what was foreseen when it began, and
// compared by what the lot said, also when nobody called. The interval is exact
// (betting) until 100 episodes with 50 in each arm are in, and asymptotic from then
// on; either holds at all looks together.
//
// Output: effect.Effect as a share of the episodes, 0.1 = ten of a hundred kept
// who would have left.
//
// Errors: a chance of the lot that is not between 0 and 1; a level outside 0 … 1.
// Of no episodes the interval is open and a caveat says so. Caveats: as
// effect.Trial.
//
// Not with episodes read before they end: whoever buys soon would count first.
//
// Source: METHODS 8.3. See TestSimulatedCompany for how often it misses.
func Measure(ended []Ended, level float64) (effect.Effect, error) {
	trial, err := newTrial(ended, level)
	if err != nil {
		return effect.Effect{}, err
	}
	order := slices.SortedFunc(slices.Values(ended), func(a, b Ended) int {
		return cmp.Or(cmp.Compare(a.Begins, b.Begins), cmp.Compare(a.Customer, b.Customer))
	})
	for i := range order {
		if err := trial.Add(order[i].assigned()); err != nil {
			return effect.Effect{}, err
		}
	}
	return trial.Effect(), nil
}

// newTrial begins a trial whose scores reach as far as the shares of episodes let.
func newTrial(ended []Ended, level float64) (*effect.Trial, error) {
	least, most := 0.5, 0.5 // chances of attention
	for _, e := range ended {
		least, most = min(least, 1-e.Share), max(most, 1-e.Share)
	}
	if !(least > 0 && most < 1) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "Share", Value: 1 - most, Why: "not between 0 and 1: without a lot there is no comparison"}
	}
	reach := effect.Reach(least, most)
	early, err := sequential.NewBounded(sequential.Scale{Low: -reach, High: reach, Level: level})
	if err != nil {
		return nil, err
	}
	late, err := sequential.NewMean(level)
	if err != nil {
		return nil, err
	}
	return effect.NewTrial(early, late), nil
}

// A Trial that has not begun: how large, how long, and what is to be seen.
type Trial struct {
	PerMonth float64 // episodes that begin, held out or not
	Months   int
	Share    float64 // held out
	Effect   float64 // to be seen: 0.1 is ten of a hundred
	Level    float64
	Seed     uint64
	Runs     int // simulated; 0: 2,000
}

// PowerLine says before a trial begins what it will be able to show.
//
// Question: with 40 customers a month and a fifth held out, do we know within two
// years whether attention keeps one in ten?
//
// Formula: effect.Design with the interval of Measure and a spread of 0.41, what
// chances of leaving that are worth something leave unexplained of "bought again".
//
// Output: effect.Power. Errors: as effect.Design.Power.
//
// Source: METHODS 8.3, whose .59 for such a trial (1,000 episodes, h = .2) is
// repeated in TestPowerLine_Methods8_3.
func PowerLine(t Trial) (effect.Power, error) {
	d := effect.Design{PerMonth: t.PerMonth, Months: t.Months, Held: t.Share, Effect: t.Effect, Spread: unexplained, Seed: t.Seed, Runs: t.Runs}
	return d.Power(func() (effect.Sequence, error) { return sequential.NewMean(t.Level) })
}

const unexplained = 0.41 // METHODS 8.3
