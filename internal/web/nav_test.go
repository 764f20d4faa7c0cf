package web

import (
	"strings"
	"testing"

	"behold"
)

// A role sees the places it may open, and no others.
func TestPlacesByRole(t *testing.T) {
	s := &server{}
	for role, want := range map[behold.Role]string{
		"":             "",
		behold.Reader:  "/ /lamps /customers /cases /imports /settings /help",
		behold.Manager: "/ /lamps /customers /cases /reasons /loss /voice /survey /money /team /effect /imports /settings /help",
	} {
		var got []string
		for _, at := range placesFor(role, s.routes()) {
			if at.to != "/promises" {
				got = append(got, at.to)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("a %q sees %v, want %s", role, got, want)
		}
	}
	unserved := placesFor(behold.Owner, []route{{method: "GET", path: "/lamps", who: behold.Reader}, {method: "POST", path: "/team", who: behold.Reader}})
	if len(unserved) != 1 || unserved[0].to != "/lamps" {
		t.Errorf("places that nobody serves are shown: %v", unserved)
	}
}

// The place where one is is marked, beside the page and on the phone.
func TestCurrentPlace(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	for target, want := range map[string]string{"/": `href="/"`, "/lamps?kind=rhythm": `href="/lamps"`, "/customers/" + strandID: `href="/customers"`, "/money": `href="/money"`} {
		_, body, _ := ask(t, h, "GET", target, nil)
		if n := strings.Count(body, "<a "+want+` aria-current="page"`); n != 2 {
			t.Errorf("%s is marked %d times", target, n)
		}
		if here := strings.Contains(body, `<details class="here"`); here != (target == "/money") {
			t.Errorf("%s: is it behind More? %v", target, here)
		}
	}
}
