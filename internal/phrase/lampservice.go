package phrase

import (
	"math"

	"behold"
)

// serviceSays tells what the lamps about service and contact found: attention,
// answers, complaints, promises, people, messages, customers who are gone. "" for
// other lamps.
func (f facts) serviceSays(l behold.Lamp) string {
	switch l.Kind {
	case behold.LampAttention:
		return f.attention()
	case behold.LampSlow:
		return f.slow()
	case behold.LampComplaint:
		return f.complaint()
	case behold.LampPromise:
		return f.promise()
	case behold.LampPersonLeft:
		return f.personLeft()
	case behold.LampUnwanted:
		return f.unwanted()
	case behold.LampClosed:
		return f.closed(l.Reason)
	}
	return ""
}

// serviceOut says what puts these lamps out; "" for others.
func (f facts) serviceOut(kind behold.LampKind) string {
	switch kind {
	case behold.LampAttention:
		return f.p.T("lamp.attention.out")
	case behold.LampSlow:
		return f.p.T("lamp.slow_response.out")
	case behold.LampComplaint:
		return f.p.T("lamp.complaint_open.out")
	case behold.LampPromise:
		if f.told("given_up_on") {
			return f.p.T("lamp.promise_broken.out_given_up")
		}
		return f.p.T("lamp.promise_broken.out")
	case behold.LampPersonLeft:
		return f.p.T("lamp.person_left.out")
	case behold.LampUnwanted:
		return f.p.T("lamp.unwanted_messages.out")
	case behold.LampClosed:
		return f.p.T("lamp.closed_or_moved.out")
	}
	return ""
}

// serviceNext suggests one thing to do now; "" for other lamps.
func (f facts) serviceNext(kind behold.LampKind) string {
	switch kind {
	case behold.LampAttention:
		return f.p.T("lamp.attention.next")
	case behold.LampSlow:
		if f.told("replied_on") {
			return f.p.T("lamp.slow_response.next_answered")
		}
		return f.p.T("lamp.slow_response.next")
	case behold.LampComplaint:
		return f.p.T("lamp.complaint_open.next")
	case behold.LampPromise:
		if f.told("kept_on") {
			return f.p.T("lamp.promise_broken.next_kept")
		}
		return f.p.T("lamp.promise_broken.next")
	case behold.LampPersonLeft:
		return f.p.T("lamp.person_left.next")
	case behold.LampUnwanted:
		if f.told("opted_out") {
			return f.p.T("lamp.unwanted_messages.next_refused")
		}
		return f.p.T("lamp.unwanted_messages.next")
	case behold.LampClosed:
		return f.p.T("lamp.closed_or_moved.next")
	}
	return ""
}

func (f facts) told(name string) bool {
	_, told := f.e.Fact(name)
	return told
}

// span is a length of time in the unit in which people would say it.
func (f facts) span(days int) string {
	const year, month, near = 365.25, 30.44, 20
	years := math.Round(float64(days) / year)
	switch {
	case years >= 1 && math.Abs(float64(days)-years*year) <= near || float64(days) > 3*year:
		return f.p.N("lamp.span.years", int(years))
	case days >= 60:
		return f.p.N("lamp.span.months", int(math.Round(float64(days)/month)))
	}
	return f.p.Days(days)
}

func (f facts) attention() string {
	every, silent := f.p.Every(max(1, f.count("usual_gap_days"))), f.span(f.count("silent_days"))
	says := f.p.T("lamp.attention.says_never", "Silent", silent, "Every", every)
	if n := f.count("contacts_now"); n > 0 && f.count("days_now") > 0 { // the days up to the last: a single one has none
		says = f.p.N("lamp.attention.says", n, "Window", f.span(f.count("days_now")), "Silent", silent, "Every", every)
	}
	if share := f.number("attention_share"); !f.hardlyAny("attention_share") && share < .8 { // without any, the sentence says so already
		says += " " + f.p.T("lamp.attention.share", "Share", f.p.Percent(share))
	}
	return says
}

