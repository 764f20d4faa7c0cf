package round_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"behold"
	"behold/internal/task"
)

// A company is worked in for a quarter through the real doors, and attention has a
// known effect: of those who would have bought nothing, it brings back so many.
const bringsBack = 0.5

// A quarter of an invented shop, a round a week, and one more when all is over. Whoever is to have attention and
// would have bought nothing orders all the same, by the throw of a coin. The
// interval of the report covers what attention truly did, everybody is read when
// their time is over, and who was held out goes with nothing that was known of the
// customers, or could be seen of them, when the lot was drawn.
func TestQuarterOfACompany(t *testing.T) {
	if testing.Short() {
		t.Skip("a quarter of rounds")
	}
	const weeks, over = 14, 13*7 + 56
	h, first := open(t, 450, nil), behold.Date(2024, 9, 6)
	h.shares(t, .3)
	dice := rand.New(rand.NewPCG(8, 26))
	var truths, heldOut []float64
	seen := map[string][]float64{}
	known := map[string]int{}
	for week := range weeks {
		r := h.morning(t, first+behold.Day(7*week))
		h.look(t, r, seen, &heldOut)
		var rescued []behold.Episode
		for _, e := range r.Begun {
			kept := h.buys(t, e)
			truth := 0.0
			if !kept {
				truth = bringsBack
				if !e.Held && dice.Float64() < bringsBack {
					rescued = append(rescued, e)
				}
			}
			known[fmt.Sprint(e.ID, e.Begins)] = len(truths)
			truths = append(truths, truth)
		}
		h.orders(t, week, rescued)
	}
	h.morning(t, first+over)
	set, err := h.state.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	set.HourRate = 400
	report, err := task.NewReport(&task.Asked{Day: first + over, Horizon: 56, Episodes: h.episodes(t), Settings: set, Currency: "DKK", Playbooks: task.Playbooks()})
	if err != nil {
		t.Fatal(err)
	}
	truth, n := 0.0, 0.0
	for _, o := range h.episodes(t) {
		if o.Read.Known() {
			at, was := known[fmt.Sprint(o.ID, o.Begins)]
			if !was {
				t.Errorf("%s was never begun", o.ID)
			}
			truth, n = truth+truths[at], n+1
		}
	}
	truth /= n
	if report.Stage != task.TrialShown || report.Episodes.Unread > 0 || n < 100 {
		t.Fatalf("%+v of %v", report.Episodes, report.Stage)
	}
	t.Logf("%.0f episodes, %d held out: attention made %.3f (%.3f to %.3f), in truth %.3f; kept %.0f customers, each cost %.0f", n, report.Effect.Held,
		*report.Effect.Value, *report.Effect.Low, *report.Effect.High, truth, *report.Customers.Value, *report.Cost.Value)
	if truth < *report.Effect.Low || truth > *report.Effect.High {
		t.Errorf("the interval leaves the truth out")
	}
	for what, x := range seen {
		if c := correlated(heldOut, x); math.Abs(c) > 4/math.Sqrt(n) {
			t.Errorf("who is held out goes with %s: %.3f", what, c)
		}
	}
}

// buys says whether the customer of an episode buys in its time, as things are.
func (h house) buys(t *testing.T, e behold.Episode) bool {
	t.Helper()
	got, err := h.facts.Outcomes(t.Context(), e.Ends, "DKK", []behold.Episode{e})
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	return got[0].Kept
}

// look notes what can be seen of the customers whose episodes begin, on the pages
// of the round before their lot was drawn, and what was foreseen of them.
func (h house) look(t *testing.T, r *behold.Round, seen map[string][]float64, held *[]float64) {
	t.Helper()
	rows, _, err := h.facts.Standings(t.Context(), behold.StandingQuery{Day: r.Day})
	if err != nil {
		t.Fatal(err)
	}
	at := map[int32]*behold.Standing{}
	for i := range rows {
		at[rows[i].Customer] = &rows[i]
	}
	for _, e := range r.Begun {
		st := at[e.Customer]
		out := 0.0
		if e.Held {
			out = 1
		}
		*held = append(*held, out)
		for what, x := range map[string]float64{
			"the chance": st.ChanceLeave, "the silence": float64(st.SilentDays), "the orders": float64(st.Orders), "the last order": float64(st.Last),
			"the number": float64(e.Customer), "the name": float64(len(st.Name)), "the colleague": float64(len(st.Colleague)), "the weekday": float64(e.Begins.Weekday()),
			"the usual gap": st.UsualGap, "the reason": float64(len(e.Reason)),
		} {
			seen[what] = append(seen[what], x)
		}
	}
}

// orders has customers order once more, soon after their episode began.
func (h house) orders(t *testing.T, week int, of []behold.Episode) {
	t.Helper()
	if len(of) == 0 {
		return
	}
	receipt := behold.Receipt{File: fmt.Sprint("rescued", week), Source: "rescued", Table: behold.TableOrders}
	rows, err := h.facts.Begin(t.Context(), receipt)
	if err != nil {
		t.Fatal(err)
	}
	lines := &behold.Lines{}
	for i, e := range of {
		lines.Row, lines.Order, lines.Line = append(lines.Row, int64(i+2)), append(lines.Order, fmt.Sprintf("R-%d-%d", week, i)), append(lines.Line, "1")
		lines.Customer, lines.At = append(lines.Customer, e.ID), append(lines.At, (e.Begins+9).Time().Add(10*time.Hour).UnixMicro())
		lines.Amount, lines.Currency = append(lines.Amount, 50_000), append(lines.Currency, "DKK")
		lines.Return, lines.Goods = append(lines.Return, false), append(lines.Goods, true)
	}
	if err := rows.Lines(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	if err := rows.Commit(t.Context(), &receipt); err != nil {
		t.Fatal(err)
	}
}

func correlated(x, y []float64) float64 {
	var mx, my, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		xx, yy, xy = xx+(x[i]-mx)*(x[i]-mx), yy+(y[i]-my)*(y[i]-my), xy+(x[i]-mx)*(y[i]-my)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}
