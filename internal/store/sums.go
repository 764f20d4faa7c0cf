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

	met       map[int32]bool
	atRisk    []int64 // of each lamp
	colleague string  // who looks after the customers
}

func newSums(on behold.Day) *sums {
	return &sums{
		LampSummary: behold.LampSummary{Day: on, Kinds: map[behold.LampKind]int{}, Reasons: map[behold.Reason]int{}, States: map[behold.LampState]int{}, Cells: map[behold.LampCell]int{}},
		Money:       map[string]int64{}, Often: map[string]int{}, met: map[int32]bool{},
	}
}

// add counts a lamp with what is at risk of its customer; one that sleeps, was
// called a false alarm or is one of many counts among the states only.
func (s *sums) add(l *behold.Lamp, atRisk behold.Money) {
	s.States[l.State]++
	s.Cells[behold.LampCell{Kind: l.Kind, Reason: l.Reason, State: l.State, Common: l.Common}]++
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
	change(s.Cells, before.Cells, after.Cells)
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

// ownSums are the sums of all lamps, and of the lamps of each colleague's
// customers; "" is nobody's.
type ownSums struct {
	whole *sums
	own   map[string]*sums
}

func newOwnSums(on behold.Day) *ownSums { return &ownSums{newSums(on), map[string]*sums{}} }

func (o *ownSums) add(l *behold.Lamp, atRisk behold.Money, colleague string) {
	o.whole.add(l, atRisk)
	own := o.own[colleague]
	if own == nil {
		own = newSums(o.whole.Day)
		own.colleague = colleague
		o.own[colleague] = own
	}
	own.add(l, atRisk)
}

func (o *ownSums) saveOwn(ctx context.Context, tx *sql.Tx) error {
	for _, s := range o.own {
		if err := s.saveOwn(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

// summarise counts while the round is saved.
func summarise(r *behold.Round, cards map[int32]*behold.LampCard) *ownSums {
	sums := newOwnSums(r.Day)
	for _, list := range [][]behold.Lamp{r.Lit, r.Still} {
		for i := range list {
			if list[i].Held { // counted nowhere that a page looks
				continue
			}
			card := cards[list[i].Customer]
			if card == nil {
				card = &behold.LampCard{}
			}
			sums.add(&list[i], card.MoneyAtRisk, behold.ColleagueKey(card.Colleague))
		}
	}
	sums.whole.High, sums.whole.Middle = sums.whole.thirds()
	return sums
}

// decide carries out an act and counts what it changed; it tells how many lamps
// it was about.
func (s *sums) decide(ctx context.Context, tx *sql.Tx, a *behold.Act) (int64, error) {
	return s.recount(ctx, tx, behold.CustomerKey(a.Customer), func() (int64, error) { return carryOut(ctx, tx, a) })
}

// recount counts what a step changes about the lamps of a customer; the step
// tells how many lamps it was about.
func (s *sums) recount(ctx context.Context, tx *sql.Tx, key string, step func() (int64, error)) (int64, error) {
	before, err := countLamps(ctx, tx, s.Day, key)
	if err != nil {
		return 0, err
	}
	met, err := step()
	if err != nil || met == 0 {
		return 0, err
	}
	after, err := countLamps(ctx, tx, s.Day, key)
	if err != nil {
		return 0, err
	}
	for colleague := range after.own { // lit just now
		if before.own[colleague] == nil {
			before.own[colleague] = newSums(s.Day)
		}
	}
	for colleague := range before.own { // one: a customer has one colleague
		own, err := readOwn(ctx, tx, s.Day, colleague)
		if err != nil {
			return 0, err
		}
		now := after.own[colleague]
		if now == nil { // put out just now
			now = newSums(s.Day)
		}
		own.change(before.own[colleague], now)
		if err := own.saveOwn(ctx, tx); err != nil {
			return 0, err
		}
	}
	s.change(before.whole, after.whole)
	return met, s.save(ctx, tx)
}

// sumAnew counts the lamps of a round again.
func sumAnew(ctx context.Context, tx *sql.Tx, on behold.Day) error {
	if _, err := tx.ExecContext(ctx, query("sum.remove"), on.String()); err != nil {
		return err
	}
	s, err := countLamps(ctx, tx, on, "")
	if err != nil {
		return err
	}
	s.whole.High, s.whole.Middle = s.whole.thirds()
	if err := s.whole.save(ctx, tx); err != nil {
		return err
	}
	return s.saveOwn(ctx, tx)
}

// countLamps counts the lamps of a round, or those of one customer.
func countLamps(ctx context.Context, tx *sql.Tx, on behold.Day, customer string) (*ownSums, error) {
	only := []only{{"", on.String()}, {"customer", text(customer)}}
	asked, args := narrowed("lamp.sums", only)
	rows, err := tx.QueryContext(ctx, asked, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s := newOwnSums(on)
	for rows.Next() {
		var l behold.Lamp
		var m behold.Money
		var colleague string
		if err := rows.Scan(&l.Customer, &l.Kind, &l.Reason, &l.State, &l.Common, &m.Minor, &m.Currency, &colleague); err != nil {
			return nil, err
		}
		s.add(&l, m, colleague)
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

// saveOwn keeps the sums of one colleague's customers.
func (s *sums) saveOwn(ctx context.Context, tx *sql.Tx) error {
	body, err := s.text()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("sum.save"), s.Day.String(), s.colleague, body)
	return err
}

// readOwn are the sums of the lamps of one colleague's customers after the round
// of day; none, where they have no lamps.
func readOwn(ctx context.Context, from asker, on behold.Day, colleague string) (*sums, error) {
	s := newSums(on)
	s.colleague = colleague
	var body string
	err := from.QueryRowContext(ctx, query("sum.of"), on.String(), colleague).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return s, nil
	}
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal([]byte(body), s)
}

// narrow is what the sums of a round count of one colleague's customers; what
// parts lamps into thirds is everybody's.
func (s *sums) narrow(ctx context.Context, from asker, whose behold.Whose) (*sums, error) {
	colleague := behold.ColleagueKey(whose.Colleague)
	if colleague == "" || !s.Day.Known() {
		return s, nil
	}
	own, err := readOwn(ctx, from, s.Day, colleague)
	if err != nil {
		return nil, err
	}
	if whose.Nobodys {
		nobodys, err := readOwn(ctx, from, s.Day, "")
		if err != nil {
			return nil, err
		}
		own.change(newSums(s.Day), nobodys)
	}
	own.High, own.Middle, own.MoneyAtRisk = s.High, s.Middle, own.total()
	return own, nil
}

// count is how many lamps a query finds after the round that was summed up: from
// the sums where they tell.
func count(ctx context.Context, from asker, s *sums, q behold.LampQuery) (n int, err error) {
	if q.Search == "" && q.ID == "" && !q.Held && len(s.Cells) > 0 {
		own, err := s.narrow(ctx, from, q.Whose)
		if err != nil {
			return 0, err
		}
		return own.Count(q), nil
	}
	text, args := narrowed("lamp.count", asked(s.Day, q))
	err = from.QueryRowContext(ctx, text, args...).Scan(&n)
	return n, err
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
func (s *Store) LampSummary(ctx context.Context) (behold.LampSummary, error) {
	return s.LampSummaryOf(ctx, behold.Whose{})
}

// LampSummaryOf is LampSummary of the customers of one colleague. High and
// Middle, which part the lamps by the money at risk, are those of all lamps: a
// lamp is as high for whoever looks at it.
func (s *Store) LampSummaryOf(ctx context.Context, whose behold.Whose) (sum behold.LampSummary, err error) {
	defer func() { wrap(&err, "count the lit lamps") }()
	kept, err := readSums(ctx, s.db, behold.NoDay)
	if err != nil {
		return sum, err
	}
	if kept, err = kept.narrow(ctx, s.db, whose); err != nil {
		return sum, err
	}
	return kept.LampSummary, nil
}
