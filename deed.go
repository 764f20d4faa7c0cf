package behold

import (
	"slices"
	"strings"
	"time"
)

// A Deed is what the company did because of what customers said: "you said, we
// did".
type Deed struct {
	ID    string    `json:"-"` // made by the form that wrote it
	On    Day       `json:"on"`
	Theme Reason    `json:"theme"`
	Said  string    `json:"said"` // what customers said, in the company's words
	Did   string    `json:"did"`
	Shown bool      `json:"shown,omitempty"` // to customers who have answered, too
	Who   string    `json:"-"`               // e-mail of the colleague
	Saved time.Time `json:"-"`
	Gone  bool      `json:"-"` // taken back
}

// deedLength is how many bytes either half of a deed may have.
const deedLength = 1000

// Check says what is missing, if anything is, on a day.
func (d *Deed) Check(today Day) error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Say: say, Hint: hint, Code: code}
	}
	switch {
	case d.ID == "":
		return bad("deed_form", "the form has no mark of its own", "open the page again")
	case strings.TrimSpace(d.Said) == "" || strings.TrimSpace(d.Did) == "":
		return bad("deed_empty", "both halves are needed: what customers said, and what was done", "a sentence for each is enough")
	case len(d.Said) > deedLength || len(d.Did) > deedLength:
		return bad("deed_long", "that is too long to be read on a page", "say it in a few sentences")
	case !slices.Contains(Reasons(), d.Theme):
		return bad("deed_theme", "there is no such theme", "choose one of the list")
	case !d.On.Known() || d.On > today:
		return bad("deed_day", "what was done was done today or before", "choose another day")
	}
	return nil
}
