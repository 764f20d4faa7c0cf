package team

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"behold"
)

type one struct {
	group          string
	minutes, value float64
}

func sumsOf(customers []one) []behold.AttentionSum {
	var list []behold.AttentionSum
	for _, group := range []string{"a", "b"} {
		s := behold.AttentionSum{By: behold.AttentionRegion, Group: group}
		for _, c := range customers {
			if c.group != group {
				continue
			}
			s.Customers, s.Minutes, s.Value.Minor = s.Customers+1, s.Minutes+c.minutes, s.Value.Minor+int64(c.value)
			if c.minutes > 0 {
				s.Met, s.Contacts = s.Met+1, s.Contacts+1
			}
			s.MinutesSquared, s.ValueSquared, s.Product = s.MinutesSquared+c.minutes*c.minutes, s.ValueSquared+c.value*c.value, s.Product+c.minutes*c.value
		}
		list = append(list, s)
	}
	return list
}

// The range by linearisation is that of resampling customers.
func TestAttentionRange(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	var customers []one
	for i := range 400 {
		c := one{group: "a", minutes: math.Round(dice.ExpFloat64() * 40), value: math.Round(math.Exp(6 + dice.NormFloat64()))}
		if i%4 == 0 {
			c.group, c.minutes = "b", math.Round(c.minutes/2)
		}
		customers = append(customers, c)
	}
	got := Attention(sumsOf(customers))[1]
	if got.Verdict != Overlooked || got.Ratio == nil {
		t.Fatalf("%+v", got)
	}
	var logs []float64
	for range 4000 {
		again := make([]one, len(customers))
		for i := range again {
			again[i] = customers[dice.IntN(len(customers))]
		}
		logs = append(logs, math.Log(*Attention(sumsOf(again))[1].Ratio))
	}
	slices.Sort(logs)
	low, high := math.Exp(logs[100]), math.Exp(logs[3900])
	if math.Abs(low-*got.Low) > 0.04 || math.Abs(high-*got.High) > 0.06 {
		t.Errorf("%.3f (%.3f to %.3f), resampled %.3f to %.3f", *got.Ratio, *got.Low, *got.High, low, high)
	}
}

// Where nothing differs, one group in twenty at most is called overlooked.
func TestAttentionSeldomBlames(t *testing.T) {
	dice := rand.New(rand.NewPCG(3, 4))
	blamed := 0
	for range 1000 {
		var customers []one
		for i := range 120 {
			c := one{group: []string{"a", "b"}[i%2], minutes: math.Round(dice.ExpFloat64() * 40), value: 1 + math.Round(math.Exp(6+dice.NormFloat64()))}
			customers = append(customers, c)
		}
		if Attention(sumsOf(customers))[0].Verdict == Overlooked {
			blamed++
		}
	}
	if blamed > 50 {
		t.Errorf("%d of 1000 are called overlooked", blamed)
	}
}

// Groups of few customers, without value or without attention are not compared
// by what is not there.
func TestAttentionOfLittle(t *testing.T) {
	if got := Attention(nil); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	none := Attention([]behold.AttentionSum{{By: behold.AttentionTeam, Group: "a", Customers: 40}, {By: behold.AttentionTeam, Customers: 2}})
	if none[0].Ratio != nil || none[0].Verdict != TooFew || none[0].MetShare != 0 {
		t.Errorf("nothing known: %+v", none[0])
	}
	kr := func(x int64) behold.Money { return behold.Money{Minor: x, Currency: "DKK"} }
	left := Attention([]behold.AttentionSum{
		{By: behold.AttentionRegion, Group: "near", Customers: 60, Met: 50, Contacts: 90, Minutes: 1500, Value: kr(500000), MinutesSquared: 60000, ValueSquared: 6e9, Product: 15e6},
		{By: behold.AttentionRegion, Group: "far", Customers: 60, Value: kr(500000), ValueSquared: 6e9},
		{By: behold.AttentionRegion, Group: "odd", Customers: 3, Met: 3, Contacts: 3, Minutes: 300, Value: kr(5000), MinutesSquared: 30000, ValueSquared: 9e6, Product: 5e5},
	})
	if left[1].Verdict != Overlooked || *left[1].Ratio != 0 || left[1].High == nil {
		t.Errorf("nobody was met: %+v", left[1])
	}
	if left[2].Verdict != TooFew {
		t.Errorf("three customers: %+v", left[2])
	}
}
