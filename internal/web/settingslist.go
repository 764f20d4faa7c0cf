package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/phrase"
)

// A setting is one line of the form. Its name is the one it is kept under; what
// it is called, what it does and what may stand there are the phrases
// "settings.NAME", "settings.NAME_says" and "settings.NAME_wrong".
type setting struct {
	name    string
	kind    settingKind
	show    func(behold.Settings) string
	read    func(typed string, s *behold.Settings) error
	choices []string // for a choice; what may be typed, for a word
}

// A settingKind is how a setting is put in.
type settingKind int

const (
	aLine settingKind = iota
	aCode             // a few capitals
	aNumber
	aLanguage
	aWhose
)

// A settingGroup stands together under a heading.
type settingGroup struct {
	name string
	all  []setting
}

// settingGroups are all settings but the seed, which is for those who repeat a
// calculation, and the letters', which have a page of their own.
func settingGroups() []settingGroup {
	return []settingGroup{
		{"firm", []setting{
			aWord("company", func(s *behold.Settings) *string { return &s.Company }),
			capitals("country", func(s *behold.Settings) *string { return &s.Country }),
			capitals("currency", func(s *behold.Settings) *string { return &s.Currency }, currencies()...),
			{"language", aLanguage, func(s behold.Settings) string { return s.Language }, func(typed string, s *behold.Settings) error { s.Language = typed; return nil }, phrase.Languages()},
		}},
		{"lamps", []setting{
			decimalNumber("false_lamps_per_100_month", 1, func(s *behold.Settings) *float64 { return &s.FalseLamps }),
			wholeNumber("merge_days", func(s *behold.Settings) *int { return &s.MergeDays }),
			automatic(wholeNumber("horizon_days", func(s *behold.Settings) *int { return &s.HorizonDays })),
		}},
		{"money", []setting{
			wholeNumber("years", func(s *behold.Settings) *int { return &s.Years }),
			decimalNumber("discount_rate", 100, func(s *behold.Settings) *float64 { return &s.DiscountRate }),
			decimalNumber("hour_rate", 1, func(s *behold.Settings) *float64 { return &s.HourRate }),
			decimalNumber("referrals_per_year", 1, func(s *behold.Settings) *float64 { return &s.Referrals }),
			decimalNumber("arl0_months", 1, func(s *behold.Settings) *float64 { return &s.FalseSignals }),
		}},
		{"day", []setting{
			decimalNumber("minutes_today", 1, func(s *behold.Settings) *float64 { return &s.MinutesToday }),
			wholeNumber("tasks_today", func(s *behold.Settings) *int { return &s.TasksToday }),
			wholeNumber("contact_gap_days", func(s *behold.Settings) *int { return &s.ContactGap }),
			wholeNumber("remind_days", func(s *behold.Settings) *int { return &s.RemindDays }),
			wholeNumber("escalate_days", func(s *behold.Settings) *int { return &s.EscalateDays }),
			automatic(decimalNumber("strict_list_q", 100, func(s *behold.Settings) *float64 { return &s.StrictQ })),
		}},
		{"trial", []setting{
			decimalNumber("holdout_share", 100, func(s *behold.Settings) *float64 { return &s.HoldoutShare }),
			decimalNumber("holdout_share_later", 100, func(s *behold.Settings) *float64 { return &s.HoldoutLater }),
			decimalNumber("vip_share_exempt", 100, func(s *behold.Settings) *float64 { return &s.ExemptShare }),
		}},
		{"see", []setting{
			{"members_see", aWhose, func(s behold.Settings) string { return s.MembersSee }, func(typed string, s *behold.Settings) error { s.MembersSee = typed; return nil }, []string{behold.SeeAll, behold.SeeOwn}},
		}},
	}
}

func aWord(name string, at func(*behold.Settings) *string) setting {
	return setting{name: name, kind: aLine,
		show: func(s behold.Settings) string { return *at(&s) },
		read: func(typed string, s *behold.Settings) error { *at(s) = cut(typed, 120); return nil }}
}

// capitals are a few capitals, however they are typed.
func capitals(name string, at func(*behold.Settings) *string, usual ...string) setting {
	return setting{name: name, kind: aCode, choices: usual,
		show: func(s behold.Settings) string { return *at(&s) },
		read: func(typed string, s *behold.Settings) error { *at(s) = strings.ToUpper(typed); return nil }}
}

func wholeNumber(name string, at func(*behold.Settings) *int) setting {
	return setting{name: name, kind: aNumber,
		show: func(s behold.Settings) string { return strconv.Itoa(*at(&s)) },
		read: func(typed string, s *behold.Settings) (err error) { *at(s), err = strconv.Atoi(typed); return err }}
}

// automatic is a number that Behold finds itself while nobody says it.
func automatic(of setting) setting {
	show, read := of.show, of.read
	of.show = func(s behold.Settings) string {
		if typed := show(s); typed != "0" {
			return typed
		}
		return ""
	}
	of.read = func(typed string, s *behold.Settings) error {
		if typed == "" {
			typed = "0"
		}
		return read(typed, s)
	}
	return of
}

// decimalNumber is shown times a factor: 100 for a share that is typed in per cent. It
// is read with a point or a comma.
func decimalNumber(name string, times float64, at func(*behold.Settings) *float64) setting {
	return setting{name: name, kind: aNumber,
		show: func(s behold.Settings) string {
			return strconv.FormatFloat(math.Round(*at(&s)*times*1e6)/1e6, 'f', -1, 64)
		},
		read: func(typed string, s *behold.Settings) error {
			x, err := strconv.ParseFloat(strings.ReplaceAll(typed, ",", "."), 64)
			*at(s) = x / times
			return err
		}}
}

// settingsOf are the groups that this page shows: who sees whom is nobody's
// business where nobody signs in.
func (p page) settingsOf() []settingGroup {
	return slices.DeleteFunc(settingGroups(), func(g settingGroup) bool { return g.name == "see" && !p.signsIn })
}
