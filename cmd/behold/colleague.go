package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/access"
	"behold/internal/app"
	"behold/internal/phrase"
)

type colleagueCmd struct {
	Add     colleagueAddCmd     `cmd:"" help:"Let somebody in: prints the link by which they choose a password."`
	List    colleagueListCmd    `cmd:"" help:"List who works here, and who did."`
	Role    colleagueRoleCmd    `cmd:"" help:"Give a colleague another role: reader, member, manager or owner."`
	Leave   colleagueLeaveCmd   `cmd:"" help:"Say that a colleague works here no more: they are signed out and stay out."`
	Back    colleagueBackCmd    `cmd:"" help:"Take that back."`
	Hours   colleagueHoursCmd   `cmd:"" help:"When colleagues have time for customers on the list."`
	Absence colleagueAbsenceCmd `cmd:"" help:"When a colleague is away."`
	Closed  colleagueClosedCmd  `cmd:"" help:"The days on which nobody has a list."`
	Reset   colleagueResetCmd   `cmd:"" help:"Print a link by which a colleague chooses a new password: the way back in for an owner, too."`
}

// Help is the manual page.
func (colleagueCmd) Help() string {
	return `Colleagues sign in to the pages with e-mail and password. A reader looks; a member also decides
about lamps and writes down what happened; a manager also brings files in and takes them back; an
owner also decides the settings and who works here. There is always an owner.

  behold colleague add mette@firm.dk --name "Mette Holm" --role member
  behold colleague list
  behold colleague role mette@firm.dk manager
  behold colleague reset mette@firm.dk
  behold colleague leave mette@firm.dk
  behold colleague hours mette@firm.dk --week 90,90,60,90,30
  behold colleague absence mette@firm.dk 2026-07-06 2026-07-24`
}

type colleagueAddCmd struct {
	Email        string `arg:"" help:"As the files name them, so that Behold knows whose customers are whose."`
	Name         string `help:"What they are called."`
	Role         string `help:"reader, member, manager or owner." default:"member" enum:"reader,member,manager,owner"`
	Team         string `help:"Their team."`
	Language     string `help:"en, da, sv, nb or nl; as their browser asks when not given." placeholder:"LANG"`
	PasswordFile string `help:"A file with their password, instead of a link." placeholder:"FILE"`
}

func (c *colleagueAddCmd) Run(ctx context.Context, e *env, args []string) error {
	if c.Language != "" && !slices.Contains(phrase.Languages(), c.Language) {
		return usage("the language is one of en, da, sv, nb, nl", "")
	}
	password, err := e.password(c.PasswordFile)
	if err != nil {
		return err
	}
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		who := behold.Colleague{Email: c.Email, Name: c.Name, Team: c.Team, Role: behold.Role(c.Role), Language: c.Language}
		link, err := a.Access().Add(ctx, who, password, "")
		if err != nil {
			return err
		}
		fmt.Fprintln(e.Stdout, behold.ColleagueKey(c.Email), isNow(c.Role))
		e.sayLink(a, link)
		return nil
	})
}

// password is what a file holds, the end of its line aside; "" without a file.
func (e *env) password(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	b, err := os.ReadFile(e.Path(file))
	if err != nil {
		return "", &behold.Error{Kind: behold.NotFound, Say: "could not read " + file, Hint: "check the name", Err: err}
	}
	password := strings.TrimRight(string(b), "\r\n")
	return password, access.CheckPassword("", password)
}

// sayLink prints the link by which a password is chosen, if one was made.
func (e *env) sayLink(a *app.App, link access.Link) {
	if link.Token == "" {
		return
	}
	fmt.Fprintf(e.Stdout, "they choose their password here, once, until %s:\n  %s\n", link.Until.Local().Format(time.DateTime), a.LinkTo("/invitations/"+link.Token))
}

// aboutColleagues does something about colleagues on the open data.
func (e *env) aboutColleagues(ctx context.Context, args []string, do func(*app.App) error) error {
	a, done, err := e.open(ctx, args, "a change of colleagues")
	if err != nil {
		return err
	}
	return errors.Join(do(a), done())
}

type colleagueListCmd struct {
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

func (c *colleagueListCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		all, err := a.State.Colleagues(ctx)
		if err != nil {
			return err
		}
		out, err := newRows(e.Stdout, c.Format, []string{"colleague", "name", "team", "role", "language", "left"}, nil)
		if err != nil {
			return err
		}
		for _, who := range all {
			err = errors.Join(err, out.Put(who.Email, who.Name, who.Team, string(who.Role), who.Language, who.Left))
		}
		return out.End(err)
	})
}

type colleagueRoleCmd struct {
	Email string `arg:"" help:"Whose."`
	Role  string `arg:"" help:"reader, member, manager or owner." enum:"reader,member,manager,owner"`
}

func (c *colleagueRoleCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.changeColleague(ctx, args, c.Email, isNow(c.Role), func(who *behold.Colleague) { who.Role = behold.Role(c.Role) })
}

func isNow(role string) string {
	if role == string(behold.Owner) {
		return "is an owner now"
	}
	return "is a " + role + " now"
}

type colleagueLeaveCmd struct {
	Email string `arg:"" help:"Who."`
}

func (c *colleagueLeaveCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.changeColleague(ctx, args, c.Email, "works here no more", func(who *behold.Colleague) { who.Left = true })
}

type colleagueBackCmd struct {
	Email string `arg:"" help:"Who."`
}

func (c *colleagueBackCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.changeColleague(ctx, args, c.Email, "works here again", func(who *behold.Colleague) { who.Left = false })
}

func (e *env) changeColleague(ctx context.Context, args []string, email, says string, edit func(*behold.Colleague)) error {
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		who, err := a.State.SaveColleague(ctx, email, edit, behold.Change{At: time.Now()})
		if err != nil {
			return err
		}
		fmt.Fprintln(e.Stdout, who.Email, says)
		return nil
	})
}

type colleagueResetCmd struct {
	Email        string `arg:"" help:"Whose."`
	PasswordFile string `help:"A file with the new password, instead of a link." placeholder:"FILE"`
}

func (c *colleagueResetCmd) Run(ctx context.Context, e *env, args []string) error {
	password, err := e.password(c.PasswordFile)
	if err != nil {
		return err
	}
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		if password != "" {
			if err := a.Access().SetPassword(ctx, c.Email, password, ""); err != nil {
				return err
			}
			fmt.Fprintf(e.Stdout, "%s has a new password and is signed out everywhere\n", behold.ColleagueKey(c.Email))
			return nil
		}
		link, err := a.Access().Reset(ctx, c.Email, "")
		if err != nil {
			return err
		}
		e.sayLink(a, link)
		return nil
	})
}
