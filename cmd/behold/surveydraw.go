package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"behold"
	"behold/internal/survey"
)

type surveyDrawCmd struct {
	Day    string `help:"The day to draw for. Default: today." placeholder:"DAY"`
	DryRun bool   `help:"Show it and keep nothing."`
	Drawn  bool   `help:"Only those who are asked."`
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (surveyDrawCmd) Help() string {
	return `Draws whom to ask, and says of every customer whether they are asked and why not. The level is
drawn by lot from all who can be asked: a ninetieth of them a day, at least 3 and at most 50, in
strata of value, tenure and state. pi is the chance of each; lot is the number drawn for them, and
in each stratum the least are taken. The same day, seed and data give the same draw.

  why           not asked because
  lot           the lot fell on others
  asked, unanswered, answered, firm     they rest until the day beside it
  complaint, complained                 a complaint is open, or was closed only just
  objected, no_address, bounced         no letter may or can reach them
  country_off, no_consent, not_near     the country's rules, see Settings
  lost, closed, once, full              asked in another stream, gone, asked about it, enough for today

In Denmark a letter without consent must come near a purchase (survey_near_days, 90), so that most who
have left are not_near: "long time no see" is marketing there. Those who consented to marketing are
asked all the same. Of the others, instead says call: a colleague may ask by telephone, selling nothing;
the page Surveys opens a case for it, whose first step is that call.

Streams are never mixed: level, event (after a delivery or ticket), lost, again (after a case). The
first draw of a day stands: run twice, nobody is asked twice. Letters leave by behold survey send or
by the server, and only when surveys are switched on.

  behold survey draw --dry-run
  behold survey draw --day 2025-03-14 --dry-run --format csv`
}

var askingColumns = []string{"customer", "stream", "touchpoint", "drawn", "why", "until", "instead", "stratum", "pi", "lot"}

func (c *surveyDrawCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "a draw")
	if err != nil {
		return err
	}
	drawn, made, err := a.Survey(ctx, asked, time.Now(), !c.DryRun)
	if err != nil {
		return errors.Join(err, done())
	}
	err = c.print(e, &drawn)
	d := &drawn.Day
	fmt.Fprintf(e.Stderr, "%s, seed %d, as of the round of %s: %d of %d customers are asked for the level", d.Day, d.Seed, d.AsOf, taken(&drawn, behold.StreamLevel), d.Frame)
	for _, s := range []behold.Stream{behold.StreamEvent, behold.StreamLost, behold.StreamAgain} {
		if n := taken(&drawn, s); n > 0 {
			fmt.Fprintf(e.Stderr, ", %s %d", s, n)
		}
	}
	switch {
	case c.DryRun:
		fmt.Fprintln(e.Stderr, "; nothing was kept")
	case made:
		fmt.Fprintln(e.Stderr, "; kept")
	default:
		fmt.Fprintln(e.Stderr, "; it was drawn before, and stands")
	}
	return errors.Join(err, done())
}

func (c *surveyDrawCmd) print(e *env, drawn *survey.Drawn) error {
	out, err := newRows(e.Stdout, c.Format, askingColumns, nil)
	if err != nil {
		return err
	}
	for i := range drawn.Askings {
		k := &drawn.Askings[i]
		if c.Drawn && !k.Drawn {
			continue
		}
		var lot any
		if k.Drawn && k.Stream != behold.StreamLost && k.Stream != behold.StreamAgain || k.Why == behold.AskLot {
			lot = k.Lot
		}
		if err := out.Put(k.Customer, string(k.Stream), k.Touchpoint, k.Drawn, string(k.Why), k.Until, instead(k), k.Stratum, k.Pi, lot); err != nil {
			return err
		}
	}
	return out.End(nil)
}

// instead is what to do about one whom no letter may ask.
func instead(k *behold.Asking) string {
	if k.CallInstead() {
		return "call"
	}
	return ""
}

func taken(d *survey.Drawn, stream behold.Stream) (n int) {
	for i := range d.Askings {
		if d.Askings[i].Drawn && d.Askings[i].Stream == stream {
			n++
		}
	}
	return n
}
