package survival

import (
	"errors"
	"fmt"
	"math"
)

// A Stay is how long one customer has been here, as far as anybody has seen.
// The unit of time is free, but one and the same for all stays of a call.
//
// Entry is for customers who are older than the data (left truncation): whoever
// left before that age could not have been seen, so the customer says nothing
// about ages up to Entry.
type Stay struct {
	Duration float64 // t, age when last seen or when leaving; ≥ 0, above Entry unless both are 0
	Left     bool    // δ, left at Duration; false: still here then (censored)
	Entry    float64 // age when first watched, ≥ 0; 0 means from the beginning
	Weight   float64 // how many customers share this stay; 0 means 1
	Group    string  // what LogRank compares
	Stratum  string  // compared only within: LogRank, FitCox
}

func (s *Stay) weight() float64 {
	if s.Weight == 0 {
		return 1
	}
	return s.Weight
}

// watched says whether the customer was here, and seen, just before age t.
func (s *Stay) watched(t float64) bool {
	return s.Duration >= t && (s.Entry < t || s.Entry == 0)
}

// ErrTooFew says that there is nothing to estimate from.
var ErrTooFew = errors.New("no stays to learn from")

// ErrNobodyLeft says that a comparison needs somebody who left.
var ErrNobodyLeft = errors.New("nobody has left, so nothing tells who leaves sooner")

// An InputError names the first value that cannot be: which row of the input
// (from 0), which field, and why.
type InputError struct {
	Row   int
	Field string
	Value float64
	Why   string
}

func (e *InputError) Error() string {
	return fmt.Sprintf("row %d: %s is %v, %s", e.Row, e.Field, e.Value, e.Why)
}

// An OptionError names an option that cannot be.
type OptionError struct {
	Option string
	Value  float64
	Why    string
}

func (e *OptionError) Error() string {
	return fmt.Sprintf("option %s is %v, %s", e.Option, e.Value, e.Why)
}

// checkStays finds the first stay that cannot be.
func checkStays(stays []Stay) error {
	if len(stays) == 0 {
		return ErrTooFew
	}
	for i := range stays {
		if err := stays[i].check(i); err != nil {
			return err
		}
	}
	return nil
}

func (s *Stay) check(row int) error {
	const number = "not a finite number"
	switch {
	case !finite(s.Duration):
		return &InputError{row, "Duration", s.Duration, number}
	case !finite(s.Entry):
		return &InputError{row, "Entry", s.Entry, number}
	case !finite(s.Weight):
		return &InputError{row, "Weight", s.Weight, number}
	case s.Duration < 0:
		return &InputError{row, "Duration", s.Duration, "below 0"}
	case s.Entry < 0:
		return &InputError{row, "Entry", s.Entry, "below 0"}
	case s.Entry > 0 && s.Entry >= s.Duration:
		return &InputError{row, "Entry", s.Entry, fmt.Sprintf("not before the end at %v", s.Duration)}
	case s.Weight < 0:
		return &InputError{row, "Weight", s.Weight, "below 0"}
	}
	return nil
}

// checkLevel gives the level asked for, or 0.95.
func checkLevel(level float64) (float64, error) {
	if level == 0 {
		return 0.95, nil
	}
	if !(level > 0 && level < 1) {
		return 0, &OptionError{"Level", level, "not between 0 and 1"}
	}
	return level, nil
}

// normalLimit is the z with probability level between −z and z.
func normalLimit(level float64) float64 {
	return math.Sqrt2 * math.Erfinv(level)
}

func finite(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0)
}
