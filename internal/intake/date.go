package intake

import (
	"behold"
)

const (
	microsOfDay = 86_400_000_000
	noTime      = -1 << 63
)

// A dateForm is the order in which a column writes days that do not begin with
// a year of four digits.
type dateForm struct {
	monthFirst bool
	serial     bool // a number is a spreadsheet's count of days since 1899-12-30
}

// A clock reads the dates of one column and remembers the last day, because
// neighbouring rows mostly share it.
type clock struct {
	form  dateForm
	text  [12]byte // the last day as written, short ones only
	size  int
	start int64 // midnight of it
}

// parse gives microseconds since 1970-01-01 of the wall clock; a zone offset
// is read over. The code is "" when all went well.
func (c *clock) parse(cell []byte) (int64, string) {
	if n := c.size; n > 0 && len(cell) >= n && string(cell[:n]) == string(c.text[:n]) {
		if len(cell) == n {
			return c.start, ""
		}
		if s := cell[n]; s == ' ' || s == 'T' {
			if at, ok := timeOfDay(cell[n+1:]); ok {
				return c.start + at, ""
			}
		}
	}
	return c.fresh(cell)
}

func (c *clock) fresh(cell []byte) (int64, string) {
	d, rest, ok := splitDate(cell)
	if !ok {
		if c.form.serial {
			return fromSerial(cell)
		}
		return 0, WhyNotADate
	}
	y, m, day, why := d.settle(c.form.monthFirst)
	if why != "" {
		return 0, why
	}
	if y < 1900 || y > 2100 || m < 1 || m > 12 || day < 1 || day > daysIn(y, m) {
		return 0, WhyDateRange
	}
	at, ok := timeOfDay(rest)
	if !ok {
		return 0, WhyNotADate
	}
	start := int64(civil(y, m, day)) * microsOfDay
	if n := len(cell) - len(rest); len(rest) == 0 || cell[n-1] == ' ' || cell[n-1] == 'T' {
		if len(rest) > 0 {
			n--
		}
		if n <= len(c.text) {
			c.size = copy(c.text[:], cell[:n])
			c.start = start
		}
	}
	return start + at, ""
}

// written is a date as it stands: three numbers, or two and a month's name.
type written struct {
	a, b, c      int
	lenA, lenC   int
	named        bool // b is the month; a the day (or the year)
	monthLeading bool // a is a month's name: Dec 1, 2010
}

// settle decides which of the three numbers is which.
func (w written) settle(monthFirst bool) (y, m, d int, why string) {
	switch {
	case w.lenA == 4:
		return w.a, w.b, w.c, ""
	case w.monthLeading:
		return fullYear(w.c, w.lenC), w.a, w.b, ""
	case w.named:
		return fullYear(w.c, w.lenC), w.b, w.a, ""
	}
	y, d, m = fullYear(w.c, w.lenC), w.a, w.b
	if monthFirst {
		d, m = m, d
	}
	if m > 12 && d <= 12 {
		return 0, 0, 0, WhyDateOrder
	}
	return y, m, d, ""
}

