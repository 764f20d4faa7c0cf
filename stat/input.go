package stat

import (
	"fmt"
	"math"
)

// An InputError names the first value that cannot be: which row of the input
// (from 0, or NoRow for an option), which field, and why.
type InputError struct {
	Row   int
	Field string
	Value float64
	Why   string
}

// NoRow stands in InputError.Row where the value is no row's but an option.
const NoRow = -1

func (e *InputError) Error() string {
	if e.Row == NoRow {
		return fmt.Sprintf("%s is %v, %s", e.Field, e.Value, e.Why)
	}
	return fmt.Sprintf("row %d: %s is %v, %s", e.Row, e.Field, e.Value, e.Why)
}

// CheckLevel refuses a confidence level that is not between 0 and 1.
func CheckLevel(level float64) error {
	if level > 0 && level < 1 {
		return nil
	}
	return &InputError{Row: NoRow, Field: "Level", Value: level, Why: "not between 0 and 1"}
}

// Finite is false for NaN and the infinities.
func Finite(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0)
}
