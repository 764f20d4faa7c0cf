package sample

import (
	"fmt"

	"behold"
)

// A shop is the company with everything that is the same for all customers.
// It is read only once it is open, so any number of workers may share it.
type shop struct {
	Options
	calendar    *calendar
	ranges      []category
	goods       []article
	byCategory  [][]int16
	prices      [][]int64 // of each article in each half-year since the first day
	trades      []trade
	tradeShares []float64
	grid        []float64 // of regularity k
	gridShares  []float64
	staff       []colleague
	reasons     []behold.Reason
	shares      []float64 // of the reasons
}

func open(opt Options) (*shop, error) {
	switch {
	case opt.Customers < 1:
		return nil, invalid(fmt.Sprintf("cannot invent a shop with %d customers", opt.Customers), "ask for at least 1")
	case opt.Months < 0 || opt.Months > 240:
		return nil, invalid(fmt.Sprintf("cannot invent %d months", opt.Months), "ask for 1 to 240, or 0 for 36")
	case !opt.Until.Known():
		return nil, invalid("the invented shop has no last day", "say until which day it is told")
	case opt.Leaving > 3 || opt.Innocent > 12:
		return nil, invalid("nobody would be left to tell of", "ask for a Leaving of at most 3 and at most 12 Innocent episodes a year")
	case opt.OrdersPerYear < 0 || opt.OrdersPerYear > 300:
		return nil, invalid(fmt.Sprintf("cannot invent %g orders a year", opt.OrdersPerYear), "ask for up to 300, or 0 for 14")
	}
	if opt.Months == 0 {
		opt.Months = 36
	}
	if opt.OrdersPerYear == 0 {
		opt.OrdersPerYear = 14
	}
	opt.Leaving = usually(opt.Leaving, 0.17)
	opt.Innocent = usually(opt.Innocent, 0.16)
	if opt.Company == "" {
		opt.Company = "Kløverhavn Engros"
	}
	s := &shop{Options: opt}
	first := behold.DayOf(opt.Until.Time().AddDate(0, -opt.Months, 1))
	s.calendar = newCalendar(first, opt.Until, opt.Steady)
	s.stock()
	s.trades = trades()
	for _, t := range s.trades {
		s.tradeShares = append(s.tradeShares, t.share)
	}
	s.grid, s.gridShares = regularities()
	s.reasons, s.shares = causes()
	s.staff = hire(opt)
	return s, nil
}

// usually is rate where one is asked for, and 0 where none is wanted.
func usually(rate, usual float64) float64 {
	if rate == 0 {
		return usual
	}
	return max(rate, 0)
}

// stock the shelves and print the price lists.
func (s *shop) stock() {
	s.ranges = ranges()
	s.goods, s.byCategory = assortment(s.ranges)
	for _, a := range s.goods {
		var prices []int64
		for h := range halfYear(s.Until) - halfYear(s.calendar.first) + 1 {
			prices = append(prices, a.listPrice(h))
		}
		s.prices = append(s.prices, prices)
	}
}

// halfYear counts half-years; prices change with it.
func halfYear(d behold.Day) int {
	year, month, _ := d.Time().Date()
	return 2*year + (int(month)-1)/6
}

func invalid(say, hint string) error {
	return &behold.Error{Kind: behold.Invalid, Say: say, Hint: hint}
}

func (s *shop) blocks() int64 { return (s.Customers + blockSize - 1) / blockSize }

// years that are told.
func (s *shop) years() float64 { return float64(s.Months) / 12 }

// A colleague looks after some of the customers.
type colleague struct {
	name, email, team string
	hours             int
}

// hire one colleague per 75 customers, from 3 to 400.
func hire(opt Options) []colleague {
	d := newDice()
	d.start(opt.Seed, 0, forCompany)
	teams := []string{"Øst", "Vest", "Kæder"}
	staff := make([]colleague, min(max(opt.Customers/75, 3), 400))
	for i := range staff {
		first, last := one(d, firstNames), one(d, lastNames)
		staff[i] = colleague{
			name:  first + " " + last,
			email: fmt.Sprintf("%s.%d@example.com", ascii(first), i+1),
			team:  teams[i%len(teams)],
			hours: []int{37, 37, 37, 30, 20}[d.IntN(5)],
		}
	}
	return staff
}
