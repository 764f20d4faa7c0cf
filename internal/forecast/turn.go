package forecast

import (
	"math"

	"behold"
	"behold/stat/repurchase"
)

// turnCustomers are so many customers whose turns are looked at together.
const turnCustomers = 20_000

// Turns walks past every purchase occasion of every customer.
//
// Question: of those who were due in a month, how many never came?
//
// Input: histories as of the model's day, and their forecasts in the same order.
//
// Formula: the next purchase is due a usual gap after the last one, by what was
// known of the customer then (repurchase.Mixture.MeanGap). A silence that was
// ended counts as a loss when the customer would have been called lost on the day
// before (fitLost); the silence of today when the forecast says so.
//
// Output: each is called once for every customer who bought, in order, with at
// least one turn, the oldest first; the slice is used again. Years are turnover.
//
// Source: METHODS 5.1. See TestTurnsFollowTruth.
func (m *Model) Turns(h *behold.Histories, f []behold.Forecast, each func(k int, turns []behold.Turn)) error {
	var room turnRoom
	for from := 0; from < h.Len(); from += turnCustomers {
		to := min(from+turnCustomers, h.Len())
		if err := m.turns(&room, h, f, from, to); err != nil {
			return err
		}
		for k := from; k < to; k++ {
			if mine := room.turns[room.start[k-from]:room.start[k-from+1]]; len(mine) > 0 {
				each(k, mine)
			}
		}
	}
	return nil
}

// A turnRoom is used for one run of customers after the other.
type turnRoom struct {
	start  []int
	turns  []behold.Turn
	buyers []repurchase.Buyer
}

func (m *Model) turns(room *turnRoom, h *behold.Histories, f []behold.Forecast, from, to int) error {
	room.start, room.turns, room.buyers = append(room.start[:0], 0), room.turns[:0], room.buyers[:0]
	for k := from; k < to; k++ {
		first := len(room.turns)
		m.occasions(h, k, func(t *tally, next behold.Day) {
			room.turns = append(room.turns, behold.Turn{Nth: t.count, On: t.last, Next: next})
			room.buyers = append(room.buyers, t.buyer(&m.Clock, t.last))
		})
		years(room.turns[first:], h, k)
		room.start = append(room.start, len(room.turns))
	}
	seen, err := m.Mixture.Score(room.buyers, repurchase.Wanted{MeanGap: true, Common: m.Common})
	if err != nil {
		return err
	}
	for i := range room.turns {
		t := &room.turns[i]
		t.Gap = math.Min(seen.MeanGap[i], farAhead)
		t.Due = t.On + behold.Day(t.Gap+0.5)
		if before := i - 1; t.Nth > 1 {
			t.Slow = float64(t.On-room.turns[before].On) / math.Max(room.turns[before].Gap, 1)
		}
	}
	for k := from; k < to; k++ {
		if last := room.start[k-from+1] - 1; last >= room.start[k-from] {
			t := &room.turns[last]
			if t.Lost = f[k].State == behold.Lost; t.Lost {
				t.Due = f[k].LostOn()
			}
		}
	}
	return m.lostBefore(room)
}

// lostBefore marks the silences that were ended after the customer would have been
// called lost.
func (m *Model) lostBefore(room *turnRoom) error {
	var pauses []pause
	var of []int
	var before []behold.Day
	for i := range room.turns {
		if t := &room.turns[i]; t.Next.Known() && t.Next-t.On > lostWarned && t.Next > t.Due {
			pauses, of, before = append(pauses, pause{room.buyers[i], t.On, t.Next}), append(of, i), append(before, t.Next-1)
		}
	}
	seen, err := m.see(pauses, before)
	if err != nil {
		return err
	}
	for i, s := range seen {
		room.turns[of[i]].Lost = m.Lost.lost(s)
	}
	return nil
}

// years fills in what customer k bought in the year up to each turn.
func years(turns []behold.Turn, h *behold.Histories, k int) {
	lo, hi, sum := h.Start[k], h.Start[k], int64(0)
	for i := range turns {
		for ; hi < h.Start[k+1] && h.Day[hi] <= turns[i].On; hi++ {
			sum += h.Bought[hi] + h.Credited[hi]
		}
		for ; lo < hi && h.Day[lo] <= turns[i].On-yearDays; lo++ {
			sum -= h.Bought[lo] + h.Credited[lo]
		}
		turns[i].Year = sum
	}
}

// CalledOn finds for some turns after which a customer was lost the day on which
// they came to be called so, at most until and to the nearest days of a week.
// customer gives the place of a turn's customer in the histories.
func (m *Model) CalledOn(h *behold.Histories, turns []behold.Turn, customer []int, until behold.Day) ([]behold.Day, error) {
	pauses := make([]pause, len(turns))
	early, late := make([]behold.Day, len(turns)), make([]behold.Day, len(turns))
	for i := range turns {
		m.occasions(h, customer[i], func(t *tally, next behold.Day) {
			if t.count == turns[i].Nth {
				pauses[i] = pause{t.buyer(&m.Clock, t.last), t.last, next}
			}
		})
		early[i], late[i] = turns[i].On+lostSilent, until
		if turns[i].Next.Known() {
			late[i] = turns[i].Next - 1
		}
	}
	middle := make([]behold.Day, len(turns))
	for range 12 {
		for i := range middle {
			middle[i] = early[i] + (late[i]-early[i])/2
		}
		seen, err := m.see(pauses, middle)
		if err != nil {
			return nil, err
		}
		for i, s := range seen {
			if m.Lost.lost(s) {
				late[i] = middle[i]
			} else if early[i] < late[i] {
				early[i] = middle[i]
			}
		}
	}
	return late, nil
}
