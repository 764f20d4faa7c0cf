package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"behold"
)

// A desk is what a page needs to let its reader write things down.
type desk struct {
	may   bool       // write at all
	now   behold.Day // by the clock; the records may end before it
	at    time.Time  // by the clock
	typed *typed     // what the server refused just now, else nil
	did   *did       // what was done just now, else nil
}

// Typed is a form that was refused: what stood in it stays there, with what is
// wrong beside it.
type typed struct {
	where string // the customer or entry that it was about
	what  string // the kind of entry, or what was to become of it
	url.Values
	err error
}

// Did is what was done just now, and how to undo it.
type did struct {
	entry behold.Entry
	name  string       // of the customer
	year  *surpriseSum // of a surprise: how the budget stands with it
	lamps []behold.LampKind
	state behold.LampState // that these lamps were given
	work  *caseBoard       // the case that was moved; nil: none was
}

// desk reads what was done just now from the address that a form led to.
func (s *server) desk(r *request) desk {
	d := desk{may: r.who.Role.May(behold.Member), now: s.today(), at: s.Now()}
	q := r.URL.Query()
	if r.who.Role == "" {
		return d
	}
	if id := q.Get("did"); id != "" {
		if e, err := s.entry(r, id); err == nil {
			d.did = &did{entry: e, name: s.nameOf(r, e.Customer)}
			if year, err := s.surprisesOf(r.Context()); err == nil && e.Kind == behold.EntrySurprise {
				d.did.year = &year
			}
		}
	}
	if id := q.Get("cased"); id != "" {
		d.did = s.caseDid(r, id)
	}
	if id := q.Get("acted"); id != "" {
		d.did = s.acted(r, id, behold.LampState(q.Get("state")))
	}
	return d
}

// entry is one entry; of a customer whom the one who asks may not see there is none.
func (s *server) entry(r *request, id string) (behold.Entry, error) {
	e, err := s.Book.Entry(r.Context(), id)
	if err != nil || r.whose.Colleague == "" {
		return e, err
	}
	return e, s.mustSee(r, e.Customer)
}

func (s *server) nameOf(r *request, id string) string {
	if c, err := s.Facts.Customer(r.Context(), id, endOfTime); err == nil {
		return nameOf(c.Name, c.ID)
	}
	return short(id)
}

// acted is which lamps of a customer have the state that was decided.
func (s *server) acted(r *request, id string, state behold.LampState) *did {
	lamps, _, err := s.State.LitLamps(r.Context(), behold.LampQuery{Day: behold.NoDay, ID: id, Whose: r.whose})
	if err != nil || len(lamps) == 0 {
		return nil
	}
	d := &did{entry: behold.Entry{Customer: lamps[0].ID}, name: nameOf(lamps[0].Name, lamps[0].ID), state: state}
	for _, l := range lamps {
		if l.State == state {
			d.lamps = append(d.lamps, l.Kind)
		}
	}
	if len(d.lamps) == 0 {
		return nil
	}
	return d
}

// write keeps what a colleague wrote down about a customer.
func (s *server) write(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	customer, err := s.Facts.Customer(r.Context(), r.PathValue("id"), endOfTime)
	if err != nil {
		return err
	}
	e, err := s.entryOf(r, customer.ID)
	if err == nil {
		err = s.Book.Write(r.Context(), &e)
	}
	if err != nil {
		return s.giveBack(w, r, &typed{where: customer.ID, what: r.PostFormValue("kind"), Values: r.PostForm, err: err})
	}
	s.Live.Publish(News{Kind: EntryMade, Customer: e.Customer, Who: r.who})
	s.shownAt(w, r, &e)
	return nil
}

func (s *server) readSmallForm(w http.ResponseWriter, r *request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<16)
	return readForm(r)
}

