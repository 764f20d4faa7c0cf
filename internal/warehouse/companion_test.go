package warehouse

import "testing"

func TestBestPair(t *testing.T) {
	const coffee, tea, cups, milk = 1, 2, 3, 4
	pairs := []pairCount{
		{coffee, coffee, 51}, {tea, tea, 60}, {cups, cups, 12}, {milk, milk, 100},
		{coffee, tea, 38}, {tea, coffee, 38}, {coffee, cups, 9}, {coffee, milk, 50}, {milk, coffee, 50},
	}
	for name, c := range map[string]struct {
		own   map[int32]bool
		also  int32
		found bool
	}{
		"what most of them buy, and not everybody": {map[int32]bool{coffee: true}, 0, false},
		"bought long ago":                          {map[int32]bool{coffee: false}, 0, false},
		"has it all":                               {map[int32]bool{coffee: true, tea: true, milk: true}, 0, false},
	} {
		best, found := bestPair(pairs, c.own)
		if found != c.found || best.also != c.also {
			t.Errorf("%s: %+v %v", name, best, found)
		}
	}
	pairs[1].n = 45 // tea is no longer what everybody buys
	best, found := bestPair(pairs, map[int32]bool{coffee: true})
	if !found || best.also != tea || best.n != 38 || best.all != 51 {
		t.Errorf("%+v %v, want tea: 38 of 51", best, found)
	}
}
