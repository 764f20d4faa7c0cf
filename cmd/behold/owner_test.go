package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"
)

// export writes a file as a shop's bookkeeping exports it and gives its path.
func export(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func monthly(customer, amount string) []string {
	lines := []string{"Fakturanr;Fakturadato;Kundenr;Varenavn;Antal;Beløb"}
	for _, month := range []string{"01", "02", "03", "04", "05", "06"} {
		lines = append(lines, "F"+month+";15-"+month+"-2025;"+customer+";Filter;1;"+amount)
	}
	return lines
}

func TestOneCustomerIsCountedAsOne(t *testing.T) {
	dir := t.TempDir()
	s := must(t, exitDone, dir, "import", export(t, "one.csv", monthly("K-1", "100,00")...))
	if !strings.Contains(s.out, "\n  1 customer, from 2025-01-15") {
		t.Error(s.out)
	}
	if s = must(t, exitDone, dir, "round"); !strings.Contains(s.out, ": 1 customer, 6 order lines") {
		t.Error(s.out)
	}
	s = must(t, exitDone, dir, "customer", "K-1")
	if !strings.Contains(s.out, "  1 line  ") || strings.Contains(s.out, "1 lines") || strings.Contains(s.out, " ;") {
		t.Error(s.out)
	}
}

// A currency that is said after the import holds for amounts that name none.
func TestCurrencySaidLate(t *testing.T) {
	dir := t.TempDir()
	must(t, exitDone, dir, "import", export(t, "one.csv", monthly("K-1", "100,00")...))
	must(t, exitDone, dir, "round")
	must(t, exitDone, dir, "config", "set", "currency", "DKK")
	for _, args := range [][]string{{"standings", "--format", "csv"}, {"customer", "K-1", "--format", "json"}} {
		if s := must(t, exitDone, dir, args...); !strings.Contains(s.out, "DKK") {
			t.Errorf("%v: %s", args, s.out)
		}
	}
	if s := must(t, exitDone, dir, "customer", "K-1"); !strings.Contains(s.out, "DKK") && !strings.Contains(s.out, "kr") {
		t.Error(s.out)
	}
}

// A figure of the evidence has no day, and none is made up for it.
func TestFiguresHaveNoDay(t *testing.T) {
	dir := t.TempDir()
	lines := []string{"order;date;customer;amount"}
	for i, day := 0, behold.Date(2024, 1, 1); day < behold.Date(2025, 6, 1); i, day = i+1, day+7 {
		lines = append(lines, fmt.Sprintf("A%d;%s;K-1;100", i, day))
		if day < behold.Date(2025, 3, 1) {
			lines = append(lines, fmt.Sprintf("B%d;%s;K-2;100", i, day))
		}
	}
	must(t, exitDone, dir, "import", export(t, "weekly.csv", lines...))
	must(t, exitDone, dir, "round", "--day", "2025-03-14")
	s := must(t, exitDone, dir, "lamps", "--format", "json")
	if !strings.Contains(s.out, `"silent_days"`) || strings.Contains(s.out, "1970-01-01") {
		t.Error(s.out)
	}
}

func TestDaysToComeAreNotJudged(t *testing.T) {
	dir := t.TempDir()
	if s := must(t, exitFailed, dir, "round"); !strings.Contains(s.err, "there are no orders yet") {
		t.Error(s.err)
	}
	must(t, exitDone, dir, "import", export(t, "one.csv", monthly("K-1", "100,00")...))
	must(t, exitDone, dir, "round")
	for _, args := range [][]string{{"round", "--day", "2099-01-01"}, {"lamps", "--day", "2099-01-01"}, {"standings", "--day", "2099-01-01"}} {
		s := must(t, exitFailed, dir, args...)
		if !strings.Contains(s.err, "2099-01-01 has not come yet") || s.out != "" {
			t.Errorf("%v: %q %q", args, s.out, s.err)
		}
	}
	lines := append(monthly("K-1", "100,00"), "F99;15-01-2099;K-1;Filter;1;100,00")
	must(t, exitDone, dir, "import", export(t, "later.csv", lines...))
	must(t, exitDone, dir, "round", "--day", "2099-01-15")
}

func TestClockBehindTheData(t *testing.T) {
	dir := t.TempDir()
	must(t, exitDone, dir, "import", export(t, "later.csv", "order;date;customer;amount", "1;2090-01-31;K-1;100", "2;2090-02-28;K-1;100"))
	if s := must(t, exitFailed, dir, "round"); !strings.Contains(s.err, "is the clock of this machine right?") {
		t.Error(s.err)
	}
}

// Invoices of the first of every month can be read both ways, so somebody has to say.
func TestDatesThatCanBeReadBothWays(t *testing.T) {
	file := export(t, "monthly.csv", "order,date,customer,amount", "1,01/01/2025,K-1,100", "2,02/01/2025,K-1,100", "3,03/01/2025,K-1,100")
	dir := t.TempDir()
	if s := must(t, exitDone, dir, "import", "--dry-run", file); !strings.Contains(s.out, "can be read as day/month or as month/day") {
		t.Error(s.out)
	}
	if s := must(t, exitDone, dir, "import", "--dates", "month", file); !strings.Contains(s.out, "from 2025-01-01 to 2025-03-01") {
		t.Error(s.out)
	}
	if s := must(t, exitDone, t.TempDir(), "import", "--dates", "day", file); !strings.Contains(s.out, "from 2025-01-01 to 2025-01-03") {
		t.Error(s.out)
	}
	// What an undo reads again is read as it was the first time.
	must(t, exitDone, dir, "import", export(t, "more.csv", "order,date,customer,amount", "1,01/01/2025,K-1,100", "4,04/01/2025,K-1,100"), "--dates", "month")
	must(t, exitDone, dir, "import", "undo", "1")
	if s := must(t, exitDone, dir, "doctor", "--format", "csv"); !strings.Contains(s.out, "from 2025-01-01 to 2025-04-01") {
		t.Error(s.out)
	}
	must(t, exitFailed, dir, "import", "--dates", "year", file)
}

// An invented shop is never written over somebody's own files.
func TestSampleLeavesOtherFilesAlone(t *testing.T) {
	mine := export(t, "orders.csv", "precious")
	s := must(t, exitFailed, t.TempDir(), "sample", "--customers", "5", "--out", filepath.Dir(mine))
	if b, err := os.ReadFile(mine); err != nil || string(b) != "precious\n" || !strings.Contains(s.err, "holds other files") {
		t.Error(string(b), err, s.err)
	}
	out := filepath.Join(t.TempDir(), "shop")
	for range 2 { // its own it may renew
		must(t, exitDone, t.TempDir(), "sample", "--customers", "5", "--out", out)
	}
}

// A lamp that does not exist is a slip of the pen, not an empty list.
func TestUnknownLampIsRefused(t *testing.T) {
	for _, args := range [][]string{{"lamps", "--kind", "rythm"}, {"lamps", "--reason", "rival"}} {
		if s := must(t, exitUsage, t.TempDir(), args...); !strings.Contains(s.err, "hint:") {
			t.Error(s.err)
		}
	}
}

func TestConfigSaysWhereTheFolderCameFrom(t *testing.T) {
	if s := must(t, exitDone, t.TempDir(), "config", "--format", "csv"); !strings.Contains(s.out, "--data\n") {
		t.Error(s.out)
	}
}
