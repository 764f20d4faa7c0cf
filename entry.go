package behold

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// An Entry is what a colleague wrote down about a customer. What is written is
// never overwritten: a change is a new version, and so is taking it back.
type Entry struct {
	ID         string         `json:"id"`      // made by the form that wrote it, so that one that is sent twice is one entry
	Version    int64          `json:"version"` // of all that was ever written, the later the higher
	Customer   string         `json:"customer"`
	Kind       EntryKind      `json:"kind"`
	At         time.Time      `json:"at"`              // when it happened
	Due        Day            `json:"due,omitzero"`    // of a promise: by when; of a surprise: for when it is planned
	Done       Day            `json:"done,omitzero"`   // of a promise: kept; of a surprise: given; NoDay: not (yet)
	Broken     Day            `json:"broken,omitzero"` // of a promise: since when it is known that it will not be kept; Why says why not
	Why        string         `json:"why,omitempty"`
	Of         string         `json:"of,omitempty"`        // of a promise that a file tells of: its id there; what is written here goes before the file
	Left       Day            `json:"left,omitzero"`       // of a loss: since when they are gone
	Channel    string         `json:"channel,omitempty"`   // of a contact: visit, call, mail or chat; of a need: the one they like best
	Direction  string         `json:"direction,omitempty"` // of a contact: in or out
	Text       string         `json:"text,omitempty"`
	Rule       string         `json:"rule,omitempty"`   // of a refusal: what says that we may not
	Amount     Money          `json:"amount,omitzero"`  // of a refusal: what it may cost; of a surprise: what it costs
	Reason     Reason         `json:"reason,omitempty"` // of a loss
	Competitor string         `json:"competitor,omitempty"`
	Said       Source         `json:"said_by,omitempty"` // of a loss: SaidByCustomer or SaidByColleague
	Who        string         `json:"who,omitempty"`     // e-mail of the colleague who wrote it, and of whose promise it is
	Written    time.Time      `json:"written"`           // first
	Changed    EntrySignature `json:"changed"`           // this version
	Undone     bool           `json:"undone,omitempty"`  // taken back: as if it had never been written
}

// An EntrySignature is who wrote a version of an entry, and when.
type EntrySignature struct {
	Who string    `json:"who,omitempty"`
	At  time.Time `json:"at"`
}

// An EntryKind is what sort of thing was written down.
type EntryKind string

// The kinds of entries.
const (
	EntryContact  EntryKind = "contact"
	EntryNote     EntryKind = "note"
	EntryPromise  EntryKind = "promise"
	EntryRefusal  EntryKind = "refusal"  // we had to say no
	EntrySurprise EntryKind = "surprise" // something nice that nobody expects
	EntryLoss     EntryKind = "loss"     // they have left, and why
	EntryNeed     EntryKind = "need"     // what they need, expect, or like best
)

// EntryKinds are all kinds of entries.
func EntryKinds() []EntryKind {
	return []EntryKind{EntryContact, EntryNote, EntryPromise, EntryRefusal, EntrySurprise, EntryLoss, EntryNeed}
}

// EntryChannels are the ways in which a colleague and a customer meet.
func EntryChannels() []string { return []string{"call", "visit", "mail", "chat"} }

// An EntryQuery asks for entries as they are now, those taken back left out.
type EntryQuery struct {
	Customer string    // the id; "": of all
	Kind     EntryKind // "": of every kind
	Who      string    // "": whoever wrote them
	Since    Day       // open, or due or done on that day or later; NoDay: all
}

// Open says whether there is something left to do about the entry.
func (e *Entry) Open() bool {
	return e.Due.Known() && !e.Done.Known() && !e.Broken.Known() && !e.Undone
}

// InTime says whether what was promised was kept by the day that was named.
func (e *Entry) InTime() bool { return e.Done.Known() && e.Done <= e.Due }

// Late says whether it should have been done before the day.
func (e *Entry) Late(today Day) bool { return e.Open() && e.Due < today }

// BookSource is the source under which facts from the book are kept in the
// warehouse, beside those of files; no file may use it.
const BookSource = "behold"

// BookID is the id that an entry's row has in the warehouse.
func (e *Entry) BookID() string { return BookSource + "-" + e.ID }

// EntryText is how many letters an entry may have in one place.
const EntryText = 2000

