package letter

import (
	"strings"
	"testing"

	"behold"
	"behold/internal/economy"
	"behold/internal/phrase"
	"behold/internal/round"
)

func TestWeeklySaysWhatIsNormal(t *testing.T) {
	expected, low, high := 24.3, 15, 34
	w := &round.Week{Day: behold.Date(2025, 6, 2), LostThen: -1, Newest: behold.NoDay}
	w.Before.Day = behold.NoDay
	if says := losses(t, w); !strings.Contains(says, "not measured yet") {
		t.Errorf("without a reckoning it says %q", says)
	}
	w.Year = &economy.YearSum{From: behold.Date(2024, 1, 1), To: behold.Date(2024, 12, 1), Lost: 31, Expected: &expected, Low: &low, High: &high, Signal: economy.Normal}
	if says := losses(t, w); !strings.Contains(says, "31 customers lost from January 2024 to December 2024; 24 expected; normal is 15–34. That is normal for you.") {
		t.Errorf("it says %q", says)
	}
}

func losses(t *testing.T, w *round.Week) string {
	t.Helper()
	l := &weekly{phrase.For("en"), &Made{}, w}
	return strings.Join(l.losses().Says, " ")
}
