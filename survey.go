package behold

import (
	"slices"
	"time"
)

// A Stream is why somebody is asked. Streams are never mixed: the level is
// measured on StreamLevel alone, because only there chance decides who is asked.
type Stream string

// The streams.
const (
	StreamLevel Stream = "level" // a few customers every day, drawn by lot
	StreamEvent Stream = "event" // after a delivery, a ticket or a purchase, per touchpoint
	StreamLost  Stream = "lost"  // customers who have left
	StreamAgain Stream = "again" // once more, after a case was dealt with
	StreamOpen  Stream = "open"  // whoever finds the link of a touchpoint: nobody is known
)

// An InviteState is what has become of an invitation.
type InviteState string

// The states of an invitation.
const (
	InviteWaits    InviteState = "waiting"   // for its first try, or the next
	InviteLeaves   InviteState = "sending"   // handed to the mail server, which has not answered yet
	InviteSent     InviteState = "sent"      // the mail server has taken it
	InviteReminds  InviteState = "reminding" // the reminder is handed to the mail server
	InviteReminded InviteState = "reminded"  // the mail server has taken the reminder too, or never will
	InviteFailed   InviteState = "failed"    // given up; Why says what stood in the way
	InviteStopped  InviteState = "stopped"   // the customer said that they want none
)

// An Invite asks one customer to answer. It is kept when the lot is cast, before
// anything is sent.
type Invite struct {
	ID         int64
	Day        Day // on which the lot was cast
	Stream     Stream
	Touchpoint string // "" in the level
	About      string // order, ticket or case that it follows; "": none
	Customer   string // id
	Number     int32
	Firm       string // by which customers of one company are known together
	Person     string // name; "": nobody in particular
	Address    string // e-mail, in lower case
	Country    string // two letters; "": nobody said
	Language   string // one of SurveyLanguages
	Stratum    string
	Pi         float64  // chance of being drawn on Day
	Window     float64  // chance of being drawn on any of the days asked for
	Form       int64    // version of the questionnaire; 0: ours
	Items      []string // of those that differ from one invitation to the next
	Marketing  bool     // sent where consent is needed, and was given

	State    InviteState
	Tries    int
	Next     time.Time // not tried before; of one that was sent: not reminded before
	Why      string    // Code of the error of the last try; "": none
	Said     string    // what the mail server said to it
	Made     time.Time
	Sent     time.Time // zero: not (yet)
	Reminded time.Time // zero: not (yet)
	Until    Day       // last day on which answers are taken; NoDay: not sent yet
	Answered Day       // first answer; NoDay: none (yet)
	Finished time.Time // the whole form was sent; zero: not (yet)
}

// A Reply is what was answered to one item of a questionnaire: one per invitation
// and item, the last one given.
type Reply struct {
	Invite int64
	Item   string
	Value  float64 // NaN: text only
	Scale  float64 // the best value; NaN: text only
	Text   string
	Form   int64 // version of the questionnaire that was read
	At     time.Time
}

// A StratumDraw is what the lot took from a stratum on a day.
type StratumDraw struct {
	Stream     Stream
	Touchpoint string
	Stratum    string
	Population int     // customers who could be asked if nobody were resting
	Eligible   int     // who could be asked that day
	Taken      int     // who was
	Spread     float64 // standard deviation of "very satisfied", at least 0.3
	Target     float64 // of the day's number, before it was made whole
}

// Chance is that of one eligible customer to be taken.
func (s *StratumDraw) Chance() float64 {
	if s.Eligible == 0 {
		return 0
	}
	return float64(s.Taken) / float64(s.Eligible)
}

// A SurveyDay is what the lot did on a day.
type SurveyDay struct {
	Day    Day
	Seed   uint64
	AsOf   Day // the round whose standings it read
	Frame  int // customers of the level who could be asked that day
	Size   int // how many the level was to take
	Made   time.Time
	Strata []StratumDraw
}

// WindowChance is the chance of one who belongs to a stratum of the level to be
// drawn on at least one of the days: π = 1 − Π(1 − π_d).
func WindowChance(days []SurveyDay, stratum string) float64 {
	missed := 1.0
	for i := range days {
		for k := range days[i].Strata {
			s := &days[i].Strata[k]
			if s.Stream == StreamLevel && s.Stratum == stratum {
				missed *= 1 - s.Chance()
			}
		}
	}
	return 1 - missed
}

// A NotAsked is why a customer is not asked on a day; "" for one who is.
type NotAsked string

// The reasons why a customer is not asked.
const (
	AskLot        NotAsked = "lot"         // could be, and the lot fell on others
	AskObjected   NotAsked = "objected"    // wants no surveys
	AskNoAddress  NotAsked = "no_address"  // no e-mail address is known
	AskBounced    NotAsked = "bounced"     // the mail server refused the address
	AskNoMode     NotAsked = "country_off" // surveys are off in the country
	AskNoConsent  NotAsked = "no_consent"  // the country needs consent, and there is none
	AskNotNear    NotAsked = "not_near"    // the country allows it near a purchase only, or with consent, which there is not
	AskResting    NotAsked = "asked"       // was asked lately: Until
	AskSilent     NotAsked = "unanswered"  // did not answer twice: Until
	AskAnswered   NotAsked = "answered"    // answered this survey lately: Until
	AskFirm       NotAsked = "firm"        // somebody of the same company was asked lately: Until
	AskComplaint  NotAsked = "complaint"   // has an open complaint
	AskComplained NotAsked = "complained"  // a complaint was closed lately: Until
	AskLost       NotAsked = "lost"        // has left: asked once, in a stream of their own
	AskClosed     NotAsked = "closed"      // does not exist any more
	AskOnce       NotAsked = "once"        // was asked about this already
	AskFull       NotAsked = "full"        // so many events as a day may have
)

