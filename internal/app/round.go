package app

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"behold"
	"behold/internal/round"
	"behold/internal/web"
)

// Round walks past every customer as of a day; an unknown day is today, or the
// last day in the data when that is earlier: silence since then is ours, not
// the customers'.
func (a *App) Round(ctx context.Context, day behold.Day, progress func(done, total int64)) (*behold.Round, error) {
	a.work.Lock()
	defer a.work.Unlock()
	day, err := a.dayOr(ctx, day)
	if err != nil {
		return nil, err
	}
	if err := a.takeOverBook(ctx); err != nil {
		return nil, err
	}
	today, err := a.listDay(ctx, day, time.Now())
	if err != nil {
		return nil, err
	}
	opt := a.roundOptions(progress)
	if opt.Lists, err = a.lists(ctx, day, today); err != nil {
		return nil, err
	}
	if opt.Asked, err = a.asked(ctx, day); err != nil {
		return nil, err
	}
	if opt.Texts, err = a.texts(ctx, day, today); err != nil {
		return nil, err
	}
	walked, err := round.Run(ctx, day, a.Facts, a.State, opt)
	if err == nil {
		err = round.Reward(ctx, day, a.Facts, a.State, time.Now().UTC())
	}
	if err == nil {
		a.live.Publish(web.News{Kind: web.RoundWalked})
	}
	return walked, err
}

// Backtest holds what earlier days would have foreseen against what came. Without
// origins it takes the last months whose outcomes are known; a horizon of 0 is
// that of the settings.
func (a *App) Backtest(ctx context.Context, origins []behold.Day, horizon int, progress func(done, total int64)) (*round.Backtest, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	if horizon > 0 {
		settings.HorizonDays = horizon
	}
	last, err := a.dayOr(ctx, behold.NoDay)
	if err != nil {
		return nil, err
	}
	return round.RunBacktest(ctx, a.Facts, last, origins, settings, a.roundOptions(progress))
}

func (a *App) roundOptions(progress func(done, total int64)) round.Options {
	return round.Options{Version: a.config.Version, Now: func() time.Time { return time.Now().UTC() }, Progress: progress}
}

// listDay is the day that the lists of a round are for: today by the clock when the
// round judges by all that is known, however old that is, and the round's own day
// when it looks back.
func (a *App) listDay(ctx context.Context, day behold.Day, now time.Time) (behold.Day, error) {
	last, err := a.today(ctx, now)
	if err != nil || day != last {
		return behold.NoDay, err
	}
	return behold.DayOf(now), nil
}

func (a *App) dayOr(ctx context.Context, day behold.Day) (behold.Day, error) {
	now := time.Now()
	if day.Known() {
		return day, a.hasCome(ctx, day, now)
	}
	day, err := a.today(ctx, now)
	if err == nil && !day.Known() {
		err = a.nothingBy(ctx, now)
	}
	return day, err
}

// endOfTime asks for everything that is recorded, whenever it happened.
const endOfTime = behold.Day(math.MaxInt32)

// hasCome refuses a day of which nobody can know anything yet: everybody would
// look silent on it. The last day in the data has come, whatever the clock says.
func (a *App) hasCome(ctx context.Context, day behold.Day, now time.Time) error {
	if today := behold.DayOf(now); day <= today {
		return nil
	}
	all, err := a.Facts.Extent(ctx, endOfTime)
	if err != nil || all.Lines > 0 && day <= all.Last {
		return err
	}
	return &behold.Error{Kind: behold.Invalid, Code: "not_come", Say: day.String() + " has not come yet", Hint: "judge today or an earlier day"}
}

// nothingBy says why there is no day to judge: no orders, or a clock that is
// behind all of them.
func (a *App) nothingBy(ctx context.Context, now time.Time) error {
	all, err := a.Facts.Extent(ctx, endOfTime)
	if err != nil {
		return err
	}
	if all.Lines == 0 {
		return &behold.Error{Kind: behold.NotFound, Code: "no_orders", Say: "there are no orders yet", Hint: "import an invoice file first: behold import FILE"}
	}
	return &behold.Error{
		Kind: behold.Invalid, Code: "all_later", Say: "every order is dated after today, " + behold.DayOf(now).String(),
		Hint: "is the clock of this machine right? the first order is of " + all.First.String() + "; another day: behold round --day DAY",
	}
}

