package web

import (
	"math"
	"strconv"
	"strings"
	"time"

	"behold"
	"behold/internal/chart"
	"behold/internal/phrase"
)

// chance says how likely the customer is to leave: in per cent when that was
// checked against the company's own outcomes, else in a word (METHODS 9.2).
func (p page) chance(f behold.Forecast) string { return p.Chance(f) }

func (p page) chanceRange(f behold.Forecast) string { return p.ChanceRange(f) }

func forecastOf(l behold.LampCard) behold.Forecast {
	return behold.Forecast{
		ChanceLeave: l.ChanceLeave, ChanceLeaveLow: l.ChanceLeaveLow, ChanceLeaveHigh: l.ChanceLeaveHigh,
		Calibrated: l.Calibrated, MoneyAtRisk: l.MoneyAtRisk,
	}
}

// nameOf is what the customer is called: by name, else by number.
func nameOf(name, id string) string {
	if strings.TrimSpace(name) != "" {
		return short(name)
	}
	return short(id)
}

// short keeps a name that nobody could call out from filling the page.
func short(s string) string {
	const most = 100 // characters
	if begins := cut(s, most); begins != s {
		return begins + "…"
	}
	return s
}

// rough writes an estimated amount with three figures: the others would claim
// what nobody knows. Files and receipts have the amounts in full.
func (p page) rough(m behold.Money) string { return p.Rough(m) }

// slug makes an id that is safe as part of an HTML id: letters and digits stay,
// the rest becomes its code, so that two ids never meet.
func slug(id string) string {
	var b strings.Builder
	for _, r := range id {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
			continue
		}
		b.WriteString("_" + strconv.Itoa(int(r)) + "_")
	}
	return b.String()
}

// A picture is a rhythm that stands in the page twice, wide and narrow.
type picture struct{ chart.Rhythm }

// rhythm draws purchases against the window in which the next is usual.
func (p page) rhythm(st behold.Standing, lit []behold.LampCard, orders []behold.OrderSummary, day behold.Day) picture {
	r := chart.Rhythm{
		Today: day, WindowFrom: behold.NoDay, WindowTo: behold.NoDay, Lamp: behold.NoDay,
		TodayWord: p.T("page.picture.today"), WindowWord: p.T("page.picture.window"),
		Month: func(d behold.Day) string { return p.monthTick(d) },
	}
	if st.Last.Known() && st.Occasions > 1 && st.UsualHigh > 0 {
		r.WindowFrom = st.Last + behold.Day(math.Round(st.UsualLow))
		r.WindowTo = st.Last + behold.Day(math.Round(st.UsualHigh))
	}
	r.Lamp, r.LampWord = p.lampDay(st, lit, day)
	r.Visits, r.TopWord = p.visits(orders)
	return picture{r}
}

// lampDay is when the rhythm lamp lit, else when it will if nothing happens. A
// day that has come without a lamp, as of one who is lost, is not shown.
func (p page) lampDay(st behold.Standing, lit []behold.LampCard, today behold.Day) (behold.Day, string) {
	for _, l := range lit {
		if l.Kind == behold.LampRhythm {
			return l.Since, p.T("page.picture.lit", "Day", p.DayMonth(l.Since))
		}
	}
	if st.LampOn.Known() && st.LampOn > today && st.UsualHigh > 0 {
		return st.LampOn, p.T("page.picture.lights", "Day", p.DayMonth(st.LampOn))
	}
	return behold.NoDay, ""
}

// visits sums the orders of each day, oldest first. Orders come newest first.
func (p page) visits(orders []behold.OrderSummary) (all []chart.Visit, top string) {
	var most behold.Money
	for i := len(orders) - 1; i >= 0; i-- {
		o := orders[i]
		day := behold.DayOf(o.At)
		if n := len(all); n > 0 && all[n-1].Day == day {
			all[n-1].Amount += o.Amount.Major()
			all[n-1].Hint += " · " + p.MoneyExact(o.Amount)
		} else {
			all = append(all, chart.Visit{Day: day, Amount: o.Amount.Major(), Hint: p.ShortDate(day) + ": " + p.MoneyExact(o.Amount)})
		}
		if v := all[len(all)-1]; v.Amount > most.Major() {
			most = behold.MoneyOf(v.Amount, o.Amount.Currency)
		}
	}
	if most.Minor > 0 {
		top = p.Money(most)
	}
	return all, top
}

// monthTick is a month under an axis: its short name, January with its year.
func (p page) monthTick(d behold.Day) string {
	t := d.Time()
	if t.Month() == time.January {
		return strconv.Itoa(t.Year())
	}
	return p.T("month.short." + strconv.Itoa(int(t.Month())))
}

// phone is the same picture for a narrow screen; the ids differ because both
// stand in the page and the style sheet shows one.
func (r picture) phone() picture {
	r.ID += "n"
	return r
}

// twoSizes puts a picture for wide and one for narrow screens into the page:
// a drawing that is merely shrunk has words nobody can read.
func twoSizes(wide, narrow string) string {
	return `<div class="wide">` + wide + `</div><div class="narrow">` + narrow + `</div>`
}

// rhythmWords is the rhythm in words: how often, how widely, and how rare the
// silence of today is.
func (p page) rhythmWords(st behold.Standing) []string {
	var say []string
	if st.Occasions < 2 || st.UsualGap <= 0 {
		return []string{p.T("page.rhythm.too_few")}
	}
	key := "page.rhythm.usual"
	own, differs := phrase.OwnGap(st.First, st.Last, int(st.Occasions), st.UsualGap)
	if differs {
		key = "page.rhythm.like"
	}
	say = append(say, p.T(key,
		"Own", p.Days(own),
		"Every", p.Every(int(math.Round(st.UsualGap))),
		"Range", p.Range(int(math.Round(st.UsualLow)), int(math.Round(st.UsualHigh)))))
	switch {
	case st.SilenceP > 0.2:
		say = append(say, p.T("page.rhythm.normal"))
	case st.SilenceP > 0.001:
		say = append(say, p.T("page.rhythm.rare", "OneIn", int(math.Round(1/st.SilenceP))))
	default: // rarer than anybody can count
		say = append(say, p.T("page.rhythm.rarest", "OneIn", 1000))
	}
	return say
}
