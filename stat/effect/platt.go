package effect

import "behold/stat"

// A Platt is a straight line from scores to log-odds.
type Platt struct {
	Intercept, Slope float64
	Caveats          []stat.Caveat // few-cases (below 20 of either end), falls (Slope not above 0)
}

// FitPlatt turns scores into chances where cases are too few for VennAbers.
//
// Question: as FitVennAbers, from some dozens of cases.
//
// Input: scores (best as log-odds), and whether it happened; read only, any order.
//
// Formula: logit P = Intercept + Slope · score by maximum likelihood, with the
// ends drawn in a little: of n₁ that happened and n₀ that did not the targets are
// (n₁+1)/(n₁+2) and 1/(n₀+2), so that a score that separates them perfectly does
// not promise certainty.
//
// Output: the line; Chance applies it.
//
// Errors: as FitVennAbers. Caveats: few-cases; falls, when a higher score means a
// lower chance.
//
// Source: Platt (1999), Advances in Large Margin Classifiers; Lin, Lin, Weng
// (2007), Machine Learning 68(3). TestPlatt compares with scikit-learn.
func FitPlatt(scores []float64, happened []bool) (Platt, error) {
	if err := checkCases(scores, happened); err != nil {
		return Platt{}, err
	}
	ones := count(happened)
	zeros := float64(len(happened)) - ones
	targets := make([]float64, len(happened))
	for i, h := range happened {
		targets[i] = 1 / (zeros + 2)
		if h {
			targets[i] = (ones + 1) / (ones + 2)
		}
	}
	line := fitLine(scores, targets)
	p := Platt{Intercept: line.intercept, Slope: line.slope}
	if least := int(min(ones, zeros)); least < fewHeld {
		p.Caveats = append(p.Caveats, stat.Caveat{Code: "few-cases", Count: least, Limit: fewHeld})
	}
	if p.Slope <= 0 {
		p.Caveats = append(p.Caveats, stat.Caveat{Code: "falls", Value: p.Slope})
	}
	return p, nil
}

// Chance that it happens at a score.
func (p Platt) Chance(score float64) float64 {
	return logistic(p.Intercept + p.Slope*score)
}

// checkCases refuses cases without scores or ends.
func checkCases(scores []float64, happened []bool) error {
	if len(scores) == 0 || len(happened) != len(scores) {
		return &stat.InputError{Row: stat.NoRow, Field: "happened", Value: float64(len(happened)), Why: "none, or not as many as scores"}
	}
	for i, s := range scores {
		if !stat.Finite(s) {
			return &stat.InputError{Row: i, Field: "scores", Value: s, Why: "not a finite number"}
		}
	}
	return nil
}

func count(happened []bool) float64 {
	n := 0.0
	for _, h := range happened {
		if h {
			n++
		}
	}
	return n
}
