package intake

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"behold"
)

// The values of Options.DateOrder.
const (
	DayFirst   = "day"
	MonthFirst = "month"
)

// Options say what the file does not say itself. The zero value is fine.
type Options struct {
	File      string            // name to show; "": the last part of the path
	As        behold.Table      // "": guess from the header
	Source    string            // the system the rows come from
	Map       map[string]string // header to column of DESIGN 3; behold.AsAttribute keeps a header out of all columns, behold.LeftOut out of what is kept
	Currency  string            // ISO code of rows that name none
	DateOrder string            // DayFirst, MonthFirst, or "": from the data
	Decimal   string            // "." or ",", for columns that do not show it; "": guessed
	Sheet     string            // of a workbook; "": the first that fits
	Lenient   bool              // of Look: show what there is, even if columns are missing or the table is anybody's guess
	Unhashed  bool              // leave the receipt's SHA256 empty: the caller takes it anyhow
	// Progress is told how many bytes of the file have been dealt with. It is
	// called by the goroutine that called Read.
	Progress func(doneBytes, totalBytes int64)

	limit *limits // of tests; nil: the usual ones
}

// A Sink takes what is read, in the order of the file and one call at a time.
// What it is given is only good until it returns, texts included; customers
// are its own. An error of the Sink ends the reading.
type Sink interface {
	Lines(context.Context, *behold.Lines) error
	Customers(context.Context, []behold.Customer) error
	Records(context.Context, *behold.Records) error
	Rejects(context.Context, []behold.Reject) error
}

