package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"behold"
	"behold/internal/phrase"
)

// withPost gives the office a post room.
func withPost(t *testing.T) (*office, *shopPost) {
	t.Helper()
	o := openOffice(t)
	room := &shopPost{post: Post{Server: "smtp.nordkaffe.example", From: "behold@nordkaffe.example", URL: "https://behold.nordkaffe.example"}}
	o.deal(t, func(d *Deps) { d.Letters = room })
	for _, role := range behold.Roles() {
		o.hire(t, string(role), role)
	}
	return o, room
}

// A mail program's button stops a letter without a session; a program that opens
// every address in a letter stops nothing.
func TestOneClickStopsALetter(t *testing.T) {
	o, room := withPost(t)
	b := o.browser(t)
	stop := "/letters/stop/" + shopStops.Token(behold.MorningList, at("member"))
	for range 3 {
		b.get(stop).want(t, "the page", http.StatusOK, "Stop this letter?", at("member"), `method="post"`)
		b.ask("HEAD", stop, nil)
	}
	if len(room.choices) != 0 {
		t.Fatalf("looking at the page stopped a letter: %+v", room.choices)
	}
	room.choices = []behold.LetterChoice{{Colleague: at("member"), Kind: behold.MorningList, Wanted: true, Whole: true}}
	for range 2 {
		got := b.post(stop, "List-Unsubscribe", "One-Click")
		got.want(t, "one click", http.StatusSeeOther)
		if len(room.choices) != 1 || room.choices[0].Wanted || !room.choices[0].Whole || room.choices[0].Colleague != at("member") {
			t.Errorf("kept %+v", room.choices)
		}
		b.get(got.to).want(t, "after it", http.StatusOK, "It is stopped.")
	}
	for name, forged := range map[string]string{
		"another's": strings.Replace(stop, shopStops.Token(behold.MorningList, at("member"))[:8], "AAAAAAAA", 1), "cut": stop[:len(stop)-3], "none": "/letters/stop/x",
	} {
		for _, method := range []string{"GET", "POST"} {
			b.ask(method, forged, nil).want(t, name, http.StatusNotFound)
		}
	}
	if len(room.choices) != 1 {
		t.Errorf("a forged address changed %+v", room.choices)
	}
}

func TestColleaguesChooseTheirLetters(t *testing.T) {
	o, room := withPost(t)
	o.browser(t).post("/account/letters", "morning", "1").want(t, "a stranger", http.StatusUnauthorized)
	if len(room.choices) != 0 {
		t.Fatalf("a stranger chose %+v", room.choices)
	}
	member := o.browser(t).signIn("member")
	member.get("/account/letters").want(t, "a member", http.StatusOK, at("member"), `name="morning" value="1" checked`)
	if page := member.get("/account/letters").body; strings.Contains(page, `name="weekly"`) {
		t.Error("a member is offered the weekly letter")
	}
	member.post("/account/letters", "about", "whole", "weekly", "1").want(t, "none, please", http.StatusSeeOther)
	if len(room.choices) != 1 || room.choices[0].Wanted || !room.choices[0].Whole || room.choices[0].Who != at("member") {
		t.Errorf("kept %+v", room.choices)
	}
	room.choices = nil
	o.settings.MembersSee = behold.SeeOwn
	member.post("/account/letters", "morning", "1", "about", "whole").want(t, "all customers", http.StatusSeeOther)
	if len(room.choices) != 1 || !room.choices[0].Wanted || room.choices[0].Whole {
		t.Errorf("one who sees their own gets all: %+v", room.choices)
	}
	manager := o.browser(t).signIn("manager")
	manager.post("/account/letters", "weekly", "1", "about", "whole").want(t, "a manager", http.StatusSeeOther)
	manager.get("/account/letters").want(t, "a manager's page", http.StatusOK, `name="weekly" value="1" checked`, `value="whole" checked`)
	room.letters = []behold.Letter{{Colleague: at("manager"), Kind: behold.WeeklyLetter, State: behold.LetterFailed, Why: "mail_address"}}
	manager.get("/account/letters").want(t, "a refused address", http.StatusOK, "refused your address")
}

