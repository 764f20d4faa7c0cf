package task

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat"
	"behold/stat/effect"
)

// A Report says whether attention kept customers, and what each of them cost
// (METHODS 7.4, 8.3). Its JSON is what `behold report effect` prints; a figure that
// is not known, or has no end, is null.
type Report struct {
	Day         behold.Day   `json:"day"`
	Stage       Stage        `json:"stage"`
	Since       *behold.Day  `json:"since"` // first episode; null: none
	Weeks       int          `json:"weeks"` // that the episodes read so far reach over
	HorizonDays int          `json:"horizon_days"`
	Currency    string       `json:"currency"`
	Share       float64      `json:"holdout_share"` // now
	Episodes    EpisodeCount `json:"episodes"`
	Effect      *Found       `json:"effect"`         // on the share that stayed, by assignment; null while it is too early
	Customers   *Span        `json:"customers_kept"` // the same as customers, of those who were to have attention
	Spoken      *Shares      `json:"spoken_to"`
	OnSpoken    *Span        `json:"effect_on_spoken_to"` // effect over the difference of spoken_to: for those spoken to because of the list
	Margin      *Found       `json:"margin_180_days"`     // effect on it, each episode, major units
	Cost        *Cost        `json:"cost_per_kept"`       // null: nobody has said what an hour costs
	Cells       []EffectCell `json:"by_reason_and_action"`
	Choosing    *Choosing    `json:"choosing"` // does it pay to choose by what is foreseen; null while it is too early
	Guards      []Guard      `json:"guardrails"`
	False       *FalseAlarms `json:"false_alarms"` // null while too few were held out
	NotThere    []string     `json:"not_there"`    // guardrails without any record
	Balance     []Balance    `json:"balance"`
	Power       *PowerSays   `json:"power"` // null once there is an effect to show, and without a hold-out
	Prior       PriorSays    `json:"prior"`
	Looks       []Look       `json:"looks"` // the effect as it stood at the end of each month
}

// A Stage is how far a trial has come.
type Stage string

// The stages.
const (
	TrialOff     Stage = "off"     // nobody is held out: no effect is claimed
	TrialWaiting Stage = "waiting" // no episode has ended
	TrialEarly   Stage = "early"   // fewer than 100 have, or fewer than 20 of the held out
	TrialShown   Stage = "shown"
)

// An EpisodeCount is how many episodes there are.
type EpisodeCount struct {
	Begun   int         `json:"begun"`
	Held    int         `json:"held"`
	Read    int         `json:"read"` // have ended, and what came of them is known
	ReadOut int         `json:"read_held"`
	Unread  int         `json:"unread"`    // have ended, and their customers are in the data no more
	Next    *behold.Day `json:"next_ends"` // of those that go on, the first to end
}

// A Span is a figure with its range; an end that is not there is null.
type Span struct {
	Value *float64 `json:"value"`
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
}

// A Found is what a trial found of one outcome.
type Found struct {
	Span
	Level   float64  `json:"level"`
	With    float64  `json:"with_attention"` // mean outcome
	Without float64  `json:"held_out"`
	N       int      `json:"n"`
	Held    int      `json:"n_held"`
	Verdict string   `json:"verdict"` // helps, harms, not proven
	Method  string   `json:"method"`
	Caveats []string `json:"caveats,omitempty"`
}

// Shares are one thing in both arms.
type Shares struct {
	With    float64 `json:"with_attention"`
	Without float64 `json:"held_out"`
}

// A Cost is what it cost to keep one customer who would have left.
type Cost struct {
	Span              // open above while it is not shown that anybody is kept
	Hours     float64 `json:"hours"`      // of attention, as the playbooks say
	HourRate  float64 `json:"hour_rate"`  // major units
	Total     float64 `json:"total"`      // with what the steps cost beside
	OfSpoken  bool    `json:"of_spoken"`  // hours are of those who were spoken to; else of all who were to be
	ShownKept bool    `json:"shown_kept"` // false: not shown yet to keep anyone
}

