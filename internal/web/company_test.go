package web

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestCompanyPages(t *testing.T) {
	full, empty := New(nordkaffe().deps(t.TempDir())), New(emptyShop().deps(t.TempDir()))
	unasked := nordkaffe()
	unasked.customers = nil
	bare := New(unasked.deps(t.TempDir()))
	waitForLosses(t, full)
	for _, c := range []struct {
		name, target string
		has, not     []string
	}{
		{"reasons", "/reasons", []string{"left between", "Avoidable, as far as the records tell", `class="chart ranges"`, "Overlooked", "/reasons/report", "widely repeated", "Who left in silence"}, []string{"left_on"}},
		{"loss", "/loss", []string{"16 customers have been lost since March 2025", `class="chart months"`, "left_on", "not complete", "with the next round"}, nil},
		{"voice", "/voice", []string{"31% are very satisfied", "so far between 10% and 62%, from 96 answers", "“96% satisfied or better”", "400 were asked and 24% answered", "It has changed", "Delivery", "1 of 3", "Speed is where there is most to win", "0.60 (0.40–0.80)", "outside our range", "Loyal but unhappy", "Late &lt;b&gt;again&lt;/b&gt;."}, []string{"<b>again", "<b>desk"}},
		{"money", "/money", []string{"What your customers are worth", "22% of the money and 23% of the hours went to existing customers", "&lt;b&gt;fair", "1,000"}, []string{"<b>fair"}},
		{"team", "/team", []string{"34 of 130 customers heard from you", "Vest", "Nobody looks after them", "Colleagues without a team", "hours_per_week"}, nil},
	} {
		status, body, _ := ask(t, full, "GET", c.target, nil)
		if status != 200 {
			t.Fatalf("%s: status %d\n%s", c.name, status, body)
		}
		for _, want := range c.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", c.name, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(body, not) {
				t.Errorf("%s says %q", c.name, not)
			}
		}
		if status, body, _ := ask(t, empty, "GET", c.target, nil); status != 200 || !strings.Contains(body, "No round has been run") {
			t.Errorf("%s before any round: %d\n%s", c.name, status, body)
		}
		if status, body, _ := ask(t, bare, "GET", c.target, nil); status != 200 || strings.Contains(body, "NaN") {
			t.Errorf("%s with next to nothing imported: %d\n%s", c.name, status, body)
		}
	}
	for target, want := range map[string]string{
		"/loss.csv":       "2025-04-01,0,0,true\n",
		"/voice.csv":      "touchpoint,delivery,40,9,36,0.225,",
		"/reasons/report": `<html lang="da">60`,
	} {
		if _, body, _ := ask(t, full, "GET", target, nil, "Cookie", languageCookie+"=da"); !strings.Contains(body, want) {
			t.Errorf("%s is\n%s", target, body)
		}
	}
}

// waitForLosses asks for the reasons until they are told.
func waitForLosses(t *testing.T, h http.Handler) {
	t.Helper()
	for range 200 {
		if _, body, _ := ask(t, h, "GET", "/reasons", nil); !strings.Contains(body, `id="work"`) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the losses are never told")
}
