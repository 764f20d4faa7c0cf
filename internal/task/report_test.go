package task_test

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"behold"
	"behold/internal/task"
)

// asked is what came of half a year of a simulated company, and half a year to
// read it in.
func asked(t *testing.T, effect float64) *task.Asked {
	t.Helper()
	ended := simulate(t, 4, size{colleagues: 5, lit: 300, effect: effect, differ: .02}).ordered
	q := &task.Asked{Day: monday + 400, Horizon: 56, Currency: "DKK", Playbooks: task.Playbooks(), Settings: behold.DefaultSettings()}
	q.Settings.HourRate = 400
	for i, e := range ended {
		o := behold.Outcome{Episode: e.Episode, Read: e.Ends, Kept: e.Kept, Spoken: !e.Held && i%5 > 0, MarginRead: e.Begins + 180, Margin: behold.MoneyOf(float64(100+i%7), "DKK")}
		o.Discount = behold.MoneyOf(float64(i%3), "DKK")
		q.Episodes = append(q.Episodes, o)
	}
	return q
}

// With an effect and enough episodes the report says how many were kept and what
// each cost; its figures are those of Measure.
func TestReport(t *testing.T) {
	q := asked(t, .5)
	before := slices.Clone(q.Episodes)
	slices.Reverse(q.Episodes)
	r, err := task.NewReport(q)
	if err != nil {
		t.Fatal(err)
	}
	var ended []task.Ended
	spoken := 0.0
	for _, o := range before {
		ended = append(ended, task.Ended{Episode: o.Episode, Kept: o.Kept})
		if o.Spoken {
			spoken++
		}
	}
	e, err := task.Measure(ended, .95)
	if err != nil {
		t.Fatal(err)
	}
	if r.Stage != task.TrialShown || *r.Effect.Value != e.Value || *r.Effect.Low != e.Interval.Low || r.Effect.N != len(ended) || r.Effect.Held != e.Held || r.Effect.Verdict != "helps" {
		t.Errorf("%+v, want %+v", r.Effect, e)
	}
	if p, err := task.Prove(q); err != nil || p == nil || p.Effect.Value != e.Value || p.Cost == nil || *p.Cost.Value != *r.Cost.Value {
		t.Errorf("a proof alone says %+v, %v", p, err)
	}
	near(t, *r.Customers.Value, e.Value*float64(e.Treated), 1e-9, "customers")
	near(t, *r.OnSpoken.Value, e.Value/r.Spoken.With, 1e-9, "on those spoken to")
	near(t, r.Spoken.With, .8, .03, "spoken to")
	if r.Weeks != 33 || r.Power != nil || r.Since == nil || *r.Since != monday || r.Episodes.Read != len(ended) {
		t.Errorf("%+v", r)
	}
	if c := r.Cost; c == nil || !c.ShownKept || !c.OfSpoken || *c.Low > *c.Value || *c.High < *c.Value || c.Hours < spoken*5/60 || c.Total < c.Hours*400 {
		t.Fatalf("%+v", c)
	}
	near(t, *r.Cost.Value, r.Cost.Total / *r.Customers.Value, 1e-9, "cost of one")
	if len(r.Cells) < 5 || len(r.Looks) < 4 || r.Choosing == nil || r.Margin == nil || len(r.Balance) != 3 {
		t.Errorf("%d cells, %d looks, %+v, %+v, %+v", len(r.Cells), len(r.Looks), r.Choosing, r.Margin, r.Balance)
	}
	for _, b := range r.Balance {
		if math.Abs(b.Apart) > .2 {
			t.Errorf("%+v", b)
		}
	}
	if len(r.Guards) != 1 || r.Guards[0].What != "discount" || r.Guards[0].Verdict != "not proven" || strings.Join(r.NotThere, " ") != "complaints unsubscribed objections minutes_per_case" {
		t.Errorf("%+v, %v", r.Guards, r.NotThere)
	}
	last := r.Looks[len(r.Looks)-1]
	if *last.Value != e.Value || last.N != len(ended) {
		t.Errorf("the last look says %+v", last)
	}
}

// Before there is enough it says what was believed, and what can be expected; of
// nothing shown it does not say what a customer cost; without a hold-out nothing.
func TestReportOfLittle(t *testing.T) {
	q := asked(t, .1)
	all := q.Episodes
	for name, c := range map[string]struct {
		episodes []behold.Outcome
		stage    task.Stage
		assumed  bool
	}{"nothing": {nil, task.TrialWaiting, true}, "few": {all[:90], task.TrialEarly, false}} {
		q.Episodes = c.episodes
		r, err := task.NewReport(q)
		if err != nil || r.Stage != c.stage || r.Effect != nil || r.Cost != nil || r.Power == nil || r.Power.Assumed != c.assumed || r.Prior.Share != .1 {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	q.Episodes = slices.Clone(all[:120])
	for i := range q.Episodes { // whoever is held out stays as well as anybody
		q.Episodes[i].Kept = i%2 == 0
	}
	r, err := task.NewReport(q)
	if err != nil || r.Stage != task.TrialShown || r.Effect.Verdict != "not proven" || r.Cost.ShownKept || r.Cost.High != nil {
		t.Errorf("%+v, %v", r, err)
	}
	going := slices.Clone(all[:5])
	for i := range going {
		going[i].Read, going[i].Ends = behold.NoDay, q.Day+behold.Day(i)
	}
	q.Episodes = going
	if r, err = task.NewReport(q); err != nil || r.Episodes.Unread != 1 || *r.Episodes.Next != q.Day+1 {
		t.Errorf("%+v, %v", r.Episodes, err)
	}
	q.Settings.HoldoutShare, q.Episodes = 0, all
	r, err = task.NewReport(q)
	if err != nil || r.Stage != task.TrialOff || r.Effect != nil || r.Power != nil {
		t.Errorf("%+v, %v", r, err)
	}
	text, err := json.Marshal(r)
	if err != nil || !strings.Contains(string(text), `"stage":"off"`) || !strings.Contains(string(text), `"effect":null`) {
		t.Errorf("%s, %v", text, err)
	}
}
