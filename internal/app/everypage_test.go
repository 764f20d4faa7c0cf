package app

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"behold"
	"behold/internal/chromium"
)

// TestEveryPage opens, as the owner of a judged invented shop, a page of every
// route that links lead to, and holds it to the rules of access by day and by
// night.
func TestEveryPage(t *testing.T) {
	browser := chromium.Open(t)
	a := openApp(t, t.TempDir())
	server := chromium.Serve(t, a.Pages(false, behold.Colleague{}))
	t.Cleanup(a.live.Close)
	w := chromium.NewWindow(t, browser, server.URL, "owner", 1280, false)
	becomeOwner(w, "en")
	invented(t, a, 60)
	judged(t, a, "")
	everyPage(w)
}

// everyPage follows links from Today, and holds one page of each route to the
// rules, by day and by night. A page that no link leads to is told.
func everyPage(w *chromium.Window) {
	w.T.Helper()
	routes := pages(w.T)
	mux := http.NewServeMux()
	for _, path := range routes {
		mux.Handle("GET "+path, http.NotFoundHandler())
	}
	seen := map[string]bool{}
	for queue := []string{"/"}; len(queue) > 0; queue = queue[1:] {
		at, err := url.Parse(queue[0])
		if err != nil {
			w.T.Errorf("%s: a link to %q", w.Name, queue[0])
			continue
		}
		_, pattern := mux.Handler(&http.Request{Method: "GET", URL: at, Host: "x"})
		if seen[pattern] || pattern == "" || strings.Contains(pattern, ".csv") || strings.HasSuffix(pattern, "/report") || strings.Contains(pattern, "/templates/") {
			seen[pattern] = true
			continue
		}
		seen[pattern] = true
		if status := chromium.Get(w, chromedp.NavigateResponse(w.Base+queue[0])).Status; status != 200 {
			w.T.Errorf("%s: an owner gets %d at %s", w.Name, status, queue[0])
			continue
		}
		name := "page" + strings.NewReplacer("GET ", "", "{$}", "today", "{", "", "}", "", "/", "-").Replace(pattern)
		w.Look(name)
		w.Dark(true)
		w.Look(name + "-dark")
		w.Dark(false)
		queue = append(queue, strings.Fields(chromium.Get(w, chromedp.Evaluate[string](`[...document.querySelectorAll("a[href^='/']")].map((a) => a.getAttribute("href")).join(" ")`)))...)
	}
	for _, path := range routes {
		if !seen["GET "+path] {
			w.T.Logf("no link led to %s", path)
		}
	}
	if len(seen) < 20 {
		w.T.Errorf("%s: only %d kinds of pages were found", w.Name, len(seen))
	}
}

// pages are the paths of the one table of what is served, read where it stands,
// so that no list of pages is kept beside it.
func pages(t *testing.T) (paths []string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "web", "route.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile(`\{"GET", "([^"]+)", behold\.`).FindAllStringSubmatch(string(b), -1) {
		paths = append(paths, found[1])
	}
	if len(paths) < 30 {
		t.Fatalf("only %d pages are read from the table of routes", len(paths))
	}
	return paths
}
