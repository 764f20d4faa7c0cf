package web

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"behold"
)

// Changes is who changed what about Behold itself.
type Changes interface {
	SaveChange(context.Context, behold.Change) error
	// Changes are a part of them, the latest first, and how many there are.
	Changes(context.Context, behold.Slice) ([]behold.Change, int, error)
}

type changesView struct {
	part  part
	all   []behold.Change
	names map[string]string // by e-mail
}

func (s *server) changesPage(w http.ResponseWriter, r *request) error {
	v := changesView{part: partOf(r, nil), names: map[string]string{}}
	if s.Changes == nil {
		return nowhere(w, r)
	}
	var err error
	if v.all, v.part.total, err = s.Changes.Changes(r.Context(), v.part.Slice); err != nil {
		return err
	}
	if s.Colleagues != nil {
		all, err := s.Colleagues.Colleagues(r.Context())
		if err != nil {
			return err
		}
		for _, c := range all {
			v.names[c.Email] = calls(c)
		}
	}
	p := s.page(r, "/settings")
	return s.show(w, r, http.StatusOK, changesContent(p.titled(p.T("access.changes.title")), v))
}

// who names whoever changed something.
func (v changesView) who(p page, c behold.Change) string {
	if c.Who == "" {
		return p.T("access.changes.command_line")
	}
	return v.name(c.Who)
}

func (v changesView) name(email string) string {
	if name := v.names[email]; name != "" {
		return name
	}
	return email
}

// changeSays says in a few words what was changed.
func (p page) changeSays(v changesView, c behold.Change) string {
	about := v.name(c.About)
	switch c.What {
	case behold.ChangedSettings:
		return p.T("access.change.settings")
	case behold.ColleagueAdded:
		return p.T("access.change.added", "Colleague", about)
	case behold.ChangedColleague:
		return p.T("access.change.colleague", "Colleague", about)
	case behold.ChangedRole:
		return p.T("access.change.role", "Colleague", about)
	case behold.ColleagueGone:
		return p.T("access.change.gone", "Colleague", about)
	case behold.ColleagueBack:
		return p.T("access.change.back", "Colleague", about)
	case behold.ChangedPassword:
		return p.T("access.change.password", "Colleague", about)
	case behold.Invited:
		return p.T("access.change.invited", "Colleague", about)
	case behold.FileImported:
		return p.T("access.change.imported", "File", short(c.About))
	case behold.ImportUndone:
		return p.T("access.change.undone", "File", short(c.About))
	case behold.ChangedPlaybook:
		return p.T("playbook.changed", "Reason", p.Reason(behold.Reason(c.About)))
	case behold.ChangedWording:
		return p.T("playbook.text_changed", "Action", p.action(behold.Action(c.About)))
	case behold.RoundMade:
		day, err := behold.ParseDay(c.About)
		if err != nil {
			return p.T("access.change.round", "Day", c.About)
		}
		return p.T("access.change.round", "Day", p.ShortDate(day))
	}
	return p.hoursChange(about, c)
}

// A difference is one thing that was changed, before and after.
type difference struct{ what, before, after string }

// differences reads what was kept of a change, in the words of the pages where
// they have any.
func (p page) differences(c behold.Change) (all []difference) {
	if c.What == behold.ChangedPlaybook {
		return p.bookDifference(c)
	}
	var before, after map[string]any
	for text, into := range map[string]*map[string]any{c.Before: &before, c.After: &after} {
		if text != "" && json.Unmarshal([]byte(text), into) != nil {
			return nil
		}
	}
	names := []string{}
	for _, side := range []map[string]any{before, after} {
		for name := range side {
			if !slices.Contains(names, name) && name != "colleague" {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	for _, name := range names {
		all = append(all, difference{p.fieldName(name), p.fieldValue(name, before[name]), p.fieldValue(name, after[name])})
	}
	return all
}

// fieldName is what a kept field is called on the pages, or its own name.
func (p page) fieldName(name string) string {
	if key := "access.field." + name; p.Has(key) {
		return p.T(key)
	}
	if key := "settings." + name; p.Has(key) {
		return p.T(key)
	}
	return strings.ReplaceAll(name, "_", " ")
}

func (p page) fieldValue(name string, value any) string {
	switch v := value.(type) {
	case nil:
		return "–"
	case string:
		switch {
		case name == "role":
			return p.role(behold.Role(v))
		case name == "language" && v != "":
			return languageName(v)
		case name == "members_see" && v == behold.SeeOwn:
			return p.T("access.see.own")
		case name == "members_see":
			return p.T("access.see.all")
		case v == "":
			return "–"
		}
		return short(v)
	case bool:
		if v {
			return p.T("access.yes")
		}
		return p.T("access.no")
	case float64:
		return p.plain(v)
	}
	return "…"
}

// when is a day and the time of it.
func (p page) when(at time.Time) string {
	at = at.Local()
	return p.ShortDate(behold.DayOf(at)) + " " + at.Format("15:04")
}
