package store

import (
	"testing"

	"behold"
)

// contactBy writes a contact by a channel about K-1.
func contactBy(t *testing.T, s *Store, id, channel, direction string) behold.Entry {
	t.Helper()
	e := behold.Entry{
		ID: id, Customer: "k-1", Kind: behold.EntryContact, Channel: channel, Direction: direction, At: noon, Due: behold.NoDay, Done: behold.NoDay,
		Broken: behold.NoDay, Left: behold.NoDay, Who: mette, Written: noon, Changed: behold.EntrySignature{Who: mette, At: noon},
	}
	for range 2 { // twice pressed
		if err := s.Write(t.Context(), &e); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func takenBack(t *testing.T, s *Store, e behold.Entry) behold.Entry {
	t.Helper()
	var back behold.Entry
	for range 2 {
		var err error
		if back, err = s.TakeBack(t.Context(), e.ID, e.Version, behold.EntrySignature{Who: mette, At: noon}); err != nil {
			t.Fatal(err)
		}
	}
	return back
}

// A contact by the channel of the step that is due is that step; taken back, in
// the book or on the case, both are.
func TestContactIsTheStepThatWasDue(t *testing.T) {
	s := shopLit(t)
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	moved(t, s, moveOf(caseOf(t, s, "K-1"), behold.CasePlanned, planOf))
	contactBy(t, s, "mailed", "mail", "out")
	contactBy(t, s, "theirs", "call", "in")
	if c := caseOf(t, s, "K-1"); c.Next() != 0 {
		t.Fatalf("another contact settled the step: %+v", c.Steps[0])
	}
	e := contactBy(t, s, "called", "call", "out")
	c := caseOf(t, s, "K-1")
	if c.State != behold.Saving || c.Next() != 1 || c.Steps[0].Entry != "called" || c.Steps[0].Who != mette {
		t.Fatalf("%+v", c)
	}
	e = takenBack(t, s, e)
	if c = caseOf(t, s, "K-1"); !e.Undone || c.State != behold.Planned || c.Next() != 0 {
		t.Fatalf("the contact is gone: %v, and the step is still done: %+v", e.Undone, c)
	}
	e = takenBack(t, s, e)
	if c = caseOf(t, s, "K-1"); e.Undone || c.Next() != 1 {
		t.Fatalf("the contact is there again, and the step is not done: %+v", c)
	}
	if _, err := s.UndoCase(t.Context(), c.ID, c.Version, behold.EntrySignature{Who: mette, At: noon}); err != nil {
		t.Fatal(err)
	}
	c = caseOf(t, s, "K-1")
	if e, err := s.Entry(t.Context(), "called"); err != nil || !e.Undone || c.Next() != 0 {
		t.Errorf("taken back on the case: %+v, %v", e, err)
	}
}

// What a case wrote into the book takes the step with it; once the case has gone
// on, it says so and nothing changes.
func TestTakeBackOfAStep(t *testing.T) {
	s := shopLit(t)
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	c := moved(t, s, moveOf(caseOf(t, s, "K-1"), behold.CasePlanned, planOf))
	c = moved(t, s, moveOf(c, behold.CaseStepDone, func(m *behold.CaseMove) { m.Contact = true }))
	e, err := s.Entry(t.Context(), c.Steps[0].Entry)
	if err != nil {
		t.Fatal(err)
	}
	later := moved(t, s, moveOf(c, behold.CaseHanded, func(m *behold.CaseMove) { m.Owner = jonas }))
	if _, err := s.TakeBack(t.Context(), e.ID, e.Version, behold.EntrySignature{Who: mette, At: noon}); behold.KindOf(err) != behold.Conflict {
		t.Errorf("a step of a case that has gone on: %v", err)
	}
	if e, _ := s.Entry(t.Context(), e.ID); e.Undone {
		t.Error("it was taken back all the same")
	}
	if _, err := s.UndoCase(t.Context(), c.ID, later.Version, behold.EntrySignature{Who: mette, At: noon}); err != nil {
		t.Fatal(err)
	}
	takenBack(t, s, e)
	if c = caseOf(t, s, "K-1"); c.Next() != 0 || c.State != behold.Planned {
		t.Errorf("%+v", c)
	}
}

// A case opened by hand takes the lamps on, and letting them go lets go of it.
func TestCaseByHandTakesTheLamps(t *testing.T) {
	s := shopLit(t)
	open := func() behold.Case {
		c, err := s.OpenCase(t.Context(), behold.CaseOpening{Key: "hand", Customer: "K-1", Origin: behold.ByHand, Owner: mette, Who: mette, At: noon})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	open()
	c := open()
	if got := burning(t, s); got != "returns acknowledged, rhythm acknowledged" && got != "rhythm acknowledged, returns acknowledged" {
		t.Error(got)
	}
	if sum, err := s.LampSummary(t.Context()); err != nil || sum.States[behold.Acknowledged] != 2 {
		t.Errorf("%+v, %v", sum.States, err)
	}
	r := roundOf(day1) // the round of the day, walked once more
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(1, behold.LampReturns, day1)}
	if err := s.SaveRound(t.Context(), &r, []behold.LampCard{cardOf(1, "K-1", "Ærø Kro", 500)}, nil); err != nil {
		t.Fatal(err)
	}
	if got := burning(t, s); got != "returns acknowledged, rhythm acknowledged" && got != "rhythm acknowledged, returns acknowledged" {
		t.Error("after the round was walked again:", got)
	}
	decided(t, s, behold.LampRhythm, behold.Lit)
	if got := caseLine(t, s, "K-1"); got == "" {
		t.Error("one lamp is still taken, and the case is gone")
	}
	decided(t, s, behold.LampReturns, behold.Lit)
	if got := caseLine(t, s, "K-1"); got != "" {
		t.Error("every lamp was let go, and the case is there:", got)
	}
	if c, err := s.Case(t.Context(), c.ID); err != nil || !c.Undone {
		t.Errorf("%+v, %v", c, err)
	}
}

// Whoever takes a lamp of a case that came by itself has the case; a plan takes
// the lamps.
func TestCaseOfAnAnswerIsTaken(t *testing.T) {
	s := shopLit(t)
	answered := behold.CaseOpening{Key: "answer", Customer: "K-1", Origin: behold.ByAnswer, Answer: "a", At: noon}
	if _, err := s.OpenCase(t.Context(), answered); err != nil {
		t.Fatal(err)
	}
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	if c := caseOf(t, s, "K-1"); c.Owner != mette {
		t.Errorf("taken on Today, and the case is %q's", c.Owner)
	}
	decided(t, s, behold.LampRhythm, behold.Lit)
	c := caseOf(t, s, "K-1")
	if c.Owner != "" {
		t.Errorf("let go of, and the case is %q's", c.Owner)
	}
	c = moved(t, s, moveOf(c, behold.CasePlanned, planOf))
	if got := burning(t, s); got != "returns plan, rhythm plan" && got != "rhythm plan, returns plan" {
		t.Error(got)
	}
	if _, err := s.UndoCase(t.Context(), c.ID, c.Version, behold.EntrySignature{Who: mette, At: noon}); err != nil {
		t.Fatal(err)
	}
	if got := burning(t, s); got != "returns lit, rhythm lit" && got != "rhythm lit, returns lit" {
		t.Error(got)
	}
}
