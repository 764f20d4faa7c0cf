package app

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/realdata"
)

// suggested is what can be suggested to every so-manieth customer, and how many
// were looked at.
func suggested(t *testing.T, a *App, day behold.Day, every int) (found map[string]behold.Companion, all int) {
	t.Helper()
	customers, _, err := a.Facts.Customers(t.Context(), behold.Slice{Limit: 100_000}, day)
	if err != nil {
		t.Fatal(err)
	}
	found = map[string]behold.Companion{}
	for i := 0; i < len(customers); i += every {
		c, any, err := a.Facts.Companion(t.Context(), customers[i].Number, day)
		if err != nil {
			t.Fatal(err)
		}
		if all++; any {
			found[customers[i].ID] = c
		}
	}
	return found, all
}

// buyers are who bought each product of the wholesaler's file, by stock code.
func buyers(t *testing.T, path string) map[string]map[string]bool {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]map[string]bool{}
	for rows := csv.NewReader(z); ; {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return by
		}
		if err != nil {
			t.Fatal(err)
		}
		invoice, code, quantity, customer := row[0], row[1], row[3], row[6]
		if customer == "" || strings.HasPrefix(invoice, "C") || strings.HasPrefix(quantity, "-") {
			continue
		}
		if by[code] == nil {
			by[code] = map[string]bool{}
		}
		by[code][customer] = true
	}
}

// At a real wholesaler something that similar customers buy can be suggested to
// most, and the numbers behind it are those of the file: of the 319 who bought the
// pink cups, 296 bought the green ones.
func TestCompanionsAtAWholesaler(t *testing.T) {
	path := realdata.Path(t, "data/online_retail_2010_2011.csv.gz")
	a := openApp(t, t.TempDir())
	if _, err := a.Import(t.Context(), ImportJob{Path: path, File: "retail.csv.gz"}); err != nil {
		t.Fatal(err)
	}
	day := behold.Date(2011, 12, 9)
	found, all := suggested(t, a, day, 60)
	if share := float64(len(found)) / float64(all); share < .7 {
		t.Errorf("something can be suggested to %d of %d customers; to 3,737 of 4,372 on 2026-11-22", len(found), all)
	}
	for id, c := range found {
		if c.Have == "" || c.Also == "" || c.Both < 10 || c.Both > c.All || float64(c.Both) < .25*float64(c.All) {
			t.Errorf("%s: %+v", id, c)
		}
	}
	cups, err := a.Facts.Customer(t.Context(), "16045", day)
	if err != nil {
		t.Fatal(err)
	}
	c, any, err := a.Facts.Companion(t.Context(), cups.Number, day)
	if err != nil || !any {
		t.Fatal(any, err)
	}
	by, both := buyers(t, path), 0
	for id := range by["22698"] {
		if by["22697"][id] {
			both++
		}
	}
	if want := (behold.Companion{Have: "PINK REGENCY TEACUP AND SAUCER", Also: "GREEN REGENCY TEACUP AND SAUCER", Both: both, All: len(by["22698"])}); c != want {
		t.Errorf("%+v, want %+v as the file has it", c, want)
	}
}

// The invented shop has customers to suggest something to as well.
func TestCompanionsOfTheInventedShop(t *testing.T) {
	a := openApp(t, t.TempDir())
	invented(t, a, 200)
	found, all := suggested(t, a, behold.DayOf(time.Now())-1, 4)
	if len(found) == 0 {
		t.Errorf("nothing can be suggested to any of %d customers", all)
	}
}
