package behold

import "time"

// An Act is what a colleague decided about a lit lamp. The latest one holds; Lit
// takes the ones before it back.
type Act struct {
	ID       int64     `json:"id"`
	Customer string    `json:"customer"` // the id
	Kind     LampKind  `json:"lamp"`
	State    LampState `json:"state"`          // Lit, Acknowledged, Snoozed or FalseAlarm
	Until    Day       `json:"until,omitzero"` // of Snoozed: lit again from this day on
	Why      string    `json:"why,omitempty"`  // needed to snooze and for a false alarm
	Who      string    `json:"who,omitempty"`  // e-mail of the colleague
	At       time.Time `json:"at"`
	Round    Day       `json:"round,omitzero"` // after which the lamp was lit when it was decided
}

// Check says what is missing from an act, as of a day.
func (a *Act) Check(today Day) error {
	bad := func(code, say, hint string) error { return &Error{Kind: Invalid, Say: say, Hint: hint, Code: code} }
	switch a.State {
	case Lit, Acknowledged:
		return nil
	case Snoozed:
		switch {
		case a.Why == "":
			return bad("act_why", "a lamp is not put to sleep without a reason", "say why, such as “on leave until August”")
		case !a.Until.Known() || a.Until <= today:
			return bad("act_until", "a lamp sleeps until a day to come", "name a day after today")
		case a.Until > today+366:
			return bad("act_year", "a lamp sleeps for at most a year", "name an earlier day")
		}
		return nil
	case FalseAlarm:
		if a.Why == "" {
			return bad("act_false", "a false alarm needs to say what is wrong", "so that the lamp can be judged by it")
		}
		return nil
	}
	return bad("act_hand", "a lamp cannot be made "+string(a.State)+" by hand", "it can be acknowledged, snoozed, called a false alarm, or lit again")
}

// A Mood is how a colleague thinks the customer feels. It stands beside what the
// records say and is never overwritten by it.
type Mood struct {
	Customer string    `json:"customer"` // the id
	Feels    string    `json:"feels"`    // MoodGood, MoodMixed or MoodBad; "": taken back
	Note     string    `json:"note,omitempty"`
	Who      string    `json:"who,omitempty"`
	At       time.Time `json:"at"`
}

// What a customer may feel.
const (
	MoodGood  = "good"
	MoodMixed = "mixed"
	MoodBad   = "bad"
)

// A LampRecord is how a lamp did on the company's own past: what a card says of
// how often it was right before.
type LampRecord struct {
	Kind    LampKind `json:"lamp"`
	Months  int      `json:"months"`              // of the past that were looked back on
	Healthy int      `json:"healthy"`             // cases of customers who stayed; under 200 the model's own p is used
	Lit     int      `json:"lit"`                 // times it was lit, anew
	Left    int      `json:"left"`                // of them, customers who did not buy again within the horizon
	False   *float64 `json:"false_per_100_month"` // lamps per 100 healthy customers and month; nil: an event, or too few cases
}

// A CommonCause stands for many lamps of one kind that were lit at once: something
// happened to the company rather than to each of these customers.
type CommonCause struct {
	Kind      LampKind `json:"lamp"`
	Reason    Reason   `json:"reason"`
	Since     Day      `json:"since"`
	Customers int      `json:"customers"`
	Usual     float64  `json:"usual"` // so many are lit in as many days as a rule
}
