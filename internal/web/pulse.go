package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"behold"
	"behold/internal/chart"
	"behold/internal/team"
)

// Pulse is how it is to work here, asked once a week.
type Pulse interface {
	// AnswerPulse is Conflict when the colleague has answered this week.
	AnswerPulse(context.Context, behold.PulseAnswer) error
	// PulseMarked says whether a colleague is not to be asked again in a week.
	PulseMarked(ctx context.Context, week behold.Day, colleague string) (bool, error)
	Pulses(context.Context) ([]behold.PulseWeek, error)
}

// A pulseView is the question, or what was answered to it.
type pulseView struct {
	asks     bool // the one who reads has not answered this week
	answered bool // just now
	report   *team.PulseReport
}

func (s *server) pulsePage(w http.ResponseWriter, r *request) error {
	v := pulseView{answered: r.URL.Query().Has("answered")}
	var err error
	if v.asks, err = s.asksPulse(r); err != nil {
		return err
	}
	if v.report, err = s.pulseReport(r.Context()); err != nil {
		return err
	}
	p := s.page(r, "/team")
	return s.show(w, r, http.StatusOK, pulseContent(p.titled(p.T("pulse.title")), v))
}

// asksPulse says whether the question of the week is put to who reads.
func (s *server) asksPulse(r *request) (bool, error) {
	settings, err := s.State.Settings(r.Context())
	if err != nil || !settings.Pulse || r.who.Email == "" {
		return false, err
	}
	marked, err := s.Pulse.PulseMarked(r.Context(), behold.WeekOf(s.today()), r.who.Email)
	return !marked, err
}

// pulseReport is what may be told; nil where nobody is asked.
func (s *server) pulseReport(ctx context.Context) (*team.PulseReport, error) {
	settings, err := s.State.Settings(ctx)
	if err != nil || !settings.Pulse {
		return nil, err
	}
	weeks, err := s.Pulse.Pulses(ctx)
	if err != nil {
		return nil, err
	}
	return team.Pulse(weeks, s.today())
}

// answerPulse counts an answer. Nothing is published or logged of it.
func (s *server) answerPulse(w http.ResponseWriter, r *request) error {
	if err := s.readSmallForm(w, r); err != nil {
		return err
	}
	settings, err := s.State.Settings(r.Context())
	if err != nil {
		return err
	}
	if !settings.Pulse {
		return &behold.Error{Kind: behold.Forbidden, Say: "nobody is asked here", Hint: "an owner decides that in the settings", Code: "pulse_off"}
	}
	a := behold.PulseAnswer{Week: behold.WeekOf(s.today()), Colleague: r.who.Email, Comment: strings.TrimSpace(r.PostFormValue("comment"))}
	if r.PostFormValue("do") != "later" {
		if a.Step, err = strconv.Atoi(r.PostFormValue("step")); err != nil || a.Step < 1 {
			return &behold.Error{Kind: behold.Invalid, Say: "no answer was chosen", Hint: "choose one of the five", Code: "pulse_step"}
		}
	}
	if err := s.Pulse.AnswerPulse(r.Context(), a); err != nil && (a.Step > 0 || behold.KindOf(err) != behold.Conflict) {
		return err
	}
	if a.Step == 0 {
		seeOther(w, r, "/")
		return nil
	}
	seeOther(w, r, "/pulse?answered")
	return nil
}

// pulseSteps are the answers from the best to the worst, as they are read.
func pulseSteps() (list []int) {
	for i := behold.PulseSteps; i >= 1; i-- {
		list = append(list, i)
	}
	return list
}

// pulsePicture draws the share of the best answer week by week, the ring being all
// weeks until then.
func (p page) pulsePicture(r *team.PulseReport) string {
	var rows []chart.RangeRow
	blocks := r.Blocks[max(0, len(r.Blocks)-12):]
	for _, b := range blocks {
		rows = append(rows, chart.RangeRow{
			Word: p.pulseWeek(b), Says: p.Percent(b.SoFar), Value: b.SoFar, Low: b.Low, High: b.High, Beside: b.Top, HasBeside: true,
		})
	}
	return p.ranges("pulse", p.T("pulse.picture"), rows)
}

func (p page) pulseWeek(b team.PulseBlock) string {
	_, week := (b.From + 3).Time().ISOWeek()
	_, last := (b.To - 3).Time().ISOWeek()
	if week == last {
		return p.T("pulse.week", "Week", week)
	}
	return p.T("pulse.weeks", "From", week, "To", last)
}

// pulseSays is the last of it in a sentence, with the average beside it.
func (p page) pulseSays(r *team.PulseReport) string {
	b := r.Blocks[len(r.Blocks)-1]
	return p.T("pulse.says", "Share", p.Percent(b.SoFar), "Range", p.PercentRange(b.Low, b.High), "Answers", b.Answers, "Average", p.Decimal(b.Average, 1))
}
