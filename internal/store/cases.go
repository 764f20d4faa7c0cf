package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"behold"
)

// OpenCase takes a customer on, and gives the case as it is then; its Move says
// what came of it.
//
//   - Nobody is at work on the customer: a case is opened. One that a colleague opens
//     by hand takes on the lamps that burn.
//   - A case is open: an answer is added to what was heard (CaseHeard). A lamp, or
//     a colleague's hand, changes nothing.
//   - A customer was kept less than behold.ReopensWithin days ago, and now there is
//     an answer: that case is opened again (CaseReopened).
//
// The same key twice is one opening, whatever became of the case since.
func (s *Store) OpenCase(ctx context.Context, o behold.CaseOpening) (c behold.Case, err error) {
	defer func() { wrap(&err, "open a case") }()
	err = s.transact(ctx, func(tx *sql.Tx) error {
		c, err = openCase(ctx, tx, o)
		return err
	})
	return c, err
}

func openCase(ctx context.Context, tx *sql.Tx, o behold.CaseOpening) (behold.Case, error) {
	o.Why = strings.TrimSpace(o.Why)
	if err := o.Check(); err != nil {
		return behold.Case{}, err
	}
	if c, again, err := movedAlready(ctx, tx, o.Key); err != nil || again {
		return c, err
	}
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(o.Customer))
	if err != nil {
		return behold.Case{}, err
	}
	answered := o.Origin == behold.ByAnswer || o.Origin == behold.ByCallMe
	move := behold.CaseMove{
		Key: o.Key, Do: behold.CaseHeard, Who: o.Who, At: o.At, AskAgain: behold.NoDay, Closing: behold.CaseClosing{Left: behold.NoDay},
		Word: behold.CaseWord{At: o.At, Origin: o.Origin, Answer: o.Answer, Why: o.Why}, Closed: o.Closed,
	}
	for i := range known {
		c := &known[i].Case
		switch {
		case c.Open() && answered:
			return moveOn(ctx, tx, *c, move)
		case c.Open():
			return *c, nil
		case answered && c.State == behold.Recovered && behold.DayOf(o.At.Local()) <= c.ClosedOn()+behold.ReopensWithin:
			move.Do = behold.CaseReopened
			return moveOn(ctx, tx, *c, move)
		}
	}
	opened := caseVersion{Case: o.Open()}
	if err := opened.save(ctx, tx); err != nil || o.Origin != behold.ByHand {
		return opened.Case, err
	}
	return opened.Case, takeLamps(ctx, tx, &opened.Case)
}

// moveOn appends a move to a case, and lets its customer's lamps follow.
func moveOn(ctx context.Context, tx *sql.Tx, c behold.Case, m behold.CaseMove) (behold.Case, error) {
	m.Case = c.ID
	next, err := c.After(m)
	if err != nil {
		return c, err
	}
	v := caseVersion{Case: next}
	if err := v.save(ctx, tx); err != nil {
		return c, err
	}
	if next.Open() && m.Who != "" {
		err = takeLamps(ctx, tx, &v.Case)
	}
	if err == nil && (next.State != c.State || !next.Open()) {
		err = followCase(ctx, tx, &v.Case)
	}
	return v.Case, err
}

// MoveCase does one thing to a case, which must be as m.Version knew it, and gives
// the case as it is then. The same move twice is one. A step that is a contact, and
// a case that is lost, are written into the book with it, or neither is kept.
func (s *Store) MoveCase(ctx context.Context, m behold.CaseMove) (c behold.Case, err error) {
	defer func() { wrap(&err, "go on with the case") }()
	err = s.transact(ctx, func(tx *sql.Tx) error {
		c, err = moveCase(ctx, tx, m)
		return err
	})
	return c, err
}

func moveCase(ctx context.Context, tx *sql.Tx, m behold.CaseMove) (behold.Case, error) {
	if c, again, err := movedAlready(ctx, tx, m.Key); err != nil || again {
		if err == nil && (c.ID != m.Case || c.Move.Key == m.Key && !sameMove(c.Move, m)) {
			err = &behold.Error{Kind: behold.Conflict, Say: "this form was sent before, with something else in it", Hint: "what was written then is there; look at the case as it is now", Code: "case_sent"}
		}
		return c, err
	}
	past, err := readCases(ctx, tx, "case.versions", m.Case)
	switch {
	case err != nil:
		return behold.Case{}, err
	case len(past) == 0:
		return behold.Case{}, noSuchCase()
	case m.Version != behold.AnyVersion && m.Version != past[0].Version:
		return past[0].Case, movedSince(&past[0].Case)
	}
	if m.Do == behold.CaseReopened {
		if err := onlyOne(ctx, tx, &past[0].Case); err != nil {
			return past[0].Case, err
		}
	}
	c, err := moveOn(ctx, tx, past[0].Case, m)
	switch {
	case err != nil:
	case m.Do == behold.CaseLost:
		err = writeOnce(ctx, tx, c.Loss(&c.Move))
	case m.Do == behold.CaseStepDone && c.Move.Contact:
		err = writeOnce(ctx, tx, c.Contact(&c.Move))
	}
	return c, err
}