// today is the day to judge as of, NoDay when there are no orders.
func (a *App) today(ctx context.Context, now time.Time) (behold.Day, error) {
	today := behold.DayOf(now)
	extent, err := a.Facts.Extent(ctx, today)
	if err != nil || extent.Lines == 0 {
		return behold.NoDay, err
	}
	written, err := a.written(ctx)
	return extent.Reach(written, today), err
}

// kept finds the round that a list is to be taken from: that of the day, or
// the last one. It says no when the day has none and must be walked.
func (a *App) kept(ctx context.Context, day behold.Day) (behold.Round, bool, error) {
	last, ok, err := a.State.LastRound(ctx, day)
	if err != nil {
		return last, false, err
	}
	if !day.Known() && !ok {
		return last, false, &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been walked yet", Hint: "import an invoice file, then: behold round"}
	}
	return last, ok && (!day.Known() || last.Day == day), nil
}

// Standings hands over how customers stand, from the round of the day or, when
// that day or horizon has none or they are kept no longer, from a walk that
// keeps nothing.
func (a *App) Standings(ctx context.Context, q behold.StandingQuery, each func(*behold.Standing) error) error {
	last, ok, err := a.kept(ctx, q.Day)
	if err != nil {
		return err
	}
	if !q.Day.Known() {
		q.Day = last.Day
	}
	var rows []behold.Standing
	if ok && (q.Horizon == 0 || q.Horizon == last.Horizon) {
		q.Horizon = last.Horizon
		rows, _, err = a.Facts.Standings(ctx, q)
		everybody := q.ID == "" && q.Colleague == "" && q.State == "" && q.Search == "" && q.Offset == 0
		ok = err != nil || len(rows) > 0 || !everybody
	} else {
		ok = false
	}
	if !ok {
		rows, err = a.walkStandings(ctx, q)
	}
	if err != nil {
		return err
	}
	for i := range rows {
		if err := each(&rows[i]); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) walkStandings(ctx context.Context, q behold.StandingQuery) ([]behold.Standing, error) {
	if err := a.hasCome(ctx, q.Day, time.Now()); err != nil {
		return nil, err
	}
	opt := a.roundOptions(nil)
	var err error
	if opt.Texts, err = a.texts(ctx, q.Day, behold.NoDay); err != nil {
		return nil, err
	}
	seen, err := round.Look(ctx, q.Day, q.Horizon, a.Facts, a.State, opt)
	if err != nil {
		return nil, err
	}
	var rows []behold.Standing
	var numbers []int32
	err = seen.Standings()(func(s *behold.Standing) error {
		rows, numbers = append(rows, *s), append(numbers, s.Customer)
		return nil
	})
	if err != nil {
		return nil, err
	}
	people, err := a.Facts.Names(ctx, q.Day, numbers)
	if err != nil {
		return nil, err
	}
	for i := range rows {
		rows[i].ID, rows[i].Name, rows[i].Colleague = people[i].ID, people[i].Name, people[i].Colleague
	}
	rows = slices.DeleteFunc(rows, func(s behold.Standing) bool { return !q.Whose.Asks(s.Colleague) })
	slices.SortStableFunc(rows, standingOrder(q.Sort))
	if q.Limit > 0 && len(rows) > q.Limit {
		rows = rows[:q.Limit]
	}
	return rows, nil
}

// standingOrder sorts as the warehouse does.
func standingOrder(by string) func(a, b behold.Standing) int {
	most := func(f func(*behold.Standing) float64) func(a, b behold.Standing) int {
		return func(a, b behold.Standing) int { return cmp.Or(cmp.Compare(f(&b), f(&a)), strings.Compare(a.ID, b.ID)) }
	}
	switch by {
	case "name":
		return func(a, b behold.Standing) int {
			return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.ID, b.ID))
		}
	case "value":
		return most(func(s *behold.Standing) float64 { return float64(s.Value.Minor) })
	case "silence":
		return most(func(s *behold.Standing) float64 { return float64(s.SilentDays) })
	case "chance":
		return most(func(s *behold.Standing) float64 { return s.ChanceLeave })
	case "last":
		return most(func(s *behold.Standing) float64 { return float64(s.Last) })
	case "orders":
		return most(func(s *behold.Standing) float64 { return float64(s.Orders) })
	}
	return most(func(s *behold.Standing) float64 { return float64(s.MoneyAtRisk.Minor) })
}

