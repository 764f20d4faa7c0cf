package behold

// A Team is what a company decides about its people: who is compared, and how
// keeping customers is rewarded (METHODS 8.6, 13).
type Team struct {
	Individuals    bool    `json:"individual_staff_credit"` // figures for each colleague, not for teams alone
	RewardPoints   float64 `json:"reward_points"`           // for a customer kept
	RewardShare    float64 `json:"reward_share"`            // of what was at risk, on top; 0: points only
	RewardBack     int     `json:"reward_back_months"`      // a customer lost within so many is taken back; 0: never
	SurpriseBudget float64 `json:"surprise_budget"`         // for surprises, a year, major units; 0: none is set
	Pulse          bool    `json:"staff_pulse"`             // colleagues are asked once a week how it is to work here
}

// DefaultTeam are the starting values: teams only, and points without money.
func DefaultTeam() Team { return Team{RewardPoints: 1, RewardBack: 6, Pulse: true} }

// Check says which of them makes no sense, if one does not.
func (t *Team) Check() error {
	bad := func(code, say, hint string) error { return &Error{Kind: Invalid, Say: say, Hint: hint, Code: code} }
	switch {
	case !(t.RewardPoints >= 0 && t.RewardPoints <= 1000):
		return bad("set_reward_points", "a customer kept gives 0 to 1,000 points", "1 is usual")
	case !(t.RewardShare >= 0 && t.RewardShare <= 0.5):
		return bad("set_reward_share", "the reward is a share of what was at risk, 0 to 0.5", "0 gives points only")
	case t.RewardBack < 0 || t.RewardBack > 36:
		return bad("set_reward_back", "a reward can be taken back for 0 to 36 months", "6 is usual")
	case !(t.SurpriseBudget >= 0 && t.SurpriseBudget <= 1e9):
		return bad("set_surprises", "the budget for surprises is not below zero", "0 when there is none")
	}
	return nil
}
