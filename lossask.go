package behold

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// A LossToAsk is a lost customer, and whether the letter that asks why goes to them.
type LossToAsk struct {
	Customer string `json:"customer"` // the id
	Name     string `json:"name,omitempty"`
	Left     Day    `json:"left"`
	Known    Day    `json:"known"`             // since when we know of it
	Entry    string `json:"entry,omitempty"`   // the loss in the book; "": the round found them lost
	Cause    Reason `json:"cause"`             // as far as is known
	Said     Source `json:"said_by,omitempty"` // who named it
	Why      WhyAsk `json:"why"`               // they are asked, or are not
}

// WhyAsk is why a lost customer is asked for their reason, or is not.
type WhyAsk string

// Why lost customers are asked, or are not.
const (
	AskGuessed WhyAsk = "guessed"   // asked: a colleague named the reason, the customer may know better
	AskUnknown WhyAsk = "unknown"   // asked: nobody knows the reason
	AskSaid    WhyAsk = "said"      // not asked: the customer said it already
	AskNobody  WhyAsk = "nobody"    // not asked: they have closed, died or moved away
	NotDrawn   WhyAsk = "not_drawn" // not asked: the lot did not fall on them
)

// AskWithin is for how many days after a loss became known the letter may go out.
const AskWithin = 30

// AskLostShare is which share of those who have not said why is drawn: everybody,
// as long as a company loses so few that each answer counts.
const AskLostShare = 1.0

// Asked says whether the letter goes to them.
func (l *LossToAsk) Asked() bool { return l.Why == AskGuessed || l.Why == AskUnknown }

// Draw decides whether the letter goes to them: a share, 0 … 1, of those who have
// not said why. The same seed, customer and day always draw the same.
func (l *LossToAsk) Draw(share float64, seed uint64) {
	sum := sha256.Sum256(fmt.Appendf(nil, "why did you leave\x00%d\x00%s\x00%v", seed, CustomerKey(l.Customer), l.Left))
	lot := float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
	switch {
	case l.Said == SaidByCustomer && l.Cause != UnknownReason && l.Cause != "":
		l.Why = AskSaid
	case l.Cause.Family() == FamilyUnavoidable:
		l.Why = AskNobody
	case !(lot < share):
		l.Why = NotDrawn
	case l.Cause == UnknownReason || l.Cause == "":
		l.Why = AskUnknown
	default:
		l.Why = AskGuessed
	}
}