// Read reads a whole file into the sink.
//
// The receipt has everything but what only the warehouse can know: Kept, Changed,
// Customers, the days of orders, the time. Known has the order lines and records
// that came before in the same file with the same content; they are not sent, so
// that no order and line, and no key of a record, reaches the sink twice, and
// the sink adds those it knows itself. Rows sent = Read − Rejected − Known.
//
// An error means that the file is no table that can be used, is damaged, or
// that the sink failed: the rows sent so far must then be forgotten.
func Read(ctx context.Context, path string, opt Options, sink Sink) (*behold.Receipt, error) {
	opt.Lenient = false
	f, err := understand(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	defer f.source.Close()
	r := reading{file: f, sink: sink, opt: opt, buyers: map[uint64]struct{}{}, firstDay: behold.NoDay, lastDay: behold.NoDay}
	if err := r.run(ctx); err != nil {
		return nil, err
	}
	return r.receipt()
}

// Look understands a file from its head, without reading its rows: form,
// columns with examples, notes. Nothing is counted.
func Look(ctx context.Context, path string, opt Options) (*behold.Receipt, error) {
	f, err := understand(ctx, path, opt)
	if err != nil {
		return nil, err
	}
	defer f.source.Close()
	return f.receipt(), nil
}

// A file is one that has been understood and stands ready to be read.
type file struct {
	*source
	*plan
	learner *learner
	head    []byte
	opt     Options
	started time.Time
}

func understand(ctx context.Context, path string, opt Options) (*file, error) {
	if opt.DateOrder != "" && opt.DateOrder != DayFirst && opt.DateOrder != MonthFirst {
		return nil, &behold.Error{Kind: behold.Invalid, Code: "date_order", Say: "the date order " + strconv.Quote(opt.DateOrder) + " is not known", Hint: "say day or month: which one comes first"}
	}
	if opt.Decimal != "" && opt.Decimal != "." && opt.Decimal != "," {
		return nil, &behold.Error{Kind: behold.Invalid, Say: "the decimal mark " + strconv.Quote(opt.Decimal) + " is not known", Hint: "it is a point or a comma"}
	}
	if opt.As != "" && !slices.Contains(behold.Tables(), opt.As) {
		return nil, &behold.Error{Kind: behold.Invalid, Code: "no_table", Say: "the table " + strconv.Quote(string(opt.As)) + " is not known", Hint: "tables are " + tableNames()}
	}
	shown := cmp.Or(opt.File, filepath.Base(path))
	limit := usualLimits()
	if opt.limit != nil {
		limit = *opt.limit
	}
	s, err := openSource(path, shown, limit, opt)
	if err != nil {
		return nil, err
	}
	if opt.Unhashed {
		s.sum = nil
	}
	f, err := understandSource(ctx, s, path, opt)
	if err != nil {
		s.Close()
		return nil, err
	}
	return f, nil
}

func understandSource(ctx context.Context, s *source, path string, opt Options) (*file, error) {
	head, err := readHead(s.text)
	if err != nil {
		return nil, s.torn(err)
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, s.unusable("empty", "the file is empty", "export it again; nothing was imported")
	}
	if err := s.nameColumns(ctx, head, path); err != nil {
		return nil, err
	}
	p, err := makePlan(s, head, opt)
	if err != nil {
		return nil, err
	}
	p.complete(opt)
	f := &file{source: s, plan: p, head: head, opt: opt, started: time.Now().UTC()}
	if f.learner, err = p.learn(ctx, s, head, path, opt); err != nil {
		return nil, err
	}
	if n := len(s.sheets); n > 1 {
		p.note(NoteSheets, "sheet", s.sheet, "sheets", strconv.Itoa(n))
	}
	return f, nil
}

func tableNames() string {
	var names []string
	for _, t := range behold.Tables() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}

// receipt is what the head of the file shows.
func (f *file) receipt() *behold.Receipt {
	r := &behold.Receipt{
		File: f.shown, Table: f.plan.table, Source: f.opt.Source, Size: f.size, Started: f.started,
		FirstDay: behold.NoDay, LastDay: behold.NoDay,
		Form: behold.FileForm{Kind: f.kind, Gzip: f.gzip, Encoding: "utf-8", Currency: f.plan.currency, Sheet: f.sheet},
	}
	if len(f.sheets) > 1 {
		r.Form.Sheets = f.sheets
	}
	for _, m := range f.plan.missing() {
		r.Missing = append(r.Missing, m.String())
	}
	if f.kind == "csv" {
		r.Form.Separator = string(f.sep)
	}
	switch whole := f.head[:bytes.LastIndexByte(f.head, '\n')+1]; {
	case f.utf16:
		r.Form.Encoding = "utf-16"
	case !utf8.Valid(whole): // the last row of the head may be cut within a letter
		r.Form.Encoding = "windows-1252"
	}
	for i, header := range f.headers {
		use := behold.ColumnUse{
			Header: header, Field: f.fields[i].String(), Form: f.learner.shown(i), Example: f.examples[i],
			Read: f.plan.asRead(i), Out: f.opt.leavesOut(header),
		}
		r.Columns = append(r.Columns, use)
		if f.fields[i].isNumber() && (r.Form.Decimal == "" || f.fields[i] == fAmount) {
			r.Form.Decimal = string(f.numbers[i].mark)
		}
		if f.fields[i] == f.plan.happens() {
			r.Form.Dates = use.Form
		}
	}
	r.Notes = f.notes
	return r
}

// A reading is one walk over a file.
type reading struct {
	file   *file
	sink   Sink
	opt    Options
	twins  *twins
	buyers map[uint64]struct{}

	counts            [counters]int64
	firstDay, lastDay behold.Day // of records
	unicode           bool
	ignored           map[int]ignored
	whys              map[whyKey]*behold.WhyCount
	hash              string
}

const (
	countRead = iota
	countRejected
	countKnown
	countLatin
	countNoAmount
	countBadDebt
	counters
)

type whyKey struct{ why, column string }

// run cuts, parses on all cores, and delivers in order. The cutter goes ahead
// by a few chunks only, so memory stays bounded whatever the file's size.
func (r *reading) run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	free := make(chan *batch, workers+3)
	for range cap(free) {
		free <- &batch{}
	}
	todo, order := make(chan *batch, cap(free)), make(chan *batch, cap(free))
	var all sync.WaitGroup
	defer all.Wait()
	defer cancel()
	all.Go(func() { r.cut(ctx, free, todo, order) })
	for range workers {
		all.Go(func() { r.parse(todo) })
	}
	return r.deliver(ctx, order, free)
}

// cut fills batches with chunks, for the parsers and in order.
func (r *reading) cut(ctx context.Context, free <-chan *batch, todo, order chan<- *batch) {
	defer close(todo)
	defer close(order)
	f := r.file
	t := cutter{text: io.MultiReader(bytes.NewReader(f.head), f.text), sep: f.sep, json: f.plan.json(), size: chunkSize, line: 1}
	for {
		var b *batch
		select {
		case b = <-free:
		case <-ctx.Done():
			return
		}
		b.done, b.err = make(chan struct{}), t.next(&b.chunk)
		b.at = f.read.Load()
		if b.err != nil {
			close(b.done)
			order <- b
			return
		}
		order <- b
		todo <- b
	}
}

func (r *reading) parse(todo <-chan *batch) {
	w := newParser(r.file.plan)
	for b := range todo {
		from := 0
		if b.line == 1 {
			from = min(r.file.start, len(b.data))
		}
		w.parse(b, from)
		close(b.done)
	}
}

