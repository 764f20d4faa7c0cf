package survival

import (
	"math"

	"behold/stat"
)

// A Concordance says how well a score ranks who leaves first.
type Concordance struct {
	Share      float64       // of comparable pairs in which the one with the higher risk left first, equal risks counting half; 0.5 without pairs
	StdErr     float64       // of Share, by infinitesimal jackknife
	Range      stat.Interval // of Share, within 0 … 1
	Concordant float64       // pairs ranked right
	Discordant float64       // pairs ranked wrong
	Tied       float64       // pairs with equal risk
}

// pairs is how often one row was right, wrong or tied against others.
type pairs struct{ right, wrong, tied float64 }

func (p *pairs) add(q pairs, sign float64) {
	p.right += sign * q.right
	p.wrong += sign * q.wrong
	p.tied += sign * q.tied
}

// concordance is Harrell's: a pair is comparable when one left while the other
// was here, and was not leaving at the same age. Two walks over the ages with
// a Fenwick tree over the risks count each row's pairs, as the one who stayed
// and as the one who left (Therneau, Watson 2017 define the same).
func (d *coxData) concordance(s *coxPass, level float64) Concordance {
	c := Concordance{Share: 0.5, Range: stat.Interval{Low: 0, High: 1, Level: level}}
	of := make([]pairs, d.n)
	for _, stratum := range d.strata {
		d.countPairs(s, stratum, of, &c)
	}
	all := c.Concordant + c.Discordant + c.Tied
	if all == 0 {
		return c
	}
	somers := (c.Concordant - c.Discordant) / all
	c.Share = (somers + 1) / 2
	c.StdErr = math.Sqrt(d.pull(of, somers, all)) / 2
	spread := normalLimit(level) * c.StdErr
	c.Range.Low, c.Range.High = math.Max(0, c.Share-spread), math.Min(1, c.Share+spread)
	return c
}

// pull is the sum of the squared influences on Somers' d, by cluster.
func (d *coxData) pull(of []pairs, somers, all float64) float64 {
	influence := func(i int) float64 {
		p := of[i]
		return (p.right - p.wrong - somers*(p.right+p.wrong+p.tied)) / all
	}
	sum := 0.0
	if d.cluster != nil {
		byCluster := make([]float64, d.clusters)
		for i := range of {
			byCluster[d.cluster[i]] += d.weight[i] * influence(i)
		}
		for _, v := range byCluster {
			sum += v * v
		}
		return sum
	}
	for i := range of {
		v := influence(i)
		w := d.weight[i]
		if !d.counted {
			w *= w
		}
		sum += w * v * v
	}
	return sum
}

// countPairs counts within one stratum.
func (d *coxData) countPairs(s *coxPass, stratum coxStratum, of []pairs, c *Concordance) {
	w := pairWalk{coxData: d, coxStratum: stratum, of: of}
	w.rank, w.distinct = rankRisks(s.eta[stratum.row:stratum.end])
	w.leave = d.byMoment(stratum, func(i int) int32 { return d.event[i] })
	w.begin = d.byMoment(stratum, func(i int) int32 { return d.from[i] })
	w.stop = d.byMoment(stratum, w.stays)
	w.forth()
	w.back(c)
}

// A pairWalk is one stratum, with lists of its rows by moment: which leave at
// it, which begin before it, and which stayed until then.
type pairWalk struct {
	*coxData
	coxStratum
	rank               []int32 // of the risk, by row from the first
	distinct           int
	leave, begin, stop [][]int32
	of                 []pairs
}

// stays is the moment up to which a row was here without leaving.
func (w *pairWalk) stays(i int) int32 {
	if w.event[i] >= 0 {
		return w.event[i]
	}
	return w.until[i]
}

// seen says whether a row is at risk at any moment without leaving at it.
func (w *pairWalk) seen(i int32) bool { return w.from[i] < w.stays(int(i)) }

func (w *pairWalk) rankOf(i int32) int32 { return w.rank[int(i)-w.row] }

