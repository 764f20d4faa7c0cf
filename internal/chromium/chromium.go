// Package chromium is a real Chromium window on pages, for tests: it opens, presses
// and types, takes pictures, and says what went wrong in it: rules of accessibility
// broken, words in the console, anything wider than the window, requests that
// leave the machine. Only tests import it; it stands on no floor.
package chromium

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A Window is a browser's window on the shop, with what went wrong in it.
type Window struct {
	T    *testing.T
	Base string // address of the shop
	Name string // of the pictures
	ctx  context.Context
	axe  string // source of the accessibility checker, or ""
	mu   sync.Mutex
	bad  []string
}

func find(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no Chromium on this machine: the pages were not opened in a browser")
	return ""
}

// pictures is where screenshots go: build/screenshots of the project.
func pictures(t *testing.T) string {
	t.Helper()
	dir := filepath.Join("..", "..", "build", "screenshots")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return t.TempDir()
	}
	return dir
}

func Open(t *testing.T) context.Context {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(find(t)), chromedp.NoSandbox, chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// Serve answers until the test ends. Open pages listen for ever: their streams are
// cut.
func Serve(t *testing.T, pages http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(pages)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server
}

// NewWindow opens a window of a width and
// listens for what goes wrong in it.
func NewWindow(t *testing.T, browser context.Context, base, name string, width int64, dark bool) *Window {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 300*time.Second)
	t.Cleanup(cancel)
	w := &Window{T: t, ctx: ctx, Base: base, Name: name}
	if b, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js")); err == nil {
		w.axe = string(b)
	}
	if err := chromedp.Listen(ctx, w.listen); err != nil {
		t.Fatalf("Chromium opens no window: %v", err)
	}
	Command(w, network.Enable, network.EnableParams{})
	Command(w, runtime.Enable, cdp.Empty{})
	Command(w, log.Enable, cdp.Empty{})
	Command(w, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600})
	w.Dark(dark)
	return w
}

func (w *Window) listen(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		w.bad = append(w.bad, "exception: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
			w.bad = append(w.bad, fmt.Sprintf("console.%s: %v", e.Type, e.Args))
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
			w.bad = append(w.bad, fmt.Sprintf("%s: %s (%s)", e.Entry.Level, e.Entry.Text, e.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		if url := e.Request.URL; !strings.HasPrefix(url, w.Base) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "about:") {
			w.bad = append(w.bad, "asked another machine: "+url)
		}
	}
}

// Do takes the steps one after the other. One that is not done within a minute
// fails the test, and says where the window stood.
func (w *Window) Do(steps ...chromedp.Action[chromedp.Void]) {
	w.T.Helper()
	for i, step := range steps {
		ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
		err := chromedp.Do(ctx, step)
		cancel()
		if err != nil {
			at, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string](`location.pathname + ": " + (document.querySelector("main")?.innerText ?? "").slice(0, 300)`))
			w.T.Fatalf("%s: step %d of %d: %v, at %s", w.Name, i+1, len(steps), err, at)
		}
	}
}

// Get runs one step and gives what it finds. A page that goes away under the
// question is asked again once the next one is there.
func Get[T any](w *Window, step chromedp.Action[T]) T {
	w.T.Helper()
	for tries := 20; ; tries-- {
		found, err := chromedp.Run(w.ctx, step)
		if err == nil {
			return found
		}
		if !strings.Contains(err.Error(), "navigated or closed") || tries == 0 {
			w.T.Fatalf("%s: %v", w.Name, err)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func Command[P, R any](w *Window, c cdp.Command[P, R], params P) {
	w.T.Helper()
	if _, err := chromedp.Call(w.ctx, c, params); err != nil {
		w.T.Fatalf("%s: %s: %v", w.Name, c.Method, err)
	}
}

// Until waits for a condition. (chromedp.Poll makes its function in the page,
// which our policy forbids.)
func (w *Window) Until(condition string) {
	w.T.Helper()
	for range 100 {
		if Get(w, chromedp.Evaluate[bool](condition)) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.T.Errorf("%s: never: %s", w.Name, condition)
}

func Visible(selector chromedp.CSS) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(selector)
}

func Click(selector chromedp.CSS) chromedp.Action[chromedp.Void] { return chromedp.Click(selector) }

func (w *Window) Open(path string) {
	w.T.Helper()
	w.Do(chromedp.Navigate(w.Base+path), Visible("main"))
}

// Look takes a picture of the whole page and checks it: nothing wider than the
// window, no accessibility rule broken, nothing said in the console.
func (w *Window) Look(page string) {
	w.T.Helper()
	picture := Get(w, chromedp.FullScreenshot(100))
	over := Get(w, chromedp.Evaluate[string](`(() => {
		const wide = document.documentElement.scrollWidth, window = document.documentElement.clientWidth;
		if (wide <= window) return "";
		const found = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > window + 1);
		return wide + " > " + window + " at " + (found ? found.tagName + "." + found.className : "?");
	})()`))
	if over != "" {
		w.T.Errorf("%s %s: wider than the window: %s", w.Name, page, over)
	}
	file := filepath.Join(pictures(w.T), page+"-"+w.Name+".png")
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		w.T.Log(err)
	}
	w.checkAccess(page)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, bad := range w.bad {
		w.T.Errorf("%s %s: %s", w.Name, page, bad)
	}
	w.bad = nil
}

func (w *Window) checkAccess(page string) {
	w.T.Helper()
	if w.axe == "" {
		return
	}
	Get(w, chromedp.Evaluate[int](w.axe+";0"))
	found := Get(w, chromedp.Evaluate[string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html + " — " + n.failureSummary).join(" | "))))`, chromedp.EvalAwaitPromise))
	var rules []string
	if err := json.Unmarshal([]byte(found), &rules); err != nil {
		w.T.Fatalf("the accessibility checker said %q", found)
	}
	for _, rule := range rules {
		w.T.Errorf("%s %s: %.600s", w.Name, page, rule)
	}
}

// Files writes a file for the browser to choose.
func (w *Window) Files(name, content string) []string {
	w.T.Helper()
	path := filepath.Join(w.T.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.T.Fatal(err)
	}
	return []string{path}
}

// Dark turns the lights of the window off, or on again.
func (w *Window) Dark(dark bool) {
	w.T.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	w.media("", scheme)
}

// Paper shows pages as they are printed, or on the screen again.
func (w *Window) Paper(paper bool) {
	w.T.Helper()
	media := ""
	if paper {
		media = "print"
	}
	w.media(media, "light")
}

func (w *Window) media(media, scheme string) {
	w.T.Helper()
	Command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}
