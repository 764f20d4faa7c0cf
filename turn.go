package behold

// A Turn is one purchase occasion of a customer, seen as a question: will the
// next one come? It is due one usual gap later. Of all turns together a company's
// losses are made: each month so many customers were due, and some never came.
type Turn struct {
	Nth  int32   // occasions up to and with this one, from 1
	On   Day     // its last day
	Due  Day     // when the next one was due; the day of leaving of who left on a known day
	Next Day     // when it came; NoDay while it has not
	Gap  float64 // the usual gap at the time, days
	Slow float64 // the gap that this one ended against the usual one; 0 for the first
	Lost bool    // the silence after it was, or is, so long that the customer was called lost
	Year int64   // bought in the year up to On, less what came back, minor units
}

// Back says whether the customer was lost after this turn and came back.
func (t *Turn) Back() bool { return t.Lost && t.Next.Known() }

// Gone says whether the customer is lost after this turn, and still away.
func (t *Turn) Gone() bool { return t.Lost && !t.Next.Known() }
