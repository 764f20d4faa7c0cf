package web

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"behold"
	"behold/internal/phrase"
	plans "behold/internal/task"
)

// Companions is what customers who buy one thing also buy.
type Companions interface {
	// Companion is the best suggestion for a customer; false when too few buy the
	// same for one.
	Companion(ctx context.Context, customer int32, day behold.Day) (behold.Companion, bool, error)
}

// A draftView is what to say in the next step.
type draftView struct {
	phrase.Draft
	made     bool
	none     string // why there is no draft: a phrase; "": there is one
	language string
	theirs   bool // the customer's language is known
	to       string
	also     *behold.Companion
	upsell   bool
	mail     bool // it goes out as a mail
}

// draft writes what to say in the next step of a case.
func (s *server) draft(ctx context.Context, r *request, p page, v *customerView) (d draftView, err error) {
	b := &v.board
	at := b.now.Next()
	if at < 0 {
		return d, nil
	}
	step := &b.now.Steps[at].Step
	b.ways = plans.Permits(v.customer, p.settings.Country, step.Action)
	d = draftView{made: true, mail: step.Channel == "mail" || step.Channel == "chat", upsell: step.Action == behold.ActUpsell}
	for _, way := range b.ways {
		if way.Channel == step.Channel && !way.Allowed {
			d.none = "barred"
			return d, nil
		}
	}
	if step.Action == behold.ActAmbassador && !trulySatisfied(v.portrait.Answers, v.day) {
		d.none = string(behold.ActAmbassador)
		return d, nil
	}
	d.language, d.theirs = draftLanguage(v.customer, p.settings.Language)
	f := s.draftFacts(r, p, v, step)
	if d.upsell && s.Also != nil {
		also, found, err := s.Also.Companion(ctx, v.customer.Number, v.day)
		if err != nil {
			return d, err
		}
		if found {
			d.also, f.Also = &also, &also
		}
	}
	if f.Own, err = s.wording(ctx, step.Action, d.language); err != nil {
		return d, err
	}
	d.Draft = phrase.For(d.language).In(p.settings.Currency).Draft(f)
	_, d.to = addressee(v)
	return d, nil
}

// draftFacts is what the records know that can be said to the customer.
func (s *server) draftFacts(r *request, p page, v *customerView, step *behold.Step) phrase.DraftFacts {
	f := phrase.DraftFacts{
		Action: step.Action, Channel: step.Channel, Person: v.customer.Kind == "person", From: r.who.Name, Company: p.settings.Company,
		Promised: behold.NoDay, Today: p.desk.now,
	}
	name, _ := addressee(v)
	f.Name, f.All = cmp.Or(name, v.customer.Name), name == "" && !f.Person
	for _, l := range v.lamps {
		f.Lamps = append(f.Lamps, l.Lamp)
	}
	for _, e := range v.entries {
		if e.Kind == behold.EntryPromise && (e.Broken.Known() || e.Late(p.desk.now)) && e.Due > p.desk.now-60 {
			f.Promise, f.Promised = e.Text, e.Due
		}
	}
	return f
}

// addressee is the contact person who is still there and can be written to, and
// the address; without one the customer's own address.
func addressee(v *customerView) (name, address string) {
	for _, person := range v.portrait.People {
		if !person.To.Known() && !person.Bounced && person.Name != "" {
			return person.Name, cmp.Or(person.Email, v.customer.Email)
		}
	}
	return "", v.customer.Email
}

// trulySatisfied says that they gave the best answer there is when they were last
// asked how satisfied they are, within a year.
func trulySatisfied(answers []behold.ItemAnswer, day behold.Day) bool {
	for _, a := range answers {
		if a.Item == "satisfaction" {
			return a.At > day-365 && a.Scale > 0 && a.Value >= a.Scale
		}
	}
	return false
}

// draftLanguage is the customer's, where we speak it, else the company's.
func draftLanguage(c *behold.Customer, ours string) (lang string, theirs bool) {
	asked := strings.ToLower(strings.TrimSpace(c.Language))
	if spoken := phrase.For(asked).Lang(); asked != "" && (spoken != "en" || strings.HasPrefix(asked, "en")) {
		return spoken, true
	}
	return phrase.For(ours).Lang(), false
}

// wording is the company's own text for an action, nil where ours holds.
func (s *server) wording(ctx context.Context, a behold.Action, lang string) (*behold.Wording, error) {
	all, err := s.Books.Wordings(ctx)
	for i := range all {
		if all[i].Action == a && all[i].Language == lang {
			return &all[i], err
		}
	}
	return nil, err
}

// mailto opens the reader's own mail with the draft in it.
func (d draftView) mailto() templ.SafeURL {
	escaped := func(text string) string {
		return strings.ReplaceAll(url.QueryEscape(strings.ReplaceAll(text, "\n", "\r\n")), "+", "%20")
	}
	return templ.SafeURL("mailto:" + url.PathEscape(d.to) + "?subject=" + escaped(d.Subject) + "&body=" + escaped(d.Text))
}

// rows is how high the field for the text is.
func (d draftView) rows() string {
	n := 2
	for _, line := range strings.Split(d.Text, "\n") {
		n += 1 + len(line)/72
	}
	return phrase.For("en").Number(min(n, 24))
}

// waySays is one channel, and why it may be used or not.
func (p page) waySays(w behold.Permit) string {
	key := "draft.way.no"
	if w.Allowed {
		key = "draft.way.yes"
	}
	return p.T(key, "Channel", capital(p.T("page.channel."+w.Channel)), "Why", p.T("draft.way."+string(w.Why)))
}

// draftSpoken says in which language the draft is, and why.
func (p page) draftSpoken(d draftView) string {
	if d.Own {
		return p.T("draft.own")
	}
	key := "draft.in_ours"
	if d.theirs {
		key = "draft.in_theirs"
	}
	return p.T(key, "Language", languageName(d.language))
}
