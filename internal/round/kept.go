package round

import (
	"context"
	"fmt"
	"time"

	"behold"
	"behold/internal/team"
)

// KeptFacts is what happened with customers who were taken care of; the warehouse
// satisfies it.
type KeptFacts interface {
	Standings
	TeamFacts
	Customer(ctx context.Context, id string, day behold.Day) (*behold.Customer, error)
	Orders(ctx context.Context, customer int32, day behold.Day, part behold.Slice) ([]behold.OrderSummary, int, error)
}

// KeptState is what was done for them, and the ledger; the store satisfies it.
type KeptState interface {
	TeamState
	Settings(context.Context) (behold.Settings, error)
	Episodes(context.Context) ([]behold.Outcome, error)
	Cases(context.Context, behold.CaseQuery) ([]behold.Case, error)
	Entries(context.Context, behold.EntryQuery) ([]behold.Entry, error)
	RiskAt(ctx context.Context, customer string, on behold.Day) (behold.LampCard, bool, error)
	Rewards(context.Context, behold.RewardQuery) ([]behold.Reward, error)
	// PostRewards gives how many lines were new.
	PostRewards(context.Context, []behold.Reward) (int, error)
}

// Reward posts the lines of the ledger that a round of a day calls for. Called
// again it posts nothing.
func Reward(ctx context.Context, day behold.Day, facts KeptFacts, state KeptState, at time.Time) error {
	settings, err := state.Settings(ctx)
	if err != nil {
		return err
	}
	k := keeping{day: day, facts: facts, state: state, currency: settings.Currency, posted: map[string]bool{}}
	if k.staff, err = Staff(ctx, facts, state); err != nil {
		return err
	}
	ledger, err := state.Rewards(ctx, behold.RewardQuery{Since: behold.NoDay})
	if err != nil {
		return err
	}
	for i := range ledger {
		k.posted[ledger[i].Key] = true
	}
	saved, err := k.saved(ctx)
	if err != nil {
		return err
	}
	fate, err := k.fates(ctx, ledger, settings.Team)
	if err != nil {
		return err
	}
	_, err = state.PostRewards(ctx, team.Rewards(saved, ledger, fate, settings.Team, at))
	return err
}

// keeping gathers who was kept.
type keeping struct {
	day   behold.Day
	facts KeptFacts
	state KeptState
	staff map[string]behold.Colleague

	currency string
	posted   map[string]bool // keys that are in the ledger
}