// An Asking is what the draw of a day says about one customer.
type Asking struct {
	Number     int32    `json:"-"`
	Customer   string   `json:"customer"`
	Name       string   `json:"name"`
	Stream     Stream   `json:"stream"`
	Touchpoint string   `json:"touchpoint,omitempty"`
	About      string   `json:"about,omitempty"`
	Drawn      bool     `json:"drawn"`
	Why        NotAsked `json:"why,omitempty"`
	Until      Day      `json:"until,omitzero"` // of a reason that passes: the first day without it
	Stratum    string   `json:"stratum,omitempty"`
	Pi         float64  `json:"pi"`
	Lot        float64  `json:"lot"` // the number drawn for them, from 0 to 1: the least of a stratum are taken
	Firm       string   `json:"-"`
	Person     string   `json:"-"`
	Address    string   `json:"-"`
	Country    string   `json:"-"`
	Language   string   `json:"-"`
	Items      []string `json:"-"`
	Marketing  bool     `json:"-"`
}

// CallInstead says whether a colleague may ask by telephone what no letter may: a
// customer has left, and nothing but the rules for letters, or a lacking address,
// keeps us from asking why. A call that asks and sells nothing is service.
func (a *Asking) CallInstead() bool {
	if a.Stream != StreamLost || a.Drawn {
		return false
	}
	switch a.Why {
	case AskNotNear, AskNoConsent, AskNoMode, AskNoAddress, AskBounced:
		return true
	}
	return false
}

// SurveyLanguages are those in which customers are asked.
func SurveyLanguages() []string { return []string{"en", "da", "sv", "nb", "nl", "de", "fi"} }

// Touchpoints are where a customer meets the company, in their order.
func Touchpoints() []string { return slices.Clone(touchpoints) }

// SurveyWishes are the nine things that dealing with a company should be, three
// of which are asked at a time.
func SurveyWishes() []string {
	return []string{"easy", "simple", "safe", "flexible", "accommodating", "understanding", "professional", "fast", "results"}
}

// SurveyTurns are the questions of which one is asked at a time.
func SurveyTurns() []string {
	return []string{"recommend_people", "recommend_products", "other_groups", "expectations"}
}

// SurveyScale is the lowest and the best value of an item; 0, 0 of one that is
// answered in words.
func SurveyScale(item string) (least, most int) {
	switch item {
	case "recommend", "recommend_people", "recommend_products":
		return 0, 10
	case "effort":
		return 1, 7
	case "satisfaction", "repurchase", "other_groups", "expectations":
		return 1, 5
	}
	if slices.Contains(SurveyWishes(), item) {
		return 1, 5
	}
	return 0, 0
}

// A SurveyText is one version of the words of the questionnaire: what the company
// wrote in the place of ours, by language and key.
type SurveyText struct {
	Version int64
	Words   map[string]map[string]string
	Who     string // e-mail of the colleague
	At      time.Time
}

// A SurveyPlace is a link for whoever stands at a touchpoint: on a counter, a
// receipt, a page of the company's own.
type SurveyPlace struct {
	ID         int64
	Token      string // the end of its address; it is printed, so it is no secret
	Name       string // for colleagues
	Touchpoint string
	Language   string // "": what the browser asks for
	Site       string // origin of the page that may show it in a frame; "": none
	Closed     bool
	Made       time.Time
	Forms      int // that were sent by it
}

// A SurveyStop is a customer (CustomerKey) who at an address wants no more surveys.
type SurveyStop struct{ Customer, Address string }

// A PlaceAnswer is what somebody unknown answered to one item at a touchpoint.
type PlaceAnswer struct {
	Touchpoint string
	Item       string
	Value      float64 // NaN: text only
	Scale      float64
	Text       string
	Form       int64 // version of the questionnaire that was read
	At         time.Time
}

// An Askable is one customer as the draw sees them, as of a day.
type Askable struct {
	Number          int32
	ID              string
	Name            string
	Country         string // two letters; "": that of the company
	Language        string
	Firm            string // by which customers of one company are known together; "": they stand alone
	Contacts        []AskContact
	OptOut          bool // wants no surveys
	MarketingOptOut bool
	Consent         bool // to marketing by e-mail, as the files say
	State           CustomerState
	Value           int64 // what they are worth, in any unit that is the same for all
	First, Last     Day   // purchases
	Complaint       bool  // one is open
	Complained      Day   // the last one was closed; NoDay: none ever
}

// An AskContact is whom a letter can reach at a customer's.
type AskContact struct {
	Name    string
	Address string // e-mail, in lower case
}

// An AskEvent is something that happened with a customer and may be asked about.
type AskEvent struct {
	Customer   int32
	Touchpoint string
	About      string // order or ticket
	On         Day
}
