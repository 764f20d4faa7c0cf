package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/intake"
	"behold/internal/phrase"
	"behold/internal/table"
	"behold/stat/repurchase"
)

// The columns of raw transactions that --column may name, and what the import
// calls them.
var importNames = map[string]string{
	"customer": "customer", "date": "ordered_at", "amount": "amount",
	"quantity": "quantity", "price": "unit_price", "discount": "discount",
}

// A purchase is one line of raw transactions.
type purchase struct {
	customer int
	day      behold.Day
	amount   float64
}

// A ledger takes the lines of a file as the import reads them.
type ledger struct {
	places     map[string]int // of each spelling of a customer
	customers  []string       // as first spelled
	purchases  []purchase
	currencies map[string]bool
	credits    int
}

// Lines keeps what was bought. What was given back is counted: it is no purchase.
func (l *ledger) Lines(_ context.Context, lines *behold.Lines) error {
	for i, name := range lines.Customer {
		if lines.Return[i] || !lines.Goods[i] && lines.Amount[i] == 0 {
			l.credits++
			continue
		}
		currency := ""
		if lines.Currency != nil {
			currency = lines.Currency[i]
		}
		if !l.currencies[currency] {
			l.currencies[strings.Clone(currency)] = true
		}
		l.purchases = append(l.purchases, purchase{
			l.place(name), behold.DayOf(time.UnixMicro(lines.At[i]).UTC()),
			float64(lines.Amount[i]) / math.Pow10(behold.MinorDigits(currency)),
		})
	}
	return nil
}

// place is the customer's, whatever the spelling.
func (l *ledger) place(name string) int {
	if at, known := l.places[name]; known {
		return at
	}
	name = strings.Clone(name)
	at, known := l.places["\x00"+behold.CustomerKey(name)]
	if !known {
		at = len(l.customers)
		l.customers = append(l.customers, name)
		l.places["\x00"+behold.CustomerKey(name)] = at
	}
	l.places[name] = at
	return at
}

func (*ledger) Customers(context.Context, []behold.Customer) error { return nil }
func (*ledger) Records(context.Context, *behold.Records) error     { return nil }
func (*ledger) Rejects(context.Context, []behold.Reject) error     { return nil }

// transactions counts raw transactions: days of one customer count once, spend
// of one day is added, what comes after the end is not seen. It gives nil where
// the file is none of transactions.
func (t *trial) transactions(ctx context.Context, e *env) (*histories, error) {
	read := intake.Options{As: behold.TableOrders, DateOrder: t.Dates, Unhashed: true, Map: map[string]string{}}
	for ours, theirs := range importNames {
		if header, said := t.Column[ours]; said {
			read.Map[header] = theirs
		}
	}
	seen, err := intake.Look(ctx, e.Path(t.File), read)
	if err != nil || t.isCounted(seen) {
		return nil, nil // summaries says what is wrong
	}
	if err := t.fits(seen); err != nil {
		return nil, err
	}
	l := &ledger{places: map[string]int{}, currencies: map[string]bool{}}
	receipt, err := intake.Read(ctx, e.Path(t.File), read, l)
	if err != nil {
		return nil, reading(err)
	}
	t.rejected = t.rejected || receipt.Rejected > 0
	sayLeftOut(e, receipt)
	return t.gather(l, receipt)
}

// isCounted says whether somebody else has counted the file already.
func (t *trial) isCounted(seen *behold.Receipt) bool {
	has := func(names []string) bool {
		return slices.ContainsFunc(seen.Columns, func(c behold.ColumnUse) bool {
			return slices.ContainsFunc(names, func(name string) bool { return table.Fold(name) == table.Fold(c.Header) })
		})
	}
	_, said := t.Column[repeatsNames[0]]
	return said || has(repeatsNames) && (has(ageNames) || has(spendNames))
}

// fits refuses a file without what was asked for.
func (t *trial) fits(seen *behold.Receipt) error {
	var headers, fields []string
	for _, c := range seen.Columns {
		headers, fields = append(headers, c.Header), append(fields, c.Field)
	}
	for _, ours := range slices.Sorted(maps.Keys(t.Column)) {
		called := t.Column[ours]
		if !slices.ContainsFunc(headers, func(h string) bool { return table.Fold(h) == table.Fold(called) }) {
			return lacks(seen.File, headers, called, "--column names columns as the header has them")
		}
	}
	if t.Model == "gammagamma" && !slices.Contains(fields, "amount") && !slices.Contains(fields, "unit_price") {
		return lacks(seen.File, headers, "amount", "say --column amount=NAME, or quantity=NAME,price=NAME")
	}
	return nil
}

// ended is how the command ends when all has been said.
func (t *trial) ended() error {
	if t.rejected {
		return errRejected
	}
	return nil
}

// sayLeftOut tells on stderr what the import would tell of the rows.
func sayLeftOut(e *env, r *behold.Receipt) {
	words := phrase.For("en")
	for _, n := range r.Notes {
		if n.Code != intake.NoteOrderMade && n.Code != intake.NoteNoAmount && n.Code != intake.NoteCurrencyGuessed {
			fmt.Fprintf(e.Stderr, "note: %s\n", line(words.Note(n)))
		}
	}
	for _, w := range r.Rejects {
		fmt.Fprintf(e.Stderr, "left out %s of %d: %s (first: line %d, column %s)\n", counted(int(w.Rows), "row"), r.Read, words.Rejected(w.Why), w.Row, line(w.Column))
		fmt.Fprintln(e.Stderr, "  "+words.RejectedHint(w.Why))
	}
}

