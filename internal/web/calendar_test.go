package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"behold"
)

// readCalendar reads an iCalendar as RFC 5545 has it and as strictly: lines of at
// most 75 octets that end in CR LF, in valid UTF-8; components that close what
// they opened; every event with the properties that it must have, once; values of
// the form that their type asks for. It gives the events by UID.
func readCalendar(body []byte) (map[string]map[string]string, error) {
	if !utf8.Valid(body) || !bytes.HasSuffix(body, []byte("\r\n")) {
		return nil, errors.New("no UTF-8, or no end of the last line")
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(body), "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' && r != '\t' }) {
			return nil, fmt.Errorf("the line %q is too long, or holds what no line may", line)
		}
	}
	unfolded := strings.ReplaceAll(string(body), "\r\n ", "")
	events := map[string]map[string]string{}
	var open []string
	var event map[string]string
	for _, line := range strings.Split(strings.TrimSuffix(unfolded, "\r\n"), "\r\n") {
		name, value, has := strings.Cut(line, ":")
		if !has || !regexp.MustCompile(`^[A-Z][A-Z0-9-]*(;[A-Z-]+=[A-Za-z-]+)*$`).MatchString(name) {
			return nil, fmt.Errorf("the line %q is no property", line)
		}
		switch {
		case name == "BEGIN":
			if open = append(open, value); value == "VEVENT" {
				event = map[string]string{}
			}
			continue
		case name == "END":
			if len(open) == 0 || open[len(open)-1] != value {
				return nil, fmt.Errorf("%s ends and was not begun", value)
			}
			if open = open[:len(open)-1]; value == "VEVENT" {
				if err := checkEvent(event); err != nil {
					return nil, err
				}
				if events[event["UID"]] != nil {
					return nil, errors.New("one UID twice: " + event["UID"])
				}
				events[event["UID"]], event = event, nil
			}
			continue
		}
		if event != nil {
			if _, twice := event[name]; twice {
				return nil, errors.New(name + " twice in an event")
			}
			event[name] = value
		} else if !slices.Contains([]string{"VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL;VALUE=DURATION", "X-PUBLISHED-TTL"}, name) {
			return nil, errors.New("a calendar has no " + name)
		}
	}
	if len(open) != 0 || !strings.HasPrefix(unfolded, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") {
		return nil, errors.New("it is no calendar")
	}
	return events, nil
}

func checkEvent(e map[string]string) error {
	for name, form := range map[string]string{
		"UID": `^[a-z]+-[A-Za-z0-9]+@behold$`, "DTSTAMP": `^\d{8}T\d{6}Z$`, "SEQUENCE": `^\d+$`, "DTSTART;VALUE=DATE": `^\d{8}$`, "DTEND;VALUE=DATE": `^\d{8}$`,
		"SUMMARY": `^([^\\;,]|\\[\\;,n])+$`, "STATUS": `^(CONFIRMED|CANCELLED)$`, "TRANSP": `^TRANSPARENT$`, "URL": `^https?://[!-~]+$`,
	} {
		if !regexp.MustCompile(form).MatchString(e[name]) {
			return fmt.Errorf("%s is %q in %v", name, e[name], e)
		}
	}
	from, err := time.Parse("20060102", e["DTSTART;VALUE=DATE"])
	to, err2 := time.Parse("20060102", e["DTEND;VALUE=DATE"])
	if err != nil || err2 != nil || !to.After(from) || len(e) != 9 {
		return fmt.Errorf("the event %v does not end after it begins, or says more than it may", e)
	}
	return nil
}

// What people write survives the way into a calendar and back, whatever it is, and
// no line is folded inside a letter.
func FuzzCalendarText(f *testing.F) {
	for _, text := range []string{"Ring back, then; mail \\ again", "two\r\nlines", strings.Repeat("Ærø😀", 60), "", "\x00\x7f", "BEGIN:VEVENT\r\nEND:VEVENT"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		one := event{uid: "promise-1", on: fakeDay, stamp: fakeDay.Time(), says: "x" + text, url: "http://127.0.0.1/"}
		events, err := readCalendar(icalendar(text, []event{one}))
		if err != nil || len(events) != 1 {
			t.Fatal(err)
		}
		got := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(events["promise-1@behold"]["SUMMARY"])
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8("x"+text, ""))
		want = strings.Map(func(r rune) rune {
			if r < ' ' && r != '\n' || r == 0x7f {
				return -1
			}
			return r
		}, want)
		if got != want {
			t.Errorf("%q came back as %q", want, got)
		}
	})
}

