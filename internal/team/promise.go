package team

import (
	"cmp"
	"math"
	"slices"

	"behold"
	"behold/stat"
)

// A Keeping is how a team, a colleague or the company kept its promises: those that
// fell due in a stretch of days, and those that were kept before their day.
//
// Due = KeptInTime + Late + Broken + Overdue.
type Keeping struct {
	Whose      string `json:"whose"` // "": all, or nobody's
	Made       int    `json:"made"`  // promised in the stretch, whenever it is due
	Due        int    `json:"due"`   // fell due in it, or were kept before their day
	Kept       int    `json:"kept"`
	KeptInTime int    `json:"kept_in_time"`
	Late       int    `json:"late"`    // kept after their day
	Broken     int    `json:"broken"`  // not kept within the leeway, or given up
	Overdue    int    `json:"overdue"` // past their day, and within the leeway
	Open       int    `json:"open"`    // their day has not come
	Untold     int    `json:"untold"`  // fell due where nobody records that promises are kept: not among Due

	Share *float64 `json:"share"` // kept in time, of those due; nil: too few
	Low   *float64 `json:"low"`
	High  *float64 `json:"high"`
	Days  *float64 `json:"days_late"` // the median of those kept late
	late  []float64
}

// Fewest is how many promises must have fallen due before a share of them says
// anything.
const Fewest = 5

// A PromiseReport is how promises were kept.
type PromiseReport struct {
	Day        behold.Day `json:"day"`
	Since      behold.Day `json:"since"`
	Told       bool       `json:"keeping_recorded"` // in files: whether promises were kept
	All        Keeping    `json:"all"`
	Teams      []Keeping  `json:"teams"`
	Colleagues []Keeping  `json:"colleagues,omitempty"` // where the company has switched that on
	Kinds      []Keeping  `json:"kinds"`
}

// A Stretch says which promises count, and by whom they are told apart.
type Stretch struct {
	Day, Since  behold.Day
	Team        func(colleague string) string
	Individuals bool
}

// Promises counts what became of promises.
//
// Question: do we keep what we promise, and which team does?
//
// Input: cards as known on the day, any order; read only.
//
// Formula: the share of those kept by their day among those that fell due, with
// the middle 95 % of Beta(½ + kept, ½ + not kept) (Jeffreys), which holds for few
// promises too. What is late and what is broken is behold.PromiseCard.State, as
// the lamp promise_broken has it.
//
// Output: All, each team by name, and each kind of promise.
//
// Not for pay by rank: the ranges of most teams meet.
//
// Source: METHODS L05; Brown, Cai, DasGupta (2001), Statistical Science 16.
func Promises(cards []behold.PromiseCard, in Stretch) *PromiseReport {
	r := &PromiseReport{Day: in.Day, Since: in.Since, Told: Told(cards, in.Day)}
	teams, colleagues, kinds := map[string]*Keeping{}, map[string]*Keeping{}, map[string]*Keeping{}
	for i := range cards {
		c := &cards[i]
		into := []*Keeping{&r.All, of(teams, in.Team(c.Colleague)), of(kinds, c.Kind)}
		if in.Individuals {
			into = append(into, of(colleagues, c.Colleague))
		}
		for _, k := range into {
			k.add(c, r)
		}
	}
	r.All.measure()
	r.Teams, r.Colleagues, r.Kinds = listed(teams), listed(colleagues), listed(kinds)
	return r
}

// Years is how many days of promises it takes to say whether files record that
// promises are kept.
const Years = 730

// Told says whether the files record that promises are kept, by those that fell
// due in the two years before the day, the last month aside.
func Told(cards []behold.PromiseCard, day behold.Day) bool {
	const settled = 30
	kept, old := 0, 0
	for i := range cards {
		if c := &cards[i]; !c.Book && c.Due.Day() < day-settled && c.Due.Day() > day-Years {
			if old++; c.Kept.Known() {
				kept++
			}
		}
	}
	return behold.KeepingTold(kept, old)
}

func of(all map[string]*Keeping, whose string) *Keeping {
	if all[whose] == nil {
		all[whose] = &Keeping{Whose: whose}
	}
	return all[whose]
}

func (k *Keeping) add(c *behold.PromiseCard, r *PromiseReport) {
	if made := c.Made.Day(); made >= r.Since && made <= r.Day {
		k.Made++
	}
	state := c.State(r.Day, r.Told)
	if state == behold.PromiseOpen {
		k.Open++
		return
	}
	if c.Due.Day() < r.Since {
		return
	}
	if state == behold.PromiseUntold {
		k.Untold++
		return
	}
	k.Due++
	switch state {
	case behold.PromiseInTime:
		k.Kept, k.KeptInTime = k.Kept+1, k.KeptInTime+1
	case behold.PromiseLate:
		k.Kept, k.Late = k.Kept+1, k.Late+1
		k.late = append(k.late, math.Max(1, math.Ceil(c.LateBy(r.Day))))
	case behold.PromiseBroken:
		k.Broken++
	case behold.PromiseOverdue:
		k.Overdue++
	}
}

// measure gives the share its range, where there are enough.
func (k *Keeping) measure() {
	if len(k.late) > 0 {
		slices.Sort(k.late)
		days := k.late[(len(k.late)-1)/2]
		k.Days = &days
	}
	if k.Due < Fewest {
		return
	}
	share := float64(k.KeptInTime) / float64(k.Due)
	low, high := Jeffreys(k.KeptInTime, k.Due)
	k.Share, k.Low, k.High = &share, &low, &high
}

// Jeffreys is where the share that some of so many are a sample of may lie, with
// 95 % certainty: the middle of Beta(½ + some, ½ + the others), up to 0 and 1 where
// none or all are.
func Jeffreys(some, of int) (low, high float64) {
	odds := stat.NewBeta(0.5+float64(some), 0.5+float64(of-some))
	end := func(p float64) float64 { x := odds.Quantile(p); return x / (1 + x) }
	high = 1
	if some > 0 {
		low = end(0.025)
	}
	if some < of {
		high = end(0.975)
	}
	return low, high
}

// listed are those with anything to tell, by name; nobody's last.
func listed(all map[string]*Keeping) []Keeping {
	list := []Keeping{}
	for _, k := range all {
		if k.Made+k.Due+k.Open+k.Untold > 0 {
			k.measure()
			list = append(list, *k)
		}
	}
	slices.SortFunc(list, func(a, b Keeping) int {
		if (a.Whose == "") != (b.Whose == "") {
			return cmp.Compare(b.Whose, a.Whose)
		}
		return cmp.Compare(a.Whose, b.Whose)
	})
	return list
}
