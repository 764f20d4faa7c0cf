package web

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

// A window is a browser's window on the shop, with what went wrong in it.
type window struct {
	t    *testing.T
	ctx  context.Context
	base string
	name string // of the screenshots
	axe  string // source of the accessibility checker, or ""
	mu   sync.Mutex
	bad  []string
}

func chromium(t *testing.T) string {
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

func openBrowser(t *testing.T) context.Context {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium does not start: %v", err)
	}
	return ctx
}

// serve answers until the test ends. Open pages listen for ever: their streams are
// cut.
func serve(t *testing.T, pages http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(pages)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return server
}

// openWindow opens a window of a width and listens for what goes wrong in it.
func openWindow(t *testing.T, browser context.Context, base, name string, width int64, dark bool) *window {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 180*time.Second)
	t.Cleanup(cancel)
	w := &window{t: t, ctx: ctx, base: base, name: name}
	if b, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js")); err == nil {
		w.axe = string(b)
	}
	if err := chromedp.Listen(ctx, w.listen); err != nil {
		t.Fatalf("Chromium opens no window: %v", err)
	}
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	command(w, network.Enable, network.EnableParams{})
	command(w, runtime.Enable, cdp.Empty{})
	command(w, log.Enable, cdp.Empty{})
	command(w, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 900, DeviceScaleFactor: 1, Mobile: width < 600})
	command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
	return w
}

func (w *window) listen(event any) {
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
		if url := e.Request.URL; !strings.HasPrefix(url, w.base) && !strings.HasPrefix(url, "data:") && !strings.HasPrefix(url, "about:") {
			w.bad = append(w.bad, "asked another machine: "+url)
		}
	}
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, steps...); err != nil {
		w.t.Fatalf("%s: %v", w.name, err)
	}
}

// get runs one step and gives what it finds.
func get[T any](w *window, step chromedp.Action[T]) T {
	w.t.Helper()
	found, err := chromedp.Run(w.ctx, step)
	if err != nil {
		w.t.Fatalf("%s: %v", w.name, err)
	}
	return found
}

func command[P, R any](w *window, c cdp.Command[P, R], params P) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, c, params); err != nil {
		w.t.Fatalf("%s: %s: %v", w.name, c.Method, err)
	}
}

// until waits for a condition. (chromedp.Poll makes its function in the page,
// which our policy forbids.)
func (w *window) until(condition string) {
	w.t.Helper()
	for range 100 {
		if get(w, chromedp.Evaluate[bool](condition)) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Errorf("%s: never: %s", w.name, condition)
}

func visible(selector chromedp.CSS) chromedp.Action[chromedp.Void] {
	return chromedp.WaitVisible(selector)
}

func click(selector chromedp.CSS) chromedp.Action[chromedp.Void] { return chromedp.Click(selector) }

func (w *window) open(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.base+path), visible("main"))
}

// look takes a picture of the whole page and checks it: nothing wider than the
// window, no accessibility rule broken, nothing said in the console.
func (w *window) look(page string) {
	w.t.Helper()
	picture := get(w, chromedp.FullScreenshot(100))
	over := get(w, chromedp.Evaluate[string](`(() => {
		const wide = document.documentElement.scrollWidth, window = document.documentElement.clientWidth;
		if (wide <= window) return "";
		const found = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > window + 1);
		return wide + " > " + window + " at " + (found ? found.tagName + "." + found.className : "?");
	})()`))
	if over != "" {
		w.t.Errorf("%s %s: wider than the window: %s", w.name, page, over)
	}
	file := filepath.Join(pictures(w.t), page+"-"+w.name+".png")
	if err := os.WriteFile(file, picture, 0o644); err != nil {
		w.t.Log(err)
	}
	w.checkAccess(page)
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, bad := range w.bad {
		w.t.Errorf("%s %s: %s", w.name, page, bad)
	}
	w.bad = nil
}

func (w *window) checkAccess(page string) {
	w.t.Helper()
	if w.axe == "" {
		return
	}
	get(w, chromedp.Evaluate[int](w.axe+";0"))
	found := get(w, chromedp.Evaluate[string](`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
		.then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html + " — " + n.failureSummary).join(" | "))))`, chromedp.EvalAwaitPromise))
	var rules []string
	if err := json.Unmarshal([]byte(found), &rules); err != nil {
		w.t.Fatalf("the accessibility checker said %q", found)
	}
	for _, rule := range rules {
		w.t.Errorf("%s %s: %.600s", w.name, page, rule)
	}
}

// TestBrowser does a morning's work in a real browser, at a desk and on a
// phone: open Today, walk it by keyboard, open a customer, narrow the lamps,
// bring a file in, take it back.
func TestBrowser(t *testing.T) {
	browser := openBrowser(t)
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
			server := serve(t, New(shop.deps(t.TempDir())))
			w := openWindow(t, browser, server.URL, size.name, size.width, size.dark)
			morning(w)
			bringIn(w)
			rest(w)
		})
	}
}

