package intake

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"behold"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// How amount and sign are made.
func TestAmounts(t *testing.T) {
	const header = "order;customer;date;product;product name;quantity;unit price;discount;amount;kind;currency\n"
	for _, c := range []struct {
		row     string
		minor   int64
		back    bool
		goods   bool
		comment string
	}{
		{"F1;K;2024-01-13;P;Filter;2;594,00;;1.188,00;invoice;DKK", 118_800, false, true, "given"},
		{"F1;K;2024-01-13;P;Filter;2;594,00;;;;DKK", 118_800, false, true, "computed"},
		{"F1;K;2024-01-13;P;Filter;2;594,00;88,00;;;DKK", 110_000, false, true, "less discount"},
		{"F1;K;2024-01-13;P;Filter;;594,00;;;;DKK", 59_400, false, true, "one piece"},
		{"F1;K;2024-01-13;P;Filter;3;0,335;;;;DKK", 101, false, true, "rounded away from zero"},
		{"F1;K;2024-01-13;P;Filter;-2;594,00;;;;DKK", -118_800, true, true, "negative quantity"},
		{"F1;K;2024-01-13;P;Filter;-2;594,00;;1188,00;;DKK", -118_800, true, true, "negative quantity, amount without sign"},
		{"F1;K;2024-01-13;P;Filter;1;594,00;;-594,00;;DKK", -59_400, true, true, "negative amount"},
		{"F1;K;2024-01-13;P;Filter;1;594,00;;;Kreditnota;DKK", -59_400, true, true, "credit note"},
		{"F1;K;2024-01-13;P;Filter;1;594,00;;;creditfactuur;EUR", -59_400, true, true, "Dutch credit note"},
		{"F1;K;2024-01-13;P;Filter;1;594,00;;;Gutschrift;EUR", -59_400, true, true, "German credit note"},
		{"C1;K;2024-01-13;P;Filter;1;594,00;;;;DKK", 59_400, false, true, "an order number with C is no credit by itself"},
		{"F1;K;2024-01-13;P;Filter;1;0;;;;DKK", 0, false, true, "for nothing"},
		{"F1;K;2024-01-13;P;Filter;1;594;;;;JPY", 594, false, true, "a currency without decimals"},
		{"A1;K;2024-01-13;B;Adjust bad debt;1;-53594,36;;;;GBP", 0, false, false, "a bad debt"},
		{"A1;K;2024-01-13;B;Adjust bad debt;1;11062,06;;;;GBP", 0, false, false, "a bad debt, taken back"},
		{"F1;K;2024-01-13;;Porto og gebyr;1;49,00;;;;DKK", 4_900, false, false, "freight"},
		{"F1;K;2024-01-13;;Fakturaavgift;1;29,00;;;;SEK", 2_900, false, false, "fee"},
		{"F1;K;2024-01-13;FRAGT;;1;49,00;;;;DKK", 4_900, false, false, "freight by code"},
		{"F1;K;2024-01-13;4711;Gavekort holder, freight blue;1;49,00;;;;DKK", 4_900, false, true, "an article number outweighs words"},
	} {
		// The two rows below show decimal comma and date form beyond doubt.
		r, s := readFile(t, put(t, "f", header+c.row+"\nF8;K;2024-01-13;P;Filter;1;1,50;;;;\nF9;K;2024-01-13;P;Filter;1;1.100,50;;;;\n"), Options{})
		if len(s.lines) != 3 {
			t.Errorf("%s: %+v", c.comment, s.rejects)
			continue
		}
		if l := s.lines[0]; l.Amount.Minor != c.minor || l.Return != c.back || l.Goods != c.goods {
			t.Errorf("%s: %+v", c.comment, l)
		}
		if c.row[0] == 'A' && (!strings.Contains(s.attr[0], `"amount":"`) || !cmp.Equal(noteCodes(r), []string{NoteBadDebt})) {
			t.Errorf("%s: %s %v", c.comment, s.attr[0], r.Notes)
		}
	}
}

