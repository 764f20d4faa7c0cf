package intake

import (
	"strconv"
	"strings"

	"behold"
)

// meetRecords tells records apart by their keys. Of those with the same key it
// keeps the first: one that came with the same content is counted as known, one
// with other content is rejected. Where keys may repeat it keeps all.
func (r *reading) meetRecords(b *batch) {
	if b.records.Table.Repeats() {
		r.span(&b.records)
		return
	}
	if r.twins == nil {
		r.twins = newTwins(r.expected(b), true)
	}
	var drop []int
	for from, n := 0, len(b.keys); from < n; from += abreast {
		to := min(from+abreast, n)
		r.twins.prepare(b.keys[from:to])
		for i := from; i < to; i++ {
			row := b.records.Row[i]
			first, same := r.twins.first(b.keys[i], row, b.content[i])
			if first == row {
				continue
			}
			drop = append(drop, i)
			if same {
				r.counts[countKnown]++
				continue
			}
			column, key := r.keyOf(&b.records, i)
			b.rejects = append(b.rejects, behold.Reject{
				Row: row, Column: column, Why: WhyRowTwice, Value: presentable(key + " ↑" + strconv.FormatInt(first, 10)),
			})
		}
	}
	withoutRecords(&b.records, drop)
	r.span(&b.records)
}

// keyOf is a record's key as it is shown, and the header of its first part.
func (r *reading) keyOf(records *behold.Records, i int) (column, key string) {
	var parts []string
	for k, c := range records.Table.Columns() {
		cells := &records.Columns[k]
		switch {
		case !c.Key:
		case cells.Text != nil:
			parts = append(parts, cells.Text[i])
		case cells.Whole != nil && c.Form != behold.FormMoment:
			parts = append(parts, behold.Day(cells.Whole[i]).String())
		}
		if c.Key && column == "" {
			column = r.file.headers[r.file.at[recordField(records.Table, k)]]
		}
	}
	return column, strings.Join(parts, "/")
}

// span widens the days of the receipt by those of the records.
func (r *reading) span(records *behold.Records) {
	at := r.file.plan.happens()
	if at == attribute || records.Len() == 0 {
		return
	}
	k := records.Table.Column(at.String())
	for _, v := range records.Columns[k].Whole {
		if v == behold.NoWhole {
			continue
		}
		day := behold.Day(v)
		if at.column().Form == behold.FormMoment {
			day = behold.Day(floorDiv(v, microsOfDay))
		}
		if !r.firstDay.Known() || day < r.firstDay {
			r.firstDay = day
		}
		if !r.lastDay.Known() || day > r.lastDay {
			r.lastDay = day
		}
	}
}

// withoutRecords takes rows out of all columns; drop is ascending.
func withoutRecords(r *behold.Records, drop []int) {
	if len(drop) == 0 {
		return
	}
	r.Row, r.RecordedAt, r.Attributes = less(r.Row, drop), less(r.RecordedAt, drop), less(r.Attributes, drop)
	for i := range r.Columns {
		c := &r.Columns[i]
		c.Text, c.Whole, c.Number = less(c.Text, drop), less(c.Whole, drop), less(c.Number, drop)
	}
}
