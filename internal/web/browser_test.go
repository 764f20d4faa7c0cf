package web

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"behold/internal/chromium"
)

// TestBrowser does a morning's work in a real browser, at a desk and on a
// phone: open Today, walk it by keyboard, open a customer, narrow the lamps,
// bring a file in, take it back.
func TestBrowser(t *testing.T) {
	browser := chromium.Open(t)
	if _, err := os.Stat(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js")); err != nil {
		t.Log("axe-core is not installed (npm ci): accessibility was not checked")
	}
	for _, size := range []struct {
		name  string
		width int64
		dark  bool
	}{{"desk", 1280, false}, {"phone", 400, false}, {"desk-dark", 1280, true}, {"phone-dark", 400, true}} {
		t.Run(size.name, func(t *testing.T) {
			shop := nordkaffe()
			shop.slow = 40 * time.Millisecond
			server := chromium.Serve(t, New(shop.deps(t.TempDir())))
			w := chromium.NewWindow(t, browser, server.URL, size.name, size.width, size.dark)
			morning(w)
			bringIn(w)
			rest(w)
		})
	}
}

func morning(w *chromium.Window) {
	w.T.Helper()
	w.Open("/")
	w.Look("today")
	w.Do(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if at := chromium.Get(w, chromedp.Evaluate[string](`document.activeElement.textContent`)); at != "Hotel Strandgården" {
		w.T.Errorf("%s: j, j, k lead to %q", w.Name, at)
	}
	w.Do(chromedp.KeyEvent("\r"), chromium.Visible("#happened"))
	if place := chromium.Get(w, chromedp.Location()); !strings.HasSuffix(place, "/customers/"+strandID) {
		w.T.Errorf("%s: Enter leads to %s", w.Name, place)
	}
	w.Look("customer")
	settle(w)
	w.Open("/lamps")
	w.Look("lamps")
	w.Do(chromedp.KeyEvent("/"), chromedp.KeyEvent("lykke"))
	w.Until(`document.querySelectorAll("#list tbody tr").length === 1 && location.search.includes("q=lykke")`)
	if place := chromium.Get(w, chromedp.Location()); !strings.Contains(place, "q=lykke") {
		w.T.Errorf("%s: the address %s does not carry the search", w.Name, place)
	}
	w.Open("/lamps?q=nobody")
	w.Look("lamps-none")
	w.Open("/customers")
	w.Look("customers")
}

// settle puts both lamps of the customer to sleep, finds them gone from the list,
// and lights one of them again.
func settle(w *chromium.Window) {
	w.T.Helper()
	listed := `[...document.querySelectorAll("#list tbody tr")].filter((r) => r.textContent.includes("Hotel Strandgården")).length`
	for _, kind := range []string{"rhythm", "category_lost"} {
		at := `[data-lamp=` + kind + `]:not(.set-aside) `
		w.Do(chromium.Click(chromedp.CSS(at+".decide > details summary")), chromium.Visible(chromedp.CSS(at+"[data-act=snoozed] [name=why]")))
		if kind == "rhythm" {
			w.Look("customer-snooze")
		}
		w.Do(chromedp.SendKeys(chromedp.CSS(at+"[data-act=snoozed] [name=why]"), "renovating"), chromium.Click(chromedp.CSS(at+"[data-act=snoozed] button")),
			chromium.Visible(chromedp.CSS(`[data-lamp=`+kind+`].set-aside`)))
	}
	w.Look("customer-aside")
	w.Open("/lamps")
	if n := chromium.Get(w, chromedp.Evaluate[int](listed)); n != 0 {
		w.T.Errorf("%s: %d lamps are listed although they sleep", w.Name, n)
	}
	w.Open("/customers/" + strandID)
	w.Do(chromium.Click(chromedp.CSS("[data-lamp=rhythm].set-aside .decide button")), chromium.Visible(chromedp.CSS("[data-lamp=rhythm]:not(.set-aside)")))
	w.Open("/lamps")
	if n := chromium.Get(w, chromedp.Evaluate[int](listed)); n != 1 {
		w.T.Errorf("%s: %d lamps are listed after one was lit again", w.Name, n)
	}
	for page, path := range map[string]string{"lamp-kind": "/lamps/kinds/rhythm", "lamp-kinds": "/lamps/kinds", "customer-row": "/customers/" + strandID + "?row=losses:#row-losses"} {
		w.Open(path)
		w.Look(page)
	}
}

func bringIn(w *chromium.Window) {
	w.T.Helper()
	file := filepath.Join(w.T.TempDir(), "ordrer.csv")
	if err := os.WriteFile(file, []byte("Kunde;Dato;Beløb\nK-1;2025-01-01;10\n"), 0o600); err != nil {
		w.T.Fatal(err)
	}
	w.Open("/imports")
	w.Look("imports")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}), chromium.Click(".drop button"),
		chromium.Visible("#count button.go"))
	w.Look("upload")
	w.Do(chromium.Click("#count button.go"), chromium.Visible("#work .actions")) // the import may be over before its page is there
	w.Look("imported")
	w.Open("/imports/2")
	w.Look("receipt")
	w.Open("/imports/2/undo")
	w.Look("undo")
	w.Do(chromium.Click("button.danger"), chromium.Visible("#work .actions"))
	w.Open("/imports")
	if undone := chromium.Get(w, chromedp.Evaluate[int](`document.querySelectorAll("tr.undone").length`)); undone != 1 {
		w.T.Errorf("%s: %d imports are shown as undone", w.Name, undone)
	}
}

func rest(w *chromium.Window) {
	w.T.Helper()
	for page, path := range map[string]string{"settings": "/settings", "help": "/help", "customer-quiet": "/customers/K-1047"} {
		w.Open(path)
		w.Look(page)
	}
	empty := emptyShop()
	server := chromium.Serve(w.T, New(empty.deps(w.T.TempDir())))
	w.Base = server.URL
	w.Open("/?lang=da")
	w.Look("begin")
	w.Do(chromedp.Navigate(w.Base + "/?lang=en"))
}

// TestWithoutScript does the same reading and the same import with scripts
// switched off.
func TestWithoutScript(t *testing.T) {
	browser := chromium.Open(t)
	server := chromium.Serve(t, New(nordkaffe().deps(t.TempDir())))
	w := chromium.NewWindow(t, browser, server.URL, "plain", 1280, false)
	chromium.Command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	file := filepath.Join(t.TempDir(), "ordrer.csv")
	if err := os.WriteFile(file, []byte("Kunde;Dato\nK-1;2025-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Open("/lamps")
	w.Do(chromedp.SendKeys(chromedp.CSS("#q"), "lykke\r"), chromium.Visible(`#q[value="lykke"]`)) // the page that answers, not the one that asked
	w.Open("/imports")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}), chromium.Click(".drop button"), chromium.Visible("#count button.go"),
		chromium.Click("#count button.go"), chromium.Visible("#work .actions"))
}

// TestPaper prints Today: the navigation and the buttons stay off the paper.
func TestPaper(t *testing.T) {
	browser := chromium.Open(t)
	server := chromium.Serve(t, New(nordkaffe().deps(t.TempDir())))
	w := chromium.NewWindow(t, browser, server.URL, "paper", 800, false)
	chromium.Command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	for page, path := range map[string]string{"today": "/", "customer": "/customers/" + strandID} {
		w.Open(path)
		if shown := chromium.Get(w, chromedp.Evaluate[string](`getComputedStyle(document.querySelector(".side")).display`)); shown != "none" {
			t.Errorf("the navigation of %s is printed: %s", page, shown)
		}
		w.Look(page)
	}
}
