package task_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"behold"
	"behold/internal/task"
)

// A list of whom a known share stays anyway: the interval of the held out holds it
// in 95 of 100 companies or more, whatever attention does, also where the chances of
// leaving say too much; and then the report says so.
func TestFalseAlarms(t *testing.T) {
	const companies, episodes, stays = 60, 500, .45
	for name, c := range map[string]struct {
		foreseen float64 // chance of leaving that was said
		help     float64 // share of leavers whom attention keeps
		verdict  string
	}{
		"told rightly": {.55, .3, task.AsForeseen}, "told too much": {.85, 0, task.MoreFalse}, "told too little": {.15, .5, task.FewerFalse},
	} {
		misses, verdicts := 0, 0
		for company := range companies {
			dice := rand.New(rand.NewPCG(7, uint64(company)))
			q := &task.Asked{Day: monday + 400, Horizon: 56, Settings: behold.DefaultSettings(), Customers: 400, Playbooks: task.Playbooks()}
			for i := range episodes {
				e := behold.Episode{Customer: int32(i), ID: "K", Begins: monday + behold.Day(i*330/episodes), Share: .2, Leave: c.foreseen, Active: .9, Residual: 100}
				if i%3 == 0 { // the most valuable third
					e.Share = .1
				}
				e.Ends, e.Held = e.Begins+56, dice.Float64() < e.Share
				kept := dice.Float64() < stays || !e.Held && dice.Float64() < c.help
				q.Episodes = append(q.Episodes, behold.Outcome{Episode: e, Read: e.Ends, Kept: kept, MarginRead: behold.NoDay})
			}
			r, err := task.NewReport(q)
			if err != nil || r.False == nil || r.False.Low == nil || r.False.Held != r.Episodes.ReadOut || r.False.Stayed > r.False.Held {
				t.Fatalf("%s: %+v, %v", name, r.False, err)
			}
			if *r.False.Low > stays || *r.False.High < stays {
				misses++
			}
			if r.False.Honest == c.verdict {
				verdicts++
			}
			if company == 0 {
				each := *r.False.PerMonth / *r.False.Value
				if math.Abs(each-100*46./400) > 2 || math.Abs(r.False.Foreseen-(1-c.foreseen)) > 1e-9 {
					t.Errorf("%s: %g alarms a month, %g foreseen", name, each, r.False.Foreseen)
				}
			}
		}
		if misses > companies/20 { // 5 %
			t.Errorf("%s: misses %d of %d", name, misses, companies)
		}
		if verdicts < companies*9/10 {
			t.Errorf("%s: %q in %d of %d only", name, c.verdict, verdicts, companies)
		}
	}
}
