package lamp

import (
	"math"
	"slices"
	"strings"
	"time"

	"behold"
)

// serviceGiven:
//
//	given customers hear from us every 35 days                         (else attention is not judged)
//	given customer K-1 had a visit [with anna] on 2025-01-02           (or: a call, mail, chat, an event)
//	given customer K-1 had calls [with anna] every 30 days from 2024-01-05 to 2024-12-30
//	given customers get a message every 30 days and open 20 of 100     (else unwanted_messages is not judged)
//	given customer K-1 got newsletters every 5 days from 2024-10-05 to 2024-12-30 [and opened them]
//	given customer K-1 said no to marketing
//	given customer K-1 has the person anna [until 2025-01-02] [whose mail comes back since 2025-01-02]
//	given customer K-1 asked on 2025-01-02 [at 10:00] [answered after 52 hours] [closed 2025-01-06] [promised in 24 hours] [urgently]
//	given customer K-1 wrote a complaint [about delivery] on 2025-01-02 [closed 2025-01-09] [reopened 1] [promised in 24 hours]
//	given customer K-1 was promised a delivery on 2025-01-02 for 2025-01-08 [kept 2025-01-13 | given up 2025-01-07]
//	given customer K-1 was promised deliveries every 10 days from 2024-01-05 to 2024-12-30, all kept
//	given customer K-1 closed on 2025-01-02                            (or: moved on)
//	given customer K-1 left on 2025-01-02 because of moved             (or another reason)
//
// The usual company answers half of what is asked within 8 hours and 95 % within
// 20, works round the clock, closes half of the complaints in 3 working days and
// nineteen of twenty in 8, and breaks one promise in sixteen. A promise for a
// delivery is one of the table promises; "… with an order" makes it one of orders.
func serviceGiven() []given {
	return []given{
		{pattern(`customers hear from us every (\d+) days`), func(s *scene, m []string) { s.shop.in.Attention = usualAttention(float64(s.count(m[1]))) }},
		{pattern(`customer (\S+) had an? (visit|call|mail|chat|event)( with (\S+))? on (\S+)`), func(s *scene, m []string) {
			s.touched(m[1], m[2], m[4], s.dayIn(m[5]), false)
		}},
		{pattern(`customer (\S+) had (visit|call|mail|chat|event)s( with (\S+))? every (\d+) days from (\S+) to (\S+)`), func(s *scene, m []string) {
			s.every(m[5:8], func(day behold.Day) { s.touched(m[1], m[2], m[4], day, false) })
		}},
		{pattern(`customers get a message every (\d+) days and open (\d+) of 100`), func(s *scene, m []string) {
			s.shop.in.Messages = usualMessages(float64(s.count(m[1])), float64(s.count(m[2]))/100)
		}},
		{pattern(`customer (\S+) got newsletters every (\d+) days from (\S+) to (\S+)( and opened them)?`), func(s *scene, m []string) {
			s.every(m[2:5], func(day behold.Day) { s.touched(m[1], "newsletter", "", day, m[5] != "") })
		}},
		{pattern(`customer (\S+) said no to marketing`), func(s *scene, m []string) {
			s.shop.dealt.knows(behold.TableCustomers)
			s.dealer(m[1]).profile.NoMarketing = true
		}},
		{pattern(`customer (\S+) has the person (\S+)( until (\S+))?( whose mail comes back since (\S+))?`), (*scene).person},
		{pattern(`customer (\S+) asked on (\S+)(.*)`), (*scene).asked},
		{pattern(`customer (\S+) wrote a complaint( about (\S+))? on (\S+)(.*)`), (*scene).complained},
		{pattern(`customer (\S+) was promised an? (\S+)( with an order)? on (\S+) for (\S+)( kept (\S+))?( given up (\S+))?`), (*scene).promised},
		{pattern(`customer (\S+) was promised (\S+)s every (\d+) days from (\S+) to (\S+), all kept`), (*scene).promisedEvery},
		{pattern(`customer (\S+) (closed|moved) on (\S+)`), func(s *scene, m []string) {
			p := &s.dealer(m[1]).profile
			s.shop.dealt.knows(behold.TableCustomers)
			if p.Closed, p.ClosedReason = s.dayIn(m[3]), behold.Moved; m[2] == "closed" {
				p.ClosedReason = behold.ClosedDown
			}
		}},
		{pattern(`customer (\S+) left on (\S+) because of (\S+)`), func(s *scene, m []string) {
			d, day := s.dealer(m[1]), s.dayIn(m[2])
			s.shop.dealt.knows(behold.TableLosses)
			d.losses = append(d.losses, behold.Loss{Recorded: day, On: day, Reason: behold.Reason(m[3]), ByCustomer: true, WonBack: behold.NoDay})
		}},
	}
}

