package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// discreteData is the input of FitDiscrete made ready. Its β are those of the
// columns, then the intercept at the mean of all columns.
type discreteData struct {
	design
	weight   []float64
	happens  []bool
	cluster  []int32 // nil without clusters
	clusters int

	total, happened float64
}

func prepareDiscrete(periods []Period, opt *DiscreteOptions) (*discreteData, []stat.Caveat, error) {
	if len(periods) == 0 {
		return nil, nil, ErrTooFew
	}
	columns := len(periods[0].X)
	for i := range periods {
		if err := periods[i].check(columns, i); err != nil {
			return nil, nil, err
		}
	}
	shared := CoxOptions{Names: opt.Names, Prior: opt.Prior, Level: opt.Level, MaxIterations: opt.MaxIterations}
	if err := shared.complete(columns); err != nil {
		return nil, nil, err
	}
	opt.Names, opt.Prior, opt.Level, opt.MaxIterations = shared.Names, shared.Prior, shared.Level, shared.MaxIterations
	d := &discreteData{}
	source := d.order(periods)
	switch {
	case d.happened == 0:
		return nil, nil, ErrNobodyLeft
	case d.happened == d.total:
		return nil, nil, ErrAllLeft
	}
	var caveats []stat.Caveat
	d.design, caveats = newDesign(d.weight, func(i int) []float64 { return periods[source[i].at].X }, opt.Prior)
	return d, caveats, nil
}

func (p *Period) check(columns, row int) error {
	if !finite(p.Weight) || p.Weight < 0 {
		return &InputError{row, "Weight", p.Weight, "not a number of customers"}
	}
	return checkColumns(p.X, columns, row)
}

// order takes the periods over in an order that depends on what they say only.
func (d *discreteData) order(periods []Period) []spot {
	source := make([]spot, len(periods))
	stat.Blocks(len(periods), block, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			p := &periods[i]
			r := Row{Stay: Stay{Left: p.Happened, Weight: p.Weight}, X: p.X, Cluster: p.Cluster}
			source[i] = spot{r.hash(), uint64(i)}
		}
	})
	source, _ = sortInto(source, make([]spot, len(source)))
	d.weight, d.happens = make([]float64, len(source)), make([]bool, len(source))
	clustered := false
	for i, s := range source {
		p := &periods[s.at]
		d.weight[i], d.happens[i] = p.Weight, p.Happened
		if p.Weight == 0 {
			d.weight[i] = 1
		}
		d.total += d.weight[i]
		if p.Happened {
			d.happened += d.weight[i]
		}
		clustered = clustered || p.Cluster != ""
	}
	if clustered {
		names, of := labels(periods, func(p *Period) string { return p.Cluster })
		d.cluster, d.clusters = cluster(names, of, source)
	}
	return source
}

// cluster numbers the clusters in the order of source; a row without a name
// is one of its own.
func cluster(names []string, of []int32, source []spot) (clusters []int32, count int) {
	clusters, count = make([]int32, len(of)), len(names)
	for i, s := range source {
		clusters[i] = of[s.at]
		if names[of[s.at]] == "" {
			clusters[i] = int32(count)
			count++
		}
	}
	return clusters, count
}

func (d *discreteData) pass(beta []float64) *ascent {
	p := len(beta)
	width := 1 + p + p*(p+1)/2
	sums := stat.BlockSums(stat.Split{N: d.n, Size: block, Width: width}, func(lo, hi int, sums []float64) {
		z := make([]float64, p)
		for i := lo; i < hi; i++ {
			d.row(i, z)
			l, u, v := contribution(dot(beta, z), d.happens[i])
			w := d.weight[i]
			sums[0] += w * l
			for a, x := range z {
				sums[1+a] += w * u * x
			}
			addOuter(sums[1+p:], w*v, z, z)
		}
	})
	s := &ascent{beta: beta, loglik: sums[0], slope: sums[1 : 1+p], info: mat.NewSymDense(p, nil)}
	at := 1 + p
	for a := range p {
		for b := 0; b <= a; b++ {
			s.info.SetSym(a, b, sums[at])
			at++
		}
	}
	return s
}

// row is the columns of a row, and 1 for the intercept.
func (d *discreteData) row(i int, z []float64) {
	p := len(z) - 1
	copy(z, d.x[i*p:i*p+p])
	z[p] = 1
}

func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// contribution is the log-likelihood of one period by η, its slope, and minus
// its second derivative, which is never negative.
func contribution(eta float64, happened bool) (l, u, v float64) {
	m := math.Exp(eta)
	switch {
	case !happened:
		return -m, -m, m
	case m > 700: // certain
		return 0, 0, 0
	case m < 1e-3: // where the difference below cancels
		return math.Log(-math.Expm1(-m)), m / math.Expm1(m), m/2 - m*m/6
	}
	q := m / math.Expm1(m)
	return math.Log(-math.Expm1(-m)), q, q * (m + q - 1)
}

// A discreteFit is where the search ended.
type discreteFit struct {
	at         *ascent
	inverse    *mat.SymDense
	null       float64
	separated  []bool
	iterations int
	caveats    []stat.Caveat
}

// search climbs from no effects and the share of periods in which it happened.
func (d *discreteData) search(maxIterations int) *discreteFit {
	base := math.Log(-math.Log1p(-d.happened / d.total))
	start := func() []float64 {
		beta := make([]float64, len(d.columns)+1)
		beta[len(d.columns)] = base
		return beta
	}
	f := &discreteFit{at: d.pass(start())}
	f.null = f.at.loglik
	if dropped := dropDependent(&d.design, f.at.info); len(dropped) > 0 {
		f.caveats = dropped
		f.at = d.pass(start())
	}
	d.prior = append(d.prior, 0) // the intercept's
	first := invert(f.at.info, d.prior)
	promised := 0.0
	f.at, f.iterations, promised = climb(d.pass, f.at, d.prior, maxIterations)
	f.inverse = invert(f.at.info, d.prior)
	f.caveats = append(f.caveats, unsettled(f.iterations, promised)...)
	f.separated = make([]bool, len(d.columns))
	for a, j := range d.columns {
		if f.inverse.At(a, a) > separation*first.At(a, a) {
			f.separated[a] = true
			f.caveats = append(f.caveats, stat.Caveat{Code: "separation", Count: j, Value: f.at.beta[a] / d.scale[a]})
		}
	}
	return f
}

// sandwich is the covariance of β that trusts only the independence of the
// clusters.
func (d *discreteData) sandwich(f *discreteFit) *mat.SymDense {
	p := len(f.at.beta)
	scores, z := make([]float64, d.clusters*p), make([]float64, p)
	for i := range d.n {
		d.row(i, z)
		_, u, _ := contribution(dot(f.at.beta, z), d.happens[i])
		for a, x := range z {
			scores[int(d.cluster[i])*p+a] += d.weight[i] * u * x
		}
	}
	return sandwich(f.inverse, scores)
}
