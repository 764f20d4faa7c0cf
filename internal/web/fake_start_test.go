package web

import (
	"context"

	"behold"
)

// A beginning is how the fake shop stands at its first run.
type beginning struct {
	readings  map[string]behold.Reading
	invention behold.Invention
	removed   int
}

func (s *shop) Reading(_ context.Context, shape string) (behold.Reading, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.start.readings[shape]
	return r, ok, nil
}

func (s *shop) SaveReading(_ context.Context, shape string, r behold.Reading) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.start.readings == nil {
		s.start.readings = map[string]behold.Reading{}
	}
	s.start.readings[shape] = r
	return nil
}

func (s *shop) Holdings(context.Context, behold.Day) ([]behold.Holding, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []behold.Holding
	for _, t := range behold.Tables() {
		h := behold.Holding{Table: t, First: behold.NoDay, Last: behold.NoDay}
		switch n := int64(len(s.customers)); {
		case n == 0:
		case t == behold.TableCustomers:
			h.Rows, h.Customers, h.Reachable = n, n, n*39/100
		case t == behold.TableOrders:
			h.Rows, h.Customers, h.First, h.Last = 9120, n, behold.Date(2022, 11, 21), fakeDay
		case t == behold.TableContacts:
			h.Rows, h.Customers, h.First, h.Last = 420, n, behold.Date(2024, 1, 2), behold.Date(2025, 3, 3)
		}
		list = append(list, h)
	}
	return list, nil
}

func (s *shop) Invention(context.Context) (behold.Invention, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.start.invention, nil
}

func (s *shop) Invent(_ context.Context, progress func(done, total int64)) (*behold.Round, error) {
	progress(1000, 1000)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.start.invention.Stage = behold.InventionFull
	s.round = &behold.Round{Day: fakeDay, Horizon: 90, Customers: 300, Lit: make([]behold.Lamp, 12)}
	return s.round, nil
}

func (s *shop) RemoveInvented(context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.start.invention.Stage == behold.NotInvented {
		return &behold.Error{Kind: behold.NotFound, Code: "invention_none", Say: "no invented shop is here"}
	}
	s.start.invention, s.round = behold.Invention{}, nil
	s.start.removed++
	return nil
}
