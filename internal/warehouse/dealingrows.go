package warehouse

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"behold"
)

// One function for each table of dealings: what the columns of its query mean,
// and by which time a customer's rows are sorted; those of one time stay in the
// order in which they were imported.

func (r *reading) profiles() error {
	r.d.Profile = make([]behold.Profile, len(r.d.Customer))
	for k := range r.d.Profile {
		r.d.Profile[k] = behold.Profile{Closed: behold.NoDay, Since: behold.NoDay}
	}
	if !r.told {
		return nil
	}
	return scanOn(r.ctx, r.conn, made("dealing.profiles", nil), func(b *block) error {
		for i, number := range b.ints[0] {
			place, ok := r.of(number)
			if !ok {
				continue
			}
			p := behold.Profile{Closed: behold.Day(b.ints[1][i]), Since: behold.Day(b.ints[3][i]), Person: b.ints[4][i] == 1,
				Segment: behold.Mark(b.bigs[5][i]), Offer: behold.Mark(b.bigs[6][i]), Colleague: behold.Mark(b.bigs[7][i]),
				VIP: b.ints[8][i] == 1, Captive: b.ints[9][i] == 1, NoMarketing: b.ints[10][i] == 1, Danish: b.ints[11][i] == 1, Abroad: b.ints[11][i] == 2}
			if p.Closed.Known() {
				p.ClosedReason = whyClosed(b.texts[2][i])
			}
			r.d.Profile[place] = p.AsOf(r.d.AsOf)
		}
		return nil
	}, r.common[1:]...)
}

// whyClosed finds the words for closed and moved in five languages.
func whyClosed(said string) behold.Reason {
	said = strings.ToLower(said)
	for _, word := range []string{"moved", "moving", "relocat", "emigrat", "flyt", "verhui", "vertrok"} {
		if strings.Contains(said, word) {
			return behold.Moved
		}
	}
	for _, word := range []string{
		"clos", "bankrup", "ceas", "liquidat", "dissol", "insolv", "died", "dead", "death", "out of business", "shut",
		"luk", "ophør", "konkurs", "død", "afvikl",
		"stäng", "upphör", "avlid", "nedlag", "nedlegg", "lagt ned", "lades ned", "likvid", "avveckl",
		"steng", "opphør", "avvikl",
		"geslo", "sluit", "failli", "opgehev", "overled", "gestopt", "beëindig",
	} {
		if strings.Contains(said, word) {
			return behold.ClosedDown
		}
	}
	return behold.UnknownReason
}