func (f facts) slow() string {
	hours := func(name string) string {
		if f.told("opening_hours") {
			return f.p.N("lamp.slow_response.open_hours", max(1, f.count(name)))
		}
		return f.p.N("lamp.slow_response.hours", max(1, f.count(name)))
	}
	key := "lamp.slow_response.says"
	if f.told("replied_on") {
		key = "lamp.slow_response.says_answered"
	}
	says := f.p.T(key, "Opened", f.date("opened_on"), "Hours", hours("waited_hours"))
	if f.told("usual_hours") {
		says += " " + f.p.T("lamp.slow_response.usual", "Hours", hours("usual_hours"), "Most", f.p.Percent(.95))
	}
	if f.told("promise_hours") {
		says += " " + f.p.T("lamp.slow_response.promised", "Hours", hours("promise_hours"))
	}
	if n := f.count("tickets_joined"); n > 1 && f.number("waited_hours") <= f.number("usual_hours") {
		says += " " + f.p.T("lamp.slow_response.joined", "Tickets", n)
	}
	return says
}

func (f facts) complaint() string {
	opened := f.date("opened_on")
	switch {
	case f.count("reopened") > 0:
		return f.p.N("lamp.complaint_open.says_reopened", f.count("reopened"), "Opened", opened)
	case f.told("repeated"):
		return f.p.T("lamp.complaint_open.says_repeated", "Opened", opened, "Complaints", max(2, f.count("complaints_now")))
	case f.count("open_workdays") == 0:
		return f.p.T("lamp.complaint_open.says_new", "Opened", opened)
	}
	return f.p.N("lamp.complaint_open.says", f.count("open_workdays"), "Opened", opened)
}

func (f facts) promise() string {
	key := "lamp.promise_broken.says"
	switch delivery := f.told("delivery"); {
	case delivery && f.told("kept_on"):
		key = "lamp.promise_broken.says_delivered"
	case delivery:
		key = "lamp.promise_broken.says_undelivered"
	case f.told("kept_on"):
		key = "lamp.promise_broken.says_kept"
	case f.told("given_up_on"):
		key = "lamp.promise_broken.says_given_up"
	}
	says := f.p.T(key, "Due", f.date("due_on"), "Kept", f.date("kept_on"), "Late", f.p.Days(f.count("late_days")), "On", f.date("given_up_on"))
	if f.count("broken_now") < 2 {
		return says
	}
	if f.told("given_up_on") && !f.told("usual_share") { // not judged by a round yet
		return says
	}
	if f.hardlyAny("usual_share") {
		return says + " " + f.p.T("lamp.promise_broken.pattern_rare", "Broken", f.count("broken_now"), "Promises", f.count("promises_now"))
	}
	return says + " " + f.p.T("lamp.promise_broken.pattern", "Broken", f.count("broken_now"), "Promises", f.count("promises_now"),
		"Usual", f.p.Percent(f.number("usual_share")))
}

func (f facts) personLeft() string {
	left := f.date("left_on")
	if f.told("new_contacts") {
		return f.p.N("lamp.person_left.says_new", f.count("new_contacts"), "Left", left)
	}
	key := "lamp.person_left.says"
	if f.told("bounced") {
		key = "lamp.person_left.says_bounced"
	}
	says := f.p.T(key, "Left", left)
	if f.hardlyAny("contact_share") {
		return says
	}
	return says + " " + f.p.T("lamp.person_left.share", "Share", f.p.Percent(f.number("contact_share")))
}

func (f facts) unwanted() string {
	now, expected := f.count("messages_now"), f.count("expected_now")
	switch {
	case f.told("opted_out"):
		return f.p.T("lamp.unwanted_messages.says_refused", "Last", f.date("last_message_on"))
	case now > 2*expected:
		return f.p.N("lamp.unwanted_messages.says", now, "Usual", f.usual("lamp.unwanted_messages", f.p.Number(expected), expected == 0))
	}
	says := f.p.N("lamp.unwanted_messages.says_none_opened", now)
	if opened := f.count("opened_now"); opened > 0 {
		says = f.p.N("lamp.unwanted_messages.says_unopened", now, "Opened", opened)
	}
	if before := f.count("messages_before"); before > 0 {
		says += " " + f.p.T("lamp.unwanted_messages.before", "Opened", f.count("opened_before"), "Messages", before)
	}
	return says
}

func (f facts) closed(r behold.Reason) string {
	key := "lamp.closed_or_moved.says"
	if r == behold.Moved {
		key = "lamp.closed_or_moved.says_moved"
	}
	source := f.p.T("lamp.closed_or_moved.file")
	if f.told("said") {
		source = f.p.T("lamp.closed_or_moved.said")
	}
	return f.p.T(key, "On", f.date("closed_on")) + " " + source
}
