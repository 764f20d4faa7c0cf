package effect

import (
	"math/rand/v2"
	"slices"

	"behold/stat"
)

// Resampling says how ranges are found from customers drawn anew.
type Resampling struct {
	Resamples int     // 0 means 500
	Level     float64 // 0 means 0.95
	Seed      uint64
}

const (
	usualResamples = 500
	usualLevel     = 0.95
	resampleBlock  = 4
)

func (r Resampling) checked() (Resampling, error) {
	if r.Resamples <= 0 {
		r.Resamples = usualResamples
	}
	if r.Level == 0 {
		r.Level = usualLevel
	}
	return r, stat.CheckLevel(r.Level)
}

// each calls do with how often every one of n customers was drawn, resample by
// resample; do writes into its own place of answers only.
func (r Resampling) each(n int, do func(b int, times []float64)) {
	stat.Blocks(r.Resamples, resampleBlock, func(lo, hi int) {
		times := make([]float64, n)
		for b := lo; b < hi; b++ {
			dice := rand.New(rand.NewPCG(r.Seed, uint64(b)))
			clear(times)
			for range n {
				times[dice.IntN(n)]++
			}
			do(b, times)
		}
	})
}

// percentiles of what the resamples gave; sorts values.
func (r Resampling) percentiles(values []float64) stat.Interval {
	slices.Sort(values)
	at := func(u float64) float64 {
		place := u * float64(len(values)-1)
		low := int(place)
		high := min(low+1, len(values)-1)
		return values[low] + (place-float64(low))*(values[high]-values[low])
	}
	return stat.Interval{Low: at((1 - r.Level) / 2), High: at((1 + r.Level) / 2), Level: r.Level}
}

// A Point of a Qini curve.
type Point struct {
	Share float64 // of the customers, best scores first, 0 … 1
	Gain  float64 // outcome gained by treating them rather than nobody, per customer of all
}

// A Qini says whether treating by score pays.
type Qini struct {
	Curve    []Point       // from (0, 0) to (1, effect on all); one for every score that differs
	AUUC     float64       // area between the curve and its chord (treating at random); unit of the outcome
	Interval stat.Interval // of AUUC
	Caveats  []stat.Caveat // few-held, few-episodes, few-resamples
}

// QiniCurve measures whether a score tells who responds.
//
// Question: had we treated only the half with the highest score, how much of the
// gain would we have had?
//
// Input: a score per Episode (higher = treat sooner), made without its outcome;
// read only, any order. Equal scores are treated together.
//
// Formula: among the first k by score, with every customer weighted by 1 over the
// chance of the arm they are in,
//
//	Q(k) = TY − CY · T/C        divided by the number of all customers
//
// where T, C are the weights of treated and held-out and TY, CY those times the
// outcome; Q is 0 while one arm is empty. With one chance for all it is the usual
// Q(k) = TY₁ − CY₁ T/C over the expected number of treated. AUUC is the area
// under Q less that under the straight line to its end. Its range comes from
// episodes drawn anew.
//
// Output: the curve, AUUC, its interval. Rank by the score only when the interval
// lies above 0.
//
// Errors: as Compare; scores not finite or not as many. Caveats: few-held,
// few-episodes, few-resamples (Count resamples had both arms, of Limit).
//
// Source: Radcliffe (2007), Direct Marketing Analytics Journal; METHODS 8.4. See
// TestQiniByHand and TestQini_Hillstrom.
func QiniCurve(scores []float64, episodes []Episode, resampling Resampling) (Qini, error) {
	resampling, err := resampling.checked()
	if err != nil {
		return Qini{}, err
	}
	order, err := byScore(scores, len(episodes))
	if err != nil {
		return Qini{}, err
	}
	var a arms
	for i, e := range episodes {
		if err := checkEpisode(i, e); err != nil {
			return Qini{}, err
		}
		a.add(e)
	}
	if a.treated == 0 || a.held == 0 {
		return Qini{}, &stat.InputError{Row: stat.NoRow, Field: "episodes", Value: a.n, Why: "none treated or none held out"}
	}
	q := Qini{Caveats: a.effect().Caveats}
	q.Curve = append(q.Curve, Point{})
	walk := qiniWalk{scores, episodes, order}
	q.AUUC, _ = walk.area(nil, func(p Point) { q.Curve = append(q.Curve, p) })
	areas, known := make([]float64, resampling.Resamples), make([]bool, resampling.Resamples)
	resampling.each(len(episodes), func(b int, times []float64) {
		areas[b], known[b] = walk.area(times, func(Point) {})
	})
	kept := areas[:0]
	for b, area := range areas {
		if known[b] {
			kept = append(kept, area)
		}
	}
	if len(kept) < resampling.Resamples {
		q.Caveats = append(q.Caveats, stat.Caveat{Code: "few-resamples", Count: len(kept), Limit: float64(resampling.Resamples)})
	}
	q.Interval = stat.Interval{Low: q.AUUC, High: q.AUUC, Level: resampling.Level}
	if len(kept) > 0 {
		q.Interval = resampling.percentiles(kept)
	}
	return q, nil
}

// byScore is the order of n scores, the highest first.
func byScore(scores []float64, n int) ([]int, error) {
	if len(scores) != n {
		return nil, &stat.InputError{Row: stat.NoRow, Field: "scores", Value: float64(len(scores)), Why: "not as many as cases"}
	}
	order, turned := make([]int, n), make([]float64, n)
	for i, s := range scores {
		if !stat.Finite(s) {
			return nil, &stat.InputError{Row: i, Field: "scores", Value: s, Why: "not a finite number"}
		}
		turned[i] = -s
	}
	for i, p := range ascendingPlaces(turned) {
		order[i] = p.at
	}
	return order, nil
}

type qiniWalk struct {
	scores   []float64
	episodes []Episode
	order    []int
}

// area is AUUC with every episode counted as often as times says (nil: once), and
// whether both arms have anybody. Each point goes to visit.
func (w qiniWalk) area(times []float64, visit func(Point)) (float64, bool) {
	total := float64(len(w.order)) // resamples have as many
	var t, c, ty, cy, share, gain, area float64
	for at := 0; at < len(w.order); {
		count, first := 0.0, w.scores[w.order[at]]
		for ; at < len(w.order) && w.scores[w.order[at]] == first; at++ {
			e, n := w.episodes[w.order[at]], 1.0
			if times != nil {
				n = times[w.order[at]]
			}
			count += n
			if e.Treated {
				t += n / e.Chance
				ty += n * e.Outcome / e.Chance
			} else {
				c += n / (1 - e.Chance)
				cy += n * e.Outcome / (1 - e.Chance)
			}
		}
		next := 0.0
		if t > 0 && c > 0 {
			next = (ty - cy*t/c) / total
		}
		area += (gain + next) / 2 * count / total
		share, gain = share+count/total, next
		visit(Point{share, gain})
	}
	return area - gain/2, t > 0 && c > 0
}
