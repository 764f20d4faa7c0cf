package lamp

import (
	"math"
	"slices"
	"testing"

	"behold"
	"behold/stat/repurchase"
)

// stubborn are customers who never leave and whose gaps are drawn from no law
// that the engine knows: mostly regular, now and then three times as long.
func stubborn(customers int, seed uint64, from, until behold.Day) *shop {
	s, rnd := newShop(), dice(seed)
	for i := range customers {
		usual := math.Exp(math.Log(20) + 0.6*rnd.NormFloat64())
		at := float64(from) + usual*rnd.Float64()
		for at <= float64(until) {
			s.add(string(rune('A'+i%26))+string(rune('0'+i/26%10))+string(rune('a'+i/260)), visit{day: behold.Day(at), orders: 1, bought: 50_000, goods: 4})
			gap := usual * math.Exp(0.25*rnd.NormFloat64())
			if rnd.Float64() < .06 {
				gap *= 3
			}
			at += max(1, gap)
		}
	}
	s.in.Rhythm = s.engine
	s.in.Horizon = 180
	return s
}

// The dial is met by customers whose rhythm is not the model's, once the replay
// has seen them; p alone misses it. METHODS 3.2.
func TestReplayMeetsTheDial(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	s := stubborn(1500, 41, day-1100, day+365)
	now := s.histories(day)
	f := s.forecasts(now)
	in := Prepare(now, nil, f, s.in)
	in.Stays = false // these are asked for all the same
	var pasts kept
	for j := range 8 {
		at := day - behold.Day(s.in.Horizon+30*j)
		then := now.Until(at)
		past := Past{H: then, F: s.forecasts(then), Stayed: make([]bool, then.Len())}
		for k := range past.Stayed {
			past.Stayed[k] = true
		}
		pasts = append(pasts, past)
	}
	plain := in
	in.Calibration = Replay(in, &Past{H: now, F: f}, pasts)
	later := s.histories(day + 365)
	got, raw := falseRhythm(&in, later, day), falseRhythm(&plain, later, day)
	r := in.Calibration.replayed(behold.LampRhythm)
	t.Logf("false rhythm lamps per 100 and month: %.2f with the replay, which counted on %.2f; %.2f without; scale %.2f", got, r.Daily, raw, in.Calibration.Scale)
	if math.Abs(got-r.Daily) > .25*r.Daily {
		t.Errorf("%.2f false lamps where the replay counted on %.2f", got, r.Daily)
	}
	all := 0.0
	for _, l := range in.Calibration.Lamps {
		if !math.IsNaN(l.False) {
			all += l.False
		}
	}
	if math.Abs(all-in.Settings.FalseLamps) > .25*in.Settings.FalseLamps {
		t.Errorf("all lamps together count on %.2f, the dial says %g", all, in.Settings.FalseLamps)
	}
}

// kept are months that all lie in memory.
type kept []Past

func (k kept) Months() int         { return len(k) }
func (k kept) Past(month int) Past { return k[month] }

func (k kept) Some(month int, chosen []int) Past {
	some := Past{H: k[month].H.Pick(chosen)}
	if k[month].Deals != nil {
		some.Deals = k[month].Deals.Pick(chosen)
	}
	return some
}

