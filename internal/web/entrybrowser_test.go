package web

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"behold/internal/chromium"
)

// TestTodayByKeyboard works Today through without a mouse: logs a contact,
// promises something, takes one, undoes it, puts one off, with the eye where the
// hand is.
func TestTodayByKeyboard(t *testing.T) {
	browser := chromium.Open(t)
	s := nordkaffe()
	server := chromium.Serve(t, New(s.deps(t.TempDir())))
	w := chromium.NewWindow(t, browser, server.URL, "keyboard", 1280, false)
	key := func(keys ...string) {
		t.Helper()
		for _, k := range keys {
			w.Do(chromedp.KeyEvent(k))
		}
	}
	at := `(document.activeElement.closest("[data-item]")?.dataset.customer ?? "")`
	w.Open("/")
	first := chromium.Get(w, chromedp.Evaluate[string](`document.querySelectorAll("[data-item]")[0].dataset.customer`))
	second := chromium.Get(w, chromedp.Evaluate[string](`document.querySelectorAll("[data-item]")[1].dataset.customer`))
	key("j", "c")
	w.Until(`document.activeElement.value === "call"`)
	w.Look("today-log")
	key("\r")
	w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("Logged: Call from us.")`)
	w.Until(at + ` === "` + second + `"`) // the first is done for today
	w.Until(`!!document.querySelector('[data-done="` + first + `"]')`)
	key("u")
	w.Until(`document.querySelectorAll("[data-item]")[0].dataset.customer === "` + first + `"`)
	key("p")
	w.Until(`document.activeElement.name === "text"`)
	key("Ring back", "\r")
	w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("Promised by")`)
	w.Look("today-promised")
	key("u")
	w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("Taken back: Promise.")`)
	key("d")
	w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("Taken.")`)
	w.Until(at + ` === "` + second + `"`) // the next one took its place
	key("u")
	w.Until(`document.querySelectorAll("[data-item]")[0].dataset.customer === "` + first + `"`)
	key("s")
	w.Until(`document.activeElement.name === "why"`)
	key("\x1b")
	w.Until(`!document.activeElement.closest("details")?.open`)
	w.Look("today-worked")
	if said := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("#live").hidden ? "" : document.querySelector("#live").textContent`)); said != "" {
		t.Errorf("the window tells of its own doing: %s", said)
	}
	if s.book.written != 4 {
		t.Errorf("%d versions were written", s.book.written)
	}
}

// TestLogACallOnThePhone logs a call in Danish with one tap, adds what was said,
// and undoes it; a server that is gone is said to be gone, and what was typed
// stays.
func TestLogACallOnThePhone(t *testing.T) {
	browser := chromium.Open(t)
	s := nordkaffe()
	server := chromium.Serve(t, New(s.deps(t.TempDir())))
	w := chromium.NewWindow(t, browser, server.URL, "ring", 400, true)
	w.Open("/customers/" + strandID + "?lang=da")
	w.Look("customer-write")
	w.Do(chromium.Click(`.write .taps button[value=call]`))
	w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("Noteret: Opkald fra os.")`)
	w.Look("customer-logged")
	w.Do(chromedp.SendKeys(chromedp.CSS(`#did [name=text]`), "vil have kopper\r"))
	w.Until(`document.querySelector("#happened").textContent.includes("vil have kopper")`)
	for _, then := range []string{"Noteret: Opkald fra os.", "Fortrudt"} { // the words, then the call itself
		w.Do(chromium.Click(`#did [data-undo]`))
		w.Until(`(document.querySelector("#did")?.textContent ?? "").includes("` + then + `") && !document.querySelector("#happened").textContent.includes("vil have kopper")`)
	}
	w.Open("/promises?lang=da")
	w.Look("promises-none")
	w.Open("/customers/" + strandID)
	w.Do(chromium.Click(`.more-forms details:nth-child(2) summary`), chromium.Visible(`[data-kind=promise] [name=text]`))
	w.Look("customer-promise")
	w.Do(chromedp.SendKeys(chromedp.CSS(`[data-kind=promise] [name=text]`), "Ny kværn"))
	server.Listener.Close() // no new line gets through, and those there are break
	server.CloseClientConnections()
	w.Do(chromium.Click(`[data-kind=promise] button`))
	w.Until(`!document.querySelector("#unsent").hidden && document.querySelector("[data-kind=promise] [name=text]").value === "Ny kværn"`)
	if said := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("#unsent").textContent`)); !strings.Contains(said, "intet er gemt endnu") {
		t.Error(said)
	}
}
