package warehouse

import (
	"fmt"
	"testing"
)

// The table finds what a map finds, while it grows.
func TestSpellings(t *testing.T) {
	table, plain := newSpellings(), map[string]int32{}
	words := make([]string, 0, abreast)
	for round := range 400 {
		words = words[:0]
		for k := range abreast {
			words = append(words, fmt.Sprint("K-", (round*k*7919)%30_000))
		}
		table.prepare(words)
		for k, w := range words {
			want, wanted := plain[w]
			got, known := table.of(k, w)
			if got != want || known != wanted {
				t.Fatalf("%s is %d (%v), want %d (%v)", w, got, known, want, wanted)
			}
			if !known {
				plain[w] = int32(len(plain))
				table.add(w, plain[w])
			}
		}
	}
	if len(table.numbers) != len(plain) || len(plain) < 10_000 {
		t.Errorf("%d words, want %d", len(table.numbers), len(plain))
	}
}