// What is counted without judging everybody again is what judging everybody
// again counts, whether the lamps are scaled up or down.
func TestLookBackMissesNobody(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	h, deals, f := everything(2500, dice(71), day)
	for i := range h.Day {
		h.Day[i] = day - 400
	}
	for _, dial := range []float64{1, 20} {
		in := Company{Settings: behold.DefaultSettings(), Has: deals.Has, Horizon: 90}
		in.Settings.FalseLamps = dial
		in = Prepare(h, deals, f, in)
		in.Stays = false
		var pasts kept
		rnd := dice(72)
		for j := range 3 {
			at := day - behold.Day(90+30*j)
			past := Past{H: h.Until(at), Deals: deals.Until(at), F: slices.Clone(f), Stayed: make([]bool, h.Len())}
			for k := range f {
				past.F[k].SilenceP, past.F[k].UsualGap, past.F[k].Occasions = rnd.Float64(), 5+60*rnd.Float64(), 9
				past.F[k].First, past.F[k].Last = min(f[k].First, at-400), at-20
				past.Stayed[k] = rnd.Float64() < .8
			}
			pasts = append(pasts, past)
		}
		in.Calibration = Replay(in, &Past{H: h, Deals: deals, F: f}, pasts)
		o := lookout{by: map[behold.LampKind]*burning{}, now: map[seat]bool{}}
		for _, past := range slices.Backward(pasts) {
			o.before, o.now = o.now, map[seat]bool{}
			for _, l := range Judge(in, past.H, past.Deals, past.F) {
				k, _ := slices.BinarySearch(h.Customer, l.Customer)
				o.note(seat{k, l.Kind}, anew(&l, past.H.AsOf), l.Threshold > 0, past.Stayed[k])
			}
		}
		want := o.by
		lit := 0
		for _, r := range in.Calibration.Lamps {
			w := want[r.Kind]
			if w == nil {
				w = &burning{}
			}
			if r.Lit != w.lit || r.Left != w.left || r.Usual != (float64(w.healthy)+1)/(in.Calibration.Months+50) {
				t.Errorf("dial %g: %s lit %d, left %d, usual %g; judged again %+v", dial, r.Kind, r.Lit, r.Left, r.Usual, *w)
			}
			lit += w.lit
			delete(want, r.Kind)
		}
		t.Logf("dial %g: scale %.2f, %d kinds, %d lit", dial, in.Calibration.Scale, len(in.Calibration.Lamps), lit)
		if len(want) > 0 || lit < 50 {
			t.Errorf("dial %g: %d lit, of kinds that were not replayed: %v", dial, lit, want)
		}
	}
}

// falseRhythm counts the gaps that light the lamp in the year after day, per 100
// customers and month.
func falseRhythm(in *Company, h *behold.Histories, day behold.Day) float64 {
	lit, months := 0.0, 0.0
	for k := range h.Customer {
		eachGap(in, h, k, func(b repurchase.Buyer, begin, end behold.Day) {
			if begin < day || b.Repeats < 1 {
				return
			}
			usual := in.Rhythm.MeanGap(b)
			if in.Rhythm.Silence(b) <= in.RhythmAt(usual, b.Last) {
				lit++
			}
			months += float64(end-begin) / daysOfMonth
		})
	}
	return 100 * lit / months
}

// p* never falls as p rises, says p where there are too few cases, and Critical
// is where it crosses.
func TestStarAndCritical(t *testing.T) {
	var r Replayed
	r.Kind, r.Cases, r.Count = behold.LampRhythm, make([][]Case, classes), make([]int, classes)
	for i := range 1000 {
		if p := float64(i+1) / 1000; p <= keepBelow {
			r.Cases[everybody] = append(r.Cases[everybody], Case{P: p * p, Often: 1})
		}
	}
	r.Count[everybody] = 1000
	c := Calibration{Lamps: []Replayed{r}}
	before := 0.0
	for i := range 400 {
		p := math.Pow(float64(i)/399, 3)
		star := c.Star(behold.LampRhythm, 0, p)
		if star < before || star <= 0 || star > 1 {
			t.Fatalf("p %g has p* %g after %g", p, star, before)
		}
		before = star
	}
	for _, a := range []float64{.0005, .001, .002, .01, .05, .1} {
		critical := c.Critical(behold.LampRhythm, 0, a)
		if at := c.Star(behold.LampRhythm, 0, critical); critical > 0 && at > a {
			t.Errorf("critical p %g of %g has p* %g", critical, a, at)
		}
		if above := c.Star(behold.LampRhythm, 0, math.Nextafter(critical, 1)); above <= a {
			t.Errorf("p just above the critical %g of %g still has p* %g", critical, a, above)
		}
	}
	if p := c.Star(behold.LampReturns, 0, .3); p != .3 {
		t.Errorf("a lamp that was not replayed turns .3 into %g", p)
	}
}

// Where nobody ever leaves, the unusual lights nothing.
func TestNobodyLeavesNothingLights(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	s := stubborn(400, 42, day-1100, day)
	h := s.histories(day)
	f := s.forecasts(h)
	for i := range f {
		f[i].ChanceActive = .999
	}
	in := Prepare(h, nil, f, s.in)
	if lamps := Judge(in, h, nil, f); len(lamps) > 0 {
		t.Errorf("%d lamps are lit where nobody leaves, the first %+v", len(lamps), lamps[0])
	}
}
