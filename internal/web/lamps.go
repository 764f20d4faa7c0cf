package web

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"behold"
)

// A lampsView is the list of lit lamps, and how it was narrowed.
type lampsView struct {
	query   behold.LampQuery
	part    part
	lamps   []behold.LampCard
	bands   bands
	summary behold.LampSummary
	round   *behold.Round
}

func lampSorts() []string { return []string{"money", "since", "chance", "name"} }

// everyState asks for those that were set aside as well.
const everyState = "all"

func stateAsked(word string) behold.LampState {
	if word == everyState {
		return ""
	}
	return behold.LampState(word)
}

// states are those that a list can be narrowed to.
func (v lampsView) states() []behold.LampState { return sortedKeys(v.summary.States) }

// families counts the lit lamps by the family of their reason.
func (v lampsView) families() map[behold.Family]int {
	all := map[behold.Family]int{}
	for r, n := range v.summary.Reasons {
		all[r.Family()] += n
	}
	return all
}

func lampQuery(r *request) (behold.LampQuery, part) {
	part := partOf(r, lampSorts())
	q := r.URL.Query()
	return behold.LampQuery{
		Day: behold.NoDay, Kind: behold.LampKind(q.Get("kind")), Reason: behold.Reason(q.Get("reason")),
		Family: behold.Family(q.Get("family")), State: stateAsked(q.Get("state")), Awake: q.Get("state") != everyState, Whose: r.within(behold.Whose{}), Slice: part.Slice,
	}, part
}

func (s *server) lampsPage(w http.ResponseWriter, r *request) error {
	ctx := r.Context()
	v := lampsView{}
	v.query, v.part = lampQuery(r)
	var err error
	if v.round, err = s.lastRound(ctx); err != nil {
		return err
	}
	if v.round != nil {
		if v.lamps, v.part.total, err = s.State.LitLamps(ctx, v.query); err != nil {
			return err
		}
		if v.summary, err = s.State.LampSummaryOf(ctx, v.query.Whose); err != nil {
			return err
		}
		v.bands = bandsOf(v.summary)
	}
	p := s.page(r, "/lamps")
	return s.show(w, r, http.StatusOK, lampsContent(p.titled(p.T("page.lamps.title")), v))
}

// kinds lists the kinds that are lit now, in a fixed order.
func (v lampsView) kinds() []behold.LampKind { return sortedKeys(v.summary.Kinds) }

func (v lampsView) reasons() []behold.Reason { return sortedKeys(v.summary.Reasons) }

func sortedKeys[K ~string](m map[K]int) []K {
	var keys []K
	for k, n := range m {
		if n > 0 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b K) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		if a < b {
			return -1
		}
		return 1
	})
	return keys
}

// narrowed says whether anything but the whole list was asked for.
func (v lampsView) narrowed() bool {
	return v.query.Kind != "" || v.query.Reason != "" || v.query.Family != "" || v.query.State != "" || v.part.Search != ""
}

// lampsCSV writes all lamps that the list's address asks for, in the columns of
// the command line. Sentences are in the reader's language.
func (s *server) lampsCSV(w http.ResponseWriter, r *request) error {
	query, _ := lampQuery(r)
	query.Offset, query.Limit = 0, 0
	lamps, _, err := s.State.LitLamps(r.Context(), query)
	if err != nil {
		return err
	}
	p := s.page(r, "/lamps")
	out := download(w, "lamps.csv")
	out.Write([]string{"customer", "name", "lamp", "reason", "family", "state", "since", "p", "p_star", "chance_leave", "money_at_risk", "currency", "says", "goes_out_when", "next_step", "evidence"})
	for _, l := range lamps {
		rows, err := json.Marshal(l.Evidence.Rows)
		if err != nil {
			return err
		}
		out.Write([]string{
			harmless(l.ID), harmless(l.Name), string(l.Kind), string(l.Reason), string(l.Reason.Family()), string(l.State), l.Since.String(),
			number(l.P), number(l.PStar), number(l.ChanceLeave), l.MoneyAtRisk.Decimal(), cmp.Or(l.MoneyAtRisk.Currency, p.settings.Currency),
			harmless(p.Says(l.Lamp)), harmless(p.GoesOut(l.Lamp)), harmless(p.NextStep(l.Lamp)), string(rows),
		})
	}
	out.Flush()
	return out.Error()
}

func number(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

// download begins a CSV file. It starts with the mark by which spreadsheet
// programs know UTF-8.
func download(w http.ResponseWriter, name string) *csv.Writer {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	w.Write([]byte("\xef\xbb\xbf")) // an error shows at the first row too
	return csv.NewWriter(w)
}

// harmless keeps a spreadsheet from reading somebody's name as a formula: what
// begins like one gets an apostrophe before it, which the spreadsheet hides.
func harmless(cell string) string {
	if cell == "" {
		return cell
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return "'" + cell
	}
	return cell
}
