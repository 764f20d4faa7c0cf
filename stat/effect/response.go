package effect

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Response says how much the treatment does for whom.
type Response struct {
	Mean    []float64     // of each feature
	Scale   []float64     // standard deviation of each feature; 0: it says nothing
	Coef    []float64     // of the constant and then of the standardised features; unit of the outcome
	Caveats []stat.Caveat // few-episodes, few-held, constant-feature
	cov     *mat.SymDense // of Coef
}

// FitResponse estimates who responds to the treatment.
//
// Question: for which customers does a call do most?
//
// Input: Episodes; beside each its features (≤ 8 are wise), known before the
// assignment; ridge λ ≥ 0 counts as λ episodes of average information that say
// "the same for all". Read only, any order.
//
// Formula (R-learner with a linear effect): with m = π m₁ + (1−π) m₀
//
//	min over θ  Σ [ (Y − m) − (Z − π)(θ₀ + x'θ) ]² + λ v Σ_{j>0} θ_j²
//
// for standardised features x and v the mean of (Z − π)². θ₀ is not held back.
//
// Output: Response; Effect gives the effect for one customer with its standard
// error (robust to unequal spread).
//
// Errors: as Compare; features not finite or not equally many; fewer episodes
// than features + 2; λ < 0. Caveats: few-episodes, few-held, constant-feature
// (Count of them).
//
// Not proof: whether ranking by it pays is for Qini, on other episodes.
//
// Source: Nie, Wager (2021), Biometrika 108(2); METHODS 8.4. See
// TestFitResponseFindsWhoResponds.
func FitResponse(episodes []Episode, features [][]float64, ridge float64) (*Response, error) {
	if err := checkFeatures(episodes, features, ridge); err != nil {
		return nil, err
	}
	var a arms
	for i, e := range episodes {
		if err := checkEpisode(i, e); err != nil {
			return nil, err
		}
		a.add(e)
	}
	if a.treated == 0 || a.held == 0 {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "episodes", Value: a.n, Why: "none treated or none held out"}
	}
	r := &Response{Caveats: a.effect().Caveats}
	r.standardise(features)
	if !r.solve(episodes, features, ridge) {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "features", Value: float64(len(r.Mean)), Why: "follow from one another: raise the ridge or leave some out"}
	}
	return r, nil
}

func checkFeatures(episodes []Episode, features [][]float64, ridge float64) error {
	bad := func(row int, field string, value float64, why string) error {
		return &stat.InputError{Row: row, Field: field, Value: value, Why: why}
	}
	n := len(episodes)
	if len(features) != n || n == 0 {
		return bad(stat.NoRow, "features", float64(len(features)), "not as many as episodes, or none")
	}
	if !stat.Finite(ridge) || ridge < 0 {
		return bad(stat.NoRow, "ridge", ridge, "not a finite number, 0 or above")
	}
	p := len(features[0])
	if n < p+2 {
		return bad(stat.NoRow, "episodes", float64(n), "too few for so many features")
	}
	for i, row := range features {
		if len(row) != p {
			return bad(i, "features", float64(len(row)), "not as many as in the first row")
		}
		for _, v := range row {
			if !(math.Abs(v) < tooFar) {
				return bad(i, "features", v, "not a number below 1e150")
			}
		}
	}
	return nil
}

func (r *Response) standardise(features [][]float64) {
	p, n := len(features[0]), float64(len(features))
	r.Mean, r.Scale = make([]float64, p), make([]float64, p)
	constant := 0
	for j := range p {
		origin, sum, square := features[0][j], 0.0, 0.0
		for _, row := range features {
			sum += row[j] - origin
			square += (row[j] - origin) * (row[j] - origin)
		}
		r.Mean[j] = origin + sum/n
		r.Scale[j] = math.Sqrt(max(0, square/n-sum/n*sum/n))
		if r.Scale[j] == 0 {
			constant++
		}
	}
	if constant > 0 {
		r.Caveats = append(r.Caveats, stat.Caveat{Code: "constant-feature", Count: constant})
	}
}

// row puts 1 and the standardised features into x.
func (r *Response) row(x, features []float64) {
	x[0] = 1
	for j, v := range features {
		x[j+1] = 0
		if r.Scale[j] > 0 {
			x[j+1] = (v - r.Mean[j]) / r.Scale[j]
		}
	}
}

// solve finds Coef and its sandwich covariance; false where the features leave
// nothing to tell them apart.
func (r *Response) solve(episodes []Episode, features [][]float64, ridge float64) bool {
	q := len(r.Mean) + 1
	left, right, information := mat.NewSymDense(q, nil), mat.NewVecDense(q, nil), 0.0
	x := mat.NewVecDense(q, nil)
	for i, e := range episodes {
		r.row(x.RawVector().Data, features[i])
		dose, rest := e.dose()
		information += dose * dose
		left.SymRankOne(left, dose*dose, x)
		right.AddScaledVec(right, dose*rest, x)
	}
	for j := 1; j < q; j++ {
		hold := ridge * information / float64(len(episodes))
		if r.Scale[j-1] == 0 {
			hold += information // any hold will do: the column is empty
		}
		left.SetSym(j, j, left.At(j, j)+hold)
	}
	var chol mat.Cholesky
	var coef mat.VecDense
	if !chol.Factorize(left) || chol.Cond() > 1e12 || chol.SolveVecTo(&coef, right) != nil {
		return false
	}
	r.Coef = coef.RawVector().Data
	return r.spread(&chol, episodes, features)
}

// spread finds the covariance of Coef, A⁻¹ M A⁻¹ with M from the residuals.
func (r *Response) spread(chol *mat.Cholesky, episodes []Episode, features [][]float64) bool {
	q := len(r.Coef)
	coef, x, meat := mat.NewVecDense(q, r.Coef), mat.NewVecDense(q, nil), mat.NewSymDense(q, nil)
	for i, e := range episodes {
		r.row(x.RawVector().Data, features[i])
		dose, rest := e.dose()
		off := dose * (rest - dose*mat.Dot(coef, x))
		meat.SymRankOne(meat, off*off, x)
	}
	var bread mat.SymDense
	if chol.InverseTo(&bread) != nil {
		return false
	}
	var half, full mat.Dense
	half.Mul(&bread, meat)
	full.Mul(&half, &bread)
	r.cov = mat.NewSymDense(q, nil)
	for i := range q {
		for j := range i + 1 {
			r.cov.SetSym(i, j, (full.At(i, j)+full.At(j, i))/2)
		}
	}
	return true
}

// dose is Z − π, and rest is Y − m.
func (e Episode) dose() (dose, rest float64) {
	dose = -e.Chance
	if e.Treated {
		dose++
	}
	return dose, e.Outcome - e.Chance*e.With - (1-e.Chance)*e.Without
}

// Effect of the treatment for a customer with these features, as many as were
// fitted, and its standard error; unit of the outcome.
func (r *Response) Effect(features []float64) (value, stdErr float64) {
	q := len(r.Coef)
	x := mat.NewVecDense(q, nil)
	r.row(x.RawVector().Data, features)
	return mat.Dot(mat.NewVecDense(q, r.Coef), x), math.Sqrt(max(0, mat.Inner(x, r.cov, x)))
}
