package lamp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/gonum/stat/distuv"

	"behold"
	"behold/stat/repurchase"
)

func dice(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2)) }

func gamma(rnd *rand.Rand, shape, rate float64) float64 {
	return distuv.Gamma{Alpha: shape, Beta: rate, Src: rnd}.Rand()
}

// regularity draws one of the engine's shapes.
func regularity(rnd *rand.Rand, m *repurchase.Mixture) float64 {
	u := rnd.Float64()
	for g, share := range m.Shares {
		if u -= share; u < 0 {
			return m.Shapes[g]
		}
	}
	return m.Shapes[len(m.Shapes)-1]
}

// Healthy customers, who never leave, see 1.5 false rhythm lamps per 100 and
// month when the dial stands at 5, whether they buy weekly or yearly (METHODS
// 3.1, which counted 1.15, 1.21 and 1.01 in a year that cut gaps off).
func TestRhythmKeepsToTheDial(t *testing.T) {
	const customers, before, year = 4000, 1000., 365.
	m, rnd := engine(), dice(31)
	var lamps, months [3]float64
	for range customers {
		k, mu := regularity(rnd, &m), gamma(rnd, m.R, m.Alpha)
		class := 0
		for _, limit := range []float64{30, 90} {
			if 1/mu > limit {
				class++
			}
		}
		b := repurchase.Buyer{Weight: 1}
		at := 0.0
		for at < before+year {
			gap := max(gamma(rnd, k, k*mu), .5)
			if at+gap > before && b.Repeats > 0 {
				f := behold.Forecast{Occasions: int32(b.Repeats) + 1, UsualGap: m.MeanGap(b), SilenceP: m.SilenceAt(b, gap)}
				a := Threshold(behold.LampRhythm, 5, gapsAMonth(&f))
				if f.SilenceP <= a {
					if on := at + m.SilenceQuantile(b, a); on > before && on <= before+year {
						lamps[class]++
					}
				}
			}
			b.Repeats, b.Last, b.LogGaps = b.Repeats+1, b.Last+gap, b.LogGaps+math.Log(gap)
			b.Age = b.Last
			at += gap
		}
		months[class] += year / daysOfMonth
	}
	for class, name := range []string{"under 30", "30 to 90", "over 90"} {
		rate := 100 * lamps[class] / months[class]
		t.Logf("mean gap %s days: %.2f false lamps per 100 and month (%g)", name, rate, lamps[class])
		if rate < .9 || rate > 1.9 {
			t.Errorf("mean gap %s days: %.2f false lamps per 100 and month, want about 1.5", name, rate)
		}
	}
}

// At x = 11 gaps in 341 days with k = 4.5, METHODS L01 gives S = .0168.
func TestRhythmReference(t *testing.T) {
	m := repurchase.Mixture{R: 2, Alpha: 60, A: .7, B: 2.5, Shapes: []float64{4.5}, Shares: []float64{1}}
	b := repurchase.Buyer{Repeats: 11, Last: 341, Age: 341 + 74, LogGaps: 11 * math.Log(31)}
	low, high := m.SilenceQuantile(b, .9), m.SilenceQuantile(b, .1)
	if s := m.Silence(b); math.Abs(s-.0168) > 5e-5 || math.Abs(low-14.1) > .05 || math.Abs(high-52.4) > .05 {
		t.Errorf("S = %.5f, 80 %% of the gaps within %.1f to %.1f", s, low, high)
	}
	for p, want := range map[float64]float64{.0168: 60, .015: 67, .0034: 290, .2: 5, 1e-9: 1000, 0: 1000} {
		if n := oneIn(p); n != want {
			t.Errorf("%g: one in %g, want %g", p, n, want)
		}
	}
}

// A habit may change: how many times longer the gaps are on a day, and how much
// larger the amounts.
type habit func(day behold.Day) (gaps, amounts float64)