// deliver hands the batches to the sink in the order of the file.
func (r *reading) deliver(ctx context.Context, order <-chan *batch, free chan<- *batch) error {
	for b := range order {
		select {
		case <-b.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if b.err == io.EOF {
			return r.close()
		}
		if b.err != nil {
			return r.file.torn(b.err)
		}
		r.tell(b)
		if err := r.settle(ctx, b); err != nil {
			return err
		}
		free <- b
	}
	return ctx.Err()
}

func (r *reading) tell(b *batch) {
	if r.opt.Progress != nil {
		r.opt.Progress(b.at, r.file.size)
	}
}

// close reads what may stand after the packed text and takes the hash.
func (r *reading) close() error {
	hash, err := r.file.finish()
	r.hash = hash
	return err
}

// settle tells lines apart and gives the batch to the sink.
func (r *reading) settle(ctx context.Context, b *batch) error {
	r.count(b)
	switch r.file.plan.table {
	case behold.TableCustomers:
		r.meetCustomers(b)
	case behold.TableOrders:
		r.numberLines(b)
		r.newBuyers(b)
	default:
		r.meetRecords(b)
	}
	if len(b.customers) > 0 {
		if err := r.sink.Customers(ctx, b.customers); err != nil {
			return err
		}
	}
	if b.lines.Len() > 0 {
		if err := r.sink.Lines(ctx, &b.lines); err != nil {
			return err
		}
	}
	if b.records.Len() > 0 {
		if err := r.sink.Records(ctx, &b.records); err != nil {
			return err
		}
	}
	if len(b.rejects) == 0 {
		return nil
	}
	slices.SortStableFunc(b.rejects, func(x, y behold.Reject) int { return cmp.Compare(x.Row, y.Row) })
	r.countRejects(b.rejects)
	return r.sink.Rejects(ctx, b.rejects)
}

func (r *reading) count(b *batch) {
	r.counts[countRead] += b.read
	r.counts[countLatin] += b.latin
	r.counts[countNoAmount] += b.noAmount
	r.counts[countBadDebt] += b.badDebt
	r.unicode = r.unicode || b.unicode
	for i, n := range b.ignored {
		if r.ignored == nil {
			r.ignored = map[int]ignored{}
		}
		all := r.ignored[i]
		all.rows, all.example = all.rows+n.rows, cmp.Or(all.example, n.example)
		r.ignored[i] = all
	}
}

func (r *reading) countRejects(rejects []behold.Reject) {
	r.counts[countRejected] += int64(len(rejects))
	if r.whys == nil {
		r.whys = map[whyKey]*behold.WhyCount{}
	}
	for _, reject := range rejects {
		key := whyKey{reject.Why, reject.Column}
		if r.whys[key] == nil {
			r.whys[key] = &behold.WhyCount{Why: reject.Why, Column: reject.Column, Row: reject.Row}
		}
		r.whys[key].Rows++
	}
}

// newBuyers keeps the customers who have not been sent yet.
func (r *reading) newBuyers(b *batch) {
	n := 0
	for i, hash := range b.buyers {
		if _, known := r.buyers[hash]; !known {
			r.buyers[hash] = struct{}{}
			b.customers[n] = b.customers[i]
			n++
		}
	}
	b.customers = b.customers[:n]
}

// receipt is the whole receipt, after the last row.
func (r *reading) receipt() (*behold.Receipt, error) {
	f := r.file
	r.noteCounts()
	out := f.receipt()
	out.SHA256 = r.hash
	out.FirstDay, out.LastDay = r.firstDay, r.lastDay
	out.Read, out.Known, out.Rejected = r.counts[countRead], r.counts[countKnown], r.counts[countRejected]
	if r.counts[countLatin] > 0 && !f.utf16 {
		out.Form.Encoding = "windows-1252"
	}
	for _, why := range r.whys {
		out.Rejects = append(out.Rejects, *why)
	}
	slices.SortFunc(out.Rejects, func(a, b behold.WhyCount) int {
		return cmp.Or(cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.Row, b.Row), cmp.Compare(a.Why, b.Why))
	})
	return out, nil
}

func (r *reading) noteCounts() {
	p, rows := r.file.plan, func(n int64) string { return strconv.FormatInt(n, 10) }
	if r.counts[countRead] == 0 {
		p.note(NoteNoRows)
	}
	if n := r.counts[countLatin]; n > 0 && r.unicode {
		p.note(NoteEncodingMixed, "rows", rows(n))
	}
	if n := r.counts[countNoAmount]; n > 0 {
		p.note(NoteAmountEmpty, "rows", rows(n))
	}
	if n := r.counts[countBadDebt]; n > 0 {
		p.note(NoteBadDebt, "rows", rows(n))
	}
	for i := range p.headers {
		if n := r.ignored[i]; n.rows > 0 {
			p.note(NoteValuesIgnored, "rows", rows(n.rows), "column", p.headers[i], "example", n.example)
		}
	}
}
