package web

import (
	"context"

	"behold"
	"behold/internal/mail"
)

// A shopPost is what the invented shop has of letters.
type shopPost struct {
	post    Post
	letters []behold.Letter
	choices []behold.LetterChoice
	tested  []string
	fails   error // of the next test letter
}

var shopStops = mail.Stops{Secret: []byte("the shop's own secret")}

func (s *shopPost) Post() Post { return s.post }

func (s *shopPost) Letters(_ context.Context, most int) ([]behold.Letter, error) {
	return s.letters[:min(most, len(s.letters))], nil
}

func (s *shopPost) LetterChoices(context.Context) ([]behold.LetterChoice, error) {
	return s.choices, nil
}

func (s *shopPost) SaveLetterChoice(_ context.Context, c behold.LetterChoice) error {
	for i, was := range s.choices {
		if was.Colleague == c.Colleague && was.Kind == c.Kind {
			s.choices[i] = c
			return nil
		}
	}
	s.choices = append(s.choices, c)
	return nil
}

func (s *shopPost) TestLetter(_ context.Context, address, _ string) error {
	if s.fails != nil {
		return s.fails
	}
	if address == "" {
		return &behold.Error{Kind: behold.Invalid, Say: "this is no address", Code: "mail_address"}
	}
	s.tested = append(s.tested, address)
	return nil
}

func (s *shopPost) StopOf(_ context.Context, token string) (behold.LetterKind, string, error) {
	return shopStops.Read(token)
}
