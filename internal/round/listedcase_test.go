package round

import (
	"testing"
	"time"

	"behold"
)

// A step of a case that is due is the task until it is settled, by whichever page;
// a plan, a closing and handing it over are done, too, and undoing any is not.
func TestReadListOfCases(t *testing.T) {
	day := behold.Date(2025, 11, 17)
	at := func(d behold.Day, hour int) time.Time {
		y, m, n := d.Time().Date()
		return time.Date(y, m, n, hour, 0, 0, 0, time.Local)
	}
	steps := []behold.Step{{Action: behold.ActCall, Channel: "call", Minutes: 15}, {Action: behold.ActVisit, Channel: "visit", Minutes: 60, After: 3, Within: 5}}
	begin := func() behold.Case {
		o := behold.CaseOpening{Key: "c", Customer: "k", Origin: behold.ByHand, Owner: "ann@x.dk", Who: "ann@x.dk", At: at(day-4, 9)}
		return o.Open()
	}
	move := func(c behold.Case, do behold.CaseDo, when time.Time, change func(*behold.CaseMove)) behold.Case {
		m := behold.CaseMove{Key: string(do), Case: c.ID, Do: do, Who: "bo@x.dk", At: when, AskAgain: behold.NoDay}
		m.Closing.Left = behold.NoDay
		if change != nil {
			change(&m)
		}
		c, err := c.After(m)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	planned := func(c behold.Case, when time.Time) behold.Case {
		return move(c, behold.CasePlanned, when, func(m *behold.CaseMove) { m.Reason, m.Steps = behold.Overlooked, steps })
	}
	ready := planned(begin(), at(day-3, 10))
	for name, c := range map[string]struct {
		is   behold.Case
		lit  behold.LampState
		done string // by whom
	}{
		"a step is due":              {ready, behold.Planned, ""},
		"and no lamp burns any more": {ready, "", ""},
		"done on the case's page":    {move(ready, behold.CaseStepDone, at(day, 8), nil), behold.Saving, "bo@x.dk"},
		"skipped":                    {move(ready, behold.CaseSkipped, at(day, 8), func(m *behold.CaseMove) { m.Why = "ill" }), behold.Planned, "bo@x.dk"},
		"handed over":                {move(ready, behold.CaseHanded, at(day, 8), func(m *behold.CaseMove) { m.Owner = "ib@x.dk" }), behold.Planned, "bo@x.dk"},
		"handed over before":         {move(ready, behold.CaseHanded, at(day-3, 11), func(m *behold.CaseMove) { m.Owner = "ib@x.dk" }), behold.Planned, ""},
		"no plan yet":                {begin(), behold.Acknowledged, ""},
		"the plan was made since":    {planned(begin(), at(day, 8)), behold.Planned, "bo@x.dk"},
		"kept": {move(ready, behold.CaseRecovered, at(day, 8), func(m *behold.CaseMove) {
			m.Closing.Cause, m.Closing.Action, m.AskAgain = behold.Overlooked, behold.ActCall, day+30
		}), behold.Recovered, "bo@x.dk"},
		"nothing but the lamp is there": {behold.Case{Customer: "another"}, behold.Lit, ""},
	} {
		l := &ledger{cases: []behold.Case{c.is}}
		l.add("k", 1000, .5, c.lit)
		l.entries = []behold.Entry{{Customer: "other", Kind: behold.EntryContact, Written: at(day, 9), Who: "ann@x.dk"}}
		reader := ListReader{Facts: l, State: l, Book: l, Cases: l, Made: day - 2, Day: day}
		found, err := reader.Read(t.Context(), []behold.Task{{ID: "k", Lamp: behold.LampRhythm}})
		if err != nil {
			t.Fatal(err)
		}
		by := ""
		if found[0].Done != nil {
			by = found[0].Done.Who
		}
		if by != c.done {
			t.Errorf("%s: done by %q, want %q", name, by, c.done)
		}
	}
}

// A contact by another channel does not settle the step that is due.
func TestReadListOfAnotherContact(t *testing.T) {
	day := behold.Date(2025, 11, 17)
	c := behold.CaseOpening{Key: "c", Customer: "k", Origin: behold.ByHand, Who: "ann@x.dk", At: (day - 4).Time()}
	open := c.Open()
	open.Steps = []behold.CaseStep{{Step: behold.Step{Action: behold.ActCall, Channel: "call", Minutes: 15}, From: day - 1, Due: day, On: behold.NoDay}}
	l := &ledger{cases: []behold.Case{open}, entries: []behold.Entry{{Customer: "k", Kind: behold.EntryContact, Channel: "mail", Written: day.Time().Add(9 * time.Hour), Who: "ann@x.dk"}}}
	l.add("k", 1000, .5, behold.Planned)
	reader := ListReader{Facts: l, State: l, Book: l, Cases: l, Made: day - 2, Day: day}
	found, err := reader.Read(t.Context(), []behold.Task{{ID: "k", Lamp: behold.LampRhythm}})
	if err != nil || found[0].Done != nil || len(found[0].Since) != 1 {
		t.Errorf("%+v, %v", found[0].Done, err)
	}
}
