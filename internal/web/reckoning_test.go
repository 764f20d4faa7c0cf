package web

import (
	"context"
	"io"
	"strings"
	"testing"

	"behold"
	"behold/internal/economy"
)

// A countedShop is a shop whose last round counted the company as a whole.
type countedShop struct{}

func (c countedShop) Kept(_ context.Context, day behold.Day) (*economy.Reckoning, bool, error) {
	cac := 3100.0
	return &economy.Reckoning{
		Day: day, Currency: "DKK", Ladder: []economy.Rung{{Figure: "margin_share", Now: 0.25}},
		Funnel: &economy.Funnel{Came: 100, End: 500, Rate: 0.2, RateLow: 0.18, RateHigh: 0.22, Each: 1000, Years: 5, Discount: 0.1, HourCost: 500, Warned: 250},
		Effort: economy.Effort{CAC: &cac, Brings: 9800},
		Worth:  economy.Worth{Base: 1234, Holders: 7},
	}, true, nil
}

func (c countedShop) Chapters(_ context.Context, which string, r *economy.Reckoning, language string) ([]Chapter, error) {
	first := map[string]figure{"loss": figNormal, "funnel": figFunnel, "economy": figLossCost, "money": figLossCost, "fairness": figFair}[which]
	return []Chapter{{Figure: string(first), Title: "About " + which + " <b>", Says: []string{"First of " + which + ".", "Second of " + which + "."}, Wide: "<svg>wide</svg>", Narrow: "<svg>narrow</svg>",
		Tables: []ChapterTable{{Head: []string{"What", "Much"}, Rows: []ChapterRow{{Cells: []string{"<i>this", "17"}, Strong: true}}}}}}, nil
}

func (c countedShop) WriteReport(_ context.Context, w io.Writer, which string, r *economy.Reckoning, language string) error {
	_, err := io.WriteString(w, "<html lang="+language+">"+which)
	return err
}

func (c countedShop) CostRange(_ context.Context, st *behold.Standing, _ behold.Day) (low, high behold.Money, ok bool, err error) {
	part := func(share float64) behold.Money {
		return behold.MoneyOf(share*st.Residual.Major(), st.Residual.Currency)
	}
	return part(0.5), part(2), true, nil
}

func TestReckoningIsShown(t *testing.T) {
	d := nordkaffe().deps(t.TempDir())
	d.Reckonings = countedShop{}
	h := New(d)
	for target, c := range map[string]struct{ has, not []string }{
		"/loss":                         {[]string{"First of loss.</span>", "<p data-figure=\"normal\">Second of loss.", "About funnel &lt;b&gt;", "&lt;i&gt;this", `popovertarget="what-normal"`, `action="/loss#closing"`, "/funnel/report"}, []string{"[economy", "<i>this", "with the next round"}},
		"/loss?close=50":                {[]string{"Losing 50% fewer would mean", "it may cost", "must fall by 20.0 points"}, []string{"from 1 to 90"}},
		"/loss?close=12,0%25":           {[]string{"Losing 12% fewer would mean"}, nil},
		"/loss?close=nonsense":          {[]string{"Write a number of per cent", `aria-invalid`}, []string{"would mean"}},
		"/loss?close=-3":                {[]string{"from 1 to 90"}, nil},
		"/money":                        {[]string{"First of money.", "First of fairness.", `action="/money#concession"`, "/economy/report", "/money.csv"}, []string{"[economy"}},
		"/owner":                        {[]string{"First of economy.", `popovertarget="what-losscost"`, "/economy/report"}, []string{"[economy"}},
		"/money?customer=nobody&give=5": {[]string{"No customer has this number or name."}, nil},
		"/money?customer=" + strandID + "&give=5": {[]string{"5% off costs", `data-figure="concession"`}, nil},
		"/money?customer=" + strandID + "&give=x": {[]string{"Write how much to give"}, nil},
		"/customers/" + strandID:                  {[]string{"Losing them would cost", "Winning another customer costs 3,100", `data-figure="newold"`}, nil},
		"/money.csv":                              {[]string{"part,what,customers,value,low,high,currency", "worth,base,7,1234,,,DKK"}, nil},
		"/economy/report":                         {[]string{"<html lang=da>economy"}, nil},
		"/loss/report":                            {[]string{"<html lang=da>loss"}, nil},
	} {
		language := "en"
		if strings.HasSuffix(target, "/report") {
			language = "da"
		}
		status, body, _ := ask(t, h, "GET", target, nil, "Cookie", languageCookie+"="+language)
		if status != 200 {
			t.Errorf("%s: status %d\n%s", target, status, body)
		}
		for _, want := range c.has {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", target, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(body, not) {
				t.Errorf("%s says %q", target, not)
			}
		}
	}
	if status, _, _ := ask(t, New(emptyShop().deps(t.TempDir())), "GET", "/loss/report", nil); status != 404 {
		t.Errorf("a report before any round: status %d", status)
	}
}
