package lamp

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"

	"behold"
	"behold/stat"
)

// The lamp pays_more (L12): does this customer pay more than the company's new
// customers pay for the same goods in the same quantities?
//
// In: prices a piece of the last 365 days. Against each stands the median of what
// customers in their first 180 days paid for the same product in the same band of
// quantities (whole part of log2), within 90 days: at least five lines of at least
// two customers, not bought by an offer where there are as many without. A price
// three times as high or low is another thing (a box for a piece) and not compared.
//
// Lights: at p ≤ A on the monthly test day, for customers of more than 180 days,
// with at least five compared lines of three products, when they are chosen among
// all customers by the method of Benjamini and Hochberg at 10 % and paid at least
// half of an ordinary order too much. With q·(price − median) summed to over and
// q·median to base,
//
//	share = over/base
//	p     = max(P(share ≤ 2 %), 1 − Φ((share − m)/s))
//
// the first from 500 samples of the lines (beyond what 500 can tell, as of a normal
// distribution), the second against the other customers of more than 180 days
// (m median, s 1.48 times the median deviation): where everybody pays more than
// newcomers, it is not this customer who is treated worse.
//
// Out: no longer 2 % too much, over the last 90 days where five lines of them can
// be compared.
//
// Facts: over (in major units, of the last year), over_share, share_offers (against
// newcomers' prices by offer too; only where it can be told), lines, products,
// product and then also_product (dense numbers, the dearest first; Text is free for
// whoever looks them up), each followed by paid and new_pay (major units a piece);
// one_in, as_of. Rows: the orders with the dearest lines.
//
// Fails: service within the price, grades of quality, currency. An internal figure,
// never one for the customer. Source: METHODS L12; Lee and Fay (2017);
// TestPaysMoreFindsThePlanted and TestPaysMoreUnderChance.
const (
	newFor          = 180 // days that a customer is new
	comparedDays    = 365
	nearDays        = 90
	priceStep       = 30      // days between two medians
	priceMemory     = 3 * 365 // days back, so that the past can be replayed
	leastPrices     = 5
	leastPriceLines = 5
	leastProducts   = 3
	dearFrom        = 0.02
	otherThing      = 3.0
	falseShare      = 0.10 // Benjamini and Hochberg
	dearSamples     = 500
	worthSampling   = 0.05 // p of the quick test above which no sample is drawn
	startUnknown    = 60   // days after the first record in which nobody knows who is new
)

// A shelf is a product in a band of quantities.
type shelf struct {
	product int32
	band    int8
}

// fairPrices are what new customers pay.
type fairPrices struct {
	from          behold.Day
	plain, offers map[shelf][]float64 // medians every 30 days, from the day on; NaN: too few. offers: with those by offer
	usual, spread float64             // of the shares of customers who are not new
	cut           float64             // p at which Benjamini and Hochberg choose; 0: nobody
	floor         float64             // money, major units
}

func fairPricesOf(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) fairPrices {
	var fair fairPrices
	if deals == nil || len(deals.Prices.All) == 0 || len(f) == 0 {
		return fair
	}
	fair.from = h.AsOf - priceMemory
	all := newcomerPrices(h, deals, f, fair.from-nearDays)
	if len(all) < leastPrices {
		return fair
	}
	fair.offers = fair.medians(all, h.AsOf)
	plain := slices.DeleteFunc(slices.Clone(all), func(p paid) bool { return p.offer })
	fair.plain = fair.medians(plain, h.AsOf)
	if len(fair.plain) == 0 { // whoever is new buys by an offer
		fair.plain = fair.offers
	}
	fair.floor = ordinaryOrder(h) / 2
	fair.setPeers(h, deals, f)
	return fair
}

// paid is one line of a new customer.
type paid struct {
	shelf    shelf
	day      behold.Day
	unit     float64
	customer int32
	offer    bool
}

