package store

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"behold"
)

const jonas = "jonas@nordkaffe.example"

// shopLit is a store after a round in which two lamps of K-1 burn, and one of K-2.
func shopLit(t *testing.T) *Store {
	t.Helper()
	s := open(t)
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1), lampOf(1, behold.LampReturns, day1), lampOf(2, behold.LampRhythm, day1)}
	if err := s.SaveRound(t.Context(), &r, []behold.LampCard{cardOf(1, "K-1", "Ærø Kro", 500), cardOf(2, "K-2", "Tea", 900)}, nil); err != nil {
		t.Fatal(err)
	}
	return s
}

func decided(t *testing.T, s *Store, kind behold.LampKind, state behold.LampState) {
	t.Helper()
	a := &behold.Act{Customer: "k-1", Kind: kind, State: state, Who: mette, At: noon, Until: behold.NoDay, Why: "x"}
	if err := s.SaveAct(t.Context(), a); err != nil {
		t.Fatal(err)
	}
}

// caseLine is the cases of a customer in a line: state, owner, and what is due.
func caseLine(t *testing.T, s *Store, customer string) string {
	t.Helper()
	list, err := s.CasesOf(t.Context(), customer)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, c := range list {
		said = append(said, fmt.Sprintf("%s %s due %v", c.State, c.Owner, c.Due))
	}
	return strings.Join(said, "; ")
}

// burning is the state of every lamp of K-1.
func burning(t *testing.T, s *Store) string {
	t.Helper()
	cards, _, err := s.LitLamps(t.Context(), behold.LampQuery{Day: behold.NoDay, ID: "K-1", Slice: behold.Slice{Sort: "name"}})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, c := range cards {
		said = append(said, string(c.Kind)+" "+string(c.State))
	}
	return strings.Join(said, ", ")
}

func moveOf(c behold.Case, do behold.CaseDo, change func(*behold.CaseMove)) behold.CaseMove {
	m := behold.CaseMove{Key: fmt.Sprintf("%s-%d", do, c.Version), Case: c.ID, Version: c.Version, Do: do, Who: mette, At: noon, AskAgain: behold.NoDay}
	m.Closing.Left = behold.NoDay
	if change != nil {
		change(&m)
	}
	return m
}

func moved(t *testing.T, s *Store, m behold.CaseMove) behold.Case {
	t.Helper()
	c, err := s.MoveCase(t.Context(), m)
	if err != nil {
		t.Fatalf("%s: %v", m.Do, err)
	}
	return c
}

func caseOf(t *testing.T, s *Store, customer string) behold.Case {
	t.Helper()
	list, err := s.CasesOf(t.Context(), customer)
	if err != nil || len(list) == 0 {
		t.Fatalf("no case of %s: %v", customer, err)
	}
	return list[0]
}

func planOf(m *behold.CaseMove) {
	m.Reason = behold.Overlooked
	m.Steps = []behold.Step{
		{Action: behold.ActCall, Channel: "call", Minutes: 15, Within: 1}, {Action: behold.ActVisit, Channel: "visit", Minutes: 60, After: 3, Within: 5},
	}
}

