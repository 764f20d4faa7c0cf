package store

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"behold"
)

// Hours are kept, changed and given up; who decided it is kept, once for what is
// decided twice.
func TestHours(t *testing.T) {
	s := open(t)
	by := behold.Change{Who: "bo@x.dk", At: day1.Time()}
	h := behold.Hours{Colleague: "Ann@X.dk", Minutes: [7]float64{0, 90, 60, 0, 60, 30}}
	for range 2 {
		if err := s.SaveHours(t.Context(), h, by); err != nil {
			t.Fatal(err)
		}
	}
	w, err := s.Workforce(t.Context())
	if err != nil || len(w.Hours) != 1 || w.Hours[0].Colleague != "ann@x.dk" || w.Hours[0].Minutes != h.Minutes {
		t.Fatalf("%+v, %v", w.Hours, err)
	}
	lists := behold.DefaultLists()
	if got, said := w.Of("ANN@x.dk", lists); !said || got.Minutes != h.Minutes {
		t.Errorf("%+v, %v", got, said)
	}
	w.Weekly = []behold.Colleague{{Email: "Bo@x.dk", Hours: 18.75}}
	if got, said := w.Of("bo@x.dk", lists); said || got.Minutes != [7]float64{0, 45, 45, 45, 45, 45, 0} {
		t.Errorf("half a week: %+v, %v", got, said)
	}
	h.Minutes[1] = 601
	if err := s.SaveHours(t.Context(), h, by); behold.KindOf(err) != behold.Invalid {
		t.Errorf("601 minutes a day: %v", err)
	}
	for range 2 {
		if err := s.UsualHours(t.Context(), "ann@x.dk", by); err != nil {
			t.Fatal(err)
		}
	}
	if _, total, err := s.Changes(t.Context(), behold.Slice{}); err != nil || total != 2 {
		t.Errorf("%d changes, %v; want one for each decision", total, err)
	}
}

// Absences that overlap or touch are one; what has been stays.
func TestAbsences(t *testing.T) {
	s := open(t)
	by := behold.Change{At: day1.Time()}
	save := func(from, to behold.Day) error {
		return s.SaveAbsence(t.Context(), behold.Absence{Colleague: "Ann@x.dk", From: from, To: to}, by)
	}
	away := func(want ...behold.Absence) {
		t.Helper()
		for i := range want {
			want[i].Colleague = "ann@x.dk"
		}
		w, err := s.Workforce(t.Context())
		if diff := cmp.Diff(want, w.Absences); diff != "" || err != nil {
			t.Error(diff, err)
		}
	}
	for _, days := range [][2]behold.Day{{day1 + 10, day1 + 12}, {day1 - 5, day1 + 1}, {day1 + 13, day1 + 20}, {day1 + 11, day1 + 11}, {day1 - 20, day1 - 15}, {day1 - 20, day1 - 15}} {
		if err := save(days[0], days[1]); err != nil {
			t.Fatal(err)
		}
	}
	away(behold.Absence{From: day1 - 20, To: day1 - 15}, behold.Absence{From: day1 - 5, To: day1 + 1}, behold.Absence{From: day1 + 10, To: day1 + 20})
	for _, days := range [][2]behold.Day{{day1 + 2, day1 + 1}, {behold.NoDay, day1}, {day1, day1 + 401}, {day1 - 500, day1 - 499}, {day1 + 2000, day1 + 2001}} {
		if err := save(days[0], days[1]); behold.KindOf(err) != behold.Invalid {
			t.Errorf("%v: %v", days, err)
		}
	}
	end := func(from behold.Day) error { return s.EndAbsence(t.Context(), "ann@x.dk", from, by) }
	if err := end(day1 - 20); behold.KindOf(err) != behold.Conflict {
		t.Errorf("one that is over was taken back: %v", err)
	}
	if err := end(day1 + 3); behold.KindOf(err) != behold.NotFound {
		t.Error(err)
	}
	for _, from := range []behold.Day{day1 - 5, day1 + 10} {
		if err := end(from); err != nil {
			t.Error(err)
		}
	}
	away(behold.Absence{From: day1 - 20, To: day1 - 15}, behold.Absence{From: day1 - 5, To: day1 - 1})
}

// A day is closed, worked or as the calendar has it.
func TestClosedDays(t *testing.T) {
	s := open(t)
	by := behold.Change{At: day1.Time()}
	for _, c := range []behold.ClosedDay{{Day: day1 + 3, Name: "Stocktaking"}, {Day: day1 + 30, Works: true}, {Day: day1 + 3, Name: "Party"}} {
		if err := s.SaveClosedDay(t.Context(), c, by); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SaveClosedDay(t.Context(), behold.ClosedDay{Day: behold.NoDay}, by); behold.KindOf(err) != behold.Invalid {
		t.Error(err)
	}
	if err := s.RemoveClosedDay(t.Context(), day1+30, by); err != nil {
		t.Fatal(err)
	}
	w, err := s.Workforce(t.Context())
	if diff := cmp.Diff([]behold.ClosedDay{{Day: day1 + 3, Name: "Party"}}, w.Closed); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

// One link each: a new one voids the one before, and who leaves has none.
func TestCalendarFeed(t *testing.T) {
	s := open(t)
	at := time.Date(2025, 3, 14, 9, 0, 0, 0, time.UTC)
	if err := s.AddColleague(t.Context(), behold.Colleague{Email: "own@x.dk", Role: behold.Owner}, "", behold.Change{}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddColleague(t.Context(), behold.Colleague{Email: "ann@x.dk", Role: behold.Member}, "", behold.Change{}); err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{"one", "two"} {
		if err := s.SaveCalendarFeed(t.Context(), behold.CalendarFeed{Colleague: "Ann@x.dk", Names: true, Made: at}, mark); err != nil {
			t.Fatal(err)
		}
	}
	if _, has, err := s.CalendarFeedOf(t.Context(), "one"); has || err != nil {
		t.Error("the first link still opens", err)
	}
	if f, has, err := s.CalendarFeedOf(t.Context(), "two"); !has || err != nil || f.Colleague != "ann@x.dk" || !f.Names || !f.Made.Equal(at) {
		t.Errorf("%+v, %v, %v", f, has, err)
	}
	if _, err := s.SaveColleague(t.Context(), "ann@x.dk", func(c *behold.Colleague) { c.Left = true }, behold.Change{}); err != nil {
		t.Fatal(err)
	}
	if _, has, err := s.CalendarFeedOf(t.Context(), "two"); has || err != nil {
		t.Error("the link of one who has left still opens", err)
	}
}
