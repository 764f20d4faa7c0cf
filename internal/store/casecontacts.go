package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"behold"
)

// stepOfContact settles the step of the customer's case that a contact is: one
// from us, by the channel of the step that is due.
func stepOfContact(ctx context.Context, tx *sql.Tx, e *behold.Entry, off []behold.Day) error {
	if e.Kind != behold.EntryContact || e.Direction != "out" || e.Undone {
		return nil
	}
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(e.Customer))
	for i := range known {
		c := &known[i].Case
		at := c.DueStep(behold.Workday(localDay(e.At), 0, nil)) // on a Sunday, what is for Monday
		if at < 0 || c.Steps[at].Channel != e.Channel {
			continue
		}
		move := behold.CaseMove{
			Key: fmt.Sprintf("entry-%s-%d", e.ID, e.Version), Do: behold.CaseStepDone, Who: e.Changed.Who, At: e.Changed.At, Step: at, Why: e.Text, Entry: e.ID,
			AskAgain: behold.NoDay, Closing: behold.CaseClosing{Left: behold.NoDay}, Closed: off,
		}
		_, err := moveOn(ctx, tx, *c, move)
		return err
	}
	return err
}

// moveOfEntry takes back the move of a case that wrote an entry, or that the entry
// was, when the entry is taken back; of one that is brought again it is made again.
func moveOfEntry(ctx context.Context, tx *sql.Tx, e *behold.Entry, off []behold.Day) error {
	if !e.Undone {
		return stepOfContact(ctx, tx, e, off)
	}
	known, err := readCases(ctx, tx, "case.customer", behold.CustomerKey(e.Customer))
	for i := range known {
		c := &known[i]
		if !slices.Contains(c.Entries(), e.ID) {
			continue
		}
		past, err := readCases(ctx, tx, "case.versions", c.ID)
		if err != nil {
			return err
		}
		if before := caseBefore(past); before.Undone || slices.Contains(before.Entries(), e.ID) {
			return &behold.Error{Kind: behold.Conflict, Say: "this was a step of the case, which has gone on since", Hint: "take the later steps back first, on the case", Code: "entry_case"}
		}
		_, err = undoCase(ctx, tx, c.ID, c.Version, e.Changed)
		return err
	}
	return err
}