// steady is a shop whose customers buy at random, at most once a day, with one
// rate (days between purchases) and gamma amounts, but for their change of habit.
func steady(customers int, gap float64, rnd *rand.Rand, until behold.Day, change habit) *shop {
	s := newShop()
	s.in.Huge = 0
	for k := range customers {
		at := float64(until) - 600
		for {
			gaps, _ := change(behold.Day(at))
			at += 1 + rnd.ExpFloat64()*(gap-1)*gaps
			if behold.Day(at) > until {
				break
			}
			_, amounts := change(behold.Day(at))
			s.add(fmt.Sprint(k), visit{day: behold.Day(at), orders: 1, bought: int64(amounts * gamma(rnd, 6.25, 6.25/50000)), goods: 1})
		}
	}
	s.in.Settings.MergeDays = 0
	return s
}

func always(behold.Day) (gaps, amounts float64) { return 1, 1 }

// Under chance the mid-p of the count is a little careful (METHODS L09: .033 at
// .05), the F test exact (.0096/.0498/.0996), and what is lit stays within the
// lamp's share of the dial: 0.4 per 100 and month.
func TestShrinkingUnderChance(t *testing.T) {
	const customers = 6000
	day := behold.Date(2025, 1, 10)
	s := steady(customers, 15, dice(32), day, always)
	h := s.histories(day)
	f := s.forecasts(h)
	desk := newDesk(&s.in, h, nil)
	var judged, few float64
	small := map[float64]float64{.01: 0, .05: 0, .10: 0}
	for k := range h.Customer {
		desk.sit(k, &f[k])
		x, enough := desk.shrunk(day, false)
		if !enough || x.now == 0 {
			continue
		}
		judged++
		if x.frequency <= .05 {
			few++
		}
		for level := range small {
			if x.size <= level {
				small[level]++
			}
		}
	}
	t.Logf("of %g: frequency p ≤ .05 %.4f; size p ≤ .01 %.4f, .05 %.4f, .10 %.4f", judged, few/judged, small[.01]/judged, small[.05]/judged, small[.10]/judged)
	if share := few / judged; share < .02 || share > .055 {
		t.Errorf("mid-p of the count at .05: %.4f", share)
	}
	for level, n := range small {
		if got, error := n/judged, math.Sqrt(level*(1-level)/judged); math.Abs(got-level) > 4*error {
			t.Errorf("F at %.2f: %.4f, s.e. %.4f", level, got, error)
		}
	}
	lit := 0
	for _, l := range Judge(s.in, h, nil, f) {
		if l.Kind == behold.LampShrinking {
			lit++
		}
	}
	if rate := 100 * float64(lit) / customers; rate > .55 {
		t.Errorf("%.2f false shrinking lamps per 100 and month, want at most 0.4", rate)
	}
}

// A fall of 40 % for four months. Of weekly buyers who spend that much less at a
// time, three in four are found; when they come that much less often, counts of
// a dozen tell little, and the lamp finds some eight times as many as among the
// healthy. Both kinds of fall at once, or a deeper one, are seen at once.
func TestShrinkingSeesAFall(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	for _, c := range []struct {
		name          string
		gaps, amounts float64
		least         [2]int // of 1000, with the dial at 5 and at 20
	}{
		{"less often", 1 / .6, 1, [2]int{20, 70}},
		{"less often and less at a time", 1 / .6, .6, [2]int{700, 850}},
		{"less at a time", 1, .6, [2]int{650, 800}},
	} {
		change := func(d behold.Day) (gaps, amounts float64) {
			if d > day-120 {
				return c.gaps, c.amounts
			}
			return 1, 1
		}
		s := steady(1000, 7, dice(33), day, change)
		h := s.histories(day)
		f := s.forecasts(h)
		var seen [2]int
		for i, phi := range []float64{5, 20} {
			s.in.Settings.FalseLamps = phi
			for _, l := range Judge(s.in, h, nil, f) {
				if l.Kind == behold.LampShrinking {
					seen[i]++
				}
			}
		}
		t.Logf("40 %% %s: %d of 1000 with the dial at 5, %d at 20", c.name, seen[0], seen[1])
		if seen[0] < c.least[0] || seen[1] < c.least[1] {
			t.Errorf("40 %% %s: %d of 1000 with the dial at 5, %d at 20; want %v", c.name, seen[0], seen[1], c.least)
		}
	}
}

