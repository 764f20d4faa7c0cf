package app

import (
	"context"
	"strings"

	"behold"
	"behold/internal/intake"
)

// addressed gives answers to the customers whom their e-mail address names: tools
// that ask by mail know nobody by a customer number. An address that nobody has, or
// several customers share, stays what it is.
type addressed struct {
	intake.Sink
	whose func(context.Context) (map[string]string, error)

	ids map[string]string
}

func (s *addressed) Records(ctx context.Context, r *behold.Records) error {
	if r.Table != behold.TableAnswers {
		return s.Sink.Records(ctx, r)
	}
	customers := r.Columns[behold.TableAnswers.Column("customer")].Text
	for i, id := range customers {
		if !strings.Contains(id, "@") {
			continue
		}
		if s.ids == nil {
			var err error
			if s.ids, err = s.whose(ctx); err != nil {
				return err
			}
		}
		if known := s.ids[strings.ToLower(strings.TrimSpace(id))]; known != "" {
			customers[i] = known
		}
	}
	return s.Sink.Records(ctx, r)
}
