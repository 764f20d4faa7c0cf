package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"

	"behold"
)

// OpenLamps are the lamps that were lit when the day began: by the last round
// before it. NoDay asks for those that are lit now.
func (s *Store) OpenLamps(ctx context.Context, on behold.Day) (list []behold.Lamp, err error) {
	defer func() { wrap(&err, "read the lamps that were lit when %v began", on) }()
	rows, err := s.db.QueryContext(ctx, query("lamp.open"), until(on))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var l behold.Lamp
		if err := scanLamp(rows, &l); err != nil {
			return nil, err
		}
		list = append(list, l)
	}
	return list, rows.Err()
}

// OutLamps are the lamps that went out in the days before the day began, with
// what was last known of their customers.
func (s *Store) OutLamps(ctx context.Context, on behold.Day, days int) (list []behold.LampCard, err error) {
	defer func() { wrap(&err, "read the lamps that went out in the %d days before %v", days, on) }()
	return readCards(ctx, s.db, "lamp.out", (on - behold.Day(days)).String(), on.String())
}

// scanLamp reads a lamp, and into more what its row has behind the lamp.
func scanLamp(rows *sql.Rows, l *behold.Lamp, more ...any) error {
	var since, out, until day
	var evidence string
	into := append([]any{&l.Customer, &l.Kind, &l.Reason, &l.State, &since, &out, &l.Common, &until, &l.P, &l.PStar, &l.Threshold, &l.Strength, &evidence}, more...)
	if err := rows.Scan(into...); err != nil {
		return err
	}
	l.Since, l.Out, l.Until = since.Day, out.Day, until.Day
	return json.Unmarshal([]byte(evidence), &l.Evidence)
}

// LitLamps is one page of the lamps that were lit after the last round of the
// day asked for or before, and how many there are on all pages. Without a round
// there are none. An unknown sort is Invalid.
func (s *Store) LitLamps(ctx context.Context, q behold.LampQuery) (list []behold.LampCard, total int, err error) {
	defer func() { wrap(&err, "list lit lamps") }()
	page, err := sortOf(q.Slice)
	if err != nil {
		return nil, 0, err
	}
	r, ok, err := s.LastRound(ctx, q.Day)
	if err != nil || !ok {
		return nil, 0, err
	}
	which := []any{r.Day.String(), string(q.Kind), string(q.Reason), string(q.Family), behold.CustomerKey(q.ID), like(q.Search), stateOf(q)}
	if err := s.db.QueryRowContext(ctx, query("lamp.count"), which...).Scan(&total); err != nil {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = total
	}
	list, err = readCards(ctx, s.db, page, append(which, limit, max(q.Offset, 0))...)
	return list, total, err
}

// stateOf is the state that is asked for, as the queries know it.
func stateOf(q behold.LampQuery) string {
	if q.State == "" && q.Awake {
		return "awake"
	}
	return string(q.State)
}

// sortOf is the query that has the asked order. Money and chance come with the
// most first unless asked otherwise by name; Desc turns the others round.
func sortOf(q behold.Slice) (string, error) {
	names := map[string][2]string{
		"": {"money", "money"}, "money": {"moneyup", "money"}, "since": {"since", "sincedown"},
		"chance": {"chance", "chancedown"}, "name": {"name", "namedown"},
	}
	both, known := names[q.Sort]
	if !known {
		return "", &behold.Error{Kind: behold.Invalid, Say: "lamps cannot be sorted by " + q.Sort, Hint: "sort by money, since, chance or name"}
	}
	if q.Desc {
		return "lamp.lit." + both[1], nil
	}
	return "lamp.lit." + both[0], nil
}

// like is a pattern that finds the text anywhere; what LIKE takes for signs is
// taken as it is.
func like(search string) string {
	search = strings.ToLower(strings.TrimSpace(search))
	if search == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(search) + "%"
}

// asker is a database or a transaction.
type asker interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}

func readCards(ctx context.Context, from asker, name string, args ...any) ([]behold.LampCard, error) {
	rows, err := from.QueryContext(ctx, query(name), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []behold.LampCard
	for rows.Next() {
		var c behold.LampCard
		err := scanLamp(rows, &c.Lamp, &c.ID, &c.Name, &c.ChanceLeave, &c.ChanceLeaveLow, &c.ChanceLeaveHigh, &c.Calibrated,
			&c.MoneyAtRisk.Minor, &c.MoneyAtRisk.Currency)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// summarise counts while the round is saved, so that no page has to.
func summarise(r *behold.Round, cards map[int32]*behold.LampCard) behold.LampSummary {
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
	return sum.done()
}

// sums count lamps one by one.
type sums struct {
	behold.LampSummary
	met   map[int32]bool
	money map[string]int64
	often map[string]int
}

func newSums(on behold.Day) *sums {
	return &sums{
		LampSummary: behold.LampSummary{Day: on, Kinds: map[behold.LampKind]int{}, Reasons: map[behold.Reason]int{}, States: map[behold.LampState]int{}},
		met:         map[int32]bool{}, money: map[string]int64{}, often: map[string]int{},
	}
}

// add counts a lamp with what is at risk of its customer; one that sleeps or was
// called a false alarm counts among the states only.
func (s *sums) add(l *behold.Lamp, atRisk behold.Money) {
	s.States[l.State]++
	if !l.State.Awake() {
		return
	}
	s.Lamps++
	s.Kinds[l.Kind]++
	s.Reasons[l.Reason]++
	if !s.met[l.Customer] && atRisk.Currency != "" {
		s.money[atRisk.Currency] += atRisk.Minor
		s.often[atRisk.Currency]++
	}
	s.met[l.Customer] = true
}

// done is the summary, its money in the currency of most customers.
func (s *sums) done() behold.LampSummary {
	s.Customers = len(s.met)
	most := 0
	for code, n := range s.often {
		if n > most || n == most && code < s.MoneyAtRisk.Currency {
			most, s.MoneyAtRisk = n, behold.Money{Minor: s.money[code], Currency: code}
		}
	}
	return s.LampSummary
}

// LampSummary counts what is lit after the last round. Without a round its Day
// is NoDay and nothing is lit.
func (s *Store) LampSummary(ctx context.Context) (sum behold.LampSummary, err error) {
	defer func() { wrap(&err, "count the lit lamps") }()
	var body string
	err = s.db.QueryRowContext(ctx, query("round.summary")).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return behold.LampSummary{Day: behold.NoDay}, nil
	}
	if err != nil {
		return sum, err
	}
	return sum, json.Unmarshal([]byte(body), &sum)
}
