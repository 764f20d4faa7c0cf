package forecast

import (
	"math"

	"behold"
	"behold/stat"
)

const (
	originStep  = 30      // days between the days that the chance is learned from
	maxOrigins  = 18      // so many of them, the latest first
	minPast     = 90      // days of records before the earliest
	maxRows     = 60_000  // over all origins
	originAge   = 0.93    // weight of an origin against the next later one
	minRows     = 200     // customers with a known outcome, METHODS 9.2
	minLeavers  = 40      // of them and of those who stayed
	plainSpread = 0.8     // log-odds: how far the engine alone may be off (METHODS 14.3: .26 said, .32 seen; doubled)
	originFree  = 0.5     // prior standard deviation of an origin's own level
	sd95        = 1.95996 // two-sided 95 %
)

// Leave is how the chance to leave is found from features. Of the zero Leave it
// is the engine's own chance.
type Leave struct {
	Rows    int          // customers with a known outcome that it was learned from, over all origins
	Leavers int          // of them
	Origins []behold.Day // the days as of which they were seen, latest first
	Levels  []float64    // log-odds by which each origin lay above the common level
	Drift   float64      // standard deviation of a new origin's level
	Mean    []float64    // of each column
	Scale   []float64    // standard deviation of each column; 0: it says nothing here
	Coef    []float64    // of the standardised columns
	Cov     []float64    // covariance of Coef, columns × columns
	Season  [3]float64   // means of the columns of last year's window, as of today
}

// seasonColumns hang on how much of the year before is on record and on the
// season itself; they are told against the mean of the day.
var seasonColumns = [3]int{colSeason, colSeasonAny, colSeasonNone}

// fitLeave learns the chance to buy nothing in the next horizon days.
//
// Question: who will not be back in time?
//
// Input: histories as of the day of the forecast; mixture and clock are made
// anew for every origin from what was known then.
//
// Formula (METHODS 2.6): at every origin t ≤ day − horizon each customer gives a
// row of features and y = 1 if nothing was bought in (t, t + horizon];
//
//	logit P = β·x + u_t,   β_engine ~ N(1, 1),  other β ~ N(0, 1) a standard
//	deviation,  u_t ~ N(0, 0.5²),   maximised a posteriori
//
// with weight 0.93^j for the j-th origin back. Rows of long silent customers
// count, together, at most as much as those of the others.
//
// Output: coefficients, their covariance (rows of one customer are counted as
// one, not as many), and the drift between origins, from the levels u_t.
//
// Caveats: TooEarly when there are fewer than 200 rows or 40 leavers, or 40 who
// stayed: the zero Leave, the engine's chance with a wide range.
//
// Not calibrated: the level of the months to come is not known from the past ones.
//
// Source: METHODS 2.6; TestLeaveRanks holds it against recency, frequency and
// spend on real data.
func fitLeave(f *fitting) (Leave, error) {
	var l Leave
	rows, err := f.trainingRows()
	if err != nil {
		return l, err
	}
	leavers := 0
	for _, y := range rows.y {
		leavers += int(y)
	}
	l.Rows, l.Leavers, l.Origins = len(rows.y), leavers, rows.origins
	if l.Rows < minRows || leavers < minLeavers || l.Rows-leavers < minLeavers {
		return l, nil
	}
	l.standardise(rows)
	l.solve(rows)
	return l, nil
}

// learned says whether there was enough to learn from.
func (l *Leave) learned() bool { return len(l.Coef) == columns }

// trainingRows are features with outcomes, origins one after another.
type trainingRows struct {
	x       []float64
	y       []float64
	w       []float64
	origin  []int
	origins []behold.Day
	overlap float64 // rows a customer has within one horizon
}

func (f *fitting) trainingRows() (*trainingRows, error) {
	rows := &trainingRows{overlap: math.Max(1, float64(f.horizon)/originStep)}
	each := maxRows / maxOrigins
	weight := 1.0
	for j := range maxOrigins {
		t := f.h.AsOf - behold.Day(f.horizon+j*originStep)
		if t-f.from < minPast {
			break
		}
		if err := f.addOrigin(rows, t, each, weight); err != nil {
			return nil, err
		}
		weight *= originAge
	}
	return rows, nil
}

// addOrigin sees the company as on day t and adds what became of the customers.
func (f *fitting) addOrigin(rows *trainingRows, t behold.Day, each int, weight float64) error {
	past := f.h.Until(t)
	clock := FitClock(f.days, t, f.s.Country)
	s, err := f.sceneAt(past, &clock)
	if err != nil {
		return err
	}
	var near, far []int
	for k, n := range s.occ.Count {
		switch {
		case n == 0:
		case t-s.occ.Last[k] <= behold.Day(2*f.horizon):
			near = append(near, k)
		default:
			far = append(far, k)
		}
	}
	if len(near) == 0 {
		return nil
	}
	near, far = stride(near, each*3/4), stride(far, each/4)
	farWeight := math.Min(1, float64(len(near))/math.Max(1, float64(len(far))))
	chosen := append(near, far...)
	x := s.matrix(chosen)
	centreSeason(x)
	rows.x = append(rows.x, x...)
	for i, k := range chosen {
		w := weight
		if i >= len(near) {
			w *= farWeight
		}
		rows.w = append(rows.w, w)
		rows.y = append(rows.y, bought(f.h, k, t, t+behold.Day(f.horizon)))
		rows.origin = append(rows.origin, len(rows.origins))
	}
	rows.origins = append(rows.origins, t)
	return nil
}

