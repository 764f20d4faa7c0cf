package survey

import (
	"math"
	"slices"
	"strings"

	"behold"
	"behold/stat/sequential"
)

const (
	weighable = 50  // answers from which a weighted share has a range (METHODS 6.4 d)
	known     = 0.9 // share of the answers of which must be known who was asked with which chance
	trim      = 5   // times the mean that a weight may be
	rakings   = 20
)

// weigh tells the share of a window with each answer standing for those who were
// not asked or did not answer: weight 1/(π ρ), trimmed, raked to the strata
// (METHODS 6.3). Answers of which nobody knows the chance leave it unweighted.
//
// The range before the fiftieth answer is exact and after it asymptotic. Both
// have half of what may be missed, so that going from one to the other costs
// nothing.
func (t *teller) weigh(w *Window, level []*form) error {
	days := t.daysOf(w.From, w.To)
	var some []*form
	for _, f := range level {
		if f.invite != nil && behold.WindowChance(days, f.invite.Stratum) > 0 {
			some = append(some, f)
		}
	}
	if float64(len(some)) < known*float64(len(level)) {
		return nil
	}
	half := (1 + t.Level) / 2
	if len(some) < weighable {
		var err error
		w.Share, err = shareOf(w.Top, w.N, w.Customers, half)
		return err
	}
	weights := t.weights(some, days)
	follow, err := sequential.NewMean(half)
	if err != nil {
		return err
	}
	near, total := 0.0, 0.0
	for i, f := range some {
		m := f.told(Satisfaction)
		if err := follow.AddWeighted(float64(count(m.best())), weights[i]); err != nil {
			return err
		}
		near += weights[i] * float64(count(m.near()))
		total += weights[i]
	}
	in := follow.Interval()
	w.Method, w.Weighted, w.Effective, w.Flattering = Weighted, true, follow.Effective(), near/total
	w.Value, w.Low, w.High = follow.Estimate(), math.Max(0, in.Low), math.Min(1, in.High)
	return nil
}

func (t *teller) daysOf(from, to behold.Day) (list []behold.SurveyDay) {
	for _, d := range t.Draws {
		if d.Day >= from && d.Day <= to {
			list = append(list, d)
		}
	}
	return list
}

// weights are 1/(π ρ) of each form, at most five times the mean, raked.
func (t *teller) weights(some []*form, days []behold.SurveyDay) []float64 {
	weights := make([]float64, len(some))
	answers := t.response()
	for k, f := range some {
		weights[k] = 1 / (behold.WindowChance(days, f.invite.Stratum) * answers.chance(t.about(f.invite)))
	}
	trimmed(weights)
	rake(weights, some, populations(days))
	trimmed(weights)
	return weights
}

// trimmed cuts weights to five times their mean.
func trimmed(weights []float64) {
	most := trim * mean(weights)
	for i := range weights {
		weights[i] = math.Min(weights[i], most)
	}
}

// populations are how many customers each stratum of the level had when it was
// drawn from last.
func populations(days []behold.SurveyDay) map[string]float64 {
	of := map[string]float64{}
	for i := range days {
		for _, s := range days[i].Strata {
			if s.Stream == behold.StreamLevel && s.Population > 0 {
				of[s.Stratum] = float64(s.Population)
			}
		}
	}
	return of
}

// tier is the first word of a stratum: what its customers are worth.
func tier(stratum string) string {
	name, _, _ := strings.Cut(stratum, "-")
	return name
}

// rake makes weights add up to the strata, and to the tiers, where a stratum of a
// tier has no answer the others of it stand for it (Deville and Särndal 1992).
func rake(weights []float64, some []*form, of map[string]float64) {
	tiers := map[string]float64{}
	for stratum, n := range of {
		tiers[tier(stratum)] += n
	}
	for range rakings {
		scale(weights, some, of, func(s string) string { return s })
		scale(weights, some, tiers, tier)
	}
}

func scale(weights []float64, some []*form, totals map[string]float64, key func(string) string) {
	have := map[string]float64{}
	for k, f := range some {
		have[key(f.invite.Stratum)] += weights[k]
	}
	for k, f := range some {
		name := key(f.invite.Stratum)
		if want := totals[name]; want > 0 && have[name] > 0 {
			weights[k] *= want / have[name]
		}
	}
}

// about is what is known of one who was asked, before they answered: the stratum
// and numbers.
func (t *teller) about(i *behold.Invite) (string, []float64) {
	x := []float64{0, 0, 0}
	if p := t.person(i.Number); p != nil {
		if p.First.Known() {
			x[0] = math.Log1p(math.Max(0, float64(i.Day-p.First)/365))
		}
		x[1] = p.Silence
	}
	before, came := 0.0, 0.0
	for _, past := range t.invited[i.Number] {
		if past.Day < i.Day {
			before++
			came += float64(count(past.Answered.Known()))
		}
	}
	x[2] = (came + 0.5) / (before + 1) // of past invitations, those that were answered
	return i.Stratum, x
}

func (t *teller) person(number int32) *Person {
	if t.persons == nil {
		t.persons = map[int32]*Person{}
		for _, p := range t.heard.persons {
			t.persons[p.Customer] = p
		}
	}
	return t.persons[number]
}

// response learns, from all invitations of the level that were answered or had two
// weeks for it, how likely each is to be answered.
func (t *teller) response() *response {
	const wait = 14
	r := &response{}
	for _, list := range t.invited {
		for _, i := range list {
			if i.Stream == behold.StreamLevel && (i.Answered.Known() || i.Day+wait <= t.Day) {
				stratum, x := t.about(i)
				r.add(stratum, x, i.Answered.Known(), i.ID)
			}
		}
	}
	r.fit()
	return r
}

// A response is a ridge logistic regression of answering on stratum, tenure,
// silence and past answers.
type response struct {
	strata []string
	rows   []asking
	coef   []float64
}

type asking struct {
	id      int64
	stratum string
	x       []float64
	came    bool
}

func (r *response) add(stratum string, x []float64, came bool, id int64) {
	r.rows = append(r.rows, asking{id, stratum, x, came})
	if !slices.Contains(r.strata, stratum) {
		r.strata = append(r.strata, stratum)
	}
}

// leastResponse keeps a weight from running away.
const leastResponse = 0.02

// chance that one like this answers.
func (r *response) chance(stratum string, x []float64) float64 {
	if len(r.coef) == 0 {
		return 1
	}
	return math.Max(leastResponse, logistic(dot(r.coef, r.row(stratum, x))))
}

func (r *response) row(stratum string, x []float64) []float64 {
	row := make([]float64, 1, 1+len(x)+len(r.strata))
	row[0] = 1
	row = append(row, x...)
	for _, s := range r.strata {
		row = append(row, float64(count(s == stratum)))
	}
	return row
}

func (r *response) fit() {
	slices.SortFunc(r.rows, func(a, b asking) int { return int(a.id - b.id) })
	slices.Sort(r.strata)
	if len(r.rows) == 0 {
		return
	}
	rows, came := make([][]float64, len(r.rows)), make([]bool, len(r.rows))
	for k, a := range r.rows {
		rows[k], came[k] = r.row(a.stratum, a.x), a.came
	}
	r.coef = ridgeLogistic(rows, came)
}
