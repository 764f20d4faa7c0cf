package warehouse

import (
	"errors"
	"testing"
)

// An answer is given again until something changes, and a failure is never kept.
func TestAnswersAreKeptUntilSomethingChanges(t *testing.T) {
	w := open(t)
	asked := 0
	ask := func() (int, error) { asked++; return asked, nil }
	for _, c := range []struct {
		what   string
		change func()
		want   int
	}{
		{"asked first", func() {}, 1},
		{"asked again", func() {}, 1},
		{"the facts changed", func() { w.writes.Add(1) }, 2},
		{"a round was walked", func() { w.rounds.Add(1) }, 3},
		{"a failure", func() {
			if _, err := again(w, func() (int, error) { return 0, errors.New("no") }, "other"); err == nil {
				t.Error("a failure is no answer")
			}
		}, 3},
	} {
		c.change()
		if got, err := again(w, ask, "question", 1); err != nil || got != c.want {
			t.Errorf("%s: %d, %v; want %d", c.what, got, err, c.want)
		}
	}
	if got, err := again(w, ask, "question", 2); err != nil || got != 4 {
		t.Errorf("another question: %d, %v", got, err)
	}
	if _, err := again(w, ask, "of", []string{"a", "b"}); err != nil {
		t.Fatal(err)
	}
	if got, _ := again(w, ask, "of", []string{"a b"}); got != 6 {
		t.Errorf("one customer with a blank is taken for two: %d", got)
	}
	// What changes while the answer is found makes it old at once.
	_, _ = again(w, func() (int, error) { w.writes.Add(1); return 99, nil }, "late")
	if got, _ := again(w, ask, "late"); got == 99 {
		t.Error("an answer from before a change was kept")
	}
}
