package team

import (
	"math"
	"testing"

	"behold"
)

// What became of each promise is told apart, and nothing is counted twice.
func TestPromises(t *testing.T) {
	day := behold.Date(2025, 6, 30)
	at := func(month, d int) behold.Moment {
		return behold.Date(2025, 6, d).Moment() - behold.Moment((6-month)*30*24*60)
	}
	card := func(team string, due behold.Moment, kept behold.Moment) behold.PromiseCard {
		return behold.PromiseCard{Promise: behold.Promise{Made: due - 30*24*60, Due: due, Kept: kept, Kind: "quote"}, Colleague: team}
	}
	cards := []behold.PromiseCard{
		card("a", at(6, 10), at(6, 10)+600), // on the day, at ten in the morning
		card("a", at(6, 10), at(6, 12)),     // two days late
		card("a", at(6, 20), behold.NoMoment),
		card("a", at(6, 29), behold.NoMoment), // yesterday: within the leeway
		card("a", at(6, 30), behold.NoMoment), // today is not over
		card("b", at(6, 30)+20*24*60, at(6, 25)),
		card("b", at(1, 3), at(1, 4)), // long ago
	}
	cards = append(cards, card("b", at(6, 30)+9*24*60, behold.NoMoment))
	cards[len(cards)-1].GivenUp = day // given up before its day
	r := Promises(cards, Stretch{Day: day, Since: day - 90, Team: func(c string) string { return "team " + c }})
	want := Keeping{Made: 7, Due: 6, Kept: 3, KeptInTime: 2, Late: 1, Broken: 2, Overdue: 1, Open: 1}
	got := r.All
	if got.Made != want.Made || got.Due != want.Due || got.Kept != want.Kept || got.KeptInTime != want.KeptInTime || got.Late != want.Late || got.Broken != want.Broken || got.Overdue != want.Overdue || got.Open != want.Open {
		t.Errorf("all: %+v, want %+v", got, want)
	}
	if got.Due != got.KeptInTime+got.Late+got.Broken+got.Overdue {
		t.Error("the parts do not add up")
	}
	if got.Share == nil || math.Abs(*got.Share-2./6) > 1e-12 || !(*got.Low < 2./6 && *got.High > 2./6) {
		t.Errorf("share %v (%v to %v)", got.Share, got.Low, got.High)
	}
	if got.Days == nil || *got.Days != 2 {
		t.Errorf("late by %v days", got.Days)
	}
	if len(r.Teams) != 2 || r.Teams[0].Whose != "team a" || r.Teams[0].Due != 4 || r.Teams[1].Due != 2 || r.Teams[1].Share != nil {
		t.Errorf("teams %+v", r.Teams)
	}
	if len(r.Colleagues) != 0 {
		t.Error("colleagues are told apart though nobody switched that on")
	}
}

// Where files never say that a promise was kept, silence about it says nothing.
func TestPromisesUntold(t *testing.T) {
	day := behold.Date(2025, 6, 30)
	var cards []behold.PromiseCard
	for i := range 10 {
		due := (day - 40 - behold.Day(i)).Moment()
		cards = append(cards, behold.PromiseCard{Promise: behold.Promise{Made: due, Due: due, Kept: behold.NoMoment}})
	}
	written := cards[0]
	written.Book = true
	r := Promises(append(cards, written), Stretch{Day: day, Since: day - 90, Team: func(string) string { return "" }})
	if r.Told || r.All.Untold != 10 || r.All.Due != 1 || r.All.Broken != 1 || r.All.Share != nil {
		t.Errorf("%+v", r)
	}
}

// Of none and of all the range goes to the end.
func TestJeffreys(t *testing.T) {
	if low, high := Jeffreys(0, 10); low != 0 || math.Abs(high-0.2172) > 5e-4 {
		t.Errorf("0 of 10: %g to %g", low, high)
	}
	if low, high := Jeffreys(10, 10); high != 1 || math.Abs(low-0.7828) > 5e-4 {
		t.Errorf("10 of 10: %g to %g", low, high)
	}
}
