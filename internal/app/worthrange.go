package app

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"behold"
	"behold/internal/forecast"
)

// rangeLevel is the level of the range of what losing one customer costs.
const rangeLevel = 0.8

// A learned model is kept in memory, as it is large and read with every customer.
type learned struct {
	mu    sync.Mutex
	of    time.Time // when its round was finished
	model *forecast.Model
}

// model is what the round learned.
func (l *learned) modelOf(r *behold.Round) (*forecast.Model, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.model != nil && l.of.Equal(r.Finished) {
		return l.model, nil
	}
	m := &forecast.Model{}
	if err := json.Unmarshal(r.Model, m); err != nil {
		return nil, err
	}
	l.of, l.model = r.Finished, m
	return m, nil
}

// CostRange is between which amounts what a customer would still bring may lie, by
// the purchases they made; false where nothing can be said, or where the last round
// is of another day than how they stand.
func (a *App) CostRange(ctx context.Context, st *behold.Standing, day behold.Day) (low, high behold.Money, ok bool, err error) {
	last, there, err := a.State.LastRound(ctx, behold.NoDay)
	if err != nil || !there || last.Day != day || len(last.Model) == 0 || st.Residual.Minor <= 0 {
		return low, high, false, err
	}
	model, err := a.learned.modelOf(&last)
	if err != nil {
		return low, high, false, err
	}
	orders, _, err := a.Facts.Orders(ctx, st.Customer, day, behold.Slice{})
	if err != nil {
		return low, high, false, err
	}
	from, to, ok := model.WorthRange(historyOf(st.Customer, day, orders), rangeLevel)
	at := func(share float64) behold.Money {
		return behold.MoneyOf(share*st.Residual.Major(), st.Residual.Currency)
	}
	return at(from), at(to), ok, nil
}

// historyOf puts the orders of one customer, the latest first, into the columns of
// a history: what is needed to see the rhythm.
func historyOf(customer int32, day behold.Day, orders []behold.OrderSummary) *behold.Histories {
	h := &behold.Histories{AsOf: day, Customer: []int32{customer}, Start: []int{0, 0}}
	for i := len(orders) - 1; i >= 0; i-- {
		o := &orders[i]
		on := behold.DayOf(o.At)
		if n := len(h.Day); n == 0 || h.Day[n-1] != on {
			h.Currency = o.Amount.Currency
			h.Day, h.Orders = append(h.Day, on), append(h.Orders, 0)
			h.Bought, h.Credited = append(h.Bought, 0), append(h.Credited, 0)
		}
		at := len(h.Day) - 1
		if o.Return || o.Amount.Minor <= 0 {
			h.Credited[at] += o.Amount.Minor
			continue
		}
		h.Orders[at]++
		h.Bought[at] += o.Amount.Minor
	}
	h.Start[1] = len(h.Day)
	return h
}