func newcomerPrices(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast, from behold.Day) []paid {
	begin := h.AsOf
	for k := range f {
		if f[k].First.Known() {
			begin = min(begin, f[k].First)
		}
	}
	var all []paid
	for k := range h.Customer {
		since := sinceOf(deals, k, &f[k])
		if !since.Known() || !sinceTold(deals, k) && since < begin+startUnknown {
			continue
		}
		for _, p := range deals.Prices.Of(k) {
			if s, ok := shelfOf(&p); ok && p.On >= from && p.On-since < newFor {
				all = append(all, paid{s, p.On, p.Unit, h.Customer[k], p.Offer})
			}
		}
	}
	return all
}

func shelfOf(p *behold.Price) (shelf, bool) {
	if !(p.Quantity > 0) || !(p.Unit > 0) || math.IsInf(p.Unit, 1) {
		return shelf{}, false
	}
	return shelf{p.Product, int8(math.Ilogb(p.Quantity))}, true
}

func sinceTold(deals *behold.Dealings, k int) bool {
	return len(deals.Profile) > 0 && deals.Profile[k].Since.Known()
}

// sinceOf is when the customer came.
func sinceOf(deals *behold.Dealings, k int, f *behold.Forecast) behold.Day {
	switch {
	case !sinceTold(deals, k):
		return f.First
	case f.First.Known():
		return min(deals.Profile[k].Since, f.First)
	}
	return deals.Profile[k].Since
}

// medians of what was paid, for every shelf at every step of time.
func (f *fairPrices) medians(all []paid, until behold.Day) map[shelf][]float64 {
	slices.SortFunc(all, func(a, b paid) int {
		switch {
		case a.shelf.product != b.shelf.product:
			return int(a.shelf.product) - int(b.shelf.product)
		case a.shelf.band != b.shelf.band:
			return int(a.shelf.band) - int(b.shelf.band)
		case a.day != b.day:
			return int(a.day - b.day)
		case a.unit != b.unit:
			if a.unit < b.unit {
				return -1
			}
			return 1
		}
		return int(a.customer - b.customer)
	})
	medians := map[shelf][]float64{}
	for i := 0; i < len(all); {
		j := i
		for j < len(all) && all[j].shelf == all[i].shelf {
			j++
		}
		if steps := f.slide(all[i:j], until); steps != nil {
			medians[all[i].shelf] = steps
		}
		i = j
	}
	return medians
}

// slide takes the median of the 180 days around each step; nil when no step has enough.
func (f *fairPrices) slide(lines []paid, until behold.Day) []float64 {
	if len(lines) < leastPrices {
		return nil
	}
	steps := make([]float64, int(until-f.from)/priceStep+1)
	any := false
	lo, hi := 0, 0
	var units []float64
	for s := range steps {
		at := f.from + behold.Day(s*priceStep)
		for hi < len(lines) && lines[hi].day <= at+nearDays {
			hi++
		}
		for lo < hi && lines[lo].day < at-nearDays {
			lo++
		}
		steps[s] = math.NaN()
		if hi-lo < leastPrices || !twoCustomers(lines[lo:hi]) {
			continue
		}
		units = units[:0]
		for _, l := range lines[lo:hi] {
			units = append(units, l.unit)
		}
		steps[s], any = medianOf(units), true
	}
	if !any {
		return nil
	}
	return steps
}

func twoCustomers(lines []paid) bool {
	for _, l := range lines {
		if l.customer != lines[0].customer {
			return true
		}
	}
	return false
}

// at is what new customers pay on a day; NaN where nobody knows.
func (f *fairPrices) at(medians map[shelf][]float64, s shelf, day behold.Day) float64 {
	steps := medians[s]
	if steps == nil || day < f.from {
		return math.NaN()
	}
	i := (int(day-f.from) + priceStep/2) / priceStep
	return steps[min(i, len(steps)-1)]
}

// ordinaryOrder is the median amount of a day's purchases, in major units.
func ordinaryOrder(h *behold.Histories) float64 {
	var amounts []float64
	for i := range h.Day {
		if h.Purchase(i) {
			amounts = append(amounts, float64(h.Bought[i]))
		}
	}
	if len(amounts) == 0 {
		return 0
	}
	return medianOf(amounts) * behold.Money{Minor: 1, Currency: h.Currency}.Major()
}

