package web

import (
	"context"
	"strings"

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

// told reads a file as somebody said: its table and its columns. One without the
// word Dato has no date until a column is said to be it.
func told(r *behold.Receipt, f File, content string) {
	if f.As != "" {
		r.Table = f.As
	}
	header, _, _ := strings.Cut(content, "\n")
	if !strings.Contains(header, "Dato") {
		r.Columns[2].Header, r.Columns[2].Field = "Tid", ""
	}
	r.Columns[2].Read, r.Columns[3].Read = []string{"2025-03-14"}, []string{"1188.00", "240.00", "?not_a_number"}
	r.Form.Currency = "DKK"
	dated := false
	for i := range r.Columns {
		c := &r.Columns[i]
		switch said := f.Map[c.Header]; said {
		case "":
		case behold.AsAttribute:
			c.Field = ""
		case behold.LeftOut:
			c.Field, c.Out = "", true
		default:
			c.Field = said
		}
		dated = dated || c.Field == "ordered_at"
	}
	if !dated && r.Table == behold.TableOrders {
		r.Missing = []string{"ordered_at"}
	}
}
