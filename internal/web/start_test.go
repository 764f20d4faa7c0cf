package web

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"behold"
)

// several is a form with several files, name and content in turn.
func several(t *testing.T, files ...string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		part, err := w.CreateFormFile("file", files[i])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(part, files[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

func send(t *testing.T, h http.Handler, target string, pairs ...string) (int, string, string) {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, body, header := ask(t, h, "POST", target, strings.NewReader(form.Encode()), "Content-Type", "application/x-www-form-urlencoded")
	return status, header.Get("Location"), body
}

func says(t *testing.T, what, page string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			t.Errorf("%s does not say %q", what, want)
		}
	}
}

// TestColumnsAreCorrected: a file without a date column cannot come in until
// somebody says which column it is, and the next one with that header is read so.
func TestColumnsAreCorrected(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	const content = "Kunde;Tid\nK-1;2025-01-01\n"
	body, kind := form(t, "salg.csv", content)
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	_, page, _ := ask(t, h, "GET", place, nil)
	says(t, "a file without dates", page, "One column is missing", "<b>Date</b> was not found", `name="c2"`, "<b class=\"\">1,188.00", "This is not a number.")
	if strings.Contains(page, "Import 9,120 rows") {
		t.Error("it can be imported all the same")
	}
	if status, to, _ := send(t, h, place+"/reading", "as", "orders", "source", "shop", "c2", "ordered_at", "c4", behold.LeftOut); status != http.StatusSeeOther || to != place {
		t.Fatalf("corrected: %d to %q", status, to)
	}
	page = wait(t, h, place, "Import 9,120 rows")
	says(t, "the corrected file", page, "14 March 2025", `value="shop"`, `<option value="--" selected>`)
	send(t, h, place)
	wait(t, h, strings.Replace(place, "/uploads/", "/work/", 1), "130 customers judged")

	body, kind = form(t, "salg-2.csv", content)
	_, _, header = ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	page = wait(t, h, header.Get("Location"), "Import 9,120 rows")
	says(t, "the next file", page, "Read the way you read the last file", `value="shop"`)
}

// TestColumnTakenFromAnother: who gives a column a meaning that another one had
// takes it from that one.
func TestColumnTakenFromAnother(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	body, kind := form(t, "salg.csv", "Kunde;Dato\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	send(t, h, place+"/reading", "as", "orders", "c4", "amount")
	_, page, _ := ask(t, h, "GET", place, nil)
	if n := strings.Count(page, `<option value="amount" selected>`); n != 1 {
		t.Errorf("%d columns are the amount", n)
	}
	if status, _, _ := send(t, h, place+"/reading", "as", "riddles"); status != http.StatusUnprocessableEntity {
		t.Errorf("a table that is none: %d", status)
	}
}

// TestSeveralFiles: each waits for its yes, and all come in the right order.
func TestSeveralFiles(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	body, kind := several(t, "a.csv", "Kunde;Dato\n", ".DS_Store", "x", "b.csv", "Kunde;Dato\n", "c.pdf", "nothing")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	if to := header.Get("Location"); to != "/uploads" {
		t.Fatalf("led to %q", to)
	}
	page := wait(t, h, "/uploads", "Import all 2 files")
	says(t, "the waiting files", page, "a.csv", "b.csv", "c.pdf", "9,120 rows, 94 rejected", "This file was not understood")
	if strings.Contains(page, "DS_Store") {
		t.Error("what the system leaves in a folder waits too")
	}
	_, page, _ = ask(t, h, "GET", "/imports", nil)
	says(t, "the imports", page, "3 files wait for your yes")
	_, place, _ := send(t, h, "/uploads")
	page = wait(t, h, place, "130 customers judged")
	says(t, "the work", page, "a.csv", "b.csv", "9,120 rows")
	if len(s.receipts) != 3 {
		t.Errorf("%d imports, not one and two", len(s.receipts))
	}
	if _, again, _ := send(t, h, "/uploads"); again != "/imports" {
		t.Errorf("said yes once more: led to %q", again)
	}
	if len(s.receipts) != 3 {
		t.Error("imported twice")
	}
}

// TestRejectedRowsBeforeTheYes: the rows that an import would reject can be had
// before it.
func TestRejectedRowsBeforeTheYes(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	body, kind := form(t, "salg.csv", "Kunde;Dato\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	wait(t, h, place, "/rejects.csv")
	status, list, _ := ask(t, h, "GET", place+"/rejects.csv", nil)
	if status != http.StatusOK || !strings.Contains(list, "line,column,value") || !strings.Contains(list, "17,Kundenr.") {
		t.Errorf("%d: %s", status, list)
	}
}

// TestInventedShop: it comes with a press, says so on every page, keeps real
// files out, and goes with another.
func TestInventedShop(t *testing.T) {
	s := emptyShop()
	h := New(s.deps(t.TempDir()))
	_, page, _ := ask(t, h, "GET", "/", nil)
	says(t, "the empty page", page, `action="/invented"`, "Show me the invented shop")
	_, place, _ := send(t, h, "/invented")
	wait(t, h, place, "12 lamps are lit")
	_, page, _ = ask(t, h, "GET", place, nil) // the first was begun before the end
	says(t, "the page after it", page, "Invented data.", "/invented/remove")
	if _, to, _ := send(t, h, "/invented"); to != "/" {
		t.Errorf("pressed once more: led to %q", to)
	}
	body, kind := form(t, "salg.csv", "Kunde;Dato\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	page = wait(t, h, header.Get("Location"), "still here")
	if strings.Contains(page, "Import 9,120 rows") {
		t.Error("real rows can come in beside invented ones")
	}
	_, page, _ = ask(t, h, "GET", "/invented/remove", nil)
	says(t, "the question", page, "Remove the invented shop?", `method="post" action="/invented/remove"`)
	_, place, _ = send(t, h, "/invented/remove")
	wait(t, h, place, "Done")
	if _, to, _ := send(t, h, "/invented/remove"); to != "/imports" || s.start.removed != 1 {
		t.Errorf("removed %d times, led to %q", s.start.removed, to)
	}
	if _, page, _ = ask(t, h, "GET", "/", nil); strings.Contains(page, "Invented data.") {
		t.Error("the label stays")
	}
	s.start.invention.Stage = behold.InventionFilling
	_, page, _ = ask(t, h, "GET", "/", nil)
	says(t, "a shop cut short", page, "a part of the invented shop", "Go on")
	s.start.invention.Stage = behold.InventionLeaving
	_, page, _ = ask(t, h, "GET", "/", nil)
	says(t, "a removal cut short", page, "only partly removed", "Remove the rest")
}

// TestDemoStaysInvented: a server that nobody signs in to shows nothing else.
func TestDemoStaysInvented(t *testing.T) {
	s := nordkaffe()
	s.start.invention.Stage = behold.InventionFull
	deps := s.deps(t.TempDir())
	deps.Invented = true
	h := New(deps)
	if status, _, page := send(t, h, "/invented/remove"); status != http.StatusConflict || !strings.Contains(page, "behold serve") || s.start.removed != 0 {
		t.Errorf("%d: %s", status, page)
	}
}

// TestChecklist: what is there, what is late, and what each further file would
// switch on, with a file to fill in.
func TestChecklist(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	_, page, _ := ask(t, h, "GET", "/imports", nil)
	says(t, "the checklist", page, "130 (62% without e-mail)", "9,120, from November 2022 until now", "Nothing since 3 March 2025",
		"Would switch on:", "Needs: Case, Customer number and Opened.", `href="/templates/tickets.csv"`)
	for _, table := range behold.Tables() {
		status, file, _ := ask(t, h, "GET", "/templates/"+string(table)+".csv?lang=da", nil)
		if status != http.StatusOK || strings.Count(file, "\n") != 3 {
			t.Errorf("the template of %s: %d\n%s", table, status, file)
		}
	}
	if status, _, _ := ask(t, h, "GET", "/templates/riddles.csv", nil); status != http.StatusNotFound {
		t.Errorf("a template of nothing: %d", status)
	}
}