// A colleague's calendar holds their promises and steps and nobody else's; its
// link is made on the account page, shown once, kept as a hash, and ends; a link
// that opens nothing does not say why.
func TestCalendar(t *testing.T) {
	o := staffed(t)
	o.deal(t, func(d *Deps) { d.Feeds, d.Now = o.book, func() time.Time { return fakeDay.Time().Add(8 * time.Hour) } })
	member, mine := o.browser(t).signIn("member"), at("member")
	list, _, _ := o.TaskList(t.Context(), behold.NoDay)
	list.Tasks[1].Colleague, list.Tasks[2].Colleague = mine, mine
	list.Tasks[1].Step.Cost = 12
	o.plan.list = &list
	for i, who := range []string{mine, "jonas@nordkaffe.example", mine, mine} {
		o.wrote(behold.EntryPromise, func(e *behold.Entry) {
			e.ID, e.Who, e.Due, e.Text = fmt.Sprint("p", i), who, fakeDay+behold.Day(i), "A grinder, soon; \nand cups"
			if i == 3 {
				e.Broken, e.Why = fakeDay, "none left"
			}
		})
	}
	made := member.post("/account/calendar", "names", "yes")
	made.want(t, "making a link", http.StatusOK, "Your calendar link")
	link := regexp.MustCompile(`http://[^"]+(/calendar/[a-z0-9]+\.ics)`).FindStringSubmatch(made.body)
	if link == nil {
		t.Fatal("no link is shown")
	}
	if again := member.get("/account"); strings.Contains(again.body, link[1]) {
		t.Error("the link is shown twice")
	}
	stranger := o.browser(t)
	got := stranger.get(link[1])
	events, err := readCalendar([]byte(got.body))
	if err != nil || got.status != 200 || got.header.Get("Content-Type") != "text/calendar; charset=utf-8" {
		t.Fatal(got.status, err, got.body)
	}
	if len(events) != 5 || events["promise-p1@behold"] != nil {
		t.Errorf("%d events: %v", len(events), events)
	}
	if p := events["promise-p0@behold"]; p["DTSTART;VALUE=DATE"] != "20251120" || p["STATUS"] != "CONFIRMED" || p["SUMMARY"] != `Promised Hotel Strandgården: A grinder\, soon\; \nand cups` {
		t.Errorf("%v", p)
	}
	if p := events["promise-p3@behold"]; p["STATUS"] != "CANCELLED" {
		t.Errorf("one that was given up: %v", p)
	}
	if n := strings.Count(got.body, "UID:task-"); n != 2 {
		t.Errorf("%d steps, not the two of the member's list", n)
	}
	tag := got.header.Get("ETag")
	if second := stranger.ask("GET", link[1], nil, "If-None-Match", tag); second.status != http.StatusNotModified || second.body != "" || tag == "" {
		t.Errorf("asked again: %d", second.status)
	}
	said := func(a answered) string {
		return regexp.MustCompile(`(href|hreflang)="[^"]*"`).ReplaceAllString(a.body, "")
	}
	nobody := stranger.get("/calendar/aaaaaaaaaaaaaaaaaaaaaaaaaa.ics")
	for _, nonsense := range []string{"/calendar/x", "/calendar/.ics", "/calendar/" + strings.Repeat("a", 5000) + ".ics", "/calendar/%00%ff.ics", "/calendar/..%2f..%2f.ics", link[1] + "x"} {
		if got := stranger.get(nonsense); got.status != http.StatusNotFound || said(got) != said(nobody) {
			t.Errorf("%.40s: %d", nonsense, got.status)
		}
	}
	bare := regexp.MustCompile(`/calendar/[a-z0-9]+\.ics`).FindString(member.post("/account/calendar").body)
	if old := stranger.get(link[1]); old.status != http.StatusNotFound {
		t.Errorf("the link before still opens: %d", old.status)
	}
	got = stranger.get(bare)
	if _, err := readCalendar([]byte(got.body)); err != nil || strings.Contains(got.body, "Strandg") || strings.Contains(got.body, "grinder") || strings.Contains(got.body, "K-10") || strings.Contains(got.body, "Torvet") {
		t.Errorf("%v: without names it names a customer: %s", err, got.body)
	}
	member.post("/account/calendar/end").want(t, "ending it", http.StatusSeeOther)
	if old := stranger.get(bare); old.status != http.StatusNotFound {
		t.Errorf("an ended link still opens: %d", old.status)
	}
}

// The next step of a case stands in the calendar of whoever has it: on its day, on
// today when it is overdue, once, and under a name that stays as the case goes on.
func TestCalendarOfCases(t *testing.T) {
	s := nordkaffe()
	c := s.planned() // due three days ago, and on the list
	srv := &server{Deps: s.deps(t.TempDir())}
	srv.Feeds = s
	read := func() map[string]map[string]string {
		t.Helper()
		feed := behold.CalendarFeed{Colleague: metteAt, Names: true}
		r, err := http.NewRequestWithContext(t.Context(), "GET", "http://127.0.0.1/calendar/x.ics", nil)
		if err != nil {
			t.Fatal(err)
		}
		made, name, err := srv.eventsOf(&request{Request: r}, feed)
		if err != nil {
			t.Fatal(err)
		}
		events, err := readCalendar(icalendar(name, made))
		if err != nil {
			t.Fatal(err)
		}
		return events
	}
	uid := "case-" + short16(c.ID) + "@behold"
	first := read()
	if e := first[uid]; e["DTSTART;VALUE=DATE"] != strings.ReplaceAll(fakeDay.String(), "-", "") || !strings.Contains(e["SUMMARY"], "Hotel Strandgården") {
		t.Errorf("overdue: %v", e)
	}
	for name, e := range first {
		if name != uid && strings.Contains(e["SUMMARY"], "Hotel Strandgården") {
			t.Errorf("the step stands there twice: %s %v", name, e)
		}
	}
	m := behold.CaseMove{Key: "did", Case: c.ID, Version: c.Version, Do: behold.CaseStepDone, Who: metteAt, At: fakeDay.Time().Add(9 * time.Hour), AskAgain: behold.NoDay}
	m.Closing.Left = behold.NoDay
	if _, err := s.MoveCase(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	second := read()
	if e := second[uid]; e["DTSTART;VALUE=DATE"] != "20251202" || e["SEQUENCE"] <= first[uid]["SEQUENCE"] || len(e["SEQUENCE"]) < len(first[uid]["SEQUENCE"]) {
		t.Errorf("the step after: %v after %v", e, first[uid])
	}
}
