package behold

// An AttentionSum adds up the customers of a group, what they are worth and how
// much attention they were given: what is sent to everybody is none.
type AttentionSum struct {
	By        AttentionBy
	Group     string // "": nobody says; of AttentionClass: high, middle or low
	Customers int
	Value     Money
	Contacts  int     // from us, or answered by us
	Minutes   float64 // by ContactMinutes
	Met       int     // customers with any of them
	// Sums of squares over customers, for ranges: of minutes, of value in minor
	// units, and of their product.
	MinutesSquared, ValueSquared, Product float64
}

// An AttentionBy is by what customers are told apart.
type AttentionBy string

// By what customers are told apart.
const (
	AttentionTeam      AttentionBy = "team"
	AttentionColleague AttentionBy = "colleague"
	AttentionRegion    AttentionBy = "region"
	AttentionSegment   AttentionBy = "segment"
	AttentionClass     AttentionBy = "value" // thirds of all customers by what they are worth
)

// ContactMinutes is how long a contact takes by its channel where nobody measured
// it: judgement, as in the playbooks.
func ContactMinutes(channel string) float64 {
	switch channel {
	case "visit", "meeting":
		return 60
	case "event":
		return 30
	case "call":
		return 15
	case "mail", "chat":
		return 10
	}
	return 0
}

// An AnswerTime is how fast a team answers those who get in touch.
type AnswerTime struct {
	Team     string
	Asked    int     // contacts and tickets from customers
	Answered int     // of them
	Hours    float64 // the median until the answer
	Day      int     // answered within 24 hours
}
