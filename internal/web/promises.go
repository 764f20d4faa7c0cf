package web

import (
	"context"
	"net/http"
	"slices"
	"time"

	"behold"
	"behold/stat"
)

// A promisesView is what was promised: what is still to be done, and how well
// promises were kept in the quarter.
type promisesView struct {
	mine    bool
	late    []promised
	today   []promised
	coming  []promised
	settled []promised // in the quarter, the latest first
	rate    keptRate
}

// A promised is a promise or a planned surprise, with the name of its customer.
type promised struct {
	behold.Entry
	name string
}

// A keptRate is which part of the promises that fell due was kept in time.
type keptRate struct {
	due, kept int
	low, high float64 // of the part, with 95 % certainty; no figures below fewPromises
	since     behold.Day
}

// fewPromises is how many must have fallen due before a part of them says anything.
const fewPromises = 5

func (s *server) promisesPage(w http.ResponseWriter, r *request) error {
	return s.showPromises(w, r, http.StatusOK, s.page(r, "/promises"))
}

func (s *server) showPromises(w http.ResponseWriter, r *request, status int, p page) error {
	v, err := s.promisesOf(r.Context(), r, r.URL.Query().Get("whose") == "mine")
	if err != nil {
		return err
	}
	return s.show(w, r, status, promisesContent(p.titled(p.T("entry.promises.title")), v))
}

func (s *server) promisesOf(ctx context.Context, r *request, mine bool) (v promisesView, err error) {
	v.mine = mine && r.who.Email != ""
	today := s.today()
	q := behold.EntryQuery{Since: quarterOf(today)}
	if v.mine {
		q.Who = r.who.Email
	}
	all, err := s.Book.Entries(ctx, q)
	if err != nil {
		return v, err
	}
	v.rate.since = q.Since
	names := map[string]string{}
	for _, e := range all {
		if e.Kind != behold.EntryPromise && e.Kind != behold.EntrySurprise {
			continue
		}
		if _, known := names[e.Customer]; !known {
			if names[e.Customer] = s.nameOf(r, e.Customer); r.whose.Colleague != "" && s.mustSee(r, e.Customer) != nil {
				names[e.Customer] = ""
			}
		}
		if names[e.Customer] == "" { // somebody else's
			continue
		}
		v.put(promised{e, names[e.Customer]}, today)
	}
	byDue := func(a, b promised) int { return int(a.Due) - int(b.Due) }
	slices.SortStableFunc(v.late, byDue)
	slices.SortStableFunc(v.coming, byDue)
	slices.SortStableFunc(v.settled, func(a, b promised) int { return byDue(b, a) })
	v.rate.measure()
	return v, nil
}

// put sorts one in, and counts it where it fell due in the quarter.
func (v *promisesView) put(m promised, today behold.Day) {
	switch {
	case !m.Open():
		v.settled = append(v.settled, m)
	case m.Due < today:
		v.late = append(v.late, m)
	case m.Due == today:
		v.today = append(v.today, m)
	default:
		v.coming = append(v.coming, m)
	}
	if m.Kind != behold.EntryPromise || m.Due < v.rate.since || m.Open() && m.Due >= today {
		return
	}
	if v.rate.due++; m.InTime() {
		v.rate.kept++
	}
}

func (v *promisesView) none() bool {
	return len(v.late)+len(v.today)+len(v.coming)+len(v.settled) == 0
}

// measure gives the part its range: the middle 95 % of what Beta(½, ½) becomes
// by it (Jeffreys), which holds for few promises too.
func (k *keptRate) measure() {
	if k.due < fewPromises {
		return
	}
	share := stat.NewBeta(0.5+float64(k.kept), 0.5+float64(k.due-k.kept))
	if k.kept > 0 {
		odds := share.Quantile(0.025)
		k.low = odds / (1 + odds)
	}
	k.high = 1
	if k.kept < k.due {
		odds := share.Quantile(0.975)
		k.high = odds / (1 + odds)
	}
}

// quarterOf is the first day of the quarter.
func quarterOf(d behold.Day) behold.Day {
	y, m, _ := d.Time().Date()
	return behold.Date(y, m-(m-time.January)%3, 1)
}

// rateSays is the part in a sentence, with its range and of how many.
func (p page) rateSays(k keptRate) string {
	if k.due < fewPromises {
		return p.N("entry.rate.few", k.due, "Kept", p.Number(k.kept))
	}
	return p.T("entry.rate.says", "Share", p.Percent(float64(k.kept)/float64(k.due)), "Range", p.PercentRange(k.low, k.high), "Kept", p.Number(k.kept), "Due", p.Number(k.due))
}
