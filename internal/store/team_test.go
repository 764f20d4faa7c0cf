package store

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"behold"
)

// What a line of the ledger is for is posted once, in one piece.
func TestRewardsArePostedOnce(t *testing.T) {
	s := open(t)
	day := behold.DayOf(noon)
	line := func(key string) behold.Reward {
		return behold.Reward{Key: key, Kind: behold.RewardKept, Day: day, Customer: "K-1", Since: day - 30, Points: 1, At: noon}
	}
	for i, want := range []int{2, 1, 0} {
		n, err := s.PostRewards(t.Context(), []behold.Reward{line("a"), line([]string{"b", "c", "b"}[i])})
		if err != nil || n != want {
			t.Errorf("the %d. time %d lines are new, %v", i+1, n, err)
		}
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := s.PostRewards(t.Context(), []behold.Reward{line("d"), line("e")}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	list, err := s.Rewards(t.Context(), behold.RewardQuery{Since: behold.NoDay})
	if err != nil || len(list) != 5 {
		t.Fatalf("%d lines, %v", len(list), err)
	}
	for i, r := range list {
		if r.ID != int64(i+1) {
			t.Errorf("line %d has the number %d", i+1, r.ID)
		}
	}
}

// Nothing that is kept ties an answer to who gave it.
func TestPulseForgetsWho(t *testing.T) {
	s := open(t)
	week := behold.WeekOf(behold.DayOf(noon))
	for i, comment := range []string{"zzz", "", "aaa"} {
		a := behold.PulseAnswer{Week: week, Colleague: fmt.Sprintf("c%d@x.example", i), Step: 5 - i, Comment: comment}
		if err := s.AnswerPulse(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		if err := s.AnswerPulse(t.Context(), a); behold.KindOf(err) != behold.Conflict {
			t.Errorf("answered twice: %v", err)
		}
	}
	if err := s.AnswerPulse(t.Context(), behold.PulseAnswer{Week: week, Colleague: "d@x.example"}); err != nil {
		t.Fatal(err)
	}
	list, err := s.Pulses(t.Context())
	if err != nil || len(list) != 1 || list[0].Counts != [5]int{0, 0, 1, 1, 1} || !reflect.DeepEqual(list[0].Comments, []string{"aaa", "zzz"}) {
		t.Fatalf("%+v, %v", list, err)
	}
	var columns string
	if err := s.db.QueryRow("SELECT group_concat(name) FROM pragma_table_info('pulse')").Scan(&columns); err != nil || columns != "week,body" {
		t.Errorf("the answers have %s, %v", columns, err)
	}
	var body string
	if err := s.db.QueryRow("SELECT body FROM pulse").Scan(&body); err != nil || strings.Contains(body, "example") || strings.Contains(body, "at\":") {
		t.Errorf("kept with the answers: %s, %v", body, err)
	}
	for colleague, want := range map[string]bool{"C1@x.example": true, "d@x.example": true, "e@x.example": false} {
		if got, err := s.PulseMarked(t.Context(), week, colleague); err != nil || got != want {
			t.Errorf("%s is marked: %v, %v", colleague, got, err)
		}
	}
	if err := s.AnswerPulse(t.Context(), behold.PulseAnswer{Week: week + 7, Colleague: "d@x.example", Step: 3}); err != nil {
		t.Fatal(err)
	}
	if got, err := s.PulseMarked(t.Context(), week, "c1@x.example"); err != nil || got {
		t.Errorf("who answered last week is still known: %v, %v", got, err)
	}
}

// A decision pressed twice is one, and nobody overwrites another.
func TestDecisions(t *testing.T) {
	s := open(t)
	d := behold.Decision{ID: "one", Agreed: "Ring before we invoice", Because: "12 complaints about billing", By: behold.DayOf(noon) + 30, Closed: behold.NoDay, Made: noon, Changed: behold.EntrySignature{Who: mette, At: noon}}
	for range 2 {
		again := d
		if err := s.SaveDecision(t.Context(), &again); err != nil || again.Version != 1 {
			t.Fatalf("version %d, %v", again.Version, err)
		}
	}
	d.Version, d.Far = 1, "half of them"
	mine, theirs := d, d
	theirs.Far = "none of them"
	if err := s.SaveDecision(t.Context(), &mine); err != nil || mine.Version != 2 {
		t.Fatalf("version %d, %v", mine.Version, err)
	}
	if err := s.SaveDecision(t.Context(), &theirs); behold.KindOf(err) != behold.Conflict {
		t.Errorf("two at once: %v", err)
	}
	mine.Undone = true
	if err := s.SaveDecision(t.Context(), &mine); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Decisions(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("taken back, and still there: %v, %v", list, err)
	}
	if got, err := s.Decision(t.Context(), "one"); err != nil || !got.Undone || got.Closed.Known() {
		t.Errorf("%+v, %v", got, err)
	}
}
