package web

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"time"

	"behold"
	"behold/internal/phrase"
	walk "behold/internal/round"
)

// Calendars are the links under which calendars find what colleagues have to do.
type Calendars interface {
	// CalendarFeedOf is false when no link has the mark.
	CalendarFeedOf(ctx context.Context, mark string) (behold.CalendarFeed, bool, error)
	CalendarFeed(ctx context.Context, colleague string) (behold.CalendarFeed, bool, error)
	// SaveCalendarFeed voids the link before.
	SaveCalendarFeed(ctx context.Context, f behold.CalendarFeed, mark string) error
	EndCalendarFeed(ctx context.Context, colleague string, by behold.Change) error
}

// A calendarView is the calendar link of whoever asks.
type calendarView struct {
	feed  behold.CalendarFeed
	has   bool
	link  string // just made, and shown this once
	ended bool
}

func (s *server) calendarOf(r *request) (v calendarView, err error) {
	v.ended = r.URL.Query().Get("saved") == "calendar_ended"
	v.feed, v.has, err = s.Feeds.CalendarFeed(r.Context(), r.who.Email)
	return v, err
}

// calendarMark is what is kept of a link's token.
func calendarMark(token string) string {
	sum := sha256.Sum256([]byte("calendar " + token))
	return hex.EncodeToString(sum[:])
}

// makeCalendar makes a link for whoever asks, and shows it once.
func (s *server) makeCalendar(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	token := strings.ToLower(rand.Text())
	feed := behold.CalendarFeed{Colleague: r.who.Email, Names: r.PostFormValue("names") != "", Made: s.Now()}
	if err := s.Feeds.SaveCalendarFeed(r.Context(), feed, calendarMark(token)); err != nil {
		return err
	}
	v := accountView{who: r.who, link: s.outside(r) + "/calendar/" + token + ".ics"}
	return s.showAccount(w, r, http.StatusOK, v)
}

func (s *server) endCalendar(w http.ResponseWriter, r *request) error {
	if err := s.needsAccess(); err != nil {
		return err
	}
	if err := s.Feeds.EndCalendarFeed(r.Context(), r.who.Email, s.by(r)); err != nil {
		return err
	}
	seeOther(w, r, "/account?saved=calendar_ended#calendar")
	return nil
}

// calendarICS is what a colleague has to do, for a calendar that comes by a link.
// A link that opens nothing is a page that is not there.
func (s *server) calendarICS(w http.ResponseWriter, r *request) error {
	token, isCalendar := strings.CutSuffix(r.PathValue("token"), ".ics")
	if !isCalendar || len(token) > 100 {
		return nowhere(w, r)
	}
	feed, has, err := s.Feeds.CalendarFeedOf(r.Context(), calendarMark(token))
	if err != nil {
		return err
	}
	if !has {
		return nowhere(w, r)
	}
	events, name, err := s.eventsOf(r, feed)
	if err != nil {
		return err
	}
	body := icalendar(name, events)
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, max-age=900")
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `inline; filename="behold.ics"`)
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, err = w.Write(body)
	return err
}

// A feeder writes the events of one colleague.
type feeder struct {
	*phrase.Phrases
	s     *server
	r     *request
	feed  behold.CalendarFeed
	today behold.Day
	base  string
}

func (s *server) eventsOf(r *request, feed behold.CalendarFeed) ([]event, string, error) {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return nil, "", err
	}
	lang := settings.Language
	if s.Colleagues != nil {
		all, err := s.Colleagues.Colleagues(r.Context())
		if err != nil {
			return nil, "", err
		}
		for _, c := range all {
			if behold.ColleagueKey(c.Email) == feed.Colleague {
				lang = cmp.Or(c.Language, lang)
			}
		}
	}
	f := &feeder{phrase.For(lang).In(settings.Currency), s, r, feed, s.today(), s.outside(r)}
	var events []event
	for _, read := range []func(context.Context) ([]event, error){f.promises, f.tasks, f.steps} {
		more, err := read(r.Context())
		if err != nil {
			return nil, "", err
		}
		events = append(events, more...)
	}
	return events, f.T("calendar.name"), nil
}

