package behold

import "time"

// A Table is one of the kinds of rows that can be imported (DESIGN 3).
type Table string

// The tables.
const (
	TableOrders     Table = "orders"
	TableCustomers  Table = "customers"
	TablePeople     Table = "people"
	TableInvoices   Table = "invoices"
	TableContracts  Table = "contracts"
	TableContacts   Table = "contacts"
	TableTickets    Table = "tickets"
	TablePromises   Table = "promises"
	TableAnswers    Table = "answers"
	TableQuotes     Table = "quotes"
	TableLosses     Table = "losses"
	TableEfforts    Table = "efforts"
	TableColleagues Table = "colleagues"
)

// Tables lists every table in the order of DESIGN 3.
func Tables() []Table {
	return []Table{
		TableCustomers, TablePeople, TableOrders, TableInvoices, TableContracts, TableContacts, TableTickets,
		TablePromises, TableAnswers, TableQuotes, TableLosses, TableEfforts, TableColleagues,
	}
}

// A Receipt says what became of one file.
//
// Read = Kept + Known + Changed + Rejected: nothing is lost on the way.
type Receipt struct {
	Import    int64       `json:"import"` // 0 for a dry run
	File      string      `json:"file"`
	Table     Table       `json:"table"`
	Source    string      `json:"source"`
	SHA256    string      `json:"sha256"`
	Size      int64       `json:"size"` // bytes as they came
	DryRun    bool        `json:"dry_run"`
	UndoneAt  time.Time   `json:"undone_at,omitzero"`
	Started   time.Time   `json:"started"`
	Finished  time.Time   `json:"finished"`
	Read      int64       `json:"read"`
	Kept      int64       `json:"kept"`    // new
	Known     int64       `json:"known"`   // already there, the same
	Changed   int64       `json:"changed"` // already there, now different
	Rejected  int64       `json:"rejected"`
	Customers int64       `json:"customers"` // distinct customers among the rows
	FirstDay  Day         `json:"first_day"`
	LastDay   Day         `json:"last_day"`
	Form      FileForm    `json:"form"`
	Columns   []ColumnUse `json:"columns"`
	Missing   []string    `json:"missing,omitempty"` // columns that the table cannot do without and that no header was taken for
	Notes     []Note      `json:"notes"`
	Rejects   []WhyCount  `json:"rejects"` // rejected rows by reason, most first
}

// FileForm is how a file turned out to be written.
type FileForm struct {
	Kind      string `json:"kind"`               // csv, xlsx, jsonl
	Gzip      bool   `json:"gzip,omitempty"`     //
	Separator string `json:"separator,omitzero"` // "," ";" or a tab
	Encoding  string `json:"encoding,omitzero"`  // utf-8, windows-1252
	Decimal   string `json:"decimal,omitzero"`   // "." or ","
	Dates     string `json:"dates,omitzero"`     // such as 2006-01-02, day/month/year, month/day/year
	Currency  string `json:"currency,omitzero"`  // of rows that name none

	Sheet  string   `json:"sheet,omitzero"`   // of a workbook, the one that was read
	Sheets []string `json:"sheets,omitempty"` // all of them, when there are several
}

// A ColumnUse says what a column of the file was taken for.
type ColumnUse struct {
	Header  string   `json:"header"`
	Field   string   `json:"field"` // column of DESIGN 3, "" when kept as an attribute
	Form    string   `json:"form,omitempty"`
	Example []string `json:"example,omitempty"` // first few values
	Out     bool     `json:"out,omitempty"`     // left out: not even kept as an attribute

	// Read is what each Example was read as: a day 2025-03-14, a moment
	// 2025-03-14 09:30, a number 1188.00, a word of the column's list; "" for
	// text, which stays as it is; "?" and why it cannot be read (Reject.Why).
	Read []string `json:"read,omitempty"`
}

// A Note tells something about the file as a whole that its owner should know.
// Code is a phrase key below "note."; Args fill the sentence.
type Note struct {
	Code string            `json:"code"`
	Args map[string]string `json:"args,omitempty"`
}

// A Reject is a row that could not be used, and what to do about it. Why is a
// phrase key: "reject.<why>" says it, "reject.<why>.hint" says what to do.
type Reject struct {
	Row    int64  `json:"line"`
	Column string `json:"column"`
	Value  string `json:"value"` // shortened to 200 characters
	Why    string `json:"why"`
}

// WhyCount counts the rows rejected for one reason.
type WhyCount struct {
	Why    string `json:"why"`
	Column string `json:"column"`
	Rows   int64  `json:"rows"`
	Row    int64  `json:"line"` // the first of them
}
