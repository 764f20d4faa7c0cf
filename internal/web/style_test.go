package web

import (
	"bytes"
	"compress/gzip"
	"math"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	colour = regexp.MustCompile(`--([a-z0-9-]+): (#[0-9a-f]{6})`)
	linked = regexp.MustCompile(`(?:src|href)="(/asset/[^"]+)"`)
)

// schemes are the colours by day and by night, as the style sheet has them.
func schemes(t *testing.T) map[string]map[string]string {
	t.Helper()
	sheet, err := embedded.ReadFile("asset/style/base.css")
	if err != nil {
		t.Fatal(err)
	}
	day, rest, _ := strings.Cut(string(sheet), "@media (prefers-color-scheme: dark)")
	night, _, _ := strings.Cut(rest, "/* ground */")
	all := map[string]map[string]string{"day": {}, "night": {}}
	for _, m := range colour.FindAllStringSubmatch(day, -1) {
		all["day"][m[1]] = m[2]
	}
	for _, m := range colour.FindAllStringSubmatch(night, -1) {
		all["night"][m[1]] = m[2]
	}
	return all
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil || len(colour) != 7 {
		t.Fatalf("%q is no colour", colour)
	}
	part := func(shift uint) float64 {
		x := float64(n>>shift&255) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

// Words stand out from what is behind them by 4.5 at the least, and borders of
// fields, lamps and marks of focus by 3 (WCAG 2.2, 1.4.3 and 1.4.11).
func TestContrast(t *testing.T) {
	for scheme, colours := range schemes(t) {
		for _, c := range []struct {
			of, on string
			least  float64
		}{
			{"ink", "paper", 7}, {"ink", "card", 7}, {"ink", "green-soft", 4.5}, {"ink", "lamp2-bg", 4.5},
			{"soft", "paper", 4.5}, {"soft", "card", 4.5}, {"soft", "green-soft", 4.5},
			{"green", "paper", 4.5}, {"green", "card", 4.5}, {"green", "green-soft", 4.5}, {"on-green", "green", 4.5}, {"paper", "lamp3", 4.5},
			{"lamp3", "paper", 4.5}, {"lamp3", "card", 4.5}, {"lamp3", "lamp3-bg", 4.5}, {"lamp2", "lamp2-bg", 4.5}, {"lamp1", "lamp1-bg", 4.5},
			{"lamp2", "paper", 3}, {"lamp1", "paper", 3}, {"edge", "paper", 3}, {"edge", "card", 3}, {"glow", "paper", 3}, {"glow", "card", 3},
		} {
			a, b := luminance(t, colours[c.of]), luminance(t, colours[c.on])
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < c.least {
				t.Errorf("by %s %s on %s is %.2f to 1, less than %v", scheme, c.of, c.on, ratio, c.least)
			}
		}
	}
}

// What a phone waits for is less than 150 kB: the page with everything
// it links to, as it goes over the wire.
func TestPagesAreLight(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	wire := func(target string) (int, string) {
		r := httptest.NewRequest(http.MethodGet, target, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		n, body := w.Body.Len(), w.Body.String()
		if w.Header().Get("Content-Encoding") == "gzip" {
			plain, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := b.ReadFrom(plain); err != nil {
				t.Fatal(err)
			}
			body = b.String()
		}
		return n, body
	}
	for _, target := range []string{"/", "/customers", "/lamps", "/customers/" + strandID, "/help", "/style"} {
		sum, body := wire(target)
		for _, m := range linked.FindAllStringSubmatch(body, -1) {
			n, _ := wire(strings.ReplaceAll(m[1], "&amp;", "&"))
			sum += n
		}
		if sum > 150_000 || sum < 10_000 {
			t.Errorf("%s is %d bytes over the wire", target, sum)
		}
		t.Logf("%s: %d bytes", target, sum)
	}
}

// The style sheet honours those who want no motion, their own colours, or paper.
func TestStyleHonours(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	_, sheet, _ := ask(t, h, "GET", "/asset/behold.css", nil)
	for _, want := range []string{"prefers-reduced-motion", "forced-colors: active", "@media print", "scroll-padding-bottom", ":focus-visible"} {
		if !strings.Contains(sheet, want) {
			t.Errorf("the style sheet knows nothing of %s", want)
		}
	}
	outside := regexp.MustCompile(`@media \(prefers-reduced-motion: no-preference\) \{(?s:.*?)\n\}`).ReplaceAllString(sheet, "")
	if at := strings.Index(outside, "transition:"); at >= 0 {
		t.Errorf("something moves for those who want no motion: %.80s", outside[at:])
	}
	for _, token := range tokens() {
		if !strings.Contains(sheet, ".of-"+token+" {") || !strings.Contains(sheet, "--"+token+":") {
			t.Errorf("the style page cannot show the colour %s", token)
		}
	}
}
