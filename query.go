package behold

import (
	"strings"
	"time"
)

// A Slice is the part of a long list that is asked for.
type Slice struct {
	Search string // words that the name or the id must contain
	Sort   string // one of the names that the list knows; "" for its own order
	Desc   bool
	Offset int
	Limit  int // 0: everything
}

// Whose narrows a list to customers whom one colleague looks after; the zero
// Whose asks for everybody's.
type Whose struct {
	Colleague string // an e-mail, in any letter case; "": everybody's
	Nobodys   bool   // with a Colleague: and customers whom nobody looks after
}

// Asks says whether a customer whom this colleague looks after ("": nobody does)
// is among those asked for.
func (w Whose) Asks(colleague string) bool {
	asked, has := ColleagueKey(w.Colleague), ColleagueKey(colleague)
	return asked == "" || asked == has || w.Nobodys && has == ""
}

// A LampQuery asks for lit lamps.
type LampQuery struct {
	Day    Day // as of; NoDay: the last round
	Kind   LampKind
	Reason Reason
	Family Family
	State  LampState
	Awake  bool   // none that are snoozed, called a false alarm or one of many lit at once, unless State asks for them
	ID     string // one customer
	Held   bool   // with those of customers who are held out: for the sums and the analyst, never for a page or a letter
	Whose
	Slice // sorts: money (default, most first), since, chance, name
}

// Wants says whether a card is among those asked for, its place in the list aside.
func (q *LampQuery) Wants(c *LampCard) bool {
	words := strings.ToLower(q.Search)
	return (q.Held || !c.Held) && (q.Kind == "" || q.Kind == c.Kind) &&
		(q.Reason == "" || q.Reason == c.Reason) &&
		(q.State == c.State || q.State == "" && (!q.Awake || c.State.Awake() && !c.Common)) &&
		(q.Family == "" || q.Family == c.Reason.Family()) &&
		(q.ID == "" || CustomerKey(q.ID) == CustomerKey(c.ID)) && q.Whose.Asks(c.Colleague) &&
		(words == "" || strings.Contains(strings.ToLower(c.Name), words) || strings.Contains(strings.ToLower(c.ID), words))
}

// A LampCard is a lit lamp with what a list of lamps shows beside it.
type LampCard struct {
	Lamp
	ID              string // the customer's
	Name            string
	Colleague       string // who looks after the customer, in lower case; "": nobody, when the round was made
	ChanceLeave     float64
	ChanceLeaveLow  float64
	ChanceLeaveHigh float64
	Calibrated      bool
	MoneyAtRisk     Money
}

// Forecast takes over what a list of lamps shows of a customer's forecast.
func (c *LampCard) Forecast(f *Forecast) {
	c.ChanceLeave, c.ChanceLeaveLow, c.ChanceLeaveHigh = f.ChanceLeave, f.ChanceLeaveLow, f.ChanceLeaveHigh
	c.Calibrated, c.MoneyAtRisk = f.Calibrated, f.MoneyAtRisk
}

// An Extent is how much is recorded by a day.
type Extent struct {
	Customers int64 // who ordered anything
	Lines     int64
	First     Day
	Last      Day
}

// weekend is how far a book may go on after the last order and still be of one
// piece with it: a weekend, and the files of Monday.
const weekend = 3

// Reach is the last day of which the records can tell how silent customers are:
// that of the last order, or the one on which colleagues last wrote something
// down (NoDay: never) when that is at most a weekend later. Silence after it is
// the company's own, and not the customers'. It is today at the latest.
func (e Extent) Reach(written, today Day) Day {
	reach := e.Last
	if written.Known() {
		reach = max(reach, min(written, reach+weekend))
	}
	return min(reach, today)
}

// A StandingQuery asks for standings.
type StandingQuery struct {
	Day     Day
	Horizon int     // days; 0: that of the day's round
	ID      string  // one customer
	Of      []int32 // these customers, by number; nil asks for all
	State   CustomerState
	Held    bool // with the lamps and reasons of customers who are held out: for the analyst, never for a page
	Whose
	Slice // sorts: money (default, most first), name, value, silence, chance, last, orders
}

// An OrderSummary is one order or credit note on the customer's page.
type OrderSummary struct {
	Order    string
	At       time.Time
	Amount   Money
	Lines    int
	Return   bool     // nothing but returns and credits
	Products []string // the names of the dearest few
	More     int      // how many names are left out
}

// A KindSummary is what a customer bought of one category.
type KindSummary struct {
	Category string
	Days     int // days on which it was bought
	First    Day
	Last     Day
	Amount   Money // all time
	Share    float64
	Quarters []int64 // bought per 91 days up to the day asked for, oldest first, minor units
}

// A LampSummary counts the lamps that are lit and ask for attention: those that a
// LampQuery that is Awake finds.
type LampSummary struct {
	Day         Day // as of
	Lamps       int
	Customers   int   // with at least one
	MoneyAtRisk Money // each customer once
	Kinds       map[LampKind]int
	Reasons     map[Reason]int
	States      map[LampState]int // those that sleep, were called a false alarm or are one of many are counted here alone
	Cells       map[LampCell]int  // every lit lamp, those set aside as well
	High        int64             // money at risk, in minor units, of the dearest third of the lamps at the least, when the round was made
	Middle      int64             // the same of the dearest two thirds
}

// Count is how many lamps a query finds that has no Search and no ID; whose they
// are is the summary's own matter.
func (s *LampSummary) Count(q LampQuery) (n int) {
	q.Search, q.ID, q.Whose = "", "", Whose{}
	for c, count := range s.Cells {
		if q.Wants(&LampCard{Lamp: Lamp{Kind: c.Kind, Reason: c.Reason, State: c.State, Common: c.Common}}) {
			n += count
		}
	}
	return n
}

// A LampCell is what a list of lamps can be narrowed by.
type LampCell struct {
	Kind   LampKind
	Reason Reason
	State  LampState
	Common bool
}

// MarshalText writes the cell as a word, such as rhythm/unknown/lit, for one of
// many with a slash behind.
func (c LampCell) MarshalText() ([]byte, error) {
	word := string(c.Kind) + "/" + string(c.Reason) + "/" + string(c.State)
	if c.Common {
		word += "/"
	}
	return []byte(word), nil
}

// UnmarshalText reads what MarshalText wrote.
func (c *LampCell) UnmarshalText(text []byte) error {
	word, common := strings.CutSuffix(string(text), "/")
	kind, rest, _ := strings.Cut(word, "/")
	reason, state, ok := strings.Cut(rest, "/")
	if !ok {
		return &Error{Say: "there is no lamp cell " + string(text)}
	}
	*c = LampCell{LampKind(kind), Reason(reason), LampState(state), common}
	return nil
}