// setPeers learns how much more customers who are not new usually pay, and where
// Benjamini and Hochberg cut.
func (f *fairPrices) setPeers(h *behold.Histories, deals *behold.Dealings, fs []behold.Forecast) {
	const block = 4096
	found := make([][][2]float64, (len(h.Customer)+block-1)/block)
	stat.Blocks(len(h.Customer), block, func(lo, hi int) {
		var d dearness
		for k := lo; k < hi; k++ {
			since := sinceOf(deals, k, &fs[k])
			if !since.Known() || h.AsOf-since < newFor {
				continue
			}
			d.compare(f, f.plain, deals.Prices.Of(k), h.AsOf-comparedDays, h.AsOf)
			if d.enough() {
				found[lo/block] = append(found[lo/block], [2]float64{d.share(), d.quickP()})
			}
		}
	})
	var shares, ps []float64
	for _, x := range slices.Concat(found...) {
		shares, ps = append(shares, x[0]), append(ps, x[1])
	}
	if len(shares) == 0 {
		return
	}
	f.usual = max(0, medianOf(shares))
	deviations := make([]float64, len(shares))
	for i, s := range shares {
		deviations[i] = math.Abs(s - f.usual)
	}
	f.spread = 1.4826 * medianOf(deviations)
	slices.Sort(ps)
	for i, p := range ps {
		if p <= falseShare*float64(i+1)/float64(len(ps)) {
			f.cut = p
		}
	}
}

// dearness is how much too much one customer paid.
type dearness struct {
	lines      []dear
	over, base float64
	products   int
	seen       []int32
}

// dear is one compared line.
type dear struct {
	over, base float64
	price      *behold.Price
	fair       float64
}

// compare takes the lines of (after, until].
func (d *dearness) compare(f *fairPrices, medians map[shelf][]float64, prices []behold.Price, after, until behold.Day) {
	d.lines, d.over, d.base, d.products, d.seen = d.lines[:0], 0, 0, 0, d.seen[:0]
	for i := range prices {
		p := &prices[i]
		if p.On <= after || p.On > until {
			continue
		}
		s, ok := shelfOf(p)
		if !ok {
			continue
		}
		fair := f.at(medians, s, p.On)
		if !(fair > 0) || p.Unit > otherThing*fair || p.Unit*otherThing < fair {
			continue
		}
		line := dear{over: p.Quantity * (p.Unit - fair), base: p.Quantity * fair, price: p, fair: fair}
		d.lines = append(d.lines, line)
		d.over += line.over
		d.base += line.base
		if !slices.Contains(d.seen, p.Product) {
			d.seen = append(d.seen, p.Product)
		}
	}
	d.products = len(d.seen)
}

func (d *dearness) enough() bool {
	return len(d.lines) >= leastPriceLines && d.products >= leastProducts && d.base > 0
}

func (d *dearness) share() float64 { return d.over / d.base }

// quickP is the chance of a share of 2 % or less, as of a normal distribution with
// the variance of a ratio of sums.
func (d *dearness) quickP() float64 {
	share, n := d.share(), float64(len(d.lines))
	square := 0.0
	for _, l := range d.lines {
		e := l.over - share*l.base
		square += e * e
	}
	error := math.Sqrt(square*n/(n-1)) / d.base
	if error == 0 {
		error = 1e-9
	}
	return distuv.UnitNormal.CDF((dearFrom - share) / error)
}

