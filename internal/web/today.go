package web

import (
	"context"
	"math"
	"net/http"

	"behold"
	walk "behold/internal/round"
)

// todayCards is how many customers one day's page holds: more is a list, not a day.
const todayCards = 7

// A todayView is what there is to say today.
type todayView struct {
	round   *behold.Round // nil: none yet
	data    bool          // anything was imported
	summary behold.LampSummary
	cards   []card
	missing []missing
	lost    int        // customers who are called lost: no lamp is lit for them
	missed  int        // of them, those lost in the twelve months up to the round
	asOf    behold.Day // the day the next round would judge
}

// A card is a customer who needs attention, with all lamps that are lit for
// them, the one that weighs most first.
type card struct {
	behold.Standing
	level level
	lamps []behold.LampCard
	strip string         // the purchases of a year, drawn
	since []behold.Entry // written down since the round, which does not know of it yet
}

// kinds are the lamps that a decision about the card is about.
func (c card) kinds() (list []behold.LampKind) {
	for _, l := range c.lamps {
		list = append(list, l.Kind)
	}
	return list
}

// sinceRound is what was written down about a customer since the round of a day.
func (s *server) sinceRound(ctx context.Context, id string, day behold.Day) (list []behold.Entry, err error) {
	all, err := s.Book.Entries(ctx, behold.EntryQuery{Customer: id, Since: behold.NoDay})
	for _, e := range all {
		if behold.DayOf(e.Written.Local()) > day {
			list = append(list, e)
		}
	}
	return list, err
}

func (s *server) todayPage(w http.ResponseWriter, r *request) error {
	return s.showToday(w, r, http.StatusOK, s.page(r, "/").titled(""))
}

func (s *server) showToday(w http.ResponseWriter, r *request, status int, p page) error {
	v, err := s.todayOf(r, p)
	if err != nil {
		return err
	}
	p.title = p.T("page.today.title")
	return s.show(w, r, status, todayContent(p, v))
}

func (s *server) todayOf(r *request, p page) (v todayView, err error) {
	ctx := r.Context()
	span, err := s.Arrivals.Extent(ctx, endOfTime)
	if err != nil {
		return v, err
	}
	v.data = span.Lines > 0
	if v.asOf, err = s.roundDay(ctx); err != nil {
		return v, err
	}
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.summary, err = s.State.LampSummaryOf(ctx, r.whose); err != nil {
		return v, err
	}
	if v.cards, err = s.cards(r, p, v.round.Day, bandsOf(v.summary)); err != nil {
		return v, err
	}
	tables, err := s.given(ctx)
	if err != nil {
		return v, err
	}
	v.missing = notMeasured(tables)
	if v.missed, err = s.missedInAYear(ctx, v.round.Day); err != nil {
		return v, err
	}
	_, v.lost, err = s.Facts.Standings(ctx, behold.StandingQuery{Day: v.round.Day, State: behold.Lost, Whose: r.whose, Slice: behold.Slice{Limit: 1}})
	return v, err
}

// cards gathers the customers of whom most can still be saved, as the morning
// letter names them.
func (s *server) cards(r *request, p page, day behold.Day, b bands) (cards []card, err error) {
	ctx := r.Context()
	found, err := walk.WorthSaving(ctx, s.Facts, s.State, walk.WorthQuery{Day: day, Most: todayCards, Whose: r.whose})
	for _, w := range found {
		c := card{Standing: w.Standing, level: b.level(w.MoneyAtRisk), lamps: w.Lit}
		if err := s.picture(ctx, p, day, &c); err != nil {
			return nil, err
		}
		if c.since, err = s.sinceRound(ctx, c.ID, day); err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	return cards, err
}

// picture draws the card's strip: a year, or what it takes to see the rhythm
// before the silence.
func (s *server) picture(ctx context.Context, p page, day behold.Day, c *card) error {
	orders, _, err := s.Facts.Orders(ctx, c.Customer, day, behold.Slice{Limit: 200})
	if err != nil {
		return err
	}
	drawn := p.rhythm(c.Standing, c.lamps, orders, day)
	drawn.ID, drawn.From = "s"+slug(c.ID), day-365
	if c.Last.Known() {
		drawn.From = min(drawn.From, c.Last-183)
	}
	drawn.Title = p.T("page.strip.title", "Name", nameOf(c.Name, c.ID))
	c.strip = twoSizes(drawn.Strip(700), drawn.phone().Strip(320))
	return nil
}

// standing is a customer's row of the day's standings, or nil when the day has none.
func (s *server) standing(ctx context.Context, id string, day behold.Day) (*behold.Standing, error) {
	rows, _, err := s.Facts.Standings(ctx, behold.StandingQuery{Day: day, ID: id, Slice: behold.Slice{Limit: 1}})
	if err != nil && behold.KindOf(err) != behold.NotFound {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, nil
	}
	return &rows[0], nil
}

// roundDay is the day a round asked for now would judge: today, or the last day
// of the records when they end before it, because silence since then is ours
// and not the customers'.
func (s *server) roundDay(ctx context.Context) (behold.Day, error) {
	by, err := s.Arrivals.Extent(ctx, s.today())
	if err != nil || by.Lines == 0 {
		return s.today(), err
	}
	_, written, err := s.Book.Book(ctx)
	return by.Reach(written, s.today()), err
}

// endOfTime asks for everything that is recorded, whenever it happened.
const endOfTime = behold.Day(math.MaxInt32)

// A missing lamp is one that cannot light, and the table that would switch it on;
// "" when none would.
type missing struct {
	kind  behold.LampKind
	table behold.Table
}
