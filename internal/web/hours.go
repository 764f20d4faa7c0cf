package web

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"behold"
	walk "behold/internal/round"
)

// Hours is when everybody has time for customers. By says who decides it, and
// when.
type Hours interface {
	Workforce(context.Context) (behold.Workforce, error)
	SaveHours(context.Context, behold.Hours, behold.Change) error
	// UsualHours gives a colleague the hours of the settings again.
	UsualHours(ctx context.Context, colleague string, by behold.Change) error
	// SaveAbsence joins what overlaps.
	SaveAbsence(context.Context, behold.Absence, behold.Change) error
	// EndAbsence takes back what is to come of the absence that begins on a day.
	EndAbsence(ctx context.Context, colleague string, from behold.Day, by behold.Change) error
	SaveClosedDay(context.Context, behold.ClosedDay, behold.Change) error
	RemoveClosedDay(context.Context, behold.Day, behold.Change) error
	// StrictCases is how many customers a strict list is measured by.
	StrictCases(context.Context) (int, error)
}

const hoursPath = "/settings/hours"

// An hoursView is when colleagues have time for customers: of the one who asks,
// and for owners of everybody.
type hoursView struct {
	who     string           // whose hours can be changed here; "": nobody's
	hours   behold.Hours     // of who
	said    bool             // somebody said so
	weekly  bool             // they follow from the file of colleagues
	away    []behold.Absence // of who, what is over for long left out
	all     []workerRow      // for owners
	closed  []walk.NamedDay
	country bool // one is named in the settings
	owner   bool
	saved   bool
	wrong   error
	today   behold.Day
}

// A workerRow is a colleague in the list of all.
type workerRow struct {
	email string
	week  float64
	next  behold.Absence
	away  bool // or will be: next says when
	here  bool
}

func (s *server) hoursPage(w http.ResponseWriter, r *request) error {
	return s.showHours(w, r, http.StatusOK, nil)
}

func (s *server) showHours(w http.ResponseWriter, r *request, status int, wrong error) error {
	p := s.page(r, "/settings")
	v, err := s.hoursOf(r, p)
	if err != nil {
		return err
	}
	v.wrong = wrong
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	return s.show(w, r, status, hoursContent(p.titled(p.T("hours.title")), v))
}

func (s *server) hoursOf(r *request, p page) (v hoursView, err error) {
	ctx := r.Context()
	v.today, v.owner, v.saved = s.today(), r.who.Role.May(behold.Owner), r.URL.Query().Has("saved")
	v.country = p.settings.Country != ""
	force, err := s.Hours.Workforce(ctx)
	if err != nil {
		return v, err
	}
	v.who = behold.ColleagueKey(r.who.Email)
	if v.owner {
		workers, err := s.workers(ctx, force)
		if err != nil {
			return v, err
		}
		asked := behold.ColleagueKey(cmp.Or(r.PostFormValue("who"), r.URL.Query().Get("who"), v.who))
		if !slices.Contains(workers, asked) && len(workers) > 0 {
			asked = workers[0]
		}
		v.who = asked
		for _, email := range workers {
			v.all = append(v.all, workerOf(&force, email, p.settings.Lists, v.today, email == v.who))
		}
	}
	if v.who != "" {
		v.hours, v.said = force.Of(v.who, p.settings.Lists)
		v.weekly = slices.ContainsFunc(force.Weekly, func(c behold.Colleague) bool { return behold.ColleagueKey(c.Email) == v.who && c.Hours > 0 })
		for _, a := range force.AwayOf(v.who) {
			if a.To >= v.today-31 {
				v.away = append(v.away, a)
			}
		}
	}
	v.closed = walk.NamedDays(p.settings.Country, force.Closed, v.today, v.today+365)
	return v, nil
}

func workerOf(force *behold.Workforce, email string, lists behold.Lists, today behold.Day, here bool) workerRow {
	hours, _ := force.Of(email, lists)
	row := workerRow{email: email, week: hours.Week(), here: here}
	for _, a := range force.AwayOf(email) {
		if a.To >= today && !row.away {
			row.next, row.away = a, true
		}
	}
	return row
}

// workers are those who have a list, or hours of their own: who may come in, and
// whom the customer file names.
func (s *server) workers(ctx context.Context, force behold.Workforce) (list []string, err error) {
	if s.Colleagues != nil {
		all, err := s.Colleagues.Colleagues(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if !c.Left && c.Role.May(behold.Member) {
				list = append(list, behold.ColleagueKey(c.Email))
			}
		}
	}
	made, _, err := s.Plans.TaskList(ctx, behold.NoDay)
	for _, load := range made.Loads {
		list = append(list, load.Colleague)
	}
	for _, h := range force.Hours {
		list = append(list, h.Colleague)
	}
	slices.Sort(list)
	return slices.DeleteFunc(slices.Compact(list), func(email string) bool { return email == "" }), err
}

// colleagueNames are the names of colleagues by e-mail: as they call themselves,
// else as the file does.
func (s *server) colleagueNames(ctx context.Context) (map[string]string, error) {
	names := map[string]string{}
	if s.Hours != nil {
		force, err := s.Hours.Workforce(ctx)
		if err != nil {
			return nil, err
		}
		for _, c := range force.Weekly {
			names[behold.ColleagueKey(c.Email)] = c.Name
		}
	}
	if s.Colleagues == nil {
		return names, nil
	}
	all, err := s.Colleagues.Colleagues(ctx)
	for _, c := range all {
		if c.Name != "" {
			names[behold.ColleagueKey(c.Email)] = c.Name
		}
	}
	return names, err
}

