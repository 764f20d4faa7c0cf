package repurchase

import (
	"fmt"
	"math"
	"slices"

	"behold/stat"
)

// Traits are facts about customers that do not change: where they were won,
// what size they are. Categories are written as columns of 0 and 1.
type Traits struct {
	Names  []string
	Values [][]float64 // one row for each buyer, in their order; one column for each name
}

// A TraitsParetoNBD is a ParetoNBD in which traits make customers buy and leave
// faster or slower. Make it with FitTraitsParetoNBD; For gives the ParetoNBD of
// one customer, which answers.
type TraitsParetoNBD struct {
	R     float64 // r, shape of λ over customers; no unit
	Alpha float64 // α, rate of λ over customers whose traits are all 0, in the unit of time
	S     float64 // s, shape of μ over customers; no unit
	Beta  float64 // β, rate of μ over customers whose traits are all 0, in the unit of time

	Names   []string  // of the traits
	Buying  []float64 // a trait higher by 1 makes buying e^Buying times as fast
	Leaving []float64 // and leaving e^Leaving times as fast
	Fit               // Estimates: r, alpha, s, beta, then "buying NAME", then "leaving NAME"
}

// FitTraitsParetoNBD estimates how often customers buy, how long they stay, and
// what about them goes with either.
//
// Question: do customers won in the shop stay longer than those won online?
//
// Input: as FitParetoNBD, with one row of traits for each buyer: any numbers in
// any unit, constant over the life of the customer.
//
// Model: the likelihood of ParetoNBD, of each customer with their own
//
//	α_i = α·e^{−Buying·z}    β_i = β·e^{−Leaving·z}
//
// Output: coefficients per unit of the trait; their errors and ranges in Fit.
//
// Errors: as FitParetoNBD; an error where names and values do not match;
// *InputError for a value that is not finite (Field is the trait). Caveats: see
// Fit, and same-trait (Count: which; it is the same for everybody and left out)
// and flat-trait (others say the same).
//
// Not as a cause: what goes with a trait need not come from it. Not for what
// changes while the customer is with us.
//
// Source: Fader, Hardie (2007), note on time-invariant covariates. See
// TestReferenceTraits (against another implementation) and TestTraitsZero.
func FitTraitsParetoNBD(buyers []Buyer, traits Traits, opt FitOptions) (TraitsParetoNBD, error) {
	p := len(traits.Names)
	opt, err := opt.complete(4 + 2*p)
	if err != nil {
		return TraitsParetoNBD{}, err
	}
	if err := checkCounts(buyers); err != nil {
		return TraitsParetoNBD{}, err
	}
	if err := traits.check(len(buyers)); err != nil {
		return TraitsParetoNBD{}, err
	}
	if len(buyers) == 0 {
		return TraitsParetoNBD{}, ErrTooFew
	}
	gathered, z := gatherTraits(buyers, traits.Values)
	units, same := scaleTraits(z, p)
	if opt.Priors != nil {
		opt.Priors = slices.Clone(opt.Priors)
		for i := range 2 * p {
			opt.Priors[4+i].Median *= units[i%p]
			opt.Priors[4+i].Spread *= units[i%p]
		}
	}
	h := newParetoHill(gathered, z, usualGap(gathered), exactRules())
	top := climbHill(h, opt)
	fit := fitOf(h, top, traits.parameters(), opt)
	fit.resample(gathered, z, top, opt, h.on)
	fit.rescale(top.at, units)
	fit.know(gathered)
	fit.knowLifetimes(h.age)
	fit.knowTraits(traits.Names, same)
	m := TraitsParetoNBD{
		R: math.Exp(top.at[0]), Alpha: math.Exp(top.at[1]), S: math.Exp(top.at[2]), Beta: math.Exp(top.at[3]),
		Names: slices.Clone(traits.Names), Fit: fit,
	}
	for i := range p {
		m.Buying = append(m.Buying, top.at[4+i]/units[i])
		m.Leaving = append(m.Leaving, top.at[4+p+i]/units[i])
	}
	return m, nil
}

