package task_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"behold"
	"behold/internal/task"
)

func lot(share float64) *task.Lot {
	return &task.Lot{Secret: []byte("kept in the store"), Share: share, Window: 90, Cuts: task.Cuts{Value: [2]float64{1000, 5000}, Risk: [2]float64{.3, .6}}}
}

// assign has everybody come before the lot: there is room for all on one list.
func assign(l *task.Lot, day behold.Day, open []behold.Episode, candidates ...task.Candidate) []behold.Episode {
	d := desk(1e9, candidates...)
	d.Day, d.Lot, d.Open, d.Rules.Most = day, l, open, 1e9
	return task.Plan(d).Fresh
}

// Held out are as many as is said, in each tier of value, and on average Share.
func TestLotIsFair(t *testing.T) {
	var candidates []task.Candidate
	for i := range 30_000 {
		candidates = append(candidates, customer(int32(i), float64(1+i%9)/10, []float64{500, 3000, 9000}[i%3]))
	}
	fresh := assign(lot(.2), monday, nil, candidates...)
	var held, all [3]float64
	for _, e := range fresh {
		all[e.Tier]++
		if e.Held {
			held[e.Tier]++
		}
		if e.Ends != e.Begins+90 || e.Begins != monday || e.Owner != "ann" || e.Action != behold.ActCall {
			t.Fatalf("%+v", e)
		}
	}
	for tier, want := range []float64{.24, .24, .12} {
		near(t, held[tier]/all[tier], want, 4*math.Sqrt(want/all[tier]), "tier", tier)
	}
	near(t, (held[0]+held[1]+held[2])/30_000, .2, .008, "on average")
	if again := assign(lot(.2), monday, nil, candidates...); !reflect.DeepEqual(again, fresh) {
		t.Error("the same lot holds out others")
	}
	other := lot(.2)
	other.Secret = []byte("another company's")
	same := 0
	for i, e := range assign(other, monday, nil, candidates...) {
		if e.Held && fresh[i].Held {
			same++
		}
	}
	near(t, float64(same)/30_000, 2./3*.24*.24+1./3*.12*.12, .005, "held out under both secrets")
}

// The lot sees the id and the day, and nothing that staff see: whatever else is
// changed of a customer, or of the others, the draw stays.
func TestLotSeesNothing(t *testing.T) {
	seen := map[string]bool{"ID": true, "Customer": true, "Residual": true} // Residual decides the share, not the draw
	plain := customer(7, .4, 900)
	want := assign(lot(.3), monday, nil, plain)[0].Held
	kind := reflect.TypeFor[task.Candidate]()
	for i := range kind.NumField() {
		if name := kind.Field(i).Name; !seen[name] {
			changed := plain
			field := reflect.ValueOf(&changed).Elem().Field(i)
			switch {
			case slices.Contains([]string{"Urgent", "VIP", "InHand", "AllTaken", "Taken", "Asleep", "State", "Spoken", "Barred"}, name): // never listed, or never held out: TestLotNever
				continue
			case field.Kind() == reflect.Slice:
				field.Set(reflect.ValueOf([]behold.Step{{Action: behold.ActSurprise, Channel: "mail", Minutes: 5}}))
			case field.CanFloat():
				field.SetFloat(.77)
			case field.CanInt():
				field.SetInt(1)
			case field.CanUint():
				field.SetUint(3)
			case field.Kind() == reflect.Bool:
				field.SetBool(!field.Bool())
			default:
				field.SetString("something else")
			}
			crowd := append([]task.Candidate{changed}, customer(8, .5, 100), customer(9, .5, 9000))
			if got := assign(lot(.3), monday, nil, crowd...)[0]; got.Held != want {
				t.Errorf("who is held out hangs on %s", name)
			}
		}
	}
}

