package store

import (
	"bytes"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"behold"
)

var posted = time.Date(2025, 3, 14, 12, 0, 0, 0, time.UTC)

func letterOf(colleague string) *behold.Letter {
	return &behold.Letter{
		Kind: behold.MorningList, Colleague: colleague, Day: day2, Round: day1, Language: "da", Subject: "Ringe til 3",
		Text: "Hotel Strandgården", HTML: "<p>Hotel Strandgården", State: behold.LetterWaits, Next: posted, Made: posted,
	}
}

func TestOneLetterPerColleagueKindAndDay(t *testing.T) {
	s := open(t)
	for i, want := range []bool{true, false} {
		if isNew, err := s.SaveLetter(t.Context(), letterOf("mette@firm.example")); err != nil || isNew != want {
			t.Fatalf("time %d: new %v, %v", i, isNew, err)
		}
	}
	weekly := letterOf("mette@firm.example")
	weekly.Kind = behold.WeeklyLetter
	for _, other := range []*behold.Letter{weekly, letterOf("jonas@firm.example")} {
		if isNew, err := s.SaveLetter(t.Context(), other); err != nil || !isNew {
			t.Errorf("%s to %s: new %v, %v", other.Kind, other.Colleague, isNew, err)
		}
	}
	if has, err := s.HasLetter(t.Context(), "mette@firm.example", behold.MorningList, day2); err != nil || !has {
		t.Errorf("has %v, %v", has, err)
	}
	if has, err := s.HasLetter(t.Context(), "mette@firm.example", behold.MorningList, day1); err != nil || has {
		t.Errorf("of the day before: has %v, %v", has, err)
	}
	if on, err := s.LastTold(t.Context(), "mette@firm.example", behold.MorningList); err != nil || on != day1 {
		t.Errorf("told of %v, %v", on, err)
	}
	if on, err := s.LastTold(t.Context(), "nobody@firm.example", behold.MorningList); err != nil || on.Known() {
		t.Errorf("nobody was told of %v, %v", on, err)
	}
}

// A letter is taken by one, comes back when its taker dies, and is gone when sent.
func TestALettersWay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.SaveLetter(t.Context(), letterOf("mette@firm.example")); err != nil {
		t.Fatal(err)
	}
	claim := func(at time.Time) (behold.Letter, bool) {
		t.Helper()
		l, ok, err := s.ClaimLetter(t.Context(), at, 15*time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return l, ok
	}
	if _, ok := claim(posted.Add(-time.Minute)); ok {
		t.Error("taken before its time")
	}
	l, ok := claim(posted)
	if want := letterOf("mette@firm.example"); !ok || l.Text != want.Text || l.HTML != want.HTML || l.Tries != 1 || l.Round != day1 || l.Day != day2 {
		t.Fatalf("took %+v, %v", l, ok)
	}
	if _, ok := claim(posted.Add(time.Minute)); ok {
		t.Error("taken twice")
	}
	s.Close() // killed here
	if s, err = Open(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	l, ok = claim(posted.Add(16 * time.Minute))
	if !ok || l.Tries != 2 {
		t.Fatalf("after a kill: %+v, %v", l, ok)
	}
	l.State, l.Next, l.Why, l.Answer = behold.LetterWaits, posted.Add(time.Hour), "mail_later", "451 busy"
	if err := s.MarkLetter(t.Context(), &l); err != nil {
		t.Fatal(err)
	}
	if l, ok = claim(posted.Add(2 * time.Hour)); !ok || l.Text == "" || l.Why != "mail_later" {
		t.Fatalf("tried again: %+v, %v", l, ok)
	}
	l.State, l.Sent, l.Why = behold.LetterSent, posted.Add(2*time.Hour), ""
	if err := s.MarkLetter(t.Context(), &l); err != nil {
		t.Fatal(err)
	}
	if _, ok := claim(posted.Add(24 * time.Hour)); ok {
		t.Error("taken after it was sent")
	}
	list, err := s.Letters(t.Context(), 10)
	if err != nil || len(list) != 1 || list[0].State != behold.LetterSent || !list[0].Sent.Equal(l.Sent) {
		t.Errorf("%+v, %v", list, err)
	}
	var body string
	if err := s.db.QueryRow("SELECT body_text || body_html FROM letter").Scan(&body); err != nil || body != "" {
		t.Errorf("a sent letter still names customers: %q, %v", body, err)
	}
}

func TestLettersAreTakenOnceByMany(t *testing.T) {
	s := open(t)
	const letters = 20
	for i := range letters {
		if _, err := s.SaveLetter(t.Context(), letterOf(string(rune('a'+i))+"@firm.example")); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	taken := map[int64]int{}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for {
				l, ok, err := s.ClaimLetter(t.Context(), posted, time.Minute)
				if err != nil {
					t.Error(err)
				}
				if !ok {
					return
				}
				mu.Lock()
				taken[l.ID]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for id, n := range taken {
		if n != 1 {
			t.Errorf("letter %d was taken %d times", id, n)
		}
	}
	if len(taken) != letters {
		t.Errorf("%d of %d letters were taken", len(taken), letters)
	}
}

func TestLetterChoices(t *testing.T) {
	s := open(t)
	c := behold.LetterChoice{Colleague: "mette@firm.example", Kind: behold.MorningList, Wanted: true, Whole: true, Who: "mette@firm.example", At: posted}
	for _, wanted := range []bool{true, false} {
		c.Wanted = wanted
		if err := s.SaveLetterChoice(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		list, err := s.LetterChoices(t.Context())
		if err != nil || len(list) != 1 || list[0] != c {
			t.Errorf("%+v, %v; want %+v", list, err, c)
		}
	}
}

func TestSecretStays(t *testing.T) {
	s := open(t)
	one, err := s.Secret(t.Context(), "letter")
	if err != nil || len(one) != 32 {
		t.Fatalf("%d bytes, %v", len(one), err)
	}
	again, err := s.Secret(t.Context(), "letter")
	if err != nil || !bytes.Equal(one, again) {
		t.Errorf("another one the second time, %v", err)
	}
	if other, err := s.Secret(t.Context(), "other"); err != nil || bytes.Equal(one, other) {
		t.Errorf("two names have one secret, %v", err)
	}
}
