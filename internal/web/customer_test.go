package web

import (
	"html"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/phrase"
)

func TestPictureReachesTheLastPurchase(t *testing.T) {
	st := behold.Standing{}
	st.Last, st.LampOn, st.UsualGap = fakeDay-400, behold.NoDay, 20
	v := customerView{customer: &behold.Customer{ID: "K-1"}, standing: &st, day: fakeDay, pictured: []behold.OrderSummary{
		{Order: "F-2", At: st.Last.Time(), Amount: behold.MoneyOf(90, "DKK")}, {Order: "F-1", At: (st.Last - 20).Time(), Amount: behold.MoneyOf(80, "DKK")},
	}}
	v.draw(page{Phrases: phrase.For("en")})
	if !strings.Contains(v.rhythm, "90.00") || !strings.Contains(v.rhythm, "80.00") {
		t.Error(v.rhythm)
	}
}

func TestOddNumbers(t *testing.T) {
	for _, id := range []string{"A/B ?#1", "100%", "åæø", "a&b=c", `"><img>`, "../../imports", "%2F%00"} {
		s := nordkaffe()
		s.customers[0].ID, s.standings[0].ID, s.lamps[0].ID = id, id, id
		h := New(s.deps(t.TempDir()))
		status, body, _ := ask(t, h, "GET", string(customerURL(id)), nil)
		if status != 200 || !strings.Contains(body, "Hotel Strandgården") {
			t.Errorf("%q at %s: status %d", id, customerURL(id), status)
		}
		if want := `href="` + html.EscapeString(string(customerURL(id))) + `?lang=nl"`; !strings.Contains(body, want) {
			t.Errorf("%q in another language is not at %s", id, want)
		}
		if _, body, _ = ask(t, h, "GET", "/customers", nil); !strings.Contains(body, `href="`+html.EscapeString(string(customerURL(id)))+`"`) {
			t.Errorf("the list does not link to %q as %s", id, customerURL(id))
		}
		if strings.Contains(body, "<img>") {
			t.Errorf("%q became markup", id)
		}
	}
}

func TestEndlessName(t *testing.T) {
	s := nordkaffe()
	s.customers[0].Name, s.standings[0].Name, s.lamps[0].Name = strings.Repeat("x", 10_000), strings.Repeat("x", 10_000), strings.Repeat("x", 10_000)
	h := New(s.deps(t.TempDir()))
	for _, target := range []string{"/", "/customers", "/lamps", "/customers/" + strandID} {
		if _, body, _ := ask(t, h, "GET", target, nil); strings.Contains(body, strings.Repeat("x", 200)) || !strings.Contains(body, "xxx…") {
			t.Errorf("%s shows the whole of an endless name, or nothing of it", target)
		}
	}
}

func TestMainReasonIsAsFirmAsTheRecords(t *testing.T) {
	p := page{Phrases: phrase.For("en")}
	for _, c := range []struct {
		source behold.Source
		chance float64
		want   string
	}{{behold.Inferred, 0.08, "Perhaps: went to a competitor"}, {behold.Inferred, 0.6, "Went to a competitor"}, {behold.SaidByCustomer, 0, "Went to a competitor"}} {
		st := behold.Standing{MainReason: behold.Competitor, Grounds: behold.Grounds{Source: c.source, Chance: c.chance}}
		if got := p.mainReason(st); got != c.want {
			t.Errorf("%s at %v: %q", c.source, c.chance, got)
		}
	}
	for source, want := range map[behold.Source]string{behold.SaidByCustomer: "The customer said so.", behold.SaidByColleague: "A colleague said so.", behold.ReadInText: "Read in what they wrote."} {
		if got := p.groundsSay(behold.Standing{Grounds: behold.Grounds{Source: source}}); got != want {
			t.Errorf("%s: %q", source, got)
		}
	}
}

func TestSmallChancesKeepTheirFigures(t *testing.T) {
	p := page{Phrases: phrase.For("da")}
	for x, want := range map[float64]string{0: "0", 0.05: "0,050", 0.000502: "0,00050", 3.28699e-05: "0,000033", 0.5: "0,50"} {
		if got := p.small(x); got != want {
			t.Errorf("%v: %q, want %q", x, got, want)
		}
	}
}

func TestEvidenceLeadsToItsRow(t *testing.T) {
	s := nordkaffe()
	oldest := s.orders[0][len(s.orders[0])-1].Order
	s.lamps[0].Evidence.Rows = []behold.Row{{Table: "orders", ID: oldest}, {Table: "customers", ID: strandID}}
	h := New(s.deps(t.TempDir()))
	url := string(rowURL(strandID, s.lamps[0].Evidence.Rows[0]))
	page, anchor, _ := strings.Cut(url, "#")
	_, body, _ := ask(t, h, "GET", page, nil)
	if !strings.Contains(body, `id="`+anchor+`" class="asked"`) || len(s.orders[0]) <= timeline {
		t.Errorf("%s is not on its page", url)
	}
	if got := rowURL(strandID, s.lamps[0].Evidence.Rows[1]); got != "/customers/K-1042#main" {
		t.Errorf("the customer file is at %s", got)
	}
}

func TestAnswersOfOneSittingAreOneLine(t *testing.T) {
	answer := func(id string, at behold.Moment, channel, text string, value, scale float64) behold.Event {
		return behold.Event{Table: behold.TableAnswers, ID: id, At: at, Due: behold.NoMoment, Done: behold.NoMoment, Channel: channel, Text: text, Value: value, Scale: scale}
	}
	at := behold.MomentOf(time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC))
	all := everything(nil, []behold.Event{
		answer("S-1", at, "delivery", "", 4, 5), answer("S-2", at, "delivery", "late", 5, 10),
		answer("S-3", at, "delivery", "twice", math.NaN(), math.NaN()), answer("S-4", at, "billing", "", 1, 5),
	}, nil)
	if len(all) != 2 {
		t.Fatalf("%d lines, want 2: %+v", len(all), all)
	}
	if e := all[0].event; e.Text != "late / twice" || e.Value != 5 || e.Scale != 10 {
		t.Errorf("together: %+v", e)
	}
	for i, id := range []string{"S-1", "S-2", "S-3", "S-4"} {
		row := rowAnchor(behold.TableAnswers, id)
		if got := slices.IndexFunc(all, func(h happening) bool { return h.shows(row) }); got != i/3 {
			t.Errorf("%s is in line %d", id, got)
		}
	}
}
