package intake

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"behold"
	"behold/internal/realdata"
)

// A shelf is a Sink that keeps what it is given, copied.
type shelf struct {
	lines     []behold.Line
	customer  []string
	attr      []string
	recorded  []int64
	promised  []behold.Day
	cost      []int64
	customers []behold.Customer
	said      []map[string]string // of each record
	row       []int64
	rejects   []behold.Reject
}

func (s *shelf) Lines(_ context.Context, l *behold.Lines) error {
	text := func(column []string, i int) string {
		if column == nil {
			return ""
		}
		return strings.Clone(column[i])
	}
	for i := range l.Len() {
		line := behold.Line{
			Order: text(l.Order, i), Line: text(l.Line, i), At: timeOf(l.At[i]), Product: text(l.Product, i), ProductName: text(l.ProductName, i),
			Category: text(l.Category, i), Amount: behold.Money{Minor: l.Amount[i], Currency: text(l.Currency, i)},
			Return: l.Return[i], Goods: l.Goods[i], Row: l.Row[i],
		}
		if l.Quantity != nil {
			line.Quantity = l.Quantity[i]
		}
		if l.UnitPrice != nil {
			line.UnitPrice = l.UnitPrice[i]
		}
		if l.RecordedAt != nil {
			s.recorded = append(s.recorded, l.RecordedAt[i])
		}
		if l.Cost != nil {
			s.cost = append(s.cost, l.Cost[i])
		}
		if l.PromisedOn != nil {
			s.promised = append(s.promised, l.PromisedOn[i])
		}
		s.lines = append(s.lines, line)
		s.customer = append(s.customer, text(l.Customer, i))
		s.attr = append(s.attr, text(l.Attributes, i))
	}
	return nil
}

func (s *shelf) Customers(_ context.Context, c []behold.Customer) error {
	s.customers = append(s.customers, c...)
	return nil
}

func (s *shelf) Records(_ context.Context, r *behold.Records) error {
	for i := range r.Len() {
		s.said, s.row = append(s.said, said(r, i)), append(s.row, r.Row[i])
		s.attr = append(s.attr, strings.Clone(r.Attributes[i]))
	}
	s.recorded = append(s.recorded, r.RecordedAt...)
	return nil
}

func (s *shelf) Rejects(_ context.Context, r []behold.Reject) error {
	s.rejects = append(s.rejects, r...)
	return nil
}

// put writes a file into a temporary folder.
func put(t testing.TB, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readFile reads a file that must be readable, and checks that nothing is lost.
func readFile(t testing.TB, path string, opt Options) (*behold.Receipt, *shelf) {
	t.Helper()
	s := &shelf{}
	r, err := Read(context.Background(), path, opt, s)
	if err != nil {
		t.Fatalf("Read: %v (%s)", err, behold.HintOf(err))
	}
	sent := int64(len(s.lines) + len(s.said))
	if r.Table == behold.TableCustomers {
		sent = int64(len(s.customers))
	}
	if r.Read != sent+r.Known+r.Rejected || r.Rejected != int64(len(s.rejects)) {
		t.Fatalf("read %d, sent %d, rejected %d, rejects sent %d", r.Read, sent, r.Rejected, len(s.rejects))
	}
	for _, reject := range s.rejects {
		if _, ok := Whys()[reject.Why]; !ok {
			t.Fatalf("the reason %q is not listed", reject.Why)
		}
	}
	for _, note := range r.Notes {
		if _, ok := Notes()[note.Code]; !ok {
			t.Fatalf("the note %q is not listed", note.Code)
		}
	}
	return r, s
}

// rowsOf counts the rejected rows for a reason.
func rowsOf(r *behold.Receipt, why string) int64 {
	n := int64(0)
	for _, w := range r.Rejects {
		if w.Why == why {
			n += w.Rows
		}
	}
	return n
}

func noteCodes(r *behold.Receipt) []string {
	var codes []string
	for _, n := range r.Notes {
		codes = append(codes, n.Code)
	}
	slices.Sort(codes)
	return codes
}

func fieldsOf(r *behold.Receipt) map[string]string {
	out := map[string]string{}
	for _, c := range r.Columns {
		if c.Field != "" {
			out[c.Field] = c.Header
		}
	}
	return out
}

func TestOnlineRetail(t *testing.T) {
	want := map[string][3]int64{ // rows, rows without a customer, customers: the published figures
		"data/online_retail_2009_2010.csv.gz": {525_461, 107_927, 4_383},
		"data/online_retail_2010_2011.csv.gz": {541_909, 135_080, 4_372},
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		r, s := readFile(t, realdata.Path(t, name), Options{})
		w := want[name]
		if r.Read != w[0] || rowsOf(r, WhyNoCustomer) != w[1] || r.Rejected != w[1] || int64(len(s.customers)) != w[2] {
			t.Errorf("%s: read %d, no customer %d, rejected %d, customers %d, want %v", name, r.Read, rowsOf(r, WhyNoCustomer), r.Rejected, len(s.customers), w)
		}
		for _, line := range s.lines {
			if strings.HasPrefix(line.Order, "C") != line.Return && line.Amount.Minor != 0 {
				t.Fatalf("line %d: order %s, return %v", line.Row, line.Order, line.Return)
			}
		}
	}
}
func timeOf(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// A file that is not to be hashed reads the same otherwise.
func TestUnhashed(t *testing.T) {
	path := put(t, "f", "order,customer,date,amount\nF1,K,2024-01-13,1\n")
	hashed, _ := readFile(t, path, Options{})
	plain, _ := readFile(t, path, Options{Unhashed: true})
	if len(hashed.SHA256) != 64 || plain.SHA256 != "" || plain.Read != hashed.Read || plain.Size != hashed.Size {
		t.Errorf("%+v, want %+v without its hash", plain, hashed)
	}
}
