package economy

import (
	"math"
	"strings"
	"testing"

	"behold"
)

func threeYears() made {
	return made{from: behold.Date(2022, 1, 1), until: behold.Date(2025, 6, 30), leave: 0.05, arrive: 1.5, seed: 7}
}

func judged(t *testing.T, m made) (*Reckoning, truth) {
	t.Helper()
	tally, real := m.tally()
	s := behold.DefaultSettings()
	return tally.Judge(&Told{Settings: s, Rule: behold.LostRule{Calibrated: true}}), real
}

// A month's losses, once they are known, are those that really happened.
func TestLossFollowsTruth(t *testing.T) {
	r, real := judged(t, threeYears())
	lost, left := 0.0, 0.0
	for _, m := range r.Loss.Months[6:36] {
		lost, left = lost+float64(m.Lost), left+real.left[monthOf(m.Month)]
		if math.Abs(float64(m.Lost)-real.left[monthOf(m.Month)]) > 1 {
			t.Errorf("%v: %d lost, in truth %v", m.Month, m.Lost, real.left[monthOf(m.Month)])
		}
	}
	if lost == 0 || math.Abs(lost/left-1) > 0.05 {
		t.Errorf("%v lost, in truth %v: more than 5 %% apart", lost, left)
	}
	if r.Loss.Reliable < 2 || r.Loss.Reliable > 4 {
		t.Errorf("nine in ten are said to be known after %d months; a silence of 90 days is called a loss", r.Loss.Reliable)
	}
	// What is not known yet is made up for by chances.
	now, then := 0.0, 0.0
	for _, m := range r.Loss.Months[len(r.Loss.Months)-4 : len(r.Loss.Months)-1] {
		now, then = now+m.Nowcast, then+real.left[monthOf(m.Month)]
	}
	if math.Abs(now/then-1) > 0.15 {
		t.Errorf("the nowcast of the last three months is %.1f, in truth %.0f", now, then)
	}
}

// Where nothing changes, months lie within the limits and nothing is signalled.
func TestLossIsNormal(t *testing.T) {
	outside, months := 0, 0
	for seed := range uint64(4) {
		m := threeYears()
		m.seed = seed + 20
		r, _ := judged(t, m)
		if r.Loss.Baseline == nil || r.Loss.Likely {
			t.Fatal("no baseline after three years")
		}
		for _, month := range r.Loss.Months {
			if month.Expected == nil || month.Complete < complete {
				continue
			}
			months++
			if month.Lost < *month.Low || month.Lost > *month.High {
				outside++
			}
		}
		if y := r.Loss.Year; y == nil || y.Expected == nil || math.Abs(float64(y.Lost) / *y.Expected - 1) > 0.25 {
			t.Errorf("the year's sum is %+v", y)
		}
	}
	if share := float64(outside) / float64(months); share > 0.09 {
		t.Errorf("%d of %d months (%.0f %%) lie outside limits of 95 %%", outside, months, 100*share)
	}
}

// A rise to twice the losses is signalled, and soon.
func TestRiseIsFound(t *testing.T) {
	m := threeYears()
	m.risen, m.rise = behold.Date(2024, 10, 1), 2
	r, _ := judged(t, m)
	found := -1
	for i, month := range r.Loss.Months {
		if month.Signal == Worse && month.Month >= m.risen {
			found = i
			break
		}
	}
	if found < 0 {
		t.Fatal("nothing is signalled")
	}
	if late := int(monthOf(r.Loss.Months[found].Month) - monthOf(m.risen)); late > 4 {
		t.Errorf("a doubling is signalled %d months late", late)
	}
	if r.Loss.Year.Signal != Worse {
		t.Errorf("the year is called %q", r.Loss.Year.Signal)
	}
}

// The curve of staying is that of a chance that does not change: about one in twelve
// and a half leaves after a purchase, twelve times a year.
func TestStayingFollowsTruth(t *testing.T) {
	r, _ := judged(t, threeYears())
	s := &r.Staying
	want := math.Pow(0.95, 365.0/madeGap)
	if s.OneYear.Value == nil || math.Abs(*s.OneYear.Value-want) > 0.04 {
		t.Errorf("after a year %v are here, in truth %.3f", show(s.OneYear), want)
	}
	half := math.Log(0.5) / math.Log(0.95) * madeGap / 365
	if s.HalfLife.Value == nil || s.HalfLife.Projected || math.Abs(*s.HalfLife.Value-half) > 0.12 {
		t.Errorf("half are gone after %v, in truth %.2f years", show(s.HalfLife), half)
	}
	if s.FiveYears.Value == nil || !s.FiveYears.Projected {
		t.Errorf("five years are %+v; only three and a half were seen", s.FiveYears)
	}
	if s.Model == nil || s.Model.Missed > 0.05 {
		t.Errorf("the curve beyond is %+v", s.Model)
	}
	for _, split := range s.Tests {
		if split.By == "segment" && split.PHolm < 0.01 {
			t.Errorf("segments that are alike differ: %+v", split)
		}
	}
}

