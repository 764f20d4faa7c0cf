package web

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"behold"
)

// A casebook is the work to keep customers, in memory: every version of every
// case, in the order of the moves. It keeps the promises of Cases, and writes
// into the book what a case writes there.
type casebook struct {
	moves  []behold.Case
	undoes map[int64]int64 // version to the one that it takes back
	own    map[behold.Reason]behold.Playbook
	said   map[string]behold.Wording
}

func (s *shop) addCase(c behold.Case) behold.Case {
	c.Version = int64(len(s.cases.moves) + 1)
	s.cases.moves = append(s.cases.moves, c)
	return c
}

// versionsOf is a case after each of its moves, the latest first.
func (s *shop) versionsOf(id string) (list []behold.Case) {
	for _, c := range slices.Backward(s.cases.moves) {
		if c.ID == id {
			list = append(list, c)
		}
	}
	return list
}

func (s *shop) keyed(key string) (behold.Case, bool) {
	for _, c := range s.cases.moves {
		if c.Move.Key == key {
			return s.versionsOf(c.ID)[0], true
		}
	}
	return behold.Case{}, false
}

func (s *shop) casesOf(customer string) (list []behold.Case) {
	met := map[string]bool{}
	for _, c := range slices.Backward(s.cases.moves) {
		if behold.CustomerKey(c.Customer) == behold.CustomerKey(customer) && !met[c.ID] {
			if met[c.ID] = true; !c.Undone {
				list = append(list, c)
			}
		}
	}
	return list
}

func (s *shop) OpenCase(_ context.Context, o behold.CaseOpening) (behold.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := o.Check(); err != nil {
		return behold.Case{}, err
	}
	if c, again := s.keyed(o.Key); again {
		return c, nil
	}
	for _, c := range s.casesOf(o.Customer) {
		if c.Open() {
			return c, nil
		}
	}
	return s.addCase(o.Open()), nil
}

func (s *shop) MoveCase(_ context.Context, m behold.CaseMove) (behold.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, again := s.keyed(m.Key); again {
		return c, nil
	}
	past := s.versionsOf(m.Case)
	switch {
	case len(past) == 0:
		return behold.Case{}, &behold.Error{Kind: behold.NotFound, Say: "there is no such case", Code: "case_gone"}
	case m.Version != behold.AnyVersion && m.Version != past[0].Version:
		return past[0], &behold.Error{Kind: behold.Conflict, Say: "somebody went on with the case since", Code: "case_changed"}
	}
	c, err := past[0].After(m)
	if err != nil {
		return past[0], err
	}
	c = s.addCase(c)
	var e behold.Entry
	switch {
	case m.Do == behold.CaseLost:
		e = c.Loss(&c.Move)
	case m.Do == behold.CaseStepDone && m.Contact:
		e = c.Contact(&c.Move)
	default:
		return c, nil
	}
	s.book.add(&e)
	return c, nil
}

func (s *shop) UndoCase(_ context.Context, id string, version int64, by behold.EntrySignature) (behold.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	past := s.versionsOf(id)
	switch {
	case len(past) == 0:
		return behold.Case{}, &behold.Error{Kind: behold.NotFound, Say: "there is no such case", Code: "case_gone"}
	case s.cases.undoes[past[0].Version] == version:
		return past[0], nil
	case past[0].Version != version:
		return past[0], &behold.Error{Kind: behold.Conflict, Say: "somebody went on with the case since", Code: "case_changed"}
	}
	back := past[0]
	back.Undone = len(past) == 1
	if len(past) > 1 {
		back = past[1]
	}
	back.Move = behold.CaseMove{Key: fmt.Sprint("undo-", version), Case: id, Do: behold.CaseUndone, Who: by.Who, At: by.At, Undoes: version}
	back = s.addCase(back)
	if s.cases.undoes == nil {
		s.cases.undoes = map[int64]int64{}
	}
	s.cases.undoes[back.Version] = version
	return back, nil
}

func (s *shop) CaseLog(_ context.Context, id string) ([]behold.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if list := s.versionsOf(id); len(list) > 0 {
		return list, nil
	}
	return nil, &behold.Error{Kind: behold.NotFound, Say: "there is no such case", Code: "case_gone"}
}

