package lamp

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"behold"
)

// tradeGiven: what customers answer, pay, are quoted and agree to, and what they
// get in touch about.
//
//	given customer K-1 answered satisfaction 5 of 5 [and fast 2 of 5 …] [about delivery] on 2024-06-01
//	given customer K-1 answered satisfaction 5 of 5 [and …] [about …] every 90 days from … to …
//	given customer K-1 was asked and did not answer on 2024-09-01
//	given new customers pay 10 for tape [and 8 by offer]
//	given customer K-1 paid 12.50 for 10 tape [by offer] on 2024-06-01
//	given customer K-1 paid 12.50 for 10 tape [by offer] every 30 days from … to …
//	given customer K-1 came by an offer
//	given customer K-1 is a person
//	given customer K-1 agreed from … to … [notice 60] [goes on] [at 500] [intro until …] [ended …]
//	given customer K-1 was billed due 2024-06-01 [paid 2024-06-09] [disputed]
//	given customer K-1 was billed every 30 days from … to … paid 5 days late
//	given customer K-1 was quoted 5000 on 2024-06-01 [won 2024-06-20]
//	given customer K-1 got in touch by mail on 2024-06-01
//	given customer K-1 got in touch by mail every 60 days from … to …
//	given customer K-1 reported trouble by web on 2024-06-01
//	given somebody rang customer K-1 on 2024-06-01
//	given ovens are replaced after about 600 days
func tradeGiven() []given {
	return append(answerGiven(), []given{
		{pattern(`new customers pay (\S+) for (\S+?)(?: and (\S+) by offer)?`), (*scene).newPay},
		{pattern(`customer (\S+) paid (\S+) for (\d+) (\S+)( by offer)? (on|every) (.*)`), (*scene).paid},
		{pattern(`customer (\S+) came by an offer`), func(s *scene, m []string) { s.dealer(m[1]).profile.Offer = s.shop.dealt.mark("offer") }},
		{pattern(`customer (\S+) is a person`), func(s *scene, m []string) { s.dealer(m[1]).profile.Person = true }},
		{pattern(`customer (\S+) agreed from (\S+) to (\S+)(.*)`), (*scene).agreed},
		{pattern(`customer (\S+) was billed due (\S+)(?: paid (\S+))?( disputed)?`), (*scene).billed},
		{pattern(`customer (\S+) was billed (every .*) paid (-?\d+) days late`), (*scene).billedEvery},
		{pattern(`customer (\S+) was quoted (\d+) on (\S+)(?: won (\S+))?`), (*scene).quoted},
		{pattern(`customer (\S+) got in touch by (\S+) (on|every) (.*)`), func(s *scene, m []string) {
			for _, day := range s.days(m[3] + " " + m[4]) {
				s.contact(m[1], m[2], day, true)
			}
		}},
		{pattern(`customer (\S+) reported trouble by (\S+) on (\S+)`), func(s *scene, m []string) {
			d, at := s.dealer(m[1]), s.dayIn(m[3])
			d.tickets = append(d.tickets, behold.Ticket{ID: s.shop.dealt.row(behold.TableTickets), Recorded: at, Opened: at.Moment() + 600,
				Replied: at.Moment() + 640, Closed: at.Moment() + 660, PromiseHours: math.NaN(), Channel: m[2]})
		}},
		{pattern(`somebody rang customer (\S+) on (\S+)`), func(s *scene, m []string) { s.contact(m[1], "call", s.dayIn(m[2]), false) }},
		{pattern(`(\S+) are replaced after about (\d+) days`), (*scene).replaced},
	}...)
}

// days of "on 2024-06-01" or "every 30 days from … to …".
func (s *scene) days(text string) []behold.Day {
	if m := regexp.MustCompile(`^every (\d+) days from (\S+) to (\S+)$`).FindStringSubmatch(text); m != nil {
		var days []behold.Day
		for day := s.dayIn(m[2]); day <= s.dayIn(m[3]); day += behold.Day(max(1, s.count(m[1]))) {
			days = append(days, day)
		}
		return days
	}
	return []behold.Day{s.dayIn(strings.TrimPrefix(text, "on "))}
}

