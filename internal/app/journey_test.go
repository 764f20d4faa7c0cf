package app

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"behold"
	"behold/internal/chromium"
	"behold/internal/sample"
)

const (
	mette    = "mette@nordkaffe.example"
	password = "grinder and six cups"
)

// TestJourney is the first morning of a new owner on a Danish phone, on real doors
// and in a real browser: an account, a file whose column nobody knows, the first
// lamps, everything that can be written down and taken back.
func TestJourney(t *testing.T) {
	browser := chromium.Open(t)
	a := openAll(t)
	server := chromium.Serve(t, a.Pages(false, behold.Colleague{}))
	t.Cleanup(a.live.Close)
	w := chromium.NewWindow(t, browser, server.URL, "journey-phone-da", 400, false)
	becomeOwner(w, "da")
	bringOrders(w)
	first := cards(w)
	for _, part := range []struct {
		name string
		do   func()
	}{
		{"write down", func() { writeDown(w, first[0]) }},
		{"decide", func() { decide(w) }},
		{"promise", func() { keepPromise(w) }},
		{"many", func() { decideMany(w) }},
		{"search", func() { search(w, first[0]) }},
		{"settings", func() { settings(w) }},
		{"member", func() { welcome(w) }},
	} {
		t.Run(part.name, func(t *testing.T) {
			w.T = t
			part.do()
		})
	}
}

// openAll is a new shop in which nobody is held out, so that the lists are long.
func openAll(t *testing.T) *App {
	t.Helper()
	a := openApp(t, t.TempDir())
	if err := a.Set(t.Context(), "holdout_share", "0"); err != nil {
		t.Fatal(err)
	}
	return a
}

// fresh does steps after which the page is written anew, in place or as another.
func fresh(w *chromium.Window, steps ...chromedp.Action[chromedp.Void]) {
	w.T.Helper()
	chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("main").dataset.before = "yes"`))
	w.Do(steps...)
	w.Until(`document.readyState === "complete" && !!document.querySelector("main") && !document.querySelector("main").dataset.before`)
}

func send(at, words string) chromedp.Action[chromedp.Void] {
	return chromedp.SendKeys(chromedp.CSS(at), words)
}

func press(at string) chromedp.Action[chromedp.Void] { return chromium.Click(chromedp.CSS(at)) }

func becomeOwner(w *chromium.Window, lang string) {
	w.T.Helper()
	w.Open("/?lang=" + lang)
	w.Look("owner")
	fresh(w, send("[name=name]", "Mette"), send("[name=email]", mette), send("[name=password]", password),
		chromedp.SetValue(chromedp.CSS("[name=company]"), "Nordkaffe"), press("form[action='/first'] button.go"))
	w.Do(chromium.Visible("ol.steps"))
	if is := chromium.Get(w, chromedp.Evaluate[string](`document.documentElement.lang`)); is != lang {
		w.T.Errorf("%s: the first page is in %q", w.Name, is)
	}
}

// bringOrders brings in a file whose day column has a name that nobody knows, and
// says which it is.
func bringOrders(w *chromium.Window) {
	w.T.Helper()
	dir := w.T.TempDir()
	if err := sample.Write(w.T.Context(), dir, sample.Options{Customers: 120, Months: 24, Seed: 1, Until: behold.DayOf(time.Now()) - 1}); err != nil {
		w.T.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "orders.csv"))
	if err != nil {
		w.T.Fatal(err)
	}
	w.Open("/imports")
	w.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), w.Files("orders.csv", strings.Replace(string(b), "ordered_at", "qqq", 1))),
		press(".drop button"), chromium.Visible("#c2"))
	if as := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("#as").value`)); as != "orders" {
		choose(w, `document.querySelector("#as")`, "orders")
	}
	choose(w, `[...document.querySelectorAll(".reading-as tbody tr")].find((r) => r.querySelector("th").textContent.trim() === "qqq").querySelector("select")`, "ordered_at")
	w.Do(chromium.Visible("#count button.go"))
	w.Look("upload")
	w.Do(press("#count button.go"), chromium.Visible("#work .actions a.go"))
	w.Look("imported")
	w.Do(press("#work .actions a.go"), chromium.Visible(".card [data-open]"))
	w.Look("today")
}

