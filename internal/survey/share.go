package survey

import (
	"math"

	"behold/stat/sequential"
)

// A Share is how many of those who answered gave the best answer, and between
// which shares that of all customers lies at every look together.
type Share struct {
	N     int     `json:"n"`
	Top   int     `json:"top"`
	Value float64 `json:"share"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// counted is how many customers a base may have to be told without replacement:
// in a larger one hardly anybody is asked twice, and the plain interval is as
// narrow. It is settled by the size of the base and never by what was answered,
// so that no interval is chosen after a look.
const counted = 2000

// shareOf is the share of top among n answers, of all customers in the base; 0:
// many more than answer. Without an answer it is anything from 0 to 1.
func shareOf(top, n, all int, level float64) (Share, error) {
	s := Share{N: n, Top: top, High: 1}
	if n == 0 {
		return s, nil
	}
	s.Value = float64(top) / float64(n)
	if all > 0 && all <= counted {
		few, err := sequential.NewFiniteShare(max(all, n), level)
		if err == nil {
			err = few.AddCounts(top, n)
		}
		if err != nil {
			return s, err
		}
		in := few.Interval()
		s.Low, s.High = in.Low, in.High
		return s, nil
	}
	many, err := sequential.NewShare(level)
	if err == nil {
		err = many.AddCounts(top, n)
	}
	if err != nil {
		return s, err
	}
	in := many.Interval()
	s.Low, s.High = in.Low, in.High
	return s, nil
}

// A Score is the mean of answers on their scale, with what it may be.
type Score struct {
	N     int     `json:"n"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Least float64 `json:"scale_min"`
	Most  float64 `json:"scale_max"`
}

// betting is up to how many answers a score is followed by bets, which are exact
// and take a thousand steps an answer; beyond, by its mean, which is as narrow.
const betting = 20_000

// scoreOf is the mean of values between least and most, in the order in which
// they came; nil of none.
func scoreOf(values []float64, least, most, level float64) (*Score, error) {
	if len(values) == 0 {
		return nil, nil
	}
	s := &Score{N: len(values), Least: least, Most: most}
	if len(values) > betting {
		mean, err := sequential.NewMean(level)
		for i := 0; i < len(values) && err == nil; i++ {
			err = mean.Add(values[i])
		}
		if err != nil {
			return nil, err
		}
		in := mean.Interval()
		s.Value, s.Low, s.High = mean.Estimate(), math.Max(least, in.Low), math.Min(most, in.High)
		return s, nil
	}
	bets, err := sequential.NewBounded(sequential.Scale{Low: least, High: most, Level: level})
	for i := 0; i < len(values) && err == nil; i++ {
		err = bets.Add(values[i])
	}
	if err != nil {
		return nil, err
	}
	in := bets.Interval()
	s.Value, s.Low, s.High = mean(values), in.Low, in.High
	return s, nil
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// promoters turns an answer of 0 to 10 into 1, 0 or −1.
func promoters(value float64) float64 {
	switch {
	case value >= 9:
		return 1
	case value <= 6:
		return -1
	}
	return 0
}
