package store

import (
	"testing"
	"time"

	"behold"
)

// What customers said goes with the round it was said in.
func TestVoiceIsOfARound(t *testing.T) {
	s := open(t)
	if err := s.SaveVoice(t.Context(), day1, []byte(`{"n":1}`)); behold.KindOf(err) != behold.NotFound {
		t.Errorf("kept without a round: %v", err)
	}
	r := &behold.Round{Day: day1, Voice: []byte(`{"n":1}`)}
	if err := s.SaveRound(t.Context(), r, nil, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveVoice(t.Context(), day1, []byte(`{"n":2}`)); err != nil {
		t.Fatal(err)
	}
	if body, err := s.Voice(t.Context(), day1); err != nil || string(body) != `{"n":2}` {
		t.Errorf("%s, %v", body, err)
	}
	if body, err := s.Voice(t.Context(), day2); err != nil || body != nil {
		t.Errorf("a day without a round says %s, %v", body, err)
	}
	r.Voice = nil
	if err := s.SaveRound(t.Context(), r, nil, nil); err != nil {
		t.Fatal(err)
	}
	if body, err := s.Voice(t.Context(), day1); err != nil || body != nil {
		t.Errorf("the round was walked again and %s is left, %v", body, err)
	}
}

// A form sent twice is one deed, and one that was taken back stays so.
func TestDeeds(t *testing.T) {
	s := open(t)
	at := time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC)
	d := behold.Deed{ID: "a", On: behold.DayOf(at), Theme: behold.Reasons()[0], Said: " Slow answers. ", Did: "One number for all.", Who: "mette@firm.example", Saved: at}
	for range 2 {
		if err := s.SaveDeed(t.Context(), &d); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Deeds(t.Context(), 9)
	if err != nil || len(list) != 1 || list[0].Said != "Slow answers." || list[0].On != d.On || !list[0].Saved.Equal(at) {
		t.Fatalf("%+v, %v", list, err)
	}
	for range 2 {
		if err := s.TakeBackDeed(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := s.Deeds(t.Context(), 9); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := s.TakeBackDeed(t.Context(), "b"); behold.KindOf(err) != behold.NotFound {
		t.Errorf("a deed that is none: %v", err)
	}
	for name, spoil := range map[string]func(*behold.Deed){
		"nothing said":    func(d *behold.Deed) { d.Said = " " },
		"nothing done":    func(d *behold.Deed) { d.Did = "" },
		"no theme":        func(d *behold.Deed) { d.Theme = "x" },
		"tomorrow":        func(d *behold.Deed) { d.On++ },
		"no mark of form": func(d *behold.Deed) { d.ID = "" },
	} {
		bad := d
		spoil(&bad)
		if err := s.SaveDeed(t.Context(), &bad); behold.KindOf(err) != behold.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
