package web

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"behold"
)

func TestGuard(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	if status, _, _ := ask(t, h, "POST", "/rounds", nil, "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
		t.Errorf("a post from another site: %d", status)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	for host, want := range map[string]int{"localhost": 200, "127.0.0.1:80": 200, "[::1]": 200, "evil.example": 421, "localhost.evil.example:80": 421} {
		r, err := http.NewRequest("GET", server.URL+"/settings", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("called %s: %d, want %d", host, answer.StatusCode, want)
		}
	}
}

// TestRoutes wants every route in the table once; TestRouteByRole says for whom.
func TestRoutes(t *testing.T) {
	s := &server{}
	seen := map[string]bool{}
	for _, r := range s.routes() {
		key := r.method + " " + r.path
		if seen[key] || r.do == nil || !slices.Contains(append(behold.Roles(), anyone), r.who) {
			t.Errorf("%s: twice, or for nobody", key)
		}
		seen[key] = true
	}
}
