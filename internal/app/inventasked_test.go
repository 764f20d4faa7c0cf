package app

import (
	"math"
	"testing"

	"behold"
)

// The invented shop has asked for a year: who was asked, who answered, and with what
// chance, as its own rules have it.
func TestTheInventedShopAsks(t *testing.T) {
	a := openApp(t, t.TempDir())
	if _, err := a.Invent(t.Context(), small(), nil); err != nil {
		t.Fatal(err)
	}
	invites, err := a.State.Invites(t.Context(), behold.NoDay, behold.NoDay)
	if err != nil || len(invites) < 20 {
		t.Fatalf("%d invitations, %v", len(invites), err)
	}
	last, answered := map[string]behold.Day{}, 0
	for _, v := range invites {
		if before, ok := last[v.Customer]; ok && v.Day-before < 40 {
			t.Errorf("%s is asked on %v and %v", v.Customer, before, v.Day)
		}
		last[v.Customer] = v.Day
		if v.Answered.Known() {
			answered++
		}
		if v.Pi <= 0 || v.Pi > 1 || v.Number == 0 && v.Customer != "K-1001" {
			t.Errorf("%+v", v)
		}
	}
	if share := float64(answered) / float64(len(invites)); share < 0.15 || share > 0.8 {
		t.Errorf("%.2f answered", share)
	}
	days, err := a.State.SurveyDays(t.Context(), behold.NoDay, behold.NoDay)
	if err != nil {
		t.Fatal(err)
	}
	sum, taken := 0.0, 0
	for _, d := range days {
		for i := range d.Strata {
			sum += d.Strata[i].Chance() * float64(d.Strata[i].Eligible)
			taken += d.Strata[i].Taken
		}
	}
	if taken != len(invites) || math.Abs(sum-float64(taken)) > 1e-6 {
		t.Errorf("the chances add up to %v, %d were taken, %d asked", sum, taken, len(invites))
	}
	if err := a.RemoveInvented(t.Context()); err != nil {
		t.Fatal(err)
	}
	if days, err := a.State.SurveyDays(t.Context(), behold.NoDay, behold.NoDay); err != nil || len(days) != 0 {
		t.Errorf("%d draws are left, %v", len(days), err)
	}
}
