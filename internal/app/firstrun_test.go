package app

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/sample"
	"behold/internal/web"
)

// A visitor is a browser without scripts, on the pages of an open data folder.
type visitor struct {
	t *testing.T
	h http.Handler
}

// visit opens the pages to an owner who need not sign in.
func visit(t *testing.T, a *App) *visitor {
	return &visitor{t, web.New(web.Deps{
		State: a.State, Facts: a.Facts, Book: a.State, Arrivals: a.Facts, Work: work{a}, Start: start{a}, Letters: letters{a.State, a},
		Uploads: a.path("uploads"), Version: "test", Who: behold.Colleague{Role: behold.Owner, Email: "mette@nordkaffe.example"},
	})}
}

func (v *visitor) ask(method, target, kind string, body io.Reader) (status int, page, to string) {
	v.t.Helper()
	r := httptest.NewRequestWithContext(v.t.Context(), method, target, body)
	r.Header.Set("Accept-Language", "en")
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	v.h.ServeHTTP(w, r)
	return w.Code, w.Body.String(), w.Header().Get("Location")
}

func (v *visitor) get(target string) string {
	v.t.Helper()
	_, page, _ := v.ask("GET", target, "", nil)
	return page
}

// post sends a form and gives where it led.
func (v *visitor) post(target string, pairs ...string) string {
	v.t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	status, page, to := v.ask("POST", target, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if status != http.StatusSeeOther {
		v.t.Fatalf("POST %s: %d\n%s", target, status, page)
	}
	return to
}

// drop sends files, name and content in turn.
func (v *visitor) drop(files ...string) string {
	v.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(files); i += 2 {
		part, err := w.CreateFormFile("file", files[i])
		if err != nil {
			v.t.Fatal(err)
		}
		io.WriteString(part, files[i+1])
	}
	w.Close()
	status, page, to := v.ask("POST", "/imports", w.FormDataContentType(), &b)
	if status != http.StatusSeeOther {
		v.t.Fatalf("%d\n%s", status, page)
	}
	return to
}

func (v *visitor) until(target, want string) string {
	v.t.Helper()
	for range 600 {
		if page := v.get(target); strings.Contains(page, want) {
			return page
		}
		time.Sleep(50 * time.Millisecond)
	}
	v.t.Fatalf("%s never says %q:\n%s", target, want, v.get(target))
	return ""
}

// TestFirstRun: a file whose headers nobody knows is corrected column by column,
// comes in, and the next one with its header is read the same way. An undo in
// between reads it again as it was read.
func TestFirstRun(t *testing.T) {
	a := openApp(t, t.TempDir())
	v := visit(t, a)
	const header = "Hvem;Tidspunkt;Bilag;Kroner;Hemmeligt\n"
	place := v.drop("salg.csv", header+"K-1;14-03-2025;F-1;1.188,00;x\nK-2;27-03-2025;F-2;240,50;y\nK-1;15-04-2025;F-3;99,00;z\n")
	page := v.get(place)
	for _, want := range []string{"One column is missing", `name="c3"`, "14-03-2025"} {
		if !strings.Contains(page, want) {
			t.Fatalf("the unknown file does not say %q:\n%s", want, page)
		}
	}
	v.post(place+"/currency", "currency", "DKK")
	v.post(place+"/reading", "as", "orders", "source", "till", "c0", "customer", "c1", "ordered_at", "c2", "order", "c3", "amount", "c4", behold.LeftOut)
	page = v.until(place, "Import 3 rows")
	for _, want := range []string{"14 March 2025", "1,188.00"} {
		if !strings.Contains(page, want) {
			t.Errorf("the corrected file does not say %q", want)
		}
	}
	v.post(place)
	v.until(strings.Replace(place, "/uploads/", "/work/", 1), "Done")
	orders := func() (all []behold.OrderSummary) {
		c, err := a.Facts.Customer(t.Context(), "K-1", someday())
		if err != nil {
			t.Fatal(err)
		}
		all, _, err = a.Facts.Orders(t.Context(), c.Number, someday(), behold.Slice{Limit: 9})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := orders()
	if len(before) != 2 || before[1].Amount != (behold.Money{Minor: 118800, Currency: "DKK"}) {
		t.Fatalf("orders of K-1: %+v", before)
	}
	place = v.drop("salg-2.csv", header+"K-1;15-04-2025;F-3;99,00;z\nK-3;16-04-2025;F-4;10,00;z\n")
	if page = v.until(place, "Import one row"); !strings.Contains(page, "Read the way you read the last file") || !strings.Contains(page, `value="till"`) {
		t.Errorf("the next file is read anew:\n%s", page)
	}
	v.post(place)
	v.until(strings.Replace(place, "/uploads/", "/work/", 1), "Done")
	v.post("/imports/1/undo")
	v.until("/imports", "undone")
	for range 100 { // the second file is read again: it brings F-3 now
		if e, _ := a.Facts.Extent(t.Context(), someday()); e.Lines == 2 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	after := orders()
	if len(after) != 1 || after[0].Order != "F-3" || after[0].Amount != (behold.Money{Minor: 9900, Currency: "DKK"}) {
		t.Errorf("after the undo: %+v", after)
	}
}

// TestWholeFolder: every file of a shop at once, in the right order, to the
// first lamps.
func TestWholeFolder(t *testing.T) {
	dir := t.TempDir()
	if err := sample.Write(t.Context(), dir, sample.Options{Customers: 60, Months: 30, Seed: 7, Until: behold.DayOf(time.Now()) - 1}); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, "shop/"+filepath.Base(path), string(b))
	}
	a := openApp(t, t.TempDir())
	v := visit(t, a)
	place := v.drop(files...)
	v.until(place, "Import all 13 files")
	page := v.until(v.post(place), "judged as of")
	if !strings.Contains(page, "See who needs you today") {
		t.Errorf("no way to Today:\n%s", page)
	}
	imports, err := a.Facts.Imports(t.Context())
	if err != nil || len(imports) != 13 || imports[len(imports)-1].Table != behold.TableCustomers || imports[len(imports)-2].Table != behold.TableOrders {
		t.Errorf("%d imports, %v, the first of %s", len(imports), err, imports[len(imports)-1].Table)
	}
}

// TestTemplates: what Behold hands out to be filled in, in every language, it
// reads without a single question.
func TestTemplates(t *testing.T) {
	for _, lang := range []string{"en", "da", "sv", "nb", "nl"} {
		a := openApp(t, t.TempDir())
		if err := a.Set(t.Context(), "currency", "EUR"); err != nil {
			t.Fatal(err)
		}
		v := visit(t, a)
		for _, table := range behold.Tables() {
			path := filepath.Join(t.TempDir(), string(table)+".csv")
			if err := os.WriteFile(path, []byte(v.get("/templates/"+string(table)+".csv?lang="+lang)), 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := a.Import(t.Context(), ImportJob{Path: path, DryRun: true})
			if err != nil {
				t.Errorf("%s in %s: %v", table, lang, err)
				continue
			}
			if r.Table != table || r.Kept != 2 || r.Rejected != 0 || len(r.Missing) != 0 || len(r.Notes) != 0 {
				t.Errorf("%s in %s: read as %s, kept %d, rejected %v, missing %v, notes %v", table, lang, r.Table, r.Kept, r.Rejects, r.Missing, r.Notes)
			}
			for _, c := range r.Columns {
				if c.Field != c.Header {
					t.Errorf("%s in %s: %s is taken for %q", table, lang, c.Header, c.Field)
				}
			}
		}
	}
}

// TestFields wants the columns that pages offer to be those that files can have.
func TestFields(t *testing.T) {
	a := openApp(t, t.TempDir())
	for _, table := range behold.Tables() {
		for _, f := range table.Fields() {
			path := filepath.Join(t.TempDir(), "x.csv")
			if err := os.WriteFile(path, []byte("zz,yy\n1,2\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			r, err := a.Look(t.Context(), ImportJob{Path: path, As: table, Map: map[string]string{"zz": f.Name}, Lenient: true})
			if err != nil || r.Columns[0].Field != f.Name {
				t.Errorf("%s.%s: %v, %+v", table, f.Name, err, r)
			}
		}
	}
}

// someday is after everything that tests record, and a day that a database knows.
func someday() behold.Day { return behold.Date(2200, 1, 1) }
