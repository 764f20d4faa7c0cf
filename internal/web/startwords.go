package web

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// fileSays is what is wrong with a file in the reader's language, and what to do;
// empty for what is known in English only.
func (p page) fileSays(err error) (says, hint string) {
	var e *behold.Error
	if !errors.As(err, &e) || e.Code == "" || !p.Has("start.wrong."+e.Code) {
		return p.wrongSays(err), ""
	}
	return p.T("start.wrong." + e.Code), p.T("start.wrong." + e.Code + "_hint")
}

// table is what the file is taken for, or said to be.
func (u *upload) table() behold.Table {
	if u.look != nil {
		return u.look.Table
	}
	return u.file.As
}

func (u *upload) source() string {
	if u.file.Source == "" {
		return "file"
	}
	return u.file.Source
}

// ofColumn says whether a note is about one column, and which.
func ofColumn(n behold.Note) string {
	switch n.Code {
	case "column_twice":
		return n.Args["header"]
	case "dates_ambiguous", "dates_contradict", "decimals_ambiguous", "customer_point_zero", "currency_guessed", "values_ignored":
		return n.Args["column"]
	}
	return ""
}

// columnNotes are the doubts about one column, to stand beside it.
func columnNotes(r *behold.Receipt, c behold.ColumnUse) (about []behold.Note) {
	for _, n := range r.Notes {
		if header := ofColumn(n); header != "" && header == c.Header {
			about = append(about, n)
		}
	}
	return about
}

// fileNotes are the notes about the file as a whole, and those that somebody
// must decide.
func fileNotes(r *behold.Receipt) []behold.Note {
	return slices.DeleteFunc(slices.Clone(r.Notes), func(n behold.Note) bool {
		header := ofColumn(n)
		known := slices.ContainsFunc(r.Columns, func(c behold.ColumnUse) bool { return c.Header == header })
		return header != "" && known && n.Code != "dates_ambiguous"
	})
}

// headerName is the header as in the file, or its place where it has none.
func headerName(p page, c behold.ColumnUse, i int) string {
	if strings.TrimSpace(c.Header) == "" {
		return p.T("start.column.nameless", "Number", i+1)
	}
	return c.Header
}

// fieldName names a column of a table; what the table cannot do without has a star.
func fieldName(p page, f behold.Column) string {
	if f.Required {
		return p.Column(f.Name) + " *"
	}
	return p.Column(f.Name)
}

func (p page) columnNames(all []behold.Column) string {
	var names []string
	for _, c := range all {
		names = append(names, p.Column(c.Name))
	}
	return p.List(names)
}

// exampleRead says what an example was read as, and whether it could be; "" where
// it stays as it is.
func (p page) exampleRead(r *behold.Receipt, c behold.ColumnUse, i int) (says string, good bool) {
	if i >= len(c.Read) || c.Read[i] == "" {
		return "", true
	}
	read := c.Read[i]
	if why, bad := strings.CutPrefix(read, "?"); bad {
		return p.Rejected(why), false
	}
	form := formOf(r.Table, c.Field)
	switch form {
	case behold.FormFlag:
		return p.T("start.read." + read), true
	case behold.FormDay, behold.FormMoment:
		day, err := behold.ParseDay(read[:min(10, len(read))])
		if err != nil {
			return read, true
		}
		return p.Date(day) + read[min(10, len(read)):], true
	case behold.FormMonth:
		if day, err := behold.ParseDay(read); err == nil {
			return p.Month(day), true
		}
	case behold.FormMoney, behold.FormNumber, behold.FormCount:
		return p.numberRead(read, form, r.Form.Currency), true
	}
	if read == c.Example[i] {
		return "", true
	}
	return read, true
}

func (p page) numberRead(read string, form behold.Form, currency string) string {
	x, err := strconv.ParseFloat(read, 64)
	if err != nil {
		return read
	}
	_, decimals, _ := strings.Cut(read, ".")
	if form == behold.FormMoney && currency != "" && len(decimals) == behold.MinorDigits(currency) {
		return p.MoneyExact(behold.MoneyOf(x, currency))
	}
	return strings.TrimSpace(p.Decimal(x, len(decimals)))
}

func formOf(table behold.Table, field string) behold.Form {
	for _, f := range table.Fields() {
		if f.Name == field {
			return f.Form
		}
	}
	return behold.FormText
}

func anyCounting(all []*upload) bool { return slices.ContainsFunc(all, (*upload).counting) }

// standsAt says how a waiting file stands.
func (p page) standsAt(u *upload) string {
	switch {
	case u.wrong != nil:
		return p.T("page.upload.not_understood")
	case len(u.look.Missing) > 0:
		return p.N("start.missing.title", len(u.look.Missing))
	case u.counting():
		return p.T("page.upload.counting")
	}
	r, err, _ := u.count.outcome()
	if err != nil {
		return p.T("page.upload.not_counted")
	}
	return p.keptSays(r.receipt)
}

// keptSays is what a file brought, or would bring.
func (p page) keptSays(r *behold.Receipt) string {
	if r.Kept+r.Changed == 0 {
		if r.Rejected > 0 {
			return capital(p.N("start.rejects", int(r.Rejected)))
		}
		return p.T("page.upload.nothing_new")
	}
	said := p.N("start.brings", int(r.Kept+r.Changed))
	if r.Rejected > 0 {
		said += ", " + p.N("start.rejects", int(r.Rejected))
	}
	return said
}

// held says how much of a table is recorded.
func (p page) held(c check, today behold.Day) string {
	switch {
	case c.Rows == 0:
		return p.T("start.check.none")
	case c.Table == behold.TableCustomers && c.Reachable < c.Rows:
		return p.N("start.check.unreachable", int(c.Rows), "Share", p.Percent(1-float64(c.Reachable)/float64(c.Rows)))
	case !c.Last.Known():
		return p.N("start.check.rows", int(c.Rows))
	case c.Last >= today-1:
		return p.N("start.check.to_now", int(c.Rows), "From", p.Month(c.First))
	}
	return p.N("start.check.span", int(c.Rows), "From", p.Month(c.First), "To", p.ShortDate(c.Last))
}

// currencies are those that the files of our readers are mostly in.
func currencies() []string {
	return []string{"DKK", "EUR", "GBP", "NOK", "SEK", "USD", "CHF", "ISK", "PLN"}
}

// usualCurrency is a guess by the reader's language; somebody says yes to it.
func (p page) usualCurrency() string {
	switch p.Lang() {
	case "da":
		return "DKK"
	case "sv":
		return "SEK"
	case "nb":
		return "NOK"
	case "nl":
		return "EUR"
	}
	return "GBP"
}
