package main

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A house is a server process on a data folder, and a browser of its owner.
type house struct {
	t       *testing.T
	dir     string
	process *exec.Cmd
	at      string
	browser *http.Client
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func (h *house) start() {
	h.t.Helper()
	h.process = process(h.t, h.dir, "serve", "--listen", "127.0.0.1:0")
	if err := h.process.Start(); err != nil {
		h.t.Fatal(err)
	}
	server := h.process
	h.t.Cleanup(func() { server.Process.Kill(); server.Wait() })
	waitFor(h.t, h.process)
	h.at = address.FindString(h.process.Stdout.(*tape).String())
	if h.browser == nil {
		jar, _ := cookiejar.New(nil)
		h.browser = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		h.form("/first", "name", "Anna", "email", "anna@firma.example", "password", "kaffe med meget mælk", "company", "Firma", "language", "en")
	}
}

// killed is kill -9 after a while, and the server started again.
func (h *house) killed(after time.Duration) {
	h.t.Helper()
	time.Sleep(after)
	h.process.Process.Kill()
	h.process.Wait()
	h.start()
}

func (h *house) send(method, path, kind string, body io.Reader) (status int, to, text string) {
	h.t.Helper()
	r, err := http.NewRequest(method, h.at+path, body)
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", kind)
	r.Header.Set("Origin", h.at)
	r.Header.Set("Accept-Language", "en")
	answer, err := h.browser.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer.StatusCode, strings.TrimPrefix(answer.Header.Get("Location"), h.at), string(b)
}

// form is sent, and must lead somewhere.
func (h *house) form(path string, pairs ...string) (to string) {
	h.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, to, text := h.send("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if status != http.StatusSeeOther {
		h.t.Fatalf("POST %s: %d\n%s", path, status, head(text))
	}
	return to
}

// done waits for work to end and gives its page.
func (h *house) done(path string) string {
	h.t.Helper()
	for {
		status, _, text := h.send("GET", path, "", nil)
		if status != http.StatusOK {
			h.t.Fatalf("GET %s: %d\n%s", path, status, head(text))
		}
		if !strings.Contains(text, `data-live="task:`) {
			return text
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// upload hands a file in through the page and says yes to what it would bring.
func (h *house) upload(path, content string) (work string) {
	h.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	part, _ := parts.CreateFormFile("file", filepath.Base(path))
	io.WriteString(part, content)
	parts.Close()
	_, to, text := h.send("POST", "/imports", parts.FormDataContentType(), &body)
	if !strings.HasPrefix(to, "/uploads/") {
		h.t.Fatalf("the upload leads to %q\n%s", to, head(text))
	}
	h.done(to)
	return h.form(to)
}

// files are what is on record as read in, by the name of the file.
func (h *house) files() map[string]int {
	_, _, text := h.send("GET", "/imports", "", nil)
	all := map[string]int{}
	for _, m := range regexp.MustCompile(`href="/imports/\d+"[^>]*>\s*([a-z]+\.csv)`).FindAllStringSubmatch(text, -1) {
		all[m[1]]++
	}
	return all
}

// A server that is killed in the middle of an import or a round, and started
// again, has all of it or nothing, and takes the rest the next time.
func TestKilledServerImport(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	var rows strings.Builder
	rows.WriteString("order,customer,date,amount\n")
	for day := range 300 {
		for c := range 20 {
			at := time.Date(2024, 1, 1+day, 0, 0, 0, 0, time.UTC)
			if (day+c)%(7+c) == 0 {
				rows.WriteString("F-" + at.Format("060102") + string(rune('A'+c)) + ",K-" + string(rune('A'+c)) + "," + at.Format("2006-01-02") + ",100\n")
			}
		}
	}
	h := &house{t: t, dir: t.TempDir()}
	h.start()
	for _, after := range []time.Duration{15 * time.Millisecond, 120 * time.Millisecond} {
		if n := h.files()["orders.csv"]; n > 0 {
			break
		}
		h.upload("orders.csv", rows.String())
		h.killed(after)
	}
	if h.files()["orders.csv"] == 0 {
		h.done(h.upload("orders.csv", rows.String()))
	}
	if n := h.files()["orders.csv"]; n != 1 {
		t.Errorf("the file is on record %d times", n)
	}
	h.form("/rounds", "day", "2024-10-26")
	h.killed(60 * time.Millisecond)
	h.done(h.form("/rounds", "day", "2024-10-26"))
	h.process.Process.Kill()
	h.process.Wait()
	if s := must(t, exitDone, h.dir, "import", file(t, "orders.csv", rows.String())); !strings.Contains(s.out, "kept 0") && strings.Contains(s.out, "kept") {
		t.Errorf("after the kills something was not kept:\n%s", s.out)
	}
	must(t, exitDone, h.dir, "doctor")
}

// The invented shop, killed while it comes and while it goes, comes and goes whole.
func TestKilledServerInvention(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills processes")
	}
	h := &house{t: t, dir: t.TempDir()}
	h.start()
	for _, after := range []time.Duration{300 * time.Millisecond, 1500 * time.Millisecond} {
		h.form("/invented")
		h.killed(after)
	}
	h.done(h.form("/invented"))
	for name, n := range h.files() {
		if n != 1 {
			t.Errorf("%s is on record %d times", name, n)
		}
	}
	if n := len(h.files()); n != 13 {
		t.Errorf("%d tables of the invented shop are here", n)
	}
	h.form("/invented/remove")
	h.killed(250 * time.Millisecond)
	if n := len(h.files()); n != 0 && n != 13 {
		_, _, text := h.send("GET", "/", "", nil)
		if !strings.Contains(text, `action="/invented/remove"`) {
			t.Errorf("%d tables are left, and no page leads to the end of it", n)
		}
	}
	h.done(h.form("/invented/remove")) // of a shop that is gone it leads to the imports
	if left := h.files(); len(left) > 0 {
		t.Errorf("of the invented shop is left %v", left)
	}
	if _, _, text := h.send("GET", "/settings", "", nil); !strings.Contains(text, `value="Firma"`) {
		t.Error("the company has not got its name back")
	}
	h.process.Process.Kill()
	h.process.Wait()
	must(t, exitDone, h.dir, "doctor")
}
