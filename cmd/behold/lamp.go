package main

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"behold"
	"behold/internal/lamp"
)

type lampCmd struct {
	Test lampTestCmd `cmd:"" help:"Run a script of given facts and expected lamps."`
}

type lampTestCmd struct {
	File []string `arg:"" help:"Scripts."`
}

// Help is the manual page.
func (lampTestCmd) Help() string {
	return `A script says in plain words what happened, and which lamps should burn on a day:

  # A customer who bought every thirty days falls silent.
  given customer K-1 ordered every 30 days from 2023-01-05 to 2024-11-30
  on 2025-01-20
  expect rhythm
    because gap 51 days, usual 30 days
  given customer K-1 ordered on 2025-02-03
  on 2025-02-03
  expect dark

Cases are set apart by blank lines. All lamps that burn on the day must be expected, and no
others. The company around the case is an invented one with usual habits. Ends with 1 when
something does not come true.

  behold lamp test mine.txt`
}

func (c *lampTestCmd) Run(_ context.Context, e *env) error {
	failed, cases := 0, 0
	for _, file := range c.File {
		text, err := os.ReadFile(e.Path(file))
		if err != nil {
			return &behold.Error{Kind: behold.NotFound, Say: "could not read " + file, Hint: "check the name", Err: err}
		}
		script, err := lamp.ReadScript(bytes.NewReader(text), file)
		if err != nil {
			return err
		}
		if script.Cases == 0 {
			return &behold.Error{Kind: behold.Invalid, Say: file + " has no cases", Hint: "a case begins with a line such as: given customer K-1 ordered every 30 days from 2024-01-05 to 2024-11-30"}
		}
		cases += script.Cases
		for _, f := range script.Run() {
			fmt.Fprintln(e.Stdout, f)
			failed++
		}
	}
	if failed > 0 {
		return &behold.Error{Kind: behold.Invalid, Say: counted(failed, "line") + " of " + counted(cases, "case") + " did not come true"}
	}
	fmt.Fprintf(e.Stdout, "%s, all true\n", counted(cases, "case"))
	return nil
}
