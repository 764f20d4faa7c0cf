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

func (s *server) bands(ctx context.Context) (b bands, err error) {
	_, all, err := s.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, Awake: true, Slice: behold.Slice{Limit: 1}})
	if err != nil || all == 0 {
		return b, err
	}
	if b.high, err = s.moneyAt(ctx, (all+2)/3-1); err != nil {
		return b, err
	}
	b.middle, err = s.moneyAt(ctx, (2*all+2)/3-1)
	return b, err
}

// moneyAt is the money at risk of the lamp at a place of the list, most first.
func (s *server) moneyAt(ctx context.Context, place int) (int64, error) {
	lit, _, err := s.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, Awake: true, Slice: behold.Slice{Offset: place, Limit: 1}})
	if err != nil || len(lit) == 0 {
		return 0, err
	}
	return lit[0].MoneyAtRisk.Minor, nil
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