// dealer is where a customer's rows are kept.
func (s *scene) dealer(id string) *dealer { return &s.shop.dealt.rows[s.shop.number(id)] }

// every does something every so many days from one day to another.
func (s *scene) every(m []string, do func(behold.Day)) {
	for day, until := s.dayIn(m[1]), s.dayIn(m[2]); day <= until; day += behold.Day(max(1, s.count(m[0]))) {
		do(day)
	}
}

// touched is a contact from us.
func (s *scene) touched(id, channel, person string, day behold.Day, replied bool) {
	c := behold.Contact{
		ID: s.shop.dealt.row(behold.TableContacts), Recorded: day, At: day.Moment() + 11*60, Channel: channel,
		Person: s.shop.dealt.mark(person), Replied: behold.NoMoment,
	}
	if replied {
		c.Replied = c.At + 60
	}
	d := s.dealer(id)
	at := len(d.contacts)
	for at > 0 && d.contacts[at-1].At > c.At {
		at--
	}
	d.contacts = slices.Insert(d.contacts, at, c)
}

func (s *scene) person(m []string) {
	s.shop.dealt.knows(behold.TablePeople)
	p := behold.Person{ID: s.shop.dealt.mark(m[2]), Recorded: behold.Date(2000, 1, 1), From: behold.NoDay, To: behold.NoDay}
	if m[4] != "" {
		p.To = s.dayIn(m[4])
	}
	if m[6] != "" {
		p.Bounced, p.Recorded = true, s.dayIn(m[6])
	}
	d := s.dealer(m[1])
	d.people = append(d.people, p)
}

func (s *scene) asked(m []string) {
	t := s.ticket(m[2], m[3])
	d := s.dealer(m[1])
	d.tickets = append(d.tickets, t)
}

func (s *scene) complained(m []string) {
	t := s.ticket(m[4], m[5])
	t.Complaint, t.Touchpoint = true, m[3]
	if !t.Replied.Known() {
		t.Replied = t.Opened + 60
	}
	d := s.dealer(m[1])
	d.tickets = append(d.tickets, t)
}

// ticket reads what stands behind a ticket's day.
func (s *scene) ticket(on, details string) behold.Ticket {
	day := s.dayIn(on)
	t := behold.Ticket{
		ID: s.shop.dealt.row(behold.TableTickets), Recorded: day, Opened: day.Moment() + 10*60,
		Replied: behold.NoMoment, Closed: behold.NoMoment, PromiseHours: math.NaN(),
	}
	words := strings.Fields(details)
	for i := 0; i < len(words); i++ {
		next := func() string {
			if i++; i < len(words) {
				return words[i]
			}
			s.fail("%q ends too early", details)
			return "0"
		}
		switch words[i] {
		case "at":
			t.Opened = day.Moment() + s.clock(next())
		case "answered":
			next()
			t.Replied = t.Opened + behold.Moment(60*s.decimal(next()))
		case "closed":
			t.Closed = s.dayIn(next()).Moment() + 16*60
		case "reopened":
			t.Reopened = int32(s.count(next()))
		case "promised":
			next()
			t.PromiseHours = s.decimal(next())
		case "urgently":
			t.Priority = "high"
		case "hours":
		default:
			s.fail("a ticket cannot be %q", words[i])
		}
	}
	return t
}

