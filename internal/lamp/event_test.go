package lamp

import "testing"

// What happens to one customer in a hundred each month is news only when it is
// among the worse half.
func TestRare(t *testing.T) {
	s := newShop()
	d := desk{in: &s.in}
	for _, c := range []struct {
		tail, perMonth float64
		rare           bool
	}{{1, .004, true}, {1, .01, false}, {.5, .01, true}, {.04, .12, true}, {.05, 2, false}} {
		if got := d.rare(c.tail, c.perMonth); got != c.rare {
			t.Errorf("%g of %g a month: %v", c.tail, c.perMonth, got)
		}
	}
}
