package intake

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct {
		mark byte
		text string
		want float64
		why  string
	}{
		{',', "1.188,00", 1188, ""}, {',', "1188", 1188, ""}, {',', "0,5", 0.5, ""}, {',', "-1.188,50", -1188.5, ""},
		{'.', "1,188.00", 1188, ""}, {'.', "12.5", 12.5, ""}, {'.', ".5", 0.5, ""}, {'.', "5.", 5, ""},
		{',', "1 188,00", 1188, ""}, {',', "1\u00a0188,00", 1188, ""}, {',', "1\u202f188,00", 1188, ""}, {',', "1\xa0188,00", 1188, ""},
		{'.', "1'188.00", 1188, ""}, {'.', "(12.00)", -12, ""}, {'.', "12-", -12, ""}, {'.', "12.00-", -12, ""}, {',', "12,-", 12, ""},
		{'.', "£12.50", 12.5, ""}, {'.', "-£12.50", -12.5, ""}, {'.', "£-12.50", -12.5, ""}, {',', "12,50 €", 12.5, ""}, {',', "kr. 1.188,00", 1188, ""},
		{',', "kr 12,50", 12.5, ""}, {',', "kr.12,50", 12.5, ""}, {',', "1.188,00 kr.", 1188, ""}, {',', "-12 Kr.", -12, ""}, {',', "A,", 0, WhyNotANumber}, {'.', ".", 0, WhyNotANumber}, {'.', "$.50", 0.5, ""}, {',', "1.188,00 DKK", 1188, ""}, {',', "EUR 12,50-", -12.5, ""}, {'.', "−3", -3, ""}, {'.', "+3", 3, ""},
		{'.', "\x8012.00", 12, ""}, {'.', "1E-3", 0.001, ""}, {'.', "1.5E3", 1500, ""}, {'.', "1.000.000", 0, WhyNumberMarks},
		{',', "12.50", 0, WhyNumberMarks}, {'.', "12,50", 0, WhyNumberMarks}, {'.', "1,18,800", 0, WhyNumberMarks}, {'.', "1,188,00", 0, WhyNumberMarks},
		{'.', "abc", 0, WhyNotANumber}, {'.', "12 pcs of", 0, WhyNotANumber}, {'.', "12%", 0, WhyNotANumber}, {'.', "-", 0, WhyNotANumber},
		{'.', "--3", 0, WhyNotANumber}, {'.', "3/4", 0, WhyNotANumber}, {'.', "(-3)", 0, WhyNotANumber}, {'.', "=1+1", 0, WhyNotANumber}, {'.', "1.2.3", 0, WhyNumberMarks},
		{'.', "1234567890123456789012", 0, WhyNumberTooLarge},
	} {
		d, why := numberForm{c.mark}.parse([]byte(c.text))
		if why != c.why || why == "" && math.Abs(d.float()-c.want) > 1e-12 {
			t.Errorf("%q with %q: %v %q, want %v %q", c.text, c.mark, d.float(), why, c.want, c.why)
		}
	}
}

func TestMinor(t *testing.T) {
	for _, c := range []struct {
		d      decimal
		digits int
		want   int64
	}{
		{decimal{1188, 0}, 2, 118_800}, {decimal{125, 2}, 2, 125}, {decimal{1005, 3}, 2, 101}, {decimal{-1005, 3}, 2, -101},
		{decimal{1004, 3}, 2, 100}, {decimal{5, 1}, 0, 1}, {decimal{-5, 1}, 0, -1}, {decimal{4, 30}, 2, 0},
	} {
		if got, ok := c.d.minor(c.digits); !ok || got != c.want {
			t.Errorf("%v with %d digits: %d %v, want %d", c.d, c.digits, got, ok, c.want)
		}
	}
	if _, ok := (decimal{math.MaxInt64, 0}).minor(2); ok {
		t.Error("a number that does not fit was taken")
	}
}

// Whatever way people write a number, it is read as the number they wrote.
func TestNumberPrintedThenParsed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(-1e14, 1e14).Draw(t, "minor")
		mark := rapid.SampledFrom([]byte{'.', ','}).Draw(t, "mark")
		group := rapid.SampledFrom([]string{"", " ", "\u00a0", "'", map[byte]string{'.': ",", ',': "."}[mark]}).Draw(t, "group")
		sign := rapid.SampledFrom([]string{"-%", "%-", "(%)", "− %", "€ -%", "-% kr"}).Draw(t, "sign")
		text := printed(magnitude(minor), mark, group)
		if minor < 0 {
			text = strings.Replace(sign, "%", text, 1)
		}
		d, why := numberForm{mark}.parse([]byte(text))
		got, ok := d.minor(2)
		if why != "" || !ok || got != minor {
			t.Fatalf("%q: %d %q, want %d", text, got, why, minor)
		}
	})
}

func printed(minor uint64, mark byte, group string) string {
	whole := strconv.FormatUint(minor/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + group + whole[i:]
	}
	cents := strconv.FormatUint(100+minor%100, 10)[1:]
	return whole + string(mark) + cents
}

func FuzzNumber(f *testing.F) {
	for _, s := range []string{"1.188,00", "(12.00)", "kr. 12,-", "1E-3", "£-1,188.00", "", ".", "-", "\xa0", "1\u202f188"} {
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, comma bool) {
		form := numberForm{'.'}
		if comma {
			form.mark = ','
		}
		d, why := form.parse([]byte(s))
		if why != "" {
			if _, ok := Whys()[why]; !ok {
				t.Fatalf("%q: unlisted reason %q", s, why)
			}
			return
		}
		if !strings.ContainsAny(s, "0123456789") {
			t.Fatalf("%q has no digit and became %v", s, d)
		}
		if v, ok := d.minor(2); ok && math.Abs(float64(v)-100*d.float()) > 1+math.Abs(d.float())*1e-12 {
			t.Fatalf("%q: %d minor, %v major", s, v, d.float())
		}
	})
}
