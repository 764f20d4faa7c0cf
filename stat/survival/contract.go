package survival

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"behold/stat"
)

// A Cohort is customers who began together, counted after each period: Active[0]
// began, Active[1] renewed once, … The numbers never rise. The last is those
// still active when the count ended, so that cohorts of different age go together.
type Cohort struct {
	Active []float64 // customers, ≥ 0
}

// A Contract is a fitted curve of renewals: of customers whose chances to leave
// at a renewal differ as Beta(A, B), where with C = 1 the chance of each stays
// the same, with C > 1 it rises with age and with C < 1 it falls.
//
// Its methods count whole periods; Survival also takes parts of one.
type Contract struct {
	A, B          float64 // α, β of the beta distribution; > 0, no unit
	C             float64 // 1 for sBG
	AErr, BErr    float64 // standard errors; +Inf at the edge
	CErr          float64 // 0 for sBG
	Free          int     // parameters that were fitted, 2 or 3
	LogLikelihood float64
	N             float64 // customers
	Left          float64 // of whom left
	Observed      int     // periods of the oldest cohort; beyond them all is projected
	Level         float64 // of all ranges
	Caveats       []stat.Caveat

	covariance *mat.SymDense // of ln A, ln B and, when free, ln C; nil at the edge
	learned    *renewals     // what it was fitted to, for Bootstrap; nil when written down by hand
}

// FitSBG estimates how renewals will go on where some customers are more
// faithful than others and none changes (shifted beta-geometric).
//
// Question: how many of these subscribers will still be here in five years?
//
// Input: one Cohort or more; read only.
//
//	Active[t]  n_t   customers still active after t renewals   count, n_0 ≥ n_1 ≥ …
//
// Model: each customer leaves at each renewal with a chance of their own that
// never changes, and the chances differ as Beta(α, β):
//
//	S(t)  = B(α, β+t) / B(α, β)        share active after t renewals
//	ln L  = Σ_t (n_{t−1} − n_t) ln(S(t−1) − S(t)) + n_T ln S(T)
//
// maximised over α, β > 0, on their logarithms, by Newton from several starts.
//
// Output: Contract with C = 1.
//
// Errors: ErrTooFew (no cohort with two periods: one period cannot tell
// faithful customers from lucky ones); ErrNobodyLeft; *InputError (Row the
// cohort, Field such as Active[2]). Caveats, in the result: at-edge (a
// parameter ran to the end of its range, as when customers do not differ at
// all; the curve holds, standard errors do not; Count is the parameter, 0 for A,
// and Value what it is);
// few-left (fewer than 10 left; Count); not-settled.
//
// Not where customers may leave at any time (KaplanMeier), nor where prices or
// offers changed between the periods. Retention rises with age because the
// leavers go first, also when nobody changes.
//
// Source: Fader, Hardie (2007), J. Interactive Marketing 21(1), 76–90, table of
// the high-end segment, 7 periods: α 0.668, β 3.806, ln L −1611.2; the regular
// one: α 0.704, β 1.182, ln L −1680.3: see TestFitSBG_FaderHardie2007.
func FitSBG(cohorts []Cohort) (*Contract, error) {
	return fitContract(cohorts, 2)
}

// FitBdW estimates how renewals will go on where customers differ and the
// chance to leave changes with age (beta-discrete-Weibull).
//
// Question: as FitSBG, when new customers leave slower or faster than the same
// customers would later.
//
// Input: as FitSBG, with three periods or more.
//
// Model: as FitSBG with t^c in place of t,
//
//	S(t) = B(α, β+t^c) / B(α, β)
//
// maximised over α, β, c > 0. α and β are flat when c is free: read the curve
// and not the parameters.
//
// Output: Contract.
//
// Errors and caveats: as FitSBG (three periods).
//
// Not with few periods: compare AIC with that of FitSBG, see ChooseContract.
//
// Source: Fader, Hardie, Liu, Davin, Steenburgh (2018), J. Interactive
// Marketing 43, 1–16. On the periods 0–12 of 2007 ln L is −2004.8169 (high-end)
// and −1930.9297 (regular): see TestFitBdW.
func FitBdW(cohorts []Cohort) (*Contract, error) {
	return fitContract(cohorts, 3)
}

// A Choice is the better of two curves, and how the same choice would have
// done before.
type Choice struct {
	*Contract
	Other   *Contract // the one not chosen; nil when it could not be fitted
	Hidden  int       // periods that were hidden for the check; 0 when too few to hide
	Missed  float64   // mean absolute error of S over them, in shares of 1
	Caveats []stat.Caveat
}

// ChooseContract fits sBG and BdW and takes the one with the smaller AIC. To
// show how far to trust it, it does the same without the last quarter of the
// oldest cohort's periods and compares with what then happened.
//
// Question: how far can the projection be trusted?
//
// Input and output: as FitSBG and FitBdW.
//
// Errors: as FitSBG. Caveats, beside those of the fit, in the result:
// projection-missed (Missed is above 0.03; Value).
//
// Not as a promise: a curve cannot know of a new price or a rival.
//
// Source: Akaike (1974); the hold-out as in Fader, Hardie (2007). See
// TestChooseContract.
func ChooseContract(cohorts []Cohort) (Choice, error) {
	choice, err := choose(cohorts)
	if err != nil {
		return Choice{}, err
	}
	choice.Caveats = choice.Contract.Caveats
	last := choice.Observed
	hide := last / 4
	if hide == 0 {
		return choice, nil
	}
	before, err := choose(shorten(cohorts, last-hide))
	if err != nil {
		return choice, nil // too few periods to hide any: no check, and Hidden says so
	}
	choice.Hidden = hide
	choice.Missed = before.missed(cohorts, last-hide)
	if choice.Missed > missedMuch {
		choice.Caveats = append(choice.Caveats, stat.Caveat{Code: "projection-missed", Count: hide, Value: choice.Missed, Limit: missedMuch})
	}
	return choice, nil
}

// missedMuch is the error of S, in shares of 1, above which a projection is
// not to be taken at its word: twice what Fader and Hardie's segments show.
const missedMuch = 0.03

func choose(cohorts []Cohort) (Choice, error) {
	simple, err := FitSBG(cohorts)
	if err != nil {
		return Choice{}, err
	}
	bent, err := FitBdW(cohorts)
	if err != nil {
		return Choice{Contract: simple}, nil // too few periods for it
	}
	if bent.AIC() < simple.AIC() {
		return Choice{Contract: bent, Other: simple}, nil
	}
	return Choice{Contract: simple, Other: bent}, nil
}

// shorten ends every cohort after the given period.
func shorten(cohorts []Cohort, periods int) []Cohort {
	out := make([]Cohort, len(cohorts))
	for i, c := range cohorts {
		out[i].Active = c.Active[:min(len(c.Active), periods+1)]
	}
	return out
}

// missed is the mean error of the curve after a period, each cohort weighed by
// its size.
func (m *Contract) missed(cohorts []Cohort, after int) float64 {
	sum, weight := 0.0, 0.0
	for _, c := range cohorts {
		for t := after + 1; t < len(c.Active); t++ {
			sum += math.Abs(m.Survival(float64(t))*c.Active[0] - c.Active[t])
			weight += c.Active[0]
		}
	}
	if weight == 0 {
		return 0
	}
	return sum / weight
}

// AIC is Akaike's criterion, 2·Free − 2 ln L; smaller is better.
func (m *Contract) AIC() float64 {
	return 2*float64(m.Free) - 2*m.LogLikelihood
}
