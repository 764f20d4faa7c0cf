package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"behold"
	"behold/internal/chart"
)

// lossMonths is how many months the page of losses shows.
const lossMonths = 24

// A lossView is the customers lost by month.
type lossView struct {
	overview
	months []behold.LossMonth // without a gap, the oldest first
	open   int                // of the last months more may still be called lost
	reckoned
	closing closingForm
}

func (s *server) lossPage(w http.ResponseWriter, r *request) error {
	v, err := s.lossOf(r)
	if err != nil {
		return err
	}
	p := s.page(r, "/loss")
	if v.reckoned, err = s.reckon(r.Context(), v.round, p.Lang(), "loss", "funnel"); err != nil {
		return err
	}
	if v.r != nil {
		v.closing = closingOf(r.URL.Query().Get("close"), v.r.Funnel)
	}
	return s.show(w, r, http.StatusOK, lossContent(p.titled(p.T("nav.loss")), v))
}

func (s *server) lossOf(r *request) (v lossView, err error) {
	if v.overview, err = s.overview(r.Context()); err != nil || v.round == nil {
		return v, err
	}
	found, err := s.Company.LossMonths(r.Context(), v.round.Day)
	if err != nil {
		return v, err
	}
	v.months = everyMonth(found, v.round.Day)
	for _, m := range v.months {
		if m.Month > v.round.Day-behold.Day(v.round.Horizon)-31 {
			v.open++
		}
	}
	return v, nil
}

// everyMonth are the last months up to a day, those without a loss as well,
// beginning with the first that has one.
func everyMonth(found []behold.LossMonth, day behold.Day) (months []behold.LossMonth) {
	by := map[behold.Day]behold.LossMonth{}
	for _, m := range found {
		by[m.Month] = m
	}
	for i := lossMonths - 1; i >= 0; i-- {
		at := day.Time().AddDate(0, 0, 1-day.Time().Day()).AddDate(0, -i, 0)
		m, has := by[behold.DayOf(at)]
		if !has && len(months) == 0 {
			continue
		}
		m.Month = behold.DayOf(at)
		months = append(months, m)
	}
	return months
}

// lostInAYear says how many customers were lost in the last year of which nearly
// all losses are known, against what is normal; until that can be said, how many
// were missed in the twelve months up to the day.
func (s *server) lostInAYear(ctx context.Context, p page, day behold.Day) (says string, f figure, err error) {
	if s.Reckonings != nil {
		r, ok, err := s.Reckonings.Kept(ctx, day)
		if err != nil {
			return "", "", err
		}
		if ok && r.Loss.Year != nil {
			y := r.Loss.Year
			return p.N("loss.year", y.Lost, "From", p.Month(y.From), "To", p.Month(y.To), "Range", p.Range(*y.Low, *y.High)), figNormal, nil
		}
	}
	months, err := s.Company.LossMonths(ctx, day)
	missed := 0
	for _, m := range months {
		if m.Month > day-365 && m.Month <= day {
			missed += m.Missed
		}
	}
	if err != nil || missed == 0 {
		return "", "", err
	}
	return p.N("loss.today", missed), figMissed, nil
}

// total adds up the months.
func (v lossView) total() (missed, told int) {
	for _, m := range v.months {
		missed, told = missed+m.Missed, told+m.Told
	}
	return missed, told
}

// lead is the first sentence of the page.
func (p page) lossLead(v lossView) string {
	missed, _ := v.total()
	if missed == 0 {
		return p.T("loss.none")
	}
	return p.N("loss.lead", missed, "From", p.Month(v.months[0].Month))
}

func (p page) lossPicture(v lossView) string {
	c := chart.Months{ID: "losses", Title: p.T("loss.picture"), Open: v.open}
	for _, m := range v.months {
		c.Words = append(c.Words, p.shortMonth(m.Month))
		c.Says = append(c.Says, p.Month(m.Month)+": "+p.Customers(m.Missed))
		c.Count = append(c.Count, m.Missed)
	}
	wide := c.SVG(720)
	c.ID += "-narrow"
	return twoSizes(wide, c.SVG(330))
}

// shortMonth is what stands below a column: the year in January, else the first
// month of a quarter.
func (p page) shortMonth(day behold.Day) string {
	at := day.Time()
	switch at.Month() {
	case time.January:
		return strconv.Itoa(at.Year())
	case time.April, time.July, time.October:
		return p.T("month.short." + strconv.Itoa(int(at.Month())))
	}
	return ""
}

func (s *server) lossCSV(w http.ResponseWriter, r *request) error {
	v, err := s.lossOf(r)
	if err != nil {
		return err
	}
	out := download(w, "losses-by-month.csv")
	out.Write([]string{"month", "lost_by_silence", "told_in_losses", "complete"})
	for i, m := range v.months {
		out.Write([]string{m.Month.String(), strconv.Itoa(m.Missed), strconv.Itoa(m.Told), strconv.FormatBool(i < len(v.months)-v.open)})
	}
	out.Flush()
	return out.Error()
}
