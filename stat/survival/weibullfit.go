package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// weibullData is the input of FitWeibull made ready. Its β are those of the
// columns, the intercept at the mean of all columns, and ln ρ unless held.
type weibullData struct {
	design
	weight   []float64
	leaves   []bool
	end      []float64 // ln Duration
	begin    []float64 // ln Entry, −Inf for none
	cluster  []int32   // nil without clusters
	clusters int
	held     bool // the shape is 1

	total, left, exposure, longest float64
}

// A weibullFit is where the search ended.
type weibullFit struct {
	at         *ascent
	first      *mat.SymDense // inverse information at the start
	iterations int
	promised   float64
}

func prepareWeibull(rows []Row, opt *WeibullOptions) (*weibullData, []stat.Caveat, error) {
	if err := checkRows(rows); err != nil {
		return nil, nil, err
	}
	for i := range rows {
		if rows[i].Left && rows[i].Duration == 0 {
			return nil, nil, &InputError{i, "Duration", 0, "at which nobody can leave by this curve"}
		}
	}
	shared := CoxOptions{Names: opt.Names, Prior: opt.Prior, Level: opt.Level, MaxIterations: opt.MaxIterations}
	if err := shared.complete(len(rows[0].X)); err != nil {
		return nil, nil, err
	}
	opt.Names, opt.Prior, opt.Level, opt.MaxIterations = shared.Names, shared.Prior, shared.Level, shared.MaxIterations
	d := &weibullData{held: opt.Exponential}
	source := d.order(rows)
	if d.left == 0 {
		return nil, nil, ErrNobodyLeft
	}
	var caveats []stat.Caveat
	d.design, caveats = newDesign(d.weight, func(i int) []float64 { return rows[source[i].at].X }, opt.Prior)
	return d, caveats, nil
}

// order takes the rows over in an order that depends on what they say only.
func (d *weibullData) order(rows []Row) []spot {
	source := make([]spot, len(rows))
	stat.Blocks(len(rows), block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			source[i] = spot{rows[i].hash(), uint64(i)}
		}
	})
	source, scratch := sortInto(source, make([]spot, len(source)))
	for i := range source {
		source[i].key = timeKey(rows[source[i].at].Duration)
	}
	source, _ = sortInto(source, scratch)
	clustered := false
	for _, s := range source {
		r := &rows[s.at]
		w := r.weight()
		d.weight, d.leaves = append(d.weight, w), append(d.leaves, r.Left)
		d.end, d.begin = append(d.end, math.Log(r.Duration)), append(d.begin, math.Log(r.Entry))
		d.total += w
		d.exposure += w * (r.Duration - r.Entry)
		d.longest = math.Max(d.longest, r.Duration)
		if r.Left {
			d.left += w
		}
		clustered = clustered || r.Cluster != ""
	}
	if clustered {
		names, of := labels(rows, func(r *Row) string { return r.Cluster })
		d.cluster, d.clusters = cluster(names, of, source)
	}
	return source
}

// search fits without columns, then climbs from there with them.
func (d *weibullData) search(maxIterations int) (full weibullFit, null float64, caveats []stat.Caveat) {
	bare := *d
	bare.design = design{n: d.n}
	start := []float64{math.Log(d.exposure) - math.Log(d.left), 0}
	if d.held {
		start = start[:1]
	}
	flat := make([]float64, len(start))
	alone, _, _ := climb(bare.pass, bare.pass(start), flat, maxIterations)
	begin := func() *ascent { return d.pass(append(make([]float64, len(d.columns)), alone.beta...)) }
	at := begin()
	if caveats = dropDependent(&d.design, at.info); len(caveats) > 0 {
		at = begin()
	}
	d.prior = append(d.prior, flat...)
	full.first = invert(at.info, d.prior)
	full.at, full.iterations, full.promised = climb(d.pass, at, d.prior, maxIterations)
	return full, alone.loglik, caveats
}

func (d *weibullData) pass(beta []float64) *ascent {
	p, k := len(d.columns), len(beta)
	width := 1 + k + k*(k+1)/2
	sums := stat.BlockSums(stat.Split{N: d.n, Size: block, Width: width}, func(lo, hi int, sums []float64) {
		z, u := make([]float64, p+1), make([]float64, k)
		for i := lo; i < hi; i++ {
			c := d.contribution(beta, i, z)
			w := d.weight[i]
			sums[0] += w * c.l
			c.slope(z, u)
			for a, v := range u {
				sums[1+a] += w * v
			}
			addOuter(sums[1+k:], w*c.byTime2, z, z)
			if k > p+1 {
				last := sums[1+k+k*(k-1)/2:]
				for a, v := range z {
					last[a] += w * c.byBoth * v
				}
				last[p+1] += w * c.byShape2
			}
		}
	})
	s := &ascent{beta: beta, loglik: sums[0], slope: sums[1 : 1+k], info: mat.NewSymDense(k, nil)}
	if k > p+1 && math.Abs(beta[p+1]) > 30 {
		s.loglik = math.Inf(-1) // a shape that is no shape any more
	}
	at := 1 + k
	for a := range k {
		for b := 0; b <= a; b++ {
			s.info.SetSym(a, b, sums[at])
			at++
		}
	}
	return s
}

// weibullRow is the log-likelihood of one row with its slopes by ln λ and ln ρ,
// and minus its second derivatives.
type weibullRow struct {
	l, byTime, byShape        float64
	byTime2, byBoth, byShape2 float64
}

// contribution fills z with the columns of a row and 1. With y = ρ(ln t − ln λ)
// and g(y) = e^y at the end less e^y at the entry, l = δ(ln ρ + y − ln t) − g.
func (d *weibullData) contribution(beta []float64, i int, z []float64) (c weibullRow) {
	p := len(z) - 1
	copy(z, d.x[i*p:i*p+p])
	z[p] = 1
	log, shape := 0.0, 1.0
	if len(beta) > p+1 {
		log, shape = beta[p+1], math.Exp(beta[p+1])
	}
	lambda := dot(z, beta)
	y, risk, bent, twice := risks(shape * (d.end[i] - lambda))
	_, risk0, bent0, twice0 := risks(shape * (d.begin[i] - lambda))
	risk, bent, twice = risk-risk0, bent-bent0, twice-twice0
	c.l, c.byTime, c.byShape = -risk, shape*risk, -bent
	c.byTime2, c.byBoth, c.byShape2 = shape*shape*risk, -shape*(risk+bent), bent+twice
	if d.leaves[i] {
		c.l += log + y - d.end[i]
		c.byTime -= shape
		c.byShape += 1 + y
		c.byBoth += shape
		c.byShape2 -= y
	}
	return c
}

// risks is y, e^y, y·e^y and y²·e^y, 0 for y = −Inf.
func risks(y float64) (same, risk, bent, twice float64) {
	if math.IsInf(y, -1) {
		return y, 0, 0, 0
	}
	risk = math.Exp(y)
	return y, risk, y * risk, y * y * risk
}

// slope is the gradient of a row.
func (c weibullRow) slope(z, u []float64) {
	for a, v := range z {
		u[a] = c.byTime * v
	}
	if len(u) > len(z) {
		u[len(z)] = c.byShape
	}
}

func (d *weibullData) scores(beta []float64) []float64 {
	k := len(beta)
	scores, z, u := make([]float64, d.clusters*k), make([]float64, len(d.columns)+1), make([]float64, k)
	for i := range d.n {
		d.contribution(beta, i, z).slope(z, u)
		for a, v := range u {
			scores[int(d.cluster[i])*k+a] += d.weight[i] * v
		}
	}
	return scores
}
