package intake

import (
	"bytes"
	"math"
	"math/bits"
	"strconv"
	"unicode/utf8"
)

// A decimal is mantissa / 10^scale, exactly.
type decimal struct {
	mantissa int64
	scale    int
}

// A numberForm is how a column writes numbers: which mark comes before the
// decimals. The other mark, blanks and apostrophes group the thousands.
type numberForm struct{ mark byte }

// parse reads a number. A sign may stand before or behind it or be a pair of
// brackets, and a currency may stand on either side. The code is "" when all
// went well, else the reason why not.
func (form numberForm) parse(cell []byte) (decimal, string) {
	if d, ok := plain(cell, form.mark); ok {
		return d, ""
	}
	return form.dressed(cell)
}

// plain reads the commonest writing, digits with at most one decimal mark.
func plain(cell []byte, mark byte) (decimal, bool) {
	i, negative := 0, false
	if len(cell) > 0 && cell[0] == '-' {
		i, negative = 1, true
	}
	if i == len(cell) || len(cell) > 18 {
		return decimal{}, false
	}
	d, seen := decimal{}, -1
	for ; i < len(cell); i++ {
		c := cell[i]
		switch {
		case c-'0' <= 9:
			d.mantissa = d.mantissa*10 + int64(c-'0')
		case c == mark && seen < 0:
			seen = i
		default:
			return decimal{}, false
		}
	}
	if seen >= 0 {
		d.scale = len(cell) - seen - 1
		if len(cell) == 1 || len(cell) == 2 && negative {
			return decimal{}, false
		}
	}
	if negative {
		d.mantissa = -d.mantissa
	}
	return d, true
}

// dressed reads numbers with groups, brackets, currencies, trailing signs.
func (form numberForm) dressed(cell []byte) (decimal, string) {
	core, negative, ok := undress(cell)
	if !ok {
		return decimal{}, WhyNotANumber
	}
	d, why := form.grouped(core)
	if why != "" {
		if e, ok := scientific(core); ok {
			d, why = e, ""
		}
	}
	if negative {
		d.mantissa = -d.mantissa
	}
	return d, why
}

// undress takes sign, brackets, currency and blanks off and leaves a core that
// begins and ends with a digit or a mark.
func undress(cell []byte) (core []byte, negative, ok bool) {
	core = bytes.TrimSpace(cell)
	if n := len(core); n > 2 && core[0] == '(' && core[n-1] == ')' {
		core, negative = core[1:n-1], true
	}
	begin := func(c byte) bool { return c-'0' <= 9 || c == '.' || c == ',' }
	from, to := 0, len(core)
	if to > 1 && core[to-1] == '.' && isLetter(core[to-2]) { // 12,50 kr.
		to--
		core = core[:to]
	}
	for from < to && !begin(core[from]) {
		from++
	}
	for to > from && core[to-1]-'0' > 9 && !(core[to-1] == '.' || core[to-1] == ',') {
		to--
	}
	before, minusBefore, okBefore := trimming(core[:from])
	// Danish and Swiss prices end in a dash for the missing decimals: 12,-
	behind := core[to:]
	if to > from && core[to-1] == ',' && len(behind) > 0 && behind[0] == '-' {
		behind, to = behind[1:], to-1
	}
	after, minusAfter, okAfter := trimming(behind)
	if from == to || !okBefore || !okAfter || before && after || minusBefore && minusAfter || negative && (minusBefore || minusAfter) {
		return nil, false, false
	}
	// "kr." before the number leaves its point at the core's front.
	pointed := from > 0 && isLetter(core[from-1])
	core = core[from:to]
	if before && len(core) > 1 && core[0] == '.' && pointed {
		core = bytes.TrimLeft(core[1:], " \u00a0")
	}
	return core, negative || minusBefore || minusAfter, true
}

func isLetter(c byte) bool { c |= 0x20; return c >= 'a' && c <= 'z' }

