package web

import (
	"slices"
	"strings"

	"github.com/a-h/templ"

	"behold"
)

// tableBook stands among the tables of a timeline for what is in no file: notes,
// refusals, surprises, needs.
const tableBook behold.Table = "book"

// happeningOf is the line of a timeline that an entry makes. It has the place of
// the row that the warehouse keeps of it, to which evidence leads.
func happeningOf(e *behold.Entry) happening {
	h := happening{table: tableBook, id: e.BookID(), at: behold.MomentOf(e.At.Local()), entry: e}
	switch e.Kind {
	case behold.EntryContact:
		h.table = behold.TableContacts
	case behold.EntryPromise:
		h.table = behold.TablePromises
	case behold.EntryLoss:
		h.table, h.at = behold.TableLosses, e.Left.Moment()
	}
	return h
}

// fromBook says whether an event is what the warehouse has of an entry: the page
// takes entries from where they are written, as they are now.
func fromBook(e behold.Event) bool { return strings.HasPrefix(e.ID, behold.BookSource+"-") }

// number is what a line's row is called in the company's own books.
func (h happening) number() string {
	if h.entry != nil {
		return ""
	}
	return h.id
}

// tableName is what the rows of a table are called in the timeline.
func (p page) tableName(t behold.Table) string {
	if t == tableBook {
		return p.T("entry.table")
	}
	return p.Table(t)
}

// entryWord is what an entry is, in a word or two.
func (p page) entryWord(e *behold.Entry) string {
	if e.Kind == behold.EntryContact {
		return capital(p.contactSays(e))
	}
	return p.T("entry.kind." + string(e.Kind))
}

// contactSays is through what a contact came, and who began it.
func (p page) contactSays(e *behold.Entry) string {
	word := p.T("page.channel." + e.Channel)
	if e.Direction == "in" {
		return p.T("page.event.in", "Channel", word)
	}
	return p.T("page.event.out", "Channel", word)
}

// entryState is what has become of a promise or a surprise; "" for others.
func (p page) entryState(e *behold.Entry) string {
	switch {
	case e.Kind == behold.EntryLoss || e.Kind == behold.EntryNeed:
		return ""
	case e.Broken.Known():
		return p.T("entry.state.broken")
	case e.Kind == behold.EntrySurprise && e.Done.Known():
		return p.T("entry.state.given")
	case e.Done.Known() && e.InTime():
		return p.T("entry.state.kept")
	case e.Done.Known():
		return p.T("entry.state.kept_late")
	case e.Late(p.desk.now):
		return p.T("entry.state.late")
	case e.Open():
		return p.T("entry.state.open")
	}
	return ""
}

// badState says whether the state is one to worry about.
func (p page) badState(e *behold.Entry) bool {
	return e.Broken.Known() || e.Late(p.desk.now) || e.Kind == behold.EntryPromise && e.Done.Known() && !e.InTime()
}

// entryMore is what there is to say of an entry beside its words.
func (p page) entryMore(e *behold.Entry) string {
	var said []string
	add := func(words string) {
		if words != "" {
			said = append(said, words)
		}
	}
	if e.Kind == behold.EntryLoss {
		add(p.Reason(e.Reason))
		add(short(e.Competitor))
		if e.Said == behold.SaidByCustomer {
			add(p.T("entry.said_by.customer"))
		} else {
			add(p.T("entry.said_by.colleague"))
		}
	}
	if e.Due.Known() {
		add(p.dueSays(e))
	}
	if e.Done.Known() {
		add(p.T("entry.done_on", "Day", p.ShortDate(e.Done)))
	}
	if e.Rule != "" {
		add(p.T("entry.rule_says", "Rule", e.Rule))
	}
	if e.Why != "" {
		add(p.T("entry.why_says", "Why", e.Why))
	}
	if e.Kind == behold.EntryNeed && e.Channel != "" {
		add(p.T("entry.prefers", "Channel", p.T("page.channel."+e.Channel)))
	}
	if e.Who != "" {
		add(p.called(e.Who))
	}
	return strings.Join(said, " · ")
}