// entryOf is what stands in the form.
func (s *server) entryOf(r *request, customer string) (e behold.Entry, err error) {
	now := s.Now()
	field := func(name string) string { return strings.TrimSpace(r.PostFormValue(name)) }
	e = behold.Entry{
		ID: field("key"), Customer: customer, Kind: behold.EntryKind(field("kind")), At: now, Done: behold.NoDay, Broken: behold.NoDay,
		Channel: field("channel"), Direction: field("direction"), Text: field("text"), Rule: field("rule"), Reason: behold.Reason(field("reason")),
		Competitor: field("competitor"), Said: behold.Source(field("said_by")),
		Who: r.who.Email, Written: now, Changed: behold.EntrySignature{Who: r.who.Email, At: now},
	}
	if e.Kind == behold.EntryContact && e.Direction == "" {
		e.Direction = "out"
	}
	if e.Due, err = dayIn(r, "due"); err != nil {
		return e, err
	}
	if e.Left, err = dayIn(r, "left"); err != nil {
		return e, err
	}
	on, err := dayIn(r, "on")
	if err != nil {
		return e, err
	}
	if on.Known() && on != behold.DayOf(now) { // at noon, for nobody said when
		y, m, d := on.Time().Date()
		e.At = time.Date(y, m, d, 12, 0, 0, 0, now.Location())
	}
	e.Amount, err = s.amountIn(r, "amount")
	return e, err
}

// dayIn is the day in a field of a form, NoDay when it is empty.
func dayIn(r *request, name string) (behold.Day, error) {
	given := strings.TrimSpace(r.PostFormValue(name))
	if given == "" {
		return behold.NoDay, nil
	}
	day, err := behold.ParseDay(given)
	if err != nil {
		return behold.NoDay, &behold.Error{Kind: behold.Invalid, Say: "this is not a day", Hint: "write it as 2025-03-14", Code: "act_day", Err: err}
	}
	return day, nil
}

// amountIn is the amount in a field of a form, in the company's currency. A point
// or a comma is the decimal mark when at most two figures follow it.
func (s *server) amountIn(r *request, name string) (behold.Money, error) {
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return behold.Money{}, err
	}
	given := strings.NewReplacer(" ", "", "\u00a0", "", "’", "", "'", "").Replace(r.PostFormValue(name))
	if given == "" {
		return behold.Money{}, nil
	}
	if at := strings.LastIndexAny(given, ".,"); at >= 0 && len(given)-at-1 <= 2 {
		given = strings.NewReplacer(".", "", ",", "").Replace(given[:at]) + "." + given[at+1:]
	} else {
		given = strings.NewReplacer(".", "", ",", "").Replace(given)
	}
	x, err := strconv.ParseFloat(given, 64)
	if err != nil || x != x || x > 1e12 || x < -1e12 || strings.ContainsAny(given, "eExXpPnN_") {
		return behold.Money{}, &behold.Error{Kind: behold.Invalid, Say: "this is not an amount", Hint: "write it in figures, such as 1200 or 1200,50", Code: "entry_money"}
	}
	return behold.MoneyOf(x, settings.Currency), nil
}

// change makes a promise or surprise kept, moved or given up, or puts words to
// what was logged with one tap.
func (s *server) change(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	e, err := s.entry(r, r.PathValue("entry"))
	if err != nil {
		return err
	}
	what := r.PostFormValue("do")
	if err = s.changeTo(r, &e, what); err == nil {
		err = s.Book.Change(r.Context(), &e)
	}
	if err != nil {
		return s.giveBack(w, r, &typed{where: e.ID, what: what, Values: r.PostForm, err: err})
	}
	s.Live.Publish(News{Kind: EntryMade, Customer: e.Customer, Who: r.who})
	s.shownAt(w, r, &e)
	return nil
}

func (s *server) changeTo(r *request, e *behold.Entry, what string) (err error) {
	e.Version, _ = strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	e.Changed = behold.EntrySignature{Who: r.who.Email, At: s.Now()}
	switch what {
	case "keep":
		if e.Done, err = dayIn(r, "on"); err == nil && !e.Done.Known() {
			e.Done = s.today()
		}
		e.Broken, e.Why = behold.NoDay, "" // kept after all
	case "move":
		e.Due, err = dayIn(r, "due")
	case "break":
		e.Broken, e.Why = s.today(), strings.TrimSpace(r.PostFormValue("why"))
	case "words":
		e.Text = r.PostFormValue("text")
	default:
		err = &behold.Error{Kind: behold.Invalid, Say: "nothing is said about what to change", Hint: "open the page again", Code: "entry_form"}
	}
	return err
}

