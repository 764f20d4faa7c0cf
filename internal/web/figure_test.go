package web

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"behold/internal/phrase"
)

var (
	shown     = regexp.MustCompile(`data-figure="([^"]*)"`)
	asked     = regexp.MustCompile(`<button type="button" class="(?:whatis|asks)" popovertarget="what-([^"]+)"`)
	explains  = regexp.MustCompile(`<div id="what-([^"]+)" class="explained" popover`)
	fallbacks = regexp.MustCompile(`<a class="(?:whatis|asks)" href="/help#([^"]+)"`)
)

func namesIn(of *regexp.Regexp, body string) (names []string) {
	for _, m := range of.FindAllStringSubmatch(body, -1) {
		names = append(names, m[1])
	}
	return names
}

// Every figure on every page can be asked what it is, and the answer is there
// and in Help.
func TestEveryFigureExplainsItself(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	waitForLosses(t, h)
	_, help, _ := ask(t, h, "GET", "/help", nil)
	seen := map[string]bool{}
	for _, target := range pages() {
		_, body, _ := ask(t, h, "GET", target, nil)
		questions, answers := namesIn(asked, body), namesIn(explains, body)
		for _, f := range namesIn(shown, body) {
			seen[f] = true
			if !slices.Contains(questions, f) {
				t.Errorf("%s shows the figure %q, and nothing beside it to ask what it is", target, f)
			}
		}
		for _, f := range append(questions, namesIn(fallbacks, body)...) {
			if !slices.Contains(answers, f) || !strings.Contains(help, `id="`+f+`"`) {
				t.Errorf("%s: nobody explains %q", target, f)
			}
		}
	}
	if len(seen) < 20 {
		t.Errorf("only the figures %v were seen", seen)
	}
}

// Help lists every figure once, and finds it by its words.
func TestHelpFinds(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	for _, g := range figureGroups() {
		for _, f := range g.of {
			for _, lang := range phrase.Languages() {
				p := page{Phrases: phrase.For(lang)}
				if said := p.figure(f) + p.means(f) + p.workedOut(f); strings.Contains(said, "[help.") {
					t.Errorf("%s in %s: %s", f, lang, said)
				}
			}
		}
	}
	for target, want := range map[string][2]string{
		"/help?q=COHEN":              {`id="agreement"`, `id="chance"`},
		"/help?q=discounted+CHANCE":  {`id="money"`, `id="silence"`},
		"/help?q=%3Cb%3Enothing":     {"Nothing here says “&lt;b&gt;nothing”", "<b>nothing"},
		"/help?q=rytme&lang=da":      {`id="chance"`, `id="effort"`},
		"/help?q=%20":                {`id="effort"`, "Nothing here"},
		"/help?q=zeer+terug&lang=nl": {`id="verysatisfied"`, `id="money"`},
	} {
		if _, body, _ := ask(t, h, "GET", target, nil); !strings.Contains(body, want[0]) || strings.Contains(body, want[1]) {
			t.Errorf("%s has not %s, or has %s", target, want[0], want[1])
		}
	}
}
