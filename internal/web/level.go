package web

import (
	"context"

	"behold"
)

// A level is how much a lamp matters: 3 high, 2 medium, 1 low. The page shows
// it by shape, word and colour.
type level int

// bands part the lit lamps into thirds by the money at risk (METHODS 3.3), so
// that "high" means high for this company.
type bands struct{ middle, high int64 }

func bandsOf(sum behold.LampSummary) bands { return bands{sum.Middle, sum.High} }

func (s *server) bands(ctx context.Context) (bands, error) {
	sum, err := s.State.LampSummary(ctx)
	return bandsOf(sum), err
}

func (b bands) level(m behold.Money) level {
	switch {
	case m.Minor <= 0 || m.Minor < b.middle:
		return 1
	case m.Minor < b.high:
		return 2
	}
	return 3
}
