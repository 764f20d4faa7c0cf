package round

import (
	"cmp"
	"context"
	"slices"

	"behold"
	"behold/internal/task"
	"behold/internal/team"
	"behold/stat"
)

// A Board is how those who look after customers are doing, for those who lead: what
// is asked of each team, what it gave, and what came of it.
type Board struct {
	Day      behold.Day                  `json:"day"`
	Since    behold.Day                  `json:"since"` // of attention and answers
	Shares   []team.Share                `json:"attention"`
	Answers  []behold.AnswerTime         `json:"answers"`
	Loads    []TeamLoad                  `json:"load"` // of the last list
	Promises *team.PromiseReport         `json:"promises"`
	Credit   CreditBoard                 `json:"credit"`
	Rewards  []team.Balance              `json:"rewards"` // since the year began
	Kept     []behold.Reward             `json:"kept"`    // this month, those taken back aside
	Staff    map[string]behold.Colleague `json:"-"`
}

// A TeamLoad is how full a team's day is.
type TeamLoad struct {
	Team    string  `json:"team"`
	People  int     `json:"people"` // who work that day
	Minutes float64 `json:"minutes"`
	Used    float64 `json:"used"`
	Tasks   int     `json:"tasks"`
}

// A CreditBoard is who kept more customers than theirs let expect.
type CreditBoard struct {
	Assigned   int           `json:"assigned"`      // customers whom the system gave to somebody, so far
	Matured    int           `json:"matured"`       // of them, those whose waiting time is over
	Next       behold.Day    `json:"next,omitzero"` // when the next one is; NoDay: none waits
	Teams      []task.Credit `json:"teams"`
	Colleagues []task.Credit `json:"colleagues,omitempty"` // where the company has switched that on
	Caveats    []stat.Caveat `json:"caveats"`
}

// BoardFacts is what a board is read from; the warehouse satisfies it.
type BoardFacts interface {
	PromiseFacts
	TeamFacts
	AttentionSums(ctx context.Context, day, since behold.Day) ([]behold.AttentionSum, error)
	AnswerTimes(ctx context.Context, day, since behold.Day) ([]behold.AnswerTime, error)
}

// BoardState is the state a board is read from; the store satisfies it.
type BoardState interface {
	PromiseBook
	TeamState
	Settings(context.Context) (behold.Settings, error)
	Episodes(context.Context) ([]behold.Outcome, error)
	// TaskList is the lists made after the round of a day or before, and that day.
	TaskList(context.Context, behold.Day) (behold.TaskList, behold.Day, error)
	Rewards(context.Context, behold.RewardQuery) ([]behold.Reward, error)
}

const (
	halfYear = 182 // of attention: long enough for a customer who is called twice a year
	year     = 365 // of promises
)

// TakeStock makes the board as of the round of a day.
func TakeStock(ctx context.Context, day behold.Day, facts BoardFacts, state BoardState) (*Board, error) {
	settings, err := state.Settings(ctx)
	if err != nil {
		return nil, err
	}
	b := &Board{Day: day, Since: day - halfYear}
	if b.Staff, err = Staff(ctx, facts, state); err != nil {
		return nil, err
	}
	for _, read := range []func(context.Context, behold.Settings, BoardFacts, BoardState) error{b.attention, b.promises, b.load, b.credit, b.rewards} {
		if err := read(ctx, settings, facts, state); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func (b *Board) teamOf(colleague string) string { return b.Staff[behold.ColleagueKey(colleague)].Team }

func (b *Board) attention(ctx context.Context, settings behold.Settings, facts BoardFacts, _ BoardState) error {
	sums, err := facts.AttentionSums(ctx, b.Day, b.Since)
	if err != nil {
		return err
	}
	if !settings.Individuals {
		sums = slices.DeleteFunc(sums, func(s behold.AttentionSum) bool { return s.By == behold.AttentionColleague })
	}
	b.Shares = team.Attention(sums)
	b.Answers, err = facts.AnswerTimes(ctx, b.Day, b.Since)
	return err
}

func (b *Board) promises(ctx context.Context, settings behold.Settings, facts BoardFacts, state BoardState) error {
	cards, err := Promised(ctx, facts, state, behold.PromiseQuery{Day: b.Day, Since: b.Day - team.Years})
	b.Promises = team.Promises(cards, team.Stretch{Day: b.Day, Since: b.Day - year + 1, Team: b.teamOf, Individuals: settings.Individuals})
	return err
}

func (b *Board) load(ctx context.Context, _ behold.Settings, _ BoardFacts, state BoardState) error {
	list, _, err := state.TaskList(ctx, b.Day)
	if err != nil {
		return err
	}
	for _, l := range list.Loads {
		name := b.teamOf(l.Colleague)
		at := slices.IndexFunc(b.Loads, func(t TeamLoad) bool { return t.Team == name })
		if at < 0 {
			at, b.Loads = len(b.Loads), append(b.Loads, TeamLoad{Team: name})
		}
		t := &b.Loads[at]
		t.Minutes, t.Used, t.Tasks = t.Minutes+l.Minutes, t.Used+l.Used, t.Tasks+l.Tasks
		if l.Minutes > 0 {
			t.People++
		}
	}
	slices.SortFunc(b.Loads, func(a, b TeamLoad) int { return cmp.Compare(a.Team, b.Team) })
	return nil
}

// credit counts customers whom the system assigned, not those who were held out,
// and by assignment, not by who was called.
func (b *Board) credit(ctx context.Context, settings behold.Settings, _ BoardFacts, state BoardState) error {
	episodes, err := state.Episodes(ctx)
	if err != nil {
		return err
	}
	var teams, colleagues []task.Assigned
	b.Credit.Next = behold.NoDay
	for i := range episodes {
		o := &episodes[i]
		if o.Held || o.Owner == "" || o.Begins > b.Day {
			continue
		}
		b.Credit.Assigned++
		if !o.Read.Known() || o.Read > b.Day {
			if !b.Credit.Next.Known() || o.Ends < b.Credit.Next {
				b.Credit.Next = o.Ends
			}
			continue
		}
		b.Credit.Matured++
		one := task.Assigned{Whose: b.teamOf(o.Owner), Leave: o.Leave, Kept: o.Kept, Value: o.Residual, Discount: o.Discount.Major(), Complained: o.Complained}
		teams = append(teams, one)
		one.Whose = o.Owner
		colleagues = append(colleagues, one)
	}
	if b.Credit.Teams, b.Credit.Caveats, err = credits(teams, settings.Seed); err == nil && settings.Individuals {
		b.Credit.Colleagues, _, err = credits(colleagues, settings.Seed)
	}
	return err
}

// credits are none where nobody was at risk.
func credits(cases []task.Assigned, seed uint64) ([]task.Credit, []stat.Caveat, error) {
	if !slices.ContainsFunc(cases, func(a task.Assigned) bool { return a.Leave >= task.AtRisk }) {
		return []task.Credit{}, nil, nil
	}
	return task.CreditOf(cases, seed)
}

func (b *Board) rewards(ctx context.Context, settings behold.Settings, _ BoardFacts, state BoardState) error {
	y, m, _ := b.Day.Time().Date()
	ledger, err := state.Rewards(ctx, behold.RewardQuery{Since: behold.NoDay})
	if err != nil {
		return err
	}
	b.Kept = team.StillKept(ledger, behold.Date(y, m, 1))
	ledger = slices.DeleteFunc(ledger, func(r behold.Reward) bool { return r.Day < behold.Date(y, 1, 1) })
	b.Rewards = team.Balances(ledger, func(r *behold.Reward) string { return r.Team })
	return nil
}
