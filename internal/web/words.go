package web

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"behold"
)

// opening is the first sentence of Today.
func (p page) opening(v todayView) string {
	if v.summary.Lamps == 0 && v.round != nil && len(v.round.Common) > 0 {
		return p.T("page.today.common")
	}
	if v.summary.Lamps == 0 {
		return p.T("page.today.dark")
	}
	return p.N("page.today.lit", v.summary.Lamps)
}

// atRisk is the second: what is at stake, with the sum itself set off.
func (p page) atRisk(v todayView) templ.Component {
	if v.summary.MoneyAtRisk.Minor <= 0 {
		return templ.NopComponent
	}
	says := p.N("page.today.worth", p.settings.Years, "Money", "\x00")
	before, after, _ := strings.Cut(says, "\x00")
	return setOff(before, p.rough(v.summary.MoneyAtRisk), after)
}

func round(x float64) int { return int(math.Round(x)) }

// moneyDown makes a list's own order visible in the head of its money column:
// most first, although nobody asked for it.
func moneyDown(at part) part {
	if at.Sort == "" {
		at.Desc = true
	}
	return at
}

func csvURL(p page) templ.SafeURL {
	q := p.self.Query()
	q.Del("from")
	q.Del("lang")
	return templ.SafeURL(p.place() + ".csv?" + q.Encode())
}

func importURL(id int64, rest string) templ.SafeURL {
	return templ.SafeURL("/imports/" + strconv.FormatInt(id, 10) + rest)
}

// about is the line below the customer's name.
func (p page) about(v customerView) []string {
	c := v.customer
	var all []string
	if c.Name != "" && c.Name != c.ID {
		all = append(all, short(c.ID))
	}
	if since := customerSince(v); since.Known() && since != 0 {
		all = append(all, p.T("page.customer.since", "Month", p.Month(since)))
	}
	if c.Colleague != "" {
		all = append(all, p.T("page.customer.colleague", "Colleague", p.called(c.Colleague)))
	}
	for _, place := range []string{p.Known(c.Segment), c.Region, c.Country} {
		if place != "" {
			all = append(all, place)
		}
	}
	return all
}

// customerSince is what the company says, else the first purchase.
func customerSince(v customerView) behold.Day {
	if v.customer.Since.Known() && v.customer.Since != 0 {
		return v.customer.Since
	}
	if v.standing != nil {
		return v.standing.First
	}
	return behold.NoDay
}

func (p page) contactPairs(c *behold.Customer) (pairs [][2]string) {
	for _, f := range []struct{ field, value string }{
		{"phone", c.Phone}, {"email", c.Email}, {"registration_no", c.RegistrationNo}, {"vat_no", c.VATNo},
		{"price_list", c.PriceList}, {"closed_reason", c.ClosedReason},
	} {
		if f.value != "" {
			pairs = append(pairs, [2]string{p.Column(f.field), f.value})
		}
	}
	return pairs
}

// leavesWithin explains the chance: within how many days, and its range.
func (p page) leavesWithin(v customerView) string {
	r := p.chanceRange(v.standing.Forecast)
	switch {
	case r == "":
		return p.N("page.facts.leave", v.horizon)
	case v.standing.Calibrated:
		return p.N("page.facts.leave_range", v.horizon, "Range", r)
	}
	return p.N("page.facts.leave_unchecked", v.horizon, "Range", r)
}

func (p page) silentSince(v customerView) string {
	if v.standing.Occasions < 2 || v.standing.UsualGap <= 0 {
		return p.T("page.facts.silent")
	}
	return p.T("page.facts.silent_usual", "Every", p.Every(round(v.standing.UsualGap)))
}

func (p page) sinceFirst(v customerView) string {
	if !v.standing.First.Known() {
		return ""
	}
	return " " + p.T("page.facts.since", "Month", p.Month(v.standing.First))
}

// riskRange is the money at risk that the range of the chance gives. Nothing is
// at risk any more with a customer who is lost, whatever they were worth.
func (p page) riskRange(f behold.Forecast) string {
	low, high := costsToLose(f)
	if f.ChanceLeaveHigh <= 0 || f.MoneyAtRisk.Minor <= 0 || p.rough(low) == p.rough(high) {
		return p.rough(f.MoneyAtRisk)
	}
	return p.T("page.worth.range", "Low", p.rough(low), "High", p.rough(high))
}

