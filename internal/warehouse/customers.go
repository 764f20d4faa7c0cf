package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"behold"
)

// Extent is how much was known on day.
func (w *Warehouse) Extent(ctx context.Context, day behold.Day) (e behold.Extent, err error) {
	defer func() { err = wrap(err, "measure what is known as of %v", day) }()
	if kept, ok := w.recallExtent(day); ok {
		return kept, nil
	}
	writes := w.writes.Load()
	var first, last, known sql.NullTime
	if err := w.db.QueryRowContext(ctx, query("line.extent"), until(day)).Scan(&e.Customers, &e.Lines, &first, &last, &known); err != nil {
		return e, err
	}
	e.First, e.Last = dayOf(first), dayOf(last)
	w.rememberExtent(extent{e, dayOf(known), day, writes})
	return e, nil
}

// Names gives the number, id, name and colleague (in lower case) of customers, in the order asked. A
// number that nobody has gives an empty customer.
func (w *Warehouse) Names(ctx context.Context, _ behold.Day, numbers []int32) (list []behold.Customer, err error) {
	defer func() { err = wrap(err, "look up the names of %d customers", len(numbers)) }()
	list = make([]behold.Customer, len(numbers))
	if len(numbers) == 0 {
		return list, nil
	}
	names := make(map[int32]behold.Customer, len(numbers))
	err = w.rows(ctx, query("customer.names"), func(rows *sql.Rows) error {
		var c behold.Customer
		err := rows.Scan(&c.Number, &c.ID, &c.Name, &c.Colleague, &c.Segment)
		names[c.Number] = c
		return err
	}, commas(numbers))
	for i, n := range numbers {
		list[i] = names[n]
	}
	return list, err
}

// commas writes numbers with commas between.
func commas(numbers []int32) string {
	text := make([]byte, 0, 8*len(numbers))
	for i, n := range numbers {
		if i > 0 {
			text = append(text, ',')
		}
		text = strconv.AppendInt(text, int64(n), 10)
	}
	return string(text)
}

// Customer is what is known of the customer with this id, in any spelling.
// NotFound when nobody has it. What files say about customers has no day of its
// own, so the day asked for makes no difference yet.
func (w *Warehouse) Customer(ctx context.Context, id string, _ behold.Day) (found *behold.Customer, err error) {
	defer func() { err = wrap(err, "look up the customer") }()
	err = w.rows(ctx, query("customer.one"), func(rows *sql.Rows) error {
		found = &behold.Customer{}
		return scanCustomer(rows, found)
	}, behold.CustomerKey(id))
	if err == nil && found == nil {
		return nil, &behold.Error{Kind: behold.NotFound, Code: "no_customer", Say: fmt.Sprintf("there is no customer %q", id), Hint: "check the id; letter case does not matter"}
	}
	return found, err
}

// CustomersOf are the customers with these ids, in any spelling, by
// behold.CustomerKey; those that nobody has are left out.
func (w *Warehouse) CustomersOf(ctx context.Context, ids []string) (map[string]behold.Customer, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = behold.CustomerKey(id)
	}
	all, err := again(w, func() (map[string]behold.Customer, error) { return w.customersOf(ctx, keys) }, "customers", keys)
	return all, wrap(err, "look up %d customers", len(ids))
}

func (w *Warehouse) customersOf(ctx context.Context, keys []string) (map[string]behold.Customer, error) {
	all := make(map[string]behold.Customer, len(keys))
	err := w.rows(ctx, query("customer.of"), func(rows *sql.Rows) error {
		var c behold.Customer
		err := scanCustomer(rows, &c)
		all[behold.CustomerKey(c.ID)] = c
		return err
	}, strings.Join(keys, "\x1f"))
	return all, err
}

// Customers is one page of the customers whose name or id contains the search
// text, in order of ids, and how many there are on all pages.
func (w *Warehouse) Customers(ctx context.Context, part behold.Slice, _ behold.Day) (list []behold.Customer, total int, err error) {
	defer func() { err = wrap(err, "list customers") }()
	find := like(part.Search)
	if err := w.db.QueryRowContext(ctx, query("customer.count"), find).Scan(&total); err != nil {
		return nil, 0, err
	}
	err = w.rows(ctx, query("customer.list"), func(rows *sql.Rows) error {
		var c behold.Customer
		if err := scanCustomer(rows, &c); err != nil {
			return err
		}
		list = append(list, c)
		return nil
	}, find, limit(part, total), max(part.Offset, 0))
	return list, total, err
}

func scanCustomer(rows *sql.Rows, c *behold.Customer) error {
	var since, closed sql.NullTime
	var tags, attributes string
	err := rows.Scan(&c.Number, &c.ID, &c.Name, &c.Kind, &c.Email, &c.Phone, &c.RegistrationNo, &c.VATNo, &c.Country, &c.Region,
		&c.Language, &c.Segment, &c.Colleague, &since, &c.AcquiredBy, &c.AcquiredOffer, &c.AcquisitionCost.Minor,
		&c.AcquisitionCost.Currency, &c.PriceList, &c.Captive, &c.VIP, &c.SurveyOptOut, &c.MarketingOptOut, &closed,
		&c.ClosedReason, &tags, &attributes)
	if err != nil {
		return err
	}
	c.Since, c.ClosedOn = dayOf(since), dayOf(closed)
	if tags != "" {
		if err := json.Unmarshal([]byte(tags), &c.Tags); err != nil {
			return err
		}
	}
	if attributes != "" {
		return json.Unmarshal([]byte(attributes), &c.Attributes)
	}
	return nil
}

func dayOf(t sql.NullTime) behold.Day {
	if !t.Valid {
		return behold.NoDay
	}
	return behold.DayOf(t.Time.UTC())
}

// limit is how many rows a page has: all when it does not say.
func limit(part behold.Slice, total int) int {
	if part.Limit <= 0 {
		return total
	}
	return part.Limit
}

// like is a pattern that finds the text anywhere, in any letter case; what LIKE
// takes for signs is taken as it is. "" finds everything.
func like(search string) string {
	search = behold.CustomerKey(search)
	if search == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(search) + "%"
}
