package behold

import "time"

// A Reward is one line of the ledger of customers that were kept. No line is ever
// changed: what turns out not to last is taken back by a line of its own.
type Reward struct {
	ID        int64      `json:"id"`  // the later the higher
	Key       string     `json:"key"` // what it is for: posted twice it is one
	Kind      RewardKind `json:"kind"`
	Day       Day        `json:"day"`      // on which they bought again, or were lost after all
	Customer  string     `json:"customer"` // the id
	Name      string     `json:"name,omitempty"`
	Colleague string     `json:"colleague,omitempty"` // who kept them, where the company compares colleagues
	Team      string     `json:"team,omitempty"`
	Case      string     `json:"case,omitempty"`    // that was closed as recovered; "": they were on the list, and somebody spoke to them
	Since     Day        `json:"since"`             // taken on, or on the list
	Leave     float64    `json:"leave"`             // chance of leaving by then
	AtRisk    Money      `json:"at_risk,omitzero"`  // by then
	Discount  Money      `json:"discount,omitzero"` // given to keep them
	Share     float64    `json:"share,omitempty"`   // of what was at risk, by the rules of that day
	Points    float64    `json:"points"`            // below 0 when taken back
	Amount    Money      `json:"amount,omitzero"`   // Share · AtRisk − Discount, not below 0; below 0 when taken back
	Back      int64      `json:"back,omitempty"`    // the line that this one takes back
	At        time.Time  `json:"at"`                // posted
}

// A RewardKind is what a line of the ledger is for.
type RewardKind string

// The kinds of lines.
const (
	RewardKept   RewardKind = "kept"
	RewardLost   RewardKind = "lost"     // taken back: the customer left soon after
	RewardReopen RewardKind = "reopened" // taken back: the case was opened again
)

// A RewardQuery asks for lines of the ledger.
type RewardQuery struct {
	Since     Day    // posted for that day or later; NoDay: all
	Colleague string // whose alone; "": everybody's
}