// forth gives those who stay their pairs with those who left before.
func (w *pairWalk) forth() {
	tree := newFenwick(w.distinct)
	for at := range w.last - w.moment + 1 {
		for _, i := range w.stop[at] {
			if w.seen(i) {
				w.of[i].add(tree.above(w.rankOf(i)), 1)
			}
		}
		for _, i := range w.begin[at] {
			if w.seen(i) {
				w.of[i].add(tree.above(w.rankOf(i)), -1)
			}
		}
		for _, i := range w.leave[at] {
			tree.add(w.rankOf(i), w.weight[i])
		}
	}
}

// back gives those who leave their pairs with those who stay, and sums them up.
func (w *pairWalk) back(c *Concordance) {
	tree := newFenwick(w.distinct)
	for at := w.last - w.moment - 1; at >= 0; at-- {
		for _, i := range w.stop[at+1] {
			if w.seen(i) {
				tree.add(w.rankOf(i), w.weight[i])
			}
		}
		for _, i := range w.begin[at+1] {
			if w.seen(i) {
				tree.add(w.rankOf(i), -w.weight[i])
			}
		}
		for _, i := range w.leave[at] {
			p := tree.above(w.rankOf(i))
			p.right, p.wrong = p.wrong, p.right
			w.of[i].add(p, 1)
			c.Concordant += w.weight[i] * p.right
			c.Discordant += w.weight[i] * p.wrong
			c.Tied += w.weight[i] * p.tied
		}
	}
}

// byMoment lists the rows of a stratum by a moment of theirs, in order; rows
// with −1 are in no list.
func (d *coxData) byMoment(stratum coxStratum, moment func(int) int32) [][]int32 {
	counts := make([]int, stratum.last-stratum.moment+1)
	total := 0
	for i := stratum.row; i < stratum.end; i++ {
		if k := moment(i); k >= 0 {
			counts[int(k)-stratum.moment]++
			total++
		}
	}
	all := make([]int32, total)
	lists := make([][]int32, len(counts))
	for k, count := range counts {
		lists[k], all = all[:0:count], all[count:]
	}
	for i := stratum.row; i < stratum.end; i++ {
		if k := moment(i); k >= 0 {
			at := int(k) - stratum.moment
			lists[at] = append(lists[at], int32(i))
		}
	}
	return lists
}

// rankRisks numbers the distinct risks from 0, in rising order.
func rankRisks(eta []float64) (rank []int32, distinct int) {
	spots := make([]spot, len(eta))
	for i, x := range eta {
		bits := math.Float64bits(x + 0)
		if x < 0 {
			bits = ^bits
		} else {
			bits |= 1 << 63
		}
		spots[i] = spot{bits, uint64(i)}
	}
	spots, _ = sortInto(spots, make([]spot, len(spots)))
	rank = make([]int32, len(eta))
	for i, s := range spots {
		if i > 0 && s.key != spots[i-1].key {
			distinct++
		}
		rank[s.at] = int32(distinct)
	}
	return rank, distinct + 1
}

// A fenwick tree adds weights at ranks and sums them up to any rank, both in
// as many steps as the ranks have binary digits (Fenwick 1994).
type fenwick struct {
	tree  []float64
	exact []float64 // by rank
	total float64
}

func newFenwick(ranks int) *fenwick {
	return &fenwick{tree: make([]float64, ranks+1), exact: make([]float64, ranks)}
}

func (f *fenwick) add(rank int32, weight float64) {
	f.total += weight
	f.exact[rank] += weight
	for i := int(rank) + 1; i < len(f.tree); i += i & -i {
		f.tree[i] += weight
	}
}

// above compares with a rank: right is the weight above it, wrong that below.
func (f *fenwick) above(rank int32) pairs {
	below := 0.0
	for i := int(rank); i > 0; i -= i & -i {
		below += f.tree[i]
	}
	tied := f.exact[rank]
	return pairs{right: f.total - below - tied, wrong: below, tied: tied}
}
