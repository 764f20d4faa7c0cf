package behold

import "time"

// A Line is one line of an order or invoice, as the customer's page shows it.
type Line struct {
	Order       string
	Line        string
	At          time.Time
	Product     string
	ProductName string
	Category    string
	Quantity    float64
	UnitPrice   float64
	Amount      Money
	Return      bool   // given back or credited: negative quantity, amount, or a credit note
	Goods       bool   // a thing that was sold, not freight, fees, discounts or corrections
	Import      int64  // the import that brought it
	Row         int64  // its line in that file
	File        string // the file's name
}

// Lines is a run of order lines in columns, on their way from a file to the
// warehouse. Row, Order, Line, Customer, At, Amount, Return and Goods always
// have Len() entries; any other column may be nil when the file has no such
// column. The strings are only good until the next run is asked for.
type Lines struct {
	Row         []int64  // line of the file, the header being line 1
	Order       []string // the order's or invoice's number
	Line        []string // unique within the order; see intake for how it is made when the file has none
	Customer    []string // as spelled in the file
	At          []int64  // when it was ordered: microseconds since 1970-01-01 of the wall clock, no zone
	RecordedAt  []int64  // when the company knew it, same unit; nil: when it happened
	Product     []string
	ProductName []string
	Category    []string
	Quantity    []float64
	UnitPrice   []float64 // major units
	Amount      []int64   // minor units, net of discount; negative for returns
	Cost        []int64   // minor units of the whole line
	ListPrice   []float64 // major units, per piece
	Discount    []int64   // minor units of the whole line
	Offer       []string
	Currency    []string
	PromisedOn  []Day
	DeliveredOn []Day
	CreditOf    []string
	Return      []bool
	Goods       []bool
	Attributes  []string // JSON object of the columns that have no field here, or ""
}

// Len is the number of lines in the run.
func (l *Lines) Len() int { return len(l.Row) }
