package main

import (
	"encoding/csv"
	"path/filepath"
	"strings"
	"testing"

	"behold"
	"behold/internal/lamp"
)

// The doctor counts every table and says of every lamp whether it has data, and
// which file would give it some.
func TestDoctorSaysWhatSwitchesLampsOn(t *testing.T) {
	dir := t.TempDir()
	invoices := filepath.Join(t.TempDir(), "invoices.csv")
	writeInvoices(t, invoices)
	must(t, exitDone, dir, "import", invoices)
	before := examined(t, dir)
	for _, table := range behold.Tables() {
		if _, there := before["table "+string(table)]; !there {
			t.Errorf("nothing is said of the table %s", table)
		}
	}
	for _, rule := range lamp.Rules() {
		if _, there := before["lamp "+string(rule.Kind)]; !there {
			t.Errorf("nothing is said of the lamp %s", rule.Kind)
		}
	}
	if got := before["table orders"]; got[1] != "ok" || got[2] != "rows: 360" {
		t.Errorf("orders: %q", got)
	}
	if got := before["lamp rhythm"]; got[1] != "ok" {
		t.Errorf("rhythm: %q", got)
	}
	if got := before["lamp quote_unanswered"]; got[2] != "no data" || !strings.HasSuffix(got[3], ": quotes") {
		t.Errorf("without quotes: %q", got)
	}
	if got := before["lamp intro_ends"]; got[2] != "no data" || !strings.HasPrefix(got[3], "one of these files") {
		t.Errorf("without contracts or customers: %q", got)
	}

	must(t, exitDone, dir, "import", file(t, "quotes.csv", "quote,customer,at,amount\nQ-1,K-1042,2025-03-01,100\n"))
	after := examined(t, dir)
	if got := after["lamp quote_unanswered"]; got[1] != "ok" || got[2] != "has data: quotes" {
		t.Errorf("with quotes: %q", got)
	}
	if got := after["table quotes"]; got[2] != "rows: 1" {
		t.Errorf("quotes: %q", got)
	}
}

// examined is what the doctor says, by what it is about.
func examined(t *testing.T, dir string) map[string][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(must(t, exitDone, dir, "doctor", "--format", "csv").out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	by := map[string][]string{}
	for _, row := range rows {
		by[row[0]] = row
	}
	return by
}
