package intake

import (
	"slices"
	"strings"
	"testing"

	"behold"
	"behold/internal/realdata"

	"github.com/google/go-cmp/cmp"
)

// The traps of the real invoices that concern the reading of a file.
func TestOnlineRetailTraps(t *testing.T) {
	_, first := readFile(t, realdata.Path(t, "data/online_retail_2009_2010.csv.gz"), Options{})
	_, second := readFile(t, realdata.Path(t, "data/online_retail_2010_2011.csv.gz"), Options{})

	// The files overlap: every line of the nine days is made the same in both.
	type key struct{ order, line string }
	overlap, apart := map[key]behold.Line{}, 0
	for _, l := range first.lines {
		overlap[key{l.Order, l.Line}] = l
	}
	both := 0
	for _, l := range second.lines {
		if old, ok := overlap[key{l.Order, l.Line}]; ok {
			both++
			if old.Row, l.Row = 0, 0; old != l {
				apart++
			}
		}
	}
	inBoth := map[string]bool{}
	for _, l := range first.lines {
		inBoth[l.Order] = true
	}
	want := 0
	for _, l := range second.lines {
		if inBoth[l.Order] {
			want++
		}
	}
	if both != want || both == 0 {
		t.Errorf("%d lines of both files have one name, %d belong to orders of both", both, want)
	}
	// A product that stands several times in an order with different quantities
	// may come in another order of rows; everything else must agree.
	if apart*200 > both {
		t.Errorf("%d of %d lines of both files differ", apart, both)
	}
	all := slices.Concat(first.lines, second.lines)
	goods, returns, zero, huge := map[string]bool{}, 0, 0, 0
	for _, l := range all {
		if known, ok := goods[l.Product]; ok && known != l.Goods {
			goods[l.Product] = false
		} else {
			goods[l.Product] = l.Goods
		}
		if l.Return {
			returns++
		}
		if l.Amount.Minor == 0 {
			zero++
		}
		if l.Quantity > 70_000 || l.Quantity < -70_000 {
			huge++
			if l.Return != (l.Quantity < 0) || strings.HasPrefix(l.Order, "C") != l.Return {
				t.Errorf("huge order %+v", l)
			}
		}
	}
	for _, code := range []string{"POST", "DOT", "M", "D", "C2", "BANK CHARGES", "CRUK", "ADJUST", "TEST001", "gift_0001_20"} {
		if sold, ok := goods[code]; ok && sold {
			t.Errorf("%s counts as goods", code)
		}
	}
	for _, code := range []string{"85123A", "22423", "PADS", "47503J"} {
		if sold, ok := goods[code]; ok && !sold {
			t.Errorf("%s does not count as goods", code)
		}
	}
	if returns < 15_000 || zero == 0 || huge != 4 {
		t.Errorf("%d returns, %d lines for nothing, %d huge ones", returns, zero, huge)
	}
	others := 0
	for code, sold := range goods {
		if !sold && strings.ContainsAny(code, "0123456789") && !strings.HasPrefix(strings.ToUpper(code), "TEST") && !strings.HasPrefix(code, "gift_") && code != "C2" && code != "C3" && code != "ADJUST2" {
			others++
		}
	}
	if others > 0 {
		t.Errorf("%d article numbers do not count as goods", others)
	}
}

func TestRealFiles(t *testing.T) {
	for _, c := range []struct {
		name      string
		table     behold.Table
		read      int64
		noOne     int64
		customers int
		notes     []string
	}{
		{"cdnow_master.csv.gz", behold.TableOrders, 69_659, 0, 23_570, []string{NoteOrderMade}},
		{"cdnow_sample.csv", behold.TableOrders, 6_919, 0, 2_357, []string{NoteOrderMade}},
		{"online_retail_invoices.csv.gz", behold.TableOrders, 53_628, 8_752, 5_942, []string{NoteCurrencyGuessed}},
		{"accounts_receivable.csv.gz", behold.TableOrders, 2_466, 0, 100, []string{NoteAlsoInvoices}},
		{"sim_pnbd_cov_transactions.csv.gz", behold.TableOrders, 23_413, 0, 3_000, []string{NoteOrderMade}},
		{"sim_pnbd_cov_customers.csv", behold.TableCustomers, 3_000, 0, 3_000, nil},
		{"example_transactions.csv.gz", behold.TableOrders, 15_273, 0, 5_000, []string{NoteNoAmount, NoteOrderMade}},
	} {
		r, s := readFile(t, realdata.Path(t, "data/"+c.name), Options{})
		distinct := map[string]bool{}
		for _, id := range s.customer {
			distinct[id] = true
		}
		for _, who := range s.customers {
			distinct[who.ID] = true
		}
		if r.Table != c.table || r.Read != c.read || r.Rejected != c.noOne || rowsOf(r, WhyNoCustomer) != c.noOne || len(distinct) != c.customers || !cmp.Equal(noteCodes(r), c.notes) {
			t.Errorf("%s: %s read %d, rejected %v, %d customers, notes %v", c.name, r.Table, r.Read, r.Rejects, len(distinct), r.Notes)
		}
	}
	r, s := readFile(t, realdata.Path(t, "data/accounts_receivable.csv.gz"), Options{})
	if r.Form.Dates != "month/day/year" || s.lines[0].Order != "0000611365" || s.lines[0].At.Format("2006-01-02") != "2013-01-02" {
		t.Errorf("%+v %+v", r.Form, s.lines[0])
	}
	credits := 0
	_, s = readFile(t, realdata.Path(t, "data/online_retail_invoices.csv.gz"), Options{})
	for i, l := range s.lines {
		if l.Return {
			credits++
		}
		if l.Return != strings.HasPrefix(l.Order, "C") || l.Amount.Currency != "GBP" || l.Return && l.Amount.Minor > 0 {
			t.Fatalf("line %d: %+v %s", i, l, s.attr[i])
		}
	}
	if credits == 0 {
		t.Error("no credit notes")
	}
}
