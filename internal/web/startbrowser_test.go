package web

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"behold/internal/chromium"
)

// TestFirstRunInBrowser does a company's first run at a desk and on a phone, in
// two languages: the empty page, the invented shop and its removal, a file whose
// date column nobody knows, several files at once.
func TestFirstRunInBrowser(t *testing.T) {
	browser := chromium.Open(t)
	for _, size := range []struct {
		name, lang string
		width      int64
		dark       bool
	}{{"desk-en", "en", 1280, false}, {"phone-da", "da", 400, false}, {"desk-da-dark", "da", 1280, true}, {"phone-en-dark", "en", 400, true}} {
		t.Run(size.name, func(t *testing.T) {
			shop := emptyShop()
			shop.settings.Currency = ""
			shop.slow = 20 * time.Millisecond
			server := chromium.Serve(t, New(shop.deps(t.TempDir())))
			w := chromium.NewWindow(t, browser, server.URL, size.name, size.width, size.dark)
			w.Open("/?lang=" + size.lang)
			w.Look("start-empty")
			lookAround(w)
			correct(w)
			bringSeveral(w)
		})
	}
}

// lookAround shows the invented shop and removes it.
func lookAround(w *chromium.Window) {
	w.T.Helper()
	w.Do(chromium.Click(".show button"), chromium.Visible("#work .lit-now"))
	w.Look("start-invented")
	w.Open("/imports")
	w.Look("start-imports-invented")
	w.Do(chromium.Click(".invented a"), chromium.Visible("button.danger"))
	w.Look("start-remove")
	w.Do(chromium.Click("button.danger"), chromium.Visible("#work .actions"))
	w.Open("/")
	if labels := chromium.Get(w, chromedp.Evaluate[int](`document.querySelectorAll(".invented").length`)); labels != 0 {
		w.T.Errorf("%s: the label stays", w.Name)
	}
}

// correct brings in a file whose date column nobody knows, by saying which it is:
// one choice, and everything is counted anew without a reload.
func correct(w *chromium.Window) {
	w.T.Helper()
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), w.Files("salg.csv", "Kunde;Tid\nK-1;2025-01-01\n")), chromium.Click(".drop button"), chromium.Visible("#c2"))
	w.Look("start-missing")
	w.Do(chromium.Click(".currency button"), chromium.Visible("#c2"))
	w.Until(`!document.querySelector(".currency")`)
	chromium.Get(w, chromedp.Evaluate[bool](`(() => { const c = document.querySelector("#c2"); c.focus(); c.value = "ordered_at"; c.dispatchEvent(new Event("change", {bubbles: true})); return true })()`))
	w.Do(chromium.Visible("#count button.go"))
	if at := chromium.Get(w, chromedp.Evaluate[string](`document.activeElement.id`)); at != "c2" {
		w.T.Errorf("%s: the focus went to %q", w.Name, at)
	}
	w.Look("start-corrected")
	w.Do(chromium.Click("#count button.go"), chromium.Visible("#work .lit-now"))
	w.Look("start-lamps")
	w.Open("/imports")
	w.Look("start-checklist")
}

// bringSeveral lets two files wait, and says yes to both.
func bringSeveral(w *chromium.Window) {
	w.T.Helper()
	files := append(w.Files("a.csv", "Kunde;Dato\n"), w.Files("torn.pdf", "nothing that can be read")...)
	w.Open("/imports")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), files))
	// The list above still grows by what was imported before, and the button moves
	// from under a pointer: it is pressed where it is.
	chromium.Get(w, chromedp.Evaluate[bool](`(() => { document.querySelector(".drop button").click(); return true })()`))
	w.Do(chromium.Visible("#waiting form.actions button"))
	w.Look("start-waiting")
	w.Do(chromium.Click("#waiting form.actions button"), chromium.Visible("#work .taken"))
	w.Look("start-taken")
}
