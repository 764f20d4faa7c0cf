package lamp

import (
	"math"
	"slices"
	"strings"

	"behold"
	"behold/stat/repurchase"
)

// A visit is what one customer did on one day, as scripts tell it.
type visit struct {
	day              behold.Day
	orders           int32
	bought, credited int64
	goods, returns   int32
	category         string // of everything bought that day; "" for none
}

// A shop is the invented company of a script: what its customers did, and what
// is known of it as a whole.
type shop struct {
	in         Company
	engine     repurchase.Mixture
	ids        []string
	numbers    map[string]int // of the ids
	visits     [][]visit
	categories []string
	lostAt     float64 // silence p at which customers are called lost; 0: nobody is
	dealt      dealt   // everything but orders
}

// engine is the rhythm that scripts take for known: the example of METHODS L01
// with some customers less regular and some more.
func engine() repurchase.Mixture {
	return repurchase.Mixture{R: 2, Alpha: 60, A: .7, B: 8, Shapes: []float64{1, 4.5, 12}, Shares: []float64{.3, .5, .2}}
}

func newShop() *shop {
	settings := behold.DefaultSettings()
	settings.Currency = "DKK"
	s := &shop{engine: engine(), numbers: map[string]int{}, dealt: newDealt(), in: Company{
		Settings: settings, Kinds: engine(), OrderShape: 6.25, Huge: 5, ReturnA: .8, ReturnB: 39.2,
		Replies: usualReplies(), Complaints: usualComplaints(), Tone: usualTone(), Promises: usualPromises(), BouncesTell: true,
	}}
	tradeHabits(&s.in)
	return s
}

// number is a customer's number; a new one is given when it is not there.
func (s *shop) number(id string) int {
	if i, known := s.numbers[id]; known {
		return i
	}
	s.numbers[id] = len(s.ids)
	s.ids = append(s.ids, id)
	s.visits = append(s.visits, nil)
	s.dealt.rows = append(s.dealt.rows, newDealer())
	return len(s.ids) - 1
}

func (s *shop) add(id string, v visit) {
	k := s.number(id)
	s.visits[k] = append(s.visits[k], v)
	if v.category != "" && !slices.Contains(s.categories, v.category) {
		s.categories = append(s.categories, v.category)
		s.in.Common = append(s.in.Common, true)
	}
}

// closed makes the company's time stand nearly still from one day to another,
// as a clock fitted on years with such a stop does.
func (s *shop) closed(from, until behold.Day) {
	c := &s.in.Clock
	if len(c.Sum) == 0 {
		c.From = from - 2000
		for range 4000 {
			c.Sum = append(c.Sum, float64(len(c.Sum)))
		}
	}
	lost := 0.0
	for i := range c.Sum {
		c.Sum[i] -= lost
		if day := c.From + behold.Day(i); day >= from && day <= until {
			lost += .95
		}
	}
}

// histories folds the visits up to a day into columns.
func (s *shop) histories(day behold.Day) *behold.Histories {
	h := &behold.Histories{AsOf: day, Currency: s.in.Settings.Currency, Start: []int{0}}
	h.Kinds.First, h.Kinds.Start = []int{0}, []int{0}
	for k, visits := range s.visits {
		visits = slices.Clone(visits)
		slices.SortStableFunc(visits, func(a, b visit) int { return int(a.day - b.day) })
		h.Customer = append(h.Customer, int32(k))
		for i, v := range visits {
			if v.day > day {
				break
			}
			last := len(h.Day) - 1
			if i == 0 || h.Day[last] != v.day {
				last++
				h.Day = append(h.Day, v.day)
				h.Orders, h.Goods, h.Returns = append(h.Orders, 0), append(h.Goods, 0), append(h.Returns, 0)
				h.Bought, h.Credited = append(h.Bought, 0), append(h.Credited, 0)
			}
			h.Orders[last] += v.orders
			h.Goods[last] += v.goods
			h.Returns[last] += v.returns
			h.Bought[last] += v.bought
			h.Credited[last] += v.credited
		}
		h.Start = append(h.Start, len(h.Day))
		s.foldKinds(&h.Kinds, visits, day)
	}
	return h
}

