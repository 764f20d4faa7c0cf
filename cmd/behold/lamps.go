package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"behold"
	"behold/internal/phrase"
)

type lampsCmd struct {
	Day      string `help:"As of this day. Default: the last round." placeholder:"DAY"`
	Kind     string `help:"Only this lamp, such as rhythm." placeholder:"LAMP"`
	Reason   string `help:"Only this reason, such as competitor." placeholder:"REASON"`
	Customer string `help:"Only this customer." placeholder:"ID"`
	Search   string `help:"Only customers whose name or id contains this." placeholder:"WORDS"`
	Language string `help:"Language of the sentences: en, da, sv, nb or nl." default:"en" enum:"en,da,sv,nb,nl"`
	Format   string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
	Limit    int    `help:"At most so many rows; 0: all." placeholder:"N"`
}

// Help is the manual page.
func (lampsCmd) Help() string {
	return `There are 22 kinds of lamps, and each is lit with a reason, a sentence, and the rows to look up;
behold doctor says which have data. p is how unusual the facts are for a customer who stays;
p_star is the same, held against the company's own past, and p itself while that is too short.
A lamp is lit by p_star, so that false ones are as many as the setting false_lamps_per_100_month
says. A lamp that is lit by an event, such as a complaint or the end of a contract, has no p of
its own and shows 0. Lamps that were snoozed or called a false alarm are listed with their state.

All lamps are listed, for whoever does the sums: also those of customers whom the lot holds out of
the lists (behold report effect), which pages and letters do not show. Do not pass the list on to
those who work with customers, or the trial has no hold-out.

JSON and CSV: customer, lamp, reason, family, state, since, p, p_star, chance_leave, money_at_risk,
currency, says, goes_out_when, next_step, evidence (facts, and rows with table and id).

  behold lamps
  behold lamps --kind returns --language da
  behold lamps --day 2025-05-31 --format json`
}

var lampColumns = []string{
	"customer", "lamp", "reason", "family", "state", "since", "p", "p_star", "chance_leave", "money_at_risk", "currency",
	"says", "goes_out_when", "next_step", "evidence",
}

func (c *lampsCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	if err := c.known(); err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "a list of lamps")
	if err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	out, err := newRows(e.Stdout, c.Format, lampColumns, []string{"customer", "lamp", "since", "chance_leave", "money_at_risk", "says"})
	if err != nil {
		return errors.Join(err, done())
	}
	words := phrase.For(c.Language).In(settings.Currency)
	query := behold.LampQuery{
		Day: asked, Kind: behold.LampKind(c.Kind), Reason: behold.Reason(c.Reason), ID: c.Customer, Held: true,
		Slice: behold.Slice{Search: c.Search, Limit: c.Limit},
	}
	err = a.Lamps(ctx, query, func(card *behold.LampCard) error { return putLamp(out, words, settings.Currency, card) })
	return errors.Join(out.End(err), done())
}

// known refuses a lamp or a reason that does not exist: an empty list would
// say that none is lit.
func (c *lampsCmd) known() error {
	if c.Kind != "" && !phrase.For("en").Has("lamp."+c.Kind+".name") {
		return usage(fmt.Sprintf("there is no lamp %q", c.Kind), "such as rhythm, complaint_open or category_lost")
	}
	if c.Reason != "" && !slices.Contains(behold.Reasons(), behold.Reason(c.Reason)) {
		return usage(fmt.Sprintf("there is no reason %q", c.Reason), "such as competitor, quality or unknown")
	}
	return nil
}

func putLamp(out *rows, words *phrase.Phrases, currency string, card *behold.LampCard) error {
	evidence, err := encode(card.Evidence)
	if err != nil {
		return err
	}
	return out.Put(card.ID, string(card.Kind), string(card.Reason), string(card.Reason.Family()), string(card.State), card.Since,
		card.P, card.PStar, card.ChanceLeave, card.MoneyAtRisk, cmp.Or(card.MoneyAtRisk.Currency, currency),
		words.Says(card.Lamp), words.GoesOut(card.Lamp), words.NextStep(card.Lamp), json.RawMessage(evidence))
}
