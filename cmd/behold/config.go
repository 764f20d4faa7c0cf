package main

import (
	"context"
	"errors"
	"fmt"
)

type configCmd struct {
	Show configShowCmd `cmd:"" default:"withargs" help:"Print the configuration and the company's settings."`
	Set  configSetCmd  `cmd:"" help:"Change a setting of the company, such as currency or false_lamps_per_100_month."`
}

// Help is the manual page.
func (configCmd) Help() string {
	return `The configuration (where the data lie, where pages are served) comes from flags, then from
BEHOLD_DATA, BEHOLD_LISTEN, BEHOLD_MEMORY, BEHOLD_THREADS, BEHOLD_LOG, BEHOLD_URL and BEHOLD_MAIL_HOST
and its like (behold letter --help), then from config.toml in the data folder. The company's settings are kept in the data folder and changed with set.

  behold config
  behold config set currency DKK
  behold config set false_lamps_per_100_month 3`
}

type configShowCmd struct {
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

func (c *configShowCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a look at the configuration")
	if err != nil {
		return err
	}
	values, err := a.Values(ctx)
	if err != nil {
		return errors.Join(err, done())
	}
	out, err := newRows(e.Stdout, c.Format, []string{"key", "value", "from"}, nil)
	if err != nil {
		return errors.Join(err, done())
	}
	for _, v := range values {
		err = errors.Join(err, out.Put(v.Key, v.Value, v.From))
	}
	return errors.Join(out.End(err), done())
}

type configSetCmd struct {
	Key   string `arg:"" help:"A key that behold config shows as a setting."`
	Value string `arg:"" help:"Its new value."`
}

func (c *configSetCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a change of settings")
	if err != nil {
		return err
	}
	if err := a.Set(ctx, c.Key, c.Value); err != nil {
		return errors.Join(err, done())
	}
	fmt.Fprintf(e.Stdout, "%s = %s; %s\n", c.Key, c.Value, since(c.Key))
	return done()
}

// since says from when a setting counts: the words on the pages at once, what
// a round judges by from the next one.
func since(key string) string {
	switch key {
	case "company", "currency", "language", "letters", "letter_hour", "letter_days", "letter_morning", "letter_weekly", "letter_monthly", "letter_nothing":
		return "it counts at once"
	}
	return "it counts from the next round"
}
