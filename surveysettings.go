package behold

import (
	"slices"
	"strings"
)

// Surveys are what a company decides about asking its customers (METHODS 6.1, 13).
type Surveys struct {
	On           bool   `json:"surveys"`               // invitations are sent
	Daily        int    `json:"survey_daily"`          // of the level; 0: a ninetieth of those who can be asked, 3 to 50
	Gap          int    `json:"survey_gap_days"`       // from one invitation to the next
	GapSilent    int    `json:"survey_silent_days"`    // after two that were not answered
	GapSame      int    `json:"survey_same_days"`      // from an answer to the same survey
	GapFirm      int    `json:"survey_firm_days"`      // between two of one company
	AfterTrouble int    `json:"survey_complaint_days"` // after a complaint was closed
	Remind       int    `json:"survey_remind_days"`    // until the reminder; 0: none
	From         int    `json:"survey_from_hour"`      // letters leave from this hour of the recipient's
	To           int    `json:"survey_to_hour"`        // to before this one, Monday to Friday
	Events       string `json:"survey_events"`         // touchpoints that are asked about, with commas between
	EventsDaily  int    `json:"survey_events_daily"`   // of each touchpoint, at most; 0: half as many as of the level
	Lost         bool   `json:"survey_lost"`           // those who have left are asked why
	Again        bool   `json:"survey_again"`          // those whose case was dealt with are asked again
	Modes        string `json:"survey_modes"`          // of countries, such as "DE:marketing,US:off"; the others are neutral
	SoftOptIn    bool   `json:"survey_soft_opt_in"`    // where consent is needed: having bought, and not objected, is enough
	NearDays     int    `json:"survey_near_days"`      // how near a purchase is near, where the law asks for it
}

// How customers of a country are asked.
const (
	SurveyNeutral   = "neutral"   // no logo, no praise, nothing to sell
	SurveyMarketing = "marketing" // only who consented; the company's own words may stand in the letter
	SurveyOff       = "off"
)

// DefaultSurveys are the starting values: nobody is asked until somebody says so.
func DefaultSurveys() Surveys {
	return Surveys{
		Gap: 90, GapSilent: 180, GapSame: 180, GapFirm: 30, AfterTrouble: 7, Remind: 7, From: 9, To: 12,
		Events: "delivery,aftercare", Lost: true, Again: true, Modes: "DE:marketing", NearDays: 90,
	}
}

// Check says what makes no sense, if anything.
func (s *Surveys) Check() error {
	bad := func(code, say, hint string) error {
		return &Error{Kind: Invalid, Say: say, Hint: hint, Code: "survey_" + code}
	}
	switch {
	case s.Daily < 0 || s.Daily > 500:
		return bad("daily", "0 to 500 customers are asked a day", "0 lets Behold choose")
	case outside(s.Gap, 1, 730), outside(s.GapSilent, 1, 730), outside(s.GapSame, 1, 730), outside(s.GapFirm, 0, 730):
		return bad("gap", "customers rest for 1 to 730 days", "90 is usual, 30 between two of one company")
	case outside(s.AfterTrouble, 0, 90):
		return bad("trouble", "after a complaint lie 0 to 90 days", "7 is usual")
	case outside(s.Remind, 0, 20):
		return bad("remind", "a reminder comes after 1 to 20 days, 0 for none", "7 is usual")
	case outside(s.From, 0, 23) || outside(s.To, 1, 24) || s.From >= s.To:
		return bad("hours", "letters leave between two hours of a day", "from 9 to 12 is usual")
	case outside(s.EventsDaily, 0, 500):
		return bad("events", "0 to 500 customers are asked a day about a touchpoint", "10 is usual")
	case outside(s.NearDays, 1, 730):
		return bad("near", "near a purchase is 1 to 730 days", "90 is usual")
	}
	for _, t := range s.EventsAsked() {
		if !slices.Contains(touchpoints, t) {
			return bad("touchpoint", "there is no touchpoint "+t, "they are "+strings.Join(touchpoints, ", "))
		}
	}
	for _, part := range parts(s.Modes) {
		country, mode, _ := strings.Cut(part, ":")
		if len(country) != 2 || mode != SurveyNeutral && mode != SurveyMarketing && mode != SurveyOff {
			return bad("modes", part+" says no country and mode", "such as DE:marketing, NO:neutral or US:off, with commas between")
		}
	}
	return nil
}

func outside(n, least, most int) bool { return n < least || n > most }

func parts(list string) []string {
	return slices.DeleteFunc(strings.Split(strings.ReplaceAll(list, " ", ""), ","), func(p string) bool { return p == "" })
}

// EventsAsked are the touchpoints after which customers are asked.
func (s *Surveys) EventsAsked() []string { return parts(s.Events) }

// Mode is how customers of a country are asked.
func (s *Surveys) Mode(country string) string {
	for _, part := range parts(s.Modes) {
		if at, mode, _ := strings.Cut(part, ":"); strings.EqualFold(at, country) {
			return mode
		}
	}
	return SurveyNeutral
}
