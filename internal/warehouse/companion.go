package warehouse

import (
	"context"
	"database/sql"

	"behold"
)

// What a suggestion needs behind it: so many customers who buy both, so many times
// as large a part of those who buy the one as of all, and that large a part.
const (
	leastCompanions = 10
	leastLift       = 1.5
	leastShare      = 0.25
	companionDays   = 730
)

// pairCount is how many customers bought both of two kinds.
type pairCount struct {
	have, also int32
	n          int
}

// Companion is what customers who buy the same as this one also buy, and this one
// never did, as known on day: of all such things, categories before products, the one that the
// largest part of them buys. It is a count over two years, not an effect. False when none has
// enough behind it.
func (w *Warehouse) Companion(ctx context.Context, customer int32, day behold.Day) (c behold.Companion, found bool, err error) {
	defer func() { err = wrap(err, "find what goes with what customer %d buys", customer) }()
	f, err := w.facts(ctx, day)
	if err != nil {
		return c, false, err
	}
	if f.categories {
		if c, found, err = w.companionBy(ctx, customer, day, byCategory); err != nil || found {
			return c, found, err
		}
	}
	return w.companionBy(ctx, customer, day, byProduct)
}

func (w *Warehouse) companionBy(ctx context.Context, customer int32, day behold.Day, by level) (c behold.Companion, found bool, err error) {
	pairs, err := w.pairs(ctx, day, by)
	if err != nil {
		return c, false, err
	}
	own := map[int32]bool{} // and whether lately
	err = w.rows(ctx, query("companion.own"), func(rows *sql.Rows) error {
		var kind int32
		var lately int
		err := rows.Scan(&kind, &lately)
		own[kind] = lately > 0
		return err
	}, until(day-companionDays), until(day), by.String(), customer)
	if err != nil {
		return c, false, err
	}
	best, found := bestPair(pairs, own)
	if !found {
		return c, false, nil
	}
	c.Both, c.All = best.n, best.all
	return c, true, w.nameCompanion(ctx, &c, by, best.pairCount)
}

type supported struct {
	pairCount
	all   int
	share float64
}

// bestPair is the pair of which the customer buys the one lately and never bought
// the other.
func bestPair(pairs []pairCount, own map[int32]bool) (best supported, found bool) {
	alone, most := map[int32]int{}, 0
	for _, p := range pairs {
		if p.have == p.also {
			alone[p.have] = p.n
			most = max(most, p.n)
		}
	}
	for _, p := range pairs {
		_, has := own[p.also]
		if p.have == p.also || has || !own[p.have] || p.n < leastCompanions || alone[p.have] == 0 {
			continue
		}
		share := float64(p.n) / float64(alone[p.have])
		// Not fewer than most are customers at all: measured against them, the part of all is not made smaller than it is.
		if share < leastShare || share*float64(most) < leastLift*float64(alone[p.also]) {
			continue
		}
		if !found || share > best.share || share == best.share && p.n > best.n {
			best, found = supported{p, alone[p.have], share}, true
		}
	}
	return best, found
}

// pairs are counted once for a day, for they are the same for every customer.
func (w *Warehouse) pairs(ctx context.Context, day behold.Day, by level) (list []pairCount, err error) {
	if known := w.recall(day); known.pairs[by] != nil {
		return known.pairs[by], nil
	}
	writes := w.writes.Load()
	list = []pairCount{}
	err = w.rows(ctx, query("companion.pairs"), func(rows *sql.Rows) error {
		var p pairCount
		err := rows.Scan(&p.have, &p.also, &p.n)
		list = append(list, p)
		return err
	}, until(day-companionDays), until(day), by.String())
	if err == nil {
		w.remember(day, writes, func(m *memo) { m.pairs[by] = list })
	}
	return list, err
}

func (w *Warehouse) nameCompanion(ctx context.Context, c *behold.Companion, by level, p pairCount) error {
	names, err := w.namesOf(ctx, by.String(), []int32{p.have, p.also})
	c.Have, c.Also = names[p.have], names[p.also]
	return err
}
