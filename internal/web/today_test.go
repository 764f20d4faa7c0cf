package web

import (
	"strings"
	"testing"

	"behold"
)

func TestTodayNamesTheLost(t *testing.T) {
	s := nordkaffe()
	_, before, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	lost := 0
	for i := range s.standings {
		if len(s.standings[i].Lamps) == 0 && lost < 2 {
			s.standings[i].State, lost = behold.Lost, lost+1
		} else if s.standings[i].State == behold.Lost {
			s.standings[i].State = behold.Active
		}
	}
	_, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if !strings.Contains(body, `<a href="/customers?desc=1&amp;sort=last&amp;state=lost">2 customers already count as lost</a>`) {
		t.Error(body)
	}
	if strings.Contains(before, "2 customers already count as lost") {
		t.Error("counted before anybody was lost")
	}
}
