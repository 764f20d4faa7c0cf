package app

import (
	"encoding/csv"
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
	}
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

// listsLamps are the pages whose customers are there because a lamp burns.
var listsLamps = regexp.MustCompile(`^/(\?.*)?$|^/lamps|^/reasons|^/live`)

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
