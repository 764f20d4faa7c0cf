package lamp

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"behold"
)

// The scripts in testdata are cases, set apart by blank lines. A case is read
// line by line:
//
//	# what it is about
//	given customer K-1 ordered every 30 days from 2024-01-05 to 2024-11-30 [for 500] [of ink] [in 4 lines]
//	given customer K-1 ordered about every 30 days from … to …       (a fifth early, a fifth late)
//	given customer K-1 ordered on 2024-12-24 [for 90000] [of ink] [in 4 lines]
//	given customer K-1 got 3 lines for nothing on 2025-01-02
//	given customer K-1 returned 4 lines on 2025-01-05 for 200
//	given closed from 2024-07-08 to 2024-08-04                         (every year of which the clock knows)
//	given lost at silence p 0.001                                      (nobody is, unless this is given)
//	on 2025-01-10
//	expect rhythm [since 2025-01-09]
//	  because gap 41 days, usual 30 days
//	expect dark
//	expect lost rhythm                                                  (went out today as lost)
//
// Several days may follow one another, with more given in between: lamps that
// burn are carried over. All lamps that burn must be expected, and no others.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cases := 0
		line := 1
		for _, text := range strings.Split(string(b), "\n\n") {
			if strings.Contains(text, "given") {
				cases++
				s := &script{t: t, file: filepath.Base(file), line: line, shop: newShop()}
				s.run(strings.Split(strings.TrimRight(text, "\n"), "\n"))
			}
			line += strings.Count(text, "\n") + 2
		}
		if cases < 5 {
			t.Errorf("%s has %d cases; a lamp has five at least", file, cases)
		}
	}
}

// A script is a case while it runs.
type script struct {
	t    *testing.T
	file string
	line int
	shop *shop

	day     behold.Day
	carried []behold.Lamp // of the days before, burning and out
	burning []behold.Lamp // on this day
	out     []behold.Lamp // went out on this day
	left    []behold.Lamp // of these, not expected yet
	last    *behold.Lamp  // the one expected last
}

func (s *script) fail(format string, args ...any) {
	s.t.Helper()
	s.t.Errorf("testdata/%s:%d: %s", s.file, s.line, fmt.Sprintf(format, args...))
}

func (s *script) run(lines []string) {
	s.t.Helper()
	for _, line := range lines {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "#":
		case "given":
			s.given(rest)
		case "on":
			s.done()
			s.on(dayIn(s.t, rest))
		case "expect":
			s.expect(rest)
		case "because":
			s.because(rest)
		default:
			s.fail("%q is no line of a script", line)
		}
		s.line++
	}
	s.done()
}

