package behold

import "time"

// A Change is something that was decided about Behold itself rather than about a
// customer. Changes are kept as they were made: none is edited, none taken away.
type Change struct {
	ID     int64      `json:"id"`
	At     time.Time  `json:"at"`
	Who    string     `json:"who,omitempty"` // e-mail of the colleague; "": at the command line
	What   ChangeKind `json:"what"`
	About  string     `json:"about,omitempty"`  // a colleague's e-mail, a file, a day; "": the company
	Before string     `json:"before,omitempty"` // JSON of what differs, never a secret
	After  string     `json:"after,omitempty"`
}

// A ChangeKind says what was changed.
type ChangeKind string

// What can be changed.
const (
	ChangedSettings  ChangeKind = "settings"
	ChangedColleague ChangeKind = "colleague" // name, team, language, hours
	ChangedRole      ChangeKind = "role"
	ChangedPassword  ChangeKind = "password"
	Invited          ChangeKind = "invited" // a link to choose a password was made
	ColleagueAdded   ChangeKind = "added"
	ColleagueGone    ChangeKind = "gone"
	ColleagueBack    ChangeKind = "back"
	FileImported     ChangeKind = "imported"
	ImportUndone     ChangeKind = "undone"
	RoundMade        ChangeKind = "round"
	ChangedHours     ChangeKind = "hours"    // when a colleague has time for customers
	ChangedAbsence   ChangeKind = "absence"  // when a colleague is away
	ChangedClosed    ChangeKind = "closed"   // a day on which the company is closed, or works after all
	CalendarMade     ChangeKind = "calendar" // a link for a colleague's calendar
	CalendarEnded    ChangeKind = "calendar_ended"
	ChangedPlaybook  ChangeKind = "playbook" // About: the reason
	ChangedWording   ChangeKind = "wording"  // About: the action
)