// settledDays is how long what was kept or given up stays in the calendar.
const settledDays = 30

func (f *feeder) promises(ctx context.Context) (events []event, err error) {
	made, err := f.s.Book.Entries(ctx, behold.EntryQuery{Kind: behold.EntryPromise, Who: f.feed.Colleague, Since: f.today - settledDays})
	for i := range made {
		e := &made[i]
		if !e.Due.Known() {
			continue
		}
		one := event{uid: "promise-" + e.ID, on: e.Due, stamp: e.Changed.At, sequence: int(e.Version), says: f.T("calendar.promise_bare"), url: f.base + "/promises"}
		if f.feed.Names {
			one.says = f.T("calendar.promise", "Customer", f.s.nameOf(f.r, e.Customer), "What", e.Text)
		}
		switch {
		case e.Broken.Known():
			one.status = "CANCELLED"
		case e.Done.Known() && f.feed.Names:
			one.says = f.T("calendar.promise_kept", "What", one.says)
		case e.Done.Known():
			one.status = "CANCELLED" // nothing is due any more
		}
		events = append(events, one)
	}
	return events, err
}

// tasks are the steps on the list of the morning for which nothing was done yet;
// those of cases come with the cases.
func (f *feeder) tasks(ctx context.Context) (events []event, err error) {
	list, made, err := f.s.Plans.TaskList(ctx, behold.NoDay)
	if err != nil || !made.Known() {
		return nil, err
	}
	own := list.Only(func(t *behold.Task) bool { return t.Colleague == f.feed.Colleague })
	reader := walk.ListReader{Facts: f.s.Facts, State: f.s.State, Book: f.s.Book, Cases: f.s.Cases, Made: made, Day: list.Day}
	found, err := reader.Read(ctx, own.Tasks)
	for i := range found {
		t := &found[i].Task
		if found[i].Done != nil || found[i].CaseDue() {
			continue
		}
		one := event{
			uid: "task-" + short16(behold.CustomerKey(t.ID)+" "+t.Since.String()), on: t.Due, stamp: list.Day.Time(), sequence: int(list.Day - t.Since),
			says: f.Step(t.Step), url: f.base + "/",
		}
		if !one.on.Known() {
			one.on = list.Day
		}
		f.name(&one, t.ID, nameOf(t.Name, t.ID))
		events = append(events, one)
	}
	return events, err
}

// steps are the next steps of cases that the colleague has to do; one that is
// overdue stands on today.
func (f *feeder) steps(ctx context.Context) (events []event, err error) {
	open, err := f.s.Cases.Cases(ctx, behold.CaseQuery{Open: true, Overdue: behold.NoDay, Since: behold.NoDay})
	for i := range open {
		c := &open[i]
		next := c.Next()
		if next < 0 || !c.Steps[next].Due.Known() || behold.ColleagueKey(cmp.Or(c.Steps[next].Owner, c.Owner)) != f.feed.Colleague {
			continue
		}
		due := c.Steps[next].Due
		one := event{
			uid: "case-" + short16(c.ID), on: max(due, f.today), stamp: c.Move.At, sequence: 1000*int(c.Version) + int(min(999, max(0, f.today-due))),
			says: f.Step(c.Steps[next].Step), url: f.base + "/",
		}
		f.name(&one, c.Customer, nameOf(c.Name, c.Customer))
		events = append(events, one)
	}
	return events, err
}

// name adds the customer to an event, where the colleague wants that.
func (f *feeder) name(e *event, id, name string) {
	if f.feed.Names {
		e.says = f.T("calendar.step", "Step", e.says, "Customer", name)
		e.url = f.base + "/customers/" + url.PathEscape(id)
	}
}

// short16 stands for words that do not belong into a calendar.
func short16(words string) string {
	sum := sha256.Sum256([]byte(words))
	return hex.EncodeToString(sum[:8])
}

// An event is one line of a calendar: something to do on a day.
type event struct {
	uid      string
	on       behold.Day
	stamp    time.Time // when it became so
	sequence int       // higher when it changes
	status   string    // "": CONFIRMED
	says     string
	url      string
}
