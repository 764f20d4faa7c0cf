package phrase

import (
	"strconv"

	"behold"
)

// Date writes a day in full: 9 September 2011.
func (p *Phrases) Date(d behold.Day) string { return p.date(d, "date.long", "month.long.") }

// ShortDate writes a day with the month shortened: 9 Sep 2011.
func (p *Phrases) ShortDate(d behold.Day) string { return p.date(d, "date.short", "month.short.") }

// DayMonth writes a day of this year: 9 September.
func (p *Phrases) DayMonth(d behold.Day) string { return p.date(d, "date.day_month", "month.long.") }

// Month writes a month: September 2011.
func (p *Phrases) Month(d behold.Day) string { return p.date(d, "date.month", "month.long.") }

// Weekday is the name of the day of the week.
func (p *Phrases) Weekday(d behold.Day) string {
	return p.T("weekday." + strconv.Itoa(int(d.Weekday())))
}

func (p *Phrases) date(d behold.Day, form, months string) string {
	if !d.Known() {
		return ""
	}
	t := d.Time()
	return p.T(form,
		"Day", strconv.Itoa(t.Day()),
		"Month", p.T(months+strconv.Itoa(int(t.Month()))),
		"Year", strconv.Itoa(t.Year()))
}

// Days writes a length of time in days: 1 day, 74 days.
func (p *Phrases) Days(n int) string { return p.N("unit.days", n) }

// Every writes how often: every day, every 31 days.
func (p *Phrases) Every(days int) string { return p.N("unit.every_days", days) }

// Purchases counts purchases: 1 purchase, 12 purchases.
func (p *Phrases) Purchases(n int) string { return p.N("unit.purchases", n) }

// Customers counts customers: 1 customer, 512 customers.
func (p *Phrases) Customers(n int) string { return p.N("unit.customers", n) }
