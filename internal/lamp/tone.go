package lamp

import (
	"cmp"
	"slices"

	"behold"
)

// The lamp tone (L17): does what the customer writes say that they are unhappy, or
// on their way out?
//
// In: remarks of the last 60 days (tickets, contacts from the customer, answers in
// words), as text reads them: the chance that they complain and the chance that
// they say they leave. The larger of the two is the score.
//
// Lights at p ≤ A for a remark that is more likely than not one of the two, with
//
//	p = (1 + remarks of the company that score at least as high) / (1 + all of them)
//
// over the remarks of the last two years. A firm whose customers often complain in
// writing needs a stronger one. Without p, as an event: a remark that says with
// nine chances in ten that they leave, where such are rare (desk.rare).
//
// Not lit by a remark after which somebody of ours visited, called or wrote to
// them, or they themselves wrote one that is neither. The same puts the lamp out,
// and so do 60 days. Since is the day of the remark.
//
// Reason: what text reads in it, when it is sure.
//
// Facts: written_on, complaint and leaving (chances), said (complaint or leaving,
// the likelier), one_in (of a lamp with p). Rows: the ticket, contact or answer.
//
// Fails: irony, forwarded threads, dialect. Source: METHODS L17; testdata/tone.txt.
const (
	toneDays   = 60
	toneYears  = 730
	toneCut    = .5
	surelyGone = .9
)

// toned is how the company's customers usually write.
type toned struct {
	Scores   []float64 // of remarks, rising
	Leaving  float64   // share that surely speaks of leaving
	PerMonth float64   // remarks a month and customer
}

// toneHabits learns it from the remarks of the last two years.
func toneHabits(h *behold.Histories, deals *behold.Dealings) toned {
	var t toned
	if deals == nil {
		return t
	}
	begin, gone := h.AsOf, 0
	for i := range deals.Remarks.All {
		m := &deals.Remarks.All[i]
		if m.At.Day() < h.AsOf-toneYears {
			continue
		}
		begin = min(begin, m.At.Day())
		t.Scores = append(t.Scores, toneOf(m))
		if m.Leaving >= surelyGone {
			gone++
		}
	}
	if len(t.Scores) == 0 {
		return t
	}
	slices.Sort(t.Scores)
	t.Leaving = float64(gone) / float64(len(t.Scores))
	t.PerMonth = float64(len(t.Scores)) / customerMonths(h, begin)
	return t
}

// toneOf is the score of a remark.
func toneOf(m *behold.Remark) float64 { return max(m.Complaint, m.Leaving) }

// atLeast is the share of remarks with this score or more.
func (t *toned) atLeast(score float64) float64 {
	below, _ := slices.BinarySearch(t.Scores, score)
	return float64(1+len(t.Scores)-below) / float64(1+len(t.Scores))
}

func (d *desk) tone() (behold.Lamp, bool) {
	remarks := d.deals.Remarks.Of(d.k)
	if len(remarks) == 0 || len(d.in.Tone.Scores) == 0 {
		return behold.Lamp{}, false
	}
	o := d.remarksAMonth(remarks)
	var found behold.Lamp
	lit := false
	for i := len(remarks) - 1; i >= 0 && remarks[i].At.Day() > d.day-toneDays; i-- {
		m := &remarks[i]
		p := d.in.Tone.atLeast(toneOf(m))
		open := toneOf(m) >= toneCut && !d.answered(m, remarks[i+1:])
		a, unusual := d.test(behold.LampTone, p, o, open)
		leaves := open && m.Leaving >= surelyGone && d.rare(d.in.Tone.Leaving, d.in.Tone.PerMonth)
		if lit || !unusual && !leaves {
			continue
		}
		lit = true
		if found = d.happened(behold.LampTone, m.At.Day(), toneEvidence(m, 0)); unusual {
			found = d.lit(behold.LampTone, m.At.Day(), p, a, toneEvidence(m, p))
		}
		if m.Reason != "" && m.Reason != behold.UnknownReason {
			found = because(m.Reason, found)
		}
	}
	return found, lit
}

// answered says whether somebody of ours was in touch after a remark, or the
// customer wrote again and is calm.
func (d *desk) answered(m *behold.Remark, later []behold.Remark) bool {
	for _, c := range slices.Backward(d.deals.Contacts.Of(d.k)) {
		if c.At <= m.At {
			break
		}
		if !c.In && c.Personal() > 0 {
			return true
		}
	}
	return slices.ContainsFunc(later, func(l behold.Remark) bool { return l.At > m.At && toneOf(&l) < toneCut })
}

// watchTone lets the lamp burn until somebody has been in touch, or 60 days.
func (d *desk) watchTone(l behold.Lamp) (behold.Lamp, bool) {
	written, _ := l.Evidence.Fact("written_on")
	if written.Day <= d.day-toneDays {
		return l, false
	}
	remarks := d.deals.Remarks.Of(d.k)
	for i := range remarks {
		if m := &remarks[i]; m.At.Day() == written.Day && toneOf(m) >= toneCut && !d.answered(m, remarks[i+1:]) {
			return l, true
		}
	}
	return l, false
}

// remarksAMonth is the customer's own rate in the last year, with one remark at
// the company's rate before it.
func (d *desk) remarksAMonth(remarks []behold.Remark) float64 {
	const year = 365
	n := 1.0
	for i := range remarks {
		if remarks[i].At.Day() > d.day-year {
			n++
		}
	}
	since := d.day - year
	if d.f.First.Known() {
		since = max(since, d.f.First)
	}
	return n / (float64(d.day-since)/daysOfMonth + 1/max(d.in.Tone.PerMonth, 1e-3))
}

func toneEvidence(m *behold.Remark, p float64) behold.Evidence {
	said := "complaint"
	if m.Leaving > m.Complaint {
		said = "leaving"
	}
	facts := []behold.Fact{
		on("written_on", m.At.Day()), number("complaint", m.Complaint), number("leaving", m.Leaving),
		{Name: "said", Text: said, Day: behold.NoDay},
	}
	if p > 0 {
		facts = append(facts, number("one_in", oneIn(p)))
	}
	return behold.Evidence{Facts: facts, Rows: []behold.Row{row(cmp.Or(m.Table, behold.TableTickets), m.ID, m.At.Day())}}
}
