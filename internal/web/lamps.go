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
	query  behold.LampQuery
	part   part
	facets []facet
	sorts  []sorting
	lamps  []behold.LampCard
	bands  bands
	round  *behold.Round
	may    bool // whoever asks may decide about lamps
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

func lampQuery(r *request) (behold.LampQuery, part) {
	part := partOf(r, lampSorts())
	q := r.URL.Query()
	return behold.LampQuery{
		Day: behold.NoDay, Kind: behold.LampKind(q.Get("kind")), Reason: behold.Reason(q.Get("reason")), Whose: whoseAsked(r),
		Family: behold.Family(q.Get("family")), State: stateAsked(q.Get("state")), Awake: q.Get("state") != everyState, Slice: part.Slice,
	}, part
}

func (s *server) lampsPage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/lamps")
	p.self = tidy(p.self)
	v, err := s.lamps(r, p)
	if err != nil {
		return err
	}
	pushTidy(w, p)
	return s.show(w, r, http.StatusOK, lampsContent(p.titled(p.T("page.lamps.title")), v))
}

func (s *server) lamps(r *request, p page) (v lampsView, err error) {
	ctx := r.Context()
	v.query, v.part = lampQuery(r)
	v.may = r.who.Role.May(behold.Member)
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	if v.lamps, v.part.total, err = s.State.LitLamps(ctx, v.query); err != nil {
		return v, err
	}
	sum, err := s.State.LampSummaryOf(ctx, v.query.Whose)
	if err != nil {
		return v, err
	}
	all, err := s.Lists.Facets(ctx)
	if err != nil {
		return v, err
	}
	v.bands = bandsOf(sum)
	v.facets = append([]facet{p.whoseFacet(r, all.Colleagues)}, p.lampFacets(v.query, sum)...)
	v.sorts = []sorting{
		{"money-desc", p.T("list.sort_money")}, {"chance-desc", p.T("list.sort_chance")}, {"since", p.T("list.sort_since")},
		{"since-desc", p.T("list.sort_newest")}, {"name", p.T("list.sort_name")},
	}
	return v, nil
}

// lampFacets are the questions of the list of lamps. Each answer is counted with
// the other questions as they are; what is searched for is not counted in.
func (p page) lampFacets(q behold.LampQuery, sum behold.LampSummary) []facet {
	lit := countsOf(sum)
	counted := func(change func(*behold.LampQuery)) int {
		if q.Search != "" {
			return -1
		}
		asked := q
		change(&asked)
		return sum.Count(asked)
	}
	state := facetOf("state", p.T("page.lamps.state"), p.T("page.lamps.awake"), sortedKeys(sum.States), q.State, p.LampState,
		func(st behold.LampState) int { return counted(func(q *behold.LampQuery) { q.State = st }) })
	state.choices = append(state.choices, choice{everyState, p.T("page.lamps.everything"), -1, q.State == "" && !q.Awake})
	all := p.T("page.filter.all")
	return []facet{
		facetOf("kind", p.T("page.lamps.kind"), all, sortedKeys(lit.kinds), q.Kind, p.LampName,
			func(k behold.LampKind) int { return counted(func(q *behold.LampQuery) { q.Kind = k }) }),
		facetOf("family", p.T("page.lamps.family"), all, sortedKeys(lit.families), q.Family, p.Family,
			func(f behold.Family) int { return counted(func(q *behold.LampQuery) { q.Family = f }) }).rarely(),
		facetOf("reason", p.T("page.lamps.reason"), all, sortedKeys(lit.reasons), q.Reason, p.Reason,
			func(w behold.Reason) int { return counted(func(q *behold.LampQuery) { q.Reason = w }) }).rarely(),
		state.rarely(),
	}
}

// anyAside says whether some lamp of the list was decided about, so that it can be
// lit again.
func (v lampsView) anyAside() bool {
	return slices.ContainsFunc(v.lamps, func(l behold.LampCard) bool { return l.State != behold.Lit })
}

// litCounts are all lit lamps, those set aside too, by what they are asked for.
type litCounts struct {
	kinds    map[behold.LampKind]int
	families map[behold.Family]int
	reasons  map[behold.Reason]int
}

func countsOf(sum behold.LampSummary) litCounts {
	c := litCounts{map[behold.LampKind]int{}, map[behold.Family]int{}, map[behold.Reason]int{}}
	for cell, n := range sum.Cells {
		c.kinds[cell.Kind] += n
		c.families[cell.Reason.Family()] += n
		c.reasons[cell.Reason] += n
	}
	return c
}

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
