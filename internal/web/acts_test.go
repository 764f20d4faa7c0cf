package web

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"behold"
	"behold/internal/phrase"
)

func post(t *testing.T, h http.Handler, target, form string, headers ...string) (int, string, http.Header) {
	t.Helper()
	return ask(t, h, "POST", target, strings.NewReader(form), append(headers, "Content-Type", "application/x-www-form-urlencoded")...)
}

func TestSnoozeAndUndo(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	shows := func(target, what string, want bool) {
		t.Helper()
		if _, body, _ := ask(t, h, "GET", target, nil); strings.Contains(body, what) != want {
			t.Errorf("%s says %q: %v", target, what, !want)
		}
	}
	for _, kind := range []string{"rhythm", "category_lost"} {
		status, said, header := post(t, h, "/customers/"+strandID+"/lamps/"+kind, "state=snoozed&why=renovating+%3Ci%3E&until=2025-12-20")
		if status != http.StatusSeeOther || header.Get("Location") != "/customers/"+strandID+"#h-lamps" {
			t.Fatalf("%d to %s: %s", status, header.Get("Location"), said)
		}
	}
	shows("/lamps", "Hotel Strandgården", false)
	shows("/", `data-customer="`+strandID+`"`, false)
	shows("/", "Not now, until 20 Dec 2025", true)
	shows("/lamps.csv", strandID, false)
	shows("/lamps?state=snoozed", "Hotel Strandgården", true)
	shows("/lamps.csv?state=all", strandID, true)
	shows("/customers/"+strandID, "Asleep until 20 December 2025: renovating &lt;i&gt;", true)
	shows("/customers/"+strandID, "No lamp is lit for this customer.", true)
	if status, _, _ := post(t, h, "/customers/"+strandID+"/lamps/rhythm", "state=lit"); status != http.StatusSeeOther {
		t.Fatalf("undo: %d", status)
	}
	shows("/lamps", "Hotel Strandgården", true)
	shows("/", "Hotel Strandgården", true)
	shows("/customers/"+strandID, "lit again by hand", true)
}

func TestActsAreChecked(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	at := "/customers/" + strandID + "/lamps/rhythm"
	for _, c := range []struct {
		target, form string
		want         int
	}{
		{at, "state=acknowledged", http.StatusSeeOther},
		{at, "state=false_alarm&why=they+moved+the+order", http.StatusSeeOther},
		{at, "state=false_alarm", http.StatusUnprocessableEntity},
		{at, "state=snoozed&until=2025-12-20", http.StatusUnprocessableEntity},
		{at, "state=snoozed&why=x&until=never", http.StatusUnprocessableEntity},
		{at, "state=snoozed&why=x&until=2025-11-20", http.StatusUnprocessableEntity},
		{at, "state=recovered", http.StatusUnprocessableEntity},
		{at, "", http.StatusUnprocessableEntity},
		{at, "%zz", http.StatusUnprocessableEntity},
		{"/customers/K-9/lamps/rhythm", "state=lit", http.StatusNotFound},
		{"/customers/" + strandID + "/lamps/tone", "state=lit", http.StatusNotFound},
		{"/customers/K-9/mood", "feels=bad", http.StatusNotFound},
	} {
		if status, _, _ := post(t, h, c.target, c.form); status != c.want {
			t.Errorf("%s with %q: %d, want %d", c.target, c.form, status, c.want)
		}
	}
	for _, target := range []string{at, "/customers/" + strandID + "/mood"} {
		if status, _, _ := post(t, h, target, "state=lit&feels=bad", "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
			t.Errorf("%s from another site: %d", target, status)
		}
	}
}

func TestMood(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	if status, _, header := post(t, h, "/customers/k-1042/mood", "feels=mixed&note=cross+%26+tired"); status != http.StatusSeeOther || header.Get("Location") != "/customers/"+strandID+"#mood" {
		t.Fatalf("%d to %s", status, header.Get("Location"))
	}
	_, body, _ := ask(t, h, "GET", "/customers/"+strandID, nil)
	for _, want := range []string{"Mixed, said on 20 November 2025.", "cross &amp; tired", `value="mixed" required checked`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

func TestWrongIsSaidInTheReadersLanguage(t *testing.T) {
	p := page{Phrases: phrase.For("da")}
	for _, code := range []string{"act_why", "act_until", "act_year", "act_false", "act_hand", "act_gone", "act_day", "too_long", "mood"} {
		err := error(&behold.Error{Kind: behold.Invalid, Say: "in English", Code: code})
		if says := p.wrongSays(fmt.Errorf("around: %w", err)); says == "" || strings.Contains(says, "English") {
			t.Errorf("%s: %q", code, says)
		}
	}
	if says := p.wrongSays(&behold.Error{Say: "in English", Code: "else"}); says != "" {
		t.Errorf("without words: %q", says)
	}
}
