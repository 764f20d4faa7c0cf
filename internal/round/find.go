package round

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"behold"
	"behold/internal/forecast"
	"behold/internal/survey"
)

// found is what a walk brings home: everybody's forecast, in order of numbers,
// and the lamps that today's facts light or do not put out.
type found struct {
	forecasts []behold.Forecast
	judged    []behold.Lamp
	still     []behold.Lamp
	grounds   map[int32]behold.Grounds
	spoken    map[int32]behold.Day      // last personal contact, of customers with lamps
	wishes    map[int32]behold.Customer // of them, those who do not want everything; only what says so
	vip       map[int32]bool            // on the company's list, of customers with lamps
	habits    []forecast.Habit
	loyalty   []float64
	heard     survey.Hearing
	asked     Asked
}

func (w *Walk) find(ctx context.Context, facts Facts, open []behold.Lamp, counted *counting, opt Options) (*found, error) {
	numbers := opt.Asked.numbers()
	all := &found{asked: opt.Asked, forecasts: make([]behold.Forecast, 0, w.Extent.Customers), grounds: map[int32]behold.Grounds{}, spoken: map[int32]behold.Day{},
		wishes: map[int32]behold.Customer{}, vip: map[int32]bool{}}
	err := w.Each(ctx, facts, func(h *behold.Histories, deals *behold.Dealings, f []behold.Forecast) error {
		judged, still := w.Judge(h, deals, f), w.Watch(h, deals, f, open)
		if err := w.Weigh(f, judged, still); err != nil {
			return err
		}
		maps.Copy(all.grounds, w.grounds(&people{h, deals}, f, judged, still))
		all.listen(h, deals, judged, still)
		all.habits = append(all.habits, w.Model.Habits(h, deals.Profile, f)...)
		hear(&all.heard, h, deals, f, numbers)
		if err := counted.part(w, &people{h, deals}, f); err != nil {
			return err
		}
		counted.lamps(f, judged, still)
		all.forecasts = append(all.forecasts, f...)
		all.judged = append(all.judged, judged...)
		all.still = append(all.still, still...)
		if opt.Progress != nil {
			opt.Progress(int64(len(all.forecasts)), w.Extent.Customers)
		}
		return nil
	})
	if w.parts > 1 {
		slices.SortFunc(all.forecasts, func(a, b behold.Forecast) int { return cmp.Compare(a.Customer, b.Customer) })
		slices.SortFunc(all.habits, func(a, b forecast.Habit) int { return cmp.Compare(a.Customer, b.Customer) })
		slices.SortStableFunc(all.judged, func(a, b behold.Lamp) int { return cmp.Compare(a.Customer, b.Customer) })
	}
	all.loyalty = forecast.Loyalty(all.habits)
	tellLoyalty(&all.heard, all.habits, all.loyalty)
	return all, err
}

// of is the forecast of a customer.
func (a *found) of(number int32) (*behold.Forecast, bool) {
	i, ok := slices.BinarySearchFunc(a.forecasts, number, func(f behold.Forecast, n int32) int { return cmp.Compare(f.Customer, n) })
	if !ok {
		return nil, false
	}
	return &a.forecasts[i], true
}

// cards puts beside each lamp what a list of lamps shows, in order of customers.
func (a *found) cards(ctx context.Context, records Records, day behold.Day, lamps []behold.Lamp) ([]behold.LampCard, error) {
	slices.SortStableFunc(lamps, func(a, b behold.Lamp) int { return cmp.Compare(a.Customer, b.Customer) })
	if err := records.FindRows(ctx, lamps); err != nil {
		return nil, err
	}
	if err := nameKinds(ctx, records, day, lamps); err != nil {
		return nil, err
	}
	numbers := make([]int32, len(lamps))
	for i := range lamps {
		numbers[i] = lamps[i].Customer
	}
	people, err := records.Names(ctx, day, numbers)
	if err != nil {
		return nil, err
	}
	cards := make([]behold.LampCard, len(lamps))
	for i := range lamps {
		cards[i] = behold.LampCard{Lamp: lamps[i], ID: people[i].ID, Name: people[i].Name, Colleague: people[i].Colleague}
		nameOwnRows(&cards[i])
		if f, ok := a.of(lamps[i].Customer); ok {
			cards[i].Forecast(f)
		}
	}
	return cards, nil
}

// nameOwnRows gives the rows of tables that know a row by its customer that
// customer's id.
func nameOwnRows(c *behold.LampCard) {
	for k := range c.Evidence.Rows {
		row := &c.Evidence.Rows[k]
		if t := behold.Table(row.Table); row.ID == "" && (t == behold.TableCustomers || t == behold.TableLosses) {
			row.ID = c.ID
		}
	}
}

// nameKinds puts the names of categories and products into the evidence that
// numbers them.
func nameKinds(ctx context.Context, records Records, day behold.Day, lamps []behold.Lamp) error {
	kinds := factsNamed(lamps, "category", "also_lost")
	names, err := records.KindNames(ctx, day, numbersOf(kinds))
	if err != nil {
		return err
	}
	name(kinds, names)
	products := factsNamed(lamps, "product", "also_product")
	names, err = records.ProductNames(ctx, numbersOf(products))
	name(products, names)
	return err
}

func factsNamed(lamps []behold.Lamp, names ...string) []*behold.Fact {
	var found []*behold.Fact
	for i := range lamps {
		for j := range lamps[i].Evidence.Facts {
			if f := &lamps[i].Evidence.Facts[j]; slices.Contains(names, f.Name) {
				found = append(found, f)
			}
		}
	}
	return found
}

func numbersOf(facts []*behold.Fact) []int32 {
	numbers := make([]int32, len(facts))
	for i, f := range facts {
		numbers[i] = int32(f.Number)
	}
	return numbers
}

func name(facts []*behold.Fact, names map[int32]string) {
	for _, f := range facts {
		f.Text = names[int32(f.Number)]
	}
}

// standings gives everybody's standing, with the lamps of the cards.
func (a *found) standings(cards []behold.LampCard) func(func(*behold.Standing) error) error {
	return func(yield func(*behold.Standing) error) error {
		next := 0
		for i := range a.forecasts {
			s := behold.Standing{Forecast: a.forecasts[i], LoyaltyIndex: a.loyalty[i]}
			if g, asked := a.grounds[s.Customer]; asked {
				s.Grounds, s.MainReason = g, g.Main
			}
			from := next
			for next < len(cards) && cards[next].Customer == s.Customer {
				next++
			}
			light(&s, cards[from:next])
			if err := yield(&s); err != nil {
				return err
			}
		}
		return nil
	}
}
