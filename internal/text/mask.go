package text

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Mask hides personal data: mail addresses, bank accounts (IBAN), civil
// registration numbers (CPR, personnummer, fødselsnummer, BSN) and telephone
// numbers. It would rather hide an order number that looks like a telephone
// number than show the latter. Everything else stays as it is.
func Mask(body string) string {
	if mayHaveMail(body) {
		body = mailPattern.ReplaceAllString(body, "<mail>")
	}
	if !manyDigits(body) {
		return body
	}
	body = ibanPattern.ReplaceAllString(body, "<account>")
	body = numberPattern.ReplaceAllStringFunc(body, maskNumber)
	return body
}

// mayHaveMail says whether an @ stands behind something that it may belong to: most
// of those that begin a name, as some networks write them, do not.
func mayHaveMail(body string) bool {
	for i := 1; i < len(body); i++ {
		if before := body[i-1]; body[i] == '@' && before > ' ' && before != '(' && before != '"' {
			return true
		}
	}
	return false
}

var (
	mailPattern   = regexp.MustCompile(`[\pL\pN._%+-]+@[\pL\pN-]+(?:\.[\pL\pN-]+)+`)
	ibanPattern   = regexp.MustCompile(`\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b`)
	numberPattern = regexp.MustCompile(`\+?\(?\d[\d ()+.\-]{5,}\d`)
)

// manyDigits says whether there are digits enough for any of the numbers.
func manyDigits(body string) bool {
	const least = 7
	n := 0
	for i := range len(body) {
		if body[i] >= '0' && body[i] <= '9' {
			n++
		}
	}
	return n >= least
}

// maskNumber hides a run of digits and signs that is a person's number.
func maskNumber(run string) string {
	digits := make([]byte, 0, 16)
	for i := range len(run) {
		if run[i] >= '0' && run[i] <= '9' {
			digits = append(digits, run[i])
		}
	}
	switch {
	case civil(string(digits)):
		return "<number>"
	case len(digits) < 8 || len(digits) > 15 || isDay(run):
		return run
	}
	return "<phone>"
}

// civil says whether digits may be a CPR number (day, month, year and four), a
// personnummer (year, month, day and four), a fødselsnummer (day, month, year and
// five; the day may be 40 more) or a BSN (nine, by the eleven test).
func civil(digits string) bool {
	switch len(digits) {
	case 9:
		return elevens(digits)
	case 10:
		return date("020106", digits[:6]) || date("060102", digits[:6])
	case 11:
		return date("020106", digits[:6]) || digits[0] >= '4' && date("020106", string(digits[0]-4)+digits[1:6])
	case 12:
		return date("20060102", digits[:8]) && (digits[:2] == "19" || digits[:2] == "20")
	}
	return false
}

func date(form, digits string) bool {
	_, err := time.Parse(form, digits)
	return err == nil
}

func elevens(digits string) bool {
	sum := 0
	for i, d := range []byte(digits) {
		weight := 9 - i
		if i == 8 {
			weight = -1
		}
		n, _ := strconv.Atoi(string(d))
		sum += weight * n
	}
	return sum%11 == 0
}

// isDay says whether a run is one or two written days, such as 2025-01-14.
func isDay(run string) bool { return dayPattern.MatchString(run) }

var dayPattern = regexp.MustCompile(`^(?:(?:\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.] ?\d{1,2}[-.] ?\d{4})[ \-]*)+$`)

// unquoted leaves out what a mail only repeats: lines that begin with >, and
// everything from the line on that names an earlier sender.
func unquoted(body string) string {
	if !strings.Contains(body, "\n") {
		return body
	}
	var kept strings.Builder
	for line := range strings.Lines(body) {
		start := strings.TrimSpace(line)
		if earlier(start) && kept.Len() > 0 {
			break
		}
		if !strings.HasPrefix(start, ">") {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

func earlier(line string) bool {
	for _, begin := range []string{"-----", "_____", "From:", "Fra:", "Från:", "Van:", "Von:"} {
		if strings.HasPrefix(line, begin) {
			return true
		}
	}
	return false
}