func TestLetterSettings(t *testing.T) {
	o, room := withPost(t)
	room.letters = []behold.Letter{
		{ID: 2, Colleague: at("member"), Kind: behold.MorningList, Day: fakeDay, State: behold.LetterFailed, Why: "mail_address", Answer: "550 <no such mailbox>"},
		{ID: 1, Colleague: at("owner"), Kind: behold.WeeklyLetter, Day: fakeDay - 3, State: behold.LetterSent},
	}
	o.browser(t).signIn("manager").get("/settings/letters").want(t, "a manager", http.StatusForbidden)
	owner := o.browser(t).signIn("owner")
	owner.get("/settings/letters").want(t, "the owner", http.StatusOK, "smtp.nordkaffe.example", "not sent: The mail server refuses the address.", "550 &lt;no such mailbox&gt;", "20 Nov 2025")
	owner.post("/settings/letters", "on", "on", "morning", "on", "hour", "6", "day", "1", "day", "3").want(t, "saving", http.StatusSeeOther)
	if l := o.settings.Letters; !l.On || !l.Morning || l.Weekly || l.Hour != 6 || l.Days != "13" {
		t.Errorf("kept %+v", l)
	}
	owner.post("/settings/letters", "hour", "25").want(t, "25 o'clock", http.StatusUnprocessableEntity)
	got := owner.post("/settings/letters/test", "to", "mette+a@nordkaffe.example")
	got.want(t, "a test letter", http.StatusSeeOther)
	owner.get(got.to).want(t, "after it", http.StatusOK, "has taken the test letter to mette+a@nordkaffe.example")
	room.fails = &behold.Error{Kind: behold.Unavailable, Say: "no", Code: "mail_auth"}
	owner.post("/settings/letters/test", "to", "x@y.example").want(t, "a test letter that fails", http.StatusServiceUnavailable, "does not let us in", `value="x@y.example"`)
	room.post = Post{}
	owner.get("/settings/letters").want(t, "without a server", http.StatusOK, "There is no mail server yet")
	room.post = Post{Server: "x", Wrong: &behold.Error{Say: "mail_from is no address", Hint: "write one"}}
	owner.get("/settings/letters").want(t, "with a wrong server", http.StatusOK, "Mail_from is no address.", "disabled")
}

// Every page about letters, in every language.
func TestLetterPagesInEveryLanguage(t *testing.T) {
	o, room := withPost(t)
	for i, code := range []string{"", "stale", "stopped", "mail_address", "mail_content", "mail_later"} {
		for _, state := range []behold.LetterState{behold.LetterSent, behold.LetterFailed, behold.LetterNothing, behold.LetterWaits, behold.LetterLeaves} {
			room.letters = append(room.letters, behold.Letter{ID: int64(i), Kind: behold.MorningList, Day: fakeDay, State: state, Why: code})
		}
	}
	owner := o.browser(t).signIn("owner")
	stop := "/letters/stop/" + shopStops.Token(behold.WeeklyLetter, at("owner"))
	for _, lang := range phrase.Languages() {
		owner.cookies[languageCookie] = lang
		for _, target := range []string{"/settings/letters", "/settings/letters?letters_saved&tested=x@y", "/account/letters", "/account/letters?saved", stop, stop + "?done"} {
			got := owner.get(target)
			where := fmt.Sprintf("%s in %s", target, lang)
			got.want(t, where, http.StatusOK, `<html lang="`+lang+`">`)
			if m := unsaid.FindString(got.body); m != "" {
				t.Errorf("%s: unsaid: %q", where, m)
			}
			if m := inline.FindString(got.body); m != "" {
				t.Errorf("%s: inline: %q", where, m)
			}
		}
	}
}