func show(e Estimate) any {
	if e.Value == nil {
		return "nobody knows"
	}
	return *e.Value
}

// What was there, and came, less what went, is what is there.
func TestFunnelBalances(t *testing.T) {
	r, _ := judged(t, threeYears())
	f := r.Funnel
	if f == nil {
		t.Fatal("no funnel")
	}
	if got := f.Start + f.Came + f.Returned - f.Lost - f.Probably; math.Abs(got-f.End) > 1e-6 {
		t.Errorf("%.1f + %.1f + %.1f − %.1f − %.1f is %.2f, not %.2f", f.Start, f.Came, f.Returned, f.Lost, f.Probably, got, f.End)
	}
	if rate := 0.05 * 365 / madeGap; math.Abs(f.Rate-rate) > 0.1 {
		t.Errorf("%.2f are lost of a customer and year, in truth about %.2f", f.Rate, rate)
	}
	if f.StandStill <= 0 || f.Steady == nil || *f.SteadyLow >= *f.Steady {
		t.Errorf("standing still takes %v, steady %v", f.StandStill, f.Steady)
	}
}

// Half the rate of leaving doubles the stock in the end, and brings what the
// customers kept bring.
func TestCloseTheBottom(t *testing.T) {
	f := Funnel{Came: 100, End: 500, Rate: 0.2, RateLow: 0.18, RateHigh: 0.22, Each: 1000, Years: 5, Discount: 0, HourCost: 500, Warned: 250}
	c := f.Close(0.5)
	if math.Abs(c.SteadyMore-500) > 1e-9 || math.Abs(c.Kept-50) > 1e-9 || math.Abs(c.Points-0.2) > 1e-9 {
		t.Errorf("closing half gives %+v", c)
	}
	// From a steady 500: N(t) = 1000 − 500 e^(−0.1 t); more customer-years in five years are ∫ 500 (1 − e^(−0.1 t)).
	want := 500 * (5 - (1-math.Exp(-0.5))/0.1) * 1000
	if math.Abs(c.Money.Value/want-1) > 1e-3 || math.Abs(c.Hours.Value-want/500) > want/500*1e-3 {
		t.Errorf("more money is %.0f, want %.0f", c.Money.Value, want)
	}
	if c.More.Low >= c.More.High || math.Abs(c.More.Value-500*(1-math.Exp(-0.5))) > 1e-6 {
		t.Errorf("more customers are %+v", c.More)
	}
	if none := f.Close(0); none.Money.Value != 0 || none.Kept != 0 {
		t.Errorf("closing nothing brings %+v", none)
	}
}

func TestConcede(t *testing.T) {
	c := Concede(1000, 4000, 0.4, 0.05) // costs 200 of 1000: 0.6·200/800
	if !c.Can || math.Abs(c.Needed-0.15) > 1e-12 || c.Costs != 200 {
		t.Errorf("a twentieth off is %+v", c)
	}
	if c := Concede(1000, 4000, 0.02, 0.05); c.Can {
		t.Errorf("it pays with a customer who hardly leaves: %+v", c)
	}
	if c := Concede(1000, 4000, 0.9, 0.3); c.Can || !math.IsInf(c.Needed, 1) {
		t.Errorf("giving more than they bring is %+v", c)
	}
}