func (s *scene) contact(id, channel string, day behold.Day, in bool) {
	d := s.dealer(id)
	d.contacts = append(d.contacts, behold.Contact{ID: s.shop.dealt.row(behold.TableContacts), Recorded: day, At: day.Moment() + 600,
		In: in, Channel: channel, Replied: behold.NoMoment})
	slices.SortStableFunc(d.contacts, func(a, b behold.Contact) int { return int(a.At - b.At) })
}

func answerGiven() []given {
	return []given{
		{pattern(`customer (\S+) answered (.*?)(?: about (\S+))? (on|every) (.*)`), (*scene).answered},
		{pattern(`customer (\S+) was asked and did not answer on (\S+)`), func(s *scene, m []string) {
			day := s.dayIn(m[2])
			s.answer(m[1], behold.Answer{ID: s.shop.dealt.row(behold.TableAnswers), At: day, Asked: day, Item: satisfaction, Value: math.NaN(), Scale: math.NaN()})
		}},
	}
}

func (s *scene) answered(m []string) {
	for _, day := range s.days(m[4] + " " + m[5]) {
		id := s.shop.dealt.row(behold.TableAnswers)
		for _, x := range regexp.MustCompile(`(\w+) (\d+) of (\d+)`).FindAllStringSubmatch(m[2], -1) {
			s.answer(m[1], behold.Answer{ID: id, At: day, Asked: behold.NoDay, Item: x[1], Value: s.decimal(x[2]), Scale: s.decimal(x[3]), Touchpoint: m[3]})
		}
	}
}

func (s *scene) answer(id string, x behold.Answer) {
	x.Recorded = x.At
	d := s.dealer(id)
	d.answers = append(d.answers, x)
	slices.SortStableFunc(d.answers, func(a, b behold.Answer) int { return int(a.At - b.At) })
}

func (s *scene) newPay(m []string) {
	fair := &s.shop.in.Fair
	plain := s.decimal(m[1])
	offer := plain
	if m[3] != "" {
		offer = s.decimal(m[3])
	}
	for band := range int8(20) {
		key := shelf{int32(s.shop.dealt.mark(m[2])), band}
		fair.plain[key], fair.offers[key] = []float64{plain}, []float64{offer}
	}
}

func (s *scene) paid(m []string) {
	d := s.dealer(m[1])
	for _, day := range s.days(m[6] + " " + m[7]) {
		d.prices = append(d.prices, behold.Price{Recorded: day, On: day, Order: s.shop.dealt.row(behold.TableOrders),
			Product: int32(s.shop.dealt.mark(m[4])), Quantity: s.decimal(m[3]), Unit: s.decimal(m[2]), Offer: m[5] != ""})
	}
	slices.SortStableFunc(d.prices, func(a, b behold.Price) int { return int(a.On - b.On) })
}

func (s *scene) agreed(m []string) {
	c := behold.Contract{ID: s.shop.dealt.row(behold.TableContracts), Product: s.shop.dealt.mark("service"), Starts: s.dayIn(m[2]), Ends: s.dayIn(m[3]),
		Notice: -1, Price: math.NaN(), Period: "month", IntroUntil: behold.NoDay, Ended: behold.NoDay}
	c.Recorded = c.Starts
	for _, x := range regexp.MustCompile(`(notice|goes|at|until|ended) (\S+)`).FindAllStringSubmatch(m[4], -1) {
		switch x[1] {
		case "notice":
			c.Notice = int32(s.count(x[2]))
		case "goes":
			c.AutoRenew = true
		case "at":
			c.Price = s.decimal(x[2])
		case "until":
			c.IntroUntil = s.dayIn(x[2])
		case "ended":
			c.Ended = s.dayIn(x[2])
		}
	}
	d := s.dealer(m[1])
	d.contracts = append(d.contracts, c)
}

