package economy

import (
	"math"
	"math/rand/v2"

	"behold"
)

// A made company: customers buy about every gap days and after each purchase leave
// with a chance; nobody says so. From what is true here, and what a round would
// know of it, the tests judge the judgement.
type made struct {
	from, until behold.Day
	leave       float64 // chance of leaving after a purchase
	rise        float64 // times as many from day risen on
	risen       behold.Day
	arrive      float64 // customers a day
	seed        uint64
}

// truth is what really happened.
type truth struct {
	left  map[int32]float64 // by month
	stays int
}

const madeGap, madeCalled = 30, 90 // days; a silence of madeCalled is called a loss

func (m made) tally() (*Tally, truth) {
	t := NewTally(m.until, m.from, Names{Segments: []string{"shop", "bar"}})
	t.Currency = "DKK"
	real := truth{left: map[int32]float64{}}
	dice := rand.New(rand.NewPCG(m.seed, 1))
	for day := m.from; day <= m.until; day++ {
		for n := poisson(dice, m.arrive); n > 0; n-- {
			m.one(t, &real, dice, day)
		}
	}
	return t, real
}

func (m made) one(t *Tally, real *truth, dice *rand.Rand, on behold.Day) {
	c := Course{Start: on, AgeKnown: true, Segment: []string{"shop", "bar"}[dice.IntN(2)]}
	nth := int32(0)
	for on <= m.until {
		nth++
		turn := behold.Turn{Nth: nth, On: on, Due: on + madeGap, Next: behold.NoDay, Gap: madeGap, Year: 100_000}
		chance := m.leave
		if m.risen > 0 && on >= m.risen {
			chance *= m.rise
		}
		gone := dice.Float64() < chance
		gap := behold.Day(15 + dice.IntN(31))
		if !gone && on+gap <= m.until {
			turn.Next = on + gap
		}
		turn.Lost = !turn.Next.Known() && m.until-on >= madeCalled
		c.Turns = append(c.Turns, turn)
		if gone {
			real.left[monthOf(turn.Due)]++
			break
		}
		if !turn.Next.Known() {
			break
		}
		on = turn.Next
	}
	last := &c.Turns[len(c.Turns)-1]
	c.Active = 1
	if silent := m.until - last.On; silent > 45 {
		c.Active = 0 // gaps here are never longer
	} else if silent > 15 {
		stay := (1 - m.leave) * float64(45-silent) / 30
		c.Active = stay / (stay + m.leave)
	} else {
		c.Active = 1 - m.leave
	}
	if last.Gone() {
		t.Call(last.Due, last.On+madeCalled)
		c.State = behold.Lost
	}
	c.Residual, c.Value = 1000, 1000*c.Active
	c.Now = Twelve{Sold: 500, Orders: 5, Kinds: 2}
	real.stays++
	t.Add(&c)
}

func poisson(dice *rand.Rand, mean float64) (n int) {
	limit, product := math.Exp(-mean), 1.0
	for n = -1; product > limit; n++ {
		product *= dice.Float64()
	}
	return n
}
