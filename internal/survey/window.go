package survey

import (
	"time"

	"behold"
)

// A Window is a quarter: each begins anew, since satisfaction is taken for one
// unknown share in it.
type Window struct {
	From  behold.Day `json:"from"`
	To    behold.Day `json:"to"`
	Open  bool       `json:"open"` // the quarter goes on: "so far"
	Share            // very satisfied; weighted where Weighted says so

	Method      string   `json:"method"`        // exact, counted (without replacement), weighted
	Customers   int      `json:"customers"`     // who were customers in it
	Effective   float64  `json:"n_eff"`         // answers of one weight that would say as much (Kish)
	Weighted    bool     `json:"weighted"`      // by the chance to be asked and to answer
	Asked       *int     `json:"asked"`         // null: nobody knows how many were asked
	Response    *float64 `json:"response_rate"` // share of the asked who answered
	Flattering  float64  `json:"flattering"`    // satisfied or better, as usually told
	Satisfied   int      `json:"satisfied"`     // how many those are
	Sensitivity *float64 `json:"sensitivity"`   // share, were those who did not answer 10 points less often very satisfied
	NPS         *Score   `json:"nps"`           // promoters less detractors, −100 to 100
	Effort      *Score   `json:"effort"`        // how easy it was, on its scale
}

// The words of Window.Method.
const (
	Exact    = "exact"
	Counted  = "counted"
	Weighted = "weighted"
)

// quarter is the first and the last day of the quarter of a day.
func quarter(day behold.Day) (from, to behold.Day) {
	t := day.Time()
	first := time.Date(t.Year(), (t.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	return behold.DayOf(first), behold.DayOf(first.AddDate(0, 3, 0)) - 1
}

// mostWindows is how many quarters are told: four years.
const mostWindows = 16

// windows are the quarters in which anybody answered, the oldest first.
func (t *teller) windows() ([]Window, error) {
	var list []Window
	for lo := 0; lo < len(t.forms); {
		from, to := quarter(t.forms[lo].at)
		hi := lo
		for hi < len(t.forms) && t.forms[hi].at <= to {
			hi++
		}
		w, err := t.window(max(from, t.From), min(to, t.To), t.forms[lo:hi])
		if err != nil {
			return nil, err
		}
		w.Open = to > t.Day
		if w.N > 0 {
			list = append(list, w)
		}
		lo = hi
	}
	if len(list) > mostWindows {
		list = list[len(list)-mostWindows:]
	}
	return list, nil
}

func (t *teller) window(from, to behold.Day, forms []*form) (Window, error) {
	w := Window{From: from, To: to, Method: Exact}
	w.Customers = max(t.heard.base(from, to), 1)
	level := firsts(forms, Satisfaction)
	top := 0
	for _, f := range level {
		m := f.told(Satisfaction)
		if m.best() {
			top++
		}
		if m.near() {
			w.Satisfied++
		}
	}
	if w.Customers <= counted {
		w.Method = Counted
	}
	var err error
	if w.Share, err = shareOf(top, len(level), w.Customers, t.Level); err != nil || w.N == 0 {
		return w, err
	}
	w.Effective, w.Flattering = float64(w.N), float64(w.Satisfied)/float64(w.N)
	if err := t.ask(&w, level); err != nil {
		return w, err
	}
	if t.Answers {
		t.count(&w, level)
	}
	return w, t.scores(&w, forms)
}

// firsts are the forms with an item that were not asked because something
// happened, of each customer the first: a share that grows answer by answer is
// what a confidence sequence follows.
func firsts(forms []*form, item string) []*form {
	seen := map[int32]bool{}
	var list []*form
	for _, f := range forms {
		if f.has(item) && !f.event && !seen[f.person.Customer] {
			seen[f.person.Customer] = true
			list = append(list, f)
		}
	}
	return list
}

func (t *teller) scores(w *Window, forms []*form) (err error) {
	var nps, effort []float64
	for _, f := range firsts(forms, Recommend) {
		if m := f.told(Recommend); m.scale == 10 && m.value >= 0 && m.value <= 10 {
			nps = append(nps, promoters(m.value))
		}
	}
	most := 0.0
	for _, f := range firsts(forms, Effort) {
		m := f.told(Effort)
		if most == 0 {
			most = m.scale
		}
		if m.scale == most && m.value >= 1 && m.value <= most {
			effort = append(effort, m.value)
		}
	}
	if w.NPS, err = scoreOf(nps, -1, 1, t.Level); err != nil {
		return err
	}
	if w.NPS != nil {
		*w.NPS = Score{N: w.NPS.N, Value: 100 * w.NPS.Value, Low: 100 * w.NPS.Low, High: 100 * w.NPS.High, Least: -100, Most: 100}
	}
	if most > 1 {
		w.Effort, err = scoreOf(effort, 1, most, t.Level)
	}
	return err
}