// sameMove says whether a move that was made is the one asked for now, whenever
// it was asked for.
func sameMove(made, asked behold.CaseMove) bool {
	return made.Do == asked.Do && made.Step == asked.Step && made.Why == strings.TrimSpace(asked.Why) && made.Reason == asked.Reason &&
		made.Closing.Cause == asked.Closing.Cause && made.Closing.Action == asked.Closing.Action && made.AskAgain == asked.AskAgain &&
		len(made.Steps) == len(asked.Steps) && made.Closing.Note == strings.TrimSpace(asked.Closing.Note)
}

func noSuchCase() error {
	return &behold.Error{Kind: behold.NotFound, Say: "there is no such case", Hint: "open the customer again", Code: "case_gone"}
}

func movedSince(c *behold.Case) error {
	return &behold.Error{Kind: behold.Conflict, Say: "somebody went on with the case since: " + string(c.Move.Do) + " by " + c.Move.Who, Hint: "look at it as it is now, then decide again", Code: "case_changed"}
}

// UndoCase takes back the last move of a case that still counts, until the opening
// itself is taken back; taking that back brings the case again. The version must
// be the latest; taken back twice it is taken back once.
func (s *Store) UndoCase(ctx context.Context, id string, which int64, by behold.EntrySignature) (c behold.Case, err error) {
	defer func() { wrap(&err, "take back what was done about the case") }()
	err = s.transact(ctx, func(tx *sql.Tx) error {
		c, err = undoCase(ctx, tx, id, which, by)
		return err
	})
	return c, err
}

func undoCase(ctx context.Context, tx *sql.Tx, id string, which int64, by behold.EntrySignature) (behold.Case, error) {
	past, err := readCases(ctx, tx, "case.versions", id)
	switch {
	case err != nil:
		return behold.Case{}, err
	case len(past) == 0:
		return behold.Case{}, noSuchCase()
	case past[0].undoes == which:
		return past[0].Case, nil
	case past[0].Version != which:
		return past[0].Case, movedSince(&past[0].Case)
	}
	now := past[0].Case
	back := caseVersion{Case: caseBefore(past), undoes: which}
	back.Move = behold.CaseMove{Key: fmt.Sprintf("undo-%d", which), Case: id, Do: behold.CaseUndone, Who: by.Who, At: by.At, Undoes: which, AskAgain: behold.NoDay, Closing: behold.CaseClosing{Left: behold.NoDay}}
	if err := onlyOne(ctx, tx, &back.Case); err != nil {
		return now, err
	}
	for _, id := range now.Entries() {
		if !slices.Contains(back.Entries(), id) {
			if err := unwrite(ctx, tx, id, by); err != nil {
				return now, err
			}
		}
	}
	if err := back.save(ctx, tx); err != nil {
		return now, err
	}
	if back.Undone || past[len(past)-1].Opening.Who == "" && back.sameAs(&past[len(past)-1]) {
		return back.Case, letGo(ctx, tx, &back.Case)
	}
	return back.Case, followCase(ctx, tx, &back.Case)
}

// caseBefore is the case without the last move that still counts, of all its
// versions, the latest first.
func caseBefore(past []caseVersion) behold.Case {
	if past[0].Undone {
		return past[1].Case
	}
	var steps []behold.Case
	for i := len(past) - 1; i >= 0; i-- {
		if past[i].undoes == 0 || len(steps) == 0 {
			steps = append(steps, past[i].Case)
		} else {
			steps = steps[:len(steps)-1]
		}
	}
	if len(steps) > 1 {
		return steps[len(steps)-2]
	}
	gone := past[0].Case
	gone.Undone = true
	return gone
}

// onlyOne refuses to open a case of a customer who has another open one.
func onlyOne(ctx context.Context, tx *sql.Tx, c *behold.Case) error {
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(c.Customer))
	for i := range known {
		if k := &known[i]; k.Open() && k.ID != c.ID && !c.Undone {
			return &behold.Error{Kind: behold.Conflict, Say: "another case of this customer is open", Hint: "go on with that one", Code: "case_other"}
		}
	}
	return err
}

// sameAs says that nothing was done to the case since a version, or all of it was
// taken back.
func (v *caseVersion) sameAs(first *caseVersion) bool {
	return v.State == first.State && v.Owner == first.Owner && len(v.Clocks) == len(first.Clocks) && len(v.Heard) == len(first.Heard)
}

// writeOnce writes an entry of a case into the book, if it is not there.
func writeOnce(ctx context.Context, tx *sql.Tx, e behold.Entry) error {
	if err := e.Check(localDay(e.Changed.At)); err != nil {
		return err
	}
	if past, err := readVersions(ctx, tx, "entry.versions", e.ID); err != nil || len(past) > 0 {
		return err
	}
	first := version{Entry: e}
	return first.save(ctx, tx)
}