// choose says otherwise how a file is read, and waits for what is then read.
func choose(w *chromium.Window, at, value string) {
	w.T.Helper()
	chromium.Get(w, chromedp.Evaluate[bool](`(() => {
		document.querySelector("#upload").dataset.before = "yes";
		const choice = `+at+`;
		choice.value = "`+value+`";
		choice.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`))
	w.Until(`!!document.querySelector("#upload") && !document.querySelector("#upload").dataset.before`)
}

// cards are the addresses of the customers on Today.
func cards(w *chromium.Window) []string {
	w.T.Helper()
	found := strings.Fields(chromium.Get(w, chromedp.Evaluate[string](`[...document.querySelectorAll(".card [data-open]")].map((a) => a.getAttribute("href")).join(" ")`)))
	if len(found) < 3 {
		w.T.Fatalf("%s: only %d customers on Today", w.Name, len(found))
	}
	return found
}

// did wants that the page says what was done, and that the focus is not lost.
func did(w *chromium.Window, what string) {
	w.T.Helper()
	if says := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("#did p")?.textContent ?? ""`)); says == "" {
		w.T.Errorf("%s: %s: the page does not say that it was done: %s", w.Name, what, chromium.Get(w, chromedp.Evaluate[string](`[...document.querySelectorAll(".refused:not([hidden]), .wrong")].map((e) => e.textContent).join(" ")`)))
	}
	if lost := chromium.Get(w, chromedp.Evaluate[bool](`document.activeElement === document.body`)); lost {
		w.T.Errorf("%s: %s: the focus is lost", w.Name, what)
	}
}

// writeDown writes one entry of each kind about a customer and takes each back;
// a promise and a surprise stay.
func writeDown(w *chromium.Window, customer string) {
	w.T.Helper()
	w.Open(customer)
	fresh(w, press(".write .taps button[value=call]"))
	did(w, "a call")
	fresh(w, press("#did [data-undo]"))
	did(w, "a call taken back")
	for _, e := range []struct{ kind, field, words string }{
		{"note", "textarea[name=text]", "asked for decaf"}, {"promise", "[name=text]", "samples of the new roast"},
		{"refusal", "[name=text]", "credit for ninety days"}, {"surprise", "[name=text]", "a cake for the opening"}, {"loss", "[name=competitor]", "Another roaster"},
	} {
		form := ".more-forms form[data-kind=" + e.kind + "]"
		steps := []chromedp.Action[chromedp.Void]{press(".more-forms details:has(form[data-kind=" + e.kind + "]) > summary"), send(form+" "+e.field, e.words)}
		if e.kind == "loss" {
			steps = append(steps, send(form+" [name=reason]", kb.ArrowDown)) // arrow down
		}
		fresh(w, append(steps, press(form+" button.go"))...)
		did(w, e.kind)
		if e.kind == "note" {
			w.Look("customer-did")
		}
		fresh(w, press("#did [data-undo]"))
		did(w, e.kind+" taken back")
		if e.kind == "promise" || e.kind == "surprise" {
			fresh(w, press("#did [data-undo]"))
			did(w, e.kind+" after all")
		}
	}
	if n := chromium.Get(w, chromedp.Evaluate[int](`document.querySelectorAll(".open-entries li").length`)); n != 2 {
		w.T.Errorf("%s: %d promises and surprises are open", w.Name, n)
	}
	w.Look("customer")
}

// decide takes, puts to sleep and calls wrong what the first card says, and takes
// each back.
func decide(w *chromium.Window) {
	w.T.Helper()
	w.Open("/")
	for _, act := range []string{"acknowledged", "snoozed", "false_alarm"} {
		form := ".card:first-child form[data-act=" + act + "]"
		customer := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector(".card").dataset.customer`))
		if act == "acknowledged" {
			fresh(w, press(form+" button"))
		} else {
			fresh(w, press(".card:first-child details:has(form[data-act="+act+"]) > summary"), send(form+" [name=why]", "they renovate"), press(form+" button"))
		}
		did(w, act)
		listed := `!!document.querySelector('.card[data-customer="` + customer + `"]')`
		if chromium.Get(w, chromedp.Evaluate[bool](listed)) {
			w.T.Errorf("%s: %s is still listed after %s", w.Name, customer, act)
		}
		fresh(w, press("#did [data-undo]"))
		if !chromium.Get(w, chromedp.Evaluate[bool](listed)) {
			w.T.Errorf("%s: %s does not come back after %s was taken back", w.Name, customer, act)
		}
	}
}

