package store

import (
	"testing"

	"behold"
)

func TestReckoningGoesWithItsRound(t *testing.T) {
	s := open(t)
	day := behold.Date(2025, 6, 2)
	if err := s.SaveRound(t.Context(), &behold.Round{Day: day, Settings: behold.DefaultSettings()}, nil, nil); err != nil {
		t.Fatal(err)
	}
	rule := behold.LostRule{Silence: 0.05, Calibrated: true, Since: day}
	if err := s.SaveReckoning(t.Context(), &behold.Reckoning{Day: day, Lost: rule, Body: []byte(`{"a":1}`)}); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveReckoning(t.Context(), &behold.Reckoning{Day: day, Lost: rule, Body: []byte(`{"a":2}`)}); err != nil {
		t.Fatal(err)
	}
	r, ok, err := s.LastReckoning(t.Context(), behold.Date(2025, 1, 1), day)
	if err != nil || !ok || string(r.Body) != `{"a":2}` || r.Lost != rule || r.Day != day {
		t.Fatalf("kept %+v %s, %v %v", r.Lost, r.Body, ok, err)
	}
	if _, ok, err := s.LastReckoning(t.Context(), behold.NoDay, day-1); ok || err != nil {
		t.Errorf("one of the day before: %v %v", ok, err)
	}
	if err := s.SaveRound(t.Context(), &behold.Round{Day: day, Settings: behold.DefaultSettings()}, nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, ok, _ := s.LastReckoning(t.Context(), behold.NoDay, behold.NoDay); ok {
		t.Error("the reckoning of a round that was made anew is still there")
	}
}
