package store

import (
	"fmt"
	"testing"

	"behold"
)

// manyLit is a store whose last round left 100,000 lamps burning: what a company
// with a million customers may have.
func manyLit(b *testing.B) *Store {
	b.Helper()
	s := open(b)
	r := roundOf(day1)
	kinds := []behold.LampKind{behold.LampRhythm, behold.LampShrinking, behold.LampReturns, behold.LampPayment}
	var cards []behold.LampCard
	for i := range int32(100_000) {
		r.Still = append(r.Still, lampOf(i, kinds[i%4], day1-behold.Day(i*7919%365)))
		cards = append(cards, cardOf(i, fmt.Sprintf("K-%d", i), fmt.Sprintf("customer %d", i*7919%100_000), int64(i)*31337%9_999_991))
	}
	if err := s.SaveRound(b.Context(), &r, cards, nil); err != nil {
		b.Fatal(err)
	}
	return s
}

// BenchmarkLitLamps asks for a page of 50 of 100,000 lit lamps.
func BenchmarkLitLamps(b *testing.B) {
	s := manyLit(b)
	page := behold.Slice{Limit: 50}
	sorted := func(by string) behold.Slice { return behold.Slice{Limit: 50, Sort: by} }
	for _, c := range []struct {
		name string
		q    behold.LampQuery
	}{
		{"awake", behold.LampQuery{Awake: true, Slice: page}},
		{"deep", behold.LampQuery{Awake: true, Slice: behold.Slice{Limit: 50, Offset: 50_000}}},
		{"customer", behold.LampQuery{ID: "K-77777"}},
		{"kind", behold.LampQuery{Awake: true, Kind: behold.LampReturns, Slice: page}},
		{"state", behold.LampQuery{State: behold.Lit, Slice: page}},
		{"since", behold.LampQuery{Awake: true, Slice: sorted("since")}},
		{"chance", behold.LampQuery{Awake: true, Slice: sorted("chance")}},
		{"name", behold.LampQuery{Awake: true, Slice: sorted("name")}},
		{"search", behold.LampQuery{Awake: true, Slice: behold.Slice{Limit: 50, Search: "er 777"}}},
	} {
		c.q.Day = behold.NoDay
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if list, _, err := s.LitLamps(b.Context(), c.q); err != nil || len(list) == 0 {
					b.Fatal(len(list), err)
				}
			}
		})
	}
}

// BenchmarkSaveAct decides about one of 100,000 lit lamps.
func BenchmarkSaveAct(b *testing.B) {
	s := manyLit(b)
	for n := 0; b.Loop(); n++ {
		state := behold.Snoozed
		if n%2 == 1 {
			state = behold.Lit
		}
		if err := s.SaveAct(b.Context(), actOf("K-4", behold.LampRhythm, state)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLampSummary counts 100,000 lit lamps, as every page's menu does.
func BenchmarkLampSummary(b *testing.B) {
	s := manyLit(b)
	for b.Loop() {
		if sum, err := s.LampSummary(b.Context()); err != nil || sum.Lamps != 100_000 {
			b.Fatal(sum, err)
		}
	}
}
