package web

import (
	"bytes"
	"context"
	"io"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"behold"
	"behold/internal/economy"
)

// Reckonings is what rounds counted of the company as a whole.
type Reckonings interface {
	// Kept is what the round of a day counted; false when it counted nothing.
	Kept(context.Context, behold.Day) (*economy.Reckoning, bool, error)
	// Chapters are one of its reports in a language: loss, funnel, economy or fairness.
	Chapters(ctx context.Context, which string, r *economy.Reckoning, language string) ([]Chapter, error)
	// WriteReport writes the same as one page to print and to send on.
	WriteReport(ctx context.Context, w io.Writer, which string, r *economy.Reckoning, language string) error
	// CostRange is between which amounts what a customer would still bring may lie;
	// false where it cannot be said.
	CostRange(ctx context.Context, st *behold.Standing, day behold.Day) (low, high behold.Money, ok bool, err error)
}

// A Chapter is a part of a report as a page shows it.
type Chapter struct {
	Figure       string // what explains it in Help; "": nothing
	Title        string
	Says         []string
	Wide, Narrow string // the picture in two widths; "" for none
	Tables       []ChapterTable
}

// A ChapterTable is one of its tables.
type ChapterTable struct {
	Head []string
	Rows []ChapterRow
}

// A ChapterRow is one row.
type ChapterRow struct {
	Cells  []string
	Strong bool
}

// A reckoned view has what a round counted, as chapters of a page.
type reckoned struct {
	r        *economy.Reckoning // nil when the last round counted nothing
	chapters []Chapter
}

// reckon reads what the last round counted, and puts reports into chapters.
func (s *server) reckon(ctx context.Context, round *behold.Round, language string, reports ...string) (v reckoned, err error) {
	if round == nil || s.Reckonings == nil {
		return v, nil
	}
	r, ok, err := s.Reckonings.Kept(ctx, round.Day)
	if err != nil || !ok {
		return v, err
	}
	v.r = r
	for _, which := range reports {
		some, err := s.Reckonings.Chapters(ctx, which, r, language)
		if err != nil {
			return v, err
		}
		v.chapters = append(v.chapters, some...)
	}
	return v, nil
}

// chapter is the one that tells a figure; false when there is none.
func (v reckoned) chapter(f figure) (Chapter, bool) {
	i := slices.IndexFunc(v.chapters, func(c Chapter) bool { return c.Figure == string(f) })
	if i < 0 {
		return Chapter{}, false
	}
	return v.chapters[i], true
}

// leads is the first sentence that tells a figure, for the head of a page.
func (v reckoned) leads(f figure) []string {
	c, _ := v.chapter(f)
	return c.Says[:min(len(c.Says), 1)]
}

// afterLead are the chapters without the sentence that leads gave.
func (v reckoned) afterLead(f figure) []Chapter {
	all := slices.Clone(v.chapters)
	for i := range all {
		if all[i].Figure == string(f) && len(all[i].Says) > 0 {
			all[i].Says = all[i].Says[1:]
		}
	}
	return all
}