// Lamps hands over the lit lamps, from the round of the day or, when that day
// has none, from a walk that keeps nothing.
func (a *App) Lamps(ctx context.Context, q behold.LampQuery, each func(*behold.LampCard) error) error {
	_, ok, err := a.kept(ctx, q.Day)
	if err != nil {
		return err
	}
	var cards []behold.LampCard
	if ok {
		cards, _, err = a.State.LitLamps(ctx, q)
	} else {
		cards, err = a.walkLamps(ctx, q)
	}
	if err != nil {
		return err
	}
	for i := range cards {
		if err := each(&cards[i]); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) walkLamps(ctx context.Context, q behold.LampQuery) ([]behold.LampCard, error) {
	if err := a.hasCome(ctx, q.Day, time.Now()); err != nil {
		return nil, err
	}
	opt := a.roundOptions(nil)
	var err error
	if opt.Texts, err = a.texts(ctx, q.Day, behold.NoDay); err != nil {
		return nil, err
	}
	seen, err := round.Look(ctx, q.Day, 0, a.Facts, a.State, opt)
	if err != nil {
		return nil, err
	}
	cards := slices.DeleteFunc(seen.Cards, func(c behold.LampCard) bool { return !q.Wants(&c) })
	slices.SortStableFunc(cards, func(a, b behold.LampCard) int {
		return cmp.Or(cmp.Compare(b.MoneyAtRisk.Minor, a.MoneyAtRisk.Minor), strings.Compare(a.ID, b.ID))
	})
	if q.Limit > 0 && len(cards) > q.Limit {
		cards = cards[:q.Limit]
	}
	return cards, nil
}

// Story tells everything about one customer as of a day, also of one who is held
// out: it is for the command line. An unknown day is that of the last round.
func (a *App) Story(ctx context.Context, id string, day behold.Day, orders int) (*behold.Story, error) {
	last, _, err := a.kept(ctx, day)
	if err != nil {
		return nil, err
	}
	if !day.Known() {
		day = last.Day
	}
	customer, err := a.Facts.Customer(ctx, id, day)
	if err != nil {
		return nil, err
	}
	s := &behold.Story{Day: day, Horizon: last.Horizon, Customer: *customer}
	err = a.Standings(ctx, behold.StandingQuery{Day: day, ID: customer.ID, Held: true}, func(row *behold.Standing) error {
		if row.Customer == customer.Number {
			s.Standing = *row
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = a.Lamps(ctx, behold.LampQuery{Day: day, ID: customer.ID, Held: true}, func(c *behold.LampCard) error {
		s.Lamps = append(s.Lamps, *c)
		return nil
	})
	if err != nil {
		return nil, err
	}
	low, high, ok, err := a.CostRange(ctx, &s.Standing, day)
	if err != nil {
		return nil, err
	}
	if ok {
		s.CostLow, s.CostHigh = low, high
	}
	if s.Kinds, err = a.Facts.KindsOf(ctx, customer.Number, day); err != nil {
		return nil, err
	}
	if s.Orders, s.OrderTotal, err = a.Facts.Orders(ctx, customer.Number, day, behold.Slice{Limit: orders}); err != nil {
		return nil, err
	}
	if s.Events, s.EventTotal, err = a.Facts.Events(ctx, customer.ID, day, behold.Slice{Limit: orders}); err != nil {
		return nil, err
	}
	return s, a.decided(ctx, s)
}

// decided adds what colleagues said and decided.
func (a *App) decided(ctx context.Context, s *behold.Story) (err error) {
	if s.Cases, err = a.State.CasesOf(ctx, s.Customer.ID); err != nil {
		return err
	}
	if s.Acts, err = a.State.Acts(ctx, s.Customer.ID); err != nil {
		return err
	}
	s.Mood, err = a.State.MoodOf(ctx, s.Customer.ID)
	return err
}