// sampledP is the same from 500 samples of the lines.
func (d *dearness) sampledP(seed uint64, customer int32) float64 {
	rnd := rand.New(rand.NewPCG(seed, uint64(uint32(customer))))
	below, sum, square := 0, 0.0, 0.0
	for range dearSamples {
		over, base := 0.0, 0.0
		for range d.lines {
			l := &d.lines[rnd.IntN(len(d.lines))]
			over, base = over+l.over, base+l.base
		}
		share := over / base
		if share <= dearFrom {
			below++
		}
		sum, square = sum+share, square+share*share
	}
	const few = 10
	if below >= few {
		return float64(below) / dearSamples
	}
	mean := sum / dearSamples
	deviation := math.Sqrt(max(square/dearSamples-mean*mean, 1e-18))
	return distuv.UnitNormal.CDF((dearFrom - mean) / deviation)
}

func (d *desk) paysMore() (behold.Lamp, bool) {
	fair := &d.in.Fair
	test := TestDay(d.h.Customer[d.k], d.day)
	since := sinceOf(d.deals, d.k, d.f)
	if len(fair.offers) == 0 || !since.Known() || test-since < newFor {
		return behold.Lamp{}, false
	}
	d.dear.compare(fair, fair.plain, d.deals.Prices.Of(d.k), test-comparedDays, test)
	if !d.dear.enough() {
		return behold.Lamp{}, false
	}
	p := d.dearP()
	chosen := p <= fair.cut && d.dear.over >= fair.floor
	a, lit := d.test(behold.LampPaysMore, p, 1, chosen)
	if !lit || !d.stillDear() {
		return behold.Lamp{}, false
	}
	d.dear.compare(fair, fair.plain, d.deals.Prices.Of(d.k), test-comparedDays, test)
	return d.lit(behold.LampPaysMore, test, p, a, d.dearEvidence(p, test)), true
}

// dearP draws samples only for those who could light.
func (d *desk) dearP() float64 {
	p := d.dear.quickP()
	if p <= worthSampling {
		p = d.dear.sampledP(d.in.Settings.Seed, d.h.Customer[d.k])
	}
	if d.in.Fair.spread > 0 {
		p = max(p, distuv.UnitNormal.Survival((d.dear.share()-d.in.Fair.usual)/d.in.Fair.spread))
	}
	return p
}

// stillDear says whether the last 90 days, where they can tell, say so too.
func (d *desk) stillDear() bool {
	d.dear.compare(&d.in.Fair, d.in.Fair.plain, d.deals.Prices.Of(d.k), d.day-nearDays, d.day)
	return len(d.dear.lines) < leastPriceLines || d.dear.share() > dearFrom
}

func (d *desk) watchPaysMore(l behold.Lamp) (behold.Lamp, bool) { return l, d.stillDear() }

func (d *desk) dearEvidence(p float64, day behold.Day) behold.Evidence {
	x := &d.dear
	e := behold.Evidence{Facts: []behold.Fact{
		amount("over", x.over, d.h.Currency),
		number("over_share", x.share()),
		number("lines", float64(len(x.lines))),
		number("products", float64(x.products)),
		number("one_in", oneIn(p)),
		on("as_of", day),
	}}
	worst := slices.Clone(x.lines)
	slices.SortStableFunc(worst, func(a, b dear) int {
		switch {
		case a.over > b.over:
			return -1
		case a.over < b.over:
			return 1
		}
		return int(b.price.On - a.price.On)
	})
	told := []int32{}
	for _, l := range worst {
		if len(told) == 3 || l.over <= 0 {
			break
		}
		if slices.Contains(told, l.price.Product) {
			continue
		}
		name := "also_product"
		if len(told) == 0 {
			name = "product"
		}
		told = append(told, l.price.Product)
		e.Facts = append(e.Facts,
			behold.Fact{Name: name, Number: float64(l.price.Product), Day: l.price.On},
			amount("paid", l.price.Unit, d.h.Currency), amount("new_pay", l.fair, d.h.Currency))
		e.Rows = append(e.Rows, row(behold.TableOrders, l.price.Order, l.price.On))
	}
	x.compare(&d.in.Fair, d.in.Fair.offers, d.deals.Prices.Of(d.k), day-comparedDays, day)
	if x.enough() {
		e.Facts = append(e.Facts, number("share_offers", x.share()))
	}
	return e
}
