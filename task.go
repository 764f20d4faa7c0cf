package behold

// An Action is what a colleague does for a customer.
type Action string

// The actions.
const (
	ActCall        Action = "call"
	ActVisit       Action = "visit"
	ActApology     Action = "apology"
	ActKeepPromise Action = "keep_promise"
	ActPriceReview Action = "price_review"
	ActReplacement Action = "replacement_talk"
	ActThanks      Action = "thank_you"
	ActSurprise    Action = "surprise"
	ActAmbassador  Action = "ambassador_ask"
	ActWinBack     Action = "win_back"
	ActUpsell      Action = "upsell"
)

// A Step is one thing to do for a customer.
type Step struct {
	Action  Action  `json:"action"`
	Channel string  `json:"channel"`          // visit, call, mail, chat: how it reaches the customer
	Minutes float64 `json:"minutes"`          // of a colleague, > 0
	Cost    float64 `json:"cost,omitempty"`   // beside the minutes: flowers, freight; major units
	After   int     `json:"after,omitempty"`  // working days to wait after the step before
	Within  int     `json:"within,omitempty"` // working days to do it in; 0: the same day
	Owner   string  `json:"owner,omitempty"`  // e-mail of the colleague who does it; "": whoever looks after the customer
}

// A Playbook is what to do for a reason, step by step.
type Playbook struct {
	Reason Reason `json:"reason"`
	Steps  []Step `json:"steps"`
}

// A Task is one customer on a colleague's list of a day, with the next step.
type Task struct {
	Customer  int32
	ID        string // the customer's
	Name      string
	Colleague string   // e-mail; "" where nobody is known to work here
	Owner     string   // e-mail of who looks after the customer; "": nobody
	Day       Day      // of the list
	Place     int      // on the colleague's list, from 1
	Lamp      LampKind // "": none burns, it is the step of a case
	Reason    Reason
	Step      Step
	Due       Day     // last day to do it
	Gain      Money   // expected from doing it, its own cost taken off
	Leave     float64 // chance of leaving when the list was made
	LeaveLow  float64 // its range
	LeaveHigh float64
	Since     Day  // on the lists without a break since
	Lying     int  // working days that it has been on the list and nothing was done
	Escalated bool // it has lain so long that the manager sees it too
	Covered   bool // the customer is another colleague's, who is away
}

// A TaskList is the lists of all colleagues on a day, as they stood in the morning.
type TaskList struct {
	Day       Day
	Tasks     []Task  // by colleague and place
	False     float64 // share of the tasks with a lamp whose customer is expected to stay anyway
	FalseLow  float64 // its range
	FalseHigh float64
	HourWorth Money  // expected from the last task accepted, an hour
	Loads     []Load // of each colleague, in the order given
}

// Only is the part of the lists that keep says yes to, with the share that is
// expected of those that a lamp stands for. Loads and HourWorth stay those of the whole.
func (l TaskList) Only(keep func(*Task) bool) TaskList {
	all := l.Tasks
	l.Tasks, l.False, l.FalseLow, l.FalseHigh = nil, 0, 0, 0
	for i := range all {
		if keep(&all[i]) {
			l.Tasks = append(l.Tasks, all[i])
		}
	}
	n := 0.0
	for i := range l.Tasks {
		if l.Tasks[i].Lamp != "" {
			n++
		}
	}
	for _, t := range l.Tasks {
		if t.Lamp == "" { // the step of a case, for whom nothing burns any more
			continue
		}
		l.False, l.FalseLow, l.FalseHigh = l.False+(1-t.Leave)/n, l.FalseLow+(1-t.LeaveHigh)/n, l.FalseHigh+(1-t.LeaveLow)/n
	}
	return l
}

// Load of a colleague; false when there is no list for them.
func (l *TaskList) Load(colleague string) (Load, bool) {
	for _, load := range l.Loads {
		if load.Colleague == ColleagueKey(colleague) {
			return load, true
		}
	}
	return Load{}, false
}

