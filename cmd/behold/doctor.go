package main

import (
	"context"
	"errors"
	"fmt"

	"behold"
)

type doctorCmd struct {
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

func (c *doctorCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a doctor")
	if err != nil {
		return err
	}
	findings, err := a.Examine(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	out, err := newRows(e.Stdout, c.Format, []string{"what", "state", "says", "hint"}, nil)
	if err != nil {
		return errors.Join(err, done())
	}
	broken := 0
	for _, f := range findings {
		if f.State == "broken" {
			broken++
		}
		err = errors.Join(err, out.Put(f.What, f.State, f.Says, f.Hint))
	}
	if broken > 0 {
		err = errors.Join(err, &behold.Error{Kind: behold.Unavailable, Say: fmt.Sprintf("%d things are broken in %s", broken, a.Folder())})
	}
	return errors.Join(out.End(err), done())
}
