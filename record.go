package behold

import "slices"

// Records is a run of rows of one of the tables beside orders and customers, on
// their way from a file to the warehouse. Columns has an entry for each of
// Table.Columns(), in that order; one that the file does not have is empty (all
// its slices nil). The strings are only good until the next run is asked for.
type Records struct {
	Table      Table
	Row        []int64 // line of the file, the header being line 1
	RecordedAt []int64 // when the company knew it, microseconds since 1970 of the wall clock; nil, or NoWhole in a row: when it happened
	Columns    []Cells
	Attributes []string // JSON object of the columns that have no field here, or ""
}

// Len is the number of rows in the run.
func (r *Records) Len() int { return len(r.Row) }

// Cells are one column of a run. Which slice is filled hangs on the column's Form.
type Cells struct {
	Text   []string  // FormText, FormWord; "" where nothing is said
	Whole  []int64   // FormMoment: microseconds since 1970 of the wall clock; FormDay: days; FormMoney: minor units; FormFlag: 0 or 1; FormCount; NoWhole where nothing is said
	Number []float64 // FormNumber; NaN where nothing is said
}

// NoWhole stands in Cells.Whole where nothing is said.
const NoWhole = -1 << 63

// A Form is how a column is written.
type Form uint8

// The forms of columns.
const (
	FormText   Form = iota // free
	FormWord               // one of Column.Words, in any spelling that intake knows
	FormMoment             // day, or day and time
	FormDay                // day
	FormMonth              // month: kept as its first day
	FormMoney              // amount in the row's currency
	FormNumber             // a number
	FormCount              // a whole number; yes counts 1 and no 0
	FormFlag               // yes or no
)

// A Column is one column of an import table (DESIGN 3).
type Column struct {
	Name     string
	Form     Form
	Words    []string // of FormWord; a word that is none of them is kept as it is
	Required bool
	Key      bool   // together they tell the rows of a source apart
	Later    bool   // happens after the row begins: on an earlier day it is not known yet
	With     string // is known from the day in that column on, when that column is filled
}

