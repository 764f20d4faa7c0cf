package effect

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The order of cases does not matter to what is said of them, and a score bent
// upwards ranks and calibrates the same.
func TestOrderOfCasesDoesNotMatter(t *testing.T) {
	scores, happened := manyScores(500)
	for i := range scores {
		scores[i] = math.Round(4*scores[i]) / 4 // ties
	}
	order := rand.New(rand.NewPCG(5, 5)).Perm(len(scores))
	moved, movedEnds, bent, chances, movedChances := slices.Clone(scores), slices.Clone(happened), slices.Clone(scores), slices.Clone(scores), slices.Clone(scores)
	for i, at := range order {
		moved[i], movedEnds[i], movedChances[i] = scores[at], happened[at], logistic(scores[at]-1)
		bent[i], chances[i] = math.Exp(scores[i]), logistic(scores[i]-1)
	}
	same := func(what string, got, want, tolerance float64) {
		t.Helper()
		near(t, got, want, tolerance, what)
	}
	a, b, c := mustBe(AUC(scores, happened, 0.95)), mustBe(AUC(moved, movedEnds, 0.95)), mustBe(AUC(bent, happened, 0.95))
	same("AUC moved", b.AUC, a.AUC, 1e-12)
	same("its error moved", b.StdErr, a.StdErr, 1e-12)
	same("AUC bent", c.AUC, a.AUC, 0)
	v, w, u := mustBe(FitVennAbers(scores, happened)), mustBe(FitVennAbers(moved, movedEnds)), mustBe(FitVennAbers(bent, happened))
	for _, s := range []float64{-3, -1, 0, 0.1, 2, 9} {
		same("Venn-Abers moved", w.Chance(s).Value, v.Chance(s).Value, 0)
		same("Venn-Abers bent", u.Chance(math.Exp(s)).Value, v.Chance(s).Value, 0)
	}
	p, q := mustBe(FitPlatt(scores, happened)), mustBe(FitPlatt(moved, movedEnds))
	same("Platt", q.Slope, p.Slope, 1e-9)
	for i := range moved {
		moved[i] = 1e6*moved[i] - 3
	}
	same("Platt in another unit", mustBe(FitPlatt(moved, movedEnds)).Chance(1e6*0.7-3), p.Chance(0.7), 1e-9)
	r, s := mustBe(Reliability(chances, happened, 0.95)), mustBe(Reliability(movedChances, movedEnds, 0.95))
	same("slope", s.Slope, r.Slope, 1e-9)
	same("ECE", s.ECE, r.ECE, 1e-12)
}

// The order of episodes does not matter, and money in another unit is an effect in
// that unit.
func TestOrderOfEpisodesDoesNotMatter(t *testing.T) {
	dice := rand.New(rand.NewPCG(6, 6))
	d := Design{Held: 0.3, Effect: 0.2, Spread: 1}
	episodes, cents := make([]Episode, 400), make([]Episode, 400)
	for i := range episodes {
		e := d.episode(dice)
		episodes[i] = e
		e.Outcome, e.With, e.Without = 100*e.Outcome, 100*e.With, 100*e.Without
		cents[len(cents)-1-i] = e
	}
	a, b := mustBe(Compare(episodes, 0.95)), mustBe(Compare(cents, 0.95))
	near(t, b.Value, 100*a.Value, 1e-9, "effect in cents")
	near(t, b.StdErr, 100*a.StdErr, 1e-9, "its error")
	near(t, b.With, 100*a.With, 1e-9, "treated")
}

func mustBe[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
