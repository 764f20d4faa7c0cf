package effect

import (
	"math/rand/v2"

	"behold/stat"
)

// LearnQini asks whether it can be learned from these episodes whom to treat.
//
// Question: is there anything in what we know of customers that tells for whom
// the mail pays, so that half as many mails bring more than half of the gain?
//
// Input: Episodes, and beside each its features, known before the assignment;
// ridge as FitResponse; read only, any order.
//
// Formula: the episodes are parted by lot (resampling.Seed) into two halves. On
// one a Response is fitted; of the scores it gives the other, QiniCurve. The
// halves are not turned round and put together: chance that both share would then
// count twice, and of rankings that are worth nothing 8 % instead of 2.5 % would
// lie above 0.
//
// Output: Qini of the half that nothing was learned from.
//
// Rank by the response only when the interval lies above 0.
//
// Errors: as FitResponse and QiniCurve, of which each half must hold both arms.
// Caveats: as QiniCurve.
//
// Not where time passes between learning and use: hold later episodes against
// earlier ones with FitResponse and QiniCurve.
//
// Source: METHODS 8.4. See TestLearnQini_Hillstrom and TestLearnQiniOfNothing.
func LearnQini(episodes []Episode, features [][]float64, ridge float64, resampling Resampling) (Qini, error) {
	if err := checkFeatures(episodes, features, ridge); err != nil {
		return Qini{}, err
	}
	order := rand.New(rand.NewPCG(resampling.Seed, uint64(len(episodes)))).Perm(len(episodes))
	pick := func(places []int) (some []Episode, known [][]float64) {
		for _, at := range places {
			some, known = append(some, episodes[at]), append(known, features[at])
		}
		return some, known
	}
	learned, known := pick(order[:len(order)/2])
	judged, seen := pick(order[len(order)/2:])
	r, err := FitResponse(learned, known, ridge)
	if err != nil {
		return Qini{}, ofHalf(err)
	}
	scores := make([]float64, len(judged))
	for i, x := range seen {
		scores[i], _ = r.Effect(x)
	}
	q, err := QiniCurve(scores, judged, resampling)
	return q, ofHalf(err)
}

// ofHalf takes the row out of an error: it is one of a half, not of the input.
func ofHalf(err error) error {
	if wrong, ok := err.(*stat.InputError); ok && wrong.Row == stat.NoRow && wrong.Field == "episodes" {
		return &stat.InputError{Row: stat.NoRow, Field: wrong.Field, Value: wrong.Value, Why: "too few for two halves, or none treated or held out in one of them"}
	}
	return err
}