// saveHours keeps the minutes of one week.
func (s *server) saveHours(w http.ResponseWriter, r *request) error {
	return s.decideHours(w, r, func(who string) error {
		h := behold.Hours{Colleague: who}
		for day := range h.Minutes {
			minutes, err := minutesIn(r.PostFormValue("day" + strconv.Itoa(day)))
			if err != nil {
				return err
			}
			h.Minutes[day] = minutes
		}
		return s.Hours.SaveHours(r.Context(), h, s.by(r))
	})
}

// minutesIn reads whole minutes; nothing is none.
func minutesIn(typed string) (float64, error) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return 0, nil
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(typed, ",", "."), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, &behold.Error{Kind: behold.Invalid, Code: "hours_minutes", Say: "these are no minutes", Hint: "90 is usual, 0 on a day off"}
	}
	return math.Round(x), nil
}

func (s *server) usualHours(w http.ResponseWriter, r *request) error {
	return s.decideHours(w, r, func(who string) error { return s.Hours.UsualHours(r.Context(), who, s.by(r)) })
}

func (s *server) saveAbsence(w http.ResponseWriter, r *request) error {
	return s.decideHours(w, r, func(who string) error {
		from, err := dayIn(r, "from")
		if err != nil {
			return err
		}
		to, err := dayIn(r, "to")
		if err != nil {
			return err
		}
		return s.Hours.SaveAbsence(r.Context(), behold.Absence{Colleague: who, From: from, To: to}, s.by(r))
	})
}

func (s *server) endAbsence(w http.ResponseWriter, r *request) error {
	return s.decideHours(w, r, func(who string) error {
		from, err := dayIn(r, "from")
		if err != nil {
			return err
		}
		return s.Hours.EndAbsence(r.Context(), who, from, s.by(r))
	})
}

// decideHours does something about the hours of whom the form names: one's own,
// or, for owners, anybody's.
func (s *server) decideHours(w http.ResponseWriter, r *request, do func(who string) error) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	own := behold.ColleagueKey(r.who.Email)
	who := behold.ColleagueKey(cmp.Or(r.PostFormValue("who"), own))
	if who == "" || len(who) > 254 || who != own && !r.who.Role.May(behold.Owner) {
		return &behold.Error{Kind: behold.Forbidden, Code: "hours_others", Say: "only an owner changes the hours of others", Hint: "ask an owner of Behold"}
	}
	to := hoursPath + "?" + url.Values{"saved": {""}, "who": {who}}.Encode()
	return s.hoursDecided(w, r, to, do(who))
}

// hoursDecided leads on, or shows what is wrong beside the forms.
func (s *server) hoursDecided(w http.ResponseWriter, r *request, to string, err error) error {
	switch behold.KindOf(err) {
	case behold.Invalid, behold.Conflict, behold.NotFound:
		return s.showHours(w, r, statusOf(err), err)
	}
	if err != nil {
		return err
	}
	seeOther(w, r, to)
	return nil
}

func (s *server) closeDay(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	day, err := dayIn(r, "day")
	if err == nil {
		c := behold.ClosedDay{Day: day, Name: strings.TrimSpace(r.PostFormValue("name")), Works: r.PostFormValue("works") != ""}
		err = s.Hours.SaveClosedDay(r.Context(), c, s.by(r))
	}
	return s.hoursDecided(w, r, hoursPath+"?saved#closed", err)
}

func (s *server) openDay(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	day, err := dayIn(r, "day")
	if err == nil {
		err = s.Hours.RemoveClosedDay(r.Context(), day, s.by(r))
	}
	return s.hoursDecided(w, r, hoursPath+"?saved#closed", err)
}

// weekdays are the days of the week as they stand in a form, Monday first.
func weekdays() []time.Weekday {
	return []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}
}

// dayOfWeek is what a day of the week is called.
func (p page) dayOfWeek(day time.Weekday) string {
	const sunday = behold.Day(3) // 4 January 1970
	return p.Weekday(sunday + behold.Day(day))
}

// spanOf is the days of an absence.
func (p page) spanOf(a behold.Absence) string {
	if a.From == a.To {
		return p.Date(a.From)
	}
	return p.T("hours.span", "From", p.Date(a.From), "To", p.Date(a.To))
}

// closedName is what a closed day is called.
func (p page) closedName(c walk.NamedDay) string {
	switch {
	case c.Holiday != "" && c.Works:
		return p.Holiday(c.Holiday) + " (" + p.T("hours.works_all_the_same") + ")"
	case c.Holiday != "" && c.Name == "":
		return p.Holiday(c.Holiday)
	case c.Name == "":
		return p.Weekday(c.Day)
	}
	return c.Name
}

// hoursChange says what was changed about working hours and calendars.
func (p page) hoursChange(about string, c behold.Change) string {
	switch c.What {
	case behold.ChangedHours:
		return p.T("hours.change.hours", "Colleague", about)
	case behold.ChangedAbsence:
		return p.T("hours.change.absence", "Colleague", about)
	case behold.CalendarMade:
		return p.T("hours.change.calendar")
	case behold.CalendarEnded:
		return p.T("hours.change.calendar_ended")
	case behold.ChangedClosed:
		if day, err := behold.ParseDay(c.About); err == nil {
			return p.T("hours.change.closed", "Day", p.ShortDate(day))
		}
	}
	return string(c.What)
}
