package app

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"sync"
	"time"

	"behold"
	"behold/internal/paper"
	"behold/internal/task"
	"behold/internal/web"
)

// Effect says whether attention kept customers, by what was known on a day; an
// unknown one is that of the last round.
func (a *App) Effect(ctx context.Context, day behold.Day) (*task.Report, error) {
	settings, err := a.State.Settings(ctx)
	if err != nil {
		return nil, err
	}
	last, _, err := a.kept(ctx, behold.NoDay)
	if err != nil {
		return nil, err
	}
	own, err := a.State.Playbooks(ctx)
	if err != nil {
		return nil, err
	}
	q := &task.Asked{Day: last.Day, Horizon: last.Horizon, Settings: settings, Currency: settings.Currency, Playbooks: task.With(own)}
	if day.Known() {
		q.Day = day
	}
	lit, err := a.State.LampSummary(ctx)
	if err != nil {
		return nil, err
	}
	q.Lit = lit.Customers
	if q.Customers, err = a.here(ctx, last.Day); err != nil {
		return nil, err
	}
	return a.effects.report(last.Finished, q, func() error {
		if q.Episodes, err = a.State.Episodes(ctx); err == nil && q.Day < last.Day {
			q.Episodes = knownBy(q.Episodes, q.Day)
		}
		if n := len(q.Episodes); q.Currency == "" && n > 0 {
			q.Currency = q.Episodes[0].Margin.Currency
		}
		return err
	})
}

// here is how many customers are neither lost nor closed.
func (a *App) here(ctx context.Context, day behold.Day) (n int, err error) {
	for _, s := range []behold.CustomerState{"", behold.Lost, behold.Closed} {
		_, found, err := a.Facts.Standings(ctx, behold.StandingQuery{Day: day, State: s, Slice: behold.Slice{Limit: 1}})
		if err != nil && behold.KindOf(err) != behold.NotFound {
			return 0, err
		}
		if s != "" {
			found = -found
		}
		n += found
	}
	return n, nil
}

// knownBy are the episodes as they stood on a day.
func knownBy(list []behold.Outcome, day behold.Day) (known []behold.Outcome) {
	for _, o := range list {
		if o.Begins > day {
			continue
		}
		if o.Read > day {
			o.Read = behold.NoDay
		}
		if o.MarginRead > day {
			o.MarginRead = behold.NoDay
		}
		known = append(known, o)
	}
	return known
}

// effects remembers the last report: to say what a trial can be expected to show
// takes a moment, and nothing changes between two rounds.
type effects struct {
	mu   sync.Mutex
	of   string
	last *task.Report
}

func (e *effects) report(round time.Time, q *task.Asked, read func() error) (*task.Report, error) {
	key, err := json.Marshal([]any{round, q.Day, q.Settings, q.Playbooks})
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.of == string(key) {
		return e.last, nil
	}
	if err := read(); err != nil {
		return nil, err
	}
	r, err := task.NewReport(q)
	if err == nil {
		e.of, e.last = string(key), r
	}
	return r, err
}

// EffectPaper is the report of what attention did, to read and to print.
func (a *App) EffectPaper(ctx context.Context, r *task.Report, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	return paper.Effect(words.In(r.Currency), made, r), err
}

// Effect gives the page of what attention did its words and pictures.
func (r reports) Effect(ctx context.Context, language string) (web.EffectTold, error) {
	report, err := r.a.Effect(ctx, behold.NoDay)
	if err != nil {
		return web.EffectTold{}, err
	}
	doc, err := r.a.EffectPaper(ctx, report, language)
	told := web.EffectTold{Day: report.Day, Leads: doc.Leads}
	for _, s := range doc.Sections {
		part := web.ToldSection{Name: strings.TrimPrefix(s.Figure, "effect"), Title: s.Title, Says: s.Says, Wide: s.Picture.Wide, Narrow: s.Picture.Narrow}
		for _, t := range s.Tables {
			table := web.ToldTable{Head: t.Head}
			for _, row := range t.Rows {
				table.Rows = append(table.Rows, row.Cells)
			}
			part.Tables = append(part.Tables, table)
		}
		told.Sections = append(told.Sections, part)
	}
	return told, err
}

// WriteEffect writes it as one page to print.
func (r reports) WriteEffect(ctx context.Context, w io.Writer, language string) error {
	report, err := r.a.Effect(ctx, behold.NoDay)
	if err != nil {
		return err
	}
	doc, err := r.a.EffectPaper(ctx, report, language)
	if err != nil {
		return err
	}
	return doc.HTML(w)
}
