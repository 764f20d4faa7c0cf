package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"behold"
)

// sums count lamps one by one. They are kept beside the round, so that no page
// has to count and an act changes them by what it changes.
type sums struct {
	behold.LampSummary
	Money map[string]int64 // at risk, of customers with lamps, by currency
	Often map[string]int   // so many customers, by currency

	met    map[int32]bool
	atRisk []int64 // of each lamp
}

func newSums(on behold.Day) *sums {
	return &sums{
		LampSummary: behold.LampSummary{Day: on, Kinds: map[behold.LampKind]int{}, Reasons: map[behold.Reason]int{}, States: map[behold.LampState]int{}},
		Money:       map[string]int64{}, Often: map[string]int{}, met: map[int32]bool{},
	}
}

// add counts a lamp with what is at risk of its customer; one that sleeps, was
// called a false alarm or is one of many counts among the states only.
func (s *sums) add(l *behold.Lamp, atRisk behold.Money) {
	s.States[l.State]++
	if !l.State.Awake() || l.Common {
		return
	}
	s.Lamps++
	s.Kinds[l.Kind]++
	s.Reasons[l.Reason]++
	s.atRisk = append(s.atRisk, atRisk.Minor)
	if s.met[l.Customer] {
		return
	}
	s.met[l.Customer] = true
	s.Customers++
	if atRisk.Currency != "" {
		s.Money[atRisk.Currency] += atRisk.Minor
		s.Often[atRisk.Currency]++
	}
}

// change takes away what was counted before and adds what is counted after.
func (s *sums) change(before, after *sums) {
	s.Lamps += after.Lamps - before.Lamps
	s.Customers += after.Customers - before.Customers
	change(s.Kinds, before.Kinds, after.Kinds)
	change(s.Reasons, before.Reasons, after.Reasons)
	change(s.States, before.States, after.States)
	change(s.Money, before.Money, after.Money)
	change(s.Often, before.Often, after.Often)
}

func change[K comparable, N int | int64](all, before, after map[K]N) {
	for k, n := range before {
		all[k] -= n
	}
	for k, n := range after {
		all[k] += n
	}
	for k := range before {
		if all[k] == 0 {
			delete(all, k)
		}
	}
}

// total is the money in the currency of most customers.
func (s *sums) total() behold.Money {
	var m behold.Money
	most := 0
	for code, n := range s.Often {
		if n > most || n == most && code < m.Currency {
			most, m = n, behold.Money{Minor: s.Money[code], Currency: code}
		}
	}
	return m
}

// thirds parts the lamps by the money at risk.
func (s *sums) thirds() (high, middle int64) {
	n := len(s.atRisk)
	if n == 0 {
		return 0, 0
	}
	slices.SortFunc(s.atRisk, func(a, b int64) int { return cmp.Compare(b, a) })
	return s.atRisk[(n+2)/3-1], s.atRisk[(2*n+2)/3-1]
}

// of is how many lamps a query finds, where that was counted; false where not.
func (s *sums) of(q behold.LampQuery) (n int, counted bool) {
	if q.Search != "" || q.ID != "" {
		return 0, false
	}
	awake := q.Awake && q.State == ""
	switch (behold.LampQuery{Kind: q.Kind, Reason: q.Reason, Family: q.Family}) {
	case behold.LampQuery{}:
		if awake {
			return s.Lamps, true
		}
		return sumOf(s.States, func(state behold.LampState) bool { return q.State == "" || q.State == state }), true
	case behold.LampQuery{Kind: q.Kind}:
		return s.Kinds[q.Kind], awake
	case behold.LampQuery{Reason: q.Reason}:
		return s.Reasons[q.Reason], awake
	case behold.LampQuery{Family: q.Family}:
		return sumOf(s.Reasons, func(r behold.Reason) bool { return r.Family() == q.Family }), awake
	}
	return 0, false
}

// sumOf adds up the counts that are wanted.
func sumOf[K comparable](all map[K]int, wanted func(K) bool) (n int) {
	for k, count := range all {
		if wanted(k) {
			n += count
		}
	}
	return n
}

// summarise counts while the round is saved.
func summarise(r *behold.Round, cards map[int32]*behold.LampCard) *sums {
	sum := newSums(r.Day)
	for _, list := range [][]behold.Lamp{r.Lit, r.Still} {
		for i := range list {
			var m behold.Money
			if card := cards[list[i].Customer]; card != nil {
				m = card.MoneyAtRisk
			}
			sum.add(&list[i], m)
		}
	}
	sum.High, sum.Middle = sum.thirds()
	return sum
}

// decide carries out an act and counts what it changed; it tells how many lamps
// it was about.
func (s *sums) decide(ctx context.Context, tx *sql.Tx, a *behold.Act) (int64, error) {
	key := behold.CustomerKey(a.Customer)
	before, err := count(ctx, tx, a.Round, key)
	if err != nil {
		return 0, err
	}
	met, err := carryOut(ctx, tx, a)
	if err != nil || met == 0 {
		return 0, err
	}
	after, err := count(ctx, tx, a.Round, key)
	if err != nil {
		return 0, err
	}
	s.change(before, after)
	return met, s.save(ctx, tx)
}

// sumAnew counts the lamps of a round again.
func sumAnew(ctx context.Context, tx *sql.Tx, on behold.Day) error {
	s, err := count(ctx, tx, on, "")
	if err != nil {
		return err
	}
	s.High, s.Middle = s.thirds()
	return s.save(ctx, tx)
}

// count counts the lamps of a round, or those of one customer.
func count(ctx context.Context, tx *sql.Tx, on behold.Day, customer string) (*sums, error) {
	only := []only{{"", on.String()}, {"customer", text(customer)}}
	asked, args := narrowed("lamp.sums", only)
	rows, err := tx.QueryContext(ctx, asked, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := newSums(on)
	for rows.Next() {
		var l behold.Lamp
		var m behold.Money
		if err := rows.Scan(&l.Customer, &l.Kind, &l.Reason, &l.State, &l.Common, &m.Minor, &m.Currency); err != nil {
			return nil, err
		}
		s.add(&l, m)
	}
	return s, rows.Err()
}

func (s *sums) text() (string, error) {
	s.MoneyAtRisk = s.total()
	body, err := json.Marshal(s)
	return string(body), err
}

func (s *sums) save(ctx context.Context, tx *sql.Tx) error {
	body, err := s.text()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("round.sum"), s.Day.String(), body)
	return err
}

// readSums are those of the last round of day or before; without one their Day
// is NoDay.
func readSums(ctx context.Context, from asker, on behold.Day) (*sums, error) {
	var made day
	var body string
	err := from.QueryRowContext(ctx, query("round.summary"), until(on)).Scan(&made, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return newSums(behold.NoDay), nil
	}
	if err != nil {
		return nil, err
	}
	s := newSums(made.Day)
	return s, json.Unmarshal([]byte(body), s)
}

// LampSummary counts what is lit after the last round. Without a round its Day
// is NoDay and nothing is lit.
func (s *Store) LampSummary(ctx context.Context) (sum behold.LampSummary, err error) {
	defer func() { wrap(&err, "count the lit lamps") }()
	kept, err := readSums(ctx, s.db, behold.NoDay)
	if err != nil {
		return sum, err
	}
	return kept.LampSummary, nil
}
