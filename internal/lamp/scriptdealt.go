package lamp

import "behold"

// Dealt is what the customers of a script had to do with the company beside
// buying.
type dealt struct {
	marks map[string]behold.Mark // of texts: persons, products, …
	next  behold.Mark            // the last mark given to a row
	has   []behold.Table
	rows  []dealer // by customer
}

// A dealer is one customer's rows, in the order in which they were given.
type dealer struct {
	profile   behold.Profile
	people    []behold.Person
	contacts  []behold.Contact
	tickets   []behold.Ticket
	promises  []behold.Promise
	answers   []behold.Answer
	quotes    []behold.Quote
	invoices  []behold.Invoice
	contracts []behold.Contract
	losses    []behold.Loss
	prices    []behold.Price
	remarks   []behold.Remark
}

func newDealt() dealt { return dealt{marks: map[string]behold.Mark{}, next: 1000} }

func newDealer() dealer {
	return dealer{profile: behold.Profile{Closed: behold.NoDay, Since: behold.NoDay}}
}

// mark of a text: equal texts have equal marks.
func (d *dealt) mark(text string) behold.Mark {
	if text == "" {
		return 0
	}
	m, known := d.marks[text]
	if !known {
		m = behold.Mark(len(d.marks) + 1)
		d.marks[text] = m
	}
	return m
}

// row gives the next row of a table its mark, and notes that the table is there.
func (d *dealt) row(table behold.Table) behold.Mark {
	d.knows(table)
	d.next++
	return d.next
}

func (d *dealt) knows(table behold.Table) {
	for _, has := range d.has {
		if has == table {
			return
		}
	}
	d.has = append(d.has, table)
}

// dealings are the rows of the customers of h as known at the end of its day.
func (d *dealt) dealings(h *behold.Histories) *behold.Dealings {
	all := &behold.Dealings{AsOf: h.AsOf, Customer: h.Customer, Has: append([]behold.Table{behold.TableOrders}, d.has...)}
	for k := range h.Customer {
		r := &d.rows[k]
		all.Profile = append(all.Profile, r.profile)
		all.People.Put(r.people...)
		all.Contacts.Put(r.contacts...)
		all.Tickets.Put(r.tickets...)
		all.Promises.Put(r.promises...)
		all.Answers.Put(r.answers...)
		all.Quotes.Put(r.quotes...)
		all.Invoices.Put(r.invoices...)
		all.Contracts.Put(r.contracts...)
		all.Losses.Put(r.losses...)
		all.Prices.Put(r.prices...)
		all.Remarks.Put(r.remarks...)
	}
	return all.Until(h.AsOf)
}
