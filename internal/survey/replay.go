package survey

import (
	"fmt"

	"behold"
	"behold/stat"
	"behold/stat/sequential"
)

// A Question says how an item is answered and how its answers are counted.
type Question struct {
	Most       int     // the best answer: the scale is 1 … Most, and 0 … 10 where Most is 10
	Top        int     // so many of the best answers count as "very satisfied"; 1 unless there is a reason
	Population int     // customers in all, when each is asked at most once; 0: many more than answer
	Level      float64 // of the intervals, such as 0.95
}

// Least is the worst answer on the scale.
func (q Question) Least() int {
	if q.Most == 10 {
		return 0
	}
	return 1
}

// Check says which part of the question makes no sense.
func (q Question) Check() error {
	bad := func(say, hint string) error { return &behold.Error{Kind: behold.Invalid, Say: say, Hint: hint} }
	switch {
	case q.Most < 2 || q.Most > 100:
		return bad(fmt.Sprintf("a scale that ends at %d is none", q.Most), "it ends at 5, 7 or 10, say")
	case q.Top < 1 || q.Top > q.Most-q.Least():
		return bad(fmt.Sprintf("the best %d of %d answers are not a part of them", q.Top, q.Most-q.Least()+1), "1 counts the best answer alone")
	case q.Population < 0:
		return bad("a company has no fewer than 0 customers", "0: many more than answer")
	}
	return stat.CheckLevel(q.Level)
}

// A Look is what is known after so many answers.
type Look struct {
	N     int
	Top   int // of them the best
	Share stat.Interval
	NPS   *stat.Interval // promoters less detractors, −100 … 100; nil where the scale is not 0 … 10
	Score float64        // so far, where NPS is there
}

// Estimate is the share of the best answers so far.
func (l Look) Estimate() float64 { return float64(l.Top) / float64(l.N) }

// A Replay takes the answers to one question in the order in which they came.
// Make it with NewReplay.
//
// Question: how many customers are very satisfied, and how many recommend us, if
// somebody looks after every single answer?
//
// Input: answers on the question's scale, one by one.
//
// Formula: the share of the Top best answers with its confidence sequence
// (sequential.Share; sequential.FiniteShare where the customers are counted).
// Where the scale is 0 … 10 the net promoter score too: 9 and 10 count 1, 0 to 6
// count −1, the mean times 100, with the interval of sequential.Bounded.
//
// Output: after each answer n, the share and its interval, which holds the true
// share at all looks together with the question's level.
//
// Errors: an answer outside the scale; more answers than customers.
//
// Not where the answers are weighted, nor over a time in which customers change:
// begin anew each quarter. The interval knows the chance of who was asked, not
// those who never answer.
//
// Source: METHODS 6.4 (a), (b), (c); TestReplayOfAnAirport looks after each of
// some 11,000 real answers.
type Replay struct {
	question Question
	top      int
	n        int
	many     *sequential.Share
	few      *sequential.FiniteShare
	score    *sequential.Bounded
}

// NewReplay begins before the first answer.
func NewReplay(q Question) (*Replay, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	r := &Replay{question: q}
	var err error
	if q.Population > 0 {
		r.few, err = sequential.NewFiniteShare(q.Population, q.Level)
	} else {
		r.many, err = sequential.NewShare(q.Level)
	}
	if err == nil && q.Least() == 0 {
		r.score, err = sequential.NewBounded(sequential.Scale{Low: -1, High: 1, Level: q.Level})
	}
	return r, err
}

// Add takes one answer and says what is known then.
func (r *Replay) Add(answer int) (Look, error) {
	q := r.question
	if answer < q.Least() || answer > q.Most {
		return Look{}, &behold.Error{
			Kind: behold.Invalid, Say: fmt.Sprintf("the answer %d is not on the scale from %d to %d", answer, q.Least(), q.Most),
			Hint: "codes for “no answer” are named as missing",
		}
	}
	if r.few != nil && r.n == q.Population {
		return Look{}, &behold.Error{
			Kind: behold.Invalid, Say: fmt.Sprintf("there are more answers than the %d customers", q.Population),
			Hint: "leave the number of customers out where some answered twice",
		}
	}
	r.n++
	best := answer > q.Most-q.Top
	if best {
		r.top++
	}
	look := Look{N: r.n, Top: r.top}
	if err := r.share(best, &look); err != nil {
		return look, err
	}
	return look, r.recommend(answer, &look)
}

func (r *Replay) share(best bool, look *Look) error {
	if r.few == nil {
		r.many.Add(best)
		look.Share = r.many.Interval()
		return nil
	}
	err := r.few.Add(best)
	look.Share = r.few.Interval()
	return err
}

// recommend counts promoters and detractors, where the scale has them.
func (r *Replay) recommend(answer int, look *Look) error {
	if r.score == nil {
		return nil
	}
	value := 0.0
	switch {
	case answer >= 9:
		value = 1
	case answer <= 6:
		value = -1
	}
	if err := r.score.Add(value); err != nil {
		return err
	}
	in := r.score.Interval()
	look.Score = 100 * r.score.Estimate()
	look.NPS = &stat.Interval{Low: 100 * in.Low, High: 100 * in.High, Level: in.Level}
	return nil
}
