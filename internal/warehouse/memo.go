package warehouse

import "behold"

// A memo keeps what was found out about all facts as of one day, for the round
// and the pages that ask for it more than once. It is forgotten when the facts
// change.
type memo struct {
	day    behold.Day
	writes int64
	counts []behold.DayCount
	level  *level
	pairs  [byProduct + 1][]pairCount // by category and by product
}

// recall is what is known as of day; an empty memo when nothing is.
func (w *Warehouse) recall(day behold.Day) memo {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.memo.day != day || w.memo.writes != w.writes.Load() {
		return memo{}
	}
	return w.memo
}

// remember keeps what was read when the facts had changed so many times.
func (w *Warehouse) remember(day behold.Day, writes int64, keep func(*memo)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if writes != w.writes.Load() {
		return
	}
	if w.memo.day != day || w.memo.writes != writes {
		w.memo = memo{day: day, writes: writes}
	}
	keep(&w.memo)
}

// An extent keeps how much was known on a day. Nothing was added or changed
// after since, so the days from then on had just the same.
type extent struct {
	behold.Extent
	since, day behold.Day
	writes     int64
}

func (w *Warehouse) recallExtent(day behold.Day) (behold.Extent, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	e := w.extent
	if e == nil || e.writes != w.writes.Load() {
		return behold.Extent{}, false
	}
	return e.Extent, day == e.day || e.since.Known() && day >= e.since && day <= e.day
}

func (w *Warehouse) rememberExtent(e extent) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if e.writes == w.writes.Load() {
		w.extent = &e
	}
}
