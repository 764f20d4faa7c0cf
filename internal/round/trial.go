package round

import (
	"context"
	"slices"

	"behold"
	"behold/internal/task"
)

// A Trial is what a round needs of the hold-out: some customers are kept off the
// lists by lot, so that it can be shown whether attention keeps customers
// (METHODS 8.1). The zero Trial holds out nobody.
type Trial struct {
	Secret   []byte           // of the lot
	Past     bool             // a later round was kept: nobody sees these lists, so no lot is drawn and nothing is read
	Episodes []behold.Outcome // all that ever began, in the order of assignment
}

// read reads what came of the episodes that have ended, once.
func (s *Seen) read(ctx context.Context, records Records, trial *Trial) error {
	if trial.Past {
		return nil
	}
	var due []behold.Episode
	at := map[begun]*behold.Outcome{}
	for i := range trial.Episodes {
		o, day := &trial.Episodes[i], s.Round.Day
		if !o.Read.Known() && o.Ends <= day || !o.MarginRead.Known() && o.Begins+behold.MarginDays <= day {
			due, at[begunOf(&o.Episode)] = append(due, o.Episode), o
		}
	}
	found, err := records.Outcomes(ctx, s.Round.Day, s.currency(), due)
	for i := range found {
		if was := at[begunOf(&found[i].Episode)]; !was.Read.Known() {
			*was = found[i]
		}
	}
	s.Round.Ended = found
	return err
}

// begun is what an episode is known by.
type begun struct {
	customer string
	day      behold.Day
}

func begunOf(e *behold.Episode) begun { return begun{behold.CustomerKey(e.ID), e.Begins} }

// on says whether there is a trial: without a share there is none, and whoever was
// held out is shown again.
func (t *Trial) on(set *behold.HoldOut) bool { return len(t.Secret) > 0 && set.HoldoutShare > 0 }

// lot that a round draws from.
func (s *Seen) lot(t *Trial, day behold.Day) *task.Lot {
	set := &s.Round.Settings.HoldOut
	if !t.on(set) || t.Past {
		return nil
	}
	first := day
	if len(t.Episodes) > 0 {
		first = t.Episodes[0].Begins
	}
	return &task.Lot{
		Secret: t.Secret, Share: task.ShareOn(day, first, set.HoldoutShare, set.HoldoutLater), Window: s.Round.Horizon, Cuts: s.cuts(set.ExemptShare),
	}
}

// cuts part the customers who are still there.
func (s *Seen) cuts(exempt float64) task.Cuts {
	var residuals, leave []float64
	for i := range s.found.forecasts {
		if f := &s.found.forecasts[i]; f.State != behold.Lost && f.State != behold.Closed {
			residuals, leave = append(residuals, f.Residual.Major()), append(leave, f.ChanceLeave)
		}
	}
	return task.FindCuts(residuals, leave, exempt)
}

// beliefs are what the episodes that have ended teach.
func (t *Trial) beliefs(day behold.Day) task.Beliefs {
	var ended []task.Ended
	for i := range t.Episodes {
		if o := &t.Episodes[i]; o.Read.Known() && o.Ends <= day {
			ended = append(ended, task.Ended{Episode: o.Episode, Kept: o.Kept})
		}
	}
	return task.Learn(ended)
}

// heldOut are the customers, by key, whom nobody who works with customers may see
// a lamp of, but of those that cannot wait.
type heldOut map[string]bool

func (t *Trial) held(day behold.Day, set *behold.HoldOut) heldOut {
	h := heldOut{}
	if !t.on(set) {
		return h
	}
	for i := range t.Episodes {
		if e := &t.Episodes[i].Episode; e.Held && e.Runs(day) {
			h[behold.CustomerKey(e.ID)] = true
		}
	}
	return h
}

func (h heldOut) add(fresh []behold.Episode) {
	for i := range fresh {
		if fresh[i].Held {
			h[behold.CustomerKey(fresh[i].ID)] = true
		}
	}
}

// hides says whether a lamp of a customer must not be shown.
func (h heldOut) hides(id string, kind behold.LampKind) bool {
	return kind.Waits() && h[behold.CustomerKey(id)]
}

// shown are the lamps that a list goes by. Of a customer who is held out and has
// one that cannot wait, the others are not there: their reasons must not be read
// from the task.
func (h heldOut) shown(cards []behold.LampCard) []behold.LampCard {
	urgent := map[int32]bool{}
	for i := range cards {
		if c := &cards[i]; !c.Kind.Waits() && h[behold.CustomerKey(c.ID)] {
			urgent[c.Customer] = true
		}
	}
	if len(urgent) == 0 {
		return cards
	}
	return slices.DeleteFunc(slices.Clone(cards), func(c behold.LampCard) bool { return urgent[c.Customer] && c.Kind.Waits() })
}

// open are the episodes that go on, of those who could be listed, with the numbers
// that the customers have now. One who is held out and has a lamp that cannot wait
// is listed all the same.
func (t *Trial) open(d *task.Desk, set *behold.HoldOut) (list []behold.Episode) {
	if !t.on(set) {
		return nil
	}
	at := make(map[string]*task.Candidate, len(d.Candidates))
	for i := range d.Candidates {
		at[behold.CustomerKey(d.Candidates[i].ID)] = &d.Candidates[i]
	}
	for i := range t.Episodes {
		e := t.Episodes[i].Episode
		c, lit := at[behold.CustomerKey(e.ID)]
		if !lit || !e.Runs(d.Day) || e.Held && !c.Lamp.Waits() {
			continue
		}
		e.Customer = c.Customer
		list = append(list, e)
	}
	return list
}

// hide marks the lamps of those who are held out, before anybody sees them.
func (s *Seen) hide(ctx context.Context, records Records, held heldOut) error {
	ids := map[int32]string{}
	for i := range s.Cards {
		c := &s.Cards[i]
		ids[c.Customer], c.Held = c.ID, held.hides(c.ID, c.Kind)
	}
	var gone []int32
	for i := range s.Round.Out {
		gone = append(gone, s.Round.Out[i].Customer)
	}
	names, err := records.Names(ctx, s.Round.Day, gone)
	if err != nil {
		return err
	}
	for i, n := range gone {
		ids[n] = names[i].ID
	}
	for _, list := range [][]behold.Lamp{s.Round.Lit, s.Round.Still, s.Round.Out} {
		for i := range list {
			list[i].Held = held.hides(ids[list[i].Customer], list[i].Kind)
		}
	}
	return nil
}

// light gives a standing its lamps. What a page may say of one who is held out is
// what it says of one without those lamps; what is true of them is hidden.
func light(s *behold.Standing, cards []behold.LampCard) {
	var all []behold.LampKind
	for i := range cards {
		all = append(all, cards[i].Kind)
		if !cards[i].Held {
			s.Lamps = append(s.Lamps, cards[i].Kind)
		}
	}
	if len(s.Lamps) == len(all) {
		return
	}
	s.Hidden = &behold.Hidden{Lamps: all, Reason: s.MainReason, Grounds: s.Grounds}
	if s.State != behold.Lost && s.State != behold.Closed {
		s.MainReason, s.Grounds = "", behold.Grounds{Customer: s.Customer}
	}
}
