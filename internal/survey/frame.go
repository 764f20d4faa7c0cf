package survey

import (
	"cmp"
	"strings"

	"behold"
)

// A Call is a customer who is to be asked for a reason of their own: one whose case
// was dealt with, or one who has left.
type Call struct {
	Customer string // id
	About    string
}

// A Frame is all that the draw of a day looks at.
type Frame struct {
	Day       behold.Day
	AsOf      behold.Day // of the standings
	Seed      uint64
	Rules     behold.Surveys
	Country   string // of the company
	Customers []behold.Askable
	Events    []behold.AskEvent // of the last days
	Again     []Call
	Lost      []Call
	Before    []behold.Invite // every earlier one, the first one first
	Days      []behold.SurveyDay
	Stops     []behold.SurveyStop
	Bounces   []behold.Bounce    // addresses at which letters do not arrive
	Spread    map[string]float64 // of "very satisfied", by stratum; those that are missing are half and half
}

// history is what earlier invitations say about a customer or a company.
type history struct {
	last       behold.Day // invitation
	unanswered int        // at the end
	answered   map[string]behold.Day
	about      map[string]bool
}

// pasts are the histories of customers and companies, and which addresses the mail
// server refused.
type pasts struct {
	customers, firms map[string]*history
	bounced          map[string]bool
	stopped          map[behold.SurveyStop]bool
}

// survey names what is asked again only after a while.
func surveyName(stream behold.Stream, touchpoint string) string {
	return string(stream) + " " + touchpoint
}

func (f *Frame) pasts() pasts {
	p := pasts{map[string]*history{}, map[string]*history{}, map[string]bool{}, map[behold.SurveyStop]bool{}}
	for i := range f.Before {
		v := &f.Before[i]
		if v.Day >= f.Day {
			continue
		}
		if v.State == behold.InviteFailed {
			if v.Why == refusedAddress {
				p.bounced[v.Address] = true
			}
			continue // nobody was asked
		}
		pastOf(p.customers, behold.CustomerKey(v.Customer)).add(v)
		if v.Firm != "" {
			pastOf(p.firms, v.Firm).add(v)
		}
	}
	for i := range f.Bounces {
		p.bounced[f.Bounces[i].Address] = true
	}
	for _, s := range f.Stops {
		p.stopped[s] = true
	}
	return p
}

// refusedAddress is the code of a mail server's no to an address.
const refusedAddress = "mail_address"

func pastOf(all map[string]*history, key string) *history {
	h := all[key]
	if h == nil {
		h = &history{last: behold.NoDay, answered: map[string]behold.Day{}, about: map[string]bool{}}
		all[key] = h
	}
	return h
}

func (h *history) add(v *behold.Invite) {
	h.last = max(h.last, v.Day)
	h.unanswered++
	if v.Answered.Known() {
		h.unanswered = 0
		name := surveyName(v.Stream, v.Touchpoint)
		h.answered[name] = max(v.Answered, h.answered[name])
	}
	if v.About != "" {
		h.about[surveyName(v.Stream, v.Touchpoint)+" "+v.About] = true
	}
}

// barred says why nothing may be sent to a customer at all, and finds whom it can
// reach. Who may be written to says how in marketing.
func (f *Frame) barred(c *behold.Askable, p *pasts) (reach []behold.AskContact, marketing bool, why behold.NotAsked) {
	key := behold.CustomerKey(c.ID)
	if c.OptOut || p.stopped[behold.SurveyStop{Customer: key}] {
		return nil, false, behold.AskObjected
	}
	why = behold.AskNoAddress
	for _, to := range c.Contacts {
		switch {
		case to.Address == "":
		case p.stopped[behold.SurveyStop{Customer: key, Address: to.Address}]:
			why = behold.AskObjected
		case p.bounced[to.Address]:
			why = cmp.Or(unless(why, behold.AskNoAddress), behold.AskBounced)
		default:
			reach = append(reach, to)
		}
	}
	if len(reach) == 0 {
		return nil, false, why
	}
	switch f.Rules.Mode(f.country(c)) {
	case behold.SurveyOff:
		return nil, false, behold.AskNoMode
	case behold.SurveyMarketing:
		if c.MarketingOptOut || !c.Consent && !f.Rules.SoftOptIn {
			return nil, false, behold.AskNoConsent
		}
		return reach, true, ""
	}
	if nearPurchaseOnly(f.country(c)) && !(c.Last.Known() && f.Day-c.Last <= behold.Day(f.Rules.NearDays)) {
		if c.MarketingOptOut || !c.Consent && !f.Rules.SoftOptIn {
			return nil, false, behold.AskNotNear
		}
		return reach, true, "" // as marketing, to which they consented
	}
	return reach, false, ""
}

func unless(why, not behold.NotAsked) behold.NotAsked {
	if why == not {
		return ""
	}
	return why
}

func (f *Frame) country(c *behold.Askable) string {
	return strings.ToUpper(cmp.Or(c.Country, f.Country))
}

// nearPurchaseOnly says whether a country allows neutral survey letters near a
// purchase only: "long time no see" is marketing there (METHODS 13, Denmark).
func nearPurchaseOnly(country string) bool { return country == "DK" }

// troubled says whether a customer has a complaint that is open, or was closed
// only just.
func (f *Frame) troubled(c *behold.Askable) (behold.NotAsked, behold.Day) {
	if c.Complaint {
		return behold.AskComplaint, behold.NoDay
	}
	if quiet := c.Complained + behold.Day(f.Rules.AfterTrouble); c.Complained.Known() && f.Day < quiet {
		return behold.AskComplained, quiet
	}
	return "", behold.NoDay
}

// rests says whether a customer or their company was asked too lately, and until
// when they rest.
func (f *Frame) rests(c *behold.Askable, p *pasts, survey string) (behold.NotAsked, behold.Day) {
	if h := p.customers[behold.CustomerKey(c.ID)]; h != nil {
		until := h.last + behold.Day(f.Rules.Gap)
		why := behold.AskResting
		if silent := h.last + behold.Day(f.Rules.GapSilent); h.unanswered >= 2 && silent > until {
			until, why = silent, behold.AskSilent
		}
		if on, ok := h.answered[survey]; ok && on+behold.Day(f.Rules.GapSame) > until {
			until, why = on+behold.Day(f.Rules.GapSame), behold.AskAnswered
		}
		if f.Day < until {
			return why, until
		}
	}
	if h := p.firms[c.Firm]; c.Firm != "" && h != nil && f.Day < h.last+behold.Day(f.Rules.GapFirm) {
		return behold.AskFirm, h.last + behold.Day(f.Rules.GapFirm)
	}
	return "", behold.NoDay
}
