package web

import (
	"context"
	"math"
	"net/http"

	"behold"
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
	asOf    behold.Day // the day the next round would judge
}

// A card is a customer who needs attention, with all lamps that are lit for
// them, the one that weighs most first.
type card struct {
	behold.Standing
	level level
	lamps []behold.LampCard
	strip string // the purchases of a year, drawn
}

func (s *server) todayPage(w http.ResponseWriter, r *http.Request) error {
	p := s.page(r, "/").titled("")
	v, err := s.todayOf(r.Context(), p)
	if err != nil {
		return err
	}
	p.title = p.T("page.today.title")
	return s.show(w, r, http.StatusOK, todayContent(p, v))
}

func (s *server) todayOf(ctx context.Context, p page) (v todayView, err error) {
	span, err := s.Arrivals.Extent(ctx, endOfTime)
	if err != nil {
		return v, err
	}
	v.data = span.Lines > 0
	v.asOf = s.roundDay(span)
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.summary, err = s.State.LampSummary(ctx); err != nil {
		return v, err
	}
	bands, err := s.bands(ctx)
	if err != nil {
		return v, err
	}
	v.cards, err = s.cards(ctx, p, v.round.Day, bands)
	v.missing = notMeasured()
	return v, err
}

// cards gathers the customers with the most money at risk, one card each.
func (s *server) cards(ctx context.Context, p page, day behold.Day, b bands) ([]card, error) {
	// A customer has few lamps: four times as many lamps hold enough customers.
	lit, _, err := s.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, Slice: behold.Slice{Limit: 4 * todayCards}})
	if err != nil {
		return nil, err
	}
	var cards []card
	place := map[string]int{}
	for _, l := range lit {
		at, seen := place[l.ID]
		if !seen {
			if len(cards) == todayCards {
				continue
			}
			at = len(cards)
			place[l.ID] = at
			cards = append(cards, card{level: b.level(l.MoneyAtRisk)})
		}
		cards[at].lamps = append(cards[at].lamps, l)
	}
	for i := range cards {
		if err := s.fill(ctx, p, day, &cards[i]); err != nil {
			return nil, err
		}
	}
	return cards, nil
}

func (s *server) fill(ctx context.Context, p page, day behold.Day, c *card) error {
	lamp := c.lamps[0]
	standing, err := s.standing(ctx, lamp.ID, day)
	if err != nil {
		return err
	}
	if standing == nil { // the lamp is there, its round's standings are not: say what the lamp knows
		standing = &behold.Standing{ID: lamp.ID, Name: lamp.Name}
		standing.Customer, standing.MoneyAtRisk = lamp.Customer, lamp.MoneyAtRisk
		standing.ChanceLeave, standing.ChanceLeaveLow, standing.ChanceLeaveHigh = lamp.ChanceLeave, lamp.ChanceLeaveLow, lamp.ChanceLeaveHigh
		standing.Last = behold.NoDay
	}
	c.Standing = *standing
	orders, _, err := s.Facts.Orders(ctx, lamp.Customer, day, behold.Slice{Limit: 200})
	if err != nil {
		return err
	}
	picture := p.rhythm(*standing, c.lamps, orders, day)
	picture.ID, picture.From = "s"+slug(lamp.ID), day-365
	picture.Title = p.T("page.strip.title", "Name", nameOf(lamp.Name, lamp.ID))
	c.strip = twoSizes(picture.Strip(700), picture.phone().Strip(320))
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
func (s *server) roundDay(span behold.Extent) behold.Day {
	if span.Lines == 0 {
		return s.today()
	}
	return min(s.today(), span.Last)
}

// endOfTime asks for everything that is recorded, whenever it happened.
const endOfTime = behold.Day(math.MaxInt32)

// A missing lamp is one that cannot be judged, and the table that would switch it on.
type missing struct {
	kind  behold.LampKind
	table behold.Table
}

// notMeasured lists the lamps that need a table which cannot be read in yet.
func notMeasured() []missing {
	return []missing{
		{behold.LampAttention, "contacts"}, {behold.LampSlow, "tickets"}, {behold.LampComplaint, "tickets"},
		{behold.LampPromise, "promises"}, {behold.LampSatisfied, "answers"}, {behold.LampPayment, "invoices"},
		{behold.LampContract, "contracts"}, {behold.LampQuote, "quotes"}, {behold.LampPersonLeft, "people"},
	}
}