// saved are the customers of recovered cases, and those who were on a list, were
// spoken to and bought again.
func (k *keeping) saved(ctx context.Context) (list []team.Saved, err error) {
	cases, err := k.state.Cases(ctx, behold.CaseQuery{State: behold.Recovered, Done: true, Overdue: behold.NoDay, Since: behold.NoDay})
	if err != nil {
		return nil, err
	}
	for i := range cases {
		s, kept, err := k.ofCase(ctx, &cases[i])
		if err != nil {
			return nil, err
		}
		if kept {
			list = append(list, s)
		}
	}
	episodes, err := k.state.Episodes(ctx)
	if err != nil {
		return nil, err
	}
	for i := range episodes {
		o := &episodes[i]
		if o.Held || !o.Read.Known() || o.Read > k.day || !o.Kept || !o.Spoken || o.Complained || k.posted[episodeKey(o)] {
			continue
		}
		s, err := k.ofEpisode(ctx, o)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// ofCase is a recovered case whose customer bought again since it was opened; a
// case that says so alone is nobody's reward.
func (k *keeping) ofCase(ctx context.Context, c *behold.Case) (s team.Saved, kept bool, err error) {
	opened := behold.DayOf(c.Opening.At.Local())
	closed := c.ClosedOn()
	key := fmt.Sprintf("case/%s/%d", c.ID, c.Reopened)
	if !closed.Known() || closed > k.day || k.posted[key] {
		return s, false, nil
	}
	risk, found, err := k.state.RiskAt(ctx, c.Customer, opened)
	if err != nil || !found {
		return s, false, err
	}
	again, err := k.boughtAfter(ctx, c.Customer, opened)
	if err != nil || !again.Known() {
		return s, false, err
	}
	s = team.Saved{
		Key: key, Case: c.ID, Customer: c.Customer, Name: risk.Name, Colleague: behold.ColleagueKey(c.Owner),
		Since: opened, Kept: max(again, closed), Leave: risk.ChanceLeave, AtRisk: risk.MoneyAtRisk, Discount: c.Closing.Discount,
	}
	s.Team = k.staff[s.Colleague].Team
	return s, true, nil
}

// boughtAfter is the first day after another on which a customer bought; NoDay
// when they have not.
func (k *keeping) boughtAfter(ctx context.Context, id string, after behold.Day) (behold.Day, error) {
	again := behold.NoDay
	customer, err := k.facts.Customer(ctx, id, k.day)
	if behold.KindOf(err) == behold.NotFound {
		return again, nil
	}
	if err != nil {
		return again, err
	}
	orders, _, err := k.facts.Orders(ctx, customer.Number, k.day, behold.Slice{Limit: 100})
	for _, o := range orders {
		if on := behold.DayOf(o.At); on > after && !o.Return && (!again.Known() || on < again) {
			again = on
		}
	}
	return again, err
}

func (k *keeping) ofEpisode(ctx context.Context, o *behold.Outcome) (team.Saved, error) {
	s := team.Saved{
		Key: episodeKey(o), Customer: o.ID, Colleague: behold.ColleagueKey(o.Owner),
		Team: k.staff[behold.ColleagueKey(o.Owner)].Team, Since: o.Begins, Kept: o.Read, Leave: o.Leave, Discount: o.Discount,
	}
	customer, err := k.facts.Customer(ctx, o.ID, k.day)
	if err == nil {
		s.Name = customer.Name
	} else if behold.KindOf(err) != behold.NotFound {
		return s, err
	}
	s.AtRisk = behold.MoneyOf(o.Leave*o.Residual, k.currency)
	return s, nil
}

func episodeKey(o *behold.Outcome) string {
	return "episode/" + behold.CustomerKey(o.ID) + "/" + o.Begins.String()
}

// fates is what became of those in the ledger who can still be taken back.
func (k *keeping) fates(ctx context.Context, ledger []behold.Reward, rules behold.Team) (map[string]team.Fate, error) {
	all := map[string]team.Fate{}
	for _, r := range team.StillKept(ledger, k.day-2*behold.Day(31*max(1, rules.RewardBack))-365) {
		key := behold.CustomerKey(r.Customer)
		if _, known := all[key]; known {
			continue
		}
		fate, err := k.fate(ctx, &r)
		if err != nil {
			return nil, err
		}
		all[key] = fate
	}
	return all, nil
}

func (k *keeping) fate(ctx context.Context, r *behold.Reward) (team.Fate, error) {
	f := team.Fate{Left: behold.NoDay, Reopened: behold.NoDay}
	rows, _, err := k.facts.Standings(ctx, behold.StandingQuery{Day: k.day, ID: r.Customer, Slice: behold.Slice{Limit: 1}})
	if err != nil && behold.KindOf(err) != behold.NotFound {
		return f, err
	}
	for _, st := range rows {
		if st.State == behold.Lost || st.State == behold.Closed {
			f.Left = st.Last
		}
	}
	losses, err := k.state.Entries(ctx, behold.EntryQuery{Kind: behold.EntryLoss, Customer: r.Customer, Since: behold.NoDay})
	if err != nil {
		return f, err
	}
	for _, e := range losses {
		f.Left = max(f.Left, e.Left)
	}
	cases, err := k.state.Cases(ctx, behold.CaseQuery{Customer: r.Customer, Overdue: behold.NoDay, Since: behold.NoDay})
	for i := range cases {
		if c := &cases[i]; c.ID == r.Case && c.Reopened > 0 && c.Open() {
			f.Reopened = behold.DayOf(c.Since().Local())
		}
	}
	return f, err
}