// takeBack undoes the last thing that was done to an entry.
func (s *server) takeBack(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	if _, err := s.entry(r, r.PathValue("entry")); err != nil {
		return err
	}
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	e, err := s.Book.TakeBack(r.Context(), r.PathValue("entry"), version, behold.EntrySignature{Who: r.who.Email, At: s.Now()})
	if err != nil {
		return err
	}
	s.Live.Publish(News{Kind: EntryUndone, Customer: e.Customer, Who: r.who})
	s.shownAt(w, r, &e)
	return nil
}

// shownAt leads back to where the form stood, where what was done is said.
func (s *server) shownAt(w http.ResponseWriter, r *request, e *behold.Entry) {
	q := url.Values{"did": {e.ID}}
	seeOther(w, r, shownFrom(r, e.Customer, q))
}

// shownFrom is the page on which a form stood, with what was done.
func shownFrom(r *request, customer string, did url.Values) string {
	from := cameFrom(r, customer)
	if at, asked, has := strings.Cut(from, "?"); has {
		return at + "?" + asked + "&" + did.Encode() + "#did"
	}
	return from + "?" + did.Encode() + "#did"
}

// cameFrom is the page on which a form stood: one of those that have such forms,
// else the customer's.
func cameFrom(r *request, customer string) string {
	switch from := r.PostFormValue("from"); from {
	case "/":
		return from
	default:
		if isPromises(from) {
			return from
		}
		if of, chosen := listChosen(from); chosen {
			return todayURL(of)
		}
	}
	return string(customerURL(customer))
}

// giveBack shows the page on which the form stood, with what was typed still in it
// and what is wrong beside it. Errors that are nobody's typing are answered as
// any other.
func (s *server) giveBack(w http.ResponseWriter, r *request, t *typed) error {
	var said *behold.Error
	if !errors.As(t.err, &said) || said.Kind != behold.Invalid && said.Kind != behold.Conflict {
		return t.err
	}
	status := statusOf(t.err)
	from := r.PostFormValue("from")
	if _, chosen := listChosen(from); chosen {
		from = "/"
	}
	switch from {
	case "/":
		p := s.page(r, "/").titled("")
		p.desk.typed = t
		return s.showToday(w, r, status, p)
	}
	if isPromises(from) {
		r.URL.Path = "/promises"
		_, r.URL.RawQuery, _ = strings.Cut(from, "?")
		p := s.page(r, "/promises")
		p.desk.typed = t
		return s.showPromises(w, r, status, p)
	}
	if id := r.PathValue("entry"); id != "" {
		e, err := s.Book.Entry(r.Context(), id)
		if err != nil {
			return err
		}
		r.SetPathValue("id", e.Customer)
	}
	p := s.page(r, "/customers")
	p.desk.typed = t
	return s.showCustomer(w, r, status, p)
}

// turnedDown is what was typed into a form that was refused just now, else nil.
func (p page) turnedDown(where, what string) *typed {
	if t := p.desk.typed; t != nil && t.what == what && behold.CustomerKey(t.where) == behold.CustomerKey(where) {
		return t
	}
	return nil
}

// was is what stood in a field when the form was refused, else what it begins with.
func (p page) was(where, what, field, begins string) string {
	if t := p.turnedDown(where, what); t != nil {
		return t.Get(field)
	}
	return begins
}

// formKey is a number for a form, so that one that is sent twice is one entry.
func formKey() string { return strings.ToLower(rand.Text()) }

// actOnAll decides about several lamps of a customer at once: those that a card
// of Today shows.
func (s *server) actOnAll(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	id, state := r.PathValue("id"), behold.LampState(r.PostFormValue("state"))
	until, err := dayIn(r, "until")
	for _, kind := range r.PostForm["lamp"] {
		if err != nil {
			break
		}
		err = s.State.SaveAct(r.Context(), &behold.Act{
			Customer: id, Kind: behold.LampKind(kind), State: state, Until: until, Why: strings.TrimSpace(r.PostFormValue("why")), Who: r.who.Email, At: s.Now(),
		})
	}
	if err != nil {
		return s.giveBack(w, r, &typed{where: id, what: string(state), Values: r.PostForm, err: err})
	}
	s.Live.Publish(News{Kind: LampDecided, Customer: id, State: state, Who: r.who})
	q := url.Values{"acted": {id}, "state": {string(state)}}
	seeOther(w, r, shownFrom(r, id, q))
	return nil
}
