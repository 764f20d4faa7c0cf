package lamp

import (
	"strings"

	"behold"
	"behold/stat/survival"
)

// The lamp complaint_open (L04): is there a complaint that nobody has settled?
//
// In: tickets that are complaints, by their own mark or because text reads them
// so, opened within a year.
//
// Lights, as an event, where it is rare enough to be news (desk.rare):
//
//   - reopened: settled badly once, which weighs double (Maxham & Netemeyer 2002);
//   - repeated: a second complaint at the same touchpoint within 90 days;
//   - open: for more than 5 working days, or as long as was promised where that is
//     longer. Where no complaint is ever closed, closings are not recorded and this
//     says nothing; nor does it when a later complaint was closed since.
//
// Since is the day on which that came true.
//
// Out: closed, and 14 days without reopening; a year after it was opened. Never held out.
//
// Reason: what text reads in it when it is sure; broken_promise when a promise
// was missed in the 60 days before it; quality for complaints about the purchase;
// else poor_service.
//
// Facts: opened_on, closed_on (when it was), open_workdays, complaints_now (in 90
// days), touchpoint, reopened (times), repeated (1), promise_hours (when there is
// one). Rows: the complaint, and the one before it.
//
// Fails: complaints filed as questions. Source: METHODS L04; testdata/complaint.txt.
const (
	complaintWorkdays = 5
	complaintQuiet    = 14
	complaintWindow   = 90
	missedBefore      = 60
)

// Complaints are how the company's complaints usually go.
type complaints struct {
	Closing  Waits   // working days until closed
	PerMonth float64 // a month and customer
	Closed   bool    // closings are recorded
	Reopened float64 // share that is
	Repeated float64 // share that is a second one within 90 days
}

// complaintHabits learns them from the complaints of the last two years.
func complaintHabits(h *behold.Histories, deals *behold.Dealings) complaints {
	var c complaints
	if deals == nil {
		return c
	}
	const years = 730
	var stays []survival.Stay
	reopened, repeated := 0, 0
	begin := h.AsOf
	for k := range deals.Customer {
		all := deals.Tickets.Of(k)
		for i := range all {
			t := &all[i]
			if !complains(t, deals.Remarks.Of(k)) || t.Opened.Day() < h.AsOf-years {
				continue
			}
			begin = min(begin, t.Opened.Day())
			end := h.AsOf
			if t.Closed.Known() {
				end, c.Closed = t.Closed.Day(), true
			}
			stays = append(stays, survival.Stay{Duration: float64(workdays(t.Opened.Day(), end)), Left: t.Closed.Known()})
			if t.Reopened > 0 {
				reopened++
			}
			if complaintBefore(all, i, deals.Remarks.Of(k)) != nil {
				repeated++
			}
		}
	}
	if len(stays) == 0 {
		return c
	}
	c.Closing = waitsOf(stays)
	c.PerMonth = float64(len(stays)) / customerMonths(h, begin)
	c.Reopened, c.Repeated = float64(reopened)/float64(len(stays)), float64(repeated)/float64(len(stays))
	return c
}

// complains says whether a ticket is a complaint.
func complains(t *behold.Ticket, remarks []behold.Remark) bool {
	const sure = .8
	if t.Complaint {
		return true
	}
	m := remarkOn(t, remarks)
	return m != nil && m.Complaint >= sure
}

// remarkOn is what text reads in a ticket; nil where there is nothing.
func remarkOn(t *behold.Ticket, remarks []behold.Remark) *behold.Remark {
	for i := range remarks {
		if remarks[i].Table == behold.TableTickets && remarks[i].ID == t.ID {
			return &remarks[i]
		}
	}
	return nil
}

// complaintBefore is the last complaint at the same touchpoint in the 90 days
// before the i-th ticket; nil where there is none.
func complaintBefore(tickets []behold.Ticket, i int, remarks []behold.Remark) *behold.Ticket {
	for j := i - 1; j >= 0 && tickets[j].Opened.Day() > tickets[i].Opened.Day()-complaintWindow; j-- {
		if tickets[j].Touchpoint == tickets[i].Touchpoint && complains(&tickets[j], remarks) {
			return &tickets[j]
		}
	}
	return nil
}

func (d *desk) complaintOpen() (behold.Lamp, bool) {
	tickets, remarks := d.deals.Tickets.Of(d.k), d.deals.Remarks.Of(d.k)
	var found behold.Lamp
	lit := false
	for i := range tickets {
		t := &tickets[i]
		if !complains(t, remarks) || d.settled(t) {
			continue
		}
		since, unsettled := d.unsettledSince(tickets, i)
		if !unsettled || lit && (t.Reopened == 0 || found.Strength == 1) {
			continue
		}
		found, lit = because(d.complaintReason(t), d.happened(behold.LampComplaint, since, d.complaintEvidence(tickets, i))), true
		if t.Reopened == 0 {
			found.Strength = .5
		}
	}
	return found, lit
}

