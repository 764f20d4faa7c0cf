package behold

import (
	"strings"
	"time"
)

// A LetterKind is one kind of letter to colleagues.
type LetterKind string

// The letters.
const (
	MorningList  LetterKind = "morning" // which customers need this colleague today
	WeeklyLetter LetterKind = "weekly"  // how the week went, for those who lead

	MonthlyLetter LetterKind = "monthly" // what is lost, why, and what it costs, for those who lead
)

// LetterKinds are all kinds of letters.
func LetterKinds() []LetterKind { return []LetterKind{MorningList, WeeklyLetter, MonthlyLetter} }

// Leads says whether a letter is for those who lead.
func (k LetterKind) Leads() bool { return k == WeeklyLetter || k == MonthlyLetter }

// ParseLetterKind reads the name of a kind.
func ParseLetterKind(name string) (LetterKind, error) {
	for _, k := range LetterKinds() {
		if string(k) == name {
			return k, nil
		}
	}
	return "", &Error{Kind: Invalid, Say: "there is no letter " + name, Hint: "morning, weekly or monthly"}
}

// A LetterState is what has become of a letter.
type LetterState string

// The states of a letter.
const (
	LetterWaits   LetterState = "waiting" // for its first try, or the next
	LetterLeaves  LetterState = "sending" // handed to the mail server, which has not answered yet
	LetterSent    LetterState = "sent"    // the mail server has taken it
	LetterFailed  LetterState = "failed"  // given up; Why says what stood in the way
	LetterNothing LetterState = "nothing" // there was nothing to say that day
)

// A Letter is one letter to one colleague: there is one per colleague, kind and
// day, whatever happens.
type Letter struct {
	ID        int64
	Kind      LetterKind
	Colleague string // e-mail, in lower case
	Day       Day    // on which it is sent; of a weekly letter, the Monday; of a monthly one, the first working day
	Round     Day    // as of which it speaks
	Language  string
	Subject   string
	Text      string // both are gone once it was sent: they name customers
	HTML      string
	State     LetterState
	Tries     int
	Next      time.Time // not tried before
	Why       string    // Code of the error of the last try; "": none
	Answer    string    // what the mail server said to it
	Made      time.Time
	Sent      time.Time
}

// A LetterChoice is what a colleague wants of one kind of letter.
type LetterChoice struct {
	Colleague string
	Kind      LetterKind
	Wanted    bool
	Whole     bool   // of the morning list: the whole company's customers, not only one's own
	Who       string // decided it: an e-mail; "": whoever held the letter, by its link
	At        time.Time
}

// LetterChoiceOf is what a colleague wants of a kind of letter: what was chosen
// last, else what their role suggests. The weekly and the monthly letter are for those
// who lead, whatever was chosen while they did; the morning list is for whoever does
// something about it.
func LetterChoiceOf(c *Colleague, kind LetterKind, made []LetterChoice) LetterChoice {
	for _, one := range made {
		if one.Colleague == c.Email && one.Kind == kind {
			one.Wanted = one.Wanted && (!kind.Leads() || c.Role.May(Manager))
			return one
		}
	}
	least := Member
	if kind.Leads() {
		least = Manager
	}
	return LetterChoice{Colleague: c.Email, Kind: kind, Wanted: c.Role.May(least)}
}

// Letters are what a company decides about letters; its mail server is not
// among it, that is for the one who installs Behold.
type Letters struct {
	On      bool   `json:"letters"`
	Hour    int    `json:"letter_hour"`    // 0 to 23, by the machine's clock
	Days    string `json:"letter_days"`    // on which the morning list comes: 1 Monday to 7 Sunday, such as 12345
	Morning bool   `json:"letter_morning"` // which kinds there are
	Weekly  bool   `json:"letter_weekly"`
	Monthly bool   `json:"letter_monthly"`
	Nothing bool   `json:"letter_nothing"` // a morning list comes also when there is nothing to say
}

// DefaultLetters are what holds until somebody decides: none are sent.
func DefaultLetters() Letters {
	return Letters{Hour: 7, Days: "12345", Morning: true, Weekly: true, Monthly: true}
}

// Check says what makes no sense, if anything.
func (l *Letters) Check() error {
	switch {
	case l.Hour < 0 || l.Hour > 23:
		return &Error{Kind: Invalid, Say: "letters are sent at an hour from 0 to 23", Hint: "7 is usual", Code: "letter_hour"}
	case strings.Trim(l.Days, "1234567") != "":
		return &Error{Kind: Invalid, Say: "days are 1 for Monday to 7 for Sunday", Hint: "12345 is usual", Code: "letter_days"}
	}
	return nil
}

// Sends says whether a kind of letter is sent at all.
func (l *Letters) Sends(kind LetterKind) bool {
	return l.On && (kind == MorningList && l.Morning || kind == WeeklyLetter && l.Weekly || kind == MonthlyLetter && l.Monthly)
}

// Due is the day whose letter of a kind is due at a time, NoDay when none is. A
// morning list is due from its hour until the evening of that day; a weekly letter
// from Monday until Wednesday evening, so that a machine that slept catches up and
// nobody gets news that is none; a monthly one from the first working day of the
// month, none of those that are closed, until the fifth day after it.
func (l *Letters) Due(kind LetterKind, now time.Time, closed []Day) Day {
	today := DayOf(now)
	weekday := int(today.Weekday()+6)%7 + 1 // Monday is 1
	late := now.Hour() > max(20, l.Hour)
	switch {
	case !l.Sends(kind) || late:
		return NoDay
	case kind == MorningList:
		if now.Hour() < l.Hour || !strings.ContainsRune(l.Days, rune('0'+weekday)) {
			return NoDay
		}
		return today
	case kind == MonthlyLetter:
		first := Workday(today-Day(today.Time().Day()-1), 0, closed)
		if today < first || today >= first+monthlyFresh || today == first && now.Hour() < l.Hour {
			return NoDay
		}
		return first
	case weekday > 3 || weekday == 1 && now.Hour() < l.Hour:
		return NoDay
	}
	return today - Day(weekday-1)
}

// monthlyFresh is for how many days a monthly letter is news.
const monthlyFresh = 5

// Stale says whether a letter says nothing any more at a time: a morning list
// the next day, a weekly letter after three, a monthly one after five.
func (l *Letter) Stale(now time.Time) bool {
	days := Day(1)
	if l.Kind == WeeklyLetter {
		days = 3
	}
	if l.Kind == MonthlyLetter {
		days = monthlyFresh
	}
	return DayOf(now) >= l.Day+days
}

// NextTry is when a letter that was tried so often is tried again: after a
// minute, then two, four and so on, an hour at the most.
func NextTry(tries int, now time.Time) time.Time {
	wait := time.Minute << min(max(tries-1, 0), 6)
	return now.Add(min(wait, time.Hour))
}
