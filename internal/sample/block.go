package sample

import (
	"strconv"

	"behold"
)

// A Block is a run of customers with everything that happened to them.
type Block struct {
	shop      *shop
	lives     []*life
	lines     []line
	people    []person
	invoices  []invoice
	contracts []contract
	contacts  []contact
	tickets   []ticket
	promises  []promise
	answers   []answer
	quotes    []quote
	losses    []loss
}

// block makes one block. It depends on the shop and the number alone.
func (s *shop) block(number int64) *Block {
	b := &Block{shop: s}
	b.lines = make([]line, 0, min(int(blockSize*3.2*s.OrdersPerYear*s.years()), 1<<18)) // about what comes
	d := newDice()
	for n := number * blockSize; n < min((number+1)*blockSize, s.Customers); n++ {
		l := s.life(d, n)
		b.lives = append(b.lives, l)
		d.start(s.Seed, n, forOrders)
		b.buy(d, l)
		d.start(s.Seed, n, forPeople)
		b.persons(d, l)
		d.start(s.Seed, n, forService)
		b.meet(d, l)
		b.deal(d, l)
		d.start(s.Seed, n, forVoice)
		b.ask(d, l)
		b.lose(d, l)
	}
	return b
}

// truths of the block's customers, whose lives are planned but not lived.
func (s *shop) truths(number int64) []Truth {
	var out []Truth
	d := newDice()
	for n := number * blockSize; n < min((number+1)*blockSize, s.Customers); n++ {
		out = append(out, s.life(d, n).truth)
	}
	return out
}

// Customers of the block as the company knows them, Number not set.
func (b *Block) Customers() []behold.Customer {
	out := make([]behold.Customer, len(b.lives))
	for i, l := range b.lives {
		out[i] = b.shop.customer(l)
	}
	return out
}

// Truth about the block's customers, in the order of Customers.
func (b *Block) Truth() []Truth {
	out := make([]Truth, len(b.lives))
	for i, l := range b.lives {
		out[i] = l.truth
	}
	return out
}

// Lines of the block's orders, as intake would give them. Row counts from 1
// within the block.
func (b *Block) Lines() *behold.Lines {
	out := new(behold.Lines)
	for i := range b.lines {
		b.addLine(out, int64(i+1), &b.lines[i])
	}
	return out
}

func (b *Block) addLine(out *behold.Lines, row int64, r *line) {
	a := &b.shop.goods[r.article]
	creditOf := ""
	if r.creditOf != 0 {
		creditOf = orderID(r.customer, r.creditOf, 'F')
	}
	out.Row = append(out.Row, row)
	out.Order = append(out.Order, orderID(r.customer, r.order, r.letter()))
	out.Line = append(out.Line, strconv.Itoa(int(r.number)))
	out.Customer = append(out.Customer, customerID(r.customer))
	out.At = append(out.At, int64(r.at)*60e6)
	out.Product = append(out.Product, a.code)
	out.ProductName = append(out.ProductName, a.name)
	out.Category = append(out.Category, a.category)
	out.Quantity = append(out.Quantity, float64(r.quantity))
	out.UnitPrice = append(out.UnitPrice, float64(r.unit)/100)
	out.Amount = append(out.Amount, r.amount())
	out.Cost = append(out.Cost, r.cost)
	out.ListPrice = append(out.ListPrice, float64(r.list)/100)
	out.Discount = append(out.Discount, r.discount)
	out.Offer = append(out.Offer, r.offer())
	out.Currency = append(out.Currency, currency)
	out.PromisedOn = append(out.PromisedOn, r.promised)
	out.DeliveredOn = append(out.DeliveredOn, r.delivered)
	out.CreditOf = append(out.CreditOf, creditOf)
	out.Return = append(out.Return, r.creditOf != 0)
	out.Goods = append(out.Goods, true)
}

// currency of everything the shop does.
const currency = "DKK"

func (l *life) id() string { return customerID(l.number) }

func customerID(number int64) string { return "K-" + strconv.FormatInt(number+1001, 10) }

// orderID is unique without counting across customers: customer, then order.
func orderID(customer int64, order int32, letter byte) string {
	return string(appendOrderID(nil, customer, order, letter))
}

func appendOrderID(b []byte, customer int64, order int32, letter byte) []byte {
	b = append(b, letter, '-')
	b = strconv.AppendInt(b, customer+1001, 10)
	b = append(b, '-')
	return strconv.AppendInt(b, int64(order), 10)
}
