package intake

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"behold"
)

// none takes everything and keeps nothing.
type none struct{}

func (none) Lines(context.Context, *behold.Lines) error         { return nil }
func (none) Customers(context.Context, []behold.Customer) error { return nil }
func (none) Records(context.Context, *behold.Records) error     { return nil }
func (none) Rejects(context.Context, []behold.Reject) error     { return nil }

// generated writes lines of five columns, as METHODS and DESIGN count them.
func generated(b *testing.B, rows int, header string, row func(*rand.Rand, int) string) (string, int64) {
	path := filepath.Join(b.TempDir(), "lines.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(f)
	dice := rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(out, header)
	for i := range rows {
		fmt.Fprintln(out, row(dice, i))
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		b.Fatal(err)
	}
	f.Close()
	return path, info.Size()
}

// A million calls, visits and mails, as CSV and as JSON lines.
func BenchmarkReadContacts(b *testing.B) {
	const rows = 1_000_000
	names := []string{"contact", "customer", "at", "direction", "channel", "colleague", "person", "replied_at", "text"}
	cells := func(i int) []any {
		return []any{
			fmt.Sprint("B-", i), fmt.Sprint("K-", i%90_000), fmt.Sprintf("2025-03-%02d 10:%02d:00", 1+i%28, i%60), "out", "call", "ann@example.com",
			fmt.Sprint("P-", i%90_000, "-1"), fmt.Sprintf("2025-03-%02d 10:00:00", 1+i%28), "Talked about the delivery of filters",
		}
	}
	object := `{"` + strings.Join(names, `":"%s","`) + `":"%s"}`
	for _, file := range []struct {
		name, header string
		row          func(*rand.Rand, int) string
	}{
		{"CSV", strings.Join(names, ","), func(_ *rand.Rand, i int) string {
			return fmt.Sprintf(strings.Repeat("%s,", len(names)-1)+"%s", cells(i)...)
		}},
		{"JSON", "", func(_ *rand.Rand, i int) string { return fmt.Sprintf(object, cells(i)...) }},
	} {
		path, size := generated(b, rows, file.header, file.row)
		b.Run(file.name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				r, err := Read(context.Background(), path, Options{}, none{})
				if err != nil || r.Read != rows || r.Rejected != 0 {
					b.Fatal(err, r)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func BenchmarkRead(b *testing.B) {
	const rows = 1_000_000
	files := []struct {
		name, header string
		row          func(*rand.Rand, int) string
	}{
		{"five columns", "order,customer,ordered_at,product,amount", func(d *rand.Rand, i int) string {
			return fmt.Sprintf("F-%07d,K-%06d,2024-%02d-%02d,P-%04d,%d.%02d", i/4, d.IntN(100_000), 1+i*12/rows, 1+(i/3000)%28, d.IntN(5000), d.IntN(1000), d.IntN(100))
		}},
		{"with lines", "order,customer,ordered_at,line,product,quantity,unit_price,country", func(d *rand.Rand, i int) string {
			return fmt.Sprintf("F-%07d,K-%06d,%02d/%02d/2024 08:%02d,%d,P-%04d,%d,%d.%02d,\"Denmark\"", i/4, i/40, 1+(i/3000)%28, 1+i*12/rows, i/7%60, i%4, d.IntN(5000), d.IntN(12), d.IntN(1000), d.IntN(100))
		}},
	}
	for _, file := range files {
		path, size := generated(b, rows, file.header, file.row)
		b.Run(file.name, func(b *testing.B) {
			b.SetBytes(size)
			for b.Loop() {
				r, err := Read(context.Background(), path, Options{}, none{})
				if err != nil || r.Read != rows || r.Rejected != 0 {
					b.Fatal(err, r)
				}
			}
			b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
		})
	}
}
