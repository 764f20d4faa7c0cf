package forecast

import (
	"math"

	"behold"
	"behold/stat"
	"behold/stat/booster"
)

const (
	originStep    = 30      // days between the days that the chance is learned from, at most
	originLeast   = 15      // and at least
	maxOrigins    = 18      // so many of them, the latest first
	minPast       = 90      // days of records before the earliest
	maxRows       = 60_000  // over all origins
	originAge     = 0.93    // weight of an origin against the next later one
	minRows       = 200     // customers with a known outcome, METHODS 9.2
	minLeavers    = 40      // of them and of those who stayed
	plainSpread   = 0.8     // log-odds: how far the engine alone may be off; it missed by 0.1 to 1.3 on the wholesaler and CDNOW
	originFree    = 0.5     // prior standard deviation of an origin's own level
	historySpread = 0.5     // prior standard deviation of the terms beyond METHODS 2.6, which say much the same many times
	sd95          = 1.95996 // two-sided 95 %
	treeCount     = 120
	treeDepth     = 3
	treeRate      = 0.08
	treeColumns   = 0.2
	treeShare     = 0.6 // of the trees in the log-odds, where they help
)

// Leave is how the chance to leave is found from features: a line in log-odds,
// small trees beside it, the level foreseen, and what its own past forecasts were
// worth. Of the zero Leave it is the engine's own chance.
type Leave struct {
	Rows    int          // customers with a known outcome that it was learned from, over all origins
	Leavers int          // of them
	Origins []behold.Day // the days as of which they were seen, latest first
	Levels  []float64    // log-odds by which each origin lay above the common level
	Level   float64      // log-odds foreseen for the days to come, above the common level
	Drift   float64      // standard deviation of that
	Mean    []float64    // of each column
	Scale   []float64    // standard deviation of each column; 0: it says nothing here
	Coef    []float64    // of the standardised columns
	Cov     []float64    // covariance of Coef, columns × columns
	Season  []float64    // means of the columns of last year's window, as of today
	Trees   booster.Model
	Base    float64   // log-odds that the trees start from
	Share   float64   // of the trees in the log-odds; the rest is the line's
	Proof   Proof     // what forecasts of earlier days were worth
	Weights []float64 // of signals, by their place in Signals; see FitSignals
}

// seasonColumns hang on how much of the year before is on record and on the
// season itself; they are told against the mean of the day.
func seasonColumns() [8]int {
	return [...]int{colSeason, colSeasonAny, colSeasonNone, colAround, colBeforeThen, colTwoYears, colSeasonSpend, colSilenceThen}
}

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
//	line   logit P = β·x + u_t,   β_engine ~ N(1, 1),  β of the other terms of
//	       METHODS 2.6 ~ N(0, 1) and of the rest ~ N(0, 0.5²), a standard
//	       deviation,  u_t ~ N(0, 0.5²),   maximised a posteriori
//	trees  logit P = base + u_t + booster.Fit, with more columns
//
// with weight 0.93 for each 30 days back, divided by how many origins share
// an outcome. Rows of long silent customers count, together, at most as much as
// those of the others. The prior of the common level is the engine's own. The
// log-odds are 0.4 of the line's and 0.6 of the trees', unless the trees foretold
// the latest outcomes worse (Proof), plus the level that foresee expects of the u
// to come, and calibrated by Proof.
//
// Output: coefficients, their covariance, trees, level and its drift.
//
// Caveats: with fewer than 200 rows, 40 leavers or 40 who stayed, the result is
// not learned: the engine's own chance, with a wide range.
//
// The level of the months to come is foreseen from those past; in a season that
// the records do not know yet it can lie far off, and the range says so.
//
// Source: METHODS 2.6; TestLeaveRanks holds it against recency, frequency and
// spend on real data.
func fitLeave(f *fitting) (Leave, error) {
	var l Leave
	rows, err := f.trainingRows()
	if err != nil {
		return l, err
	}
	l.count(rows)
	if !l.enough() {
		return l, nil
	}
	if l.Proof, err = f.prove(rows); err != nil {
		return l, err
	}
	l.Share = l.Proof.share()
	if err := l.learn(rows, f.s.Seed); err != nil {
		return l, err
	}
	l.Level, l.Drift = foresee(f.h.AsOf, l.Origins, l.Levels)
	return l, nil
}

func (l *Leave) count(rows *trainingRows) {
	l.Rows, l.Leavers, l.Origins = len(rows.y), 0, rows.origins
	for _, y := range rows.y {
		l.Leavers += int(y)
	}
}

