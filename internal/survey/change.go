package survey

import (
	"math"

	"behold"
	"behold/stat/sequential"
)

// A Change is a day on which the share of very satisfied customers had surely
// moved: the only thing that may be called "changed".
type Change struct {
	On     behold.Day `json:"on"`    // when it was noticed
	Since  behold.Day `json:"since"` // about when it began
	More   bool       `json:"more"`  // more of them very satisfied than usual
	Usual  float64    `json:"usual"` // share before
	Then   float64    `json:"then"`  // share from Since to On
	Number int        `json:"n"`     // answers from Since to On
}

// Watch says since when the share is watched, and what was noticed.
type Watch struct {
	Enough  bool     `json:"watched"` // whether there were answers enough to know what is usual
	Needs   int      `json:"needs"`   // answers to know that
	Years   float64  `json:"years"`   // between two false alarms, on average, at least
	Usual   *float64 `json:"usual"`   // share that today is held against
	Changes []Change `json:"changes"`
}

const (
	falseYears = 3   // METHODS 6.4: ARL0
	oddsRatio  = 1.8 // to be found soonest: from 30 % to 44 %, or to 19 %
	learning   = 60  // answers that say what is usual
	alarmRuns  = 1000
)

// watch holds answer after answer against what was usual before, by a two-sided
// Bernoulli CUSUM. Usual is learned from the first answers, and anew after every
// change; as it is known so roughly, more is called more only above what usual
// may be at most (one standard error), and fewer below what it may be at least.
func (t *teller) watch() (Watch, error) {
	w := Watch{Needs: learning, Years: falseYears, Changes: []Change{}}
	level := t.levelForms()
	for lo := 0; lo+learning < len(level); {
		p := rate(level[lo : lo+learning])
		usual := p
		w.Enough, w.Usual = true, &usual
		at, change, err := t.alarm(level, lo+learning, p)
		if err != nil {
			return w, err
		}
		if change == nil {
			break
		}
		w.Changes = append(w.Changes, *change)
		lo, w.Enough = at, false
	}
	return w, nil
}

// levelForms are the answers of all windows, of each customer one a quarter.
func (t *teller) levelForms() []*form {
	var all []*form
	for lo := 0; lo < len(t.forms); {
		_, to := quarter(t.forms[lo].at)
		hi := lo
		for hi < len(t.forms) && t.forms[hi].at <= to {
			hi++
		}
		all = append(all, firsts(t.forms[lo:hi], Satisfaction)...)
		lo = hi
	}
	return all
}

// rate is the share of the best, with half an answer of each kind more: nobody is
// surely always, or never, satisfied.
func rate(forms []*form) float64 {
	return (float64(tops(forms)) + 0.5) / (float64(len(forms)) + 1)
}

// alarm is where the answers after those that taught p first say that it is no
// longer usual; nil where they never do. Answers are looked at in batches of about
// a week, and a batch that is not full yet is waited for, so that what was told
// yesterday is told today.
func (t *teller) alarm(level []*form, lo int, p float64) (int, *Change, error) {
	known := level[lo-learning : lo]
	spread := math.Sqrt(p * (1 - p) / learning)
	above, below := min(p+spread, 0.995), max(p-spread, 0.005)
	pace := newPace(known)
	most, err := pace.alarm(above, sequential.MoreSide, t.Seed)
	if err != nil {
		return 0, nil, err
	}
	fewest, err := pace.alarm(below, sequential.FewerSide, t.Seed)
	if err != nil {
		return 0, nil, err
	}
	up, down := lo, lo // where the sums began to climb
	for hi := lo + pace.batch; hi <= len(level); hi += pace.batch {
		best := bests(level[hi-pace.batch : hi])
		if err := most.Add(repeated(above, pace.batch), best); err != nil {
			return 0, nil, err
		}
		if err := fewest.Add(repeated(below, pace.batch), best); err != nil {
			return 0, nil, err
		}
		switch {
		case most.More():
			return hi, changed(level[up:hi], p, true), nil
		case fewest.Fewer():
			return hi, changed(level[down:hi], p, false), nil
		}
		if most.Up == 0 {
			up = hi
		}
		if fewest.Down == 0 {
			down = hi
		}
	}
	return 0, nil, nil
}

func changed(part []*form, usual float64, more bool) *Change {
	then := float64(tops(part)) / float64(len(part))
	return &Change{On: part[len(part)-1].at, Since: part[0].at, More: more, Usual: usual, Then: then, Number: len(part)}
}

func bests(forms []*form) []bool {
	list := make([]bool, len(forms))
	for i, f := range forms {
		list[i] = f.told(Satisfaction).best()
	}
	return list
}

func tops(forms []*form) (n int) {
	for _, best := range bests(forms) {
		if best {
			n++
		}
	}
	return n
}

func repeated(p float64, n int) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = p
	}
	return list
}

// A pace is how fast answers come: after how many they are looked at, and how
// many looks there are between two false alarms.
type pace struct {
	batch int
	looks float64
}

func newPace(known []*form) pace {
	days := max(float64(known[len(known)-1].at-known[0].at), 1)
	weekly := float64(len(known)) / days * 7
	batch := int(min(max(math.Round(weekly), 1), 200))
	return pace{batch, math.Max(2, falseYears*365/7*weekly/float64(batch))}
}

// alarm is one sum with its limit. Each of the two sides may ring in vain half as
// often.
func (p pace) alarm(usual float64, side sequential.Side, seed uint64) (*sequential.CUSUM, error) {
	plan := sequential.Plan{Chances: repeated(usual, p.batch), Ratio: oddsRatio, Side: side, Runs: alarmRuns, Seed: seed}
	found, err := sequential.Limit(plan, 2*p.looks)
	if err != nil {
		return nil, err
	}
	return sequential.NewCUSUM(oddsRatio, found.Limit)
}
