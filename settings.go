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
}

// DefaultSettings are the starting values of METHODS 9.1.
func DefaultSettings() Settings {
	return Settings{
		Language:     "en",
		FalseLamps:   5,
		MergeDays:    1,
		DiscountRate: 0.10,
		Years:        5,
		Seed:         1,
	}
}
