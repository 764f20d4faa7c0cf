package task

import (
	"maps"
	"math"
	"slices"

	"behold"
	"behold/stat/effect"
	"behold/stat/sequential"
)

// cost is what one kept customer cost.
func (r *Report) cost(q *Asked, a *arms, e effect.Effect) error {
	if !(q.Settings.HourRate > 0) {
		return nil
	}
	c := &Cost{HourRate: q.Settings.HourRate, OfSpoken: r.Spoken.With > 0}
	books := shelve(q.Playbooks)
	beside := 0.0
	for i := range a.read {
		o := &a.read[i]
		if o.Held || c.OfSpoken && !o.Spoken {
			continue
		}
		step := begins(books, o)
		c.Hours += step.Minutes / 60
		beside += step.Cost
	}
	c.Total = c.Hours*c.HourRate + beside
	each, err := effect.CostPerKept(c.Total, e.Treated, e)
	if err != nil {
		return err
	}
	c.Span = *spanOf(each.Value, each.Interval.Low, each.Interval.High)
	c.ShownKept = e.Interval.Low > 0
	r.Cost = c
	return nil
}

// begins is the step with which the episode of a customer began.
func begins(b books, o *behold.Outcome) behold.Step {
	steps := b.of(o.Reason)
	if i := slices.IndexFunc(steps, func(s behold.Step) bool { return s.Action == o.Action }); i >= 0 {
		return steps[i]
	}
	return behold.Step{Minutes: 15}
}

// cellsOf are the beliefs that the episodes taught, the most episodes first.
func cellsOf(ended []Ended) []EffectCell {
	type sum struct {
		n, held int
		danger  float64
	}
	sums := map[Cell]*sum{}
	for i := range ended {
		e := &ended[i]
		at := Cell{e.Reason, e.Action}
		if sums[at] == nil {
			sums[at] = &sum{}
		}
		s := sums[at]
		s.n, s.danger = s.n+1, s.danger+Danger(e.Leave, e.Active)
		if e.Held {
			s.held++
		}
	}
	beliefs := Learn(ended)
	list := []EffectCell{}
	for _, at := range slices.SortedFunc(maps.Keys(sums), compareCells) {
		s, b := sums[at], beliefs.Of(at)
		low, high, danger := b.Share-1.96*b.Spread, b.Share+1.96*b.Spread, s.danger/float64(s.n)
		list = append(list, EffectCell{
			Reason: at.Reason, Action: at.Action, N: s.n, Held: s.held, Prior: b.Prior,
			Danger: *spanOf(b.Share, low, high), Effect: *spanOf(b.Share*danger, low*danger, high*danger),
		})
	}
	slices.SortStableFunc(list, func(a, b EffectCell) int { return b.N - a.N })
	return list
}

// choosing learns from the earlier half for whom attention does most, and tries it
// on the later one; nil where there are too few, or they are all alike.
func choosing(ended []Ended, seed uint64) *Choosing {
	half := len(ended) / 2
	var episodes []effect.Episode
	var features [][]float64
	for i := range ended {
		e := &ended[i]
		episodes = append(episodes, e.assigned())
		features = append(features, []float64{e.Leave, e.Active, math.Log1p(max(0, e.Residual)), Danger(e.Leave, e.Active)})
	}
	if len(ended) < 2*shownRead {
		return nil
	}
	response, err := effect.FitResponse(episodes[:half], features[:half], 10)
	if err != nil {
		return nil
	}
	scores := make([]float64, len(ended)-half)
	for i := range scores {
		scores[i], _ = response.Effect(features[half+i])
	}
	q, err := effect.QiniCurve(scores, episodes[half:], effect.Resampling{Seed: seed, Level: levelOf})
	if err != nil {
		return nil
	}
	return &Choosing{Area: *spanOf(q.AUUC, q.Interval.Low, q.Interval.High), N: len(scores), Learned: half, Proven: q.Interval.Low > 0}
}

// looks are the effect as it stood at the end of each month, when what had ended
// by then was known.
func looks(ended []Ended) ([]Look, error) {
	trial, err := newTrial(ended, levelOf)
	if err != nil {
		return nil, err
	}
	list := []Look{}
	for i := range ended {
		if err := trial.Add(ended[i].assigned()); err != nil {
			return nil, err
		}
		last := i == len(ended)-1
		if last || ended[i].Ends.Time().Month() != ended[i+1].Ends.Time().Month() {
			e := trial.Effect()
			if least := min(e.Held, e.Treated); least < shownHeld {
				continue
			}
			list = append(list, Look{Day: ended[i].Ends, Span: *spanOf(e.Value, e.Interval.Low, e.Interval.High), N: i + 1})
		}
	}
	return list, nil
}

// guards are what attention must not make worse, of what anybody recorded.
func (r *Report) guards(a *arms) error {
	for _, g := range []struct {
		what string
		of   func(*behold.Outcome) float64
	}{
		{"complaints", func(o *behold.Outcome) float64 { return one(o.Complained) }},
		{"unsubscribed", func(o *behold.Outcome) float64 { return one(o.Unwanted) }},
		{"objections", func(o *behold.Outcome) float64 { return one(o.Objected) }},
		{"minutes_per_case", func(o *behold.Outcome) float64 { return o.Minutes }},
		{"discount", func(o *behold.Outcome) float64 { return o.Discount.Major() }},
	} {
		e, any, err := a.follow(g.of)
		if err != nil {
			return err
		}
		if !any {
			r.NotThere = append(r.NotThere, g.what)
			continue
		}
		more, less := "worse", "better"
		if g.what == "minutes_per_case" { // time is what attention is made of
			more, less = "more", "fewer"
		}
		r.Guards = append(r.Guards, Guard{g.what, e.Treated + e.Held, e.Held, e.With, e.Without, *spanOf(e.Value, e.Interval.Low, e.Interval.High), verdict(e.Interval, more, less)})
	}
	known := &arms{}
	for i := range a.read {
		if a.read[i].MarginRead.Known() {
			known.read = append(known.read, a.read[i])
		}
	}
	e, any, err := known.follow(func(o *behold.Outcome) float64 { return o.Margin.Major() })
	if err == nil && any && len(known.read) >= shownRead && min(e.Held, e.Treated) >= shownHeld {
		r.Margin = foundOf(e, "weighted by assignment, anytime-valid")
	}
	return err
}

// follow compares something in both arms at any look; what is expected of it is
// its mean before each episode, so that nothing is foreseen from what came later.
func (a *arms) follow(of func(*behold.Outcome) float64) (e effect.Effect, any bool, err error) {
	late, err := sequential.NewMean(levelOf)
	if err != nil {
		return e, false, err
	}
	trial, sum := effect.NewTrial(nil, late), 0.0
	for i := range a.read {
		o := &a.read[i]
		value, expected := of(o), 0.0
		if i > 0 {
			expected = sum / float64(i)
		}
		sum += value
		any = any || value != 0
		if err := trial.Add(effect.Episode{Treated: !o.Held, Chance: 1 - o.Share, Outcome: value, Without: expected, With: expected}); err != nil {
			return e, any, err
		}
	}
	return trial.Effect(), any, nil
}
