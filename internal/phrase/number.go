package phrase

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"behold"
)

// A locale is how a language writes numbers.
type locale struct {
	group   string // between thousands
	decimal string
	percent string // after the number, with its blank
	amount  func(number, currency string) string
}

const (
	hardSpace = "\u00a0" // keeps a number and what belongs to it on one line
	minus     = "\u2212"
	dash      = "\u2013"
)

func localeOf(lang string) locale {
	switch lang {
	case "da":
		return locale{".", ",", hardSpace + "%", danishAmount}
	case "sv", "nb":
		return locale{hardSpace, ",", hardSpace + "%", trailingAmount}
	case "nl":
		return locale{".", ",", "%", dutchAmount}
	}
	return locale{",", ".", "%", englishAmount}
}

// sign is how a currency is written beside an amount; the Nordic crowns are
// one "kr", since a company counts in one of them only.
func sign(currency string) string {
	switch currency {
	case "DKK", "SEK", "NOK", "ISK":
		return "kr"
	case "EUR":
		return "€"
	case "GBP":
		return "£"
	case "USD":
		return "$"
	}
	return currency
}

func leads(currency string) bool {
	return currency == "EUR" || currency == "GBP" || currency == "USD"
}

func englishAmount(number, currency string) string {
	if leads(currency) {
		return sign(currency) + number
	}
	return trailingAmount(number, currency)
}

func dutchAmount(number, currency string) string {
	if leads(currency) {
		return sign(currency) + hardSpace + number
	}
	return trailingAmount(number, currency)
}

func danishAmount(number, currency string) string {
	if sign(currency) == "kr" {
		return number + hardSpace + "kr."
	}
	return trailingAmount(number, currency)
}

func trailingAmount(number, currency string) string {
	if currency == "" {
		return number
	}
	return number + hardSpace + sign(currency)
}

// Number writes a whole number, in groups of three.
func (p *Phrases) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = minus, digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteString(p.locale.group)
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Decimal writes a number with so many decimals.
func (p *Phrases) Decimal(x float64, decimals int) string {
	plain := strconv.FormatFloat(math.Abs(x), 'f', decimals, 64)
	whole, part, has := strings.Cut(plain, ".")
	n, err := strconv.Atoi(whole)
	if err != nil { // not a number, infinite, or beyond counting
		return plain
	}
	s := p.Number(n)
	if has {
		s += p.locale.decimal + part
	}
	if x < 0 && strings.Trim(plain, "0.") != "" {
		s = minus + s
	}
	return s
}

// Money writes an amount in whole major units, without decimals that nobody
// weighs a customer by: 412,000 kr.
func (p *Phrases) Money(m behold.Money) string {
	return p.money(m, 0)
}

// MoneyExact writes an amount with all its decimals, as on an invoice.
func (p *Phrases) MoneyExact(m behold.Money) string {
	return p.money(m, behold.MinorDigits(m.Currency))
}

func (p *Phrases) money(m behold.Money, decimals int) string {
	s := p.locale.amount(p.Decimal(math.Abs(m.Major()), decimals), cmp.Or(m.Currency, p.currency))
	if m.Minor < 0 && math.Abs(m.Major())*math.Pow10(decimals) >= 0.5 {
		return minus + s
	}
	return s
}

// Percent writes a share between 0 and 1 in whole per cent. A share that is
// neither nothing nor everything is never rounded to it.
func (p *Phrases) Percent(share float64) string {
	n := wholePercent(share)
	switch {
	case n == 0 && share > 0:
		return "<" + hardSpace + "1" + p.locale.percent
	case n == 100 && share < 1:
		return ">" + hardSpace + "99" + p.locale.percent
	}
	return p.Number(n) + p.locale.percent
}

// PercentRange writes two shares as one range: 49–66 %. Where both are the same
// per cent it is one number, which is never rounded to nothing or everything.
func (p *Phrases) PercentRange(low, high float64) string {
	a, b := wholePercent(low), wholePercent(high)
	if a == b {
		return p.Percent((low + high) / 2)
	}
	return p.Number(a) + dash + p.Number(b) + p.locale.percent
}

func wholePercent(share float64) int { return int(math.Round(100 * share)) }

// Range writes two whole numbers as a range, 14–52, or one when they are equal.
func (p *Phrases) Range(low, high int) string {
	if low == high {
		return p.Number(low)
	}
	return p.Number(low) + dash + p.Number(high)
}
