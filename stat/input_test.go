package stat

import (
	"math"
	"testing"
)

func TestInputError(t *testing.T) {
	for want, err := range map[string]error{
		"row 3: Weight is -1, below 0":      &InputError{Row: 3, Field: "Weight", Value: -1, Why: "below 0"},
		"Level is 95, not between 0 and 1":  CheckLevel(95),
		"Level is 1, not between 0 and 1":   CheckLevel(1),
		"Level is NaN, not between 0 and 1": CheckLevel(math.NaN()),
	} {
		if err == nil || err.Error() != want {
			t.Errorf("%v, want %q", err, want)
		}
	}
	if err := CheckLevel(0.95); err != nil {
		t.Error(err)
	}
	if Finite(math.NaN()) || Finite(math.Inf(-1)) || !Finite(0) {
		t.Error("what is finite?")
	}
}