// dueSays is by when, in the words of the kind.
func (p page) dueSays(e *behold.Entry) string {
	if e.Kind == behold.EntrySurprise {
		return p.T("entry.planned_for", "Day", p.ShortDate(e.Due))
	}
	return p.T("entry.due_on", "Day", p.ShortDate(e.Due))
}

func (p page) entryAmount(e *behold.Entry) string {
	if e.Amount.Minor == 0 {
		return ""
	}
	return p.Money(e.Amount)
}

// didSays tells what was done just now.
func (p page) didSays(d *did) string {
	e := &d.entry
	if d.work != nil {
		return d.work.lastMove(p)
	}
	if len(d.lamps) > 0 {
		switch d.state {
		case behold.Acknowledged:
			return p.T("entry.did.taken")
		case behold.Snoozed:
			return p.T("entry.did.snoozed")
		case behold.FalseAlarm:
			return p.T("entry.did.wrong")
		}
		return p.T("entry.did.relit")
	}
	switch {
	case e.Undone:
		return p.T("entry.did.undone", "What", p.entryWord(e))
	case e.Broken.Known():
		return p.T("entry.did.broken")
	case e.Kind == behold.EntryPromise && e.Done.Known():
		return p.T("entry.did.kept")
	case e.Kind == behold.EntrySurprise && e.Done.Known():
		return p.T("entry.did.given")
	case e.Kind == behold.EntryPromise:
		return p.T("entry.did.promise", "Day", p.Date(e.Due))
	case e.Kind == behold.EntrySurprise:
		return p.T("entry.did.surprise", "Day", p.Date(e.Due))
	case e.Kind == behold.EntryContact:
		return p.T("entry.did.contact", "What", p.entryWord(e))
	}
	return p.T("entry.did." + string(e.Kind))
}

// refusalSays is why a form was refused, in the reader's language where it is known.
func (p page) refusalSays(t *typed) string {
	if says := p.wrongSays(t.err); says != "" {
		return says
	}
	return strings.TrimSpace(sentence(t.err) + " " + hintOf(t.err))
}

// open are the promises and surprises that are still to be done, the most urgent first.
func (v customerView) open() (list []behold.Entry) {
	for _, e := range v.entries {
		if e.Open() {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b behold.Entry) int { return int(a.Due) - int(b.Due) })
	return list
}

// of are the entries of a kind, the latest first.
func (v customerView) of(kind behold.EntryKind) (list []behold.Entry) {
	for _, e := range slices.Backward(v.entries) {
		if e.Kind == kind {
			list = append(list, e)
		}
	}
	return list
}

// given are the surprises that were given, the latest first.
func (v customerView) given() []behold.Entry {
	return slices.DeleteFunc(v.of(behold.EntrySurprise), func(e behold.Entry) bool { return !e.Done.Known() })
}

// prefers is the channel that the customer likes best; "" when nobody wrote one down.
func (v customerView) prefers() string {
	for _, e := range v.of(behold.EntryNeed) {
		if e.Channel != "" {
			return e.Channel
		}
	}
	return ""
}

// refusedCost is what all refusals together may have cost.
func (v customerView) refusedCost() (sum behold.Money) {
	for _, e := range v.of(behold.EntryRefusal) {
		if e.Amount.Minor > 0 {
			sum = behold.Money{Minor: sum.Minor + e.Amount.Minor, Currency: e.Amount.Currency}
		}
	}
	return sum
}

// familyReasons are the reasons of a family.
func familyReasons(f behold.Family) (list []behold.Reason) {
	for _, r := range behold.Reasons() {
		if r.Family() == f {
			list = append(list, r)
		}
	}
	return list
}

func families() (list []behold.Family) {
	for _, r := range behold.Reasons() {
		if !slices.Contains(list, r.Family()) {
			list = append(list, r.Family())
		}
	}
	return list
}

func entriesURL(customer string) templ.SafeURL { return customerURL(customer) + "/entries" }

func entryURL(id, rest string) templ.SafeURL { return templ.SafeURL("/entries/" + id + rest) }
