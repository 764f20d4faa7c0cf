package web

import (
	"context"
	"time"

	"behold"
)

// A book is what colleagues wrote down, in memory: each entry with its versions,
// the latest last. It keeps the promises of Book.
type book struct {
	written  int64
	order    []string
	versions map[string][]behold.Entry
	undoes   map[int64]int64 // version to the one that it takes back
}

func (b *book) add(e *behold.Entry) {
	if b.versions == nil {
		b.versions, b.undoes = map[string][]behold.Entry{}, map[int64]int64{}
	}
	if len(b.versions[e.ID]) == 0 {
		b.order = append(b.order, e.ID)
	}
	b.written++
	e.Version = b.written
	b.versions[e.ID] = append(b.versions[e.ID], *e)
}

func (b *book) last(id string) (behold.Entry, bool) {
	all := b.versions[id]
	if len(all) == 0 {
		return behold.Entry{}, false
	}
	return all[len(all)-1], true
}

func (s *shop) Write(_ context.Context, e *behold.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := e.Check(behold.DayOf(e.Changed.At)); err != nil {
		return err
	}
	if old, known := s.book.last(e.ID); known {
		if old.Text != e.Text || old.Kind != e.Kind || old.Undone || len(s.book.versions[e.ID]) > 1 {
			return &behold.Error{Kind: behold.Conflict, Say: "this form was sent before", Hint: "look at it", Code: "entry_sent"}
		}
		*e = old
		return nil
	}
	s.book.add(e)
	return nil
}

func (s *shop) Change(_ context.Context, e *behold.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := e.Check(behold.DayOf(e.Changed.At)); err != nil {
		return err
	}
	old, known := s.book.last(e.ID)
	switch {
	case !known:
		return &behold.Error{Kind: behold.NotFound, Say: "nobody wrote that down", Code: "entry_gone"}
	case old.Done == e.Done && old.Due == e.Due && old.Broken == e.Broken && old.Text == e.Text:
		*e = old
		return nil
	case old.Version != e.Version || old.Undone:
		return &behold.Error{Kind: behold.Conflict, Say: "somebody has changed it since", Code: "entry_changed"}
	}
	s.book.add(e)
	return nil
}

func (s *shop) TakeBack(_ context.Context, id string, version int64, by behold.EntrySignature) (behold.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, known := s.book.last(id)
	switch {
	case !known:
		return old, &behold.Error{Kind: behold.NotFound, Say: "nobody wrote that down", Code: "entry_gone"}
	case s.book.undoes[old.Version] == version:
		return old, nil
	case old.Version != version:
		return old, &behold.Error{Kind: behold.Conflict, Say: "somebody has changed it since", Code: "entry_changed"}
	}
	back := s.book.before(id)
	back.Changed = by
	s.book.add(&back)
	s.book.undoes[back.Version] = version
	return back, nil
}

func (s *shop) Entry(_ context.Context, id string) (behold.Entry, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, known := s.book.last(id); known {
		return e, nil
	}
	return behold.Entry{}, &behold.Error{Kind: behold.NotFound, Say: "nobody wrote that down", Code: "entry_gone"}
}

func (s *shop) Entries(_ context.Context, q behold.EntryQuery) (list []behold.Entry, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range s.book.order {
		e, _ := s.book.last(id)
		wanted := (q.Customer == "" || behold.CustomerKey(q.Customer) == behold.CustomerKey(e.Customer)) &&
			(q.Kind == "" || q.Kind == e.Kind) && (q.Who == "" || q.Who == e.Who) &&
			(!q.Since.Known() || e.Open() || e.Due >= q.Since || e.Done >= q.Since)
		if wanted && !e.Undone {
			list = append(list, e)
		}
	}
	return list, nil
}

func (s *shop) Book(context.Context) (int64, behold.Day, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.book.written, behold.NoDay, nil
}

// wrote puts an entry of a kind about the first customer into the book.
func (s *shop) wrote(kind behold.EntryKind, change func(*behold.Entry)) behold.Entry {
	at := fakeDay.Time().Add(-24 * time.Hour)
	e := behold.Entry{
		ID: "e" + string(kind), Customer: strandID, Kind: kind, At: at, Due: behold.NoDay, Done: behold.NoDay, Broken: behold.NoDay, Left: behold.NoDay,
		Text: "Words <b>about</b> " + string(kind), Who: "mette@nordkaffe.example", Written: at, Changed: behold.EntrySignature{At: at},
	}
	if change != nil {
		change(&e)
	}
	s.book.add(&e)
	return e
}

// before is an entry without the last step that still counts.
func (b *book) before(id string) behold.Entry {
	all := b.versions[id]
	last := all[len(all)-1]
	if last.Undone {
		return all[len(all)-2]
	}
	var steps []behold.Entry
	for _, e := range all {
		if b.undoes[e.Version] == 0 || len(steps) == 0 {
			steps = append(steps, e)
		} else {
			steps = steps[:len(steps)-1]
		}
	}
	if len(steps) > 1 {
		return steps[len(steps)-2]
	}
	last.Undone = true
	return last
}
