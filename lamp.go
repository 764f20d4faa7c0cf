package behold

import "encoding/json"

// A LampKind is one rule that can light a lamp (DESIGN 4, METHODS 3.4).
type LampKind string

// The lamps. Those that a release cannot judge yet are named all the same, so
// that the page can say which file or release would switch them on.
const (
	LampRhythm      LampKind = "rhythm"        // L01
	LampAttention   LampKind = "attention"     // L02
	LampSlow        LampKind = "slow_response" // L03
	LampComplaint   LampKind = "complaint_open"
	LampPromise     LampKind = "promise_broken"
	LampSatisfied   LampKind = "satisfaction_fell"
	LampSilent      LampKind = "silent_dissatisfied"
	LampReplacement LampKind = "replacement_due"
	LampShrinking   LampKind = "shrinking"     // L09
	LampCategory    LampKind = "category_lost" // L10
	LampReturns     LampKind = "returns"       // L11
	LampPaysMore    LampKind = "pays_more"
	LampIntroEnds   LampKind = "intro_ends"
	LampContract    LampKind = "contract_ends"
	LampPersonLeft  LampKind = "person_left"
	LampPayment     LampKind = "payment"
	LampTone        LampKind = "tone"
	LampEffort      LampKind = "effort"
	LampUnwanted    LampKind = "unwanted_messages"
	LampQuote       LampKind = "quote_unanswered"
	LampClosed      LampKind = "closed_or_moved"
	LampDigital     LampKind = "digital_friction"
)

// A LampState is what has become of a lit lamp.
type LampState string

// The states of a lamp (DESIGN 4).
const (
	Lit          LampState = "lit"
	Acknowledged LampState = "acknowledged"
	Planned      LampState = "plan"
	Saving       LampState = "saving"
	Recovered    LampState = "recovered"
	LampLost     LampState = "lost"
	Snoozed      LampState = "snoozed"
	FalseAlarm   LampState = "false_alarm"
)

// Waits says whether a lamp of this kind can wait for a trial: a complaint, a broken
// promise, a contract's notice and a customer who has closed or moved are shown
// whatever the lot says (METHODS 8.1).
func (k LampKind) Waits() bool {
	return k != LampComplaint && k != LampPromise && k != LampContract && k != LampClosed
}

// Awake says whether a lamp in this state still asks for attention: one that is
// snoozed or was called a false alarm does not.
func (s LampState) Awake() bool { return s != Snoozed && s != FalseAlarm }

// A Lamp is a warning about one customer, with its reason and its evidence.
// There is no lamp without both.
type Lamp struct {
	Customer  int32
	Kind      LampKind
	Reason    Reason
	State     LampState
	Since     Day     // lit since
	Out       Day     // when it went out; NoDay while it is lit
	Common    bool    // one of many lit at once: the round's CommonCause stands for it
	Held      bool    // its customer is held out: it is for the sums, and shown to nobody who works with customers
	Until     Day     // of one that is Snoozed: lit again from this day on
	P         float64 // how unusual the facts are for a customer who stays
	PStar     float64 // the same, held against the company's own past; P itself while that is too short
	Threshold float64 // lit at or below this PStar; 0 for an event, which has neither
	Strength  float64 // min(1, -log10(P)/3), METHODS 2.6
	Evidence  Evidence
}

// Evidence is the facts behind a lamp and the rows a colleague can look them up in.
type Evidence struct {
	Facts []Fact `json:"facts"`
	Rows  []Row  `json:"rows"`
}

// A Fact is one figure with its name; phrase puts it into the sentence.
type Fact struct {
	Name   string  `json:"name"` // such as usual_gap_days, silent_days, last_order_on
	Number float64 `json:"number,omitempty"`
	Day    Day     `json:"day,omitzero"`
	Text   string  `json:"text,omitempty"`
}

// UnmarshalJSON reads a fact; a day that is not there is not known.
func (f *Fact) UnmarshalJSON(b []byte) error {
	type plain Fact
	read := plain{Day: NoDay}
	err := json.Unmarshal(b, &read)
	*f = Fact(read)
	return err
}

// A Row points to a row of the company's own records.
type Row struct {
	Table string `json:"table"` // orders
	ID    string `json:"id"`    // the order's number
	Day   Day    `json:"day,omitzero"`
	Mark  Mark   `json:"-"` // of the id, until it is looked up; 0: the row is found by its day
}

// UnmarshalJSON reads a row; a day that is not there is not known.
func (r *Row) UnmarshalJSON(b []byte) error {
	type plain Row
	read := plain{Day: NoDay}
	err := json.Unmarshal(b, &read)
	*r = Row(read)
	return err
}

// Fact finds a fact by name.
func (e *Evidence) Fact(name string) (Fact, bool) {
	for _, f := range e.Facts {
		if f.Name == name {
			return f, true
		}
	}
	return Fact{}, false
}