// TestCaseFromLitToRecoveredAndReopened walks one case through all of its states.
func TestCaseFromLitToRecoveredAndReopened(t *testing.T) {
	s := shopLit(t) // 2025-03-15 is a Saturday
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	if got := caseLine(t, s, "K-1"); got != "acknowledged "+mette+" due 2025-03-19" {
		t.Fatal(got)
	}
	c := moved(t, s, moveOf(caseOf(t, s, "K-1"), behold.CasePlanned, planOf))
	if c.State != behold.Planned || c.Steps[0].Due.String() != "2025-03-18" || c.Steps[1].From.String() != "2025-03-21" || c.Due != c.Steps[0].Due {
		t.Fatalf("%+v", c)
	}
	if got := burning(t, s); got != "returns lit, rhythm plan" && got != "rhythm plan, returns lit" {
		t.Error(got)
	}
	c = moved(t, s, moveOf(c, behold.CaseStepDone, func(m *behold.CaseMove) { m.At = noon.Add(48 * time.Hour) }))
	if c.State != behold.Saving || c.Next() != 1 || c.Due.String() != "2025-03-27" {
		t.Fatalf("%+v", c)
	}
	c = moved(t, s, moveOf(c, behold.CaseSkipped, func(m *behold.CaseMove) { m.Step, m.Why, m.At = 1, "they are abroad", noon.Add(49*time.Hour) }))
	kept := moveOf(c, behold.CaseRecovered, func(m *behold.CaseMove) {
		m.Closing.Cause, m.Closing.Action, m.AskAgain, m.At = behold.Overlooked, behold.ActCall, day1+40, noon.Add(72*time.Hour)
	})
	for range 2 { // twice pressed
		c = moved(t, s, kept)
	}
	if c.State != behold.Recovered || c.Due.Known() || len(c.Clocks) != 4 || c.Clocks[2].To.Sub(c.Clocks[2].From) != 24*time.Hour {
		t.Fatalf("%+v", c)
	}
	if got := burning(t, s); !strings.Contains(got, "rhythm recovered") {
		t.Error(got)
	}
	for day, want := range map[behold.Day]int{day1 + 39: 0, day1 + 40: 1, day1 + 400: 1} {
		if list, err := s.CasesToAskAgain(t.Context(), day); err != nil || len(list) != want {
			t.Errorf("to be asked by %v: %d, %v", day, len(list), err)
		}
	}
	moved(t, s, moveOf(c, behold.CaseAsked, nil))
	if list, err := s.CasesToAskAgain(t.Context(), day1+400); err != nil || len(list) != 0 {
		t.Errorf("asked twice: %v, %v", list, err)
	}
	o := behold.CaseOpening{Key: "answer-7", Customer: "k-1", Origin: behold.ByAnswer, Answer: "7", Why: "still waiting", At: noon.AddDate(0, 1, 0)}
	for range 2 {
		if c, err := s.OpenCase(t.Context(), o); err != nil || c.Move.Do != behold.CaseReopened || c.State != behold.Acknowledged || c.Reopened != 1 || c.Owner != mette || len(c.Heard) != 1 {
			t.Fatalf("%+v, %v", c, err)
		}
	}
	if got := burning(t, s); !strings.Contains(got, "rhythm acknowledged") {
		t.Error(got)
	}
	if log, err := s.CaseLog(t.Context(), c.ID); err != nil || len(log) != 7 {
		t.Errorf("%d moves, %v", len(log), err)
	}
}