// gather makes histories of what was bought up to the last day to learn from.
func (t *trial) gather(l *ledger, receipt *behold.Receipt) (*histories, error) {
	h := &histories{name: receipt.File, gapsKnown: true, unit: t.Period}
	h.tellLeftOut(l, receipt)
	if len(l.purchases) == 0 {
		return nil, &behold.Error{Kind: behold.Invalid, Say: h.name + " has no purchase", Hint: "each row is one: customer, date and perhaps an amount above 0"}
	}
	if t.Model == "gammagamma" && len(l.currencies) > 1 {
		codes := strings.Join(slices.Sorted(maps.Keys(l.currencies)), ", ")
		return nil, &behold.Error{Kind: behold.Invalid, Say: h.name + " has amounts in several currencies: " + line(codes), Hint: "give the rows of one currency"}
	}
	until, err := t.end(l.purchases, h.name)
	if err != nil {
		return nil, err
	}
	h.until = until.String()
	h.count(l, until, map[string]float64{"day": 1, "week": 7, "month": 30.4375}[t.Period])
	return h, nil
}

// end is the last day to learn from.
func (t *trial) end(purchases []purchase, name string) (behold.Day, error) {
	byDay := func(a, b purchase) int { return cmp.Compare(a.day, b.day) }
	first, last := slices.MinFunc(purchases, byDay).day, slices.MaxFunc(purchases, byDay).day
	until, err := day(t.Until, last)
	switch {
	case err != nil:
		return until, err
	case until < first:
		return until, &behold.Error{Kind: behold.Invalid, Say: name + " has no purchase up to " + until.String(), Hint: "the first is of " + first.String() + "; --until is the last day to learn from"}
	case t.Until == "" && last > behold.DayOf(time.Now())+1: // it may be tomorrow where the file was made
		return until, &behold.Error{Kind: behold.Invalid, Say: name + " has a purchase of " + last.String() + ", which is still to come", Hint: "correct the day, or say with --until which day is the last to learn from"}
	}
	return until, nil
}

// tellLeftOut keeps beside the fit which rows it did not see.
func (h *histories) tellLeftOut(l *ledger, receipt *behold.Receipt) {
	words := phrase.For("en")
	for _, w := range receipt.Rejects {
		h.leftOut = append(h.leftOut, caveat{Code: "rows-" + strings.ReplaceAll(w.Why, "_", "-"), Count: int(w.Rows), Says: "These rows were left out. " + words.Rejected(w.Why)})
	}
	if l.credits > 0 {
		h.leftOut = append(h.leftOut, caveat{Code: "credits-left-out", Count: l.credits})
	}
	for _, n := range receipt.Notes {
		if n.Code == intake.NoteDatesAmbiguous || n.Code == intake.NoteDatesContradict || n.Code == intake.NoteDecimalsAmbiguous {
			h.leftOut = append(h.leftOut, caveat{Code: strings.ReplaceAll(n.Code, "_", "-"), Says: words.Note(n)})
		}
	}
}

// count makes one Buyer of the purchases of each customer, in the order in
// which the file first names them.
func (h *histories) count(l *ledger, until behold.Day, unit float64) {
	list := slices.DeleteFunc(l.purchases, func(p purchase) bool { return p.day > until })
	slices.SortStableFunc(list, func(a, b purchase) int {
		return cmp.Or(cmp.Compare(a.customer, b.customer), cmp.Compare(a.day, b.day))
	})
	for len(list) > 0 {
		n := 1
		for n < len(list) && list[n].customer == list[0].customer {
			n++
		}
		first, last, spent := list[0].day, list[0].day, 0.0
		b := repurchase.Buyer{Age: float64(until-first) / unit}
		for _, p := range list[:n] {
			if p.day > last {
				b.Repeats++
				b.LogGaps += math.Log(float64(p.day-last) / unit)
				last = p.day
			}
			if p.day > first {
				spent += p.amount
			}
		}
		b.Last = float64(last-first) / unit
		h.customers = append(h.customers, l.customers[list[0].customer])
		h.buyers = append(h.buyers, b)
		h.spends = append(h.spends, spent/max(b.Repeats, 1))
		list = list[n:]
	}
}

// openTable reads a table of figures, CSV or a workbook.
func openTable(e *env, path string) (*table.Table, error) {
	text, err := intake.OpenText(e.Path(path))
	if err != nil {
		return nil, reading(err)
	}
	defer text.Close()
	return table.Read(filepath.Base(path), text, text.Workbook)
}

// reading takes out of an error of the import what only an import would say.
func reading(err error) error {
	var told *behold.Error
	if !errors.As(err, &told) {
		return err
	}
	plain := *told
	plain.Say, plain.Hint = strings.ReplaceAll(told.Say, "; nothing was imported", ""), strings.ReplaceAll(told.Hint, "; nothing was imported", "")
	plain.Hint = strings.ReplaceAll(plain.Hint, "import ", "give ")
	return &plain
}
