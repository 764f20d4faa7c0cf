package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"behold"
	"behold/internal/app"
	"behold/internal/phrase"
	"behold/internal/round"
)

type colleagueHoursCmd struct {
	Email  string `arg:"" optional:"" help:"Whose; everybody's when not given."`
	Week   string `help:"Minutes for customers on the list, Monday to Sunday with commas between; days left out at the end are 0." placeholder:"90,90,60,90,30"`
	Usual  bool   `help:"Back to the minutes of the settings, or those that follow from the file of colleagues."`
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (colleagueHoursCmd) Help() string {
	return `Without flags it prints the minutes that colleagues have for customers on the list, by weekday. Who
said nothing has the minutes of the settings (minutes_today), in proportion to hours_per_week where a
file of colleagues names them (37.5 is a full week). The next list goes by them.

  colleague, said (a colleague or an owner said so), monday to sunday, week (minutes)

  behold colleague hours
  behold colleague hours mette@firm.dk --week 90,90,60,90,30
  behold colleague hours mette@firm.dk --usual`
}

func (c *colleagueHoursCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		by := behold.Change{At: time.Now()}
		switch {
		case c.Email == "" && (c.Usual || c.Week != ""):
			return usage("it does not say whose hours", "name an e-mail")
		case c.Usual:
			if err := a.State.UsualHours(ctx, c.Email, by); err != nil {
				return err
			}
		case c.Week != "":
			h, err := weekOf(c.Email, c.Week)
			if err == nil {
				err = a.State.SaveHours(ctx, h, by)
			}
			if err != nil {
				return err
			}
		}
		return c.print(ctx, e, a)
	})
}

// weekOf reads minutes from Monday to Sunday.
func weekOf(email, typed string) (behold.Hours, error) {
	h := behold.Hours{Colleague: behold.ColleagueKey(email)}
	parts := strings.Split(typed, ",")
	if len(parts) > 7 {
		return h, usage("a week has seven days", "such as --week 90,90,60,90,30")
	}
	for i, part := range parts {
		minutes, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil {
			return h, usage(fmt.Sprintf("%q are no minutes", line(part)), "such as --week 90,90,60,90,30")
		}
		h.Minutes[(i+1)%7] = minutes
	}
	return h, nil
}

func (c *colleagueHoursCmd) print(ctx context.Context, e *env, a *app.App) error {
	force, err := a.Workforce(ctx)
	if err != nil {
		return err
	}
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return err
	}
	who, err := e.workers(ctx, a, c.Email)
	if err != nil {
		return err
	}
	out, err := newRows(e.Stdout, c.Format, []string{"colleague", "said", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "week"}, nil)
	if err != nil {
		return err
	}
	for _, email := range who {
		h, said := force.Of(email, settings.Lists)
		m := h.Minutes
		err = errors.Join(err, out.Put(email, said, m[1], m[2], m[3], m[4], m[5], m[6], m[0], h.Week()))
	}
	return out.End(err)
}

// workers are the colleague asked for, or all who have a list.
func (e *env) workers(ctx context.Context, a *app.App, email string) (list []string, err error) {
	if email != "" {
		return []string{behold.ColleagueKey(email)}, nil
	}
	made, _, err := a.State.TaskList(ctx, behold.NoDay)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{"": true}
	add := func(email string) {
		if key := behold.ColleagueKey(email); !known[key] {
			known[key] = true
			list = append(list, key)
		}
	}
	all, err := a.State.Colleagues(ctx)
	for _, c := range all {
		if !c.Left && c.Role.May(behold.Member) {
			add(c.Email)
		}
	}
	for _, load := range made.Loads {
		add(load.Colleague)
	}
	return list, err
}

