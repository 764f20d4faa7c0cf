package web

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"behold"
)

func form(t *testing.T, name, content string) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(part, content)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

func wait(t *testing.T, h http.Handler, target, want string) string {
	t.Helper()
	for range 200 {
		_, body, _ := ask(t, h, "GET", target, nil)
		if strings.Contains(body, want) {
			return body
		}
		time.Sleep(5 * time.Millisecond)
	}
	_, body, _ := ask(t, h, "GET", target, nil)
	t.Fatalf("%s never says %q:\n%s", target, want, body)
	return ""
}

func TestImport(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, "ordrer.csv", "Kunde;Dato\nK-1;2025-01-01\n")
	status, said, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	if status != http.StatusSeeOther || !strings.HasPrefix(place, "/uploads/") {
		t.Fatalf("%d to %q: %s", status, place, said)
	}
	page := wait(t, h, place, "Import 9,120 rows")
	for _, want := range []string{"ordrer.csv", "Orders and invoices", "Kundenr.", "separated by semicolons", "dates as day/month/year"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page before the import does not say %q", want)
		}
	}
	if len(s.receipts) != 1 {
		t.Fatal("imported before anybody said yes")
	}
	status, _, header = ask(t, h, "POST", place, nil)
	if status != http.StatusSeeOther {
		t.Fatalf("confirming: %d", status)
	}
	work := header.Get("Location")
	for _, method := range []string{"POST", "GET"} { // a second click, and the way back
		if status, _, header := ask(t, h, method, place, nil); status != http.StatusSeeOther || header.Get("Location") != work {
			t.Errorf("%s once more: %d to %s", method, status, header.Get("Location"))
		}
	}
	page = wait(t, h, work, "Done")
	for _, want := range []string{`href="/imports/2"`, "See who needs you today", "130 customers judged"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page after the import does not say %q", want)
		}
	}
	_, _, header = ask(t, h, "POST", "/imports/2/undo", nil)
	wait(t, h, header.Get("Location"), "Done")
	if s.receipts[0].UndoneAt.IsZero() {
		t.Error("not undone")
	}
	if status, _, _ := ask(t, h, "POST", "/imports/2/undo", nil); status != http.StatusConflict {
		t.Errorf("undone twice: %d", status)
	}
}

func TestRoundOfNoDayIsOfTheLastDayKnown(t *testing.T) {
	s := nordkaffe()
	d := s.deps(t.TempDir())
	d.Now = func() time.Time { return (fakeDay + 3).Time() }
	h := New(d)
	_, _, header := ask(t, h, "POST", "/rounds", nil)
	if page := wait(t, h, header.Get("Location"), "Done"); !strings.Contains(page, "as of 20 November 2025") {
		t.Error(page)
	}
}

func TestImportWithDatesReadTheOtherWay(t *testing.T) {
	h := New(nordkaffe().deps(t.TempDir()))
	body, kind := form(t, "mdr.csv", "Kunde;Dato\nK-1;01/02/2025\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	place := header.Get("Location")
	wait(t, h, place, "Read the dates as month/day/year")
	for first, want := range map[string]int{"month": http.StatusSeeOther, "year": http.StatusUnprocessableEntity} {
		status, _, _ := ask(t, h, "POST", place+"/dates", strings.NewReader("first="+first), "Content-Type", "application/x-www-form-urlencoded")
		if status != want {
			t.Errorf("%s first: %d", first, status)
		}
	}
	if page := wait(t, h, place, "Import 9,120 rows"); strings.Contains(page, "Read the dates as") {
		t.Error("asks once more")
	}
}

func TestImportOfNothingNew(t *testing.T) {
	s := nordkaffe()
	s.known = true
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, "igen.csv", "Kunde;Dato\nK-1;2025-01-01\n")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	page := wait(t, h, header.Get("Location"), "There is nothing new in this file.")
	if strings.Contains(page, "Import 0 rows") {
		t.Error("nothing is offered to be imported")
	}
}

func TestImportRefused(t *testing.T) {
	s := nordkaffe()
	h := New(s.deps(t.TempDir()))
	body, kind := form(t, `<b>"x"</b>.csv`, "no columns here")
	_, _, header := ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	status, said, _ := ask(t, h, "GET", header.Get("Location"), nil)
	if status != http.StatusUnprocessableEntity || !strings.Contains(said, "The file has no column for the customer.") || strings.Contains(said, "<b>\"x\"") {
		t.Errorf("a file that is not understood: %d %s", status, said)
	}
	if status, _, _ := ask(t, h, "POST", header.Get("Location")+"/drop", nil); status != http.StatusSeeOther {
		t.Errorf("dropping it: %d", status)
	}
	body, kind = form(t, "", "")
	if status, _, _ := ask(t, h, "POST", "/imports", body, "Content-Type", kind); status != http.StatusUnprocessableEntity {
		t.Errorf("no file chosen: %d", status)
	}
	if status, _, _ := ask(t, h, "POST", "/imports", strings.NewReader("x")); status != http.StatusUnprocessableEntity {
		t.Errorf("not a form: %d", status)
	}
	s.fail = &behold.Error{Kind: behold.Unavailable, Say: "the disk is full", Hint: "make room"}
	body, kind = form(t, "a.csv", "a;b")
	_, _, header = ask(t, h, "POST", "/imports", body, "Content-Type", kind)
	_, _, header = ask(t, h, "POST", header.Get("Location"), nil)
	if page := wait(t, h, header.Get("Location"), "This did not work"); !strings.Contains(page, "The disk is full.") || !strings.Contains(page, "Make room.") {
		t.Errorf("a failed import: %s", page)
	}
}

func TestUploadsDoNotOutliveTheServer(t *testing.T) {
	dir := t.TempDir()
	left := filepath.Join(dir, "upload-1.csv")
	if err := os.WriteFile(left, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	New(nordkaffe().deps(dir))
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the file still waits:", err)
	}
}
