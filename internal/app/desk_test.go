package app

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"behold"
	"behold/internal/chromium"
)

// TestDesk is a morning at an English desk: by keyboard alone, and on paper.
func TestDesk(t *testing.T) {
	browser := chromium.Open(t)
	a := openAll(t)
	server := chromium.Serve(t, a.Pages(false, behold.Colleague{}))
	t.Cleanup(a.live.Close)
	w := chromium.NewWindow(t, browser, server.URL, "desk-en", 1280, false)
	becomeOwner(w, "en")
	bringOrders(w)
	first := cards(w)
	for _, part := range []struct {
		name string
		do   func()
	}{
		{"keyboard", func() { byKeyboard(w) }},
		{"paper", func() { onPaper(w, first[0]) }},
	} {
		t.Run(part.name, func(t *testing.T) {
			w.T = t
			part.do()
		})
	}
}

// byKeyboard goes through Today without a mouse: past the navigation, from card
// to card, and each thing a letter does, taken back. The focus is never lost.
func byKeyboard(w *chromium.Window) {
	w.T.Helper()
	w.Open("/")
	w.Do(chromedp.KeyEvent(kb.Tab))
	w.Until(`document.activeElement.matches(".skip:focus-visible")`)
	w.Do(chromedp.KeyEvent(kb.Enter))
	w.Until(`location.hash === "#main" && document.activeElement.id === "main"`)
	const onCard = `document.activeElement.matches("[data-open]:focus-visible")`
	w.Do(chromedp.KeyEvent("j"))
	w.Until(onCard)
	for _, act := range []struct{ key, typed string }{{"s", "they renovate"}, {"p", "samples"}, {"c", ""}, {"d", ""}} {
		key, typed := act.key, act.typed
		if key != "d" {
			w.Do(chromedp.KeyEvent(key))
			w.Until(`!!document.activeElement.closest(".acts details[open]")`)
			fresh(w, chromedp.KeyEvent(typed+kb.Enter))
		} else {
			fresh(w, chromedp.KeyEvent(key))
		}
		did(w, "key "+key)
		w.Until(onCard)
		fresh(w, chromedp.KeyEvent("u"))
		w.Until(`document.activeElement.matches(":focus-visible") && document.activeElement !== document.body`)
		did(w, "key u after "+key)
		w.Do(chromedp.KeyEvent("j"))
		w.Until(onCard)
	}
}

// onPaper prints Today and a customer: the main sentence is on the paper.
func onPaper(w *chromium.Window, customer string) {
	w.T.Helper()
	for name, path := range map[string]string{"today": "/", "customer": customer} {
		w.Open(path)
		w.Paper(true)
		if shown := chromium.Get(w, chromedp.Evaluate[bool](`document.querySelector("main h1").checkVisibility() && !document.querySelector(".side").checkVisibility()`)); !shown {
			w.T.Errorf("%s: %s is printed without its first sentence, or with the navigation", w.Name, name)
		}
		w.Look(name + "-paper")
		if pdf := chromium.Get(w, chromedp.PrintToPDF()); !strings.HasPrefix(string(pdf), "%PDF-") || len(pdf) < 5000 {
			w.T.Errorf("%s: %s prints as %d bytes", w.Name, name, len(pdf))
		}
		w.Paper(false)
	}
}
