package behold

// An Episode is one customer from the first day on which they could be listed,
// for as long as "leaves" looks ahead: what the lot said, and what was foreseen.
// It is kept before anybody sees a list, and never changed.
type Episode struct {
	Customer int32
	ID       string // the customer's
	Begins   Day
	Ends     Day     // outcomes are read on this day, not sooner
	Held     bool    // kept off the lists, to see what happens without attention
	Share    float64 // the chance with which the lot holds such a customer out
	Tier     int8    // of value: 0 the lowest third, 2 the highest
	Risk     int8    // third of the chance of leaving: 0 the lowest
	Leave    float64 // chance of leaving, as of Begins
	Active   float64 // chance of being a customer still, as of Begins
	Residual float64 // what is still to come if they stay, as of Begins; major units
	Reason   Reason
	Action   Action // what the playbook would begin with
	Owner    string // colleague who looks after them, as of Begins; "": nobody
}

// Runs says whether the episode goes on on a day.
func (e *Episode) Runs(day Day) bool { return e.Begins <= day && day < e.Ends }

// MarginDays is how long after an episode began its margin is added up.
const MarginDays = 180

// An Outcome is an episode and what came of it, filled in once: what was read is
// never read again.
type Outcome struct {
	Episode
	Read       Day // on which what follows was read, Ends or later; NoDay: not yet
	Kept       bool
	Spoken     bool    // somebody spoke to them, whatever the lot said
	Complained bool    // a complaint came
	Unwanted   bool    // want no more messages, when it was read
	Objected   bool    // want not to be asked anything, when it was read
	Minutes    float64 // that colleagues spent on them, by ContactMinutes
	Discount   Money   // given
	MarginRead Day     // on which Margin was read, MarginDays after Begins or later; NoDay: not yet
	Margin     Money   // of what was bought, turnover where costs are not known
}

// HoldOut is what a company decides about its trial (METHODS 8.1).
type HoldOut struct {
	HoldoutShare float64 `json:"holdout_share"`       // kept off the lists for the first 26 weeks; 0: no trial, and no claims of effect
	HoldoutLater float64 `json:"holdout_share_later"` // and after them
	ExemptShare  float64 `json:"vip_share_exempt"`    // of the most valuable customers, who are never held out
	HourRate     float64 `json:"hour_rate"`           // what an hour of a colleague costs, major units of the currency; 0: not said
}

// DefaultHoldOut are the starting values.
func DefaultHoldOut() HoldOut {
	return HoldOut{HoldoutShare: 0.20, HoldoutLater: 0.10, ExemptShare: 0.02}
}

// Check says which of them makes no sense, if one does not.
func (h *HoldOut) Check() error {
	bad := func(code, say, hint string) error { return &Error{Kind: Invalid, Say: say, Hint: hint, Code: code} }
	switch {
	case !(h.HoldoutShare >= 0 && h.HoldoutShare <= 0.4), !(h.HoldoutLater >= 0 && h.HoldoutLater <= 0.4):
		return bad("set_holdout", "the hold-out is a share between 0 and 0.4 of those who would be on a list", "0.20 is usual, 0.10 after half a year; 0 is none")
	case !(h.ExemptShare >= 0 && h.ExemptShare <= 0.2):
		return bad("set_exempt", "those who are never held out are a share between 0 and 0.2 of all customers", "0.02 is usual")
	case !(h.HourRate >= 0 && h.HourRate <= 1e6):
		return bad("set_rate", "an hour costs between 0 and 1,000,000", "0 where nobody has said")
	}
	return nil
}