// Dates and decimal marks are decided for a column as a whole.
func TestFormsAreDecidedFromTheColumn(t *testing.T) {
	row := func(date, amount string) string { return "F1;K;" + date + ";" + amount + "\n" }
	late := strings.Repeat(row("05/06/2010", "1.188"), 60_000) // more than the head, and undecided
	for name, c := range map[string]struct {
		rows  string
		day   string
		minor int64
		notes []string
		opt   Options
	}{
		"day first":              {row("05/06/2010", "1,5") + row("31/12/2010", "1"), "2010-06-05", 150, nil, Options{}},
		"month first":            {row("05/06/2010", "1.5") + row("12/31/2010", "1"), "2010-05-06", 150, nil, Options{}},
		"both ways, day usual":   {row("05/06/2010", "1.5"), "2010-06-05", 150, []string{NoteDatesAmbiguous}, Options{}},
		"both ways, month said":  {row("05/06/2010", "1.5"), "2010-05-06", 150, nil, Options{DateOrder: MonthFirst}},
		"both ways, dollars":     {row("05/06/2010", "1.5"), "2010-05-06", 150, []string{NoteDatesAmbiguous}, Options{Currency: "USD"}},
		"both ways, AM":          {row("05/06/2010 8:00 AM", "1.5"), "2010-05-06", 150, []string{NoteDatesAmbiguous}, Options{}},
		"settled after the head": {late + row("12/31/2010", "1.5"), "2010-05-06", 119, nil, Options{}},
		"never settled":          {late, "2010-06-05", 118_800, []string{NoteDatesAmbiguous, NoteDecimalsAmbiguous}, Options{}},
		"contradictory":          {row("05/06/2010", "1.5") + row("31/12/2010", "1") + row("30/12/2010", "1") + row("12/30/2010", "1"), "2010-06-05", 150, []string{NoteDatesContradict}, Options{}},
		"grouped thousands":      {row("2010-06-05", "1.188") + row("2010-06-05", "1.188.000"), "2010-06-05", 118_800, nil, Options{}},
		"three decimals":         {row("2010-06-05", "1.188") + row("2010-06-05", "0.500"), "2010-06-05", 119, nil, Options{}},
		"serial numbers":         {row("40334", "1.5") + row("40335.5", "1.5"), "2010-06-05", 150, nil, Options{}},
	} {
		r, s := readFile(t, put(t, "f", "order;customer;date;amount\n"+c.rows), c.opt)
		if len(s.lines) == 0 || s.lines[0].At.Format("2006-01-02") != c.day || s.lines[0].Amount.Minor != c.minor || !cmp.Equal(noteCodes(r), c.notes) {
			t.Errorf("%s: %v %+v %v", name, r.Notes, s.lines[:min(1, len(s.lines))], r.Rejects)
		}
		if name == "contradictory" && rowsOf(r, WhyDateOrder) != 1 {
			t.Errorf("%s: %v", name, r.Rejects)
		}
	}
}

// The names of lines do not depend on the order of rows, and are never shared.
func TestLinesGetNames(t *testing.T) {
	_, s := readFile(t, put(t, "f", "order,customer,date,sku,amount\nF1,K,2024-01-13,P,1\nF1,K,2024-01-13,Q,1\nF2,K,2024-01-13,P,1\nF1,K,2024-01-13,P,2\nF1,K,2024-01-13,,3\nF1,K,2024-01-13,P#2,4\nF1,K,2024-01-13,,5\n"), Options{})
	var got []string
	for _, l := range s.lines {
		got = append(got, l.Order+"/"+l.Line)
	}
	if diff := cmp.Diff([]string{"F1/P", "F1/Q", "F2/P", "F1/P#2", "F1/#1", "F1/P#2#1", "F1/#2"}, got); diff != "" {
		t.Error(diff)
	}
	r, s := readFile(t, put(t, "f", "order,customer,date,line,sku,amount\nF1,K,2024-01-13,1,P,1\nF1,K,2024-01-13,2,P,1\nF1,K,2024-01-13,1,P,1\nF1,K,2024-01-13,2,P,7\nF1,K,2024-01-13,,P,7\n"), Options{})
	if len(s.lines) != 3 || r.Known != 1 || r.Rejected != 1 || s.rejects[0].Why != WhyLineTwice || s.rejects[0].Row != 5 || s.rejects[0].Value != "F1/2 ↑3" || s.lines[2].Line != "P" {
		t.Errorf("%+v %+v %d known", s.lines, s.rejects, r.Known)
	}
}

// Without a code the product's name tells lines apart, and a number that looks
// like another line's name does not get in twice.
func TestNamesAreNeverShared(t *testing.T) {
	_, s := readFile(t, put(t, "f", "order,customer,date,sku,product name,amount\nF1,K,2024-01-13,,Cup,1\nF1,K,2024-01-13,,Plate,1\nF1,K,2024-01-13,Cup,Cup,2\nF1,K,2024-01-13,,,3\n"), Options{})
	var got []string
	for _, l := range s.lines {
		got = append(got, l.Line)
	}
	if diff := cmp.Diff([]string{"Cup", "Plate", "Cup#2", "#1"}, got); diff != "" {
		t.Error(diff)
	}
	for _, rows := range []string{"F1,K,2024-01-13,,P,1\nF1,K,2024-01-13,P,Q,2\n", "F1,K,2024-01-13,P,Q,2\nF1,K,2024-01-13,,P,1\n"} {
		r, s := readFile(t, put(t, "f", "order,customer,date,line,sku,amount\n"+rows), Options{})
		if len(s.lines) != 1 || r.Rejected != 1 || s.rejects[0].Value != "F1/P ↑2" || s.rejects[0].Row != 3 {
			t.Errorf("%+v %+v", s.lines, s.rejects)
		}
	}
}

