package behold

import (
	"math"
	"strconv"
	"strings"
)

// Money is an amount in whole minor units (øre, cents) of one currency.
// An empty Currency means that the company has not said which one it uses.
type Money struct {
	Minor    int64
	Currency string
}

// MinorDigits tells how many decimals a currency (ISO 4217) has.
func MinorDigits(currency string) int {
	switch currency {
	case "JPY", "KRW", "ISK", "VND", "CLP", "PYG", "UGX", "XAF", "XOF", "XPF":
		return 0
	case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND":
		return 3
	}
	return 2
}

// MoneyOf rounds an amount in major units half away from zero.
func MoneyOf(major float64, currency string) Money {
	return Money{int64(math.Round(major * math.Pow10(MinorDigits(currency)))), currency}
}

// Major is the amount in major units, for arithmetic that is not bookkeeping.
func (m Money) Major() float64 {
	return float64(m.Minor) / math.Pow10(MinorDigits(m.Currency))
}

// Decimal writes the amount plainly, for files and JSON: -1188.00.
func (m Money) Decimal() string {
	digits := MinorDigits(m.Currency)
	if digits == 0 {
		return strconv.FormatInt(m.Minor, 10)
	}
	s := strconv.FormatInt(m.Minor, 10)
	sign := ""
	if m.Minor < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) <= digits {
		s = strings.Repeat("0", digits+1-len(s)) + s
	}
	return sign + s[:len(s)-digits] + "." + s[len(s)-digits:]
}
