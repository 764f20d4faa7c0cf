package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// The lists of a round come back as they were kept, also when it is saved again;
// a round without lists takes those of before away.
func TestTaskList(t *testing.T) {
	s := open(t)
	if list, made, err := s.TaskList(t.Context(), behold.NoDay); err != nil || made.Known() || list.Day.Known() {
		t.Fatalf("%+v, %v, %v", list, made, err)
	}
	r := roundOf(day1)
	r.Tasks = behold.TaskList{
		Day: day1 + 3, False: .6, FalseLow: .5, FalseHigh: .7, HourWorth: behold.Money{Minor: 12345, Currency: "DKK"},
		Loads: []behold.Load{{Colleague: "ann@x.dk", Minutes: 90, Used: 15, Tasks: 1}, {Colleague: "bo@x.dk"}},
		Tasks: []behold.Task{{
			Customer: 7, ID: "K-7", Name: "Ærø Kro", Colleague: "ann@x.dk", Owner: "eve@x.dk", Day: day1 + 3, Place: 1, Lamp: behold.LampRhythm, Reason: behold.Quality,
			Step: behold.Step{Action: behold.ActApology, Channel: "call", Minutes: 15, Within: 1}, Due: day1 + 4, Gain: behold.Money{Minor: 500, Currency: "DKK"},
			Leave: .4, LeaveLow: .3, LeaveHigh: .5, Since: day1 - 7, Lying: 5, Escalated: true, Covered: true,
		}, {Customer: 9, ID: "K-9", Colleague: "bo@x.dk", Day: day1 + 3, Place: 1, Due: behold.NoDay, Gain: behold.Money{Currency: "DKK"}, Since: day1}},
	}
	r.Passed = []behold.Passed{{Customer: 8, Why: behold.JustSpoken, Facts: []behold.Fact{{Name: "spoken_on", Day: day1 - 2}, {Name: "gap_days", Number: 30, Day: behold.NoDay}}}}
	for range 2 {
		if err := s.SaveRound(t.Context(), &r, nil, nil); err != nil {
			t.Fatal(err)
		}
		list, made, err := s.TaskList(t.Context(), behold.NoDay)
		if err != nil || made != day1 {
			t.Fatal(made, err)
		}
		if diff := cmp.Diff(r.Tasks, list); diff != "" {
			t.Error(diff)
		}
		passed, err := s.PassedOver(t.Context(), day1, 8)
		if diff := cmp.Diff(r.Passed[0], passed); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	if passed, err := s.PassedOver(t.Context(), day1, 99); err != nil || passed.Why != behold.NotLit || passed.Customer != 99 {
		t.Errorf("%+v, %v", passed, err)
	}
	if _, made, err := s.TaskList(t.Context(), day1-1); err != nil || made.Known() {
		t.Errorf("lists made on %v are known before", made)
	}
	bare := roundOf(day1)
	if err := s.SaveRound(t.Context(), &bare, nil, nil); err != nil {
		t.Fatal(err)
	}
	if _, made, err := s.TaskList(t.Context(), behold.NoDay); err != nil || made.Known() {
		t.Errorf("lists made on %v outlive their round", made)
	}
}
