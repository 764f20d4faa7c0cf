package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"behold"
)

type roundCmd struct {
	Day    string `help:"As of this day: nothing recorded later is read. Default: today, or the last day in the data when that is earlier." placeholder:"DAY"`
	Format string `help:"table or json." default:"table" enum:"table,json"`
}

// Help is the manual page.
func (roundCmd) Help() string {
	return `A round reads what was recorded by the day, learns the company's rhythm from it, forecasts
every customer, lights lamps and puts others out. The same data give the same round, and the
same day again replaces it. A running server walks one every morning.

  behold round
  behold round --day 2025-05-31`
}

func (c *roundCmd) Run(ctx context.Context, e *env, args []string) error {
	asked, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	a, done, err := e.open(ctx, args, "a round")
	if err != nil {
		return err
	}
	bar := e.progress("round")
	r, err := a.Round(ctx, asked, bar.To)
	bar.End()
	if err != nil {
		return errors.Join(err, done())
	}
	a.Noted(ctx, behold.RoundMade, r.Day.String())
	return errors.Join(c.say(e, r), done())
}

func (c *roundCmd) say(e *env, r *behold.Round) error {
	seconds := r.Finished.Sub(r.Started).Seconds()
	if c.Format == "json" {
		return sayJSON(e.Stdout, map[string]any{
			"day": r.Day, "customers": r.Customers, "lines": r.Lines, "horizon_days": r.Horizon,
			"lit": len(r.Lit), "still": len(r.Still), "out": len(r.Out), "seconds": seconds, "version": r.Version,
		})
	}
	fmt.Fprintf(e.Stdout, "round of %s: %s, %s, %s\n", r.Day, counted(int(r.Customers), "customer"), counted(int(r.Lines), "order line"), time.Duration(seconds*float64(time.Second)).Round(10*time.Millisecond))
	fmt.Fprintf(e.Stdout, "  lamps: %d newly lit, %d still lit, %d out\n", len(r.Lit), len(r.Still), len(r.Out))
	return nil
}
