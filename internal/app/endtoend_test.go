package app

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"behold"
	"behold/internal/sample"
)

// TestEndToEnd is the first morning of a new owner, on real doors and in a real
// browser: an account, a file, the first lamps, a call written down, out and in
// again; then every page for managers, held to the rules of access.
func TestEndToEnd(t *testing.T) {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no Chromium on this machine: the pages were not opened in a browser")
	}
	a := openApp(t, t.TempDir())
	server := httptest.NewServer(a.Pages(false, behold.Colleague{}))
	t.Cleanup(func() { a.live.Close(); server.CloseClientConnections(); server.Close() })
	files := t.TempDir()
	if err := sample.Write(t.Context(), files, sample.Options{Customers: 60, Months: 24, Seed: 1, Until: behold.DayOf(time.Now()) - 1}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium), chromedp.NoSandbox)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 70*time.Second)
	t.Cleanup(cancel)
	do := func(what string, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	do("start")
	thrown := make(chan string, 100)
	if err := chromedp.Listen(ctx, func(e any) {
		if e, ok := e.(*runtime.EventExceptionThrown); ok {
			thrown <- e.ExceptionDetails.Text
		}
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, runtime.Enable, cdp.Empty{}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1280, Height: 900, DeviceScaleFactor: 1}); err != nil {
		t.Fatal(err)
	}
	const password = "grinder and six cups"
	type1 := func(field chromedp.CSS, words string) chromedp.Action[chromedp.Void] {
		return chromedp.SendKeys(field, words)
	}
	do("become the owner", chromedp.Navigate(server.URL+"/?lang=en"), type1("[name=name]", "Mette"), type1("[name=email]", "mette@nordkaffe.example"),
		type1("[name=password]", password), chromedp.SetValue(chromedp.CSS("[name=company]"), "Nordkaffe"), chromedp.Click(chromedp.CSS("form[action='/first'] button.go")), chromedp.WaitVisible(chromedp.CSS("#places")))
	do("bring a file in", chromedp.Navigate(server.URL+"/imports"), chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{filepath.Join(files, "orders.csv")}),
		chromedp.Click(chromedp.CSS(".drop button")), chromedp.WaitVisible(chromedp.CSS("#count button.go")), chromedp.Click(chromedp.CSS("#count button.go")),
		chromedp.WaitVisible(chromedp.CSS("#work .actions a.go")), chromedp.Click(chromedp.CSS("#work .actions a.go")))
	do("see the first lamps and open a customer", chromedp.WaitVisible(chromedp.CSS(".card [data-open]")), chromedp.Click(chromedp.CSS(".card [data-open]")), chromedp.WaitVisible(chromedp.CSS("#happened")))
	do("sign out and in", chromedp.Navigate(server.URL+"/account"), chromedp.Click(chromedp.CSS("form.out button")), chromedp.WaitVisible(chromedp.CSS("[name=password]")),
		chromedp.Navigate(server.URL+"/sign-in"), type1("[name=email]", "mette@nordkaffe.example"), type1("[name=password]", password), chromedp.Click(chromedp.CSS("form[action='/sign-in'] button.go")), chromedp.WaitVisible(chromedp.CSS("#places")))
	axe, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Log("axe-core is not installed (npm ci): accessibility was not checked")
	}
	for _, path := range []string{"/", "/lamps", "/customers", "/promises", "/reasons", "/loss", "/voice", "/money", "/team", "/imports", "/settings", "/settings/colleagues", "/settings/changes", "/account", "/help"} {
		do(path, chromedp.Navigate(server.URL+path), chromedp.WaitVisible(chromedp.CSS("main h1")))
		if axe == nil {
			continue
		}
		found, err := chromedp.Run(ctx, chromedp.Evaluate[string](string(axe)+`; axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
			.then((r) => JSON.stringify(r.violations.map((v) => v.id + ": " + v.nodes[0].html)))`, chromedp.EvalAwaitPromise))
		var rules []string
		if err != nil || json.Unmarshal([]byte(found), &rules) != nil {
			t.Fatalf("%s: the accessibility checker said %q, %v", path, found, err)
		}
		for _, rule := range rules {
			t.Errorf("%s: %.400s", path, rule)
		}
	}
	for len(thrown) > 0 {
		t.Errorf("in the browser: %s", <-thrown)
	}
}
