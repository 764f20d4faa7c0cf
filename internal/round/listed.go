package round

import (
	"cmp"
	"context"
	"slices"
	"time"

	"behold"
)

// Standings is how customers stand, as pages and letters ask for it; the
// warehouse satisfies it.
type Standings interface {
	Standings(context.Context, behold.StandingQuery) ([]behold.Standing, int, error)
}

// Lights is what is lit and what was decided and written about it, as pages and
// letters ask for it; the store satisfies it.
type Lights interface {
	LitLamps(context.Context, behold.LampQuery) ([]behold.LampCard, int, error)
	// Acts are what was decided about a customer's lamps, the latest first.
	Acts(ctx context.Context, customer string) ([]behold.Act, error)
}

// Book is what colleagues wrote down; the store satisfies it.
type Book interface {
	Entries(context.Context, behold.EntryQuery) ([]behold.Entry, error)
}

// Shelf is the work to keep customers; the store satisfies it.
type Shelf interface {
	// CasesOf are a customer's cases, the one that was moved last first.
	CasesOf(ctx context.Context, customer string) ([]behold.Case, error)
}

// MostListed is how many customers Today and the morning letter name at once: more
// is somebody else's day.
const MostListed = 30

// A Worth is a customer on a list, as pages and letters show them.
type Worth struct {
	behold.Standing
	Task  behold.Task
	Lit   []behold.LampCard // that burn still and are awake, what the task is about first
	Case  *behold.Case      // that is open, or was closed since the list was made; nil: none
	Since []behold.Entry    // written down since the list was made
	Done  *Done             // what was done about the task; nil: nothing yet
}

// CaseDue says that the task is the step of a case that is to be done.
func (w *Worth) CaseDue() bool {
	return w.Case != nil && w.Case.DueStep(w.Task.Day) >= 0
}

// Step is what is to be done: of a case whose plan was changed since, what comes
// next in it.
func (w *Worth) Step() behold.Step {
	if !w.CaseDue() {
		return w.Task.Step
	}
	if next := w.Case.Steps[w.Case.DueStep(w.Task.Day)].Step; next.Action != w.Task.Step.Action {
		return next
	}
	return w.Task.Step
}

// Done is what was done about a task since the list was made: one of three, or
// none where the lamp went out.
type Done struct {
	Entry *behold.Entry     // a contact, a promise, a loss
	Act   *behold.Act       // taken, put to sleep, called a false alarm
	Case  *behold.Case      // its plan was made, a step settled, or it was closed
	Step  *behold.CaseStep  // of Case: that was settled
	Lamps []behold.LampKind // that were given the state of Act
	At    time.Time
	Who   string
}

// A ListReader reads what a list says of its customers now.
type ListReader struct {
	Facts Standings
	State Lights
	Book  Book
	Cases Shelf
	Made  behold.Day // of the round that made the list
	Day   behold.Day // that the list is for
}

// Read is the tasks with their customers, in the order given.
func (l *ListReader) Read(ctx context.Context, tasks []behold.Task) (all []Worth, err error) {
	stand, err := l.standings(ctx, tasks)
	if err != nil {
		return nil, err
	}
	for _, t := range tasks {
		w := Worth{Task: t, Standing: stand[t.Customer]}
		w.Customer, w.ID, w.Name = t.Customer, t.ID, cmp.Or(w.Name, t.Name)
		lamps, _, err := l.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, ID: t.ID})
		if err != nil {
			return nil, err
		}
		w.Lit = slices.DeleteFunc(slices.Clone(lamps), func(c behold.LampCard) bool { return !awake(&c) })
		slices.SortStableFunc(w.Lit, func(a, b behold.LampCard) int { return compareBool(b.Kind == t.Lamp, a.Kind == t.Lamp) })
		if err := l.work(ctx, &w); err != nil {
			return nil, err
		}
		if err := l.done(ctx, &w); err != nil {
			return nil, err
		}
		w.Done.of(lamps)
		all = append(all, w)
	}
	return all, nil
}

// standings are how the customers of tasks stood, by their numbers, asked for at once.
func (l *ListReader) standings(ctx context.Context, tasks []behold.Task) (map[int32]behold.Standing, error) {
	stand := make(map[int32]behold.Standing, len(tasks))
	if len(tasks) == 0 {
		return stand, nil
	}
	of := make([]int32, len(tasks))
	for i := range tasks {
		of[i] = tasks[i].Customer
	}
	rows, _, err := l.Facts.Standings(ctx, behold.StandingQuery{Day: l.Made, Of: of, Slice: behold.Slice{Limit: len(of)}})
	if err != nil && behold.KindOf(err) != behold.NotFound {
		return nil, err
	}
	for _, row := range rows {
		stand[row.Customer] = row
	}
	return stand, nil
}

