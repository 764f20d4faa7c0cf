package web

import (
	"cmp"
	"context"
	"math"
	"net/url"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"behold"
)

// A happening is one line of a customer's timeline: an order, or something else
// that is recorded about them.
type happening struct {
	table  behold.Table
	id     string
	at     behold.Moment
	order  *behold.OrderSummary
	event  *behold.Event
	entry  *behold.Entry
	anchor string   // "" for a second line about the same row
	also   []string // anchors of further rows that the line tells of
	worded string   // the row of an answer whose words the line begins with
	read   *remarkView
}

// timelineMost is how many lines of each sort a timeline reaches back at most.
const timelineMost = 5000

// A timelineView is everything that happened with a customer, or one table of it.
type timelineView struct {
	lines  []happening // of this page
	part   part
	table  behold.Table         // "": all
	counts map[behold.Table]int // lines by table
	row    string               // anchor of the row that was asked for
	orders []behold.OrderSummary
}

// happened reads the part of the timeline that the address asks for: a page of
// it, or the page that holds a row.
func (s *server) happened(ctx context.Context, r *request, about *customerView) (v timelineView, err error) {
	c, day := about.customer, about.day
	q := r.URL.Query()
	v.part, v.table = partOf(r, nil).of(timeline), behold.Table(q.Get("table"))
	if row := q.Get("row"); row != "" {
		table, id, _ := strings.Cut(row, ":")
		v.table, v.row = "", rowAnchor(behold.Table(table), id)
	}
	if v.orders, _, err = s.Facts.Orders(ctx, c.Number, day, behold.Slice{Limit: timelineMost}); err != nil {
		return v, err
	}
	events, _, err := s.Facts.Events(ctx, c.ID, day, behold.Slice{Limit: timelineMost})
	if err != nil {
		return v, err
	}
	all := everything(v.orders, events, about.entries)
	v.counts = map[behold.Table]int{}
	for _, h := range all {
		v.counts[h.table]++
	}
	if v.counts[v.table] == 0 {
		v.table = ""
	}
	if v.table != "" {
		all = slices.DeleteFunc(all, func(h happening) bool { return h.table != v.table })
	}
	if at := slices.IndexFunc(all, func(h happening) bool { return h.shows(v.row) }); at >= 0 {
		v.part.Offset = at - at%timeline
	}
	v.part.total = len(all)
	v.lines = cutPart(all, v.part.Slice)
	return v, s.readLines(r, c, v.lines)
}

// readLines reads what the customer wrote.
func (s *server) readLines(r *request, c *behold.Customer, lines []happening) error {
	rs, err := s.readers(r)
	if err != nil || rs == nil {
		return err
	}
	for i := range lines {
		h := &lines[i]
		if h.event == nil || !writes(h.event) {
			continue
		}
		words := h.event.Text
		if h.table == behold.TableTickets {
			words = strings.TrimSpace(h.event.Subject + "\n" + words)
		}
		h.read = rs.view(behold.RemarkKey{Customer: c.ID, Table: h.table, Row: cmp.Or(h.worded, h.id)}, words, c.Language, "customer")
	}
	return nil
}

// writes says whether it is the customer who wrote.
func writes(e *behold.Event) bool {
	switch e.Table {
	case behold.TableTickets, behold.TableAnswers:
		return true
	case behold.TableContacts:
		return e.Direction == "in"
	}
	return false
}

// shows says whether the line tells of the row with an anchor.
func (h happening) shows(anchor string) bool {
	return anchor != "" && (h.anchor == anchor || slices.Contains(h.also, anchor))
}

func cutPart[T any](all []T, q behold.Slice) []T {
	from := min(q.Offset, len(all))
	return all[from:min(len(all), from+q.Limit)]
}

