package web

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// The pages about the company, Help and the style page, in the two widths and by
// day and by night, in two languages: nothing wider than the window, no rule of
// accessibility broken, nothing in the console.
func TestCompanyInABrowser(t *testing.T) {
	browser := openBrowser(t)
	h := New(nordkaffe().deps(t.TempDir()))
	waitForLosses(t, h)
	server := serve(t, h)
	for _, size := range []struct {
		name, lang string
		width      int64
		dark       bool
	}{{"company-desk", "da", 1280, false}, {"company-phone", "nl", 400, false}, {"company-phone-dark", "da", 400, true}} {
		w := openWindow(t, browser, server.URL, size.name, size.width, size.dark)
		for _, path := range []string{"/reasons", "/loss", "/voice", "/money", "/team", "/help", "/style"} {
			w.open(path + "?lang=" + size.lang)
			w.look(strings.TrimPrefix(path, "/"))
		}
	}
}

// A window of 320 pixels, which is also 1280 at four times the size, shows every
// page without scrolling sideways (WCAG 2.2, 1.4.10).
func TestReflowInABrowser(t *testing.T) {
	browser := openBrowser(t)
	server := serve(t, New(nordkaffe().deps(t.TempDir())))
	w := openWindow(t, browser, server.URL, "reflow", 320, false)
	for _, path := range []string{"/", "/lamps", "/customers", "/customers/" + strandID, "/loss", "/voice", "/money", "/team", "/help", "/style", "/settings", "/imports"} {
		w.open(path)
		if wide := get(w, chromedp.Evaluate[int](`document.documentElement.scrollWidth`)); wide > 320 {
			at := get(w, chromedp.Evaluate[string](`(() => { const e = [...document.querySelectorAll("main *")].find((e) => e.getBoundingClientRect().right > 321 && !e.closest(".scroll")); return e ? e.tagName + "." + e.className : "?"; })()`))
			t.Errorf("%s is %d wide at %s", path, wide, at)
		}
	}
}

// A figure's mark opens what it means without a script, where it can be seen, and
// the phone's bar hides nothing that has the focus.
func TestAskingInABrowser(t *testing.T) {
	browser := openBrowser(t)
	server := serve(t, New(nordkaffe().deps(t.TempDir())))
	for name, width := range map[string]int64{"asking-desk": 1280, "asking-phone": 400} {
		w := openWindow(t, browser, server.URL, name, width, false)
		command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		w.open("/")
		w.do(click(`h1 button.whatis`), visible("#what-atrisk"))
		command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: false})
		if inside := get(w, chromedp.Evaluate[bool](`(() => { const r = document.querySelector("#what-atrisk").getBoundingClientRect(); return r.left >= 0 && r.top >= 0 && r.right <= innerWidth && r.bottom <= innerHeight; })()`)); !inside {
			t.Errorf("%s: the explanation is not all in the window", name)
		}
		w.look("asking")
		w.do(chromedp.KeyEvent("\x1b"))
		w.until(`!document.querySelector("#what-atrisk").matches(":popover-open")`)
		if width > 760 {
			continue
		}
		for range 40 {
			w.do(chromedp.KeyEvent("\t"))
			if hidden := get(w, chromedp.Evaluate[string](`(() => {
				const e = document.activeElement, bar = document.querySelector(".bar");
				if (!e || bar.contains(e) || e === document.body) return "";
				const r = e.getBoundingClientRect(), b = bar.getBoundingClientRect();
				return r.height > 0 && r.top >= b.top ? e.outerHTML.slice(0, 120) : "";
			})()`)); hidden != "" {
				t.Errorf("%s: the bar hides what has the focus: %s", name, hidden)
				break
			}
		}
		w.do(click(".bar summary"), visible(".bar .sheet"))
		w.look("more")
		w.do(click(`.bar .sheet a[href="/money"]`), visible("#h-base"))
	}
}

// Nothing on the first page moves once it is drawn.
func TestNoShiftInABrowser(t *testing.T) {
	browser := openBrowser(t)
	server := serve(t, New(nordkaffe().deps(t.TempDir())))
	for name, width := range map[string]int64{"shift-desk": 1280, "shift-phone": 400} {
		w := openWindow(t, browser, server.URL, name, width, false)
		for _, path := range []string{"/", "/lamps", "/customers", "/customers/" + strandID} {
			w.open(path)
			moved := get(w, chromedp.Evaluate[float64](`new Promise((done) => {
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