// watchComplaint lets the lamp burn until the complaint is settled.
func (d *desk) watchComplaint(l behold.Lamp) (behold.Lamp, bool) {
	opened, _ := l.Evidence.Fact("opened_on")
	tickets := d.deals.Tickets.Of(d.k)
	for i := range tickets {
		if t := &tickets[i]; t.Opened.Day() == opened.Day && complains(t, d.deals.Remarks.Of(d.k)) && !d.settled(t) {
			l.Evidence = d.complaintEvidence(tickets, i)
			return l, true
		}
	}
	return l, false
}

// settled says that the complaint was closed 14 days ago, or is older than a year.
func (d *desk) settled(t *behold.Ticket) bool {
	return t.Opened.Day() < d.day-oldTicket || t.Closed.Known() && t.Closed.Day() <= d.day-complaintQuiet
}

// unsettledSince is when the i-th ticket, a complaint, became news.
func (d *desk) unsettledSince(tickets []behold.Ticket, i int) (behold.Day, bool) {
	c, t := &d.in.Complaints, &tickets[i]
	remarks := d.deals.Remarks.Of(d.k)
	if t.Reopened > 0 && d.rare(c.Reopened, c.PerMonth) {
		if t.Closed.Known() {
			return t.Closed.Day(), true
		}
		return t.Opened.Day(), true
	}
	if complaintBefore(tickets, i, remarks) != nil && d.rare(c.Repeated, c.PerMonth) {
		return t.Opened.Day(), true
	}
	if t.Closed.Known() || !c.Closed || closedSince(tickets[i+1:], remarks) {
		return behold.NoDay, false
	}
	for day := t.Opened.Day(); day <= d.day; day++ {
		if d.openTooLong(t, day) {
			return day, true
		}
	}
	return behold.NoDay, false
}

// closedSince says that a later complaint was closed: then an older one is more
// likely to have been forgotten in the system than by a customer.
func closedSince(later []behold.Ticket, remarks []behold.Remark) bool {
	for i := range later {
		if later[i].Closed.Known() && complains(&later[i], remarks) {
			return true
		}
	}
	return false
}

func (d *desk) openTooLong(t *behold.Ticket, day behold.Day) bool {
	open := workdays(t.Opened.Day(), day)
	if open <= complaintWorkdays || t.PromiseHours > float64(day-t.Opened.Day())*24 {
		return false
	}
	return d.rare(d.in.Complaints.Closing.atLeast(float64(open)), d.in.Complaints.PerMonth)
}

func (d *desk) complaintReason(t *behold.Ticket) behold.Reason {
	const sure = .7
	if m := remarkOn(t, d.deals.Remarks.Of(d.k)); m != nil && m.Sure >= sure && m.Reason != "" && m.Reason != behold.UnknownReason {
		return m.Reason
	}
	if d.missed(t.Opened.Day()-missedBefore, t.Opened.Day()) {
		return behold.BrokenPromise
	}
	switch strings.ToLower(t.Touchpoint) {
	case "purchase", "product", "quality":
		return behold.Quality
	}
	return behold.PoorService
}

func (d *desk) complaintEvidence(tickets []behold.Ticket, i int) behold.Evidence {
	t, remarks := &tickets[i], d.deals.Remarks.Of(d.k)
	end := d.day
	if t.Closed.Known() {
		end = t.Closed.Day()
	}
	near := 0
	for j := range tickets {
		if complains(&tickets[j], remarks) && tickets[j].Opened.Day() > t.Opened.Day()-complaintWindow {
			near++
		}
	}
	facts := []behold.Fact{
		on("opened_on", t.Opened.Day()),
		number("open_workdays", float64(workdays(t.Opened.Day(), end))),
		number("complaints_now", float64(near)),
		number("reopened", float64(t.Reopened)),
		{Name: "touchpoint", Text: t.Touchpoint, Day: behold.NoDay},
	}
	if t.Closed.Known() {
		facts = append(facts, on("closed_on", t.Closed.Day()))
	}
	if t.PromiseHours > 0 {
		facts = append(facts, number("promise_hours", t.PromiseHours))
	}
	rows := []behold.Row{row(behold.TableTickets, t.ID, t.Opened.Day())}
	if before := complaintBefore(tickets, i, remarks); before != nil {
		facts = append(facts, number("repeated", 1))
		rows = append(rows, row(behold.TableTickets, before.ID, before.Opened.Day()))
	}
	return behold.Evidence{Facts: facts, Rows: rows}
}