// For is the model of customers with these traits, in the order of Names; it
// answers every question about them. Where the number of traits is another, or
// one is no number, it is never fitted and answers NaN.
//
// See TestReferenceTraits and ExampleTraitsParetoNBD_For.
func (m TraitsParetoNBD) For(traits []float64) ParetoNBD {
	if len(traits) != len(m.Buying) || len(traits) != len(m.Leaving) {
		return ParetoNBD{}
	}
	buying, leaving := 0.0, 0.0
	for i, z := range traits {
		buying += m.Buying[i] * z
		leaving += m.Leaving[i] * z
	}
	if !finite(buying) || !finite(leaving) {
		return ParetoNBD{}
	}
	const most = 300 // of a logarithm: further than any unit of time
	return ParetoNBD{
		R: m.R, Alpha: m.Alpha * math.Exp(math.Max(-most, math.Min(most, -buying))),
		S: m.S, Beta: m.Beta * math.Exp(math.Max(-most, math.Min(most, -leaving))), Fit: m.Fit,
	}
}

func (t Traits) check(buyers int) error {
	if len(t.Values) != buyers {
		return fmt.Errorf("%d rows of traits for %d buyers", len(t.Values), buyers)
	}
	for i, row := range t.Values {
		if len(row) != len(t.Names) {
			return fmt.Errorf("buyer %d: %d traits for %d names", i, len(row), len(t.Names))
		}
		for j, v := range row {
			if !finite(v) {
				return &InputError{Buyer: i, Field: t.Names[j], Value: v, Why: "not a finite number"}
			}
		}
	}
	return nil
}

func (t Traits) parameters() []string {
	names := []string{"r", "alpha", "s", "beta"}
	for _, which := range []string{"buying ", "leaving "} {
		for _, name := range t.Names {
			names = append(names, which+name)
		}
	}
	return names
}

// gatherTraits is gather for buyers with traits; the traits are copies.
func gatherTraits(buyers []Buyer, traits [][]float64) (gathered []Buyer, z [][]float64) {
	order := make([]int, len(buyers))
	for i := range order {
		order[i] = i
	}
	gaps := func(b Buyer) Buyer { b.LogGaps = 0; return b }
	compare := func(i, j int) int {
		if c := byHistory(gaps(buyers[i]), gaps(buyers[j])); c != 0 {
			return c
		}
		return slices.Compare(traits[i], traits[j])
	}
	slices.SortFunc(order, compare)
	for n, i := range order {
		b := gaps(buyers[i])
		b.Weight = b.weight()
		if n > 0 && compare(order[n-1], i) == 0 {
			gathered[len(gathered)-1].Weight += b.Weight
			continue
		}
		gathered, z = append(gathered, b), append(z, slices.Clone(traits[i]))
	}
	return gathered, z
}

// scaleTraits divides every trait by the root of its mean square, the units,
// and puts to 0 those that are the same for everybody.
func scaleTraits(z [][]float64, p int) (units []float64, same []bool) {
	units, same = make([]float64, p), make([]bool, p)
	for j := range p {
		most := 0.0
		same[j] = true
		for _, row := range z {
			most = math.Max(most, math.Abs(row[j]))
			same[j] = same[j] && row[j] == z[0][j]
		}
		units[j] = 1
		if same[j] {
			for _, row := range z {
				row[j] = 0
			}
			continue
		}
		sum := 0.0
		for _, row := range z {
			sum += row[j] / most * (row[j] / most)
		}
		units[j] = most * math.Sqrt(sum/float64(len(z)))
		for _, row := range z {
			row[j] /= units[j]
		}
	}
	return units, same
}

// rescale turns the coefficients back into those per unit of the trait.
func (f *Fit) rescale(at, units []float64) {
	p := len(units)
	unit := func(i int) float64 {
		if i < 4 {
			return 1
		}
		return units[(i-4)%p]
	}
	for i := range f.Covariance {
		for j := range f.Covariance[i] {
			f.Covariance[i][j] /= unit(i) * unit(j)
		}
		if i >= 4 {
			f.Estimates[i] = estimateOf(f.Estimates[i].Name, at[i]/unit(i), f.Covariance[i][i], false)
		}
	}
	for i := range f.Resampled {
		e := &f.Resampled[i]
		e.Value, e.Error, e.Range.Low, e.Range.High = e.Value/unit(i), e.Error/unit(i), e.Range.Low/unit(i), e.Range.High/unit(i)
	}
}

// knowTraits says which traits tell nothing.
func (f *Fit) knowTraits(names []string, same []bool) {
	for i, name := range names {
		switch {
		case same[i]:
			f.warn(stat.Caveat{Code: "same-trait", Count: i}, fmt.Sprintf("%s is the same for everybody and is left out", name))
		case !f.Estimates[4+i].Known || !f.Estimates[4+len(names)+i].Known:
			f.warn(stat.Caveat{Code: "flat-trait", Count: i}, fmt.Sprintf("the data do not tell what %s does by itself", name))
		}
	}
}
