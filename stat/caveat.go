package stat

// A Caveat goes with an answer that is to be taken with care. It is a code and
// the numbers behind it; the words for it, in any language, are made elsewhere.
// What is no answer at all is an error and not a Caveat.
type Caveat struct {
	Code  string  // such as "few-buyers"; each function lists the codes it uses
	Count int     // what was counted, 0 when nothing was
	Value float64 // what was found
	Limit float64 // what Value or Count should have reached, or stayed below
}

// An Interval is a range that holds the truth with probability Level.
type Interval struct {
	Low, High float64
	Level     float64 // 0.95, say
}
