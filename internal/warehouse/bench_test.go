package warehouse

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"behold"
)

// benchLines is how many lines the benchmarks move; BEHOLD_BENCH_LINES asks for more.
func benchLines(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("BEHOLD_BENCH_LINES"))
	if err != nil {
		n = 1_000_000
	}
	return n
}

// run makes the lines from to from+n of an invented shop in which every
// fourth line begins an order and the customers follow one another at random.
func run(l *behold.Lines, from, n, customers int) {
	l.Row, l.Order, l.Line, l.Customer, l.At, l.Amount = l.Row[:0], l.Order[:0], l.Line[:0], l.Customer[:0], l.At[:0], l.Amount[:0]
	l.Return, l.Goods, l.Product = l.Return[:0], l.Goods[:0], l.Product[:0]
	start := behold.Date(2022, 1, 1).Time().UnixMicro()
	var order, customer string
	for i := from; i < from+n; i++ {
		if i%4 == 0 || i == from {
			order = "F" + strconv.Itoa(i/4)
			customer = "K-" + strconv.Itoa(int(uint64(i/4)*0x9E3779B97F4A7C15>>32)%customers)
		}
		l.Row = append(l.Row, int64(i+2))
		l.Order, l.Line, l.Customer = append(l.Order, order), append(l.Line, lineNumbers[i%4]), append(l.Customer, customer)
		l.At = append(l.At, start+int64(i/4)*1_000_000)
		l.Amount = append(l.Amount, int64(i%977)+1)
		l.Return, l.Goods = append(l.Return, false), append(l.Goods, true)
		l.Product = append(l.Product, products[i%len(products)])
	}
}

var (
	lineNumbers = []string{"1", "2", "3", "4"}
	products    = func() (p []string) {
		for i := range 500 {
			p = append(p, fmt.Sprintf("P-%d", i))
		}
		return p
	}()
)

func fill(b *testing.B, w *Warehouse, lines int) {
	b.Helper()
	i, err := w.Begin(ctx, receiptOf("bench.csv"))
	if err != nil {
		b.Fatal(err)
	}
	var l behold.Lines
	const step = 8192
	for from := 0; from < lines; from += step {
		run(&l, from, min(step, lines-from), max(lines/20, 1))
		if err := i.Lines(ctx, &l); err != nil {
			b.Fatal(err)
		}
	}
	r := receiptOf("bench.csv")
	if err := i.Commit(ctx, &r); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkImport(b *testing.B) {
	lines := benchLines(b)
	for b.Loop() {
		w, err := Open(ctx, filepath.Join(b.TempDir(), "w.duckdb"), Options{})
		if err != nil {
			b.Fatal(err)
		}
		fill(b, w, lines)
		w.Close()
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

func BenchmarkHistories(b *testing.B) {
	w := open(b)
	fill(b, w, benchLines(b))
	for b.Loop() {
		if _, err := w.Histories(ctx, behold.Date(2030, 1, 1), behold.Part{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(benchLines(b))*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}

// BenchmarkDealings reads everything of the invented shop; BEHOLD_BENCH_CUSTOMERS
// asks for more than a thousand customers.
func BenchmarkDealings(b *testing.B) {
	customers, err := strconv.ParseInt(os.Getenv("BEHOLD_BENCH_CUSTOMERS"), 10, 64)
	if err != nil {
		customers = 1000
	}
	w := open(b)
	shop(b, w, customers)
	rows := 0
	for b.Loop() {
		rows = 0
		for _, n := range sizes(dealings(b, w, lastDay, behold.Part{})) {
			rows += n
		}
	}
	b.ReportMetric(float64(rows), "rows")
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
