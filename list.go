package behold

// A CustomerQuery asks for the list of customers as they stand.
type CustomerQuery struct {
	Day     Day // of the last round; NoDay: whichever that is
	State   CustomerState
	Lamp    LampKind // that is lit for them
	Segment string
	Region  string
	Whose
	Slice // sorts: money (default, most first), value, silence, loyalty, chance, name, last, orders
}

// A Listed customer is a row of the list of customers.
type Listed struct {
	Number          int32
	ID              string
	Name            string
	Colleague       string // in lower case; "": nobody looks after them
	Segment         string
	Region          string
	State           CustomerState
	Orders          int32
	Occasions       int32
	Last            Day     // purchase
	UsualGap        float64 // days; 0 when it has no mean
	SilentDays      int32
	ChanceLeave     float64
	ChanceLeaveLow  float64
	ChanceLeaveHigh float64
	Calibrated      bool
	Value           Money
	MoneyAtRisk     Money
	LoyaltyIndex    float64 // below 0 when it was not computed
	Lamps           []LampKind
}

// Facets are what a list of customers can be narrowed by.
type Facets struct {
	Customers  int // on the whole list
	Lamps      []LampKind
	Colleagues []string
	Segments   []string
	Regions    []string
	Loyalty    bool // the loyalty index of anybody was computed
}
