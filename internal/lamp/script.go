package lamp

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
)

// A Script is cases in plain words: given facts, on a day, which lamps burn and
// why. Cases are set apart by blank lines and read line by line:
//
//	# what it is about
//	given customer K-1 ordered every 30 days from 2024-01-05 to 2024-11-30 [for 500] [of ink] [in 4 lines]
//	on 2025-01-10
//	expect rhythm [since 2025-01-09] [for slow_response]
//	  because gap 41 days, usual 30 days
//	expect dark
//	expect lost rhythm                                                  (went out today as lost)
//
// What can be given stands beside the functions givens lists. Several days may
// follow one another, with more given in between: lamps that burn are carried
// over. All lamps that burn must be expected, and no others. The company's own
// habits (its rhythms, its usual reply times and so on) are those of an invented
// shop, so that a case says everything that matters to it.
type Script struct {
	Name  string
	Cases int
	texts []passage
}

// A passage is the lines of a case and where they begin.
type passage struct {
	line  int
	lines []string
}

// A Failure is a line of a script that does not come true.
type Failure struct {
	Name string
	Line int
	Say  string
}

func (f Failure) String() string { return fmt.Sprintf("%s:%d: %s", f.Name, f.Line, f.Say) }

// ReadScript reads cases; name is what failures call it. The error is the
// reader's: what cannot be understood is a failure when it runs.
func ReadScript(r io.Reader, name string) (Script, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return Script{}, err
	}
	s := Script{Name: name}
	line := 1
	for text := range strings.SplitSeq(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n\n") {
		if strings.Contains(text, "given") {
			s.Cases++
			s.texts = append(s.texts, passage{line, strings.Split(strings.TrimRight(text, "\n"), "\n")})
		}
		line += strings.Count(text, "\n") + 2
	}
	return s, nil
}

// RunScript reads cases and runs them: no failures mean that all came true.
func RunScript(r io.Reader, name string) ([]Failure, error) {
	s, err := ReadScript(r, name)
	if err != nil {
		return nil, err
	}
	return s.Run(), nil
}

// Run runs the cases, each in a shop of its own.
func (s *Script) Run() []Failure {
	var failures []Failure
	for _, p := range s.texts {
		c := &scene{name: s.Name, line: p.line, shop: newShop(), day: behold.NoDay}
		c.run(p.lines)
		failures = append(failures, c.failures...)
	}
	return failures
}

// A scene is a case while it runs.
type scene struct {
	name     string
	line     int
	failures []Failure
	shop     *shop

	day     behold.Day
	carried []behold.Lamp // of the days before, burning and out
	burning []behold.Lamp // on this day
	out     []behold.Lamp // went out on this day
	left    []behold.Lamp // of these, not expected yet
	last    *behold.Lamp  // the one expected last
}

func (s *scene) fail(format string, args ...any) {
	s.failures = append(s.failures, Failure{s.name, s.line, fmt.Sprintf(format, args...)})
}

func (s *scene) run(lines []string) {
	for _, line := range lines {
		verb, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch verb {
		case "#", "":
		case "given":
			s.given(rest)
		case "on":
			s.done()
			s.on(s.dayIn(rest))
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

// dayIn reads a day; what is none fails and is taken for the day of the scene.
func (s *scene) dayIn(text string) behold.Day {
	day, err := behold.ParseDay(strings.TrimSpace(text))
	if err != nil {
		s.fail("%v", err)
		return max(s.day, 0)
	}
	return day
}

func (s *scene) count(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		s.fail("%q is not a number", text)
	}
	return n
}

func (s *scene) decimal(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		s.fail("%q is not a number", text)
	}
	return x
}

func (s *scene) on(day behold.Day) {
	s.day = day
	var out []behold.Lamp
	s.burning, out = s.shop.round(day, s.carried)
	s.out = out
	s.left = slices.Clone(s.burning)
	s.carried = slices.Concat(s.burning, out, slices.DeleteFunc(s.carried, func(l behold.Lamp) bool { return !l.Out.Known() }))
}

// done checks that nothing burns that the day before did not expect.
func (s *scene) done() {
	for _, l := range s.left {
		s.fail("on %v %s burns for %s, since %v: p %.4f, threshold %.4f, %v", s.day, l.Kind, s.shop.ids[l.Customer], l.Since, l.P, l.Threshold, l.Evidence.Facts)
	}
	s.left = nil
}

func (s *scene) expect(rest string) {
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
	rest, reason, _ := strings.Cut(rest, " for ")
	kind, since, dated := strings.Cut(rest, " since ")
	i := slices.IndexFunc(s.left, func(l behold.Lamp) bool { return string(l.Kind) == kind })
	if i < 0 {
		s.fail("on %v %s does not burn", s.day, kind)
		s.last = nil
		return
	}
	l := s.left[i]
	if dated && l.Since != s.dayIn(since) {
		s.fail("%s burns since %v", kind, l.Since)
	}
	if reason != "" && string(l.Reason) != reason {
		s.fail("%s burns for %s", kind, l.Reason)
	}
	if len(l.Evidence.Rows) == 0 || l.Reason == "" || l.P > l.Threshold && len(s.carried) == 0 {
		s.fail("%s has no rows, no reason, or p above its threshold: %+v", kind, l)
	}
	s.last = &l
	s.left = slices.Delete(s.left, i, i+1)
}

// because compares facts: numbers to within one, or 5 % of them, days to the day.
func (s *scene) because(rest string) {
	if s.last == nil {
		return
	}
	for part := range strings.SplitSeq(rest, ", ") {
		words := strings.Fields(part)
		if len(words) < 2 {
			s.fail("because what? %q", part)
			continue
		}
		f, told := s.last.Evidence.Fact(factCalled(words[0]))
		if !told {
			s.fail("%s says nothing of %s: %v", s.last.Kind, words[0], s.last.Evidence.Facts)
			continue
		}
		if day, err := behold.ParseDay(words[1]); err == nil {
			if f.Day != day {
				s.fail("%s is %v, not %s", words[0], f.Day, words[1])
			}
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

// factCalled is the name of a fact that has a shorter word in scripts; any
// other fact goes by its own name.
func factCalled(word string) string {
	names := map[string]string{
		"gap": "silent_days", "usual": "usual_gap_days", "purchases": "occasions", "also": "also_lost",
		"now": "occasions_now", "before": "occasions_before", "expected": "expected_now", "amount": "amount_now",
		"returned": "returned_now", "lines": "lines_now", "share": "usual_share",
	}
	if name, short := names[word]; short {
		return name
	}
	return word
}
