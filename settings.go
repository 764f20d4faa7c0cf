package behold

// Settings are what a company decides about how it is watched (METHODS 9.1).
type Settings struct {
	Company      string  `json:"company"`                   // its name, for pages and letters
	Country      string  `json:"country"`                   // ISO 3166 two letters; holidays before there is a year of history
	Language     string  `json:"language"`                  // en, da, sv, nb, nl: for what is not asked by a browser
	Currency     string  `json:"currency"`                  // when the files do not say; "" until somebody does
	FalseLamps   float64 `json:"false_lamps_per_100_month"` // the dial: per 100 healthy customers and month, 1 to 20
	MergeDays    int     `json:"merge_days"`                // orders this close are one occasion
	HorizonDays  int     `json:"horizon_days"`              // "leaves" means nothing bought for so long; 0: three median gaps, 8 to 52 weeks
	DiscountRate float64 `json:"discount_rate"`             // a year
	Years        int     `json:"years"`                     // of value
	Seed         uint64  `json:"seed"`
	MembersSee   string  `json:"members_see"` // SeeAll or SeeOwn: whose customers readers and members see
	Letters
	Lists
	Surveys
	Team
	HoldOut
	Economy
}

// Whose customers readers and members see. Managers and owners see all; those
// whom nobody looks after are seen by everybody.
const (
	SeeAll = "all"
	SeeOwn = "own"
)

// DefaultSettings are the starting values of METHODS 9.1.
func DefaultSettings() Settings {
	return Settings{
		Language:     "en",
		FalseLamps:   5,
		MergeDays:    1,
		DiscountRate: 0.10,
		Years:        5,
		Seed:         1,
		MembersSee:   SeeAll,
		Letters:      DefaultLetters(),
		Lists:        DefaultLists(),
		Surveys:      DefaultSurveys(),
		Team:         DefaultTeam(),
		HoldOut:      DefaultHoldOut(),
		Economy:      DefaultEconomy(),
	}
}

// Check says which setting makes no sense, if one does not.
func (s *Settings) Check() error {
	bad := func(code, say, hint string) error { return &Error{Kind: Invalid, Say: say, Hint: hint, Code: code} }
	switch {
	case !(s.FalseLamps >= 1 && s.FalseLamps <= 20):
		return bad("set_dial", "the dial goes from 1 to 20 false lamps per 100 healthy customers and month", "5 is the usual value")
	case s.MergeDays < 0 || s.MergeDays > 30:
		return bad("set_merge", "orders can be merged over 0 to 30 days", "1 is usual, 3 between firms")
	case s.HorizonDays != 0 && (s.HorizonDays < 7 || s.HorizonDays > 1095):
		return bad("set_horizon", "the horizon is 7 to 1095 days, or 0 for three median gaps", "90 is often right")
	case !(s.DiscountRate >= 0 && s.DiscountRate <= 1):
		return bad("set_discount", "the discount rate is a share between 0 and 1 a year", "0.10 is usual")
	case s.Years < 1 || s.Years > 30:
		return bad("set_years", "value looks 1 to 30 years ahead", "5 is usual")
	case s.Currency != "" && len(s.Currency) != 3:
		return bad("set_currency", "a currency has three letters", "such as DKK, SEK, NOK, EUR or GBP")
	case s.Country != "" && len(s.Country) != 2:
		return bad("set_country", "a country has two letters", "such as DK, SE, NO, NL or GB")
	case s.MembersSee != SeeAll && s.MembersSee != SeeOwn:
		return bad("set_members", "members see all customers or their own", "all or own")
	}
	switch s.Language {
	case "en", "da", "sv", "nb", "nl":
		if err := s.Lists.Check(); err != nil {
			return err
		}
		if err := s.Surveys.Check(); err != nil {
			return err
		}
		if err := s.Team.Check(); err != nil {
			return err
		}
		if err := s.HoldOut.Check(); err != nil {
			return err
		}
		if err := s.Economy.Check(); err != nil {
			return err
		}
		return s.Letters.Check()
	}
	return bad("language", "the language is one of en, da, sv, nb, nl", "")
}