// companyReport is one of the reports as a page to print and to send on.
func (s *server) companyReport(which string) func(http.ResponseWriter, *request) error {
	return func(w http.ResponseWriter, r *request) error {
		last, err := s.lastRound(r.Context())
		if err != nil {
			return err
		}
		p := s.page(r, "/"+which)
		v, err := s.reckon(r.Context(), last, p.Lang())
		if err != nil {
			return err
		}
		if v.r == nil {
			return &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been run yet", Hint: "run one from Today"}
		}
		var b bytes.Buffer
		if err := s.Reckonings.WriteReport(r.Context(), &b, which, v.r, p.Lang()); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="`+which+`-`+v.r.Day.String()+`.html"`)
		w.Header().Set("Cache-Control", "private, no-store")
		_, err = b.WriteTo(w)
		return err
	}
}

// A closingForm asks what it would bring to lose fewer.
type closingForm struct {
	typed  string
	wrong  bool
	answer *economy.Closing
}

// mostShare is up to which part of the losses or of a price anybody may ask about.
const mostShare = 90

func closingOf(typed string, f *economy.Funnel) (form closingForm) {
	if form.typed = cut(typed, 10); form.typed == "" || f == nil {
		return form
	}
	share, ok := percentOf(form.typed, mostShare)
	if !ok {
		form.wrong = true
		return form
	}
	c := f.Close(share)
	form.answer = &c
	return form
}

// percentOf reads a number of percent above 0 and up to most.
func percentOf(typed string, most float64) (share float64, ok bool) {
	typed = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(typed, ",", ".")), "%"))
	x, err := strconv.ParseFloat(typed, 64)
	return x / 100, err == nil && x > 0 && x <= most
}

func (p page) closingSays(c *economy.Closing, r *economy.Reckoning) []string {
	money := func(x float64) string { return p.Rough(behold.MoneyOf(x, r.Currency)) }
	count := func(x float64) string { return p.Number(int(math.Round(x))) }
	says := []string{p.T("economy.move.close", "Share", p.Percent(c.Share), "Years", r.Funnel.Years, "More", count(c.More.Value),
		"Money", money(c.Money.Value), "Range", p.RoughRange(behold.MoneyOf(c.Money.Low, r.Currency), behold.MoneyOf(c.Money.High, r.Currency)))}
	if c.Hours.Value > 0 {
		says = append(says, p.T("economy.close_hours", "Hours", count(c.Hours.Value), "Range", p.Range(int(c.Hours.Low), int(c.Hours.High))))
	}
	if c.Points > 0 {
		says = append(says, p.T("economy.close_points", "Points", p.Decimal(100*c.Points, 1)))
	}
	return says
}

// A concessionForm asks whether giving a customer a share off would pay.
type concessionForm struct {
	customer, give string
	wrong          string            // phrase; "" when nothing is
	several        []behold.Standing // who may be meant by a name
	name           string
	of             behold.Standing
	low, high      behold.Money // of what they would bring; both zero where no range is known
	answer         *economy.Concession
}

// mostMeant are so many customers that a name may stand for before it must be longer.
const mostMeant = 8

func (s *server) concession(r *request, day behold.Day, v reckoned) (form concessionForm, err error) {
	asked := r.URL.Query()
	form.customer, form.give = cut(strings.TrimSpace(asked.Get("customer")), 100), cut(asked.Get("give"), 10)
	if form.customer == "" || v.r == nil {
		return form, nil
	}
	give, ok := percentOf(form.give, mostShare)
	if !ok {
		form.wrong = "economy.give_wrong"
		return form, nil
	}
	if err := s.meant(r.Context(), day, &form); err != nil || form.wrong != "" {
		return form, err
	}
	form.name = nameOf(form.of.Name, form.of.ID)
	residual := form.of.Residual.Major()
	c := economy.Concede(residual, residual/v.r.MarginShare(), form.of.ChanceLeave, give)
	form.answer = &c
	low, high, ok, err := s.Reckonings.CostRange(r.Context(), &form.of, day)
	if ok {
		form.low, form.high = low, high
	}
	return form, err
}

// meant finds the customer of a form, by number or by a name that only one has.
func (s *server) meant(ctx context.Context, day behold.Day, form *concessionForm) error {
	rows, _, err := s.Facts.Standings(ctx, behold.StandingQuery{Day: day, ID: form.customer, Slice: behold.Slice{Limit: 1}})
	if err != nil && behold.KindOf(err) != behold.NotFound {
		return err
	}
	if len(rows) == 0 {
		rows, _, err = s.Facts.Standings(ctx, behold.StandingQuery{Day: day, Slice: behold.Slice{Search: form.customer, Sort: "name", Limit: mostMeant}})
		if err != nil && behold.KindOf(err) != behold.NotFound {
			return err
		}
	}
	switch {
	case len(rows) == 0:
		form.wrong = "economy.give_nobody"
	case len(rows) > 1:
		form.wrong, form.several = "economy.give_several", rows
	default:
		form.of = rows[0]
	}
	return nil
}

// again is the same question about one customer.
func (f concessionForm) again(id string) string {
	return "/money?" + url.Values{"customer": {id}, "give": {f.give}}.Encode() + "#concession"
}

func (p page) concessionSays(f concessionForm) []string {
	c, currency := f.answer, f.of.Residual.Currency
	if f.of.State == behold.Lost || f.of.State == behold.Closed {
		return []string{p.T("economy.give_lost", "Customer", f.name)}
	}
	money := func(x float64) string { return p.Rough(behold.MoneyOf(x, currency)) }
	first := p.T("economy.give_costs", "Customer", f.name, "Give", p.Percent(c.Give), "Years", p.settings.Years,
		"Costs", money(c.Costs), "Brings", p.withRange(f))
	switch {
	case math.IsInf(c.Needed, 1):
		return []string{first, p.T("economy.give_never")}
	case !c.Can:
		return []string{first, p.T("economy.give_cannot", "Needed", p.Decimal(100*c.Needed, 1), "Leave", p.Percent(c.Leave))}
	}
	return []string{first, p.T("economy.give_pays", "Needed", p.Decimal(100*c.Needed, 1), "Leave", p.Percent(c.Leave), "To", p.Percent(math.Max(0, c.Leave-c.Needed)))}
}

// withRange is what the customer would bring, from what to what.
func (p page) withRange(f concessionForm) string {
	if f.high.Minor <= 0 {
		return p.rough(f.of.Residual)
	}
	return p.rough(f.of.Residual) + " (" + p.RoughRange(f.low, f.high) + ")"
}

// A printLink leads to a page to print or to a file.
type printLink struct{ to, word string }

// closingHelp names what explains a wrong share.
func closingHelp(wrong bool) string {
	if wrong {
		return "close-wrong"
	}
	return ""
}