// Lists are what a company decides about its lists (METHODS 9.1).
type Lists struct {
	MinutesToday float64 `json:"minutes_today"`    // of a colleague, for customers on the list, a working day
	TasksToday   int     `json:"tasks_today"`      // at most, for a colleague
	ContactGap   int     `json:"contact_gap_days"` // between two personal contacts with a customer
	RemindDays   int     `json:"remind_days"`      // working days after which a task that lies stands first
	EscalateDays int     `json:"escalate_days"`    // and after which the manager sees it too
	StrictQ      float64 `json:"strict_list_q"`    // share of those listed who may be expected to stay anyway; 0: the list is not strict
}

// DefaultLists are the starting values.
func DefaultLists() Lists {
	return Lists{MinutesToday: 90, TasksToday: 7, ContactGap: 30, RemindDays: 2, EscalateDays: 5}
}

// Check says which of them makes no sense, if one does not.
func (l *Lists) Check() error {
	bad := func(say, hint string) error { return &Error{Kind: Invalid, Say: say, Hint: hint} }
	switch {
	case !(l.MinutesToday >= 5 && l.MinutesToday <= 600):
		return bad("a colleague has 5 to 600 minutes a day for customers on the list", "90 is usual")
	case l.TasksToday < 1 || l.TasksToday > 50:
		return bad("a list has 1 to 50 tasks", "7 is usual")
	case l.ContactGap < 0 || l.ContactGap > 365:
		return bad("between two contacts lie 0 to 365 days", "30 is usual")
	case l.RemindDays < 1 || l.RemindDays > 60:
		return bad("a task stands first after lying for 1 to 60 working days", "2 is usual")
	case l.EscalateDays < 1 || l.EscalateDays > 60:
		return bad("the manager sees a task after it lay for 1 to 60 working days", "5 is usual")
	case l.StrictQ != 0 && !(l.StrictQ >= 0.1 && l.StrictQ <= 0.5):
		return bad("a strict list lets a share of 0.1 to 0.5 stay anyway, or is off at 0", "0.2 is strict, 0.4 is mild")
	}
	return nil
}

// A Load is how full a colleague's day is.
type Load struct {
	Colleague string  `json:"colleague"`
	Minutes   float64 `json:"minutes"` // for customers today; 0: does not work today
	Used      float64 `json:"used"`
	Tasks     int     `json:"tasks"`
}

// Passed says why a customer is on no list.
type Passed struct {
	Customer int32  `json:"customer"`
	Why      WhyNot `json:"why"`
	Facts    []Fact `json:"facts"` // the figures of the sentence
}

// WhyNot is one of the reasons why a customer is on no list.
type WhyNot string

// The reasons why a customer is on no list.
const (
	OnList       WhyNot = "on_list"       // it is: place, minutes
	NotLit       WhyNot = "not_lit"       // no lamp burns
	NotAwake     WhyNot = "asleep"        // every lamp is snoozed, a false alarm, or one of many with a common cause
	HasLeft      WhyNot = "left"          // lost, closed or moved: nothing is to be saved
	InHand       WhyNot = "in_hand"       // a colleague has said “I take it”: taken_on
	JustSpoken   WhyNot = "just_spoken"   // spoken to within the contact gap: spoken_on, gap_days, free_on
	NoWay        WhyNot = "no_way"        // no step of the playbook goes by a way that the customer allows
	NoGain       WhyNot = "no_gain"       // attention is expected to bring less than it costs: gain, cost
	NotSure      WhyNot = "not_sure"      // the strict list: p, cut
	NobodyWorks  WhyNot = "nobody_works"  // whoever could do it does not work today: back_on
	ListFull     WhyNot = "list_full"     // so many as a list may have: most, ahead
	MinutesSpent WhyNot = "minutes_spent" // no minutes left: needs, left, ahead
	CameLater    WhyNot = "came_later"    // the list was made this morning: it is next in line
	StepWaits    WhyNot = "step_waits"    // the next step of their case is for a later day: from
)

// An Absence is a colleague's holiday, illness or course.
type Absence struct {
	Colleague string `json:"colleague"`
	From      Day    `json:"from"`
	To        Day    `json:"to"` // the last day
}
