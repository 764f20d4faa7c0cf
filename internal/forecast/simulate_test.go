package forecast

import (
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// A world is an invented customer base whose truth is known.
type world struct {
	customers int
	from, to  behold.Day
	seed      uint64
	leave     float64                  // chance to leave after a purchase
	differ    float64                  // a + b of the Beta that customers' own chances come from, with that mean; 0: all have the same
	open      func(behold.Day) float64 // pace of the company on a day; nil: always 1
}

// A life is one customer's purchases, and the true shape and rate of the gaps.
type life struct {
	days []behold.Day
	left bool
}

// live lets every customer buy from a random first day on, with gaps Gamma(k, kμ)
// in time that passes at the company's pace, k from {1, 2, 4}, μ from a Gamma.
func (w world) live() []life {
	rng := rand.New(rand.NewPCG(w.seed, 7))
	rate := distuv.Gamma{Alpha: 3, Beta: 3 * 30, Src: rng}
	chance := func() float64 { return w.leave }
	if w.differ > 0 {
		chance = distuv.Beta{Alpha: w.leave * w.differ, Beta: (1 - w.leave) * w.differ, Src: rng}.Rand
	}
	pace := w.pace()
	lives := make([]life, w.customers)
	for i := range lives {
		k := []float64{1, 2, 4}[rng.IntN(3)]
		gap := distuv.Gamma{Alpha: k, Beta: k * math.Max(rate.Rand(), 1.0/300), Src: rng}
		leave := chance()
		at := pace.At(w.from) + rng.Float64()*pace.Between(w.from, w.to)*0.6
		for {
			day := pace.After(w.from, at)
			if day > w.to {
				break
			}
			lives[i].days = append(lives[i].days, day)
			if rng.Float64() < leave {
				lives[i].left = true
				break
			}
			at += gap.Rand()
		}
	}
	return lives
}

// pace is the true clock.
func (w world) pace() behold.Clock {
	c := behold.Clock{From: w.from, Sum: []float64{0}}
	for d := w.from + 1; d <= w.to+1; d++ {
		open := 1.0
		if w.open != nil {
			open = w.open(d)
		}
		c.Sum = append(c.Sum, c.Sum[len(c.Sum)-1]+open)
	}
	return c
}

// columnsOf puts lives into histories: 100.00 a purchase, one goods line.
func columnsOf(lives []life, asOf behold.Day) *behold.Histories {
	h := &behold.Histories{AsOf: asOf, Currency: "DKK", Start: []int{0}, Kinds: behold.Kinds{First: []int{0}, Start: []int{0}}}
	for k, l := range lives {
		for _, d := range slices.Compact(slices.Clone(l.days)) {
			h.Day = append(h.Day, d)
			h.Orders = append(h.Orders, 1)
			h.Bought = append(h.Bought, 10_000+int64(1000*(k%7)))
			h.Credited = append(h.Credited, 0)
			h.Goods = append(h.Goods, 1)
			h.Returns = append(h.Returns, 0)
		}
		h.Customer = append(h.Customer, int32(k))
		h.Start = append(h.Start, len(h.Day))
		h.Kinds.First = append(h.Kinds.First, 0)
	}
	return h
}

func year(y int) behold.Day { return behold.Date(y, time.January, 1) }
