package lamp

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
)

// known are n customers who came long ago, with room for their dealings.
func known(n int, day behold.Day) (*behold.Histories, *behold.Dealings, []behold.Forecast) {
	h := &behold.Histories{AsOf: day, Currency: "DKK", Start: []int{0}}
	deals := &behold.Dealings{AsOf: day, Has: behold.Tables()}
	f := make([]behold.Forecast, n)
	for k := range n {
		h.Customer, h.Start = append(h.Customer, int32(k)), append(h.Start, k+1)
		h.Day, h.Orders, h.Bought, h.Credited = append(h.Day, day-5), append(h.Orders, 1), append(h.Bought, 10_000), append(h.Credited, 0)
		h.Goods, h.Returns = append(h.Goods, 1), append(h.Returns, 0)
		f[k] = behold.Forecast{Customer: int32(k), State: behold.Active, First: day - 1500, Last: day - 5, SilenceP: 1, UsualGap: 30, LampOn: behold.NoDay, Orders: 40}
		deals.Profile = append(deals.Profile, behold.Profile{Closed: behold.NoDay, Since: behold.NoDay})
	}
	deals.Customer = h.Customer
	return h, deals, f
}

// atMost checks that small p values are no more frequent than they say, and not
// so rare that nothing would ever light.
func atMost(t *testing.T, what string, ps []float64, level, least float64) {
	t.Helper()
	n := 0.0
	for _, p := range ps {
		if p <= level {
			n++
		}
	}
	share, error := n/float64(len(ps)), math.Sqrt(level*(1-level)/float64(len(ps)))
	t.Logf("%s: of %d p at most %g: %.4f", what, len(ps), level, share)
	if share > level+4*error || share < least*level {
		t.Errorf("%s: p at most %g: %.4f of %d", what, level, share, len(ps))
	}
}

// Customers who are as satisfied as ever answer now a little better and now a
// little worse: p is as small as it says, or (five steps) more seldom.
func TestSatisfactionUnderChance(t *testing.T) {
	rnd, day := dice(61), behold.Date(2025, 1, 10)
	h, deals, _ := known(4000, day)
	for range h.Customer {
		content := 4.1 + .6*rnd.NormFloat64()
		var rows []behold.Answer
		for i := range 10 {
			value := min(5, max(1, math.Round(content+.5*rnd.NormFloat64())))
			rows = append(rows, behold.Answer{ID: behold.Mark(i), At: day - behold.Day(120*(10-i)), Asked: behold.NoDay, Item: satisfaction, Value: value, Scale: 5})
		}
		deals.Answers.Put(rows...)
	}
	a := answerHabitsOf(h, deals)
	var ps []float64
	for k := range h.Customer {
		forms := a.forms(nil, deals.Answers.Of(k))
		ps = append(ps, a.falls[forms[8].satisfied][forms[9].satisfied])
	}
	for _, level := range []float64{.02, .05, .1} {
		atMost(t, "satisfaction", ps, level, .1)
	}
}

// Scales of other lengths come to the same five steps, and so does one that the
// file does not tell.
func TestScales(t *testing.T) {
	nan := math.NaN()
	all := []behold.Answer{
		{Item: satisfaction, Value: 7, Scale: nan}, {Item: satisfaction, Value: 1, Scale: nan}, {Item: recommendation, Value: 0, Scale: 10},
		{Item: "effort", Value: 60, Scale: nan}, {Item: whyItem, Value: nan, Scale: nan},
	}
	a := answerHabits{item: satisfaction, scales: scalesOf(all)}
	for _, c := range []struct {
		item  string
		value float64
		want  int
	}{
		{satisfaction, 7, 5}, {satisfaction, 4, 3}, {satisfaction, 1, 1}, {recommendation, 10, 5}, {recommendation, 0, 1}, {recommendation, 5, 3}, {"effort", 100, 5}, {"effort", 0, 1}, {whyItem, 1, 0},
	} {
		if got := a.step(&behold.Answer{Item: c.item, Value: c.value, Scale: nan}); got != c.want {
			t.Errorf("%s %g is step %d, not %d", c.item, c.value, got, c.want)
		}
	}
}

