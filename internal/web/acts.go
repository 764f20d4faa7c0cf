package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"behold"
)

// act keeps what a colleague decided about a lamp: taken, not now, wrong, or lit
// again.
func (s *server) act(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := readForm(r); err != nil {
		return err
	}
	until := behold.NoDay
	if given := r.PostFormValue("until"); given != "" {
		var err error
		if until, err = behold.ParseDay(given); err != nil {
			return &behold.Error{Kind: behold.Invalid, Say: "this is not a day", Hint: "write it as 2025-03-14", Code: "act_day", Err: err}
		}
	}
	id := r.PathValue("id")
	err := s.State.SaveAct(r.Context(), &behold.Act{
		Customer: id, Kind: behold.LampKind(r.PathValue("kind")), State: behold.LampState(r.PostFormValue("state")),
		Until: until, Why: strings.TrimSpace(r.PostFormValue("why")), Who: r.who.Email, At: s.Now(),
	})
	if err != nil {
		return err
	}
	s.Live.Publish(News{Kind: LampDecided, Customer: id, State: behold.LampState(r.PostFormValue("state")), Who: r.who})
	seeOther(w, r, string(customerURL(id))+"#h-lamps")
	return nil
}

// saveMood keeps how a colleague thinks the customer feels.
func (s *server) saveMood(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	if err := readForm(r); err != nil {
		return err
	}
	customer, err := s.Facts.Customer(r.Context(), r.PathValue("id"), endOfTime)
	if err != nil {
		return err
	}
	err = s.State.SaveMood(r.Context(), behold.Mood{
		Customer: customer.ID, Feels: r.PostFormValue("feels"), Note: strings.TrimSpace(r.PostFormValue("note")), Who: r.who.Email, At: s.Now(),
	})
	if err != nil {
		return err
	}
	s.Live.Publish(News{Kind: MoodSaid, Customer: customer.ID, Who: r.who})
	seeOther(w, r, string(customerURL(customer.ID))+"#mood")
	return nil
}

func readForm(r *request) error {
	if err := r.ParseForm(); err != nil {
		return &behold.Error{Kind: behold.Invalid, Code: "form", Say: "the form cannot be read", Err: err}
	}
	return nil
}

// decided is the latest decision about a lamp; false when nobody decided
// anything, or it was taken back.
func (v customerView) decided(kind behold.LampKind) (behold.Act, bool) {
	for _, a := range v.acts {
		if a.Kind == kind {
			return a, a.State != behold.Lit
		}
	}
	return behold.Act{}, false
}

// awake are the lamps that ask for attention, aside those that were snoozed or
// called a false alarm.
func (v customerView) awake() []behold.LampCard { return v.inState(true) }
func (v customerView) aside() []behold.LampCard { return v.inState(false) }

func (v customerView) inState(awake bool) (list []behold.LampCard) {
	for _, l := range v.lamps {
		if l.State.Awake() == awake {
			list = append(list, l)
		}
	}
	return list
}

// asideSays says why a lamp was set aside.
func (p page) asideSays(l behold.Lamp, a behold.Act) string {
	if l.State == behold.Snoozed {
		return p.T("page.act.asleep", "Day", p.Date(l.Until), "Why", a.Why)
	}
	return p.T("page.act.false", "Day", p.Date(behold.DayOf(a.At)), "Why", a.Why)
}

// actLine is one line of what was decided.
func (p page) actLine(a behold.Act) string {
	says := p.T("page.act.line", "Day", p.ShortDate(behold.DayOf(a.At)), "Lamp", p.LampName(a.Kind), "State", p.LampState(a.State))
	if a.State == behold.Lit {
		says = p.T("page.act.line_undone", "Day", p.ShortDate(behold.DayOf(a.At)), "Lamp", p.LampName(a.Kind))
	}
	for _, more := range []string{p.ShortDate(a.Until), a.Why} {
		if more != "" {
			says += " · " + more
		}
	}
	return says
}

func moods() []string { return []string{behold.MoodGood, behold.MoodMixed, behold.MoodBad} }

func (p page) mood(feels string) string {
	switch feels {
	case behold.MoodGood:
		return p.T("page.mood.good")
	case behold.MoodMixed:
		return p.T("page.mood.mixed")
	case behold.MoodBad:
		return p.T("page.mood.bad")
	}
	return p.T("page.mood.none")
}

func (p page) moodSays(m behold.Mood) string {
	if m.Feels == "" {
		return p.T("page.mood.none")
	}
	return p.T("page.mood.said", "Mood", p.mood(m.Feels), "Day", p.Date(behold.DayOf(m.At)))
}

// The days between which a lamp may sleep, and a usual one, as the form has them.
func from(v customerView) string  { return (v.day + 1).String() }
func usual(v customerView) string { return (v.day + 30).String() }
func to(v customerView) string    { return (v.day + 366).String() }

func actURL(customer string, kind behold.LampKind) templ.SafeURL {
	return customerURL(customer) + templ.SafeURL("/lamps/"+string(kind))
}

// forecastOf is the standing's forecast where there is one: it knows what the
// customer is worth, and the card only what is at risk.
func (v customerView) forecastOf(l behold.LampCard) behold.Forecast {
	if v.standing != nil {
		return v.standing.Forecast
	}
	return forecastOf(l)
}