type colleagueAbsenceCmd struct {
	Email  string `arg:"" optional:"" help:"Who is away; everybody's absences when not given."`
	From   string `arg:"" optional:"" help:"The first day." placeholder:"DAY"`
	To     string `arg:"" optional:"" help:"The last day; the first one when not given." placeholder:"DAY"`
	End    string `help:"Take back what is to come of the absence that begins on this day." placeholder:"DAY"`
	Format string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (colleagueAbsenceCmd) Help() string {
	return `Says when a colleague is away: a holiday, illness, a course. Absences that overlap or follow one
another are joined. Who is away for three working days or more is covered by others; on the first day
back the list is theirs again. Ending an absence that has begun ends it yesterday: what has been stays.

  behold colleague absence mette@firm.dk 2026-07-06 2026-07-24
  behold colleague absence mette@firm.dk --end 2026-07-06
  behold colleague absence`
}

func (c *colleagueAbsenceCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		if err := c.decide(ctx, a, behold.Change{At: time.Now()}); err != nil {
			return err
		}
		force, err := a.Workforce(ctx)
		if err != nil {
			return err
		}
		out, err := newRows(e.Stdout, c.Format, []string{"colleague", "from", "to"}, nil)
		if err != nil {
			return err
		}
		for _, one := range force.Absences {
			if c.Email == "" || one.Colleague == behold.ColleagueKey(c.Email) {
				err = errors.Join(err, out.Put(one.Colleague, one.From, one.To))
			}
		}
		return out.End(err)
	})
}

func (c *colleagueAbsenceCmd) decide(ctx context.Context, a *app.App, by behold.Change) error {
	if c.End != "" {
		from, err := day(c.End, behold.NoDay)
		if err != nil {
			return err
		}
		return a.State.EndAbsence(ctx, c.Email, from, by)
	}
	if c.From == "" {
		return nil
	}
	from, err := day(c.From, behold.NoDay)
	if err != nil {
		return err
	}
	to, err := day(c.To, from)
	if err != nil {
		return err
	}
	return a.State.SaveAbsence(ctx, behold.Absence{Colleague: c.Email, From: from, To: to}, by)
}

type colleagueClosedCmd struct {
	Day      string `arg:"" optional:"" help:"A day on which the whole company is closed." placeholder:"DAY"`
	Name     string `help:"What for."`
	Works    bool   `help:"Instead: the company works on this holiday."`
	Open     bool   `help:"Instead: a day like the calendar has it."`
	Language string `help:"Language of the names of holidays: en, da, sv, nb or nl." default:"en" enum:"en,da,sv,nb,nl"`
	Format   string `help:"table, json or csv." default:"table" enum:"table,json,csv"`
}

// Help is the manual page.
func (colleagueClosedCmd) Help() string {
	return `Prints the days of the year to come on which nobody has a list: the holidays of the country in the
settings, and the company's own. With a day it closes that day, or opens it again.

  behold colleague closed 2026-12-28 --name Stocktaking
  behold colleague closed 2026-12-28 --open
  behold colleague closed 2026-06-05 --works`
}

func (c *colleagueClosedCmd) Run(ctx context.Context, e *env, args []string) error {
	return e.aboutColleagues(ctx, args, func(a *app.App) error {
		if err := c.decide(ctx, a, behold.Change{At: time.Now()}); err != nil {
			return err
		}
		force, err := a.Workforce(ctx)
		if err != nil {
			return err
		}
		settings, err := a.State.Settings(ctx)
		if err != nil {
			return err
		}
		out, err := newRows(e.Stdout, c.Format, []string{"day", "name"}, nil)
		if err != nil {
			return err
		}
		words, today := phrase.For(c.Language), behold.DayOf(time.Now())
		for _, one := range round.NamedDays(settings.Country, force.Closed, today, today+365) {
			name := one.Name
			if one.Holiday != "" && name == "" {
				name = words.Holiday(one.Holiday)
			}
			if !one.Works {
				err = errors.Join(err, out.Put(one.Day, name))
			}
		}
		return out.End(err)
	})
}

func (c *colleagueClosedCmd) decide(ctx context.Context, a *app.App, by behold.Change) error {
	if c.Day == "" {
		return nil
	}
	on, err := day(c.Day, behold.NoDay)
	if err != nil {
		return err
	}
	if c.Open {
		return a.State.RemoveClosedDay(ctx, on, by)
	}
	return a.State.SaveClosedDay(ctx, behold.ClosedDay{Day: on, Name: strings.TrimSpace(c.Name), Works: c.Works}, by)
}
