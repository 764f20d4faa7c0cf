package behold

import "time"

// A Round is one walk past every customer: what was known on a day, judged.
// Given the facts recorded by Day, the version, the settings and the lamps that
// were lit the day before, it always comes out the same.
type Round struct {
	Day       Day
	Started   time.Time
	Finished  time.Time
	Version   string
	Settings  Settings
	Horizon   int           // days that "leaves" looks ahead
	Customers int64         // walked past
	Lines     int64         // order lines read
	Lit       []Lamp        // lit today, dark before
	Still     []Lamp        // lit before, and still
	Out       []Lamp        // lit before, out today
	Common    []CommonCause // of lamps that many customers have at once
	Records   []LampRecord  // how each lamp did on the company's own past
	Tasks     TaskList      // the lists of the next morning; without Loads none were made
	Passed    []Passed      // who is lit and on no list, and why
	Begun     []Episode     // that begin with the lists
	Ended     []Outcome     // that were read by the round
	Voice     []byte        // JSON: what customers say, by package survey
	Read      []RemarkRead  // what was read in the texts of the last months; nil: it was not read, and what was read before stays
	Asks      []RemarkAsk   // which of them colleagues are asked to read this week
	Model     []byte        // JSON: what the forecast was made with, for those who check
}