// records reads the tables that become dealings row by row; promises, which
// have deliveries beside them, come after.
func (r *reading) records() error {
	for _, step := range []func() error{r.people, r.contacts, r.tickets, r.answers, r.quotes, r.invoices, r.contracts, r.losses} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// table reads a table that is not empty.
func table[T dealing[T]](r *reading, t behold.Table, into *behold.Rows[T], row func(b *block, i int) T, compare func(a, b *T) int) error {
	last, ok := r.last[t]
	if !ok {
		return nil
	}
	var p pile[T]
	err := read(r, &p, made("dealing."+string(t), nil), last, row)
	sorted(r, &p, into, compare)
	return err
}

func (r *reading) people() error {
	return table(r, behold.TablePeople, &r.d.People, func(b *block, i int) behold.Person {
		return behold.Person{Recorded: day(b, 1, i), ID: mark(b, 2, i), From: day(b, 3, i), To: day(b, 4, i), Bounced: yes(b, 5, i)}
	}, func(a, b *behold.Person) int { return cmp.Compare(a.From, b.From) })
}

func (r *reading) contacts() error {
	return table(r, behold.TableContacts, &r.d.Contacts, func(b *block, i int) behold.Contact {
		return behold.Contact{Recorded: day(b, 1, i), ID: mark(b, 2, i), At: moment(b, 3, i), In: yes(b, 4, i), Channel: r.words.one(b.texts[5][i]),
			Colleague: mark(b, 6, i), Person: mark(b, 7, i), Replied: moment(b, 8, i)}
	}, func(a, b *behold.Contact) int { return cmp.Compare(a.At, b.At) })
}

func (r *reading) tickets() error {
	return table(r, behold.TableTickets, &r.d.Tickets, func(b *block, i int) behold.Ticket {
		return behold.Ticket{Recorded: day(b, 1, i), ID: mark(b, 2, i), Opened: moment(b, 3, i), Replied: moment(b, 4, i), Closed: moment(b, 5, i),
			Reopened: b.ints[6][i], Complaint: yes(b, 7, i), PromiseHours: b.reals[8][i],
			Touchpoint: r.words.one(b.texts[9][i]), Priority: r.words.one(b.texts[10][i]), Channel: r.words.one(b.texts[11][i])}
	}, func(a, b *behold.Ticket) int { return cmp.Compare(a.Opened, b.Opened) })
}

func (r *reading) answers() error {
	return table(r, behold.TableAnswers, &r.d.Answers, func(b *block, i int) behold.Answer {
		return behold.Answer{Recorded: day(b, 1, i), ID: mark(b, 2, i), At: day(b, 3, i), Asked: day(b, 4, i), Item: r.words.one(b.texts[5][i]),
			Value: b.reals[6][i], Scale: b.reals[7][i], Touchpoint: r.words.one(b.texts[8][i])}
	}, func(a, b *behold.Answer) int { return cmp.Compare(a.At, b.At) })
}

func (r *reading) quotes() error {
	return table(r, behold.TableQuotes, &r.d.Quotes, func(b *block, i int) behold.Quote {
		return behold.Quote{Recorded: day(b, 1, i), ID: mark(b, 2, i), At: day(b, 3, i), Amount: r.major(b, 4, i), Won: day(b, 7, i)}
	}, func(a, b *behold.Quote) int { return cmp.Compare(a.At, b.At) })
}

func (r *reading) invoices() error {
	return table(r, behold.TableInvoices, &r.d.Invoices, func(b *block, i int) behold.Invoice {
		return behold.Invoice{Recorded: day(b, 1, i), ID: mark(b, 2, i), Due: day(b, 3, i), Paid: day(b, 4, i), Amount: r.major(b, 5, i), Disputed: yes(b, 8, i)}
	}, func(a, b *behold.Invoice) int { return cmp.Compare(a.Due, b.Due) })
}

func (r *reading) contracts() error {
	return table(r, behold.TableContracts, &r.d.Contracts, func(b *block, i int) behold.Contract {
		return behold.Contract{Recorded: day(b, 1, i), ID: mark(b, 2, i), Product: mark(b, 3, i), Starts: day(b, 4, i), Ends: day(b, 5, i),
			Notice: b.ints[6][i], AutoRenew: yes(b, 7, i), Price: r.major(b, 8, i), Period: r.words.one(b.texts[11][i]),
			IntroUntil: day(b, 12, i), Ended: day(b, 13, i)}
	}, func(a, b *behold.Contract) int {
		return cmp.Or(cmp.Compare(a.Starts, b.Starts), cmp.Compare(a.ID, b.ID))
	})
}

func (r *reading) losses() error {
	reasons := map[string]behold.Reason{}
	for _, reason := range behold.Reasons() {
		reasons[string(reason)] = reason
	}
	return table(r, behold.TableLosses, &r.d.Losses, func(b *block, i int) behold.Loss {
		return behold.Loss{Recorded: day(b, 1, i), On: day(b, 2, i), Reason: cmp.Or(reasons[b.texts[3][i]], behold.UnknownReason),
			ByCustomer: yes(b, 4, i), WonBack: day(b, 5, i)}
	}, func(a, b *behold.Loss) int { return cmp.Compare(a.On, b.On) })
}

// promises are those of their own table, and the deliveries of orders; prices
// stand on the same lines.
func (r *reading) promises() error {
	var p pile[behold.Promise]
	if last, ok := r.last[behold.TablePromises]; ok {
		err := read(r, &p, made("dealing.promises", nil), last, func(b *block, i int) behold.Promise {
			return behold.Promise{Table: behold.TablePromises, Recorded: day(b, 1, i), ID: mark(b, 2, i),
				Made: moment(b, 3, i), Due: moment(b, 4, i), Kept: moment(b, 5, i), Kind: r.words.one(b.texts[6][i]), GivenUp: day(b, 7, i)}
		})
		if err != nil {
			return err
		}
	}
	if err := r.lines(&p); err != nil || p.n == 0 {
		return err
	}
	r.sorting.Go(func() { r.d.Promises = oneAnOrder(p.sorted(len(r.d.Customer), byMade)) })
	return nil
}

func byMade(a, b *behold.Promise) int { return cmp.Compare(a.Made, b.Made) }

// lines reads what lines say about prices and, if any does, about deliveries.
func (r *reading) lines(promises *pile[behold.Promise]) error {
	if !r.facts.products && !r.promised {
		return nil
	}
	after := behold.Date(1, 1, 1)
	if r.facts.lines > fewLines {
		after = r.d.AsOf - priceDays + 1
	}
	minor := math.Pow10(behold.MinorDigits(r.facts.currency))
	var prices pile[behold.Price]
	for from := int64(0); from <= r.lastLine; from += stretch {
		err := scanOn(r.ctx, r.conn, made("dealing.lines", nil), func(b *block) error {
			for i, number := range b.ints[0] {
				place, ok := r.of(number)
				if !ok {
					continue
				}
				if b.ints[4][i] >= 0 {
					prices.put(place, price(b, i, minor))
				}
				if day(b, 8, i).Known() {
					addDelivery(promises, place, delivery(b, i), r.d.AsOf)
				}
			}
			return nil
		}, append(slices.Clone(r.common), from, from+stretch, r.facts.currency, after.Time())...)
		if err != nil {
			return err
		}
	}
	sorted(r, &prices, &r.d.Prices, func(a, b *behold.Price) int { return cmp.Compare(a.On, b.On) })
	return nil
}

func price(b *block, i int, minor float64) behold.Price {
	quantity := b.reals[5][i]
	return behold.Price{Recorded: day(b, 1, i), On: moment(b, 2, i).Day(), Order: mark(b, 3, i), Product: b.ints[4][i], Quantity: quantity,
		Unit: float64(b.bigs[6][i]) / minor / quantity, Offer: yes(b, 7, i)}
}

// delivery is what one line promises.
func delivery(b *block, i int) behold.Promise {
	return behold.Promise{Table: behold.TableOrders, Recorded: day(b, 1, i), ID: mark(b, 3, i), Kind: "delivery",
		Made: moment(b, 2, i), Due: day(b, 8, i).Moment(), Kept: day(b, 9, i).Moment()}
}

// addDelivery adds the line's promise to that of the order, whose lines mostly
// follow one another.
func addDelivery(p *pile[behold.Promise], place int32, line behold.Promise, asOf behold.Day) {
	line, _ = line.AsOf(asOf)
	if order, of := p.last(); order != nil && of == place && order.Table == line.Table && order.ID == line.ID {
		include(order, &line)
		return
	}
	p.put(place, line)
}

// include makes one promise of two parts of it: it is due with the last and kept
// when both are.
func include(order, line *behold.Promise) {
	order.Recorded, order.Made, order.Due = max(order.Recorded, line.Recorded), min(order.Made, line.Made), max(order.Due, line.Due)
	if !order.Kept.Known() || !line.Kept.Known() {
		order.Kept = behold.NoMoment
		return
	}
	order.Kept = max(order.Kept, line.Kept)
}

// oneAnOrder joins what is left of orders whose lines did not follow one another.
func oneAnOrder(rows behold.Rows[behold.Promise]) behold.Rows[behold.Promise] {
	at := map[behold.Mark]int{} // of the customer's orders
	n := 0
	for k := range len(rows.Start) - 1 {
		clear(at)
		from := n
		for _, p := range rows.All[rows.Start[k]:rows.Start[k+1]] {
			if before, ok := at[p.ID]; ok && p.Table == behold.TableOrders {
				include(&rows.All[before], &p)
				continue
			}
			if p.Table == behold.TableOrders {
				at[p.ID] = n
			}
			rows.All[n] = p
			n++
		}
		rows.Start[k] = from
	}
	rows.Start[len(rows.Start)-1] = n
	rows.All = rows.All[:n]
	return rows
}

// remarks are what customers wrote, wherever it is kept.
func (r *reading) remarks() error {
	var p pile[behold.Remark]
	for _, t := range []behold.Table{behold.TableContacts, behold.TableTickets, behold.TableAnswers} {
		last, ok := r.last[t]
		if !ok {
			continue
		}
		err := read(r, &p, made("remark."+string(t), nil), last, func(b *block, i int) behold.Remark {
			return behold.Remark{Table: t, Recorded: day(b, 1, i), ID: mark(b, 2, i), At: moment(b, 3, i), Body: strings.Clone(b.texts[4][i])}
		})
		if err != nil {
			return err
		}
	}
	sorted(r, &p, &r.d.Remarks, func(a, b *behold.Remark) int { return cmp.Compare(a.At, b.At) })
	return nil
}

func day(b *block, column, i int) behold.Day       { return behold.Day(b.ints[column][i]) }
func moment(b *block, column, i int) behold.Moment { return behold.Moment(b.ints[column][i]) }
func mark(b *block, column, i int) behold.Mark     { return behold.Mark(b.bigs[column][i]) }
func yes(b *block, column, i int) bool             { return b.ints[column][i] == 1 }

// major is an amount in major units, of three columns: whether it is said, what
// it is, in which currency; NaN when nobody said.
func (r *reading) major(b *block, column, i int) float64 {
	if !yes(b, column, i) {
		return math.NaN()
	}
	return behold.Money{Minor: b.bigs[column+1][i], Currency: cmp.Or(b.texts[column+2][i], r.facts.currency)}.Major()
}
