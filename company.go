package behold

// A LossMonth counts the customers who were lost in a month.
type LossMonth struct {
	Month  Day // its first day
	Missed int // lost by their silence: their next purchase was due in this month and never came
	Told   int // named in the table of losses and not won back
}

// A Comment is an answer in a customer's own words.
type Comment struct {
	ID         string // the customer's
	Name       string
	At         Day
	Touchpoint string
	Text       string
	Row        string // of the table of answers
}

// A StandingSum adds up the customers in one state.
type StandingSum struct {
	State       CustomerState
	Customers   int
	Value       Money
	MoneyAtRisk Money
}

// An EffortSum is what went into new or into existing customers, or whatever aim
// the company names, in the year up to a day.
type EffortSum struct {
	Aim    string
	Months int // that any of it is known of
	Amount Money
	Hours  float64
}

// An Acquisition is how customers came who came in the year up to a day.
type Acquisition struct {
	By        string // "": nobody says
	Customers int
	Priced    int // of them, those whose cost is known
	Cost      Money
}

// A TeamSum adds up the customers of a team.
type TeamSum struct {
	Team       string // "": of colleagues without one, or of nobody
	Nobody     bool   // customers whom no colleague looks after
	Colleagues int
	Customers  int
	Value      Money
	Lit        int // customers with a lamp
	Contacts   int // in the last 90 days
	Met        int // customers with a contact in the last 30 days
	MetQuarter int // the same in the last 90 days
}
