package sample

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"behold"
)

// until is the last day of the shops in these tests.
var until = behold.Date(2025, 6, 30)

func write(t *testing.T, opt Options) map[string][]byte {
	t.Helper()
	dir := t.TempDir()
	if err := Write(context.Background(), dir, opt); err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for x := range tables {
		b, err := os.ReadFile(filepath.Join(dir, x.name()+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		out[x.name()] = b
	}
	return out
}

func TestSameBytesOnAnyNumberOfCores(t *testing.T) {
	opt := Options{Customers: 700, Seed: 7, Until: until, Workers: 1}
	one := write(t, opt)
	opt.Workers = 5
	for name, b := range write(t, opt) {
		if !bytes.Equal(b, one[name]) {
			t.Errorf("%s.csv depends on the number of cores", name)
		}
	}
	opt.Seed = 8
	if bytes.Equal(write(t, opt)["orders"], one["orders"]) {
		t.Error("another seed gives the same orders")
	}
}

func BenchmarkWrite(b *testing.B) {
	lines := 0
	dir := b.TempDir()
	for b.Loop() {
		if err := Write(context.Background(), dir, Options{Customers: 2000, Seed: 1, Until: until, Workers: 1}); err != nil {
			b.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "orders.csv"))
		if err != nil {
			b.Fatal(err)
		}
		lines += bytes.Count(data, []byte("\n")) - 1
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
}

var update = flag.Bool("update", false, "write the golden file anew")

// The whole of a very small shop, for a person to read.
func TestGoldenShop(t *testing.T) {
	shop := write(t, Options{Customers: 3, Months: 5, Seed: 5, Until: until, OrdersPerYear: 8})
	var got bytes.Buffer
	for x := range tables {
		fmt.Fprintf(&got, "-- %s.csv --\n%s", x.name(), shop[x.name()])
	}
	golden := filepath.Join("testdata", "shop.golden")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the shop of seed 5 has changed; see it with -update and git diff:\n%s", got.Bytes())
	}
}

// The columns of the import contract, table by table.
func TestColumnsAreThoseOfTheContract(t *testing.T) {
	contract := map[string]string{
		"customers":  "customer name kind email phone registration_no vat_no country region language segment colleague customer_since acquired_by acquired_offer acquisition_cost price_list captive vip survey_opt_out marketing_opt_out closed_on closed_reason tags",
		"people":     "customer person name email phone role valid_from valid_to email_status",
		"orders":     "order customer ordered_at line product product_name category quantity unit_price amount cost list_price discount offer currency promised_on delivered_on credit_of",
		"invoices":   "invoice customer due_on paid_on amount currency disputed",
		"contracts":  "contract customer product starts_on ends_on notice_days auto_renew price period currency intro_until ended_on",
		"contacts":   "contact customer at direction channel colleague person replied_at text",
		"tickets":    "ticket customer opened_at first_reply_at closed_at reopened touchpoint priority complaint promise_hours channel subject text",
		"promises":   "promise customer made_at due_at kept_at text kind colleague",
		"answers":    "answer customer answered_at asked_at item value scale_max touchpoint text",
		"quotes":     "quote customer at amount currency won_at",
		"losses":     "customer left_on reason detail competitor said_by won_back_on",
		"efforts":    "month aim amount currency hours what",
		"colleagues": "colleague name team hours_per_week",
		"truth":      "customer left_on reason since",
	}
	for name, rows := range parse(t, write(t, Options{Customers: 400, Seed: 2, Until: until})) {
		if got := strings.Join(rows[0], " "); got != contract[name] {
			t.Errorf("%s has the columns\n%s, the contract\n%s", name, got, contract[name])
		}
		if len(rows) < 2 {
			t.Errorf("%s is empty", name)
		}
		keys := map[string]bool{}
		for _, row := range rows[1:] {
			key := row[0]
			switch name {
			case "orders":
				key += " " + row[3]
			case "people":
				key = row[1]
			case "efforts":
				key += row[1] + row[5]
			}
			if keys[key] {
				t.Fatalf("%s: %s stands there twice", name, key)
			}
			keys[key] = true
		}
	}
}

func parse(t *testing.T, files map[string][]byte) map[string][][]string {
	t.Helper()
	out := map[string][][]string{}
	for name, b := range files {
		rows, err := csv.NewReader(bytes.NewReader(b)).ReadAll() // every row must be as long as the first
		if err != nil {
			t.Fatalf("%s.csv: %v", name, err)
		}
		out[name] = rows
	}
	return out
}

func TestMoneyAddsUp(t *testing.T) {
	shop := parse(t, write(t, Options{Customers: 300, Seed: 4, Until: until}))
	minor := func(s string) int64 {
		v, err := strconv.ParseInt(strings.Replace(s, ".", "", 1), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	sold, credited := map[string]int64{}, 0
	for _, r := range shop["orders"][1:] {
		quantity, err := strconv.ParseInt(r[7], 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if amount := minor(r[9]); amount != quantity*minor(r[8])-minor(r[12]) || (amount < 0) != (r[17] != "") {
			t.Fatalf("amount is not quantity × unit_price − discount: %q", r)
		}
		if r[17] != "" {
			credited++
			if _, known := sold[r[17]]; !known {
				t.Fatalf("credit of an order that was not before it: %q", r)
			}
			continue
		}
		sold[r[0]] += minor(r[9])
	}
	for _, r := range shop["invoices"][1:] {
		if minor(r[4]) != sold[r[0]] {
			t.Fatalf("invoice %q, its order is over %d", r, sold[r[0]])
		}
	}
	if len(shop["invoices"])-1 != len(sold) || credited == 0 {
		t.Errorf("%d invoices for %d orders, %d credit lines", len(shop["invoices"])-1, len(sold), credited)
	}
}

// Lines and files tell the same.
func TestBlocksAgreeWithFiles(t *testing.T) {
	opt := Options{Customers: 200, Seed: 6, Until: until}
	rows := parse(t, write(t, opt))["orders"][1:]
	at := 0
	visit(t, opt, func(b *Block) {
		x := b.Lines()
		for i := range x.Len() {
			r := rows[at]
			at++
			when := time.UnixMicro(x.At[i]).UTC().Format(time.DateTime)
			amount := behold.Money{Minor: x.Amount[i], Currency: x.Currency[i]}.Decimal()
			cost := behold.Money{Minor: x.Cost[i], Currency: x.Currency[i]}.Decimal()
			if x.Order[i] != r[0] || x.Customer[i] != r[1] || when != r[2] || x.Line[i] != r[3] || x.Product[i] != r[4] || amount != r[9] || cost != r[10] ||
				x.Offer[i] != r[13] || x.DeliveredOn[i].String() != r[16] || x.CreditOf[i] != r[17] || x.Return[i] != (r[17] != "") {
				t.Fatalf("line %d differs from %q", i, r)
			}
		}
	})
	if at != len(rows) {
		t.Errorf("%d lines, %d rows", at, len(rows))
	}
}

func TestWrongOptionsAreSaid(t *testing.T) {
	for _, opt := range []Options{{Until: until}, {Customers: 1, Until: behold.NoDay}, {Customers: 1, Until: until, Months: -1}, {Customers: 1, Until: until, OrdersPerYear: 1000}} {
		err := Write(context.Background(), t.TempDir(), opt)
		if behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
			t.Errorf("%+v: %v", opt, err)
		}
	}
	file := filepath.Join(t.TempDir(), "in the way")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Write(context.Background(), file, Options{Customers: 1, Until: until}); behold.KindOf(err) != behold.Unavailable {
		t.Errorf("writing into a file: %v", err)
	}
}

func TestStopsWhenTold(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	blocks := 0
	err := Each(ctx, Options{Customers: 1_000_000_000, Seed: 1, Until: until}, func(*Block) error {
		if blocks++; blocks == 2 {
			stop()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || blocks > 20 {
		t.Errorf("%v after %d blocks", err, blocks)
	}
	full := errors.New("full")
	if err := Each(context.Background(), Options{Customers: 500, Until: until}, func(*Block) error { return full }); err != full {
		t.Errorf("do said %v, Each says %v", full, err)
	}
}

func BenchmarkEach(b *testing.B) {
	lines := 0
	for b.Loop() {
		err := Each(context.Background(), Options{Customers: 2000, Seed: 1, Until: until, Workers: 1}, func(x *Block) error {
			lines += len(x.lines)
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkTruths(b *testing.B) {
	n := 0
	for b.Loop() {
		for _, err := range Truths(context.Background(), Options{Customers: 20000, Seed: 1, Until: until, Workers: 1}) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "customers/s")
}
