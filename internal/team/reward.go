package team

import (
	"cmp"
	"slices"
	"time"

	"behold"
)

// A Saved customer was at risk, was taken care of, and bought again.
type Saved struct {
	Key       string // what the reward would be for: a case, or an episode
	Case      string // "": on a list, and spoken to
	Customer  string
	Name      string
	Colleague string
	Team      string
	Since     behold.Day // at risk since
	Kept      behold.Day // bought again
	Leave     float64    // chance of leaving as of Since
	AtRisk    behold.Money
	Discount  behold.Money // given to keep them
}

// A Fate is what became of a customer who was kept.
type Fate struct {
	Left     behold.Day // last bought, or said to be gone since; NoDay: still a customer
	Reopened behold.Day // their case was opened again; NoDay: it was not
}

const (
	atRisk   = 0.05 // below this chance of leaving a customer was never at risk, as for credit
	oneSave  = 90   // days within which one customer is kept once
	monthday = 365.25 / 12
)

// Rewards are the lines to add to the ledger on a day: for customers who were kept,
// and to take back what did not last.
//
// A customer who was never at risk is nobody's merit, and one save is rewarded
// once, however many lists and cases it was on. Amount is the share of what was at
// risk that the company has settled on, less what was given away, and not below 0.
// A customer who was last seen within RewardBack months of being kept, or whose
// case was opened again, is taken back by a line that says the same below 0.
func Rewards(saved []Saved, ledger []behold.Reward, fate map[string]Fate, rules behold.Team, at time.Time) []behold.Reward {
	var lines []behold.Reward
	book := slices.Clone(ledger)
	slices.SortStableFunc(saved, func(a, b Saved) int { return cmp.Or(cmp.Compare(a.Kept, b.Kept), cmp.Compare(a.Key, b.Key)) })
	if rules.RewardPoints > 0 || rules.RewardShare > 0 {
		for i := range saved {
			if s := &saved[i]; s.Leave >= atRisk && !rewarded(book, s) {
				line := s.line(rules, at)
				book, lines = append(book, line), append(lines, line)
			}
		}
	}
	return append(lines, takenBack(ledger, fate, rules, at)...)
}

// rewarded says whether the ledger has the save already, or another one of the same
// customer around the same time that still counts.
func rewarded(ledger []behold.Reward, s *Saved) bool {
	return slices.ContainsFunc(ledger, func(r behold.Reward) bool {
		near := r.Day-s.Kept < oneSave && s.Kept-r.Day < oneSave
		return r.Key == s.Key || r.Kind == behold.RewardKept && near && behold.CustomerKey(r.Customer) == behold.CustomerKey(s.Customer)
	})
}

func (s *Saved) line(rules behold.Team, at time.Time) behold.Reward {
	r := behold.Reward{
		Key: s.Key, Kind: behold.RewardKept, Day: s.Kept, Customer: s.Customer, Name: s.Name, Team: s.Team, Case: s.Case, Since: s.Since,
		Leave: s.Leave, AtRisk: s.AtRisk, Discount: s.Discount, Share: rules.RewardShare, Points: rules.RewardPoints, At: at,
	}
	if rules.Individuals {
		r.Colleague = s.Colleague
	}
	if r.Share > 0 {
		less := 0.0
		if s.Discount.Currency == s.AtRisk.Currency {
			less = s.Discount.Major()
		}
		r.Amount = behold.MoneyOf(max(0, r.Share*s.AtRisk.Major()-less), s.AtRisk.Currency)
	}
	return r
}

// takenBack are the lines for saves that did not last.
func takenBack(ledger []behold.Reward, fate map[string]Fate, rules behold.Team, at time.Time) (lines []behold.Reward) {
	gone := map[int64]bool{}
	for _, r := range ledger {
		gone[r.Back] = true
	}
	for _, r := range ledger {
		f, known := fate[behold.CustomerKey(r.Customer)]
		if r.Kind != behold.RewardKept || gone[r.ID] || !known {
			continue
		}
		back := r
		back.Key, back.Back, back.ID, back.At = "back/"+r.Key, r.ID, 0, at
		back.Points, back.Amount.Minor = -r.Points, -r.Amount.Minor
		switch until := r.Day + behold.Day(float64(rules.RewardBack)*monthday); {
		case r.Case != "" && f.Reopened.Known() && f.Reopened >= r.Day:
			back.Kind, back.Day = behold.RewardReopen, f.Reopened
		case rules.RewardBack > 0 && f.Left.Known() && f.Left >= r.Day && f.Left <= until:
			back.Kind, back.Day = behold.RewardLost, f.Left
		default:
			continue
		}
		lines = append(lines, back)
	}
	return lines
}

// A Balance is what the ledger comes to for a team, or for a colleague.
type Balance struct {
	Whose  string       `json:"whose"`
	Kept   int          `json:"kept"` // customers, those taken back aside
	Back   int          `json:"back"`
	Points float64      `json:"points"`
	Amount behold.Money `json:"amount"`
}

// Balances adds up lines of the ledger, the most kept first.
func Balances(ledger []behold.Reward, whose func(*behold.Reward) string) []Balance {
	of := map[string]*Balance{}
	var list []*Balance
	for i := range ledger {
		r := &ledger[i]
		b := of[whose(r)]
		if b == nil {
			b = &Balance{Whose: whose(r)}
			of[b.Whose], list = b, append(list, b)
		}
		if r.Kind == behold.RewardKept {
			b.Kept++
		} else {
			b.Kept, b.Back = b.Kept-1, b.Back+1
		}
		b.Points += r.Points
		b.Amount.Minor += r.Amount.Minor
		b.Amount.Currency = cmp.Or(b.Amount.Currency, r.Amount.Currency)
	}
	out := make([]Balance, 0, len(list))
	for _, b := range list {
		out = append(out, *b)
	}
	slices.SortStableFunc(out, func(a, b Balance) int {
		return cmp.Or(cmp.Compare(b.Kept, a.Kept), cmp.Compare(a.Whose, b.Whose))
	})
	return out
}

// StillKept are the lines of customers who were kept since a day and not taken back.
func StillKept(ledger []behold.Reward, since behold.Day) (list []behold.Reward) {
	gone := map[int64]bool{}
	for _, r := range ledger {
		gone[r.Back] = true
	}
	for _, r := range ledger {
		if r.Kind == behold.RewardKept && r.Day >= since && !gone[r.ID] {
			list = append(list, r)
		}
	}
	return list
}