func (s *scene) clock(text string) behold.Moment {
	at, err := time.Parse("15:04", text)
	if err != nil {
		s.fail("%q is not a time of day", text)
	}
	return behold.Moment(at.Hour()*60 + at.Minute())
}

func (s *scene) promised(m []string) {
	p := behold.Promise{Kind: m[2], Table: behold.TablePromises, Made: s.dayIn(m[4]).Moment(), Due: s.dayIn(m[5]).Moment(), Kept: behold.NoMoment, Recorded: s.dayIn(m[4])}
	if m[3] != "" {
		p.Table = behold.TableOrders
	}
	if m[7] != "" {
		p.Kept = s.dayIn(m[7]).Moment()
	}
	if len(m) > 9 && m[9] != "" {
		p.GivenUp = s.dayIn(m[9])
	}
	p.ID = s.shop.dealt.row(p.Table)
	d := s.dealer(m[1])
	d.promises = append(d.promises, p)
}

func (s *scene) promisedEvery(m []string) {
	for day, until := s.dayIn(m[4]), s.dayIn(m[5]); day <= until; day += behold.Day(max(1, s.count(m[3]))) {
		on := day.String()
		s.promised([]string{"", m[1], m[2], "", (day - 3).String(), on, "", on})
	}
}

// usualAttention is that of METHODS 14.1: r 1.2, a 90 days, for customers of every
// value; half of them buy for more than 5,000 a year.
func usualAttention(gap float64) attentive {
	t := attentive{Known: true, From: behold.NoDay, Until: behold.Date(2100, 1, 1), Cuts: [2]float64{3000, 8000}, Median: 5000, Mean: 6000, Rate: 1 / gap, Chronic: chronicLeast}
	for i := range t.Thirds {
		t.Thirds[i] = rates{R: 1.2, A: 90, Rate: 1 / gap}
	}
	return t
}

// usualMessages are as many a day to everybody, from 2020 to 2040.
func usualMessages(gap, opened float64) messaging {
	m := messaging{First: behold.Date(2020, 1, 1), Rates: rates{R: 4, A: 4, Rate: 1}, A: 5 * opened, B: 5 * (1 - opened)}
	for i := range 20 * 365 {
		m.Sent = append(m.Sent, float64(i)/gap)
	}
	return m
}

// usualReplies are those of the usual company of scripts: exponential with half
// within 8 hours up to 20, where 1 in 20 is left, and 1 in 200 at 60.
func usualReplies() replies {
	return replies{By: map[desktop]Waits{{}: waitsThrough(2000, []float64{8, 20, 60, 120}, []float64{.5, .05, .005, .001})}, PerMonth: .12}
}

func usualComplaints() complaints {
	return complaints{Closing: waitsThrough(500, []float64{3, 8, 15}, []float64{.5, .05, .01}), PerMonth: .02, Closed: true, Reopened: .05, Repeated: .05}
}

func usualPromises() promising {
	late := waitsThrough(2000, []float64{0, 3, 10, 30}, []float64{.08, .04, .01, .005})
	p := promised{Late: late, Kept: true, PerMonth: .1}
	return promising{A: .8, B: 12, Median: 1e9, Of: map[behold.Table]promised{behold.TablePromises: p, behold.TableOrders: p}}
}

// waitsThrough is a curve of waits that leaves these shares at these times, with
// the logarithm of the share falling evenly between them.
func waitsThrough(n float64, times, left []float64) Waits {
	w := Waits{N: n}
	at, share := 0.0, 1.0
	for i := range times {
		const steps = 40
		for j := 1; j <= steps; j++ {
			part := float64(j) / steps
			w.At = append(w.At, at+part*(times[i]-at))
			w.Left = append(w.Left, share*math.Pow(left[i]/share, part))
		}
		at, share = times[i], left[i]
	}
	return w
}
