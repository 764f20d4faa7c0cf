package repurchase

import (
	"math"
	"testing"
)

// near asks for want within a relative tolerance.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Max(math.Abs(want), 1e-300)) {
		t.Errorf("%s is %.12g, want %.12g (within %g)", what, got, want, tolerance)
	}
}