// everything is the whole timeline, the latest first.
func everything(orders []behold.OrderSummary, events []behold.Event, entries []behold.Entry) []happening {
	all := make([]happening, 0, len(orders)+len(events)+len(entries))
	events = slices.DeleteFunc(slices.Clone(events), func(e behold.Event) bool { return fromBook(e) || settledHere(e, entries) })
	for i := range entries {
		all = append(all, happeningOf(&entries[i]))
	}
	for i := range orders {
		all = append(all, happening{table: behold.TableOrders, id: orders[i].Order, at: behold.MomentOf(orders[i].At), order: &orders[i]})
	}
	for i := range events {
		all = append(all, happening{table: events[i].Table, id: events[i].ID, at: events[i].At, event: &events[i]})
	}
	namePeople(events)
	all = together(all)
	slices.SortStableFunc(all, func(a, b happening) int { return cmp.Compare(b.at, a.at) })
	seen := map[string]bool{}
	for i := range all {
		if name := rowAnchor(all[i].table, all[i].id); !seen[name] {
			seen[name], all[i].anchor = true, name
		}
	}
	return all
}

// together makes one line of what was answered in one sitting: many systems give
// every question's answer a number of its own.
func together(all []happening) []happening {
	type sitting struct {
		at              behold.Moment
		channel, person string
	}
	first := map[sitting]int{}
	kept := all[:0]
	for _, h := range all {
		if h.table != behold.TableAnswers {
			kept = append(kept, h)
			continue
		}
		sat := sitting{h.at, h.event.Channel, h.event.Person}
		at, known := first[sat]
		if !known {
			first[sat] = len(kept)
			kept = append(kept, h)
			continue
		}
		if kept[at].event.Text == "" {
			kept[at].worded = h.id
		}
		kept[at].event = answeredToo(*kept[at].event, h.event)
		kept[at].also = append(kept[at].also, rowAnchor(h.table, h.id))
	}
	return kept
}

// answeredToo adds an answer to what was answered before: its words, and its
// mark where that is the worse one.
func answeredToo(e behold.Event, also *behold.Event) *behold.Event {
	if e.Text != "" && also.Text != "" {
		e.Text += " / "
	}
	e.Text += also.Text
	if share(also) < share(&e) || math.IsNaN(e.Value) {
		e.Value, e.Scale = also.Value, also.Scale
	}
	return &e
}

// share is an answer as a part of the best one; NaN where there is none.
func share(e *behold.Event) float64 { return e.Value / e.Scale }

// namePeople puts names for the numbers of contact persons, where they are known.
func namePeople(events []behold.Event) {
	names := map[string]string{}
	for i := range events {
		if e := &events[i]; e.Table == behold.TablePeople && e.Subject != "" {
			names[e.ID] = e.Subject
		}
	}
	for i := range events {
		if name := names[events[i].Person]; name != "" {
			events[i].Person = name
		}
	}
}

// rowAnchor is the place of a row in the page. A customer's loss has no number
// of its own: the row is known by the customer.
func rowAnchor(t behold.Table, id string) string {
	if t == behold.TableLosses {
		return "row-losses"
	}
	return "row-" + slug(string(t)) + "-" + slug(id)
}

// rowURL leads from evidence to the row in the timeline. What the customer file
// says stands at the top of the page.
func rowURL(customer string, row behold.Row) templ.SafeURL {
	if behold.Table(row.Table) == behold.TableCustomers {
		return customerURL(customer) + "#main"
	}
	q := url.Values{"row": {row.Table + ":" + row.ID}}
	return templ.SafeURL(string(customerURL(customer)) + "?" + q.Encode() + "#" + rowAnchor(behold.Table(row.Table), row.ID))
}

// tables are those that the timeline has lines of, in the order of the import
// contract.
func (v timelineView) tables() (list []behold.Table) {
	for _, t := range append(behold.Tables(), tableBook) {
		if v.counts[t] > 0 {
			list = append(list, t)
		}
	}
	return list
}

func (v timelineView) all() (n int) {
	for _, k := range v.counts {
		n += k
	}
	return n
}