// unwrite takes an entry of a case out of the book, whoever changed it since.
func unwrite(ctx context.Context, tx *sql.Tx, id string, by behold.EntrySignature) error {
	past, err := readVersions(ctx, tx, "entry.versions", id)
	if err != nil || len(past) == 0 || past[0].Undone {
		return err
	}
	gone := version{Entry: past[0].Entry, undoes: past[0].Version}
	gone.Undone, gone.Changed = true, by
	return gone.save(ctx, tx)
}

// A caseVersion is a case as one move left it.
type caseVersion struct {
	behold.Case
	undoes int64 // the version that this one takes back; 0: none
}

func (v *caseVersion) save(ctx context.Context, tx *sql.Tx) error {
	body, err := json.Marshal(&v.Case)
	if err != nil {
		return err
	}
	undoes := any(nil)
	if v.undoes != 0 {
		undoes = v.undoes
	}
	key := behold.CustomerKey(v.Customer)
	return tx.QueryRowContext(ctx, query("case.save"), v.ID, v.Move.Key, v.Customer, key, strings.ToLower(key+" "+v.Name), string(v.State), v.Owner,
		dayText(v.Due), dayText(v.ClosedOn()), dayText(v.AskAgain), v.Undone, undoes, string(body)).Scan(&v.Version)
}

// movedAlready is the case that a move with this key was made on, as it is now;
// false when there was no such move.
func movedAlready(ctx context.Context, tx *sql.Tx, key string) (c behold.Case, again bool, err error) {
	made, err := readCases(ctx, tx, "case.key", key)
	if err != nil || len(made) == 0 {
		return c, false, err
	}
	past, err := readCases(ctx, tx, "case.versions", made[0].ID)
	if err != nil || len(past) == 0 {
		return c, false, errors.Join(err, noSuchCase())
	}
	return past[0].Case, true, nil
}

func readCases(ctx context.Context, from asker, name string, args ...any) (list []caseVersion, err error) {
	rows, err := from.QueryContext(ctx, query(name), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v caseVersion
		var number int64
		var undoes sql.NullInt64
		var body string
		if err := rows.Scan(&number, &undoes, &body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(body), &v.Case); err != nil {
			return nil, err
		}
		v.Version, v.undoes = number, undoes.Int64
		list = append(list, v)
	}
	return list, rows.Err()
}

func plainCases(found []caseVersion, err error) ([]behold.Case, error) {
	var list []behold.Case
	for _, v := range found {
		list = append(list, v.Case)
	}
	return list, err
}

// Cases are those that a query asks for: the open ones first, whose next step is
// due first; then the closed ones, the last closed first.
func (s *Store) Cases(ctx context.Context, q behold.CaseQuery) (list []behold.Case, err error) {
	defer func() { wrap(&err, "read the cases") }()
	if q.Customer != "" {
		return s.CasesOf(ctx, q.Customer)
	}
	search := ""
	if q.Search != "" {
		search = "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(q.Search)) + "%"
	}
	owner := behold.ColleagueKey(q.Owner)
	if q.Nobodys {
		owner = ""
	}
	return plainCases(readCases(ctx, s.db, "case.all", string(q.State), q.Open, q.Done, owner, q.Nobodys, dayText(q.Overdue), dayText(q.Since), search))
}

// CasesOf are the cases of a customer, the one that was moved last first.
func (s *Store) CasesOf(ctx context.Context, customer string) (list []behold.Case, err error) {
	defer func() { wrap(&err, "read the customer's cases") }()
	return plainCases(readCases(ctx, s.db, "case.customer", behold.CustomerKey(customer)))
}

// Case is one case as it is now, also when it was taken back.
func (s *Store) Case(ctx context.Context, id string) (behold.Case, error) {
	log, err := s.CaseLog(ctx, id)
	if err != nil {
		return behold.Case{}, err
	}
	return log[0], nil
}

// CaseLog is a case after each of its moves, the latest first.
func (s *Store) CaseLog(ctx context.Context, id string) (list []behold.Case, err error) {
	defer func() { wrap(&err, "read the case") }()
	if list, err = plainCases(readCases(ctx, s.db, "case.versions", id)); err == nil && len(list) == 0 {
		err = noSuchCase()
	}
	return list, err
}

// CasesToAskAgain are the kept customers who are to be asked by a day whether all
// is well, those who have waited longest first. MoveCase with CaseAsked takes one
// off; what they answer comes in by OpenCase.
func (s *Store) CasesToAskAgain(ctx context.Context, on behold.Day) (list []behold.Case, err error) {
	defer func() { wrap(&err, "read who is asked again") }()
	return plainCases(readCases(ctx, s.db, "case.ask", on.String()))
}

// CaseBook is how much was ever done to cases, which grows with every move.
func (s *Store) CaseBook(ctx context.Context) (moves int64, err error) {
	defer func() { wrap(&err, "read the cases") }()
	err = s.db.QueryRowContext(ctx, query("case.last")).Scan(&moves)
	return moves, err
}

// localDay is the day of a time where the company is.
func localDay(t time.Time) behold.Day { return behold.DayOf(t.Local()) }
