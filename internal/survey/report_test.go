package survey

import (
	"math"
	"math/rand/v2"
	"testing"

	"behold"
)

// A firm is an invented company whose customers are asked every quarter.
type firm struct {
	customers int
	top       float64 // share of them that is very satisfied
	rate      float64 // share that answers an invitation
	stays     float64 // how surely one who was very satisfied says so again
	seed      uint64
}

// first is the day on which the firm begins: that of a quarter.
var first = behold.Date(2024, 1, 1)

// heard is what the firm's customers answered in so many quarters, and the share
// of them that is very satisfied.
func (f firm) heard(quarters int) (*Hearing, float64) {
	d := rand.New(rand.NewPCG(f.seed, 7))
	h := &Hearing{}
	content := 0
	for k := range f.customers {
		happy := k < int(math.Round(f.top*float64(f.customers)))
		if happy {
			content++
		}
		p := Person{Customer: int32(k), First: first - 100, Last: first + 400, State: behold.Active, Loyalty: float64(k % 100)}
		for q := range quarters {
			if d.Float64() >= f.rate {
				continue
			}
			value := 4.0
			if happy == (d.Float64() < f.stays) {
				value = 5
			}
			at := first + behold.Day(q*91+d.IntN(90))
			p.Answers = append(p.Answers, behold.Answer{At: at, Recorded: at, Item: Satisfaction, Value: value, Scale: 5, Touchpoint: Touchpoints()[d.IntN(6)]})
		}
		h.Meet(p)
	}
	return h, float64(content) / float64(f.customers)
}

// After ten answers there is a sentence, for a firm of 80 customers and one of
// 800,000, and it knows little.
func TestTellAfterTenAnswers(t *testing.T) {
	for _, customers := range []int{80, 800_000} {
		h := &Hearing{}
		for k := range customers {
			p := Person{Customer: int32(k), First: first, Last: first + 20, State: behold.Active, Loyalty: -1}
			if k < 10 {
				value := 4.0
				if k < 3 {
					value = 5
				}
				p.Answers = []behold.Answer{{At: first + behold.Day(k), Item: Satisfaction, Value: value, Scale: 5}}
			}
			h.Meet(p)
		}
		r, err := Tell(h, Options{Day: first + 30, Deep: true})
		if err != nil {
			t.Fatal(err)
		}
		w := r.Now
		if w == nil || w.N != 10 || w.Top != 3 || !w.Open || w.Customers != customers || w.Flattering != 1 || w.Asked != nil || w.Sensitivity != nil {
			t.Fatalf("%d customers: %+v", customers, w)
		}
		if w.Low > 0.1 || w.High < 0.6 || w.High > 0.95 || w.Low <= 0 {
			t.Errorf("%d customers: %.3f to %.3f after ten answers", customers, w.Low, w.High)
		}
		if r.Drivers.Enough || r.Repurchase.Verdict != TooEarly || r.Watch.Enough || len(r.Watch.Changes) > 0 {
			t.Errorf("%d customers: drivers %+v, repurchase %+v, watch %+v", customers, r.Drivers, r.Repurchase, r.Watch)
		}
	}
}

// Whoever looks every day is misled at some time in no more than one year of
// twenty, about the quarter and about a touchpoint, at a firm of 80 customers and
// at a large one.
func TestTellCoversASmallFirm(t *testing.T) {
	covers(t, firm{customers: 80, top: 0.4, rate: 0.6, stays: 1}, 200)
}
func TestTellCoversALargeFirm(t *testing.T) {
	covers(t, firm{customers: 5000, top: 0.3, rate: 0.03, stays: 1}, 200)
}

func covers(t *testing.T, f firm, runs int) {
	t.Helper()
	missed, missedPart := 0, 0
	for run := range runs {
		f.seed = uint64(run)
		h, share := f.heard(3)
		lost, lostPart := false, false
		for day := first + 90; day < first+273; day += 7 {
			r := &Report{}
			tell := &teller{Options: Options{Day: day, From: first, To: day, Level: 0.95}, heard: h, forms: h.forms(first, day)}
			windows, err := tell.windows()
			if err != nil {
				t.Fatal(err)
			}
			if r.Windows = windows; len(windows) > 0 {
				w := windows[len(windows)-1]
				lost = lost || w.Low > share+1e-9 || w.High < share-1e-9
			}
			parts, err := tell.items(tell.forms)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range parts {
				lostPart = lostPart || p.Low > share+1e-9 || p.High < share-1e-9
			}
		}
		missed, missedPart = missed+count(lost), missedPart+count(lostPart)
	}
	// Three quarters are three sequences.
	if most := 0.05*3 + 0.03; float64(missed)/float64(runs) > most {
		t.Errorf("windows missed at some time in %d of %d runs of three quarters", missed, runs)
	}
	if most := 0.05 + 2*math.Sqrt(0.05*0.95/float64(runs)); float64(missedPart)/float64(runs) > most {
		t.Errorf("the year's item missed at some time in %d of %d runs", missedPart, runs)
	}
}

// Nothing changes: the word "changed" is rare. Then the share falls from 40 to 15 %:
// it is noticed within the year, and named as fewer.
func TestWatch(t *testing.T) {
	false3 := 0
	const runs = 16
	for run := range runs {
		f := firm{customers: 600, top: 0.4, rate: 0.3, stays: 1, seed: uint64(run)}
		h, _ := f.heard(12) // three years
		r, err := Tell(h, Options{Day: first + 1100, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		if !r.Watch.Enough {
			t.Fatalf("%d answers do not say what is usual", r.Answers)
		}
		false3 += len(r.Watch.Changes)
	}
	if false3 > runs {
		t.Errorf("%d false changes in %d times three years, want one in three years at most", false3, runs)
	}
	h := &Hearing{}
	d := rand.New(rand.NewPCG(5, 5))
	for k := range 800 {
		at := first + behold.Day(k)
		share := 0.4
		if k >= 400 {
			share = 0.15
		}
		value := 4.0
		if d.Float64() < share {
			value = 5
		}
		h.Meet(Person{Customer: int32(k), First: first, Last: at, State: behold.Active,
			Answers: []behold.Answer{{At: at, Item: Satisfaction, Value: value, Scale: 5}}})
	}
	r, err := Tell(h, Options{Day: first + 800, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Watch.Changes) == 0 {
		t.Fatal("the fall was not noticed")
	}
	if c := r.Watch.Changes[0]; c.More || c.On < first+400 || c.On > first+560 || c.Since < first+370 || c.Then > c.Usual {
		t.Errorf("noticed %+v", c)
	}
}