func (s *shop) CasesOf(_ context.Context, customer string) ([]behold.Case, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.casesOf(customer), nil
}

func (s *shop) Cases(_ context.Context, q behold.CaseQuery) (list []behold.Case, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	met := map[string]bool{}
	for _, c := range slices.Backward(s.cases.moves) {
		if met[c.ID] {
			continue
		}
		met[c.ID] = true
		if c.Undone || q.Open && !c.Open() || q.Customer != "" && behold.CustomerKey(c.Customer) != behold.CustomerKey(q.Customer) {
			continue
		}
		list = append(list, c)
	}
	return list, nil
}

func (s *shop) LossesToAsk(_ context.Context, day behold.Day, share float64) (list []behold.LossToAsk, err error) {
	found, err := s.Entries(context.Background(), behold.EntryQuery{Kind: behold.EntryLoss, Since: behold.NoDay})
	for _, e := range found {
		l := behold.LossToAsk{Customer: e.Customer, Left: e.Left, Known: day, Entry: e.ID, Cause: e.Reason, Said: e.Said}
		l.Draw(share, 1)
		list = append(list, l)
	}
	return list, err
}

func (s *shop) Playbooks(context.Context) (list []behold.Playbook, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range behold.Reasons() {
		if b, own := s.cases.own[r]; own {
			list = append(list, b)
		}
	}
	return list, nil
}

func (s *shop) SavePlaybook(_ context.Context, was, is behold.Playbook, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := is.Check(); err != nil {
		return err
	}
	if now, own := s.cases.own[is.Reason]; own && !slices.Equal(now.Steps, was.Steps) && !slices.Equal(now.Steps, is.Steps) {
		return &behold.Error{Kind: behold.Conflict, Say: "somebody has changed this playbook since", Code: "playbook_changed"}
	}
	if s.cases.own == nil {
		s.cases.own = map[behold.Reason]behold.Playbook{}
	}
	s.cases.own[is.Reason] = is
	return nil
}

func (s *shop) ResetPlaybook(_ context.Context, _, ours behold.Playbook, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cases.own, ours.Reason)
	return nil
}

func (s *shop) Wordings(context.Context) (list []behold.Wording, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.cases.said {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b behold.Wording) int {
		return strings.Compare(string(a.Action)+a.Language, string(b.Action)+b.Language)
	})
	return list, nil
}

func (s *shop) SaveWording(_ context.Context, w behold.Wording, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := w.Check(); err != nil {
		return err
	}
	if s.cases.said == nil {
		s.cases.said = map[string]behold.Wording{}
	}
	s.cases.said[string(w.Action)+w.Language] = w
	return nil
}

func (s *shop) ResetWording(_ context.Context, w behold.Wording, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.cases.said, string(w.Action)+w.Language)
	return nil
}

// worked opens a case of the first customer and makes the moves, a day apart.
func (s *shop) worked(changes ...func(*behold.CaseMove)) behold.Case {
	at := fakeDay.Time().Add(9*time.Hour - 5*24*time.Hour)
	c, _ := s.OpenCase(context.Background(), behold.CaseOpening{
		Key: "opened", Customer: strandID, Name: "Hotel Strandgården", Origin: behold.ByLamp, Lamp: behold.LampRhythm, Reason: behold.Overlooked,
		Owner: "mette@nordkaffe.example", Who: "mette@nordkaffe.example", At: at,
	})
	for i, change := range changes {
		m := behold.CaseMove{Key: fmt.Sprint("move", i), Case: c.ID, Version: c.Version, Who: "mette@nordkaffe.example", At: at.Add(time.Duration(i+1) * 24 * time.Hour), AskAgain: behold.NoDay}
		m.Closing.Left = behold.NoDay
		change(&m)
		c, _ = s.MoveCase(context.Background(), m)
	}
	return c
}

func (s *shop) CustomersOf(ctx context.Context, ids []string) (map[string]behold.Customer, error) {
	all := map[string]behold.Customer{}
	for _, id := range ids {
		if c, err := s.Customer(ctx, id, fakeDay); err == nil {
			all[behold.CustomerKey(id)] = *c
		}
	}
	return all, nil
}
