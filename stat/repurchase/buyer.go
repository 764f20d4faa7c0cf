package repurchase

import (
	"errors"
	"fmt"
	"math"
)

// A Buyer is the history of one customer, as far as the models need it. The
// unit of time is free, but one and the same for all buyers of a call.
type Buyer struct {
	Repeats float64 // x, occasions after the first; count, ≥ 0
	Last    float64 // t_x, from the first to the last occasion, 0 ≤ t_x ≤ T; 0 when x = 0
	Age     float64 // T, from the first occasion to today, ≥ 0
	LogGaps float64 // L, sum of ln(gap) over the x gaps, floored by the caller; 0 when x = 0
	Weight  float64 // how many customers share this history; 0 means 1
}

// Silence is the time since the last occasion, s = T − t_x.
func (b Buyer) Silence() float64 { return b.Age - b.Last }

func (b Buyer) weight() float64 {
	if b.Weight == 0 {
		return 1
	}
	return b.Weight
}

// ErrTooFew says that there is nothing to estimate from.
var ErrTooFew = errors.New("no buyers to learn from")

// ErrNoFit says that the mixture asked was never fitted.
var ErrNoFit = errors.New("the mixture was not fitted")

// An InputError names the first value that cannot be: which element of the
// input (from 0), which field, and why.
type InputError struct {
	Buyer int
	Field string
	Value float64
	Why   string
}

func (e *InputError) Error() string {
	return fmt.Sprintf("buyer %d: %s is %v, %s", e.Buyer, e.Field, e.Value, e.Why)
}

// checkBuyers finds the first buyer whose history cannot be.
func checkBuyers(buyers []Buyer) error {
	for i := range buyers {
		b := &buyers[i]
		if b.plain() {
			continue
		}
		if field, value, why := b.fault(); field != "" {
			return &InputError{Buyer: i, Field: field, Value: value, Why: why}
		}
	}
	return nil
}

// plain is a quick yes to most histories that have no fault: of a repeater, by
// comparisons that no NaN and no infinity passes.
func (b *Buyer) plain() bool {
	return b.Repeats >= 0 && b.Repeats <= math.MaxFloat64 && b.Last >= 0 && b.Last <= b.Age && b.Age <= math.MaxFloat64 &&
		math.Abs(b.LogGaps) <= math.MaxFloat64 && b.Weight >= 0 && b.Weight <= math.MaxFloat64 &&
		(b.Repeats > 0 || b.Last == 0 && b.LogGaps == 0)
}

// fault names the field that cannot be, or "".
func (b Buyer) fault() (field string, value float64, why string) {
	const number = "not a finite number"
	switch {
	case !finite(b.Repeats):
		return "Repeats", b.Repeats, number
	case !finite(b.Last):
		return "Last", b.Last, number
	case !finite(b.Age):
		return "Age", b.Age, number
	case !finite(b.LogGaps):
		return "LogGaps", b.LogGaps, number
	case !finite(b.Weight):
		return "Weight", b.Weight, number
	case b.Repeats < 0:
		return "Repeats", b.Repeats, "below 0"
	case b.Last < 0:
		return "Last", b.Last, "below 0"
	case b.Age < b.Last:
		return "Age", b.Age, fmt.Sprintf("before the last occasion at %v", b.Last)
	case b.Repeats == 0 && b.Last > 0:
		return "Last", b.Last, "above 0 though nothing was bought again"
	case b.Repeats == 0 && b.LogGaps != 0:
		return "LogGaps", b.LogGaps, "not 0 though there is no gap"
	case b.Weight < 0:
		return "Weight", b.Weight, "below 0"
	}
	return "", 0, ""
}

func finite(x float64) bool {
	return !math.IsNaN(x) && !math.IsInf(x, 0)
}