// An EffectCell is what an action does for a reason, drawn to what all others say.
type EffectCell struct {
	Reason behold.Reason `json:"reason"`
	Action behold.Action `json:"action"`
	N      int           `json:"n"`
	Held   int           `json:"n_held"`
	Danger Span          `json:"share_of_danger"` // that it takes away
	Effect Span          `json:"effect"`          // the same on the share that stayed, for such customers
	Prior  float64       `json:"prior"`           // how much of it was believed beforehand, 0 … 1
}

// Choosing says whether it pays to give attention first to those for whom, from
// earlier episodes, most is expected.
type Choosing struct {
	Area    Span `json:"area"` // between the Qini curve and its chord
	N       int  `json:"n"`    // later episodes, on which it was tried
	Learned int  `json:"n_learned"`
	Proven  bool `json:"proven"`
}

// A Guard is something that attention must not make worse.
type Guard struct {
	What    string  `json:"what"` // complaints, unsubscribed, objections, discount, minutes_per_case
	N       int     `json:"n"`
	Held    int     `json:"n_held"`
	With    float64 `json:"with_attention"`
	Without float64 `json:"held_out"`
	Worse   Span    `json:"difference"`
	Verdict string  `json:"verdict"` // better, worse, not proven; of minutes: fewer, more, not proven
}

// A Balance is how alike the arms were before anything was done.
type Balance struct {
	What    string  `json:"what"` // chance_leave, chance_active, still_to_come
	With    float64 `json:"with_attention"`
	Without float64 `json:"held_out"`
	Apart   float64 `json:"standard_deviations"`
}

// PowerSays is what the trial can be expected to show.
type PowerSays struct {
	PerMonth float64   `json:"episodes_a_month"`
	Assumed  bool      `json:"assumed"` // the trial is younger than four weeks: as many as have lamps now, else 40
	Share    float64   `json:"holdout_share"`
	Effect   float64   `json:"effect"`
	Months   int       `json:"months"`
	Chance   float64   `json:"chance"`
	ByMonth  []float64 `json:"by_month"`
}

// PriorSays is what is believed before there is evidence: judgement, not a finding.
type PriorSays struct {
	Share  float64 `json:"share_of_danger"`
	Spread float64 `json:"spread"`
}

// A Look is the effect as it stood on a day.
type Look struct {
	Day behold.Day `json:"day"`
	Span
	N int `json:"n"`
}

// Asked is what a report is made from.
type Asked struct {
	Day       behold.Day
	Horizon   int
	Episodes  []behold.Outcome
	Customers int // neither lost nor closed; 0: not asked
	Lit       int // customers who have a lamp: of a young trial, who may come on a list within a month
	Playbooks []behold.Playbook
	Settings  behold.Settings
	Currency  string
}

const (
	levelOf    = 0.95
	shownRead  = 100 // METHODS 9.2
	shownHeld  = 20
	toBeSeen   = 0.10 // the effect that the power line asks for
	seenWithin = 24   // months
)

// NewReport says whether attention kept customers.
//
// Question: in half a year, how many customers did attention keep who would have
// left, and what did each of them cost?
//
// Input: what is Asked; read only. Episodes in any order, those that have not been
// read count as going on.
//
// Formula: Measure for the effect; times those who were to have attention it is
// customers. On those spoken to: the effect over the difference between the shares
// of both arms that were spoken to (METHODS 8.2 where none of the held out were).
// Cost by effect.CostPerKept: hours as the playbooks say at the rate of the
// settings, and what the steps cost beside. By reason and action as Learn has it.
// Choosing: effect.FitResponse of the earlier half, tried on the later one.
//
// Output: Report. Until 100 episodes were read, 20 of them held out, there is no
// effect, but the prior and what the trial can be expected to show.
//
// Errors: as Measure.
//
// Not by who was called: see METHODS 8.2.
//
// Source: METHODS 7.4, 8.1 to 8.4, 9.2. See TestReport.
func NewReport(q *Asked) (*Report, error) {
	prior := Prior()
	r := &Report{
		Day: q.Day, Stage: TrialOff, HorizonDays: q.Horizon, Currency: q.Currency, Prior: PriorSays{prior.Share, prior.Spread},
		Cells: []EffectCell{}, Guards: []Guard{}, NotThere: []string{}, Balance: []Balance{}, Looks: []Look{},
	}
	if !(q.Settings.HoldoutShare > 0) {
		return r, nil
	}
	a := newArms(q, r)
	if err := r.power(q); err != nil {
		return nil, err
	}
	r.Balance = a.balance()
	var err error
	if r.False, err = falseAlarms(q, a); err != nil {
		return nil, err
	}
	if r.Stage = a.stage(); r.Stage != TrialShown {
		return r, nil
	}
	r.Power = nil
	return r, r.found(q, a)
}