// Check says what is missing from an entry, as of a day.
func (e *Entry) Check(today Day) error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Say: say, Hint: hint, Code: "entry_" + code}
	}
	switch {
	case e.ID == "" || len(e.ID) > 64:
		return bad("form", "the form was sent without its number", "open the page again")
	case strings.TrimSpace(e.Customer) == "":
		return bad("customer", "an entry is about a customer", "say which one")
	case utf8.RuneCountInString(e.Text) > EntryText || utf8.RuneCountInString(e.Rule+e.Why) > EntryText || utf8.RuneCountInString(e.Competitor) > 200:
		return bad("long", "this is more than 2,000 letters", "say it shorter")
	case DayOf(e.At) > today:
		return bad("future", "what has not happened yet cannot be written down as done", "make it a promise, or name an earlier day")
	case DayOf(e.At) < today-10*366:
		return bad("past", "this is more than ten years ago", "name a later day")
	case e.Amount.Minor < 0:
		return bad("amount", "the amount is below zero", "write it without a minus")
	case e.Done.Known() && e.Done > today:
		return bad("done", "what has not happened yet cannot be done with", "name today or an earlier day")
	}
	return e.checkKind(today, bad)
}

func (e *Entry) checkKind(today Day, bad func(code, say, hint string) error) error {
	empty := strings.TrimSpace(e.Text) == ""
	switch e.Kind {
	case EntryContact:
		return e.checkContact(bad)
	case EntryNote:
		if empty {
			return bad("text", "there is nothing written", "write a few words")
		}
	case EntryPromise, EntrySurprise:
		if empty {
			return bad("what", "it does not say what", "write what it is, in a few words")
		}
		return e.checkDue(today, bad)
	case EntryRefusal:
		if empty {
			return bad("asked", "it does not say what was asked for", "write what the customer wanted")
		}
	case EntryLoss:
		return e.checkLoss(today, bad)
	case EntryNeed:
		if empty && e.Channel == "" {
			return bad("need", "it says neither a need nor a channel", "write one, or choose how they like to be reached")
		}
		if e.Channel != "" && !slices.Contains(EntryChannels(), e.Channel) {
			return bad("channel", "there is no channel "+e.Channel, "a visit, a call, a mail or a chat")
		}
	default:
		return bad("kind", "there is no entry of the kind "+string(e.Kind), "open the page again")
	}
	return nil
}

func (e *Entry) checkContact(bad func(code, say, hint string) error) error {
	if !slices.Contains(EntryChannels(), e.Channel) {
		return bad("channel", "there is no channel "+e.Channel, "a visit, a call, a mail or a chat")
	}
	if e.Direction != "in" && e.Direction != "out" {
		return bad("direction", "it does not say who began", "say whether you called or they did")
	}
	return nil
}

// checkDue lets a promise be due in the past only when it was so from the start:
// one is not moved to a day that has gone.
func (e *Entry) checkDue(today Day, bad func(code, say, hint string) error) error {
	switch {
	case !e.Due.Known() && (e.Kind == EntryPromise || !e.Done.Known()):
		return bad("due", "it does not say by when", "name a day")
	case e.Due.Known() && e.Due < DayOf(e.At):
		return bad("due_past", "the day lies before the day on which it was said", "name a later day")
	case e.Due.Known() && e.Due > today+5*366:
		return bad("due_far", "the day is more than five years away", "name an earlier day")
	case e.Broken.Known() && strings.TrimSpace(e.Why) == "":
		return bad("why", "it does not say why not", "a few words, for whoever meets the customer next")
	case e.Done.Known() && e.Done < DayOf(e.At):
		return bad("done_past", "it cannot be done before it was said", "name a later day")
	}
	return nil
}

func (e *Entry) checkLoss(today Day, bad func(code, say, hint string) error) error {
	switch {
	case !slices.Contains(Reasons(), e.Reason):
		return bad("reason", "it does not say why they left", "choose the reason, or “unknown”")
	case !e.Left.Known():
		return bad("left", "it does not say since when they are gone", "name a day")
	case e.Left > today:
		return bad("left_future", "the day has not come yet", "name today or an earlier day")
	case e.Left < today-10*366:
		return bad("past", "this is more than ten years ago", "name a later day")
	case e.Said != SaidByCustomer && e.Said != SaidByColleague:
		return bad("said", "it does not say who gave the reason", "the customer, or a colleague who thinks so")
	}
	return nil
}
