package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"behold"
)

// SurveyText is a version of the company's own words in the questionnaire; the
// last one where version is below 0. Where there is none its Version is 0: then
// our words hold.
func (s *Store) SurveyText(ctx context.Context, version int64) (t behold.SurveyText, err error) {
	defer func() { wrap(&err, "read the questionnaire") }()
	var words string
	var at moment
	err = s.db.QueryRowContext(ctx, query("surveytext.get"), version).Scan(&t.Version, &words, &t.Who, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return behold.SurveyText{}, nil
	}
	if err != nil {
		return t, err
	}
	t.At = at.Time
	return t, json.Unmarshal([]byte(words), &t.Words)
}

// SaveSurveyText keeps the company's own words as the next version, and says which
// that is.
func (s *Store) SaveSurveyText(ctx context.Context, t *behold.SurveyText) (err error) {
	defer func() { wrap(&err, "keep the questionnaire") }()
	words, err := json.Marshal(t.Words)
	if err != nil {
		return err
	}
	return s.db.QueryRowContext(ctx, query("surveytext.save"), string(words), t.Who, timeText(t.At)).Scan(&t.Version)
}

// SaveSurveyPlace keeps a new link for a touchpoint and gives it its id.
func (s *Store) SaveSurveyPlace(ctx context.Context, p *behold.SurveyPlace) (err error) {
	defer func() { wrap(&err, "keep a link for a touchpoint") }()
	return s.db.QueryRowContext(ctx, query("surveyplace.save"), p.Token, p.Name, p.Touchpoint, p.Language, p.Site, timeText(p.Made)).Scan(&p.ID)
}

// CloseSurveyPlace closes a link, or opens it again.
func (s *Store) CloseSurveyPlace(ctx context.Context, id int64, closed bool) (err error) {
	defer func() { wrap(&err, "close a link for a touchpoint") }()
	_, err = s.db.ExecContext(ctx, query("surveyplace.close"), id, closed)
	return err
}

// SurveyPlaces are all links for touchpoints, in the order they were made.
func (s *Store) SurveyPlaces(ctx context.Context) (list []behold.SurveyPlace, err error) {
	defer func() { wrap(&err, "list the links for touchpoints") }()
	return s.places(ctx, "")
}

// SurveyPlace is the link with a token; NotFound when there is none.
func (s *Store) SurveyPlace(ctx context.Context, token string) (p behold.SurveyPlace, err error) {
	defer func() { wrap(&err, "look for a link of a touchpoint") }()
	list, err := s.places(ctx, token)
	if err != nil {
		return p, err
	}
	if token == "" || len(list) == 0 {
		return p, &behold.Error{Kind: behold.NotFound, Code: "survey_address", Say: "this address asks nobody anything", Hint: "open it as it is printed, whole"}
	}
	return list[0], nil
}

func (s *Store) places(ctx context.Context, token string) (list []behold.SurveyPlace, err error) {
	err = s.each(ctx, "surveyplace.all", func(rows *sql.Rows) error {
		var p behold.SurveyPlace
		var made moment
		err := rows.Scan(&p.ID, &p.Token, &p.Name, &p.Touchpoint, &p.Language, &p.Site, &p.Closed, &made, &p.Forms)
		p.Made = made.Time
		list = append(list, p)
		return err
	}, token)
	return list, err
}

// SavePlaceAnswers keeps what somebody answered by a link. A form that is sent again
// changes nothing.
func (s *Store) SavePlaceAnswers(ctx context.Context, place int64, form string, items []behold.PlaceAnswer) (err error) {
	defer func() { wrap(&err, "keep an answer at a touchpoint") }()
	return s.inTransaction(ctx, func(tx *sql.Tx) error {
		for i := range items {
			v := &items[i]
			_, err := tx.ExecContext(ctx, query("surveyvoice.save"), place, form, v.Item, maybeNumber(v.Value), maybeNumber(v.Scale), v.Text, v.Form, timeText(v.At))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// PlaceAnswers are what was answered by links for touchpoints from a time to before
// another: whoever stood there, so that it says nothing of all customers.
func (s *Store) PlaceAnswers(ctx context.Context, from, to time.Time) (list []behold.PlaceAnswer, err error) {
	defer func() { wrap(&err, "read answers at touchpoints") }()
	err = s.each(ctx, "surveyvoice.of", func(rows *sql.Rows) error {
		var v behold.PlaceAnswer
		var value, scale sql.Null[float64]
		var at moment
		err := rows.Scan(&v.Touchpoint, &v.Item, &value, &scale, &v.Text, &v.Form, &at)
		v.Value, v.Scale, v.At = number(value), number(scale), at.Time
		list = append(list, v)
		return err
	}, timeText(from), timeText(to))
	return list, err
}