// The table of twins finds what a map finds.
func TestTwins(t *testing.T) {
	table, plain := newTwins(0, true), map[string]int64{}
	for i := range int64(300_000) {
		order, line := fmt.Sprint(i*7919%50_000), fmt.Sprint(i%3)
		first, same := table.first(twinKeyOf(order, line), i+2, 7)
		key := order + "/" + line
		if _, ok := plain[key]; !ok {
			plain[key] = i + 2
		}
		if first != plain[key] || !same {
			t.Fatalf("%s first in %d, want %d", key, first, plain[key])
		}
	}
	if table.used != len(plain) {
		t.Errorf("%d keys, want %d", table.used, len(plain))
	}
}

// Customers: one row each, and once each beside orders.
func TestCustomers(t *testing.T) {
	r, s := readFile(t, put(t, "f", "Kundenr;Navn;Type;Oprettet;VIP;Tags;Kundeansvarlig;Rating\nK1;Bo A/S;Erhverv;13-01-2024;ja;a,b;bo@x.dk;AAA\nk1 ;Bo A/S;Erhverv;13-01-2024;ja;a,b;bo@x.dk;AAA\nK2;Ann;Privat;ukendt;nej;;;\nK2;Anne;Privat;;nej;;;\n"), Options{})
	want := behold.Customer{ID: "K1", Name: "Bo A/S", Kind: "company", Since: behold.Date(2024, 1, 13), VIP: true, Tags: []string{"a", "b"}, Colleague: "bo@x.dk", ClosedOn: behold.NoDay, Attributes: map[string]string{"Rating": "AAA"}}
	if r.Table != behold.TableCustomers || len(s.customers) != 2 || !cmp.Equal(s.customers[0], want) || s.customers[1].Kind != "person" || s.customers[1].Since != behold.NoDay {
		t.Errorf("%+v", s.customers)
	}
	if r.Rejected != 2 || s.rejects[1].Value != "K2 ↑4" || !cmp.Equal(noteCodes(r), []string{NoteValuesIgnored}) {
		t.Errorf("%+v %v", s.rejects, r.Notes)
	}
	_, s = readFile(t, put(t, "f", "order,customer,date,country,customer name\nF1,K1,2024-01-13,DK,Bo\nF2, k1,2024-01-14,DK,Bo\nF3,K2,2024-01-14,SE,Ann\n"), Options{})
	if len(s.customers) != 2 || s.customers[0].Name != "Bo" || s.customers[1].Country != "SE" || s.lines[0].Amount.Minor != 100 {
		t.Errorf("%+v", s.customers)
	}
}

func TestColumnsOfTheContract(t *testing.T) {
	_, s := readFile(t, put(t, "f", "order,customer,ordered_at,recorded_at,promised_on,cost,customer number,x\nF1,17.0,2024-01-13 08:00,2024-01-14,n/a,5,a,\"say \"\"hi\"\"\"\nF2,18.0,2024-01-13,,2024-02-01,bad,b,=1+1\n"), Options{Map: map[string]string{"customer number": "-"}})
	if len(s.lines) != 2 || s.customer[0] != "17" || timeOf(s.recorded[0]).Format("2006-01-02") != "2024-01-14" || timeOf(s.recorded[1]) != s.lines[1].At {
		t.Errorf("%+v %v", s.lines, s.customer)
	}
	if !cmp.Equal(s.promised, []behold.Day{behold.NoDay, behold.Date(2024, 2, 1)}) || !cmp.Equal(s.cost, []int64{500, 0}) {
		t.Errorf("promised %v cost %v", s.promised, s.cost)
	}
	if s.attr[0] != `{"customer number":"a","x":"say \"hi\""}` || s.attr[1] != `{"customer number":"b","x":"=1+1"}` {
		t.Errorf("attributes %v", s.attr)
	}
}

func TestShopify(t *testing.T) {
	r, s := readFile(t, put(t, "f", "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku\n"+
		"#1001,a@x.dk,paid,DKK,300.00,2025-10-07 09:50:26 +0200,1,Cup,100.00,CUP\n#1001,a@x.dk,,,,2025-10-07 09:50:26 +0200,2,Plate,100.00,PLATE\n#1002,b@x.dk,voided,DKK,50.00,2025-10-08 09:50:26 +0200,1,Cup,50.00,CUP\n"), Options{})
	if len(s.lines) != 2 || s.lines[1].Amount != (behold.Money{Minor: 20_000, Currency: "DKK"}) || s.lines[1].Order != "#1001" || s.customer[1] != "a@x.dk" || rowsOf(r, WhyNotASale) != 1 {
		t.Errorf("%+v %+v", s.lines, s.rejects)
	}
}

