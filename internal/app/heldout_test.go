package app

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"behold"
)

// TestHeldOutIsNowhere asks for every page that links lead to, as everybody who
// works with customers, and for the letters. Of a customer who is held out nothing
// is found that is not found of one who has no lamp.
func TestHeldOutIsNowhere(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 260)
	for name, value := range map[string]string{"holdout_share": "0.4", "tasks_today": "30", "minutes_today": "600"} {
		if err := a.Set(t.Context(), name, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Round(t.Context(), behold.NoDay, nil); err != nil {
		t.Fatal(err)
	}
	held := heldNow(t, a)
	if len(held) < 3 {
		t.Fatalf("%d customers are held out", len(held))
	}
	for _, role := range []behold.Role{behold.Reader, behold.Member, behold.Manager, behold.Owner} {
		pages := a.Pages(true, behold.Colleague{Email: "me@x.dk", Role: role})
		found := walkPages(t, pages)
		if len(found) < 10 {
			t.Errorf("a %s finds %d pages", role, len(found))
		}
		for path, body := range found {
			for _, id := range held {
				if listsLamps.MatchString(path) && strings.Contains(body, "/customers/"+id+`"`) || path == "/lamps.csv" && strings.Contains(body, id+",") {
					t.Errorf("a %s finds customer %s at %s", role, id, path)
				}
			}
		}
		for _, id := range held {
			body := get(t, pages, "/customers/"+id)
			for _, trace := range []string{"data-lamp", `class="cause`, `class="next"`, "main-reason"} {
				if strings.Contains(body, trace) {
					t.Errorf("a %s finds %s on the page of customer %s", role, trace, id)
				}
			}
		}
		noLampIn(t, get(t, pages, "/customers.csv"), held)
		hiddenFrom(t, a, pages, role, held)
	}
	inNoCalendar(t, a, held)
	for _, kind := range []behold.LetterKind{behold.MorningList, behold.WeeklyLetter} {
		said, _, err := a.WriteLetter(t.Context(), kind, behold.Colleague{Email: "me@x.dk", Role: behold.Owner}, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range held {
			c, err := a.Facts.Customer(t.Context(), id, endOfTime)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(said.Text, c.Name) || strings.Contains(said.HTML, c.Name) {
				t.Errorf("the %s letter names customer %s", kind, id)
			}
		}
	}
}

// listsLamps are the pages whose customers are there because a lamp burns, or of
// what was done about one. (who answers unhappily, is asked, or is among the most valuable, is not hidden.)
var listsLamps = regexp.MustCompile(`^/(\?.*)?$|^/lamps|^/reasons|^/live|^/cases|^/team|^/pulse|^/decisions|^/registers|^/promises|^/effect|^/loss|^/help|^/account|^/settings`)

// hiddenFrom asks what was built around lamps: files, the search, why somebody is on
// no list, and what can be done about a lamp.
func hiddenFrom(t *testing.T, a *App, pages http.Handler, role behold.Role, held []string) {
	t.Helper()
	for _, file := range []string{"/cases.csv", "/cases.csv?state=all", "/promises.csv?state=all", "/team/ledger.csv", "/team/attention.csv", "/registers.csv", "/loss.csv", "/money.csv"} {
		body := get(t, pages, file)
		for _, id := range held {
			if strings.Contains(body, id+",") {
				t.Errorf("a %s finds customer %s in %s", role, id, file)
			}
		}
	}
	unlit := unlitNow(t, a)
	for _, id := range held {
		if got, want := whySaid(t, a, pages, id), whySaid(t, a, pages, unlit); got != want {
			t.Errorf("a %s is told why %s is on no list:\n%s\nof one without a lamp:\n%s", role, id, got, want)
		}
		if found, list := get(t, pages, "/lamps?q="+id), get(t, pages, "/customers?q="+id); strings.Contains(found, "/customers/"+id+`"`) || strings.Contains(list, `href="/lamps/kinds/`) || !strings.Contains(list, "/customers/"+id) {
			t.Errorf("a %s finds %s by its lamps, or not among the customers", role, id)
		}
		lamps, _, err := a.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, ID: id, Held: true})
		if err != nil || len(lamps) == 0 {
			t.Fatalf("%s has no lamp at all: %v", id, err)
		}
		act := behold.Act{Customer: id, Kind: lamps[0].Kind, State: behold.Acknowledged, Until: behold.NoDay, Who: "me@x.dk", At: time.Now()}
		if err := a.State.SaveAct(t.Context(), &act); behold.KindOf(err) != behold.NotFound {
			t.Errorf("a hidden lamp of %s can be taken: %v", id, err)
		}
	}
}

