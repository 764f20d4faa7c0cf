package web

import (
	"strings"
	"testing"
)

// The page tells what is recorded beside purchases, with how much it rests on,
// and what is missing where nothing is.
func TestPortraitOnTheCustomersPage(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	for target, wants := range map[string][]string{
		"/customers/" + strandID: {"Ida Krogh", "left 14 January 2025", "mail comes back", "Call: 7 of their 9 contacts", "5 of 5", "the best answer there is", "up from 3",
			"down from 8", "2 answers", "8% more than new customers", "12 of 40 order lines", "Kopper"},
		"/customers/K-1043": {"The file of people", "The file of contacts", "No answer is no dissatisfaction", "Only 2 of 40 order lines"},
	} {
		status, body, _ := ask(t, h, "GET", target, nil)
		for _, want := range wants {
			if status != 200 || !strings.Contains(body, want) {
				t.Errorf("%s (status %d) does not say %q", target, status, want)
			}
		}
	}
}
