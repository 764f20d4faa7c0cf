package web

import (
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestTwoWindows has two people at work: what one decides shows in the other's
// window without a reload, what the other types is left alone and comes back
// after a reload.
func TestTwoWindows(t *testing.T) {
	browser := openBrowser(t)
	shop := nordkaffe()
	shop.slow = 400 * time.Millisecond
	server := serve(t, New(shop.deps(t.TempDir())))
	anna := openWindow(t, browser, server.URL, "anna", 1280, false)
	bo := openWindow(t, browser, server.URL, "bo", 1280, false)
	const rhythm = "[data-lamp=rhythm]:not(.set-aside) "
	bo.open("/customers/" + strandID)
	bo.until(`!document.hidden`)
	get(bo, chromedp.Evaluate[bool](`window.same = true`))
	anna.open("/customers/" + strandID)
	anna.do(click(chromedp.CSS(rhythm+"[data-act=acknowledged] button")), visible(chromedp.CSS(rhythm+"[data-act=lit] button")))
	bo.until(`!!document.querySelector("[data-lamp=rhythm] [data-act=lit]") && window.same`)
	bo.until(`document.querySelector("#live p").textContent.includes("Somebody has taken this")`)
	bo.look("live-taken")

	// Bo types; Anna decides meanwhile: what he typed stays until he says so.
	why := chromedp.CSS("[data-lamp=category_lost] [data-act=snoozed] [name=why]")
	bo.do(click("[data-lamp=category_lost] .decide > details summary"), visible(why), chromedp.SendKeys(why, "on leave"))
	anna.do(click(chromedp.CSS(rhythm+"[data-act=lit] button")), visible(chromedp.CSS(rhythm+"[data-act=acknowledged] button")))
	bo.until(`!document.querySelector("#live [data-show]").hidden`)
	typed := `document.querySelector("[data-lamp=category_lost] [data-act=snoozed] [name=why]").value`
	if is := get(bo, chromedp.Evaluate[string](typed)); is != "on leave" {
		t.Errorf("what was being typed is %q", is)
	}
	bo.look("live-typing")
	bo.do(click("#live [data-show]"))
	bo.until(`!!document.querySelector("[data-lamp=rhythm] [data-act=acknowledged]") && ` + typed + ` === "on leave"`)

	bo.do(chromedp.Reload())
	bo.until(typed + ` === "on leave" && !!document.querySelector("form .draft")`)
	bo.look("live-draft")
	bo.do(click("form .draft button"))
	bo.until(typed + ` === ""`)
	bo.do(chromedp.Reload())
	bo.until(`document.readyState === "complete" && ` + typed + ` === ""`)

	// Work under way moves by itself.
	bo.open("/imports")
	bo.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), bo.files("ordrer.csv", "Kunde;Dato\nK-1;2025-01-01\n")), click(".drop button"),
		visible("#count button.go"), click("#count button.go"), visible("#work progress"))
	bo.until(`document.querySelector("#work progress")?.value >= 20`)
	bo.do(visible("#work .actions"))
	if n := get(bo, chromedp.Evaluate[int](`performance.getEntriesByType("navigation").length`)); n != 1 || !strings.Contains(get(bo, chromedp.Location()), "/work/") {
		t.Error("the work's page was loaded anew")
	}
}
