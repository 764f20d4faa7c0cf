package app

import (
	"context"

	"behold"
	"behold/internal/economy"
	"behold/internal/forecast"
	"behold/internal/letter"
	"behold/internal/paper"
)

// monthly writes the owner's monthly letter by what the last round counted of the
// company; false says that it counted nothing.
func (a *App) monthly(ctx context.Context, made letter.Made, currency string, last behold.Day) (letter.Written, bool, error) {
	month := letter.Month{Of: made.Today - behold.Day(made.Today.Time().Day()), Round: behold.NoDay}
	r, ok, err := reckonings{a}.Kept(ctx, last)
	if err != nil {
		return letter.Written{}, false, err
	}
	made.Words = made.Words.In(currency)
	if ok {
		month.Round, month.Verdict, month.Answers = r.Day, verdictOf(r), answers(paper.Answers(made.Words, r))
	}
	written, err := letter.Monthly(made, &month)
	return written, ok, err
}

// verdictOf is how the last twelve months compare with what is normal.
func verdictOf(r *economy.Reckoning) string {
	if r.Loss.Year == nil {
		return ""
	}
	return r.Loss.Year.Signal
}

func answers(sections []paper.Section) (parts []letter.Part) {
	for _, s := range sections {
		parts = append(parts, letter.Part{Title: s.Title, Says: s.Says})
	}
	return parts
}

// closedAround are the days around one on which the company's country is closed.
func closedAround(settings *behold.Settings, day behold.Day) (closed []behold.Day) {
	for _, h := range forecast.Holidays(settings.Country, day-40, day+40) {
		closed = append(closed, h.Day)
	}
	return closed
}
