package store

import (
	"context"
	"database/sql"
	"encoding/json"
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
// what was last known of their customers; without those of customers who were
// held out.
func (s *Store) OutLamps(ctx context.Context, on behold.Day, days int) (list []behold.LampCard, err error) {
	return s.outLamps(ctx, on, days, true)
}

// GoneLamps are OutLamps and those of customers who were held out: for the next
// round, never for a page or a letter.
func (s *Store) GoneLamps(ctx context.Context, on behold.Day, days int) (list []behold.LampCard, err error) {
	return s.outLamps(ctx, on, days, false)
}

func (s *Store) outLamps(ctx context.Context, on behold.Day, days int, shown bool) (list []behold.LampCard, err error) {
	defer func() { wrap(&err, "read the lamps that went out in the %d days before %v", days, on) }()
	text, args := narrowed("lamp.out", []only{{"", (on - behold.Day(days)).String()}, {"", on.String()}, {"shown", shown}})
	return readCards(ctx, s.db, text, args...)
}

// scanLamp reads a lamp, and into more what its row has behind the lamp.
func scanLamp(rows *sql.Rows, l *behold.Lamp, more ...any) error {
	var since, out, until day
	var evidence string
	into := append([]any{&l.Customer, &l.Kind, &l.Reason, &l.State, &since, &out, &l.Common, &l.Held, &until, &l.P, &l.PStar, &l.Threshold, &l.Strength, &evidence}, more...)
	if err := rows.Scan(into...); err != nil {
		return err
	}
	l.Since, l.Out, l.Until = since.Day, out.Day, until.Day
	return json.Unmarshal([]byte(evidence), &l.Evidence)
}

// LitLamps is one page of the lamps that were lit after the last round of the
// day asked for or before, and how many there are on all pages, without those of
// customers who are held out unless the query says so. Without a round there are
// none. An unknown sort is Invalid.
func (s *Store) LitLamps(ctx context.Context, q behold.LampQuery) (list []behold.LampCard, total int, err error) {
	defer func() { wrap(&err, "list lit lamps") }()
	page, err := sortOf(q.Slice)
	if err != nil {
		return nil, 0, err
	}
	sum, err := readSums(ctx, s.db, q.Day)
	if err != nil || !sum.Day.Known() {
		return nil, 0, err
	}
	only := asked(sum.Day, q)
	total, err = count(ctx, s.db, sum, q)
	if err != nil {
		return nil, 0, err
	}
	limit := q.Limit
	if limit <= 0 {
		limit = total
	}
	text, args := narrowed(page, only)
	list, err = readCards(ctx, s.db, text, append(args, limit, max(q.Offset, 0))...)
	return list, total, err
}

// only is what a list is narrowed by, in the order of the queries' parameters.
type only struct {
	name string // of the line in the query; "" for one that is always there
	want any    // nil: the line goes without
}

// asked is what the lamp queries have lines for.
func asked(on behold.Day, q behold.LampQuery) []only {
	if q.State != "" {
		q.Awake = false
	}
	colleague, nobodys := behold.ColleagueKey(q.Colleague), ""
	if q.Nobodys {
		colleague, nobodys = "", colleague
	}
	return []only{
		{"", on.String()}, {"kind", text(string(q.Kind))}, {"reason", text(string(q.Reason))}, {"family", text(string(q.Family))},
		{"customer", text(behold.CustomerKey(q.ID))}, {"search", text(like(q.Search))}, {"state", text(string(q.State))}, {"awake", q.Awake}, {"shown", !q.Held},
		{"colleague", text(colleague)}, {"nobodys", text(nobodys)},
	}
}

// text is nil for the empty one, which asks for nothing.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// narrowed is a query without the lines ("-- if kind") that are not asked for,
// and its arguments. A condition that may be empty would hide from the engine
// which index serves it. Every parameter keeps its number.
func narrowed(name string, by []only) (text string, args []any) {
	text = query(name)
	for _, o := range by {
		awake, sign := o.want.(bool)
		if o.want == nil || sign && !awake {
			text = withoutLine(text, "-- if "+o.name)
		}
		if !sign {
			args = append(args, o.want)
		}
	}
	return text, args
}

func withoutLine(text, end string) string {
	var kept []string
	for _, line := range strings.Split(text, "\n") {
		if !strings.HasSuffix(line, end) {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
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
		return "", &behold.Error{Kind: behold.Invalid, Code: "sort", Say: "lamps cannot be sorted by " + q.Sort, Hint: "sort by money, since, chance or name"}
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
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

func readCards(ctx context.Context, from asker, text string, args ...any) ([]behold.LampCard, error) {
	rows, err := from.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []behold.LampCard
	for rows.Next() {
		var c behold.LampCard
		err := scanLamp(rows, &c.Lamp, &c.ID, &c.Name, &c.Colleague, &c.ChanceLeave, &c.ChanceLeaveLow, &c.ChanceLeaveHigh, &c.Calibrated,
			&c.MoneyAtRisk.Minor, &c.MoneyAtRisk.Currency)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}