// found fills in what there is to claim.
func (r *Report) found(q *Asked, a *arms) error {
	e, err := Measure(a.ended, levelOf)
	if err != nil {
		return err
	}
	r.Effect, r.Spoken = foundOf(e, "AIPW, anytime-valid"), a.spoken()
	treated := float64(e.Treated)
	r.Customers = spanOf(e.Value*treated, e.Interval.Low*treated, e.Interval.High*treated)
	if by := r.Spoken.With - r.Spoken.Without; by > 0.05 {
		r.OnSpoken = spanOf(e.Value/by, e.Interval.Low/by, e.Interval.High/by)
	}
	if err := r.cost(q, a, e); err != nil {
		return err
	}
	r.Cells = cellsOf(a.ended)
	r.Choosing = choosing(a.ended, q.Settings.Seed)
	if r.Looks, err = looks(a.ended); err != nil {
		return err
	}
	return r.guards(a)
}

// arms are the episodes that were read, in the order of assignment.
type arms struct {
	read  []behold.Outcome
	ended []Ended
}

func newArms(q *Asked, r *Report) *arms {
	all := slices.SortedFunc(slices.Values(q.Episodes), func(a, b behold.Outcome) int {
		return cmp.Or(cmp.Compare(a.Begins, b.Begins), cmp.Compare(a.Customer, b.Customer))
	})
	a := &arms{}
	for _, o := range all {
		r.Episodes.count(&o, q.Day)
		if o.Read.Known() {
			a.read, a.ended = append(a.read, o), append(a.ended, Ended{Episode: o.Episode, Kept: o.Kept})
		}
	}
	begun := q.Day
	if len(all) > 0 {
		begun = all[0].Begins
		r.Since = &begun
	}
	r.Share = ShareOn(q.Day, begun, q.Settings.HoldoutShare, q.Settings.HoldoutLater)
	if n := len(a.read); n > 0 {
		r.Weeks = int(math.Round(float64(a.read[n-1].Ends-begun) / 7))
	}
	return a
}

func (c *EpisodeCount) count(o *behold.Outcome, day behold.Day) {
	held := 0
	if o.Held {
		held = 1
	}
	c.Begun++
	c.Held += held
	switch {
	case o.Read.Known():
		c.Read++
		c.ReadOut += held
	case o.Ends <= day:
		c.Unread++
	case c.Next == nil || o.Ends < *c.Next:
		ends := o.Ends
		c.Next = &ends
	}
}

func (a *arms) stage() Stage {
	held := 0
	for i := range a.ended {
		if a.ended[i].Held {
			held++
		}
	}
	switch n := len(a.ended); {
	case n == 0:
		return TrialWaiting
	case n < shownRead || held < shownHeld || n == held:
		return TrialEarly
	}
	return TrialShown
}

// mean of something in both arms, each episode weighted by one over the chance of
// the arm it is in.
func (a *arms) mean(of func(*behold.Outcome) float64) Shares {
	var sum, weight [2]float64
	for i := range a.read {
		o := &a.read[i]
		arm, w := 0, 1/(1-o.Share)
		if o.Held {
			arm, w = 1, 1/o.Share
		}
		sum[arm], weight[arm] = sum[arm]+w*of(o), weight[arm]+w
	}
	return Shares{sum[0] / max(weight[0], 1e-12), sum[1] / max(weight[1], 1e-12)}
}