// Invitations answered by chance, and waits that are long by chance.
func TestSilentUnderChance(t *testing.T) {
	rnd, day := dice(62), behold.Date(2025, 1, 10)
	for _, invited := range []bool{true, false} {
		h, deals, _ := known(5000, day)
		for range h.Customer {
			response := distuv.Beta{Alpha: 3, Beta: 2, Src: rnd}.Rand()
			var rows []behold.Answer
			for i, at := 0, day-1500+behold.Day(rnd.IntN(100)); at <= day; i, at = i+1, at+behold.Day(80+rnd.IntN(60)) {
				x := behold.Answer{ID: behold.Mark(i), At: at, Asked: at, Item: satisfaction, Value: 4, Scale: 5}
				if rnd.Float64() >= response {
					if x.Value = math.NaN(); !invited {
						continue
					}
				}
				rows = append(rows, x)
			}
			deals.Answers.Put(rows...)
		}
		a := answerHabitsOf(h, deals)
		habit := formHabitsOf(h, deals, &a)
		if invited != (habit.response > 0) || !invited && habit.wait == 0 {
			t.Fatalf("invited %v: learned response %.2f, wait %.2f", invited, habit.response, habit.wait)
		}
		var ps []float64
		for k := range h.Customer {
			s, forms, enough := hush{last: behold.NoDay}, a.forms(nil, deals.Answers.Of(k)), false
			if invited {
				enough = s.invited(forms, day, habit.response)
			} else {
				enough = s.waited(forms, day, &habit)
			}
			if !enough {
				s.answers = 1
			}
			ps = append(ps, s.answers)
		}
		atMost(t, fmt.Sprintf("answers, invited %v", invited), ps, .05, .1)
	}
}

// With Weibull lifetimes and two of five who never replace, P60 is what happens,
// from the youngest goods to the oldest.
func TestReplacementCurve(t *testing.T) {
	const goods, never, shape, scale = 20_000, .4, 3., 700.
	rnd := dice(63)
	life := distuv.Weibull{K: shape, Lambda: scale, Src: rnd}
	draw := func() (waits []wait) {
		for range goods {
			w, seen := wait{math.Round(life.Rand()), true}, math.Round(200+1800*rnd.Float64())
			if rnd.Float64() < never || w.long > seen {
				w = wait{seen, false}
			}
			waits = append(waits, w)
		}
		return waits
	}
	l, long := lifetimeOf(draw())
	if !long {
		t.Fatal("not seen as long-lived")
	}
	truth := func(day float64) float64 { return never + (1-never)*life.Survival(day) }
	for part := 1; part < 10; part++ {
		age := l.last * part / 10
		if want, got := 1-truth(float64(age+windowDays))/truth(float64(age)), l.soon(age); math.Abs(got-want) > .02 {
			t.Errorf("at %d days P60 is %.3f, in truth %.3f", age, got, want)
		}
	}
	if d := distuv.Weibull(life).Quantile(.95); math.Abs(float64(l.last)-d) > 40 {
		t.Errorf("95 %% replaced after %d days, in truth %.0f", l.last, d)
	}
	if short, isLong := lifetimeOf([]wait{{100, true}}); isLong || short.usual != 0 {
		t.Error("one replacement is a lifetime")
	}
}

// market is a company of whose customers a tenth are new; the others pay, line by
// line, the same within noise, but for the share dear who pay 5 % too much.
func market(customers int, dear float64, rnd *rand.Rand, day behold.Day) (*behold.Histories, *behold.Dealings, []behold.Forecast, []bool) {
	h, deals, f := known(customers, day)
	planted := make([]bool, customers)
	base := make([]float64, 40)
	for i := range base {
		base[i] = 5 + 200*rnd.Float64()
	}
	f[0].First = day - 3000
	for k := range customers {
		own := 1.
		if rnd.Float64() < .1 {
			f[k].First = day - behold.Day(rnd.IntN(170))
		} else if rnd.Float64() < dear {
			planted[k], own = true, 1.05
		}
		var rows []behold.Price
		for on := max(f[k].First, day-600); on <= day; on += behold.Day(10 + rnd.IntN(10)) {
			product := rnd.IntN(len(base))
			drift := 1 + .03*float64(day-on)/365
			rows = append(rows, behold.Price{Recorded: on, On: on, Order: behold.Mark(on), Product: int32(product), Quantity: float64(4 + rnd.IntN(4)),
				Unit: base[product] / drift * own * math.Exp(.02*rnd.NormFloat64())})
		}
		deals.Prices.Put(rows...)
	}
	return h, deals, f, planted
}