// fullYear puts 00–69 into this century and 70–99 into the last.
func fullYear(y, digits int) int {
	switch {
	case digits > 2:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

// splitDate takes the date off the front of a cell; rest is what may be a time.
func splitDate(cell []byte) (w written, rest []byte, ok bool) {
	if len(cell) >= 8 && allDigits(cell[:8]) {
		if len(cell) > 8 && cell[8] != 'T' && cell[8] != ' ' {
			return w, nil, false
		}
		w = written{a: number(cell[:4]), b: number(cell[4:6]), c: number(cell[6:8]), lenA: 4, lenC: 2}
		return w, afterDay(cell[8:]), true
	}
	rest = cell
	var n int
	if w.a, n = leadingNumber(rest); n == 0 {
		return monthNameFirst(cell)
	}
	w.lenA = n
	if rest, ok = dateMark(rest[n:]); !ok {
		return w, nil, false
	}
	if w.b, n = leadingNumber(rest); n == 0 {
		if w.b, n = monthName(rest); n == 0 {
			return w, nil, false
		}
		w.named = true
	} else if n > 2 {
		return w, nil, false
	}
	if rest, ok = dateMark(rest[n:]); !ok {
		return w, nil, false
	}
	if w.c, w.lenC = leadingNumber(rest); w.lenC == 0 || w.lenC > 4 || w.lenC == 3 {
		return w, nil, false
	}
	if w.lenA == 3 || w.lenA > 4 || w.lenA == 4 && w.lenC > 2 {
		return w, nil, false
	}
	rest = rest[w.lenC:]
	if len(rest) > 0 && rest[0] != ' ' && rest[0] != 'T' && rest[0] != '.' && rest[0] != ',' {
		return w, nil, false
	}
	return w, afterDay(rest), true
}

func monthNameFirst(cell []byte) (w written, rest []byte, ok bool) {
	var n int
	if w.a, n = monthName(cell); n == 0 {
		return w, nil, false
	}
	w.monthLeading = true
	if rest, ok = dateMark(cell[n:]); !ok {
		return w, nil, false
	}
	if w.b, n = leadingNumber(rest); n == 0 || n > 2 {
		return w, nil, false
	}
	if rest, ok = dateMark(rest[n:]); !ok {
		return w, nil, false
	}
	if w.c, w.lenC = leadingNumber(rest); w.lenC != 2 && w.lenC != 4 {
		return w, nil, false
	}
	return w, afterDay(rest[w.lenC:]), true
}

// afterDay drops the mark between day and time.
func afterDay(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == 'T' || b[0] == ',' || b[0] == '.') {
		b = b[1:]
	}
	return b
}

// dateMark drops the mark between two parts of a date, with blanks around it.
func dateMark(b []byte) ([]byte, bool) {
	seen := false
	for len(b) > 0 {
		switch b[0] {
		case '-', '/', '.', ' ', ',':
			seen = true
			b = b[1:]
		default:
			return b, seen
		}
	}
	return b, false
}

func leadingNumber(b []byte) (value, n int) {
	for n < len(b) && n < 5 && b[n]-'0' <= 9 {
		value = value*10 + int(b[n]-'0')
		n++
	}
	return value, n
}

// monthName reads a month's name or its beginning, with a point behind it.
func monthName(b []byte) (month, n int) {
	for n < len(b) && (b[n] >= 'a' && b[n] <= 'z' || b[n] >= 'A' && b[n] <= 'Z' || b[n] >= 0x80) {
		n++
	}
	if n < 3 {
		return 0, 0
	}
	name := fold(string(b[:n]))
	if len(name) < 3 {
		return 0, 0
	}
	m, ok := months[name[:3]]
	if !ok {
		return 0, 0
	}
	return m, n
}

func allDigits(b []byte) bool {
	for _, c := range b {
		if c-'0' > 9 {
			return false
		}
	}
	return true
}

func number(b []byte) int {
	v := 0
	for _, c := range b {
		v = v*10 + int(c-'0')
	}
	return v
}

// timeOfDay reads 8:26, 08:26:00, 08.26, 08:26:00.123, 8:26 PM, with Z or an
// offset behind it, in microseconds after midnight. Nothing is midnight.
func timeOfDay(b []byte) (int64, bool) {
	if len(b) == 0 {
		return 0, true
	}
	hour, n := leadingNumber(b)
	if n == 0 || n > 2 || hour > 24 || n == len(b) || b[n] != ':' && b[n] != '.' {
		return 0, false
	}
	b = b[n+1:]
	minute, n := leadingNumber(b)
	if n != 2 || minute > 59 {
		return 0, false
	}
	b = b[2:]
	var second, micros int
	if len(b) > 0 && (b[0] == ':' || b[0] == '.') {
		if second, n = leadingNumber(b[1:]); n != 2 || second > 60 {
			return 0, false
		}
		b = b[3:]
		if len(b) > 0 && (b[0] == '.' || b[0] == ',') {
			micros, b = fraction(b[1:])
		}
	}
	hour, ok := halfDay(hour, &b)
	if !ok || !isZone(b) {
		return 0, false
	}
	at := ((int64(hour)*60+int64(minute))*60+int64(second))*1_000_000 + int64(micros)
	return at, at <= microsOfDay
}

// fraction reads the decimals of a second as microseconds.
func fraction(b []byte) (micros int, rest []byte) {
	place := 100_000
	for len(b) > 0 && b[0]-'0' <= 9 {
		micros += int(b[0]-'0') * place
		place /= 10
		b = b[1:]
	}
	return micros, b
}

// halfDay takes AM or PM off and gives the hour of the whole day.
func halfDay(hour int, b *[]byte) (int, bool) {
	s := *b
	for len(s) > 0 && s[0] == ' ' {
		s = s[1:]
	}
	if len(s) < 2 || s[1]|0x20 != 'm' {
		return hour, true
	}
	*b = s[2:]
	switch half := s[0] | 0x20; {
	case hour < 1 || hour > 12:
		return hour, false
	case half == 'a':
		return hour % 12, true
	case half == 'p':
		return hour%12 + 12, true
	}
	return hour, false
}

// isZone says whether b is nothing, or a zone: Z, UTC, +02:00, +0200, " +02".
func isZone(b []byte) bool {
	for len(b) > 0 && b[0] == ' ' {
		b = b[1:]
	}
	switch s := string(b); {
	case s == "" || s == "Z" || s == "UTC" || s == "GMT":
		return true
	case len(s) < 3 || s[0] != '+' && s[0] != '-':
		return false
	default:
		for _, c := range b[1:] {
			if c-'0' > 9 && c != ':' {
				return false
			}
		}
		return len(s) <= 6
	}
}

// fromSerial reads a spreadsheet's count of days since 1899-12-30.
func fromSerial(cell []byte) (int64, string) {
	d, ok := plain(cell, '.')
	if !ok {
		if d, ok = scientific(cell); !ok {
			return 0, WhyNotADate
		}
	}
	v := d.float()
	if v < 61 || v > 73_415 { // before 1900-03-01 the count is off by one; 2100-12-31
		return 0, WhyDateRange
	}
	const second = 1_000_000
	seconds := int64(v*86_400 + 0.5)
	return (seconds - 25_569*86_400) * second, ""
}

func daysIn(y, m int) int {
	switch m {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// civil is the day number of a date that exists (Howard Hinnant, "chrono-
// Compatible Low-Level Date Algorithms", days_from_civil; checked against
// package time for every day of 1900–2100 in TestCivil).
func civil(y, m, d int) behold.Day {
	if m <= 2 {
		y--
	}
	era := y / 400
	yearOfEra := y - era*400
	dayOfYear := (153*((m+9)%12)+2)/5 + d - 1
	return behold.Day(era*146_097 + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - 719_468)
}
