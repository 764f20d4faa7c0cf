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
	extent *behold.Extent
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