// Columns of the table, in the order of DESIGN 3; none of orders and customers,
// which have runs of their own (Lines, Customer).
func (t Table) Columns() []Column {
	switch t {
	case TablePeople:
		return []Column{
			{Name: "customer", Required: true, Key: true}, {Name: "person", Required: true, Key: true}, {Name: "name"}, {Name: "email"}, {Name: "phone"}, {Name: "role"},
			{Name: "valid_from", Form: FormDay}, {Name: "valid_to", Form: FormDay, Later: true},
			{Name: "email_status", Form: FormWord, Words: []string{"ok", "bounced", "unknown"}},
		}
	case TableInvoices:
		return []Column{
			{Name: "invoice", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "due_on", Form: FormDay, Required: true},
			{Name: "paid_on", Form: FormDay, Later: true}, {Name: "amount", Form: FormMoney}, {Name: "currency"}, {Name: "disputed", Form: FormFlag},
		}
	case TableContracts:
		return []Column{
			{Name: "contract", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "product"},
			{Name: "starts_on", Form: FormDay, Required: true, Key: true}, {Name: "ends_on", Form: FormDay}, {Name: "notice_days", Form: FormCount},
			{Name: "auto_renew", Form: FormFlag}, {Name: "price", Form: FormMoney}, {Name: "period", Form: FormWord, Words: []string{"month", "quarter", "year", "week"}},
			{Name: "currency"}, {Name: "intro_until", Form: FormDay}, {Name: "ended_on", Form: FormDay, Later: true},
		}
	case TableContacts:
		return []Column{
			{Name: "contact", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "at", Form: FormMoment, Required: true},
			{Name: "direction", Form: FormWord, Words: []string{"in", "out"}},
			{Name: "channel", Form: FormWord, Words: []string{"visit", "call", "mail", "chat", "event", "newsletter", "automatic"}},
			{Name: "colleague"}, {Name: "person"}, {Name: "replied_at", Form: FormMoment, Later: true}, {Name: "text"},
		}
	case TableTickets:
		return []Column{
			{Name: "ticket", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "opened_at", Form: FormMoment, Required: true},
			{Name: "first_reply_at", Form: FormMoment, Later: true}, {Name: "closed_at", Form: FormMoment, Later: true},
			{Name: "reopened", Form: FormCount, With: "closed_at"}, {Name: "touchpoint", Form: FormWord, Words: touchpoints},
			{Name: "priority"}, {Name: "complaint", Form: FormFlag}, {Name: "promise_hours", Form: FormNumber}, {Name: "channel"}, {Name: "subject"}, {Name: "text"},
		}
	case TablePromises:
		return []Column{
			{Name: "promise", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "made_at", Form: FormMoment, Required: true},
			{Name: "due_at", Form: FormMoment, Required: true}, {Name: "kept_at", Form: FormMoment, Later: true}, {Name: "text"}, {Name: "kind"}, {Name: "colleague"},
		}
	case TableAnswers:
		return []Column{
			{Name: "answer", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "answered_at", Form: FormMoment, Required: true},
			{Name: "asked_at", Form: FormMoment}, {Name: "item", Form: FormWord, Words: items, Required: true, Key: true},
			{Name: "value", Form: FormNumber}, {Name: "scale_max", Form: FormNumber}, {Name: "touchpoint", Form: FormWord, Words: touchpoints}, {Name: "text"},
		}
	case TableQuotes:
		return []Column{
			{Name: "quote", Required: true, Key: true}, {Name: "customer", Required: true}, {Name: "at", Form: FormMoment, Required: true},
			{Name: "amount", Form: FormMoney}, {Name: "currency"}, {Name: "won_at", Form: FormMoment, Later: true},
		}
	case TableLosses:
		return []Column{
			{Name: "customer", Required: true, Key: true}, {Name: "left_on", Form: FormDay, Required: true, Key: true},
			{Name: "reason", Form: FormWord, Words: reasonWords()}, {Name: "detail"}, {Name: "competitor"},
			{Name: "said_by", Form: FormWord, Words: []string{"customer", "colleague"}}, {Name: "won_back_on", Form: FormDay, Later: true},
		}
	case TableEfforts:
		return []Column{
			{Name: "month", Form: FormMonth, Required: true, Key: true}, {Name: "aim", Form: FormWord, Words: []string{"new", "existing"}, Required: true, Key: true},
			{Name: "amount", Form: FormMoney}, {Name: "currency"}, {Name: "hours", Form: FormNumber}, {Name: "what", Key: true},
		}
	case TableColleagues:
		return []Column{
			{Name: "colleague", Required: true, Key: true}, {Name: "name"}, {Name: "team"}, {Name: "hours_per_week", Form: FormNumber},
		}
	}
	return nil
}

// The closed lists of words of several tables (DESIGN 3 and 4).
var (
	touchpoints = []string{"attention", "advice", "purchase", "delivery", "billing", "aftercare"}
	items       = []string{
		"satisfaction", "repurchase", "recommend", "effort", "easy", "simple", "safe", "flexible", "accommodating",
		"understanding", "professional", "fast", "results", "why",
	}
)

// AnswerItems are what an answer can be about.
func AnswerItems() []string { return slices.Clone(items) }

func reasonWords() []string {
	words := make([]string, 0, len(Reasons()))
	for _, r := range Reasons() {
		words = append(words, string(r))
	}
	return words
}

// Repeats tells whether rows of a file may have the same key because nothing in
// them names them. The n-th with a key is then a row of its own, and the same as
// the n-th with that key in a later file: a month has many bills from one fair.
func (t Table) Repeats() bool { return t == TableEfforts }

// Column finds a column of the table by its name; -1 when there is none.
func (t Table) Column(name string) int {
	for i, c := range t.Columns() {
		if c.Name == name {
			return i
		}
	}
	return -1
}
