package lamp

import (
	"math"
	"testing"

	"behold"
)

// Customers who write now this and now that, whatever they feel: of a hundred of
// them as many light a lamp in a month as its part of the dial says, or fewer.
func TestToneUnderChance(t *testing.T) {
	rnd, day := dice(71), behold.Date(2025, 1, 10)
	h, deals, f := known(20_000, day)
	for k := range h.Day {
		h.Day[k] = day - 700
	}
	for range h.Customer {
		var rows []behold.Remark
		for at := day - 700 + behold.Day(rnd.IntN(60)); at <= day; at += behold.Day(10 + rnd.IntN(100)) {
			score := math.Pow(rnd.Float64(), 2)
			rows = append(rows, behold.Remark{ID: 1, Table: behold.TableContacts, At: at.Moment(), Complaint: score, Reason: behold.UnknownReason})
		}
		deals.Remarks.Put(rows...)
	}
	in := Company{Settings: behold.DefaultSettings(), Has: behold.Tables(), Tone: toneHabits(h, deals)}
	if m := in.Tone.PerMonth; math.Abs(m-.5) > .03 {
		t.Errorf("%.3f remarks a month, not about one in sixty days", m)
	}
	lit := 0.
	desk := newDesk(&in, h, deals)
	for k := range h.Customer {
		desk.sit(k, &f[k])
		if l, burns := desk.tone(); burns && l.Since > day-daysOfMonth {
			if lit++; len(l.Evidence.Rows) != 1 || l.Reason == "" {
				t.Fatalf("a lamp without row or reason: %+v", l)
			}
		}
	}
	want := in.share(behold.LampTone) * in.Settings.FalseLamps
	got := 100 * lit / float64(h.Len())
	t.Logf("lit %.3f of 100 in a month, the dial gives it %.3f", got, want)
	if got > 1.15*want || got < .3*want {
		t.Errorf("lit %.3f of 100 in a month, and the dial gives it %.3f", got, want)
	}
}