func morning(w *window) {
	w.t.Helper()
	w.open("/")
	w.look("today")
	w.do(chromedp.KeyEvent("j"), chromedp.KeyEvent("j"), chromedp.KeyEvent("k"))
	if at := get(w, chromedp.Evaluate[string](`document.activeElement.textContent`)); at != "Hotel Strandgården" {
		w.t.Errorf("%s: j, j, k lead to %q", w.name, at)
	}
	w.do(chromedp.KeyEvent("\r"), visible("#happened"))
	if place := get(w, chromedp.Location()); !strings.HasSuffix(place, "/customers/"+strandID) {
		w.t.Errorf("%s: Enter leads to %s", w.name, place)
	}
	w.look("customer")
	settle(w)
	w.open("/lamps")
	w.look("lamps")
	w.do(chromedp.KeyEvent("/"), chromedp.KeyEvent("lykke"))
	w.until(`document.querySelectorAll("#list tbody tr").length === 1 && location.search.includes("q=lykke")`)
	if place := get(w, chromedp.Location()); !strings.Contains(place, "q=lykke") {
		w.t.Errorf("%s: the address %s does not carry the search", w.name, place)
	}
	w.open("/lamps?q=nobody")
	w.look("lamps-none")
	w.open("/customers")
	w.look("customers")
}

// settle puts both lamps of the customer to sleep, finds them gone from the list,
// and lights one of them again.
func settle(w *window) {
	w.t.Helper()
	listed := `[...document.querySelectorAll("#list tbody tr")].filter((r) => r.textContent.includes("Hotel Strandgården")).length`
	for _, kind := range []string{"rhythm", "category_lost"} {
		at := `[data-lamp=` + kind + `]:not(.set-aside) `
		w.do(click(chromedp.CSS(at+".decide > details summary")), visible(chromedp.CSS(at+"[data-act=snoozed] [name=why]")))
		if kind == "rhythm" {
			w.look("customer-snooze")
		}
		w.do(chromedp.SendKeys(chromedp.CSS(at+"[data-act=snoozed] [name=why]"), "renovating"), click(chromedp.CSS(at+"[data-act=snoozed] button")),
			visible(chromedp.CSS(`[data-lamp=`+kind+`].set-aside`)))
	}
	w.look("customer-aside")
	w.open("/lamps")
	if n := get(w, chromedp.Evaluate[int](listed)); n != 0 {
		w.t.Errorf("%s: %d lamps are listed although they sleep", w.name, n)
	}
	w.open("/customers/" + strandID)
	w.do(click(chromedp.CSS("[data-lamp=rhythm].set-aside .decide button")), visible(chromedp.CSS("[data-lamp=rhythm]:not(.set-aside)")))
	w.open("/lamps")
	if n := get(w, chromedp.Evaluate[int](listed)); n != 1 {
		w.t.Errorf("%s: %d lamps are listed after one was lit again", w.name, n)
	}
	for page, path := range map[string]string{"lamp-kind": "/lamps/kinds/rhythm", "lamp-kinds": "/lamps/kinds", "customer-row": "/customers/" + strandID + "?row=losses:#row-losses"} {
		w.open(path)
		w.look(page)
	}
}

func bringIn(w *window) {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "ordrer.csv")
	if err := os.WriteFile(file, []byte("Kunde;Dato;Beløb\nK-1;2025-01-01;10\n"), 0o600); err != nil {
		w.t.Fatal(err)
	}
	w.open("/imports")
	w.look("imports")
	w.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}), click(".drop button"),
		visible("#count button.go"))
	w.look("upload")
	w.do(click("#count button.go"), visible("#work progress"))
	w.do(visible("#work .actions"))
	w.look("imported")
	w.open("/imports/2")
	w.look("receipt")
	w.open("/imports/2/undo")
	w.look("undo")
	w.do(click("button.danger"), visible("#work .actions"))
	w.open("/imports")
	if undone := get(w, chromedp.Evaluate[int](`document.querySelectorAll("tr.undone").length`)); undone != 1 {
		w.t.Errorf("%s: %d imports are shown as undone", w.name, undone)
	}
}

func rest(w *window) {
	w.t.Helper()
	for page, path := range map[string]string{"settings": "/settings", "help": "/help", "customer-quiet": "/customers/K-1047"} {
		w.open(path)
		w.look(page)
	}
	empty := emptyShop()
	server := serve(w.t, New(empty.deps(w.t.TempDir())))
	w.base = server.URL
	w.open("/?lang=da")
	w.look("begin")
	w.do(chromedp.Navigate(w.base + "/?lang=en"))
}

// TestWithoutScript does the same reading and the same import with scripts
// switched off.
func TestWithoutScript(t *testing.T) {
	browser := openBrowser(t)
	server := serve(t, New(nordkaffe().deps(t.TempDir())))
	w := openWindow(t, browser, server.URL, "plain", 1280, false)
	command(w, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	file := filepath.Join(t.TempDir(), "ordrer.csv")
	if err := os.WriteFile(file, []byte("Kunde;Dato\nK-1;2025-01-01\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.open("/lamps")
	w.do(chromedp.SendKeys(chromedp.CSS("#q"), "lykke\r"), visible(`#q[value="lykke"]`)) // the page that answers, not the one that asked
	w.open("/imports")
	w.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}), click(".drop button"), visible("#count button.go"),
		click("#count button.go"), visible("#work .actions"))
}

// TestPaper prints Today: the navigation and the buttons stay off the paper.
func TestPaper(t *testing.T) {
	browser := openBrowser(t)
	server := serve(t, New(nordkaffe().deps(t.TempDir())))
	w := openWindow(t, browser, server.URL, "paper", 800, false)
	command(w, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	for page, path := range map[string]string{"today": "/", "customer": "/customers/" + strandID} {
		w.open(path)
		if shown := get(w, chromedp.Evaluate[string](`getComputedStyle(document.querySelector(".side")).display`)); shown != "none" {
			t.Errorf("the navigation of %s is printed: %s", page, shown)
		}
		w.look(page)
	}
}
