package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"behold"
	"behold/internal/app"
)

type letterCmd struct {
	Preview letterPreviewCmd `cmd:"" help:"Write a letter as it would be now, and send nothing."`
	Test    letterTestCmd    `cmd:"" help:"Send a test letter, and say what stands in the way if it cannot be sent."`
	Send    letterSendCmd    `cmd:"" help:"Make and send the letters that are due, now."`
}

// Help is the manual page.
func (letterCmd) Help() string {
	return `Letters come by e-mail: a morning list to each colleague, a weekly letter to those who lead, and on
the first working day of a month the owner's letter: what is lost, why, and what it costs. They are
switched on under Settings, or with behold config set letters true; a running server sends them.
The mail server is set in config.toml of the data folder, or by BEHOLD_MAIL_HOST and so on:

  url = "https://behold.firm.example"      # where colleagues open Behold; for links
  mail_host = "smtp.firm.example"
  mail_port = 587                          # 465 with mail_tls = "implicit"
  mail_tls = "starttls"                    # or implicit; none on this machine only
  mail_user = "behold"
  mail_password = "…"                      # there is no flag for it: others could read it
  mail_from = "Behold <behold@firm.example>"

  behold letter test mette@firm.example
  behold letter preview morning --colleague mette@firm.example --html letter.html
  behold letter preview monthly --language da --html month.html
  behold letter send`
}

type letterPreviewCmd struct {
	Kind      string `arg:"" help:"morning, weekly or monthly." enum:"morning,weekly,monthly"`
	Colleague string `help:"E-mail of whom it is for; nobody: as for one who leads, about the whole company." placeholder:"E-MAIL"`
	Language  string `help:"en, da, sv, nb or nl; else the colleague's, else the company's." placeholder:"LANG"`
	HTML      string `name:"html" help:"Write the letter as HTML to this file, beside the text." placeholder:"FILE"`
}

func (c *letterPreviewCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a letter")
	if err != nil {
		return err
	}
	return errors.Join(c.write(ctx, a, e), done())
}

func (c *letterPreviewCmd) write(ctx context.Context, a *app.App, e *env) error {
	kind, err := behold.ParseLetterKind(c.Kind)
	if err != nil {
		return err
	}
	to := behold.Colleague{Role: behold.Owner}
	if c.Colleague != "" {
		if to, err = a.State.Colleague(ctx, behold.ColleagueKey(c.Colleague)); err != nil {
			return err
		}
	}
	if c.Language != "" {
		to.Language = c.Language
	}
	written, says, err := a.WriteLetter(ctx, kind, to, time.Now())
	if err != nil {
		return err
	}
	if !says {
		fmt.Fprintln(e.Stderr, "behold: there is nothing to say: this letter is sent only with letter_nothing true")
	}
	if c.HTML != "" {
		if err := os.WriteFile(e.Path(filepath.Clean(c.HTML)), []byte(written.HTML), 0o600); err != nil {
			return &behold.Error{Kind: behold.Unavailable, Say: "the letter cannot be written to " + c.HTML, Err: err}
		}
	}
	_, err = io.WriteString(e.Stdout, written.Subject+"\n\n"+written.Text)
	return err
}

type letterTestCmd struct {
	Address  string `arg:"" help:"Where to."`
	Language string `help:"en, da, sv, nb or nl; else the company's." placeholder:"LANG"`
}

func (c *letterTestCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "a test letter")
	if err != nil {
		return err
	}
	if err := a.TestLetter(ctx, c.Address, c.Language); err != nil {
		return errors.Join(err, done())
	}
	fmt.Fprintf(e.Stdout, "The mail server has taken the test letter to %s.\n", c.Address)
	return done()
}

type letterSendCmd struct{}

func (c *letterSendCmd) Run(ctx context.Context, e *env, args []string) error {
	a, done, err := e.open(ctx, args, "letters")
	if err != nil {
		return err
	}
	return errors.Join(c.send(ctx, a, e), done())
}

func (c *letterSendCmd) send(ctx context.Context, a *app.App, e *env) error {
	if err := a.MailCheck(); err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	if !settings.Letters.On {
		return &behold.Error{Kind: behold.Invalid, Say: "letters are switched off", Hint: "behold config set letters true"}
	}
	p, err := a.PostLetters(ctx, time.Now(), true)
	fmt.Fprintf(e.Stdout, "made %d, nothing to say %d, sent %d, failed %d, to be tried again %d\n", p.Made, p.Nothing, p.Sent, p.Failed, p.Waiting)
	return err
}
