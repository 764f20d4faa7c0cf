package web

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestFirstRunInBrowser does a company's first run at a desk and on a phone, in
// two languages: the empty page, the invented shop and its removal, a file whose
// date column nobody knows, several files at once.
func TestFirstRunInBrowser(t *testing.T) {
	browser := openBrowser(t)
	for _, size := range []struct {
		name, lang string
		width      int64
		dark       bool
	}{{"desk-en", "en", 1280, false}, {"phone-da", "da", 400, false}, {"desk-da-dark", "da", 1280, true}, {"phone-en-dark", "en", 400, true}} {
		t.Run(size.name, func(t *testing.T) {
			shop := emptyShop()
			shop.settings.Currency = ""
			shop.slow = 20 * time.Millisecond
			server := serve(t, New(shop.deps(t.TempDir())))
			w := openWindow(t, browser, server.URL, size.name, size.width, size.dark)
			w.open("/?lang=" + size.lang)
			w.look("start-empty")
			lookAround(w)
			correct(w)
			bringSeveral(w)
		})
	}
}

// lookAround shows the invented shop and removes it.
func lookAround(w *window) {
	w.t.Helper()
	w.do(click(".show button"), visible("#work .lit"))
	w.look("start-invented")
	w.open("/imports")
	w.look("start-imports-invented")
	w.do(click(".invented a"), visible("button.danger"))
	w.look("start-remove")
	w.do(click("button.danger"), visible("#work .actions"))
	w.open("/")
	if labels := get(w, chromedp.Evaluate[int](`document.querySelectorAll(".invented").length`)); labels != 0 {
		w.t.Errorf("%s: the label stays", w.name)
	}
}

// correct brings in a file whose date column nobody knows, by saying which it is:
// one choice, and everything is counted anew without a reload.
func correct(w *window) {
	w.t.Helper()
	w.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), w.files("salg.csv", "Kunde;Tid\nK-1;2025-01-01\n")), click(".drop button"), visible("#c2"))
	w.look("start-missing")
	w.do(click(".currency button"), visible("#c2"))
	w.until(`!document.querySelector(".currency")`)
	get(w, chromedp.Evaluate[bool](`(() => { const c = document.querySelector("#c2"); c.focus(); c.value = "ordered_at"; c.dispatchEvent(new Event("change", {bubbles: true})); return true })()`))
	w.do(visible("#count button.go"))
	if at := get(w, chromedp.Evaluate[string](`document.activeElement.id`)); at != "c2" {
		w.t.Errorf("%s: the focus went to %q", w.name, at)
	}
	w.look("start-corrected")
	w.do(click("#count button.go"), visible("#work .lit"))
	w.look("start-lamps")
	w.open("/imports")
	w.look("start-checklist")
}

// bringSeveral lets two files wait, and says yes to both.
func bringSeveral(w *window) {
	w.t.Helper()
	files := append(w.files("a.csv", "Kunde;Dato\n"), w.files("torn.pdf", "nothing that can be read")...)
	w.open("/imports")
	w.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), files), click(".drop button"), visible("#waiting form.actions button"))
	w.look("start-waiting")
	w.do(click("#waiting form.actions button"), visible("#work .taken"))
	w.look("start-taken")
}

// files writes a file for the browser to choose.
func (w *window) files(name, content string) []string {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return []string{path}
}
