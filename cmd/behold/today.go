package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"behold"
	"behold/internal/app"
	"behold/internal/phrase"
	"behold/internal/round"
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
come. The next steps of cases that are due go before what is new. That tenth is judgement, not evidence, until your own trial (behold report effect) says more.
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
  day, round                           the working day that the list is for, and the round that made it
  owner                                who looks after the customer; "": nobody
  hour_worth                           what the last task of all lists is expected to bring an hour
  done, done_by                        what was done since: contact, promise, loss, acknowledged, snoozed,
                                       false_alarm; case: planned, a step settled, or closed; out: the
                                       lamp went out; "": nothing yet
  case, case_step, case_steps, case_due   the state of the open case, which step of how many comes next
                                       (0: none is left), and by when

With --why it prints customer, why (a word), figures, and says (the sentence that Today shows).
A list of an earlier day is asked for by the day of its round. Hours, absences and closed days:
behold colleague hours, absence, closed.

--why also names the open case of the customer: case (its state), case_owner, case_next, case_due.

  behold today
  behold today --colleague mette@example.com --language da
  behold today --why K-1042 --format json`
}

var todayColumns = []string{
	"place", "colleague", "customer", "name", "lamp", "reason", "action", "channel", "minutes", "due", "chance_leave", "chance_leave_low", "chance_leave_high",
	"gain", "currency", "since", "lying", "escalated", "covered", "false_share", "false_low", "false_high", "says",
	"day", "round", "owner", "hour_worth", "done", "done_by", "case", "case_step", "case_steps", "case_due",
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
	if list, err = c.own(list); err != nil {
		return err
	}
	reader := round.ListReader{Facts: a.Facts, State: a.State, Book: a.State, Cases: a.State, Made: made, Day: list.Day}
	found, err := reader.Read(ctx, list.Tasks)
	if err != nil {
		return err
	}
	short := []string{"place", "colleague", "customer", "name", "action", "channel", "minutes", "due", "chance_leave", "gain", "done", "says"}
	out, err := newRows(e.Stdout, c.Format, todayColumns, short)
	if err != nil {
		return err
	}
	words := phrase.For(c.Language).In(settings.Currency)
	for i := range found {
		t := &found[i].Task
		says, err := sentence(ctx, a, words, made, t)
		if err != nil {
			return out.End(err)
		}
		done, by := whatWasDone(&found[i])
		w := workOf(&found[i])
		err = out.Put(t.Place, t.Colleague, t.ID, t.Name, string(t.Lamp), string(t.Reason), string(t.Step.Action), t.Step.Channel, t.Step.Minutes, t.Due,
			t.Leave, t.LeaveLow, t.LeaveHigh, t.Gain, t.Gain.Currency, t.Since, t.Lying, t.Escalated, t.Covered, list.False, list.FalseLow, list.FalseHigh, says,
			list.Day, made, t.Owner, list.HourWorth, done, by, w.state, w.step, w.steps, w.due)
		if err != nil {
			return out.End(err)
		}
	}
	if err := out.End(nil); err != nil || c.Format != "table" {
		return err
	}
	return c.say(e, list, words)
}

// whatWasDone is what was done about a task since the list was made, and by whom.
func whatWasDone(w *round.Worth) (what, by string) {
	switch {
	case w.Done == nil:
		return "", ""
	case w.Done.Case != nil:
		return "case", w.Done.Who
	case w.Done.Entry != nil:
		return string(w.Done.Entry.Kind), w.Done.Who
	case w.Done.Act != nil:
		return string(w.Done.Act.State), w.Done.Who
	}
	return "out", ""
}

// A caseCell is the open case of a task's customer, as columns have it.
type caseCell struct {
	state       string
	step, steps int
	due         behold.Day
}

func workOf(w *round.Worth) caseCell {
	if w.Case == nil || !w.Case.Open() {
		return caseCell{due: behold.NoDay}
	}
	return caseCell{string(w.Case.State), w.Case.Next() + 1, len(w.Case.Steps), w.Case.Due}
}

// own are the tasks of the colleague asked for.
func (c *todayCmd) own(list behold.TaskList) (behold.TaskList, error) {
	if c.Colleague == "" {
		return list, nil
	}
	key := behold.ColleagueKey(c.Colleague)
	var names []string
	found := false
	for _, load := range list.Loads {
		names = append(names, load.Colleague)
		found = found || load.Colleague == key
	}
	if !found {
		return list, &behold.Error{
			Kind: behold.NotFound, Say: fmt.Sprintf("there is no list for %q", line(c.Colleague)),
			Hint: "there are lists for " + line(strings.Join(names, ", ")),
		}
	}
	return list.Only(func(t *behold.Task) bool { return t.Colleague == key }), nil
}

// sentence is what the lamp says; "" where it burns no more.
func sentence(ctx context.Context, a *app.App, words *phrase.Phrases, made behold.Day, t *behold.Task) (says string, err error) {
	if t.Lamp == "" { // the step of a case
		return "", nil
	}
	err = a.Lamps(ctx, behold.LampQuery{Day: made, ID: t.ID, Kind: t.Lamp, Slice: behold.Slice{Limit: 1}}, func(card *behold.LampCard) error {
		says = words.Says(card.Lamp)
		return nil
	})
	return says, err
}

// say writes what stands below the list on Today, too: the false alarms that are
// expected, what the last task is worth, and how full each day is.
func (c *todayCmd) say(e *env, list behold.TaskList, words *phrase.Phrases) error {
	if len(list.Tasks) == 0 {
		_, err := fmt.Fprintf(e.Stdout, "\nNobody is on the list of %v. behold today --why ID says why a customer is not.\n", list.Day)
		return err
	}
	_, err := fmt.Fprintf(e.Stdout, "\n%v: of %s, %.0f %% (%.0f to %.0f %%) are expected to be false alarms: customers who stay anyway.\n",
		list.Day, counted(len(list.Tasks), "task"), 100*list.False, 100*list.FalseLow, 100*list.FalseHigh)
	if list.HourWorth.Minor > 0 {
		_, worth := fmt.Fprintln(e.Stdout, words.T("today.hour", "Money", words.Rough(list.HourWorth)))
		err = errors.Join(err, worth)
	}
	for _, load := range list.Loads {
		if c.Colleague == "" || load.Colleague == behold.ColleagueKey(c.Colleague) {
			_, full := fmt.Fprintf(e.Stdout, "  %s: %.0f of %.0f minutes, %s\n", cmp.Or(line(load.Colleague), "the company"), load.Used, load.Minutes, counted(load.Tasks, "task"))
			err = errors.Join(err, full)
		}
	}
	return err
}

// putWhy prints one row: the reason, and its figures.
func (c *todayCmd) putWhy(ctx context.Context, e *env, a *app.App, list behold.TaskList, made behold.Day) error {
	out, err := newRows(e.Stdout, c.Format, []string{"customer", "why", "figures", "says"}, nil)
	if err != nil {
		return err
	}
	passed, err := a.PassedOver(ctx, made, c.Why)
	if err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	who := ""
	for _, t := range list.Tasks {
		if t.Customer == passed.Customer {
			passed.Why, who = behold.OnList, t.Colleague
			passed.Facts = []behold.Fact{{Name: "place", Number: float64(t.Place), Day: behold.NoDay}, {Name: "colleague", Text: t.Colleague, Day: behold.NoDay}}
		}
	}
	open, err := a.State.CasesOf(ctx, c.Why)
	if err != nil {
		return out.End(err)
	}
	passed.Facts = append(passed.Facts, caseFacts(open)...)
	var figures any = passed.Facts
	if c.Format != "json" {
		figures = figureText(passed.Facts)
	} else if passed.Facts == nil {
		figures = []behold.Fact{}
	}
	says := phrase.For(c.Language).In(settings.Currency).WhyNot(passed, who, settings.Currency)
	return out.End(out.Put(c.Why, string(passed.Why), figures, says))
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
