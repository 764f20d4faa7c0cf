package store

import (
	"testing"

	"behold"
)

func TestPlaybookIsMadeOnesOwnAndBack(t *testing.T) {
	s := open(t)
	ours := behold.Playbook{Reason: behold.Overlooked, Steps: []behold.Step{{Action: behold.ActCall, Channel: "call", Minutes: 15, Within: 1}}}
	own, other := ours, ours
	own.Steps = append([]behold.Step{}, ours.Steps[0], behold.Step{Action: behold.ActVisit, Channel: "visit", Minutes: 45, After: 2, Within: 5, Owner: "mette@nordkaffe.example"})
	other.Steps = own.Steps[1:]
	changes := func(want int) {
		t.Helper()
		if list, n, err := s.Changes(t.Context(), behold.Slice{}); err != nil || n != want || n > 0 && list[0].What != behold.ChangedPlaybook {
			t.Errorf("%+v, %v, want %d changes", list, err, want)
		}
	}
	for range 2 { // pressed twice
		if err := s.SavePlaybook(t.Context(), ours, own, mette); err != nil {
			t.Fatal(err)
		}
	}
	changes(1)
	if err := s.SavePlaybook(t.Context(), ours, other, jonas); behold.KindOf(err) != behold.Conflict {
		t.Errorf("the second does not see what the first did: %v", err)
	}
	wrong := own
	wrong.Steps = []behold.Step{{Action: behold.ActCall, Channel: "pigeon", Minutes: 15}}
	if err := s.SavePlaybook(t.Context(), own, wrong, jonas); behold.KindOf(err) != behold.Invalid {
		t.Errorf("a pigeon: %v", err)
	}
	if list, err := s.Playbooks(t.Context()); err != nil || len(list) != 1 || len(list[0].Steps) != 2 || list[0].Steps[1] != own.Steps[1] {
		t.Errorf("%+v, %v", list, err)
	}
	for range 2 {
		if err := s.ResetPlaybook(t.Context(), own, ours, mette); err != nil {
			t.Fatal(err)
		}
	}
	changes(2)
	if list, err := s.Playbooks(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestWordingIsMadeOnesOwnAndBack(t *testing.T) {
	s := open(t)
	w := behold.Wording{Action: behold.ActApology, Language: "da", Subject: "Undskyld", Text: "Kære {name}\r\n\r\nDet beklager vi."}
	for range 2 {
		if err := s.SaveWording(t.Context(), w, mette); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := s.Wordings(t.Context()); err != nil || len(list) != 1 || list[0].Text != "Kære {name}\n\nDet beklager vi." {
		t.Errorf("%+v, %v", list, err)
	}
	empty := w
	empty.Text = " "
	if err := s.SaveWording(t.Context(), empty, mette); behold.KindOf(err) != behold.Invalid {
		t.Errorf("an empty text: %v", err)
	}
	if err := s.ResetWording(t.Context(), w, mette); err != nil {
		t.Fatal(err)
	}
	if list, err := s.Wordings(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("%+v, %v", list, err)
	}
}
