package survey

import (
	"math"
	"math/rand/v2"
	"testing"

	"behold"
)

// wholesaler invents customers who answer once and then buy with a weekly hazard
// that is times as high after "very satisfied" as after "satisfied".
func wholesaler(n int, hazard, times float64, seed uint64) *Hearing {
	d := rand.New(rand.NewPCG(seed, 11))
	h := &Hearing{}
	for k := range n {
		value, chance := 4.0, hazard
		if d.Float64() < 0.4 {
			value, chance = 5, 1-math.Pow(1-hazard, times)
		}
		p := Person{Customer: int32(k), First: first - 300, Last: first - 5, State: behold.Lost, Loyalty: 50, Bought: []behold.Day{first - 300, first - 100, first - 5}}
		at := first + behold.Day(d.IntN(60))
		p.Answers = []behold.Answer{{At: at, Item: Satisfaction, Value: value, Scale: 5}}
		for week := range year {
			if d.Float64() < chance {
				p.Bought = append(p.Bought, at+behold.Day(7*week+1+d.IntN(6)))
				p.State = behold.Active
				break
			}
		}
		h.Meet(p)
	}
	return h
}

// METHODS 6.6: a known ratio of 3 is found, the range holds it about as often as
// it says, and the ratio of loss rates is that of the invented hazards.
func TestRepurchaseFindsThree(t *testing.T) {
	const runs, hazard, times = 24, 0.01, 3
	held, heldLoss := 0, 0
	truth := math.Pow(1-hazard, times*year) / math.Pow(1-hazard, year)
	for run := range runs {
		r, err := Tell(wholesaler(1000, hazard, times, 100_003+7919*uint64(run)), Options{Day: first + 700, Deep: true})
		if err != nil {
			t.Fatal(err)
		}
		a := r.Repurchase
		if a.Hazard == nil {
			t.Fatalf("levels %+v are too early", a.Levels)
		}
		held += count(a.Hazard.Low <= times && times <= a.Hazard.High)
		heldLoss += count(a.LossRates.Low <= truth && truth <= a.LossRates.High)
		if run == 0 {
			if math.Abs(a.Hazard.Value-times) > 1 || a.Verdict == TooEarly || *a.First <= *a.Second || a.Chances.Value > *a.Ceiling {
				t.Errorf("%+v", a)
			}
		}
	}
	if held < runs*85/100 || heldLoss < runs*85/100 {
		t.Errorf("of %d ranges %d hold the ratio of 3 and %d that of losses (%.3f)", runs, held, heldLoss, truth)
	}
}

// Where very satisfied customers are lost seven times less often the rule of thumb
// is inside or possible; where they are lost as often, it is outside.
func TestRepurchaseVerdicts(t *testing.T) {
	for _, c := range []struct {
		hazard, times float64
		want          []string
	}{{0.02, 2.9, []string{Inside, Possible}}, {0.02, 1, []string{Outside}}, {0.3, 1, []string{TooEarly}}} {
		r, err := Tell(wholesaler(2500, c.hazard, c.times, 3), Options{Day: first + 700, Deep: true})
		if err != nil {
			t.Fatal(err)
		}
		ok := false
		for _, w := range c.want {
			ok = ok || r.Repurchase.Verdict == w
		}
		if !ok {
			t.Errorf("hazard %v times %v: %s, loss rates %+v, levels %+v; want %v", c.hazard, c.times, r.Repurchase.Verdict, r.Repurchase.LossRates, r.Repurchase.Levels, c.want)
		}
	}
}

// Two strata, one very satisfied and asked rarely, one not and asked often: the
// plain share is far off, the weighted one and its range are not, at any look.
func TestWeighted(t *testing.T) {
	const runs = 30
	missed, plain := 0, 0
	for run := range runs {
		lost := false
		h, o, truth := sampled(uint64(run))
		for day := first + 20; day < first+90; day += 10 {
			o.Day = day
			w := newest(t, h, o)
			lost = lost || w.Low > truth || w.High < truth
			if day == first+80 {
				if !w.Weighted || w.Asked == nil || w.Sensitivity == nil || w.Effective >= float64(w.N) {
					t.Fatalf("%+v", w)
				}
				plain += count(math.Abs(float64(w.Top)/float64(w.N)-truth) > 0.1)
			}
		}
		missed += count(lost)
	}
	if missed > 3 {
		t.Errorf("the weighted range misses at some time in %d of %d runs", missed, runs)
	}
	if plain < runs/2 {
		t.Errorf("the plain share is far off in %d of %d runs only: the test shows nothing", plain, runs)
	}
}

