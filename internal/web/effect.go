package web

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"behold"
)

// Effects say whether attention kept customers, in a language.
type Effects interface {
	Effect(ctx context.Context, language string) (EffectTold, error)
	// WriteEffect writes the same as one page that needs nothing else.
	WriteEffect(ctx context.Context, w io.Writer, language string) error
}

// An EffectTold is the report of what attention did, said already.
type EffectTold struct {
	Day      behold.Day
	Leads    []string
	Sections []ToldSection
}

// A ToldSection is one question with its answer.
type ToldSection struct {
	Name         string // a figure that Help explains is called effectNAME
	Title        string
	Says         []string
	Wide, Narrow string // SVG; "": no picture
	Tables       []ToldTable
}

// A ToldTable has the figures; its first column are the heads of its rows.
type ToldTable struct {
	Head []string
	Rows [][]string
}

// figure is the one that explains the section; false when none does.
func (s ToldSection) figure() (figure, bool) {
	f := figure("effect" + s.Name)
	for _, known := range effectFigures() {
		if f == known {
			return f, true
		}
	}
	return "", false
}

// An effectView is the page of what attention did.
type effectView struct {
	overview
	told EffectTold
}

func (s *server) effectPage(w http.ResponseWriter, r *request) (err error) {
	v := effectView{}
	if v.overview, err = s.overview(r.Context()); err != nil {
		return err
	}
	p := s.page(r, "/effect")
	if v.round != nil {
		if v.told, err = s.Effects.Effect(r.Context(), p.Lang()); err != nil {
			return err
		}
	}
	return s.show(w, r, http.StatusOK, effectContent(p.titled(p.T("effect.title")), v))
}

// effectReport is the report as one page to print and to send on.
func (s *server) effectReport(w http.ResponseWriter, r *request) error {
	last, err := s.lastRound(r.Context())
	if err != nil {
		return err
	}
	if last == nil {
		return &behold.Error{Kind: behold.NotFound, Code: "no_round", Say: "no round has been run yet", Hint: "run one from Today"}
	}
	var b bytes.Buffer
	if err := s.Effects.WriteEffect(r.Context(), &b, s.page(r, "/effect").Lang()); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="effect-`+last.Day.String()+`.html"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = b.WriteTo(w)
	return err
}