// By simulation: who is held out does not go with anything that can be seen, nor
// with the id, the day, the neighbour or the draw of another day.
func TestLotIsIndependent(t *testing.T) {
	const n = 20_000
	dice := rand.New(rand.NewPCG(8, 8))
	l := lot(.2)
	held := make([]float64, n)
	things := map[string][]float64{}
	put := func(name string, i int, x float64) {
		if things[name] == nil {
			things[name] = make([]float64, n)
		}
		things[name][i] = x
	}
	coin := func(u float64) float64 {
		if u < .2 {
			return 1
		}
		return 0
	}
	for i := range n {
		id := fmt.Sprintf("K-%d", i)
		held[i] = coin(l.Draw(id, monday))
		put("number", i, float64(i))
		put("odd", i, float64(i%2))
		put("length of the id", i, float64(len(id)))
		put("last digit", i, float64(i%10))
		put("the day before", i, coin(l.Draw(id, monday-1)))
		put("the episode after", i, coin(l.Draw(id, monday+90)))
		put("the neighbour", i, coin(l.Draw(fmt.Sprintf("K-%d", i+1), monday)))
		put("value", i, dice.Float64())
		put("letter in front", i, coin(l.Draw("A"+id, monday)))
	}
	for name, x := range things {
		if r := correlation(held, x); math.Abs(r) > 4/math.Sqrt(n) {
			t.Errorf("held out goes with %s: r %.4f", name, r)
		}
	}
	// Draws are even: a tenth in each tenth.
	var tenths [10]float64
	for i := range n {
		tenths[int(10*l.Draw(fmt.Sprintf("K-%d", i), monday))]++
	}
	square := 0.0
	for _, count := range tenths {
		square += (count - n/10) * (count - n/10) / (n / 10)
	}
	if square > 33.7 { // 9 degrees of freedom, one in ten thousand
		t.Errorf("tenths %v", tenths)
	}
	if l.Draw("k-7 ", monday) != l.Draw("K-7", monday) || l.Draw("K-7", monday) == l.Draw("K-7", monday+1) {
		t.Error("a spelling is a customer of its own, or a day is not")
	}
}

func correlation(x, y []float64) float64 {
	var mx, my, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		mx, my = mx+x[i]/n, my+y[i]/n
	}
	for i := range x {
		xx, yy, xy = xx+(x[i]-mx)*(x[i]-mx), yy+(y[i]-my)*(y[i]-my), xy+(x[i]-mx)*(y[i]-my)
	}
	return xy / math.Sqrt(xx*yy)
}

// Complaints, promises, a contract's notice, closed and moved, VIPs, the most
// valuable few and what sleeps begin no episode; with a share of 0 nobody does.
func TestLotNever(t *testing.T) {
	l := lot(.5)
	l.Cuts.VIP = 20_000
	for name, do := range map[string]func(c *task.Candidate){
		"urgent":        func(c *task.Candidate) { c.Urgent = true },
		"in hand":       func(c *task.Candidate) { c.InHand = true },
		"vip":           func(c *task.Candidate) { c.VIP = true },
		"dear":          func(c *task.Candidate) { c.Residual = 20_001 },
		"closed":        func(c *task.Candidate) { c.Reason = behold.ClosedDown },
		"moved":         func(c *task.Candidate) { c.Lamp = behold.LampClosed },
		"lost":          func(c *task.Candidate) { c.State = behold.Lost },
		"asleep":        func(c *task.Candidate) { c.Asleep = true },
		"like the rest": nil,
	} {
		var candidates []task.Candidate
		for i := range 50 {
			c := customer(int32(i), .5, 500)
			if do != nil {
				do(&c)
			}
			candidates = append(candidates, c)
		}
		if n := len(assign(l, monday, nil, candidates...)); do != nil && n != 0 || do == nil && n != 50 {
			t.Errorf("%s: %d episodes", name, n)
		}
	}
	if n := len(assign(lot(0), monday, nil, customer(1, .5, 500))); n != 0 {
		t.Errorf("nobody is held out, and %d episodes begin", n)
	}
	for _, kind := range []behold.LampKind{behold.LampComplaint, behold.LampPromise, behold.LampContract} {
		if !task.Urgent([]behold.LampKind{behold.LampRhythm, kind}) {
			t.Errorf("%s waits for a trial", kind)
		}
	}
	if task.Urgent([]behold.LampKind{behold.LampRhythm, behold.LampPayment}) {
		t.Error("all lamps are urgent")
	}
}