func (s *scene) billed(m []string) {
	v := behold.Invoice{ID: s.shop.dealt.row(behold.TableInvoices), Due: s.dayIn(m[2]), Paid: behold.NoDay, Amount: 1000, Disputed: m[4] != ""}
	if m[3] != "" {
		v.Paid = s.dayIn(m[3])
	}
	v.Recorded = v.Due
	d := s.dealer(m[1])
	d.invoices = append(d.invoices, v)
}

func (s *scene) billedEvery(m []string) {
	d := s.dealer(m[1])
	for _, day := range s.days(m[2]) {
		d.invoices = append(d.invoices, behold.Invoice{ID: s.shop.dealt.row(behold.TableInvoices), Recorded: day, Due: day,
			Paid: day + behold.Day(s.count(m[3])), Amount: 1000})
	}
}

func (s *scene) quoted(m []string) {
	q := behold.Quote{ID: s.shop.dealt.row(behold.TableQuotes), At: s.dayIn(m[3]), Amount: s.decimal(m[2]), Won: behold.NoDay}
	if m[4] != "" {
		q.Won = s.dayIn(m[4])
	}
	q.Recorded = q.At
	d := s.dealer(m[1])
	d.quotes = append(d.quotes, q)
}

// replaced gives a kind of goods its lifetime: as many as 200 who replace it about
// then, a tenth early and late, and 20 who never do.
func (s *scene) replaced(m []string) {
	if !slices.Contains(s.shop.categories, m[1]) {
		s.shop.categories = append(s.shop.categories, m[1])
		s.shop.in.Common = append(s.shop.in.Common, true)
	}
	mean := s.decimal(m[2])
	var waits []wait
	for i := range 200 {
		waits = append(waits, wait{math.Round(mean * (1 + .25*math.Erfinv(float64(2*i-199)/200))), true})
	}
	for range 20 {
		waits = append(waits, wait{3 * mean, false})
	}
	life, long := lifetimeOf(waits)
	if !long {
		s.fail("%s are bought again too soon", m[1])
	}
	r := &s.shop.in.Replacing
	kind := slices.Index(s.shop.categories, m[1])
	for len(r.kinds) <= kind {
		r.kinds = append(r.kinds, lifetime{})
	}
	r.kinds[kind], r.anybody, r.untold = life, true, .1
}

// tradeHabits are those of the scripts' invented shop: answers of which four of
// five are the same as the one before, six of ten invitations answered, newcomers'
// prices only where they are given, invoices paid two days late, two of three quotes won within a month,
// one contact in two months and one digital one in ten.
func tradeHabits(in *Company) {
	a := answerHabits{item: satisfaction, scales: map[string][2]float64{recommendation: {0, 10}, "effort": {1, 7}}, lowShare: .01, coolShare: .01, hardShare: .01}
	for _, item := range []string{satisfaction, repurchaseAnswer, "easy", "simple", "safe", "flexible", "accommodating", "understanding", "professional", "fast", "results"} {
		a.scales[item] = [2]float64{1, steps}
	}
	for y1 := 1; y1 <= steps; y1++ {
		all, sum := 0.0, 0.0
		for y2 := 1; y2 <= steps; y2++ {
			all += math.Pow(.1, math.Abs(float64(y1-y2)))
		}
		for y2 := 1; y2 <= steps; y2++ {
			sum += math.Pow(.1, math.Abs(float64(y1-y2))) / all
			a.falls[y1][y2] = sum
		}
	}
	in.Answers = a
	in.Forms = formHabits{response: .6}
	in.Fair = fairPrices{from: behold.Date(2000, 1, 1), plain: map[shelf][]float64{}, offers: map[shelf][]float64{}, spread: .02, cut: .05, floor: 50}
	in.Paying = payHabits{mean: 1, within: .3, weight: 2, disputed: .005}
	in.Matters = countHabits{r: 1, a: 60, from: behold.Date(2020, 1, 1)}
	in.Online = countHabits{r: 1, a: 300, from: behold.Date(2020, 1, 1)}
	in.Quoting = quoteHabits{late: 30, usual: 10, a: 6, b: 3}
}
