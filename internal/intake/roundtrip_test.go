package intake

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A row is what a property writes and expects to find again.
type row struct {
	order, customer, name string
	minor                 int64
}

// What is printed as CSV, in whatever dialect, is read as it was.
func TestPrintedThenRead(t *testing.T) {
	dir := t.TempDir()
	texts := rapid.StringMatching(`[a-zA-ZæøåÆØÅéß0-9 "';,|.=+@-]{0,12}[a-zæø0-9]`)
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) row {
			return row{
				order:    "F" + rapid.StringMatching(`[0-9]{1,6}`).Draw(t, "order"),
				customer: "K" + strings.TrimSpace(texts.Draw(t, "customer")),
				name:     strings.TrimSpace(texts.Draw(t, "name")) + rapid.SampledFrom([]string{"", "\nand more", "\r\nof it"}).Draw(t, "more"),
				minor:    rapid.Int64Range(-1e9, 1e9).Draw(t, "minor"),
			}
		}), 1, 20).Draw(t, "rows")
		sep := rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "separator")
		path := filepath.Join(dir, "f.csv")
		if err := os.WriteFile(path, []byte(dialect(t, rows, sep)), 0o600); err != nil {
			t.Fatal(err)
		}
		s := &shelf{}
		if _, err := Read(context.Background(), path, Options{}, s); err != nil {
			t.Fatal(err)
		}
		var got []row
		for i, l := range s.lines {
			got = append(got, row{l.Order, s.customer[i], strings.ReplaceAll(l.ProductName, "\r\n", "\n"), l.Amount.Minor})
		}
		for i := range rows {
			rows[i].name = strings.ReplaceAll(rows[i].name, "\r\n", "\n")
		}
		if diff := cmp.Diff(rows, got, cmp.AllowUnexported(row{})); diff != "" || len(s.rejects) > 0 {
			t.Fatalf("%s%+v", diff, s.rejects)
		}
	})
}

// dialect prints rows the way a program might.
func dialect(t *rapid.T, rows []row, sep rune) string {
	var b strings.Builder
	if rapid.Bool().Draw(t, "bom") {
		b.WriteString("\ufeff")
	}
	w := csv.NewWriter(&b)
	w.Comma = sep
	w.UseCRLF = rapid.Bool().Draw(t, "crlf")
	mark := rapid.SampledFrom([]byte{'.', ','}).Draw(t, "mark")
	print := func(cells ...string) {
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	print("Order No.", "Customer-ID", "ordered_at", "Product name", "AMOUNT")
	for _, r := range rows {
		sign := map[bool]string{true: "-"}[r.minor < 0]
		print(r.order, r.customer, "2024-01-13", r.name, sign+printed(magnitude(r.minor), mark, ""))
	}
	w.Flush()
	return b.String()
}

// Where a chunk ends makes no difference, and no row is lost or doubled.
func TestChunksDoNotMatter(t *testing.T) {
	alphabet := []string{"a", `"`, `""`, ",", "\n", "\r\n", "æ", `,"b`, "c\",", "\"x\ny\","}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 60).Draw(t, "pieces"), "")
		whole := cutUp(t, text, 1<<20)
		small := cutUp(t, text, rapid.IntRange(1, 20).Draw(t, "size"))
		if diff := cmp.Diff(whole, small); diff != "" {
			t.Fatalf("%q: %s", text, diff)
		}
	})
}

// cutUp gives the rows of a text with their line numbers, bad ones marked.
func cutUp(t *rapid.T, text string, size int) []string {
	cut := cutter{text: strings.NewReader(text), sep: ',', size: size, line: 1}
	var out []string
	bytes, lines := 0, int64(1)
	for {
		var c chunk
		if cut.next(&c) != nil {
			break
		}
		if c.line != lines {
			t.Fatalf("%q: chunk begins in line %d, want %d", text, c.line, lines)
		}
		split, bad := cells{sep: ','}, 0
		for at := 0; at < len(c.data); {
			end, mark := 0, ""
			if bad < len(c.bad) && c.bad[bad].from == at {
				end, mark = c.bad[bad].to, "bad "
				bad++
			} else {
				end = split.split(c.data, at)
			}
			out = append(out, fmt.Sprintf("%d %s%q", lines, mark, c.data[at:end]))
			lines += int64(strings.Count(string(c.data[at:end]), "\n"))
			at = end
		}
		bytes += len(c.data)
	}
	if bytes != len(text) {
		t.Fatalf("%q: %d bytes of %d came back", text, bytes, len(text))
	}
	return out
}

// Whatever bytes a file has, Read ends, counts every row once, and gives the
// same rows again the second time.
func FuzzCSV(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("order;customer;date;amount\nF1;K1;13/01/2024;\"1.188,00\"\nF1;\"K\n1\";soon;x\n"))
	f.Add([]byte("order,customer,date,line,amount\nF1,K1,2024-01-13,1,2\nF1,K1,2024-01-13,1,3\n\xff,\x00,\"\n"))
	f.Add([]byte("customer,name,tags\nK1,\"a\"\"b\",x;y\nK1,c,\n"))
	f.Add([]byte("\xff\xfeo\x00r\x00"))
	f.Add([]byte("\x1f\x8b\x08\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		s := &shelf{}
		r, err := Read(context.Background(), path, Options{}, s)
		if err != nil {
			if behold.KindOf(err) != behold.Invalid || behold.HintOf(err) == "" {
				t.Fatalf("an error without a hint: %v", err)
			}
			return
		}
		sent := len(s.lines) + len(s.said)
		if r.Table == behold.TableCustomers {
			sent = len(s.customers)
		}
		if r.Read != int64(sent+len(s.rejects))+r.Known {
			t.Fatalf("read %d, sent %d, rejected %d", r.Read, sent, len(s.rejects))
		}
		names := map[string]bool{}
		for i, l := range s.lines {
			if l.Return && l.Amount.Minor > 0 || s.customer[i] == "" || l.Order == "" || l.Line == "" {
				t.Fatalf("line %+v", l)
			}
			names[l.Order+"\x00"+l.Line] = true
		}
		if _, numbered := fieldsOf(r)["line"]; !numbered && len(names) != len(s.lines) {
			t.Fatalf("%d names for %d lines", len(names), len(s.lines))
		}
		_, again := readFile(t, path, Options{})
		if diff := cmp.Diff(s, again, cmp.AllowUnexported(shelf{})); diff != "" {
			t.Fatal(diff)
		}
	})
}
