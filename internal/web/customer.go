package web

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"behold"
	"behold/internal/chart"
)

// A customerView is one customer, as of the last round's day.
type customerView struct {
	customer *behold.Customer
	standing *behold.Standing // nil: no round has passed them yet
	lamps    []behold.LampCard
	bands    bands
	kinds    []behold.KindSummary
	happened timelineView
	acts     []behold.Act
	mood     behold.Mood
	portrait behold.Portrait
	board    caseBoard             // the work to keep them
	entries  []behold.Entry        // what colleagues wrote down, as it is now, in the order of writing
	round    *behold.Round         // nil: none yet
	pictured []behold.OrderSummary // what the picture shows
	costs    customerCosts
	day      behold.Day
	horizon  int
	rhythm   string
	whynot   string // what became of them this morning; "": no list was made
}

// drawn is how many orders the picture shows at most; a customer with more is
// drawn from the latest of them.
const drawn = 400

// timeline is how many lines the page shows at once.
const timeline = 20

func (s *server) customerPage(w http.ResponseWriter, r *request) error {
	return s.showCustomer(w, r, http.StatusOK, s.page(r, "/customers"))
}

func (s *server) showCustomer(w http.ResponseWriter, r *request, status int, p page) error {
	var err error
	if p.names, err = s.colleagueNames(r.Context()); err != nil {
		return err
	}
	v, err := s.customerOf(r, p)
	if err != nil {
		return err
	}
	p.title = nameOf(v.customer.Name, v.customer.ID)
	p.self = withoutRow(p.self)
	if status != http.StatusOK { // a form was refused: its own address shows nothing
		p.self.Path, p.self.RawPath = "/customers/"+v.customer.ID, ""
	}
	return s.show(w, r, status, customerContent(p, v))
}

func (s *server) customerOf(r *request, p page) (v customerView, err error) {
	ctx, id := r.Context(), r.PathValue("id")
	round, err := s.lastRound(ctx)
	if err != nil {
		return v, err
	}
	v.round = round
	if v.day = s.today(); round != nil {
		v.day, v.horizon = round.Day, round.Horizon
	} else if v.day, err = s.roundDay(ctx); err != nil {
		return v, err
	}
	if v.customer, err = s.Facts.Customer(ctx, id, v.day); err != nil {
		return v, err
	}
	if v.standing, err = s.standing(ctx, v.customer.ID, v.day); err != nil {
		return v, err
	}
	if round != nil {
		if v.lamps, _, err = s.State.LitLamps(ctx, behold.LampQuery{Day: behold.NoDay, ID: v.customer.ID}); err != nil {
			return v, err
		}
		if v.bands, err = s.bands(ctx); err != nil {
			return v, err
		}
	}
	if err := s.said(ctx, &v); err != nil {
		return v, err
	}
	if v.costs, err = s.costsOf(ctx, p, v.standing, round); err != nil {
		return v, err
	}
	if v.board, err = s.board(r, &v); err != nil {
		return v, err
	}
	if v.whynot, err = s.whyLine(ctx, p, round, v.customer.Number); err != nil {
		return v, err
	}
	if err := s.purchases(r, p, &v); err != nil {
		return v, err
	}
	if v.worked() {
		v.board.draft, err = s.draft(ctx, r, p, &v)
	}
	return v, err
}

// withoutRow is an address that no longer asks for one row: other pages of the
// timeline are counted from their own place.
func withoutRow(u url.URL) url.URL {
	q := u.Query()
	q.Del("row")
	u.RawQuery = q.Encode()
	return u
}

// said fills in what colleagues decided and said.
func (s *server) said(ctx context.Context, v *customerView) (err error) {
	if v.acts, err = s.State.Acts(ctx, v.customer.ID); err != nil {
		return err
	}
	if v.entries, err = s.Book.Entries(ctx, behold.EntryQuery{Customer: v.customer.ID, Since: behold.NoDay}); err != nil {
		return err
	}
	v.mood, err = s.State.MoodOf(ctx, v.customer.ID)
	return err
}

// purchases fills in what the customer bought: the timeline, the categories
// and the picture.
func (s *server) purchases(r *request, p page, v *customerView) (err error) {
	ctx, number := r.Context(), v.customer.Number
	if v.happened, err = s.happened(ctx, r, v); err != nil {
		return err
	}
	v.pictured = v.happened.orders[:min(len(v.happened.orders), drawn)]
	if v.kinds, err = s.Facts.KindsOf(ctx, number, v.day); err != nil {
		return err
	}
	if v.portrait, err = s.Facts.Portrait(ctx, number, v.day); err != nil {
		return err
	}
	v.draw(p)
	return nil
}

// draw makes the rhythm picture, over as much of the past as shows the rhythm:
// a year, or eight usual gaps, up to four years.
func (v *customerView) draw(p page) {
	st := behold.Standing{}
	st.Last, st.LampOn = behold.NoDay, behold.NoDay
	if v.standing != nil {
		st = *v.standing
	}
	pic := p.rhythm(st, v.lamps, v.pictured, v.day)
	back := min(max(365, behold.Day(8*st.UsualGap)), 4*365)
	pic.ID, pic.From = "rhythm", v.day-back
	if st.Last.Known() { // who has been silent for longer still shows a rhythm
		pic.From = min(pic.From, st.Last-183)
	}
	if n := len(v.pictured); n > 0 {
		pic.From = max(pic.From, behold.DayOf(v.pictured[n-1].At)-7)
	}
	pic.Title = p.T("page.strip.title", "Name", nameOf(v.customer.Name, v.customer.ID))
	for _, say := range p.rhythmWords(st) {
		pic.Desc += say + " "
	}
	v.rhythm = twoSizes(pic.SVG(720), pic.phone().SVG(336))
}

// quarterBars draws what was bought of a category, a bar a quarter, on the scale
// of the customer's largest category.
func (v customerView) quarterBars(p page, i int) string {
	most := 0.0
	for _, k := range v.kinds {
		for _, q := range k.Quarters {
			most = max(most, float64(q))
		}
	}
	k := v.kinds[i]
	values := make([]float64, len(k.Quarters))
	for j, q := range k.Quarters {
		values[j] = float64(q)
	}
	return chart.Bars{ID: "k" + strconv.Itoa(i), Title: p.T("page.kinds.picture", "Category", p.categoryName(k.Category)), Values: values, Most: most}.SVG(96, 22)
}

// gone says whether a category was bought once but not in the last two quarters.
func gone(k behold.KindSummary) bool {
	n := len(k.Quarters)
	return k.Days > 1 && n >= 2 && k.Quarters[n-1] <= 0 && k.Quarters[n-2] <= 0
}

func (p page) categoryName(c string) string {
	if c == "" {
		return p.T("page.kinds.other")
	}
	return c
}

// costsToLose is the range of the money at risk that the range of the chance gives.
func costsToLose(f behold.Forecast) (low, high behold.Money) {
	at := func(chance float64) behold.Money {
		return behold.MoneyOf(chance*f.Residual.Major(), f.Residual.Currency)
	}
	return at(f.ChanceLeaveLow), at(f.ChanceLeaveHigh)
}