// METHODS L11: prior (.8, 39.2), 3 of 60 before, 4 of 10 now gives .00099.
func TestReturnsReference(t *testing.T) {
	if p := betaBinomialUpper(4, 10, .8+3, 39.2+57); math.Abs(p-.00099) > 5e-6 {
		t.Errorf("p = %.6f", p)
	}
	whole := 0.0
	for x := range 11 {
		whole += betaBinomialSum(x, x, 10, 3.8, 96.2)
	}
	if math.Abs(whole-1) > 1e-12 || betaBinomialUpper(0, 10, 1, 1) != 1 || betaBinomialUpper(8, 10, 1, 1) != betaBinomialSum(8, 10, 10, 1, 1) {
		t.Errorf("chances sum to %.15f", whole)
	}
}

// Prepare finds the habits that customers were drawn with.
func TestPrepare(t *testing.T) {
	rnd := dice(34)
	day := behold.Date(2025, 1, 10)
	s := steady(800, 20, rnd, day, always)
	for k, visits := range s.visits {
		share := distuv.Beta{Alpha: 1, Beta: 30, Src: rnd}.Rand()
		var back []visit // n of five lines, the day after
		for i := range visits {
			n := int32((distuv.Binomial{N: 5, P: share, Src: rnd}).Rand())
			visits[i].goods, visits[i].category = 5, "ink"
			if n > 0 {
				back = append(back, visit{day: visits[i].day + 1, returns: n, credited: -100})
			}
		}
		s.visits[k] = append(visits, back...)
	}
	s.categories = []string{"ink", "tape"}
	s.add("one", visit{day: day, bought: 1, goods: 1, category: "tape"})
	in := Prepare(s.histories(day), nil, nil, Company{Settings: s.in.Settings})
	t.Logf("shape %.2f, huge %.2f, returns Beta(%.2f, %.1f)", in.OrderShape, in.Huge, in.ReturnA, in.ReturnB)
	if math.Abs(in.OrderShape-6.25) > .5 || in.Huge < 2 || in.Huge > 2.6 {
		t.Errorf("shape %.2f, huge %.2f", in.OrderShape, in.Huge)
	}
	if mean := in.ReturnA / (in.ReturnA + in.ReturnB); math.Abs(in.ReturnA-1) > .2 || math.Abs(mean-1./31) > .005 {
		t.Errorf("returns Beta(%.2f, %.1f)", in.ReturnA, in.ReturnB)
	}
	if len(in.Common) != 2 || !in.Common[0] || in.Common[1] {
		t.Errorf("common categories: %v", in.Common)
	}
	if nobody := Prepare(newShop().histories(day), nil, nil, Company{Spread: 4}); nobody.OrderShape != 4 || nobody.ReturnA != 0 {
		t.Errorf("from nobody it learned %+v", nobody)
	}
}

// mixed is a shop of customers with three categories each, drawn with the
// engine's own rhythm, who all stay.
func mixed(customers int, rnd *rand.Rand, until behold.Day) *shop {
	s := newShop()
	m := engine()
	for k := range customers {
		for c := range 3 {
			shape, mu := regularity(rnd, &m), gamma(rnd, m.R, m.Alpha)
			for at := float64(until) - 1500 + 100*rnd.Float64(); behold.Day(at) <= until; at += max(1, gamma(rnd, shape, shape*mu)) {
				s.add(fmt.Sprint(k), visit{day: behold.Day(at), orders: 1, bought: 5000, goods: 1, category: fmt.Sprint("kind", c)})
			}
		}
	}
	return s
}

