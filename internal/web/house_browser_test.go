package web

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"behold/internal/chromium"
)

// The pages about the company, Help and the style page, in the two widths and by
// day and by night, in two languages: nothing wider than the window, no rule of
// accessibility broken, nothing in the console.
func TestCompanyInABrowser(t *testing.T) {
	browser := chromium.Open(t)
	h := New(nordkaffe().deps(t.TempDir()))
	waitForLosses(t, h)
	server := chromium.Serve(t, h)
	for _, size := range []struct {
		name, lang string
		width      int64
		dark       bool
	}{{"company-desk", "da", 1280, false}, {"company-phone", "nl", 400, false}, {"company-phone-dark", "da", 400, true}} {
		w := chromium.NewWindow(t, browser, server.URL, size.name, size.width, size.dark)
		for _, path := range []string{"/reasons", "/loss", "/voice", "/money", "/team", "/help", "/style"} {
			w.Open(path + "?lang=" + size.lang)
			w.Look(strings.TrimPrefix(path, "/"))
		}
	}
}

// A window of 320 pixels, which is also 1280 at four times the size, shows every
// page without scrolling sideways (WCAG 2.2, 1.4.10).
func TestReflowInABrowser(t *testing.T) {
	browser := chromium.Open(t)
	server := chromium.Serve(t, New(nordkaffe().deps(t.TempDir())))
	w := chromium.NewWindow(t, browser, server.URL, "reflow", 320, false)
	for _, path := range []string{"/", "/lamps", "/customers", "/customers/" + strandID, "/loss", "/voice", "/money", "/team", "/help", "/style", "/settings", "/imports"} {
		w.Open(path)
		if wide := chromium.Get(w, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); wide > 320 {
			at := chromium.Get(w, chromedp.Evaluate[string](`(() => { const e = [...document.querySelectorAll("main *")].find((e) => e.getBoundingClientRect().right > 321 && !e.closest(".scroll")); return e ? e.tagName + "." + e.className : "?"; })()`))
			t.Errorf("%s is %d wide at %s", path, wide, at)
		}
	}
}

// A figure's mark opens what it means without a script, where it can be seen, and
// the phone's bar hides nothing that has the focus.
func TestAskingInABrowser(t *testing.T) {
	browser := chromium.Open(t)
	server := chromium.Serve(t, New(nordkaffe().deps(t.TempDir())))
	for name, width := range map[string]int64{"asking-desk": 1280, "asking-phone": 400} {
		w := chromium.NewWindow(t, browser, server.URL, name, width, false)
		chromium.Command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		w.Open("/")
		w.Do(chromium.Click(`h1 button.whatis`), chromium.Visible("#what-atrisk"))
		chromium.Command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
		if inside := chromium.Get(w, chromedp.Evaluate[bool](`(() => { const r = document.querySelector("#what-atrisk").getBoundingClientRect(); return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight; })()`)); !inside {
			t.Errorf("%s: the explanation is not all in the window", name)
		}
		w.Look("asking")
		w.Do(chromedp.KeyEvent("\x1b"))
		w.Until(`!document.querySelector("#what-atrisk").matches(":popover-open")`)
		if width > 760 {
			continue
		}
		for range 40 {
			w.Do(chromedp.KeyEvent("\t"))
			if hidden := chromium.Get(w, chromedp.Evaluate[string](`(() => {
				const e = document.activeElement, bar = document.querySelector(".bar");
				if (!e || bar.contains(e) || e === document.body) return "";
				const r = e.getBoundingClientRect(), b = bar.getBoundingClientRect();
				return r.height > 0 && r.top >= b.top ? e.outerHTML.slice(0, 120) : "";
			})()`)); hidden != "" {
				t.Errorf("%s: the bar hides what has the focus: %s", name, hidden)
				break
			}
		}
		w.Do(chromium.Click(".bar summary"), chromium.Visible(".bar .sheet"))
		w.Look("more")
		w.Do(chromium.Click(`.bar .sheet a[href="/money"]`), chromium.Visible("#h-base"))
	}
}

// Nothing on the first page moves once it is drawn.
func TestNoShiftInABrowser(t *testing.T) {
	browser := chromium.Open(t)
	server := chromium.Serve(t, New(nordkaffe().deps(t.TempDir())))
	for name, width := range map[string]int64{"shift-desk": 1280, "shift-phone": 400} {
		w := chromium.NewWindow(t, browser, server.URL, name, width, false)
		for _, path := range []string{"/", "/lamps", "/customers", "/customers/" + strandID} {
			w.Open(path)
			moved := chromium.Get(w, chromedp.Evaluate[float64](`new Promise((done) => {
				let sum = 0;
				new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) sum += e.value; }).observe({type: "layout-shift", buffered: true});
				setTimeout(() => done(sum), 150);
			})`, chromedp.EvalAwaitPromise))
			if moved > 0.02 {
				t.Errorf("%s: %s moves by %.3f", name, path, moved)
			}
		}
	}
}