// A summary in front of the invoices is passed over, and customers too.
func TestWorkbookWithASummaryInFront(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	for sheet, rows := range map[string][][]any{
		"Sheet1": {{"Omsætning pr. måned"}, {"Måned", "Omsætning"}, {"2026-01", 12345}},
		"Kunder": {{"Kundenr", "Navn"}, {"K1", "Thise"}},
		"Salg":   {{"Mit firma"}, {}, {"Fakturanr", "Dato", "Kundenr", "Kunde", "Beløb"}, {1, "2026-01-31", "K1", "Thise", 100}},
	} {
		if _, err := book.NewSheet(sheet); err != nil {
			t.Fatal(err)
		}
		for i, row := range rows {
			if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := t.TempDir() + "/salg.xlsx"
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	r, s := readFile(t, path, Options{})
	if r.Columns[3].Field != "name" {
		t.Errorf("the customer beside the customer's number is taken for %q", r.Columns[3].Field)
	}
	if r.Table != behold.TableOrders || len(s.lines) != 1 || s.lines[0].Amount.Minor != 10_000 || !slices.Contains(noteCodes(r), NoteSheets) {
		t.Errorf("%+v %+v", r, s.lines)
	}
}

// A workbook that another program wrote reads like the same rows as CSV.
func TestWorkbook(t *testing.T) {
	book := excelize.NewFile()
	defer book.Close()
	if _, err := book.NewSheet("Sales"); err != nil {
		t.Fatal(err)
	}
	style, err := book.NewStyle(&excelize.Style{NumFmt: 22})
	if err != nil {
		t.Fatal(err)
	}
	at := timeOf(1_291_191_960_000_000) // 2010-12-01 08:26
	for i, row := range [][]any{
		{"Sales list"}, {}, {"Invoice", "Customer ID", "InvoiceDate", "StockCode", "Description", "Quantity", "Price"},
		{536365, 17850, at, "85123A", "HOLDER, \"WHITE\"\nLARGE", 6, 2.55},
		{"C536379", "K1", at, "D", "Discount", -1, 27.5},
		{536370, nil, at, "22633", "WARMER", 6, 1.85},
		{536371, "K2", "2010-12-02", "=1+1", "text", 1, 0.1 + 0.2},
	} {
		if err := book.SetSheetRow("Sales", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellStyle("Sales", "C4", "C6", style); err != nil {
		t.Fatal(err)
	}
	path := t.TempDir() + "/sales.xlsx"
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	r, s := readFile(t, path, Options{Currency: "GBP"})
	if r.Form.Kind != "xlsx" || r.Read != 4 || len(s.lines) != 3 || s.rejects[0].Row != 6 || s.rejects[0].Why != WhyNoCustomer || r.Size == 0 || len(r.SHA256) != 64 {
		t.Fatalf("%+v %+v", r, s.rejects)
	}
	want := behold.Line{Order: "536365", Line: "85123A", At: at, Product: "85123A", ProductName: `HOLDER, "WHITE" LARGE`, Quantity: 6, UnitPrice: 2.55, Amount: behold.Money{Minor: 1530, Currency: "GBP"}, Goods: true, Row: 4}
	if diff := cmp.Diff(want, s.lines[0]); diff != "" {
		t.Error(diff)
	}
	if l := s.lines[1]; !l.Return || l.Goods || l.Amount.Minor != -2750 {
		t.Errorf("%+v", l)
	}
	if l := s.lines[2]; l.Amount.Minor != 30 || l.Product != "=1+1" {
		t.Errorf("%+v", l)
	}
	limit := usualLimits()
	limit.workbook = 1000
	if _, err := Read(context.Background(), path, Options{limit: &limit}, &shelf{}); err == nil || !strings.Contains(err.Error(), "unpacks to") {
		t.Errorf("a workbook over the limit: %v", err)
	}
	look, err := Look(context.Background(), path, Options{})
	if err != nil || look.Read != 0 || fieldsOf(look)["ordered_at"] != "InvoiceDate" || look.Columns[0].Example[0] != "536365" {
		t.Errorf("%+v %v", look, err)
	}
}

func TestCustomerBesideItsNumberIsTheName(t *testing.T) {
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("Invoice,Customer,Customer ID,Date,Amount\n1,Hansen ApS,K-1,2025-01-02,10\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r, s := readFile(t, path, Options{})
	if r.Columns[1].Field != "name" || r.Columns[2].Field != "customer" || s.customer[0] != "K-1" {
		t.Errorf("taken for %q and %q: %v", r.Columns[1].Field, r.Columns[2].Field, s.customer)
	}
}