// done finds what was done about a task, the latest of it.
func (l *ListReader) done(ctx context.Context, w *Worth) error {
	entries, err := l.Book.Entries(ctx, behold.EntryQuery{Customer: w.ID, Since: behold.NoDay})
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		if !l.since(e.Written) {
			continue
		}
		w.Since = append(w.Since, *e)
		if dealsWith(e.Kind) && (w.Done == nil || e.Written.After(w.Done.At)) {
			w.Done = &Done{Entry: e, At: e.Written, Who: e.Who}
		}
	}
	acts, err := l.State.Acts(ctx, w.ID)
	if err != nil {
		return err
	}
	for i := range acts {
		a := &acts[i]
		if a.Kind != w.Task.Lamp || !l.since(a.At) {
			continue
		}
		if a.State != behold.Lit && (w.Done == nil || a.At.After(w.Done.At)) {
			w.Done = &Done{Act: a, At: a.At, Who: a.Who}
		}
		break // the latest one about the lamp holds
	}
	l.settled(w)
	if w.Done == nil && len(w.Lit) == 0 && l.due(w) < 0 {
		w.Done = &Done{}
	}
	return nil
}

// work finds the case of a task's customer.
func (l *ListReader) work(ctx context.Context, w *Worth) error {
	all, err := l.Cases.CasesOf(ctx, w.ID)
	for i := range all {
		c := &all[i]
		if c.Open() || w.Case == nil && l.since(c.Closing.At) {
			w.Case = c
		}
	}
	return err
}

// due is the place of the step of the customer's case that is to be done by the
// day of the list; −1 when there is none.
func (l *ListReader) due(w *Worth) int {
	if w.Case == nil {
		return -1
	}
	return w.Case.DueStep(max(l.Day, l.Made))
}

// settled lets the case say what was done: closed, a step settled, or a plan made.
// A step that was due when the list was made and is so still is the task, whatever
// else was done.
func (l *ListReader) settled(w *Worth) {
	c := w.Case
	if c == nil {
		return
	}
	var done *Done
	step := -1
	for i := range c.Steps {
		if c.Steps[i].State != behold.StepDue && l.on(c.Steps[i].On) {
			step = i
		}
	}
	switch last := c.Clocks[len(c.Clocks)-1]; {
	case !c.Open():
		done = &Done{Case: c, At: c.Closing.At, Who: c.Closing.Who}
	case step >= 0:
		done = &Done{Case: c, Step: &c.Steps[step], At: c.Move.At, Who: c.Move.Who}
	case last.State != behold.Acknowledged && l.since(last.From):
		done = &Done{Case: c, At: last.From, Who: c.Move.Who}
	case c.Move.Do == behold.CaseHanded && l.since(c.Move.At):
		done = &Done{Case: c, At: c.Move.At, Who: c.Move.Who}
	}
	switch {
	case done == nil && l.due(w) >= 0 && (w.Done == nil || w.Done.Entry == nil || w.Done.Entry.Kind != behold.EntryLoss):
		w.Done = nil
	case done != nil && (w.Done == nil || !w.Done.At.After(done.At)) && !sameTime(w.Done, done):
		w.Done = done
	}
}

// sameTime says that what was decided about the lamps is what moved the case, too.
func sameTime(was, done *Done) bool { return was != nil && was.Act != nil && was.At.Equal(done.At) }

// of notes which lamps were given the state of the act.
func (d *Done) of(lamps []behold.LampCard) {
	if d == nil || d.Act == nil {
		return
	}
	for i := range lamps {
		if s := lamps[i].State; s == d.Act.State || s.Worked() && d.Act.State.Worked() {
			d.Lamps = append(d.Lamps, lamps[i].Kind)
		}
	}
}

// dealsWith says whether an entry of a kind is attention, and not a note for the
// drawer.
func dealsWith(kind behold.EntryKind) bool {
	return kind == behold.EntryContact || kind == behold.EntryPromise || kind == behold.EntryLoss
}

// since says whether something was written or decided after the list was made.
func (l *ListReader) since(at time.Time) bool {
	return !at.IsZero() && l.on(behold.DayOf(at.Local()))
}

func (l *ListReader) on(day behold.Day) bool { return day > l.Made || day >= l.Day }
