package main

import (
	"context"
	"errors"
	"fmt"
	"time"
)

type surveySendCmd struct{}

// Help is the manual page.
func (surveySendCmd) Help() string {
	return `Draws today's lots if nobody did, and sends what is due: letters in the morning hours of those who
get them, and one reminder a week later to who has not answered. Nobody gets a letter twice. It does
what a running server does by itself, and only when surveys are switched on and there are a mail
server and an address under which customers open the answer page:

  behold config set surveys true
  behold survey send

An address that the mail server refuses at once is not tried again. For letters that come back later
see behold survey bounce.`
}

func (c *surveySendCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "surveys")
	if err != nil {
		return err
	}
	if err := a.SurveyCheck(ctx); err != nil {
		return errors.Join(err, done())
	}
	p, err := a.PostSurveys(ctx, time.Now(), true)
	fmt.Fprintf(e.Stdout, "drawn %d, sent %d, failed %d, to be tried again %d\n", p.Made, p.Sent, p.Failed, p.Waiting)
	return errors.Join(err, done())
}
