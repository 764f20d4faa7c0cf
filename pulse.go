package behold

import "strings"

// PulseSteps are the answers to the question how it is to work here, from the
// worst to the best; each has words of its own.
const PulseSteps = 5

// PulseFewest is how many answers there must be before anything of them is shown.
const PulseFewest = 5

// A PulseWeek is what colleagues answered in a week. Who answered what is known to
// nobody: answers are counted as they come.
type PulseWeek struct {
	Week     Day             `json:"week"`   // its Monday
	Counts   [PulseSteps]int `json:"counts"` // of each answer, the worst first
	Comments []string        `json:"comments,omitempty"`
}

// Answers is how many there are.
func (w *PulseWeek) Answers() (n int) {
	for _, c := range w.Counts {
		n += c
	}
	return n
}

// WeekOf is the Monday of a day's week.
func WeekOf(d Day) Day { return d - Day((int(d.Weekday())+6)%7) }

// A PulseAnswer is one colleague's answer on its way to being counted.
type PulseAnswer struct {
	Week      Day
	Colleague string // who must not be asked again this week
	Step      int    // 1 the worst to PulseSteps the best; 0: does not want to be asked this week
	Comment   string
}

// Check says what is missing from an answer.
func (a *PulseAnswer) Check() error {
	switch {
	case a.Step < 0 || a.Step > PulseSteps:
		return &Error{Kind: Invalid, Say: "the answer is one of five", Hint: "choose one", Code: "pulse_step"}
	case len([]rune(a.Comment)) > 500:
		return &Error{Kind: Invalid, Say: "this is more than 500 letters", Hint: "say it shorter", Code: "pulse_long"}
	case strings.TrimSpace(a.Colleague) == "":
		return &Error{Kind: Invalid, Say: "nobody signed in to answer", Hint: "sign in", Code: "pulse_nobody"}
	}
	return nil
}