// Pressed twice, in two tabs, by two colleagues at once: one case.
func TestCaseTwiceIsOne(t *testing.T) {
	s := shopLit(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			key := "form"
			if i%2 == 1 {
				key = fmt.Sprint("other", i)
			}
			if _, err := s.OpenCase(t.Context(), behold.CaseOpening{Key: key, Customer: "K-9", Origin: behold.ByHand, Owner: mette, Who: mette, At: noon}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list, err := s.Cases(t.Context(), behold.CaseQuery{Since: behold.NoDay, Overdue: behold.NoDay}); err != nil || len(list) != 1 || list[0].Version != 1 {
		t.Errorf("%+v, %v", list, err)
	}
	c := caseOf(t, s, "K-9")
	first := moveOf(c, behold.CaseHanded, func(m *behold.CaseMove) { m.Owner = jonas })
	moved(t, s, first)
	second := moveOf(c, behold.CasePlanned, planOf)
	now, err := s.MoveCase(t.Context(), second)
	if behold.KindOf(err) != behold.Conflict || now.Owner != jonas {
		t.Errorf("the second sees what the first did: %+v, %v", now.Owner, err)
	}
	other := first
	other.Why = "something else"
	if _, err := s.MoveCase(t.Context(), other); behold.KindOf(err) != behold.Conflict {
		t.Errorf("another move under the same key: %v", err)
	}
}

// What is lost is written into the book, and taken out of it again, with the case.
func TestLostCaseWritesTheLoss(t *testing.T) {
	s := shopLit(t)
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	c := caseOf(t, s, "K-1")
	lost := moveOf(c, behold.CaseLost, func(m *behold.CaseMove) {
		m.Closing = behold.CaseClosing{Cause: behold.Competitor, Action: behold.ActCall, Left: day1 - 3, Said: behold.SaidByColleague, Competitor: "Teahouse"}
	})
	missing := lost
	missing.Closing.Said = ""
	if _, err := s.MoveCase(t.Context(), missing); behold.KindOf(err) != behold.Invalid {
		t.Fatalf("nobody said it: %v", err)
	}
	for range 2 {
		c = moved(t, s, lost)
	}
	losses := behold.EntryQuery{Kind: behold.EntryLoss, Since: behold.NoDay}
	if got := listed(t, s, losses); got != c.Closing.Entry+" loss" || c.State != behold.LampLost {
		t.Fatalf("%s: %q", c.State, got)
	}
	ask, err := s.LossesToAsk(t.Context(), localDay(noon)+2, 1)
	if err != nil || len(ask) != 1 || ask[0].Why != behold.AskGuessed || ask[0].Entry != c.Closing.Entry {
		t.Errorf("asked why: %+v, %v", ask, err)
	}
	if none, err := s.LossesToAsk(t.Context(), localDay(noon)+2, 0); err != nil || none[0].Why != behold.NotDrawn {
		t.Errorf("a share of none: %+v, %v", none, err)
	}
	by := behold.EntrySignature{Who: jonas, At: noon.Add(time.Hour)}
	for range 2 {
		if c, err = s.UndoCase(t.Context(), c.ID, c.Version, by); err != nil && c.State != behold.Acknowledged {
			t.Fatal(err)
		}
		c.Version-- // the second press still knows the version of the first
	}
	if got := listed(t, s, losses) + caseLine(t, s, "K-1"); got != "acknowledged "+mette+" due 2025-03-19" {
		t.Error(got)
	}
}

func TestCaseOfALampIsLetGoOf(t *testing.T) {
	s := shopLit(t)
	for range 2 {
		decided(t, s, behold.LampRhythm, behold.Acknowledged)
		decided(t, s, behold.LampReturns, behold.Acknowledged)
		if got := caseLine(t, s, "K-1"); !strings.HasPrefix(got, "acknowledged") || strings.Contains(got, ";") {
			t.Fatal(got)
		}
		decided(t, s, behold.LampRhythm, behold.Lit)
		if got := caseLine(t, s, "K-1"); got == "" {
			t.Fatal("another lamp still holds it")
		}
		decided(t, s, behold.LampReturns, behold.FalseAlarm)
		if got := caseLine(t, s, "K-1"); got != "" {
			t.Fatal(got)
		}
		decided(t, s, behold.LampReturns, behold.Lit)
	}
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	c := moved(t, s, moveOf(caseOf(t, s, "K-1"), behold.CaseHanded, func(m *behold.CaseMove) { m.Owner = jonas }))
	decided(t, s, behold.LampRhythm, behold.Lit)
	if got := caseLine(t, s, "K-1"); !strings.Contains(got, jonas) {
		t.Errorf("what somebody worked on is not taken back by a lamp: %q", got)
	}
	for _, want := range []string{mette, ""} { // undone step by step
		c = caseOf(t, s, "K-1")
		if _, err := s.UndoCase(t.Context(), c.ID, c.Version, behold.EntrySignature{Who: mette, At: noon}); err != nil {
			t.Fatal(err)
		}
		if got := caseLine(t, s, "K-1"); !strings.Contains(got, want) || want == "" && got != "" {
			t.Errorf("undone: %q", got)
		}
	}
	if got := burning(t, s); strings.Contains(got, "acknowledged") {
		t.Error(got)
	}
}

// A round that is made once more finds the lamps as the cases left them.
func TestRoundAgainKeepsCases(t *testing.T) {
	s := shopLit(t)
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	moved(t, s, moveOf(caseOf(t, s, "K-1"), behold.CasePlanned, planOf))
	r := roundOf(day1)
	r.Lit = []behold.Lamp{lampOf(1, behold.LampRhythm, day1)}
	if err := s.SaveRound(t.Context(), &r, []behold.LampCard{cardOf(1, "K-1", "Ærø Kro", 500)}, nil); err != nil {
		t.Fatal(err)
	}
	if got := burning(t, s); got != "rhythm plan" {
		t.Error(got)
	}
	if sum, err := s.LampSummary(t.Context()); err != nil || sum.States[behold.Planned] != 1 {
		t.Errorf("%+v, %v", sum.States, err)
	}
}

func TestCasesAreFound(t *testing.T) {
	s := shopLit(t)
	for i, name := range []string{"Ærø Kro", "100% Tea", "Slagter"} {
		o := behold.CaseOpening{Key: fmt.Sprint("k", i), Customer: fmt.Sprint("K-", i), Name: name, Origin: behold.ByHand, Owner: mette, At: noon.AddDate(0, 0, 7*i)}
		if i == 2 {
			o.Owner = ""
		}
		if _, err := s.OpenCase(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
	all := behold.CaseQuery{Since: behold.NoDay, Overdue: behold.NoDay}
	for want, change := range map[string]func(*behold.CaseQuery){
		"K-0 K-1 K-2": func(q *behold.CaseQuery) { q.Open = true },
		"K-0 K-1":     func(q *behold.CaseQuery) { q.Owner = "Mette@nordkaffe.example" },
		"K-2":         func(q *behold.CaseQuery) { q.Nobodys = true },
		"K-1":         func(q *behold.CaseQuery) { q.Search = "100%" },
		"K-0":         func(q *behold.CaseQuery) { q.Overdue = day1 + 7 },
		"":            func(q *behold.CaseQuery) { q.Done = true },
	} {
		q := all
		change(&q)
		list, err := s.Cases(t.Context(), q)
		var got []string
		for _, c := range list {
			got = append(got, c.Customer)
		}
		if strings.Join(got, " ") != want || err != nil {
			t.Errorf("%+v: %v, %v", q, got, err)
		}
	}
	if _, err := s.Case(t.Context(), "none"); behold.KindOf(err) != behold.NotFound {
		t.Error(err)
	}
}

// What a case writes into the book and the case itself are kept together, or
// neither is: a disk that fails half-way leaves both as they were.
func TestCaseAndBookAreKeptTogether(t *testing.T) {
	s := shopLit(t)
	decided(t, s, behold.LampRhythm, behold.Acknowledged)
	c := caseOf(t, s, "K-1")
	if _, err := s.db.Exec("CREATE TRIGGER full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'disk full'); END"); err != nil {
		t.Fatal(err)
	}
	lost := moveOf(c, behold.CaseLost, func(m *behold.CaseMove) {
		m.Closing = behold.CaseClosing{Cause: behold.Competitor, Action: behold.ActNothing, Left: day1 - 3, Said: behold.SaidByCustomer}
	})
	if _, err := s.MoveCase(t.Context(), lost); err == nil {
		t.Fatal("nothing failed")
	}
	if got := caseLine(t, s, "K-1") + burning(t, s); !strings.HasPrefix(got, "acknowledged") || strings.Contains(got, "lost") {
		t.Errorf("half of it was kept: %s", got)
	}
	if _, err := s.db.Exec("DROP TRIGGER full"); err != nil {
		t.Fatal(err)
	}
	if c = moved(t, s, lost); c.State != behold.LampLost {
		t.Errorf("sent again: %s", c.State)
	}
	if _, err := s.db.Exec("CREATE TRIGGER full BEFORE INSERT ON customer_case BEGIN SELECT RAISE(ABORT, 'disk full'); END"); err != nil {
		t.Fatal(err)
	}
	a := &behold.Act{Customer: "K-2", Kind: behold.LampRhythm, State: behold.Acknowledged, Who: mette, At: noon, Until: behold.NoDay}
	if err := s.SaveAct(t.Context(), a); err == nil {
		t.Fatal("nothing failed")
	}
	if acts, err := s.Acts(t.Context(), "K-2"); err != nil || len(acts) != 0 {
		t.Errorf("the lamp was taken without its case: %+v, %v", acts, err)
	}
}