func (s *shop) foldKinds(c *behold.Kinds, visits []visit, day behold.Day) {
	for number, category := range s.categories {
		begin := len(c.Day)
		for _, v := range visits {
			if v.category == category && v.day <= day && v.bought > 0 {
				c.Day = append(c.Day, v.day)
				c.Bought = append(c.Bought, v.bought)
			}
		}
		if len(c.Day) > begin {
			c.Category = append(c.Category, int32(number))
			c.Start = append(c.Start, len(c.Day))
		}
	}
	c.First = append(c.First, len(c.Category))
}

// forecasts asks the shop's engine, the true one, about everybody.
func (s *shop) forecasts(h *behold.Histories) []behold.Forecast {
	f := make([]behold.Forecast, h.Len())
	for k := range f {
		s.forecast(h, k, &f[k])
	}
	return f
}

func (s *shop) forecast(h *behold.Histories, k int, f *behold.Forecast) {
	f.Customer, f.First, f.Last, f.LampOn, f.ExpectedBy = h.Customer[k], behold.NoDay, behold.NoDay, behold.NoDay, behold.NoDay
	f.SilenceP, f.State = 1, behold.NewCustomer
	b := repurchase.Buyer{Weight: 1}
	open := behold.NoDay
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if !h.Purchase(i) {
			continue
		}
		f.Orders += h.Orders[i]
		switch {
		case !open.Known():
			f.First, open = h.Day[i], h.Day[i]
			f.Occasions = 1
		case int(h.Day[i]-open) > s.in.Settings.MergeDays:
			gap := max(s.in.Clock.Between(f.Last, h.Day[i]), .5)
			b.Repeats, b.Last, b.LogGaps = b.Repeats+1, b.Last+gap, b.LogGaps+math.Log(gap)
			open = h.Day[i]
			f.Occasions++
		}
		f.Last = h.Day[i]
	}
	if f.Occasions == 0 {
		return
	}
	b.Age = b.Last + max(0, s.in.Clock.Between(f.Last, h.AsOf))
	f.State = behold.Active
	f.SilentDays = int32(h.AsOf - f.Last)
	f.UsualGap, f.SilenceP, f.ChanceActive = s.engine.MeanGap(b), s.engine.Silence(b), s.engine.Alive(b)
	f.MoneyAtRisk = behold.MoneyOf(1000, h.Currency)
	if f.SilenceP > mostThreshold {
		return
	}
	f.UsualLow, f.UsualHigh = s.engine.SilenceQuantile(b, .9), s.engine.SilenceQuantile(b, .1)
	f.LampOn = s.in.Clock.After(f.Last, s.engine.SilenceQuantile(b, s.in.RhythmAt(f.UsualGap, float64(f.SilentDays))))
	f.ExpectedBy = s.in.Clock.After(f.Last, s.engine.SilenceQuantile(b, .2))
	if s.lostAt > 0 && f.SilenceP <= s.lostAt {
		f.State = behold.Lost
		f.MoneyAtRisk.Minor = 0
	}
}

// round judges a day after the lamps of the days before.
func (s *shop) round(day behold.Day, open []behold.Lamp) (burning, out []behold.Lamp) {
	h := s.histories(day)
	f := s.forecasts(h)
	deals := s.dealt.dealings(h)
	s.in.Has = deals.Has
	for k, profile := range deals.Profile {
		if profile.Closed.Known() {
			f[k].State = behold.Closed
			f[k].MoneyAtRisk.Minor = 0
		}
	}
	in := s.in
	in.Has = deals.Has
	lit, still, out := Step(day, open, Judge(in, h, deals, f), Watch(in, h, deals, f, open))
	return slices.Concat(lit, still), out
}

// name is what the round looks up: of a category its name.
func (s *shop) name(f behold.Fact) string {
	if f.Name == "category" || f.Name == "also_lost" {
		return s.categories[int(f.Number)]
	}
	return strings.TrimSpace(f.Text)
}
