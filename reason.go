package behold

// A Reason is why a customer leaves: one of the words of DESIGN 4.
type Reason string

// A Family groups reasons.
type Family string

// The reasons, by family (METHODS 4).
const (
	PoorService       Reason = "poor_service"         // S1
	Quality           Reason = "quality"              // S2
	HardToDealWith    Reason = "hard_to_deal_with"    // S3
	SlowResponse      Reason = "slow_response"        // S4
	Overlooked        Reason = "overlooked"           // R1
	NeedsUnderstood   Reason = "needs_not_understood" // R2
	BrokenPromise     Reason = "broken_promise"       // R3
	Values            Reason = "values"               // R4
	Irrelevant        Reason = "irrelevant"           // C1
	Misleading        Reason = "misleading"           // C2
	Forgotten         Reason = "forgotten"            // C3
	Competitor        Reason = "competitor"           // K1
	SomethingNew      Reason = "something_new"        // K2
	TreatedWorse      Reason = "treated_worse"        // K3
	IntroOffer        Reason = "intro_offer"          // K4
	NeedsChanged      Reason = "needs_changed"        // N1
	DigitalFell       Reason = "digital"              // N2
	PersonChanged     Reason = "person_changed"       // N3
	ClosedDown        Reason = "closed"               // U1
	Moved             Reason = "moved"                // U2
	UnknownReason     Reason = "unknown"              // X0
	FamilyService     Family = "service"
	FamilyRelation    Family = "relationship"
	FamilyTalk        Family = "communication"
	FamilyCompetition Family = "competition"
	FamilyChange      Family = "change"
	FamilyUnavoidable Family = "unavoidable"
	FamilyUnknown     Family = "unknown"
)

// Reasons lists every reason in the order of METHODS 4.
func Reasons() []Reason {
	return []Reason{
		PoorService, Quality, HardToDealWith, SlowResponse,
		Overlooked, NeedsUnderstood, BrokenPromise, Values,
		Irrelevant, Misleading, Forgotten,
		Competitor, SomethingNew, TreatedWorse, IntroOffer,
		NeedsChanged, DigitalFell, PersonChanged,
		ClosedDown, Moved, UnknownReason,
	}
}

// Family of the reason.
func (r Reason) Family() Family {
	switch r {
	case PoorService, Quality, HardToDealWith, SlowResponse:
		return FamilyService
	case Overlooked, NeedsUnderstood, BrokenPromise, Values:
		return FamilyRelation
	case Irrelevant, Misleading, Forgotten:
		return FamilyTalk
	case Competitor, SomethingNew, TreatedWorse, IntroOffer:
		return FamilyCompetition
	case NeedsChanged, DigitalFell, PersonChanged:
		return FamilyChange
	case ClosedDown, Moved:
		return FamilyUnavoidable
	}
	return FamilyUnknown
}

// A Source is who named a reason, in order of trust (METHODS 4).
type Source string

// The sources of a reason.
const (
	SaidByCustomer  Source = "customer"
	SaidByColleague Source = "colleague"
	ReadInText      Source = "text"
	Inferred        Source = "inferred" // from lamps and what lies behind them
	NoSource        Source = ""         // nobody and nothing names a reason
)

// Grounds are why a customer may leave, or left: what somebody said, else what
// the records point to.
type Grounds struct {
	Customer int32
	Main     Reason
	Chance   float64 // that Main is right, as far as the records tell
	Source   Source
	Likely   []ReasonChance // inferred, most likely first, at most three
	Family   float64        // chance that the reason is of the family of Main
	Silent   bool           // left, or falls silent, without having complained, called or answered
}

// ReasonChance is a reason with its chance.
type ReasonChance struct {
	Reason Reason  `json:"reason"`
	Chance float64 `json:"chance"`
}

// Avoidable says whether the company could have done anything about it.
func (f Family) Avoidable() bool { return f != FamilyUnavoidable && f != FamilyUnknown }
