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
		fmt.Fprintf(e.Stderr, "Invented: every customer, figure and reason. Stop with Ctrl-C.\n")
		err = e.serve(ctx, a, c.Listen, true)
	}
	return errors.Join(err, a.Close())
}

// fill makes the shop and reads it in, unless the folder has data already.
func (c *demoCmd) fill(ctx context.Context, a *app.App) error {
	i, err := a.Invention(ctx)
	if err != nil {
		return err
	}
	if imports, err := a.Facts.Imports(ctx); err != nil || i.Stage == behold.NotInvented && len(imports) > 0 {
		return err
	}
	_, err = a.Invent(ctx, app.InventedShop{Customers: c.Customers, Seed: c.Seed}, nil)
	return err
}
