package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"behold"
)

// SaveRound keeps what a round came to, in one transaction. Cards say what a
// list shows beside a lamp; one for each customer who has a lamp is enough. A
// customer without a card whose lamp goes out keeps the last one.
//
// Saving the round of a day again first takes back what was saved of it before,
// so a round that was killed, or is made once more, leaves nothing twice. What
// colleagues decided after it is decided again. Its episodes are not taken back:
// whom the lot has put in an arm stays there.
//
// Last of all it asks before whether the round may be kept, which waits for what
// must be there by then; nil: it may.
func (s *Store) SaveRound(ctx context.Context, r *behold.Round, cards []behold.LampCard, before func() error) (err error) {
	defer func() { wrap(&err, "save the round of %v", r.Day) }()
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, name := range []string{"lamp.remove", "sum.remove", "round.remove"} {
		if _, err := tx.ExecContext(ctx, query(name), r.Day.String()); err != nil {
			return err
		}
	}
	byCustomer, err := lastCards(ctx, tx, r)
	if err != nil {
		return err
	}
	for i := range cards {
		byCustomer[cards[i].Customer] = &cards[i]
	}
	if err := saveRow(ctx, tx, r, byCustomer); err != nil {
		return err
	}
	if err := saveLamps(ctx, tx, r, byCustomer); err != nil {
		return err
	}
	if err := decideAgain(ctx, tx, r.Day); err != nil {
		return err
	}
	if err := saveTasks(ctx, tx, r); err != nil {
		return err
	}
	if err := saveEpisodes(ctx, tx, r); err != nil {
		return err
	}
	if err := saveVoice(ctx, tx, r.Day, r.Voice); err != nil {
		return err
	}
	if err := saveRemarks(ctx, tx, r.Read, r.Asks); err != nil {
		return err
	}
	if before != nil {
		if err := before(); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// lastCards are those that the round before had, when a lamp goes out.
func lastCards(ctx context.Context, tx *sql.Tx, r *behold.Round) (map[int32]*behold.LampCard, error) {
	cards := map[int32]*behold.LampCard{}
	if len(r.Out) == 0 {
		return cards, nil
	}
	list, err := readCards(ctx, tx, query("lamp.before"), r.Day.String())
	for i := range list {
		cards[list[i].Customer] = &list[i]
	}
	return cards, err
}

func saveRow(ctx context.Context, tx *sql.Tx, r *behold.Round, cards map[int32]*behold.LampCard) error {
	settings, err := json.Marshal(r.Settings)
	if err != nil {
		return err
	}
	sums := summarise(r, cards)
	summary, err := sums.whole.text()
	if err != nil {
		return err
	}
	records, err := json.Marshal(r.Records)
	if err != nil {
		return err
	}
	common, err := json.Marshal(r.Common)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, query("round.save"), r.Day.String(), timeText(r.Started), timeText(r.Finished), r.Version,
		string(settings), r.Horizon, r.Customers, r.Lines, summary, string(r.Model), string(records), string(common))
	if err != nil {
		return err
	}
	return sums.saveOwn(ctx, tx)
}

func saveLamps(ctx context.Context, tx *sql.Tx, r *behold.Round, cards map[int32]*behold.LampCard) error {
	insert, err := tx.PrepareContext(ctx, query("lamp.save"))
	if err != nil {
		return err
	}
	defer insert.Close()
	for _, list := range [][]behold.Lamp{r.Lit, r.Still, r.Out} {
		for i := range list {
			if err := saveLamp(ctx, insert, r.Day, &list[i], cards[list[i].Customer]); err != nil {
				return fmt.Errorf("lamp %s of customer %d: %w", list[i].Kind, list[i].Customer, err)
			}
		}
	}
	return nil
}

func saveLamp(ctx context.Context, insert *sql.Stmt, on behold.Day, l *behold.Lamp, card *behold.LampCard) error {
	evidence, err := json.Marshal(l.Evidence)
	if err != nil {
		return err
	}
	if card == nil {
		card = &behold.LampCard{}
	}
	until := behold.NoDay
	if l.State == behold.Snoozed {
		until = l.Until
	}
	_, err = insert.ExecContext(ctx, on.String(), l.Customer, string(l.Kind), string(l.Reason), string(l.Reason.Family()),
		string(l.State), l.Since.String(), dayText(l.Out), l.Common, l.Held, dayText(until), l.P, l.PStar, l.Threshold, l.Strength, string(evidence),
		card.ID, behold.CustomerKey(card.ID), card.Name, strings.ToLower(card.ID+" "+card.Name), card.ChanceLeave, card.ChanceLeaveLow, card.ChanceLeaveHigh,
		card.Calibrated, card.MoneyAtRisk.Minor, card.MoneyAtRisk.Currency, behold.ColleagueKey(card.Colleague))
	return err
}

// LastRound is the last round of day or before; NoDay asks for the very last,
// and false says that there is none. It comes without its lamps: LitLamps and
// OutLamps have them.
func (s *Store) LastRound(ctx context.Context, on behold.Day) (r behold.Round, ok bool, err error) {
	defer func() { wrap(&err, "read the last round up to %v", on) }()
	r, err = scanRound(s.db.QueryRowContext(ctx, query("round.last"), until(on)))
	if errors.Is(err, sql.ErrNoRows) {
		return r, false, nil
	}
	return r, err == nil, err
}

// until is the text of a day, or text after every day.
func until(on behold.Day) string {
	if on.Known() {
		return on.String()
	}
	return "9999-12-31"
}

// Rounds are all rounds, the latest first, without their lamps.
func (s *Store) Rounds(ctx context.Context) (list []behold.Round, err error) {
	defer func() { wrap(&err, "read the rounds") }()
	rows, err := s.db.QueryContext(ctx, query("round.all"))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanRound(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

func scanRound(row interface{ Scan(...any) error }) (r behold.Round, err error) {
	var on day
	var started, finished moment
	var settings, model, records, common string
	err = row.Scan(&on, &started, &finished, &r.Version, &settings, &r.Horizon, &r.Customers, &r.Lines, &model, &records, &common)
	if err != nil {
		return r, err
	}
	r.Day, r.Started, r.Finished, r.Model = on.Day, started.Time, finished.Time, []byte(model)
	if err := json.Unmarshal([]byte(records), &r.Records); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(common), &r.Common); err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(settings), &r.Settings)
}
