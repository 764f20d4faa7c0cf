package phrase

import (
	"strings"
	"unicode"

	"behold"
)

// RoughRange is from one amount to another, each in three figures, with the currency
// once: 51,300–67,500 kr. Where both are the same it is one amount.
func (p *Phrases) RoughRange(low, high behold.Money) string {
	a, b := p.Rough(low), p.Rough(high)
	if a == b {
		return a
	}
	figure := func(r rune) bool { return unicode.IsDigit(r) }
	at := strings.LastIndexFunc(b, figure) + 1
	if unit := b[at:]; unit != "" && strings.HasSuffix(a, unit) {
		a = strings.TrimSuffix(a, unit)
	}
	return a + dash + b
}
