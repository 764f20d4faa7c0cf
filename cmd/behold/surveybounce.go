package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"behold"
)

type bounceCmd struct {
	Paths []string `arg:"" name:"path" help:".eml files, or folders with mails, such as a Maildir." placeholder:"PATH"`
}

// Help is the manual page.
func (bounceCmd) Help() string {
	return `Reads reports of letters that came back (RFC 3464), as mail servers send them to the address in
mail_from. An address that does not exist is marked: it is never asked again, what waits for it is
stopped, and the next round reads it for the lamp person_left. A full mailbox or a delay changes
nothing. Only reports about letters of ours to just that address count, so that nobody can have an
address marked by writing to you.

Give it mails saved from a mail program, or the folder into which the mail server puts them; nothing in
it is changed, and reading it again changes nothing. Every night:

  behold survey bounce /home/behold/Maildir

The page Surveys takes such files too.`
}

func (c *bounceCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "letters that came back")
	if err != nil {
		return err
	}
	var all behold.BounceTally
	for _, path := range c.Paths {
		t, err := a.ReturnedIn(ctx, e.Path(path), time.Now())
		if err != nil {
			return errors.Join(err, done())
		}
		all.Read, all.Marked, all.Known, all.Passing, all.NotOurs, all.Other = all.Read+t.Read, all.Marked+t.Marked, all.Known+t.Known, all.Passing+t.Passing, all.NotOurs+t.NotOurs, all.Other+t.Other
	}
	fmt.Fprintf(e.Stdout, "read %d, marked %d, marked before %d, for now only %d, not our letters %d, no reports %d\n", all.Read, all.Marked, all.Known, all.Passing, all.NotOurs, all.Other)
	return done()
}
