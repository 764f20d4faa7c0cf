package intake

import (
	"slices"
	"strconv"
	"strings"

	"behold"
)

// numberLines gives every line its name within the order (package comment). Of
// lines with the same name it keeps the first: one that came with the same
// content is counted as known, one with other content is rejected.
func (r *reading) numberLines(b *batch) {
	withNumbers := r.file.at[fLine] >= 0
	if r.twins == nil {
		r.twins = newTwins(r.expected(b), withNumbers)
	}
	if withNumbers {
		r.weedLines(b)
		return
	}
	for from, n := 0, len(b.keys); from < n; from += abreast {
		to := min(from+abreast, n)
		r.twins.prepare(b.keys[from:to])
		for i := from; i < to; i++ {
			r.numberLine(b, i)
		}
	}
}

// numberLine puts the number behind the name of a line that needs one.
func (r *reading) numberLine(b *batch, i int) {
	if n := r.twins.count(b.keys[i]); n > 1 || needsNumber(b.lines.Line[i]) {
		b.lines.Line[i] = b.texts.numbered(b.lines.Line[i], n)
	}
}

// needsNumber says whether a first line cannot just be called by its product:
// because there is none, or because it looks as if it had a number behind it.
func needsNumber(product string) bool {
	return product == "" || strings.IndexByte(product, '#') >= 0
}

// numbered writes product#n into the arena.
func (a *arena) numbered(product string, n uint32) string {
	a.room(len(product) + 11)
	from := len(a.block)
	a.block = append(append(a.block, product...), '#')
	a.block = strconv.AppendUint(a.block, uint64(n), 10)
	return view(a.block[from:])
}

// expected estimates the lines of the file from its first chunk.
func (r *reading) expected(b *batch) int64 {
	if b.read == 0 || b.at == 0 {
		return 0
	}
	if b.at >= r.file.size {
		return b.read
	}
	// Of a packed file as many bytes are read ahead as of any other, so this
	// is too low there; the table grows.
	return r.file.size / max(int64(len(b.data))/b.read, 1)
}

// weedLines handles lines of a file that numbers its lines. A line without a
// number is named as elsewhere, and its name may be another line's number.
func (r *reading) weedLines(b *batch) {
	var drop []int
	for from, n := 0, len(b.keys); from < n; from += abreast {
		to := min(from+abreast, n)
		r.twins.prepare(b.keys[from:to])
		for i := from; i < to; i++ {
			key := b.keys[i]
			if !b.named[i] {
				r.numberLine(b, i)
				key = twinKeyOf(b.lines.Order[i], b.lines.Line[i])
			}
			row := b.lines.Row[i]
			first, same := r.twins.first(key, row, b.content[i])
			if first == row {
				continue
			}
			drop = append(drop, i)
			if same {
				r.counts[countKnown]++
				continue
			}
			b.rejects = append(b.rejects, behold.Reject{
				Row: row, Column: r.file.headers[r.file.at[fLine]], Why: WhyLineTwice,
				Value: presentable(b.lines.Order[i] + "/" + b.lines.Line[i] + " ↑" + strconv.FormatInt(first, 10)),
			})
		}
	}
	without(&b.lines, drop)
}

// meetCustomers does the same for rows of customers.
func (r *reading) meetCustomers(b *batch) {
	if r.twins == nil {
		r.twins = newTwins(r.expected(b), true)
	}
	n := 0
	for i, key := range b.keys {
		first, same := r.twins.first(key, b.rows[i], b.content[i])
		if same {
			b.customers[n] = b.customers[i]
			n++
			continue
		}
		b.rejects = append(b.rejects, behold.Reject{
			Row: b.rows[i], Column: r.file.headers[r.file.at[fCustomer]], Why: WhyCustomerTwice,
			Value: presentable(b.customers[i].ID + " ↑" + strconv.FormatInt(first, 10)),
		})
	}
	b.customers = b.customers[:n]
}

// without takes rows out of all columns; drop is ascending.
func without(l *behold.Lines, drop []int) {
	if len(drop) == 0 {
		return
	}
	l.Row, l.Order, l.Line, l.Customer = less(l.Row, drop), less(l.Order, drop), less(l.Line, drop), less(l.Customer, drop)
	l.At, l.RecordedAt = less(l.At, drop), less(l.RecordedAt, drop)
	l.Product, l.ProductName, l.Category = less(l.Product, drop), less(l.ProductName, drop), less(l.Category, drop)
	l.Quantity, l.UnitPrice, l.Amount = less(l.Quantity, drop), less(l.UnitPrice, drop), less(l.Amount, drop)
	l.Cost, l.ListPrice, l.Discount = less(l.Cost, drop), less(l.ListPrice, drop), less(l.Discount, drop)
	l.Offer, l.Currency, l.CreditOf = less(l.Offer, drop), less(l.Currency, drop), less(l.CreditOf, drop)
	l.PromisedOn, l.DeliveredOn = less(l.PromisedOn, drop), less(l.DeliveredOn, drop)
	l.Return, l.Goods, l.Attributes = less(l.Return, drop), less(l.Goods, drop), less(l.Attributes, drop)
}

func less[T any](column []T, drop []int) []T {
	if len(column) == 0 {
		return column
	}
	n := drop[0]
	for i := n; i < len(column); i++ {
		if _, gone := slices.BinarySearch(drop, i); !gone {
			column[n] = column[i]
			n++
		}
	}
	return column[:n]
}
