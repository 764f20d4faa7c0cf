package behold

// A Permit says whether a customer may be reached by a channel for an action, and why.
type Permit struct {
	Channel string    `json:"channel"`
	Allowed bool      `json:"allowed"`
	Why     WhyPermit `json:"why"`
}

// WhyPermit is why a channel may be used, or may not.
type WhyPermit string

// Why channels may be used, or may not (METHODS 13).
const (
	PermitFree     WhyPermit = "free"        // nothing speaks against it
	PermitService  WhyPermit = "service"     // as long as nothing is sold on the way
	PermitSimilar  WhyPermit = "similar"     // own, similar goods to one who has bought, with a way to decline
	PermitFirm     WhyPermit = "firm"        // to a firm; not to a private person
	PermitNoNumber WhyPermit = "no_number"   // allowed, but no number is known
	PermitNoMail   WhyPermit = "no_mail"     // allowed, but no address is known
	BarredDeclined WhyPermit = "declined"    // not: they do not want marketing
	BarredConsumer WhyPermit = "dk_consumer" // not: consumers in Denmark are not called on to sell
	BarredClosed   WhyPermit = "closed"      // not: they have closed, died or moved away
)
