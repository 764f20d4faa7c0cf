package app

import (
	"context"
	"encoding/json"
	"io"

	"behold"
	"behold/internal/economy"
	"behold/internal/paper"
	"behold/internal/round"
	"behold/internal/web"
)

// Reckoning is what there is to say of the company as a whole, as of a day: what
// the round of that day counted or, when it has none, a walk that keeps nothing. An
// unknown day is that of the last round, or without one as for Losses.
func (a *App) Reckoning(ctx context.Context, day behold.Day, progress func(done, total int64)) (*economy.Reckoning, error) {
	kept, ok, err := a.State.LastReckoning(ctx, behold.NoDay, day)
	if err != nil {
		return nil, err
	}
	if last, has, err := a.State.LastRound(ctx, day); err != nil || ok && has && kept.Day == last.Day && (!day.Known() || kept.Day == day) {
		if err != nil {
			return nil, err
		}
		r := &economy.Reckoning{}
		return r, json.Unmarshal(kept.Body, r)
	}
	if day, err = a.dayOr(ctx, day); err != nil {
		return nil, err
	}
	opt := a.roundOptions(progress)
	if opt.Lists.Trial.Episodes, err = a.State.Episodes(ctx); err != nil {
		return nil, err
	}
	opt.Lists.Trial.Episodes = knownBy(opt.Lists.Trial.Episodes, day)
	if opt.Lists.Playbooks, err = a.State.Playbooks(ctx); err != nil {
		return nil, err
	}
	return round.Reckon(ctx, day, a.Facts, a.State, opt)
}

// CompanyPaper is one of the reports on the company as a whole, to read and to
// print: loss, funnel, economy, money or fairness.
func (a *App) CompanyPaper(ctx context.Context, which string, r *economy.Reckoning, language string) (paper.Document, error) {
	words, made, err := a.making(ctx, language)
	switch which {
	case "funnel":
		return paper.Funnel(words, made, r), err
	case "economy":
		return paper.Economy(words, made, r), err
	case "money":
		return paper.Money(words, made, r), err
	case "fairness":
		return paper.Fairness(words, made, r), err
	}
	return paper.Loss(words, made, r), err
}

// LossReport is what is said of losses in files, its sentences in a language.
func (a *App) LossReport(ctx context.Context, r *economy.Reckoning, language string) (*economy.LossReport, error) {
	words, _, err := a.making(ctx, language)
	return r.Losses(paper.Definition(words, r), paper.Normal(words, r)), err
}

// reckonings gives the pages what rounds counted of the company as a whole.
type reckonings struct{ a *App }

func (r reckonings) Kept(ctx context.Context, day behold.Day) (*economy.Reckoning, bool, error) {
	kept, ok, err := r.a.State.LastReckoning(ctx, day, day)
	if err != nil || !ok {
		return nil, false, err
	}
	found := &economy.Reckoning{}
	return found, true, json.Unmarshal(kept.Body, found)
}

func (r reckonings) Chapters(ctx context.Context, which string, of *economy.Reckoning, language string) (all []web.Chapter, err error) {
	doc, err := r.a.CompanyPaper(ctx, which, of, language)
	for _, s := range doc.Sections {
		c := web.Chapter{Figure: s.Figure, Title: s.Title, Says: s.Says, Wide: s.Picture.Wide, Narrow: s.Picture.Narrow}
		for _, t := range s.Tables {
			table := web.ChapterTable{Head: t.Head}
			for _, row := range t.Rows {
				table.Rows = append(table.Rows, web.ChapterRow{Cells: row.Cells, Strong: row.Strong})
			}
			c.Tables = append(c.Tables, table)
		}
		all = append(all, c)
	}
	return all, err
}

func (r reckonings) WriteReport(ctx context.Context, w io.Writer, which string, of *economy.Reckoning, language string) error {
	doc, err := r.a.CompanyPaper(ctx, which, of, language)
	if err != nil {
		return err
	}
	return doc.HTML(w)
}

func (r reckonings) CostRange(ctx context.Context, st *behold.Standing, day behold.Day) (low, high behold.Money, ok bool, err error) {
	return r.a.CostRange(ctx, st, day)
}

// tellLosses adds to a week whether the losses are normal, as its round counted.
func (a *App) tellLosses(ctx context.Context, week *round.Week) error {
	r, ok, err := reckonings{a}.Kept(ctx, week.Day)
	if ok {
		week.Year, week.Likely = r.Loss.Year, r.Loss.Likely
	}
	return err
}
