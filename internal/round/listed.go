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

// MostListed is how many customers Today and the morning letter name at once: more
// is somebody else's day.
const MostListed = 30

// A Worth is a customer on a list, as pages and letters show them.
type Worth struct {
	behold.Standing
	Task  behold.Task
	Lit   []behold.LampCard // that burn still and are awake, what the task is about first
	Since []behold.Entry    // written down since the list was made
	Done  *Done             // what was done about the task; nil: nothing yet
}

// Done is what was done about a task since the list was made: one of both, or
// neither where the lamp went out.
type Done struct {
	Entry *behold.Entry     // a contact, a promise, a loss
	Act   *behold.Act       // taken, put to sleep, called a false alarm
	Lamps []behold.LampKind // that were given the state of Act
	At    time.Time
	Who   string
}

// A ListReader reads what a list says of its customers now.
type ListReader struct {
	Facts Standings
	State Lights
	Book  Book
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
	if w.Done == nil && len(w.Lit) == 0 {
		w.Done = &Done{}
	}
	return nil
}

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
	on := behold.DayOf(at.Local())
	return on > l.Made || on >= l.Day
}
