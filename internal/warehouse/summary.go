package warehouse

import (
	"cmp"
	"slices"

	"behold"
)

// summaries folds days of kinds, which come kind by kind, into one row a kind.
func summaries(bought []kindDay, day behold.Day, currency string) []behold.KindSummary {
	if len(bought) == 0 {
		return nil
	}
	first := bought[0].day
	var total int64
	for _, k := range bought {
		first = min(first, k.day)
		total += max(k.net, 0)
	}
	quarters := min(int(day-first)/91+1, mostQuarters)
	var list []behold.KindSummary
	for len(bought) > 0 {
		n := 1
		for n < len(bought) && bought[n].name == bought[0].name {
			n++
		}
		list = append(list, summary(bought[:n], day, quarters, total, currency))
		bought = bought[n:]
	}
	slices.SortStableFunc(list, func(a, b behold.KindSummary) int {
		return cmp.Or(cmp.Compare(b.Amount.Minor, a.Amount.Minor), cmp.Compare(a.Category, b.Category))
	})
	return list
}

func summary(bought []kindDay, day behold.Day, quarters int, total int64, currency string) behold.KindSummary {
	s := behold.KindSummary{Category: bought[0].name, First: behold.NoDay, Last: behold.NoDay,
		Amount: behold.Money{Currency: currency}, Quarters: make([]int64, quarters)}
	for _, k := range bought {
		s.Amount.Minor += k.net
		if ago := int(day-k.day) / 91; ago < quarters {
			s.Quarters[quarters-1-ago] += k.bought
		}
		if k.net <= 0 {
			continue
		}
		if s.Days == 0 {
			s.First = k.day
		}
		s.Days++
		s.Last = k.day
	}
	if total > 0 {
		s.Share = max(0, float64(s.Amount.Minor)/float64(total))
	}
	return s
}
