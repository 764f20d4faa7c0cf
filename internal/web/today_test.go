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

func TestTodayOrder(t *testing.T) {
	s := nordkaffe()
	gone := &s.standings[0] // the most money at risk, and hardly a customer any more
	gone.ChanceActive, gone.Value.Minor = 0.001, 100
	_, body, _ := ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if strings.Contains(body, "Hotel Strandgården") || strings.Count(body, `<li class="card`) != todayCards {
		t.Errorf("a customer who left long ago takes one of the %d places", todayCards)
	}
	for i := range s.standings {
		s.standings[i].Lamps = nil // as if no dear customer had one
	}
	s.lamps = s.lamps[2:4]
	_, body, _ = ask(t, New(s.deps(t.TempDir())), "GET", "/", nil)
	if !strings.Contains(body, "Bageriet på Torvet") || strings.Count(body, `<li class="card`) != 2 {
		t.Error("lamps of customers beyond the dearest are not found")
	}
}