// stateSays is what has become of an event, in a word or two and since when; "" when there is
// nothing to say.
func (p page) stateSays(e *behold.Event) string {
	switch e.State {
	case behold.EventDone:
		if e.Done.Known() && e.Done.Day() != e.At.Day() {
			return p.doneWord(e.Table) + " " + p.ShortDate(e.Done.Day())
		}
		return p.doneWord(e.Table)
	case behold.EventOpen, behold.EventLate, behold.EventReopened, behold.EventDisputed, behold.EventCame, behold.EventLeft:
		return p.T("page.event." + string(e.State))
	}
	return ""
}

// doneWord is what it is called when an event of a table is done with.
func (p page) doneWord(t behold.Table) string {
	key := "page.event.done." + string(t)
	if !p.Has(key) {
		key = "page.event.done.contacts"
	}
	return p.T(key)
}

// rowWord is what one row of a table is called.
func (p page) rowWord(t behold.Table) string {
	if key := "page.row." + string(t); p.Has(key) {
		return p.T(key)
	}
	return p.Table(t)
}

// rowName is what a row of evidence is called: its table's word and its number.
// What is known by the customer has no number of its own.
func (p page) rowName(customer string, row behold.Row) string {
	if row.ID == customer {
		return p.rowWord(behold.Table(row.Table))
	}
	return p.rowWord(behold.Table(row.Table)) + " " + row.ID
}

func badly(e *behold.Event) bool {
	return e.State == behold.EventLate || e.State == behold.EventReopened || e.State == behold.EventDisputed || e.State == behold.EventLeft
}

// eventSays tells an event in a line: through what, about what, by when.
func (p page) eventSays(e *behold.Event) string {
	var said []string
	add := func(words string) {
		if words != "" {
			said = append(said, words)
		}
	}
	add(p.channel(e))
	if !math.IsNaN(e.Value) && !math.IsNaN(e.Scale) && e.Scale > 0 {
		add(p.T("page.event.answered", "Value", p.plain(e.Value), "Scale", p.plain(e.Scale)))
	}
	add(short(p.subject(e)))
	if e.Due.Known() && e.Due.Day() != e.At.Day() {
		add(p.T("page.event.due", "Day", p.ShortDate(e.Due.Day())))
	}
	if e.Done.Known() && e.Done.Day() != e.At.Day() && e.State != behold.EventDone && e.State != behold.EventCame && e.State != behold.EventLeft {
		add(p.doneWord(e.Table) + " " + p.ShortDate(e.Done.Day()))
	}
	add(e.Colleague)
	if e.Table != behold.TablePeople {
		add(e.Person)
	}
	return strings.Join(said, " · ")
}

// subject is what an event is about; what was promised is often an everyday word.
func (p page) subject(e *behold.Event) string {
	if e.Table == behold.TablePromises {
		return p.Known(e.Subject)
	}
	return e.Subject
}

// plain writes a number with a decimal where it has one.
func (p page) plain(x float64) string {
	if x == math.Trunc(x) {
		return p.Number(int(x))
	}
	return p.Decimal(x, 1)
}

// channel says through what an event came, and who began it; the reason of a
// loss. Words that the company made up are shown as they are.
func (p page) channel(e *behold.Event) string {
	if e.Table == behold.TableLosses {
		if e.Channel == "" {
			return ""
		}
		if !p.Has("reason." + e.Channel) {
			return e.Channel
		}
		return p.Reason(behold.Reason(e.Channel))
	}
	word := e.Channel
	if key := "page.channel." + word; word != "" && p.Has(key) {
		word = p.T(key)
	}
	if e.Table == behold.TableContacts && word != "" {
		switch e.Direction {
		case "in":
			return p.T("page.event.in", "Channel", word)
		case "out":
			return p.T("page.event.out", "Channel", word)
		}
	}
	return word
}

// amountOf is the amount of a line; "" when it has none.
func (p page) amountOf(h happening) string {
	if h.order != nil {
		return p.MoneyExact(h.order.Amount)
	}
	if h.entry != nil {
		return p.entryAmount(h.entry)
	}
	if h.event.Amount.Minor == 0 {
		return ""
	}
	return p.MoneyExact(h.event.Amount)
}
