package task

import (
	"strings"

	"behold"
)

// Sells says whether an action has something to sell, or asks to be recommended:
// then more rules hold than for service.
func Sells(a behold.Action) bool {
	switch a {
	case behold.ActUpsell, behold.ActWinBack, behold.ActReplacement, behold.ActAmbassador:
		return true
	}
	return false
}

// Permits says by which channels a customer may be reached for an action, in the
// order of behold.EntryChannels; country is the company's, where the customer's is
// not known.
//
// Whoever declined marketing is not sold anything by any channel, and gets service
// all the same. Consumers in Denmark are neither called nor visited to sell, even
// if they are customers (Consumer Contracts Act section 4); neutral service is
// allowed. Where nobody said whether it is a firm or a person, a registration
// number says firm; without one the permit says so. A mail that sells goes to one
// who has bought, about similar goods, with a way to decline. Not legal advice;
// METHODS 13.
func Permits(c *behold.Customer, country string, a behold.Action) []behold.Permit {
	var all []behold.Permit
	for _, channel := range behold.EntryChannels() {
		all = append(all, permit(c, country, a, channel))
	}
	return all
}

func permit(c *behold.Customer, country string, a behold.Action, channel string) behold.Permit {
	no := func(why behold.WhyPermit) behold.Permit { return behold.Permit{Channel: channel, Why: why} }
	yes := func(why behold.WhyPermit) behold.Permit {
		return behold.Permit{Channel: channel, Allowed: true, Why: why}
	}
	if c.ClosedOn.Known() {
		return no(behold.BarredClosed)
	}
	if c.Country != "" {
		country = c.Country
	}
	danish, inPerson := strings.EqualFold(country, "DK"), channel == "call" || channel == "visit"
	person, firm := c.Kind == "person", c.Kind == "company" || c.RegistrationNo != "" || c.VATNo != ""
	switch {
	case Sells(a) && c.MarketingOptOut:
		return no(behold.BarredDeclined)
	case Sells(a) && danish && inPerson && person:
		return no(behold.BarredConsumer)
	case channel == "call" && c.Phone == "":
		return yes(behold.PermitNoNumber)
	case channel == "mail" && c.Email == "":
		return yes(behold.PermitNoMail)
	case Sells(a) && danish && inPerson && !firm:
		return yes(behold.PermitFirm)
	case Sells(a) && !inPerson:
		return yes(behold.PermitSimilar)
	case c.MarketingOptOut || danish && inPerson && person:
		return yes(behold.PermitService)
	}
	return yes(behold.PermitFree)
}

// Barred are the ways by which a customer may not be reached for service, and
// those by which nothing may be sold to them.
func Barred(c *behold.Customer, country string) (service, selling Ways) {
	for _, p := range Permits(c, country, behold.ActCall) {
		if !p.Allowed {
			service |= WayOf(p.Channel)
		}
	}
	for _, p := range Permits(c, country, behold.ActUpsell) {
		if !p.Allowed {
			selling |= WayOf(p.Channel)
		}
	}
	return service, selling
}
