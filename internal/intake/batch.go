package intake

import "behold"

// A batch is a chunk and what was made of it.
type batch struct {
	chunk
	lines     behold.Lines
	keys      []twinKey // of each line: its order with its line, or with its product
	content   []uint32  // hash of each row, where lines have numbers of their own
	named     []bool    // the line has a number of its own
	records   behold.Records
	customers []behold.Customer
	buyers    []uint64 // hash of each of customers
	rows      []int64  // of customers, in a customers file
	rejects   []behold.Reject
	read      int64
	latin     int64 // rows with Windows-1252 in them
	unicode   bool  // somewhere there is UTF-8 beyond ASCII
	noAmount  int64
	badDebt   int64
	ignored   map[int]ignored
	texts     arena
	done      chan struct{}
	err       error
	at        int64 // bytes of the file read so far
}

// ignored counts the values of a column that could not be used.
type ignored struct {
	rows    int64
	example string
}

func (b *batch) clear() {
	l := &b.lines
	*l = behold.Lines{
		Row: l.Row[:0], Order: l.Order[:0], Line: l.Line[:0], Customer: l.Customer[:0], At: l.At[:0], RecordedAt: l.RecordedAt[:0],
		Product: l.Product[:0], ProductName: l.ProductName[:0], Category: l.Category[:0], Quantity: l.Quantity[:0],
		UnitPrice: l.UnitPrice[:0], Amount: l.Amount[:0], Cost: l.Cost[:0], ListPrice: l.ListPrice[:0], Discount: l.Discount[:0],
		Offer: l.Offer[:0], Currency: l.Currency[:0], PromisedOn: l.PromisedOn[:0], DeliveredOn: l.DeliveredOn[:0],
		CreditOf: l.CreditOf[:0], Return: l.Return[:0], Goods: l.Goods[:0], Attributes: l.Attributes[:0],
	}
	clearRecords(&b.records)
	b.keys, b.content, b.named = b.keys[:0], b.content[:0], b.named[:0]
	b.customers, b.buyers, b.rows, b.rejects = b.customers[:0], b.buyers[:0], b.rows[:0], b.rejects[:0]
	b.read, b.latin, b.noAmount, b.badDebt, b.unicode, b.err = 0, 0, 0, 0, false, nil
	b.ignored = nil
	b.texts.reset()
}
