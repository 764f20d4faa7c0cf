package phrase

import (
	"strings"
	"testing"

	"behold"
)

func TestRoughRange(t *testing.T) {
	spaces := strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ")
	for _, c := range []struct {
		language, currency string
		low, high          float64
		want               string
	}{
		{"en", "DKK", 51_300, 67_500, "51,300–67,500 kr"},
		{"da", "DKK", 51_300, 67_500, "51.300–67.500 kr."},
		{"en", "EUR", 695, 697, "€695–€697"},
		{"en", "DKK", 695.1, 695.2, "695 kr"},
		{"nb", "NOK", -300, 4_000, "−300–4 000 kr"},
	} {
		got := For(c.language).In(c.currency).RoughRange(behold.MoneyOf(c.low, c.currency), behold.MoneyOf(c.high, c.currency))
		if spaces.Replace(got) != c.want {
			t.Errorf("%s: %q, want %q", c.language, got, c.want)
		}
	}
}
