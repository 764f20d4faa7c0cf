package survey

import (
	"cmp"
	"math"
	"slices"

	"behold"
)

// How many are asked a day when the company does not say (METHODS 6.1).
const (
	daysRound   = 90 // everybody about once
	leastDaily  = 3
	mostDaily   = 50
	leastSpread = 0.3
	evenSpread  = 0.5 // of a share nobody knows: half and half
	aYear       = 365
	week        = 7
)

// strata says to which stratum each customer belongs: how much they are worth (the
// best fifth, the next three tenths, the rest), whether they have bought for a
// year, and whether they are quiet.
func (f *Frame) strata() []string {
	var values []int64
	for i := range f.Customers {
		if s := f.Customers[i].State; s != behold.Lost && s != behold.Closed {
			values = append(values, f.Customers[i].Value)
		}
	}
	slices.Sort(values)
	above := func(share float64) int64 {
		if len(values) == 0 {
			return 0
		}
		return values[min(len(values)-1, int(share*float64(len(values))))]
	}
	high, mid := above(0.8), above(0.5)
	names := make([]string, len(f.Customers))
	for i := range f.Customers {
		c := &f.Customers[i]
		tier, tenure, state := "low", "old", "active"
		switch {
		case c.Value > 0 && c.Value >= high:
			tier = "high"
		case c.Value > 0 && c.Value >= mid:
			tier = "mid"
		}
		if !c.First.Known() || f.Day-c.First < aYear {
			tenure = "new"
		}
		if c.State == behold.Quiet {
			state = "quiet"
		}
		names[i] = tier + "-" + tenure + "-" + state
	}
	return names
}

// size is how many the level asks today.
func (d *drawing) size() int {
	n := d.Rules.Daily
	if n == 0 {
		n = min(max(int(math.Round(float64(d.out.Day.Frame)/daysRound)), leastDaily), mostDaily)
	}
	return min(n, d.out.Day.Frame)
}

// shares are the strata of the level with what Neyman would give each today.
func (d *drawing) shares(population map[string]int, eligible map[string][]ready) []behold.StratumDraw {
	var all []behold.StratumDraw
	sum := 0.0
	for name, n := range population {
		spread, known := d.Spread[name]
		if !known {
			spread = evenSpread
		}
		h := behold.StratumDraw{Stream: behold.StreamLevel, Stratum: name, Population: n, Eligible: len(eligible[name]), Spread: max(spread, leastSpread)}
		if h.Eligible > 0 {
			sum += float64(n) * h.Spread
		}
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b behold.StratumDraw) int { return cmp.Compare(a.Stratum, b.Stratum) })
	for i := range all {
		if h := &all[i]; h.Eligible > 0 {
			h.Target = float64(d.out.Day.Size) * float64(h.Population) * h.Spread / sum
		}
	}
	return all
}

// allot makes the targets whole: first those strata that nobody was asked of for a
// week, then whoever is owed the most since then.
func (d *drawing) allot(all []behold.StratumDraw) {
	owed := map[string]float64{}
	asked := map[string]bool{}
	for i := range d.Days {
		if d.Days[i].Day >= d.Day || d.Days[i].Day <= d.Day-week {
			continue
		}
		for k := range d.Days[i].Strata {
			if h := &d.Days[i].Strata[k]; h.Stream == behold.StreamLevel {
				owed[h.Stratum] += h.Target - float64(h.Taken)
				asked[h.Stratum] = asked[h.Stratum] || h.Taken > 0
			}
		}
	}
	left := d.out.Day.Size
	give := func(best func(h *behold.StratumDraw) (float64, bool)) bool {
		at, most := -1, 0.0
		for i := range all {
			h := &all[i]
			if score, may := best(h); may && h.Taken < h.Eligible && (at < 0 || score > most) {
				at, most = i, score
			}
		}
		if at < 0 || left == 0 {
			return false
		}
		all[at].Taken++
		left--
		return true
	}
	for give(func(h *behold.StratumDraw) (float64, bool) { return h.Target, h.Taken == 0 && !asked[h.Stratum] }) {
	}
	for give(func(h *behold.StratumDraw) (float64, bool) {
		return h.Target - float64(h.Taken) + min(max(owed[h.Stratum], -leastDaily), leastDaily), true
	}) {
	}
}

// SpreadOf is the standard deviation of "very satisfied" in each stratum, of what
// the level was answered. A stratum with a handful of answers is not in it.
func SpreadOf(invites []behold.Invite, replies []behold.Reply) map[string]float64 {
	const handful = 5
	of := map[int64]string{}
	for i := range invites {
		if v := &invites[i]; v.Stream == behold.StreamLevel {
			of[v.ID] = v.Stratum
		}
	}
	n, top := map[string]float64{}, map[string]float64{}
	for i := range replies {
		r := &replies[i]
		if stratum, level := of[r.Invite]; level && r.Item == "satisfaction" {
			n[stratum]++
			if r.Value == r.Scale {
				top[stratum]++
			}
		}
	}
	spread := map[string]float64{}
	for stratum := range n {
		if n[stratum] >= handful {
			p := (top[stratum] + 1) / (n[stratum] + 2)
			spread[stratum] = math.Sqrt(p * (1 - p))
		}
	}
	return spread
}
