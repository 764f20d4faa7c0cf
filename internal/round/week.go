package round

import (
	"context"
	"slices"

	"behold"
	"behold/internal/economy"
	"behold/internal/forecast"
	"behold/internal/lamp"
	"behold/internal/team"
)

// A Week is how the seven days up to a round went, for those who lead.
type Week struct {
	Day      behold.Day          // of the round
	Now      behold.LampSummary  // lit after it
	Before   behold.LampSummary  // lit a week before; its Day is NoDay when there was no round by then
	Lit      int                 // of those lit now, lit within the week
	Out      int                 // went out within it
	Lost     int                 // customers who are called lost
	LostThen int                 // the same a week before; below 0 when that is not known
	Left     int                 // losses that colleagues wrote down since the month of Day began
	Lying    []behold.Task       // on the lists now, and for so long with nothing done that the manager sees them
	Due      int                 // promises written down here that were due within the last thirty days
	Kept     int                 // of them, kept by their day
	Promised *team.PromiseReport // the same with those of files, and by team; nil: not asked
	Saved    []string            // customers kept this month, each with who kept them
	Effect   []string            // whether attention kept customers, and what each cost, in sentences
	Newest   behold.Day          // order in the records, NoDay without any
	Gaps     []lamp.FeedGap      // days in the last quarter of which orders seem to be missing
	Year     *economy.YearSum    // of losses, against what is normal; nil when that cannot be said
	Likely   bool                // Year counts chances, as hardly any loss is certain
	Unjudged int                 // kinds of lamps that cannot light
	Lacks    []behold.Table      // the tables that would change that
	Heard    *VoiceReport        // what customers say, as the round kept it; nil: nobody answered
	Deeds    []behold.Deed       // written down within the week
}

// HeardDeeds are those of deeds that were written down within the week up to a day.
func HeardDeeds(all []behold.Deed, day behold.Day) []behold.Deed {
	return slices.DeleteFunc(slices.Clone(all), func(d behold.Deed) bool { return d.On <= day-7 || d.On > day })
}

// WeekFacts is what a week is read from; the warehouse satisfies it.
type WeekFacts interface {
	Standings
	Extent(context.Context, behold.Day) (behold.Extent, error)
	DayCounts(context.Context, behold.Day) ([]behold.DayCount, error)
	Imports(context.Context) ([]behold.Receipt, error)
}

// WeekState is the state a week is read from; the store satisfies it.
type WeekState interface {
	Settings(context.Context) (behold.Settings, error)
	// LampSummaryBy counts what was lit after the last round of a day or before.
	LampSummaryBy(context.Context, behold.Day) (behold.LampSummary, error)
	// LitSince counts the lamps of the last round that were lit after a day.
	LitSince(context.Context, behold.Day) (int, error)
	OutLamps(ctx context.Context, on behold.Day, days int) ([]behold.LampCard, error)
	Entries(context.Context, behold.EntryQuery) ([]behold.Entry, error)
	TaskList(context.Context, behold.Day) (behold.TaskList, behold.Day, error)
}

// LookBack gathers the week up to the round of a day.
func LookBack(ctx context.Context, day behold.Day, facts WeekFacts, state WeekState) (*Week, error) {
	w := &Week{Day: day}
	for _, read := range []func(context.Context, WeekFacts, WeekState) error{w.lamps, w.lying, w.losses, w.promises, w.feed, w.unjudged} {
		if err := read(ctx, facts, state); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *Week) lamps(ctx context.Context, _ WeekFacts, state WeekState) (err error) {
	if w.Now, err = state.LampSummaryBy(ctx, w.Day); err != nil {
		return err
	}
	if w.Before, err = state.LampSummaryBy(ctx, w.Day-7); err != nil {
		return err
	}
	if w.Lit, err = state.LitSince(ctx, w.Day-7); err != nil {
		return err
	}
	out, err := state.OutLamps(ctx, w.Day+1, 7)
	w.Out = len(out)
	return err
}

func (w *Week) lying(ctx context.Context, _ WeekFacts, state WeekState) error {
	list, _, err := state.TaskList(ctx, w.Day)
	w.Lying = list.Only(func(t *behold.Task) bool { return t.Escalated }).Tasks
	return err
}

// losses counts who is called lost, now and a week before, and the losses that
// colleagues wrote down this month.
func (w *Week) losses(ctx context.Context, facts WeekFacts, state WeekState) (err error) {
	if w.Lost, err = countStandings(ctx, facts, w.Day, behold.Lost); err != nil {
		return err
	}
	w.LostThen = -1
	if w.Before.Day.Known() {
		all, err := countStandings(ctx, facts, w.Before.Day, "")
		if err != nil {
			return err
		}
		if all > 0 { // the standings of that day are still kept
			if w.LostThen, err = countStandings(ctx, facts, w.Before.Day, behold.Lost); err != nil {
				return err
			}
		}
	}
	written, err := state.Entries(ctx, behold.EntryQuery{Kind: behold.EntryLoss, Since: behold.NoDay})
	for i := range written {
		if left := written[i].Left; left >= monthOf(w.Day) && left <= w.Day {
			w.Left++
		}
	}
	return err
}

func countStandings(ctx context.Context, facts WeekFacts, on behold.Day, state behold.CustomerState) (int, error) {
	_, n, err := facts.Standings(ctx, behold.StandingQuery{Day: on, State: state, Slice: behold.Slice{Limit: 1}})
	return n, err
}

func monthOf(d behold.Day) behold.Day { return d - behold.Day(d.Time().Day()-1) }

func (w *Week) promises(ctx context.Context, _ WeekFacts, state WeekState) error {
	made, err := state.Entries(ctx, behold.EntryQuery{Kind: behold.EntryPromise, Since: w.Day - 30})
	for i := range made {
		p := &made[i]
		if p.Due > w.Day-30 && p.Due <= w.Day {
			w.Due++
			if p.Done.Known() && p.Done <= p.Due {
				w.Kept++
			}
		}
	}
	return err
}

func (w *Week) feed(ctx context.Context, facts WeekFacts, state WeekState) error {
	extent, err := facts.Extent(ctx, w.Day)
	if err != nil {
		return err
	}
	w.Newest = behold.NoDay
	if extent.Lines == 0 {
		return nil
	}
	w.Newest = extent.Last
	settings, err := state.Settings(ctx)
	if err != nil {
		return err
	}
	days, err := facts.DayCounts(ctx, w.Day)
	if err != nil {
		return err
	}
	clock := forecast.FitClock(days, w.Day, settings.Country)
	w.Gaps = lamp.FeedGaps(days, &clock, extent.First, w.Day)
	return nil
}

func (w *Week) unjudged(ctx context.Context, facts WeekFacts, _ WeekState) error {
	receipts, err := facts.Imports(ctx)
	if err != nil {
		return err
	}
	var given []behold.Table
	for i := range receipts {
		if r := &receipts[i]; r.UndoneAt.IsZero() && r.Kept+r.Known+r.Changed > 0 {
			given = append(given, r.Table)
		}
	}
	for _, rule := range lamp.Rules() {
		if lacks := rule.Lacks(given); len(lacks) > 0 {
			w.Unjudged++
			if !slices.Contains(w.Lacks, lacks[0]) {
				w.Lacks = append(w.Lacks, lacks[0])
			}
		}
	}
	return nil
}