func TestEffort(t *testing.T) {
	tally, _ := threeYears().tally()
	s := behold.DefaultSettings()
	w := tally.worth(&s)
	b := Books{HourCost: 400, HourWorth: 2000, New: Side{Given: true, Money: 90_000, Hours: 100}, Kept: Side{Given: true, Money: 10_000, Hours: 200}}
	e := tally.effort(&b, &w, float64(w.Holders), 1)
	if e.CAC == nil || e.Won == 0 || math.Abs(*e.CAC*float64(e.Won)-130_000) > 1e-6 {
		t.Fatalf("%d won at %v", e.Won, e.CAC)
	}
	if e.PerKept != nil || e.Move != 0 {
		t.Errorf("without a proof a kept customer costs %v, and %v hours are to be moved", e.PerKept, e.Move)
	}
	spent := 90_000.0
	b.Effect = &Proof{Treated: 300, Kept: 0.1, Low: 0.05, High: 0.15, Spent: &spent}
	b.HourWorth = 1e7
	if e = tally.effort(&b, &w, float64(w.Holders), 1); e.PerKept == nil || math.Abs(*e.PerKept-3000) > 1e-6 || e.Move <= 0 {
		t.Errorf("with a proof a kept customer costs %v, want 90,000/(300·0.1); %v hours are to be moved", e.PerKept, e.Move)
	}
	if math.Abs(*e.KeptLow-2000) > 1e-6 || math.Abs(*e.KeptHigh-6000) > 1e-6 {
		t.Errorf("its range is %v to %v", *e.KeptLow, *e.KeptHigh)
	}
	for why, p := range map[string]Proof{
		"may keep nobody": {Treated: 300, Kept: 0.1, Low: -0.02, High: 0.15, Spent: &spent},
		"no hour's price": {Treated: 300, Kept: 0.1, Low: 0.05, High: 0.15},
	} {
		b.Effect = &p
		if e = tally.effort(&b, &w, float64(w.Holders), 1); e.PerKept != nil || e.Shown == nil {
			t.Errorf("%s: a kept customer costs %v", why, *e.PerKept)
		}
	}
	// Where both sides are alike, or too little is known, nothing is suggested.
	b.Effect, b.HourWorth = &Proof{Treated: 300, Kept: 0.1, Low: 0.01, High: 0.19, Spent: &spent}, 0.7*float64(e.Won)/b.New.Hours*e.Brings
	if e = tally.effort(&b, &w, float64(w.Holders), 1); e.Move != 0 || e.Sure == nil || *e.Sure > 0.8 || *e.Sure < 0.2 {
		t.Errorf("both sides are alike, and %v hours are to be moved (%v)", e.Move, *e.Sure)
	}
	if e = tally.effort(&Books{}, &w, 0, 1); e.CAC != nil || e.Ratio != nil || e.KeepHour != nil {
		t.Errorf("of nothing comes %+v", e)
	}
}

// The sum of what customers are worth is the sum of the parts it is made of.
func TestWorthAddsUp(t *testing.T) {
	tally, _ := threeYears().tally()
	s := behold.DefaultSettings()
	s.Referrals = 0.5
	w := tally.worth(&s)
	n := 0
	for _, c := range w.ByNth {
		n += c.Customers
	}
	if n != w.Holders || w.One.Mean != 1000 || w.One.Usual != 1000 || w.Base <= 0 || w.Base > 1000*float64(n) {
		t.Errorf("%d of %d customers, %+v, base %v", n, w.Holders, w.One, w.Base)
	}
	if d := w.Deciles; len(d) != 10 || math.Abs(d[9]-1) > 1e-9 || d[0] < 0.1 {
		t.Errorf("tenths hold %v", d)
	}
	if years := (1 - math.Exp(-5*math.Log(1.1))) / math.Log(1.1); w.Referral == nil || math.Abs(*w.Referral-0.5*years*w.Newcomer.Mean) > 1e-6 {
		t.Errorf("referrals are worth %v", w.Referral)
	}
}

// Too little is said to be too little, and nothing breaks.
func TestLittleIsKnown(t *testing.T) {
	day := behold.Date(2025, 3, 3)
	for name, tally := range map[string]*Tally{
		"nobody":  NewTally(day, day, Names{}),
		"one day": NewTally(day, day-40, Names{}),
	} {
		if name == "one day" {
			tally.Add(&Course{Start: day - 40, AgeKnown: true, Active: 0.5, Turns: []behold.Turn{{Nth: 1, On: day - 40, Due: day - 10, Next: behold.NoDay, Gap: 30}}})
		}
		r := tally.Judge(&Told{Settings: behold.DefaultSettings()})
		if r.Loss.Baseline != nil || r.Loss.Year != nil || r.Funnel != nil || r.Staying.HalfLife.Value != nil {
			t.Errorf("%s: too much is known: %+v", name, r.Loss)
		}
		for _, m := range r.Loss.Months {
			if m.Expected != nil || m.Signal != Unknown && m.Signal != Open {
				t.Errorf("%s: %v is judged: %+v", name, m.Month, m)
			}
		}
	}
}

// Figures are told in files as they are.
func TestFigures(t *testing.T) {
	r, _ := judged(t, threeYears())
	var names []string
	for _, f := range r.Figures() {
		names = append(names, f.Part+"/"+f.What)
	}
	all := strings.Join(names, " ")
	for _, want := range []string{"worth/base", "worth/one_lost", "effort/cost_per_new", "now/customers", "class/"} {
		if !strings.Contains(all, want) {
			t.Errorf("no %s among %s", want, all)
		}
	}
}
