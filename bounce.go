package behold

import "time"

// A LetterBack is a letter that did not arrive, says a mail server.
type LetterBack struct {
	Address string // in lower case
	Status  string // such as 5.1.1
	Said    string // by the mail server
	Key     string // of our letter; "": the report does not name one
	Dead    bool   // the address does not exist, and never mind trying again
}

// A Bounce is an address of a customer's at which letters do not arrive.
type Bounce struct {
	Address  string // in lower case
	Customer string // id
	Person   string // name; "": nobody in particular
	Invite   int64  // the letter
	Said     string // by the mail server
	At       time.Time
}

// A BounceTally counts what reports of letters that came back brought.
type BounceTally struct {
	Read    int // files
	Marked  int // addresses that are not asked any more
	Known   int // that were marked before
	Passing int // full mailboxes, delays and the like: nothing changes
	NotOurs int // reports of letters that are none of our questions
	Other   int // files that are no reports
}