func (a *arms) spoken() *Shares {
	s := a.mean(func(o *behold.Outcome) float64 { return one(o.Spoken) })
	return &s
}

func one(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// balance holds the arms against one another, as they were when the lot was drawn.
func (a *arms) balance() []Balance {
	list := []Balance{}
	for _, x := range []struct {
		what string
		of   func(*behold.Outcome) float64
	}{
		{"chance_leave", func(o *behold.Outcome) float64 { return o.Leave }},
		{"chance_active", func(o *behold.Outcome) float64 { return o.Active }},
		{"still_to_come", func(o *behold.Outcome) float64 { return o.Residual }},
	} {
		if len(a.read) < 2*shownHeld {
			break
		}
		m := a.mean(x.of)
		all, square := 0.0, 0.0
		for i := range a.read {
			v := x.of(&a.read[i])
			all, square = all+v, square+v*v
		}
		n := float64(len(a.read))
		apart := 0.0
		if spread := math.Sqrt(max(0, square/n-all*all/n/n)); spread > 0 {
			apart = (m.With - m.Without) / spread
		}
		list = append(list, Balance{x.what, m.With, m.Without, apart})
	}
	return list
}

// power is what the trial can be expected to show.
func (r *Report) power(q *Asked) error {
	if !(r.Share > 0) {
		return nil
	}
	p := &PowerSays{Share: r.Share, Effect: toBeSeen, Months: seenWithin}
	if p.PerMonth, p.Assumed = perMonth(q); p.PerMonth < 1 {
		p.PerMonth = 40
	}
	line, err := PowerLine(Trial{PerMonth: min(p.PerMonth, 1000), Months: p.Months, Share: p.Share, Effect: p.Effect, Level: levelOf, Seed: q.Settings.Seed, Runs: runsFor(p.PerMonth)})
	p.Chance, p.ByMonth = line.Shown, line.ByMonth
	r.Power = p
	return err
}

// runsFor is so many simulated trials as take a moment.
func runsFor(perMonth float64) int {
	return int(min(max(1e6/(seenWithin*min(perMonth, 1000)), 50), 400))
}

// perMonth is how many episodes begin in a month: as many as in the last four
// weeks, or on average where none has lately. Of a younger trial that is not known,
// and as many are assumed as have lamps. Two figures are enough.
func perMonth(q *Asked) (n float64, assumed bool) {
	first := q.Day
	for i := range q.Episodes {
		b := q.Episodes[i].Begins
		first = min(first, b)
		n += one(b > q.Day-28)
	}
	days := float64(q.Day - first)
	switch assumed = days < 28; {
	case assumed:
		n = max(n, float64(q.Lit))
	case n == 0:
		n = float64(len(q.Episodes)) * 30.4 / days
	default:
		n *= 30.4 / 28
	}
	if n < 1 {
		return 0, assumed
	}
	unit := math.Pow(10, math.Floor(math.Log10(n))-1)
	return math.Round(n/unit) * unit, assumed
}

func spanOf(value, low, high float64) *Span {
	return &Span{finite(value), finite(low), finite(high)}
}

func finite(x float64) *float64 {
	if !stat.Finite(x) {
		return nil
	}
	return &x
}

func foundOf(e effect.Effect, method string) *Found {
	f := &Found{
		Span: *spanOf(e.Value, e.Interval.Low, e.Interval.High), Level: e.Interval.Level, With: e.With, Without: e.Without,
		N: e.Treated + e.Held, Held: e.Held, Verdict: verdict(e.Interval, "helps", "harms"), Method: method,
	}
	for _, c := range e.Caveats {
		f.Caveats = append(f.Caveats, c.Code)
	}
	return f
}

func verdict(in stat.Interval, more, less string) string {
	switch {
	case in.Low > 0:
		return more
	case in.High < 0:
		return less
	}
	return "not proven"
}