func keepPromise(w *chromium.Window) {
	w.T.Helper()
	w.Open("/promises")
	w.Look("promises")
	fresh(w, press("[data-item] form[data-what=keep] button"))
	did(w, "kept")
	fresh(w, press("#did [data-undo]"))
	did(w, "not kept after all")
}

func decideMany(w *chromium.Window) {
	w.T.Helper()
	w.Open("/lamps")
	w.Do(press("#list tbody tr:nth-child(1) [name=lamp]"), press("#list tbody tr:nth-child(2) [name=lamp]"), press("#many .deeds > button[value=acknowledged]"), chromium.Visible(".outcome"))
	w.Look("lamps-taken")
	if n := chromium.Get(w, chromedp.Evaluate[int](`document.querySelectorAll(".outcome tbody tr:not(.bad)").length`)); n != 2 {
		w.T.Errorf("%s: %d lamps were taken", w.Name, n)
	}
	fresh(w, press(".after form button"))
	w.Do(chromium.Visible(".outcome"))
	if n := chromium.Get(w, chromedp.Evaluate[int](`document.querySelectorAll(".outcome tbody tr:not(.bad)").length`)); n != 2 {
		w.T.Errorf("%s: %d lamps were lit again", w.Name, n)
	}
}

func search(w *chromium.Window, customer string) {
	w.T.Helper()
	id := strings.TrimPrefix(customer, "/customers/")
	w.Open("/customers")
	w.Do(send("#q", id))
	w.Until(`location.search.includes("q=") && document.querySelectorAll("#list tbody tr").length === 1 && !!document.querySelector('#list [data-open][href="` + customer + `"]')`)
	w.Look("customers-searched")
}

func settings(w *chromium.Window) {
	w.T.Helper()
	w.Open("/settings")
	w.Do(chromedp.SetValue(chromedp.CSS("#years"), "4"))
	fresh(w, press("form.room .save button"))
	w.Do(chromium.Visible("p.saved"))
	if is := chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("#years").value`)); is != "4" {
		w.T.Errorf("%s: %q years were kept", w.Name, is)
	}
}

// welcome invites a member, who comes by the link with a browser of their own and
// sees what a member may.
func welcome(w *chromium.Window) {
	w.T.Helper()
	w.Open("/settings/colleagues")
	fresh(w, send("form.settings [name=email]", "bo@nordkaffe.example"), send("form.settings [name=name]", "Bo"), press("form.settings [name=role][value=member]"), press("form.settings button.go"))
	link, err := url.Parse(chromium.Get(w, chromedp.Evaluate[string](`document.querySelector("input.address").value`)))
	if err != nil {
		w.T.Fatal(err)
	}
	w.Look("invited")
	bo := chromium.NewWindow(w.T, chromium.Open(w.T), w.Base, w.Name+"-member", 1280, false)
	bo.Open(link.Path)
	bo.Look("invitation")
	fresh(bo, send("[name=password]", "a second good password"), press("form.settings button.go"))
	bo.Do(chromium.Visible("#cards .calm")) // the lists of the morning were made before Bo came
	bo.Look("member")
	for path, want := range map[string]int{"/lamps": 200, "/promises": 200, "/money": 403, "/settings/colleagues": 403, "/uploads": 403} {
		if status := chromium.Get(bo, chromedp.NavigateResponse(w.Base+path)).Status; status != int64(want) {
			w.T.Errorf("%s: a member gets %d at %s", w.Name, status, path)
		}
		if led := chromium.Get(bo, chromedp.Evaluate[bool](`!!document.querySelector('nav a[href="`+path+`"]')`)); led && want == 403 {
			w.T.Errorf("%s: a member is led to %s", w.Name, path)
		}
	}
}
