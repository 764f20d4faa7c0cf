package survey

import (
	"math"

	"behold"
	"behold/stat"
)

// Options of Tell.
type Options struct {
	Day      behold.Day // as of
	From, To behold.Day // answers given between these days only; NoDay or 0: the four years up to Day
	Level    float64    // of all intervals; 0: 0.95
	Seed     uint64
	Invites  []behold.Invite                   // who was asked; none: nobody knows
	Draws    []behold.SurveyDay                // the lots by which they were
	Weeks    func(from, to behold.Day) float64 // between two days, by the company's own clock; nil: calendar weeks
	Deep     bool                              // drivers and from answer to purchase too: they take seconds
	Answers  bool                              // every answer that is counted, with its weight
	// Who names customers, in the order asked; nil: nobody is named.
	Who func(numbers []int32) ([]behold.Customer, error)
}

// A Report is what customers say (METHODS 6).
type Report struct {
	Day         behold.Day  `json:"day"`
	From        behold.Day  `json:"from"`
	To          behold.Day  `json:"to"`
	YearFrom    behold.Day  `json:"year_from"` // of touchpoints, segments, items, drivers and table
	Level       float64     `json:"level"`
	Customers   int         `json:"customers"` // who are customers in the newest window
	Answers     int         `json:"answers"`   // filled-in forms
	Now         *Window     `json:"now"`       // the window to speak of; null: no answer
	Begun       *Window     `json:"begun"`     // the quarter that has just begun, when it has too few answers to be Now
	Windows     []Window    `json:"windows"`
	Watch       Watch       `json:"watch"`
	Touchpoints []Part      `json:"touchpoints"`
	Segments    []Part      `json:"segments"`
	Items       []Part      `json:"items"`
	Table       []Cell      `json:"table"`
	Drivers     *Drivers    `json:"drivers"`    // null: not asked for
	Repurchase  *Repurchase `json:"repurchase"` // null: not asked for
	Counted     []Weighed   `json:"counted,omitempty"`
}

// A teller tells one report.
type teller struct {
	Options
	heard   *Hearing
	forms   []*form                    // from From to To
	invited map[int32][]*behold.Invite // that reached a customer
	persons map[int32]*Person          // by number, once it is asked for
	counted []Weighed
}

// Tell says what the customers who were heard said.
//
// Question: how do our customers feel, what makes them, and do they then buy?
//
// Input: a Hearing of all customers, with their answers; Options.
//
// Formula: each quarter the share of very satisfied of those who answered, of
// each customer the first answer, with its confidence sequence: without
// replacement among at most 2,000 customers (METHODS 6.4 b), with replacement
// beyond (a), weighted from 50 answers on where it is known who was asked with
// which chance (d). The year (this quarter and the three before) gives
// touchpoints, segments and items, of each customer the last answer, with the
// interval of (a) and beside it the share that leans on the others (6.5).
// "Changed" is said by a two-sided CUSUM (Watch). Drivers: METHODS 6.7.
// Repurchase: 6.6. Table: after Jones and Sasser.
//
// Errors: a level outside 0 … 1.
//
// Not for what those think who never answer: Sensitivity says how much hangs on
// them.
//
// Source: METHODS 6; TestTellCoversASmallFirm and TestTellCoversALargeFirm look
// every day at many invented years.
func Tell(h *Hearing, o Options) (*Report, error) {
	if o.Level == 0 {
		o.Level = 0.95
	}
	if err := stat.CheckLevel(o.Level); err != nil {
		return nil, err
	}
	if !given(o.To) || o.To > o.Day {
		o.To = o.Day
	}
	newest, _ := quarter(o.To)
	if !given(o.From) {
		o.From = quartersBefore(newest, mostWindows-1)
	}
	t := &teller{Options: o, heard: h}
	t.forms = h.forms(o.From, o.To)
	t.markInvites()
	r := &Report{Day: o.Day, From: o.From, To: o.To, YearFrom: max(o.From, quartersBefore(newest, 3)), Level: o.Level, Answers: len(t.forms)}
	r.Customers = h.base(newest, o.To)
	return r, t.tell(r)
}

func (t *teller) tell(r *Report) (err error) {
	if r.Windows, err = t.windows(); err != nil {
		return err
	}
	r.speakOf()
	r.Counted = t.counted
	if r.Watch, err = t.watch(); err != nil {
		return err
	}
	year := t.since(r.YearFrom)
	if r.Touchpoints, err = t.touchpoints(year); err != nil {
		return err
	}
	if r.Segments, err = t.segments(year); err != nil {
		return err
	}
	if r.Items, err = t.items(year); err != nil {
		return err
	}
	r.Table = t.table(year)
	if t.Deep {
		if r.Drivers, err = t.drivers(t.since(quartersBefore(r.YearFrom, 4))); err != nil {
			return err
		}
		if r.Repurchase, err = t.repurchase(); err != nil {
			return err
		}
	}
	return t.name(r)
}

func given(day behold.Day) bool { return day.Known() && day != 0 }

// quartersBefore is the first day of the quarter that begins so many before one.
func quartersBefore(first behold.Day, n int) behold.Day {
	return behold.DayOf(first.Time().AddDate(0, -3*n, 0))
}

func (t *teller) since(day behold.Day) []*form {
	for i, f := range t.forms {
		if f.at >= day {
			return t.forms[i:]
		}
	}
	return nil
}

// few is how many answers a quarter that has just begun needs to be spoken of.
const few = 10

// speakOf chooses the newest window; the one before it while the newest has
// hardly begun.
func (r *Report) speakOf() {
	n := len(r.Windows)
	if n == 0 {
		return
	}
	r.Now = &r.Windows[n-1]
	if n > 1 && r.Now.Open && r.Now.N < few && r.Windows[n-2].N > r.Now.N {
		r.Now, r.Begun = &r.Windows[n-2], &r.Windows[n-1]
	}
}

// name gives segments, single voices and examples the names that people know.
func (t *teller) name(r *Report) error {
	for i := range r.Segments {
		r.Segments[i].Name = ""
	}
	if t.Who == nil {
		return nil
	}
	var numbers []int32
	var put []func(behold.Customer)
	ask := func(number int32, do func(behold.Customer)) {
		numbers, put = append(numbers, number), append(put, do)
	}
	for i := range r.Segments {
		ask(r.Segments[i].of, func(c behold.Customer) { r.Segments[i].Name = c.Segment })
	}
	for _, parts := range [][]Part{r.Touchpoints, r.Segments, r.Items} {
		for i := range parts {
			for k := range parts[i].Answers {
				v := &parts[i].Answers[k]
				ask(v.Customer, func(c behold.Customer) { v.ID = c.ID })
			}
		}
	}
	for i := range r.Table {
		c := &r.Table[i]
		if c.Called == "" || c.Called == "devoted" {
			continue
		}
		for _, number := range c.of {
			ask(number, func(who behold.Customer) { c.Examples = append(c.Examples, who.ID) })
		}
	}
	for i := range r.Counted {
		c := &r.Counted[i]
		ask(c.Number, func(who behold.Customer) { c.Customer = who.ID })
	}
	found, err := t.Who(numbers)
	for i := range min(len(found), len(put)) {
		put[i](found[i])
	}
	return err
}

// weeks between two days, by the company's clock.
func (t *teller) weeks(from, to behold.Day) float64 {
	if t.Weeks == nil {
		return float64(to-from) / 7
	}
	return math.Max(t.Weeks(from, to), 0)
}