// unlitNow is a customer who is on no list because no lamp burns.
func unlitNow(t *testing.T, a *App) (id string) {
	t.Helper()
	err := a.Standings(t.Context(), behold.StandingQuery{Day: behold.NoDay, Held: true}, func(s *behold.Standing) error {
		if s.State == behold.Active && len(s.Lamps) == 0 && s.Hidden == nil {
			id = s.ID
		}
		return nil
	})
	if err != nil || id == "" {
		t.Fatal("everybody has a lamp", err)
	}
	return id
}

var tags = regexp.MustCompile(`<[^>]*>|\s+`)

// whySaid is what Today says when asked why a customer is on no list, without their
// name.
func whySaid(t *testing.T, a *App, pages http.Handler, id string) string {
	t.Helper()
	_, said, asked := strings.Cut(get(t, pages, "/?why="+id), `id="why"`)
	said, _, _ = strings.Cut(said, "</section>")
	c, err := a.Facts.Customer(t.Context(), id, endOfTime)
	if err != nil || !asked || len(said) < 40 {
		t.Fatal(id, asked, err)
	}
	said = strings.ReplaceAll(strings.ReplaceAll(said, html.EscapeString(c.Name), "NAME"), c.ID, "ID")
	return tags.ReplaceAllString(said, " ")
}

// inNoCalendar reads the calendar of everybody who looks after a held-out customer.
func inNoCalendar(t *testing.T, a *App, held []string) {
	t.Helper()
	pages := a.Pages(true, behold.Colleague{Email: "me@x.dk", Role: behold.Owner})
	for i, id := range held {
		c, err := a.Facts.Customer(t.Context(), id, endOfTime)
		if err != nil {
			t.Fatal(err)
		}
		if c.Colleague == "" {
			continue
		}
		token := fmt.Sprint("token", i)
		sum := sha256.Sum256([]byte("calendar " + token))
		feed := behold.CalendarFeed{Colleague: c.Colleague, Names: true, Made: time.Now()}
		if err := a.State.SaveCalendarFeed(t.Context(), feed, hex.EncodeToString(sum[:])); err != nil {
			t.Fatal(err)
		}
		if body := get(t, pages, "/calendar/"+token+".ics"); !strings.Contains(body, "BEGIN:VCALENDAR") || strings.Contains(body, c.Name) || strings.Contains(body, "/customers/"+id) {
			t.Errorf("the calendar of %s names customer %s, or is none", c.Colleague, id)
		}
	}
}

// heldNow are the ids of customers who are held out and have no lamp that cannot
// wait.
func heldNow(t *testing.T, a *App) (ids []string) {
	t.Helper()
	episodes, err := a.State.Episodes(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	shown, _, err := a.State.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range episodes {
		if e.Held && !slices.ContainsFunc(shown, func(c behold.LampCard) bool { return c.ID == e.ID }) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

var links = regexp.MustCompile(`(?:href|hx-get|action)="(/[^"#]*)`)

// walkPages follows links from Today; of pages of one customer each a few.
func walkPages(t *testing.T, pages http.Handler) map[string]string {
	t.Helper()
	found, customers := map[string]string{}, 0
	for queue := []string{"/", "/lamps.csv", "/lamps?sort=name&size=200"}; len(queue) > 0 && len(found) < 150; queue = queue[1:] {
		path := strings.ReplaceAll(queue[0], "&amp;", "&")
		if _, was := found[path]; was || strings.HasPrefix(path, "/asset/") || strings.HasPrefix(path, "/live") || strings.Contains(path, "lang=") {
			continue
		}
		if strings.HasPrefix(path, "/customers/") {
			if customers++; customers > 12 {
				continue
			}
		}
		found[path] = get(t, pages, path)
		for _, link := range links.FindAllStringSubmatch(found[path], -1) {
			queue = append(queue, link[1])
		}
	}
	return found
}

func get(t *testing.T, pages http.Handler, path string) string {
	t.Helper()
	r := httptest.NewRequest("GET", "http://127.0.0.1"+path, nil)
	w := httptest.NewRecorder()
	pages.ServeHTTP(w, r)
	if w.Code >= 500 {
		t.Errorf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

func noLampIn(t *testing.T, text string, held []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) < 50 {
		t.Fatal(len(rows), err)
	}
	lamps := slices.Index(rows[0], "lamps")
	for _, row := range rows[1:] {
		if slices.Contains(held, row[0]) && row[lamps] != "" {
			t.Errorf("the file of customers names the lamps %s of %s", row[lamps], row[0])
		}
	}
}
