package web

import (
	"context"
	"io"

	"behold/internal/phrase"
)

// Effect is told in the language asked for, with a section for every figure.
func (s *shop) Effect(_ context.Context, language string) (EffectTold, error) {
	p := phrase.For(language)
	told := EffectTold{Day: fakeDay, Leads: []string{p.Kept(phrase.Kept{Weeks: 26, Customers: 14, Low: 3, High: 25})}}
	for _, f := range effectFigures() {
		name := string(f)[len("effect"):]
		told.Sections = append(told.Sections, ToldSection{Name: name, Title: p.T("effect.lot.title"), Says: []string{p.PointsRange(.1, .02, .18)}})
	}
	told.Sections[0].Wide, told.Sections[0].Narrow = "<svg></svg>", "<svg></svg>"
	told.Sections[0].Tables = []ToldTable{{Head: []string{"", p.T("effect.head.effect")}, Rows: [][]string{{p.Date(fakeDay), p.Points(.1)}}}}
	return told, nil
}

func (s *shop) WriteEffect(ctx context.Context, w io.Writer, language string) error {
	told, err := s.Effect(ctx, language)
	if err == nil {
		_, err = io.WriteString(w, told.Leads[0])
	}
	return err
}
