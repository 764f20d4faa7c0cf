package web

import (
	"context"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"behold"
	"behold/internal/chart"
	walk "behold/internal/round"
)

// Company is the company as a whole, added up as known on a day.
type Company interface {
	LossMonths(context.Context, behold.Day) ([]behold.LossMonth, error)
	// Comments are the last ones, at most so many.
	Comments(ctx context.Context, day behold.Day, most int) ([]behold.Comment, error)
	StandingSums(context.Context, behold.Day) ([]behold.StandingSum, error)
	EffortSums(context.Context, behold.Day) ([]behold.EffortSum, error)
	Acquisitions(context.Context, behold.Day) ([]behold.Acquisition, error)
	TeamSums(context.Context, behold.Day) ([]behold.TeamSum, error)
}

// Reports is what walks past every customer to be told.
type Reports interface {
	// Losses says why customers left who were lost by a day.
	Losses(ctx context.Context, day behold.Day, progress func(done, total int64)) (*walk.LossReport, error)
	// WriteLosses writes the same as one page to print and to send on.
	WriteLosses(ctx context.Context, w io.Writer, r *walk.LossReport, language string) error
}

// An overview begins a page about the company: the last round, whose day all its
// figures are of, and the tables that were given. Without a round there is
// nothing to add up.
type overview struct {
	round *behold.Round
	given []behold.Table
}

func (s *server) overview(ctx context.Context) (v overview, err error) {
	if v.round, err = s.lastRound(ctx); err != nil || v.round == nil {
		return v, err
	}
	v.given, err = s.given(ctx)
	return v, err
}

func (v overview) has(t behold.Table) bool { return slices.Contains(v.given, t) }

// enough is how many cases a share needs to be told (METHODS 9.2).
const enough = 20

// fewAnswers is how many answers a share of answers needs: below it they are
// single voices.
const fewAnswers = 5

// axisTo is a round end of an axis for shares up to most, with its ticks.
func axisTo(most float64) (to float64, ticks []float64) {
	step := 0.05
	for _, wider := range []float64{0.1, 0.2, 0.25} {
		if most/step > 5 {
			step = wider
		}
	}
	to = min(1, math.Ceil(most/step-1e-9)*step)
	if to <= 0 {
		to = step
	}
	for i := 0; float64(i)*step <= to+1e-9; i++ {
		ticks = append(ticks, float64(i)*step)
	}
	return to, ticks
}

// ranges draws shares for a wide and for a narrow window.
func (p page) ranges(id, title string, rows []chart.RangeRow) string {
	c := chart.Ranges{ID: id, Title: title, Tick: p.Percent, Rows: rows}
	most := 0.0
	for _, r := range rows {
		most = max(most, r.High, r.Value, r.Beside)
	}
	c.To, c.Ticks = axisTo(most)
	wide := c.SVG(720)
	c.ID += "-narrow"
	return twoSizes(wide, c.SVG(330))
}

// A lossTold is the report of losses of the last round, told once and kept: it
// takes a walk past every customer.
type lossTold struct {
	mu   sync.Mutex
	of   time.Time // when the round ended
	work *task
}

// losses is the report of a round's day; until it is there, the work that goes on.
func (s *server) losses(ctx context.Context, r *behold.Round) (*walk.LossReport, *task, error) {
	s.told.mu.Lock()
	defer s.told.mu.Unlock()
	if s.told.work == nil || !s.told.of.Equal(r.Finished) {
		s.told.of = r.Finished
		s.told.work = s.begin(ctx, "losses", "", func(ctx context.Context, t *task) (result, error) {
			t.at("judging")
			report, err := s.Reports.Losses(ctx, r.Day, t.progress)
			return result{losses: report}, err
		})
	}
	t := s.told.work
	found, err, ended := t.outcome()
	if !ended {
		return nil, t, nil
	}
	if err != nil {
		s.told.work = nil // the next one who asks tries again
		return nil, nil, err
	}
	return found.losses, nil, nil
}

// sourceSays names the tables that figures come from, and their day. Some are
// called two things at once ("orders and invoices"), so no "and" joins them.
func (p page) sourceSays(day behold.Day, tables []behold.Table) string {
	var names []string
	for _, t := range tables {
		names = append(names, lower(p.Table(t)))
	}
	return p.T("help.from", "Tables", strings.Join(names, "; "), "Day", p.Date(day))
}
