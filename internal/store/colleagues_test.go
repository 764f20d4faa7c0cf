package store

import (
	"strings"
	"testing"
	"time"

	"behold"
)

var by = behold.Change{Who: "mette@firm.dk", At: time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)}

func (s *Store) mustAdd(t *testing.T, email string, role behold.Role) {
	t.Helper()
	if err := s.AddColleague(t.Context(), behold.Colleague{Email: email, Role: role}, "hash", by); err != nil {
		t.Fatal(err)
	}
}

func TestColleagues(t *testing.T) {
	s := open(t)
	s.mustAdd(t, "Mette@Firm.dk", behold.Owner)
	s.mustAdd(t, "jonas@firm.dk", behold.Member)
	if err := s.AddColleague(t.Context(), behold.Colleague{Email: "METTE@firm.dk"}, "", by); behold.KindOf(err) != behold.Conflict {
		t.Errorf("the same twice: %v", err)
	}
	c, err := s.SaveColleague(t.Context(), "JONAS@firm.dk", func(c *behold.Colleague) { c.Name, c.Team, c.Language, c.Hours = "Jonas", "Salg", "da", 12.5 }, by)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.Colleague(t.Context(), "Jonas@Firm.dk"); err != nil || got != c || got.Hours != 12.5 {
		t.Errorf("%+v, %v; want %+v", got, err, c)
	}
	if _, err := s.Colleague(t.Context(), "nobody@firm.dk"); behold.KindOf(err) != behold.NotFound {
		t.Errorf("nobody: %v", err)
	}
	if _, err := s.SaveColleague(t.Context(), "jonas@firm.dk", func(c *behold.Colleague) { c.Left = true }, by); err != nil {
		t.Fatal(err)
	}
	all, err := s.Colleagues(t.Context())
	if err != nil || len(all) != 2 || all[1].Email != "jonas@firm.dk" || !all[1].Left {
		t.Errorf("%+v, %v; want who left last", all, err)
	}
}

// However it is tried, somebody owns the folder, and who changed what is kept
// only when it was changed.
func TestTheLastOwnerStays(t *testing.T) {
	s := open(t)
	s.mustAdd(t, "mette@firm.dk", behold.Owner)
	for name, edit := range map[string]func(*behold.Colleague){
		"demoted": func(c *behold.Colleague) { c.Role = behold.Manager },
		"gone":    func(c *behold.Colleague) { c.Left = true },
	} {
		if _, err := s.SaveColleague(t.Context(), "mette@firm.dk", edit, by); behold.KindOf(err) != behold.Conflict {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, total, err := s.Changes(t.Context(), behold.Slice{Limit: 10}); err != nil || total != 1 {
		t.Errorf("%d changes, %v; want the first alone", total, err)
	}
	s.mustAdd(t, "jonas@firm.dk", behold.Owner)
	if _, err := s.SaveColleague(t.Context(), "mette@firm.dk", func(c *behold.Colleague) { c.Left = true }, by); err != nil {
		t.Errorf("one of two: %v", err)
	}
}

func TestSessionsEndWithTheirReason(t *testing.T) {
	s := open(t)
	now := time.Now()
	s.mustAdd(t, "mette@firm.dk", behold.Owner)
	s.mustAdd(t, "jonas@firm.dk", behold.Member)
	keep := func() {
		t.Helper()
		for mark, email := range map[string]string{"a": "jonas@firm.dk", "b": "jonas@firm.dk", "c": "mette@firm.dk"} {
			if err := s.SaveSession(t.Context(), mark, email, []byte("{}"), now.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Invite(t.Context(), "jonas@firm.dk", "link", now.Add(time.Hour), by); err != nil {
			t.Fatal(err)
		}
	}
	open := func(at time.Time) string {
		var marks []string
		for _, mark := range []string{"a", "b", "c"} {
			_, found, err := s.Session(t.Context(), mark, at)
			if err != nil {
				t.Fatal(err)
			}
			if found {
				marks = append(marks, mark)
			}
		}
		if _, err := s.Invitation(t.Context(), "link", at); err == nil {
			marks = append(marks, "link")
		}
		return strings.Join(marks, " ")
	}
	keep()
	if got := open(now); got != "a b c link" {
		t.Errorf("kept %s", got)
	}
	if got := open(now.Add(2 * time.Hour)); got != "" {
		t.Errorf("after their end: %s", got)
	}
	if err := s.EndSession(t.Context(), "a", now); err != nil || open(now) != "b c link" {
		t.Errorf("one signed out: %s, %v", open(now), err)
	}
	if err := s.SavePassword(t.Context(), "Jonas@firm.dk", "new", by); err != nil || open(now) != "c" {
		t.Errorf("a new password: %s, %v", open(now), err)
	}
	keep()
	if _, err := s.SaveColleague(t.Context(), "jonas@firm.dk", func(c *behold.Colleague) { c.Left = true }, by); err != nil || open(now) != "c" {
		t.Errorf("who left: %s, %v", open(now), err)
	}
	if hash, err := s.Password(t.Context(), "jonas@firm.dk"); err != nil || hash != "" {
		t.Errorf("who left has a password: %q, %v", hash, err)
	}
	if err := s.Invite(t.Context(), "jonas@firm.dk", "link", now.Add(time.Hour), by); behold.KindOf(err) != behold.Conflict {
		t.Errorf("a link for who left: %v", err)
	}
}

// Who changed what tells what differs, and no secret.
func TestChanges(t *testing.T) {
	s := open(t)
	owner := behold.Colleague{Email: "Mette@Firm.dk", Name: "Mette", Role: behold.Owner}
	set := behold.DefaultSettings()
	set.Company = "Firm"
	if err := s.AddOwner(t.Context(), owner, "$argon2id$secret", set, by); err != nil {
		t.Fatal(err)
	}
	if err := s.AddOwner(t.Context(), owner, "", set, by); behold.KindOf(err) != behold.Conflict {
		t.Errorf("a second first owner: %v", err)
	}
	set.FalseLamps = 3
	for range 2 { // the same again is no change
		if err := s.SaveSettings(t.Context(), set, "mette@firm.dk"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.SavePassword(t.Context(), "mette@firm.dk", "$argon2id$another", by); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveChange(t.Context(), behold.Change{At: by.At, What: behold.FileImported, About: "orders.csv"}); err != nil {
		t.Fatal(err)
	}
	all, total, err := s.Changes(t.Context(), behold.Slice{Limit: 3})
	if err != nil || total != 5 || len(all) != 3 {
		t.Fatalf("%d of %d, %v", len(all), total, err)
	}
	rest, _, err := s.Changes(t.Context(), behold.Slice{Limit: 3, Offset: 3})
	if err != nil || len(rest) != 2 {
		t.Fatalf("the rest: %d, %v", len(rest), err)
	}
	var kinds []string
	for _, c := range append(all, rest...) {
		kinds = append(kinds, string(c.What))
		if strings.Contains(c.Before+c.After, "argon2id") {
			t.Errorf("a secret is kept: %+v", c)
		}
	}
	if got := strings.Join(kinds, " "); got != "imported password settings settings added" {
		t.Errorf("the changes are %s", got)
	}
	if c := all[2]; c.Before != `{"false_lamps_per_100_month":5}` || c.After != `{"false_lamps_per_100_month":3}` || c.Who != "mette@firm.dk" {
		t.Errorf("a setting: %+v", c)
	}
}
