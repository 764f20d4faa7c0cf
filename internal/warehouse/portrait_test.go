package warehouse

import (
	"fmt"
	"testing"

	"behold"
)

// What the invented shop's files say of people, contacts and answers is on the
// portrait of whoever has any, and agrees with the tables.
func TestPortrait(t *testing.T) {
	w := open(t)
	shop(t, w, 60)
	people, _, err := w.Customers(t.Context(), behold.Slice{}, behold.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	var met, left, used, answered int
	for _, c := range people {
		p, err := w.Portrait(t.Context(), c.Number, lastDay)
		if err != nil {
			t.Fatal(err)
		}
		met += len(p.People)
		for _, x := range p.People {
			if x.To.Known() {
				left++
			}
		}
		for _, x := range p.Channels {
			used += x.In + x.Out
			if x.Channel == "newsletter" || !x.Last.Known() || x.Last > lastDay {
				t.Errorf("%+v", x)
			}
		}
		for _, x := range p.Answers {
			answered += x.Times
			if x.Value > x.Scale || x.Times < 1 {
				t.Errorf("%+v", x)
			}
		}
		if p.Prices.Compared > p.Prices.Lines {
			t.Errorf("%+v", p.Prices)
		}
	}
	if met == 0 || left == 0 || used == 0 || answered == 0 {
		t.Errorf("%d people, %d of them left, %d contacts, %d answers", met, left, used, answered)
	}
}

// Somebody who pays a tenth more than newcomers for the same goods is seen to.
func TestPortraitOfOneWhoPaysMore(t *testing.T) {
	w := open(t)
	var facts []fact
	add := func(customer string, day behold.Day, product string, amount int64) {
		facts = append(facts, fact{customer: customer, order: fmt.Sprintf("F-%d", len(facts)), line: "1", day: day.String(), amount: amount, product: product, category: "tea"})
	}
	first := behold.Date(2024, 1, 1)
	for n := range behold.Day(18) {
		for _, product := range []string{"P1", "P2", "P3"} {
			add("K-old", first+30*n, product, 1100)
			add(fmt.Sprintf("K-new-%d", n), first+100+25*n, product, 1000)
			add(fmt.Sprintf("K-new-%d", n), first+107+25*n, product, 1000)
		}
	}
	load(t, w, receiptOf("a.csv"), facts)
	if _, err := w.db.ExecContext(t.Context(), "update line set quantity = 1, goods = true"); err != nil {
		t.Fatal(err)
	}
	old, err := w.Customer(t.Context(), "K-old", behold.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	p, err := w.Portrait(t.Context(), old.Number, first+520)
	if err != nil {
		t.Fatal(err)
	}
	if c := p.Prices; !c.Told() || c.Share() < 0.099 || c.Share() > 0.101 || c.Compared < 15 || c.Compared > c.Lines {
		t.Errorf("%+v: share %v", c, c.Share())
	}
	if p, err = w.Portrait(t.Context(), old.Number, first+20); err != nil || p.Prices.Told() {
		t.Errorf("before anybody was new: %+v, %v", p.Prices, err)
	}
}
