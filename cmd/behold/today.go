package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"behold"
	"behold/internal/app"
	"behold/internal/phrase"
)

type todayCmd struct {
	Colleague string `help:"Only the list of this colleague." placeholder:"E-MAIL"`
	Why       string `help:"Instead: why this customer is on no list." placeholder:"ID"`
	Day       string `help:"The lists made after the round of this day. Default: the last round." placeholder:"DAY"`
	Language  string `help:"Language of the sentences: en, da, sv, nb or nl." default:"en" enum:"en,da,sv,nb,nl"`
	Format    string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (todayCmd) Help() string {
	return `Every round makes a list for each colleague: whom to give attention to on the next working day, in
which order, and how. Customers whose lamps burn are ranked by what attention is expected to bring a
minute: a tenth of the chance of leaving, times the chance of still being here, times what is to
come. That tenth is judgement, not evidence, until your own trial (behold report effect) says more.
A list ends with the settings minutes_today or tasks_today. Nobody whom a colleague spoke to in the
last contact_gap_days is on it, unless they complained or a promise was broken. What has lain for two
working days stands first; after five, escalated says that the manager should see it too. The list
of a day that was made stays, however often the round is walked again.

Customers of a colleague belong on that colleague's list; those of nobody go to whoever has used the
smallest part of the day. Colleagues are those who were invited as members or more, and those
whom the customer file names. Some are held out of the lists by lot, so that it can be shown whether
attention keeps customers (behold report effect); of those --why says what it says of a customer
without a lamp.

  place, colleague, customer, name, lamp, reason, action, channel, minutes, due, gain, currency
  chance_leave and its range; since (on the list), lying (working days), escalated, covered
  false_share, false_low, false_high   the share of the rows whose customers are expected to stay
                                       anyway, with its range: the same in every row
  says                                 the lamp's sentence

  behold today
  behold today --colleague mette@example.com --language da
  behold today --why K-1042 --format json`
}

var todayColumns = []string{
	"place", "colleague", "customer", "name", "lamp", "reason", "action", "channel", "minutes", "due", "chance_leave", "chance_leave_low", "chance_leave_high",
	"gain", "currency", "since", "lying", "escalated", "covered", "false_share", "false_low", "false_high", "says",
}

func (c *todayCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "today's lists")
	if err != nil {
		return err
	}
	return errors.Join(c.tell(ctx, e, a, asked), done())
}

func (c *todayCmd) tell(ctx context.Context, e *env, a *app.App, asked behold.Day) error {
	list, made, err := a.TaskList(ctx, asked)
	if err != nil {
		return err
	}
	if c.Why != "" {
		return c.putWhy(ctx, e, a, list, made)
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	tasks, err := c.own(list)
	if err != nil {
		return err
	}
	short := []string{"place", "colleague", "customer", "name", "action", "channel", "minutes", "due", "chance_leave", "gain", "says"}
	out, err := newRows(e.Stdout, c.Format, todayColumns, short)
	if err != nil {
		return err
	}
	words := phrase.For(c.Language).In(settings.Currency)
	wrong := expected(tasks)
	for _, t := range tasks {
		says, err := sentence(ctx, a, words, made, &t)
		if err != nil {
			return out.End(err)
		}
		err = out.Put(t.Place, t.Colleague, t.ID, t.Name, string(t.Lamp), string(t.Reason), string(t.Step.Action), t.Step.Channel, t.Step.Minutes, t.Due,
			t.Leave, t.LeaveLow, t.LeaveHigh, t.Gain, t.Gain.Currency, t.Since, t.Lying, t.Escalated, t.Covered, wrong.mean, wrong.low, wrong.high, says)
		if err != nil {
			return out.End(err)
		}
	}
	if err := out.End(nil); err != nil || c.Format != "table" {
		return err
	}
	return wrong.say(e, list.Day)
}

// own are the tasks of the colleague asked for.
func (c *todayCmd) own(list behold.TaskList) ([]behold.Task, error) {
	if c.Colleague == "" {
		return list.Tasks, nil
	}
	key := behold.ColleagueKey(c.Colleague)
	var names []string
	var tasks []behold.Task
	found := false
	for _, load := range list.Loads {
		names = append(names, load.Colleague)
		found = found || load.Colleague == key
	}
	if !found {
		return nil, &behold.Error{
			Kind: behold.NotFound, Say: fmt.Sprintf("there is no list for %q", line(c.Colleague)),
			Hint: "there are lists for " + line(strings.Join(names, ", ")),
		}
	}
	for _, t := range list.Tasks {
		if t.Colleague == key {
			tasks = append(tasks, t)
		}
	}
	return tasks, nil
}

// sentence is what the lamp says; "" where it burns no more.
func sentence(ctx context.Context, a *app.App, words *phrase.Phrases, made behold.Day, t *behold.Task) (says string, err error) {
	err = a.Lamps(ctx, behold.LampQuery{Day: made, ID: t.ID, Kind: t.Lamp, Slice: behold.Slice{Limit: 1}}, func(card *behold.LampCard) error {
		says = words.Says(card.Lamp)
		return nil
	})
	return says, err
}

// alarms is the share of rows that are expected to be false, with its range.
type alarms struct {
	rows            int
	mean, low, high float64
}

func expected(tasks []behold.Task) alarms {
	w, n := alarms{rows: len(tasks)}, float64(len(tasks))
	for _, t := range tasks {
		w.mean, w.low, w.high = w.mean+(1-t.Leave)/n, w.low+(1-t.LeaveHigh)/n, w.high+(1-t.LeaveLow)/n
	}
	return w
}

func (w alarms) say(e *env, on behold.Day) error {
	if w.rows == 0 {
		_, err := fmt.Fprintf(e.Stdout, "\nNobody is on the list of %v. behold today --why ID says why a customer is not.\n", on)
		return err
	}
	_, err := fmt.Fprintf(e.Stdout, "\n%v: of %s, %.0f %% (%.0f to %.0f %%) are expected to be false alarms: customers who stay anyway.\n",
		on, counted(w.rows, "task"), 100*w.mean, 100*w.low, 100*w.high)
	return err
}

// putWhy prints one row: the reason, and its figures.
func (c *todayCmd) putWhy(ctx context.Context, e *env, a *app.App, list behold.TaskList, made behold.Day) error {
	out, err := newRows(e.Stdout, c.Format, []string{"customer", "why", "figures"}, nil)
	if err != nil {
		return err
	}
	passed, err := a.PassedOver(ctx, made, c.Why)
	if err != nil {
		return err
	}
	for _, t := range list.Tasks {
		if t.Customer == passed.Customer {
			passed.Why = behold.OnList
			passed.Facts = []behold.Fact{{Name: "place", Number: float64(t.Place), Day: behold.NoDay}, {Name: "colleague", Text: t.Colleague, Day: behold.NoDay}}
		}
	}
	var figures any = passed.Facts
	if c.Format != "json" {
		figures = figureText(passed.Facts)
	} else if passed.Facts == nil {
		figures = []behold.Fact{}
	}
	return out.End(out.Put(c.Why, string(passed.Why), figures))
}

// figureText writes figures on one line.
func figureText(facts []behold.Fact) string {
	var parts []string
	for _, f := range facts {
		value := f.Text
		switch {
		case f.Day.Known():
			value = f.Day.String()
		case value == "":
			value = decimal(f.Number)
		}
		parts = append(parts, f.Name+" "+value)
	}
	return strings.Join(parts, ", ")
}
