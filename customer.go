package behold

import "strings"

// A Customer buys from the company. Number is the dense integer under which
// columns know the customer; ID is what the company calls it.
type Customer struct {
	Number          int32
	ID              string
	Name            string
	Kind            string // company, person, or "" when nobody said
	Email           string
	Phone           string
	RegistrationNo  string
	VATNo           string
	Country         string
	Region          string
	Language        string
	Segment         string
	Colleague       string // e-mail of the one who looks after them
	Since           Day
	AcquiredBy      string
	AcquiredOffer   string
	AcquisitionCost Money
	PriceList       string
	Captive         bool // has nobody else to go to
	VIP             bool
	SurveyOptOut    bool
	MarketingOptOut bool
	ClosedOn        Day
	ClosedReason    string
	Tags            []string
	Attributes      map[string]string // columns of the file that have no field here
}

// CustomerKey is the form in which customer ids are compared: without blanks
// around, in lower case. The spelling seen first is the one that is shown.
func CustomerKey(id string) string { return strings.ToLower(strings.TrimSpace(id)) }

// A CustomerState is how things stand between a customer and the company.
type CustomerState string

// The states of DESIGN 4. What Lost is, the company's own returners say (METHODS 5.1).
const (
	NewCustomer CustomerState = "new"      // one occasion so far, and not silent for long
	Active      CustomerState = "active"   // silence p above 0.2
	Quiet       CustomerState = "quiet"    // silence p at most 0.2
	Lost        CustomerState = "lost"     // so silent that hardly anybody comes back
	Returned    CustomerState = "returned" // was lost, and bought again in the last 90 days
	Closed      CustomerState = "closed"   // died, moved, shut down
)
