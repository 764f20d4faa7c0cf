package web

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"behold"
)

// Deeds is what was done because of what customers said.
type Deeds interface {
	// SaveDeed is Invalid when something is missing. A form sent twice is kept once.
	SaveDeed(context.Context, *behold.Deed) error
	TakeBackDeed(ctx context.Context, id string) error
	// Deeds are the last ones, at most so many.
	Deeds(ctx context.Context, most int) ([]behold.Deed, error)
}

// mostDeeds is how many the page of what customers say shows.
const mostDeeds = 30

// saveDeed writes down what was done. A form that is refused is shown again as it
// was, with what is wrong.
func (s *server) saveDeed(w http.ResponseWriter, r *request) error {
	if err := readForm(r); err != nil {
		return err
	}
	d := behold.Deed{
		ID: cut(r.PostFormValue("form"), 64), On: s.today(), Theme: behold.Reason(r.PostFormValue("theme")),
		Said: r.PostFormValue("said"), Did: r.PostFormValue("did"), Shown: r.PostFormValue("shown") != "", Who: r.who.Email, Saved: s.Now(),
	}
	if given := r.PostFormValue("on"); given != "" {
		on, err := behold.ParseDay(given)
		if err != nil {
			on = behold.NoDay
		}
		d.On = on
	}
	err := s.Deeds.SaveDeed(r.Context(), &d)
	var wrong *behold.Error
	if errors.As(err, &wrong) && wrong.Kind == behold.Invalid {
		return s.showVoice(w, r, http.StatusUnprocessableEntity, deedForm{deed: d, err: err})
	}
	if err != nil {
		return err
	}
	seeOther(w, r, "/voice#deeds")
	return nil
}

func (s *server) takeBackDeed(w http.ResponseWriter, r *request) error {
	if err := s.Deeds.TakeBackDeed(r.Context(), r.PathValue("deed")); err != nil {
		return err
	}
	seeOther(w, r, "/voice#deeds")
	return nil
}

// A deedForm is what stands in the form: nothing, or what was refused.
type deedForm struct {
	deed behold.Deed
	err  error
}

// form is the mark of the form: the one that was refused keeps its own.
func (f deedForm) form() string {
	if f.deed.ID != "" {
		return f.deed.ID
	}
	return formKey()
}

// themes are the reasons that a deed can be about: those that the company can do
// something about.
func themes() []behold.Reason {
	return slices.DeleteFunc(behold.Reasons(), func(r behold.Reason) bool { return !r.Family().Avoidable() })
}

// shownDeeds is how many deeds a customer who has answered sees.
const shownDeeds = 3

// showDeeds adds to a page of thanks what was done because of answers, where a
// colleague wants it shown. It was written in the company's language: customers
// who read another do not see it. Thanks need no deeds: without them the page is
// as it was.
func (s *server) showDeeds(r *request, v *answerView) {
	settings, err := s.State.Settings(r.Context())
	if err != nil || s.Deeds == nil || v.title != "thanks.title" || v.Lang() != settings.Language {
		return
	}
	list, err := s.Deeds.Deeds(r.Context(), mostDeeds)
	if err != nil {
		s.Log.Error("deeds not shown", "error", err)
		return
	}
	for _, d := range list {
		if d.Shown && len(v.deeds) < shownDeeds {
			v.deeds = append(v.deeds, d)
		}
	}
}