// Customers who keep buying all their categories see at most 0.4 false lamps
// of category_lost per 100 and month.
func TestCategoryUnderChance(t *testing.T) {
	const customers, days = 500, 360
	end := behold.Date(2025, 1, 10)
	s := mixed(customers, dice(35), end)
	seen := map[string]bool{}
	for day := end - days; day <= end; day += 15 {
		h := s.histories(day)
		for _, l := range Judge(s.in, h, nil, s.forecasts(h)) {
			if l.Kind == behold.LampCategory && l.Since > end-days {
				seen[fmt.Sprint(l.Customer, l.Evidence.Facts[0])] = true
			}
		}
	}
	rate := 100 * float64(len(seen)) / customers / (days / daysOfMonth)
	t.Logf("%.2f false lamps per 100 and month (%d)", rate, len(seen))
	if rate < .02 || rate > .45 {
		t.Errorf("%.2f false lamps per 100 and month, want at most 0.4", rate)
	}
}

// The same facts give the same lamps on one core and on many, and every lamp
// carries its reason, its evidence and a threshold that it is below.
func TestJudgeIsTheSameOnAnyCores(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	s := mixed(9000, dice(36), day-90)
	h := s.histories(day)
	f := s.forecasts(h)
	many := Judge(s.in, h, nil, f)
	before := runtime.GOMAXPROCS(1)
	one := Judge(s.in, h, nil, f)
	runtime.GOMAXPROCS(before)
	if diff := cmp.Diff(one, many); diff != "" || len(one) == 0 {
		t.Errorf("%d lamps on one core, %d on many", len(one), len(many))
	}
	for _, l := range one {
		if l.P > l.Threshold || l.Reason == "" || len(l.Evidence.Facts) == 0 || len(l.Evidence.Rows) == 0 || l.Since > day || l.Out.Known() {
			t.Fatalf("a lamp without what a lamp needs: %+v", l)
		}
	}
}

// A million customers with twenty purchases in two categories each. Forecasts
// are given, as in a round; a twentieth of the customers is silent.
func BenchmarkJudgeMillion(b *testing.B) {
	const customers, visits = 1_000_000, 20
	day := behold.Date(2025, 1, 10)
	rnd := dice(37)
	h := &behold.Histories{AsOf: day, Currency: "DKK", Start: []int{0}, Kinds: behold.Kinds{First: []int{0}, Start: []int{0}}}
	f := make([]behold.Forecast, customers)
	for k := range customers {
		gap := behold.Day(10 + rnd.IntN(40))
		late := behold.Day(rnd.IntN(int(gap)))
		h.Customer = append(h.Customer, int32(k))
		for i := range visits {
			h.Day = append(h.Day, day-late-gap*behold.Day(visits-1-i)+behold.Day(rnd.IntN(3)))
			h.Orders, h.Goods, h.Returns = append(h.Orders, 1), append(h.Goods, 5), append(h.Returns, int32(rnd.IntN(50)/49))
			h.Bought, h.Credited = append(h.Bought, int64(30_000+rnd.IntN(40_000))), append(h.Credited, 0)
		}
		h.Start = append(h.Start, len(h.Day))
		for c := range 2 {
			for i := c; i < visits; i += 2 {
				h.Kinds.Day = append(h.Kinds.Day, h.Day[k*visits+i])
				h.Kinds.Bought = append(h.Kinds.Bought, 10_000)
			}
			h.Kinds.Category = append(h.Kinds.Category, int32(c))
			h.Kinds.Start = append(h.Kinds.Start, len(h.Kinds.Day))
		}
		h.Kinds.First = append(h.Kinds.First, len(h.Kinds.Category))
		f[k] = behold.Forecast{Customer: int32(k), State: behold.Active, Orders: visits, Occasions: visits, First: h.Day[k*visits],
			Last: h.Day[len(h.Day)-1], UsualGap: float64(gap), SilenceP: rnd.Float64(), ChanceActive: .9, LampOn: behold.NoDay}
	}
	s := newShop()
	s.in.Common = []bool{true, true}
	for b.Loop() {
		b.ReportMetric(float64(len(Judge(s.in, h, nil, f))), "lamps")
	}
}