// goods names what an order was about.
func (p page) goods(o behold.OrderSummary) string {
	said := strings.Join(o.Products, ", ")
	if o.More > 0 {
		said = strings.TrimSpace(said + " " + p.N("page.line.more", o.More))
	}
	if said == "" {
		return p.N("page.line.lines", o.Lines)
	}
	return said
}

// known says how much is recorded.
func (p page) known(e behold.Extent) string {
	if e.Lines == 0 {
		return p.T("page.imports.nothing")
	}
	return p.N("page.imports.known", int(e.Lines), "Customers", p.Customers(int(e.Customers)), "From", p.Month(e.First), "To", p.Month(e.Last))
}

// understood says in a sentence what a file was taken for.
func (p page) understood(r *behold.Receipt) string {
	f := r.Form
	how := []string{strings.ToUpper(f.Kind)}
	if f.Gzip {
		how = append(how, "gzip")
	}
	if f.Separator != "" {
		how = append(how, p.separatorName(f.Separator))
	}
	if f.Encoding != "" {
		how = append(how, f.Encoding)
	}
	if f.Decimal != "" {
		how = append(how, p.T("page.upload.decimal", "Mark", f.Decimal))
	}
	if f.Dates != "" {
		how = append(how, p.T("page.upload.dates", "Form", p.form(f.Dates)))
	}
	return p.T("page.upload.understood", "Table", p.Table(r.Table), "How", strings.Join(how, " · "))
}

// namesNoCurrency says that neither the file nor the settings tell what money it is.
func (p page) namesNoCurrency(r *behold.Receipt) bool {
	if p.settings.Currency != "" || r.Table != behold.TableOrders {
		return false
	}
	names := func(c behold.ColumnUse) bool { return c.Field == "currency" }
	guessed := func(n behold.Note) bool { return n.Code == "currency_guessed" }
	return !slices.ContainsFunc(r.Columns, names) && !slices.ContainsFunc(r.Notes, guessed)
}

// form says how a column is written; a number's form shows in its examples.
func (p page) form(f string) string {
	switch f {
	case "2006-01-02":
		return p.T("page.form.ymd")
	case "day/month/year":
		return p.T("page.form.dmy")
	case "month/day/year":
		return p.T("page.form.mdy")
	case "spreadsheet":
		return p.T("page.form.sheet")
	case "1.5", "1,5":
		return ""
	}
	return f
}

func (p page) separatorName(s string) string {
	switch s {
	case ",":
		return p.T("page.upload.comma")
	case ";":
		return p.T("page.upload.semicolon")
	case "\t":
		return p.T("page.upload.tab")
	}
	return s
}

// reach says whom and which days the rows of a file are about.
func (p page) reach(r *behold.Receipt) string {
	if r.Customers == 0 {
		return ""
	}
	said := p.Customers(int(r.Customers))
	if r.Table == behold.TableOrders && r.FirstDay.Known() && r.FirstDay != 0 {
		said += " · " + p.ShortDate(r.FirstDay) + " – " + p.ShortDate(r.LastDay)
	}
	return said
}

func (p page) imported(r *behold.Receipt) string {
	return p.T("page.receipt.imported", "Table", p.Table(r.Table), "Day", p.Date(behold.DayOf(r.Finished.Local())), "Seconds", p.Decimal(took(r), 1))
}

// took is how many seconds an import took, a tenth at the least: nothing takes none.
func took(r *behold.Receipt) float64 {
	return math.Max(0.1, r.Finished.Sub(r.Started).Round(time.Millisecond).Seconds())
}

// roundSays is what a round came to.
func (p page) roundSays(r *behold.Round) string {
	return p.T("page.work.round", "Customers", p.Customers(int(r.Customers)), "Day", p.Date(r.Day),
		"Lit", len(r.Lit), "Still", len(r.Still), "Out", len(r.Out))
}
