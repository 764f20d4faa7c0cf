package lamp

import (
	"math"
	"slices"

	"behold"
	"behold/stat"
)

// A month is what is remembered of a replayed one once its histories are gone:
// enough to know, whatever the calibration, whose lamps have to be judged again.
type month struct {
	day    behold.Day
	f      []behold.Forecast
	stayed []bool
	tries  []try
	sparks []spark
}

// A try is a test that could light a lamp of the customer at place k.
type try struct {
	k, class int32
	kind     behold.LampKind
	p, often float64
}

// A spark is a lamp that no test lit, of the customer at place k.
type spark struct {
	k    int32
	kind behold.LampKind
	anew bool // within the month
}

func (m *month) healthy() float64 {
	n := 0.0
	for _, stayed := range m.stayed {
		if stayed {
			n++
		}
	}
	return n
}

// replayMonth has every lamp of every customer tried: the cases are what was
// tested of those who stayed.
func replayMonth(in *Company, past *Past, cases map[behold.LampKind][][]Case) month {
	const block = 1024
	n := past.H.Len()
	found := make([]trials, (n+block-1)/block)
	stat.Blocks(n, block, func(lo, hi int) { found[lo/block].run(in, past, lo, hi) })
	m := month{day: past.H.AsOf, f: past.F, stayed: past.Stayed}
	for i := range found {
		m.tries, m.sparks = append(m.tries, found[i].tries...), append(m.sparks, found[i].sparks...)
		for kind, by := range found[i].cases {
			for class, list := range by {
				for _, x := range list {
					put(cases, kind, class, x)
				}
			}
		}
	}
	m.tries, m.sparks = slices.Clip(m.tries), slices.Clip(m.sparks)
	return m
}

// trials are what a block of customers came to.
type trials struct {
	cases  map[behold.LampKind][][]Case
	tries  []try
	sparks []spark
}

func (t *trials) run(in *Company, past *Past, lo, hi int) {
	t.cases = map[behold.LampKind][][]Case{}
	desk := newDesk(in, past.H, past.Deals)
	desk.near = func(kind behold.LampKind, p, often float64) {
		if p <= keepBelow { // p* of anything above is no smaller
			t.tries = append(t.tries, try{int32(desk.k), int32(desk.class), kind, p, often})
		}
	}
	desk.trial = func(kind behold.LampKind, p, often float64) {
		desk.near(kind, p, often)
		if past.Stayed[desk.k] && kind != behold.LampRhythm { // the cases of rhythm are gaps
			put(t.cases, kind, desk.class, Case{p, often})
		}
	}
	var lamps []behold.Lamp
	for k := lo; k < hi; k++ {
		before := len(t.tries)
		desk.sit(k, &past.F[k])
		lamps = desk.judge(lamps[:0])
		if desk.beyondTests(lamps) {
			t.tries = t.tries[:before]
		}
		for i := range lamps {
			t.sparks = append(t.sparks, spark{int32(k), lamps[i].Kind, anew(&lamps[i], past.H.AsOf)})
		}
	}
}

// beyondTests says of the customer on the desk that no test changes what was found.
func (d *desk) beyondTests(lamps []behold.Lamp) bool {
	return d.f.State == behold.Lost || d.f.State == behold.Closed || len(lamps) > 0 && lamps[0].Kind == behold.LampClosed
}

func anew(l *behold.Lamp, day behold.Day) bool { return l.Since > day-daysOfMonth }

// touched are the places of the customers of whom some test lights a lamp, as the
// company is calibrated. A category is lit by its own test only together with the
// customer's others, but never without it.
func (m *month) touched(in *Company, shares map[behold.LampKind]float64) []int {
	var chosen []int
	if in.Stays {
		return nil
	}
	for i := range m.tries {
		t := &m.tries[i]
		k := int(t.k)
		if len(chosen) > 0 && chosen[len(chosen)-1] == k {
			continue
		}
		if in.Calibration.Star(t.kind, int(t.class), t.p) <= threshold(shares[t.kind], in.Settings.FalseLamps, t.often) {
			chosen = append(chosen, k)
		}
	}
	return chosen
}

// A burning counts lamps of one kind: those lit anew in a month, how many of their
// customers left, how many a test lit for customers who stayed; and whoever of
// these had one at the end of a month.
type burning struct{ lit, left, wrong, healthy int }

// A lookout walks the past months, the earliest first, and counts.
type lookout struct {
	by          map[behold.LampKind]*burning
	before, now map[seat]bool // who burned at the end of the month before, and of this one
}

// A seat is a lamp of the customer at place k.
type seat struct {
	k    int
	kind behold.LampKind
}

// note counts a lamp that burns at the end of the month. One that burned a month
// ago is not lit anew, though its test may have been.
func (o *lookout) note(at seat, anew, tested, stayed bool) {
	t := o.by[at.kind]
	if t == nil {
		t = &burning{}
		o.by[at.kind] = t
	}
	o.now[at] = true
	if stayed {
		t.healthy++
	}
	if !anew || o.before[at] {
		return
	}
	t.lit++
	switch {
	case !stayed:
		t.left++
	case tested:
		t.wrong++
	}
}

// lookBack judges the past months with the calibration and counts what was lit
// anew in each, and who of them left. Those of whom no test lights a lamp have
// the lamps that they had when everything was tried (TestLookBackMissesNobody).
func (c *Calibration) lookBack(in *Company, pasts Pasts, months []month) {
	o := lookout{by: map[behold.LampKind]*burning{}, now: map[seat]bool{}}
	shares := in.scaledShares()
	for j := len(months) - 1; j >= 0; j-- {
		o.before, o.now = o.now, map[seat]bool{}
		m := &months[j]
		chosen := m.touched(in, shares)
		for _, s := range m.sparks {
			if _, again := slices.BinarySearch(chosen, int(s.k)); !again {
				o.note(seat{int(s.k), s.kind}, s.anew, false, m.stayed[s.k])
			}
		}
		if len(chosen) == 0 {
			continue
		}
		some := pasts.Some(j, chosen)
		f := make([]behold.Forecast, len(chosen))
		for i, k := range chosen {
			f[i] = m.f[k]
		}
		for _, l := range Judge(*in, some.H, some.Deals, f) {
			if i, here := slices.BinarySearch(some.H.Customer, l.Customer); here {
				o.note(seat{chosen[i], l.Kind}, anew(&l, m.day), l.Threshold > 0, m.stayed[chosen[i]])
			}
		}
	}
	c.count(o.by)
}

// count puts what was counted beside the lamps.
func (c *Calibration) count(by map[behold.LampKind]*burning) {
	for _, rule := range Rules() {
		t, lit := by[rule.Kind]
		r := c.replayed(rule.Kind)
		if r == nil && !lit {
			continue
		}
		if r == nil {
			c.Lamps = append(c.Lamps, Replayed{Kind: rule.Kind, Cases: make([][]Case, classes), Count: make([]int, classes), False: math.NaN()})
			r = &c.Lamps[len(c.Lamps)-1]
		}
		if t == nil {
			t = &burning{}
		}
		r.Lit, r.Left, r.wrong = t.lit, t.left, t.wrong
		if c.Months >= leastCases {
			r.Usual = (float64(t.healthy) + 1) / (c.Months + 50)
		}
	}
}
