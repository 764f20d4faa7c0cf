package survey

import (
	"math"
	"slices"

	"behold/stat/driver"
)

// Drivers says which of the wishes go with buying again and recommending.
type Drivers struct {
	Enough  bool      `json:"enough"`  // 150 customers or more
	Answers int       `json:"answers"` // customers who said anything about the outcome
	Needs   int       `json:"needs"`
	Outcome []string  `json:"outcome"` // items whose mean z value is explained
	R2      *float64  `json:"r2"`      // of the outcome's variance, with all items
	Items   []Driver  `json:"items"`   // the largest share first
	Missing []string  `json:"missing"` // wishes that hardly anybody was asked about
	Caveats []Warning `json:"caveats"`
}

// A Driver is one wish and its part in the outcome.
type Driver struct {
	Item     string  `json:"item"`
	Share    float64 `json:"share"` // of R², all of them sum to R²
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	TopThree float64 `json:"chance_top_three"`
	Halo     float64 `json:"share_without_halo"` // once the mood that all items share is taken off
	TopShare float64 `json:"top_share"`          // best answers to the item
	Room     float64 `json:"priority"`           // share of R² × (1 − top share), as part of all; 1 in all
	Answers  int     `json:"answers"`
}

// A Warning is a caveat of the statistics, by its code.
type Warning struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

const (
	enoughForDrivers = 150 // METHODS 9.2
	enoughForItem    = 15  // answers to a wish, to tell it from others
	ridge            = 0.05
	mostRows         = 4000 // customers that drivers are learned from: more do not narrow what halo leaves open
)

// drivers looks at what each customer answered last.
func (t *teller) drivers(forms []*form) (*Drivers, error) {
	d := &Drivers{Needs: enoughForDrivers, Items: []Driver{}, Missing: []string{}, Caveats: []Warning{}, Outcome: []string{}}
	rows := outcomes(forms)
	d.Answers = len(rows)
	for _, item := range []string{BuyAgain, Recommend} {
		if slices.ContainsFunc(rows, func(f *form) bool { return f.has(item) }) {
			d.Outcome = append(d.Outcome, item)
		}
	}
	asked := askedWishes(rows, d)
	if d.Answers < enoughForDrivers || len(asked) < 2 {
		return d, nil
	}
	d.Enough = true
	if len(rows) > mostRows {
		rows = rows[len(rows)-mostRows:]
	}
	answers := driver.Answers{Outcome: outcome(rows, d.Outcome)}
	for _, f := range rows {
		row := make([]float64, len(asked))
		for j, item := range asked {
			row[j] = math.NaN()
			if m, has := f.mark(item); has {
				row[j] = m.value / m.scale
			}
		}
		answers.Items = append(answers.Items, row)
	}
	return d, d.rank(asked, answers, rows, t)
}

func (d *Drivers) rank(asked []string, answers driver.Answers, rows []*form, t *teller) error {
	opt := driver.Options{Ridge: ridge, Level: t.Level, Seed: t.Seed}
	found, err := driver.Rank(answers, opt)
	if err != nil {
		return err
	}
	// Only the shares are told without halo, not their ranges: one resample will do.
	opt.WithoutMean, opt.Resamples = true, 1
	bare, err := driver.Rank(answers, opt)
	if err != nil {
		return err
	}
	d.R2 = finite(found.R2)
	total := 0.0
	for j, item := range asked {
		x := Driver{Item: item, Share: found.Items[j].Share, Low: found.Items[j].Interval.Low, High: found.Items[j].Interval.High,
			TopThree: found.Items[j].TopThree, Halo: bare.Items[j].Share}
		for _, f := range rows {
			if m, has := f.mark(item); has {
				x.Answers++
				if m.best() {
					x.TopShare++
				}
			}
		}
		x.TopShare /= float64(x.Answers)
		x.Room = x.Share * (1 - x.TopShare)
		total += x.Room
		d.Items = append(d.Items, x)
	}
	for j := range d.Items {
		if total > 0 {
			d.Items[j].Room /= total
		}
	}
	slices.SortStableFunc(d.Items, func(a, b Driver) int {
		switch {
		case a.Room > b.Room:
			return -1
		case a.Room < b.Room:
			return 1
		}
		return 0
	})
	for _, c := range found.Caveats {
		d.Caveats = append(d.Caveats, Warning{c.Code, c.Count})
	}
	return nil
}

// outcomes are the last forms with an outcome and any wish, one for a customer.
func outcomes(forms []*form) []*form {
	var some []*form
	for _, f := range forms {
		if (f.has(BuyAgain) || f.has(Recommend)) && slices.ContainsFunc(Wishes(), f.has) {
			some = append(some, f)
		}
	}
	last := map[int32]*form{}
	for _, f := range some {
		last[f.person.Customer] = f
	}
	return slices.DeleteFunc(some, func(f *form) bool { return last[f.person.Customer] != f })
}

func askedWishes(rows []*form, d *Drivers) (asked []string) {
	for _, item := range Wishes() {
		n := 0
		for _, f := range rows {
			if f.has(item) {
				n++
			}
		}
		if n >= enoughForItem {
			asked = append(asked, item)
		} else {
			d.Missing = append(d.Missing, item)
		}
	}
	return asked
}

// outcome is the mean of the z values of what was answered.
func outcome(rows []*form, items []string) []float64 {
	sum, n := make([]float64, len(rows)), make([]float64, len(rows))
	for _, item := range items {
		var values []float64
		for _, f := range rows {
			if m, has := f.mark(item); has {
				values = append(values, m.value/m.scale)
			}
		}
		m, sd := mean(values), spread(values)
		for i, f := range rows {
			if v, has := f.mark(item); has && sd > 0 {
				sum[i] += (v.value/v.scale - m) / sd
				n[i]++
			}
		}
	}
	for i := range sum {
		sum[i] /= n[i] // NaN: nothing that varies was answered
	}
	return sum
}

func spread(values []float64) float64 {
	m, sum := mean(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(max(len(values)-1, 1)))
}