// Planted: 5 % too much on a tenth of the customers. Benjamini and Hochberg keep
// the share of falsely chosen at 10 %, and nearly all are found.
func TestPaysMoreFindsThePlanted(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	h, deals, f, planted := market(3000, .1, dice(64), day)
	in := Company{Settings: behold.DefaultSettings(), Has: deals.Has}
	in.Fair = fairPricesOf(h, deals, f)
	in.Fair.floor = 0
	desk := newDesk(&in, h, deals)
	chosen, wrong, found, there := 0., 0., 0., 0.
	for k := range h.Customer {
		desk.sit(k, &f[k])
		desk.dear.compare(&in.Fair, in.Fair.plain, deals.Prices.Of(k), day-comparedDays, day)
		if !desk.dear.enough() || day-f[k].First < newFor {
			continue
		}
		p := desk.dear.quickP()
		if p <= worthSampling {
			p = desk.dear.sampledP(1, int32(k))
		}
		if planted[k] {
			there++
		}
		if p <= in.Fair.cut {
			chosen++
			if planted[k] {
				found++
			} else {
				wrong++
			}
		}
	}
	t.Logf("%g chosen, %g of them wrongly, %g of %g found, usual %.4f, spread %.4f", chosen, wrong, found, there, in.Fair.usual, in.Fair.spread)
	if wrong/chosen > .12 || found/there < .9 {
		t.Errorf("%g chosen, %g of them wrongly, %g of %g found", chosen, wrong, found, there)
	}
}

// Where nobody pays more, the lamp stays within its share of the dial.
func TestPaysMoreUnderChance(t *testing.T) {
	day := behold.Date(2025, 1, 10)
	h, deals, f, _ := market(3000, 0, dice(65), day)
	in := Company{Settings: behold.DefaultSettings(), Has: deals.Has}
	in.Fair = fairPricesOf(h, deals, f)
	in.Fair.floor = 0
	lit := 0
	for _, l := range Judge(in, h, deals, f) {
		if l.Kind == behold.LampPaysMore {
			lit++
		}
	}
	t.Logf("%d lamps of 3000", lit)
	if lit > 12 {
		t.Errorf("%d of 3000 light, want at most the 6 of the dial or so", lit)
	}
}

// Who pays as late as ever, each in their own way, is seldom unusually late.
func TestPaymentUnderChance(t *testing.T) {
	rnd, day := dice(66), behold.Date(2025, 1, 10)
	h, deals, _ := known(3000, day)
	for range h.Customer {
		usual := 1.2 + .7*rnd.NormFloat64()
		var rows []behold.Invoice
		for i := range 20 {
			due := day - behold.Day(30*(20-i))
			late := math.Round(math.Expm1(max(0, usual+.5*rnd.NormFloat64())))
			rows = append(rows, behold.Invoice{ID: behold.Mark(i), Recorded: due, Due: due, Paid: due + behold.Day(late), Amount: math.NaN()})
		}
		deals.Invoices.Put(rows...)
	}
	in := payHabitsOf(h, deals)
	var ps []float64
	for k := range h.Customer {
		var before payer
		rows := deals.Invoices.Of(k)
		for i := range rows[:19] {
			y, _ := lateness(&rows[i], day)
			before.add(y)
		}
		y, _ := lateness(&rows[19], day)
		t := before.predict(&in)
		ps = append(ps, t.Survival(y))
	}
	for _, level := range []float64{.01, .05} {
		atMost(t, "payment", ps, level, .4)
	}
}

// Customers who get in touch at rates of their own, by chance.
func TestEffortUnderChance(t *testing.T) {
	rnd, day := dice(67), behold.Date(2025, 1, 10)
	h, deals, f := known(6000, day)
	for range h.Customer {
		rate := gamma(rnd, 1.5, 1.5/.02)
		var rows []behold.Ticket
		for at := float64(day) - 1000 + rnd.ExpFloat64()/rate; at <= float64(day); at += rnd.ExpFloat64() / rate {
			rows = append(rows, behold.Ticket{Opened: behold.Day(at).Moment(), Replied: behold.NoMoment, Closed: behold.NoMoment, Channel: "web"})
		}
		deals.Tickets.Put(rows...)
	}
	habit := digitalHabitsOf(h, deals, f)
	t.Logf("Gamma(%.2f, %.1f), drawn from (1.5, 75)", habit.r, habit.a)
	if math.Abs(habit.r-1.5) > .2 || math.Abs(habit.a-75) > 10 {
		t.Errorf("learned Gamma(%.2f, %.1f)", habit.r, habit.a)
	}
	var ps []float64
	for k := range h.Customer {
		_, now := matters(deals, k, day-matterDays, day)
		_, n := matters(deals, k, day-1001, day-matterDays)
		ps = append(ps, habit.tooMany(now, n, matterDays, 1000-matterDays))
	}
	for _, level := range []float64{.01, .05} {
		atMost(t, "effort", ps, level, .25)
	}
}

