package behold

import (
	"slices"
	"strings"
	"time"
)

// A RemarkKey says which remark: whose, of which table, which row.
type RemarkKey struct {
	Customer string // id
	Table    Table  // tickets, contacts or answers
	Row      string
}

// A RemarkText is a remark with its words.
type RemarkText struct {
	RemarkKey
	Name     string // of the customer
	At       Moment
	Language string // that the customer is known to write, or ""
	Body     string // personal data may stand in it until text has masked it
}

// A RemarkReading is what was made of a remark, and by which model.
type RemarkReading struct {
	Model     string         `json:"model"`
	Language  string         `json:"language"`
	Likely    []ReasonChance `json:"likely"` // the three likeliest reasons, the likeliest first; empty: nothing to read
	Raw       float64        `json:"raw"`    // chance of the likeliest before audits were looked at
	Sure      bool           `json:"sure"`   // the likeliest is sure enough to be given
	Complaint float64        `json:"complaint"`
	Leaving   float64        `json:"leaving"`
	Praise    float64        `json:"praise"`
	Doubt     float64        `json:"doubt"` // entropy of the reasons times the part of the text that no example has
}

// Reason is the reason that is given, UnknownReason where none is sure enough.
func (r *RemarkReading) Reason() Reason {
	if !r.Sure || len(r.Likely) == 0 {
		return UnknownReason
	}
	return r.Likely[0].Reason
}

// A RemarkRead is a remark and its reading; the body is masked.
type RemarkRead struct {
	RemarkText
	Reading RemarkReading
}

// A WhyLabel says why colleagues are asked what a remark says.
type WhyLabel string

// Why remarks are put before colleagues; "" where a colleague came by oneself.
const (
	LabelDoubt  WhyLabel = "doubt"  // much is to be learned from it
	LabelRare   WhyLabel = "rare"   // it may be of a reason that few remarks have
	LabelRandom WhyLabel = "random" // by lot: these alone measure how well reading goes
)

// A RemarkAsk is one of the remarks of a week that colleagues are asked to read.
type RemarkAsk struct {
	RemarkRead
	Week   Day // its Monday
	Place  int // 1 to 5
	Why    WhyLabel
	Hidden bool // what was read is not shown before the colleague has said it
}

// A RemarkSum is how many of the remarks that were read last have a reason and a language.
type RemarkSum struct {
	Reason   Reason // UnknownReason: unsure
	Language string
	Remarks  int
	Complain int // of them complaints, more likely than not
	Praise   int // and praise
}

// A Correction is what a colleague says: of a remark, what it says; or of a word,
// what it does not mean. It is never changed, only taken back.
type Correction struct {
	ID        string `json:"-"` // made by the form that wrote it
	RemarkKey `json:"-"`
	Text      string        `json:"text,omitempty"` // masked
	Reason    Reason        `json:"reason"`         // UnknownReason: none of them
	Told      bool          `json:"told,omitempty"` // the three below were asked for, too
	Complaint bool          `json:"complaint,omitempty"`
	Leaving   bool          `json:"leaving,omitempty"`
	Praise    bool          `json:"praise,omitempty"`
	Why       WhyLabel      `json:"why,omitempty"`
	Hidden    bool          `json:"hidden,omitempty"`
	Reading   RemarkReading `json:"reading"`        // what stood there before
	Word      string        `json:"word,omitempty"` // this word does not mean Reason; "" in a correction of a remark
	Who       string        `json:"-"`              // e-mail of the colleague
	Saved     time.Time     `json:"-"`
	Gone      time.Time     `json:"-"` // taken back; zero: it holds
	GoneBy    string        `json:"-"`
}

// Holds says whether the correction is held to at a time.
func (c *Correction) Holds(at time.Time) bool {
	return !c.Saved.After(at) && (c.Gone.IsZero() || c.Gone.After(at))
}

// Check says what is missing, if anything is.
func (c *Correction) Check() error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Code: code, Say: say, Hint: hint}
	}
	switch {
	case c.ID == "":
		return bad("deed_form", "the form has no mark of its own", "open the page again")
	case !slices.Contains(Reasons(), c.Reason):
		return bad("correction_reason", "there is no such reason", "choose one of the list")
	case c.Word == "" && (c.Row == "" || strings.TrimSpace(c.Text) == ""):
		return bad("correction_text", "there is no such text", "open the page again")
	case c.Word != "" && c.Reason == UnknownReason:
		return bad("correction_word", "which reason does the word not mean?", "open the text again and choose a word there")
	}
	return nil
}
