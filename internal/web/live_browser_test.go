package web

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"behold/internal/chromium"
)

// TestTwoWindows has two people at work: what one decides shows in the other's
// window without a reload, what the other types is left alone and comes back
// after a reload.
func TestTwoWindows(t *testing.T) {
	browser := chromium.Open(t)
	shop := nordkaffe()
	shop.slow = 400 * time.Millisecond
	server := chromium.Serve(t, New(shop.deps(t.TempDir())))
	anna := chromium.NewWindow(t, browser, server.URL, "anna", 1280, false)
	bo := chromium.NewWindow(t, browser, server.URL, "bo", 1280, false)
	const rhythm = "[data-lamp=rhythm]:not(.set-aside) "
	bo.Open("/customers/" + strandID)
	bo.Until(`!document.hidden`)
	chromium.Get(bo, chromedp.Evaluate[bool](`window.same = true`))
	anna.Open("/customers/" + strandID)
	anna.Do(chromium.Click(chromedp.CSS(rhythm+"[data-act=acknowledged] button")), chromium.Visible(chromedp.CSS(rhythm+"[data-act=lit] button")))
	bo.Until(`!!document.querySelector("[data-lamp=rhythm] [data-act=lit]") && window.same`)
	bo.Until(`document.querySelector("#live p").textContent.includes("Somebody has taken this")`)
	bo.Look("live-taken")

	// Bo types; Anna decides meanwhile: what he typed stays until he says so.
	why := chromedp.CSS("[data-lamp=category_lost] [data-act=snoozed] [name=why]")
	bo.Do(chromium.Click("[data-lamp=category_lost] .decide > details summary"), chromium.Visible(why), chromedp.SendKeys(why, "on leave"))
	anna.Do(chromium.Click(chromedp.CSS(rhythm+"[data-act=lit] button")), chromium.Visible(chromedp.CSS(rhythm+"[data-act=acknowledged] button")))
	bo.Until(`!document.querySelector("#live [data-show]").hidden`)
	typed := `document.querySelector("[data-lamp=category_lost] [data-act=snoozed] [name=why]").value`
	if is := chromium.Get(bo, chromedp.Evaluate[string](typed)); is != "on leave" {
		t.Errorf("what was being typed is %q", is)
	}
	bo.Look("live-typing")
	bo.Do(chromium.Click("#live [data-show]"))
	bo.Until(`!!document.querySelector("[data-lamp=rhythm] [data-act=acknowledged]") && ` + typed + ` === "on leave"`)

	bo.Do(chromedp.Reload())
	bo.Until(typed + ` === "on leave" && !!document.querySelector("form .draft")`)
	bo.Look("live-draft")
	bo.Do(chromium.Click("form .draft button"))
	bo.Until(typed + ` === ""`)
	bo.Do(chromedp.Reload())
	bo.Until(`document.readyState === "complete" && ` + typed + ` === ""`)

	// Work under way moves by itself.
	bo.Open("/imports")
	bo.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), bo.Files("ordrer.csv", "Kunde;Dato\nK-1;2025-01-01\n")), chromium.Click(".drop button"),
		chromium.Visible("#count button.go"), chromium.Click("#count button.go"), chromium.Visible("#work progress"))
	bo.Until(`document.querySelector("#work progress")?.value >= 20`)
	bo.Do(chromium.Visible("#work .actions"))
	if n := chromium.Get(bo, chromedp.Evaluate[int](`performance.getEntriesByType("navigation").length`)); n != 1 || !strings.Contains(chromium.Get(bo, chromedp.Location()), "/work/") {
		t.Error("the work's page was loaded anew")
	}
}