// bought is 0 if customer k bought in (from, to], else 1.
func bought(h *behold.Histories, k int, from, to behold.Day) float64 {
	for i := h.Start[k]; i < h.Start[k+1]; i++ {
		if h.Day[i] > from && h.Day[i] <= to && h.Purchase(i) {
			return 0
		}
	}
	return 1
}

// stride takes at most n of all, evenly.
func stride(all []int, n int) []int {
	if len(all) <= n {
		return all
	}
	some := make([]int, n)
	for i := range some {
		some[i] = all[i*len(all)/n]
	}
	return some
}

// centreSeason takes the mean of the origin from the columns of last year's window.
func centreSeason(x []float64) [3]float64 {
	var mean [3]float64
	n := float64(len(x) / columns)
	for j, c := range seasonColumns {
		for i := c; i < len(x); i += columns {
			mean[j] += x[i] / n
		}
		for i := c; i < len(x); i += columns {
			x[i] -= mean[j]
		}
	}
	return mean
}

// standardise finds mean and spread of every column and puts the rows in them.
func (l *Leave) standardise(rows *trainingRows) {
	n := len(rows.y)
	sums := stat.BlockSums(stat.Split{N: n, Size: blockSize, Width: 2*columns + 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			w := rows.w[i]
			sums[2*columns] += w
			for j, v := range rows.x[i*columns : (i+1)*columns] {
				sums[j] += w * v
				sums[columns+j] += w * v * v
			}
		}
	})
	total := sums[2*columns]
	l.Mean, l.Scale = make([]float64, columns), make([]float64, columns)
	for j := range columns {
		l.Mean[j] = sums[j] / total
		variance := sums[columns+j]/total - l.Mean[j]*l.Mean[j]
		if variance > 1e-9 {
			l.Scale[j] = math.Sqrt(variance)
		}
	}
	l.Mean[colOne], l.Scale[colOne] = 0, 1
	stat.Blocks(n, blockSize, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			l.scale(rows.x[i*columns : (i+1)*columns])
		}
	})
}

// scale puts a row of features in standard deviations from the mean.
func (l *Leave) scale(row []float64) {
	for j, v := range row {
		if l.Scale[j] > 0 {
			row[j] = (v - l.Mean[j]) / l.Scale[j]
		} else {
			row[j] = 0
		}
	}
}

// solve finds the coefficients and how sure they are.
func (l *Leave) solve(rows *trainingRows) {
	origins := len(rows.origins)
	mean, precision := make([]float64, columns+origins), make([]float64, columns+origins)
	for j := range columns {
		precision[j] = 1
	}
	// b ~ N(1, 1) for the raw logit of the engine is N(scale, scale²) for the standardised one.
	if s := l.Scale[colEngine]; s > 0 {
		mean[colEngine], precision[colEngine] = s, 1/(s*s)
	}
	precision[colOne] = 1e-4
	for j := range origins {
		precision[columns+j] = 1 / (originFree * originFree)
	}
	fit := fitLogistic(logisticData{x: rows.x, width: columns, y: rows.y, w: rows.w, group: rows.origin, groups: origins}, mean, precision)
	l.Coef, l.Levels = fit.coef[:columns:columns], fit.coef[columns:]
	l.Cov = fit.covariance(columns, rows.overlap)
	l.Drift = drift(l.Levels)
}

// drift is the spread of a level to come: that of the levels seen, with the
// prior counted as two more, since months close together resemble one another.
func drift(levels []float64) float64 {
	sum, n := 2*originFree*originFree, 2.0
	for _, u := range levels {
		sum, n = sum+u*u, n+1
	}
	return math.Sqrt(sum / n)
}

// chance of features (which are overwritten), with its 95 % range.
func (l *Leave) chance(row []float64) (p, low, high float64) {
	engine := row[colEngine]
	if !l.learned() {
		return logistic(engine), logistic(engine - sd95*plainSpread), logistic(engine + sd95*plainSpread)
	}
	for j, c := range seasonColumns {
		row[c] -= l.Season[j]
	}
	l.scale(row)
	sum, variance := 0.0, l.Drift*l.Drift
	for i, v := range row {
		sum += l.Coef[i] * v
		at := 0.0
		for j, c := range l.Cov[i*columns : i*columns+i] {
			at += c * row[j]
		}
		variance += v * (2*at + v*l.Cov[i*columns+i])
	}
	sd := math.Sqrt(variance)
	return logistic(sum), logistic(sum - sd95*sd), logistic(sum + sd95*sd)
}