// An episode keeps its draw to its end, whatever happens; then a new one begins.
func TestLotIsStable(t *testing.T) {
	var candidates []task.Candidate
	for i := range 2000 {
		candidates = append(candidates, customer(int32(i), .5, 500))
	}
	open := assign(lot(.5), monday, nil, candidates...)
	for _, days := range []behold.Day{1, 30, 85} {
		d := desk(1e9, candidates...)
		d.Day, d.Lot, d.Open, d.Rules.Most = monday+days, lot(.5), open, 1e9
		l := task.Plan(d)
		if len(l.Fresh) != 0 {
			t.Fatalf("%d episodes begin anew after %d days", len(l.Fresh), days)
		}
		on := numbers(l)
		slices.Sort(on)
		for _, e := range open {
			if _, listed := slices.BinarySearch(on, e.Customer); listed == e.Held {
				t.Fatalf("after %d days customer %d changed arms", days, e.Customer)
			}
		}
	}
	fresh := assign(lot(.5), monday+91, open, candidates...)
	changed := 0
	for i, e := range fresh {
		if e.Held != open[i].Held {
			changed++
		}
	}
	near(t, float64(changed)/2000, .5, .05, "changed arms in the next episode")
}

func TestFindCuts(t *testing.T) {
	var values, leave []float64
	for i := range 300 {
		values, leave = append(values, float64(299-i)), append(leave, float64(i)/300)
	}
	c := task.FindCuts(values, leave, .02)
	if c.Value != [2]float64{100, 200} || c.VIP != 294 || values[0] != 299 {
		t.Errorf("%+v", c)
	}
	near(t, c.Risk[1], 2./3, .01, "risk")
	if none := task.FindCuts(nil, nil, .02); none.VIP != 0 {
		t.Errorf("%+v", none)
	}
	if task.ShareOn(monday+181, monday, .2, .1) != .2 || task.ShareOn(monday+182, monday, .2, .1) != .1 {
		t.Error("26 weeks")
	}
}

// METHODS 8.3: 1,000 episodes, a fifth held out, show an effect of ten points with
// a chance of .59; and the line that METHODS 8.3 prints: 40 episodes a month, a
// fifth held out, ten points, 24 months: about 60 %.
func TestPowerLine_Methods8_3(t *testing.T) {
	p, err := task.PowerLine(task.Trial{PerMonth: 40, Months: 25, Share: .2, Effect: .1, Level: .95, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.3f after 24 months, %.3f after 25", p.ByMonth[23], p.Shown)
	near(t, p.Shown, .59, .05, "1,000 episodes")
	near(t, p.ByMonth[23], .60, .05, "24 months")
}

// Credit as METHODS 8.6 counts it: discounts cost, complaints that came back count
// against, customers who were never at risk bring nothing.
func TestCreditRules(t *testing.T) {
	var cases []task.Assigned
	for i := range 40 {
		cases = append(cases, task.Assigned{Whose: "north", Leave: .5, Kept: i < 30, Value: 100, Complained: i < 5, Discount: 1})
		cases = append(cases, task.Assigned{Whose: "north", Leave: .01, Kept: true, Value: 1e6})
		if i < 10 {
			cases = append(cases, task.Assigned{Whose: "south", Leave: .2, Kept: true, Value: 10})
		}
	}
	list, caveats, err := task.CreditOf(cases, 1)
	if err != nil || len(list) != 2 || len(caveats) == 0 {
		t.Fatalf("%v %v %v", list, caveats, err)
	}
	north, south := list[0], list[1]
	if north.Cases != 40 || north.Kept != 25 || north.Expected != 20 || !north.Enough || south.Enough {
		t.Errorf("%+v, %+v", north, south)
	}
	near(t, north.Customers, 5, 1e-9, "customers")
	near(t, north.Money, 5*100-40, 1e-9, "money")
	near(t, south.Customers, 2, 1e-9, "south")
	if north.PerCase < 5./40 || north.PerCase > .2 || north.PerCaseIn.Low > north.PerCase {
		t.Errorf("%+v", north)
	}
	if _, _, err := task.CreditOf([]task.Assigned{{Leave: 2}}, 1); err == nil || !strings.Contains(err.Error(), "Leave") {
		t.Errorf("%v", err)
	}
}
