package web

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/lamp"
)

// A kindView is what there is to know of one kind of lamp.
type kindView struct {
	rule   lamp.Rule
	given  []behold.Table
	share  float64 // of the dial
	record *behold.LampRecord
	lit    []behold.LampCard // the first of them
	total  int
	bands  bands
}

// kindCards is how many lit lamps the page of a kind shows; the list has the rest.
const kindCards = 10

func (s *server) lampKindPage(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	v := kindView{rule: lamp.RuleOf(behold.LampKind(r.PathValue("kind")))}
	if v.rule.Kind == "" {
		return &behold.Error{Kind: behold.NotFound, Code: "no_kind", Say: "there is no lamp " + r.PathValue("kind"), Hint: "the page of all lamps names them"}
	}
	var err error
	if v.given, err = s.given(ctx); err != nil {
		return err
	}
	v.share = lamp.ShareOf(v.rule.Kind, v.given)
	round, err := s.lastRound(ctx)
	if err != nil {
		return err
	}
	v.record = recordOf(round, v.rule.Kind)
	if round != nil {
		q := behold.LampQuery{Day: behold.NoDay, Kind: v.rule.Kind, Awake: true, Whose: r.whose, Slice: behold.Slice{Limit: kindCards}}
		if v.lit, v.total, err = s.State.LitLamps(ctx, q); err != nil {
			return err
		}
		if v.bands, err = s.bands(ctx); err != nil {
			return err
		}
	}
	p := s.page(r, "/lamps")
	return s.show(w, r, http.StatusOK, lampKindContent(p.titled(p.LampName(v.rule.Kind)), v))
}

// A kindsView is the table of all kinds of lamps.
type kindsView struct {
	rules   []lamp.Rule
	given   []behold.Table
	round   *behold.Round
	summary behold.LampSummary
}

func (s *server) lampKindsPage(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	v := kindsView{rules: lamp.Rules()}
	var err error
	if v.given, err = s.given(ctx); err != nil {
		return err
	}
	if v.round, err = s.lastRound(ctx); err != nil {
		return err
	}
	if v.summary, err = s.State.LampSummaryOf(ctx, r.whose); err != nil {
		return err
	}
	p := s.page(r, "/lamps")
	return s.show(w, r, http.StatusOK, lampKindsContent(p.titled(p.T("page.kind.title")), v))
}

// given are the tables of which anything was imported.
func (s *server) given(ctx context.Context) ([]behold.Table, error) {
	receipts, err := s.Arrivals.Imports(ctx)
	var all []behold.Table
	for i := range receipts {
		r := &receipts[i]
		if r.UndoneAt.IsZero() && r.Kept+r.Known+r.Changed > 0 && !slices.Contains(all, r.Table) {
			all = append(all, r.Table)
		}
	}
	return all, err
}

func kindURL(kind behold.LampKind) templ.SafeURL {
	return templ.SafeURL("/lamps/kinds/" + string(kind))
}

// kindList is the list of the lit lamps of a kind.
func kindList(kind behold.LampKind) templ.SafeURL {
	return templ.SafeURL("/lamps?kind=" + string(kind))
}

// commonSays tells of many lamps that were lit at once.
func (p page) commonSays(c behold.CommonCause) string {
	return p.T("page.lamps.common", "Lamp", p.LampName(c.Kind), "Customers", p.Customers(c.Customers), "Day", p.ShortDate(c.Since), "Usual", p.Decimal(c.Usual, 1))
}

// commonURL lists the lamps that a common cause stands for.
func commonURL(c behold.CommonCause) templ.SafeURL {
	return kindList(c.Kind) + "&state=" + everyState
}

// needsSay names the files that a lamp needs.
func (p page) needsSay(r lamp.Rule) string {
	var names []string
	for _, t := range r.Needs {
		names = append(names, p.Table(t))
	}
	if r.AnyOf && len(names) > 1 {
		return p.T("page.kind.needs_any", "Files", p.List(names))
	}
	return p.T("page.kind.needs_all", "Files", p.List(names))
}

// switchedOnBy says why a lamp cannot light, and what would switch it on; "" for
// one that can.
func (p page) switchedOnBy(given []behold.Table, r lamp.Rule) string {
	var names []string
	for _, t := range r.Lacks(given) {
		names = append(names, p.Table(t))
	}
	if len(names) == 0 {
		return ""
	}
	return p.T("page.kind.dark", "Files", p.List(names))
}

// shareSays is the lamp's part of the false lamps that the company accepts.
func (p page) shareSays(v kindView) string {
	if v.rule.Share == 0 {
		return p.T("page.kind.share_event")
	}
	return p.T("page.kind.share_says", "Share", p.Decimal(v.share*p.settings.FalseLamps, 2), "Dial", p.dial())
}

// rate is how many false lamps came of 100 healthy customers a month; "–" where
// nobody can tell.
func (p page) rate(r *behold.LampRecord) string {
	if r == nil || r.False == nil {
		return "–"
	}
	return p.Decimal(*r.False, 2)
}

// realised is how many false lamps per 100 healthy customers and month all lamps
// together came to on the company's own past, and over how many months.
func realised(r *behold.Round) (rate float64, months int, known bool) {
	if r == nil {
		return 0, 0, false
	}
	for i := range r.Records {
		if f := r.Records[i].False; f != nil {
			rate, months, known = rate+*f, max(months, r.Records[i].Months), true
		}
	}
	return rate, months, known
}

// realisedSays sets the realised rate of false lamps beside the dial.
func (p page) realisedSays(r *behold.Round) string {
	rate, months, known := realised(r)
	if !known {
		return p.T("page.settings.realised_unknown")
	}
	return p.N("page.settings.realised", months, "Rate", p.Decimal(rate, 1))
}

// pointsTo is the reason that a lamp points to until something better is known.
func (p page) pointsTo(r lamp.Rule) string {
	if r.Reason == behold.UnknownReason {
		return p.T("page.kind.points_nowhere")
	}
	return p.Reason(r.Reason)
}

// notMeasured lists the lamps that cannot light, with a table that would switch
// each of them on.
func notMeasured(given []behold.Table) []missing {
	var all []missing
	for _, rule := range lamp.Rules() {
		if lacks := rule.Lacks(given); len(lacks) > 0 {
			all = append(all, missing{rule.Kind, lacks[0]})
		}
	}
	return slices.Clip(all)
}