// Everything between the draw and the share can be checked: the weights of the
// answers give the weighted share again, and stand for all customers.
func TestCounted(t *testing.T) {
	h, o, _ := sampled(1)
	o.Day, o.Answers = first+89, true
	r, err := Tell(h, o)
	if err != nil {
		t.Fatal(err)
	}
	sum, top := 0., 0.
	for _, c := range r.Counted {
		if c.Pi == nil || c.Rho == nil || c.Weight == nil || c.Stratum == "" || !c.Drawn.Known() || *c.Pi <= 0 || *c.Pi > 1 || *c.Rho <= 0 || *c.Rho > 1 || c.Quarter != r.Now.From {
			t.Fatalf("%+v", c)
		}
		sum, top = sum+*c.Weight, top+*c.Weight*float64(count(c.Very))
	}
	if len(r.Counted) != r.Now.N || math.Abs(top/sum-r.Now.Value) > 1e-9 || math.Abs(sum-3000) > 300 {
		t.Errorf("%d answers give %.4f of %.0f; told is %.4f of %d", len(r.Counted), top/sum, sum, r.Now.Value, r.Now.N)
	}
	if o.Answers = false; newest(t, h, o).Value != r.Now.Value {
		t.Error("listing the answers changes the share")
	}
}

// sampled invents 3,000 customers in two strata whom a lot asks every day.
func sampled(seed uint64) (*Hearing, Options, float64) {
	d := rand.New(rand.NewPCG(seed, 13))
	h := &Hearing{}
	var o Options
	strata := []struct {
		name      string
		customers int
		top       float64
		daily     int
		answers   float64
	}{{"high-old-active", 1000, 0.7, 2, 0.3}, {"low-new-active", 2000, 0.2, 10, 0.6}}
	var people [][]int
	truth, next := 0.0, 0
	for _, s := range strata {
		var all []int
		for range s.customers {
			all = append(all, next)
			next++
		}
		d.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		people = append(people, all)
		truth += s.top * float64(s.customers) / 3000
	}
	answers := map[int]behold.Answer{}
	asked := map[int]bool{}
	for day := range 90 {
		draw := behold.SurveyDay{Day: first + behold.Day(day)}
		for i, s := range strata {
			draw.Strata = append(draw.Strata, behold.StratumDraw{Stream: behold.StreamLevel, Stratum: s.name, Population: s.customers, Eligible: len(people[i]), Taken: s.daily})
			for _, who := range people[i][:s.daily] {
				invite := behold.Invite{ID: int64(len(o.Invites) + 1), Day: draw.Day, Stream: behold.StreamLevel, Number: int32(who), Stratum: s.name, State: behold.InviteSent, Answered: behold.NoDay}
				asked[who] = true
				if d.Float64() < s.answers {
					value := 4.0
					if d.Float64() < s.top {
						value = 5
					}
					invite.Answered = draw.Day
					answers[who] = behold.Answer{At: draw.Day, Item: Satisfaction, Value: value, Scale: 5}
				}
				o.Invites = append(o.Invites, invite)
			}
			people[i] = people[i][s.daily:]
		}
		o.Draws = append(o.Draws, draw)
	}
	for who := range next {
		p := Person{Customer: int32(who), First: first - 400, Last: first, State: behold.Active, Loyalty: -1, Asked: asked[who]}
		if a, gave := answers[who]; gave {
			p.Answers = []behold.Answer{a}
		}
		h.Meet(p)
	}
	return h, o, truth
}

// Four years of real answers, read by Tell as they came: the range of each year's
// quarter holds the share that all the answers of the year come to, at every look.
func TestTellOfAnAirport(t *testing.T) {
	for _, name := range []string{"2014", "2015", "2016", "2017"} {
		looks := replayed(t, "sfo_survey_"+name+".csv.gz", "Q7ALL", Question{Most: 5, Top: 1, Level: 0.95}, 0, 6)
		share := looks[len(looks)-1].Estimate()
		h := &Hearing{}
		top := 0
		for i, l := range looks {
			value := 4.0
			if l.Top > top {
				value = 5
			}
			top = l.Top
			h.Meet(Person{Customer: int32(i), First: first - 9, Last: first, State: behold.Active, Loyalty: -1,
				Answers: []behold.Answer{{At: first + behold.Day(i*80/len(looks)), Item: Satisfaction, Value: value, Scale: 5}}})
		}
		for day := first; day < first+80; day += 4 {
			if w := newest(t, h, Options{Day: day}); w.Low > share || w.High < share {
				t.Errorf("%s, day %d: %.3f to %.3f does not hold %.3f", name, day-first, w.Low, w.High, share)
			}
		}
	}
}

// newest is the newest window of Tell, without the rest of it.
func newest(t *testing.T, h *Hearing, o Options) Window {
	t.Helper()
	o.Level, o.From, o.To = 0.95, first, o.Day
	tell := &teller{Options: o, heard: h, forms: h.forms(first, o.Day)}
	tell.markInvites()
	windows, err := tell.windows()
	if err != nil || len(windows) == 0 {
		t.Fatalf("%d windows, %v", len(windows), err)
	}
	return windows[len(windows)-1]
}
