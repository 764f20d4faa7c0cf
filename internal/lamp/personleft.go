package lamp

import (
	"behold"
)

// The lamp person_left (L15): has the one we know at this customer's gone?
//
// In: people (valid_to, mail that comes back), and who the contacts are with.
//
// Lights, as an event, for someone with whom at least a fifth of the contacts of
// the last two years were (or, where contacts name nobody, one of at most five
// people): their last day has come, or their mail comes back; or at least three
// contacts in 60 days are with somebody new while the one we knew best has been
// quiet for 60 days and twice their own mean gap. Only while nobody has had a
// talk with another since, and within 180 days. Strength is the share.
// Mail that comes back from more than a twentieth of all people says more about
// the list than about them.
//
// Since is the day they left, or on which that was known.
//
// Out: a visit or call with another there.
//
// Facts: left_on, contact_share (of contacts that were with them), bounced (1), new_contacts
// (with somebody new). Rows: the person, or the contacts.
//
// Fails: parental leave, shared mailboxes. Source: METHODS L15; testdata/person_left.txt.
const (
	leftFresh  = 180
	leastShare = .2
	newNames   = 3
	newDays    = 60
)

// peopleHabits says whether returned mail is rare enough to tell something.
func peopleHabits(deals *behold.Dealings) (bouncesTell bool) {
	const most = 20
	if deals == nil {
		return false
	}
	bounced := 0
	for _, p := range deals.People.All {
		if p.Bounced && !p.To.Known() {
			bounced++
		}
	}
	return most*bounced <= len(deals.People.All)
}

func (d *desk) personLeft() (behold.Lamp, bool) {
	if !d.rare(1, 0) {
		return behold.Lamp{}, false
	}
	people := d.deals.People.Of(d.k)
	for i := range people {
		p := &people[i]
		left, known := d.leftOn(p)
		if !known || left <= d.day-leftFresh || d.talkedWithAnother(p.ID, left) {
			continue
		}
		share := d.shareOf(p.ID, left, len(people))
		if share < leastShare {
			continue
		}
		facts := []behold.Fact{on("left_on", left), number("contact_share", share)}
		if p.Bounced {
			facts = append(facts, number("bounced", 1))
		}
		l := d.happened(behold.LampPersonLeft, left, behold.Evidence{Facts: facts, Rows: []behold.Row{row(behold.TablePeople, p.ID, left)}})
		l.Strength = share
		return l, true
	}
	return d.newName()
}

func (d *desk) watchPersonLeft(l behold.Lamp) (behold.Lamp, bool) {
	if _, lit := d.personLeft(); lit {
		return l, true
	}
	left, _ := l.Evidence.Fact("left_on")
	people := d.deals.People.Of(d.k)
	for i := range people {
		if day, known := d.leftOn(&people[i]); known && day == left.Day {
			return l, !d.talkedWithAnother(people[i].ID, day)
		}
	}
	return l, false
}

// leftOn is when a person was gone.
func (d *desk) leftOn(p *behold.Person) (behold.Day, bool) {
	switch {
	case p.To.Known() && p.To <= d.day:
		return p.To, true
	case p.Bounced && d.in.BouncesTell:
		return min(p.Recorded, d.day), true
	}
	return behold.NoDay, false
}

// talkedWithAnother says whether there was a visit or call after a day with somebody
// else, or with nobody in particular; a letter is no talk.
func (d *desk) talkedWithAnother(person behold.Mark, after behold.Day) bool {
	contacts := d.deals.Contacts.Of(d.k)
	for i := range contacts {
		if c := &contacts[i]; c.At.Day() > after && c.Personal() >= 1 && c.Person != person {
			return true
		}
	}
	return false
}

// shareOf is the share of the personal contacts of the two years up to a day that
// were with a person.
func (d *desk) shareOf(person behold.Mark, until behold.Day, people int) float64 {
	with, all := 0, 0
	contacts := d.deals.Contacts.Of(d.k)
	for i := range contacts {
		c := &contacts[i]
		if c.Person == 0 || c.Personal() == 0 || c.At.Day() > until || c.At.Day() <= until-attentionDays {
			continue
		}
		if all++; c.Person == person {
			with++
		}
	}
	if all == 0 {
		return 1 / float64(max(people, 1))
	}
	return float64(with) / float64(all)
}

// newName looks for somebody new who has taken the place of the one we knew.
func (d *desk) newName() (behold.Lamp, bool) {
	const regular = 4
	contacts := d.deals.Contacts.Of(d.k)
	begin := d.day - newDays
	with := map[behold.Mark]int{}
	var best behold.Mark
	var first, last behold.Day
	for i := range contacts {
		c := &contacts[i]
		if c.Person == 0 || c.Personal() == 0 || c.At.Day() > begin {
			continue
		}
		if with[c.Person]++; with[c.Person] > with[best] {
			best = c.Person
		}
	}
	if with[best] < regular {
		return behold.Lamp{}, false
	}
	var news []behold.Row
	first = behold.NoDay
	for i := range contacts {
		c := &contacts[i]
		switch {
		case c.Person == best && !first.Known():
			first, last = c.At.Day(), c.At.Day()
		case c.Person == best:
			last = c.At.Day()
		case c.At.Day() > begin && c.Person != 0 && c.Personal() > 0 && with[c.Person] == 0:
			news = append(news, row(behold.TableContacts, c.ID, c.At.Day()))
		}
	}
	gap := float64(last-first) / float64(with[best]-1)
	if len(news) < newNames || last > begin || float64(d.day-last) < 2*gap {
		return behold.Lamp{}, false
	}
	facts := []behold.Fact{on("left_on", last), number("contact_share", d.shareOf(best, last, 1)), number("new_contacts", float64(len(news)))}
	return d.happened(behold.LampPersonLeft, news[newNames-1].Day, behold.Evidence{Facts: facts, Rows: news}), true
}
