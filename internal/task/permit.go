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
// who has bought, about similar goods, with a way to decline; the rules of Sweden
// and Norway protect private persons, those of Denmark, the Netherlands and
// Germany firms too. Not legal advice; METHODS 13.
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
	country = strings.ToUpper(strings.TrimSpace(country))
	danish, inPerson := country == "DK", channel == "call" || channel == "visit"
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
	case Sells(a) && danish && inPerson && !firm, Sells(a) && !inPerson && !firm && !person && personsOnly(country):
		return yes(behold.PermitFirm)
	case Sells(a) && !inPerson && !(firm && personsOnly(country)):
		return yes(behold.PermitSimilar)
	case c.MarketingOptOut || danish && inPerson && person:
		return yes(behold.PermitService)
	}
	return yes(behold.PermitFree)
}

// personsOnly says whether a country's rules on mail that sells protect private
// persons and not firms.
func personsOnly(country string) bool { return country == "SE" || country == "NO" }

// Fit is a step by a way that the customer allows: as it is, else the same by
// another channel; false when there is none. The permit is that of the channel of
// the step as it was.
func Fit(c *behold.Customer, country string, step behold.Step) (behold.Step, behold.Permit, bool) {
	all := map[string]behold.Permit{}
	var barred Ways
	for _, p := range Permits(c, country, step.Action) {
		if all[p.Channel] = p; !p.Allowed {
			barred |= WayOf(p.Channel)
		}
	}
	fit, ok := reach(step, barred)
	return fit, all[step.Channel], ok
}

// reach is a step by a way that is not barred: a call or a mail before others,
// which ask more of the customer.
func reach(step behold.Step, barred Ways) (behold.Step, bool) {
	for _, channel := range []string{step.Channel, "call", "mail", "chat", "visit"} {
		if WayOf(channel)&barred == 0 {
			step.Channel = channel
			return step, true
		}
	}
	return step, false
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
