package sample

import (
	"fmt"

	"behold"
)

// customer is what the company has on file about a life.
func (s *shop) customer(l *life) behold.Customer {
	d := newDice()
	d.start(s.Seed, l.number, forFile)
	c := behold.Customer{
		ID:        l.id(),
		Name:      businessName(d, l.trade.title),
		Kind:      "company",
		Email:     fmt.Sprintf("kunde.%d@example.com", l.number+1001),
		Phone:     phone(l.number + 1001),
		Segment:   l.trade.segment,
		Colleague: s.staff[l.colleague].email,
		Since:     l.since,
		PriceList: priceList(l.size),
		VIP:       l.size > 3,
		Captive:   d.chance(0.02),
		ClosedOn:  behold.NoDay,
	}
	s.homeland(d, &c)
	if l.person {
		c.Kind, c.Name = "person", personName(d)
	} else {
		c.RegistrationNo = fmt.Sprintf("%08d", (l.number+1001)%1e7) // no Danish one begins with 0
		c.VATNo = c.Country + c.RegistrationNo
	}
	c.AcquiredBy = one(d, []string{"visit", "visit", "web", "recommendation", "fair"})
	c.AcquisitionCost = behold.Money{Minor: int64(d.days(400, 6500)) * 100, Currency: currency}
	if l.introUntil.Known() {
		c.AcquiredOffer = introOffer
	}
	c.SurveyOptOut, c.MarketingOptOut = l.noSurvey, l.noMarketing
	if d.chance(0.15) {
		c.Tags = append(c.Tags, "økologi")
	}
	if d.chance(0.1) {
		c.Tags = append(c.Tags, "morgenlevering")
	}
	s.close(d, l, &c)
	return c
}

// homeland is Denmark for nine in ten.
func (s *shop) homeland(d *dice, c *behold.Customer) {
	c.Country, c.Language, c.Region = "DK", "da", one(d, regions)
	switch d.pick([]float64{90, 5, 3, 2}) {
	case 1:
		c.Country, c.Language, c.Region = "SE", "sv", "Skåne"
	case 2:
		c.Country, c.Language, c.Region = "NO", "nb", "Østlandet"
	case 3:
		c.Country, c.Language, c.Region = "NL", "nl", "Noord-Holland"
	}
}

// close notes what the register says, some days after the last order, and in
// one case of five never.
func (s *shop) close(d *dice, l *life, c *behold.Customer) {
	ground := traceOf(l.truth.Reason).whichGround
	on := l.left + behold.Day(d.days(1, 20))
	if ground == "" || !l.left.Known() || on > s.Until || d.chance(0.2) {
		return
	}
	c.ClosedOn, c.ClosedReason = on, ground
	if ground == "closed" {
		c.ClosedReason = one(d, []string{"closed", "closed", "bankrupt", "died"})
	}
}

func priceList(size float64) string {
	switch {
	case size > 2.2:
		return "A"
	case size > 1:
		return "B"
	}
	return "C"
}
