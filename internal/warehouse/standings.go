package warehouse

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"behold"
)

// How long standings are kept, counted back from the day that is saved: every
// day for five weeks, then the first of a month until the same month of the year
// before can be compared with. A million customers take about 40 MB a day.
const (
	everyDay  = 35 // days
	firstDays = 13 // months
)

// SaveStandings replaces the standings of a day and horizon by those that rows
// yields, and takes out those that have grown old, in one transaction. Ids,
// names and colleagues are looked up here; the round knows customers by number.
func (w *Warehouse) SaveStandings(ctx context.Context, day behold.Day, horizon int, rows func(yield func(*behold.Standing) error) error) (err error) {
	defer func() { err = wrap(err, "save the standings of %v", day) }()
	defer w.rounds.Add(1)
	return w.write(ctx, func(conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, query("standing.make")); err != nil {
			return err
		}
		if err := putStandings(ctx, conn, func() *standingBatch { return newStandingBatch(day, horizon) }, rows); err != nil {
			return err
		}
		old := []any{(day - everyDay + 1).Time(), day.Time().AddDate(0, -firstDays, 0)}
		for _, step := range []struct {
			name string
			args []any
		}{
			{"standing.remove", []any{day.Time(), horizon}},
			{"standing.forget", []any{day.Time(), horizon}},
			{"standing.keep", nil},
			{"standing.of", []any{day.Time(), horizon, time.Now().UTC()}},
			{"standing.old", old},
			{"standing.gone", old},
		} {
			if _, err := conn.ExecContext(ctx, query(step.name), step.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// putStandings fills one batch while the one before is put.
func putStandings(ctx context.Context, conn *sql.Conn, empty func() *standingBatch, rows func(yield func(*behold.Standing) error) error) error {
	full, used, done := make(chan *standingBatch), make(chan *standingBatch, 2), make(chan error, 1)
	go func() {
		var err error
		for b := range full {
			if err == nil {
				err = put(ctx, conn, &b.batch)
			}
			b.reset()
			used <- b
		}
		done <- err
	}()
	used <- empty()
	b := empty()
	err := rows(func(s *behold.Standing) error {
		b.add(s)
		if b.rows == flushRows {
			full <- b
			b = <-used
		}
		return nil
	})
	full <- b
	close(full)
	if putting := <-done; err == nil {
		err = putting
	}
	return err
}

type standingBatch struct {
	batch
	of                                    behold.Day
	span                                  int32
	day, expected, lamp, first, last      *column
	horizon, customer, orders, occasions  *column
	silent                                *column
	state, currency, reason, lamps        *column
	gap, low, high, silence, active       *column
	leave, leaveLow, leaveHigh, loyalty   *column
	calibrated, residual, value, moneyOut *column
	chance, source, family, quiet, likely *column
	hidden                                *column
}

func newStandingBatch(day behold.Day, horizon int) *standingBatch {
	b := &standingBatch{batch: batch{table: "standing_incoming"}, of: day, span: int32(horizon)}
	b.day, b.horizon, b.customer = b.column("day", asDay), b.column("horizon", asInt), b.column("customer", asInt)
	b.state, b.orders, b.occasions = b.column("state", asText), b.column("orders", asInt), b.column("occasions", asInt)
	b.first, b.last = b.column("first_day", asDay), b.column("last_day", asDay)
	b.gap, b.low, b.high = b.column("usual_gap", asReal), b.column("usual_low", asReal), b.column("usual_high", asReal)
	b.silent, b.silence = b.column("silent_days", asInt), b.column("silence_p", asReal)
	b.expected, b.lamp, b.active = b.column("expected_by", asDay), b.column("lamp_on", asDay), b.column("chance_active", asReal)
	b.leave, b.leaveLow, b.leaveHigh = b.column("chance_leave", asReal), b.column("chance_leave_low", asReal), b.column("chance_leave_high", asReal)
	b.calibrated, b.residual, b.value = b.column("calibrated", asFlag), b.column("residual", asBig), b.column("value", asBig)
	b.moneyOut, b.currency, b.loyalty = b.column("money_at_risk", asBig), b.column("currency", asText), b.column("loyalty_index", asReal)
	b.reason, b.lamps = b.column("main_reason", asText), b.column("lamps", asText)
	b.chance, b.source, b.family = b.column("reason_chance", asReal), b.column("reason_source", asText), b.column("family_chance", asReal)
	b.quiet, b.likely, b.hidden = b.column("silent_leaver", asFlag), b.column("likely", asText), b.column("hidden", asText)
	return b
}

func (b *standingBatch) add(s *behold.Standing) {
	b.day.addDay(b.of)
	b.horizon.addInt(b.span)
	b.customer.addInt(s.Customer)
	b.state.addWords([]string{string(s.State)})
	b.orders.addInt(s.Orders)
	b.occasions.addInt(s.Occasions)
	b.first.addDay(s.First)
	b.last.addDay(s.Last)
	b.gap.addReal(s.UsualGap)
	b.low.addReal(s.UsualLow)
	b.high.addReal(s.UsualHigh)
	b.silent.addInt(s.SilentDays)
	b.silence.addReal(s.SilenceP)
	b.expected.addDay(s.ExpectedBy)
	b.lamp.addDay(s.LampOn)
	b.active.addReal(s.ChanceActive)
	b.leave.addReal(s.ChanceLeave)
	b.leaveLow.addReal(s.ChanceLeaveLow)
	b.leaveHigh.addReal(s.ChanceLeaveHigh)
	b.calibrated.addFlag(s.Calibrated)
	b.residual.addBig(s.Residual.Minor)
	b.value.addBig(s.Value.Minor)
	b.moneyOut.addBig(s.MoneyAtRisk.Minor)
	b.currency.addText(s.MoneyAtRisk.Currency)
	b.loyalty.addReal(s.LoyaltyIndex)
	b.reason.addText(string(s.MainReason))
	b.lamps.addText(lampNames(s.Lamps))
	b.chance.addReal(s.Grounds.Chance)
	b.source.addText(string(s.Grounds.Source))
	b.family.addReal(s.Grounds.Family)
	b.quiet.addFlag(s.Grounds.Silent)
	b.likely.addText(likelyText(s.Grounds.Likely))
	b.hidden.addText(hiddenText(s.Hidden))
	b.rows++
}

// lampNames puts ; between.
func lampNames(lamps []behold.LampKind) string {
	switch len(lamps) {
	case 0:
		return ""
	case 1:
		return string(lamps[0])
	}
	return string(lamps[0]) + ";" + lampNames(lamps[1:])
}

// hiddenText is "" of those of whom nothing is hidden.
func hiddenText(h *behold.Hidden) string {
	if h == nil {
		return ""
	}
	text, err := json.Marshal(h)
	if err != nil { // chances are finite
		panic(err)
	}
	return string(text)
}

// likelyText puts reasons and chances in one text: competitor 0.41;quality 0.2.
func likelyText(list []behold.ReasonChance) string {
	var b strings.Builder
	for i, r := range list {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(string(r.Reason) + " " + strconv.FormatFloat(r.Chance, 'g', 4, 64))
	}
	return b.String()
}

func readLikely(text string) (list []behold.ReasonChance, err error) {
	for part := range strings.SplitSeq(text, ";") {
		word, number, ok := strings.Cut(part, " ")
		if !ok {
			continue
		}
		chance, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return nil, err
		}
		list = append(list, behold.ReasonChance{Reason: behold.Reason(word), Chance: chance})
	}
	return list, nil
}

// Standings is one page of the standings of a day, and how many there are on
// all pages. NoDay asks for the last day that has any, and horizon 0 for the
// one saved last. A day that has none has none: that is no error. An unknown
// sort is Invalid. Of customers who are held out it says what pages may show,
// unless the query asks for all.
func (w *Warehouse) Standings(ctx context.Context, q behold.StandingQuery) ([]behold.Standing, int, error) {
	if len(q.Of) == 0 {
		return w.standings(ctx, q)
	}
	of, err := again(w, func() (of someStandings, err error) {
		of.list, of.total, err = w.standings(ctx, q)
		return of, err
	}, "standings", q)
	return of.list, of.total, err
}

// someStandings are a page of standings, and how many there are on all pages.
type someStandings struct {
	list  []behold.Standing
	total int
}

func (w *Warehouse) standings(ctx context.Context, q behold.StandingQuery) (list []behold.Standing, total int, err error) {
	defer func() { err = wrap(err, "list the standings of %v", q.Day) }()
	by, direction, err := standingSort(q.Slice)
	if err != nil {
		return nil, 0, err
	}
	var day time.Time
	var horizon int
	err = w.db.QueryRowContext(ctx, query("standing.last"), until(q.Day), q.Horizon).Scan(&day, &horizon)
	if errors.Is(err, sql.ErrNoRows) || err == nil && q.Day.Known() && behold.DayOf(day) != q.Day {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	which := []any{day, horizon, behold.CustomerKey(q.ID), string(q.State), like(q.Search), behold.ColleagueKey(q.Colleague), q.Nobodys}
	if err := w.db.QueryRowContext(ctx, made("standing.count", commas(q.Of)), which...).Scan(&total); err != nil {
		return nil, 0, err
	}
	err = w.rows(ctx, made("standing.list", commas(q.Of)), func(rows *sql.Rows) error {
		var s behold.Standing
		if err := scanStanding(rows, &s, q.Held); err != nil {
			return err
		}
		list = append(list, s)
		return nil
	}, append(which, by, direction, limit(q.Slice, total), max(q.Offset, 0))...)
	return list, total, err
}

func standingSort(part behold.Slice) (by string, direction int, err error) {
	switch part.Sort {
	case "":
		return "money", -1, nil
	case "money", "name", "value", "silence", "chance", "last", "orders":
	default:
		return "", 0, &behold.Error{Kind: behold.Invalid, Code: "sort", Say: "standings cannot be sorted by " + part.Sort,
			Hint: "sort by money, name, value, silence, chance, last or orders"}
	}
	if part.Desc {
		return part.Sort, -1, nil
	}
	return part.Sort, 1, nil
}

// scanStanding reads a standing; of one who is held out all there is, for those
// who may know it.
func scanStanding(rows *sql.Rows, s *behold.Standing, all bool) error {
	var first, last, expected, lamp sql.NullTime
	var currency, lamps, likely, hidden string
	err := rows.Scan(&s.Customer, &s.ID, &s.Name, &s.Colleague, &s.State, &s.Orders, &s.Occasions, &first, &last,
		&s.UsualGap, &s.UsualLow, &s.UsualHigh, &s.SilentDays, &s.SilenceP, &expected, &lamp, &s.ChanceActive,
		&s.ChanceLeave, &s.ChanceLeaveLow, &s.ChanceLeaveHigh, &s.Calibrated,
		&s.Residual.Minor, &s.Value.Minor, &s.MoneyAtRisk.Minor, &currency, &s.LoyaltyIndex, &s.MainReason, &lamps,
		&s.Grounds.Chance, &s.Grounds.Source, &s.Grounds.Family, &s.Grounds.Silent, &likely, &hidden)
	if err != nil {
		return err
	}
	s.Grounds.Customer, s.Grounds.Main = s.Customer, s.MainReason
	if s.Grounds.Likely, err = readLikely(likely); err != nil {
		return err
	}
	s.First, s.Last, s.ExpectedBy, s.LampOn = dayOf(first), dayOf(last), dayOf(expected), dayOf(lamp)
	s.Residual.Currency, s.Value.Currency, s.MoneyAtRisk.Currency = currency, currency, currency
	if lamps != "" {
		for name := range strings.SplitSeq(lamps, ";") {
			s.Lamps = append(s.Lamps, behold.LampKind(name))
		}
	}
	if all && hidden != "" {
		return uncover(s, hidden)
	}
	return nil
}

func uncover(s *behold.Standing, hidden string) error {
	var h behold.Hidden
	if err := json.Unmarshal([]byte(hidden), &h); err != nil {
		return err
	}
	s.Lamps, s.MainReason, s.Grounds = h.Lamps, h.Reason, h.Grounds
	s.Grounds.Customer, s.Grounds.Main = s.Customer, h.Reason
	return nil
}
