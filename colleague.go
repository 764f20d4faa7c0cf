package behold

import (
	"slices"
	"strings"
)

// A Colleague works here and looks after customers.
type Colleague struct {
	Email    string  `json:"colleague"` // in lower case; Customer.Colleague names it
	Name     string  `json:"name,omitempty"`
	Team     string  `json:"team,omitempty"`
	Role     Role    `json:"role"`
	Language string  `json:"language,omitempty"` // of pages and letters; "": the company's own
	Hours    float64 `json:"hours_per_week,omitempty"`
	Left     bool    `json:"left,omitempty"` // works here no more: cannot sign in, what they wrote stays
}

// ColleagueKey is the form in which colleagues' e-mails are compared.
func ColleagueKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// A Role is what a colleague may do here; each may do what those before it may.
type Role string

// The roles, from the one that may least.
const (
	Reader  Role = "reader"  // looks
	Member  Role = "member"  // decides about lamps, writes down what happened
	Manager Role = "manager" // brings files in and takes them back
	Owner   Role = "owner"   // decides the settings, and who works here
)

// Roles are all roles, from the one that may least.
func Roles() []Role { return []Role{Reader, Member, Manager, Owner} }

// May says whether the role may do what another one may. A role that does not
// exist may nothing, and nobody may what it would.
func (r Role) May(other Role) bool {
	own, asked := slices.Index(Roles(), r), slices.Index(Roles(), other)
	return asked >= 0 && own >= asked
}
