package web

import (
	"cmp"

	"behold/internal/chart"
	"behold/internal/team"
)

// keptHeads are the columns of how promises were kept.
func (p page) keptHeads() (heads []string) {
	for _, word := range []string{"due", "in_time", "late", "broken", "open", "share"} {
		heads = append(heads, p.T("promisereport.head."+word))
	}
	return heads
}

// keptCells are the figures of how promises were kept.
func (p page) keptCells(k *team.Keeping) []string {
	cells := []string{p.Number(k.Due), p.Number(k.KeptInTime), p.Number(k.Late), p.Number(k.Broken + k.Overdue), p.Number(k.Open), "–"}
	if k.Share != nil {
		cells[5] = p.Percent(*k.Share) + " (" + p.PercentRange(*k.Low, *k.High) + ")"
	}
	return cells
}

// keptPicture draws the shares of promises kept in time with their ranges, where
// there are two or more to compare.
func (p page) keptPicture(list []team.Keeping) string {
	var rows []chart.RangeRow
	for i := range list {
		if k := &list[i]; k.Share != nil {
			rows = append(rows, chart.RangeRow{Word: cmp.Or(k.Whose, p.T("team.without")), Says: p.Percent(*k.Share), Value: *k.Share, Low: *k.Low, High: *k.High})
		}
	}
	if len(rows) < 2 {
		return ""
	}
	return p.ranges("kept", p.T("promisereport.picture"), rows)
}
