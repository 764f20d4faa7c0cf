package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"behold"
	"behold/internal/sample"
)

type sampleCmd struct {
	Customers int64  `help:"How many customers." default:"600"`
	Months    int    `help:"Months of history." default:"36"`
	Seed      uint64 `help:"The same seed makes the same shop." default:"1"`
	Until     string `help:"Last day of the history (default: yesterday)." placeholder:"DAY"`
	Out       string `help:"Folder for the files." required:"" placeholder:"DIR"`
}

func (c *sampleCmd) Run(ctx context.Context, e *env) error {
	until, err := day(c.Until, behold.DayOf(time.Now())-1)
	if err != nil {
		return err
	}
	if c.Customers < 1 || c.Months < 1 {
		return usage("a shop needs at least one customer and one month", "try --customers 600 --months 36")
	}
	dir := e.Path(c.Out)
	if err := ours(dir, c.Out); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return &behold.Error{Kind: behold.Unavailable, Say: "the folder " + c.Out + " cannot be made", Err: err}
	}
	err = sample.Write(ctx, dir, sample.Options{Customers: c.Customers, Months: c.Months, Seed: c.Seed, Until: until})
	if err != nil {
		return err
	}
	fmt.Fprintf(e.Stdout, "%d invented customers up to %s in %s; truth.csv says who left, when and why\n", c.Customers, until, c.Out)
	return nil
}

// ours refuses a folder with somebody's files in it: a real orders.csv would be
// written over. One with a truth.csv has an invented shop already.
func ours(dir, called string) error {
	if there, err := os.ReadDir(dir); err != nil || len(there) == 0 {
		return nil // not there yet, or for MkdirAll to say
	}
	if _, err := os.Stat(filepath.Join(dir, "truth.csv")); err == nil {
		return nil
	}
	return &behold.Error{Kind: behold.Conflict, Say: "the folder " + called + " holds other files", Hint: "choose a new one with --out DIR: the invented files would be written over yours"}
}
