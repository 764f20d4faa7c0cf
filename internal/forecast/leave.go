package forecast

import (
	"math"

	"behold"
	"behold/stat"
)

const (
	originStep    = 30      // days between the days that the chance is learned from
	maxOrigins    = 18      // so many of them, the latest first
	minPast       = 90      // days of records before the earliest
	maxRows       = 60_000  // over all origins
	originAge     = 0.93    // weight of an origin against the next later one
	minRows       = 200     // customers with a known outcome, METHODS 9.2
	minLeavers    = 40      // of them and of those who stayed
	plainSpread   = 0.8     // log-odds: how far the engine alone may be off; it missed by 0.1 to 1.3 on the wholesaler and CDNOW
	originFree    = 0.5     // prior standard deviation of an origin's own level
	unseenSeason  = 0.7     // log-odds: about how far the UK wholesaler's winter lay from the months before
	historySpread = 0.5     // prior standard deviation of the terms beyond METHODS 2.6, which say much the same many times
	sd95          = 1.95996 // two-sided 95 %
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
//	logit P = β·x + u_t,   β_engine ~ N(1, 1),  β of the other terms of METHODS
//	2.6 ~ N(0, 1) and of the rest ~ N(0, 0.5²), a standard deviation,
//	u_t ~ N(0, 0.5²),   maximised a posteriori
//
// with weight 0.93^j for the j-th origin back, divided by how many origins share
// an outcome. Rows of long silent customers count, together, at most as much as
// those of the others. The prior of the common level is the engine's own.
//
// Output: coefficients, their covariance, and the drift between origins, from
// the levels u_t.
//
// Caveats: with fewer than 200 rows, 40 leavers or 40 who stayed, the result is
// not learned: the engine's own chance, with a wide range.
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
		if j > colRepeats {
			precision[j] = 1 / (historySpread * historySpread)
		}
	}
	// b ~ N(1, 1) for the raw logit of the engine is N(scale, scale²) for the standardised one.
	if s := l.Scale[colEngine]; s > 0 {
		mean[colEngine], precision[colEngine] = s, 1/(s*s)
	}
	mean[colOne], precision[colOne] = l.Mean[colEngine], l.levelPrecision(rows.overlap)
	for j := range origins {
		precision[columns+j] = 1 / (originFree * originFree)
	}
	for i := range rows.w {
		rows.w[i] /= rows.overlap
	}
	fit := fitLogistic(logisticData{x: rows.x, width: columns, y: rows.y, w: rows.w, group: rows.origin, groups: origins}, mean, precision)
	l.Coef, l.Levels = fit.coef[:columns:columns], fit.coef[columns:]
	l.Cov = fit.covariance(columns)
	l.Drift = drift(l.Levels)
}

// levelPrecision of the prior that the common level is the engine's: it counts as
// one origin against as many as there are that share no outcomes.
func (l *Leave) levelPrecision(overlap float64) float64 {
	n := float64(len(l.Origins))
	apart := 1 + (n-1)/overlap
	return n / apart / (originFree * originFree)
}

// drift is the spread of a level to come: that of the levels seen, with the
// prior counted as two more, since months close together resemble one another;
// and of the seasons in which no origin lay yet, what a season may bring.
func drift(levels []float64) float64 {
	sum, n := 2*originFree*originFree, 2.0
	for _, u := range levels {
		sum, n = sum+u*u, n+1
	}
	unseen := math.Max(0, 1-float64(len(levels)*originStep)/yearDays)
	return math.Sqrt(sum/n + unseen*unseenSeason*unseenSeason)
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
