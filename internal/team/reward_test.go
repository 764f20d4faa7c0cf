package team

import (
	"testing"
	"time"

	"behold"
)

var now = time.Date(2025, 6, 30, 20, 0, 0, 0, time.UTC)

func saved(key, customer string, kept behold.Day, leave float64) Saved {
	return Saved{Key: key, Customer: customer, Colleague: "ida@x.example", Team: "North", Since: kept - 20, Kept: kept, Leave: leave,
		AtRisk: behold.Money{Minor: 1000000, Currency: "DKK"}, Discount: behold.Money{Minor: 30000, Currency: "DKK"}}
}

// post is what the ledger would be after a round.
func post(ledger []behold.Reward, lines []behold.Reward) []behold.Reward {
	for _, l := range lines {
		l.ID = int64(len(ledger) + 1)
		ledger = append(ledger, l)
	}
	return ledger
}

func TestRewards(t *testing.T) {
	day := behold.Date(2025, 3, 1)
	rules := behold.DefaultTeam()
	rules.RewardShare = 0.05
	all := []Saved{
		saved("case/1", "K-1", day, 0.6),
		saved("episode/1", "k-1", day+10, 0.6), // the same save
		saved("episode/2", "K-2", day, 0.04),   // was never at risk
		saved("episode/3", "K-3", day+40, 0.3),
	}
	all[0].Case = "1"
	lines := Rewards(all, nil, nil, rules, now)
	if len(lines) != 2 || lines[0].Key != "case/1" || lines[1].Key != "episode/3" {
		t.Fatalf("%+v", lines)
	}
	if r := lines[0]; r.Amount.Minor != 20000 || r.Points != 1 || r.Colleague != "" || r.Team != "North" {
		t.Errorf("5 %% of 10,000 less 300, for the team alone: %+v", r)
	}
	ledger := post(nil, lines)
	if again := Rewards(all, ledger, nil, rules, now); len(again) != 0 {
		t.Errorf("rewarded twice: %+v", again)
	}
	rules.RewardShare, rules.Individuals = 0, true
	if r := Rewards(all[3:], nil, nil, rules, now)[0]; r.Amount.Minor != 0 || r.Points != 1 || r.Colleague != "ida@x.example" {
		t.Errorf("points only, for the colleague: %+v", r)
	}
	rules.RewardPoints = 0
	if got := Rewards(all, nil, nil, rules, now); len(got) != 0 {
		t.Errorf("nothing is rewarded here, and yet %+v", got)
	}
}

// What did not last is taken back, once, by a line of its own.
func TestRewardsAreTakenBack(t *testing.T) {
	day := behold.Date(2025, 3, 1)
	rules := behold.DefaultTeam()
	a, b, c := saved("case/1", "K-1", day, 0.6), saved("episode/2", "K-2", day, 0.6), saved("episode/3", "K-3", day, 0.6)
	a.Case = "1"
	ledger := post(nil, Rewards([]Saved{a, b, c}, nil, nil, rules, now))
	fate := map[string]Fate{
		"k-1": {Left: behold.NoDay, Reopened: day + 5},
		"k-2": {Left: day + 100, Reopened: behold.NoDay},
		"k-3": {Left: day + 200, Reopened: behold.NoDay}, // more than six months later
	}
	lines := Rewards(nil, ledger, fate, rules, now)
	if len(lines) != 2 || lines[0].Kind != behold.RewardReopen || lines[1].Kind != behold.RewardLost || lines[1].Back != ledger[1].ID || lines[1].Points != -1 || lines[1].Day != day+100 {
		t.Fatalf("%+v", lines)
	}
	ledger = post(ledger, lines)
	if again := Rewards(nil, ledger, fate, rules, now); len(again) != 0 {
		t.Errorf("taken back twice: %+v", again)
	}
	sums := Balances(ledger, func(r *behold.Reward) string { return r.Team })
	if len(sums) != 1 || sums[0].Kept != 1 || sums[0].Back != 2 || sums[0].Points != 1 {
		t.Errorf("%+v", sums)
	}
	if still := StillKept(ledger, day); len(still) != 1 || still[0].Customer != "K-3" {
		t.Errorf("%+v", still)
	}
	rules.RewardBack = 0
	if got := takenBack(ledger[:3], map[string]Fate{"k-2": fate["k-2"]}, rules, now); len(got) != 0 {
		t.Errorf("nothing is taken back here, and yet %+v", got)
	}
}
