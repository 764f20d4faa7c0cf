package web

import (
	"behold"
	"behold/internal/team"
)

// A todayPeople is what Today says of those who work here, quietly: what they have
// promised, whom they kept, and the question of the week.
type todayPeople struct {
	late, today, tomorrow int // own promises that are still to be kept
	kept                  []behold.Reward
	staff                 map[string]behold.Colleague
	asks                  bool
}

func (s *server) todayPeople(r *request) (v todayPeople, err error) {
	if v.asks, err = s.asksPulse(r); err != nil {
		return v, err
	}
	today := s.today()
	if r.who.Email != "" {
		mine, err := s.Book.Entries(r.Context(), behold.EntryQuery{Kind: behold.EntryPromise, Who: r.who.Email, Since: today})
		if err != nil {
			return v, err
		}
		for i := range mine {
			switch e := &mine[i]; {
			case !e.Open():
			case e.Due < today:
				v.late++
			case e.Due == today:
				v.today++
			case e.Due == today+1:
				v.tomorrow++
			}
		}
	}
	if r.whose.Colleague != "" {
		return v, nil
	}
	month := today - behold.Day(today.Time().Day()-1)
	ledger, err := s.Board.Rewards(r.Context(), behold.RewardQuery{Since: month})
	if err != nil {
		return v, err
	}
	if v.kept = team.StillKept(ledger, month); len(v.kept) > 0 {
		v.staff, err = s.Board.Staff(r.Context())
	}
	return v, err
}

// promisesDue are the own promises that ask for something, in sentences.
func (p page) promisesDue(v todayPeople) (says []string) {
	for _, one := range []struct {
		key string
		n   int
	}{{"promisedue.late", v.late}, {"promisedue.today", v.today}, {"promisedue.tomorrow", v.tomorrow}} {
		if one.n > 0 {
			says = append(says, p.N(one.key, one.n))
		}
	}
	return says
}
