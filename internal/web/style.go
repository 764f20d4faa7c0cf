package web

import (
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/chart"
)

// tokens are the colours of the style sheet, by the names it has for them.
func tokens() []string {
	return []string{"paper", "card", "ink", "soft", "line", "edge", "green", "green-soft", "glow", "lamp3", "lamp3-bg", "lamp2", "lamp2-bg", "lamp1", "lamp1-bg"}
}

func (s *server) stylePage(w http.ResponseWriter, r *request) error {
	p := s.page(r, "/help")
	return s.show(w, r, http.StatusOK, styleContent(p.titled(p.T("style.title"))))
}

// The examples of the style page name nobody: their customers are called Example.
func (p page) exampleLamp(n int) behold.LampCard {
	m := behold.Money{Minor: int64(n) * 12345600, Currency: p.settings.Currency}
	return behold.LampCard{
		Lamp: behold.Lamp{Kind: behold.LampPromise, State: behold.Lit, Since: behold.Date(2025, 3, 14), Reason: behold.BrokenPromise},
		ID:   p.N("style.example", n), ChanceLeave: 0.2 * float64(n), ChanceLeaveLow: 0.15 * float64(n), ChanceLeaveHigh: 0.25 * float64(n),
		Calibrated: true, MoneyAtRisk: m,
	}
}

func (p page) exampleRanges() string {
	var rows []chart.RangeRow
	for n := 1; n <= 3; n++ {
		share := 0.15 * float64(n)
		rows = append(rows, chart.RangeRow{
			Word: p.N("style.example", n), Says: p.Percent(share), Value: share, Low: share - 0.08, High: share + 0.11,
			Strong: n == 3, Beside: share + 0.05, HasBeside: n > 1,
		})
	}
	return p.ranges("example-ranges", p.T("style.charts"), rows)
}

func (p page) exampleMonths() string {
	v := lossView{open: 2}
	for i, n := range []int{3, 5, 2, 0, 4, 6, 1, 2} {
		v.months = append(v.months, behold.LossMonth{Month: behold.DayOf(behold.Date(2025, 1, 1).Time().AddDate(0, i, 0)), Missed: n})
	}
	return p.lossPicture(v)
}

// exampleHeading is a heading with a figure in it set off.
func (p page) exampleHeading() templ.Component {
	before, rest, _ := strings.Cut(p.T("style.heading"), "<")
	figure, after, _ := strings.Cut(rest, ">")
	return setOff(before, figure, after)
}
