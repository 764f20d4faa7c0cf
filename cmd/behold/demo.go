package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"behold"
	"behold/internal/app"
)

type demoCmd struct {
	Listen    string `help:"Address of the pages; any free port when not given." default:"127.0.0.1:0" placeholder:"ADDR"`
	Customers int64  `help:"How many invented customers." default:"300"`
	Seed      uint64 `help:"The same seed makes the same shop." default:"1"`
}

// Run makes the invented shop in a folder of its own, which goes with the
// process; with --data it stays.
func (c *demoCmd) Run(ctx context.Context, e *env, args []string) error {
	dir, err := os.MkdirTemp("", "behold-demo-*")
	if err != nil {
		return &behold.Error{Kind: behold.Unavailable, Say: "no temporary folder can be made", Err: err}
	}
	defer os.RemoveAll(dir)
	if !e.dataGiven {
		e.Config.Data = filepath.Join(dir, "data")
	}
	a, err := app.Open(ctx, e.Config, "a demo")
	if err != nil {
		return err
	}
	err = c.fill(ctx, a)
	if err == nil {
		fmt.Fprintf(e.Stderr, "Invented: every customer, figure and reason. Nobody signs in: whoever opens it is the shop's owner. Stop with Ctrl-C.\n")
		err = e.showShop(ctx, a, c.Listen)
	}
	return errors.Join(err, a.Close())
}

// showShop serves the shop to whoever comes, as the colleague who looks after the
// first of its customers.
func (e *env) showShop(ctx context.Context, a *app.App, address string) error {
	who := behold.Colleague{Role: behold.Owner}
	rows, _, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: behold.NoDay, Slice: behold.Slice{Limit: 1}})
	if err == nil && len(rows) > 0 {
		who.Email = rows[0].Colleague
	}
	return e.serve(ctx, a, address, a.Pages(true, who))
}

// fill makes the shop and reads it in, unless it is there already. A folder with
// real files is refused: nobody signs in here.
func (c *demoCmd) fill(ctx context.Context, a *app.App) error {
	imports, err := a.Facts.Imports(ctx)
	if err != nil {
		return err
	}
	ours, theirs := 0, 0
	for _, r := range imports {
		switch {
		case !r.UndoneAt.IsZero():
		case r.Source == behold.InventedSource:
			ours++
		default:
			theirs++
		}
	}
	if i, err := a.Invention(ctx); err != nil || i.Stage == behold.NotInvented && ours > 0 && theirs == 0 { // an earlier release made it
		return err
	}
	_, err = a.Invent(ctx, app.InventedShop{Customers: c.Customers, Seed: c.Seed}, nil)
	return err
}
