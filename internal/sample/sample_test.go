package sample

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

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
