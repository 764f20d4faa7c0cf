package main

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold/internal/realdata"
	"behold/stat/survival"
)

// A half is a company's losses by quarter, whose second half was hidden from what
// projects it.
type half struct {
	name      string
	seen      int       // quarters that the curve was learned from
	share     []float64 // still here after 0, 1, 2 … quarters
	projected []float64 // the same, from the last quarter that was seen
	model     string
}

// TestHalves hides the second half of what is known of how long the customers of
// two shops stay, projects it, and wants docs/statistics.md and its picture to show
// what came of that, the miss included.
func TestHalves(t *testing.T) {
	halves := []half{
		halfOf(t, "CDNOW", "1998-06-30", purchasesOf(t, "data/cdnow_master.csv.gz", 1, 3), true),
		halfOf(t, "Online Retail", "2011-12-09", purchasesOf(t, "data/online_retail_invoices.csv.gz", 2, 7), false),
	}
	p := picture{title: "Share still customers: counted, and projected from the first half", across: "quarters after the first purchase", up: "share still customers, in per cent", places: []string{"0", "1", "2", "3", "4", "5"}}
	for _, h := range halves {
		for _, c := range []struct {
			name   string
			shares []float64
		}{{h.name + ", counted", h.share}, {h.name + ", projected", h.projected}} {
			values := make([]float64, len(c.shares))
			for i := range values {
				values[i] = 100 * c.shares[i]
			}
			p.curves = append(p.curves, curve{c.name, values})
		}
	}
	drawing := filepath.Join("../../docs/statistics", "halves.svg")
	if *update {
		if err := os.WriteFile(drawing, []byte(p.svg()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if drawn, err := os.ReadFile(drawing); err != nil || string(drawn) != p.svg() {
		t.Errorf("%s is not what is projected now (%v): run this test with -update", drawing, err)
	}
	page, err := os.ReadFile("../../docs/statistics.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range halves {
		for q := h.seen + 1; q < len(h.share); q++ {
			row := fmt.Sprintf("| %s, %s | %d | %.1f %% | %.1f %% | %.1f |", h.name, h.model, q, 100*h.share[q], 100*h.projected[q], 100*(h.projected[q]-h.share[q]))
			if row = minus.ReplaceAllString(row, "−$1"); !strings.Contains(string(page), row) {
				t.Errorf("docs/statistics.md has no row\n%s", row)
			}
		}
	}
}

// purchasesOf are the purchases in a file as import takes them: order, customer,
// date and amount. The columns are those of the date and of the amount.
func purchasesOf(t *testing.T, name string, date, amount int) [][]string {
	t.Helper()
	f, err := os.Open(realdata.Path(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	all := [][]string{{"order", "customer", "date", "amount"}}
	for i, row := range rows[1:] {
		id := row[0]
		if date == 2 { // an invoice has its number before its customer
			id = row[1]
		}
		if id != "" && row[amount] != "0" {
			all = append(all, []string{fmt.Sprint("F", i), id, row[date][:10], row[amount]})
		}
	}
	return all
}

// halfOf has the program tell who is lost, and projects the later quarters from the
// earlier ones. since says that customers came with their first purchase, which
// records that begin with it cannot tell.
func halfOf(t *testing.T, name, day string, rows [][]string, since bool) half {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	run1(t, dir, "import", file(t, "orders.csv", b.String()))
	if since {
		first := map[string]string{}
		for _, row := range rows[1:] {
			if at, known := first[row[1]]; !known || row[2] < at {
				first[row[1]] = row[2]
			}
		}
		b.Reset()
		b.WriteString("customer,customer_since\n")
		for id, at := range first {
			b.WriteString(id + "," + at + "\n")
		}
		must(t, exitDone, dir, "import", "--as", "customers", file(t, "customers.csv", b.String()))
	}
	var told struct {
		Cohorts []struct {
			Customers float64
			Active    []float64
		}
	}
	if err := json.Unmarshal([]byte(must(t, exitDone, dir, "report", "loss", "--day", day, "--format", "json").out), &told); err != nil {
		t.Fatal(err)
	}
	longest := 0
	for _, c := range told.Cohorts {
		longest = max(longest, len(c.Active)-1)
	}
	h := half{name: name, seen: (longest + 1) / 2, share: []float64{1}}
	var early []survival.Cohort
	for _, c := range told.Cohorts {
		active := make([]float64, 0, h.seen+1)
		for _, share := range c.Active[:min(len(c.Active), h.seen+1)] {
			active = append(active, math.Round(share*c.Customers))
		}
		early = append(early, survival.Cohort{Active: active})
	}
	for q := 1; q <= longest; q++ {
		here, was := 0.0, 0.0
		for _, c := range told.Cohorts {
			if len(c.Active) > q {
				here, was = here+c.Active[q]*c.Customers, was+c.Active[q-1]*c.Customers
			}
		}
		h.share = append(h.share, h.share[q-1]*here/was)
	}
	choice, err := survival.ChooseContract(early)
	if err != nil {
		t.Fatal(err)
	}
	h.model = "sBG"
	if choice.Free > 2 {
		h.model = "BdW"
	}
	for q := range h.share {
		if q <= h.seen {
			h.projected = append(h.projected, h.share[q])
			continue
		}
		kept, _ := choice.Kept(float64(h.seen), float64(q))
		h.projected = append(h.projected, h.share[h.seen]*kept)
	}
	t.Logf("%s: %d of %d quarters seen, %s %+v; counted %.3f, projected %.3f", name, h.seen, longest, h.model, []float64{choice.A, choice.B, choice.C}, h.share, h.projected)
	return h
}
