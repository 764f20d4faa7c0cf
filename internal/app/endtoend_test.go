package app

import (
	"context"
	"net/http/httptest"
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
// browser: an account, a file, the first lamps, a customer, out and in again.
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
	do("sign out and in", chromedp.Navigate(server.URL+"/account"), chromedp.Click(chromedp.CSS("form.out button")), chromedp.WaitVisible(chromedp.CSS("form[action='/sign-in'] [name=email]")),
		type1("[name=email]", "mette@nordkaffe.example"), type1("[name=password]", password), chromedp.Click(chromedp.CSS("form[action='/sign-in'] button.go")), chromedp.WaitVisible(chromedp.CSS("#places")))
	for len(thrown) > 0 {
		t.Errorf("in the browser: %s", <-thrown)
	}
}