// Quotes won by chance, each customer with a share of their own.
func TestQuoteUnderChance(t *testing.T) {
	rnd, day := dice(68), behold.Date(2025, 1, 10)
	h, deals, _ := known(3000, day)
	for range h.Customer {
		share := distuv.Beta{Alpha: 6, Beta: 3, Src: rnd}.Rand()
		var rows []behold.Quote
		for i := range 8 {
			x := behold.Quote{ID: behold.Mark(i), At: day - behold.Day(100*(8-i)), Amount: math.NaN(), Won: behold.NoDay}
			if rnd.Float64() < share {
				x.Won = x.At + behold.Day(1+rnd.IntN(30))
			}
			rows = append(rows, x)
		}
		deals.Quotes.Put(rows...)
	}
	in := Company{Settings: behold.DefaultSettings(), Quoting: quoteHabitsOf(h, deals)}
	q := in.Quoting
	t.Logf("Beta(%.1f, %.1f), 95 %% within %d days, half within %d", q.a, q.b, q.late, q.usual)
	if math.Abs(q.a/(q.a+q.b)-2./3) > .02 || q.late < 27 || q.late > 30 || math.Abs(float64(q.usual)-15) > 2 {
		t.Errorf("learned %+v", q)
	}
	desk := newDesk(&in, h, deals)
	ps := make([]float64, 0, 3*len(h.Customer))
	desk.trial = func(kind behold.LampKind, p, _ float64) {
		if kind == behold.LampQuote {
			ps = append(ps, p)
		}
	}
	for k := range h.Customer {
		f := behold.Forecast{Orders: 9, First: day - 1500, Last: day - 5}
		for back := range behold.Day(3) {
			desk.sit(k, &f)
			desk.day = day - 60 - 100*back
			asked := len(ps)
			desk.quoteUnanswered()
			if len(ps) == asked {
				ps = append(ps, 1)
			}
		}
		desk.day = day
	}
	atMost(t, "quotes", ps, .05, .2)
}

// everything is a market whose customers have all that a colleague writes down.
func everything(customers int, rnd *rand.Rand, day behold.Day) (*behold.Histories, *behold.Dealings, []behold.Forecast) {
	h, deals, f, _ := market(customers, .02, rnd, day)
	for range h.Customer {
		var tickets []behold.Ticket
		var contacts []behold.Contact
		var answers []behold.Answer
		var invoices []behold.Invoice
		var quotes []behold.Quote
		for i := range 12 {
			at := day - behold.Day(60*(12-i)) + behold.Day(rnd.IntN(30))
			contacts = append(contacts, behold.Contact{ID: 1, At: at.Moment(), In: i%3 == 0, Channel: "mail"})
			paid := at + 14 + behold.Day(rnd.IntN(9))
			invoices = append(invoices, behold.Invoice{ID: 2, Recorded: at, Due: at + 14, Paid: paid, Amount: 100})
			if i%4 == 0 {
				tickets = append(tickets, behold.Ticket{ID: 3, Opened: at.Moment(), Replied: at.Moment(), Closed: at.Moment(), Channel: []string{"web", "call"}[rnd.IntN(2)]})
				quotes = append(quotes, behold.Quote{ID: 4, At: at, Won: at + behold.Day(rnd.IntN(30)), Amount: 10})
				for _, item := range []string{satisfaction, repurchaseAnswer, "effort", "fast", "easy"} {
					answers = append(answers, behold.Answer{ID: behold.Mark(i), At: at, Asked: at, Item: item, Value: float64(3 + rnd.IntN(3)), Scale: 5})
				}
			}
		}
		deals.Tickets.Put(tickets...)
		deals.Contacts.Put(contacts...)
		deals.Answers.Put(answers...)
		deals.Invoices.Put(invoices...)
		deals.Quotes.Put(quotes...)
	}
	return h, deals, f
}

// A hundred thousand customers with every table, learned and judged.
func BenchmarkRecords(b *testing.B) {
	h, deals, f := everything(100_000, dice(69), behold.Date(2025, 1, 10))
	for b.Loop() {
		in := Prepare(h, deals, f, Company{Settings: behold.DefaultSettings(), Has: deals.Has})
		b.ReportMetric(float64(len(Judge(in, h, deals, f))), "lamps")
	}
}