// trimming reads what stands beside the digits: blanks, one sign, one currency.
func trimming(side []byte) (currency, minus, ok bool) {
	letters, signs := 0, 0
	for len(side) > 0 {
		r, n := utf8.DecodeRune(side)
		if r == utf8.RuneError && n == 1 {
			r = rune(side[0]) // Windows-1252 shares these with Latin-1, but the euro
			if r == 0x80 {
				r = '€'
			}
		}
		side = side[n:]
		switch {
		case r == ' ' || r == '\u00a0' || r == '\u202f' || r == '\t':
		case r == '-' || r == '−' || r == '+':
			signs++
			minus = minus || r != '+'
		case r == '€' || r == '£' || r == '$' || r == '¥':
			currency = true
		case r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '.':
			letters++
			currency = true
		default:
			return false, false, false
		}
	}
	return currency, minus, letters <= 4 && signs <= 1
}

// grouped reads digits in groups of three with an optional decimal part.
func (form numberForm) grouped(core []byte) (decimal, string) {
	var d decimal
	digits, sinceGroup, inDecimals, groups := 0, 0, false, 0
	for i := 0; i < len(core); {
		c := core[i]
		switch {
		case c-'0' <= 9:
			if digits >= 18 {
				return decimal{}, WhyNumberTooLarge
			}
			d.mantissa = d.mantissa*10 + int64(c-'0')
			if digits > 0 || c != '0' {
				digits++
			}
			sinceGroup++
			if inDecimals {
				d.scale++
			}
			i++
		case c == form.mark && !inDecimals && (groups == 0 || sinceGroup == 3):
			inDecimals = true
			i++
		default:
			n := groupMark(core[i:], form.mark)
			if n == 0 {
				return decimal{}, WhyNotANumber
			}
			if inDecimals || groups > 0 && sinceGroup != 3 || groups == 0 && (sinceGroup == 0 || sinceGroup > 3) {
				return decimal{}, WhyNumberMarks
			}
			groups, sinceGroup = groups+1, 0
			i += n
		}
	}
	if groups > 0 && !inDecimals && sinceGroup != 3 {
		return decimal{}, WhyNumberMarks
	}
	if sinceGroup == 0 {
		return decimal{}, WhyNotANumber
	}
	return d, ""
}

// groupMark is the length of a mark between thousands, or 0.
func groupMark(b []byte, mark byte) int {
	switch c := b[0]; {
	case c == '.' || c == ',' || c == ' ' || c == '\'':
		return 1
	case c == 0xa0: // a no-break space of Windows-1252
		return 1
	case bytes.HasPrefix(b, []byte("\u00a0")):
		return 2
	case bytes.HasPrefix(b, []byte("\u202f")), bytes.HasPrefix(b, []byte("\u2019")):
		return 3
	}
	return 0
}

// scientific reads what spreadsheets store for long numbers: 1.5E-3.
func scientific(core []byte) (decimal, bool) {
	if !bytes.ContainsAny(core, "eE") {
		return decimal{}, false
	}
	v, err := strconv.ParseFloat(string(core), 64)
	if err != nil || math.Abs(v) >= 1e12 {
		return decimal{}, false
	}
	return decimal{int64(math.Round(v * 1e6)), 6}, true
}

// tens are the powers of ten that fit into 64 bits.
var tens = [19]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// float is the number in ordinary arithmetic.
func (d decimal) float() float64 {
	if d.scale < len(tens) {
		return float64(d.mantissa) / float64(tens[d.scale])
	}
	return float64(d.mantissa) * math.Pow10(-d.scale)
}

// minor is the number times 10^digits, rounded half away from zero; not ok
// when it does not fit.
func (d decimal) minor(digits int) (int64, bool) {
	if up := digits - d.scale; up >= 0 {
		high, low := bits.Mul64(magnitude(d.mantissa), uint64(tens[up]))
		if high != 0 || low > 1<<62 {
			return 0, false
		}
		return d.mantissa * tens[up], true
	}
	down := d.scale - digits
	if down >= len(tens) {
		return 0, true
	}
	by := tens[down]
	whole, rest := d.mantissa/by, d.mantissa%by
	if magnitude(rest)*2 >= uint64(by) {
		if d.mantissa < 0 {
			whole--
		} else {
			whole++
		}
	}
	return whole, true
}

// times multiplies exactly; not ok when the product does not fit.
func (d decimal) times(e decimal) (decimal, bool) {
	high, low := bits.Mul64(magnitude(d.mantissa), magnitude(e.mantissa))
	if high != 0 || low > math.MaxInt64 {
		return decimal{}, false
	}
	return decimal{d.mantissa * e.mantissa, d.scale + e.scale}, true
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return -uint64(v)
	}
	return uint64(v)
}