func (l *Leave) enough() bool {
	return l.Rows >= minRows && l.Leavers >= minLeavers && l.Rows-l.Leavers >= minLeavers
}

// learn finds line and trees; the trees only where they have a share.
func (l *Leave) learn(rows *trainingRows, seed uint64) error {
	scaled := l.standardise(rows)
	l.solve(rows, scaled)
	if l.Share == 0 {
		return nil
	}
	return l.grow(rows, seed)
}

// grow finds the trees.
func (l *Leave) grow(rows *trainingRows, seed uint64) error {
	var up, all float64
	weights := make([]float64, len(rows.w))
	for i, w := range rows.w {
		weights[i] = w / rows.overlap
		up, all = up+w*rows.y[i], all+w
	}
	l.Base = logit(up / all)
	offset := make([]float64, len(rows.y))
	for i, j := range rows.origin {
		offset[i] = l.Base + l.Levels[j]
	}
	trees, err := booster.Fit(
		booster.Rows{X: rows.x, Width: wide, Y: rows.y, Weight: weights, Offset: offset},
		booster.Options{Trees: treeCount, Depth: treeDepth, Rate: treeRate, Columns: treeColumns, Seed: seed},
	)
	if err != nil {
		return &behold.Error{Kind: behold.Internal, Say: "the chance to leave could not be learned", Err: err}
	}
	l.Trees = *trees
	return nil
}

// learned says whether there was enough to learn from.
func (l *Leave) learned() bool { return len(l.Coef) == columns }

// standardise finds mean and spread of every column of the line and gives the
// rows in them.
func (l *Leave) standardise(rows *trainingRows) []float64 {
	n := len(rows.y)
	sums := stat.BlockSums(stat.Split{N: n, Size: blockSize, Width: 2*columns + 1}, func(lo, hi int, sums []float64) {
		for i := lo; i < hi; i++ {
			w := rows.w[i]
			sums[2*columns] += w
			for j, v := range rows.x[i*wide : i*wide+columns] {
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
	scaled := make([]float64, n*columns)
	stat.Blocks(n, blockSize, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			l.scale(rows.x[i*wide:i*wide+columns], scaled[i*columns:(i+1)*columns])
		}
	})
	return scaled
}

// scale puts a row of features in standard deviations from the mean; both may be
// the same.
func (l *Leave) scale(row, to []float64) {
	for j, v := range row[:columns] {
		to[j] = 0
		if l.Scale[j] > 0 {
			to[j] = (v - l.Mean[j]) / l.Scale[j]
		}
	}
}

// solve finds the coefficients and how sure they are.
func (l *Leave) solve(rows *trainingRows, scaled []float64) {
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
	w := make([]float64, len(rows.w))
	for i := range w {
		w[i] = rows.w[i] / rows.overlap
	}
	fit := fitLogistic(logisticData{x: scaled, width: columns, y: rows.y, w: w, group: rows.origin, groups: origins}, mean, precision)
	l.Coef, l.Levels = fit.coef[:columns:columns], fit.coef[columns:]
	l.Cov = fit.covariance(columns)
}

// levelPrecision of the prior that the common level is the engine's: it counts as
// one origin against as many as there are that share no outcomes.
func (l *Leave) levelPrecision(overlap float64) float64 {
	n := float64(len(l.Origins))
	apart := 1 + (n-1)/overlap
	return n / apart / (originFree * originFree)
}

// odds are the log-odds of a row of features at the common level; scaled is
// scratch, and holds the standardised columns then.
func (l *Leave) odds(row, scaled []float64) float64 {
	l.scale(row, scaled)
	line := 0.0
	for i, v := range scaled[:columns] {
		line += l.Coef[i] * v
	}
	if l.Share == 0 {
		return line
	}
	return (1-l.Share)*line + l.Share*(l.Base+l.Trees.LogOdds(row))
}

// chance of features (which are overwritten), with its 95 % range.
func (l *Leave) chance(row []float64) (p, low, high float64) {
	engine := row[colEngine]
	if !l.learned() {
		return logistic(engine), logistic(engine - sd95*plainSpread), logistic(engine + sd95*plainSpread)
	}
	for j, c := range seasonColumns() {
		row[c] -= l.Season[j]
	}
	var scratch [columns]float64
	scaled := scratch[:]
	at := l.odds(row, scaled) + l.Level
	variance := l.Drift * l.Drift
	for i, v := range scaled {
		sum := 0.0
		for j, c := range l.Cov[i*columns : i*columns+i] {
			sum += c * scaled[j]
		}
		variance += v * (2*sum + v*l.Cov[i*columns+i])
	}
	return l.Proof.chance(at, math.Sqrt(variance))
}
