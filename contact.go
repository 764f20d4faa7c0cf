package behold

// A Contact is one touch between a customer and the company.
type Contact struct {
	ID        Mark
	Recorded  Day // known since
	At        Moment
	In        bool   // from the customer
	Channel   string // visit, call, mail, chat, event, newsletter, automatic, or what the file says
	Colleague Mark
	Person    Mark   // whom at the customer's
	Replied   Moment // NoMoment: not (yet)
}

// Personal is how much the contact counts as attention (METHODS L02): 1 for a
// visit or call, 0.7 for mail and chat, 0.5 for an event, 0 for what is sent to
// everybody.
func (c *Contact) Personal() float64 {
	switch c.Channel {
	case "visit", "call", "meeting":
		return 1
	case "mail", "chat":
		return 0.7
	case "event":
		return 0.5
	}
	return 0
}

// AsOf is the contact as known at the end of a day.
func (c Contact) AsOf(day Day) (Contact, bool) {
	c.Replied = ifPast(c.Replied, day)
	return c, c.Recorded <= day && c.At.Day() <= day
}

// A Person is somebody at the customer's.
type Person struct {
	ID       Mark
	Recorded Day
	From, To Day  // NoDay: always; still
	Bounced  bool // their mail comes back
}

// AsOf is the person as known at the end of a day. Of someone who left later, the
// mail came back later too.
func (p Person) AsOf(day Day) (Person, bool) {
	if p.To > day {
		p.To, p.Bounced = NoDay, false
	}
	return p, p.Recorded <= day && (!p.From.Known() || p.From <= day)
}

// A Remark is what a customer wrote or said, as text reads it.
type Remark struct {
	ID        Mark
	Recorded  Day
	At        Moment
	Table     Table   // tickets, contacts or answers
	Body      string  // "" where only the scores are wanted
	Complaint float64 // chance that it is a complaint; 0 until text has read it
	Leaving   float64 // chance that it says they will leave
	Reason    Reason  // UnknownReason or "": none that is sure enough
	Sure      float64 // chance that Reason is right
}

// AsOf is the remark as known at the end of a day.
func (r Remark) AsOf(day Day) (Remark, bool) { return r, r.Recorded <= day && r.At.Day() <= day }
