package survival

import (
	"math"
	"sort"

	"behold/stat"
)

// coxData is the input of FitCox made ready: rows in an order that does not
// depend on the input's, columns scaled, and for each row the moments (ages at
// which somebody of its stratum left) at which it was at risk.
type coxData struct {
	design
	names   []string // of all columns of the input
	weight  []float64
	from    []int32 // first moment of the row
	until   []int32 // first moment after it
	event   []int32 // the moment at which it left, or −1
	cluster []int32 // nil without clusters
	source  []spot  // place in the input

	strata   []coxStratum
	ties     []tie // by moment; one empty one closes each stratum
	late     bool  // somebody entered late
	counted  bool  // weights are whole and count customers
	clusters int

	total, left float64
}

// A coxStratum is a piece of the rows, and of the moments without the empty
// one that closes it.
type coxStratum struct {
	name     string
	row, end int // rows [row, end)
	moment   int // moments [moment, last)
	last     int
}

// A tie is what leaves at one moment, cut into equal steps (Efron: one a
// customer; Breslow: one).
type tie struct {
	time  float64
	left  float64 // weight that leaves
	rows  int
	steps int
	share float64 // weight of one step
}

// prepare checks and orders the input.
func prepare(rows []Row, opt *CoxOptions) (*coxData, []stat.Caveat, error) {
	if err := checkRows(rows); err != nil {
		return nil, nil, err
	}
	if err := opt.complete(len(rows[0].X)); err != nil {
		return nil, nil, err
	}
	d := &coxData{names: opt.Names}
	d.n = len(rows)
	d.order(rows)
	d.weigh(rows)
	if d.left == 0 {
		return nil, nil, ErrNobodyLeft
	}
	d.place(rows)
	d.cutTies(opt.Ties)
	var caveats []stat.Caveat
	d.design, caveats = newDesign(d.weight, func(i int) []float64 { return rows[d.source[i].at].X }, opt.Prior)
	return d, caveats, nil
}

// order sorts by stratum, then duration, then all the rest of the row: that
// last by a hash of it, as only its being the same each time matters.
func (d *coxData) order(rows []Row) {
	names, stratumOf := labels(rows, func(r *Row) string { return r.Stratum })
	spots, scratch := make([]spot, d.n), make([]spot, d.n)
	stat.Blocks(d.n, 4096, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			spots[i] = spot{rows[i].hash(), uint64(i)}
		}
	})
	for _, key := range []func(uint64) uint64{
		nil,
		func(i uint64) uint64 { return timeKey(rows[i].Duration) },
		func(i uint64) uint64 { return uint64(stratumOf[i]) },
	} {
		for i := range spots {
			if key != nil {
				spots[i].key = key(spots[i].at)
			}
		}
		spots, scratch = sortInto(spots, scratch)
	}
	d.source = spots
	for i, s := range spots {
		if stratum := stratumOf[s.at]; i == 0 || stratum != stratumOf[spots[i-1].at] {
			d.strata = append(d.strata, coxStratum{name: names[stratum], row: i})
		}
		d.strata[len(d.strata)-1].end = i + 1
	}
}

// hash mixes the numbers of a row and its cluster (FNV-1a by words, with the
// last step of MurmurHash3 by Appleby, public domain).
func (r *Row) hash() uint64 {
	h := uint64(14695981039346656037)
	mix := func(x uint64) {
		h = (h ^ x) * 1099511628211
		h ^= h >> 32
	}
	mix(math.Float64bits(r.Entry))
	mix(math.Float64bits(r.weight()))
	if r.Left {
		mix(1)
	}
	for _, x := range r.X {
		mix(math.Float64bits(x + 0))
	}
	for _, c := range []byte(r.Cluster) {
		mix(uint64(c))
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return h ^ h>>33
}

// weigh takes over weights and clusters.
func (d *coxData) weigh(rows []Row) {
	d.weight = make([]float64, d.n)
	d.counted = true
	clustered := false
	for i, source := range d.source {
		r := &rows[source.at]
		w := r.weight()
		d.weight[i] = w
		d.total += w
		if r.Left {
			d.left += w
		}
		d.late = d.late || r.Entry > 0
		d.counted = d.counted && w == math.Trunc(w)
		clustered = clustered || r.Cluster != ""
	}
	d.counted = d.counted && d.left < 1e7 // each of whom is a step of a tie
	if clustered {
		d.takeClusters(rows)
	}
}

func (d *coxData) takeClusters(rows []Row) {
	names, of := labels(rows, func(r *Row) string { return r.Cluster })
	d.cluster, d.clusters = cluster(names, of, d.source)
}

// place finds the moments, and where among them each row begins and ends.
func (d *coxData) place(rows []Row) {
	d.from, d.until, d.event = make([]int32, d.n), make([]int32, d.n), make([]int32, d.n)
	for s := range d.strata {
		stratum := &d.strata[s]
		stratum.moment = len(d.ties)
		for i := stratum.row; i < stratum.end; i++ {
			d.placeEnd(&rows[d.source[i].at], i, stratum.moment)
		}
		stratum.last = len(d.ties)
		times := d.ties[stratum.moment:]
		for i := stratum.row; i < stratum.end; i++ {
			d.from[i] = int32(stratum.moment)
			if entry := rows[d.source[i].at].Entry; entry > 0 {
				d.from[i] += int32(sort.Search(len(times), func(k int) bool { return times[k].time > entry }))
			}
		}
		d.ties = append(d.ties, tie{time: math.Inf(1)})
	}
	d.finishPlaces(rows)
}

// placeEnd opens a moment where a row leaves at a new age.
func (d *coxData) placeEnd(r *Row, i, first int) {
	d.event[i] = -1
	if !r.Left {
		return
	}
	if len(d.ties) == first || d.ties[len(d.ties)-1].time < r.Duration {
		d.ties = append(d.ties, tie{time: r.Duration})
	}
	last := len(d.ties) - 1
	d.event[i] = int32(last)
	d.ties[last].left += d.weight[i]
	d.ties[last].rows++
}

// finishPlaces sets the ends, when all the moments of the same age are known:
// who is last seen at an age counts as here at it.
func (d *coxData) finishPlaces(rows []Row) {
	for _, stratum := range d.strata {
		next := stratum.moment
		for i := stratum.row; i < stratum.end; i++ {
			duration := rows[d.source[i].at].Duration
			for next < stratum.last && d.ties[next].time <= duration {
				next++
			}
			d.until[i] = int32(next)
		}
	}
}

func (d *coxData) cutTies(ties Ties) {
	for k := range d.ties {
		t := &d.ties[k]
		switch {
		case t.rows == 0:
			continue
		case ties == Breslow:
			t.steps = 1
		case d.counted:
			t.steps = int(t.left)
		default:
			t.steps = t.rows
		}
		t.share = t.left / float64(t.steps)
	}
}