func dayIn(t *testing.T, text string) behold.Day {
	t.Helper()
	day, err := behold.ParseDay(text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

var (
	everyForm  = regexp.MustCompile(`^customer (\S+) ordered (about )?every (\d+) days from (\S+) to (\S+)(.*)$`)
	orderForm  = regexp.MustCompile(`^customer (\S+) ordered on (\S+)(.*)$`)
	freeForm   = regexp.MustCompile(`^customer (\S+) got (\d+) lines for nothing on (\S+)$`)
	returnForm = regexp.MustCompile(`^customer (\S+) returned (\d+) lines on (\S+) for (\d+)$`)
	lostForm   = regexp.MustCompile(`^lost at silence p (\S+)$`)
	closedForm = regexp.MustCompile(`^closed from (\S+) to (\S+)$`)
	detailForm = regexp.MustCompile(`(for|of|in) (\S+)`)
)

func (s *script) given(rest string) {
	s.t.Helper()
	count := func(text string) int {
		n, err := strconv.Atoi(text)
		if err != nil {
			s.fail("%v", err)
		}
		return n
	}
	if m := everyForm.FindStringSubmatch(rest); m != nil {
		early := []float64{1, .8, 1.2, 1, 1.2, .8}
		gap, at := float64(count(m[3])), 0.0
		from, until := dayIn(s.t, m[4]), dayIn(s.t, m[5])
		for i := 0; from+behold.Day(math.Round(at)) <= until; i++ {
			s.shop.add(m[1], s.purchase(from+behold.Day(math.Round(at)), m[6], count))
			if at += gap; m[2] != "" {
				at += gap * (early[i%len(early)] - 1)
			}
		}
		return
	}
	if m := orderForm.FindStringSubmatch(rest); m != nil {
		s.shop.add(m[1], s.purchase(dayIn(s.t, m[2]), m[3], count))
		return
	}
	if m := freeForm.FindStringSubmatch(rest); m != nil {
		s.shop.add(m[1], visit{day: dayIn(s.t, m[3]), goods: int32(count(m[2]))})
		return
	}
	if m := returnForm.FindStringSubmatch(rest); m != nil {
		s.shop.add(m[1], visit{day: dayIn(s.t, m[3]), returns: int32(count(m[2])), credited: -100 * int64(count(m[4]))})
		return
	}
	if m := closedForm.FindStringSubmatch(rest); m != nil {
		s.shop.closed(dayIn(s.t, m[1]), dayIn(s.t, m[2]))
		return
	}
	if m := lostForm.FindStringSubmatch(rest); m != nil {
		p, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			s.fail("%v", err)
		}
		s.shop.lostAt = p
		return
	}
	s.fail("given what? %q", rest)
}

func (s *script) purchase(day behold.Day, details string, count func(string) int) visit {
	v := visit{day: day, orders: 1, bought: 50_000, goods: 4}
	for _, d := range detailForm.FindAllStringSubmatch(details, -1) {
		switch d[1] {
		case "for":
			v.bought = 100 * int64(count(d[2]))
		case "of":
			v.category = d[2]
		case "in":
			v.goods = int32(count(d[2]))
		}
	}
	return v
}

func (s *script) on(day behold.Day) {
	s.day = day
	var out []behold.Lamp
	s.burning, out = s.shop.round(day, s.carried)
	s.out = out
	s.left = slices.Clone(s.burning)
	s.carried = slices.Concat(s.burning, out, slices.DeleteFunc(s.carried, func(l behold.Lamp) bool { return !l.Out.Known() }))
}

// done checks that nothing burns that the day before did not expect.
func (s *script) done() {
	s.t.Helper()
	for _, l := range s.left {
		s.fail("on %v %s burns for %s, since %v: p %.4f, threshold %.4f, %v", s.day, l.Kind, s.shop.ids[l.Customer], l.Since, l.P, l.Threshold, l.Evidence.Facts)
	}
	s.left = nil
}

func (s *script) expect(rest string) {
	s.t.Helper()
	if rest == "dark" {
		s.done()
		return
	}
	if kind, lost := strings.CutPrefix(rest, "lost "); lost {
		if !slices.ContainsFunc(s.out, func(l behold.Lamp) bool { return string(l.Kind) == kind && l.State == behold.LampLost }) {
			s.fail("on %v %s does not go out as lost: %v", s.day, kind, s.out)
		}
		return
	}
	kind, since, dated := strings.Cut(rest, " since ")
	for i, l := range s.left {
		if string(l.Kind) != kind {
			continue
		}
		if dated && l.Since != dayIn(s.t, since) {
			s.fail("%s burns since %v", kind, l.Since)
		}
		if len(l.Evidence.Rows) == 0 || l.Reason == "" || l.P > l.Threshold && len(s.carried) == 0 {
			s.fail("%s has no rows, no reason, or p above its threshold: %+v", kind, l)
		}
		s.last = &l
		s.left = slices.Delete(s.left, i, i+1)
		return
	}
	s.fail("on %v %s does not burn", s.day, kind)
	s.last = nil
}

// because compares facts: numbers to within one, or 5 % of them.
func (s *script) because(rest string) {
	s.t.Helper()
	if s.last == nil {
		return
	}
	names := map[string]string{
		"gap": "silent_days", "usual": "usual_gap_days", "purchases": "occasions", "category": "category", "also": "also_lost",
		"now": "occasions_now", "before": "occasions_before", "expected": "expected_now", "amount": "amount_now", "fall": "fall",
		"returned": "returned_now", "lines": "lines_now", "share": "usual_share", "others": "others",
	}
	for part := range strings.SplitSeq(rest, ", ") {
		words := strings.Fields(part)
		f, told := s.last.Evidence.Fact(names[words[0]])
		if !told {
			s.fail("%s says nothing of %s: %v", s.last.Kind, words[0], s.last.Evidence.Facts)
			continue
		}
		want, err := strconv.ParseFloat(words[1], 64)
		switch {
		case err != nil && s.shop.name(f) != words[1]:
			s.fail("%s is %s, not %s", words[0], s.shop.name(f), words[1])
		case err == nil && want < 1 && math.Abs(f.Number-want) > .02:
			s.fail("%s is %g, not %g", words[0], f.Number, want)
		case err == nil && want >= 1 && math.Abs(f.Number-want) > max(1, .05*want):
			s.fail("%s is %g, not %g", words[0], f.Number, want)
		}
	}
}
