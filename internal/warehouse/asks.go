package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"behold"
)

// Askables are all customers as a survey's draw of a day sees them, with the
// standings of the last round up to asOf, whose day it gives; NoDay when there is
// no such round. Whom a letter reaches are the people at the customer's, else the
// customer's own address.
func (w *Warehouse) Askables(ctx context.Context, day, asOf behold.Day) (list []behold.Askable, round behold.Day, err error) {
	defer func() { err = wrap(err, "read whom a survey could ask on %v", day) }()
	var last time.Time
	var horizon int
	err = w.db.QueryRowContext(ctx, query("standing.last"), until(asOf), 0).Scan(&last, &horizon)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, behold.NoDay, nil
	}
	if err != nil {
		return nil, behold.NoDay, err
	}
	people := map[int32][]behold.AskContact{}
	err = scan(ctx, w.db, made("ask.people", nil), func(b *block) error {
		for i := range b.rows {
			to := behold.AskContact{Name: strings.Clone(b.texts[1][i]), Address: strings.Clone(b.texts[2][i])}
			if at := people[b.ints[0][i]]; isAddress(to.Address) && !slices.ContainsFunc(at, func(c behold.AskContact) bool { return c.Address == to.Address }) {
				people[b.ints[0][i]] = append(at, to)
			}
		}
		return nil
	}, until(day))
	if err != nil {
		return nil, behold.NoDay, err
	}
	err = scan(ctx, w.db, made("ask.customers", nil), func(b *block) error {
		for i := range b.rows {
			list = append(list, askable(b, i, people))
		}
		return nil
	}, until(day), last, horizon)
	return list, behold.DayOf(last.UTC()), err
}

func askable(b *block, i int, people map[int32][]behold.AskContact) behold.Askable {
	text := func(column int) string { return strings.Clone(b.texts[column][i]) }
	c := behold.Askable{
		Number: b.ints[0][i], ID: text(1), Name: text(2), Country: text(3), Language: text(4),
		OptOut: b.ints[8][i] != 0, MarketingOptOut: b.ints[9][i] != 0, Consent: consents(b.texts[10][i]),
		State: behold.CustomerState(text(11)), Value: b.bigs[12][i], First: behold.Day(b.ints[13][i]), Last: behold.Day(b.ints[14][i]),
		Complaint: b.ints[15][i] != 0, Complained: behold.Day(b.ints[16][i]), Contacts: people[b.ints[0][i]],
	}
	own := text(5)
	if len(c.Contacts) == 0 && isAddress(own) {
		c.Contacts = []behold.AskContact{{Address: own}}
	}
	switch {
	case b.texts[6][i] != "":
		c.Firm = "no " + text(6)
	case b.texts[7][i] != "":
		c.Firm = "vat " + text(7)
	case own != "":
		c.Firm = own
	}
	return c
}

// isAddress says whether a text looks enough like an e-mail address to try it.
func isAddress(s string) bool {
	name, domain, ok := strings.Cut(s, "@")
	return ok && name != "" && strings.Contains(domain, ".") && !strings.ContainsAny(s, " ,;<>\r\n\t")
}

// consents says whether the columns that have no field of their own hold a yes to
// marketing.
func consents(attributes string) bool {
	if !strings.Contains(attributes, "onsent") {
		return false
	}
	var all map[string]string
	if json.Unmarshal([]byte(attributes), &all) != nil {
		return false
	}
	for name, says := range all {
		switch strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "").Replace(name)) {
		case "marketingconsent", "emailconsent", "consent":
			return slices.Contains([]string{"1", "yes", "y", "true", "ja", "j", "x"}, strings.ToLower(strings.TrimSpace(says)))
		}
	}
	return false
}

// AskEvents are deliveries, purchases and tickets that were closed after a day up to
// another, the last first.
func (w *Warehouse) AskEvents(ctx context.Context, after, day behold.Day) (list []behold.AskEvent, err error) {
	defer func() { err = wrap(err, "read what customers could be asked about on %v", day) }()
	err = scan(ctx, w.db, made("ask.events", nil), func(b *block) error {
		for i := range b.rows {
			list = append(list, behold.AskEvent{
				Customer: b.ints[0][i], Touchpoint: strings.Clone(b.texts[1][i]), About: strings.Clone(b.texts[2][i]), On: behold.Day(b.ints[3][i]),
			})
		}
		return nil
	}, until(day), after.Time())
	return list, err
}
