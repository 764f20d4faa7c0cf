// Package sample invents a company: Kløverhavn Engros, a wholesaler that does
// not exist, with customers who do not exist either. Demo, tests and benchmarks
// live on it. Its floor is the doors: it imports the nouns and nothing else,
// before it comes nothing, after it comes intake, which reads its files.
//
// Every customer has a rhythm (gaps ~ Gamma with rate mu and regularity k, in
// season-adjusted days), two to six favourite categories with rhythms of their
// own, a basket with a drift, a price level, a colleague who calls, tickets,
// promises, invoices and opinions. About one in seven leaves in a year. A
// leaver has one true cause (each of the twenty reasons occurs) which mostly
// leaves its trace in the right tables before the customer goes; traces.go is
// the table of what each cause leaves behind. One leaver in eight leaves no
// trace, and customers who stay have innocent episodes that look like a weaker
// form of the same, so nothing here can be read off a single column.
//
// What is kept to:
//
//   - The same options give the same bytes, however many cores work on it: each
//     customer has dice of its own, customers are made in blocks of fixed size,
//     and blocks are handed on in order.
//   - Memory does not grow with the number of customers. The price is that
//     orders.csv is sorted by customer, then by day; a credit note stands
//     directly behind the order it credits, although its day is later.
//   - Nothing happens after the last day. Only what was agreed ahead lies later:
//     promised_on, due_on, due_at, ends_on, intro_until, and the hour by which
//     a ticket should be answered.
//   - A customer who left orders, writes, calls and answers no more. What was
//     bought before is still delivered and paid, the register may say some days
//     later that the company closed, and losses.csv has what was said of it.
//
// truth.csv says what a company never knows: left_on (empty: still a customer),
// reason and since, the day on which the cause began to leave its trace (empty:
// it left none). A customer who is still there but whose cause is already at
// work has a reason and a since and no left_on: those are the ones to save.
//
// There is no response to attention in this shop: what colleagues do changes
// nobody's mind. Proving that care works needs another simulation.
package sample

import (
	"bufio"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"

	"behold"
)

// Options say how large the invented shop is.
type Options struct {
	Customers     int64      // how many customers there ever were, from 1
	Months        int        // how many months are told; 0: 36
	Seed          uint64     // the same seed gives the same shop
	Until         behold.Day // the last day told
	Company       string     // the company's name; empty: Kløverhavn Engros
	OrdersPerYear float64    // of a middling customer; 0: 14. Fewer makes large shops cheaper
	Leaving       float64    // rate at which customers leave, a year; 0: 0.17, which is one in seven; below 0: nobody leaves
	Innocent      float64    // innocent episodes of a customer in a year; 0: 0.16; below 0: none
	Steady        bool       // no seasons but the week and the holidays
	Workers       int        // how many cores; 0: all. The result does not depend on it
}

// Truth is what the shop knows of one customer and no company ever does.
type Truth struct {
	Customer string
	LeftOn   behold.Day    // NoDay: still there
	Reason   behold.Reason // "": nothing draws the customer away
	Since    behold.Day    // when the cause began to leave its trace; NoDay: it leaves none
}

// Write puts the shop's import files and its truth.csv into dir, which is made
// when it is missing. Files of the same names are replaced.
func Write(ctx context.Context, dir string, opt Options) error {
	shop, err := open(opt)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return unavailable("make the folder "+dir, err)
	}
	files, err := create(dir)
	if err != nil {
		return err
	}
	defer files.close()
	if err := files.add(shop.companyTables()); err != nil {
		return err
	}
	render := func(number int64) pages { return shop.block(number).pages() }
	if err := walk(ctx, shop, render, files.add); err != nil {
		return err
	}
	return files.finish()
}

// Each gives the shop to do, block by block and in order, without any file. A
// block belongs to do for good. The first error ends the walk.
func Each(ctx context.Context, opt Options, do func(*Block) error) error {
	shop, err := open(opt)
	if err != nil {
		return err
	}
	return walk(ctx, shop, shop.block, do)
}

// Truths gives the truth about every customer, in order, without making what
// happened to them, which is some forty times as fast as Each. An error, of which there is at most one, comes last.
func Truths(ctx context.Context, opt Options) iter.Seq2[Truth, error] {
	return func(yield func(Truth, error) bool) {
		shop, err := open(opt)
		if err == nil {
			err = walk(ctx, shop, shop.truths, func(some []Truth) error {
				for _, x := range some {
					if !yield(x, nil) {
						return errEnough
					}
				}
				return nil
			})
		}
		if err != nil && err != errEnough {
			yield(Truth{}, err)
		}
	}
}

// errEnough ends a walk whose caller wants no more.
var errEnough = errors.New("enough")

// Each table is one file, <table>.csv.
type table uint8

const (
	customers table = iota
	people
	orders
	invoices
	contracts
	contacts
	tickets
	promises
	answers
	quotes
	losses
	efforts
	colleagues
	truth
	tables // how many there are
)

// pages are CSV rows of each table, without headers.
type pages [tables][]byte

type files struct {
	file [tables]*os.File
	buf  [tables]*bufio.Writer
}

func create(dir string) (*files, error) {
	f := new(files)
	for t := range tables {
		path := filepath.Join(dir, t.name()+".csv")
		file, err := os.Create(path)
		if err != nil {
			f.close()
			return nil, unavailable("write "+path, err)
		}
		f.file[t] = file
		f.buf[t] = bufio.NewWriterSize(file, 1<<18)
		f.buf[t].WriteString(t.header()) // a failure is kept and told by the next write
	}
	return f, nil
}

func (f *files) add(p pages) error {
	for t := range tables {
		if _, err := f.buf[t].Write(p[t]); err != nil {
			return unavailable("write "+f.file[t].Name(), err)
		}
	}
	return nil
}

func (f *files) finish() error {
	for t := range tables {
		if err := f.buf[t].Flush(); err != nil {
			return unavailable("write "+f.file[t].Name(), err)
		}
		if err := f.file[t].Close(); err != nil {
			return unavailable("close "+f.file[t].Name(), err)
		}
		f.file[t] = nil
	}
	return nil
}

func (f *files) close() {
	for t := range tables {
		if f.file[t] != nil {
			f.file[t].Close() // an error was already on its way to the caller
		}
	}
}

func unavailable(tried string, err error) error {
	return &behold.Error{Kind: behold.Unavailable, Say: "cannot " + tried,
		Hint: "check that the disk has room and that you may write there", Err: err}
}
