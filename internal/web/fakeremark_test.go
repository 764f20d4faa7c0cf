package web

import (
	"context"
	"time"

	"behold"
	"behold/internal/text"
)

// shopWords is what customers of the shop of the tests write, and what colleagues
// say of it.
type shopWords struct {
	asks []behold.RemarkAsk
	said []behold.Correction
}

// late is a text of Hotel Strandgården's.
const late = "We wait for an answer, three weeks now. Call <b>me</b> on +45 12 34 56 78."

func newShopWords() *shopWords {
	w := &shopWords{}
	for i, body := range []string{"We wait for an answer, three weeks now. Call <b>me</b> on <phone>.", "The box was broken."} {
		w.asks = append(w.asks, behold.RemarkAsk{
			RemarkRead: behold.RemarkRead{
				RemarkText: behold.RemarkText{RemarkKey: behold.RemarkKey{Customer: strandID, Table: behold.TableTickets, Row: []string{"T-1", "T-2"}[i]}, Name: "Hotel Strandgården", At: fakeDay.Moment(), Body: body},
				Reading:    text.Default().Look(body, "en"),
			}, Week: fakeDay, Place: i + 1, Why: behold.LabelRandom, Hidden: i == 1,
		})
	}
	return w
}

func (w *shopWords) Reader(context.Context) (*text.Model, error) { return text.Default(), nil }

func (w *shopWords) Remark(_ context.Context, _ behold.Day, key behold.RemarkKey) (behold.RemarkText, error) {
	for _, a := range w.asks {
		if keyOf(a.RemarkKey) == keyOf(key) {
			r := a.RemarkText
			if r.Row == "T-1" {
				r.Body = late
			}
			return r, nil
		}
	}
	return behold.RemarkText{}, noRemark()
}

func (w *shopWords) RemarkAsks(context.Context) ([]behold.RemarkAsk, error) { return w.asks, nil }

func (w *shopWords) RemarkSums(context.Context) ([]behold.RemarkSum, string, error) {
	return []behold.RemarkSum{
		{Reason: behold.UnknownReason, Language: "da", Remarks: 30, Praise: 9}, {Reason: behold.SlowResponse, Language: "da", Remarks: 7, Complain: 6},
		{Reason: behold.SlowResponse, Language: "en", Remarks: 4, Complain: 3},
	}, "ab12cd34", nil
}

func (w *shopWords) Corrections(context.Context) ([]behold.Correction, error) { return w.said, nil }

func (w *shopWords) SaveCorrection(_ context.Context, c *behold.Correction) error {
	if err := c.Check(); err != nil {
		return err
	}
	for _, old := range w.said {
		if old.ID == c.ID {
			return nil
		}
	}
	w.said = append(w.said, *c)
	return nil
}

func (w *shopWords) TakeBackCorrection(_ context.Context, id, who string, at time.Time) error {
	for i := range w.said {
		if w.said[i].ID == id {
			if w.said[i].Gone.IsZero() {
				w.said[i].Gone, w.said[i].GoneBy = at, who
			}
			return nil
		}
	}
	return &behold.Error{Kind: behold.NotFound, Code: "correction_gone", Say: "there is no such correction"}
}
