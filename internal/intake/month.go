package intake

import (
	"bytes"

	"behold"
)

// month reads a month without a day, as its first day: 2025-03, 03/2025,
// 3.2025, 202503, "marts 2025", "Mar 2025", "2025 maart".
func month(cell []byte) (behold.Day, bool) {
	if len(cell) == 6 && allDigits(cell) {
		return firstOfMonth(number(cell[:4]), number(cell[4:]))
	}
	a, rest, wordA := monthPart(cell)
	if len(rest) == 0 || len(rest) == len(cell) {
		return 0, false
	}
	sizeA := len(cell) - len(rest)
	rest = bytes.TrimLeft(rest, "-/. ,")
	b, behind, wordB := monthPart(rest)
	if len(behind) > 0 || len(rest) == 0 {
		return 0, false
	}
	switch {
	case sizeA == 4 && !wordA && (wordB || len(rest) <= 2):
		return firstOfMonth(a, b)
	case len(rest) == 4 && !wordB && (wordA || sizeA <= 2):
		return firstOfMonth(b, a)
	}
	return 0, false
}

// monthPart reads a number or the name of a month off the front.
func monthPart(b []byte) (value int, rest []byte, word bool) {
	if v, n := leadingNumber(b); n > 0 {
		return v, b[n:], false
	}
	v, n := monthName(b)
	return v, b[n:], n > 0
}

func firstOfMonth(y, m int) (behold.Day, bool) {
	if y < 1900 || y > 2100 || m < 1 || m > 12 {
		return 0, false
	}
	return civil(y, m, 1), true
}
