package intake

import (
	"errors"

	"behold"
)

// laterTables are the tables of DESIGN 3 that this release does not read, each
// with headers that together give it away. Without them a list of answers, which
// has a customer in every row, would pass for a list of customers.
func laterTables() []later {
	return []later{
		{"contacts", []string{"contact", "channel"}}, {"contacts", []string{"contact", "direction"}}, {"invoices", []string{"invoice", "dueon"}}, {"contracts", []string{"contract", "startson"}},
		{"people", []string{"person"}}, {"tickets", []string{"ticket", "openedat"}},
		{"promises", []string{"promise", "dueat"}}, {"answers", []string{"answer", "item"}}, {"quotes", []string{"quote", "at"}},
		{"losses", []string{"lefton"}}, {"efforts", []string{"month", "aim"}}, {"colleagues", []string{"colleague", "hoursperweek"}},
	}
}

type later struct {
	table   string
	headers []string
}

// A laterError says that a file is whole and known, and has to wait.
type laterError struct{ why *behold.Error }

func (l laterError) Error() string { return l.why.Error() }
func (l laterError) Unwrap() error { return l.why }

// ForLater says whether the error is about a table that a later release reads:
// nothing is wrong with the file.
func ForLater(err error) bool {
	var l laterError
	return errors.As(err, &l)
}

// forLater is the error of a header row that belongs to a later table, or nil.
func forLater(file string, headers []string) error {
	for _, l := range laterTables() {
		all := true
		for _, h := range l.headers {
			all = all && has(headers, h)
		}
		if all {
			return laterError{why: &behold.Error{
				Kind: behold.Invalid, Say: file + " is a table of " + l.table + ", which this release does not read yet",
				Hint: "keep it for a later one; orders and customers are read now (if it is one of them, say so with --as)",
			}}
		}
	}
	return nil
}
